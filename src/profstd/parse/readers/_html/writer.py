"""The lines of a page in the making, and what becomes of text that is not in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from profstd.document import Block, Piece, Span, UnreadableError
from profstd.parse.readers._html.flow import Flow
from profstd.parse.readers._html.lines import Part, Places, Shown, show

MOST_LINES = 1_000_000
_MOST_HIDDEN = 100_000  # characters of hidden text that are told
_LINE_END = re.compile(r"\r\n|\r|\n")
# How the legal database begins its own remarks in the text of an act.
_REMARKS = ("Сноска. ", "Ескерту. ", "Footnote. ")
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
        text = show([(at, raw)]).text
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
        shown = show(parts)
        self.markup += shown.dropped
        if not shown.text:
            return False
        self._begin_line(shown)
        kind: Kind = "heading" if self.heading else "paragraph"
        if self.aside or self._is_remark:
            kind = "furniture"
        piece = self._piece(shown, self.flow.cell)
        self.flow.blocks.append(Block(kind, ((piece,),), self.flow.gap))
        self.flow.gap = False
        return True

    def _begin_line(self, shown: Shown) -> None:
        self.lines += 1
        if self.lines > MOST_LINES:
            raise UnreadableError(self._file, "unsafe")
        self.characters += len(shown.text)
        if self._is_new:
            self._is_new = False
            self.flow.paragraph += 1
            if shown.text.startswith(_REMARKS):
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
        shown = [show(cell) for cell in cells]
        self.markup += sum(line.dropped for line in shown)
        if not any(line.text for line in shown):
            return False
        self._begin_line(next(line for line in shown if line.text))
        row = tuple(
            (self._piece(line, index),) if line.text else ()
            for index, line in enumerate(shown, start=1)
        )
        self.flow.blocks.append(Block("row", row, self.flow.gap))
        self.flow.gap = False
        return True

    def _piece(self, shown: Shown, cell: int | None) -> Piece:
        flow = self.flow
        line, column, runs = None, None, ()
        number = self._number
        if self._places is not None:
            of = self._places.of
            line, column = of(shown.runs[0][1])
            if number or len(shown.runs) > 1:
                shift = len(number)
                own = tuple((at + shift, *of(there)) for at, there in shown.runs)
                runs = ((0, line, column), *own) if number else own
        span = Span(
            self._file, None, None, flow.table, flow.row, cell, flow.paragraph, line, column
        )
        piece = Piece(number + shown.text, span, runs, self._is_item)
        if number or self._is_item:
            self.end_item()
        return piece

    def span(self, at: int) -> Span:
        """The place of the character `at` of the page, in the flow at hand."""
        flow = self.flow
        line, column = self._places.of(at) if self._places else (None, None)
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
        return show(self.parts[mark[1] :]).text if mark[0] == self.lines else ""

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
