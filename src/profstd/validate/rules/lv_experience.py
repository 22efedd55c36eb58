"""LV: what a card asks of experience, against what else it asks and its lower levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from profstd.document import Pointer
from profstd.model import Profession, Standard
from profstd.validate import walk
from profstd.validate.rule import WARNING, Basis, Hit, rule
from profstd.validate.wording import folded

# Kinds of education as prose names them, on folded text; the first to match takes the words.
_EDUCATION = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("postgraduate", r"послевузовск\w*|магистр\w*|докторант\w*|резидентур\w*|\bphd\b"
         r"|жоғары оқу орнынан кейінгі"),
        ("postsecondary", r"послесредн\w*|прикладн\w* бакалавр\w*|орта білімнен кейінгі"
         r"|қолданбалы бакалавр\w*"),
        ("vocational", r"\bтипо\b|техническ\w* и профессиональн\w*|\bтжко?бб?\b"
         r"|техникалық және кәсіптік|средн\w* (?:профессиональн|специальн)\w*"),
        ("school", r"(?:общ|основн|начальн)\w* средн\w*"
         r"|(?:средн|начальн)\w* (?:общ\w* )?образовани\w*|(?:негізгі|жалпы) орта"),
        ("higher", r"высш\w* образовани\w*|бакалавр\w*|специалитет\w*|жоғары білім\w*"),
    )
)  # fmt: skip

_NUMERALS = {
    **dict.fromkeys(("одного", "один", "одному", "бір"), 1),
    **dict.fromkeys(("двух", "два", "екі"), 2),
    **dict.fromkeys(("трех", "три", "үш"), 3),
    **dict.fromkeys(("четырех", "четыре", "төрт"), 4),
    **dict.fromkeys(("пяти", "пять", "бес"), 5),
    **dict.fromkeys(("шести", "шесть", "алты"), 6),
    **dict.fromkeys(("семи", "семь", "жеті"), 7),
    **dict.fromkeys(("восьми", "восемь", "сегіз"), 8),
    **dict.fromkeys(("девяти", "девять", "тоғыз"), 9),
    **dict.fromkeys(("десяти", "десять", "он"), 10),
}
_WORD = "|".join(_NUMERALS)
# «трех лет», «3-х лет», «1 (одного) года», «не менее года», «алты ай», «бір жыл».
_DURATION = re.compile(
    rf"(?:\b(?P<number>[0-9]{{1,2}}|{_WORD})(?:\s(?:х|ти|го|и|{_WORD}))*|\b(?:менее|от|кемінде))"
    r"\s(?:календарн\w*\s)?"
    r"(?:(?P<year>лет|года?|жыл\w*)|(?P<month>месяц\w*|ай(?:дан|лық)?))\b"
)
_NONE = re.compile(
    r"без (?:предъявлени\w* )?требовани\w*|без опыта|не (?:требуется|предъявля\w*)"
    r"|талап\w* қойылмайды|талап\w* етілмейді|талапсыз|өтілсіз"
)
_RANGE = re.compile(rf"(?:[0-9]|{_WORD})\s(?:до|дейін)\s(?:[0-9]|{_WORD})\s")
_EXPERIENCE = re.compile(r"\b(?P<before>стаж|опыт)\w*|\bтәжірибе\w*|\bөтіл\w*")
_SENTENCE = re.compile(r"[.;](?:\s|$)")


@lru_cache(maxsize=1024)
def _kinds(text: str | None) -> Mapping[str, str]:
    """The kinds of education that a text names, each with its first words there."""
    rest, found = folded(text or ""), {}
    for kind, pattern in _EDUCATION:
        if match := pattern.search(rest):
            found[kind] = match[0]
            rest = pattern.sub("|", rest)
    return MappingProxyType(found)


@lru_cache(maxsize=1024)
def _months(text: str | None) -> frozenset[int] | None:
    """The durations that a text asks for, in months: 0 where none; None where it is silent."""
    words = folded(text or "")
    if _RANGE.search(words):
        return None
    found = {_length(match) for match in _DURATION.finditer(words)}
    if _NONE.search(words):
        found.add(0)
    return frozenset(found) or None


def _length(match: re.Match[str]) -> int:
    number = match["number"] or "1"
    count = _NUMERALS[number] if number in _NUMERALS else int(number)
    return count * 12 if match["year"] else count


def _asked_beside(text: str | None) -> frozenset[int] | None:
    """The experience that the words about non-formal learning ask for, in months."""
    for sentence in _SENTENCE.split(text or ""):
        words = folded(sentence)
        asked = _EXPERIENCE.search(words)
        # Courses are measured, too: what counts stands near the word for experience.
        if asked and len(found := list(_DURATION.finditer(words))) == 1:
            first, last = sorted((asked.span(), found[0].span()))
            in_order = not asked["before"] or first == asked.span()
            if in_order and len(words[first[1] : last[0]].split()) <= 8:
                return frozenset({_length(found[0])})
    return None


@rule("LV05", WARNING, Basis.TEMPLATE, Basis.PRACTICE)
def experience_contradicts(standard: Standard) -> Iterator[Hit]:
    """Experience agrees with education, with non-formal learning and with lower levels.

    An education named beside the experience is one of the card's. The years that the row
    on non-formal learning asks for are those of the row on experience. A profession does
    not ask for less at a higher level, where the education is of the same kind.
    """
    cards = list(walk.professions(standard))
    for path, card in cards:
        yield from _against_education(path, card)
        yield from _against_nonformal(path, card)
        yield from _against_lower(path, card, [other for _, other in cards])


def _against_education(path: Pointer, card: Profession) -> Iterator[Hit]:
    texts = [row.level for row in card.education if row.level]
    known = set().union(*(_kinds(text) for text in texts))
    named = _kinds(card.experience)
    strange = [words for kind, words in named.items() if kind not in known]
    if texts and known and strange:
        arguments = {"named": [f"«{words}»" for words in strange], "education": texts}
        yield Hit(path / "experience", {"case": "education", **arguments})


def _against_nonformal(path: Pointer, card: Profession) -> Iterator[Hit]:
    asked, beside = _months(card.experience), _asked_beside(card.nonformal_learning)
    if asked and beside and asked.isdisjoint(beside):
        arguments = {"experience": card.experience, "nonformal": card.nonformal_learning}
        yield Hit(path / "nonformal_learning", {"case": "nonformal", **arguments})


def _against_lower(path: Pointer, card: Profession, cards: list[Profession]) -> Iterator[Hit]:
    asked = _months(card.experience)
    if not asked or card.level is None:
        return
    for other in cards:
        lower = _months(other.experience)
        if other is card or lower is None or not _is_lower_step(other, card):
            continue
        if max(lower) > max(asked):
            arguments: dict[str, Any] = {"experience": card.experience, "level": card.level}
            found = {"lower": other.experience, **walk.card_facts(other)}
            yield Hit(path / "experience", {"case": "lower", **arguments, **found})
            return


def _is_lower_step(lower: Profession, card: Profession) -> bool:
    """Whether `lower` is the same profession at a lower level, with the same education."""
    same = (card.code is not None and card.code == lower.code) or walk.called(card, lower.name)
    below = lower.level is not None and card.level is not None and lower.level < card.level
    educations = [
        set().union(*(_kinds(row.level) for row in item.education)) for item in (card, lower)
    ]
    return same and below and bool(educations[0]) and educations[0] <= educations[1]
