"""Defects of codes and levels: CD, LV."""

from __future__ import annotations

from planting.plot import At, Data, Places, Plot, plants, said, slip
from profstd.validate.classifier import Classifier

_LOOKALIKE = str.maketrans("ABCEHKMOPT", "АВСЕНКМОРТ")


def _other_digits(plot: Plot, code: str, places: slice) -> str:
    """`code` with other digits in `places`."""
    digits = list(code)
    for index in range(len(code))[places]:
        if digits[index].isdecimal():
            digits[index] = plot.pick([sign for sign in "123456789" if sign != digits[index]])
    return "".join(digits)


@plants("CD01")
def too_short(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["code"] = card.data["code"][:-1]
    return f"{card.path}/code"


@plants("CD01")
def without_hyphens(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["code"] = card.data["code"].replace("-", "")
    return f"{card.path}/code"


@plants("CD01")
def other_name_with_a_short_code(plot: Plot) -> Places:
    name = plot.pick(_other_names(plot))
    name.data["code"] = name.data["code"][:-2]
    items, _, index = name.path.rpartition("/")  # in a row of its own or behind the one before
    return [f"{name.path}/code", f"{name.path}/name", f"{items}/{int(index) - 1}/name"]


def _other_names(plot: Plot) -> list[At]:
    return [
        At(f"{card.path}/other_names/{i}", item)
        for card in plot.cards()
        for i, item in enumerate(card.data["other_names"])
    ]


@plants("CD02")
def group_code_without_hyphen(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["group_code"] = card.data["group_code"].replace("-", "")
    return f"{card.path}/group_code"


@plants("CD02")
def group_code_too_short(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["group_code"] = card.data["group_code"][1:]
    return f"{card.path}/group_code"


@plants("CD03")
def another_group(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["group_code"] = _other_digits(plot, card.data["group_code"], slice(3, 4))
    return f"{card.path}/code"


@plants("CD04")
def letter_of_the_other_script(plot: Plot) -> Places:
    code = plot.data["code"]
    if code[0].translate(_LOOKALIKE) == code[0]:
        return None
    plot.data["code"] = code[0].translate(_LOOKALIKE) + code[1:]
    return "/code"


@plants("CD04")
def a_digit_too_few(plot: Plot) -> Places:
    plot.data["code"] = plot.data["code"][:-1]
    return "/code"


@plants("CD04")
def another_activity(plot: Plot) -> Places:
    plot.data["code"] = _other_digits(plot, plot.data["code"], slice(3, 5))
    return "/code"


@plants("CD05")
def another_section(plot: Plot) -> Places:
    plot.data["economic_activities"][0]["code"] = plot.pick(
        [letter for letter in "BDEFGHKLMNOPQRS" if letter != plot.data["code"][0]]
    )
    return "/economic_activities/0/code"


@plants("CD05")
def a_class_of_another_group(plot: Plot) -> Places:
    row = plot.data["economic_activities"][3]
    row["code"] = _other_digits(plot, row["code"], slice(1, 2))
    return "/economic_activities/3/code"


@plants("CD05")
def a_rank_left_out(plot: Plot) -> Places:
    del plot.data["economic_activities"][plot.pick([1, 2, 3])]
    return "/economic_activities"


@plants("CD06", "model", "file")
def a_code_of_no_classifier(plot: Plot) -> Places:
    named = [card.data for card in plot.cards()] + [item.data for item in _other_names(plot)]
    entries = {item["code"]: item["name"] for item in named}
    entries |= {card.data["group_code"]: "" for card in plot.cards()}
    plot.classifiers["occupations"] = Classifier(name="occupations", entries=entries)
    card = plot.pick(plot.cards())
    old, new = card.data["code"], _other_digits(plot, card.data["code"], slice(7, 9))
    for item in (card.data, *(row.data for row in plot.related())):
        item["code"] = new if item["code"] == old else item["code"]
    return f"{card.path}/code"


@plants("CD06", "model", "file")
def an_activity_of_no_classifier(plot: Plot) -> Places:
    rows = plot.data["economic_activities"]
    entries = {row["code"]: row["name"] for row in rows if row["rank"] != "subclass"}
    entries |= {"99.99.9": ""}
    plot.classifiers["activities"] = Classifier(name="activities", entries=entries)
    return "/economic_activities/4/code"


@plants("CD07")
def one_code_for_two_names(plot: Plot) -> Places:
    first, second = plot.two(_other_names(plot))
    second.data["code"] = first.data["code"]
    return f"{second.path}/name"


@plants("CD07")
def one_name_with_two_codes(plot: Plot) -> Places:
    first, second = plot.two(_other_names(plot))
    second.data["name"] = first.data["name"]
    return f"{second.path}/code"


@plants("CD08")
def an_other_name_is_a_card(plot: Plot) -> Places:
    card, other = plot.random.sample(plot.cards(), 2)
    card.data["other_names"].append(_named(other.data))
    return f"{card.path}/other_names/{len(card.data['other_names']) - 1}"


@plants("CD08")
def an_other_name_is_the_own(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["other_names"].append(_named(card.data))
    return f"{card.path}/other_names/{len(card.data['other_names']) - 1}"


def _named(card: Data) -> Data:
    return {"code": card["code"], "name": card["name"]}


@plants("CD09")
def an_other_name_of_two_cards(plot: Plot) -> Places:
    first, second = plot.two(plot.cards())
    second.data["other_names"].append(dict(plot.pick(first.data["other_names"])))
    return f"{second.path}/other_names/{len(second.data['other_names']) - 1}"


_FAR = {"2": 3, "3": 7, "5": 7, "7": 7, "8": 7}


@plants("CD10")
def a_level_far_from_the_code(plot: Plot) -> Places:
    card = plot.pick([card for card in plot.cards() if card.data["code"][0] in _FAR])
    old, new = card.data["level"], _FAR[card.data["code"][0]]
    rows = [row.data for row in plot.related() if row.data["code"] == card.data["code"]]
    listed = [row for row in plot.data["profession_list"] if row["name"] == card.data["name"]]
    for item in (card.data, *rows, *listed):
        assert item["level"] == old
        item["level"] = new
    card.data["sublevel"] = listed[0]["sublevel"] = None
    return f"{card.path}/level"


@plants("LV01")
def no_such_level(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["level"] = plot.pick([0, 9, 10, 12])
    return f"{card.path}/level"


@plants("LV02")
def a_sublevel_of_another_level(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["sublevel"] = f"{card.data['level'] % 7 + 1}.{plot.pick([1, 2])}"
    return f"{card.path}/sublevel"


@plants("LV03")
def a_listed_name_with_a_slip(plot: Plot) -> Places:
    index = plot.random.randrange(len(plot.cards()))
    row = plot.data["profession_list"][index]
    row["name"] = slip(plot, row["name"])
    return f"/profession_list/{index}/name"


@plants("LV03")
def another_listed_level(plot: Plot) -> Places:
    index = plot.random.randrange(len(plot.cards()))
    row = plot.data["profession_list"][index]
    row["level"], row["sublevel"] = row["level"] % 8 + 1, None
    return f"/profession_list/{index}/level"


@plants("LV03")
def a_card_that_is_not_listed(plot: Plot) -> Places:
    rows = plot.data["profession_list"]
    index = plot.random.randrange(len(rows))
    del rows[index]
    _number(rows)
    return f"/professions/{index}"


@plants("LV03")
def a_listed_card_that_is_missing(plot: Plot) -> Places:
    rows = plot.data["profession_list"]
    name = said(plot.language, {"ru": "Лаборант цеха", "kk": "Цех зертханашысы"})
    rows.append({"number": len(rows) + 1, "name": name, "level": 2, "sublevel": None})
    return f"/profession_list/{len(rows) - 1}"


@plants("LV03")
def rows_changed_over(plot: Plot) -> Places:
    rows = plot.data["profession_list"]
    index = plot.random.randrange(len(rows) - 1)
    rows[index], rows[index + 1] = rows[index + 1], rows[index]
    _number(rows)
    return [f"/profession_list/{index}", f"/profession_list/{index + 1}"]


def _number(rows: list[Data]) -> None:
    for number, row in enumerate(rows, start=1):
        row["number"] = number


_HIGH = {"ru": "послевузовское образование (докторантура)", "kk": "жоғары білім (бакалавриат)"}
_LOW = {"ru": "основное среднее образование", "kk": "негізгі орта білім"}


@plants("LV04")
def another_education(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    level = said(plot.language, _HIGH if card.data["level"] < 5 else _LOW)
    for row in card.data["education"]:
        row["level"] = level
    single = len(card.data["education"]) == 1
    return f"{card.path}/education/0/level" if single else f"{card.path}/education"


@plants("LV05")
def experience_with_another_education(plot: Plot) -> Places:
    card = plot.pick([card for card in plot.cards() if card.data["level"] in (2, 3, 4, 7)])
    card.data["experience"] = said(
        plot.language,
        {
            "ru": "Высшее образование и опыт работы не менее двух лет",
            "kk": "Жоғары білім және кемінде екі жыл жұмыс тәжірибесі",
        },
    )
    return f"{card.path}/experience"


@plants("LV05")
def other_years_beside_nonformal_learning(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["nonformal_learning"] += said(
        plot.language,
        {
            "ru": ". Обязательно подтверждение трудового стажа не менее восьми лет",
            "kk": ". Кемінде сегіз жыл жұмыс өтілін растау міндетті",
        },
    )
    return f"{card.path}/nonformal_learning"


@plants("LV06")
def one_purpose_at_two_levels(plot: Plot) -> Places:
    first, second = plot.two(plot.cards())
    second.data["purpose"] = first.data["purpose"]
    return f"{second.path}/purpose"


@plants("LV06")
def a_purpose_of_one_letter_less(plot: Plot) -> Places:
    first, second = plot.two(plot.cards())
    second.data["purpose"] = slip(plot, first.data["purpose"])
    return f"{second.path}/purpose"


@plants("LV06")
def a_purpose_of_one_word_more(plot: Plot) -> Places:
    first, second = plot.two(plot.cards())
    words = first.data["purpose"].split()
    if len(words) < 10:
        return None
    more = said(plot.language, {"ru": "предприятия", "kk": "кәсіпорында"})
    second.data["purpose"] = " ".join([*words[:3], more, *words[3:]])
    return f"{second.path}/purpose"


@plants("LV07")
def only_additional_at_the_higher_level(plot: Plot) -> Places:
    lower, higher = plot.two(sorted(plot.cards(), key=lambda card: card.data["level"]))
    function = plot.pick([f for f in plot.functions(higher) if f.data["kind"] == "additional"])
    name = plot.pick([f for f in plot.functions(lower) if f.data["kind"] == "mandatory"])
    for item in higher.data["listed_functions"]["additional"]:
        if item["number"] == function.data["number"]:
            item["name"] = name.data["name"]
    function.data["name"] = name.data["name"]
    return f"{function.path}/kind"
