"""The paragraphs of a container with their text and number, and the tables between them."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import NamedTuple

from msgspec import Struct

from profstd.document import NotAssessed, UnreadableError
from profstd.parse.readers._word.changes import Changes
from profstd.parse.readers._word.content import Content
from profstd.parse.readers._word.names import (
    NOTHING,
    Properties,
    children,
    first,
    long,
    number,
    switch,
    value,
)
from profstd.parse.readers._word.numbering import Lists, Numbering, shown_before
from profstd.parse.readers._word.package import Element, Elements
from profstd.parse.readers._word.styles import Style, Styles
from profstd.parse.readers._word.text import ALTERNATIVES, Drawn, Flow, chosen_branch

P, TBL, TR, CHUNK = long("w:p"), long("w:tbl"), long("w:tr"), long("w:altChunk")
_PPR, _RPR, _PSTYLE = long("w:pPr"), long("w:rPr"), long("w:pStyle")
_NUM, _NUM_ID, _LEVEL = long("w:numPr"), long("w:numId"), long("w:ilvl")
_SECTION, _VANISH = long("w:sectPr"), long("w:vanish")
_FRAME, _DROP_CAP = long("w:framePr"), long("w:dropCap")
_CLOSED = frozenset(
    long(f"w:{name}") for name in ("sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr")
)


class Format(Struct, frozen=True, gc=False):
    """What is said of a paragraph: itself, its mark, its style, whether a section ends.

    `joins` says that it goes on in the next paragraph, `listed` that it may have a number.
    """

    own: Properties
    mark: Properties
    style: Style
    ends_section: bool
    joins: bool = False
    listed: bool = False


class Paragraph(Struct, frozen=True, gc=False):
    """A paragraph as it is shown; `ordinal` is its place in its container, from 1."""

    content: Content
    number: str
    ordinal: int
    format: Format


class Tally:
    """What adds up while a file is read: time, and what is to be told of it in the end.

    Hidden texts, characters that stand in no block, tables, and the parts that may hold
    text and were not read.
    """

    def __init__(self, file: str, seconds: float) -> None:
        self._file = file
        self._seconds = seconds
        self._end = perf_counter() + seconds
        self.hidden: list[str] = []
        self.markup = 0
        self.tables = 0
        self.not_assessed: list[NotAssessed] = []

    def watch(self) -> None:
        """UnreadableError where the time is over."""
        if perf_counter() > self._end:
            raise UnreadableError(self._file, "slow", seconds=round(self._seconds))


class Shared(NamedTuple):
    """What all stories of a document share.

    `changes` says which side of tracked changes counts, `notes` are the footnotes and
    endnotes by (part, id).
    """

    file: str
    styles: Styles
    lists: Lists
    changes: Changes
    notes: dict[tuple[str, str], Element]
    tally: Tally


class Paragraphs:
    """The paragraphs of one story; its running text and its lists go on in all of them."""

    def __init__(self, shared: Shared, root: Element, drawn: Drawn) -> None:
        self._watch = shared.tally.watch
        self._styles = shared.styles
        self._changes = shared.changes
        self._numbering = Numbering(shared.lists)
        self._closed = _CLOSED | shared.changes.gone
        self._plain = self._read_format(NOTHING)
        self._styled: dict[tuple[str, ...], Format] = {}  # those of which only the style is said
        self._flow = Flow(root, shared.styles, shared.changes, shared.tally.hidden, drawn)

    def items(self, container: Elements) -> Iterator[Paragraph | Element]:
        """The paragraphs, the tables and the chunks of other files in a container, in order.

        A paragraph whose mark is gone goes on in the next one, which decides the style and
        the number of both; before a table it is over, and no more than its text is left.
        """
        ordinal = 0
        form = self._plain
        joins = False
        for element in self.inside(container, (P, TBL, CHUNK)):
            self._watch()
            if element.tag != P:
                if element.tag == TBL and self._is_gone(element):
                    continue
                if joins:
                    left = self._left(ordinal, form)
                    yield from left
                    ordinal -= not left
                    joins = False
                yield element
                continue
            ordinal += not joins
            inside = element[:]
            form = self._format(first(inside, _PPR))
            self._flow.add(inside, form.style)
            joins = form.joins
            if not joins:
                yield self._taken(ordinal, form)
        if joins:
            yield from self._left(ordinal, form)

    def inside(self, container: Elements, wanted: tuple[str, ...]) -> Iterator[Element]:
        """The nearest elements of the wanted kinds, through content controls and the like."""
        for child in container[:]:
            tag = child.tag
            if tag in wanted:
                yield child
            elif len(child) and tag not in self._closed:
                branch = chosen_branch(child) if tag == ALTERNATIVES else child
                if branch is not None:
                    yield from self.inside(branch, wanted)

    def _is_gone(self, table: Element) -> bool:
        """Whether all rows of a table are; one without any is not."""
        rows = (self._changes.has_row(row) for row in self.inside(table, (TR,)))
        return not next(rows, True) and not any(rows)

    def _format(self, printed: Element | None) -> Format:
        if printed is None:
            return self._plain
        if len(printed) != 1 or printed[0].tag != _PSTYLE:
            return self._read_format(children(printed))
        said = tuple(printed[0].values())  # a third of the time of `get`
        form = self._styled.get(said)
        if form is None:
            form = self._styled[said] = self._read_format(children(printed))
        return form

    def _read_format(self, properties: Properties) -> Format:
        own = self._changes.counting(properties, _PPR)
        mark = children(properties.get(_RPR))
        style = self._styles.paragraph(value(own, _PSTYLE))
        return Format(
            own,
            mark,
            style,
            _SECTION in properties,
            not self._changes.has_mark(mark) or _is_drop_cap(own),
            style.numbering is not None or _NUM in own,
        )

    def _taken(self, ordinal: int, form: Format) -> Paragraph:
        content = self._flow.take()
        number_text = ""
        if form.listed and (content.lines or not (form.ends_section or self._is_hidden(form))):
            number_text = self._number(form)
        return Paragraph(content, number_text, ordinal, form)

    def _is_hidden(self, form: Format) -> bool:
        direct = switch(self._changes.counting(form.mark, _RPR), _VANISH)
        return bool(form.style.hidden if direct is None else direct)

    def _left(self, ordinal: int, form: Format) -> list[Paragraph]:
        """The paragraph whose mark is gone where none follows; none where it is empty."""
        content = self._flow.take()
        hanging = content.hanging
        if not content.lines and not (
            hanging and (hanging.boxes or hanging.notes or hanging.parts)
        ):
            return []
        return [Paragraph(content, self._number(form), ordinal, form)]

    def _number(self, form: Format) -> str:
        style = form.style
        direct = self._changes.numbering(form.own)
        if not direct and style.numbering is None:
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
        style_id = value(form.own, _PSTYLE) or self._styles.default
        text = self._numbering.advance(list_id, level, style_id)
        before = self._changes.original(direct)
        return text if before is None else shown_before(before)


def _is_drop_cap(own: Properties) -> bool:
    """Whether a paragraph is no more than the large first letter of the next one."""
    frame = own.get(_FRAME)
    return frame is not None and frame.get(_DROP_CAP) in ("drop", "margin")
