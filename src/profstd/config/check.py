"""Reading the settings' keys and values, with a fault for each that is not known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from msgspec import ValidationError

from profstd.config.options import converted, kind_name, plain, types, written
from profstd.config.toml import Fault, Keys, SettingsError, Toml
from profstd.document import Severity
from profstd.locale import languages
from profstd.parse.settings import Engine, TrackedChanges
from profstd.validate import all_rules
from profstd.validate.settings import Stage

STAGES: tuple[str, ...] = get_args(Stage)
ENGINES: tuple[str, ...] = get_args(Engine)
TRACKED_CHANGES: tuple[str, ...] = get_args(TrackedChanges)
SEVERITIES: tuple[str, ...] = tuple(severity.value for severity in Severity)


def checked(toml: Toml, root: Keys) -> dict[str, Any]:
    """The fields of a `Configuration` that the table `root` sets; SettingsError names faults."""
    reader = _Reader(toml)
    values = reader.read(root)
    if reader.faults:
        faults = sorted(reader.faults, key=lambda fault: fault.line or 0)
        raise SettingsError(toml.file, tuple(faults))
    return values


def code_fault(code: str) -> tuple[str, dict[str, Any]] | None:
    """What is wrong with a rule's code or beginning of a code, as reason and arguments."""
    known = [rule.code for rule in all_rules()]
    if code and any(item.startswith(code) for item in known):
        return None
    return unknown("code", code, [*known, *{item[:2] for item in known}])


def unknown(kind: str, value: str, known: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """A reason for a name that is not known: with the nearest ones, or with all that are."""
    if near := get_close_matches(value, list(known), n=3, cutoff=0.5):
        return f"unknown_{kind}_near", {"value": value, "near": near}
    return f"unknown_{kind}", {"value": value, "known": sorted(known)}


class _Reader:
    """Reads one settings table and collects its faults."""

    def __init__(self, toml: Toml) -> None:
        self.toml = toml
        self.faults: list[Fault] = []
        self._rules = {rule.code: rule for rule in all_rules()}
        self._fields: dict[str, tuple[str, Callable[[Any, Keys], Any]]] = {
            "lang": ("lang", self._choice_of(languages())),
            "stage": ("stage", self._choice_of(STAGES)),
            "fail-on": ("fail_on", self._severity),
            "select": ("select", self._codes),
            "ignore": ("ignore", self._codes),
            "severity": ("severity", self._severities),
            "rules": ("rules", self._options),
            "engine": ("engine", self._choice_of(ENGINES)),
            "tracked-changes": ("tracked_changes", self._choice_of(TRACKED_CHANGES)),
            "max-file-size": ("max_file_size", self._above_zero("size")),
            "max-unpacked-size": ("max_unpacked_size", self._above_zero("size")),
            "max-pages": ("max_pages", self._above_zero("count")),
            "time-limit": ("time_limit", self._above_zero("seconds")),
        }

    def read(self, root: Keys) -> dict[str, Any]:
        values: dict[str, Any] = {}
        table = self.toml.table(root)
        if not isinstance(table, dict):
            self._fault(root, "wrong_type", expected="table")
            return values
        for key, value in table.items():
            if key in self._fields:
                field, reader = self._fields[key]
                values[field] = reader(value, (*root, key))
            else:
                self._fault((*root, key), *unknown("key", key, list(self._fields)))
        return values

    def _fault(
        self,
        keys: Keys,
        reason: str,
        given: dict[str, Any] | None = None,
        *,
        item: str | None = None,
        **arguments: Any,
    ) -> None:
        arguments = {"name": keys[-1] if keys else "", **(given or {}), **arguments}
        self.faults.append(Fault(self.toml.line(keys, item), reason, arguments))

    def _choice_of(self, known: Sequence[str]) -> Callable[[Any, Keys], Any]:
        return lambda value, keys: self._choice(value, keys, known)

    def _choice(self, value: Any, keys: Keys, known: Sequence[str]) -> Any:
        if not isinstance(value, str):
            self._fault(keys, "wrong_type", expected="text")
        elif value not in known:
            self._fault(keys, "wrong_value", value=value, known=list(known))
        return value

    def _severity(self, value: Any, keys: Keys) -> Any:
        self._choice(value, keys, SEVERITIES)
        return Severity(value) if value in SEVERITIES else value

    def _codes(self, value: Any, keys: Keys) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            self._fault(keys, "wrong_type", expected="codes")
            return ()
        for code in value:
            if fault := code_fault(code):
                self._fault(keys, *fault, item=code)
        return tuple(value)

    def _severities(self, value: Any, keys: Keys) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._fault(keys, "wrong_type", expected="table")
            return {}
        for code in value:
            if fault := code_fault(code):
                self._fault((*keys, code), *fault)
        return {code: self._severity(item, (*keys, code)) for code, item in value.items()}

    def _above_zero(self, expected: str) -> Callable[[Any, Keys], Any]:
        kinds = int if expected == "count" else (int, float)

        def read(value: Any, keys: Keys) -> Any:
            if isinstance(value, bool) or not isinstance(value, kinds) or not value > 0:
                self._fault(keys, "wrong_type", expected=expected)
            return value

        return read

    def _options(self, value: Any, keys: Keys) -> dict[str, dict[str, Any]]:
        if not isinstance(value, dict):
            self._fault(keys, "wrong_type", expected="table")
            return {}
        read: dict[str, dict[str, Any]] = {}
        for code, options in value.items():
            place = (*keys, code)
            if code not in self._rules:
                self._fault(place, *unknown("code", code, list(self._rules)))
            elif not isinstance(options, dict):
                self._fault(place, "wrong_type", expected="table")
            else:
                read[code] = self._options_of(code, options, place)
        return read

    def _options_of(self, code: str, options: dict[str, Any], keys: Keys) -> dict[str, Any]:
        rule = self._rules[code]
        kinds = types(rule)
        read: dict[str, Any] = {}
        for name, value in options.items():
            place = (*keys, name)
            if name not in kinds:
                reason, arguments = unknown("option", name, list(kinds))
                self._fault(place, reason if kinds else "no_options", arguments, code=code)
                continue
            try:
                read[name] = converted(value, kinds[name])
            except ValidationError:
                if example := rule.options[name]:
                    self._fault(place, "wrong_option", example=written(plain(example)), code=code)
                else:
                    self._fault(place, "wrong_type", expected=kind_name(kinds[name]))
        return read
