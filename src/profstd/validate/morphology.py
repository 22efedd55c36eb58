"""Russian words and their forms, by the dictionary of OpenCorpora (pymorphy3).

The dictionary is loaded when the first word is asked for, and each distinct word is
looked up once.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple

# Some cases of the dictionary are variants of others.
_CASES = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}


class Form(NamedTuple):
    """One reading of a word, by the dictionary's names.

    `part`: NOUN, ADJF, PRTF, INFN, VERB, GRND, PREP …; `case`: nomn, gent, datv, accs,
    ablt, loct; `number`: sing, plur; `aspect`: perf, impf. None where it has none. `word`
    is the word as the dictionary spells it, with ё.
    """

    part: str | None
    case: str | None
    number: str | None
    aspect: str | None
    transitive: bool
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
    except ImportError:
        return None
    # Told where the dictionary is, it need not search all packages for one.
    return pymorphy3.MorphAnalyzer(path=pymorphy3_dicts_ru.get_path(), lang="ru")


@lru_cache(maxsize=16384)
def forms(word: str) -> tuple[Form, ...]:
    """The readings of a word that the dictionary knows, the likeliest first; () for others.

    A compound counts as known where its last part is.
    """
    analyser = _analyser()
    if analyser is None:
        return ()
    small = word.lower()
    found = analyser.parse(small)
    if not any(item.is_known for item in found):
        last = small.rpartition("-")[2]
        if last == small or not analyser.word_is_known(last):
            return ()
        found = analyser.parse(last)
    return tuple(_form(item) for item in found if item.is_known)


def _form(item: Any) -> Form:
    tag = item.tag
    part = str(tag.POS) if tag.POS else None
    case = _CASES.get(str(tag.case), str(tag.case)) if tag.case else None
    number = str(tag.number) if tag.number else None
    aspect = str(tag.aspect) if tag.aspect else None
    return Form(
        part, case, number, aspect, "tran" in tag, str(item.normal_form), str(item.word)
    )


def parts(word: str) -> frozenset[str | None]:
    """The parts of speech that a word can be."""
    return frozenset(form.part for form in forms(word))


def cases(word: str) -> frozenset[str | None]:
    """The cases that a word can stand in."""
    return frozenset(form.case for form in forms(word))
