"""What stands on paper, before any file format: paragraphs, tables, the author's choices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from profstd.parse.labels import Labels

# How a card's functions and skills stand in its table:
# ladder    function | skill | «Умения:» and the list below it
# steps     the same, labels and lists in rows of their own
# four      function | skill | «Умения:» | the list, a statement a row
# wide      function | skill | «Умения:» and list | «Знания:» and list
# pairs     label | value, two columns throughout
# tables    a table a skill
# plain     paragraphs, no tables
CardShape: TypeAlias = Literal["ladder", "steps", "four", "wide", "pairs", "tables", "plain"]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `number` and `sign` are its list number, printed or automatic."""

    text: str
    kind: Literal["title", "chapter", "card", "label", "plain"] = "plain"
    number: int | None = None
    sign: str = ")"

    @property
    def typed(self) -> str:
        """The text with its number."""
        return self.text if self.number is None else f"{self.number}{self.sign} {self.text}"


@dataclass(frozen=True)
class Cell:
    """A cell that spans `across` columns and `down` rows."""

    paragraphs: tuple[Paragraph, ...] = ()
    across: int = 1
    down: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells; a cell that one above spans is not there. `widths` are per cent.

    The first `head` rows are repeated on every page.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    head: int = 0


Part: TypeAlias = Paragraph | Table


@dataclass(frozen=True)
class Shape:
    """The choices of an author: how cards are laid out and how lists are written.

    `packed` puts a list into one paragraph, `heading_inside` the card's heading into the
    first row of its table.
    """

    card: CardShape = "ladder"
    packed: bool = False
    heading_inside: bool = False


class Grid:
    """The rows of a table of `columns` columns, filled from left to right."""

    def __init__(self, columns: int) -> None:
        self.rows: list[tuple[Cell, ...]] = []
        self._covered = [0] * columns  # how many rows more a cell above spans

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return len(self._covered)

    def add(self, *cells: Cell) -> None:
        """A row in the columns that no cell above spans; the last cell takes what is left."""
        free = self._covered.count(0)
        last = replace(cells[-1], across=free - sum(cell.across for cell in cells[:-1]))
        row = (*cells[:-1], last)
        downs = iter([cell.down for cell in row for _ in range(cell.across)])
        self._covered = [left - 1 if left else next(downs) - 1 for left in self._covered]
        self.rows.append(row)


class Labelled:
    """What writes with the labels of a form, in a shape."""

    def __init__(self, labels: Labels, shape: Shape) -> None:
        self._labels = labels
        self._shape = shape

    def _label(self, key: str, number: int | None = None, name: str = "") -> str:
        text = self._labels.texts[key][0]
        if number is None:
            text = text.replace(" {n}", "")
        return text.replace("{n}", str(number)).replace("{name}", name).strip()


def listed(items: Iterable[tuple[int | None, str]]) -> tuple[Paragraph, ...]:
    """A list with a semicolon after every item and a full stop after the last."""
    texts = list(items)
    return tuple(
        Paragraph(text + _end(text, index == len(texts)), number=number)
        for index, (number, text) in enumerate(texts, start=1)
    )


def _end(text: str, last: bool) -> str:
    if not last:
        return ";"
    return "" if text.endswith(".") else "."
