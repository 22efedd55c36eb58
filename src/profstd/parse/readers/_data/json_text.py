"""JSON as text (RFC 8259): where every value stands, and what is wrong where."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from profstd.document import Extent
from profstd.parse.readers._data.text import DEEPEST, Fault, repeated

_OPEN_STRING = r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+'
_NUMBER = r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][-+]?[0-9]++)?+(?![-+.\w])"
_TOKEN = re.compile(
    rf"[ \t\r\n]*+({_OPEN_STRING}\"|{_NUMBER}|(?:true|false|null)\b|[{{}}\[\],:])?+"
)
_STRING_AS_FAR = re.compile(_OPEN_STRING)
_WORD = re.compile(r"[-+]?[\w$]+")
_NAME_END = re.compile(rb'"\s*:')
_NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity", "+Infinity"})

# What may come next: the first characters of tokens, v for a scalar that is no text.
_VALUE = '"v{['
_FIRST_ITEM = '"v{[]'
_NAME = '"'
_FIRST_NAME = '"}'
_COLON = ":"
_MORE_ITEMS = ",]"
_MORE_FIELDS = ",}"
_NOTHING = "-"


def names_at_most(encoded: bytes) -> int:
    """How many names there are in a JSON text, and perhaps a few too many."""
    return len(_NAME_END.findall(encoded))


def scan(text: str) -> Extent:
    """Where everything stands in `text`; Fault where it is no JSON that can be read."""
    return _Scan(text).run()


def unfit(text: str) -> Fault:
    """The first scalar of a JSON text that no program can hold: half a letter, 1e999."""
    for token in _TOKEN.finditer(text):
        try:
            if token[1] and token[1] not in "{}[],:":
                msgspec.json.decode(token[1])
        except msgspec.DecodeError:
            word = "lone_surrogate" if token[1][0] == '"' else "huge_number"
            return Fault(token.start(1), "json", fault=word)
    return Fault(0, "json", fault="json_other")


class _Scan:
    """One pass over a text. `_around` are the records and lists that are still open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._around: list[Extent] = []
        self._root: Extent | None = None
        self._name = ""
        self._name_place: tuple[int, int] | None = None

    def run(self) -> Extent:
        text, expected = self._text, _VALUE
        for token in _TOKEN.finditer(text):
            if token.lastindex is None:
                break
            start, end = token.span(1)
            sign = text[start]
            if (sign if sign in '"{}[],:' else "v") not in expected:
                raise self._fault(start, expected)
            if sign == ":":
                expected = _VALUE
            elif sign == ",":
                expected = _NAME if expected is _MORE_FIELDS else _VALUE
            elif sign in "}]":
                self._around.pop().end = end
                expected = self._more()
            elif expected is _NAME or expected is _FIRST_NAME:
                self._read_name(start, end)
                expected = _COLON
            elif sign == "{" or sign == "[":
                expected = self._open(Extent(start, end, {} if sign == "{" else []))
            else:
                self._put(Extent(start, end))
                expected = self._more()
        if token.end() < len(text) or expected is not _NOTHING or self._root is None:
            raise self._fault(token.end(), expected)
        return self._root

    def _more(self) -> str:
        if not self._around:
            return _NOTHING
        return _MORE_FIELDS if isinstance(self._around[-1].inside, dict) else _MORE_ITEMS

    def _open(self, extent: Extent) -> str:
        self._put(extent)
        self._around.append(extent)
        if len(self._around) > DEEPEST:
            raise Fault(extent.start, "json", fault="too_deep")
        return _FIRST_NAME if isinstance(extent.inside, dict) else _FIRST_ITEM

    def _put(self, extent: Extent) -> None:
        inside = self._around[-1].inside if self._around else None
        if isinstance(inside, dict):
            extent.name = self._name_place
            inside[self._name] = extent
        elif inside is not None:
            inside.append(extent)
        else:
            self._root = extent

    def _read_name(self, start: int, end: int) -> None:
        token = self._text[start:end]
        try:
            self._name = msgspec.json.decode(token, type=str) if "\\" in token else token[1:-1]
        except msgspec.DecodeError:
            raise Fault(start, "json", fault="lone_surrogate") from None
        self._name_place = start, end
        inside: Any = self._around[-1].inside
        if self._name in inside:
            raise repeated(self._text, self._name, start, inside[self._name].name[0])

    def _fault(self, index: int, expected: str) -> Fault:
        """What is wrong where none of `expected` stands at `index`."""
        text = self._text
        rest = text[index : index + 40]
        before = text[:index].rstrip(" \t\r\n")
        word = _WORD.match(rest)
        if not rest:
            fault = "text_ends"
        elif rest[0] in "}]" and before.endswith(","):
            index, fault = len(before) - 1, "extra_comma"
        elif rest[0] == ",":
            fault = "extra_comma"
        elif rest[0] in "/#":
            fault = "comment"
        elif rest[0] in "'‘’“”«»":
            fault = "other_quotes"
        elif expected is _NOTHING:
            fault = "more_text"
        elif _COLON in expected:
            fault = "no_colon"
        elif "," in expected:
            fault = "no_comma" if rest[0] not in "}]:" else "wrong_bracket"
        elif rest[0] == '"':
            return self._string_fault(index)
        elif expected in (_NAME, _FIRST_NAME) and word:
            fault = "name_without_quotes"
        elif word and (word[0] in _NO_NUMBERS or rest[0] in "-+.0123456789"):
            fault = "no_number"
        elif word:
            fault = "text_without_quotes"
        else:
            fault = "json_other"
        return Fault(index, "json", fault=fault)

    def _string_fault(self, index: int) -> Fault:
        """What is wrong with a string that begins at `index`."""
        match = _STRING_AS_FAR.match(self._text, index)
        end = match.end() if match else index
        sign = self._text[end : end + 1]
        if sign in ("", "\n", "\r"):
            return Fault(index, "json", fault="open_string")
        return Fault(end, "json", fault="escape" if sign == "\\" else "control")
