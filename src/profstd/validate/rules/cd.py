"""CD: codes of occupations, of the standard and of economic activities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args

from profstd.document import ROOT, Pointer
from profstd.model import (
    GroupCode,
    OccupationCode,
    Profession,
    Rank,
    Standard,
    StandardCode,
)
from profstd.validate import walk
from profstd.validate.rule import ERROR, WARNING, Basis, Hit, rule
from profstd.validate.wording import folded


def _form(annotated: Any) -> re.Pattern[str]:
    """The pattern that the model gives a type of code."""
    return re.compile(get_args(annotated)[1].pattern)


_OCCUPATION = _form(OccupationCode)
_GROUP = _form(GroupCode)
_STANDARD = _form(StandardCode)

# What was meant for the code of a name: «8341-1-04 - Водитель», at the beginning or within.
_ODD_CODE = re.compile(
    r"(?<![\w-])[0-9]{3,5}[-–—][0-9]{1,2}(?:[-–—][0-9]{1,4})?(?=\s+[-–—]?\s*[^\W\d])"
)

# Cyrillic capitals that look like the letter of a section.
_LATIN = str.maketrans("АВЕЅІЈКМНОРСТ", "ABESIJKMHOPCT")

_RANKS: tuple[Rank, ...] = get_args(Rank)
_RANK_FORMS = {
    "section": re.compile(r"[A-U]"),
    "division": re.compile(r"[0-9]{2}"),
    "group": re.compile(r"[0-9]{2}\.[0-9]"),
    "class": re.compile(r"[0-9]{2}\.[0-9]{2}"),
    "subclass": re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]"),
}

# First and last division of each section: NACE Rev. 2, with which НК РК 03-2019 agrees.
_DIVISIONS = {
    "A": (1, 3),
    "B": (5, 9),
    "C": (10, 33),
    "D": (35, 35),
    "E": (36, 39),
    "F": (41, 43),
    "G": (45, 47),
    "H": (49, 53),
    "I": (55, 56),
    "J": (58, 63),
    "K": (64, 66),
    "L": (68, 68),
    "M": (69, 75),
    "N": (77, 82),
    "O": (84, 84),
    "P": (85, 85),
    "Q": (86, 88),
    "R": (90, 93),
    "S": (94, 96),
    "T": (97, 98),
    "U": (99, 99),
}


class _Named(NamedTuple):
    """A profession with its code and name: a card's own, or one of its other names."""

    path: Pointer
    code: str | None
    name: str
    card: Profession


def _other_names(standard: Standard) -> Iterator[_Named]:
    for path, card in walk.professions(standard):
        for index, other in enumerate(card.other_names):
            yield _Named(path / "other_names" / index, other.code, other.name or "", card)


def _named(standard: Standard) -> Iterator[_Named]:
    for path, card in walk.professions(standard):
        yield _Named(path, card.code, card.name or "", card)
    yield from _other_names(standard)


@rule("CD01", ERROR, Basis.OCCUPATIONS, Basis.PRACTICE)
def occupation_code_form(standard: Standard) -> Iterator[Hit]:
    """An occupation code has the form dddd-d-ddd (X for the first digit of armed forces).

    In a card and in its other names, also where it was too odd to be taken for one and
    stands in the name; what the code of a related profession should be is told by LK01.
    """
    for item in _named(standard):
        if item.code and not _OCCUPATION.search(item.code):
            yield _malformed(item.path / "code", item.code, (4, 1, 3))
    for item in _other_names(standard):
        for match in _ODD_CODE.finditer(item.name):
            yield _malformed(item.path / "name", match[0], (4, 1, 3))


@rule("CD02", ERROR, Basis.OCCUPATIONS)
def group_code_form(standard: Standard) -> Iterator[Hit]:
    """A group code has the form dddd-d (X for the first digit of armed forces)."""
    for path, card in walk.professions(standard):
        if card.group_code and not _GROUP.search(card.group_code):
            yield _malformed(path / "group_code", card.group_code, (4, 1))


def _malformed(path: Pointer, code: str, widths: tuple[int, ...]) -> Hit:
    """With the code as it should be, where only its hyphens or spaces are wrong."""
    signs = re.sub(r"[\W_]+", "", code)
    if len(signs) != sum(widths) or not re.fullmatch(r"[0-9X][0-9]+", signs):
        return Hit(path, {"case": "other", "code": code})
    parts = []
    for width in widths:
        parts.append(signs[:width])
        signs = signs[width:]
    return Hit(path, {"case": "hyphens", "code": code, "expected": "-".join(parts)})


