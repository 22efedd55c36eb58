"""Rows that a page end cut: their cells joined again, column by column.

In reading order the second half of a label or of a name would come after the next
column's text. A row is joined to the one before where one of its cells completes a
label, or goes on with what stands above it while another column follows there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest

from msgspec.structs import replace

from profstd.document import Block, Cell
from profstd.parse.labels import Labels, fold
from profstd.parse.recognise.scan import recognition

_TAG = re.compile(r"<[^<>]*>")
_SMALL = re.compile(r"[a-zа-яёәғқңөұүһі)]")
_MARKER = re.compile(r"\d{1,3}\s*[).]|[-–—•\uf0b7]")
_LONGEST_LABEL = 120
_LONGEST_TEXT = 2000  # of a cell that grew over many rows, characters
_OPEN = re.compile(r"[-–—,(«]\s*$")
_NAMED = frozenset({"function.mandatory", "function.additional", "skill"})


def stitch(blocks: Sequence[Block], labels: Labels) -> list[Block] | None:
    """The blocks with cut rows joined; None where there are none."""
    joined: list[Block] = []
    last: int | None = None
    above: list[str] = []
    names = _Names(joined, labels)
    changed = False
    for block in blocks:
        if block.kind == "furniture":
            joined.append(block)
            continue
        below = [_text(cell) for cell in block.cells] if block.kind == "row" else []
        if block.gap and below and (taken := names.take(block, above, below)):
            block = replace(
                block,
                cells=tuple(() if at in taken else cell for at, cell in enumerate(block.cells)),
            )
            below = ["" if at in taken else text for at, text in enumerate(below)]
            changed = True
            if not any(below):
                continue
        if last is not None and above and below and _continues(above, below, block.gap, labels):
            joined[last] = _merge(joined[last], block)
            above = [
                f"{upper} {lower}"[-_LONGEST_TEXT:] if lower else upper
                for upper, lower in zip_longest(above, below, fillvalue="")
            ]
            changed = True
        else:
            last, above = len(joined), below
            joined.append(block)
        names.see(len(joined) - 1 if last is None else last, above)
    return joined if changed else None


class _Names:
    """The names of functions and skills whose cells are merged over the rows below them.

    The end of such a name can stand rows below its beginning, after a page end.
    """

    def __init__(self, joined: list[Block], labels: Labels) -> None:
        self._joined = joined
        self._labels = labels
        self._open: dict[int, tuple[int, str]] = {}  # by column: the row, and the text so far

    def see(self, row: int, texts: list[str]) -> None:
        """Take note of a row; a paragraph ends all names."""
        if not texts:
            self._open.clear()
        for column, text in enumerate(texts):
            if text:
                label = _label_end(text, self._labels)
                self._open.pop(column, None)
                if label is not None and label[0] in _NAMED:
                    self._open[column] = row, text

    def take(self, block: Block, above: list[str], below: list[str]) -> set[int]:
        """The columns in which `block` goes on with a name, each cell put where it belongs.

        What comes right after a name goes on with that, as it is read.
        """
        taken: set[int] = set()
        final = next((text for text in reversed(above) if text), "")
        if (label := _label_end(final, self._labels)) and label[0] in _NAMED:
            return taken
        for column, lower in enumerate(below):
            row, upper = self._open.get(column, (0, ""))
            if not lower or not upper or (column < len(above) and above[column]):
                continue
            if _label_end(lower, self._labels) or recognition(lower, self._labels):
                continue
            if _goes_on(upper, lower, True, self._labels):
                first = self._joined[row]
                cells = list(first.cells)
                cells[column] += block.cells[column]
                self._joined[row] = replace(first, cells=tuple(cells))
                self._open[column] = row, f"{upper} {lower}"
                taken.add(column)
        return taken


def _merge(first: Block, second: Block) -> Block:
    cells = zip_longest(first.cells, second.cells, fillvalue=())
    return replace(first, cells=tuple(above + below for above, below in cells))


def _text(cell: Cell) -> str:
    text = "".join([part for piece in cell for part in (piece.text, piece.seam)])
    return (_TAG.sub(" ", text) if "<" in text else text).strip()


def _continues(above: list[str], below: list[str], gap: bool, labels: Labels) -> bool:
    pairs = [pair for pair in enumerate(zip(above, below, strict=False)) if all(pair[1])]
    if any(_completes_label(upper, lower, labels) for _, (upper, lower) in pairs):
        return True
    if any(_label_end(text, labels) for text in below if text):
        return False
    return _is_lower_half(above, below, labels) or any(
        any(above[column + 1 :]) and _goes_on(upper, lower, gap, labels)
        for column, (upper, lower) in pairs
    )


def _is_lower_half(above: list[str], below: list[str], labels: Labels) -> bool:
    """Whether several cells go on, each under a label that has its value beside it."""
    filled = [column for column, text in enumerate(below) if text]
    if len(filled) < 2 or filled[-1] >= len(above):
        return False
    for column in filled:
        label = _label_end(above[column], labels)
        if label is None or not above[column][label[1] :].strip(" :."):
            return False
        if _MARKER.match(below[column]):
            return False
    return True


def _completes_label(upper: str, lower: str, labels: Labels) -> bool:
    if upper.endswith(":") or len(upper) > _LONGEST_LABEL:
        return False
    label = _label_end(f"{upper} {lower}", labels)
    return label is not None and label[1] > len(upper)


def _goes_on(upper: str, lower: str, gap: bool, labels: Labels) -> bool:
    """Whether a cell goes on with the one above it, beside which another column stands.

    The name of a function or a skill may go on with anything that is no label and no
    item; other cells after a gap only with a small letter.
    """
    if _MARKER.match(lower):
        return False
    label = _label_end(upper, labels)
    small = _SMALL.match(lower) is not None
    if label is None or label[0] not in _NAMED:
        return gap and (small or bool(_OPEN.search(upper))) and label is not None
    bare = not upper[label[1] :].strip(" :.")
    return small or bool(_OPEN.search(upper)) or (gap and (bare or not upper.endswith(".")))


def _label_end(text: str, labels: Labels) -> tuple[str, int] | None:
    """The key and the end of the label that `text` begins with."""
    return _label_of(text[: 2 * _LONGEST_LABEL], labels)


@lru_cache(maxsize=4096)
def _label_of(text: str, labels: Labels) -> tuple[str, int] | None:
    folded = fold(text)
    for label in labels.starting(folded[:3]):
        if match := label.pattern.match(folded):
            return label.key, match.end()
    return None
