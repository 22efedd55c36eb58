"""Defects of the wording: TX, TM. All stand in the text, as an author makes them."""

from __future__ import annotations

import re

from planting.plot import Places, Plot, plants, said

# Cyrillic letters and the Latin ones that look the same.
_ALIKE = dict(zip("асеорху", "aceopxy", strict=True))
_PREPOSITIONS = {
    "ru": {
        "в",
        "на",
        "по",
        "к",
        "о",
        "об",
        "от",
        "до",
        "из",
        "с",
        "за",
        "над",
        "под",
        "при",
        "для",
    },
    "kk": {"туралы", "үшін", "бойынша", "арқылы", "және"},
}


def _statement(plot: Plot, pattern: str, field: str | None = None) -> str:
    """The path of a statement's text in which `pattern` is found."""
    paths = plot.in_text(plot.statements(field), "text")
    return plot.pick([path for path in paths if re.search(pattern, plot.value(path))])


def _around(path: str) -> list[str]:
    """A statement, its text, its list, its skill: where a defect between items may stand."""
    item = path.rpartition("/")[0]
    items, _, index = item.rpartition("/")
    near = [f"{items}/{int(index) + step}" for step in (-1, 0, 1) if int(index) + step >= 0]
    return [*near, *(f"{place}/text" for place in near), items, items.rpartition("/")[0]]


@plants("TX01", "text")
def a_latin_letter_in_a_statement(plot: Plot) -> Places:
    path = _statement(plot, r"\w[асеорху]\w")
    text = plot.value(path)
    match = plot.pick(list(re.finditer(r"(?<=\w)[асеорху](?=\w)", text)))
    plot.replace(path, text[: match.start()] + _ALIKE[match[0]] + text[match.end() :])
    return path


@plants("TX01", "text")
def a_latin_letter_in_a_name(plot: Plot) -> Places:
    paths = plot.in_text([*plot.skills(), *plot.cards()], "name")
    path = plot.pick([path for path in paths if re.search(r"\w[асеорху]\w", plot.value(path))])
    text = plot.value(path)
    match = plot.pick(list(re.finditer(r"(?<=\w)[асеорху](?=\w)", text)))
    plot.replace(path, text[: match.start()] + _ALIKE[match[0]] + text[match.end() :])
    return path


def _separator(plot: Plot) -> tuple[str, int]:
    """A statement that is not the last of its list, and where its «;» stands."""
    for _ in range(20):
        path, items = plot.pick(plot.lists())
        index = plot.random.randrange(len(items) - 1)
        place = f"{path}/{index}/text"
        try:
            end = plot.spot(place)[1]
        except LookupError:
            continue
        if plot.text[end : end + 1] == ";":
            return place, end
    raise LookupError("no separators")


@plants("TX02", "text")
def a_full_stop_inside_a_list(plot: Plot) -> Places:
    path, end = _separator(plot)
    plot.text = f"{plot.text[:end]}.{plot.text[end + 1 :]}"
    return _around(path)


@plants("TX02", "text")
def no_mark_between_items(plot: Plot) -> Places:
    path, end = _separator(plot)
    plot.text = plot.text[:end] + plot.text[end + 1 :]
    return _around(path)


@plants("TX02", "text")
def a_full_stop_and_a_semicolon(plot: Plot) -> Places:
    path, end = _separator(plot)
    plot.text = f"{plot.text[:end]}.{plot.text[end:]}"
    return _around(path)


@plants("TX02", "text")
def a_space_before_the_mark(plot: Plot) -> Places:
    path, end = _separator(plot)
    plot.text = f"{plot.text[:end]} {plot.text[end:]}"
    return _around(path)


@plants("TX02", "text")
def no_mark_at_the_end(plot: Plot) -> Places:
    path, items = plot.pick(plot.lists())
    place = f"{path}/{len(items) - 1}/text"
    if not plot.value(place).endswith("."):
        return None
    plot.replace(place, plot.value(place)[:-1])
    return _around(place)


@plants("TX03", "text")
def a_mark_behind_a_name(plot: Plot) -> Places:
    path = plot.pick(plot.in_text(plot.skills(), "name"))
    plot.replace(path, plot.value(path) + plot.pick([".", ","]))
    return path


@plants("TX03", "text")
def a_mark_behind_a_function(plot: Plot) -> Places:
    path = plot.pick(plot.in_text(plot.functions(), "name"))
    plot.replace(path, plot.value(path) + ".")
    return path


