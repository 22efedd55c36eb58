"""Two files compared: every leaf that differs, with both places; how it is told."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

import fragments
import profstd
import strategies
from profstd import locale
from profstd.cli import main
from profstd.compare import Difference, differences
from profstd.compare.report import Compared, Comparison
from profstd.compare.reporters import formats, render
from profstd.compare.reporters import json as json_report
from profstd.compare.wording import contrast
from profstd.document import ROOT, Pointer, Span, leaves
from profstd.model import Model
from profstd.parse import load_bytes
from profstd.validate.report import Look

CASES = fragments.load_cases(Path(__file__).parent / "cases" / "diff.yaml")
SAMPLE = Path(__file__).parent.parent / "samples" / "standard-J63991088.txt"
PAGE = SAMPLE.with_name("registry-page-2421-0-013.txt")


def _differences(first: Model, second: Model) -> list[Difference]:
    return differences(fragments.document(first), fragments.document(second))


def _rows(found: list[Difference]) -> list[list[Any]]:
    return [[item.kind, str(item.first.path), str(item.second.path), item.values] for item in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_differs(case: dict[str, Any]) -> None:
    first, second = fragments.standard(case["first"]), fragments.standard(case["second"])
    assert _rows(_differences(first, second)) == case["expect"]
    back = {"only_first": "only_second", "only_second": "only_first", "changed": "changed"}
    turned = [[back[kind], there, at, values] for kind, at, there, values in case["expect"]]
    assert sorted(_rows(_differences(second, first))) == sorted(turned)


# --- properties


def _plain(model: Model) -> Any:
    data = msgspec.json.decode(msgspec.json.encode(model))
    del data["source"]
    return data


def _left(model: Model, covered: list[Pointer]) -> list[Any]:
    """The values that no difference names, in document order; empty lists say nothing."""
    return [
        value
        for path, value in leaves(model)
        if path.keys[:1] != ("source",)
        and value not in (None, (), "")
        and not any(path == place or path.startswith(f"{place}/") for place in covered)
    ]


def _assert_whole(first: Model, second: Model) -> list[Difference]:
    found = _differences(first, second)
    assert bool(found) == (_plain(first) != _plain(second))
    one = [item.first.path for item in found if item.kind != "only_second"]
    other = [item.second.path for item in found if item.kind != "only_first"]
    assert _left(first, one) == _left(second, other)
    for item in found:
        if item.kind != "only_second":
            assert item.first.path.resolve(first) == item.first.value
        if item.kind != "only_first":
            assert item.second.path.resolve(second) == item.second.value
        item.first.path.resolve(first)
        item.second.path.resolve(second)
        assert item.first.value != item.second.value
        assert item.values >= 1
    return found


@given(first=strategies.models(damaged=True), second=strategies.models(damaged=True))
@settings(max_examples=60, deadline=None)
def test_differences_are_all_there_is(first: Model, second: Model) -> None:
    _assert_whole(first, second)
    assert _differences(first, first) == []


@given(model=strategies.standards(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_every_edited_leaf_is_found_and_no_other(model: Model, data: st.DataObject) -> None:
    raw = _plain(model)
    places = [path for path, value in leaves(raw) if isinstance(value, (str, int))]
    chosen = data.draw(st.lists(st.sampled_from(places), unique=True, max_size=12))
    for number, path in enumerate(chosen):
        value = path.resolve(raw)
        _put(raw, path, 1000 + number if isinstance(value, int) else f"{value}\u2116{number}")
    edited = _model({**raw, "source": {}})
    found = _assert_whole(model, edited)
    fixed = {"/schema_version", "/kind", "/language", "/form"}
    # What is one of a list cannot be edited so.
    unfit = fixed | {str(path) for path in chosen if path.keys[-1] in ("rank", "recognition")}
    unfit |= {str(path) for path in chosen if path.keys[-1] == "kind"}
    assert [item for item in found if item.kind != "changed"] == []
    paths = {str(item.first.path) for item in found}
    assert paths - unfit == {str(path) for path in chosen} - unfit
    assert [item.first.path for item in found] == [item.second.path for item in found]


def _put(raw: Any, path: Pointer, value: Any) -> None:
    path.parent.resolve(raw)[path.keys[-1]] = value


def _model(raw: dict[str, Any]) -> Model:
    from profstd.model import Standard
    from profstd.shape import complete

    made = complete(raw, Standard)
    assert isinstance(made, Standard)
    return made


@given(model=strategies.standards(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_missing_item_is_one_difference(model: Model, data: st.DataObject) -> None:
    raw = _plain(model)
    lists = [
        path for path in _lists(raw, ROOT) if len(path.resolve(raw)) > 0 and path != "/navigation"
    ]
    assume(lists)
    place = data.draw(st.sampled_from(lists))
    items = place.resolve(raw)
    gone = data.draw(st.integers(0, len(items) - 1))
    del items[gone]
    found = _assert_whole(model, _model({**raw, "source": {}}))
    assert [item.kind for item in found] == ["only_first"]
    assert found[0].first.path.parent == place == found[0].second.path


def _lists(node: Any, path: Pointer) -> Any:
    if isinstance(node, list):
        yield path
    for key, item in (
        node.items()
        if isinstance(node, dict)
        else enumerate(node if isinstance(node, list) else ())
    ):
        yield from _lists(item, path / key)


def test_long_lists_are_compared_soon() -> None:
    names = [f"закон {number}" for number in range(3000)]
    first = fragments.standard({"professions": [{"regulations": names}]})
    second = fragments.standard({"professions": [{"regulations": ["новый", *names[:-1]]}]})
    kinds = [item.kind for item in _differences(first, second)]
    assert kinds == ["only_second", "only_first"]
    other = fragments.standard({"professions": [{"regulations": [f"{name}!" for name in names]}]})
    assert len(_differences(first, other)) == 3000
    many = fragments.standard({"professions": [{"regulations": ["а"] * 20_000}]})
    more = fragments.standard({"professions": [{"regulations": ["б", *["а"] * 20_000]}]})
    assert len(_differences(many, more)) == 2


# --- places


def test_both_places_are_those_of_the_files() -> None:
    document = profstd.load(SAMPLE)
    raw = msgspec.json.decode(msgspec.json.encode(document.model))
    raw["professions"][2]["purpose"] += " и связи"
    del raw["professions"][2]["functions"][0]["skills"][1]
    other = load_bytes(json.dumps(raw, ensure_ascii=False, indent=1).encode(), "b.json")
    purpose, skill = differences(document, other)
    lines = SAMPLE.read_text(encoding="utf-8").split("\n")
    assert purpose.first.span
    assert purpose.first.value in lines[(purpose.first.span.line or 0) - 1]
    assert purpose.second.span == other.spans[purpose.second.path]
    assert skill.kind == "only_first"
    assert skill.first.span
    assert skill.first.value.name in "".join(lines[(skill.first.span.line or 0) - 1 :][:2])
    assert skill.second.span == other.spans["/professions/2/functions/0/skills"]


@pytest.mark.parametrize("format", ["json", "yaml"])
def test_the_sample_and_its_data_are_the_same(format: str) -> None:
    document = profstd.load(SAMPLE)
    raw = msgspec.json.decode(msgspec.json.encode(document.model))
    target = io.BytesIO(json.dumps(raw).encode())
    if format == "yaml":
        target = io.BytesIO()
        writer: Any = YAML(typ="safe")
        writer.dump(raw, target)
    assert differences(document, load_bytes(target.getvalue(), f"a.{format}")) == []


def test_the_sample_and_its_word_file_are_the_same() -> None:
    assert differences(profstd.load(SAMPLE), profstd.load(SAMPLE.with_suffix(".docx"))) == []


# --- words


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("отвечать на вопросы клиентов", "отвечать на вопрос клиентов", ("«вопросы»", "«вопрос»")),
        ("один два три", "один два", ("«три»", "")),
        ("один два", "один два, три", ("", "«, три»")),
        ("а б в г д е ж", "а б1 в г1 д е ж", ("«б» … «г»", "«б1» … «г1»")),
        ("а б в г д е ж", "а б1 в1 г д е ж", ("«б в»", "«б1 в1»")),
        ("Связь и учёт", "связь и учёт", ("«Связь»", "«связь»")),
        ("а б", "а\u00a0б", ("U+0020 SPACE", "U+00A0 NO-BREAK SPACE")),
        ("а б", "а  б", ("", "U+0020 SPACE")),
        ("информация", "инфор\u00adмация", ("", "U+00AD SOFT HYPHEN")),
        ("кот", "кoт", ("U+043E CYRILLIC SMALL LETTER O", "U+006F LATIN SMALL LETTER O")),
        ("совсем одно", "вовсе другое", None),
        ("", "новое", None),
    ],
)
def test_differing_words(first: str, second: str, words: tuple[str, str] | None) -> None:
    assert contrast(first, second) == words


@given(strategies.texts(), strategies.texts())
@settings(max_examples=300, deadline=None)
def test_any_two_texts_can_be_contrasted(first: str, second: str) -> None:
    if first != second and (words := contrast(first, second)):
        assert any(words)


def test_long_texts_are_contrasted_soon() -> None:
    assert contrast("а б " * 100_000, "а б " * 100_000 + "в") is None
    assert contrast("а б " * 500, "а б " * 500 + "в") == ("", "«в»")


FIRST: dict[str, Any] = {
    "language": "ru",
    "title": "Хлебопечение",
    "professions": [
        {
            "item_number": 12,
            "heading": "Пекарь",
            "level": 4,
            "functions": [
                {
                    "kind": "additional",
                    "number": 1,
                    "name": "Выпечка",
                    "skills": [
                        {
                            "number": 2,
                            "name": "Замес",
                            "abilities": [{"number": 1, "text": "месить тесто для хлеба руками"}],
                            "knowledge": [{"number": 1, "text": "виды муки"}],
                        }
                    ],
                }
            ],
        }
    ],
}
CARD = "Карточка 12 «Пекарь», 4 уровень"


def _second() -> dict[str, Any]:
    second: dict[str, Any] = json.loads(json.dumps(FIRST))
    card = second["professions"][0]
    skill = card["functions"][0]["skills"][0]
    skill["abilities"][0]["text"] = "месить тесто для хлебов руками"
    skill["knowledge"] = []
    skill["recognition"] = "recommended"
    second["professions"].append({"item_number": 13, "heading": "Мельник", "level": 3})
    second["title"] = "Хлеб"
    return second


def _comparison(**look: Any) -> Comparison:
    first, second = (fragments.document(fragments.standard(item)) for item in (FIRST, _second()))
    first = msgspec.structs.replace(
        first, spans={"/professions/0/functions/0/skills/0": Span(file="a.pdf", page=23)}
    )
    return Comparison(
        first=Compared(name="a.pdf", document=first),
        second=Compared(name="b.docx", document=second),
        differences=tuple(differences(first, second)),
        language="ru",
        look=Look(**look),
    )


def test_the_text_groups_by_card_and_shows_both_sides() -> None:
    assert render(_comparison(width=100), "text").splitlines() == [
        "1  a.pdf",
        "2  b.docx",
        "",
        "  Глава 2. Паспорт профессионального стандарта",
        "    название стандарта",
        "      1  «Хлебопечение»",
        "      2  «Хлеб»",
        "",
        "  Глава 3. Карточки профессий",
        "    Карточка 13 «Мельник», 3 уровень",
        "      1  стр. 23: здесь нет",
        "      2  «Мельник» и ещё 2 значения",
        "",
        f"  {CARD}",
        "    доп. ТФ 1 → навык 2 → умение 1",
        "      1  стр. 23: «месить тесто для хлеба руками»",
        "      2  «месить тесто для хлебов руками»",
        "         Различие: «хлеба» – «хлебов».",
        "    доп. ТФ 1 → навык 2 → знание 1",
        "      1  стр. 23: «виды муки» и ещё 1 значение",
        "      2  здесь нет",
        "    доп. ТФ 1 → навык 2 → признание навыка",
        "      1  стр. 23: пусто",
        "      2  «Рекомендовано»",
        "",
        "5 различий, значений различается: 8",
    ]


@pytest.mark.parametrize("width", [40, 60, 100, 200])
@pytest.mark.parametrize("language", locale.languages())
def test_the_text_fits_the_terminal(width: int, language: str) -> None:
    comparison = msgspec.structs.replace(_comparison(width=width), language=language)
    text = render(comparison, "text")
    assert "{" not in text
    assert all(len(line) <= max(width, 49) for line in text.splitlines()[:-1])


def test_colours_and_quiet() -> None:
    assert "\x1b[31m1\x1b[0m  a.pdf" in render(_comparison(colour=True), "text")
    assert "\x1b" not in render(_comparison(), "text")
    assert "различий" not in render(_comparison(quiet=True), "text")


def test_a_document_cannot_write_to_the_terminal() -> None:
    first = fragments.document(fragments.standard({**FIRST, "title": "а\x1b[2Jб в г"}))
    second = fragments.document(fragments.standard({**FIRST, "title": "а\x9bб в г"}))
    comparison = Comparison(
        first=Compared(name="a\x1b", document=first),
        second=Compared(name="b", document=second),
        differences=tuple(differences(first, second)),
        language="ru",
    )
    text = render(comparison, "text")
    assert "\x1b" not in text
    assert "\x9b" not in text


def test_what_was_not_accounted_for_is_said() -> None:
    comparison = _comparison()
    lossy = fragments.document(fragments.standard(FIRST), {"unplaced": ["лишний текст"]})
    closed = msgspec.structs.replace(comparison.second.document, counted=None)
    comparison = msgspec.structs.replace(
        comparison,
        first=Compared(name="a.pdf", document=lossy),
        second=Compared(name="b.docx", document=closed),
    )
    last = render(comparison, "text").splitlines()[-1]
    assert last.endswith(" · 1: 98,80 % текста учтено · 2: учтён ли весь текст, не проверялось")


def test_the_json_keeps_its_schema() -> None:
    data = json.loads(render(_comparison(), "json"))
    Draft202012Validator(json_report.schema()).validate(data)
    kinds = [(item["kind"], item["values"]) for item in data["differences"]]
    assert kinds == [
        ("changed", 1),
        ("changed", 1),
        ("only_first", 2),
        ("changed", 1),
        ("only_second", 3),
    ]
    skill = "/professions/0/functions/0/skills/0"
    change, missing = data["differences"][1:3]
    assert change["first"]["path"] == change["second"]["path"] == f"{skill}/abilities/0/text"
    assert change["first"]["value"] == "месить тесто для хлеба руками"
    assert change["first"]["place"] == f"{CARD} → доп. ТФ 1 → навык 2 → умение 1"
    assert (change["first"]["position"], change["second"]["position"]) == ("стр. 23", None)
    assert missing["first"]["value"] == {"number": 1, "text": "виды муки"}
    assert (missing["second"]["path"], missing["second"]["value"]) == (f"{skill}/knowledge", None)
    assert data["summary"] == {
        "differences": 5,
        "values": 8,
        "changed": 3,
        "only_first": 1,
        "only_second": 1,
    }


@given(first=strategies.models(damaged=True), second=strategies.models(damaged=True))
@settings(max_examples=30, deadline=None)
def test_any_comparison_can_be_told(first: Model, second: Model) -> None:
    one, other = fragments.document(first), fragments.document(second)
    for language in locale.languages():
        comparison = Comparison(
            first=Compared(name="a", document=one),
            second=Compared(name="b", document=other),
            differences=tuple(differences(one, other)),
            language=language,
        )
        assert "\x1b" not in render(comparison, "text")
        Draft202012Validator(json_report.schema()).validate(json.loads(render(comparison, "json")))


def test_a_format_is_a_module() -> None:
    assert formats() == ["json", "text"]
    with pytest.raises(LookupError):
        render(_comparison(), "docx")


# --- the command


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two standards that differ in five places; it is the current one."""
    monkeypatch.chdir(tmp_path)
    for name, data in (("a.json", FIRST), ("b.json", _second())):
        model = fragments.standard({**data, "source": {"file": "x", "sha256": "0" * 64}})
        (tmp_path / name).write_bytes(msgspec.json.encode(model))
    return tmp_path


