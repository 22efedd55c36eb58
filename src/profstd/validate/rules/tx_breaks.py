"""TX: items glued into one, and sentences that break off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from profstd.document import Pointer
from profstd.model import Language, Standard
from profstd.validate import morphology, prose, walk
from profstd.validate.prose import Text
from profstd.validate.rule import STYLE, WARNING, Basis, Hit, rule
from profstd.validate.wording import folded

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LETTERS = re.compile(r"\s*[^\W\d_]{3}")
_FEW = 5
_LONGEST = 2000  # characters of what may be an item
_DASH = re.compile(r"(?<=[^\W\d_)»]) [-–—] (?=[^\W\d_])")
# Between a statement and one that it was glued to; conjunctions join what belongs together.
_SEAM = re.compile(r"[\s,;.–—-]+")
_GOES_ON = frozenset({"числе", "образом"})
_JOINING = frozenset({*("и", "или", "либо", "а", "но", "также", "как"), *("және", "немесе", "мен")})

# Words that another action depends on: «умение слышать», «приучать детей мыть руки».
_GOVERNING = re.compile(
    r"умени|способност|возможност|готовност|необходимост|потребност|желани|стремлени|намерени|"
    r"обязанност|обязательств|прав[оауе]м?$|решени|требовани|предложени|просьб|приказ|поручени|"
    r"попытк|задач|цел[ьюяие]|образ|числ|навык|привычк|разрешени|запрет|склонност|умет|умеют|"
    r"мо[гж]|должн|обязан|способн|готов|надо|нужно|необходимо|следует|можно|нельзя|хот|жела|"
    r"прину|при?уча|уч[иа]т|обуча|научи|помога|помо[чг]|проси|попрос|застав|позвол|разреш|"
    r"рекоменд|совет|предлага|предложи|поруча|предпис|запреща|запрет|требова|поощр|стимул|"
    r"побужд|мотивир|да[вт]|дать|велет|приглаша|готови|довер|уме|прекра|начин|начат|продолж"
)


@rule("TX05", WARNING, Basis.PRACTICE)
def items_glued(standard: Standard) -> Iterator[Hit]:
    """A list item is one item.

    Glued are two statements of the document that stand in one item with a comma, a dash or
    nothing between them; a semicolon inside an item; in Russian a dash before what begins
    like the list's items, an infinitive with nothing that it depends on, a new capital in
    the list of personal competencies, or its nouns in a row; and several regulations
    without a separator.
    """
    known = _Known(standard)
    for at in walk.skills(standard):
        for field, path, statements in walk.statements(at):
            for index, statement in enumerate(statements):
                text = statement.text
                cut = _two_known(text, known) or _semicolon(text)
                if not cut and standard.language == "kk":
                    cut = _kazakh_item_after_dash(text, field)
                if not cut and standard.language == "ru":
                    cut = _item_after_dash(text, field) or (
                        _second_infinitive(text) if field == "abilities" else None
                    )
                if cut:
                    yield _glued(path / index / "text", text, cut)
    for path, profession in walk.professions(standard):
        for index, text in enumerate(profession.regulations):
            if parts := _regulations(text):
                facts = {"case": "regulations", "text": text, "parts": parts}
                yield Hit(path / "regulations" / index, facts)
        for index, text in enumerate(profession.personal_competencies):
            if standard.language == "ru" and (parts := _competencies(text)):
                facts = {"case": "competencies", "text": text, "parts": parts}
                yield Hit(path / "personal_competencies" / index, facts)


def _glued(path: Pointer, text: str, cut: tuple[int, int]) -> Hit:
    parts = [text[: cut[0]].rstrip(" ,;-–—"), text[cut[1] :].lstrip()]
    # With a comma it is a sentence at least.
    severity = STYLE if "," in text[slice(*cut)] else None
    return Hit(path, {"case": "items", "text": text, "parts": parts}, severity)


class _Known:
    """The statements of a document, folded, and the words that they begin with."""

    def __init__(self, standard: Standard) -> None:
        self.texts = frozenset(
            folded(statement.text)
            for at in walk.skills(standard)
            for _, _, statements in walk.statements(at)
            for statement in statements
        )
        self.openings = frozenset(text.partition(" ")[0] for text in self.texts if " " in text)


def _two_known(text: str, known: _Known) -> tuple[int, int] | None:
    """Where a text falls into two that are items of their own elsewhere.

    Of a long second one it is enough, where nothing joins it to what stands before.
    """
    for previous, word in pairwise(prose.words(text) if len(text) < _LONGEST else ()):
        if folded(word.word).partition(" ")[0] not in known.openings:
            continue
        match = _SEAM.fullmatch(text, previous.end, word.start)
        rest = folded(text[word.start :])
        if match is None or rest not in known.texts or " " not in rest:
            continue
        before = text[: match.start()]
        last = before.rpartition(" ")[2].lower()
        if last in _JOINING or last in _PREPOSITIONS:
            continue
        if folded(before) in known.texts and " " in folded(before):
            return match.span()
        long = rest.count(" ") >= 4 and "," not in match[0] and last not in _GOES_ON
        if long and _is_action(rest) and _is_action(before):
            return match.span()
    return None


def _is_action(text: str) -> bool:
    return "INFN" in morphology.parts(text.partition(" ")[0].rstrip(","))


def _semicolon(text: str) -> tuple[int, int] | None:
    """A semicolon that is not inside brackets nor behind a colon, where items are listed."""
    at = text.find(";")
    if at < 0 or ":" in text[:at] or text.count("(", 0, at) > text.count(")", 0, at):
        return None
    if not _LETTERS.match(text, at + 1) or sum(map(str.isalpha, text[:at])) < _FEW:
        return None
    return at, at + 1


def _item_after_dash(text: str, field: str) -> tuple[int, int] | None:
    """A dash between two parts that both begin like items of the list."""
    for match in _DASH.finditer(text):
        first, second = _WORD.match(text), _WORD.match(text, match.end())
        if first is None or second is None:
            continue
        if field == "abilities":
            begins = _is_action(first[0]) and morphology.parts(second[0]) == {"INFN"}
        else:
            begins = "gent" in morphology.cases(first[0]) and _is_genitive(second[0])
        if begins:
            return match.span()
    return None


def _kazakh_item_after_dash(text: str, field: str) -> tuple[int, int] | None:
    """A dash between two parts that both end as the list's items do.

    Actions end in «у», pieces of knowledge in the possessive: «білік құрылысы - майлау
    тәртібі».
    """
    ends = ("у", "ю") if field == "abilities" else ("ы", "і")
    for match in _DASH.finditer(text):
        parts = text[: match.start()], text[match.end() :]
        if all(part.endswith(ends) and " " in part for part in parts):
            return match.span()
    return None


def _is_genitive(word: str) -> bool:
    """Whether a noun or an adjective can be nothing but a genitive, which may look like others."""
    cases = morphology.cases(word)
    only = cases <= {"gent", "accs", "loct"} and "gent" in cases
    return only and morphology.parts(word) <= {"NOUN", "ADJF"}


def _second_infinitive(text: str) -> tuple[int, int] | None:
    """An infinitive right behind a noun, where no word before it takes an infinitive."""
    words = prose.words(text)
    for index in range(2, len(words)):
        before, word = words[index - 1], words[index]
        if not word.word.endswith(("ть", "ти", "чь", "ться", "тись")) or not word.word.islower():
            continue
        if text[before.end : word.start] != " " or morphology.parts(word.word) != {"INFN"}:
            continue
        if morphology.parts(before.word) != {"NOUN"} or not _is_action(text):
            continue
        if not any(_GOVERNING.search(earlier.word.lower()) for earlier in words[:index]):
            return before.end, word.start
    return None


_DESIGNATION = re.compile(
    r"(?<=[^\W_»)]) (?=(?:СТ РК|ҚР СТ|ГОСТ|МЕМСТ|СНиП|СП РК|СН РК|ТР ТС|ТР ЕАЭС|"
    r"Стандарт|Закон|Кодекс|Технический регламент|Санитарные правила)(?![\w-]))"
)


def _regulations(text: str) -> list[str]:
    """The regulations that stand in one entry; [] where it is one.

    A designation after a preposition, inside quotation marks or brackets is a part of it.
    """
    cuts = [0]
    for match in _DESIGNATION.finditer(text):
        before = text[: match.start()]
        last = before.rpartition(" ")[2]
        quoted = before.count("«") > before.count("»") or before.count("(") > before.count(")")
        if not quoted and last not in _PREPOSITIONS and last not in _JOINING and len(before) > 5:
            cuts.append(match.end())
    parts = [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return parts if len(parts) > 1 else []


def _competencies(text: str) -> list[str]:
    """The competencies that stand in one entry without a separator; [] where it is one."""
    words = list(_WORD.finditer(text))
    cuts = []
    for before, word in pairwise(words):
        if text[before.end() : word.start()] != " " or "«" in text[: word.start()]:
            continue
        if word[0][0].isupper() and word[0][1:].islower():
            if text[0].isupper() and "nomn" in morphology.cases(word[0]):
                cuts.append(word.start())
        elif word[0].islower() and _new_noun(before[0], word[0], text[: before.end()]):
            cuts.append(word.start())
    lone = len(cuts) == 1 and not text[cuts[0]].isupper()
    if not cuts or lone:
        return []
    return [text[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _new_noun(before: str, word: str, left: str) -> bool:
    """Whether a word that can only be a subject follows a noun, and nothing governs it."""
    if {"NOUN"} != morphology.parts(before) or not morphology.parts(word) & {"NOUN", "ADJF"}:
        return False
    cases = morphology.cases(word)
    if "nomn" not in cases or cases - {"nomn", "accs"}:
        return False
    return left.rpartition(" ")[0].rpartition(" ")[2] not in ("в", "на", "за")


_PREPOSITIONS = frozenset(
    {
        *("в", "во", "на", "с", "со", "к", "ко", "по", "от", "до", "из", "у", "о", "об", "обо"),
        *("за", "над", "под", "при", "про", "для", "без", "через", "между", "перед", "ради"),
    }
)
_ANY = "|".join(sorted(_PREPOSITIONS))
_AFTER_PREPOSITION = re.compile(
    rf"(?<![\w-])({_ANY}) ({_ANY}|или|либо|и(?! (?:{_ANY}|после|против|вне|около)\b)"
    r"|[а-яё]+(?:ть|ти|ться|чь))(?![\w-])"
)
# A preposition of one letter may be a point of an enumeration: «а, б, в».
_BEFORE_COMMA = re.compile(rf"(?<![\w«-])({_ANY})(?<=\w\w)[,;)]")
_ENCLOSING = re.compile(r"[()\[\]«»]")
_POSTPOSITIONS = frozenset({"үшін", "бойынша", "арқылы", "туралы"})
_LAST_KK = frozenset({"және", "немесе", "сондай-ақ", "яғни"})
# The bracket of «а)» or «12)» has no counterpart.
_ENUMERATED = re.compile(r"(?:^|(?<=[\s;,(]))(?:\d{1,3}|\w)\)$")


@rule("TX06", WARNING, Basis.PRACTICE)
def sentence_cut(standard: Standard) -> Iterator[Hit]:
    """A sentence does not break off.

    It does, where a preposition stands before another one, before a verb or «или», where a
    preposition or a conjunction stands at the end (in Kazakh a conjunction), and where a
    bracket, or the only quotation mark, has no counterpart. One finding for each text.
    """
    told: set[str] = set()
    for text in prose.texts(standard):
        if text.text not in told:
            told.add(text.text)
            if found := _cut(text, standard.language):
                yield Hit(text.path, {**found, "text": text.text})


def _cut(place: Text, language: Language) -> dict[str, Any] | None:
    text = place.text
    bracket = _open_bracket(text)
    if bracket:
        return {"case": "bracket", "words": bracket}
    words = text.split()
    if language == "kk":
        last = words[-1].lower() if len(words) > 1 else ""
        cut = last in _LAST_KK or (place.field == "text" and last in _POSTPOSITIONS)
        return {"case": "end", "words": last} if cut else None
    for match in _AFTER_PREPOSITION.finditer(text):
        if _breaks_off(*match.groups()):
            return {"case": "words", "words": match[0]}
    if comma := _BEFORE_COMMA.search(text):
        return {"case": "words", "words": text[comma.start() : comma.end() + 20].strip()}
    last = words[-1] if words else ""
    if (
        len(words) > 1
        and not words[-2][-1:].isdecimal()
        and (last in _PREPOSITIONS or last in ("и", "или", "либо", "а", "но"))
    ):
        return {"case": "end", "words": last}
    return None


def _breaks_off(word: str, follower: str) -> bool:
    if follower in _PREPOSITIONS:
        return word != follower
    if follower == "и":
        return True
    if follower in ("или", "либо"):
        return word not in ("до", "за", "без", "с", "под", "на", "в", "при", "о", "об", "над")
    return morphology.parts(follower) == {"INFN"}


def _open_bracket(text: str) -> str | None:
    """The words around a bracket, or the only quotation mark, that has no counterpart."""
    if not _ENCLOSING.search(text):
        return None
    waiting: list[int] = []
    for at, sign in enumerate(text):
        if sign in "([":
            waiting.append(at)
        elif sign in ")]" and waiting:
            waiting.pop()
        elif sign in ")]" and not _ENUMERATED.search(text[max(0, at - 5) : at + 1]):
            return _around(text, at)
    if waiting:
        return _around(text, waiting[-1])
    if text.count("«") + text.count("»") == 1:
        return _around(text, max(text.find("«"), text.find("»")))
    return None


def _around(text: str, at: int) -> str:
    start = text.rfind(" ", 0, max(0, at - 1)) + 1
    return " ".join(text[start : at + 25].split()[:4])
