"""Which items of two versions belong together, where their words cannot be compared.

The versions are in different languages: what is common to them is codes, levels, numbers,
how many parts a part has, and words that both languages borrow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple, TypeVar

from profstd.model import Profession, Skill, WorkFunction
from profstd.validate.wording import folded

_Item = TypeVar("_Item")

# Letters of one sound in borrowed words: «интернет», «әкімші» differ in what follows.
_BORROWED = 5
# Signs that stay themselves in every language: numbers and words in Latin letters.
_KEPT = re.compile(r"[0-9]+|[a-z][a-z0-9+#]+")
# From this likeness on two items are one although their order differs.
_SURE = 0.7
# Pairs that are looked at; longer lists are paired in order.
_MOST = 250_000


class Paired(NamedTuple):
    """Positions in both lists that belong together, and those without a counterpart."""

    pairs: list[tuple[int, int]]
    here: list[int]
    there: list[int]


def pair(
    here: Sequence[_Item],
    there: Sequence[_Item],
    keys: Sequence[Callable[[_Item], Hashable | None]],
    likeness: Callable[[_Item, _Item], float],
) -> Paired:
    """Pair items by the first of `keys` that tells them apart, the rest by `likeness`.

    A key counts where it is not None and stands once on each side. What is left is paired
    in rising order, so that the sum of likenesses is greatest; a pair with likeness 0 is
    none. Items that have no counterpart then, because they were moved, are paired where
    they are very much alike.
    """
    pairs: list[tuple[int, int]] = []
    free, free_there = list(range(len(here))), list(range(len(there)))
    for key in keys:
        left, right = _alone(here, free, key), _alone(there, free_there, key)
        for value in [value for value in left if value in right]:
            pairs.append((left[value], right[value]))
            free.remove(left[value])
            free_there.remove(right[value])
    found = best_rising(
        [[likeness(here[one], there[other]) for other in free_there] for one in free]
        if len(free) * len(free_there) <= _MOST
        else [[float(one == other) for other in free_there] for one in free]
    )
    pairs += [(free[one], free_there[other]) for one, other in found]
    lone = [index for index in free if index not in {one for one, _ in pairs}]
    lone_there = [index for index in free_there if index not in {other for _, other in pairs}]
    for one in tuple(lone):
        likely = [(likeness(here[one], there[other]), -other) for other in lone_there]
        best, place = max(likely, default=(0.0, 0))
        if best >= _SURE:
            pairs.append((one, -place))
            lone.remove(one)
            lone_there.remove(-place)
    return Paired(sorted(pairs), lone, lone_there)


def _alone(
    items: Sequence[_Item], free: Sequence[int], key: Callable[[_Item], Hashable | None]
) -> dict[Hashable, int]:
    """The positions of the items that have a value of `key` for themselves."""
    found: dict[Hashable, list[int]] = {}
    for index in free:
        if (value := key(items[index])) is not None:
            found.setdefault(value, []).append(index)
    return {value: places[0] for value, places in found.items() if len(places) == 1}


def best_rising(likeness: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs of rows and columns, rising, whose sum is greatest; what is 0 is no pair."""
    high, wide = len(likeness), len(likeness[0]) if likeness else 0
    best = [[0.0] * (wide + 1) for _ in range(high + 1)]
    for i in reversed(range(high)):
        for j in reversed(range(wide)):
            both = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < high and j < wide:
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def cards_alike(one: Profession, other: Profession) -> float:
    """How probably two cards are one, 0 to 2: by code, level, build and name.

    Two codes that differ need much else that agrees: one of them may be mistyped.
    """
    shape = _share(_shape(one), _shape(other))
    level = one.level is not None and one.level == other.level
    borrowed = _borrowed(one.name or one.heading, other.name or other.heading)
    likeness = 0.05 + 0.25 * level + 0.5 * shape + 0.2 * borrowed
    if one.code and other.code:
        if one.code == other.code:
            return 1.0 + likeness
        return likeness if likeness >= 0.4 else 0.0
    return likeness


def functions_alike(one: WorkFunction, other: WorkFunction) -> float:
    """How probably two work functions of one card are one, 0 to 1."""
    place = (one.kind == other.kind) + (one.number == other.number)
    shape = _share([_counts(x) for x in one.skills], [_counts(x) for x in other.skills])
    return 0.05 + 0.1 * place + 0.45 * shape + 0.3 * _borrowed(_words_of(one), _words_of(other))


def skills_alike(one: Skill, other: Skill) -> float:
    """How probably two skills of one work function are one, 0 to 1."""
    pairs = zip(_counts(one), _counts(other), strict=True)
    shape = sum(mine == theirs for mine, theirs in pairs) / 3
    number = one.number is not None and one.number == other.number
    return 0.05 + 0.1 * number + 0.35 * shape + 0.5 * _borrowed(_text_of(one), _text_of(other))


def _shape(card: Profession) -> list[tuple[object, ...]]:
    return [_counts(skill) for function in card.functions for skill in function.skills]


def _counts(skill: Skill) -> tuple[object, ...]:
    return len(skill.abilities), len(skill.knowledge), skill.recognition


def _text_of(skill: Skill) -> str:
    texts = [item.text for item in (*skill.abilities, *skill.knowledge)]
    return " ".join([skill.name or "", *texts])


def _words_of(function: WorkFunction) -> str:
    return " ".join([function.name or "", *map(_text_of, function.skills)])


def _borrowed(one: str | None, other: str | None) -> float:
    """The share of what two texts may have in common, 0 to 1: words that are borrowed.

    Numbers and words in Latin letters, which need no translating, count twice.
    """
    common = most = 0
    for weight, mine, theirs in zip((2, 1), _borrowings(one), _borrowings(other), strict=True):
        common += weight * len(mine & theirs)
        most += weight * min(len(mine), len(theirs))
    return common / most if most else 0.0


def _borrowings(text: str | None) -> tuple[frozenset[str], frozenset[str]]:
    words = folded(text or "").split()
    kept = frozenset(word for word in words if _KEPT.fullmatch(word))
    return kept, frozenset(word[:_BORROWED] for word in words if len(word) > _BORROWED) - kept


def _share(one: Sequence[object], other: Sequence[object]) -> float:
    """The share of two rows that agree, place by place from either end; 0 where both are empty."""
    most = max(len(one), len(other))
    if not most:
        return 0.0
    first = sum(mine == theirs for mine, theirs in zip(one, other, strict=False))
    last = sum(mine == theirs for mine, theirs in zip(one[::-1], other[::-1], strict=False))
    return max(first, last) / most
