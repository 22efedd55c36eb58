"""Defects that two documents show together: PP, RG05."""

from __future__ import annotations

from planting.plot import At, Places, Plot, plants, slip


@plants("PP01", "pair")
def another_code(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["code"] = f"{card.data['code'][:-1]}0"
    return f"{card.path}/code"


@plants("PP01", "pair")
def another_level(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["level"] += 1
    return f"{card.path}/level"


@plants("PP01", "pair")
def a_card_less(plot: Plot) -> Places:
    index = plot.random.randrange(len(plot.cards()))
    del plot.data["professions"][index]
    return "/professions"


@plants("PP01", "pair")
def a_card_more(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    more = {**card.data, "code": "9999-9-999", "group_code": "9999-9", "level": 1}
    more |= {"name": "Х", "heading": "Х", "functions": card.data["functions"][:1]}
    plot.data["professions"].insert(1, more)
    return "/professions/1"


@plants("PP01", "pair")
def a_function_less(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    del card.data["functions"][plot.random.randrange(len(card.data["functions"]))]
    return f"{card.path}/functions"


@plants("PP01", "pair")
def a_function_of_another_kind(plot: Plot) -> Places:
    card = plot.pick([card for card in plot.cards() if len(card.data["functions"]) > 2])
    function = plot.functions(card)[2]
    kinds = {"mandatory": "additional", "additional": "mandatory"}
    function.data["kind"] = kinds[function.data["kind"]]
    return f"{function.path}/kind"


@plants("PP01", "pair")
def a_skill_less(plot: Plot) -> Places:
    function = plot.pick([f for f in plot.functions() if len(f.data["skills"]) > 1])
    skills = function.data["skills"]
    del skills[plot.random.randrange(len(skills))]
    for number, skill in enumerate(skills, start=1):
        skill["number"] = number
    return f"{function.path}/skills"


@plants("PP01", "pair")
def a_statement_less(plot: Plot) -> Places:
    path, items = plot.pick(plot.lists())
    del items[plot.random.randrange(len(items))]
    return path


@plants("PP01", "pair")
def another_recognition(plot: Plot) -> Places:
    skill = plot.pick(plot.skills())
    values = {"recommended": "not_recommended", "not_recommended": "recommended"}
    skill.data["recognition"] = values[skill.data["recognition"]]
    return f"{skill.path}/recognition"


@plants("PP01", "pair")
def another_date(plot: Plot) -> Places:
    name = plot.pick(["sector_council", "national_body", "chamber"])
    data = plot.data["technical"][name]
    data["date"] = f"{data['date'][:-2]}27"
    return f"/technical/{name}/date"


@plants("PP01", "pair")
def another_review_date(plot: Plot) -> Places:
    plot.data["technical"]["review_date"] = "2029-09-09"
    return "/technical/review_date"


@plants("PP01", "pair")
def a_term_less(plot: Plot) -> Places:
    plot.data["terms"].pop()
    return "/terms"


@plants("PP01", "pair")
def a_link_less(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["related"].pop()
    return f"{card.path}/related"


def _page(plot: Plot) -> tuple[At, str]:
    """A page that shows a card as it is, and the card."""
    card = plot.pick(plot.cards())
    plot.data["page"] = card.data
    return At("/profession", card.data), card.path


def _page_skills(plot: Plot, page: At) -> list[At]:
    return plot.skills(page)


@plants("RG05", "page")
def a_skill_missing_on_the_page(plot: Plot) -> Places:
    page, _ = _page(plot)
    several = [f for f in plot.functions(page) if len(f.data["skills"]) > 1]
    skill = plot.pick(plot.skills(function=plot.pick(several)))
    _, _, _, function, _, index = skill.path.split("/")
    del page.data["functions"][int(function)]["skills"][int(index)]
    return f"/profession/functions/{function}"


@plants("RG05", "page")
def a_skill_reworded_on_the_page(plot: Plot) -> Places:
    page, _ = _page(plot)
    skill = plot.pick(_page_skills(plot, page))
    skill.data["name"] = slip(plot, skill.data["name"])
    return f"{skill.path}/name"


@plants("RG05", "page")
def another_level_on_the_page(plot: Plot) -> Places:
    page, _ = _page(plot)
    page.data["level"] = page.data["level"] % 8 + 1
    return "/profession/level"


@plants("RG05", "page")
def another_purpose_on_the_page(plot: Plot) -> Places:
    page, _ = _page(plot)
    page.data["purpose"] = slip(plot, page.data["purpose"])
    return "/profession/purpose"
