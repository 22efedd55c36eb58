"""Scalars of YAML: the core schema of YAML 1.2.2 (section 10.3), and its tags."""

from __future__ import annotations

import re
from typing import Any

from profstd.shape import Untyped

_PREFIX = "tag:yaml.org,2002:"
_KINDS = {"null": type(None), "bool": bool, "int": int, "float": float}

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_DECIMAL = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_PERHAPS_NO_TEXT = frozenset("0123456789+-.tTfFnN~")
# More digits than any number means; Python refuses more than 4,300.
_LONGEST = 400


class TagError(Exception):
    """A tag that the core schema does not know, or that does not fit its value."""


def plain(text: str) -> Untyped | str | None:
    """A scalar without quotation marks or tag."""
    if not text:
        return None
    if text[0] not in _PERHAPS_NO_TEXT:
        return text
    value = _resolved(text)
    return value if value is None or isinstance(value, str) else Untyped(text, value)


def tagged(text: str, tag: str) -> Any:
    """A scalar with a tag as the parser gives it; TagError where that is not understood."""
    name = tag.removeprefix(_PREFIX)
    if tag == "!" or name == "str":
        return text
    kind = _KINDS.get(name) if tag != name else None
    value = float(text) if kind is float and _DECIMAL.fullmatch(text) else _resolved(text)
    if type(value) is not kind:
        raise TagError(tag)
    return value


def check_tag(tag: str | None, kind: str) -> None:
    """TagError where a record ("map") or a list ("seq") has any other tag than its own."""
    if tag not in (None, "!", _PREFIX + kind):
        raise TagError(tag)


def _resolved(text: str) -> Any:
    if text in _NULL:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if len(text) > _LONGEST:
        return text
    if _DECIMAL.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _SPECIAL.fullmatch(text):
        return float(text.replace(".", ""))
    return text
