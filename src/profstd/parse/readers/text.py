"""Reader for plain text: a tab ends a cell, a line end ends a row.

Encodings: UTF-8 and UTF-16 with or without a byte order mark, UTF-32 with one,
Windows-1251 and its Kazakh variant KZ-1048. Spans count lines and characters from 1, cells from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from profstd.document import Block, Piece, Reading, Span
from profstd.model import Source
from profstd.parse.readers._encoding import decode
from profstd.parse.readers._furniture import find_furniture
from profstd.parse.settings import ReadSettings

FORMAT = "txt"
SUFFIXES = (".txt", ".text")

_LINE = re.compile(r"([^\r\n\f\x85\u2028\u2029]*)(\r\n|[\r\n\f\x85\u2028\u2029]|\Z)")


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
