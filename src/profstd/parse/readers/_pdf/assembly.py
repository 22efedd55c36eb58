"""Pages put together: tables and paragraphs that page ends cut go on, then blocks are made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from profstd.document import Block, Piece, Span
from profstd.parse.labels import wordings
from profstd.parse.readers._pdf.columns import Flow
from profstd.parse.readers._pdf.continuation import HEAD_ROWS, Habit, Running
from profstd.parse.readers._pdf.cuts import Cuts
from profstd.parse.readers._pdf.grid import Cell, Table
from profstd.parse.readers._pdf.page import CUT, FULL, HYPHEN, Line
from profstd.parse.readers._pdf.wrapping import MARKER, seam

Seam: TypeAlias = Literal["\n", " ", ""]
_SEAMS: dict[str, Seam] = {"\n": "\n", " ": " ", "": ""}

_END = (";", ".", ":", "!", "?")
_MOST_COLUMNS = 6  # in which a heading across a table may be read


class _Row(Struct):
    cells: list[list[Line]]
    table: int
    number: int
    gap: bool


class _Text(Struct):
    lines: list[Line]
    gap: bool
    kind: Literal["heading", "paragraph", "furniture"] = "paragraph"


class Assembly:
    """Takes pages in order; `blocks` are what they make together."""

    def __init__(self, file: str, habit: Habit) -> None:
        self._file = file
        self._habit = habit
        self._drafts: list[_Row | _Text] = []
        self._table: Running | None = None
        self._tables = 0
        self._text: _Text | None = None
        self._last = ""  # the paragraph before, if it may be a heading
        # What stood above the last table, and the last that has a name in it, without blanks:
        # it may be printed again above the rows that go on.
        self._headings = {False: "", True: ""}
        self._gap = True

    def add(self, items: list[Table | Flow], furniture: list[Line]) -> None:
        """Take a page: its items in reading order and its heads and feet."""
        for line in furniture:
            self._drafts.append(_Text([line], False, "furniture"))
        items = self._without_rest(self._without_heading(items))
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
        if not items:
            return items
        item = items[0]
        lines = item.lines if isinstance(item, Flow) else _in_order(item.rows[0])
        named = _solid(self._last) if "«" in self._last else ""
        count = max(_length(lines, heading) for heading in (named, *self._headings.values()))
        if not count:
            return items
        self._put_aside(lines[:count])
        if isinstance(item, Flow):
            del lines[:count]
            return items if lines else items[1:]
        gone = {id(line) for line in lines[:count]}
        for cell in item.rows[0]:
            cell.lines = [line for line in cell.lines if id(line) not in gone]
        if not any(cell.lines for cell in item.rows[0]) and len(item.rows) > 1:
            del item.rows[0]
        return items

    def _put_aside(self, lines: list[Line]) -> None:
        self._drafts += [_Text([line], False, "furniture") for line in lines]

    def _without_rest(self, items: list[Table | Flow]) -> list[Table | Flow]:
        """The items of a page without the end of a cell that the page before began."""
        if not items or not self._table or not isinstance(items[0], Flow):
            return items
        lines = items[0].lines
        end = next((at for at, line in enumerate(lines, 1) if line.seam == "\n"), len(lines))
        if not self._table.complete(lines[:end]):
            return items
        del lines[:end]
        return items if lines else items[1:]

    def _take_table(self, table: Table, first: bool) -> None:
        running = self._table if first else None
        if running is None or not running.fits(table):
            self._tables += 1
            running = self._table = Running(self._tables, table, self._habit)
            heading = running.heading or ("" if first else self._last)
            if heading and not heading[0].islower() and heading not in wordings():
                self._headings["«" in heading] = self._headings[False] = _solid(heading)
            self._put(running, table.rows, self._gap or first)
            return
        heads, rows = running.without_head(table)
        self._put_aside([line for row in heads for cell in row for line in cell.lines])
        rows, cut = running.go_on(rows, table)
        self._put(running, rows, not cut)

    def _put(self, running: Running, rows: list[list[Cell]], gap: bool) -> None:
        for row in rows:
            lines = _in_order(row)
            if lines and running.rows and _solid(_text(lines)) in self._headings.values():
                self._put_aside(lines)
                continue
            running.rows += 1
            if lines:
                self._note_heading(row, running)
                cells: list[list[Line]] = [[] for _ in running.starts]
                for cell in row:
                    cells[running.column(cell)] = cell.lines
                self._drafts.append(_Row(cells, running.number, running.rows, gap))
                gap = False
        self._gap = False
        self._last = ""

    def _note_heading(self, row: list[Cell], running: Running) -> None:
        """Take note of a row that is a heading with a name in it, across the table."""
        text = _text(row[0].lines)
        if (
            len(row) == 1
            and "«" in text
            and running.spans(row[0])
            and len(row[0].lines) <= HEAD_ROWS
        ):
            self._headings[True] = _solid(text)

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
        heads = all(line.centred for line in lines) and len(lines) <= HEAD_ROWS
        self._text = _Text(lines, gap, "heading" if heads else "paragraph")
        self._drafts.append(self._text)
        self._gap = False
        self._last = _text(lines) if len(lines) <= HEAD_ROWS else ""

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
                    yield Block(draft.kind, (pieces,), draft.gap)

    def _texts(self) -> Iterator[list[Line]]:
        for draft in self._drafts:
            if isinstance(draft, _Row):
                yield from draft.cells
            else:
                yield draft.lines

    def _pieces(
        self, lines: list[Line], cuts: Cuts, table: int | None, row: int | None, cell: int | None
    ) -> Iterator[Piece]:
        for index, line in enumerate(lines, start=1):
            text, seam = line.text, _SEAMS.get(line.seam, " ")
            if index == len(lines):
                seam = "\n"
            elif line.seam in (CUT, FULL) and cuts.is_cut(line, lines[index]):
                seam = ""
            elif line.seam == HYPHEN:
                own = cuts.hyphen(line, lines[index])
                seam = " " if own is None else ""
                text = text[:-1] if own is False else f"{text[:-1]}-"
            span = Span(self._file, line.page, line.box, table, row, cell)
            yield Piece(text, span, seam=seam)


def _in_order(row: list[Cell]) -> list[Line]:
    """The lines of a row from top to bottom, those at one height from left to right."""
    lines = [line for cell in row for line in cell.lines]
    return sorted(lines, key=lambda line: (round(line.base), line.x0))


def _length(lines: list[Line], heading: str) -> int:
    """How many lines at the beginning are the heading, 0 if they are not."""
    printed = ""
    for count, line in enumerate(lines[: HEAD_ROWS * _MOST_COLUMNS], start=1):
        printed += _solid(line.text)
        if printed == heading:
            return count
        if not heading.startswith(printed):
            return 0
    return 0


def _solid(text: str) -> str:
    """A text without blanks, as it can be compared where it is broken otherwise."""
    return text.replace(" ", "")


def _text(lines: list[Line]) -> str:
    return " ".join(line.text for line in lines)
