"""The options of the rules: their types, their values in settings, the schema of both."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_type_hints

import msgspec
from msgspec import inspect

from profstd import locale
from profstd.validate import all_rules
from profstd.validate.rule import Rule

_BARE = re.compile("[A-Za-z0-9_-]+")
_WIDTH = 72

# What a value has to be, as keys of ``settings.types`` in the locale.
_KINDS: dict[type[inspect.Type], str] = {
    inspect.BoolType: "boolean",
    inspect.IntType: "integer",
    inspect.FloatType: "number",
    inspect.StrType: "text",
    inspect.DictType: "table",
}


def types(rule: Rule) -> dict[str, Any]:
    """The type of each option, as the rule's function annotates it."""
    hints = get_type_hints(rule.check, include_extras=True)
    return {name: hints[name] for name in sorted(rule.options)}


def converted(value: Any, kind: Any) -> Any:
    """`value` from a settings file as the type `kind`; msgspec.ValidationError otherwise."""
    return msgspec.convert(value, kind, str_keys=True)


def kind_name(kind: Any) -> str:
    """What a value of the type `kind` is in a settings file: a key of ``settings.types``."""
    found = inspect.type_info(kind)
    if isinstance(found, inspect.UnionType):
        found = next(item for item in found.types if not isinstance(item, inspect.NoneType))
    return _KINDS.get(type(found), "list")


def rules_schema() -> dict[str, Any]:
    """The JSON Schema of the table ``rules``: every rule that has options."""
    words = locale.load("en").table["rules"]
    rules: dict[str, Any] = {}
    for rule in all_rules():
        if rule.options:
            meanings = words[rule.code].get("options", {})
            options = {
                name: {
                    "description": meanings.get(name, name),
                    **msgspec.json.schema(kind),
                    "default": plain(rule.options[name]),
                }
                for name, kind in types(rule).items()
            }
            rules[rule.code] = {"description": words[rule.code]["name"], **_table(options)}
    return _table(rules)


def plain(value: Any) -> Any:
    """A default as JSON and TOML know it: lists for tuples and sets, text keys."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(plain(item) for item in value)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def settings_text(rule: Rule, meanings: Mapping[str, str]) -> Iterator[str]:
    """The lines of a settings file that set every option of `rule` to its default.

    Above each stands what it means; an option without a default is a comment.
    """
    options = {name: plain(default) for name, default in sorted(rule.options.items())}
    tables = {name: value for name, value in options.items() if isinstance(value, dict)}
    values = {name: value for name, value in options.items() if name not in tables}
    if values:
        yield f"[rules.{rule.code}]"
    for number, (name, value) in enumerate({**values, **tables}.items()):
        if number and name in tables:
            yield ""
        if name in meanings:
            yield f"# {meanings[name]}"
        yield from _setting(rule.code, name, value)


def written(value: Any) -> str:
    """A value of `plain` as TOML writes it, on one line."""
    if isinstance(value, dict):
        pairs = (f"{_key(key)} = {written(item)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, str) and "\\" in value and "'" not in value:
        return f"'{value}'"  # a pattern is easier to read without doubled backslashes
    return json.dumps(value, ensure_ascii=False)


def _setting(code: str, name: str, value: Any) -> Iterator[str]:
    if value is None:
        yield f'# {name} = "…"'
    elif isinstance(value, dict):
        yield f"[rules.{code}.{name}]"
        for key, item in value.items():
            yield f"{_key(key)} = {written(item)}"
    elif isinstance(value, list) and len(written(value)) > _WIDTH:
        yield f"{name} = ["
        yield from (f"  {written(item)}," for item in value)
        yield "]"
    else:
        yield f"{name} = {written(value)}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else written(key)


def _table(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}
