"""Rows that a page end cut: their cells joined again, column by column.

In reading order the second half of a label or of a name would come after the next
column's text. A row is joined to the one before where its first cell completes a
label, or where one of its cells goes on with the name of a function or a skill.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from msgspec.structs import replace

from profstd.document import Block, Cell
from profstd.parse.labels import Labels, fold

_GOES_ON = re.compile(r"\s*(?:<\w+[^>]*>\s*)*[a-zа-яёәғқңөұүһі]")
_MARKER = re.compile(r"\s*\d{1,3}\s*[).]")
_NAMED = frozenset({"function.mandatory", "function.additional", "skill"})


def stitch(blocks: Sequence[Block], labels: Labels) -> list[Block] | None:
    """The blocks with cut rows joined; None where there are none."""
    joined: list[Block] = []
    last: int | None = None
    changed = False
    for block in blocks:
        if block.kind == "furniture":
            joined.append(block)
            continue
        before = joined[last] if last is not None else None
        if before and before.kind == block.kind == "row" and _continues(before, block, labels):
            assert last is not None
            joined[last] = _merge(before, block)
            changed = True
        else:
            last = len(joined)
            joined.append(block)
    return joined if changed else None


def _merge(first: Block, second: Block) -> Block:
    cells = zip_longest(first.cells, second.cells, fillvalue=())
    return replace(first, cells=tuple(above + below for above, below in cells))


def _text(cell: Cell) -> str:
    return " ".join(piece.text for piece in cell).strip()


def _continues(first: Block, second: Block, labels: Labels) -> bool:
    above, below = [_text(cell) for cell in first.cells], [_text(cell) for cell in second.cells]
    if above[0] and below[0] and not above[0].endswith(":"):
        label = _label_end(f"{above[0]} {below[0]}", labels)
        if label and label[1] > len(above[0]):
            return True
    return second.gap and any(
        _name_goes_on(upper, lower, labels) and any(above[column + 1 :])
        for column, (upper, lower) in enumerate(zip(above, below, strict=False))
    )


def _name_goes_on(upper: str, lower: str, labels: Labels) -> bool:
    if not upper or not lower or _MARKER.match(lower):
        return False
    if not (_GOES_ON.match(lower) or upper.endswith("-")) or _label_end(lower, labels):
        return False
    label = _label_end(upper, labels)
    return label is not None and label[0] in _NAMED


def _label_end(text: str, labels: Labels) -> tuple[str, int] | None:
    """The key and the end of the label that `text` begins with."""
    folded = fold(re.sub(r"<[^<>]*>", lambda tag: " " * len(tag[0]), text))
    at = len(folded) - len(folded.lstrip())
    for label in labels.starting(folded[at : at + 3]):
        if match := label.pattern.match(folded, at):
            return label.key, match.end()
    return None
