"""The exports: what can be read back is the same, what is read by people is all there."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

import fragments
import strategies
from profstd import load
from profstd.document import Document, leaves
from profstd.export import csv as csv_format
from profstd.export import describe, formats, render, stream
from profstd.export import json as json_format
from profstd.export import pdf as pdf_format
from profstd.model import ListedFunction, Model, Standard, Statement
from profstd.words import WORDS

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))

examples = settings(
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
many_models = st.lists(strategies.models(damaged=True), max_size=3)


def documents(models: Sequence[Model]) -> list[Document]:
    return [fragments.document(model) for model in models]


def tables(files: dict[str, bytes]) -> dict[str, list[dict[str, str]]]:
    """The cells of every table as another program reads them."""
    return {
        name.removesuffix(".csv"): list(
            csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        )
        for name, content in files.items()
    }


@examples
@given(strategies.models(damaged=True))
def test_json_is_the_model(model: Model) -> None:
    (content,) = render(fragments.document(model), "json").values()
    assert json_format.load(content) == model
    assert content.endswith(b"}\n")
    assert b"\r" not in content
    assert list(msgspec.json.decode(content)) == list(model.__struct_fields__)
    texts = (leaf for _, leaf in leaves(model) if isinstance(leaf, str) and leaf.isalpha())
    assert all(text in content.decode() for text in texts)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"title": ...}, "`/title`"),
        ({"titel": "x"}, "`/titel`"),
        ({"terms": {}}, "`/terms`"),
        ({"item": 1}, "`/item`"),
        ({"language": "de"}, "`/language`"),
        ({"kind": "page"}, "`/kind`"),
    ],
)
def test_json_that_is_no_model_is_refused(change: dict[str, Any], place: str) -> None:
    data = msgspec.to_builtins(fragments.standard({"title": "x"})) | change
    content = msgspec.json.encode({key: item for key, item in data.items() if item is not ...})
    with pytest.raises(msgspec.ValidationError, match=place):
        json_format.load(content)


@examples
@given(many_models, st.booleans(), st.sampled_from(["comma", "semicolon", "tab"]))
def test_csv_comes_back_as_the_models(models: list[Model], bom: bool, delimiter: str) -> None:
    files = dict(stream(documents(models), "csv", bom=bom, delimiter=delimiter))
    assert all(content.startswith(b"\xef\xbb\xbf") == bom for content in files.values())
    assert csv_format.load(files) == models


@examples
@given(many_models)
def test_csv_comes_back_whatever_the_order_of_rows_and_columns(models: list[Model]) -> None:
    files = {}
    for name, content in stream(documents(models), "csv"):
        rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
        if name != "standards.csv":
            rows[1:] = reversed(rows[1:])
        text = io.StringIO(newline="")
        csv.writer(text, quoting=csv.QUOTE_ALL).writerows(row[::-1] for row in rows)
        files[name] = text.getvalue().encode()
    assert csv_format.load(files) == models


@examples
@given(many_models)
def test_csv_is_safe_to_open_and_its_keys_hold(models: list[Model]) -> None:
    found = tables(dict(stream(documents(models), "csv")))
    keys = {table: {row["key"] for row in rows} for table, rows in found.items()}
    numbers = {"position", "number", "level", "item_number", "technical_year"}
    owners = {"standard", "profession", "work_function", "skill", "developer"}
    for table, rows in found.items():
        assert len(keys[table]) == len(rows)
        for row in rows:
            for column, cell in row.items():
                if column in numbers and (table, column) != ("education", "level"):
                    assert re.fullmatch(r"(-?\d+)?", cell)
                elif (table, column) != ("item_numbers", "value"):
                    assert not cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))
                if column in owners:
                    assert cell in keys[f"{column}s"] or (table, cell) == ("contacts", "")


def test_csv_takes_a_cell_of_any_length() -> None:
    model = fragments.standard({"summary": "длинный текст, " * 20_000})
    assert csv_format.load(render(fragments.document(model), "csv")) == [model]


def test_csv_keys_name_the_standard_and_stay_when_others_follow() -> None:
    first = fragments.standard({"code": "J63991088", "terms": [{"term": "а"}, {"term": "б"}]})
    other = fragments.standard({"source": {"file": "Черновик.docx"}, "terms": [{"term": "в"}]})
    found = tables(dict(stream(documents([first, other, first]), "csv")))
    assert [row["key"] for row in found["standards"]] == ["J63991088", "Черновик", "J63991088-2"]
    assert [(row["key"], row["standard"], row["term"]) for row in found["terms"]] == [
        ("J63991088_1", "J63991088", "а"),
        ("J63991088_2", "J63991088", "б"),
        ("Черновик_1", "Черновик", "в"),
        ("J63991088-2_1", "J63991088-2", "а"),
        ("J63991088-2_2", "J63991088-2", "б"),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("terms.csv", None, None, "terms.csv is not there"),
        ("terms.csv", "definition", "meaning", "terms.csv: the columns"),
        ("terms.csv", ",1,7,", ",1,seven,", "terms.csv: line 2"),
        ("terms.csv", ",7,а,", ",7,", "terms.csv: line 2"),
        ("terms.csv", ",7,а,", ',7,"а,', "terms.csv: unexpected end of data"),
        ("terms.csv", "x_2,x,", "x_1,x,", "terms: the key 'x_1' stands twice"),
        ("terms.csv", "x_2,x,", "x_2,y,", "terms: .*'x_2'"),
        ("standards.csv", ",standard,", ",page,", "standards: x: kind"),
        ("standards.csv", ",ru,", ",de,", "`/language`"),
    ],
)
def test_csv_that_lost_something_is_refused(
    file: str, old: str | None, new: str | None, message: str
) -> None:
    terms = [{"number": 7, "term": "а"}, {"number": 8, "term": "б"}]
    model = fragments.standard({"language": "ru", "code": "x", "terms": terms})
    files = render(fragments.document(model), "csv")
    if old is None or new is None:
        del files[file]
    else:
        assert files[file].count(old.encode()) == 1
        files[file] = files[file].replace(old.encode(), new.encode())
    with pytest.raises(ValueError, match=message):
        csv_format.load(files)


def visible(text: object) -> str:
    """A text as Markdown can show it: every line end a new line, NUL as CommonMark has it."""
    lines = re.sub(r"\r\n|[\n\r\v\f\x1c-\x1f\x85\u2028\u2029]", "\n", str(text))
    return lines.replace("\0", "\ufffd")


BLOCKS = re.compile(r"(heading|paragraph|bullet_list|list_item|table|t(head|body|r|h|d))_\w+")


class Shown:
    """What a renderer shows: the texts of cells, items, headings and paragraphs, the links."""

    def __init__(self, content: bytes) -> None:
        self.texts: Counter[str] = Counter()
        self.headings: list[str] = []
        self.anchors: list[str] = []
        self.links: list[tuple[str, str]] = []
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(content.decode())
        for before, token in pairwise([tokens[0], *tokens]):
            if token.type == "inline":
                text = "".join(self._read(token.children or []))
                self.texts[text] += 1
                if before.type == "heading_open":
                    self.headings.append(text)
            elif token.type == "html_block":
                assert re.fullmatch(r"(<br>)+\n*", token.content)
                self.texts["\n" * token.content.count("<br>")] += 1
            else:
                assert BLOCKS.fullmatch(token.type)

    def _read(self, tokens: list[Token]) -> Iterator[str]:
        label = ""
        target = None
        for token in tokens:
            shown = ""
            if token.type == "link_open":
                label, target = "", str(token.attrs["href"])
            elif token.type == "link_close":
                self.links.append((label, str(target).removeprefix("#")))
            elif token.type == "html_inline":
                if anchor := re.fullmatch(r'<a id="(.+)">', token.content):
                    self.anchors.append(anchor[1])
                else:
                    assert token.content in ("<br>", "</a>")
                shown = "\n" * (token.content == "<br>")
            elif token.type not in ("strong_open", "strong_close"):
                assert token.type in ("text", "text_special")
                shown = token.content
            label += shown
            yield shown


def assert_shown(model: Model, content: bytes) -> None:
    """Every leaf of the model is there, each text alone in its cell, item or paragraph."""
    shown = Shown(content)
    words = WORDS[model.language]
    expected: Counter[str] = Counter()
    for path, leaf in leaves(model):
        holder: Any = path.parent.resolve(model)
        field = path.keys[-1]
        if leaf in (None, (), "") or path == "/kind":
            continue
        if "item_numbers" in path:
            expected[", ".join(map(str, holder))] = 1
        elif field == "recognition":
            expected[f"{words['recognition']}: {words[leaf]}"] += 1
        elif field == "rank":
            expected[words[leaf]] += 1
        elif re.search(r"/(functions|skills)/\d+/name$", path):
            assert any(heading.endswith(f": {visible(leaf)}") for heading in shown.headings)
        elif re.search(r"/(heading|item_number|(functions|skills)/\d+/number)$", path):
            assert any(visible(leaf) in heading for heading in shown.headings)
        elif isinstance(holder, (Statement, ListedFunction)):
            if field != "number":
                number = "" if holder.number is None else f"{holder.number}) "
                expected[visible(f"{number}{leaf}")] += 1
        elif field != "kind":
            expected[visible(leaf)] += 1
    assert expected - shown.texts == Counter()
    assert len(shown.anchors) == len(set(shown.anchors))
    assert {target for _, target in shown.links} == set(shown.anchors)
    if isinstance(model, Standard):
        labels = {target: label for label, target in reversed(shown.links)}
        for position, profession in enumerate(model.professions, start=1):
            name = profession.heading if profession.name is None else profession.name
            assert name is None or visible(name) in labels[f"profession-{position}"]


@settings(examples, max_examples=100)
@given(strategies.models(damaged=True))
def test_markdown_shows_every_text_as_it_is(model: Model) -> None:
    (content,) = render(fragments.document(model), "markdown").values()
    assert_shown(model, content)


@settings(deadline=None, max_examples=300)
@given(strategies.texts(), strategies.texts(min_size=1))
def test_markdown_shows_nasty_texts_as_they_are(first: str, second: str) -> None:
    model = fragments.standard(
        {
            "title": first,
            "scope": first,
            "summary": second,
            "terms": [{"term": second, "definition": first}],
            "professions": [
                {
                    "name": second,
                    "heading": second,
                    "personal_competencies": [first, second],
                    "functions": [
                        {"name": first, "skills": [{"abilities": [{"text": first, "number": 3}]}]}
                    ],
                }
            ],
        }
    )
    (content,) = render(fragments.document(model), "markdown").values()
    assert_shown(model, content)


def test_markdown_links_and_numbers_are_those_of_the_standard() -> None:
    numbers = (1, 2, 3, 4, 3)
    abilities = [{"number": number, "text": "принимать звонки"} for number in numbers]
    card = {"code": "4222-0-001", "name": "Оператор"}
    related = [
        {"code": "4222-0-001", "level": 4, "name": "Старший оператор"},
        {"code": "4222-0-001", "level": 5, "name": "Главный оператор"},
    ]
    functions = [{"kind": "additional", "number": 2, "name": "Приём", "skills": [{"number": 1}]}]
    functions[0]["skills"] = [{"number": 1, "name": "Ответ", "abilities": abilities}]
    model = fragments.standard(
        {
            "language": "kk",
            "professions": [
                {**card, "level": 3, "related": related, "functions": functions},
                {**card, "level": 4, "item_number": 10},
            ],
        }
    )
    (content,) = render(fragments.document(model), "markdown").values()
    shown = Shown(content)
    assert ("Старший оператор", "profession-2") in shown.links
    assert "Главный оператор" not in dict(shown.links)
    assert ("10. Оператор — СБШ-нің 4-деңгейі", "profession-2") in shown.links
    assert "2-қосымша еңбек функциясы: Приём" in shown.headings
    assert "3-ші тарау. Кәсіп карточкалары" in shown.headings
    assert re.findall(r"^- (\d)\\\) принимать звонки$", content.decode(), re.M) == list("12343")


def test_words_are_the_same_in_every_language() -> None:
    assert {frozenset(words) for words in WORDS.values()} == {frozenset(WORDS["ru"])}


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """What LibreOffice makes is as it was given: test_export_form.py has it at work."""
    monkeypatch.setattr(pdf_format, "convert", lambda data, suffix, to: data)


@pytest.mark.usefixtures("no_office")
@pytest.mark.parametrize("format", formats())
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_lose_nothing(path: Path, format: str) -> None:
    document = load(path)
    files = render(document, format)
    assert files == render(load(path), format)
    if format == "csv":
        assert csv_format.load(files) == [document.model]
        if isinstance(document.model, Standard):
            cards = len(document.model.professions)
            assert len(tables(files)["professions"]) == cards
    elif format == "json":
        assert json_format.load(files[f"{path.stem}.json"]) == document.model
    elif format == "markdown":
        assert_shown(document.model, files[f"{path.stem}.md"])


@pytest.mark.usefixtures("no_office")
@pytest.mark.parametrize("format", [name for name in formats() if describe(name).per_document])
def test_a_document_is_the_same_file_alone_and_among_others(format: str) -> None:
    model = fragments.standard({"title": "Стандарт"})
    names = ["a.txt", "a.docx", "A.pdf", "../b/c.txt", "con.txt", "", ".txt", "a-2.txt", "д:1?.txt"]
    source = msgspec.structs.replace
    every = [
        source(fragments.document(model), source=source(fragments.SOURCE, file=name))
        for name in names
    ]
    files = list(stream(every, format))
    stems = [name.rpartition(".")[0] for name, _ in files]
    assert stems == ["a", "a-2", "A-3", "c", "con_", "document", "txt", "a-2-2", "д_1_"]
    assert {content for _, content in files} == set(render(every[0], format).values())


def test_formats_say_what_they_take() -> None:
    assert describe("csv").options == {"bom": False, "delimiter": "comma"}
    assert not describe("csv").per_document
    with pytest.raises(ValueError, match="no export format 'xls': there are csv, docx, html, json"):
        render(fragments.document(fragments.standard({})), "xls")
    with pytest.raises(TypeError, match="bom"):
        render(fragments.document(fragments.standard({})), "json", bom=True)
