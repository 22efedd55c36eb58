"""TX: the grammatical form of list items and names, in Russian."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from profstd.document import ROOT, Pointer
from profstd.model import Standard
from profstd.validate import morphology, prose, walk
from profstd.validate.morphology import Form, forms
from profstd.validate.prose import Text
from profstd.validate.rule import STYLE, Basis, Hit, rule

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NOUN_LIKE = frozenset({"NOUN", "ADJF", "PRTF", "NUMR"})
_LEADING = frozenset({"ADVB", "PRCL", "CONJ"})
# Plurals that open a list of knowledge: that they are also a genitive («основы чего») is
# never meant there.
_PLURALS = frozenset({"основы", "правила", "требования"})


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
    for word in _WORD.findall(text)[:5]:
        found = forms(word)
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
    if word and word[0].lower() in _PLURALS:
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
        found = [item for item in items.items if item.form and item.form != expected]
        if found:
            yield _hit(f"{items.case}_{expected}", found, items.items)


def _majority(forms: Counter[str], most: float) -> str | None:
    """The form that at least the part `most` has, and more than any other."""
    if not forms:
        return None
    (form, count), *others = forms.most_common(2)
    tied = bool(others) and others[0][1] == count
    return form if count >= most * forms.total() and not tied else None


def _hit(case: str, found: Sequence[_Item], among: Sequence[_Item]) -> Hit:
    words = [" ".join(item.text.split()[:3]).rstrip(",;:") for item in found]
    numbers = [among.index(item) + 1 for item in found]
    facts = {"words": words, "numbers": numbers, "count": len(found), "text": found[0].text}
    return Hit(found[0].path, {"case": case, **facts})


def _perfective(lists: Iterable[_List], most: float) -> Iterator[Hit]:
    aspects: Counter[str] = Counter()
    found: list[tuple[_Item, Sequence[_Item]]] = []
    for items in lists:
        for item in items.items if items.case == "abilities" else ():
            seen = {form.aspect for form in _first(item.text) if form.part == "INFN"}
            if len(seen) == 1:
                aspects.update(seen)
                if seen == {"perf"}:
                    found.append((item, items.items))
    if aspects["impf"] and aspects["impf"] >= most * aspects.total():
        for item, among in found:
            yield _hit("aspect", [item], among)


def _agreement(standard: Standard, *, genitive: bool) -> Iterator[Hit]:
    """Words that do not go together; one hit for each text, at its first place.

    `genitive`: knowledge stands in the genitive throughout the document.
    """
    places: dict[tuple[str, str], list[Pointer]] = {}
    texts: dict[tuple[str, str], str] = {}
    for text in prose.texts(standard):
        if text.field in ("text", "name", "purpose") and text.path.keys[0] == "professions":
            for case, words in (*_slips(text.text), *_rows(text, genitive)):
                key = (case, words if case != "row" else text.text)
                places.setdefault(key, []).append(text.path)
                texts.setdefault(key, words)
    for (case, _), paths in places.items():
        facts = {"words": [texts[case, _]], "numbers": [], "count": len(paths)}
        yield Hit(paths[0], {"case": case, **facts, "text": str(paths[0].resolve(standard))})


class _Token(NamedTuple):
    """A word, what stands between it and the word before, and its readings."""

    word: str
    gap: str
    forms: tuple[Form, ...]

    @property
    def parts(self) -> frozenset[str | None]:
        return morphology.parts(self.word)

    @property
    def cases(self) -> frozenset[str | None]:
        return morphology.cases(self.word)


@lru_cache(maxsize=2048)
def _tokens(text: str) -> tuple[_Token, ...]:
    tokens: list[_Token] = []
    end = 0
    for match in _WORD.finditer(text):
        tokens.append(_Token(match[0], text[end : match.start()], forms(match[0])))
        end = match.end()
    return tuple(tokens)


@lru_cache(maxsize=2048)
def _slips(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs of words that do not go together: what is wrong, and the words."""
    return tuple(_pairs(_tokens(text)))


def _rows(text: Text, genitive: bool) -> Iterator[tuple[str, str]]:
    if "knowledge" in text.path.keys and (row := _row(_tokens(text.text), genitive)):
        yield "row", row


def _pairs(tokens: Sequence[_Token]) -> Iterator[tuple[str, str]]:
    for index in range(1, len(tokens)):
        before, token = tokens[index - 1], tokens[index]
        if token.gap == " " and token.forms:
            for case, check in _PAIRS:
                earlier = tokens[index - 2] if index > 1 else None
                if check(before, token, earlier):
                    yield case, f"{before.word} {token.word}"


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


