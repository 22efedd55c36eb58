"""Russian words and their forms, by the dictionary of OpenCorpora (pymorphy3).

The dictionary is loaded when the first word is asked for, and each distinct word is
looked up once.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple

# Some cases of the dictionary are variants of others.
_CASES = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}

# «Методы» is the plural of «метод», never a form of this word.
_ARCHAIC = frozenset({"метода"})


class Form(NamedTuple):
    """One reading of a word, by the dictionary's names.

    `part`: NOUN, ADJF, PRTF, INFN, VERB, GRND, PREP …; `case`: nomn, gent, datv, accs,
    ablt, loct; `number`: sing, plur; `aspect`: perf, impf; None where it has none. A
    `pronoun` is an adjective like «который». `word` is spelt as in the dictionary, with ё.
    """

    part: str | None
    case: str | None
    number: str | None
    aspect: str | None
    transitive: bool
    pronoun: bool
    lemma: str
    word: str


def available() -> bool:
    """Whether the dictionary is installed."""
    return _analyser() is not None


@cache
def _analyser() -> Any:
    try:
        import pymorphy3
        import pymorphy3_dicts_ru
        from pymorphy3.units import DictionaryAnalyzer
    except ImportError:
        return None
    # Told where the dictionary is, it need not search all packages for one; words that are
    # not in it are not guessed at.
    return pymorphy3.MorphAnalyzer(
        path=pymorphy3_dicts_ru.get_path(),
        lang="ru",
        probability_estimator_cls=None,
        units=[DictionaryAnalyzer()],
    )


@lru_cache(maxsize=32768)
def forms(word: str) -> tuple[Form, ...]:
    """The readings of a word of the dictionary; () for words that it does not have.

    A compound has the readings of its last part where it does not stand there itself.
    """
    analyser = _analyser()
    if analyser is None or not word:
        return ()
    small = word.lower()
    found = analyser.parse(small) or ()
    if not found and "-" in small:
        found = analyser.parse(small.rpartition("-")[2]) or ()
    return tuple(
        Form(*_facts(item.tag), str(item.normal_form), str(item.word))
        for item in found
        if item.normal_form not in _ARCHAIC
    )


@lru_cache(maxsize=1024)
def _facts(tag: Any) -> tuple[str | None, str | None, str | None, str | None, bool, bool]:
    case = _CASES.get(tag.case, tag.case)
    # As plain texts: the library's own warn where they are compared with unknown names.
    part, case, number, aspect = (
        None if item is None else str(item) for item in (tag.POS, case, tag.number, tag.aspect)
    )
    return part, case, number, aspect, "tran" in tag, "Apro" in tag


@lru_cache(maxsize=32768)
def parts(word: str) -> frozenset[str | None]:
    """The parts of speech that a word can be."""
    return frozenset(form.part for form in forms(word))


@lru_cache(maxsize=32768)
def cases(word: str) -> frozenset[str | None]:
    """The cases that a word can stand in."""
    return frozenset(form.case for form in forms(word))
