"""Edits in a file of data, JSON or YAML: only what changes is written anew.

Comments, the order of fields, quotation marks, line ends, the encoding stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from importlib import import_module
from typing import Any, TypeAlias

from profstd.document import Extent, Pointer, Positions
from profstd.model import Source
from profstd.parse.readers._data.text import decode, encoding_of
from profstd.parse.settings import DEFAULT
from profstd.revise.edit import Edit

FORMATS = ("json", "yaml")

# YAML 1.2.2, sections 5.7 and 7.3.1; JSON, RFC 8259, section 7, is a part of it.
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|U([0-9A-Fa-f]{8})|(.))", re.S)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0"}
_FOLD = re.compile(r"[ \t]*(?:\r\n|\r|\n)\s*")
# YAML 1.2.2, section 6.9: the tag and the anchor of a scalar.
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
_ESCAPED_LINE_END = re.compile(r"\\(?:\r\n|\r|\n)[ \t]*")


class UnrevisableError(Exception):
    """Edits that cannot be written without changing anything else."""


def revise(data: bytes, source: Source, edits: Sequence[Edit]) -> bytes:
    """`data` with `edits`; `source` tells the format, one of `FORMATS`.

    What was written is read again: raises UnrevisableError where it is not what it was but
    for the edits.
    """
    text = decode(data, source.file)
    raw, positions = _read(text, source)
    wanted = _edited(raw, edits)
    for write in (_patched, _rewritten):
        revised = _spliced(text, positions, edits, write)
        try:
            if revised is not None and _read(revised, source)[0] == wanted:
                mark, encoding = encoding_of(data)
                return mark + revised.encode(encoding)
        except Exception:  # what a wrong scalar makes of the rest of the file has many names
            continue
    raise UnrevisableError(source.file)


def _read(text: str, source: Source) -> tuple[object, Positions]:
    reader = import_module(f"profstd.parse.readers.{source.format}")
    reading = reader.read(text.encode(), source, DEFAULT)
    assert reading.positions is not None
    return _texts(reading.raw), reading.positions


def _texts(raw: object) -> object:
    """The data with scalars as their texts, which are what edits are about."""
    if isinstance(raw, dict):
        return {name: _texts(item) for name, item in raw.items()}
    if isinstance(raw, list):
        return [_texts(item) for item in raw]
    return getattr(raw, "text", raw)


def _edited(raw: Any, edits: Iterable[Edit]) -> object:
    for edit in edits:
        node = raw
        *above, last = edit.path.keys
        for key in above:
            node = node[str(key) if isinstance(node, dict) else key]
        node[str(last) if isinstance(node, dict) else last] = edit.new
    return raw


Write: TypeAlias = Callable[[str, Edit], "str | None"]


def _spliced(text: str, positions: Positions, edits: Sequence[Edit], write: Write) -> str | None:
    """`text` with every edited scalar as `write` has it; None where it cannot write one."""
    scalars: dict[tuple[int, int], Edit] = {}
    for edit in edits:
        extent = _extent(positions.root, edit.path)
        # Through aliases one scalar may stand at many paths.
        if scalars.setdefault((extent.start, extent.end), edit).new != edit.new:
            return None
    parts, done = [], 0
    for (start, end), edit in sorted(scalars.items()):
        if properties := _PROPERTIES.match(text, start, end):
            start = properties.end()
        written = write(text[start:end], edit)
        if written is None or start < done:
            return None
        parts += [text[done:start], written]
        done = end
    return "".join((*parts, text[done:]))


def _extent(extent: Extent, path: Pointer) -> Extent:
    for key in path.keys:
        inside: Any = extent.inside
        extent = inside[str(key) if isinstance(inside, dict) else key]
    return extent


def _rewritten(_scalar: str, edit: Edit) -> str:
    """The new text between quotation marks, as JSON and YAML have them."""
    return json.dumps(edit.new, ensure_ascii=False)


def _patched(scalar: str, edit: Edit) -> str | None:
    """The scalar with only those characters changed that differ; None where that is no way."""
    style = scalar[:1] if scalar[:1] in ('"', "'", "|", ">") else ""
    places = _places(scalar, edit.old, style)
    if places is None:
        return None
    parts, done = [], 0
    changes = SequenceMatcher(None, edit.old, edit.new, autojunk=False).get_opcodes()
    for tag, start, end, first, last in changes:
        if tag != "equal":
            parts += [scalar[done : places[start]], _escaped(edit.new[first:last], style)]
            done = places[end]
    return "".join((*parts, scalar[done:]))


def _escaped(text: str, style: str) -> str:
    if style == '"':
        return json.dumps(text, ensure_ascii=False)[1:-1]
    return text.replace("'", "''") if style == "'" else text


def _places(scalar: str, value: str, style: str) -> list[int] | None:
    """Where in `scalar` each character of its `value` stands, and where the last one ends.

    None where it is not plain to see.
    """
    at = 1 if style in ('"', "'") else 0
    if style in ("|", ">"):
        header = _FOLD.search(scalar)
        if header is None:
            return None
        at = header.end()
    places = []
    for character in value:
        while style == '"' and (skipped := _ESCAPED_LINE_END.match(scalar, at)):
            at = skipped.end()
        places.append(at)
        length = _length(scalar, at, character, style)
        if length is None:
            return None
        at += length
    return [*places, at]


def _length(scalar: str, at: int, character: str, style: str) -> int | None:
    """How many characters of `scalar` from `at` on stand for `character`; None if they do not."""
    if character in " \n" and (fold := _FOLD.match(scalar, at)):
        return fold.end() - at
    if style == '"' and (escape := _ESCAPE.match(scalar, at)):
        return escape.end() - at if _unescaped(escape) == character else None
    if scalar[at : at + 1] != character:
        return None
    return 2 if style == "'" == character else 1


def _unescaped(escape: re.Match[str]) -> str:
    *codes, name = escape.groups()
    code = next(filter(None, codes), None)
    return chr(int(code, 16)) if code else _NAMED.get(name, name)