def _run(capture: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, str, str]:
    code = main(["diff", *arguments])
    out, err = capture.readouterr()
    return code, out.decode("utf-8"), err.decode("utf-8")


def test_the_exit_code(files: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(capsysbinary, "a.json", "a.json") == (0, "Различий нет.\n", "")
    assert _run(capsysbinary, "a.json", "a.json", "-q") == (0, "", "")
    code, out, err = _run(capsysbinary, "a.json", "b.json")
    assert (code, err) == (1, "")
    assert out.splitlines()[-1] == "5 различий, значений различается: 8"
    assert "строка 1, знак " in out
    for pair in (("a.json", "missing.json"), ("missing.json", "a.json")):
        code, out, err = _run(capsysbinary, *pair)
        assert (code, out) == (2, "")
        assert err.startswith("missing.json: ")
    (files / "list.txt").write_text("Молоко\nХлеб\n", encoding="utf-8")
    assert _run(capsysbinary, "a.json", "list.txt")[0] == 2


def test_where_it_goes_and_how(files: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(capsysbinary, "a.json", "b.json", "--format", "json", "-o", "d.json") == (1, "", "")
    data = json.loads((files / "d.json").read_bytes())
    Draft202012Validator(json_report.schema()).validate(data)
    assert data["first"]["file"] == "a.json"
    assert "5 differences" in _run(capsysbinary, "a.json", "b.json", "--lang", "en")[1]
    code, out, err = _run(capsysbinary, "a.json", "b.json", "--format", "docx")
    assert (code, out) == (2, "")
    assert "json, text" in err


def test_standard_input(
    files: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = io.BytesIO((files / "b.json").read_bytes())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(given, encoding="utf-8"))
    assert _run(capsysbinary, "a.json", "-", "--as", "json")[0] == 1
    code, out, err = _run(capsysbinary, "-", "-")
    assert (code, out) == (2, "")
    assert "Стандартный ввод" in err


def test_a_page_and_a_standard_differ(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, _ = _run(capsysbinary, str(SAMPLE), str(PAGE))
    assert code == 1
    assert "registry_page" in out