@rule("CD03", ERROR, Basis.OCCUPATIONS, Basis.PRACTICE)
def code_outside_group(standard: Standard) -> Iterator[Hit]:
    """The occupation code begins with the group code of the card; both well formed."""
    for path, card in walk.professions(standard):
        code, group = card.code or "", card.group_code or ""
        if _OCCUPATION.search(code) and _GROUP.search(group) and not code.startswith(f"{group}-"):
            yield Hit(
                path / "code", {"code": code, "group": group, "expected": code.rpartition("-")[0]}
            )


@rule("CD04", ERROR, Basis.ACTIVITIES, Basis.PRACTICE)
def standard_code(standard: Standard) -> Iterator[Hit]:
    """The standard's code is a letter and eight digits and begins with its activity.

    J63991088: section J, subclass 63.99.1 without its points, three digits more. It is
    held against item 6 only as far as item 6 agrees with itself (CD05).
    """
    code = standard.code
    if not code:
        return
    path = ROOT / "code"
    if not _STANDARD.search(code):
        latin = code[0].translate(_LATIN) + code[1:]
        if _STANDARD.search(latin):
            yield Hit(
                path, {"case": "cyrillic", "code": code, "letter": code[0], "expected": latin}
            )
        else:
            yield Hit(path, {"case": "form", "code": code})
        return
    if any(_contradictions(standard)):
        return
    by_rank = {item.rank: item.code for item in standard.economic_activities}
    narrowest = next((by_rank[rank] for rank in reversed(_RANKS[1:]) if rank in by_rank), "")
    section = by_rank.get("section") or _section_of(narrowest) or code[0]
    expected = section + narrowest.replace(".", "")
    if not code.startswith(expected):
        activities = [item for item in (by_rank.get("section"), narrowest) if item]
        yield Hit(
            path,
            {"case": "activity", "code": code, "expected": expected, "activities": activities},
        )


@rule("CD05", ERROR, Basis.ACTIVITIES, Basis.TEMPLATE)
def economic_activities(standard: Standard) -> Iterator[Hit]:
    """Item 6 names five ranks once each, from section to subclass, each within the one above."""
    path = ROOT / "economic_activities"
    seen: list[Rank] = []
    in_order = True
    for index, item in enumerate(standard.economic_activities):
        arguments = {"rank": item.rank, "code": item.code}
        if item.rank in seen:
            yield Hit(path / index, {"case": "repeated", **arguments})
            continue
        if in_order and seen and _RANKS.index(item.rank) < _RANKS.index(seen[-1]):
            in_order = False
            yield Hit(path / index, {"case": "order", "after": seen[-1], **arguments})
        seen.append(item.rank)
    for rank in _RANKS if seen else ():
        if rank not in seen:
            yield Hit(path, {"case": "missing", "rank": rank})
    yield from _contradictions(standard)


def _contradictions(standard: Standard) -> Iterator[Hit]:
    """Codes that do not fit their rank or the other codes of item 6."""
    places: dict[Rank, tuple[Pointer, str]] = {}
    for index, item in enumerate(standard.economic_activities):
        place = ROOT / "economic_activities" / index / "code"
        if not _RANK_FORMS[item.rank].fullmatch(item.code):
            yield Hit(place, {"case": "form", "rank": item.rank, "code": item.code})
        elif item.rank not in places:
            places[item.rank] = place, item.code
    codes = [places[rank][1] for rank in _RANKS[1:] if rank in places]
    # What the most codes agree on is right, or what the standard's own code agrees with;
    # the rest is what does not fit in.
    chains = [[code for code in codes if last.startswith(code)] for last in codes]
    own = (standard.code or "")[1:]
    chain = max(
        chains,
        key=lambda chain: (len(chain), own.startswith(chain[-1].replace(".", ""))),
        default=[],
    )
    if not chain:
        return
    for rank, (place, code) in places.items():
        arguments = {"rank": rank, "code": code, "narrowest": chain[-1]}
        if rank == "section":
            expected = _section_of(chain[-1])
            if expected and code != expected:
                yield Hit(place, {"case": "section", "expected": expected, **arguments})
        elif code not in chain:
            wider = len(code) < len(chain[-1])
            expected = chain[-1][: len(code)]
            yield Hit(
                place, {"case": "wider" if wider else "narrower", "expected": expected, **arguments}
            )


