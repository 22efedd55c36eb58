"""Russian words that do not go together: cases and numbers that do not agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from profstd.validate import prose
from profstd.validate.morphology import cases, forms, parts
from profstd.validate.prose import Word

# Plurals that open a list of knowledge: that they are also a genitive («основы чего») is
# never meant there.
PLURALS = frozenset({"основы", "правила", "требования"})


@lru_cache(maxsize=2048)
def slips(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs of words that do not go together: what is wrong, and the words.

    Only pairs whose endings do not go together at once are looked up.
    """
    words = prose.words(text)
    found = []
    for index in range(1, len(words)):
        before, word = words[index - 1], words[index]
        if text[before.end : word.start] != " " or not word.word.islower():
            continue
        earlier = words[index - 2] if index > 1 else None
        pair = _Pair(
            before.word,
            word.word,
            earlier.word.lower() if earlier else "",
            text[earlier.end : before.start] if earlier else "",
        )
        found += [
            (case, f"{pair.first} {pair.second}") for case, is_slip in _SLIPS if is_slip(pair)
        ]
    return tuple(found)


class _Pair(NamedTuple):
    """Two words with a space between them, the word before, and what is behind that one."""

    first: str
    second: str
    earlier: str
    gap: str


# For each ending of an adjective those of nouns that go with it at first sight.
_GO_TOGETHER = {
    ending: re.compile(f"(?:{nouns})$")
    for endings, nouns in (
        ("ых их", "[^аоуыэяёюие]"),
        ("ые ие", "[ыиаяе]"),
        ("ого его", "[ая]"),
        ("ому ему", "[ую]"),
        ("ыми ими", "ми"),
        ("ым им", "[аяоеё]м"),
        ("ой ей", "[ыие]|[оеё]й|ью"),
        ("ая яя", "[аяь]"),
        ("ую юю", "[уюь]"),
        ("ое ее", "[оея]"),
        ("ый ий", "[^аоуыэяёюие]"),
        ("ом ем", "[еиую]"),
    )
    for ending in endings.split()
}
# Adjectives that take a noun of their own in another case.
_WITH_NOUN = re.compile(
    r"(?:необходим|нужн|доступн|известн|понятн|присущ|свойственн|подобн|равн|соответст|"
    r"аналогичн|полезн|подотчетн|подотчётн|подведомств|характерн|полн|достойн|чужд|богат|"
    # and adjectives that are nouns of their own, which the dictionary does not always know
    r"переменн|производн|крив|прям|касательн|постоянн|наличн|сводн|дежурн|ответственн|главн)"
)
_NUMERALS = frozenset(
    {"два", "две", "три", "четыре", "оба", "обе", "полтора", "пара", "несколько", "более", "менее"}
)


def _disagree(pair: _Pair) -> bool:
    """An adjective and a noun right behind it have no case and number in common.

    Of adjectives in a row («нижнем и потолочном положениях») the noun may be the plural.
    """
    first = pair.first.lower()
    ending = first[-3:] if first[-3:] in _GO_TOGETHER else first[-2:]
    fitting = _GO_TOGETHER.get(ending)
    if fitting is None or fitting.search(pair.second) or _WITH_NOUN.match(first):
        return False
    adjective, noun = forms(first), forms(pair.second)
    if parts(first) != {"ADJF"} or parts(pair.second) != {"NOUN"} or re.search(r"\d", pair.gap):
        return False
    if any(form.pronoun for form in adjective) or cases(pair.second) in ({"datv"}, {"ablt"}):
        return False
    if pair.earlier in _NUMERALS or "NUMR" in parts(pair.earlier):
        return False
    here = {(form.case, form.number) for form in adjective}
    there = {(form.case, form.number) for form in noun}
    # The accusative like the genitive is that of living beings.
    living = {("accs", number) for case, number in there if case == "gent"}
    here -= {("accs", number) for case, number in here if case == "gent"} - living
    in_row = "," in pair.gap or pair.earlier in ("и", "или", "либо")
    if in_row and {number for _, number in here} == {"sing"}:
        return not {case for case, _ in here} & {case for case, _ in there}
    return not here & there


# The cases that a preposition stands with, of which there is no doubt, and the endings
# that are worth a look.
_GOVERNED = {
    word: (cases, re.compile(f"(?:{endings})$"))
    for words, cases, endings in (
        ("на в во", {"accs", "loct"}, "[оеи]в|[еи]й|[ая]ми?|[оеё]м"),
        ("к ко", {"datv"}, "[ое]в|[ая]ми|[ая]х|[оеё]м|[ыая]"),
        ("для без от до из у", {"gent"}, "[ая]ми?|[ая]х|[оеё]м|[уюе]"),
        ("при", {"loct"}, "[ое]в|[ая]ми?|[оеё]м|[уюая]"),
        ("над", {"ablt"}, "[ое]в|[ая]х|[уюаяыие]"),
    )
    for word in words.split()
}


def _ungoverned(pair: _Pair) -> bool:
    """A noun stands in no case that the preposition right before it takes."""
    allowed, endings = _GOVERNED.get(pair.first, (frozenset(), None))
    if endings is None or not endings.search(pair.second) or parts(pair.second) != {"NOUN"}:
        return False
    return not cases(pair.second) & allowed


