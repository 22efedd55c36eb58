"""Tables that page ends cut: which cells of a page go on with cells of the page before.

A page end may cut a row, and cells that span rows beside rows that are whole. Some programs
close a cut row with a line as they do the table, others leave it open; where they do not
tell, the text does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from functools import cache
from typing import NamedTuple

from profstd.parse.labels import wordings
from profstd.parse.readers._pdf.columns import Flow
from profstd.parse.readers._pdf.grid import Cell, Table
from profstd.parse.readers._pdf.page import Line
from profstd.parse.readers._pdf.wrapping import MARKER, NUMBER, seam

_NEAR = 4.0  # points by which columns of one table may differ from page to page
_END = (";", ".", ":", "!", "?")
HEAD_ROWS = 3
_SURE, _LIKELY, _ANEW = 1.5, 0.4, -0.5


class Habit(NamedTuple):
    """How a document's program draws its tables at the end of a page.

    `leaves_open`: a row that a page end cuts is not closed there; `closes_tables`: the
    last row of a table is. `bottom` is where the last line of a full page stands at least.
    """

    leaves_open: bool
    closes_tables: bool
    bottom: float


class Running:
    """A table that may go on on the next page."""

    def __init__(self, number: int, table: Table, habit: Habit) -> None:
        self.number = number
        self._habit = habit
        self.rows = 0
        self._left = 0.0
        self.starts = sorted(_starts(table, 0.0))
        self._last = table
        self._ruled = table.ruled
        self._head = [_words(row) for row in table.rows[:HEAD_ROWS]]
        self._wide = _wide_rows(table)
        self._open = table.lowest
        head = table.rows[0]
        self.heading = _words(head) if len(table.rows) > 1 and _words(head) in self._wide else ""

    def fits(self, table: Table) -> bool:
        """Whether a table that begins a page can be this one going on."""
        last = self._last
        if not table.ruled or not last.ruled:
            return table.ruled == last.ruled
        if _is_as_wide(last, table):
            return True
        edges = {edge for cell in last.lowest for edge in (cell.x0, cell.x1)}
        mine = {edge for cell in table.rows[0] for edge in (cell.x0, cell.x1)}
        return sum(any(abs(edge - other) < _NEAR for other in mine) for edge in edges) > 1

    def column_of(self, flow: Flow) -> Table | None:
        """Running text that begins a page in a column of this table, as a row of it."""
        if self._ruled:
            return None
        starts = {cell.x0: cell for cell in self._last.cells if cell.column}
        for start, cell in starts.items():
            if all(start - _NEAR <= line.x0 <= cell.x1 for line in flow.lines) and any(
                abs(line.x0 - start) < _NEAR for line in flow.lines
            ):
                made = Cell(start, flow.top, cell.x1, flow.lines[-1].bottom, 0, lines=flow.lines)
                table = Table([[made]], ruled=False)
                made.column = cell.column
                return table
        return None

    def complete(self, lines: list[Line]) -> bool:
        """Give lines that begin a page to the cell of the last row they go on with, if any."""
        first = lines[0]
        for cell in () if self._ruled else self._open:
            if (
                cell.lines
                and abs(cell.x0 - first.x0) < _NEAR
                and all(line.x1 < cell.x1 + _NEAR for line in lines)
                and first.text[0].islower()
                and not cell.lines[-1].text.endswith(_END)
            ):
                cell.lines[-1].seam = seam(cell.lines[-1], first)
                cell.lines += lines
                return True
        return False

    def without_head(self, table: Table) -> tuple[list[list[Cell]], list[list[Cell]]]:
        """The rows of a page that repeat the table's first rows, and the others.

        The first rows are those of the table, or a row of one cell that stood on the page
        before: tables that follow each other without a space look like one.
        """
        rows = table.rows
        most = min(len(self._head), len(rows) - 1)
        begins = [_words(row) for row in rows[:most]]
        count = next(
            (count for count in range(most, 0, -1) if self._head[:count] == begins[:count]), 0
        )
        if not count and len(rows) > 1 and _words(rows[0]) in self._wide:
            count = 1
        if not any(cell.lines for row in rows[:count] for cell in row):
            return [], rows
        return rows[:count], rows[count:]

    def go_on(self, rows: list[list[Cell]], table: Table) -> tuple[list[list[Cell]], bool]:
        """Give what goes on to the cells above the page end; the other rows, and if any did."""
        if not rows:
            return rows, False
        top = rows[0][0].top
        begins = [cell for cell in rows[0] if abs(cell.top - top) < _NEAR]
        pairs = self._pairs(begins, table)
        if not table.ruled and _begins_anew(begins, pairs):
            pairs = []
        if self._habit.leaves_open and table.ruled:
            cut = [pair for pair in pairs if pair[0].open_bottom]
            joining = [pair for pair in cut if pair[1].open_top]
            joining += _joining([pair for pair in cut if not pair[1].open_top])
            if not self._habit.closes_tables and sum(_weights(pairs)) < -_SURE:
                joining = []
        else:
            full = self._last.bottom > self._habit.bottom or any(
                _awaits_name(*pair) for pair in pairs
            )
            joining = _joining(pairs) if full else []
        for above, below in joining:
            _join(above, below)
        joined = {id(below) for _, below in joining}
        self._remember(table, pairs if joined else [], joined)
        rest = [[cell for cell in row if id(cell) not in joined] for row in rows]
        return [row for row in rest if row], bool(joined)

    def _pairs(self, begins: list[Cell], table: Table) -> list[tuple[Cell, Cell]]:
        shift = self._shift(table)
        pairs = []
        for below in begins:
            for above in self._open:
                if abs(above.x0 + shift - below.x0) < _NEAR and (
                    not table.ruled or abs(above.x1 + shift - below.x1) < _NEAR
                ):
                    pairs.append((above, below))
                    break
        return pairs

    def _shift(self, table: Table) -> float:
        """How far to the right the table stands on a page: margins may change from page to page."""
        return table.x0 - self._last.x0 if table.ruled and _is_as_wide(self._last, table) else 0.0

    def _remember(self, table: Table, pairs: list[tuple[Cell, Cell]], joined: set[int]) -> None:
        """A cell that went through a whole page is still the one it was."""
        kept = {id(below): above for above, below in pairs if id(below) in joined}
        self._open = []
        for cell in table.lowest:
            above = kept.get(id(cell))
            if above is not None:
                above.x0, above.top, above.x1, above.bottom = cell.box
                above.open_bottom = cell.open_bottom
            self._open.append(above or cell)
        self._left += self._shift(table)
        self._last = table
        self._wide = _wide_rows(table)
        for start in _starts(table, self._left):
            if all(abs(start - known) > _NEAR for known in self.starts):
                insort(self.starts, start)

    def spans(self, cell: Cell) -> bool:
        """Whether a cell is as wide as the table."""
        return cell.x1 - cell.x0 > self._last.x1 - self._last.x0 - _NEAR

    def column(self, cell: Cell) -> int:
        """The column of the whole table in which a cell begins."""
        return min(bisect_left(self.starts, cell.x0 - self._left - _NEAR), len(self.starts) - 1)


def _starts(table: Table, left: float) -> set[float]:
    """Where the columns begin."""
    return {cell.x0 - left for cell in table.cells}


def _is_as_wide(one: Table, two: Table) -> bool:
    return abs((one.x1 - one.x0) - (two.x1 - two.x0)) < 2 * _NEAR


def _wide_rows(table: Table) -> set[str]:
    """The texts of the rows that are one cell."""
    return {
        _words(row)
        for row in table.rows
        if len(row) == 1 and row[0].lines and row[0].x1 - row[0].x0 > table.x1 - table.x0 - _NEAR
    }


def _words(row: list[Cell]) -> str:
    return "\t".join(" ".join(line.text for line in cell.lines) for cell in row)


def _begins_anew(begins: list[Cell], pairs: list[tuple[Cell, Cell]]) -> bool:
    """Whether a cell that has none above it begins a row, left of those that have."""
    first = min(begins, key=lambda cell: cell.x0)
    lower = bool(first.lines) and first.lines[0].text[0].islower()
    return all(below is not first for _, below in pairs) and not lower


def _joining(pairs: list[tuple[Cell, Cell]]) -> list[tuple[Cell, Cell]]:
    """The pairs of cells whose text goes on after a page end that is closed like a table's.

    Cells that span more rows than others beside the page end may go on where those to
    their right do not; where one of them begins anew all to its right do.
    """
    if not pairs:
        return []
    weights = _weights(pairs)
    if count := _count_left(pairs, weights):
        return pairs[:count]
    last = max(above.top for above, _ in pairs)
    first = min(below.bottom for _, below in pairs)
    wide = [above.top < last - _NEAR or below.bottom > first + _NEAR for above, below in pairs]
    anew = next(
        (at for at, weight in enumerate(weights) if wide[at] and weight <= -1.0), len(pairs)
    )
    if anew == len(pairs):
        narrow = [weight for at, weight in enumerate(weights) if not wide[at]]
        if sum(narrow or weights) > 0:
            return pairs
    joining = [pairs[at] for at in range(anew) if wide[at] and weights[at] >= _LIKELY]
    if not joining and weights[0] >= _SURE and min(weights[1:], default=0.0) < _ANEW:
        joining = pairs[:1]  # its row may be lower than the cell, which spans the next one too
    return joining


def _count_left(pairs: list[tuple[Cell, Cell]], weights: list[float]) -> int:
    """How many cells go on, on the left, where those on the right begin anew with a label."""
    count = max((at for at, weight in enumerate(weights, 1) if weight >= _SURE), default=0)
    labelled = any(
        above.lines[-1].text.endswith(":") or below.lines[0].text.endswith(":")
        for above, below in pairs[count:]
        if above.lines and below.lines
    )
    anew = labelled and max(weights[count:]) <= _ANEW
    return count if anew and min(weights[:count], default=_ANEW) > _ANEW else 0


def _weights(pairs: list[tuple[Cell, Cell]]) -> list[float]:
    """How much speaks for each cell going on after the page end; below 0 against it."""
    weights = [_evidence(*pair) for pair in pairs]
    filled = [at for at, (_, below) in enumerate(pairs) if below.lines]
    if len(filled) == 1 and _waits(*pairs[filled[0]]):
        # Nothing else stands in its row, which would begin anew with the first column.
        above, below = pairs[filled[0]]
        lone = len(pairs) == 1 and above.column > 0 and ":" not in below.lines[0].text
        weights[filled[0]] = max(weights[filled[0]], 0.2 if lone else -0.2)
    if max(weights, default=0.0) >= _SURE:
        # Where one text goes on for sure, a cell without text above had no room for it.
        return [
            weight if above.lines else max(weight, -0.3)
            for weight, (above, _) in zip(weights, pairs, strict=True)
        ]
    return weights


def _waits(above: Cell, below: Cell) -> bool:
    """Whether a cell ends with a label that has no value, and the one below is no label."""
    last = above.lines[-1].text if above.lines else ""
    return last.endswith(":") and not below.lines[-1].text.endswith(":")


def _evidence(above: Cell, below: Cell) -> float:
    """What the text of one cell says."""
    if not below.lines:
        return 0.3 if above.lines else 0.1
    if not above.lines:
        return -2.0
    last, first = above.lines[-1], below.lines[0]
    if last.angle or first.angle:
        return 1.0 if first.text[0].islower() and last.angle == first.angle else -1.0
    height = first.bottom - first.top
    free = above.bottom - last.bottom
    marker = MARKER.match(first.text)
    if marker and marker[1]:
        numbers = [int(found[1]) for line in above.lines if (found := NUMBER.match(line.text))]
        if numbers and int(marker[1]) == numbers[-1] + 1 and free < 4 * height:
            return 1.5
        if int(marker[1]) == 1:
            return 1.5 if last.text.endswith(":") else -1.0
        return 0.2
    if free > 0.95 * height:
        return -1.5  # another line would have had room above the page end
    if _awaits_name(above, below):
        return _SURE
    ended = last.text.endswith(_END)
    if first.text[0].islower():
        if seam(last, first) == "\n":
            return -0.3
        return 0.5 if ended else 1.5
    if ended:
        return -0.7
    return 0.4 if seam(last, first) != "\n" else -1.0


def _awaits_name(above: Cell, below: Cell) -> bool:
    """Whether a cell ends where a name has to follow, and the one below does not say what it is."""
    if not (above.lines and below.lines and above.lines[-1].text.endswith(":")):
        return False
    text = " ".join(line.text for line in above.lines)
    return ":" not in below.lines[0].text and _before_names().fullmatch(text) is not None


@cache
def _before_names() -> re.Pattern[str]:
    """What the form prints before a name that ends its cell: «Трудовая функция 1:»."""
    texts = {text.removesuffix(" {name}") for text in wordings() if text.endswith(": {name}")}
    return re.compile("|".join(re.escape(text).replace(r"\{n\}", r"\d{1,3}") for text in texts))


def _join(above: Cell, below: Cell) -> None:
    if above.lines and below.lines:
        above.lines[-1].seam = seam(above.lines[-1], below.lines[0])
    above.lines += below.lines
