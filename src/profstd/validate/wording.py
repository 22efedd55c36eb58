"""Comparing texts: the same wording, a near wording, and where two wordings differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from profstd.model import Language
from profstd.validate.folding import folded as folded

_OUTER_MARKS = ' .,;:!?–—-«»"“”„()'

# What must agree in one skill: «2 разряда» and «3 разряда», «на C++» and «на C#».
_NUMERAL = re.compile(r"\d+|\b[ivxlc]+\b(?![+#])|\w*[+#]+")

# Actions that say only that something is done. They open a Russian name and close a
# Kazakh one; other forms («проведения») belong to what is done.
_EMPTY_ACTIONS: dict[Language, frozenset[str]] = {
    "ru": frozenset(
        {
            *("осуществление", "осуществлять", "осуществляет"),
            *("проведение", "проводить", "проводит"),
            *("выполнение", "выполнять", "выполняет"),
        }
    ),
    "kk": frozenset({"жүргізу", "орындау", "атқару", "жүзеге", "асыру"}),
}
_FUNCTION_WORDS: frozenset[str] = frozenset(
    {
        *("а", "без", "в", "во", "для", "до", "за", "и", "из", "или", "их", "к", "ко", "на", "над"),
        *("о", "об", "обо", "от", "по", "под", "при", "с", "со", "у", "все", "всех"),
        *("бен", "да", "де", "және", "мен", "пен", "туралы", "үшін"),
    }
)
# So many words in common are more than a turn of phrase.
_ALIKE = 4
_RUSSIAN_ENDING = re.compile(
    r"(?<=\w{3})(?:[ое][вмй]|[аыия]ми|[ая]м|[аыия]х|[ыи]й|[ое]го|[ое]му|[аеиоуыэюяйь]+)$"
)


def stem(word: str) -> str:
    """A folded Russian word without its ending: equal results, forms of one word."""
    return _RUSSIAN_ENDING.sub("", word)


@lru_cache(maxsize=16384)
def without_endings(text: str, language: Language) -> str:
    """`text` folded, Russian words without their endings: equal results, one wording."""
    if language != "ru":
        return folded(text)
    # Twice: «основ» ends like «видов», so «основы» has to lose as much.
    return " ".join(stem(stem(word)) for word in folded(text).split())


def nearness(first: str, second: str) -> float:
    """How near two wordings are, 0 to 100, letter by letter, after folding."""
    return fuzz.ratio(folded(first), folded(second))


def numerals(text: str) -> tuple[str, ...]:
    """The numbers and marks of a name, sorted, whose difference is meant."""
    return tuple(sorted(_NUMERAL.findall(folded(text))))


class _Content(NamedTuple):
    """What a name says: its words without empty actions, the action first.

    Kazakh names are turned round, since their action comes last. `ends` are the places
    from which another name with the same action may widen this one.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    numerals: tuple[str, ...]
    ends: frozenset[tuple[str, ...]]

    @property
    def letters(self) -> str:
        return " ".join(sorted(self.words))


@lru_cache(maxsize=16384)
def _is_empty_action(word: str, language: Language) -> bool:
    """Whether a word says only that something is done, also with a slip («проведние»).

    Another last letter is another form, and that belongs to what is done.
    """
    actions = _EMPTY_ACTIONS[language]
    return word in actions or any(
        len(word) > 7
        and (word[0], word[-1]) == (action[0], action[-1])
        and Levenshtein.distance(word, action, score_cutoff=1) == 1
        for action in actions
    )


@lru_cache(maxsize=16384)
def _content(text: str, language: Language) -> _Content:
    every = folded(text).split()
    words = [word for word in every if not _is_empty_action(word, language)] or every
    if language == "kk":
        words = words[::-1]
        stems = words
    else:
        stems = [stem(word) for word in words]
    weighty = [stem for stem in stems if stem not in _FUNCTION_WORDS]
    ends = [("action", *weighty[:_ALIKE])]
    if language == "kk" and weighty:
        ends.append(("object", weighty[0], *weighty[-_ALIKE:]))
    wide = frozenset(ends if len(weighty) >= _ALIKE else ())
    return _Content(tuple(words), tuple(stems), numerals(text), wide)


