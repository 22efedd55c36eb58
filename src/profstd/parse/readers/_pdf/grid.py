"""Tables from lines: bands between the lines across, cells between the lines down."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from profstd.parse.readers._pdf.page import Box, Line, Rule
from profstd.parse.readers._pdf.ruling import SNAP, Ruling

_LOWEST = 4.0  # no row is lower, points
_BEYOND = 8.0  # a line across that reaches so far beyond the last line down closes the table there
_UNCOVERED = 8.0  # of a cell's width a line may leave so much free and still close it
_MOST_BANDS = 3000


class Cell(Struct, gc=False):
    """A cell: its place, the column of the grid where it begins and how many it spans.

    `open_top` and `open_bottom` say that no line closes it there: a page end may cut it.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    row: int
    column: int = 0
    span: int = 1
    open_top: bool = False
    open_bottom: bool = False
    lines: list[Line] = []

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return self.x0, self.top, self.x1, self.bottom


class Table:
    """A table of one page; `rows` holds the cells that begin in each row.

    `ruled` is False where no lines were drawn and only the text's columns make it one.
    """

    def __init__(self, rows: list[list[Cell]], *, ruled: bool = True) -> None:
        self.rows = rows
        self.ruled = ruled
        cells = [cell for row in rows for cell in row]
        self.x0 = min(cell.x0 for cell in cells)
        self.x1 = max(cell.x1 for cell in cells)
        self.top = min(cell.top for cell in cells)
        self.bottom = max(cell.bottom for cell in cells)
        self.columns = self._number(cells)

    def _number(self, cells: list[Cell]) -> int:
        """Give every cell its columns; how many there are."""
        edges: list[float] = []
        for edge in sorted({edge for cell in cells for edge in (cell.x0, cell.x1)}):
            if not edges or edge - edges[-1] > SNAP:
                edges.append(edge)
        for cell in cells:
            cell.column = bisect_right(edges, cell.x0 + SNAP / 2) - 1
            last = bisect_right(edges, cell.x1 + SNAP / 2) - 1
            cell.span = max(last - cell.column, 1)
        return max(cell.column + cell.span for cell in cells)

    @property
    def cells(self) -> Iterator[Cell]:
        """All cells, row by row."""
        return (cell for row in self.rows for cell in row)

    @property
    def lines(self) -> Iterator[Line]:
        """The lines of all cells."""
        return (line for row in self.rows for cell in row for line in cell.lines)

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return self.x0, self.top, self.x1, self.bottom

    @cached_property
    def lowest(self) -> list[Cell]:
        """The cells with no other one below them; the last row where no lines are drawn."""
        if not self.ruled:
            return self.rows[-1]
        lowest: list[Cell] = []
        for cell in sorted(self.cells, key=lambda cell: -cell.bottom):
            if all(cell.x1 < other.x0 + SNAP or cell.x0 > other.x1 - SNAP for other in lowest):
                lowest.append(cell)
        return sorted(lowest, key=lambda cell: cell.x0)

    @property
    def is_open(self) -> bool:
        """Whether a cell at the lower end is not closed there."""
        return any(cell.open_bottom for cell in self.lowest)


class Grid:
    """The places of a ruled table: which cell a point lies in."""

    def __init__(self, ruling: Ruling) -> None:
        self.across = ruling.horizontal
        self._ys, self._bands = _bands(ruling)
        rows: list[list[Cell]] = []
        self._cells: list[list[Cell | None]] = []
        above: list[Cell | None] = []
        covers: dict[float, list[Rule]] = {}
        for rule in ruling.horizontal:
            covers.setdefault(rule.at, []).append(rule)
        for index, xs in enumerate(self._bands):
            top, bottom = self._ys[index], self._ys[index + 1]
            begun: list[Cell] = []
            here: list[Cell | None] = []
            for x0, x1 in pairwise(xs):
                closed = _is_covered(covers.get(top, ()), x0, x1)
                cell = None if closed else _at(above, x0, x1)
                if cell is None:
                    cell = Cell(x0, top, x1, bottom, len(rows), open_top=not closed, lines=[])
                    begun.append(cell)
                cell.bottom = bottom
                here.append(cell)
            if begun:
                rows.append(begun)
            self._cells.append(here)
            above = here
        last = covers.get(self._ys[-1], ()) if self._ys else ()
        for cell in above:
            if cell:
                cell.open_bottom = not _is_covered(last, cell.x0, cell.x1)
        self.rows = rows

    def find(self, x: float, y: float) -> Cell | None:
        """The cell that a point lies in."""
        band = bisect_right(self._ys, y) - 1
        if not 0 <= band < len(self._bands):
            return None
        column = bisect_right(self._bands[band], x) - 1
        return self._cells[band][column] if 0 <= column < len(self._cells[band]) else None


def _at(above: list[Cell | None], x0: float, x1: float) -> Cell | None:
    """The cell of the band above with the same left and right end."""
    for cell in above:
        if cell and abs(cell.x0 - x0) <= SNAP and abs(cell.x1 - x1) <= SNAP:
            return cell
    return None


def _is_covered(rules: list[Rule] | tuple[()], x0: float, x1: float) -> bool:
    """Whether lines at one height close a cell from `x0` to `x1`."""
    covered = 0.0
    for _, start, end in rules:
        if start < x1 and end > x0:
            covered += min(end, x1) - max(start, x0)
    width = x1 - x0
    return covered >= max(width - _UNCOVERED, width / 2)


def _bands(ruling: Ruling) -> tuple[list[float], list[list[float]]]:
    """Where the rows meet, and the ends of the columns of each row.

    The lines down are closed where they end: there a page cuts the table, or it has no
    outer border.
    """
    ys = sorted({rule.at for rule in ruling.horizontal})
    if ruling.vertical:
        top = min(rule.start for rule in ruling.vertical)
        bottom = max(rule.end for rule in ruling.vertical)
        if not ys or top < ys[0] - _LOWEST:
            ys.insert(0, top)
        if bottom > ys[-1] + _LOWEST:
            ys.append(bottom)
    if len(ys) > _MOST_BANDS:
        return [], []
    left, right = _open_sides(ruling)
    kept, bands = ys[:1], []
    for top, bottom in pairwise(ys):
        middle = (top + bottom) / 2
        xs = sorted(rule.at for rule in ruling.vertical if rule.start <= middle <= rule.end)
        near = []
        if len(xs) < 2:
            near = [rule for rule in ruling.horizontal if rule.at in (top, bottom)]
        if left is not None:
            xs.insert(0, left)
        elif near and not xs:
            xs = [min(rule.start for rule in near)]
        if right is not None:
            xs.append(right)
        elif near and len(xs) == 1:
            xs.append(max(rule.end for rule in near))
        kept.append(bottom)
        bands.append(_apart(xs))
    return kept, bands


def _open_sides(ruling: Ruling) -> tuple[float | None, float | None]:
    """The left and the right end of the lines across where no line down stands there."""
    if not ruling.horizontal or not ruling.vertical:
        return None, None
    left = min(rule.start for rule in ruling.horizontal)
    right = max(rule.end for rule in ruling.horizontal)
    first = min(rule.at for rule in ruling.vertical)
    last = max(rule.at for rule in ruling.vertical)
    return left if left < first - _BEYOND else None, right if right > last + _BEYOND else None


def _apart(xs: list[float]) -> list[float]:
    """The ends of columns without those that stand where another one does."""
    kept = xs[:1]
    for x in xs[1:]:
        if x - kept[-1] > _BEYOND / 2:
            kept.append(x)
    return kept
