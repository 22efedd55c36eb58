"""Reader for plain text: a tab ends a cell, a line end ends a row.

Encodings: UTF-8 and UTF-16 with or without a byte order mark, UTF-32 with one,
Windows-1251 and its Kazakh variant KZ-1048. Spans count lines and characters from 1, cells from 1.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Literal

from profstd.document import Block, Piece, Reading, Span, UnreadableError
from profstd.model import Source
from profstd.parse.readers._furniture import find_furniture
from profstd.parse.settings import ReadSettings

FORMAT = "txt"
SUFFIXES = (".txt", ".text")

_LINE = re.compile(r"([^\r\n\f\x85\u2028\u2029]*)(\r\n|[\r\n\f\x85\u2028\u2029]|\Z)")
_BROKEN = 2000  # one unreadable character in so many is damage, more is another encoding
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Letters of Windows-1251 that Russian never has; KZ-1048 has Kazakh letters in their place.
_NOT_RUSSIAN = frozenset("ђѓљњќћџўјґєїѕ")
_COMMON = frozenset("аеионтыі")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b]")


def read(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The blocks of a text; a line with tabs is a row, any other line a paragraph.

    Raises UnreadableError where `data` is no text or its encoding cannot be told.
    """
    text = decode(data, source.file)
    lines = [match.groups() for match in _LINE.finditer(text)]
    layout = sum(len(end) + line.count("\t") for line, end in lines)
    furniture = find_furniture([line for line, _ in lines])
    blocks: list[Block] = []
    gap = True
    for number, (line, end) in enumerate(lines, start=1):
        if not line.strip():
            layout += len(line) - line.count("\t")
            gap = True
        else:
            kind: Literal["row", "paragraph", "furniture"] = (
                "furniture" if number in furniture else "row" if "\t" in line else "paragraph"
            )
            blocks.append(Block(kind=kind, cells=tuple(_cells(line, number, source)), gap=gap))
            gap = kind == "furniture"
        gap = gap or end == "\f"
    return Reading(source=source, blocks=tuple(blocks), markup=layout)


def _cells(line: str, number: int, source: Source) -> Iterator[tuple[Piece, ...]]:
    column = 1
    for position, cell in enumerate(line.split("\t"), start=1):
        span = Span(file=source.file, line=number, column=column, cell=position)
        yield (Piece(text=cell, span=span),) if cell else ()
        column += len(cell) + 1


def decode(data: bytes, file: str) -> str:
    """The text of `data` without its byte order mark; UnreadableError where it is none."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise UnreadableError(file, "encoding") from None
    text = _without_mark(data, file)
    if len(_CONTROL.findall(text, 0, 65536)) > max(2, min(len(text), 65536) // 200):
        raise UnreadableError(file, "binary")
    return text


def _without_mark(data: bytes, file: str) -> str:
    sample = data[:4096]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        # The high byte of a Cyrillic letter is 4, of a Latin letter, digit or sign 0.
        if len(high) > 4 and high.count(4) + high.count(0) > len(high) * 0.9:
            return data.decode(encoding, errors="replace")
    text = data.decode("utf-8", errors="replace")
    # A file that was cut in the middle ends in half a letter.
    if text.count("\ufffd") <= 1 + len(text) // _BROKEN:
        return text
    for encoding in ("cp1251", "kz1048"):
        text = data.decode(encoding, errors="replace")
        if _reads_well(text[:65536]):
            return text
    raise UnreadableError(file, "binary" if 0 in sample else "encoding")


def _reads_well(text: str) -> bool:
    """Whether a text decoded from single bytes reads like Russian or Kazakh."""
    letters = [letter for letter in text.lower() if letter.isalpha()]
    foreign = sum(letter in _NOT_RUSSIAN for letter in letters)
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
    common = sum(letter in _COMMON for letter in letters)
    if not letters or cyrillic < len(letters) * 0.5 or foreign > len(letters) * 0.005:
        return False
    # Nearly half of any Russian or Kazakh text; a third would be much for a wrong table.
    return len(letters) < 40 or common > cyrillic * 0.35
