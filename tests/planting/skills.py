"""Defects of links, skills and lists of work functions: LK, SK, LS."""

from __future__ import annotations

from planting.plot import At, Places, Plot, plants, said, slip


@plants("LK01")
def a_code_of_no_card(plot: Plot) -> Places:
    row = plot.pick(plot.related())
    row.data["code"] = "9999-9-999"
    row.data["name"] = said(plot.language, {"ru": "Лаборант цеха", "kk": "Цех зертханашысы"})
    return f"{row.path}/code"


@plants("LK01")
def a_slip_in_the_code(plot: Plot) -> Places:
    row = plot.pick(plot.related())
    row.data["code"] = f"{row.data['code'][:-3]}{(int(row.data['code'][-3:]) + 90):03}"
    return f"{row.path}/code"


@plants("LK02")
def a_level_without_a_card(plot: Plot) -> Places:
    row = plot.pick(plot.related())
    row.data["level"] = row.data["level"] % 8 + 1
    return f"{row.path}/level"


@plants("LK03")
def a_slip_in_the_name(plot: Plot) -> Places:
    row = plot.pick(plot.related())
    row.data["name"] = slip(plot, row.data["name"])
    return f"{row.path}/name"


@plants("LK03")
def a_word_more_in_the_name(plot: Plot) -> Places:
    row = plot.pick(plot.related())
    row.data["name"] += said(plot.language, {"ru": " первой категории", "kk": " бірінші санатты"})
    return f"{row.path}/name"


@plants("LK04")
def a_link_one_way(plot: Plot) -> Places:
    row = plot.pick(plot.related())
    owner = plot.data["professions"][int(row.path.split("/")[2])]
    back = next(card for card in plot.cards() if card.data["code"] == row.data["code"])
    if not any(item["code"] == owner["code"] for item in back.data["related"]):
        return None
    back.data["related"] = [item for item in back.data["related"] if item["code"] != owner["code"]]
    return row.path