@plants("TX04", "text")
def a_hyphen_of_a_line_end(plot: Plot) -> Places:
    path = _statement(plot, r"\w{9,}")
    word = plot.pick(re.findall(r"\w{9,}", plot.value(path)))
    plot.replace(path, plot.value(path).replace(word, f"{word[:4]}- {word[4:]}", 1))
    return path


@plants("TX04", "text")
def a_word_twice(plot: Plot) -> Places:
    path = _statement(plot, r"\w{4,}")
    word = plot.pick(re.findall(r"\b\w{4,}\b", plot.value(path)))
    plot.replace(path, plot.value(path).replace(word, f"{word} {word}", 1))
    return path


@plants("TX04", "text")
def two_spaces(plot: Plot) -> Places:
    path = _statement(plot, " ")
    plot.replace(path, plot.value(path).replace(" ", "  ", 1))
    return path


def _second(plot: Plot) -> tuple[str, int, int]:
    """A statement behind another in its line, and the number and mark before it."""
    for _ in range(40):
        path, items = plot.pick(plot.lists())
        index = plot.random.randrange(1, len(items))
        place = f"{path}/{index}/text"
        try:
            start = plot.spot(place)[0]
            before = plot.spot(f"{path}/{index - 1}/text")[1]
        except LookupError:
            continue
        if re.fullmatch(r";\s*\d+\)\s*", plot.text[before:start]):
            return place, before, start
    raise LookupError("no items with numbers")


@plants("TX05", "text")
def an_item_behind_a_dash(plot: Plot) -> Places:
    path, before, start = _second(plot)
    plot.text = f"{plot.text[:before]} - {plot.text[start:]}"
    return _around(path)


@plants("TX05", "text")
def an_item_without_its_number(plot: Plot) -> Places:
    path, before, start = _second(plot)
    plot.text = f"{plot.text[:before]}; {plot.text[start:]}"
    return _around(path)


@plants("TX06", "text")
def a_word_left_out_between_prepositions(plot: Plot) -> Places:
    words = "|".join(sorted(_PREPOSITIONS[plot.language]))
    pattern = rf"\b({words}) \w+ (?=({words})\b)" if plot.language == "ru" else "$^"
    path = _statement(plot, pattern)
    plot.replace(path, re.sub(pattern, r"\1 ", plot.value(path), count=1))
    return path


@plants("TX06", "text")
def a_statement_cut_at_its_end(plot: Plot) -> Places:
    words = "|".join(sorted(_PREPOSITIONS[plot.language] | {"и"}))
    path = _statement(plot, rf"\w+ ({words}) \w+")
    match = plot.pick(list(re.finditer(rf"\w+ ({words})(?= \w+)", plot.value(path))))
    plot.replace(path, plot.value(path)[: match.end()])
    return path


_NOUNS = {
    "проверять": "проверка",
    "измерять": "измерение",
    "определять": "определение",
    "оформлять": "оформление",
    "выбирать": "выбор",
    "подбирать": "подбор",
    "составлять": "составление",
    "готовить": "подготовка",
    "заполнять": "заполнение",
    "рассчитывать": "расчет",
    "анализировать": "анализ",
    "оценивать": "оценка",
    "устанавливать": "установка",
    "читать": "чтение",
    "писать": "написание",
    "создавать": "создание",
}
_NOMINATIVE = {
    "видов": "виды",
    "правил": "правила",
    "требований": "требования",
    "порядка": "порядок",
    "способов": "способы",
    "методов": "методы",
    "основ": "основы",
    "приемов": "приемы",
    "принципов": "принципы",
    "устройства": "устройство",
    "сроков": "сроки",
}


@plants("TX07", "text")
def an_ability_as_a_noun(plot: Plot) -> Places:
    return _first_word(plot, _NOUNS, "abilities")


@plants("TX07", "text")
def knowledge_in_the_nominative(plot: Plot) -> Places:
    return _first_word(plot, _NOMINATIVE, "knowledge")


def _first_word(plot: Plot, forms: dict[str, str], field: str) -> Places:
    path = _statement(plot, rf"^({'|'.join(forms)})\b", field)
    first, _, rest = plot.value(path).partition(" ")
    plot.replace(path, f"{forms[first]} {rest}")
    return [path, *_around(path)]


