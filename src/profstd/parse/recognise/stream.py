"""All blocks as one text, with the way back from every character to its place.

The recogniser works on this stream; what happens to each character is marked here, and
the marks add up to the account.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from profstd.document import Account, Block, NotAssessed, Piece, Span, Unplaced
from profstd.parse.labels import fold

UNPLACED, PLACED, LABEL, MARKUP, FURNITURE, SEAM = range(6)

# What becomes of each mark when characters are put down anew; see `Stream.mark`.
_MARKED = {
    kind: bytes(kind if old < MARKUP or kind in (MARKUP, FURNITURE) else old for old in range(256))
    for kind in (PLACED, LABEL, MARKUP, FURNITURE)
}
_TAG = re.compile(
    r"</?(?:p|br|ol|ul|li|div|span|b|i|u|em|strong|table|tbody|tr|td|th|h[1-6]|font|a|sup|sub)"
    r"(?:[ \xa0][^<>\n\t]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:nbsp|lt|gt|amp|quot|laquo|raquo|ndash|mdash|shy|#\d{1,5});")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_CUT_WORD = re.compile(r"(?<!\w)(\w++)- (\w+)")
_WIDE = re.compile(r"[^\W_]{1,40}[,;:.)]? {2,3}[^\W_]{1,40}")
_CELL_END = re.compile(r"[\t\n]")
_FEW = 40  # so many words are looked for one by one, before all words are listed
_PART = re.compile(r"[^\W\d_]+|\d+|[^\w\s]+|_+")
_WHOLE_WORD = re.compile(r"(?<![\w-])\w++(?:-\w++)*+(?!-)")
_ENTITIES = {
    "&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&laquo;": "«",
    "&raquo;": "»", "&ndash;": "–", "&mdash;": "—", "&shy;": "",
}  # fmt: skip


class Value(NamedTuple):
    """A piece of the stream as a value: its text or number and its place (end exclusive)."""

    text: Any
    start: int
    end: int


class Stream:
    """The text of `blocks`: cells joined by tabs, pieces by their seams, blocks by line ends.

    `text` has every tag and entity blanked, so that only words are left; `folded` is the
    same for matching. Both have the length of the joined text, of which offsets are
    offsets; furniture is blank in them. `conjunctions` are the words before which a
    hanging hyphen stays.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._pieces: list[Piece] = []
        self._piece_starts: list[int] = []
        self.block_starts: list[int] = []
        self.cell_starts: list[int] = []
        self.gaps: set[int] = set()
        parts: list[str] = []
        seams: list[int] = []
        self.headings: list[tuple[int, int]] = []
        self.furniture: list[tuple[int, int]] = []
        items: list[int] = []
        at = 0
        for block in blocks:
            self.block_starts.append(at)
            if block.gap:
                self.gaps.add(at)
            for cell in block.cells:
                self.cell_starts.append(at)
                for piece in cell:
                    if piece.item:
                        items.append(at)
                    self._pieces.append(piece)
                    self._piece_starts.append(at)
                    parts += (piece.text, piece.seam)
                    at += len(piece.text)
                    if piece.seam:
                        seams.append(at)
                        at += 1
                if cell and cell[-1].seam:
                    parts[-1] = "\t"
                else:
                    parts.append("\t")
                    seams.append(at)
                    at += 1
            parts[-1] = "\n"
            if block.kind == "furniture":
                self.furniture.append((self.block_starts[-1], at))
            elif block.kind == "heading":
                self.headings.append((self.block_starts[-1], at))
        self.raw = "".join(parts)
        self._has_invisible = bool(_INVISIBLE.search(self.raw))
        self.marks = bytearray(len(self.raw))
        self.tags: list[tuple[int, str]] = []
        self._blank_tags()
        self.list_items = sorted(
            [*items, *(start for start, tag in self.tags if tag[:3].lower() == "<li")]
        )
        for seam in seams:
            self.marks[seam] = SEAM
        self.folded = fold(self.text)
        self.conjunctions: frozenset[str] = frozenset()
        self._asked = 0
        self.particles: frozenset[str] = frozenset()
        self.first_parts: frozenset[str] = frozenset()
        self.solid_parts: frozenset[str] = frozenset()
        self.adjectives: tuple[str, ...] = ()

    def _blank_tags(self) -> None:
        text = self.raw
        cuts = [(match.start(), match.end()) for match in _TAG.finditer(text)]
        self.tags = [(start, text[start:end]) for start, end in cuts]
        self.text = _without(text, sorted(cuts + self.furniture))
        for start, end in cuts:
            self.mark(start, end, MARKUP)
        for start, end in self.furniture:
            self.mark(start, end, FURNITURE)

    def mark(self, start: int, end: int, kind: int) -> None:
        """Put the characters from `start` to `end` down as `kind`; tags and seams stay."""
        self.marks[start:end] = self.marks[start:end].translate(_MARKED[kind])

    def mark_known(self, start: int, end: int, words: Sequence[str]) -> None:
        """Put numbers, signs and the given words down as placed; other words stay."""
        known = {part for word in words for part in _WHOLE_WORD.findall(fold(word))}
        for match in _PART.finditer(self.folded, start, end):
            if not match[0][0].isalpha() or match[0] in known:
                self.mark(*match.span(), PLACED)

    def use(self, words: Mapping[str, list[str]]) -> None:
        """Take the language's words that tell a cut word from a compound."""
        self.conjunctions = frozenset(words["conjunctions"])
        self.particles = frozenset(words["particles"])
        self.first_parts = frozenset(map(fold, words["first_parts"]))
        self.solid_parts = frozenset(map(fold, words["solid_parts"]))
        self.adjectives = tuple(map(fold, words["adjectives"]))

    def blank(self, ranges: Sequence[tuple[int, int]], kind: int = FURNITURE) -> None:
        """Take the characters of `ranges`, in order, out of the text: running heads."""
        for start, end in ranges:
            self.mark(start, end, kind)
        if ranges:
            self.text = _without(self.text, ranges)
            self.folded = _without(self.folded, ranges)

    def bring_back(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Put `ranges` of furniture, in order, back into the text, to be looked at again."""
        parts: list[str] = []
        done = 0
        for start, end in ranges:
            self.marks[start:end] = bytes((UNPLACED,)) * (end - start)
            parts += (self.text[done:start], self.raw[start:end])
            done = end
        self.text = "".join([*parts, self.text[done:]])
        self.folded = fold(self.text)

    def value(self, start: int, end: int) -> Value | None:
        """What stands from `start` to `end`, cleaned and put down as placed; None if nothing.

        White space is collapsed and words that a line end cut are joined.
        """
        value = self.read(start, end)
        if value:
            self.mark(value.start, value.end, PLACED)
        return value

    def read(self, start: int, end: int) -> Value | None:
        """As `value`, but without putting anything down."""
        text = self.text[start:end]
        stripped = text.strip()
        if not stripped:
            return None
        start += len(text) - len(text.lstrip())
        return Value(self._clean(stripped), start, start + len(stripped))

    def mended(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        """What cleaning mends in one piece of a text, by kind, with the words as printed."""
        raw = self.raw
        if raw.find("- ", start, end) >= 0:
            for match in _CUT_WORD.finditer(raw, start, end):
                space = match.end(1) + 1
                if self.marks[space] != SEAM and self._join(match) != match[0]:
                    yield "cut_word", match[0]
        if raw.find("  ", start, end) >= 0:
            for match in _WIDE.finditer(raw, start, end):
                yield "wide_space", match[0]

    def words(self, start: int, end: int) -> str:
        """The words from `start` to `end` as printed, one space between two."""
        return " ".join(self.text[start:end].split())

    def joined(self, first: Value, second: Value) -> Value:
        """Two halves of a text that something else, such as a label, came between."""
        return Value(self._clean(f"{first.text} {second.text}"), first.start, second.end)

    def _clean(self, text: str) -> str:
        if "&" in text:
            text = _ENTITY.sub(_character, text)
        if self._has_invisible:
            text = _INVISIBLE.sub("", text)
        text = " ".join(text.split())
        return _CUT_WORD.sub(self._join, text) if "- " in text else text

    def _join(self, match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        compound = f"{first}-{second}"
        if first[-1].isdecimal() and second[0].isdecimal():
            return compound
        if second.casefold() in self.particles:
            return compound
        if second.casefold() in self.conjunctions:
            return match[0]
        if first.isupper() or first.isascii():
            return compound  # IP-, 3D-, 1С-, Wi-
        if not second[0].islower():
            return compound if first[-1].isalpha() else match[0]
        return first + second if self._is_syllable(fold(first), fold(second)) else compound

    def _is_syllable(self, first: str, second: str) -> bool:
        """Whether a line end cut a word, and not a compound at its own hyphen.

        The text itself tells where it has the whole word, or the compound, elsewhere.
        Otherwise compounds have a long first part with an adjective's ending («учебно-»),
        one that the language often has («онлайн-»), or two parts that are words; some
        first parts are always written together («электро»).
        """
        if self._has(f"{first}-{second}"):
            return False
        if self._has(first + second):
            return True
        if first in self.solid_parts:
            return True
        if len(first) > 4 and first.endswith(self.adjectives):
            return False
        if first in self.first_parts or (f"{first}-" in self.folded and first in self._begun):
            return False
        return not (self._has(first) and self._has(second))

    def _has(self, word: str) -> bool:
        """Whether `word` stands in the text as a word of its own."""
        self._asked += 1
        if self._asked > _FEW or word not in self.folded:
            return self._asked > _FEW and word in self._words
        return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", self.folded) is not None

    @cached_property
    def _words(self) -> frozenset[str]:
        """All words of the text, compounds whole."""
        return frozenset(_WHOLE_WORD.findall(self.folded))

    @cached_property
    def _begun(self) -> frozenset[str]:
        """The first parts of all compounds of the text."""
        return frozenset(word.partition("-")[0] for word in self._words if "-" in word)

    def row(self, at: int) -> tuple[int, int]:
        """The start and the end of the block that the character `at` stands in."""
        index = bisect_right(self.block_starts, at) - 1
        if index + 1 < len(self.block_starts):
            return self.block_starts[index], self.block_starts[index + 1]
        return self.block_starts[index], len(self.raw)

    def cell_end(self, at: int) -> int:
        """Where the line that the character `at` stands in ends, or its cell."""
        end = _CELL_END.search(self.text, at)
        return end.start() if end else len(self.text)

    def rows(self) -> Iterator[tuple[int, int]]:
        """The start and the end of every block."""
        yield from pairwise([*self.block_starts, len(self.raw)])

    def row_cells(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The start and the end of every cell of the block from `start` to `end`."""
        first = bisect_left(self.cell_starts, start)
        last = bisect_left(self.cell_starts, end)
        yield from pairwise([*self.cell_starts[first:last], end])

    def crosses_gap(self, start: int, end: int) -> bool:
        """Whether an empty line or a page end lies between the two characters."""
        first = bisect_right(self.block_starts, start)
        last = bisect_right(self.block_starts, max(start, end - 1))
        return any(self.block_starts[index] in self.gaps for index in range(first, last))

    def between_gaps(self, value: Value) -> list[str]:
        """The text of a value that empty lines or page ends break, part by part."""
        first = bisect_right(self.block_starts, value.start)
        last = bisect_right(self.block_starts, max(value.start, value.end - 1))
        cuts = [start for start in self.block_starts[first:last] if start in self.gaps]
        ends = zip([value.start, *cuts], [*cuts, value.end], strict=True)
        parts = [self._clean(self.text[start:end].strip()) for start, end in ends]
        return [part for part in parts if part]

    def lines(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a range that line ends separate, without the empty ones."""
        yield from self._parts("\n", start, end)

    def cells(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a range that cells and line ends separate, without the empty ones."""
        for begin, stop in self._parts("\n", start, end):
            yield from self._parts("\t", begin, stop)

    def paragraphs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a range that blocks and cells separate, without the empty ones."""
        while start < end:
            stop = min(self.row(start)[1], end)
            yield from self._parts("\t", start, stop)
            start = stop

    def _parts(self, sign: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        while start < end:
            stop = self.text.find(sign, start, end)
            stop = end if stop < 0 else stop
            if self.text[start:stop].strip():
                yield start, stop
            start = stop + 1

    def span(self, start: int, end: int) -> Span:
        """The place of the characters from `start` to `end` (exclusive)."""
        if not self._pieces:
            return Span(file="")
        starts = self._piece_starts
        stop = end - 1 if end > start else start
        index = bisect_right(starts, start) - 1
        last = index
        if last + 1 < len(starts) and starts[last + 1] <= stop:
            last = bisect_right(starts, stop) - 1
        first, end_piece = self._pieces[index], self._pieces[last]
        span = first.span
        if span.line is None:
            return span if span.box is None else self._boxed(index, last)
        line, column = first.place(start - starts[index])
        end_line, end_column = end_piece.place(stop - starts[last])
        # By position: this is called for every leaf, and msgspec's `replace` is slower.
        return Span(
            span.file,
            span.page,
            span.box,
            span.table,
            span.row,
            span.cell,
            span.paragraph,
            line,
            column,
            end_line,
            end_column,
        )

    def _boxed(self, first: int, last: int) -> Span:
        """The place of pieces on their first page: the box round all of them there."""
        span = self._pieces[first].span
        spans = (piece.span for piece in self._pieces[first : last + 1])
        boxes = [other.box for other in spans if other.page == span.page and other.box]
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
        box = round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)
        return Span(span.file, span.page, box, span.table, span.row, span.cell)

    def fates(self) -> Iterator[tuple[int, int, Piece, int, int]]:
        """What became of the text: a mark, its place, and the part of a piece it holds for.

        The place is that of the part's first character in the stream; the part goes from
        one character of the piece to another (exclusive). Markup and seams are left out.
        """
        self._settle_space()
        for piece, start in zip(self._pieces, self._piece_starts, strict=True):
            at = 0
            for mark, run in groupby(self.marks[start : start + len(piece.text)]):
                begin, at = at, at + len(list(run))
                if mark not in (MARKUP, SEAM):
                    yield mark, start + begin, piece, begin, at

    def account(self, layout: int, not_assessed: tuple[NotAssessed, ...] = ()) -> Account:
        """Where every character went; `layout` counts those that stand in no block."""
        self._settle_space()
        counts = [self.marks.count(kind) for kind in range(SEAM + 1)]
        places = tuple(self._unplaced())
        return Account(
            characters=len(self.raw) - counts[SEAM] + layout,
            placed=counts[PLACED],
            label=counts[LABEL],
            markup=counts[MARKUP] + layout,
            furniture=counts[FURNITURE],
            unplaced=counts[UNPLACED],
            places=places,
            not_assessed=not_assessed,
        )

    def _settle_space(self) -> None:
        """White space that no value took separates; it is markup."""
        markup = bytes((MARKUP,))
        for match in re.finditer(b"\x00+", self.marks):
            start, end = match.span()
            if self.raw[start:end].isspace():
                self.marks[start:end] = markup * (end - start)
                continue
            for index in range(start, end):
                if self.raw[index].isspace():
                    self.marks[index] = MARKUP

    def _unplaced(self) -> Iterator[Unplaced]:
        # Words of one line that only white space or tags separate are one place.
        for start, end in self.lines(0, len(self.raw)):
            run: tuple[int, int] | None = None
            for match in re.finditer(b"\x00+", self.marks[start:end]):
                begin, stop = start + match.start(), start + match.end()
                if run and not self._taken(run[1], begin):
                    run = run[0], stop
                else:
                    if run:
                        yield self._place(*run)
                    run = begin, stop
            if run:
                yield self._place(*run)

    def _taken(self, start: int, end: int) -> bool:
        return any(mark in (PLACED, LABEL, FURNITURE) for mark in self.marks[start:end])

    def _place(self, start: int, end: int) -> Unplaced:
        return Unplaced(text=self.words(start, end), span=self.span(start, end))


def _character(match: re.Match[str]) -> str:
    entity = match[0]
    if entity.startswith("&#"):
        code = int(entity[2:-1])
        return chr(code) if 32 <= code < 0xD800 else " "
    return _ENTITIES[entity]


def _without(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    """`text` with spaces in the place of `ranges`, which are in order."""
    parts: list[str] = []
    done = 0
    for start, end in ranges:
        if start >= done:
            parts += (text[done:start], " " * (end - start))
            done = end
    return "".join([*parts, text[done:]])
