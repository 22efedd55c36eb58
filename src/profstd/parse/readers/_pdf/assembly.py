"""Pages put together: tables and paragraphs that page ends cut go on, then blocks are made."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import Literal, NamedTuple

from msgspec import Struct

from profstd.document import Block, Piece, Span
from profstd.parse.readers._pdf.columns import Flow
from profstd.parse.readers._pdf.cuts import Cuts
from profstd.parse.readers._pdf.grid import Cell, Table
from profstd.parse.readers._pdf.page import CUT, FULL, HYPHEN, Line
from profstd.parse.readers._pdf.wrapping import MARKER, NUMBER, seam

_NEAR = 4.0  # points by which columns of one table may differ from page to page
_END = (";", ".", ":", "!", "?")
_HEAD_ROWS = 3
_SURE, _LIKELY = 1.5, 0.4


class Habit(NamedTuple):
    """How a document's program draws its tables at the end of a page.

    `leaves_open`: a row that a page end cuts is not closed there; `closes_tables`: the
    last row of a table is. `bottom` is where the last line of a full page stands at least.
    """

    leaves_open: bool
    closes_tables: bool
    bottom: float


class _Row(Struct):
    cells: list[list[Line]]
    table: int
    number: int
    gap: bool


class _Text(Struct):
    lines: list[Line]
    gap: bool
    furniture: bool = False


class Assembly:
    """Takes pages in order; `blocks` are what they make together."""

    def __init__(self, file: str, habit: Habit) -> None:
        self._file = file
        self._habit = habit
        self._drafts: list[_Row | _Text] = []
        self._table: _Running | None = None
        self._tables = 0
        self._text: _Text | None = None
        self._headings: list[str] = []  # the last paragraphs
        self._gap = True

    def add(self, items: list[Table | Flow], furniture: list[Line]) -> None:
        """Take a page: its items in reading order and its heads and feet."""
        for line in furniture:
            self._drafts.append(_Text([line], False, furniture=True))
        items = self._without_heading(items)
        first = True
        for item in items:
            if isinstance(item, Table):
                self._take_table(item, first)
                self._text = None
            elif first and self._table and (column := self._table.column_of(item)):
                self._take_table(column, first)
            else:
                self._take_flow(item, first)
                self._table = None
            first = False

    def _without_heading(self, items: list[Table | Flow]) -> list[Table | Flow]:
        """The items of a page without the heading of a table that goes on, printed again."""
        if len(items) < 2 or not isinstance(items[0], Flow) or not isinstance(items[1], Table):
            return items
        lines = items[0].lines
        text = _text(lines)
        if len(lines) > _HEAD_ROWS or text not in self._headings:
            return items
        self._drafts += [_Text([line], False, furniture=True) for line in lines]
        return items[1:]

    def _take_table(self, table: Table, first: bool) -> None:
        running = self._table if first else None
        if running is None or not running.fits(table):
            self._tables += 1
            running = self._table = _Running(self._tables, table, self._habit)
            self._put(running, table.rows, self._gap or first)
            return
        rows = running.without_head(table, self._drafts)
        rows, cut = running.go_on(rows, table)
        self._put(running, rows, not cut)

    def _put(self, running: _Running, rows: list[list[Cell]], gap: bool) -> None:
        for row in rows:
            running.rows += 1
            filled = any(cell.lines for cell in row)
            if filled:
                cells: list[list[Line]] = [[] for _ in running.starts]
                for cell in row:
                    cells[running.column(cell)] = cell.lines
                self._drafts.append(_Row(cells, running.number, running.rows, gap))
                gap = False
        self._gap = False

    def _take_flow(self, flow: Flow, first: bool) -> None:
        begun: list[Line] = []
        for line in flow.lines:
            begun.append(line)
            if line.seam == "\n" or line is flow.lines[-1]:
                self._paragraph(begun, first)
                begun, first = [], False

    def _paragraph(self, lines: list[Line], first: bool) -> None:
        before = self._text
        if before and first and self._continues(before.lines[-1], lines[0]):
            before.lines[-1].seam = seam(before.lines[-1], lines[0])
            before.lines += lines
            return
        gap = self._gap or first
        if before and not first:
            last = before.lines[-1]
            gap = lines[0].base - last.base > 2.2 * (last.bottom - last.top)
        self._text = _Text(lines, gap)
        self._drafts.append(self._text)
        self._gap = False
        self._headings = [*self._headings, _text(lines)][-_HEAD_ROWS:]

    @staticmethod
    def _continues(last: Line, line: Line) -> bool:
        """Whether a paragraph goes on after a page or column end."""
        if MARKER.match(line.text) or last.angle != line.angle or line.centred != last.centred:
            return False
        if last.text.endswith(_END) and not line.text[0].islower():
            return False
        return seam(last, line) != "\n"

    def blocks(self) -> Iterator[Block]:
        """The blocks of all pages."""
        cuts = Cuts(self._texts())
        for draft in self._drafts:
            if isinstance(draft, _Row):
                place = (draft.table, draft.number)
                cells = tuple(
                    tuple(self._pieces(lines, cuts, *place, column))
                    for column, lines in enumerate(draft.cells, start=1)
                )
                if any(cells):
                    yield Block("row", cells, draft.gap)
            else:
                pieces = tuple(self._pieces(draft.lines, cuts, None, None, None))
                if pieces:
                    kind: Literal["furniture", "paragraph"]
                    kind = "furniture" if draft.furniture else "paragraph"
                    yield Block(kind, (pieces,), draft.gap)

    def _texts(self) -> Iterator[list[Line]]:
        for draft in self._drafts:
            if isinstance(draft, _Row):
                yield from draft.cells
            else:
                yield draft.lines

    def _pieces(
        self, lines: list[Line], cuts: Cuts, table: int | None, row: int | None, cell: int | None
    ) -> Iterator[Piece]:
        last = len(lines) - 1
        for index, line in enumerate(lines):
            text, sign = line.text, line.seam
            between: Literal["\n", " ", ""] = "\n"
            if index < last and sign in (CUT, FULL):
                between = "" if cuts.is_cut(line, lines[index + 1]) else " "
            elif index < last and sign == HYPHEN:
                hyphen = cuts.hyphen(line, lines[index + 1])
                between = " " if hyphen is None else ""
                text = text[:-1] if hyphen is False else f"{text[:-1]}-"
            elif index < last and sign in (" ", ""):
                between = " " if sign else ""
            span = Span(self._file, line.page, line.box, table, row, cell)
            yield Piece(text, span, seam=between)


class _Running:
    """A table that may go on on the next page."""

    def __init__(self, number: int, table: Table, habit: Habit) -> None:
        self.number = number
        self._habit = habit
        self.rows = 0
        self._left = 0.0
        self.starts = sorted(_starts(table, 0.0))
        self._last = table
        self._ruled = table.ruled
        self._head = [_words(row) for row in table.rows[:_HEAD_ROWS]]
        self._wide = _wide_rows(table)
        self._open = table.lowest

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

    def without_head(self, table: Table, drafts: list[_Row | _Text]) -> list[list[Cell]]:
        """The rows of a page without those that repeat the table's first rows; those go.

        The first rows are those of the table, or a row of one cell that stood on the page
        before: tables that follow each other without a space look like one.
        """
        rows = table.rows
        count = next(
            (
                count
                for count in range(min(len(self._head), len(rows) - 1), 0, -1)
                if self._head[:count] == [_words(row) for row in rows[:count]]
            ),
            0,
        )
        if not count and len(rows) > 1 and _words(rows[0]) in self._wide:
            count = 1
        if not any(cell.lines for row in rows[:count] for cell in row):
            return rows
        self._wide |= {_words(row) for row in rows[:count]}
        for row in rows[:count]:
            for cell in row:
                drafts += [_Text([line], False, furniture=True) for line in cell.lines]
        return rows[count:]

    def go_on(self, rows: list[list[Cell]], table: Table) -> tuple[list[list[Cell]], bool]:
        """Give what goes on to the cells above the page end; the other rows, and if any did."""
        if not rows:
            return rows, False
        top = rows[0][0].top
        begins = [cell for cell in rows[0] if abs(cell.top - top) < _NEAR]
        pairs = self._pairs(begins, table)
        if self._habit.leaves_open and table.ruled:
            cut = [pair for pair in pairs if pair[0].open_bottom]
            joining = [pair for pair in cut if pair[1].open_top]
            joining += _joining([pair for pair in cut if not pair[1].open_top])
            if not self._habit.closes_tables and sum(_weights(pairs)) < -_SURE:
                joining = []
        else:
            joining = _joining(pairs) if self._last.bottom > self._habit.bottom else []
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

    def column(self, cell: Cell) -> int:
        """The column of the whole table in which a cell begins."""
        return min(bisect_left(self.starts, cell.x0 - self._left - _NEAR), len(self.starts) - 1)


def _starts(table: Table, left: float) -> set[float]:
    """Where the columns begin."""
    return {cell.x0 - left for cell in table.cells}


def _is_as_wide(one: Table, two: Table) -> bool:
    return abs((one.x1 - one.x0) - (two.x1 - two.x0)) < 2 * _NEAR


def _text(lines: list[Line]) -> str:
    return " ".join(line.text for line in lines)


def _wide_rows(table: Table) -> set[str]:
    """The texts of the rows that are one cell."""
    return {
        _words(row)
        for row in table.rows
        if len(row) == 1 and row[0].lines and row[0].x1 - row[0].x0 > table.x1 - table.x0 - _NEAR
    }


def _words(row: list[Cell]) -> str:
    return "\t".join(" ".join(line.text for line in cell.lines) for cell in row)


def _joining(pairs: list[tuple[Cell, Cell]]) -> list[tuple[Cell, Cell]]:
    """The pairs of cells whose text goes on after a page end that is closed like a table's.

    Cells that span more rows than others beside the page end may go on where those to
    their right do not; where one of them begins anew all to its right do.
    """
    if not pairs:
        return []
    weights = _weights(pairs)
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
    return [pairs[at] for at in range(anew) if wide[at] and weights[at] >= _LIKELY]


def _weights(pairs: list[tuple[Cell, Cell]]) -> list[float]:
    """How much speaks for each cell going on after the page end; below 0 against it."""
    weights = [_evidence(*pair) for pair in pairs]
    if max(weights, default=0.0) >= _SURE:
        # Where one text goes on for sure, a cell without text above had no room for it.
        return [
            weight if above.lines else max(weight, -0.3)
            for weight, (above, _) in zip(weights, pairs, strict=True)
        ]
    return weights


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
    ended = last.text.endswith(_END)
    if first.text[0].islower():
        if seam(last, first) == "\n":
            return -0.3
        return 0.5 if ended else 1.5
    if ended:
        return -0.7
    return 0.4 if seam(last, first) != "\n" else -1.0


def _join(above: Cell, below: Cell) -> None:
    if above.lines and below.lines:
        above.lines[-1].seam = seam(above.lines[-1], below.lines[0])
    above.lines += below.lines
