"""TM: terms (item 2) and abbreviations (item 3) of the standard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from profstd.document import ROOT, Pointer
from profstd.model import Language, Standard
from profstd.validate import morphology, prose
from profstd.validate.prose import Text
from profstd.validate.rule import WARNING, Basis, Hit, rule
from profstd.validate.scripts import unmixed
from profstd.validate.wording import difference, folded

_WORD = re.compile(r"[^\W_]+")
_RUSSIAN_ENDING = re.compile(
    r"(?<=\w{3})(?:[ое][вмй]|[аыия]ми|[ая]м|[аыия]х|[ыи]й|[ое]го|[ое]му|[аеиоуыэюяйь]+)$"
)
# A Kazakh stem ends otherwise before a suffix: «дағды», «дағдысы»; «мектеп», «мектебі».
_KAZAKH_END = re.compile(r"[кқгғпбыіаеу]$")

# What the form itself speaks of; a term or abbreviation of its labels is always used.
_OF_THE_FORM: Mapping[Language, tuple[str, ...]] = {
    "ru": (
        *("профессиональный стандарт", "профессия", "карточка профессии", "трудовая функция"),
        *("знание", "умение", "навык", "компетенция", "личностная компетенция", "квалификация"),
        *("профессиональная квалификация", "уровень квалификации", "признание навыка"),
        *("неформальное образование", "информальное образование", "опыт работы"),
        *("профессиональное образование", "технический регламент", "национальный стандарт"),
        *("отраслевая рамка квалификаций", "цель деятельности", "ЕТКС", "КС", "ОРК", "ОКЭД"),
    ),
    "kk": (
        *("кәсіптік стандарт", "кәсіп", "кәсіп карточкасы", "еңбек функциясы", "білім"),
        *("машық", "дағды", "құзырет", "құзыреттілік", "біліктілік", "кәсіптік біліктілік"),
        *("біліктілік деңгейі", "бейресми білім", "информалды білім", "кәсіптік білім"),
        *("ұлттық стандарт", "техникалық регламент", "салалық біліктілік шеңбері"),
        *("БТБА", "БА", "СБШ", "ЭҚЖЖ"),
    ),
}


@lru_cache(maxsize=8192)
def _stem(word: str, language: Language) -> str:
    if language == "kk":
        return _KAZAKH_END.sub("", word) if len(word) > 4 else word
    return _RUSSIAN_ENDING.sub("", word)


@lru_cache(maxsize=8192)
def _folded_stem(word: str) -> str:
    return _stem(folded(word), "ru")


def _stems(text: str, language: Language) -> list[str]:
    return [_stem(word, language) for word in folded(text).split()]


# A vowel that some forms of a word lack: «орын», «орны»; «пролежень», «пролежня».
_FLEETING = re.compile(r"[ыіұүеоё](?=[^аәеоөұүыіуиэюя]ь?$)")


def _is_form_of(word: str, term: str, language: Language) -> bool:
    """Whether a word is the word of a term in some form; Kazakh words are stem and suffixes."""
    if language == "kk":
        stem = _stem(term, language)
        return word.startswith(stem) or (
            len(term) > 3 and word.startswith(_FLEETING.sub("", term)) and word[:2] == term[:2]
        )
    if _stem(word, language) == _stem(term, language):
        return True
    if word[:3] != term[:3]:
        return False
    lemmas = {form.lemma for form in morphology.forms(term)}
    return any(form.lemma in lemmas for form in morphology.forms(word))


def _has_all(wanted: Sequence[str], words: Sequence[str], language: Language) -> bool:
    """Whether there is a form of each of the words that are wanted."""
    return all(any(_is_form_of(word, term, language) for word in words) for term in wanted)


_BRACKETS = re.compile(r"\s*\([^()]*\)")
_IN_BRACKETS = re.compile(r"\(([^\W\d_]{2,8})\)")
_SHORT_NAME = re.compile(r"\((?:далее|бұдан әрі)\s*[-–—]\s*([^()]+)\)")


@rule("TM01", WARNING, Basis.TEMPLATE, Basis.PRACTICE)
def term_unused(standard: Standard, *, of_the_form: Sequence[str] = ()) -> Iterator[Hit]:
    """A defined term occurs elsewhere: all its words in one text, in whatever form.

    The terms that the form itself uses always do; `of_the_form`: more of them.
    """
    language = standard.language
    always = {tuple(_stems(name, language)) for name in (*_OF_THE_FORM[language], *of_the_form)}
    texts = [(text, folded(text.text)) for text in prose.texts(standard)]
    for index, item in enumerate(standard.terms):
        path = ROOT / "terms" / index
        name = " ".join(_in_one_script(word, language) for word in
                        _BRACKETS.sub("", item.term).split())  # fmt: skip
        wanted = folded(name).split()
        if not wanted or tuple(_stems(name, language)) in always:
            continue
        begins = [word[:3] for word in wanted]
        others = (
            words
            for text, words in texts
            if all(letters in words for letters in begins) and not text.path.startswith(f"{path}/")
        )
        if any(_has_all(wanted, words.split(), language) for words in others):
            continue
        shorts = [found.strip() for found in _SHORT_NAME.findall(f"{item.term} {item.definition}")]
        shorts += _IN_BRACKETS.findall(item.term)
        shorts.append("".join(word[0] for word in folded(name).split()).upper())
        if not any(len(short) > 1 and _is_used(standard, short, path) for short in shorts):
            yield Hit(path / "term", {"term": item.term})


def _in_one_script(word: str, language: Language) -> str:
    mixed = unmixed(word, language)
    return mixed.meant if mixed else word


@rule("TM02", WARNING, Basis.TEMPLATE, Basis.PRACTICE)
def abbreviation_unused(standard: Standard, *, of_the_form: Sequence[str] = ()) -> Iterator[Hit]:
    """A defined abbreviation occurs elsewhere, letter by letter, with whatever ending.

    Those in the labels of the form always do; `of_the_form`: more of them.
    """
    always = {*_OF_THE_FORM[standard.language], *of_the_form}
    for index, item in enumerate(standard.abbreviations):
        path = ROOT / "abbreviations" / index
        if item.abbreviation not in always and not _is_used(standard, item.abbreviation, path):
            yield Hit(
                path / "abbreviation",
                {"abbreviation": item.abbreviation, "meaning": item.meaning},
            )


def _is_used(standard: Standard, name: str, own: Pointer) -> bool:
    """Whether `name` stands in a text that does not belong to `own`."""
    ending = "" if name.isupper() else r"\w*"
    shape = re.compile(rf"(?<!\w){re.escape(name)}{ending}(?!\w)")
    return any(
        name in text.text and not text.path.startswith(f"{own}/") and shape.search(text.text)
        for text in prose.texts(standard)
    )


_KNOWN = (
    *("РК", "ҚР", "ИТ", "IT", "ОРК", "СБШ", "НРК", "ҰБШ", "НКЗ", "ҰКЖ", "ОКЭД", "ЭҚЖЖ", "ЕТКС"),
    *("БТБА", "КС", "БА", "ГОСТ", "МЕМСТ", "СТ", "СП", "СН", "СНиП", "СанПиН", "ISO", "ИСО"),
    *("IEC", "МЭК", "EN", "DIN", "ТР", "ТС", "ЕАЭС", "ЕАЭО", "КО", "СНГ", "ТМД", "ТОО", "ЖШС"),
    *("АО", "АҚ", "НАО", "КеАҚ", "РГП", "РМК", "ГКП", "МКК", "ИП", "ЖК", "КХ", "ООН", "БҰҰ"),
    *("ВОЗ", "ДДҰ", "ЮНЕСКО", "НПП", "ҰКП", "МСБ", "ИИН", "ЖСН", "БИН", "БСН", "НДС", "ҚҚС"),
    *("СМИ", "БАҚ", "ПК", "ЭВМ", "ЭЕМ", "ФИО", "USB", "PDF", "GPS", "SMS", "QR", "ID", "URL"),
    *("HTML", "HTTP", "WWW", "MS", "CD", "DVD", "LED", "TV", "VIP", "ВУЗ", "ЖОО", "ВИЧ"),
    *("СПИД", "COVID", "ДНК", "УФ", "ПВХ", "АЗС", "АТС", "ЛТД", "LTD"),
    *("SELECT", "JOIN", "FROM", "WHERE", "GROUP", "ORDER", "BY", "AND", "OR", "NOT", "OK"),
)
_ABBREVIATION = re.compile(
    r"(?<![\w«-])(?:[A-Z]{2,}|[А-ЯЁӘІҢҒҮҰҚӨҺ]{2,}|[А-ЯЁӘІҢҒҮҰҚӨҺ][а-яёәіңғүұқөһ]?"
    r"[А-ЯЁӘІҢҒҮҰҚӨҺ]+[а-яёәіңғүұқөһ]?[А-ЯЁӘІҢҒҮҰҚӨҺ]+)(?!\w|»)"
)
_ROMAN = re.compile("[IVXLC]+|[ІХV]+")
# Names of documents, which come with designations, and what the classifiers print.
_NAMING = frozenset({"regulations", "other_qualification", "abbreviation", "meaning"})


@rule("TM03", WARNING, Basis.TEMPLATE, Basis.PRACTICE)
def abbreviation_undefined(
    standard: Standard, *, known: Sequence[str] = _KNOWN, least: int = 1
) -> Iterator[Hit]:
    """An abbreviation that is used is defined: in item 3, or where it first stands.

    One finding for each, at its first place, with the number of places, of which there
    must be `least`. `known`: abbreviations that need no definition. Texts all in capitals,
    numerals, names in quotation marks and lists of regulations are not looked at.
    """
    defined = {word for item in standard.abbreviations for word in _parts(item.abbreviation)}
    defined |= {word for item in standard.terms for word in _ABBREVIATION.findall(item.term)}
    places: dict[str, list[Text]] = {}
    for text in prose.texts(standard):
        if text.field in _NAMING or text.path.startswith("/economic_activities"):
            continue
        if text.text.isupper() and " " in text.text:
            continue
        for match in _ABBREVIATION.finditer(text.text):
            places.setdefault(match[0], []).append(text)
    for name, texts in places.items():
        if name in known or name in defined or _ROMAN.fullmatch(name) or len(texts) < least:
            continue
        if not _explained(name, texts[0].text):
            yield Hit(texts[0].path, {"abbreviation": name, "count": len(texts)})


def _parts(abbreviation: str) -> list[str]:
    return [abbreviation, *_WORD.findall(abbreviation)]


def _explained(name: str, text: str) -> bool:
    """Whether the text says what it means: «… (далее – KPI)», «BSC (система …)», by its letters."""
    if re.search(rf"\((?:далее|бұдан әрі)[^()]{{0,80}}{re.escape(name)}\)", text):
        return True
    behind = re.search(rf"{re.escape(name)} \(([^\W\d_]+ [^()]+)\)", text)
    if behind and (name.isascii() or _initials(behind[1]) == name.casefold()):
        return True
    at = text.find(f"({name})")
    return at >= 0 and _initials(text[max(0, at - _NEAR) : at]).endswith(name.casefold())


_NEAR = 200  # characters before an abbreviation in brackets, where its words are looked for


def _initials(text: str) -> str:
    return "".join(word[0] for word in folded(text).split())


class _Defined(NamedTuple):
    """A defined term of two parts: the stem of its last word, and its other words."""

    term: str
    head: str
    others: tuple[str, ...]


@rule("TM04", WARNING, Basis.PRACTICE)
def combination_undefined(standard: Standard, *, least: int = 10) -> Iterator[Hit]:
    """A frequent word combination is defined where a near one is.

    Frequent is what stands in at least `least` places. Near is a term with the same last
    word and another word that begins the same («контактный информационный центр» beside
    «контакт-центр»), or a term with a word more inside («минеральное комплексное удобрение»
    beside «минеральное удобрение»). In Russian only; silent where the dictionary is not
    installed. One finding for each combination, at its first place.
    """
    if standard.language != "ru":
        return
    terms = [
        _Defined(item.term, stems[-1], tuple(stems[:-1]))
        for item in standard.terms
        if len(stems := _stems(_BRACKETS.sub("", item.term), "ru")) > 1
    ]
    heads = {term.head for term in terms}
    known = {tuple(_stems(item.term, "ru")) for item in standard.terms}
    places: dict[tuple[str, ...], list[tuple[Text, str]]] = {}
    for text in prose.texts(standard):
        if not text.path.startswith(("/terms", "/abbreviations")):
            for key, printed in _combinations(text.text, heads):
                places.setdefault(key, []).append((text, printed))
    for key, found in places.items():
        if len(found) < least or key in known:
            continue
        near = next((term for term in terms if _is_near(key, term)), None)
        if near:
            name = _as_a_name([name.lower() for _, name in found])
            facts = {"name": name, "count": len(found), "term": near.term}
            yield Hit(found[0][0].path, facts)


def _combinations(text: str, heads: set[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """One adjective or more, and a noun of the stems `heads`: the stems, and as printed."""
    words = prose.words(text)
    for index, word in enumerate(words):
        if _folded_stem(word.word) not in heads:
            continue
        first = index
        while (
            first > 0
            and text[words[first - 1].end : words[first].start] == " "
            and "ADJF" in morphology.parts(words[first - 1].word)
        ):
            first -= 1
        if first < index:
            printed = text[words[first].start : word.end]
            yield tuple(_stems(printed, "ru")), printed


def _as_a_name(printed: Sequence[str]) -> str:
    """The form in which a name is printed most, if it can be its nominative."""
    counted = [name for name, _ in Counter(printed).most_common()]
    alone = (
        name
        for name in counted
        if any(
            form.case == "nomn" and form.number == "sing"
            for form in morphology.forms(name.rpartition(" ")[2])
        )
    )
    return next(alone, counted[0])


def _is_near(stems: tuple[str, ...], term: _Defined) -> bool:
    if stems[-1] != term.head:
        return False
    if set(term.others) <= set(stems):
        # The term with a word inside; with a word before it, it is a kind of it.
        return stems[0] == term.others[0] and len(stems) > len(term.others) + 1
    if len(stems) == 2 and "-" in term.term:
        return False  # another spelling of the term, as TX08 says
    return any(
        len(other) >= 5 and stem.startswith(other) for other in term.others for stem in stems[:-1]
    )


# Article 1 of the law, as far as its text could be read: the Kazakh text for білім and
# дағды, the translation and standards that agree with it for the rest.
_DEFINITIONS: Mapping[str, str] = {
    "знание": "изученная и усвоенная информация, необходимая для выполнения действий в рамках "
    "профессиональной задачи",
    "навык": "способность применять знания и умения, позволяющая выполнять профессиональную "
    "задачу целиком",
    "профессия": "род занятий, осуществляемый физическим лицом и требующий определенной "
    "квалификации для его выполнения",
    "профессиональная квалификация": "степень профессиональной подготовки, характеризующая "
    "владение компетенциями, требуемыми для выполнения трудовых функций по профессии",
    "білім": "кәсіптік міндет шеңберінде іс-әрекеттерді орындау үшін қажетті зерделенген және "
    "меңгерілген ақпарат",
    "дағды": "кәсіптік міндетті толығымен орындауға мүмкіндік беретін білім мен машықты қолдану "
    "қабілеті",
    "кәсіп": "жеке адам жүзеге асыратын және орындалуы үшін белгілі бір біліктілікті талап "
    "ететін қызмет түрі",
}


@rule("TM05", WARNING, Basis.LAW, Basis.PRACTICE)
def definition_differs_from_law(
    standard: Standard, *, definitions: Mapping[str, str] = _DEFINITIONS
) -> Iterator[Hit]:
    """A term of the law has the definition of the law; endings and punctuation aside.

    `definitions`: terms with their definitions, in any language.
    """
    language = standard.language
    table = {folded(term): text for term, text in definitions.items()}
    for index, item in enumerate(standard.terms):
        expected = table.get(folded(item.term))
        if expected is None or not item.definition:
            continue
        if _bare_stems(item.definition, language) != _bare_stems(expected, language):
            found = difference(item.definition, expected)
            words = {"words": found.first, "expected_words": found.second}
            facts = {"term": item.term, "definition": item.definition, "expected": expected}
            yield Hit(ROOT / "terms" / index / "definition", {"case": found.case, **facts, **words})


def _bare_stems(text: str, language: Language) -> list[str]:
    """The stems of a text; of Kazakh words, without the endings of number and case."""
    if language == "kk":
        return [word[:5] for word in folded(text).split()]
    return [_stem(_REFLEXIVE.sub("", word), language) for word in folded(text).split()]


_REFLEXIVE = re.compile(r"(?:ущий|ющий|ащий|ящий|ущ\w+|ющ\w+|ащ\w+|ящ\w+)$")
