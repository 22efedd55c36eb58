"""Text without drawn lines: paragraphs, columns of them, and tables that only columns show.

The order of drawing leads: programs write a table cell by cell and a page column by
column. Where it does not go down, the place of the text tells a cell of the same row from
the next column of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from profstd.parse.readers._pdf.grid import Cell, Table
from profstd.parse.readers._pdf.page import Line, Rule

_MARKER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*\s?[).]?|\w\)|[-–—•·▪■●○◦*\uf0b7\uf0a7\uf02d])")
_STRONG = 1.1  # of the height: a blank inside a line that parts columns by itself
_APART = 1.75  # of the height: lines further apart than this are no longer one text
_ALIGNED = 2.0  # points
_MOST_BACK = 60  # rows
_TALL = 9  # lines: two texts side by side, each so tall, are columns of the page


class Flow(Struct):
    """Lines of running text between two ends of a column."""

    lines: list[Line]
    left: float
    right: float

    @property
    def top(self) -> float:
        """Where it begins."""
        return self.lines[0].top


class _Chunk(Struct):
    """Lines one below the other."""

    lines: list[Line]
    x0: float
    x1: float

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return self.lines[-1].bottom

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.x0 = min(self.x0, line.x0)
        self.x1 = max(self.x1, line.x1)


def divide(lines: list[Line], right: float, rules: Sequence[Rule]) -> list[Table | Flow]:
    """The tables and the running text that lines in the order of drawing make.

    `right` is where running text ends on the right; `rules` are lines drawn across, which
    part rows.
    """
    segments = _segments(lines)
    if (
        not rules
        and len(segments) == len(lines)
        and all(two.base > one.base + _height(two) * 0.4 for one, two in pairwise(segments))
    ):
        return [Flow(segments, min(line.x0 for line in lines), right)]
    later = {round(line.x0) for line in segments if line.first < 0}
    rows = _rows(_chunks(segments, rules, later))
    return _items(rows, right)


def _height(line: Line) -> float:
    return line.bottom - line.top


def _segments(lines: list[Line]) -> list[Line]:
    """The lines, parted where a blank in them is one between two columns."""
    starts = Counter(round(line.x0) for line in lines)
    for line in lines:
        for before, part in pairwise(line.parts):
            if part[1] - before[2] > _STRONG * _height(line):
                starts[round(part[1])] += 1
    segments: list[Line] = []
    for line in lines:
        segments += _parted(line, starts) if line.parts else (line,)
    return segments


def _parted(line: Line, starts: Counter[int]) -> Iterable[Line]:
    kept = [line.parts[0]]
    for text, x0, x1 in line.parts[1:]:
        before = kept[-1]
        blank = x0 - before[2]
        marked = _MARKER.fullmatch(before[0])
        parts = (
            blank > _STRONG * _height(line)
            or sum(starts[round(x0) + step] for step in (-2, -1, 0, 1, 2)) > 1
        )
        if parts and not (marked and blank < 4 * _height(line)):
            kept.append((text, x0, x1))
        else:
            kept[-1] = f"{before[0]} {text}", before[1], x1
    if len(kept) == 1:
        return (line,)
    # What does not begin the drawn line has no character number of its own.
    return [
        replace(line, text=text, x0=x0, x1=x1, parts=(), first=-1 if index else line.first)
        for index, (text, x0, x1) in enumerate(kept)
    ]


def _chunks(segments: list[Line], rules: Sequence[Rule], later: Container[int]) -> list[_Chunk]:
    """Lines one below the other; `later` are the places where columns begin, not the first."""
    chunks: list[_Chunk] = []
    for line in segments:
        if (
            chunks
            and _is_next(chunks[-1], line, rules)
            and not (
                line.x0 < chunks[-1].x0 - _height(line)
                and any(round(chunks[-1].x0) + step in later for step in (-1, 0, 1))
            )
        ):
            chunks[-1].add(line)
        else:
            chunks.append(_Chunk([line], line.x0, line.x1))
    return chunks


def _is_next(chunk: _Chunk, line: Line, rules: Sequence[Rule]) -> bool:
    last = chunk.lines[-1]
    down = line.base - last.base
    middle = (line.x0 + line.x1) / 2
    if any(last.base < rule.at < line.base and rule.start <= middle <= rule.end for rule in rules):
        return False
    height = max(_height(line), _height(last))
    if not 0.4 * height < down < _APART * height or line.angle != last.angle:
        return False
    shared = min(line.x1, chunk.x1) - max(line.x0, chunk.x0)
    narrow = min(line.x1 - line.x0, chunk.x1 - chunk.x0)
    return shared > 0.5 * narrow or abs(line.x0 - chunk.x0) < _ALIGNED


def _rows(chunks: list[_Chunk]) -> list[list[_Chunk]]:
    """Chunks that stand side by side, each from left to right."""
    rows: list[list[_Chunk]] = []
    for chunk in chunks:
        if rows and _is_beside(rows[-1], chunk):
            _align(rows, chunk)
            rows[-1].append(chunk)
        elif (row := _row_right_of(rows, chunk)) is not None:
            row.insert(0, chunk)
        elif rows and (item := _item_above(rows[-1], chunk)) is not None:
            for line in chunk.lines:
                item.add(line)
        elif (first := _row_beside(rows, chunk)) is not None:
            merged = _stacked([item for row in rows[first:] for item in row])
            rows[first:] = [[*merged, chunk]]
        else:
            rows.append([chunk])
    return rows


def _is_beside(row: list[_Chunk], chunk: _Chunk) -> bool:
    """Whether a chunk is the next cell of a row: right of it, and not only below it."""
    first = chunk.lines[0]
    height = _height(first)
    level = first.base - 0.3 * height
    if chunk.x0 < row[-1].x0 + height or any(
        line.x1 > chunk.x0 + _ALIGNED and level < line.base and line.top < chunk.bottom
        for item in row
        for line in item.lines
    ):
        return False
    bottom = max(item.bottom for item in row)
    top = min(item.top for item in row)
    return chunk.top < bottom - 0.3 * height and chunk.bottom > top + 0.3 * height


def _row_right_of(rows: list[list[_Chunk]], chunk: _Chunk) -> list[_Chunk] | None:
    """The row that a chunk drawn later begins: level with it, all of it stands to the right.

    Some programs draw the cells that span rows last.
    """
    height = _height(chunk.lines[0])
    for row in reversed(rows[-_MOST_BACK:]):
        if min(item.top for item in row) < chunk.top - height:
            return None
        if row[0].x0 > chunk.x1 - _ALIGNED and abs(row[0].top - chunk.top) < 0.3 * height:
            return row
    return None


def _item_above(row: list[_Chunk], chunk: _Chunk) -> _Chunk | None:
    """The cell of a row that a chunk drawn later goes on with: beside it others reach down."""
    first = chunk.lines[0]
    height = _height(first)
    if chunk.top > max(item.bottom for item in row) - 0.5 * height or not first.text[:1].islower():
        return None
    for item in row:
        down = first.base - item.lines[-1].base
        if abs(item.x0 - chunk.x0) < _ALIGNED and 0.4 * height < down < _APART * height:
            return item
    return None


def _row_beside(rows: list[list[_Chunk]], chunk: _Chunk) -> int | None:
    """The row whose top a chunk is level with, where all that followed stands left of it."""
    height = _height(chunk.lines[0])
    lines = 0
    for index in range(len(rows) - 1, -1, -1):
        if any(item.x1 > chunk.x0 + _ALIGNED for item in rows[index]):
            return None
        lines += sum(len(item.lines) for item in rows[index])
        if lines > _TALL:
            return None
        if abs(min(item.top for item in rows[index]) - chunk.top) < 0.6 * height:
            return index
    return None


def _stacked(chunks: list[_Chunk]) -> list[_Chunk]:
    """Chunks one below the other as one, from left to right."""
    stacks: list[_Chunk] = []
    for chunk in chunks:
        for stack in stacks:
            if chunk.x0 < stack.x1 and stack.x0 < chunk.x1:
                for line in chunk.lines:
                    stack.add(line)
                break
        else:
            stacks.append(chunk)
    return stacks


def _align(rows: list[list[_Chunk]], chunk: _Chunk) -> None:
    """Part the last row where the chunk beside it begins level with a lower line of it."""
    row = rows[-1]
    first = chunk.lines[0]
    last = row[-1]
    index = next(
        (
            index
            for index, line in enumerate(last.lines)
            if abs(line.base - first.base) < 0.3 * _height(line)
        ),
        0,
    )
    if not index:
        return
    upper, lower = last.lines[:index], last.lines[index:]
    row[-1] = _chunk(upper)
    rows.append([_chunk(lower)])


def _chunk(lines: list[Line]) -> _Chunk:
    return _Chunk(lines, min(line.x0 for line in lines), max(line.x1 for line in lines))


def _items(rows: list[list[_Chunk]], right: float) -> list[Table | Flow]:
    """Rows of several chunks, and what stands in a column of theirs, are tables."""
    columns = _Columns(rows, right)
    left = min(chunk.x0 for row in rows for chunk in row)
    items: list[Table | Flow] = []
    table: list[list[_Chunk]] = []
    for row in rows:
        if len(row) > 1 and not _is_columns_of_page(row):
            table.append(row)
            continue
        for chunk in row:
            if len(row) == 1 and columns.holds(chunk, left):
                table.append(row)
                continue
            if table:
                items.append(_table(table, columns))
                table = []
            if items and isinstance(items[-1], Flow) and _joins(items[-1], chunk):
                items[-1].lines += chunk.lines
                items[-1].left = min(items[-1].left, chunk.x0)
            else:
                end = right if len(row) == 1 else chunk.x1
                items.append(Flow(list(chunk.lines), chunk.x0, end))
    if table:
        items.append(_table(table, columns))
    return items


def _joins(flow: Flow, chunk: _Chunk) -> bool:
    last, line = flow.lines[-1], chunk.lines[0]
    return last.base < line.base and min(chunk.x1, last.x1) > max(chunk.x0, last.x0)


def _is_columns_of_page(row: list[_Chunk]) -> bool:
    """Whether tall texts side by side are columns of the page and not cells."""
    widths = [chunk.x1 - chunk.x0 for chunk in row]
    return min(len(chunk.lines) for chunk in row) >= _TALL and min(widths) > 0.8 * max(widths)


class _Columns:
    """Where the columns of rows with several cells begin, and how far their text reaches.

    A cell reaches as far as those that begin where it does and have the same column next.
    """

    def __init__(self, rows: list[list[_Chunk]], right: float) -> None:
        self.starts: list[float] = []
        self._right = right
        self._ends: dict[tuple[int, int], float] = {}
        for row in rows:
            for chunk in row if len(row) > 1 else ():
                if self.find(chunk.x0) is None:
                    self.starts.append(chunk.x0)
        self.starts.sort()
        for row in rows:
            for index, chunk in enumerate(row):
                key = self._key(row, index)
                self._ends[key] = max(self._ends.get(key, 0.0), chunk.x1)

    def find(self, x: float) -> int | None:
        """The number of the column that begins at `x`, from 0."""
        for index, start in enumerate(self.starts):
            if abs(start - x) < _ALIGNED:
                return index
        return None

    def holds(self, chunk: _Chunk, left: float) -> bool:
        """Whether what stands alone in its row stands in a column, and does not leave it."""
        column = self.find(chunk.x0)
        if column is None:
            return False
        if chunk.x0 > left + 3 * _height(chunk.lines[0]):
            return True
        ends = [end for (first, second), end in self._ends.items() if first == column < second]
        return bool(ends) and chunk.x1 <= max(ends) + _ALIGNED

    def _key(self, row: list[_Chunk], index: int) -> tuple[int, int]:
        column = self.find(row[index].x0)
        following = self.find(row[index + 1].x0) if index + 1 < len(row) else None
        return -1 if column is None else column, -1 if following is None else following

    def end(self, row: list[_Chunk], index: int) -> float:
        """How far the text of a cell may reach."""
        column, following = self._key(row, index)
        end = self._ends[column, following]
        if following >= 0:
            return end
        if index == 0:
            # The cells beside it may be empty: where all its lines end in its column, they are.
            ends = [end for (first, second), end in self._ends.items() if first == column < second]
            if ends and row[index].x1 <= max(ends) + _ALIGNED and len(row[index].lines) > 1:
                return max(ends)
        return max(end, self._right)


def _table(rows: list[list[_Chunk]], columns: _Columns) -> Table:
    cells = []
    for number, row in enumerate(rows):
        made = []
        bottom = max(chunk.bottom for chunk in row)
        for index, chunk in enumerate(row):
            column = columns.find(chunk.x0)
            start = chunk.x0 if column is None else columns.starts[column]
            end = max(columns.end(row, index), chunk.x1)
            made.append(Cell(start, chunk.top, end, bottom, number, lines=list(chunk.lines)))
        cells.append(made)
    table = Table(cells, ruled=False)
    for cell in table.cells:
        cell.column = sum(start < cell.x0 - _ALIGNED for start in columns.starts)
        cell.span = 1
    table.columns = max(len(columns.starts), *(cell.column + 1 for cell in table.cells))
    return table
