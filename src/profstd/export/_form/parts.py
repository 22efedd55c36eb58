"""What the official form is made of: headings, paragraphs, ruled tables. No format, no words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

from profstd.model import Language

# Line ends, and the control characters that some programs take for them.
_LINE_END = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# What XML 1.0, section 2.2, has no place for or advises against; a sign shows that
# something stood there.
_NO_CHARACTER = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)

# The widths of a table's columns, hundredths of the line: the labels; then what is either
# two cells, the second a wide one, or three.
COLUMNS = (26, 25, 3, 22, 24)
HALVES = (2, 2)
THIRDS = (1, 2, 1)


class Line(NamedTuple):
    """A line of text, a label in bold before it; line ends in it are LF."""

    label: str
    text: str


class Heading(NamedTuple):
    """A heading; the standard's title has the level 1."""

    level: Literal[1, 2, 3]
    text: str


class Paragraph(NamedTuple):
    """A line on its own; `aside` is one in the page's right half."""

    line: Line
    aside: bool = False


class Cell(NamedTuple):
    """A cell over one column and row, or more.

    `heads` says what it is the label of: the rest of its rows, the cells below, or nothing.
    """

    lines: tuple[Line, ...] = ()
    columns: int = 1
    rows: int = 1
    heads: Literal["row", "column"] | None = None


Row: TypeAlias = tuple[Cell, ...]


class Table(NamedTuple):
    """Rows of cells over `COLUMNS`; a row leaves out what a cell above reaches into."""

    rows: tuple[Row, ...]


Part: TypeAlias = Heading | Paragraph | Table


class Form(NamedTuple):
    """A whole document: its language, its title, and what stands in it."""

    language: Language
    title: str
    parts: tuple[Part, ...]


def line(text: str | int | None = None, label: str = "") -> Line:
    """A line that any format can hold."""
    return Line(readable(label), "" if text is None else readable(str(text)))


def readable(text: str) -> str:
    """`text` with one sign for all line ends, and none that XML cannot hold."""
    return _NO_CHARACTER.sub("\ufffd", _LINE_END.sub("\n", text))


def led(lines: Iterable[Line], rows: list[Row], columns: int = 1) -> list[Row]:
    """`rows` with a cell before them that reaches over all."""
    first, *others = rows
    lines = tuple(lines)
    cell = Cell(lines, columns, len(rows), heads="row" if lines else None)
    return [(cell, *first), *others]