def _section_of(code: str) -> str | None:
    """The section that the division of a code belongs to."""
    division = int(code[:2]) if code[:2].isdecimal() else 0
    found = (letter for letter, (low, high) in _DIVISIONS.items() if low <= division <= high)
    return next(found, None)


@rule("CD07", ERROR, Basis.OCCUPATIONS, Basis.PRACTICE)
def code_and_name_disagree(standard: Standard) -> Iterator[Hit]:
    """A code has one name and a name one code, in the cards and their other names.

    Cards of one profession at several levels share both, so levels play no part.
    """
    by_code: dict[str, list[_Named]] = {}
    by_name: dict[str, list[_Named]] = {}
    for item in _named(standard):
        if not item.code or not item.name:
            continue
        same_code = by_code.setdefault(item.code, [])
        same_name = by_name.setdefault(folded(item.name), [])
        # A pair of code and name is told once, however often it is repeated.
        known = any(other.code == item.code for other in same_name)
        if same_code and not known:
            yield _disagreement("code", item.path / "name", item, same_code[0])
        elif same_name and not known:
            yield _disagreement("name", item.path / "code", item, same_name[0])
        same_code.append(item)
        same_name.append(item)


def _disagreement(case: str, path: Pointer, item: _Named, first: _Named) -> Hit:
    return Hit(
        path,
        {
            "case": case,
            "code": item.code,
            "name": item.name,
            "first_code": first.code,
            "first_name": first.name,
            **walk.card_facts(first.card),
        },
    )


@rule("CD08", WARNING, Basis.PRACTICE)
def other_name_has_card(standard: Standard) -> Iterator[Hit]:
    """An "other name" of a profession is no profession that has a card in the standard."""
    for item in _other_names(standard):
        cards = _cards_of(standard, item)
        if not cards:
            continue
        own = any(card is item.card for card in cards)
        if own and not walk.called(item.card, item.name):
            continue  # the card's own code with a name that is not its own: CD07
        arguments = {
            "name": item.name,
            "code": item.code,
            "cards": [walk.card_number(card) for card in cards],
            "levels": sorted({card.level for card in cards if card.level is not None}),
            **walk.card_facts(cards[0]),
        }
        case = "other" if walk.called(cards[0], item.name) else "coded"
        case = "own" if own else "several" if len(cards) > 1 else case
        yield Hit(item.path, {"case": case, **arguments})


def _cards_of(standard: Standard, item: _Named) -> list[Profession]:
    return [
        card
        for card in standard.professions
        if (item.code and card.code == item.code) or walk.called(card, item.name)
    ]


@rule("CD09", WARNING, Basis.PRACTICE)
def other_name_shared(standard: Standard) -> Iterator[Hit]:
    """An "other name" belongs to one profession; its cards at several levels may share it.

    One that has a card of its own is told by CD08, one code with two names by CD07. Names
    that the same cards share are told together, at the second profession that has them.
    """
    codes = {folded(item.name): item.code for item in _other_names(standard) if item.code}
    names: dict[tuple[str, str], dict[Pointer, _Named]] = {}
    for item in _other_names(standard):
        name = folded(item.name)
        key = item.code or codes.get(name) or "", name
        if any(key) and not _cards_of(standard, item):
            names.setdefault(key, {}).setdefault(item.path.parent, item)
    groups: dict[tuple[Pointer, ...], list[dict[Pointer, _Named]]] = {}
    for places in names.values():
        groups.setdefault(tuple(places), []).append(places)
    for group in groups.values():
        first, *others = (item.card for item in group[0].values())
        stranger = next((card for card in others if not _same_profession(card, first)), None)
        if stranger:
            shared = [
                next(item for item in places.values() if item.card is stranger) for places in group
            ]
            arguments = {
                "case": "group" if len(others) > 1 else "pair",
                "names": [f"«{item.name}»" for item in shared],
                "cards": [walk.card_number(card) for card in others if card is not stranger],
            }
            path = shared[0].path if len(shared) == 1 else shared[0].path.parent
            yield Hit(path, {**arguments, **walk.card_facts(first)})


def _same_profession(first: Profession, second: Profession) -> bool:
    same_code = first.code is not None and first.code == second.code
    return same_code or walk.called(first, second.name)
