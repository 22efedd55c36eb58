"""TX: the grammatical form of list items and names, in Russian."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from profstd.document import ROOT, Pointer
from profstd.model import Standard
from profstd.validate import morphology, prose, walk
from profstd.validate.morphology import Form, cases, forms, parts
from profstd.validate.prose import Text, Word
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
    words = [_opening(item.text) for item in found]
    numbers = [among.index(item) + 1 for item in found]
    facts = {"words": words, "numbers": numbers, "count": len(found), "text": found[0].text}
    return Hit(found[0].path, {"case": case, **facts})


def _opening(text: str) -> str:
    """The first words of a text, three at most, without a preposition at the end."""
    words = text.split()[:3]
    while len(words) > 1 and len(words[-1]) < 4:
        words.pop()
    return " ".join(words).rstrip(",;:")


def _perfective(lists: Iterable[_List], most: float) -> Iterator[Hit]:
    aspects: Counter[str] = Counter()
    found: list[tuple[_Item, Sequence[_Item]]] = []
    for items in lists:
        for item in items.items if items.case == "abilities" else ():
            seen = {str(form.aspect) for form in _first(item.text) if form.part == "INFN"}
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
        if text.field in ("text", "name", "purpose") and text.path.startswith("/professions"):
            for case, words in (*_slips(text.text), *_rows(text, genitive)):
                key = (case, words if case != "row" else text.text)
                places.setdefault(key, []).append(text.path)
                texts.setdefault(key, words)
    for (case, _), paths in places.items():
        facts = {"words": [texts[case, _]], "numbers": [], "count": len(paths)}
        yield Hit(paths[0], {"case": case, **facts, "text": str(paths[0].resolve(standard))})


@lru_cache(maxsize=2048)
def _slips(text: str) -> tuple[tuple[str, str], ...]:
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


def _rows(text: Text, genitive: bool) -> Iterator[tuple[str, str]]:
    if text.field == "text" and "/knowledge/" in text.path and (row := _row(text.text, genitive)):
        yield "row", row


@lru_cache(maxsize=2048)
def _row(text: str, genitive: bool) -> str | None:
    """A nominative in a row that began in the genitive: «способов измерения и методы …».

    Looked for right behind a comma or «и», where nothing before it takes an object.
    """
    words = prose.words(text)
    for index in range(1, len(words)):
        gap = text[words[index - 1].end : words[index].start]
        if gap not in (" ", ", "):
            return None
        start = index
        if words[index].word in _OF_THEM and index + 1 < len(words):
            continue
        if index > 1 and words[index - 1].word in _OF_THEM:
            start, gap = index - 1, text[words[index - 2].end : words[index - 1].start]
        joined = gap == ", " or words[start - 1].word == "и"
        if joined and start and _is_nominative(words, index):
            begun = [item.word.lower() for item in words[:start]]
            if _began_in_genitive(begun[0], genitive) and not any(map(_takes_object, begun)):
                last = words[min(index + 1, len(words) - 1)]
                return text[words[start].start : last.end].partition(",")[0]
    return None


def _began_in_genitive(word: str, genitive: bool) -> bool:
    found = cases(word)
    return "gent" in found and word not in _PLURALS and (genitive or "nomn" not in found)


def _takes_object(word: str) -> bool:
    return word in _TAKING_OBJECTS or bool(parts(word) & _GOVERNORS)


def _is_nominative(words: Sequence[Word], index: int) -> bool:
    """Whether a word can only be a subject or an object; so its noun, if it is an adjective."""
    word = words[index].word
    if word.endswith(_NEVER_NOMINATIVE):
        return False
    seen = cases(word)
    if parts(word) == {"NOUN"}:
        plural = any(form.number == "plur" for form in forms(word))
        return seen <= {"nomn", "accs", "loct"} and (plural or "loct" not in seen)
    if parts(word) == {"ADJF"} and seen <= {"nomn", "accs"}:
        return index + 1 < len(words) and bool(cases(words[index + 1].word) & {"nomn", "accs"})
    return False
