"""LV: levels of the sectoral qualifications framework (ОРК)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from profstd.document import ROOT, Pointer
from profstd.model import ListedProfession, Profession, Standard, WorkFunction
from profstd.validate import walk
from profstd.validate.rule import ERROR, WARNING, Basis, Hit, rule
from profstd.validate.wording import differing, folded, nearness

_LEVELS = range(1, 9)
_LIST = ROOT / "profession_list"

# Education as its distinctive words (regular expressions on folded text, the first to match
# takes the words), and the levels it is met at: the table of practice, a level wider where
# standards go further. Kazakh wordings stand beside the Russian ones.
_EDUCATION: Mapping[str, Sequence[int]] = {
    r"(?:послевузовск\w* образовани\w* |жоғары оқу орнынан кейінгі білім\w* )?"
    r"(?:докторант\w*|phd)": (7, 8),
    r"магистр\w*|резидент\w*|послевузовск\w*|жоғары оқу орнынан кейінгі": (6, 7, 8),
    r"послесредн\w*|прикладн\w* бакалавр\w*|орта білімнен кейінгі|қолданбалы бакалавр\w*"
    r"|неполн\w* высш\w*|незаконченн\w* высш\w*|аяқталмаған жоғары": (4, 5, 6),
    r"бакалавр\w*|специалитет\w*|ординатур\w*|высш\w*|жоғары": (5, 6, 7),
    r"\bтипо\b|техническ\w* и профессион\w*|рабоч\w* професси\w*|средн\w* звен\w*"
    r"|(?:начальн|средн)\w* (?:профессиональн|специальн)\w*|профессионально техническ\w*"
    r"|\bтжко?бб?\b|техникалық және кәсіптік|жұмысшы кәсіп\w*|орта буын\w*"
    r"|(?:арнайы|арнаулы) орта|орта (?:арнайы|арнаулы|кәсіптік)": (2, 3, 4, 5),
    r"(?:общ|основн|начальн)\w* (?:средн|общ)\w*|средн\w* (?:общ\w* )?образовани\w*"
    r"|начальн\w* образовани\w*|(?:негізгі|жалпы) орта|бастауыш білім\w*|\bорта білім\w*": (
        1,
        2,
        3,
    ),
}


@rule("LV01", ERROR, Basis.FRAMEWORK)
def level_out_of_range(standard: Standard) -> Iterator[Hit]:
    """A level is one of 1 to 8, in item 8, in a card and in its related professions."""
    for path, node in _with_level(standard):
        if node.level is not None and node.level not in _LEVELS:
            yield Hit(path / "level", {"level": node.level})


@rule("LV02", ERROR, Basis.FRAMEWORK, Basis.PRACTICE)
def sublevel_of_another_level(standard: Standard) -> Iterator[Hit]:
    """A sublevel is written n, n.m or n-m, n being its level; words without a digit are none."""
    for path, node in _with_level(standard):
        sublevel = node.sublevel or ""
        if node.level is None or not any(sign.isdecimal() for sign in sublevel):
            continue
        written = re.fullmatch(r"\s*([0-9]+)\s*(?:[.,\-–—]\s*[0-9]+\s*)?", sublevel)
        if written is None or int(written[1]) != node.level:
            case = "form" if written is None else "level"
            arguments = {"case": case, "sublevel": sublevel, "level": node.level}
            yield Hit(path / "sublevel", arguments)


def _with_level(standard: Standard) -> Iterator[tuple[Pointer, Any]]:
    for index, row in enumerate(standard.profession_list):
        yield _LIST / index, row
    for path, profession in walk.professions(standard):
        yield path, profession
        for index, link in enumerate(profession.related):
            yield path / "related" / index, link


@rule("LV03", ERROR, Basis.TEMPLATE, Basis.PRACTICE)
def list_and_cards_differ(standard: Standard, *, near: float = 80) -> Iterator[Hit]:
    """Item 8 lists the cards of chapter 3: name, level, order, each card once.

    A row belongs to the card of the same name and level, else of the same name, else of a
    name at least `near` like it (0 to 100), else to the next card where the levels agree.
    A card whose heading and row differ in name (LS04) agrees with either.
    """
    rows, cards = standard.profession_list, standard.professions
    if not rows or not cards:
        return
    pairs = _pairs(rows, cards, near)
    for index, row in enumerate(rows):
        arguments = {"name": row.name, "level": row.level, "number": row.number}
        if index not in pairs:
            yield Hit(_LIST / index, {"case": "no_card", **arguments})
            continue
        card = cards[pairs[index]]
        arguments |= walk.card_facts(card)
        if not walk.called(card, row.name):
            yield Hit(_LIST / index / "name", {"case": "name", **arguments})
        if card.level in _LEVELS and row.level != card.level:
            if row.level is None:
                yield Hit(_LIST / index / "level", {"case": "no_level", **arguments})
            elif row.level in _LEVELS:
                yield Hit(_LIST / index / "level", {"case": "level", **arguments})
    for index in _out_of_order(pairs):
        row, card = rows[index], cards[pairs[index]]
        arguments = {"name": row.name, "level": row.level, "number": row.number}
        yield Hit(_LIST / index, {"case": "order", **arguments, **walk.card_facts(card)})
    for position, (path, card) in enumerate(walk.professions(standard)):
        if position not in pairs.values():
            yield Hit(path, {"case": "unlisted", **walk.card_facts(card)})


def _likeness(card: Profession, name: str) -> float:
    names = [known for known in (card.name, card.heading) if known]
    return max((nearness(name, known) for known in names), default=0.0)


def _pairs(
    rows: Sequence[ListedProfession], cards: Sequence[Profession], near: float
) -> dict[int, int]:
    """Positions of rows with the positions of their cards."""
    pairs: dict[int, int] = {}
    free = list(range(len(cards)))

    def same(index: int) -> int | None:
        level = rows[index].level
        return next((card for card in named(index) if cards[card].level == level), None)

    def named(index: int) -> list[int]:
        return [card for card in free if walk.called(cards[card], rows[index].name)]

    def same_name(index: int) -> int | None:
        return next(iter(named(index)), None)

    def near_name(index: int) -> int | None:
        likeness = {card: _likeness(cards[card], rows[index].name) for card in free}
        best = max(likeness, key=lambda card: likeness[card], default=None)
        return None if best is None or likeness[best] < near else best

    def neighbour(index: int) -> int | None:
        card = pairs[index - 1] + 1 if index - 1 in pairs else index
        return card if card in free and cards[card].level == rows[index].level else None

    for choose in (same, same_name, near_name, neighbour):
        for index in range(len(rows)):
            if index not in pairs and (card := choose(index)) is not None:
                pairs[index] = card
                free.remove(card)
    return dict(sorted(pairs.items()))


def _out_of_order(pairs: Mapping[int, int]) -> list[int]:
    """The rows to move so that the rest follows the cards: all outside a longest rising run."""
    ends: list[int] = []
    runs: list[list[int]] = []
    for row, card in pairs.items():
        length = bisect_left(ends, card)
        run = [*(runs[length - 1] if length else []), row]
        ends[length : length + 1] = [card]
        runs[length : length + 1] = [run]
    kept = set(runs[-1]) if runs else set()
    return [row for row in pairs if row not in kept]


@rule("LV04", WARNING, Basis.PRACTICE)
def education_unlike_level(
    standard: Standard, *, table: Mapping[str, Sequence[int]] = _EDUCATION
) -> Iterator[Hit]:
    """At least one education of a card is usual at its level.

    `table`: education as a regular expression on text without case and punctuation, and
    the levels it is usual at. Wordings that the table does not know say nothing.
    """
    patterns = [(re.compile(pattern), levels) for pattern, levels in table.items()]
    for path, card in walk.professions(standard):
        usual: set[int] = set()
        texts = [row.level for row in card.education if row.level]
        for text in texts:
            usual |= _levels_of(text, patterns)
        if usual and card.level in _LEVELS and card.level not in usual:
            place = path / "education"
            if len(card.education) == 1:
                place = place / 0 / "level"
            yield Hit(place, {"education": texts, "level": card.level, "levels": sorted(usual)})


def _levels_of(
    education: str, patterns: Sequence[tuple[re.Pattern[str], Sequence[int]]]
) -> set[int]:
    levels: set[int] = set()
    rest = folded(education)
    for pattern, known in patterns:
        rest, count = pattern.subn("|", rest)
        levels |= set(known if count else ())
    return levels


@rule("LV06", WARNING, Basis.FRAMEWORK, Basis.PRACTICE)
def levels_alike(standard: Standard, *, near: float = 97, share: float = 0.8) -> Iterator[Hit]:
    """Professions of different levels differ in their purpose and in their skills.

    `near`: purposes at least so like each other (0 to 100) are the same. `share`: the part
    of the larger set of skills that the other card has in the same words, 0 to 1. A copy
    is told once, beside the first card it is like.
    """
    cards = list(walk.professions(standard))
    skills = [
        {folded(at.skill.name) for at in walk.skills_of(path, card) if at.skill.name}
        for path, card in cards
    ]
    for index, (path, card) in enumerate(cards):
        earlier = [
            position
            for position in range(index)
            if None not in (card.level, cards[position][1].level)
            and card.level != cards[position][1].level
        ]
        alike = {
            "purpose": next((p for p in earlier if _same_purpose(cards[p][1], card, near)), None),
            "skills": next((p for p in earlier if _share(skills[p], skills[index]) >= share), None),
        }
        if alike["purpose"] == alike["skills"]:
            alike = {"both": alike["purpose"]}
        for case, position in alike.items():
            if position is None:
                continue
            first = cards[position][1]
            found, other = differing(card.purpose or "", first.purpose or "")
            if case == "purpose" and folded(card.purpose or "") != folded(first.purpose or ""):
                case = "near_purpose"
            arguments = {
                "case": case,
                "level": card.level,
                "purpose": card.purpose,
                "found_words": found or None,
                "other_words": other or None,
                "same_skills": len(skills[position] & skills[index]),
                "skills": len(skills[index]),
            }
            place = path / ("functions" if case == "skills" else "purpose")
            yield Hit(place, {**arguments, **walk.card_facts(first)})


def _same_purpose(first: Profession, second: Profession, near: float) -> bool:
    if not first.purpose or not second.purpose:
        return False
    return nearness(first.purpose, second.purpose) >= near


def _share(first: set[str], second: set[str]) -> float:
    return len(first & second) / max(len(first), len(second), 1)


@rule("LV07", WARNING, Basis.FRAMEWORK, Basis.PRACTICE)
def mandatory_at_lower_level(
    standard: Standard, *, near: float = 85, words: int = 4
) -> Iterator[Hit]:
    """A work function mandatory at one level is not merely additional at a higher one.

    Two names are one function when they are at least `near` like each other (0 to 100), or
    when one begins with the other and that has at least `words` words.
    """
    cards = list(walk.professions(standard))
    for path, card in cards:
        lower = [
            (other, function)
            for _, other in cards
            if card.level and other.level and other.level < card.level
            for function in _of_kind(other, "mandatory")
        ]
        mandatory = [function.name or "" for function in _of_kind(card, "mandatory")]
        for index, function in enumerate(card.functions):
            name = function.name or ""
            if function.kind != "additional" or any(
                _one_function(name, other, near, words) for other in mandatory
            ):
                continue
            for other, found in lower:
                if _one_function(name, found.name or "", near, words):
                    arguments = {"name": name, "level": card.level, "lower_name": found.name}
                    place = path / "functions" / index / "kind"
                    yield Hit(place, {**arguments, **walk.card_facts(other)})
                    break


def _of_kind(card: Profession, kind: str) -> list[WorkFunction]:
    return [function for function in card.functions if function.kind == kind]


def _one_function(first: str, second: str, near: float, words: int) -> bool:
    first, second = sorted((folded(first), folded(second)), key=len)
    if not first:
        return False
    begins = second.startswith(f"{first} ") and len(first.split()) >= words
    return begins or nearness(first, second) >= near
