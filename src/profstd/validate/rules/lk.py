"""LK: links between professions («Связь с другими профессиями в рамках ОРК»)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, get_args

from rapidfuzz import fuzz

from profstd.document import Pointer
from profstd.model import OccupationCode, Profession, RelatedProfession, Standard
from profstd.validate import walk
from profstd.validate.rule import ERROR, WARNING, Basis, Hit, rule
from profstd.validate.wording import difference, folded, nearness

# Latin letters by their sound: «Call» and «колл» are one word written in two scripts.
_SOUNDS = str.maketrans(
    dict(zip("abcdefghijklmnopqrstuvwyz", "абкдефгхижклмнопкрстуввйз", strict=True))
)

_CODE = re.compile(get_args(OccupationCode)[1].pattern)
_LEVELS = frozenset(range(1, 9))


class _Link(NamedTuple):
    """A row of «Связь с другими профессиями», its card, and the cards it can mean."""

    path: Pointer
    row: RelatedProfession
    owner: int
    card: Profession
    targets: tuple[int, ...]

    @property
    def to_itself(self) -> bool:
        return self.targets == (self.owner,) and (
            None in (self.row.level, self.card.level) or self.row.level == self.card.level
        )


def _links(standard: Standard) -> Iterator[_Link]:
    for owner, (path, card) in enumerate(walk.professions(standard)):
        for index, row in enumerate(card.related):
            if row.code or row.name:
                targets = _targets(standard, row)
                yield _Link(path / "related" / index, row, owner, card, targets)


def _targets(standard: Standard, row: RelatedProfession) -> tuple[int, ...]:
    """The cards that a row can mean: a code and a name of two cards leave both open."""
    coded = walk.meant(standard, row.code, row.level, row.name)
    if any(walk.called(standard.professions[index], row.name) for index in coded):
        return coded
    return tuple(dict.fromkeys(coded + walk.meant(standard, None, row.level, row.name)))


def _coded(standard: Standard, row: RelatedProfession) -> list[Profession]:
    return [card for card in standard.professions if row.code and card.code == row.code]


def _namesake(standard: Standard, row: RelatedProfession) -> Profession | None:
    """A card that the row's name belongs to although its code is another's."""
    named = walk.meant(standard, None, row.level, row.name)
    card = standard.professions[named[0]] if named else None
    return card if card and row.code and card.code != row.code else None


@rule("LK01", ERROR, Basis.FRAMEWORK, Basis.PRACTICE)
def linked_profession_unknown(standard: Standard, *, known: Sequence[str] = ()) -> Iterator[Hit]:
    """The code of a related profession is that of a card of this standard.

    Without a code the name is looked for. Silent where the card of that name has a
    malformed code itself. `known`: codes of professions of other standards that may be
    linked to.
    """
    for link in _links(standard):
        row = link.row
        if row.code in known or _coded(standard, row):
            continue
        arguments = {"code": row.code, "name": row.name, "level": row.level}
        cards = [standard.professions[index] for index in link.targets]
        if not row.code and not cards:
            yield Hit(link.path / "name", {"case": "name", **arguments})
        elif row.code and not cards:
            yield Hit(link.path / "code", {"case": "code", **arguments})
        elif row.code and _is_code(cards[0].code):
            facts = {"expected": cards[0].code, **walk.card_facts(cards[0])}
            yield Hit(link.path / "code", {"case": "named", **arguments, **facts})


def _is_code(code: str | None) -> bool:
    return code is not None and _CODE.fullmatch(code) is not None


@rule("LK02", ERROR, Basis.FRAMEWORK, Basis.PRACTICE)
def linked_level_unknown(standard: Standard) -> Iterator[Hit]:
    """A related profession has a card at the level that stands beside it.

    Silent where a card of it has no level, or none of the framework's.
    """
    for link in _links(standard):
        row = link.row
        cards = _coded(standard, row) or [standard.professions[index] for index in link.targets]
        levels = {card.level for card in cards}
        if not levels or row.level is None or row.level in levels or not levels <= _LEVELS:
            continue
        namesake = _namesake(standard, row)
        if namesake is None or namesake.level != row.level:
            arguments = {"code": cards[0].code, "name": row.name, "level": row.level}
            found = {"levels": sorted({card.level for card in cards if card.level})}
            yield Hit(link.path / "level", {**arguments, **found})


@rule("LK03", ERROR, Basis.FRAMEWORK, Basis.PRACTICE)
def linked_name_differs(standard: Standard, *, close: float = 75) -> Iterator[Hit]:
    """The name beside a code is the name on the card with that code.

    A warning only, where the names are two spellings of one: as many words, and each at
    least `close` like its counterpart (0 to 100). Word by word, since whole names of
    unlike professions are alike too («Инженер-механик», «Инженер-химик»); 75 lets one
    letter of four differ, as in «Call» and «колл» by their sound.
    """
    for link in _links(standard):
        row, name = link.row, link.row.name
        at_level = [card for card in _coded(standard, row) if card.level == row.level]
        cards = [card for card in at_level or _coded(standard, row) if card.name]
        if not name or not cards or link.to_itself:
            continue
        if any(walk.called(card, name) for card in cards):
            continue
        card = max(cards, key=lambda card: nearness(card.name or "", name))
        expected = card.name or ""
        found = difference(name, expected)
        words = {"name_words": found.first, "expected_words": found.second}
        arguments = {"code": row.code, "name": name, "expected": expected, **words}
        if namesake := _namesake(standard, row):
            facts = {"other_code": namesake.code, **walk.card_facts(namesake)}
            yield Hit(link.path / "name", {"case": "other", **arguments, **facts})
        else:
            alike = _two_spellings(name, expected, close)
            facts = {"case": "spelling" if alike else found.case, **walk.card_facts(card)}
            yield Hit(link.path / "name", {**arguments, **facts}, WARNING if alike else None)


def _two_spellings(first: str, second: str, close: float) -> bool:
    left, right = (folded(name).translate(_SOUNDS).split() for name in (first, second))
    if "".join(left) == "".join(right):
        return True
    return len(left) == len(right) and all(
        fuzz.ratio(one, other) >= close for one, other in zip(left, right, strict=True)
    )


@rule("LK04", WARNING, Basis.PRACTICE)
def link_one_way(standard: Standard) -> Iterator[Hit]:
    """Professions are linked both ways. Silent about one that nobody links to (LK05)."""
    links = list(_links(standard))
    pairs = {(link.owner, target) for link in links for target in link.targets}
    linked = {target for owner, target in pairs if owner != target}
    told: set[tuple[int, int]] = set()
    for link in links:
        pair = (link.owner, link.targets[0]) if len(link.targets) == 1 else None
        if pair is None or pair in told or link.owner not in linked or pair[::-1] in pairs:
            continue
        told.add(pair)
        target = standard.professions[pair[1]]
        owner = walk.card_facts(link.card, "owner")
        yield Hit(link.path, {**walk.card_facts(target), **owner})


@rule("LK05", WARNING, Basis.PRACTICE)
def profession_nobody_links_to(standard: Standard) -> Iterator[Hit]:
    """Some other profession links to each, in a standard that has links at all."""
    links = list(_links(standard))
    linked = {target for link in links for target in link.targets if target != link.owner}
    for index, (path, card) in enumerate(walk.professions(standard)):
        if links and len(standard.professions) > 1 and index not in linked:
            cards = [
                walk.card_number(standard.professions[target])
                for link in links
                for target in link.targets
                if link.owner == index != target
            ]
            if card.name or card.code:
                arguments = {"case": "links" if cards else "alone", "cards": cards}
                yield Hit(path, {**arguments, **walk.card_facts(card)})


@rule("LK06", ERROR, Basis.FRAMEWORK, Basis.PRACTICE)
def link_to_itself(standard: Standard) -> Iterator[Hit]:
    """A profession is not linked to itself; its card at another level is another one."""
    for link in _links(standard):
        if link.to_itself:
            arguments = {"code": link.row.code, "name": link.row.name, "level": link.row.level}
            yield Hit(link.path, {**arguments, **walk.card_facts(link.card)})


@rule("LK07", WARNING, Basis.FRAMEWORK, Basis.PRACTICE)
def link_twice(standard: Standard) -> Iterator[Hit]:
    """A profession is linked to once: by code and level, without a code by name and level."""
    for path, card in walk.professions(standard):
        coded: dict[tuple[str, int | None], int] = {}
        named: dict[tuple[str, int | None], int] = {}
        for index, row in enumerate(card.related):
            name = folded(row.name or "")
            if row.code:
                first = coded.setdefault((row.code, row.level), index)
                named.setdefault((name, row.level), index)
            elif name:
                first = named.setdefault((name, row.level), index)
            else:
                continue
            if first != index:
                arguments = {"code": row.code, "name": row.name, "level": row.level}
                yield Hit(path / "related" / index, {**arguments, "first": first + 1})