# Verbs whose object may stand in the genitive.
_PARTITIVE = re.compile(
    r"(?:треб|жд|ожид|иск|прос|хот|жел|дости|избе|доби|наб[ир]|приба|доба|нали|дожид|слуш|"
    r"каса|придерж|остере|опас|бо[яи]|лиш|заслуж|стои|сторон|держ)"
)
_GENITIVE_PLURAL = re.compile(r"(?:[ое]в|[еи]й|[бвгджзклмнпрстфхцчшщ])$")


def _no_object(pair: _Pair) -> bool:
    """Right behind a transitive infinitive stands a noun that can only be a genitive plural."""
    if not pair.first.endswith(("ть", "ти", "чь")) or not _GENITIVE_PLURAL.search(pair.second):
        return False
    if pair.earlier == "не" or _PARTITIVE.match(pair.first.lower()):
        return False
    verb = forms(pair.first)
    if not verb or not all(form.part == "INFN" and form.transitive for form in verb):
        return False
    noun = forms(pair.second)
    return parts(pair.second) == {"NOUN"} and {(form.case, form.number) for form in noun} == {
        ("gent", "plur")
    }


_SLIPS: tuple[tuple[str, Callable[[_Pair], bool]], ...] = (
    ("agreement", _disagree),
    ("government", _ungoverned),
    ("object", _no_object),
)

_GOVERNORS = frozenset({"INFN", "VERB", "GRND", "PRTF", "PRTS", "PRED", "ADJS", "COMP"})
_TAKING_OBJECTS = frozenset(
    {
        *("в", "во", "на", "за", "через", "про", "под", "о", "об", "по", "с", "со", "включая"),
        *("как", "такие", "таких", "например", "то", "исключая", "что", "чтобы", "если", "когда"),
        *("который", "которые", "которых", "которая", "которое", "где", "чем", "кроме", "либо"),
    }
)
_OF_THEM = frozenset({"их", "его", "её", "ее"})


_NEVER_NOMINATIVE = ("ов", "ев", "ых", "их", "ого", "его", "ой", "ей", "ами", "ями", "ах", "ях")


@lru_cache(maxsize=2048)
def object_slips(text: str) -> tuple[tuple[str, str], ...]:
    """An object in the genitive plural right behind one in the accusative: «методы и средств»."""
    words = prose.words(text)
    for first, second, joining, third in zip(words, words[1:], words[2:], words[3:], strict=False):
        if joining.word != "и" or text[first.end : third.start].strip() != f"{second.word} и":
            continue
        if not _GENITIVE_PLURAL.search(third.word) or "gent" in cases(second.word):
            continue
        noun = {(form.case, form.number) for form in forms(third.word)}
        if parts(third.word) != {"NOUN"} or noun != {("gent", "plur")}:
            continue
        if parts(first.word) == {"INFN"} and parts(second.word) == {"NOUN"}:
            return (("object", f"{second.word} и {third.word}"),)
    return ()


@lru_cache(maxsize=2048)
def row_slips(text: str, genitive: bool) -> tuple[tuple[str, str], ...]:
    """A nominative in a row that began in the genitive: «способов измерения и методы …».

    Looked for right behind a comma or «и», where nothing before it takes an object. Behind
    a comma it may be a participle: «стандартов, регламентирующие …».
    """
    words = prose.words(text)
    for index in range(1, len(words)):
        gap = text[words[index - 1].end : words[index].start]
        if gap not in (" ", ", "):
            return ()
        start = index
        if words[index].word in _OF_THEM and index + 1 < len(words):
            continue
        if index > 1 and words[index - 1].word in _OF_THEM:
            start, gap = index - 1, text[words[index - 2].end : words[index - 1].start]
        if not start or (gap != ", " and words[start - 1].word != "и"):
            continue
        participle = gap == ", " and _is_participle(words[index].word)
        if participle or _is_nominative(words, index):
            begun = [item.word.lower() for item in words[:start]]
            if _began_in_genitive(begun[0], genitive) and not any(map(_takes_object, begun)):
                last = words[min(index + 1, len(words) - 1)]
                printed = text[words[start].start : last.end].partition(",")[0]
                return (("participle" if participle else "row", printed),)
    return ()


def _is_participle(word: str) -> bool:
    """Whether a word is a participle in the nominative plural."""
    return word.endswith(("щие", "вшие", "мые", "нные", "тые")) and (
        parts(word) <= {"PRTF", "ADJF"}
        and "PRTF" in parts(word)
        and cases(word) <= {"nomn", "accs"}
    )


def _began_in_genitive(word: str, genitive: bool) -> bool:
    found = cases(word)
    return "gent" in found and word not in PLURALS and (genitive or "nomn" not in found)


def _takes_object(word: str) -> bool:
    return word in _TAKING_OBJECTS or bool(parts(word) & _GOVERNORS)


def _is_nominative(words: Sequence[Word], index: int) -> bool:
    """Whether a word can only be a subject or an object; so its noun, if it is an adjective."""
    word = words[index].word
    if word.endswith(_NEVER_NOMINATIVE):
        return False
    if word in PLURALS:
        return words[index - 1].word == "и" and words[0].word.endswith(("ов", "ев", "ых", "их"))
    seen = cases(word)
    if parts(word) == {"NOUN"}:
        plural = any(form.number == "plur" for form in forms(word))
        return seen <= {"nomn", "accs", "loct"} and (plural or "loct" not in seen)
    if parts(word) == {"ADJF"} and seen <= {"nomn", "accs"}:
        return index + 1 < len(words) and bool(cases(words[index + 1].word) & {"nomn", "accs"})
    return False
