"""The blocks of a story: its paragraphs and the rows of its tables, in reading order.

A story is the body of a document, a header, a footer or a note. Word's grid of columns
is kept: a cell that spans three columns is a cell and two empty ones, and where a merged
cell goes on in a lower row there is an empty cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from msgspec.structs import replace

from profstd.document import Block, Cell, Piece, Span
from profstd.parse.readers._word.names import SHORT, VAL, long, number, switch, value
from profstd.parse.readers._word.numbering import Numbering
from profstd.parse.readers._word.package import Element
from profstd.parse.readers._word.styles import Style, Styles, outlined
from profstd.parse.readers._word.text import Content, Flow, Line, chosen_branch

_P, _TBL, _TR, _TC = long("w:p"), long("w:tbl"), long("w:tr"), long("w:tc")
_PPR, _RPR, _TRPR, _TCPR = long("w:pPr"), long("w:rPr"), long("w:trPr"), long("w:tcPr")
_PSTYLE, _NUM = long("w:pStyle"), long("w:numPr")
_NUM_ID, _LEVEL = long("w:numId"), long("w:ilvl")
_SECTION, _PAGE_BEFORE, _ALIGNED = long("w:sectPr"), long("w:pageBreakBefore"), long("w:jc")
_DEL, _MOVED, _VANISH = long("w:del"), long("w:moveFrom"), long("w:vanish")
_CELL_DEL = f"{_TCPR}/{long('w:cellDel')}"
_SPAN, _BEFORE, _AFTER = long("w:gridSpan"), long("w:gridBefore"), long("w:gridAfter")
_VMERGE, _HMERGE, _TEXT = long("w:vMerge"), long("w:hMerge"), long("w:t")

_MOST_COLUMNS = 63  # Word's limit
_LONGEST_HEADING = 200  # characters of a heading that only its look makes one
_CLOSED = frozenset(
    f"w:{name}"
    for name in ("del", "moveFrom", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr")
)

Kind = Literal["heading", "paragraph", "furniture"]


class _Paragraph(NamedTuple):
    content: Content
    number: str
    ordinal: int
    properties: Element | None
    style: Style


class Shared:
    """What all stories of a document share, and what they add up.

    `notes` are the footnotes and endnotes by (part, id); `hidden` collects hidden texts,
    `markup` counts characters that stand in no block, `tables` counts tables.
    """

    def __init__(self, file: str, styles: Styles, notes: dict[tuple[str, str], Element]) -> None:
        self.file = file
        self.styles = styles
        self.notes = notes
        self.hidden: list[str] = []
        self.markup = 0
        self.tables = 0


class Story:
    """One story; all its blocks are furniture where `furniture` is set."""

    def __init__(
        self, shared: Shared, root: Element, numbering: Numbering, *, furniture: bool = False
    ) -> None:
        self._shared = shared
        self._root = root
        self._numbering = numbering
        self._furniture = furniture
        self._flow = Flow(root, shared.styles, shared.hidden)
        self._gap = True

    def blocks(self) -> Iterator[Block]:
        """All blocks of the story."""
        yield from self._blocks(self._root, Span(file=self._shared.file))

    def _blocks(self, container: Element, place: Span) -> Iterator[Block]:
        for item in self._items(container):
            if not isinstance(item, _Paragraph):
                yield from self._rows(item)
                continue
            span = replace(place, paragraph=item.ordinal)
            yield from self._paragraph(item, span)
            for box in item.content.boxes:
                yield from self._blocks(box, span)
            yield from self._aside(item.content, span)

    def _paragraph(self, item: _Paragraph, span: Span) -> Iterator[Block]:
        content, properties = item.content, item.properties
        self._gap = self._gap or bool(switch(properties, _PAGE_BEFORE))
        if content.is_empty:
            # A paragraph that only holds a text box is no empty line.
            self._gap = self._gap or not content.boxes
        kind = self._kind(item)
        number = item.number
        lines: list[Line] = []
        for line in content.lines:
            if line.new_page:
                yield from self._block(kind, number, lines, span)
                number = "" if lines else number
                lines, self._gap = [], True
            if line.text.strip():
                lines.append(line)
            else:
                self._shared.markup += len(line.text)
        yield from self._block(kind, number, lines, span)
        self._shared.markup += content.dropped
        self._gap = self._gap or (properties is not None and properties.find(_SECTION) is not None)

    def _block(self, kind: Kind, number: str, lines: list[Line], span: Span) -> Iterator[Block]:
        if lines:
            yield Block(kind, (tuple(_pieces(number, lines, span)),), self._gap)
            self._gap = False

    def _kind(self, item: _Paragraph) -> Kind:
        content = item.content
        if self._furniture or content.in_contents or item.style.contents:
            return "furniture"
        if item.style.heading or outlined(item.properties):
            return "heading"
        stands_out = content.bold and value(item.properties, _ALIGNED) == "center"
        short = sum(len(line.text) for line in content.lines) <= _LONGEST_HEADING
        return "heading" if stands_out and short else "paragraph"

    def _aside(self, content: Content, span: Span) -> Iterator[Block]:
        """Notes and unfilled controls of a paragraph; they stand beside the text."""
        for key in () if self._furniture else content.notes:
            note = self._shared.notes.pop(key, None)  # once, however often it is pointed at
            if note is not None:
                numbering = Numbering(None, self._shared.styles)
                story = Story(self._shared, note, numbering, furniture=True)
                for block in story.blocks():
                    cells = ((Piece(piece.text, span) for piece in cell) for cell in block.cells)
                    yield Block("furniture", tuple(map(tuple, cells)))
        for hint in content.hints:
            yield Block("furniture", ((Piece(" ".join(hint.split()), span),),))

    def _items(self, container: Element) -> Iterator[_Paragraph | Element]:
        """The paragraphs and the tables of a container.

        A paragraph whose mark was deleted goes on in the next one, which decides the
        style and the number of both.
        """
        ordinal = 0
        properties: Element | None = None
        style = Style()
        joins = False
        for element in _inside(container, (_P, _TBL)):
            if element.tag == _TBL:
                if joins:
                    yield self._taken(ordinal, properties, style)
                    joins = False
                yield element
                continue
            ordinal += not joins
            properties = element.find(_PPR)
            style = self._shared.styles.paragraph(value(properties, _PSTYLE))
            self._flow.add(element, style)
            joins = _has_deleted_mark(properties)
            if not joins:
                yield self._taken(ordinal, properties, style)
        if joins:
            yield self._taken(ordinal, properties, style)

    def _taken(self, ordinal: int, properties: Element | None, style: Style) -> _Paragraph:
        content = self._flow.take()
        shows = not content.is_empty or not _is_hidden(properties, style)
        number_text = self._number(properties, style) if shows else ""
        return _Paragraph(content, number_text, ordinal, properties, style)

    def _number(self, properties: Element | None, style: Style) -> str:
        direct = None if properties is None else properties.find(_NUM)
        if direct is None and style.numbering is None:
            return ""
        list_id, depth = value(direct, _NUM_ID), value(direct, _LEVEL)
        level = None if depth is None else number(depth)
        if list_id is None and style.numbering is not None:
            list_id = style.numbering[0]
            level = style.numbering[1] if level is None else level
        elif level is None:
            level = 0
        if list_id in (None, "0"):
            return ""
        style_id = value(properties, _PSTYLE) or self._shared.styles.default
        return self._numbering.advance(list_id, level, style_id)

    def _rows(self, table: Element) -> Iterator[Block]:
        self._shared.tables += 1
        place = Span(file=self._shared.file, table=self._shared.tables)
        merged: set[int] = set()  # columns where a merged cell goes on downwards
        row = 0
        for element in _inside(table, (_TR,)):
            properties = element.find(_TRPR)
            if properties is not None and properties.find(_DEL) is not None:
                continue
            row += 1
            yield from self._row(element, properties, replace(place, row=row), merged)

    def _row(
        self, row: Element, properties: Element | None, place: Span, merged: set[int]
    ) -> Iterator[Block]:
        elements = [cell for cell in _inside(row, (_TC,)) if cell.find(_CELL_DEL) is None]
        frame = _layout_cell(elements)
        if frame is not None:
            merged.clear()
            yield from self._blocks(frame, replace(place, cell=elements.index(frame) + 1))
            return
        cells: list[Cell] = [()] * _columns(value(properties, _BEFORE), 0)
        aside: list[Block] = []
        goes_on = False
        for index, element in enumerate(elements, start=1):
            of_cell = element.find(_TCPR)
            column, width = len(cells), _columns(value(of_cell, _SPAN), 1)
            if (_continues(of_cell, _VMERGE) and column in merged) or (
                _continues(of_cell, _HMERGE) and index > 1
            ):
                goes_on = True
                cells.append(())
                self._hide(element)
            else:
                cells.append(tuple(self._cell(element, replace(place, cell=index), aside)))
                merged.difference_update(range(column, column + width))
                if of_cell is not None and of_cell.find(_VMERGE) is not None:
                    merged.add(column)
            cells += [()] * min(width - 1, _MOST_COLUMNS - len(cells))
        cells += [()] * min(_columns(value(properties, _AFTER), 0), _MOST_COLUMNS - len(cells))
        if not any(cells):
            self._gap = self._gap or not goes_on
        elif self._furniture:
            pieces = tuple(piece for cell in cells for piece in cell)
            yield Block("furniture", (pieces,))
        else:
            yield Block("row", tuple(cells), self._gap)
            self._gap = False
        yield from aside

    def _cell(self, container: Element, place: Span, aside: list[Block]) -> Iterator[Piece]:
        """All text of a cell, nested tables and text boxes in reading order."""
        for item in self._items(container):
            if not isinstance(item, _Paragraph):
                yield from _flattened(self._nested(item), aside)
                continue
            span = replace(place, paragraph=item.ordinal)
            lines = [line for line in item.content.lines if line.text.strip()]
            self._shared.markup += item.content.dropped
            self._shared.markup += sum(
                len(line.text) for line in item.content.lines if not line.text.strip()
            )
            if lines:
                yield from _pieces(item.number, lines, span)
            for box in item.content.boxes:
                yield from self._cell(box, span, aside)
            aside += self._aside(item.content, span)

    def _nested(self, table: Element) -> Iterator[Block]:
        """The rows of a table in a cell; the gap before the outer row stays its own."""
        gap = self._gap
        yield from self._rows(table)
        self._gap = gap

    def _hide(self, cell: Element) -> None:
        """Word shows nothing of what stands where a merged cell goes on."""
        if text := "".join(part.text or "" for part in cell.iter(_TEXT)).strip():
            self._shared.hidden.append(text)


def _pieces(number_text: str, lines: Iterable[Line], span: Span) -> Iterator[Piece]:
    for line in lines:
        yield Piece(number_text + line.text, span)
        number_text = ""


def _flattened(blocks: Iterable[Block], aside: list[Block]) -> Iterator[Piece]:
    for block in blocks:
        if block.kind == "furniture":
            aside.append(block)
        else:
            for cell in block.cells:
                yield from cell


def _inside(container: Element, wanted: tuple[str, ...]) -> Iterator[Element]:
    """The nearest elements of the wanted kinds, through content controls and the like."""
    for child in container:
        if child.tag in wanted:
            yield child
        elif len(child) and (name := SHORT[child.tag]) not in _CLOSED:
            branch = chosen_branch(child) if name == "mc:AlternateContent" else child
            if branch is not None:
                yield from _inside(branch, wanted)


def _layout_cell(cells: list[Element]) -> Element | None:
    """The cell of a row that only frames tables of its own; None where it does more."""
    full = [cell for cell in cells if next(cell.iter(_TEXT), None) is not None]
    if len(full) == 1 and any(item.tag == _TBL for item in _inside(full[0], (_P, _TBL))):
        return full[0]
    return None


def _columns(text: str | None, default: int) -> int:
    return min(max(number(text, default), default), _MOST_COLUMNS)


def _continues(properties: Element | None, name: str) -> bool:
    element = None if properties is None else properties.find(name)
    return element is not None and element.get(VAL) in (None, "continue")


def _has_deleted_mark(properties: Element | None) -> bool:
    mark = None if properties is None else properties.find(_RPR)
    return mark is not None and (mark.find(_DEL) is not None or mark.find(_MOVED) is not None)


def _is_hidden(properties: Element | None, style: Style) -> bool:
    mark = None if properties is None else properties.find(_RPR)
    direct = switch(mark, _VANISH)
    return bool(style.hidden if direct is None else direct)