@plants("LK05")
def a_card_nobody_links_to(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    for other in plot.cards():
        rows = other.data["related"]
        other.data["related"] = [row for row in rows if row["code"] != card.data["code"]]
    return card.path


@plants("LK06")
def a_link_to_itself(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    fields = ("level", "code", "name")
    row = {"sublevel": None, **{name: card.data[name] for name in fields}}
    card.data["related"].append(row)
    return f"{card.path}/related/{len(card.data['related']) - 1}"


@plants("LK07")
def a_link_twice(plot: Plot) -> Places:
    row = plot.pick(plot.related())
    card = plot.data["professions"][int(row.path.split("/")[2])]
    card["related"].append(dict(row.data))
    return f"/professions/{row.path.split('/')[2]}/related/{len(card['related']) - 1}"


@plants("SK01")
def a_skill_twice(plot: Plot) -> Places:
    first, second = plot.two(plot.skills(plot.pick(plot.cards())))
    second.data["name"] = first.data["name"].upper()
    return f"{second.path}/name"


@plants("SK02")
def a_skill_of_one_letter_less(plot: Plot) -> Places:
    first, second = plot.two(plot.skills(plot.pick(plot.cards())))
    second.data["name"] = slip(plot, first.data["name"])
    return f"{second.path}/name"


@plants("SK02")
def an_empty_action_more(plot: Plot) -> Places:
    first, second = plot.two(plot.skills(plot.pick(plot.cards())))
    name = first.data["name"]
    form = {"ru": "Осуществление {}", "kk": "{} жүзеге асыру"}
    second.data["name"] = said(plot.language, form).format(name[:1].lower() + name[1:])
    return f"{second.path}/name"


@plants("SK02")
def words_in_another_order(plot: Plot) -> Places:
    skills = plot.skills(plot.pick(plot.cards()))
    first, second = plot.two([at for at in skills if len(at.data["name"].split()) > 2])
    words = first.data["name"].split()
    second.data["name"] = " ".join([*words[:-2], words[-1], words[-2]])
    return f"{second.path}/name"


@plants("SK02")
def another_ending(plot: Plot) -> Places:
    first, second = plot.two(plot.skills(plot.pick(plot.cards())))
    name = first.data["name"]
    endings = {"а": "ы", "ы": "а", "и": "ей", "я": "и", "в": "вам", "й": "я", "х": "м", "у": "а"}
    if plot.language != "ru" or name[-1] not in endings:
        return None
    second.data["name"] = name[:-1] + endings[name[-1]]
    return f"{second.path}/name"


def _apart(plot: Plot) -> tuple[At, At]:
    """Skills of two cards, in the order of the document."""
    one, other = plot.two(plot.cards())
    return plot.pick(plot.skills(one)), plot.pick(plot.skills(other))


@plants("SK03")
def a_skill_of_two_cards(plot: Plot) -> Places:
    first, second = _apart(plot)
    second.data["name"] = first.data["name"]
    second.data["recognition"] = first.data["recognition"]
    return f"{second.path}/name"


@plants("SK04")
def a_skill_recognised_differently(plot: Plot) -> Places:
    first, second = _apart(plot)
    second.data["name"] = first.data["name"]
    values = ["recommended", "not_recommended"]
    values.remove(first.data["recognition"])
    second.data["recognition"] = values[0]
    return f"{second.path}/recognition"


@plants("SK05")
def a_statement_twice(plot: Plot) -> Places:
    path, items = plot.pick(plot.lists())
    first = plot.pick(items)
    items.append({"number": len(items) + 1, "text": first["text"]})
    return f"{path}/{len(items) - 1}/text"


@plants("SK05")
def a_statement_twice_with_another_mark(plot: Plot) -> Places:
    path, items = plot.pick(plot.lists())
    text = items[0]["text"].replace(",", "")
    items.append({"number": len(items) + 1, "text": text[:1].upper() + text[1:]})
    return f"{path}/{len(items) - 1}/text"


@plants("SK06")
def a_list_taken_over_with_another_ending(plot: Plot) -> Places:
    first, second = plot.two(plot.skills())
    forms = {"видов ": "виды ", "правил ": "правила ", "порядка ": "порядок ", "основ ": "основы "}
    forms |= {"свойств ": "свойства ", "способов ": "способы ", "требований ": "требования "}
    items = [dict(item) for item in first.data["knowledge"]]
    found = [item for item in items if item["text"].startswith(tuple(forms))]
    word = plot.pick(found)["text"].split()[0] + " "
    for item in items:
        if item["text"].startswith(word):
            item["text"] = forms[word] + item["text"][len(word) :]
    second.data["knowledge"] = items
    return f"{second.path}/knowledge"


@plants("SK06")
def a_list_taken_over(plot: Plot) -> Places:
    first, second = plot.two(plot.skills())
    field = plot.pick(["abilities", "knowledge"])
    second.data[field] = [dict(item) for item in first.data[field]]
    return f"{second.path}/{field}"


@plants("SK06")
def a_part_of_a_list_taken_over(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    field = plot.pick(["abilities", "knowledge"])
    long = [skill for skill in plot.skills(card) if len(skill.data[field]) > 3]
    first = plot.pick(long)
    second = plot.pick([skill for skill in plot.skills(card) if skill.path != first.path])
    second.data[field] = [dict(item) for item in first.data[field][:3]]
    return f"{second.path}/{field}"


@plants("SK07")
def twin_skills(plot: Plot) -> Places:
    first, second = _apart(plot)
    second.data["name"] = slip(plot, first.data["name"])
    second.data["recognition"] = first.data["recognition"]
    return f"{second.path}/name"


@plants("SK08")
def a_skill_number_twice(plot: Plot) -> Places:
    function = plot.pick([f for f in plot.functions() if len(f.data["skills"]) > 1])
    function.data["skills"][-1]["number"] = 1
    return f"{function.path}/skills"


@plants("SK08")
def a_skill_number_left_out(plot: Plot) -> Places:
    function = plot.pick([f for f in plot.functions() if len(f.data["skills"]) > 1])
    function.data["skills"][-1]["number"] += 1
    return f"{function.path}/skills"


@plants("SK09")
def a_statement_number_twice(plot: Plot) -> Places:
    path, items = plot.pick(plot.lists())
    items[-1]["number"] = plot.pick([item["number"] for item in items[:-1]])
    return path


@plants("SK09")
def a_statement_number_left_out(plot: Plot) -> Places:
    path, items = plot.pick(plot.lists())
    first = plot.random.randrange(1, len(items))
    for item in items[first:]:
        item["number"] += 1
    return path


@plants("LS01")
def a_slip_in_the_block(plot: Plot) -> Places:
    function = plot.pick(plot.functions())
    function.data["name"] = slip(plot, function.data["name"])
    return f"{function.path}/name"


@plants("LS01")
def a_word_more_in_the_list(plot: Plot) -> Places:
    function = plot.pick(plot.functions())
    listed = _listed(plot, function)
    more = {"ru": " по утвержденному плану", "kk": " бекітілген жоспар бойынша"}
    listed.data["name"] += said(plot.language, more)
    return f"{function.path}/name"


def _listed(plot: Plot, function: At) -> At:
    """The entry of the list for a block."""
    card = plot.data["professions"][int(function.path.split("/")[2])]
    kind = function.data["kind"]
    for index, item in enumerate(card["listed_functions"][kind]):
        if item["number"] == function.data["number"]:
            place = f"/professions/{function.path.split('/')[2]}/listed_functions/{kind}"
            return At(f"{place}/{index}", item)
    raise LookupError(function.path)


@plants("LS02")
def a_block_with_another_number(plot: Plot) -> Places:
    function = plot.pick(plot.functions())
    function.data["number"] += 3
    return f"{function.path}/number"


@plants("LS02")
def a_block_of_another_kind(plot: Plot) -> Places:
    function = plot.pick([f for f in plot.functions() if f.data["kind"] == "additional"])
    function.data["kind"] = "mandatory"
    return f"{function.path}/kind"


@plants("LS03")
def a_function_that_is_not_listed(plot: Plot) -> Places:
    function = plot.pick(plot.functions())
    place, _, index = _listed(plot, function).path.rpartition("/")
    card = plot.data["professions"][int(function.path.split("/")[2])]
    del card["listed_functions"][place.rpartition("/")[2]][int(index)]
    return function.path


@plants("LS03")
def a_function_without_a_block(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    kind = plot.pick(["mandatory", "additional"])
    rows = card.data["listed_functions"][kind]
    names = {"ru": "Ведение архива предприятия", "kk": "Кәсіпорын мұрағатын жүргізу"}
    rows.append({"number": len(rows) + 1, "name": said(plot.language, names)})
    return f"{card.path}/listed_functions/{kind}/{len(rows) - 1}"


@plants("LS04")
def a_slip_in_the_heading(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    card.data["heading"] = slip(plot, card.data["heading"])
    return f"{card.path}/name"


@plants("RC01")
def no_recognition(plot: Plot) -> Places:
    skill = plot.pick(plot.skills())
    skill.data["recognition"] = None
    return f"{skill.path}/recognition"
