"""JSON and YAML as the model itself: what is read, where it stands, what is refused and why."""

from __future__ import annotations

import codecs
import io
import json
import re
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

import fragments
import profstd
import strategies
from profstd import locale
from profstd.document import ROOT, Document, Pointer, Span, UnreadableError, leaves
from profstd.model import Model
from profstd.parse import ReadSettings, load_bytes
from profstd.validate import Settings, check
from profstd.validate.place import position

CASES = Path(__file__).parent / "cases" / "data"
SAMPLE = Path(__file__).parent.parent / "samples" / "standard-J63991088.txt"
FORMATS = ["json", "yaml"]


def _cases(name: str) -> pytest.MarkDecorator:
    cases = fragments.load_cases(CASES / f"{name}.yaml")
    return pytest.mark.parametrize(
        "case", cases, ids=[f"{case.get('format', 'yaml')}-{case['name']}" for case in cases]
    )


def _written(data: Any, format: str, **options: Any) -> bytes:
    """`data` as JSON or YAML."""
    if format == "json":
        return json.dumps(data, ensure_ascii=False, **options).encode()
    writer: Any = YAML(typ="safe")
    own = {"allow_unicode": True, "sort_base_mapping_type_on_output": False}
    for name, value in {**own, "default_flow_style": False, **options}.items():
        setattr(writer, name, value)
    target = io.BytesIO()
    writer.dump(data, target)
    return target.getvalue()


def _data(model: Model) -> Any:
    return msgspec.json.decode(msgspec.json.encode(model))


def _refusal(data: bytes, name: str, settings: ReadSettings | None = None) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        load_bytes(data, name, settings=settings or ReadSettings())
    for language in locale.languages():
        words = locale.load(language).say(
            f"unreadable.{caught.value.reason}", **caught.value.arguments
        )
        assert not re.search(r"[{}]", words)
    return caught.value


@_cases("unreadable")
def test_what_is_no_model_is_refused_with_its_place(case: dict[str, Any]) -> None:
    error = _refusal(case["text"].encode(), f"a.{case['format']}")
    found = {"reason": error.reason, **error.arguments}
    expected = {name: case[name] for name in ("reason", "fault", "line", "column") if name in case}
    assert {name: found.get(name) for name in expected} == expected
    assert found.items() >= case.get("arguments", {}).items()
    if "fault" in case:
        for language in locale.languages():
            assert case["fault"] in locale.load(language).table["words"]


@_cases("read")
def test_values_of_yaml(case: dict[str, Any]) -> None:
    document = load_bytes(case["text"].encode(), "a.yaml")
    found = {path: Pointer(path).resolve(document.model) for path in case["expect"]}
    assert found == case["expect"]
    said = check(document, Settings(select=("SC02", "SC03")))
    assert [item.path for item in said if item.path in found] == []


@_cases("findings")
def test_findings_stand_at_their_line_and_column(case: dict[str, Any]) -> None:
    document = load_bytes(case["text"].encode(), f"a.{case['format']}")
    found = []
    for finding in check(document, Settings(select=("SC",))):
        assert finding.span
        where = [finding.code, finding.path, finding.span.line, finding.span.column]
        if finding.code != "SC01" or where in case["expect"]:
            found.append(where)
    assert sorted(found) == sorted(case["expect"])


def test_a_wrong_type_is_told_as_that_and_not_as_an_empty_field() -> None:
    data = b'{"kind": "standard", "professions": [{"level": "6", "functions": [{"skills": 1}]}]}'
    found = check(load_bytes(data, "a.json"))
    codes = {item.path: item.code for item in found}
    assert codes["/professions/0/level"] == "SC02"
    assert codes["/professions/0/functions/0/skills"] == "SC02"
    assert codes["/professions/0/purpose"] == "ST01"


def test_line_and_column_are_told_in_words() -> None:
    span = Span(file="a.yaml", line=3, column=14)
    assert position(span, locale.load("ru")) == "строка 3, знак 14"


# --- what is written is read


@pytest.mark.parametrize(
    ("format", "options"),
    [
        ("json", {}),
        ("json", {"indent": "\t"}),
        ("yaml", {}),
        ("yaml", {"width": 40}),
        ("yaml", {"default_flow_style": True}),
    ],
)
@given(model=strategies.models(damaged=True))
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read(format: str, options: dict[str, Any], model: Model) -> None:
    data = _data(model)
    document = load_bytes(_written(data, format, **options), f"a.{format}")
    assert document.model == model
    assert document.raw == data
    _assert_accounted(document)
    assert document.account
    assert document.account.unplaced == 0


def _assert_accounted(document: Document) -> None:
    account = document.account
    assert account
    parts = (account.placed, account.label, account.markup, account.furniture, account.unplaced)
    assert min(parts) >= 0
    assert sum(parts) == account.characters
    assert sum(len(place.text) for place in account.places) == account.unplaced


