"""TX: one word or term spelt in several ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from profstd.document import Pointer
from profstd.model import Language, Standard
from profstd.validate import morphology, prose
from profstd.validate.prose import Text
from profstd.validate.rule import STYLE, Basis, Hit, rule
from profstd.validate.scripts import script
from profstd.validate.wording import folded

_LEAST = 4  # letters of the second part of a compound
_STEM = 5  # so many letters of a word tell it in all its forms
_SHORTEST = 3
# Latin letters by their sound, as in LK03: «Call» and «колл» are one word.
_SOUNDS = str.maketrans(
    dict(zip("abcdefghijklmnopqrstuvwyz", "абкдефгхижклмнопкрстуввйз", strict=True))
)
_DOUBLED = re.compile(r"(\w)\1")


class _Place(NamedTuple):
    """A word or two as printed, and where they stand."""

    path: Pointer
    printed: str


class _Term(NamedTuple):
    """A compound by its parts: the first one, folded, and how the second begins."""

    first: str
    second: str


@rule("TX08", STYLE, Basis.PRACTICE)
def spelling_varies(standard: Standard, *, close: float = 75) -> Iterator[Hit]:
    """A term is spelt in one way; one finding for each rarer spelling, at its first place.

    Told are compounds with a hyphen that stand elsewhere as one word, as two words, with an
    adjective of their first part («контактный центр» beside «контакт-центр»), or with that
    part in the other script («Call-центр», «колл-центр»), where it sounds at least `close`
    alike (0 to 100), abbreviations with other capitals («ТиПО», «ТипО»), and in Russian
    words that no dictionary has, a letter away from another word of the document.
    """
    every = prose.texts(standard)
    terms: dict[_Term, list[_Place]] = {}
    mixed: dict[str, dict[str, list[_Place]]] = {}
    for path, text, _ in every:
        for word, _, _ in prose.words(text):
            if "-" in word and (term := _term(word, standard.language)):
                terms.setdefault(term, []).append(_Place(path, word))
            elif len(word) > 2 and word[1:] != word[1:].lower() and word.isalpha():
                forms = mixed.setdefault(word.casefold(), {})
                forms.setdefault(word, []).append(_Place(path, word))
    spellings = _spellings(every, terms, standard.language)
    for term, other in _pairs_in_two_scripts(terms, close):
        spellings.append((terms[term], terms[other]))
    for forms in mixed.values():
        if len(forms) > 1 and any(not form.isupper() for form in forms):
            first, *rest = sorted(forms.values(), key=len, reverse=True)
            spellings += [(first, places) for places in rest]
    for first, second in spellings:
        yield _varied(first, second)
    if standard.language == "ru" and morphology.available():
        yield from _misspelt(every)


_CYRILLIC = re.compile("[А-Яа-яЁё]+")
_LONG = 7  # shorter words are too often near others
_RARE = 2
_CROWD = 500  # so many words alike are no prose


def _misspelt(every: Sequence[Text]) -> Iterator[Hit]:
    """Words that the dictionary does not have, a letter away from others that it has.

    The letter is neither the first nor one of the last two, which are the ending.
    """
    places: dict[str, list[_Place]] = {}
    for path, text, _ in every:
        for word, _, _ in prose.words(text):
            if len(word) >= _LONG and _CYRILLIC.fullmatch(word):  # two scripts are TX01's
                places.setdefault(word.lower(), []).append(_Place(path, word))
    alike: dict[tuple[str, str], list[str]] = {}
    for word in places:
        alike.setdefault((word[0], word[-2:]), []).append(word)
    for word, printed in places.items():
        if len(printed) > _RARE or "ё" in word:
            continue
        among = alike[word[0], word[-2:]]
        near = [
            other
            for other in (among if len(among) < _CROWD else ())
            if len(places[other]) >= len(printed)
            and Levenshtein.distance(word, other, score_cutoff=1) == 1
        ]
        if near and not morphology.forms(word):
            known = next((other for other in near if morphology.forms(other)), None)
            if known and "ё" not in known:
                yield _varied(places[known], printed)


def _varied(first: list[_Place], second: list[_Place], case: str | None = None) -> Hit:
    """The rarer of two spellings; with the case of another message the second one."""
    usual, rare = sorted((first, second), key=len, reverse=True)
    if case in ("e", "yo"):
        usual, rare = first, second
    return Hit(
        rare[0].path,
        {
            **({} if case is None else {"case": case}),
            "variant": rare[0].printed,
            "count": len(rare),
            "usual": usual[0].printed,
            "usual_count": len(usual),
        },
    )


def _term(word: str, language: Language) -> _Term | None:
    """A compound of two parts; endings that a hyphen joins to an abbreviation are none."""
    first, _, second = word.casefold().replace("ё", "е").partition("-")
    if "-" in second or len(second) < _LEAST or len(first) < 2 or not first.isalpha():
        return None
    if language == "kk" and word.partition("-")[0].isupper():
        return None
    return _Term(first, second[:_STEM])


def _spellings(
    every: Sequence[Text], terms: Mapping[_Term, list[_Place]], language: Language
) -> list[tuple[list[_Place], list[_Place]]]:
    """The compounds that stand elsewhere as one word, as two, or with an adjective."""
    long = [term for term in terms if len(term.first) >= _SHORTEST]
    joined = {term.first + term.second: term for term in long}
    seconds: dict[str, list[_Term]] = {}
    for term in long:
        seconds.setdefault(term.second, []).append(term)
    lengths = {len(key) for key in joined}
    meant: dict[str, tuple[_Term | None, list[_Term]]] = {}
    found: dict[tuple[_Term, str], list[_Place]] = {}
    for path, text, _ in every:
        words = prose.words(text)
        for index, (word, start, _) in enumerate(words):
            if word not in meant:
                plain = word.casefold().replace("ё", "е")
                whole = next((joined[plain[:n]] for n in lengths if plain[:n] in joined), None)
                halves = seconds.get(plain[:_STEM]) or seconds.get(plain[:_LEAST], [])
                meant[word] = whole, halves
            whole, halves = meant[word]
            if whole:
                found.setdefault((whole, "joined"), []).append(_Place(path, word))
            before = words[index - 1] if index and halves else None
            if before is None or text[before.end : start] != " ":
                continue
            for term in halves:
                if case := _apart(before.word.casefold(), term.first, language):
                    place = _Place(path, f"{before.word} {word}")
                    found.setdefault((term, case), []).append(place)
    return [(terms[term], places) for (term, _), places in found.items()]


def _apart(word: str, first: str, language: Language) -> str | None:
    """How a word before the second part is the first part: itself, or its adjective."""
    if word == first:
        return "two"
    adjective = language == "ru" and len(first) >= _STEM and word.startswith(first + "н")
    if adjective and len(word) - len(first) <= 4 and "ADJF" in morphology.parts(word):
        return "adjective"
    return None


def _pairs_in_two_scripts(
    terms: Mapping[_Term, list[_Place]], close: float
) -> Iterator[tuple[_Term, _Term]]:
    cyrillic: dict[str, list[_Term]] = {}
    for term in terms:
        if script(term.first[0]) == "cyrillic":
            cyrillic.setdefault(term.second, []).append(term)
    for term in terms:
        if script(term.first[0]) == "latin":
            sound = _DOUBLED.sub(r"\1", term.first.translate(_SOUNDS))
            for other in cyrillic.get(term.second, ()):
                heard = _DOUBLED.sub(r"\1", other.first)
                near = fuzz.ratio(term.first.translate(_SOUNDS), other.first)
                if sound == heard or (near >= close and sound[0] == heard[0]):
                    yield term, other


# Words that are others with е and with ё, or have both spellings by right.
_TWO_WORDS = frozenset({"все", "всем", "чем", "нем", "узнает", "осел", "небо", "мел", "лет"})


@rule("TX09", STYLE, Basis.PRACTICE)
def yo_varies(standard: Standard, *, certain: int = 10) -> Iterator[Hit]:
    """A Russian document writes ё always or never.

    One finding for each word that has it in one place and not in another, at the first
    place of the rarer spelling, in whatever form the word is there. A word that stands in
    one spelling only is told where at least `certain` others of the document have the other
    one and they are twice as many.
    """
    if standard.language != "ru" or not morphology.available():
        return
    every = prose.texts(standard)
    with_yo: dict[str, list[_Place]] = {}
    for text in every:
        if "ё" in text.text or "Ё" in text.text:
            for item in prose.words(text.text):
                word = item.word.lower()
                for form in morphology.forms(word)[:1] if "ё" in word else ():
                    with_yo.setdefault(form.lemma, []).append(_Place(text.path, word))
    if not with_yo:
        return
    enough = max(certain, 2 * len(with_yo)) + 1
    without = _without_yo(every, with_yo, enough)
    alone = [lemma for lemma in with_yo if lemma not in without]
    others = [lemma for lemma in without if lemma not in with_yo]
    for lemma, places in with_yo.items():
        if lemma in without:
            yield _varied(places, without[lemma], "word")
    if len(others) >= certain and len(others) >= 2 * len(alone):
        example = max((without[lemma] for lemma in others), key=len)
        yield from (_varied(example, with_yo[lemma], "e") for lemma in alone)
    elif len(alone) >= certain and len(alone) >= 2 * len(others):
        example = max((with_yo[lemma] for lemma in alone), key=len)
        yield from (_varied(example, without[lemma], "yo") for lemma in others)


def _without_yo(
    every: Sequence[Text], with_yo: Mapping[str, list[_Place]], enough: int
) -> dict[str, list[_Place]]:
    """The words that lack their ё: all that have it elsewhere, and of others `enough`."""
    begins = {folded(place.printed)[:4] for places in with_yo.values() for place in places}
    found: dict[str, list[_Place]] = {}
    for text in every:
        for item in prose.words(text.text):
            word = item.word.lower()
            if "е" not in word or "ё" in word or word in _TWO_WORDS:
                continue
            if len(found) >= enough and word[:4] not in begins:
                continue
            forms = morphology.forms(word)
            # Only forms that have ё by right: «звёзды», but «звезда».
            if forms and all("ё" in form.word for form in forms):
                lemma = min(form.lemma for form in forms)
                shared = [form.lemma for form in forms if form.lemma in with_yo]
                found.setdefault(min(shared, default=lemma), []).append(_Place(text.path, word))
    return found
