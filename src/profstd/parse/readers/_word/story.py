"""The blocks of a story: its paragraphs and the rows of its tables, in reading order.

A story is the body of a document, a header, a footer or a note. Word's grid of columns
is kept: a cell that spans three columns is a cell and two empty ones, and where a merged
cell goes on in a lower row there is an empty cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from profstd.document import Block, Cell, NotAssessed, Piece, Span
from profstd.parse.readers._word.content import Hanging, Line
from profstd.parse.readers._word.names import (
    VAL,
    Properties,
    children,
    first,
    long,
    number,
    switch,
    value,
)
from profstd.parse.readers._word.package import Element, Elements
from profstd.parse.readers._word.paragraphs import TBL, TR, P, Paragraph, Paragraphs, Shared
from profstd.parse.readers._word.styles import outlined
from profstd.parse.readers._word.text import Drawn

_TC, _TRPR, _TCPR = long("w:tc"), long("w:trPr"), long("w:tcPr")
_PAGE_BEFORE, _ALIGNED = long("w:pageBreakBefore"), long("w:jc")
_SPAN, _BEFORE, _AFTER = long("w:gridSpan"), long("w:gridBefore"), long("w:gridAfter")
_HMERGE, _ID = long("w:hMerge"), long("r:id")

_MOST_COLUMNS = 63  # Word's limit
_LONGEST_HEADING = 200  # characters of a heading that only its look makes one
Kind: TypeAlias = Literal["heading", "paragraph", "furniture"]
Import: TypeAlias = Callable[[str], Iterable[Block] | None]


class _Cell(NamedTuple):
    """A cell that is there: the element, what is in it, what is said of it."""

    element: Element
    inside: Elements
    properties: Properties


def _nothing(_element: Element) -> list[str]:
    return []


class Story:
    """One story; all its blocks are furniture where `furniture` is set.

    `imported` gives the blocks of another file that is taken in whole, by the id of its
    relation, None where it cannot be read; `drawn` gives the words of diagrams and charts.
    """

    def __init__(
        self,
        shared: Shared,
        root: Element,
        *,
        furniture: bool = False,
        imported: Import | None = None,
        drawn: Drawn = _nothing,
    ) -> None:
        self._shared = shared
        self._tally = shared.tally
        self._changes = shared.changes
        self._root = root
        self._furniture = furniture
        self._imported = imported
        self._paragraphs = Paragraphs(shared, root, drawn)
        self._gap = True

    def blocks(self) -> Iterator[Block]:
        """All blocks of the story."""
        yield from self._blocks(self._root, Span(file=self._shared.file))

    def _blocks(self, container: Elements, place: Span) -> Iterator[Block]:
        for item in self._paragraphs.items(container):
            if not isinstance(item, Paragraph):
                yield from self._rows(item) if item.tag == TBL else self._chunk(item, place)
                continue
            span = _at(place, item.ordinal)
            yield from self._paragraph(item, span)
            if (hanging := item.content.hanging) is None:
                continue
            for box in hanging.boxes:
                if isinstance(box, str):
                    kind: Kind = "furniture" if self._furniture else "paragraph"
                    yield Block(kind, ((Piece(box, span),),))
                else:
                    yield from self._blocks(box, span)
            yield from self._aside(hanging, span)

    def _chunk(self, element: Element, place: Span) -> Iterator[Block]:
        """Another file that Word shows as if its text stood here (w:altChunk)."""
        blocks = self._imported(element.get(_ID) or "") if self._imported else None
        if blocks is None:
            self._leave(("imported_file",), place)
        else:
            yield from blocks

    def _leave(self, parts: Iterable[str], place: Span) -> None:
        # What stands in a header or a note has no place in the body.
        where = Span(file=place.file) if self._furniture else place
        self._tally.not_assessed += (NotAssessed(part, where) for part in parts)

    def _paragraph(self, item: Paragraph, span: Span) -> Iterator[Block]:
        content = item.content
        self._gap = self._gap or bool(switch(item.format.own, _PAGE_BEFORE))
        if not content.lines:
            # A paragraph that only holds a text box is no empty line.
            self._gap = self._gap or not (content.hanging and content.hanging.boxes)
        kind = self._kind(item)
        number = item.number
        lines: list[Line] = []
        for line in content.lines:
            if line.new_page:
                yield from self._block(kind, number, lines, span)
                number = "" if lines else number
                lines, self._gap = [], True
            lines.append(line)
        yield from self._block(kind, number, lines, span)
        self._tally.markup += content.dropped
        self._gap = self._gap or content.ends_page or item.format.ends_section

    def _block(self, kind: Kind, number: str, lines: list[Line], span: Span) -> Iterator[Block]:
        if lines:
            yield Block(kind, (tuple(_pieces(number, lines, span)),), self._gap)
            self._gap = False

    def _kind(self, item: Paragraph) -> Kind:
        content, form = item.content, item.format
        if self._furniture or content.in_contents or form.style.contents:
            return "furniture"
        if form.style.heading or outlined(form.own):
            return "heading"
        stands_out = content.bold and value(form.own, _ALIGNED) == "center"
        short = sum(len(line.text) for line in content.lines) <= _LONGEST_HEADING
        return "heading" if stands_out and short else "paragraph"

    def _aside(self, hanging: Hanging, span: Span) -> Iterator[Block]:
        """Notes and unfilled controls of a paragraph; they stand beside the text."""
        self._leave(hanging.parts, span)
        for key in () if self._furniture else hanging.notes:
            note = self._shared.notes.pop(key, None)  # once, however often it is pointed at
            if note is not None:
                story = Story(self._shared, note, furniture=True)
                for block in story.blocks():
                    cells = ((Piece(piece.text, span) for piece in cell) for cell in block.cells)
                    yield Block("furniture", tuple(map(tuple, cells)))
        for hint in hanging.hints:
            yield Block("furniture", ((Piece(" ".join(hint.split()), span),),))

    def _rows(self, table: Element) -> Iterator[Block]:
        self._tally.tables += 1
        number = self._tally.tables
        merged: set[int] = set()  # columns where a merged cell goes on downwards
        has_tables = next(table.iterdescendants(TBL), None) is not None
        row = 0
        for element in self._paragraphs.inside(table, (TR,)):
            self._tally.watch()
            inside = element[:]
            if self._changes.has_row(inside):
                row += 1
                place = Span(self._shared.file, None, None, number, row)
                cells = list(self._cells(inside))
                if has_tables and (frame := self._frame(cells)) is not None:
                    merged.clear()
                    yield from self._blocks(cells[frame].inside, _in_cell(place, frame + 1))
                else:
                    properties = self._changes.properties(inside, _TRPR)
                    yield from self._row(properties, cells, place, merged)

    def _row(
        self, properties: Properties, elements: list[_Cell], place: Span, merged: set[int]
    ) -> Iterator[Block]:
        cells: list[Cell] = [()] * _columns(properties, _BEFORE, 0)
        aside: list[Block] = []
        goes_on = False
        for index, (element, inside, of_cell) in enumerate(elements, start=1):
            width = _columns(of_cell, _SPAN, 1) if _SPAN in of_cell else 1
            column = len(cells)
            merge = self._changes.merge(of_cell)
            if (merge == "continue" and column in merged) or (index > 1 and _goes_on(of_cell)):
                goes_on = True
                cells.append(())
                self._hide(element)
            else:
                cells.append(tuple(self._cell(inside, _in_cell(place, index), aside)))
                if merged:
                    merged.difference_update(range(column, column + width))
                if merge is not None:
                    merged.add(column)
            if width > 1:
                cells += [()] * min(width - 1, _MOST_COLUMNS - len(cells))
        cells += [()] * min(_columns(properties, _AFTER, 0), _MOST_COLUMNS - len(cells))
        if not any(cells):
            self._gap = self._gap or not goes_on
        elif self._furniture:
            pieces = tuple(piece for cell in cells for piece in cell)
            yield Block("furniture", (pieces,))
        else:
            yield Block("row", tuple(cells), self._gap)
            self._gap = False
        yield from aside

    def _cell(self, container: Elements, place: Span, aside: list[Block]) -> Iterator[Piece]:
        """All text of a cell, nested tables and text boxes in reading order."""
        for item in self._paragraphs.items(container):
            if not isinstance(item, Paragraph):
                yield from _flattened(self._nested(item, place), aside)
                continue
            span = _at(place, item.ordinal)
            content = item.content
            self._tally.markup += content.dropped
            number = item.number
            for line in content.lines:
                yield Piece(number + line.text, span)
                number = ""
            if (hanging := content.hanging) is None:
                continue
            for box in hanging.boxes:
                if isinstance(box, str):
                    yield Piece(box, span)
                else:
                    yield from self._cell(box, span, aside)
            aside += self._aside(hanging, span)

    def _nested(self, item: Element, place: Span) -> Iterator[Block]:
        """The rows of a table in a cell; the gap before the outer row stays its own."""
        gap = self._gap
        yield from self._rows(item) if item.tag == TBL else self._chunk(item, place)
        self._gap = gap

    def _hide(self, cell: Element) -> None:
        """Word shows nothing of what stands where a merged cell goes on."""
        if text := self._changes.words(cell).strip():
            self._tally.hidden.append(text)

    def _cells(self, row: Elements) -> Iterator[_Cell]:
        """The cells of a row that are there, with what is said of them."""
        for cell in self._paragraphs.inside(row, (_TC,)):
            inside = cell[:]
            printed = children(first(inside, _TCPR))
            if self._changes.has_cell(printed):
                yield _Cell(cell, inside, self._changes.counting(printed, _TCPR))

    def _frame(self, cells: list[_Cell]) -> int | None:
        """Which cell of a row (from 0) only frames tables of its own; None where none does."""
        full = [at for at, cell in enumerate(cells) if self._changes.has_words(cell.element)]
        tables = self._paragraphs.inside(cells[full[0]].inside, (P, TBL)) if len(full) == 1 else ()
        return full[0] if any(item.tag == TBL for item in tables) else None


def _pieces(number_text: str, lines: Iterable[Line], span: Span) -> Iterator[Piece]:
    for line in lines:
        yield Piece(number_text + line.text, span)
        number_text = ""


def _in_cell(place: Span, cell: int) -> Span:
    # By position: msgspec's `replace` takes three times as long.
    return Span(place.file, None, None, place.table, place.row, cell)


def _at(place: Span, paragraph: int) -> Span:
    return Span(place.file, None, None, place.table, place.row, place.cell, paragraph)


def _flattened(blocks: Iterable[Block], aside: list[Block]) -> Iterator[Piece]:
    for block in blocks:
        if block.kind == "furniture":
            aside.append(block)
        else:
            for cell in block.cells:
                yield from cell


def _columns(properties: Properties, name: str, default: int) -> int:
    """How many columns a property says, `default` or more."""
    if name not in properties:
        return default
    return min(max(number(value(properties, name), default), default), _MOST_COLUMNS)


def _goes_on(of_cell: Properties) -> bool:
    """Whether a cell is merged sideways with the one before it, as old versions of Word do."""
    merged = of_cell.get(_HMERGE)
    return merged is not None and merged.get(VAL) in (None, "continue")