@given(model=strategies.models(damaged=True))
@settings(max_examples=40, deadline=None)
def test_every_value_of_json_stands_at_its_place(model: Model) -> None:
    text = _written(_data(model), "json", indent=1).decode()
    document = load_bytes(text.encode(), "a.json")
    lines = text.split("\n")
    for path, value in leaves(document.raw):
        span = document.spans[path]
        assert span.line
        assert span.column
        assert span.end_line == span.line
        cut = lines[span.line - 1][span.column - 1 : span.end_column]
        assert json.loads(cut) == value
    assert set(document.spans) >= {str(path) for path, _ in leaves(document.raw)}


@given(model=strategies.models(damaged=True), flow=st.booleans())
@settings(max_examples=30, deadline=None)
def test_every_value_of_yaml_stands_where_the_parser_has_it(model: Model, flow: bool) -> None:
    data = _written(_data(model), "yaml", default_flow_style=flow)
    document = load_bytes(data, "a.yaml")
    marks = dict(_marks(YAML(typ="safe").compose(data.decode()), ROOT))
    # Line ends of YAML 1.1, which the parser counts as such, are none of YAML 1.2.
    if not re.search("[\x85\u2028\u2029]", data.decode()):
        assert {path: (span.line, span.column) for path, span in document.spans.items()} == marks


def _marks(node: Node, path: Pointer) -> Any:
    yield str(path), (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, MappingNode):
        for name, value in node.value:
            assert isinstance(name, ScalarNode)
            yield from _marks(value, path / name.value)
    elif isinstance(node, SequenceNode):
        for index, value in enumerate(node.value):
            yield from _marks(value, path / index)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]
)
def test_encodings_and_line_ends(format: str, end: str, encoding: str) -> None:
    data = {"kind": "standard", "title": "Әдіскер 🙂", "terms": [{"nmae": 1}]}
    text = _written(data, format, **({"indent": 2} if format == "json" else {})).decode()
    document = load_bytes(text.replace("\n", end).encode(encoding), f"a.{format}")
    assert document.model.kind == "standard"
    assert document.raw == data
    expected = load_bytes(text.encode(), f"a.{format}")
    place = "/terms/0/nmae"
    assert document.spans[place] == expected.spans[place]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('{"kind": "standard", "title": "Связь"}'.encode("cp1251"), "encoding"),
        ('{"kind": "standard", "title": "Связь"}'.encode()[:-3], "encoding"),
        (codecs.BOM_UTF16_LE + b"{\x00}", "binary"),
        (b"%PDF-1.7\n%\xb5\xb5\x00\xff", "binary"),
        (b"PK\x03\x04\x14\x00\x00\x00", "binary"),
        (b'{"kind": "stan\x00dard"}', "binary"),
        (b" \r\n\t", "empty"),
    ],
    ids=["Windows-1251", "cut in a letter", "half UTF-16", "PDF", "archive", "zero", "blank"],
)
def test_what_is_no_unicode_text(format: str, data: bytes, reason: str) -> None:
    assert _refusal(data, f"a.{format}").reason == reason


def test_suffixes() -> None:
    for name in ("a.yaml", "a.yml", "a.YML"):
        assert load_bytes(b"kind: standard", name).source.format == "yaml"


# --- the account


@pytest.mark.parametrize("format", FORMATS)
def test_the_account_of_what_no_field_took(format: str) -> None:
    data = {"kind": "standard", "nmae": {"а": ["б", 7]}, "code": 12.5, "terms": "опара"}
    document = load_bytes(_written(data, format), f"a.{format}")
    _assert_accounted(document)
    assert document.account
    lost = [place.text.strip('"') for place in document.account.places]
    assert lost == ["nmae", "а", "б", "7", *([] if format == "yaml" else ["12.5"]), "опара"]
    assert not [item for item in check(document) if item.code == "PA01"]
    assert {item.path for item in check(document) if item.code in ("SC02", "SC06")} >= {
        "/nmae",
        "/terms",
    }


def test_what_an_alias_repeats_counts_once() -> None:
    text = "kind: standard\nx: &a {name: б}\ntechnical:\n  authority: *a\n  developers: [*a]\n"
    document = load_bytes(text.encode(), "a.yaml")
    _assert_accounted(document)
    assert document.account
    assert [place.text for place in document.account.places] == ["x"]


# --- hostile files

