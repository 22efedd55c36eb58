"""Tables: rows and the grid that merged cells make, in the order in which they are shown.

Source: HTML Living Standard, 4.9.12 "Processing model" of tables. Its limits hold where
they are lower than those here: a table of a document has some ten columns.
"""

from __future__ import annotations

from collections.abc import Iterator

from profstd.parse.readers._html.flow import Flow

MOST_COLUMNS = 100
_MOST_ROWS = 65534
_MOST_FILLED = 1_000_000  # empty cells that merged cells make, of a whole page


class TableCell:
    """A cell with its content, and how many columns and rows it takes; 0 rows: all."""

    __slots__ = ("columns", "flow", "rows")

    def __init__(self, flow: Flow, columns: int | None, rows: int | None) -> None:
        self.flow = flow
        self.columns = min(max(columns, 1), MOST_COLUMNS) if columns else 1
        self.rows = 1
        if rows is not None:
            self.rows = min(max(rows, 1), _MOST_ROWS) if rows else _MOST_ROWS


class Row:
    """A row; `group` is the part of the table that it stands in."""

    __slots__ = ("cells", "group", "is_foot")

    def __init__(self, group: int, is_foot: bool) -> None:
        self.cells: list[TableCell] = []
        self.group = group
        self.is_foot = is_foot


class Table:
    """A table in the making: `number` counts those of the page from 1."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.rows: list[Row] = []
        self.row_is_open = False
        self._group = 0
        self._foot: int | None = None
        self._in_foot = False

    def begin_group(self, name: str) -> None:
        """A head, a body or a foot begins; "" ends one."""
        self._group += 1
        self.row_is_open = False
        if name == "tfoot" and self._foot is None:
            self._foot = self._group
        self._in_foot = name == "tfoot" and self._foot == self._group

    def begin_row(self) -> None:
        """A row begins."""
        self.rows.append(Row(self._group, self._in_foot))
        self.row_is_open = True

    def flow_of_cell(self) -> Flow:
        """The flow for the next cell of the row at hand."""
        return Flow(self.number, len(self.rows), len(self.rows[-1].cells) + 1)

    def add_to(self, flow: Flow, filled: Filled) -> None:
        """Put all rows into `flow`; the foot comes last, wherever it was written."""
        rows = self.rows
        if self._foot is not None:
            rows = [
                *(row for row in rows if not row.is_foot),
                *(row for row in rows if row.is_foot),
            ]
        is_frame = len(rows) == 1 and len(rows[0].cells) == 1
        for cells, goes_on in _grid(rows, filled):
            if not flow.add_row(cells, is_frame=is_frame) and not goes_on:
                flow.gap = True


class Filled:
    """Counts the empty cells that are made for merged ones: hostile pages want many."""

    def __init__(self) -> None:
        self._left = _MOST_FILLED

    def some(self, wanted: int) -> int:
        """How many of the `wanted` may be made."""
        given = min(wanted, self._left)
        self._left -= given
        return given


def _grid(rows: list[Row], filled: Filled) -> Iterator[tuple[list[Flow | None], bool]]:
    """The cells of every row by columns, and whether cells from above reach into it."""
    below: list[int] = []  # for every column how many more rows a cell from above takes
    group = -1
    for row in rows:
        if row.group != group:
            group, below = row.group, []
        cells: list[Flow | None] = []
        goes_on = any(below)
        for cell in row.cells:
            if goes_on:
                _pass_by(cells, below, filled)
            column = len(cells)
            width = min(cell.columns, max(1, MOST_COLUMNS - column))
            cells.append(cell.flow)
            if width > 1:
                cells += [None] * filled.some(width - 1)
            if (goes_on or cell.rows > 1) and column < MOST_COLUMNS:
                below += [0] * (column + width - len(below))
                # One more than goes on: this row is counted down with the others.
                below[column : column + width] = [cell.rows] * width
        if goes_on:
            _pass_by(cells, below, filled)
        yield cells, goes_on
        if below:
            below = [left and left - 1 for left in below]


def _pass_by(cells: list[Flow | None], below: list[int], filled: Filled) -> None:
    """Empty cells for the columns that cells from above take."""
    while len(cells) < len(below) and below[len(cells)] and filled.some(1):
        cells.append(None)
