"""LV: levels of the sectoral qualifications framework (ОРК)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rapidfuzz.distance import Indel

from profstd.document import ROOT, Pointer
from profstd.model import Language, ListedProfession, Profession, Standard, WorkFunction
from profstd.validate import walk
from profstd.validate.rule import ERROR, WARNING, Basis, Hit, rule
from profstd.validate.wording import begins, difference, earlier_twins, folded, nearness

_LEVELS = frozenset(range(1, 9))
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
    """A sublevel is written n, n.m or n-m, n being its level; words without a digit are none.

    Silent beside a level that does not exist (LV01).
    """
    for path, node in _with_level(standard):
        sublevel = node.sublevel or ""
        if node.level not in _LEVELS or not any(sign.isdecimal() for sign in sublevel):
            continue
        written = re.fullmatch(r"\s*([0-9]{1,9})\s*(?:[.,\-–—]\s*[0-9]+\s*)?", sublevel)
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
            case = "no_card" if row.level is not None else "no_card_no_level"
            yield Hit(_LIST / index, {"case": case, **arguments})
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
            case = "unlisted" if card.level is not None else "unlisted_no_level"
            yield Hit(path, {"case": case, **walk.card_facts(card)})


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
    patterns = [(_pattern(pattern), levels) for pattern, levels in table.items()]
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


def _pattern(text: str) -> re.Pattern[str]:
    """`text` as a regular expression; as plain words where it is none."""
    try:
        return re.compile(text)
    except re.error:
        return re.compile(re.escape(folded(text)))


def _levels_of(
    education: str, patterns: Sequence[tuple[re.Pattern[str], Sequence[int]]]
) -> set[int]:
    levels: set[int] = set()
    rest = folded(education)
    for pattern, known in patterns:
        rest, count = pattern.subn("|", rest)
        levels |= set(known if count else ())
    return levels


# As for SK07: with the same likeness the twins of a standard are looked for only once.
_TWINS_NEAR = 92
# Words that levels are told apart by: where only one purpose has them, they say enough.
_LEVEL_WORDS = re.compile(
    r"\b(?:самостоятельн|ответственн|руковод|контрол|стратег|сложн|несложн|прост|типов"
    r"|дербес|жауапты|басшылы|басқар|бақыла|күрделі|қарапайым|үлгілік)"
)


class _Parts(NamedTuple):
    """The named skills and work functions of a card, folded, each with its work function."""

    skills: list[tuple[int, str]]
    functions: list[tuple[int, str]]

    @property
    def size(self) -> int:
        return len(self.skills) + len(self.functions)


@rule("LV06", WARNING, Basis.FRAMEWORK, Basis.PRACTICE)
def levels_alike(
    standard: Standard, *, near: float = 97, words: int = 2, share: float = 0.6, least: int = 4
) -> Iterator[Hit]:
    """Professions of different levels differ in their purpose, work functions and skills.

    Purposes are the same when they are at least `near` like each other (0 to 100), or when
    one has at most `words` words more, a tenth of all at most, and none that levels are
    told apart by («самостоятельно»). `share`: the part (0 to 1) of the smaller card's work
    functions and skills that the other has under the same or a twin name; at least `least`
    of them, and not of a single work function, which unlike professions may share. A copy
    is told once, beside the first card it is like.
    """
    cards = list(walk.professions(standard))
    parts = [_parts(card) for _, card in cards]
    twins = _twins(standard)
    for index, (path, card) in enumerate(cards):
        told: set[str] = set()
        for position, (_, first) in enumerate(cards[:index]):
            if card.level == first.level or not {card.level, first.level} <= _LEVELS:
                continue
            purpose = _like_purpose(card, first, near, words)
            common = _common(parts[index], parts[position], twins)
            smaller = min(parts[index], parts[position], key=lambda item: item.size)
            alike = {"purpose"} if purpose else set()
            if common.size >= max(least, share * smaller.size) and _is_spread(common, smaller):
                alike.add("parts")
            if alike <= told:
                continue
            case = purpose[0] if purpose and "purpose" not in told else "parts"
            told |= alike
            yield Hit(
                path / ("functions" if case == "parts" else "purpose"),
                {
                    "case": case,
                    "level": card.level,
                    "purpose": card.purpose,
                    "found_words": purpose and purpose[1],
                    "other_words": purpose and purpose[2],
                    "common_skills": len(common.skills),
                    "skills": len(parts[index].skills),
                    "card_skills": len(parts[position].skills),
                    "common_functions": len(common.functions),
                    "functions": len(parts[index].functions),
                    "card_functions": len(parts[position].functions),
                    **walk.card_facts(first),
                },
            )


def _like_purpose(
    card: Profession, first: Profession, near: float, words: int
) -> tuple[str, str | None, str | None] | None:
    """The case of two purposes that are alike, and the words that only the one has."""
    one, other = folded(card.purpose or ""), folded(first.purpose or "")
    if not one or not other:
        return None
    if one == other:
        return "purpose", None, None
    shorter, longer = sorted((one.split(), other.split()), key=len)
    more = len(longer) - len(shorter)
    widened = more <= min(words, len(longer) // 10) and Indel.distance(shorter, longer) == more
    if not widened and nearness(one, other) < near:
        return None
    found = difference(card.purpose or "", first.purpose or "")
    if _LEVEL_WORDS.search(folded(f"{found.first} {found.second}")):
        return None
    return ("words" if found.case == "whole" else found.case), found.first, found.second


def _parts(card: Profession) -> _Parts:
    functions = list(enumerate(card.functions))
    return _Parts(
        [
            (index, folded(skill.name))
            for index, item in functions
            for skill in item.skills
            if skill.name
        ],
        [(index, folded(item.name)) for index, item in functions if item.name],
    )


def _twins(standard: Standard) -> Mapping[str, set[str]]:
    """The skills and the work functions that are most probably one, by any of their names."""
    skills = dict.fromkeys(folded(at.skill.name or "") for at in walk.skills(standard))
    functions = dict.fromkeys(folded(item.name or "") for _, item, _ in walk.functions(standard))
    found: dict[str, set[str]] = {}
    for every in (skills, functions):
        names = tuple(name for name in every if name)
        for name, others in earlier_twins(names, standard.language, _TWINS_NEAR).items():
            for other in (name, *others):
                found.setdefault(name, set()).add(other)
                found.setdefault(other, set()).add(name)
    return found


def _common(first: _Parts, second: _Parts, twins: Mapping[str, set[str]]) -> _Parts:
    """Those of the smaller card that the larger one has too."""
    smaller, larger = sorted((first, second), key=lambda item: item.size)
    return _Parts(
        *(
            [(index, name) for index, name in few if not twins.get(name, set()).isdisjoint(known)]
            for few, known in (
                (smaller.skills, {name for _, name in larger.skills}),
                (smaller.functions, {name for _, name in larger.functions}),
            )
        )
    )


def _is_spread(common: _Parts, smaller: _Parts) -> bool:
    """Whether what is common stands in two work functions, or in the only one there is."""
    places = {index for index, _ in (*common.skills, *common.functions)}
    return len(places) >= min(2, len(smaller.functions))


@rule("LV07", WARNING, Basis.FRAMEWORK, Basis.PRACTICE)
def mandatory_at_lower_level(
    standard: Standard, *, near: float = 85, words: int = 4
) -> Iterator[Hit]:
    """A work function mandatory at one level is not merely additional at a higher one.

    Two names are one function when they are at least `near` like each other (0 to 100), or
    when one begins with the other (in Kazakh: ends with it) and that has at least `words`
    words.
    """
    cards = list(walk.professions(standard))
    for path, card in cards:
        lower = [
            (other, function)
            for _, other in cards
            if _is_lower(other, card)
            for function in _of_kind(other, "mandatory")
        ]
        mandatory = [function.name or "" for function in _of_kind(card, "mandatory")]
        for index, function in enumerate(card.functions):
            name = function.name or ""
            if function.kind != "additional" or any(
                _one_function(name, other, standard.language, near, words) for other in mandatory
            ):
                continue
            for other, found in lower:
                if _one_function(name, found.name or "", standard.language, near, words):
                    arguments = {"name": name, "level": card.level, "lower_name": found.name}
                    place = path / "functions" / index / "kind"
                    yield Hit(place, {**arguments, **walk.card_facts(other)})
                    break


def _is_lower(first: Profession, second: Profession) -> bool:
    return {first.level, second.level} <= _LEVELS and (first.level or 0) < (second.level or 0)


def _of_kind(card: Profession, kind: str) -> list[WorkFunction]:
    return [function for function in card.functions if function.kind == kind]


def _one_function(first: str, second: str, language: Language, near: float, words: int) -> bool:
    if not folded(first) or not folded(second):
        return False
    return begins(first, second, language, least=words) or nearness(first, second) >= near