_HEAD = {"json": '"kind": "standard"', "yaml": '"kind": "standard"'}
HOSTILE = {
    "brackets": "[" * 1_000_000,
    "braces": '{"a": ' * 300_000,
    "brackets on lines": "[\n" * 300_000,
    "dashes": "- " * 500_000,
    "questions": "? " * 500_000,
    "nested": '{"kind": "standard", "a": ' + "[" * 900 + "]" * 900 + "}",
    "fields": '{"kind": "standard"' + "".join(f', "a{i}": {i}' for i in range(3000)) + "}",
    "one field": "{" + '"a": 1, ' * 100_000 + '"a": 1}',
    "a long name": '{"kind": "standard", "' + "a" * 1000 + '": 1}',
    "a number for a name": '{"kind": "standard", "' + "9" * 900 + '": 1}',
    "digits": '{"kind": "standard", "terms": [{"number": ' + "9" * 1_000_000 + "}]}",
    "a long number": '{"kind": "standard", "terms": [{"number": ' + "9" * 399 + "}]}",
    "escapes": '{"kind": "standard", "title": "' + '\\"' * 1_000_000 + '"}',
    "names in a text": '{"kind": "standard", "title": "' + '\\":' * 500_000 + '"}',
    "an open text": '{"kind": "standard", "title": "' + '\\"' * 1_000_000,
    "spaces": " " * 2_000_000 + '{"kind": "standard"}' + "\n" * 2_000_000,
    "comments": '"kind": standard\n' + "#\n" * 500_000,
    "lines of a text": '"kind": standard\ntitle: ' + "а\n " * 300_000,
    "documents": "---\nа\n" * 100_000,
    "directives": "".join(f"%TAG !a{i}! tag:x\n" for i in range(2000)) + "--- 1",
    "a long sublevel": '{"profession_list": [{"level": 4, "sublevel": "' + "4" * 5000 + '"}], '
    '"professions": []}',
    "colons in braces": "{kind: standard, title: a:b, terms: [" + "a: b, " * 5000 + "]}",
    "anchors": "kind: standard\n" + "".join(f"k{i}: &k{i} 1\n" for i in range(2000)),
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_data_are_read_or_refused_soon(format: str, name: str) -> None:
    started = time.perf_counter()
    try:
        document = load_bytes(HOSTILE[name].encode(), f"a.{format}")
    except UnreadableError:
        pass
    else:
        check(document)
        _assert_accounted(document)
        msgspec.json.encode(document.model)
    assert time.perf_counter() - started < 30


def _bomb(levels: int) -> bytes:
    lines = ["kind: standard", "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    for level in range(1, levels):
        ten = ", ".join([f"*a{level - 1}"] * 10)
        lines.append(f"a{level}: &a{level} [{ten}]")
    return "\n".join(lines).encode()


def test_a_bomb_of_aliases_is_refused() -> None:
    error = _refusal(_bomb(60), "a.yaml")
    assert error.reason == "bomb"
    assert error.arguments["line"] == 6
    small = ReadSettings(max_unpacked_size=1_000_000)
    assert _refusal(_bomb(4), "a.yaml", small).arguments["limit"] == 1000
    assert load_bytes(_bomb(4), "a.yaml").raw["a3"][9][9][9] == [1] * 10


def test_aliases_cannot_nest_too_deep() -> None:
    links = "".join(f"a{level}: &a{level} [*a{level - 1}]\n" for level in range(1, 300))
    error = _refusal(f"kind: standard\na0: &a0 1\n{links}".encode(), "a.yaml")
    assert (error.reason, error.arguments["fault"]) == ("yaml", "too_deep")
    assert error.arguments["line"] == 102


def test_a_tag_makes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr("os.system", called.append)
    assert _refusal(b"kind: !!python/object/apply:os.system [x]", "a.yaml").reason == "tag"
    assert called == []


@given(
    st.text(
        st.sampled_from("{}[]\",:\\ \n\r\t-?&*!|>#%@`'aа1.0~\ud7ff\u2028\x85\ufeff"), max_size=60
    )
)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    for head in ("", "kind: standard\ntitle: ", '{"kind": "standard", "title": '):
        for format in FORMATS:
            try:
                document = load_bytes(f"{head}{text}".encode(), f"a.{format}")
            except UnreadableError:
                continue
            for finding in check(document):
                assert finding.span
            _assert_accounted(document)


_SMALL = {
    "kind": "standard",
    "title": "Хлебопечение",
    "terms": [{"number": 1, "term": "опара", "definition": "закваска «муки»"}],
    "professions": [{"level": 4, "heading": "Пекарь", "functions": [{"skills": []}]}],
}


@pytest.mark.parametrize("format", FORMATS)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_cut_and_patch_is_read_or_refused(format: str, data: st.DataObject) -> None:
    whole = _written(_SMALL, format)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 12)))
    patch = data.draw(st.binary(max_size=6) | st.sampled_from([b"*a", b"&a ", b"[]", b"{}", b'"']))
    try:
        document = load_bytes(whole[:start] + patch + whole[end:], f"a.{format}")
    except UnreadableError:
        return
    check(document)
    _assert_accounted(document)


# --- the sample


@pytest.mark.parametrize("format", FORMATS)
def test_the_sample_is_read_back(format: str) -> None:
    document = profstd.load(SAMPLE)
    again = load_bytes(_written(_data(document.model), format), f"again.{format}")
    assert again.model == document.model
    assert again.account
    assert again.account.unplaced == 0
    told = [(item.code, item.path) for item in check(document)]
    found = check(again)
    assert found
    for finding in found:
        assert (finding.code, finding.path) in told
        assert finding.span
        assert finding.span.column


@pytest.mark.parametrize("flow", [False, True])
def test_yaml_by_another_writer_is_read(flow: bool) -> None:
    writer: Any = YAML(pure=True)
    writer.default_flow_style = flow
    target = io.BytesIO()
    data = {"kind": "standard", "scope": "https://example.kz/a_b", "terms": [{"term": "а:б"}]}
    writer.dump(data, target)
    assert load_bytes(target.getvalue(), "a.yaml").raw == data
