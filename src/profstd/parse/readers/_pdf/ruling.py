"""Drawn lines put in order: pieces joined, doubles taken as one, those that meet together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from profstd.parse.readers._pdf.page import Rule

SNAP = 3.2  # lines so near beside one another are one, points: a double line
_BREAK = 4.0  # a blank so long does not end a line: dashes, borders drawn cell by cell
_BLANK, _DASH = 2.5, 12.0  # a shorter blank, or one beside a shorter piece, ends none either
_SHORTEST = 5.0
_REACH = 3.5  # so near to one another two lines meet
_INSIDE = 8.0  # a line across that ends so far from others shows that one down is missing
_MOST, _MOST_PAIRS = 2_000, 100_000  # a page with more lines is a drawing
_MOST_ENDS = 400


class Ruling:
    """Lines that meet: those across (`horizontal`) and those down (`vertical`)."""

    def __init__(self, horizontal: list[Rule], vertical: list[Rule]) -> None:
        self.horizontal = horizontal
        self.vertical = vertical

    @property
    def top(self) -> float:
        """The place of the highest end of any line."""
        return min([rule.at for rule in self.horizontal] + [rule.start for rule in self.vertical])

    @property
    def bottom(self) -> float:
        """The place of the lowest end of any line."""
        return max([rule.at for rule in self.horizontal] + [rule.end for rule in self.vertical])


def arrange(horizontal: Iterable[Rule], vertical: Iterable[Rule]) -> list[Ruling]:
    """The groups of lines that meet, from top to bottom.

    Lines down that meet none across belong to the group between whose ends they stand:
    a label cell that both page ends cut has no line of its own across. A group of lines
    across that no line down meets has no `vertical`.
    """
    across = _merged(horizontal)
    down = _merged(vertical, [rule.at for rule in across])
    if max(len(across), len(down)) > _MOST or len(across) * len(down) > _MOST_PAIRS:
        return []
    groups = _meeting(across, down)
    lone = [group.vertical[0] for group in groups if not group.horizontal]
    groups = [group for group in groups if group.horizontal]
    for rule in lone:
        _adopt(rule, groups)
    for group in groups:
        if group.vertical and 0 < len(group.horizontal) < _MOST_ENDS:
            _complete(group)
    return sorted(groups, key=lambda group: group.top)


def _merged(rules: Iterable[Rule], crossed: Sequence[float] = ()) -> list[Rule]:
    """Lines that go on in one another, or run side by side as double lines do, as one."""
    ordered = sorted(rules)
    merged: list[Rule] = []
    begin = 0
    while begin < len(ordered):
        end, limit = begin + 1, ordered[begin].at + SNAP
        while end < len(ordered) and ordered[end].at <= limit:
            end += 1
        merged += _joined(ordered[begin:end], crossed)
        begin = end
    return merged


def _joined(rules: list[Rule], crossed: Sequence[float]) -> list[Rule]:
    at = (rules[0].at + rules[-1].at) / 2
    if len(rules) > 1:
        rules.sort(key=itemgetter(1))
    joined: list[Rule] = []
    start, end = rules[0].start, rules[0].end
    for rule in rules[1:]:
        if rule.start > end + _BREAK or (
            rule.start > end + _BLANK
            and min(end - start, rule.end - rule.start) > _DASH
            and _is_between_tables(end, rule.start, crossed)
        ):
            if end - start >= _SHORTEST:
                joined.append(Rule(at, start, end))
            start = rule.start
            end = rule.end
        elif rule.end > end:
            end = rule.end
    if end - start >= _SHORTEST:
        joined.append(Rule(at, start, end))
    return joined


def _is_between_tables(end: float, start: float, crossed: Sequence[float]) -> bool:
    """Whether a line's blank is one of the page: within a table lines across stand there."""
    at = bisect_left(crossed, end - SNAP)
    return bool(crossed) and (at == len(crossed) or crossed[at] > start + SNAP)


def _meeting(across: list[Rule], down: list[Rule]) -> list[Ruling]:
    """Lines that meet, directly or through others."""
    parents = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = index = parents[parents[index]]
        return index

    for one, (y, left, right) in enumerate(across):
        left, right = left - _REACH, right + _REACH
        for two, (x, top, bottom) in enumerate(down, start=len(across)):
            if left <= x <= right and top - _REACH <= y <= bottom + _REACH:
                parents[root(two)] = root(one)
    rules = across + down
    members = sorted(range(len(rules)), key=root)
    groups = []
    for _, group in groupby(members, key=root):
        indices = list(group)
        groups.append(
            Ruling(
                [rules[index] for index in indices if index < len(across)],
                [rules[index] for index in indices if index >= len(across)],
            )
        )
    return groups


def _complete(group: Ruling) -> None:
    """Add the lines down that are not drawn, but at which lines across end inside a table."""
    left = min(rule.start for rule in group.horizontal)
    right = max(rule.end for rule in group.horizontal)
    added: list[Rule] = []
    for at, start, end in group.horizontal:
        for x in (start, end):
            if left + _INSIDE < x < right - _INSIDE and not any(
                abs(rule.at - x) < _INSIDE and rule.start - _REACH <= at <= rule.end + _REACH
                for rule in [*group.vertical, *added]
            ):
                across = [
                    rule.at for rule in group.horizontal if rule.start < x - 1 and rule.end > x + 1
                ]
                above = max((y for y in across if y < at), default=at)
                below = min((y for y in across if y > at), default=at)
                if below > above:
                    added.append(Rule(x, above, below))
    group.vertical += added


def _adopt(rule: Rule, groups: list[Ruling]) -> None:
    """Put a line down that meets no line across into the group it belongs to."""
    for group in groups:
        if (
            group.vertical
            and abs(group.top - rule.start) <= _REACH
            and abs(group.bottom - rule.end) <= _REACH
        ):
            group.vertical.append(rule)
            return
    groups.append(Ruling([], [rule]))
