"""The lines of a page in the making, and what becomes of text that is not in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from profstd.document import Block, Lines, Piece, Span, UnreadableError
from profstd.parse.readers._html.flow import Flow
from profstd.parse.readers._html.lines import Part, Places, Written, begin, show

# Of lines, rows and cells; a standard of a hundred pages has six thousand.
MOST_PARTS = 500_000
_MOST_HIDDEN = 100_000  # characters of hidden text that are told
_LINE_END = re.compile(r"\r\n|\r|\n")
# How the legal database begins its own remarks in the text of an act.
_REMARKS = ("Сноска. ", "Ескерту. ", "Footnote. ")
_TYPED = re.compile(r"(\d{1,3})[.)](?=\s)")
_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡]{1,3}|[a-zа-я]{1,3})[\])]?", re.IGNORECASE)
# A bullet of Word: signs, or a letter that is a sign in the fonts of bullets.
_BULLET = re.compile(r"[^\w]+|[olnquvØøüàèì]\W*|")

Kind = Literal["heading", "paragraph", "furniture"]


class Writer:
    """Takes text and yields blocks into `flow`; what stands around it says how.

    `hidden`, `gone`, `aside`, `heading` and `pre` count the open elements that hide text,
    drop it, put it aside as furniture, make headings of it, or keep its white space.
    """

    def __init__(self, file: str, places: Places | None) -> None:
        self._file = file
        self._places = places
        self._is_whole = isinstance(places, Lines)  # a page that is the file, as it stands
        self.flow = Flow()
        self.flow.gap = True
        self.parts: list[Part] = []
        self.hidden = self.gone = self.aside = self.heading = self.pre = 0
        self.lines = 0
        self.characters = 0
        self.headings = 0
        self.markup = 0
        self.hidden_text: list[str] = []
        self.hidden_at: int | None = None
        self._hidden_length = 0
        self._made = 0
        self._is_new = True  # a block has begun
        self._is_remark = False
        self._number = ""
        self._is_item = False

    def take(self, at: int, raw: str) -> None:
        """Text of the page as written, which begins at `at`."""
        if self.gone:
            return
        if self.hidden:
            self._hide(at, raw)
        elif self.pre:
            self._take_lines(at, raw)
        elif self.parts or not raw.isspace():
            self.parts.append((at, raw))

    def _hide(self, at: int, raw: str) -> None:
        text = show([(at, raw)])[0]
        if text and self._hidden_length < _MOST_HIDDEN:
            self.hidden_at = at if self.hidden_at is None else self.hidden_at
            self.hidden_text.append(text)
            self._hidden_length += len(text)

    def _take_lines(self, at: int, raw: str) -> None:
        done = 0
        for match in _LINE_END.finditer(raw):
            if match.start() > done:
                self.parts.append((at + done, raw[done : match.start()]))
            done = match.end()
            self.break_line()
            self._is_new = True
        if done < len(raw):
            self.parts.append((at + done, raw[done:]))

    def begin_block(self) -> None:
        """A block begins or ends."""
        if self.parts:
            self.end_line()
        self._is_new = True
        self._is_remark = False

    def break_line(self) -> None:
        """A line ends; one without text is an empty line."""
        if not self.end_line() and not self.hidden and not self.gone:
            self.flow.gap = True

    def count(self) -> None:
        """One more line, row or cell; UnreadableError where they are too many."""
        self._made += 1
        if self._made > MOST_PARTS:
            raise UnreadableError(self._file, "unsafe")

    def begin_remark(self) -> None:
        """What the block at hand says is a note."""
        self._is_remark = True

    def begin_item(self, number: str | None) -> None:
        """An item of a list begins, with a number (and its signs) or without."""
        if not self.hidden and not self.gone:
            if number is None:
                self._is_item = True
            else:
                self._number += number

    def end_item(self) -> None:
        """An item ends; the number of an empty one is not told."""
        self._number, self._is_item = "", False

    def end_line(self) -> bool:
        """Make a block of the line at hand; False where it has no text."""
        parts, self.parts = self.parts, []
        if not parts:
            return False
        if self.pre and self.flow.cell is None and any("\t" in raw for _, raw in parts):
            return self._end_row(parts)
        text, dropped = show(parts)
        self.markup += dropped
        if not text:
            return False
        self._begin_line(text)
        kind: Kind = "heading" if self.heading else "paragraph"
        if self.aside or self._is_remark:
            kind = "furniture"
        flow = self.flow
        flow.blocks.append(Block(kind, ((self._piece(text, parts, flow.cell),),), flow.gap))
        flow.gap = False
        return True

    def _begin_line(self, text: str) -> None:
        self.lines += 1
        self.count()
        self.characters += len(text)
        if self._is_new:
            self._is_new = False
            self.flow.paragraph += 1
            if text.startswith(_REMARKS):
                self._is_remark = True

    def _end_row(self, parts: Sequence[Part]) -> bool:
        """A line of text with tabs, as a row: a tab ends a cell."""
        cells: list[list[Part]] = [[]]
        for at, raw in parts:
            for index, text in enumerate(raw.split("\t")):
                if index:
                    cells.append([])
                if text:
                    cells[-1].append((at, text))
                at += len(text) + 1
        shown = [show(cell) if cell else ("", 0) for cell in cells]
        self.markup += sum(dropped for _, dropped in shown)
        whole = " ".join(text for text, _ in shown).strip()
        if not whole:
            return False
        self._begin_line(whole)
        row = tuple(
            (self._piece(text, written, index),) if text else ()
            for index, ((text, _), written) in enumerate(zip(shown, cells, strict=True), start=1)
        )
        self.flow.blocks.append(Block("row", row, self.flow.gap))
        self.flow.gap = False
        return True

    def _piece(self, text: str, parts: Sequence[Part], cell: int | None) -> Piece:
        flow = self.flow
        line, column, origin = None, None, None
        number = self._number
        if number and (typed := _TYPED.match(text)) and typed[1] == number.strip(" .)"):
            # A style that is not at hand hides the one that is counted.
            number = ""
            self.end_item()
        if (places := self._places) is not None:
            line, column = places.place(begin(parts))
            if number or not self._is_whole or len(parts) > 1 or text != parts[0][1].strip():
                origin = Written(parts, len(number), places)
        span = Span(
            self._file, None, None, flow.table, flow.row, cell, flow.paragraph, line, column
        )
        if not number and not self._is_item:
            return Piece(text, span, origin)
        piece = Piece(number + text, span, origin, self._is_item)
        self.end_item()
        return piece

    def span(self, at: int) -> Span:
        """The place of the character `at` of the page, in the flow at hand."""
        flow = self.flow
        line, column = self._places.place(at) if self._places else (None, None)
        return Span(
            self._file,
            table=flow.table,
            row=flow.row,
            cell=flow.cell,
            line=line,
            column=column,
        )

    def put_aside(self) -> tuple[list[Part], bool]:
        """Begin a line that is furniture; gives the line at hand, for `resume`."""
        held = self.parts, self._is_new
        self.parts = []
        self.aside += 1
        return held

    def resume(self, held: tuple[list[Part], bool]) -> None:
        """End the line that is furniture and go on with the one that was at hand."""
        self.end_line()
        self.aside -= 1
        self.parts, self._is_new = held

    def mark(self) -> tuple[int, int]:
        """Where the text is now, for `drop_note_mark` and `drop_bullet`."""
        return self.lines, len(self.parts)

    def _since(self, mark: tuple[int, int]) -> str:
        """The text since `mark`, if it is all in the line at hand."""
        parts = self.parts[mark[1] :]
        return show(parts)[0] if parts and mark[0] == self.lines else ""

    def drop_note_mark(self, mark: tuple[int, int]) -> None:
        """Take the number of a note out of the line: it is layout."""
        text = self._since(mark)
        if _NOTE_MARK.fullmatch(text):
            del self.parts[mark[1] :]
            self.markup += len(text)

    def drop_bullet(self, mark: tuple[int, int]) -> None:
        """Take a typed bullet out of the line, which then begins an item."""
        text = self._since(mark)
        if mark[0] == self.lines and _BULLET.fullmatch(text):
            del self.parts[mark[1] :]
            self.markup += len(text)
            self._is_item = True
