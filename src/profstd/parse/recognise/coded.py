"""Lists of professions by their codes: other names, and links with other professions."""

from __future__ import annotations

import re
from typing import NamedTuple

from profstd.parse.labels import Labels, fold
from profstd.parse.recognise.draft import Node
from profstd.parse.recognise.lists import bare, is_nothing, items
from profstd.parse.recognise.stream import PLACED, Stream, Value

# A line end may stand after a hyphen of the code, and the name's dash right after it.
CODE = re.compile(r"(?<![\w-])[\dXХ]\d{2,4}-\s*\d{1,2}-\s*\d{2,4}(?!\w|-(?![^\W\d_]))")
_LEVEL = re.compile(r"\s*(\d{1,2})([.,]\d)?(?!-?\d)\s*")
_AFTER_CODE = re.compile(r"\s*[-–—:]?\s*")
_NEXT_MARKER = re.compile(r"[;,]?\s*\d{1,2}[.)]$")
_AROUND_NAME = " -–—(),;:\t\n"


class _Level(NamedTuple):
    level: Value
    sublevel: Value | None


def other_names(stream: Stream, start: int, end: int, labels: Labels) -> list[Node]:
    """Entries run together with a space, so that only the code shows where one begins.

    An entry may have its code after the name, in brackets, or none at all.
    """
    if is_nothing(stream.text[start:end], labels):
        stream.mark(start, end, PLACED)
        return []
    codes = list(CODE.finditer(stream.text, start, end))
    before = stream.text[start : codes[0].start()].strip() if codes else ""
    if before.endswith(("(", "-", "–", "—")) and any(map(str.isalpha, before)):
        return [_named_before(stream, start, codes, index) for index in range(len(codes))]
    found = [
        Node(code=None, name=name)
        for item in items(stream, start, codes[0].start() if codes else end)
        if (name := bare(stream, item.start, item.end, labels))
    ]
    stops = [*(code.start() for code in codes[1:]), end][: len(codes)]
    for code, stop in zip(codes, stops, strict=True):
        after = _AFTER_CODE.match(stream.text, code.end(), stop)
        begin = after.end() if after else code.end()
        stream.mark(code.end(), begin, PLACED)
        name = bare(stream, begin, stop, labels)
        if name:
            text = _NEXT_MARKER.sub("", name.text).rstrip(" ;,")
            name = Value(text, name.start, name.end) if text else None
        found.append(Node(code.span(), code=_code(stream, code), name=name))
    return found


def _named_before(stream: Stream, start: int, codes: list[re.Match[str]], index: int) -> Node:
    begin = codes[index - 1].end() if index else start
    stream.mark(begin, codes[index].end() + 1, PLACED)
    value = stream.value(begin, codes[index].start())
    text = value.text.lstrip(" ),;:-–—").rstrip(" (,;:-–—") if value else ""
    name = Value(text, value.start, value.end) if value and text else None
    return Node(codes[index].span(), code=_code(stream, codes[index]), name=name)


def add_related(rows: list[Node], stream: Stream, start: int, end: int, labels: Labels) -> None:
    """Rows of level, code and name; a row may be cut, or have all of them in one cell."""
    if is_nothing(stream.text[start:end], labels):
        stream.mark(start, end, PLACED)
        return
    level: _Level | None = None
    for begin, stop in stream.cells(start, end):
        found, rest = _level(stream, begin, stop, labels)
        level = found or level
        if not stream.text[rest:stop].strip():
            continue
        code = CODE.search(stream.text, rest, stop)
        place = rest, stop
        if code:
            before = stream.text[rest : code.start()].strip(_AROUND_NAME + "0123456789.")
            side = (rest, code.start()) if before else (code.end(), stop)
            name = _stripped(stream.value(*side))
            stream.mark_known(rest, stop, ())
            rows.append(_row(place, level, _code(stream, code), name))
        elif (name := stream.value(rest, stop)) and level is None and rows:
            before_name: Value | None = rows[-1]["name"]
            rows[-1]["name"] = stream.joined(before_name, name) if before_name else _stripped(name)
        else:
            rows.append(_row(place, level, None, name and _without_semicolon(name)))
        level = None


def _row(
    place: tuple[int, int], level: _Level | None, code: Value | None, name: Value | None
) -> Node:
    if level is None:
        return Node(place, level=None, sublevel=None, code=code, name=name)
    return Node(place, level=level.level, sublevel=level.sublevel, code=code, name=name)


def _level(stream: Stream, begin: int, stop: int, labels: Labels) -> tuple[_Level | None, int]:
    """The level that a cell holds or begins with, and where the rest of the cell begins."""
    match = _LEVEL.match(stream.text, begin, stop)
    if match is None:
        return None, begin
    rest = match.end()
    alone = not stream.text[rest:stop].strip() or _is_level_word(stream.text[rest:stop], labels)
    if not alone and not CODE.match(stream.text, rest, stop):
        return None, begin
    rest = stop if alone else rest
    stream.mark(begin, rest, PLACED)
    whole = Value(int(match[1]), *match.span(1))
    below = Value(match[1] + match[2], match.start(1), match.end(2)) if match[2] else None
    return _Level(whole, below), rest


def _code(stream: Stream, code: re.Match[str]) -> Value | None:
    value = stream.value(*code.span())
    return value and Value("".join(value.text.split()), value.start, value.end)


def _stripped(name: Value | None) -> Value | None:
    """A name without the dashes, brackets and separators around it; its own brackets stay."""
    if name is None:
        return None
    text = name.text.lstrip(" -–—,;:").rstrip(" ;")
    if text.startswith("(") and text.count("(") > text.count(")"):
        text = text[1:].lstrip()
    if text.count("(") > text.count(")"):
        text = text.rstrip("( ")
    if text.count(")") > text.count("("):
        text = text.strip(") ,;")
    return Value(text, name.start, name.end) if text else None


def _without_semicolon(name: Value) -> Value | None:
    text = name.text.rstrip("; ")
    return Value(text, name.start, name.end) if text else None


def _is_level_word(text: str, labels: Labels) -> bool:
    known = {fold(word) for word in labels.words["level"]}
    words = re.findall(r"\w+", fold(text))
    return bool(words) and known.issuperset(words)