def twins(first: str, second: str, language: Language, *, near: float = 92) -> bool:
    """Whether two names are most probably meant to be one; equal names are too.

    They are, where nothing but endings, the order of words or an empty action («проведение
    контроля», «контроль») tells them apart; where they are at least `near` like each other
    letter by letter (0 to 100), unless a word is exchanged for quite another one; and where
    one only adds words to the other, at most as many as it had, beside four in common at
    the beginning (in Kazakh, where the action comes last, at the end, or at the beginning
    if the action is the same). Names with different numerals are never twins.
    """
    one, other = _content(first, language), _content(second, language)
    if not one.words or not other.words or one.numerals != other.numerals:
        return False
    return (
        sorted(one.stems) == sorted(other.stems)
        or _spelt_nearly_alike(one, other, near)
        or _widened(one, other)
    )


def _spelt_nearly_alike(one: _Content, other: _Content, near: float) -> bool:
    if fuzz.ratio(one.letters, other.letters, score_cutoff=near) < near:
        return False
    # «Входящих» and «токарных» have letters in common with «исходящих» and «фрезерных».
    alone = sorted(
        (_meaningful(one, other), _meaningful(other, one)),
        key=len,
    )
    return all(
        any(
            word[0] == counterpart[0] and fuzz.ratio(word, counterpart) >= 60
            for counterpart in alone[1]
        )
        for word in alone[0]
    )


def _meaningful(one: _Content, other: _Content) -> list[str]:
    """The words that only `one` has, without conjunctions and prepositions."""
    return [
        word for word in Counter(one.words) - Counter(other.words) if word not in _FUNCTION_WORDS
    ]


def _widened(one: _Content, other: _Content) -> bool:
    if not one.ends & other.ends:
        return False
    shorter, longer = sorted((one.stems, other.stems), key=len)
    rest = iter(longer)
    return 2 * len(shorter) >= len(longer) and all(stem in rest for stem in shorter)


@lru_cache(maxsize=64)
def earlier_twins(
    names: Sequence[str], language: Language, near: float = 92
) -> dict[str, tuple[str, ...]]:
    """For each of `names` (a tuple), those before it that are its `twins`, nearest first."""
    found: dict[str, tuple[str, ...]] = {}
    letters: dict[str, str] = {}
    alike: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        if name in found:
            continue
        content = _content(name, language)
        keys = (*content.ends, tuple(sorted(content.stems)))
        near_ones = process.extract(
            content.letters, letters, scorer=fuzz.ratio, score_cutoff=near, limit=None
        )
        candidates = [other for _, _, other in near_ones]
        candidates += [other for key in keys for other in alike.get(key, ())]
        found[name] = tuple(
            other for other in dict.fromkeys(candidates) if twins(name, other, language, near=near)
        )
        letters[name] = content.letters
        for key in keys:
            alike.setdefault(key, []).append(name)
    return found


def begins(first: str, second: str, language: Language, *, least: int = 2) -> bool:
    """Whether one of two names begins with all the words of the other, at least `least`.

    In Kazakh, whether it ends with them: there the action comes last.
    """
    shorter, longer = sorted((folded(first).split(), folded(second).split()), key=len)
    if language == "kk":
        shorter, longer = shorter[::-1], longer[::-1]
    return len(shorter) >= least and longer[: len(shorter)] == shorter


class Difference(NamedTuple):
    """Where two wordings differ: words of both, of one only, or nearly everything.

    `first` and `second` are the words that only the one has, None where it has none.
    """

    case: Literal["words", "here", "there", "whole"]
    first: str | None
    second: str | None


def difference(first: str, second: str) -> Difference:
    """How `first` (here) differs from `second` (there)."""
    here, there = differing(first, second)
    if not here or not there:
        return Difference("here" if here else "there", here or None, there or None)
    words, others = (Counter(map(folded, _printed_words(text))) for text in (first, second))
    common = (words & others).total()
    whole = 2 * common < max(words.total(), others.total())
    return Difference("whole" if whole else "words", here, there)


def differing(first: str, second: str) -> tuple[str, str]:
    """The words that only `first` and only `second` has, each as one text.

    Words that do not stand together are separated by «…». Case, ё and punctuation are not
    compared.
    """
    left, right = _printed_words(first), _printed_words(second)
    keys = [[folded(word) for word in words] for words in (left, right)]
    only_left: list[str] = []
    only_right: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag != "equal":
            only_left.append(" ".join(left[a:b]).strip(_OUTER_MARKS))
            only_right.append(" ".join(right[c:d]).strip(_OUTER_MARKS))
    return " … ".join(filter(None, only_left)), " … ".join(filter(None, only_right))


def _printed_words(text: str) -> list[str]:
    return [word for word in text.split() if folded(word)]
