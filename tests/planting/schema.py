"""Defects of data that holds the model: SC."""

from __future__ import annotations

from planting.plot import Places, Plot, plants


@plants("SC01", "data")
def a_field_left_out(plot: Plot) -> Places:
    statement = plot.pick(plot.statements())
    del statement.data["text"]
    return f"{statement.path}/text"


@plants("SC02", "data")
def a_level_as_text(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["level"] = str(card.data["level"])
    return f"{card.path}/level"


@plants("SC03", "data")
def a_value_of_no_list(plot: Plot) -> Places:
    skill = plot.pick(plot.skills())
    skill.data["recognition"] = "perhaps"
    return f"{skill.path}/recognition"


@plants("SC04", "data")
def a_date_in_another_form(plot: Plot) -> Places:
    data = plot.data["technical"]
    data["review_date"] = ".".join(reversed(data["review_date"].split("-")))
    return "/technical/review_date"


@plants("SC05", "data")
def an_empty_statement(plot: Plot) -> Places:
    statement = plot.pick(plot.statements())
    statement.data["text"] = ""
    return f"{statement.path}/text"


@plants("SC06", "data")
def a_misspelt_field(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["purposes"] = "…"
    return f"{card.path}/purposes"
