"""A page taken apart: its text put into the cells of its ruled tables, the rest loose."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from profstd.parse.readers._pdf.grid import Cell, Grid, Table
from profstd.parse.readers._pdf.page import Box, Line, Page, Rule
from profstd.parse.readers._pdf.ruling import arrange

_OVER = 1.5  # text that reaches so far over a cell's border may be that of two cells
_SMALLEST = 0.5  # points: nobody sees text that is lower
_LARGE = 30.0  # text so high may be a watermark
_WIDE_GAP = 0.4  # of the text's height: a blank that may part two columns
_WIDER = 1.6  # times the line's usual blank
_SPACED, _SPACED_PAGE = 0.4, 0.27  # of a text, a page, that is spaced out so much is blank
_SPACE = 0.12  # of the height: so much wider a blank between words is
_PARTED = 8  # one cell in so many shows that lines are missing
_MOST_BACK = 30
_LONGEST_MARKER = 4
_PITCH = 1.6  # of the text's height: lines no further apart are one text
_FRAME_WIDTH, _FRAME_HEIGHT = 0.84, 0.6  # of the page: a cell so large is a frame round it


class Sheet(Struct):
    """A page taken apart.

    `loose` is the text that no ruled cell holds, in the order of drawing, `large` what
    may be a watermark, `hidden` what stands off the page
    or is too small to be seen. `stripes` are groups of lines
    across that no line down meets, `fills` coloured areas.
    """

    number: int
    width: float
    height: float
    tables: list[Table] = []
    loose: list[Line] = []
    large: list[Line] = []
    hidden: list[Line] = []
    stripes: list[list[Rule]] = []
    fills: list[Box] = []
    pictures: list[Box] = []
    curves: int = 0
    characters: int = 0
    complete: bool = True
    skipped: int = 0

    def clip(self, box: Box) -> Box:
        """What of a box is on the page."""
        # The order decides what comes of numbers that are none: 0.
        x0, top = min(self.width, max(0.0, box[0])), min(self.height, max(0.0, box[1]))
        x1, bottom = min(self.width, max(x0, box[2])), min(self.height, max(top, box[3]))
        return x0, top, x1, bottom


def take_apart(page: Page) -> Sheet:
    """The sheet of an open page, which may be closed afterwards."""
    lines = page.lines()
    drawing = page.drawing()
    sheet = Sheet(
        number=page.number,
        width=page.width,
        height=page.height,
        fills=drawing.fills,
        pictures=drawing.pictures,
        curves=drawing.curves,
        characters=page.characters,
        complete=page.complete and drawing.complete,
        skipped=page.skipped,
    )
    rulings = arrange(drawing.horizontal, drawing.vertical)
    sheet.stripes = [ruling.horizontal for ruling in rulings if not ruling.vertical]
    grids = [Grid(ruling) for ruling in rulings if ruling.vertical]
    _Filling(page, sheet, _tables(grids, page)).fill(lines)
    return sheet


def _tables(grids: list[Grid], page: Page) -> list[tuple[Grid, Table]]:
    """The grids that are tables and not frames, the smallest first."""
    tables = []
    for grid in grids:
        if not any(grid.rows):
            continue
        cells = [cell for row in grid.rows for cell in row]
        if _has_frame(cells, page) or len(cells) == 1:
            continue
        tables.append((grid, Table(grid.rows)))
    return sorted(tables, key=lambda item: _area(item[1].box))


def _lacks_columns(table: Table) -> bool:
    """Whether many cells hold texts side by side: a line between them is not drawn."""
    filled = [cell for cell in table.cells if cell.lines]
    several = sum(_is_parted(cell.lines) for cell in filled)
    return several * _PARTED > len(filled)


def _is_parted(lines: list[Line]) -> bool:
    """Whether two lines or more of a cell have another one beside them, far to the right."""
    if all(two.base > one.base + 1.0 for one, two in pairwise(lines)):
        return False
    found = 0
    for at, line in enumerate(lines):
        height = line.bottom - line.top
        found += any(
            abs(other.base - line.base) < height / 4
            and other.x0 - line.x1 > height / 2
            and len(line.text) > _LONGEST_MARKER
            for other in lines[at + 1 : at + _MOST_BACK]
        )
    return found > 1


def _has_frame(cells: list[Cell], page: Page) -> bool:
    width, height = page.width * _FRAME_WIDTH, page.height * _FRAME_HEIGHT
    return any(cell.x1 - cell.x0 > width and cell.bottom - cell.top > height for cell in cells)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


class _Filling:
    """Puts the text of a page into the cells of its tables."""

    def __init__(self, page: Page, sheet: Sheet, tables: list[tuple[Grid, Table]]) -> None:
        self._page = page
        self._sheet = sheet
        self._tables = tables

    def fill(self, lines: list[Line]) -> None:
        """Put every line where it belongs."""
        sheet = self._sheet
        spaced = self._page.spaces > _SPACED_PAGE * sheet.characters
        self._least = 0.0 if spaced else _SPACED
        for line in lines:
            if line.angle == -1 or (line.bottom - line.top > _LARGE and not line.angle):
                sheet.large.append(line)
            elif (
                (line.x1 < 0 or line.x0 > sheet.width)
                or (line.bottom < 0 or line.top > sheet.height)
                or line.bottom - line.top < _SMALLEST
                or (line.angle and line.x1 - line.x0 < _SMALLEST)
            ):
                sheet.hidden.append(line)
            else:
                self._put(line)
        for grid, table in list(self._tables):
            if _lacks_columns(table):
                self._dissolve(grid, table)
        sheet.tables = sorted((table for _, table in self._tables), key=lambda table: table.top)
        for lines in (sheet.loose, *(cell.lines for table in sheet.tables for cell in table.cells)):
            for line in lines:
                if self._is_spaced(line.text) and not line.angle:
                    self._close_up(line)
        for table in sheet.tables:
            self._catch(table)

    def _is_spaced(self, text: str) -> bool:
        """Whether blanks stand between nearly all letters, of the text or of the page."""
        return text.count(" ") > len(text) * self._least and len(text) > 2

    def _close_up(self, line: Line) -> None:
        """Take the blanks between the letters of a spaced out line out of its text."""
        extents = self._page.extents(line)
        signs = [at for at, sign in enumerate(line.text) if not sign.isspace()]
        gaps = [extents[two][0] - extents[one][1] for one, two in pairwise(signs)]
        least = sorted(gaps)[len(gaps) // 2] + _SPACE * (line.bottom - line.top)
        parts = [line.text[signs[0]]]
        for at, gap in zip(signs[1:], gaps, strict=True):
            parts += (" ", line.text[at]) if gap > least else line.text[at]
        line.text = "".join(parts)

    def _dissolve(self, grid: Grid, table: Table) -> None:
        """Let the text of a table loose whose lines down are not all drawn."""
        self._tables.remove((grid, table))
        lines = sorted(
            (line for cell in table.cells for line in cell.lines), key=lambda line: line.first
        )
        for line in lines:
            self._loosen(line)
        self._sheet.loose.sort(key=lambda line: line.first)
        self._sheet.stripes.append(grid.across)

    def _catch(self, table: Table) -> None:
        """Give a cell that no line closes below the text that runs out of it."""
        if not any(cell.open_bottom for cell in table.cells):
            return
        for cell in table.lowest:
            if not (cell.open_bottom and cell.lines):
                continue
            last = max(cell.lines, key=lambda line: line.base)
            for line in list(self._sheet.loose):
                height = line.bottom - line.top
                if (
                    0 < line.base - last.base < _PITCH * height
                    and cell.x0 - _OVER <= line.x0
                    and line.x1 <= cell.x1 + _OVER
                ):
                    self._sheet.loose.remove(line)
                    cell.lines.append(line)
                    last = line

    def _put(self, line: Line) -> None:
        if line.angle:
            self._put_turned(line)
            return
        x0, x1 = line.x0, line.x1
        y = (line.top + line.bottom) / 2
        cell = self._find((x0 + x1) / 2, y)
        if cell:
            if x1 <= cell.x1 + _OVER and x0 >= cell.x0 - _OVER:
                cell.lines.append(line)
                return
        elif not self._reaches_table(line, y):
            self._loosen(line)
            return
        for part, place in self._divide(line, y):
            if place:
                place.lines.append(part)
            else:
                self._loosen(part)

    def _put_turned(self, line: Line) -> None:
        """Put a turned line into its cell, or its words into theirs."""
        x = (line.x0 + line.x1) / 2
        cells = [self._find(x, (top + bottom) / 2) for _, top, bottom in line.parts]
        whole = next((cell for cell in cells if cell), None)
        found: list[tuple[Cell | None, list[tuple[str, float, float]]]] = []
        for part, cell in zip(line.parts, cells, strict=True):
            # A word that sticks out belongs to the words beside it.
            cell = cell or (found[-1][0] if found else whole)
            if not found or found[-1][0] is not cell:
                found.append((cell, []))
            found[-1][1].append(part)
        for cell, parts in found:
            top, bottom = min(part[1] for part in parts), max(part[2] for part in parts)
            text = " ".join(part[0] for part in parts)
            piece = replace(line, text=text, top=top, bottom=bottom, parts=())
            (cell.lines if cell else self._sheet.loose).append(piece)

    def _find(self, x: float, y: float) -> Cell | None:
        for grid, _ in self._tables:
            if cell := grid.find(x, y):
                return cell
        return None

    def _reaches_table(self, line: Line, y: float) -> bool:
        return any(
            table.top < y < table.bottom and line.x0 < table.x1 and line.x1 > table.x0
            for _, table in self._tables
        )

    def _divide(self, line: Line, y: float) -> list[tuple[Line, Cell | None]]:
        """The parts of a line that stand in different cells; words are left whole."""
        extents = self._page.extents(line)
        parts: list[tuple[int, int, Cell | None]] = []
        for begin, end in _words(line.text, extents, self._borders(y)):
            cell = self._find((extents[begin][0] + extents[end - 1][1]) / 2, y)
            if parts and parts[-1][2] is cell:
                parts[-1] = parts[-1][0], end, cell
            else:
                parts.append((begin, end, cell))
        return [(_part(line, extents, begin, end), cell) for begin, end, cell in parts]

    def _borders(self, y: float) -> list[float]:
        return [
            cell.x1
            for _, table in self._tables
            for cell in table.cells
            if cell.top < y < cell.bottom
        ]

    def _loosen(self, line: Line) -> None:
        """Keep a line that no cell holds, with the parts that wide blanks part it in."""
        if not line.angle and len(line.text) > 2 and not self._is_spaced(line.text):
            line.parts = self._parts(line)
        self._sheet.loose.append(line)

    def _parts(self, line: Line) -> tuple[tuple[str, float, float], ...]:
        height = line.bottom - line.top
        blanks = self._page.blanks(line)
        if (line.x1 - line.x0) / len(line.text) > height:
            # Hardly a letter is as wide as high: there are blanks without spaces.
            extents = self._page.extents(line)
            signs = [at for at, sign in enumerate(line.text) if not sign.isspace()]
            blanks = [(two, extents[one][1], extents[two][0]) for one, two in pairwise(signs)]
        widths = sorted(right - left for _, left, right in blanks)
        usual = widths[len(widths) // 2] if len(widths) > 2 else 0.0
        least = max(_WIDE_GAP * height, _WIDER * usual)
        if not widths or widths[-1] < least:
            return ()
        parts = []
        begin, x0 = 0, line.x0
        for at, left, right in blanks:
            if right - left >= least:
                parts.append((line.text[begin:at].strip(), x0, left))
                begin, x0 = at, right
        return (*parts, (line.text[begin:], x0, line.x1))


def _part(line: Line, extents: list[tuple[float, float]], begin: int, end: int) -> Line:
    text = line.text[begin:end]
    begin += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    if begin >= end:
        begin = end = min(begin, len(extents) - 1)
        end += 1
    return Line(
        text.strip(), extents[begin][0], line.top, extents[end - 1][1], line.bottom,
        line.base, line.angle, line.first + begin, line.page,
    )  # fmt: skip


def _words(
    text: str, extents: list[tuple[float, float]], borders: list[float]
) -> list[tuple[int, int]]:
    """The words of a line; one that a border passes between two letters of is two."""
    left, right = min(extents)[0] - 1, max(end for _, end in extents) + 1
    within = [x for x in borders if left < x < right]
    words: list[tuple[int, int]] = []
    begin: int | None = None
    for at, sign in enumerate(text):
        if sign.isspace():
            if begin is not None:
                words.append((begin, at))
            begin = None
        elif begin is None:
            begin = at
        elif within and any(extents[at - 1][1] - 0.4 <= x <= extents[at][0] + 0.4 for x in within):
            words.append((begin, at))
            begin = at
    if begin is not None:
        words.append((begin, len(text)))
    return words
