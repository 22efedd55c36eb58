"""The reading order of a page: its tables and its running text, from top to bottom."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise

from msgspec.structs import replace

from profstd.parse.readers._pdf.columns import Flow, divide
from profstd.parse.readers._pdf.grid import Cell, Table
from profstd.parse.readers._pdf.page import Line, Rule
from profstd.parse.readers._pdf.sheet import Sheet
from profstd.parse.readers._pdf.wrapping import MARKER, arranged, join

_WIDEST_PADDING = 12.0
_NEAR = 4.0
_BROKEN = 2  # lines
_LEAST_RULE = 60.0  # points: what parts the rows of a table is longer


def lay_out(sheet: Sheet, right: float) -> list[Table | Flow]:
    """The tables and the running text of a page in reading order, lines and seams settled.

    `right` is where running text ends on the right on most pages.
    """
    complete = [_completed(table) for table in sheet.tables]
    for table in complete:
        for cell in table.cells:
            cell.lines = arranged(cell.lines)
    items: list[Table | Flow] = []
    tables = _unnested(complete)
    starts = [table.top for table in tables]
    regions: list[list[Line]] = [[] for _ in range(len(tables) + 1)]
    for line in sheet.loose:
        regions[bisect_right(starts, (line.top + line.bottom) / 2)].append(line)
    for index, region in enumerate(regions):
        if region:
            items += divide(region, right, _rules(sheet, region))
        items += tables[index : index + 1]
    pitch = _pitch(items)
    for item in items:
        if isinstance(item, Table):
            _settle(item, pitch)
        else:
            join(item.lines, item.left, _right(item), pitch)
    return items


def _completed(table: Table) -> Table:
    """A table whose cells are parted where a line down is not drawn that is in other rows."""
    edges: list[float] = []
    changed = False
    for row in table.rows:
        for at, cell in enumerate(row):
            if not _stand_side_by_side(cell.lines):
                continue
            edges = edges or sorted({other.x0 for other in table.cells})
            for edge in edges:
                if cell.x0 + _NEAR < edge < cell.x1 - _NEAR and (right := _part(cell, edge)):
                    row.insert(at + 1, right)
                    changed = True
                    break
    return Table(table.rows) if changed else table


def _stand_side_by_side(lines: list[Line]) -> bool:
    return any(
        abs(one.base - two.base) < 1.0 and one.angle == two.angle == 0
        for one, two in pairwise(lines)
    ) or any(two.base < one.base - 1.0 for one, two in pairwise(lines))


def _part(cell: Cell, edge: float) -> Cell | None:
    """The part of a cell on the right of an edge, taken out of it; None where text crosses it."""
    left = [line for line in cell.lines if line.x1 < edge]
    right = [line for line in cell.lines if line.x0 > edge]
    words = any(not MARKER.fullmatch(line.text) for line in left)
    if not (words and right) or len(left) + len(right) < len(cell.lines):
        return None
    part = replace(cell, x0=edge, lines=right)
    cell.x1, cell.lines = edge, left
    return part


def _right(flow: Flow) -> float:
    """Where running text ends on the right: where its lines are broken far from there, there."""
    reached = max(line.x1 for line in flow.lines)
    if reached > flow.right - (flow.right - flow.left) / 4:
        return flow.right
    broken = sum(
        two.text[0].islower() and two.x0 - one.x0 < _NEAR
        for one, two in pairwise(flow.lines)
        if one.text[-1].isalnum()
    )
    return reached if broken > _BROKEN else flow.right


def _rules(sheet: Sheet, lines: list[Line]) -> list[Rule]:
    """The lines drawn across a region's text that part the rows of a table: two or more alike."""
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    found = [
        rule
        for stripe in sheet.stripes
        for rule in stripe
        if top - _NEAR < rule.at < bottom + _NEAR and rule.end - rule.start > _LEAST_RULE
    ]
    ends = Counter((round(rule.start / _NEAR), round(rule.end / _NEAR)) for rule in found)
    return found if ends and ends.most_common(1)[0][1] > 1 else []


def _settle(table: Table, pitch: float) -> None:
    """Find the seams of the lines of all cells."""
    if not table.ruled:
        for cell in table.cells:
            join(cell.lines, cell.x0, cell.x1, pitch)
        return
    left = [cell.lines[0].x0 - cell.x0 for cell in table.cells if cell.lines]
    padding = min(max(min(left, default=0.0), 0.0), _WIDEST_PADDING)
    for cell in table.cells:
        if cell.lines:
            # A word that is too long alone may stick out; a line that was broken does not.
            broken = [line.x1 for line in cell.lines if " " in line.text]
            right = max(cell.x1 - padding, *broken) if broken else cell.x1 - padding
            join(cell.lines, cell.x0 + padding, right, pitch)


def _pitch(items: list[Table | Flow]) -> float:
    """The usual distance of two lines, in heights of a line; 0 where there are few."""
    ratios: list[float] = []
    for item in items:
        cells = [cell.lines for cell in item.cells] if isinstance(item, Table) else [item.lines]
        for lines in cells:
            for one, two in pairwise(lines):
                height = one.bottom - one.top
                down = two.base - one.base
                if 0 < down < 3 * height:
                    ratios.append(round(down / height, 1))
    counted = Counter(ratios)
    # Paragraphs of one line each may stand further apart than the lines of one are.
    usual = [ratio for ratio, count in counted.items() if count * 8 >= counted.total()]
    return min(usual) if counted.total() > 5 and usual else 0.0


def _unnested(tables: list[Table]) -> list[Table]:
    """The tables that stand in no other one; the text of those that do goes to their cell."""
    if len(tables) < 2:
        return tables
    outer: list[Table] = []
    for table in sorted(
        tables, key=lambda table: (table.x0 - table.x1) * (table.bottom - table.top)
    ):
        holder = next(
            (cell for other in outer for cell in other.cells if _holds(cell, table)), None
        )
        if holder is None:
            outer.append(table)
            continue
        inner = [line for cell in table.cells for line in cell.lines]
        at = next(
            (index for index, line in enumerate(holder.lines) if line.top > table.top),
            len(holder.lines),
        )
        holder.lines[at:at] = inner
    return sorted(outer, key=lambda table: table.top)


def _holds(cell: Cell, table: Table) -> bool:
    return (
        cell.x0 - 1 <= table.x0
        and table.x1 <= cell.x1 + 1
        and cell.top - 1 <= table.top
        and table.bottom <= cell.bottom + 1
    )
