"""Reports: places in words, quotations, what the eye and what a program is given."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import fragments
from profstd import locale
from profstd.document import Document, Finding, Severity, Span
from profstd.validate import Settings, check
from profstd.validate.excerpt import shorten, shorten_arguments, shorten_both
from profstd.validate.place import describe, position
from profstd.validate.report import Checked, Look, Report, percent
from profstd.validate.reporters import formats, render
from profstd.validate.reporters import json as json_report

STANDARD: dict[str, Any] = {
    "language": "ru",
    "title": "Хлебопечение",
    "terms": [{"number": 7, "term": "опара", "definition": "закваска"}],
    "professions": [
        {
            "item_number": 12,
            "heading": "Пекарь",
            "level": 4,
            "education": [{"level": "ТиПО"}],
            "listed_functions": {"additional": [{"number": 1, "name": "Уборка"}]},
            "functions": [
                {
                    "kind": "additional",
                    "number": 1,
                    "skills": [
                        {"number": 2, "name": "Замес", "knowledge": [{"text": "виды муки"}]},
                        {"number": None, "abilities": [{"number": None, "text": "месить"}]},
                    ],
                }
            ],
        },
        {"heading": None, "name": None},
    ],
    "technical": {"item_numbers": [21]},
}
CARD = "Карточка 12 «Пекарь», 4 уровень"
SKILL = "/professions/0/functions/0/skills/0"


def _document(spans: dict[str, Span] | None = None) -> Document:
    document = fragments.document(fragments.standard(STANDARD))
    return msgspec.structs.replace(document, spans=spans or {})


def _report(document: Document, *findings: Finding, **look: Any) -> Report:
    checked = Checked(name="bread.txt", language="ru", document=document, findings=findings)
    return Report(files=(checked,), language="ru", look=Look(**look))


def _finding(path: str = f"{SKILL}/abilities", **fields: Any) -> Finding:
    fields = {"code": "ST03", "severity": Severity.ERROR, "arguments": {"case": "none"}, **fields}
    return Finding(path=path, **fields)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "Документ в целом"),
        ("/scope", "Глава 1. Общие положения → область применения"),
        ("/terms/0/definition", "Глава 1. Общие положения → термин 7 → Определение"),
        ("/title", "Глава 2. Паспорт профессионального стандарта → название стандарта"),
        ("/professions", "Глава 3. Карточки профессий"),
        ("/professions/9", "Глава 3. Карточки профессий"),
        ("/professions/0/purpose", f"{CARD} → основная цель"),
        ("/professions/1/level", "Карточка «без названия» → уровень по ОРК"),
        (
            "/professions/0/education/0/level",
            f"{CARD} → профессиональное образование → 1-я запись → уровень образования",
        ),
        (
            "/professions/0/listed_functions/additional/0/name",
            f"{CARD} → перечень ТФ → доп. ТФ 1",
        ),
        ("/professions/0/listed_functions/additional", f"{CARD} → перечень ТФ → дополнительные ТФ"),
        (f"{SKILL}/abilities", f"{CARD} → доп. ТФ 1 → навык 2 → умения"),
        (f"{SKILL}/knowledge/0/text", f"{CARD} → доп. ТФ 1 → навык 2 → 1-е знание"),
        (f"{SKILL}/knowledge/8", f"{CARD} → доп. ТФ 1 → навык 2 → 9-е знание"),
        ("/professions/0/functions/0/skills/1", f"{CARD} → доп. ТФ 1 → 2-й навык"),
        ("/technical/item_numbers/0", "Глава 4. Технические данные → 1-й пункт главы"),
    ],
)
def test_a_place_is_told_in_words(path: str, words: str) -> None:
    place = describe(fragments.standard(STANDARD), path, locale.load("ru"))
    assert str(place) == words


def test_every_path_of_a_model_has_a_place_in_every_language() -> None:
    from profstd.document import leaves

    model = fragments.standard(STANDARD)
    for language in locale.languages():
        words = locale.load(language)
        for path, _ in leaves(model):
            assert "{" not in str(describe(model, path, words))


def test_a_registry_page_is_one_part() -> None:
    page = fragments.page(
        {"profession": {"name": "Пекарь", "functions": [{"kind": "mandatory", "skills": [{}]}]}}
    )
    place = describe(page, "/profession/functions/0/skills/0", locale.load("ru"))
    assert place.part == "Страница реестра «Пекарь»"
    assert place.steps == ("1-я обяз. ТФ", "1-й навык")


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (None, ""),
        (Span(file="x"), ""),
        (Span(file="x", page=23, line=4), "стр. 23"),
        (Span(file="x", line=422, cell=2), "строка 422"),
        (Span(file="x", table=4, row=61, paragraph=2), "таблица 4, строка 61"),
        (Span(file="x", paragraph=12), "абзац 12"),
    ],
)
def test_a_position_is_told_in_words(span: Span | None, words: str) -> None:
    assert position(span, locale.load("ru")) == words


def test_short_texts_stay_whole() -> None:
    assert shorten("умение работать", 15) == "умение работать"


def test_long_texts_lose_their_middle_between_words() -> None:
    text = " ".join(f"слово{number}" for number in range(40))
    short = shorten(text, 60)
    assert len(short) <= 60
    head, tail = short.split(" … ")
    assert text.startswith(f"{head} ")
    assert text.endswith(f" {tail}")


def test_the_difference_of_two_long_texts_stays_in_sight() -> None:
    common = "проведение мониторинга качества обслуживания клиентов по всем каналам связи "
    first = f"{common * 2}ежедневно {common * 2}"
    second = f"{common * 2}ежемесячно {common * 2}"
    one, other = shorten_both(first, second, 80)
    assert "ежедневно" in one
    assert "ежемесячно" in other
    assert max(len(one), len(other)) < 100
    short = shorten_arguments({"listed": first, "described": second, "count": 3}, 80)
    assert short == {"listed": one, "described": other, "count": 3}


_WORDS = st.lists(st.text("абв", min_size=1, max_size=20), min_size=1, max_size=60)


@given(_WORDS, st.integers(0, 59), st.integers(20, 120))
def test_no_cut_hides_a_difference(words: list[str], place: int, limit: int) -> None:
    changed = list(words)
    changed[place % len(words)] = "РАЗНИЦА"
    first, second = shorten_both(" ".join(words), " ".join(changed), limit)
    assert "РАЗНИЦА" in second
    assert max(len(first), len(second)) <= limit * 5 // 4 + 10


def test_unlike_texts_are_shortened_each_for_itself() -> None:
    first, second = "а" * 50 + " " + "б" * 50, "в" * 50 + " " + "г" * 50
    short = shorten_arguments({"one": first, "two": second, "all": [first]}, 60)
    assert short == {"one": shorten(first, 60), "two": shorten(second, 60), "all": [short["one"]]}


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(1, 3, "33,33"), (99_999, 100_000, "99,99"), (5, 5, "100"), (0, 7, "0,00"), (0, 0, "100")],
)
def test_a_share_is_never_rounded_up_to_all(part: int, whole: int, words: str) -> None:
    assert percent(part, whole, locale.load("ru")) == words


def test_the_text_report_groups_by_card_and_keeps_a_line_a_finding() -> None:
    document = _document({SKILL: Span(file="x", page=23)})
    found = check(document, Settings(select=("ST03", "ST04")))
    lines = render(_report(document, *found, width=120), "text").splitlines()
    assert lines[0] == "bread.txt"
    assert lines[1] == f"  {CARD}"
    assert lines[2].startswith("    стр. 23, доп. ТФ 1 → навык 2 → умения ")
    assert "  E ST03  У навыка нет ни одного умения." in lines[2]
    assert lines[-1] == "2 ошибки · 100 % текста учтено · profstd explain ST03"


def test_a_narrow_report_has_the_message_below_the_place() -> None:
    document = _document({SKILL: Span(file="x", page=23)})
    found = check(document, Settings(select=("ST03",)))
    lines = render(_report(document, *found, width=80), "text").splitlines()
    assert lines[2] == "    E ST03  стр. 23, доп. ТФ 1 → навык 2 → умения"
    assert lines[3] == "            У навыка нет ни одного умения."


def test_parts_stand_in_the_order_of_the_form() -> None:
    paths = ("/technical/year", f"{SKILL}/abilities", "/title", "/scope", "")
    found = [_finding(path) for path in paths]
    text = render(_report(_document(), *found), "text")
    parts = [line for line in text.splitlines() if line.startswith("  ") and line[2] != " "]
    assert [part.strip()[:7] for part in parts] == [
        "Докумен",
        "Глава 1",
        "Глава 2",
        "Карточк",
        "Глава 4",
    ]


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_the_text_report_fits_the_terminal(width: int) -> None:
    document = _document({SKILL: Span(file="x", line=422)})
    findings = [_finding(), _finding(f"{SKILL}/knowledge/0", origin="extraction?")]
    text = render(_report(document, *findings, width=width), "text")
    assert all(len(line) <= width for line in text.splitlines()[:-1])
    assert "сверьте" in text
    places = [line.index("E ST03") for line in text.splitlines() if "E ST03" in line]
    assert len(places) == 2
    assert len(set(places)) == 1


def test_colours_only_where_they_are_asked_for() -> None:
    document = _document()
    plain = render(_report(document, _finding()), "text")
    coloured = render(_report(document, _finding(), colour=True), "text")
    assert "\x1b[" not in plain
    assert "\x1b[1;31mE\x1b[0m" in coloured


def test_a_document_cannot_write_to_the_terminal() -> None:
    fragment = {**STANDARD["professions"][0], "heading": "Пекарь\x1b[2J\x9b[bold]"}
    document = fragments.document(fragments.standard({**STANDARD, "professions": [fragment]}))
    text = render(_report(document, _finding()), "text")
    assert "\x1b" not in text
    assert "\x9b" not in text
    assert "[bold]" in text


def test_quiet_is_findings_only() -> None:
    assert render(_report(_document(), quiet=True), "text") == ""
    text = render(_report(_document(), _finding(), quiet=True), "text")
    assert "explain" not in text
    assert "E ST03" in text


def test_nothing_found_is_said_kindly() -> None:
    assert render(_report(_document()), "text") == "Замечаний нет · 100 % текста учтено\n"
    unassessed = msgspec.structs.replace(_document(), counted=None)
    assert "не проверялось" in render(_report(unassessed), "text")


def test_statistics_count_the_findings_of_each_rule() -> None:
    findings = [_finding(), _finding(code="ST04"), _finding(code="ST04")]
    text = render(_report(_document(), *findings, statistics=True), "text")
    counted = [line.split()[:2] for line in text.splitlines() if line[2:3].isdigit()]
    assert counted == [["2", "ST04"], ["1", "ST03"]]


def test_the_summary_is_in_the_report_s_language() -> None:
    document = _document()
    checked = Checked(name="x", language="en", document=document, findings=(_finding(),))
    text = render(Report(files=(checked,), language="en"), "text")
    assert text.endswith("1 error · 100% of the text accounted for · profstd explain ST03\n")


def test_the_json_report_keeps_its_schema() -> None:
    document = _document({SKILL: Span(file="x", line=422)})
    failed = Checked(name="y.pdf", language="ru", reason="format", failure="Не читается.")
    report = _report(document, _finding(origin="extraction?"), _finding("", code="ST04"))
    report = msgspec.structs.replace(report, files=(*report.files, failed))
    data = json.loads(render(report, "json"))
    Draft202012Validator(json_report.schema()).validate(data)
    first = data["files"][0]["findings"][0]
    assert first["place"] == f"{CARD} → доп. ТФ 1 → навык 2 → умения"
    assert first["message"] == "У навыка нет ни одного умения."
    assert first["span"] == {"file": "x", "line": 422} or first["span"] is None
    assert data["files"][1]["error"] == {"reason": "format", "message": "Не читается."}
    assert data["summary"]["by_code"] == {"ST03": 1, "ST04": 1}
    assert (data["summary"]["files"], data["summary"]["unreadable"]) == (2, 1)


def test_the_json_schema_of_the_report_refuses_strangers() -> None:
    data = json.loads(render(_report(_document()), "json"))
    data["files"][0]["extra"] = 1
    assert not Draft202012Validator(json_report.schema()).is_valid(data)


def test_a_format_is_a_module() -> None:
    assert {"text", "json"} <= set(formats())
    with pytest.raises(LookupError):
        render(_report(_document()), "docx")