@plants("TX08", "text")
def a_compound_without_its_hyphen(plot: Plot) -> Places:
    words = re.findall(r"\b[а-яё]{3,}-[а-яё]{3,}\b", plot.text)
    word = plot.pick(sorted({word for word in words if words.count(word) > 1}))
    path = _statement(plot, rf"\b{word}\b")
    plot.replace(path, plot.value(path).replace(word, word.replace("-", ""), 1))
    return [path, "**"]


@plants("TX09", "text")
def one_word_with_yo(plot: Plot) -> Places:
    pattern = r"\b(?:учет|отчет|расчет|прием|объем|ребен|надежн|тепл)"
    path = _statement(plot, pattern)
    plot.replace(path, re.sub(pattern, lambda m: m[0].replace("е", "ё"), plot.value(path), count=1))
    return [path, "**"]


_TERMS = {
    "ru": "гибкий маршрут – порядок действий, который исполнитель выбирает сам",
    "kk": "икемді бағыт – орындаушы өзі таңдайтын әрекеттер тәртібі",
}


@plants("TM01", "text")
def a_term_nobody_uses(plot: Plot) -> Places:
    number = len(plot.data["terms"])
    _, end = plot.line(f"/terms/{number - 1}/definition")
    line = f"{number + 1}) {said(plot.language, _TERMS)}."
    plot.text = f"{plot.text[: end - 1]};\n\n{line}{plot.text[end:]}"
    return [f"/terms/{number}", f"/terms/{number}/term"]


@plants("TM02", "text")
def an_abbreviation_nobody_uses(plot: Plot) -> Places:
    number = len(plot.data["abbreviations"])
    _, end = plot.line(f"/abbreviations/{number - 1}/meaning")
    meanings = {
        "ru": "ТМЦ – товарно-материальные ценности",
        "kk": "ТМҚ – тауарлық-материалдық құндылықтар",
    }
    line = f"{number + 1}) {said(plot.language, meanings)}."
    plot.text = f"{plot.text[: end - 1]};\n\n{line}{plot.text[end:]}"
    return [f"/abbreviations/{number}", f"/abbreviations/{number}/abbreviation"]


@plants("TM03", "text")
def an_abbreviation_that_is_not_defined(plot: Plot) -> Places:
    path = _statement(plot, r"\w{4,}$")
    short = {"ru": ["KPI", "ТМЦ", "АСУ ТП", "CRM"], "kk": ["KPI", "ТМҚ", "CRM"]}
    more = {"ru": " с учетом {}", "kk": " және {}"}
    word = plot.pick(short[plot.language])
    plot.replace(path, plot.value(path) + said(plot.language, more).format(word))
    return path


_LAWS = {"знание", "навык", "умение", "компетенция", "профессиональная квалификация", "білім"}


def _of_the_law(plot: Plot) -> str:
    return plot.pick(
        [
            f"/terms/{index}/definition"
            for index, term in enumerate(plot.data["terms"])
            if term["term"].casefold() in _LAWS
        ]
    )


@plants("TM05", "text")
def a_term_of_the_law_with_a_word_more(plot: Plot) -> Places:
    path = _of_the_law(plot)
    words = plot.value(path).split()
    words.insert(2, said(plot.language, {"ru": "практически", "kk": "іс жүзінде"}))
    plot.replace(path, " ".join(words))
    return [path, path.rpartition("/")[0]]


@plants("TM05", "text")
def a_term_of_the_law_in_own_words(plot: Plot) -> Places:
    path = _of_the_law(plot)
    texts = {"ru": "то, что работник усвоил за время учебы", "kk": "оқу кезінде меңгерілген нәрсе"}
    plot.replace(path, said(plot.language, texts))
    return [path, path.rpartition("/")[0]]


_NEAR_TERMS = {
    "crops-ru": ("минеральное удобрение", "минеральное комплексное удобрение"),
    "software-ru": ("модульный тест", "модульный автоматический тест"),
}


@plants("TM04", "text")
def a_combination_near_a_term(plot: Plot) -> Places:
    term, near = _NEAR_TERMS.get(plot.source.stem, (None, None))
    if term is None:
        return None
    ends = sorted(
        (plot.spot(path)[1], path) for path in plot.in_text(plot.statements("abilities"), "text")
    )
    chosen = sorted(plot.random.sample(ends, min(14, len(ends))), reverse=True)
    for end, _ in chosen:
        plot.text = f"{plot.text[:end]} ({near}){plot.text[end:]}"
    return ["**"]
