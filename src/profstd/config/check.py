"""Reading the settings' keys and values, with a fault for each that is not known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from msgspec import ValidationError

from profstd.config.layers import Given, Key, Layer, Origin, ProjectWaiver, Section, Sheet, fits
from profstd.config.options import converted, kind_name, plain, types, written
from profstd.config.toml import Fault, Keys, SettingsError, Toml
from profstd.document import Severity
from profstd.locale import languages
from profstd.parse.settings import Engine, TrackedChanges
from profstd.validate import about_waivers, all_rules
from profstd.validate.classifier import ClassifierName
from profstd.validate.settings import Stage
from profstd.validate.waivers import Waiver

STAGES: tuple[str, ...] = get_args(Stage)
ENGINES: tuple[str, ...] = get_args(Engine)
TRACKED_CHANGES: tuple[str, ...] = get_args(TrackedChanges)
SEVERITIES: tuple[str, ...] = tuple(severity.value for severity in Severity)
CLASSIFIERS: tuple[str, ...] = get_args(ClassifierName)

# What a value of each kind is: a key of ``settings.types`` in the locale.
_ABOVE_ZERO = {
    "max-file-size": "size",
    "max-unpacked-size": "size",
    "max-pages": "count",
    "time-limit": "seconds",
}
_FOR_FILES = (
    *("lang", "stage", "fail-on", "select", "ignore", "severity", "rules", "classifiers"),
    *("engine", "tracked-changes", *_ABOVE_ZERO),
)
_FOR_RUNS = ("baseline", "rules-page")
_FOR_ALL = (*_FOR_FILES, *_FOR_RUNS, "extends", "per-file", "waivers")
_WAIVER = ("code", "files", "fingerprint", "path", "text", "reason", "owner", "until")
_WAIVER_NEEDS = ("code", "reason", "owner", "until")

_ADDRESS = re.compile(r"(?:https?|file)://\S+$")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}(?:-[0-9]+)?")


def checked(toml: Toml, root: Keys) -> Sheet:
    """What the table `root` says; SettingsError names everything that is wrong with it."""
    reader = _Reader(toml)
    sheet = reader.read(root)
    if reader.faults:
        faults = sorted(reader.faults, key=lambda fault: (fault.line or 0, fault.column or 0))
        raise SettingsError(toml.file, tuple(faults))
    return sheet


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
    """Reads one settings file and collects its faults."""

    def __init__(self, toml: Toml) -> None:
        self.toml = toml
        self.faults: list[Fault] = []
        self._rules = {rule.code: rule for rule in all_rules()}

    def read(self, root: Keys) -> Sheet:
        """What the table `root` says, as far as it is right."""
        table = self._table(self.toml.table(root), root)
        extends = table.get("extends")
        if extends is not None:
            self._text(extends, (*root, "extends"))
        return Sheet(
            file=self.toml.file,
            layer=self._layer(table, root, _FOR_ALL),
            sections=tuple(self._sections(table.get("per-file", []), (*root, "per-file"))),
            waivers=tuple(self._waivers(table.get("waivers", []), (*root, "waivers"))),
            extends=self._path(extends) if isinstance(extends, str) and extends else None,
        )

    def _fault(
        self, keys: Keys, reason: str, given: dict[str, Any] | None = None, **arguments: Any
    ) -> None:
        names = [key for key in keys if isinstance(key, str)]
        arguments = {"name": names[-1] if names else "", **(given or {}), **arguments}
        line, column = self.toml.place(keys)
        self.faults.append(Fault(line, column, reason, arguments))

    def _origin(self, keys: Keys) -> Origin:
        return Origin(self.toml.file, *self.toml.place(keys))

    def _path(self, given: str) -> Path:
        """A path of the settings: from the folder of their file."""
        return self.toml.file.parent / given

    def _table(self, value: Any, keys: Keys) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self._fault(keys, "wrong_type", expected="table")
        return {}

    def _tables(self, value: Any, keys: Keys) -> Iterator[tuple[dict[str, Any], Keys]]:
        if not isinstance(value, list):
            self._fault(keys, "wrong_type", expected="tables")
            return
        for number, item in enumerate(value):
            if isinstance(item, dict):
                yield item, (*keys, number)
            else:
                self._fault((*keys, number), "wrong_type", expected="tables")

    # --- the settings that hold for files

    def _layer(self, table: dict[str, Any], root: Keys, known: Collection[str]) -> Layer:
        layer: dict[Key, Given] = {}
        for name, value in table.items():
            keys = (*root, name)
            if name not in known:
                self._fault(keys, *unknown("key", name, list(known)))
            elif name in (*_FOR_FILES, *_FOR_RUNS):
                for key, item, place in self._settings(name, value, keys):
                    layer[key] = Given(item, self._origin(place))
        return layer

    def _settings(self, name: str, value: Any, keys: Keys) -> Iterator[tuple[Key, Any, Keys]]:
        """The single settings in the value of the setting `name`, with their places."""
        if name == "rules":
            yield from self._options(self._table(value, keys), keys)
        elif name == "severity":
            for code, item in self._table(value, keys).items():
                place = (*keys, code)
                self._known_code(code, place)
                yield (name, code), self._severity(item, place), place
        elif name == "classifiers":
            for kind, item in self._table(value, keys).items():
                place = (*keys, kind)
                if kind not in CLASSIFIERS:
                    self._fault(place, *unknown("key", kind, CLASSIFIERS))
                yield (name, kind), self._file(item, place), place
        elif name == "ignore":
            for number, code in enumerate(self._codes(value, keys)):
                yield (name, code), True, (*keys, number)
        else:
            yield (name,), self._single(name, value, keys), keys

    def _single(self, name: str, value: Any, keys: Keys) -> Any:
        if name in _ABOVE_ZERO:
            return self._above_zero(value, keys, _ABOVE_ZERO[name])
        if name == "select":
            return self._codes(value, keys)
        if name == "fail-on":
            return self._severity(value, keys)
        if name == "baseline":
            return self._file(value, keys)
        if name == "rules-page":
            return self._address(value, keys)
        choices = {
            "lang": languages(),
            "stage": STAGES,
            "engine": ENGINES,
            "tracked-changes": TRACKED_CHANGES,
        }
        return self._choice(value, keys, choices[name])

    def _text(self, value: Any, keys: Keys) -> str:
        if isinstance(value, str) and value.strip():
            return value
        self._fault(keys, "wrong_type", expected="text")
        return ""

    def _texts(self, value: Any, keys: Keys) -> tuple[str, ...]:
        """A text or a list of texts, none empty."""
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list) and all(isinstance(item, str) and item for item in items):
            return tuple(items)
        self._fault(keys, "wrong_type", expected="texts")
        return ()

    def _file(self, value: Any, keys: Keys) -> Path:
        return self._path(self._text(value, keys))

    def _address(self, value: Any, keys: Keys) -> str:
        if not _ADDRESS.match(address := self._text(value, keys)) and address:
            self._fault(keys, "wrong_address", value=address)
        return address

    def _choice(self, value: Any, keys: Keys, known: Sequence[str]) -> Any:
        if not isinstance(value, str):
            self._fault(keys, "wrong_type", expected="text")
        elif value not in known:
            self._fault(keys, "wrong_value", value=value, known=list(known))
        return value

    def _severity(self, value: Any, keys: Keys) -> Any:
        self._choice(value, keys, SEVERITIES)
        return Severity(value) if value in SEVERITIES else value

    def _known_code(self, code: str, keys: Keys) -> None:
        if fault := code_fault(code):
            self._fault(keys, *fault)

    def _codes(self, value: Any, keys: Keys) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            self._fault(keys, "wrong_type", expected="codes")
            return ()
        for number, code in enumerate(value):
            self._known_code(code, (*keys, number))
        return tuple(value)

    def _above_zero(self, value: Any, keys: Keys, expected: str) -> Any:
        kinds = int if expected == "count" else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds) or not value > 0:
            self._fault(keys, "wrong_type", expected=expected)
        return value

    def _options(self, rules: dict[str, Any], keys: Keys) -> Iterator[tuple[Key, Any, Keys]]:
        for code, options in rules.items():
            place = (*keys, code)
            if code not in self._rules:
                self._fault(place, *unknown("code", code, list(self._rules)))
                continue
            kinds = types(self._rules[code])
            for name, value in self._table(options, place).items():
                if name in kinds:
                    yield self._option(code, name, value, (*place, name), kinds[name])
                else:
                    reason, arguments = unknown("option", name, list(kinds))
                    reason = reason if kinds else "no_options"
                    self._fault((*place, name), reason, arguments, code=code)

    def _option(
        self, code: str, name: str, value: Any, keys: Keys, kind: Any
    ) -> tuple[Key, Any, Keys]:
        try:
            value = converted(value, kind)
        except ValidationError:
            if example := self._rules[code].options[name]:
                self._fault(keys, "wrong_option", example=written(plain(example)), code=code)
            else:
                self._fault(keys, "wrong_type", expected=kind_name(kind))
        return ("rules", code, name), value, keys

    # --- the settings for some files, and the waivers

    def _globs(self, table: dict[str, Any], keys: Keys) -> tuple[str, ...]:
        globs = self._texts(table["files"], (*keys, "files"))
        try:
            fits(globs, "file")
        except ValueError:  # such as a lone «!»
            self._fault((*keys, "files"), "wrong_glob")
        return globs

    def _sections(self, value: Any, keys: Keys) -> Iterator[Section]:
        for table, place in self._tables(value, keys):
            if "files" not in table:
                self._fault(place, "lacks", needed="files")
                continue
            rest = {name: item for name, item in table.items() if name != "files"}
            layer = self._layer(rest, place, _FOR_FILES)
            yield Section(self._globs(table, place), layer)

    def _waivers(self, value: Any, keys: Keys) -> Iterator[ProjectWaiver]:
        for table, place in self._tables(value, keys):
            for name in table:
                if name not in _WAIVER:
                    self._fault((*place, name), *unknown("key", name, _WAIVER))
            missing = [name for name in _WAIVER_NEEDS if name not in table]
            for name in missing:
                self._fault(place, "lacks", needed=name)
            if not missing:
                globs = self._globs(table, place) if "files" in table else ()
                yield ProjectWaiver(globs, self._waiver(table, place))

    def _waiver(self, table: dict[str, Any], keys: Keys) -> Waiver:
        codes = self._texts(table["code"], (*keys, "code"))
        for code in codes:
            self._known_code(code, (*keys, "code"))
            if about_waivers(code):
                self._fault((*keys, "code"), "never_waived", value=code)

        def text(name: str) -> str | None:
            return self._text(table[name], (*keys, name)) if name in table else None

        mark, path = text("fingerprint"), text("path")
        if mark and not _FINGERPRINT.fullmatch(mark):
            self._fault((*keys, "fingerprint"), "wrong_fingerprint", value=mark)
        if path and not path.startswith("/"):
            self._fault((*keys, "path"), "wrong_path", value=path)
        line, _ = self.toml.place(keys)
        return Waiver(
            codes=codes,
            reason=text("reason") or "",
            owner=text("owner"),
            text=text("text"),
            until=self._date(table["until"], (*keys, "until")),
            fingerprint=mark,
            paths=None if path is None else (path,),
            place=f"{self.toml.file.name}:{line}",
        )

    def _date(self, value: Any, keys: Keys) -> date | None:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self._fault(keys, "wrong_type", expected="date")
            return None
