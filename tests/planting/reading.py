"""Defects that only a file shows: PA, RC02 to RC04."""

from __future__ import annotations

from planting.plot import Places, Plot, plants, said, slip

_VALUES = {
    "ru": {"recommended": "Рекомендовано", "not_recommended": "Не рекомендовано"},
    "kk": {"recommended": "Ұсынылады", "not_recommended": "Ұсынылмайды"},
}


def _recognition(plot: Plot) -> tuple[str, str]:
    """The recognition of a skill: its path and its value in the model."""
    skill = plot.pick(plot.skills())
    return f"{skill.path}/recognition", skill.data["recognition"]


def _insert_before(plot: Plot, path: str, line: str) -> None:
    begin, _ = plot.line(path)
    plot.text = f"{plot.text[:begin]}{line}\n{plot.text[begin:]}"


@plants("PA01", "text")
def a_stray_paragraph(plot: Plot) -> Places:
    texts = {"ru": "Согласовано с рабочей группой", "kk": "Жұмыс тобымен келісілген"}
    begin, _ = plot.line(f"{plot.cards()[0].path}/heading")
    plot.text = f"{plot.text[:begin]}{said(plot.language, texts)}\n\n{plot.text[begin:]}"
    return ""


@plants("PA02", "text")
def tags_in_a_statement(plot: Plot) -> Places:
    path = plot.pick(plot.in_text(plot.statements(), "text"))
    plot.replace(path, f'<p style="color: red">{plot.value(path)}')
    return "/".join(path.split("/")[:3])


@plants("PA03", "text")
def a_label_of_recognition_twice(plot: Plot) -> Places:
    path, _ = _recognition(plot)
    begin, _ = plot.line(path)
    label = plot.text[begin : plot.spot(path)[0]].rstrip("\t ")
    _insert_before(plot, path, f"\t{label.strip()}\t")
    return path


@plants("PA04", "text")
def a_recognition_without_its_label(plot: Plot) -> Places:
    path, value = _recognition(plot)
    begin, end = plot.line(path)
    plot.text = f"{plot.text[:begin]}\t\t{_VALUES[plot.language][value]}{plot.text[end:]}"
    return path


@plants("PA05", "text")
def a_function_name_broken_by_an_empty_line(plot: Plot) -> Places:
    paths = plot.in_text(plot.functions(), "name")
    path = plot.pick([path for path in paths if len(plot.value(path).split()) > 2])
    words = plot.value(path).split()
    half = len(words) // 2 + 1
    plot.replace(path, f"{' '.join(words[:half])}\n\n{' '.join(words[half:])}")
    return path


@plants("PA06", "text")
def a_row_left_out(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    field = plot.pick(["purpose", "experience", "nonformal_learning"])
    path = f"{card.path}/{field}"
    begin, end = plot.line(path)
    if plot.text[begin : plot.spot(path)[0]].strip() == "":  # the label stands above
        begin = plot.text.rfind("\n", 0, begin - 1) + 1
    plot.text = plot.text[:begin] + plot.text[end + 1 :]
    return path


@plants("PA07", "text")
def a_second_standard(plot: Plot) -> Places:
    plot.text = f"{plot.text}\n{plot.text}"
    return ""


@plants("PA08", "text")
def a_label_with_a_slip(plot: Plot) -> Places:
    card = plot.pick(plot.cards())
    field = plot.pick(["purpose", "experience"])
    path = f"{card.path}/{field}"
    begin, _ = plot.line(path)
    if plot.text[begin : plot.spot(path)[0]].strip() == "":
        begin = plot.text.rfind("\n", 0, begin - 1) + 1
    label = plot.text[begin : plot.text.index(":", begin)]
    plot.text = plot.text[:begin] + slip(plot, label) + plot.text[begin + len(label) :]
    return [card.path, path]


@plants("RC02", "text")
def a_recognition_cut(plot: Plot) -> Places:
    path, _ = _recognition(plot)
    plot.replace(path, plot.value(path)[:-1])
    return path


@plants("RC02", "text")
def a_recognition_with_a_letter_more(plot: Plot) -> Places:
    path, _ = _recognition(plot)
    value = plot.value(path)
    plot.replace(path, f"{value[:-2]}{value[-2] * 2}{value[-1]}")
    return path


@plants("RC03", "text")
def two_values_of_recognition(plot: Plot) -> Places:
    path, value = _recognition(plot)
    other = {"recommended": "not_recommended", "not_recommended": "recommended"}[value]
    _insert_before(plot, path, f"\t\t{_VALUES[plot.language][other]}")
    return path


@plants("RC04", "text")
def a_value_of_recognition_twice(plot: Plot) -> Places:
    path, value = _recognition(plot)
    _insert_before(plot, path, f"\t\t{_VALUES[plot.language][value]}")
    return path
