"""Reading: transcriptions and golden models, the account, spans, properties."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fragments
import layout
import profstd
from profstd.document import Document, Pointer, UnreadableError, leaves
from profstd.model import Standard
from profstd.parse import labels, load_bytes
from profstd.parse.readers._encoding import decode

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
SOURCES = sorted((CASES / "parse").glob("*/source.*"))
CLEAN = sorted((CASES / "clean").glob("*.txt"))
EVERY = [*SAMPLES, *SOURCES, *CLEAN]

by_name = pytest.mark.parametrize(
    "source", EVERY, ids=lambda path: path.stem if path.stem != "source" else path.parent.name
)


def _plain(document: Document) -> Any:
    data = msgspec.json.decode(msgspec.json.encode(document.model))
    del data["source"]
    return data


def _differences(expected: Any, found: Any) -> list[str]:
    mine, theirs = dict(leaves(expected)), dict(leaves(found))
    return [
        f"{path}: expected {mine.get(path)!r}, found {theirs.get(path)!r}"
        for path in dict.fromkeys([*mine, *theirs])
        if mine.get(path) != theirs.get(path)
    ]


@pytest.mark.parametrize(
    "transcription",
    sorted((CASES / "parse").glob("*/expected.yaml")),
    ids=lambda path: path.parent.name,
)
def test_transcription_by_hand(transcription: Path) -> None:
    (source,) = transcription.parent.glob("source.*")
    expected = fragments.load_cases(transcription)
    assert not _differences(expected, _plain(profstd.load(source)))


_SNIPPETS = fragments.load_cases(CASES / "parse" / "snippets.yaml")


@pytest.mark.parametrize("case", _SNIPPETS, ids=lambda case: case["name"])
def test_snippet(case: dict[str, Any]) -> None:
    text = f"{case['text']}{case.get('after', '')}".replace("»", "\t")
    frame = f"Глава 3. Карточки профессий\n9. Карточка профессии Сборщик:\n{text}"
    document = load_bytes(frame.encode(), "snippet.txt")
    data = _plain(document)["professions"][0]
    found = {path: Pointer(path).resolve(data) for path in case["expect"]}
    assert found == case["expect"]
    assert document.account
    assert [place.text for place in document.account.places] == case.get("unplaced", [])


@pytest.mark.parametrize("source", SAMPLES, ids=lambda path: path.stem)
def test_golden_model(source: Path, regen: bool) -> None:
    golden = CASES / "parse" / source.stem / "expected.json"
    found = _plain(profstd.load(source))
    if regen:
        golden.parent.mkdir(exist_ok=True)
        text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert not _differences(json.loads(golden.read_text(encoding="utf-8")), found)


def test_counts_of_the_seed() -> None:
    model = profstd.load(ROOT / "samples" / "standard-J63991088.txt").model
    assert isinstance(model, Standard)
    functions = [item for card in model.professions for item in card.functions]
    skills = [item for function in functions for item in function.skills]
    values = [skill.recognition for skill in skills]
    assert len(model.professions) == 10
    assert [item.kind for item in functions].count("mandatory") == 27
    assert [item.kind for item in functions].count("additional") == 11
    assert (len(skills), len(model.terms), len(model.abbreviations)) == (157, 22, 7)
    assert sum(len(skill.abilities) for skill in skills) == 586
    assert sum(len(skill.knowledge) for skill in skills) == 602
    assert sum(len(card.related) for card in model.professions) == 35
    assert sum(len(card.other_names) for card in model.professions) == 48
    assert (values.count("recommended"), values.count("not_recommended")) == (60, 88)
    assert values.count(None) == 9


def test_kazakh_has_the_skeleton_of_the_russian() -> None:
    case = CASES / "parse" / "kazakh-three-cards"
    expected = fragments.load_cases(case / "skeleton.yaml")
    model = profstd.load(case / "source.txt").model
    assert isinstance(model, Standard)
    assert model.language == "kk"
    assert model.code == expected["code"]
    codes = [item.code for item in model.economic_activities]
    assert codes == expected["economic_activities"]
    listed = [[item.number, item.level] for item in model.profession_list]
    assert listed == expected["profession_list"]
    assert list(model.technical.item_numbers) == expected["technical_item_numbers"]
    for card, item in zip(model.professions, expected["professions"], strict=True):
        for name in ("item_number", "group_code", "code", "level"):
            assert getattr(card, name) == item[name]
        for kind, numbers in item["listed_functions"].items():
            assert [row.number for row in getattr(card.listed_functions, kind)] == numbers
        functions = [
            {
                "kind": function.kind,
                "number": function.number,
                "skills": [
                    [skill.number, len(skill.abilities), len(skill.knowledge), skill.recognition]
                    for skill in function.skills
                ],
            }
            for function in card.functions
        ]
        assert functions == item["functions"]
        assert [name.code for name in card.other_names] == item["other_names"]
        assert [[row.level, row.code] for row in card.related] == item["related"]


@by_name
def test_account_adds_up(source: Path) -> None:
    document = profstd.load(source)
    account = document.account
    assert account
    text = decode(source.read_bytes(), source.name)
    assert account.characters == len(text)
    parts = (account.placed, account.label, account.markup, account.furniture, account.unplaced)
    assert sum(parts) == len(text)
    assert account.coverage >= 0.999
    assert bool(account.places) == bool(account.unplaced)


@by_name
def test_every_leaf_leads_back_to_its_text(source: Path) -> None:
    document = profstd.load(source)
    text = str(decode(source.read_bytes(), source.name))
    lines = re.split(r"\r\n|[\r\n]", text)
    constants = ("/schema_version", "/kind", "/language", "/form")
    for path, value in leaves(document.model):
        if value in (None, ()) or path in constants or path.startswith("/source/"):
            continue
        span = document.spans.get(path)
        assert span, path
        assert span.line
        assert span.cell
        printed = _cut(lines, span).replace("\u00ad", "")
        if isinstance(value, str) and path.rpartition("/")[2] in ("text", "name", "code", "term"):
            words = re.findall(r"\w+", value)
            assert words[0] in printed, path
            assert words[-1] in printed.replace("- ", "-"), path
        elif isinstance(value, int):
            assert str(value) in printed, path


def _cut(lines: list[str], span: Any) -> str:
    first, last = span.line - 1, span.end_line - 1
    if first == last:
        return str(lines[first][span.column - 1 : span.end_column])
    middle = lines[first + 1 : last]
    return "\n".join([lines[first][span.column - 1 :], *middle, lines[last][: span.end_column]])


@by_name
def test_observations_stand_in_the_model(source: Path) -> None:
    document = profstd.load(source)
    for item in document.observations:
        try:
            item.path.resolve(document.model)
        except LookupError:
            item.path.parent.resolve(document.model)


@pytest.mark.parametrize("gap", ["\t", " ", "\n"], ids=["cells", "one line", "two lines"])
@pytest.mark.parametrize("language", ["ru", "kk"])
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_is_read(language: str, gap: str, data: st.DataObject) -> None:
    form = labels.load(language, "standard")
    model = data.draw(layout.standards(language, form))
    text = layout.Layout(form, gap).write(model)
    found = load_bytes(text.encode(), "standard.txt")
    expected = msgspec.json.decode(msgspec.json.encode(model))
    del expected["source"]
    assert not _differences(expected, _plain(found))
    assert found.account
    assert found.account.unplaced == 0


@given(st.text(min_size=1).filter(str.strip))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str) -> None:
    try:
        document = load_bytes(text.encode("utf-8", "surrogatepass"), "any.txt")
    except UnreadableError:
        return
    account = document.account
    assert account
    parts = (account.placed, account.label, account.markup, account.furniture, account.unplaced)
    assert sum(parts) == account.characters


_SEED = (ROOT / "samples" / "standard-J63991088.txt").read_text(encoding="utf-8")


@given(st.integers(0, len(_SEED)), st.integers(0, 9000), st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_cut_and_patch_is_read(start: int, length: int, patch: str) -> None:
    text = _SEED[start : start + length] + patch + _SEED[start + 500 : start + 2500]
    document = load_bytes(f"x{text}".encode("utf-8", "replace"), "cut.txt")
    account = document.account
    assert account
    parts = (account.placed, account.label, account.markup, account.furniture, account.unplaced)
    assert sum(parts) == account.characters == len(f"x{text}".encode("utf-8", "replace").decode())


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, end: str) -> None:
    text = _SEED[:9000].replace("\n", end)
    expected = load_bytes(_SEED[:9000].encode(), "a.txt")
    found = load_bytes(text.encode(encoding, "replace"), "a.txt")
    assert _plain(found) == _plain(expected)


def test_a_file_cut_inside_a_letter_is_read() -> None:
    data = _SEED.encode()[:60001]
    document = load_bytes(data if data[-1] >= 0xD0 else data[:-1], "cut.txt")
    assert document.recognised
    assert document.account
    assert document.account.coverage > 0.999


def test_kazakh_windows_encoding() -> None:
    text = (CASES / "clean" / "crops-kk.txt").read_text(encoding="utf-8")
    expected = load_bytes(text.encode(), "a.txt")
    assert _plain(load_bytes(text.encode("kz1048"), "a.txt")) == _plain(expected)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b" \r\n\t", "a.txt", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "a.txt", "binary"),
        (bytes(range(128, 256)) * 9, "a.txt", "encoding"),
        ("Профессиональный стандарт разработан в соответствии".encode("koi8-r"), "a", "format"),
        (_SEED[:3000].encode("koi8-r", "replace"), "a.txt", "encoding"),
        (_SEED[:3000].encode("cp866", "replace"), "a.txt", "encoding"),
        (b"{", "a.json", "json"),
        (b"[" * 100000, "a.json", "json"),
        (b"[]", "a.json", "no_model"),
        (b'{"kind": "novel"}', "a.json", "no_model"),
    ],
)
def test_unreadable(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        load_bytes(data, name)
    assert caught.value.reason == reason


def test_no_standard_is_read_but_not_recognised() -> None:
    document = load_bytes("Мама мыла раму.\nЖили-были дед да баба.".encode(), "a.txt")
    assert not document.recognised
    assert document.account
    assert document.account.unplaced
    assert not document.observations


@pytest.mark.parametrize("source", SAMPLES, ids=lambda path: path.stem)
def test_json_is_read_back(source: Path) -> None:
    document = profstd.load(source)
    again = load_bytes(msgspec.json.encode(document.model), "again.json")
    assert again.model == document.model
