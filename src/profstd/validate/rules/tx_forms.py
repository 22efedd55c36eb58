"""TX: the grammatical form of list items and names, in Russian."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from profstd.document import ROOT, Pointer
from profstd.model import Standard
from profstd.validate import morphology, prose, walk
from profstd.validate.agreement import PLURALS, object_slips, row_slips, slips
from profstd.validate.morphology import Form, forms
from profstd.validate.prose import Text
from profstd.validate.rule import STYLE, Basis, Hit, rule

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NOUN_LIKE = frozenset({"NOUN", "ADJF", "PRTF", "NUMR"})
_LEADING = frozenset({"ADVB", "PRCL", "CONJ"})


class _Item(NamedTuple):
    """A text of a list, and the form that it begins with."""

    path: Pointer
    text: str
    form: str | None


class _List(NamedTuple):
    """Texts that should have one form, and which texts they are."""

    case: str
    items: Sequence[_Item]


@rule("TX07", STYLE, Basis.PRACTICE)
def form_mixed(standard: Standard, *, most: float = 0.66, aspect: float = 0.9) -> Iterator[Hit]:
    """The items of a list have one grammatical form, in Russian documents.

    Abilities are infinitives or nouns, knowledge stands in the genitive or in the
    nominative, work functions of a card and skills are infinitives or nouns: what the part
    `most` (0 to 1) of the document has is expected, or else what most of the list has. A
    perfective infinitive is told where the part `aspect` of them is imperfective. Besides,
    words that go together agree: «целевых значения», «на предприятий», «распределять
    задач», «способов измерения и методы оценки».

    Without the dictionary of Russian the rule says once that nothing was assessed.
    """
    if standard.language != "ru":
        return
    if not morphology.available():
        yield Hit(ROOT, {"case": "unassessed", "words": [], "numbers": [], "count": 0, "text": ""})
        return
    lists = list(_lists(standard))
    for case in ("abilities", "knowledge", "skills"):
        yield from _strays([item for item in lists if item.case == case], most)
    for item in lists:
        if item.case == "functions":
            yield from _strays([item], 0.5)
    yield from _perfective(lists, aspect)
    knowledge = (item.form for items in lists if items.case == "knowledge" for item in items.items)
    usual = _majority(Counter(form for form in knowledge if form), most)
    yield from _agreement(standard, genitive=usual == "genitive")


def _lists(standard: Standard) -> Iterator[_List]:
    for path, profession in walk.professions(standard):
        names = [
            _Item(path / "functions" / index / "name", function.name, _action(function.name))
            for index, function in enumerate(profession.functions)
            if function.name
        ]
        yield _List("functions", names)
        for index, function in enumerate(profession.functions):
            at = path / "functions" / index / "skills"
            skills = [
                _Item(at / number / "name", skill.name, _action(skill.name))
                for number, skill in enumerate(function.skills)
                if skill.name
            ]
            yield _List("skills", skills)
    for skill in walk.skills(standard):
        for field, path, statements in walk.statements(skill):
            form = _action if field == "abilities" else _knowledge
            yield _List(
                field,
                [
                    _Item(path / index / "text", statement.text, form(statement.text))
                    for index, statement in enumerate(statements)
                ],
            )


def _first(text: str) -> tuple[Form, ...]:
    """The readings of the first word that is no adverb, particle or conjunction."""
    for match in islice(_WORD.finditer(text), 5):
        found = forms(match[0])
        if not found or not any(form.part in _LEADING for form in found):
            return found
    return ()


def _action(text: str) -> str | None:
    """Whether a text begins with an infinitive or a noun; None where it cannot be told."""
    found = _first(text)
    if any(form.part == "INFN" for form in found):
        return "infinitive"
    return "noun" if found and all(form.part in _NOUN_LIKE for form in found) else None


def _knowledge(text: str) -> str | None:
    """Whether a text begins in the genitive or the nominative; None where it may be both."""
    word = _WORD.match(text)
    found = forms(word[0]) if word else ()
    if not found or not all(form.part in _NOUN_LIKE | {"VERB"} for form in found):
        return None
    cases = {form.case for form in found if form.part in _NOUN_LIKE}
    if word and word[0].lower() in PLURALS:
        return "nominative"
    if "gent" not in cases:
        return "nominative" if cases and cases <= {"nomn", "accs", "loct"} else None
    return "genitive" if "nomn" not in cases else None


def _strays(lists: Sequence[_List], most: float) -> Iterator[Hit]:
    """The items of each list whose form is not the expected one, one hit for each list."""
    every = Counter(item.form for items in lists for item in items.items if item.form)
    usual = _majority(every, most)
    for items in lists:
        here = [item.form for item in items.items if item.form]
        expected = usual or _majority(Counter(here), 0.5) or next(iter(here), None)
        found = [
            (number, item)
            for number, item in enumerate(items.items, start=1)
            if item.form and item.form != expected
        ]
        if found:
            yield _hit(f"{items.case}_{expected}", found)


def _majority(forms: Counter[str], most: float) -> str | None:
    """The form that at least the part `most` has, and more than any other."""
    if not forms:
        return None
    (form, count), *others = forms.most_common(2)
    tied = bool(others) and others[0][1] == count
    return form if count >= most * forms.total() and not tied else None


def _hit(case: str, found: Sequence[tuple[int, _Item]]) -> Hit:
    """The items of one list, with their numbers in it."""
    words = [_opening(item.text) for _, item in found]
    numbers = [number for number, _ in found]
    first = found[0][1]
    facts = {"words": words, "numbers": numbers, "count": len(found), "text": first.text}
    return Hit(first.path, {"case": case, **facts})


def _opening(text: str) -> str:
    """The first words of a text, three at most, without a preposition at the end."""
    words = text.split()[:3]
    while len(words) > 1 and len(words[-1]) < 4:
        words.pop()
    return " ".join(words).rstrip(",;:")


def _perfective(lists: Iterable[_List], most: float) -> Iterator[Hit]:
    aspects: Counter[str] = Counter()
    found: list[tuple[int, _Item]] = []
    for items in lists:
        for number, item in enumerate(items.items if items.case == "abilities" else (), start=1):
            seen = {str(form.aspect) for form in _first(item.text) if form.part == "INFN"}
            if len(seen) == 1:
                aspects.update(seen)
                if seen == {"perf"}:
                    found.append((number, item))
    if aspects["impf"] and aspects["impf"] >= most * aspects.total():
        for stray in found:
            yield _hit("aspect", [stray])


def _agreement(standard: Standard, *, genitive: bool) -> Iterator[Hit]:
    """Words that do not go together; one hit for each text, at its first place.

    `genitive`: knowledge stands in the genitive throughout the document.
    """
    places: dict[tuple[str, str], list[Pointer]] = {}
    texts: dict[tuple[str, str], str] = {}
    for text in prose.texts(standard):
        if text.field in ("text", "name", "purpose") and text.path.startswith("/professions"):
            for case, words in (*slips(text.text), *_rows(text, genitive)):
                key = (case, words if case != "row" else text.text)
                places.setdefault(key, []).append(text.path)
                texts.setdefault(key, words)
    for (case, _), paths in places.items():
        facts = {"words": [texts[case, _]], "numbers": [], "count": len(paths)}
        yield Hit(paths[0], {"case": case, **facts, "text": str(paths[0].resolve(standard))})


def _rows(text: Text, genitive: bool) -> Iterator[tuple[str, str]]:
    if text.field == "text" and "/knowledge/" in text.path:
        yield from row_slips(text.text, genitive)
    elif text.field == "text" and " и " in text.text:
        yield from object_slips(text.text)
