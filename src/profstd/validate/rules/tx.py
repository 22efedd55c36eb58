"""TX: the text itself: letters of two scripts, punctuation, spaces, doubled words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from profstd.document import Document, Pointer
from profstd.model import Language, Standard
from profstd.validate import prose, walk
from profstd.validate.prose import Text
from profstd.validate.rule import STYLE, WARNING, Basis, Hit, rule
from profstd.validate.scripts import Script, lookalikes, script, turned, unmixed, words

_LATIN = re.compile("[A-Za-z]")
# A Latin letter that stands for a Russian preposition or conjunction.
_LONE = re.compile(r"(?<=[а-яё] )([co])(?= [а-яё]{3})")
_DIGITS = re.compile(r"\b\d+[A-Za-zА-Яа-я]\d+\b")
_MANY = 5  # so many words with the same wrong letters are one habit


class _Word(NamedTuple):
    """A word that is written in wrong letters: how, what is meant, which letters."""

    case: str
    word: str
    meant: str
    letters: str


@rule("TX01", WARNING, Basis.PRACTICE)
def letters_of_two_scripts(standard: Standard, *, known: Sequence[str] = ()) -> Iterator[Hit]:
    """A word is written in letters of one script; one finding for each word.

    Told where the letters of the other script are look-alikes (UTS #39): «Oтдел» with a
    Latin O. A word wholly in look-alikes is told beside the true one only: «СОРСОР» in
    Cyrillic letters beside Latin «COPCOSP», Latin «PK» beside «РК». Parts of a compound may
    be of two scripts («Call-центр»). `known`: words that are right as they are.
    """
    found: dict[_Word, list[Text]] = {}
    language = standard.language
    every = prose.texts(standard)
    capitals = _capitals(standard, every)
    for text in every:
        if _LATIN.search(text.text) or text.field == "regulations":
            for word in words(text.text):
                if word not in known and (wrong := _wrong(word, language, capitals)):
                    found.setdefault(wrong, []).append(text)
            for match in _LONE.finditer(text.text):
                wrong = _Word("foreign_latin", match[0], "с" if match[0] == "c" else "о", match[0])
                found.setdefault(wrong, []).append(text)
        for word in _DIGITS.findall(text.text):
            if wrong := _digits(word, language):
                found.setdefault(wrong, []).append(text)
    yield from _letter_hits(found)


def _letter_hits(found: Mapping[_Word, list[Text]]) -> Iterator[Hit]:
    """One hit for each word; one for all, where the same letters are wrong in many."""
    habits = Counter((wrong.case, wrong.letters) for wrong in found)
    told: set[tuple[str, str]] = set()
    for wrong, places in found.items():
        habit = (wrong.case, wrong.letters)
        facts = {"word": wrong.word, "meant": wrong.meant, "letters": list(wrong.letters)}
        if not wrong.case.startswith("mixed") or habits[habit] < _MANY:
            yield Hit(places[0].path, {"case": wrong.case, **facts, "count": len(places)})
        elif habit not in told:
            told.add(habit)
            count = sum(len(more) for w, more in found.items() if habit == (w.case, w.letters))
            case = wrong.case.replace("mixed", "many")
            yield Hit(places[0].path, {"case": case, **facts, "count": count})


def _capitals(standard: Standard, every: Sequence[Text]) -> Counter[str]:
    """The words of capitals in the document, and the abbreviations that it defines."""
    found = Counter(
        word
        for text in every
        for word in words(text.text)
        if len(word) > 1 and word.isupper() and word.isalpha()
    )
    for item in standard.abbreviations:
        found.update(words(item.abbreviation) * 2)
    return found


def _wrong(word: str, language: Language, capitals: Counter[str]) -> _Word | None:
    if mixed := unmixed(word, language):
        return _Word(f"mixed_{mixed.script}", word, mixed.meant, mixed.foreign)
    if word not in capitals or not script(word[0]):
        return None
    into: Script = "latin" if script(word[0]) == "cyrillic" else "cyrillic"
    seen = turned(word, into, language)
    if seen is None:
        return None
    twin = _twin(seen, capitals)
    # Of two words that look alike the rarer one is the slip.
    if twin is None or capitals[twin] < capitals[word]:
        return None
    return _Word("foreign_cyrillic" if into == "latin" else "foreign_latin", word, twin, word)


def _twin(seen: str, capitals: Counter[str]) -> str | None:
    """The word that `seen` is, or that it is by a letter, if it is long."""
    if seen in capitals:
        return seen
    near = (
        other
        for other in capitals
        if len(other) >= 6
        and script(other[0]) == script(seen[0])
        and Levenshtein.distance(seen, other, score_cutoff=1) <= 1
    )
    return next(near, None) if len(seen) >= 5 else None


def _digits(word: str, language: Language) -> _Word | None:
    """A number with a letter inside that looks like a digit: «2О25»."""
    digits = lookalikes(language).digits
    letters = [sign for sign in word if not sign.isdecimal()]
    if not all(sign in digits for sign in letters):
        return None
    meant = "".join(digits.get(sign, sign) for sign in word)
    return _Word("digits", word, meant, "".join(letters))


_BEFORE_MARK = re.compile(r" [,;:.!?](?=\s|$)")
_TWO_MARKS = re.compile(r",\s?[,;]|;\s?[,;]|\.;|;\.")


@rule("TX02", STYLE, Basis.TEMPLATE, Basis.PRACTICE, scope="reading")
def list_punctuation(document: Document, *, common: float = 0.5) -> Iterator[Hit]:
    """Abilities and knowledge end in a semicolon, the last one in a full stop.

    One finding for each list and kind of slip. Where fewer than the part `common` (0 to 1)
    of all items do, the document has a way of its own: only doubled marks and spaces before
    a mark are told then, as they are of any text.
    """
    standard = document.model
    if not isinstance(standard, Standard):
        return
    every = sum(len(items) for at in walk.skills(standard) for _, _, items in walk.statements(at))
    noted = list(walk.observed(document, "separator"))
    own_way = every - len(noted) < common * every
    slips: dict[tuple[Pointer, str], list[Pointer]] = {}
    for item in noted:
        printed, last = str(item.arguments["printed"]), bool(item.arguments["last"])
        case = _slip(printed, last)
        if not own_way or case in ("space", "double"):
            slips.setdefault((item.path.parent.parent, case), []).append(item.path)
    for (_, case), paths in slips.items():
        texts = [str(path.resolve(standard)) for path in paths]
        numbers = [_item_number(standard, path) for path in paths]
        facts = {"text": texts[0], "numbers": numbers, "count": len(paths)}
        yield Hit(paths[0], {"case": case, **facts})
    for text in prose.texts(standard):
        for case, shape in (("inner_space", _BEFORE_MARK), ("inner_double", _TWO_MARKS)):
            if match := shape.search(text.text):
                start = text.text.rfind(" ", 0, match.start()) + 1
                facts = {"text": text.text[start : match.end()], "numbers": [], "count": 1}
                yield Hit(text.path, {"case": case, **facts})


def _slip(printed: str, last: bool) -> str:
    marks = printed.strip()
    if len(marks) > 1:
        return "double"
    if printed != marks:
        return "space"
    if last:
        return "open" if not marks else "semicolon"
    return {"": "none", ".": "stop"}.get(marks, "other")


def _item_number(standard: Standard, path: Pointer) -> int:
    """The number of the statement whose text stands at `path`, printed or counted."""
    index = path.keys[-2]
    assert isinstance(index, int)
    printed = path.parent.resolve(standard).number
    return index + 1 if printed is None else int(printed)


# A word that ends in a full stop of its own: «и др.», «т.д.», «2025 г.», «А.», «Inc.».
_ABBREVIATED = re.compile(
    r"(?:^|[\s(.])(?:др|т\.\s?[дпч]|пр|гг?|руб|тг|тыс|млн|млрд|ст|пп?|стр|рис|табл|им|обл|"
    r"т\.б|т\.с\.с|т\.с|ж|жж|б|[А-ЯЁӘІҢҒҮҰҚӨҺA-Z]|Ltd|Inc|Co|Corp)\.$"
)


@rule("TX03", STYLE, Basis.PRACTICE)
def name_ends_in_a_mark(standard: Standard) -> Iterator[Hit]:
    """A name has no full stop, comma or colon at its end; the stop of «и др.» may stay."""
    for path, name in _names(standard):
        if name.endswith((".", ",", ";", ":")) and not name.endswith(".."):
            if name.endswith(".") and _ABBREVIATED.search(name):
                continue
            yield Hit(path, {"name": name, "mark": name[-1]})


def _names(standard: Standard) -> Iterator[tuple[Pointer, str]]:
    for text in prose.texts(standard):
        if text.field in ("title", "term", "heading") or (
            text.field == "name" and text.path.startswith("/profession")
        ):
            yield text.path, text.text


_CUT = re.compile(
    r"(?<![\w-])[^\W\d_]{2,}- (?!(?:и|или|либо|а|мен|бен|пен|және|немесе)\b)[^\W\d_]{3,}"
)
_WIDE = re.compile(r"\S {2,}\S")
_LAYOUT = 0.05  # a larger part of the texts with doubled spaces is how the file is laid out


@rule("TX04", STYLE, Basis.PRACTICE, scope="reading")
def spaces_and_doubled_words(document: Document) -> Iterator[Hit]:
    """No word has a hyphen with a space after it, no word or space stands twice.

    What reading has mended is told too: the author's file still has it. Doubled spaces are
    one finding for each card or section, and none where the file is laid out with them.
    """
    standard = document.model
    if not isinstance(standard, Standard):
        return
    for item in walk.observed(document, "cut_word"):
        printed = item.arguments["printed"]
        yield Hit(item.path, {"case": "hyphen", "text": printed}, doubtful=True, span=item.span)
    every = prose.texts(standard)
    wide = [(item.path, str(item.arguments["printed"])) for item in
            walk.observed(document, "wide_space")]  # fmt: skip
    for text in every:
        if "- " in text.text and (match := _CUT.search(text.text)):
            yield Hit(text.path, {"case": "hyphen", "text": match[0]})
        if twice := _doubled(text.text):
            yield Hit(text.path, {"case": "word", "text": twice})
        if "  " in text.text and (match := _WIDE.search(text.text)):
            wide.append((text.path, text.text[max(0, match.start() - 15) : match.end() + 15]))
    if len(wide) <= max(3, _LAYOUT * len(every)):
        sections: dict[tuple[str | int, ...], list[tuple[Pointer, str]]] = {}
        for path, printed in wide:
            sections.setdefault(path.keys[:2], []).append((path, printed))
        for places in sections.values():
            arguments = {"case": "space", "text": places[0][1], "count": len(places)}
            yield Hit(places[0][0], arguments)


def _doubled(text: str) -> str | None:
    """A word that stands twice in a row."""
    small = text.lower().split(" ")
    for first, second in pairwise(small):
        if first == second and len(first) > 1 and first.isalpha():
            return f"{first} {second}"
    return None