def _disagree(before: _Token, token: _Token, earlier: _Token | None) -> bool:
    """An adjective and a noun right behind it have no case and number in common.

    Of adjectives in a row («нижнем и потолочном положениях») the noun may be the plural.
    """
    if not before.forms or before.parts != {"ADJF"} or token.parts != {"NOUN"}:
        return False
    if any(form.pronoun for form in before.forms) or _WITH_NOUN.match(before.word.lower()):
        return False
    if token.cases <= {"datv"} or token.cases <= {"ablt"} or re.search(r"\d", before.gap):
        return False
    in_row = "," in before.gap
    if earlier:
        if earlier.word.lower() in _NUMERALS or "NUMR" in earlier.parts:
            return False
        in_row = in_row or earlier.word.lower() in ("и", "или", "либо")
    here = {(form.case, form.number) for form in before.forms}
    there = {(form.case, form.number) for form in token.forms}
    # The accusative like the genitive is that of living beings.
    here -= {("accs", number) for case, number in here if case == "gent"} - {
        ("accs", number) for case, number in there if case == "gent"
    }
    if in_row and {number for _, number in here} == {"sing"}:
        return not {case for case, _ in here} & {case for case, _ in there}
    return not here & there


# The cases that a preposition can stand with; only those of which there is no doubt.
_GOVERNED = {
    **dict.fromkeys(("на", "в", "во"), {"accs", "loct"}),
    **dict.fromkeys(("к", "ко"), {"datv"}),
    **dict.fromkeys(("для", "без", "от", "до", "из", "у"), {"gent"}),
    "при": {"loct"},
    "над": {"ablt"},
}


def _ungoverned(before: _Token, token: _Token, _: _Token | None) -> bool:
    """A noun stands in no case that the preposition right before it takes."""
    allowed = _GOVERNED.get(before.word)
    if allowed is None or token.parts != {"NOUN"} or not token.word.islower():
        return False
    return not token.cases & allowed


# Verbs whose object may stand in the genitive.
_PARTITIVE = re.compile(
    r"(?:треб|жд|ожид|иск|прос|хот|жел|дости|избе|доби|наб[ир]|приба|доба|нали|дожид|слуш|"
    r"каса|придерж|остере|опас|бо[яи]|лиш|заслуж|стои|сторон|держ)"
)


def _no_object(before: _Token, token: _Token, earlier: _Token | None) -> bool:
    """Right behind a transitive infinitive stands a noun that can only be a genitive plural."""
    if before.parts != {"INFN"} or not all(form.transitive for form in before.forms):
        return False
    if before.word.endswith(("ся", "сь")) or _PARTITIVE.match(before.word.lower()):
        return False
    if earlier and earlier.word.lower() == "не":
        return False
    return token.parts == {"NOUN"} and {(form.case, form.number) for form in token.forms} == {
        ("gent", "plur")
    }


_PAIRS: tuple[tuple[str, Callable[[_Token, _Token, _Token | None], bool]], ...] = (
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


def _row(tokens: Sequence[_Token], genitive: bool) -> str | None:
    """A nominative in a row that began in the genitive: «способов измерения и методы …».

    Looked for right behind a comma or «и», where nothing before it takes an object.
    """
    if not tokens or "gent" not in tokens[0].cases or tokens[0].word.lower() in _PLURALS:
        return None
    if "nomn" in tokens[0].cases and not genitive:
        return None
    for index in range(1, len(tokens)):
        token, before = tokens[index], tokens[index - 1]
        if re.search(r"[^\s,]", token.gap) or before.parts & _GOVERNORS:
            return None
        if before.word.lower() in _TAKING_OBJECTS:
            return None
        if token.word.lower() in _OF_THEM or not token.forms:
            continue
        joined = token.gap == ", " or before.word == "и"
        of_them = before.word.lower() in _OF_THEM and index > 1 and tokens[index - 2].word == "и"
        if joined or of_them:
            start = index - 1 if of_them else index
            if _is_nominative(tokens, index):
                return " ".join(item.word for item in tokens[start : index + 2])
    return None


def _is_nominative(tokens: Sequence[_Token], index: int) -> bool:
    """Whether the word can only be a subject or an object, and so its noun, if it is an adjective."""
    token = tokens[index]
    if token.parts == {"NOUN"}:
        return "gent" not in token.cases and token.cases <= {"nomn", "accs", "loct"} and (
            any(form.number == "plur" for form in token.forms) or "loct" not in token.cases
        )
    if token.parts == {"ADJF"} and token.cases <= {"nomn", "accs"}:
        follower = tokens[index + 1] if index + 1 < len(tokens) else None
        return follower is not None and bool(follower.cases & {"nomn", "accs"})
    return False
