"""What an engine gives of a page. Lengths are points; the origin is the top left corner."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, NamedTuple, Protocol, TypeAlias

from msgspec import Struct

Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom
# A blank before a character of a line, by its number: from where to where it goes.
Blank: TypeAlias = tuple[int, float, float]


class Rule(NamedTuple):
    """A straight line: its place across, and from where to where it goes along."""

    at: float
    start: float
    end: float


# Of a font's size: so much a line takes above and below its baseline. What fonts say of
# themselves differs too much to compare lines by it.
ASCENT, DESCENT = 0.85, 0.25


class Line(Struct, gc=False):
    """Text that stands in one line, as drawn; later a line of a cell or a paragraph.

    `base` is its baseline, `angle` which way it is turned (0, 90, 180, 270 degrees
    against the clock, -1 for any other), `first` the number of its first character on
    the page. `room` is what is left free at its end of the `width` of its
    column, `seam` what joins it to the next
    line of its text: a line end, a space, nothing, or `CUT`.
    `parts` are those of a level line that wide blanks part, with their left and right
    ends, and the words of a turned one with their upper and lower ends.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    angle: int = 0
    first: int = 0
    page: int = 0
    room: float = 0.0
    width: float = 0.0
    centred: bool = False
    seam: str = "\n"
    parts: tuple[tuple[str, float, float], ...] = ()

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return self.x0, self.top, self.x1, self.bottom


# Seams that the words of the whole document decide: a line that is full, so that its last word
# may go on in the next line without a hyphen, as a word too long for the line does (`CUT`) or
# any word where a program cuts anywhere (`FULL`); and a line that ends with a hyphen.
CUT, FULL, HYPHEN = "?", "~", "-"


class Drawing(Struct):
    """What is drawn on a page beside its text.

    `fills` are coloured areas, `pictures` the places of pictures; `curves` counts curved
    strokes and areas. `complete` is False where there was too much to look at.
    """

    horizontal: list[Rule]
    vertical: list[Rule]
    fills: list[Box]
    pictures: list[Box]
    curves: int = 0
    complete: bool = True


class Page(Protocol):
    """An open page; it is gone when the iteration that gave it goes on.

    `skipped` are the filled in fields and notes on it that the engine does not read.
    `complete` is False, after `lines`, where there is too much text to read any of it.
    `handles` are what PDFium calls the page and its text; None of another engine.
    """

    number: int
    width: float
    height: float
    characters: int
    spaces: int
    skipped: int
    complete: bool
    handles: tuple[Any, Any] | None

    def lines(self) -> list[Line]:
        """The text in the order in which it is drawn; fills in the counts."""

    def drawing(self) -> Drawing:
        """The lines, areas and pictures."""

    def extents(self, line: Line) -> list[tuple[float, float]]:
        """The left and the right end of every character of a line."""

    def blanks(self, line: Line) -> list[Blank]:
        """The blanks in a line, from left to right."""


class Engine(Protocol):
    """An open file."""

    count: int

    def pages(self) -> Generator[Page | None, None, None]:
        """Its pages one after the other, one open at a time; None for one that is damaged."""

    def remarks(self) -> list[str]:
        """What the file has beside pages: "xfa", and "embedded_file" for every one."""

    def close(self) -> None:
        """Give everything back, the page that is open first."""
