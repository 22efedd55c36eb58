"""Reading Markdown: profstd's own files come back as they were, others are what they show."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fragments
import layout
import profstd
import strategies
from profstd.document import Document, Piece, Reading, UnreadableError, leaves
from profstd.export import render
from profstd.export._markup import inline
from profstd.model import Model, Source
from profstd.parse import ReadSettings, labels, load_bytes
from profstd.parse.readers import markdown
from profstd.parse.readers._markdown import limits

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
STANDARDS = [ROOT / "samples" / "standard-J63991088.txt", *sorted((CASES / "clean").glob("*.txt"))]
PAGES = sorted((CASES / "markdown").glob("*.md"))
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1f\x85\u2028\u2029]")


def _exported(model: Model) -> str:
    (content,) = render(fragments.document(model), "markdown").values()
    return content.decode()


def _read(text: str) -> Reading:
    source = Source(file="a.md", format="markdown", sha256="0" * 64)
    return markdown.read(text.encode(), source, ReadSettings())


def _plain(model: Model) -> Any:
    return msgspec.json.decode(msgspec.json.encode(model))


def _differences(expected: Any, found: Any) -> dict[str, tuple[Any, Any]]:
    mine, theirs = dict(leaves(expected)), dict(leaves(found))
    return {
        str(path): (mine.get(path), theirs.get(path))
        for path in dict.fromkeys([*mine, *theirs])
        if mine.get(path) != theirs.get(path)
    }


def _assert_accounted(document: Document, unplaced: int | None = 0) -> None:
    account = document.account
    assert account
    parts = (account.placed, account.label, account.markup, account.furniture, account.unplaced)
    assert sum(parts) == account.characters
    assert min(parts) >= 0
    assert unplaced in (None, account.unplaced)


# Profstd's own files


def _as_shown(value: Any) -> Any:
    """A value as Markdown can hold it: any line end is a new line."""
    if isinstance(value, str):
        return _LINE_END.sub("\n", value)
    if isinstance(value, list):
        return [_as_shown(item) for item in value]
    if isinstance(value, dict):
        return {name: _as_shown(item) for name, item in value.items()}
    return value


@given(strategies.models(damaged=True))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_model_comes_back(model: Model) -> None:
    document = load_bytes(_exported(model).encode(), "a.md")
    assert not _differences(_as_shown(_plain(model)), _plain(document.model))
    _assert_accounted(document)


@pytest.mark.parametrize("source", [*SAMPLES, *STANDARDS[1:]], ids=lambda path: path.stem)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_document_comes_back_with_its_places(source: Path, end: str) -> None:
    model = profstd.load(source).model
    text = _exported(model).replace("\n", end)
    document = load_bytes(text.encode(), "a.md")
    assert document.model == model
    assert document.source.format == "markdown"
    _assert_accounted(document)
    lines = text.split(end)
    checked = 0
    for path, value in leaves(model):
        if not isinstance(value, (str, int)) or path.keys[-1] in ("kind", "rank", "recognition"):
            continue
        span = document.spans[path]
        assert span.line
        assert span.line == span.end_line
        assert span.column
        printed = lines[span.line - 1][span.column - 1 : span.end_column]
        assert printed == inline(value), path
        checked += 1
    assert checked > 20


# What is replaced by what, which leaves that changes, and what is told as unplaced.
EDITS: dict[str, tuple[str, str, dict[str, Any], list[str]]] = {
    "a word": ("стремянка", "лестница", {"/terms/0/term": "лестница"}, []),
    "a number": ("- 1\\) мыть", "- 7) мыть", {"SKILL/abilities/0/number": 7}, []),
    "an item more": (
        "- 1\\) мыть",
        "- 1\\) мыть\n- 2) вытирать\n  насухо",
        {"SKILL/abilities/1/number": 2, "SKILL/abilities/1/text": "вытирать насухо"},
        [],
    ),
    "a paragraph": ("Что это", "Что это\n\nИ ещё", {"/scope": "Что это\nИ ещё"}, []),
    "a remark": ("## Исходный", "Замечание.\n\n## Исходный", {}, ["Замечание."]),
    "a section": ("## Исходный", "## Новое\n\nТекст\n\n## Исходный", {}, ["Новое", "Текст"]),
    "a column": (
        "Термин | Определение |\n| --- | --- | --- |\n| 1 | стремянка |",
        "Термин | Кто | Определение |\n| --- | --- | --- | --- |\n| 1 | стремянка | я |",
        {},
        ["Кто", "я"],
    ),
    "a row": ("| Код группы |", "| Цвет | синий |\n| Код группы |", {}, ["Цвет", "синий"]),
    "the title": ("# Профессиональный стандарт «Окна»", "# Стандарт", {}, ["Стандарт"]),
    "no level": ("| 6 |\n", "| шесть |\n", {"/professions/0/level": None}, ["шесть"]),
    "a label": (
        "**Содержание**",
        "**Разделы**",
        {},
        ["Разделы", "Глава 1", "Глава 2", "Глава 3", "9. Мойщик", "Глава 4"],
    ),
    "a lone bar": ("| 1 | стремянка |", "|\n| 1 | стремянка |", {}, []),
    "aligned columns": ("| 1 | стремянка | то |", "|  1 |  стремянка    | то   |", {}, []),
}


def _windows() -> Model:
    skill = {"number": 1, "name": "Мытьё", "abilities": [{"number": 1, "text": "мыть"}]}
    card = {
        "item_number": 9,
        "heading": "Мойщик",
        "name": "Мойщик",
        "level": 6,
        "functions": [{"kind": "mandatory", "number": 1, "name": "Уход", "skills": [skill]}],
    }
    terms = [{"number": 1, "term": "стремянка", "definition": "то"}]
    return fragments.standard(
        {"title": "Окна", "scope": "Что это", "terms": terms, "professions": [card]}
    )


@pytest.mark.parametrize("name", EDITS)
def test_what_people_change_is_read_or_told(name: str) -> None:
    old, new, changed, unplaced = EDITS[name]
    model = _windows()
    text = _exported(model)
    assert old in text
    document = load_bytes(text.replace(old, new, 1).encode(), "a.md")
    found = _differences(_plain(model), _plain(document.model))
    skill = "/professions/0/functions/0/skills/0"
    expected = {path.replace("SKILL", skill): value for path, value in changed.items()}
    assert {path: value for path, (_, value) in found.items()} == expected
    _assert_accounted(document, None)
    assert document.account
    told = [place.text.lstrip("[") for place in document.account.places]
    assert len(told) == len(unplaced)
    assert all(map(str.startswith, told, unplaced))
    findings = profstd.check(document)
    assert len([item for item in findings if item.code == "PA01"]) == len(unplaced)


def test_a_file_without_its_source_is_still_known() -> None:
    text = _exported(_windows()).partition("## Исходный")[0]
    document = load_bytes(text.encode(), "a.md")
    assert not {
        path
        for path in _differences(_plain(_windows()), _plain(document.model))
        if not path.startswith("/source/")
    }
    assert document.model.source.file == "a.md"


# Files of people


def _by_hand(text: str) -> Iterator[str]:
    """A text layout as somebody would type it in Markdown."""
    for ruled, group in groupby(text.splitlines(), key=lambda line: "\t" in line):
        if ruled:
            rows = [[inline(cell) for cell in line.split("\t")] for line in group]
            width = max(map(len, rows))
            rows = [row + [""] * (width - len(row)) for row in rows]
            yield from ("", f"| {' | '.join(rows[0])} |", "|" + " --- |" * width)
            yield from (f"| {' | '.join(row)} |" for row in rows[1:])
            yield ""
        else:
            for line in group:
                item = re.match(r"\d+[.)] ", line)
                mark = item[0] if item else "## " if line.startswith("Глава") else ""
                yield f"{mark}{inline(line[item.end() :] if item else line)}"
                yield ""


@pytest.mark.parametrize("source", STANDARDS, ids=lambda path: path.stem)
def test_a_standard_by_hand_is_read_like_its_text(source: Path) -> None:
    text = "\n".join(_by_hand(source.read_text(encoding="utf-8")))
    document = load_bytes(text.encode(), "standard.markdown")
    expected, found = _plain(profstd.load(source).model), _plain(document.model)
    assert not {path for path in _differences(expected, found) if "/source/" not in path}
    _assert_accounted(document)


@pytest.mark.parametrize("language", ["ru", "kk"])
@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_by_hand_is_read(language: str, data: st.DataObject) -> None:
    form = labels.load(language, "standard")
    model = data.draw(layout.standards(language, form))
    text = "\n".join(_by_hand(layout.Layout(form).write(model)))
    document = load_bytes(text.encode(), "standard.md")
    expected, found = _plain(model), _plain(document.model)
    assert not {path for path in _differences(expected, found) if "/source/" not in path}
    _assert_accounted(document)


def _pieces(reading: Reading) -> Iterator[Piece]:
    for block in reading.blocks:
        for cell in block.cells:
            yield from cell


def _shown(reading: Reading) -> Iterator[str]:
    signs = {"heading": "# ", "furniture": "~ ", "paragraph": "  ", "row": "| "}
    for block in reading.blocks:
        cells = (" / ".join(f"{'* ' * p.item}{p.text}" for p in cell) for cell in block.cells)
        yield f"{'=' if block.gap else ' '}{signs[block.kind]}{' | '.join(cells)}".rstrip()
    yield from (f"! {seen.kind} {seen.arguments}" for seen in reading.observations)
    yield from (f"? {part.kind} line {part.span.line}" for part in reading.not_assessed)


@pytest.mark.parametrize("source", PAGES, ids=lambda path: path.stem)
def test_blocks(source: Path, regen: bool) -> None:
    golden = source.with_suffix(".txt")
    text = source.read_text(encoding="utf-8")
    reading = _read(text)
    shown = list(_shown(reading))
    if regen:
        golden.write_text("\n".join(shown) + "\n", encoding="utf-8", newline="\n")
    assert shown == golden.read_text(encoding="utf-8").splitlines()
    lines = text.split("\n")
    for piece in _pieces(reading):
        for offset, sign in enumerate(piece.text):
            line, column = piece.place(offset)
            assert line
            written = f"{lines[line - 1]}\n"[column - 1]
            assert written == sign or written in "&\\" or (written + sign).isspace(), piece.text


_OWN = '## <a id="chapter-3"></a>Глава 3. Карточки профессий\n'
HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "[" * n,
    "pictures": lambda n: "![" * n,
    "links": lambda n: "[a](" * n,
    "stars": lambda n: "*a **b " * n,
    "backticks": lambda n: "".join("`" * index + " " for index in range(int(n**0.5))),
    "quotes": lambda n: "> " * n + "a",
    "bullets": lambda n: "- " * n + "a",
    "items": lambda n: "1. a\n" * n,
    "pipes": lambda n: "|" * n + "\n" + "|-" * n + "|\n" + "|" * n,
    "rows": lambda n: "|a|\n|-|\n" + "|b|\n" * n,
    "tags": lambda n: "<a " * n,
    "comments": lambda n: "<!-- " * n,
    "entities": lambda n: "&#" * n,
    "definitions": lambda n: "".join(f"[a{index}]: b\n" for index in range(n // 9)) + "a",
    "front matter": lambda n: "---\n" + "a\n" * n,
    "own rows": lambda n: _OWN + "|a|\n" * n,
    "own headings": lambda n: _OWN + "#### a\n" * n,
    "own cells": lambda n: _OWN + "|\\" * n,
    "own text": lambda n: _OWN + "a\n" * n,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_read(name: str) -> None:
    start = time.perf_counter()
    try:
        _assert_accounted(load_bytes(HOSTILE[name](20_000).encode(), "hostile.md"), None)
    except UnreadableError:
        assert name in ("quotes", "bullets")  # nested without end
    assert time.perf_counter() - start < 20  # 2 on a quiet machine


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableError, match="slow"):
        load_bytes(b"a\n\nb", "a.md", settings=ReadSettings(time_limit=-1.0))
    monkeypatch.setattr(limits, "MOST_LINES", 9)
    monkeypatch.setattr(limits, "MOST_CELLS", 9)
    for text in ("a\n" * 10, "|" * 10):
        with pytest.raises(UnreadableError, match="unsafe"):
            load_bytes(text.encode(), "a.md")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 9, "binary"),
        (b"---\n", "empty"),
        (b"<!-- x -->", "empty"),
    ],
)
def test_unreadable(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        load_bytes(data, "a.md")
    assert caught.value.reason == reason


def test_other_encodings() -> None:
    text = "# Глава 1. Общие положения\n\nКод группы: 2421-0\n"
    for encoding in ("cp1251", "utf-16", "utf-8-sig"):
        account = load_bytes(text.encode(encoding), "a.md").account
        assert account
        assert account.characters == len(" Глава 1. Общие положения Код группы: 2421-0") - 2


_SEED = _exported(profstd.load(STANDARDS[1]).model)


@given(st.lists(st.tuples(st.floats(0, 1), st.text(max_size=9)), max_size=9))
@settings(max_examples=60, deadline=None)
def test_any_damage_is_read_or_told(patches: list[tuple[float, str]]) -> None:
    text = _SEED
    for at, patch in patches:
        start = int(at * len(text))
        text = f"{text[:start]}{patch}{text[start + len(patch) :]}"
    try:
        document = load_bytes(text.encode("utf-8", "replace"), "a.md")
    except UnreadableError:
        return
    _assert_accounted(document, None)
