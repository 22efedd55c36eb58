"""Defects of the structure, of chapters 1, 2 and 4: ST, TD."""

from __future__ import annotations

import re

from planting.plot import Places, Plot, plants, said

_DECISIONS = ("sector_council", "national_body", "chamber")


@plants("ST01")
def an_empty_row_of_a_card(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    field = plot.pick(["experience", "nonformal_learning", "purpose", "group_code"])
    card.data[field] = None
    return f"{card.path}/{field}"


@plants("ST01", "model")
def a_card_without_education(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["education"] = []
    return f"{card.path}/education"


@plants("ST01")
def an_approval_without_anything(plot: Plot) -> Places:
    name = plot.pick(_DECISIONS)
    plot.data["technical"][name] = {"number": None, "date": None}
    return f"/technical/{name}"


@plants("ST02")
def a_function_without_skills(plot: Plot) -> Places:
    function = plot.pick(plot.functions())
    function.data["skills"] = []
    return f"{function.path}/skills"


@plants("ST03")
def a_skill_without_abilities(plot: Plot) -> Places:
    skill = plot.pick(plot.skills())
    skill.data["abilities"] = []
    return f"{skill.path}/abilities"


@plants("ST04")
def a_skill_without_knowledge(plot: Plot) -> Places:
    skill = plot.pick(plot.skills())
    skill.data["knowledge"] = []
    return f"{skill.path}/knowledge"


@plants("ST05")
def additional_functions_only(plot: Plot) -> Places:
    cards = [card for card in plot.cards() if card.data["listed_functions"]["additional"]]
    card = plot.pick(cards)
    card.data["listed_functions"]["mandatory"] = []
    functions = card.data["functions"]
    card.data["functions"] = [item for item in functions if item["kind"] == "additional"]
    return f"{card.path}/functions"


@plants("ST06")
def one_statement_only(plot: Plot) -> Places:
    path, items = plot.pick(plot.lists())
    del items[1:]
    return path


@plants("ST07")
def a_card_number_left_out(plot: Plot) -> Places:
    first = plot.random.randrange(1, len(plot.cards()))
    for card in plot.cards()[first:]:
        card.data["item_number"] += 1
    numbers = plot.data["technical"]["item_numbers"]
    numbers[:] = [number + 1 for number in numbers]
    return f"/professions/{first}/item_number"


@plants("ST07")
def numbers_left_out_before_chapter_4(plot: Plot) -> Places:
    numbers = plot.data["technical"]["item_numbers"]
    numbers[:] = [number + 2 for number in numbers]
    return "/technical/item_numbers/0"


@plants("ST07")
def a_card_number_twice(plot: Plot) -> Places:
    index = plot.random.randrange(1, len(plot.cards()))
    plot.cards()[index].data["item_number"] -= 1
    return f"/professions/{index}/item_number"


@plants("ST08", "text")
def another_title_in_item_4(plot: Plot) -> Places:
    words = plot.value("/title").split()
    words.insert(1, said(plot.language, {"ru": "отраслевых", "kk": "салалық"}))
    plot.replace("/title", " ".join(words))
    return "/title"


@plants("ST08", "text")
def another_title_in_the_scope(plot: Plot) -> Places:
    title = plot.value("/title")
    start = plot.text.index(title, plot.spot("/scope")[0])
    words = title.split()
    words.insert(1, said(plot.language, {"ru": "отраслевых", "kk": "салалық"}))
    plot.text = plot.text[:start] + " ".join(words) + plot.text[start + len(title) :]
    return "/scope"


@plants("ST08", "text")
def another_title_in_the_heading(plot: Plot) -> Places:
    title = plot.value("/title")
    plot.text = plot.text.replace(title, title.rpartition(" ")[0], 1)
    return "/title"


@plants("ST09")
def a_row_that_no_card_fills(plot: Plot) -> Places:
    field = plot.pick(["other_names", "personal_competencies", "regulations", "related"])
    for card in plot.cards():
        card.data[field] = []
    return "/professions"


@plants("ST10", "text")
def an_item_left_out(plot: Plot) -> Places:
    begin, end = plot.line("/summary")
    plot.text = plot.text[:begin] + plot.text[end + 1 :]
    return "/summary"


@plants("ST10", "text")
def a_chapter_heading_left_out(plot: Plot) -> Places:
    chapters = {"ru": r"\nГлава {}\..*\n", "kk": r"\n{}-ші тарау\..*\n"}
    number = plot.pick([1, 2, 3, 4])
    pattern = said(plot.language, chapters).format(number)
    plot.text, count = re.subn(pattern, "\n", plot.text, count=1)
    if not count:
        return None
    fields = {1: "/scope", 2: "/title", 3: "/professions", 4: "/technical"}
    return [fields[number], ""]


@plants("ST10", "text")
def an_approval_left_out(plot: Plot) -> Places:
    name = plot.pick(_DECISIONS)
    begin, end = plot.line(f"/technical/{name}/date")
    plot.text = plot.text[:begin] + plot.text[end + 1 :]
    return f"/technical/{name}"


@plants("ST10", "text")
def two_items_changed_over(plot: Plot) -> Places:
    begin, end = plot.line("/code")
    item = plot.text[begin:end]
    rest = plot.text[:begin] + plot.text[end + 1 :]
    at = rest.index("\n", plot.spot("/summary")[1] - len(item) - 1)
    plot.text = f"{rest[:at]}\n\n{item}{rest[at:]}"
    return ["/code", "/economic_activities", "/summary"]


@plants("ST11")
def a_number_of_a_term_twice(plot: Plot) -> Places:
    terms = plot.data["terms"]
    terms[-1]["number"] = terms[-2]["number"]
    return "/terms"


@plants("ST11")
def a_number_of_an_abbreviation_left_out(plot: Plot) -> Places:
    plot.data["abbreviations"][-1]["number"] += 1
    return "/abbreviations"


@plants("ST11")
def a_number_of_item_8_left_out(plot: Plot) -> Places:
    plot.data["profession_list"][-1]["number"] += 1
    return "/profession_list"


@plants("TD01")
def no_date(plot: Plot) -> Places:
    name = plot.pick(_DECISIONS)
    plot.data["technical"][name]["date"] = None
    return f"/technical/{name}/date"


@plants("TD01", "model")
def an_order_without_its_date(plot: Plot) -> Places:
    plot.data["approval"]["date"] = None
    return "/approval/date"


@plants("TD02")
def no_number(plot: Plot) -> Places:
    name = plot.pick(_DECISIONS)
    plot.data["technical"][name]["number"] = None
    return f"/technical/{name}/number"


@plants("TD03")
def two_approvals_changed_over(plot: Plot) -> Places:
    first, second = plot.two(_DECISIONS)
    data = plot.data["technical"]
    one, other = data[first], data[second]
    one["date"], other["date"] = other["date"], one["date"]
    return [f"/technical/{name}/date" for name in _DECISIONS]


@plants("TD03")
def an_order_before_the_approvals(plot: Plot) -> Places:
    year, _, day = plot.data["approval"]["date"].split("-")
    early = f"{year}-01-{day}"
    russian = rf"(\bот\s+\d+\s+)(\w+)(\s+{year})"
    kazakh = rf"({year}\s+жылғы\s+\d+\s+)(\w+?)(дағы|дегі|тағы|тегі)"
    text = plot.data["approval"]["text"]
    text = re.sub(russian, r"\1января\3", text)
    plot.data["approval"]["text"] = re.sub(kazakh, r"\1қаңтардағы", text)
    plot.data["approval"]["date"] = early
    return "/approval/date"


@plants("TD04")
def no_such_day(plot: Plot) -> Places:
    name = plot.pick(_DECISIONS)
    data = plot.data["technical"][name]
    data["date"] = f"{data['date'][:4]}-{plot.pick(['02-30', '04-31', '13-05'])}"
    return f"/technical/{name}/date"


@plants("TD04")
def a_review_before_the_approvals(plot: Plot) -> Places:
    data = plot.data["technical"]
    data["review_date"] = f"{data['year'] - 1}-12-31"
    return "/technical/review_date"


@plants("TD05")
def the_year_of_an_earlier_version(plot: Plot) -> Places:
    plot.data["technical"]["year"] -= plot.pick([1, 2])
    return "/technical/year"


_FORMER = {
    "ru": "Министерство торговли и интеграции Республики Казахстан",
    "kk": "Қазақстан Республикасы Сауда және интеграция министрлігі",
}


@plants("TD06")
def another_ministry_than_in_the_order(plot: Plot) -> Places:
    plot.data["technical"]["authority"]["name"] = said(plot.language, _FORMER)
    return "/technical/authority/name"


@plants("TD06")
def a_developer_of_the_former_ministry(plot: Plot) -> Places:
    name = plot.data["technical"]["authority"]["name"]
    more = {"ru": ", инноваций и науки Республики", "kk": ", инновация және ғылым министрлігі"}
    last = {"ru": " Республики", "kk": " министрлігі"}
    if not re.search(r"[Мм]инист", name):
        return None
    former = name.replace(said(plot.language, last), said(plot.language, more))
    stem = [word for word in re.findall(r"\w{3,}", name) if word[0].islower()]
    if len(stem) < 2 or former == name:
        return None
    plot.data["technical"]["developers"].insert(0, {"name": former, "contacts": []})
    return "/technical/developers/0/name"
