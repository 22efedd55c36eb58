"""Which items of two lists belong together: equal ones, then like ones, then in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from profstd.document import leaves
from profstd.validate.pairing import best_rising

Pair: TypeAlias = tuple[int | None, int | None]
# Positions from the first to before the second in one list, from the third in the other.
_Run: TypeAlias = tuple[int, int, int, int]

# So many per cent of their letters items have in common that are alike; less is idiom.
_ALIKE = 60.0
# Letters of an item that are compared.
_ENOUGH = 400
# Pairs of items that are looked at; in longer lists items are paired in order.
_MOST_EQUAL = 25_000_000
_MOST_ALIKE = 250_000


def align(first: Sequence[Any], second: Sequence[Any]) -> list[Pair]:
    """Pairs of positions in both lists, rising; None where an item has no counterpart.

    The longest common row of equal items is kept, and between them the one of items that
    are worded alike; what is left between those is paired in order.
    """

    def fill(run: _Run) -> Iterator[Pair]:
        return _woven(_alike(first, second, run), run, _in_order)

    return list(_woven(_equal(first, second), (0, len(first), 0, len(second)), fill))


def _woven(
    anchors: Sequence[tuple[int, int]], run: _Run, fill: Callable[[_Run], Iterator[Pair]]
) -> Iterator[Pair]:
    """The anchors, and `fill` for what stands before, between and after them in `run`."""
    at, end, there, stop = run
    for one, other in anchors:
        yield from fill((at, one, there, other))
        yield one, other
        at, there = one + 1, other + 1
    yield from fill((at, end, there, stop))


def _in_order(run: _Run) -> Iterator[Pair]:
    at, end, there, stop = run
    for step in range(max(end - at, stop - there)):
        yield at + step if at + step < end else None, there + step if there + step < stop else None


def _equal(first: Sequence[Any], second: Sequence[Any]) -> list[tuple[int, int]]:
    """The longest common subsequence."""
    if len(first) * len(second) > _MOST_EQUAL:
        return []
    # Numbers for items: the same everywhere, which hashes of texts are not.
    numbers: dict[bytes, int] = {}
    one, other = (
        [numbers.setdefault(msgspec.json.encode(item), len(numbers)) for item in items]
        for items in (first, second)
    )
    return [
        (block.a + step, block.b + step)
        for block in LCSseq.editops(one, other).as_matching_blocks()
        for step in range(block.size)
    ]


def _alike(first: Sequence[Any], second: Sequence[Any], run: _Run) -> list[tuple[int, int]]:
    """The pairs of alike items, rising, that have most in common in all."""
    at, end, there, stop = run
    wide, high = stop - there, end - at
    if min(wide, high) == 0 or wide * high == 1 or wide * high > _MOST_ALIKE:
        return []
    mine = [_wording(item) for item in first[at:end]]
    theirs = [_wording(item) for item in second[there:stop]]
    likeness = [[fuzz.ratio(text, other, score_cutoff=_ALIKE) for other in theirs] for text in mine]
    return [(at + i, there + j) for i, j in best_rising(likeness)]


def _wording(item: Any) -> str:
    """What an item says of itself: its own values, not those of the lists in it."""
    if not isinstance(item, Struct):
        return str(item)[:_ENOUGH]
    own = [getattr(item, name) for name in item.__struct_fields__]
    words = [str(value) for value in own if isinstance(value, (str, int))]
    if not any(isinstance(value, str) and value for value in own):
        words = [value for _, value in leaves(item) if isinstance(value, str)]
    return " ".join(words)[:_ENOUGH]
