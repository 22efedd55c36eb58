"""Reading pages: what a browser shows becomes blocks, whoever wrote the page."""

from __future__ import annotations

import base64
import quopri
import re
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

import layout
import profstd
from html_writer import DIALECTS, Dialect
from profstd.document import Document, Piece, Reading, UnreadableError, leaves
from profstd.model import Source
from profstd.parse import ReadSettings, labels, load_bytes
from profstd.parse.readers import html
from profstd.parse.readers._html import styles, writer

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
STANDARDS = [ROOT / "samples" / "standard-J63991088.txt", *sorted((CASES / "clean").glob("*.txt"))]
REGISTRY = ROOT / "samples" / "registry-page-2421-0-013.txt"
PAGES = sorted((CASES / "html").glob("*.html"))

by_dialect = pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)


def _read(data: bytes | str, settings: ReadSettings | None = None) -> Reading:
    data = data.encode() if isinstance(data, str) else data
    source = Source(file="a.html", format="html", sha256="0" * 64)
    return html.read(data, source, settings or ReadSettings())


def _shown(data: bytes | str) -> list[str]:
    """The blocks: their kind, cells parted by " | ", lines by " / "; "=" is an empty line."""
    signs = {"heading": "# ", "furniture": "~ ", "paragraph": "  ", "row": "| "}
    shown = []
    for block in _read(data).blocks:
        cells = (" / ".join(f"{'* ' * p.item}{p.text}" for p in cell) for cell in block.cells)
        shown.append(f"{'=' if block.gap else ' '}{signs[block.kind]}{' | '.join(cells)}".rstrip())
    return shown


def _texts(data: bytes | str) -> list[str]:
    return [line[3:] for line in _shown(data)]


def _plain(document: Document) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(document.model))
    del data["source"]
    return data


def _differences(expected: dict[str, Any], found: Document) -> list[str]:
    mine, theirs = dict(leaves(expected)), dict(leaves(_plain(found)))
    return [
        f"{path}: expected {mine.get(path)!r}, found {theirs.get(path)!r}"
        for path in dict.fromkeys([*mine, *theirs])
        if mine.get(path) != theirs.get(path)
    ]


def _assert_accounted(document: Document) -> None:
    account = document.account
    assert account
    parts = (account.placed, account.label, account.markup, account.furniture, account.unplaced)
    assert sum(parts) == account.characters


# Whole documents


@pytest.mark.parametrize("source", STANDARDS, ids=lambda path: path.stem)
@by_dialect
def test_a_standard_is_read_like_its_text(source: Path, dialect: Callable[[], Dialect]) -> None:
    data = dialect().write(source.read_text(encoding="utf-8"))
    found = load_bytes(data, "standard.html")
    assert not _differences(_plain(profstd.load(source)), found)
    _assert_accounted(found)
    assert found.account
    assert found.account.unplaced == 0
    assert not found.account.not_assessed


@pytest.mark.parametrize("language", ["ru", "kk"])
@by_dialect
@given(data=st.data())
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_is_read(
    language: str, dialect: Callable[[], Dialect], data: st.DataObject
) -> None:
    form = labels.load(language, "standard")
    model = data.draw(layout.standards(language, form))
    found = load_bytes(dialect().write(layout.Layout(form).write(model)), "standard.html")
    expected = msgspec.json.decode(msgspec.json.encode(model))
    del expected["source"]
    assert not _differences(expected, found)
    _assert_accounted(found)
    assert found.account
    assert found.account.unplaced == 0


@pytest.mark.parametrize(
    "source", sorted((CASES / "html").glob("registry-*")), ids=lambda path: path.stem
)
def test_a_registry_page_is_read_like_its_text(source: Path) -> None:
    found = profstd.load(source)
    assert not _differences(_plain(profstd.load(REGISTRY)), found)
    _assert_accounted(found)
    assert found.account
    assert found.account.unplaced == 0
    assert not found.observations


@pytest.mark.parametrize("name", ["registry-tabs", "registry-links", "registry-elements"])
def test_a_site_that_does_not_say_what_is_its_own_hides_no_profession(name: str) -> None:
    text = (CASES / "html" / f"{name}.html").read_text(encoding="utf-8")
    bare = re.sub(r"<(/?)(?:header|nav|footer|main|article|aside|select)\b", r"<\1div", text)
    bare = re.sub(r' (?:class|role|id)="[^"]*"', "", bare).replace('style="visibility: hidden"', "")
    bare = re.sub(r'style="display: ?none;?"', "", bare)
    found = load_bytes(bare.encode(), "page.html")
    changed = _differences(_plain(profstd.load(REGISTRY)), found)
    # What stands below the last skill cannot be told from it.
    assert [line for line in changed if "/skills/2/name" not in line] == []
    _assert_accounted(found)


def test_a_hundred_pages_are_read_quickly() -> None:
    data = DIALECTS["libreoffice"]().write(STANDARDS[0].read_text(encoding="utf-8"))
    ratios = []
    for _ in range(5):
        start = time.perf_counter()
        lxml_html.fromstring(data).text_content()
        middle = time.perf_counter()
        _read(data)
        ratios.append((time.perf_counter() - middle) / (middle - start))
    assert min(ratios) < 20  # 6 on a quiet machine


# Pages


@pytest.mark.parametrize(
    "source", [path for path in PAGES if "registry" not in path.stem], ids=lambda path: path.stem
)
def test_blocks(source: Path, regen: bool) -> None:
    golden = source.with_suffix(".txt")
    reading = _read(source.read_bytes())
    shown = _shown(source.read_bytes())
    shown += [f"! {seen.kind} {seen.arguments}" for seen in reading.observations]
    shown += [f"? {part.kind} line {part.span.line}" for part in reading.not_assessed]
    if regen:
        golden.write_text("\n".join(shown) + "\n", encoding="utf-8", newline="\n")
    assert shown == golden.read_text(encoding="utf-8").splitlines()


def _pieces(reading: Reading) -> Iterator[Piece]:
    for block in reading.blocks:
        for cell in block.cells:
            yield from cell


def _assert_placed(reading: Reading, text: str) -> None:
    """Every character of every piece stands where it says, or is written as an entity there."""
    lines = re.split(r"\r\n|\r|\n", text)
    for piece in _pieces(reading):
        places = [piece.place(offset) for offset in range(len(piece.text))]
        assert places == sorted(places)
        for offset, (line, column) in enumerate(places):
            if places[offset + 1 : offset + 2] == [(line, column)]:
                continue  # of a list's number, which stands nowhere
            assert line
            written = f"{lines[line - 1]}\n"[column - 1]
            sign = piece.text[offset]
            assert written == sign or written in "&\u2011" or (written + sign).isspace(), piece.text


@pytest.mark.parametrize("source", PAGES, ids=lambda path: path.stem)
def test_every_character_stands_where_it_says(source: Path) -> None:
    data = source.read_bytes()
    encoding = "cp1251" if b"windows-1251" in data else "utf-8"
    _assert_placed(_read(data), data.decode(encoding))


_DERIVED = frozenset(("kind", "rank", "recognition", "date", "review_date"))


def test_every_leaf_leads_back_to_its_text() -> None:
    for name in ("word", "numbered", "libreoffice"):
        data = DIALECTS[name]().write(STANDARDS[1].read_text(encoding="utf-8"))
        text = data.decode(DIALECTS[name]().encoding)
        lines = text.split("\n")
        document = load_bytes(data, "standard.html")
        checked = 0
        for path, value in leaves(document.model):
            span = document.spans.get(path)
            if not isinstance(value, str) or span is None or path.keys[-1] in _DERIVED:
                continue
            assert span.page is None
            assert span.line
            assert span.end_line
            printed = "\n".join(lines[span.line - 1 : span.end_line])[(span.column or 1) - 1 :]
            shown = " ".join(lxml_html.fromstring(f"<p>{printed}").text_content().split())
            assert shown.startswith(value.split()[0]), path
            checked += 1
        assert checked > 100


def test_lines_beyond_65535_are_counted() -> None:
    (piece,) = _pieces(_read("<p>" + "\n" * 70_000 + "   текст\nдальше"))
    assert piece.place(0) == (70_001, 4)
    assert piece.place(6) == (70_002, 1)


# Encodings


_RUSSIAN = "<html><head>{}<body><p>Профессиональный стандарт: Оператор связи<p>Общие положения"
_KAZAKH = "<html><head>{}<body><p>Кәсіптік стандарт: «Дәнді дақылдарды өсіру» және ұңғыма жұмысы"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("", "utf-8"),
        ("windows-1251", "utf-8"),
        ("", "utf-8-sig"),
        ("windows-1251", "cp1251"),
        ("utf-8", "cp1251"),
        ("iso-8859-1", "cp1251"),
        ("nonsense", "cp1251"),
        ("", "cp1251"),
        ("koi8-r", "koi8-r"),
        ("cp866", "cp866"),
        ("", "utf-16"),
        ("utf-16", "utf-16-le"),
        ("", "utf-16-be"),
        ("utf-8", "utf-32"),
        ("windows-1251", "kz1048"),
    ],
)
@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="{}">',
        "<META content='text/html; charset={}' http-equiv=Content-Type>",
        '<?xml version="1.0" encoding="{}"?>',
    ],
)
def test_encodings(declared: str, encoding: str, declaration: str) -> None:
    text = (_KAZAKH if encoding == "kz1048" else _RUSSIAN).format(
        declaration.format(declared) if declared else ""
    )
    assert _texts(text.encode(encoding)) == _texts(text)


def test_damaged_utf8_is_read() -> None:
    data = "<meta charset=utf-8><p>Профессиональный стандарт".encode()
    (text,) = _texts(data[:-9] + b"\xff\xfe" + data[-9:] + b"\xd0")
    assert text.startswith("Профессиональный ст")
    assert _texts(b"<p>a\0b\x01c") == ["abc"]


# Web archives


def _archive(page: bytes, encoding: str, kind: str = "text/html") -> bytes:
    body = page
    if encoding == "quoted-printable":
        body = quopri.encodestring(page)
    elif encoding == "base64":
        body = base64.encodebytes(page)
    return (
        b"From: <Saved by a browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: "
        b'multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Part_1"\r\n\r\n\r\n'
        b"------Part_1\r\nContent-Type: text/css\r\n\r\np {}\r\n------Part_1\r\nContent-Type: "
        + kind.encode()
        + b"; charset=windows-1251\r\nContent-Transfer-Encoding: "
        + encoding.encode()
        + b"\r\nContent-Location: x\r\n\r\n"
        + body
        + b"\r\n------Part_1--\r\n"
    )


def test_a_page_that_stands_in_an_archive_as_it_is_has_its_lines() -> None:
    text = (CASES / "html" / "registry-tabs.html").read_text(encoding="utf-8")
    page = text.replace("©", "").encode("cp1251", "xmlcharrefreplace")
    data = _archive(page, "8bit")
    lines = data.decode("cp1251").splitlines()
    pieces = [piece for block in _read(data).blocks for cell in block.cells for piece in cell]
    for piece in pieces:
        line, column = piece.place(len(piece.text) - 1)
        assert line
        assert unescape(lines[line - 1][column - 1 :])[0] == piece.text[-1]
    for encoding in ("base64", "quoted-printable"):
        blocks = _read(_archive(page, encoding)).blocks
        assert all(piece.span.line is None for cell in blocks[0].cells for piece in cell)


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_web_archives(encoding: str) -> None:
    text = (CASES / "html" / "registry-tabs.html").read_text(encoding="utf-8")
    data = _archive(text.replace("©", "").encode("cp1251", "xmlcharrefreplace"), encoding)
    found = load_bytes(data, "page.mhtml")
    assert not _differences(_plain(profstd.load(REGISTRY)), found)
    span = found.locate("/profession/purpose")
    assert span
    assert (span.line is None, span.paragraph is None) == (encoding != "8bit", False)
    inner = data.replace(b"MIME-Version: 1.0\r\n", b"")
    nested = (
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n--a\n" + inner + b"--a--"
    )
    assert _texts(nested) == _texts(data)


# What cannot be read


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<body><div id=root></div><script src=app.js></script></body>", "page_scripted"),
        (b"<frameset><frame src=a.htm><noframes>no</noframes></frameset>", "page_frames"),
        (b"<html><body><img src=a.svg><p>&nbsp;</body></html>", "page_empty"),
        (b"<html><body><img src=a.png><script>x</script></body></html>", "pictures_only"),
        (b"<p hidden>x", "page_empty"),
        (_archive(b"", "8bit", "text/css"), "page_empty"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<p>x", "page_empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 9, "binary"),
        (b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(256)) * 9, "binary"),
        (bytes(range(128, 256)) * 9, "encoding"),
        (b" \n", "empty"),
    ],
)  # fmt: skip
def test_unreadable(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        load_bytes(data, "a.html")
    assert caught.value.reason == reason


def test_a_text_that_is_called_a_page_is_read() -> None:
    assert _texts("Глава 1\nОбщие\tположения\n\nконец") == [
        "Глава 1",
        "Общие | положения",
        "конец",
    ]


def test_a_page_that_is_called_a_document_of_word_is_read() -> None:
    data = DIALECTS["word"]().write(STANDARDS[1].read_text(encoding="utf-8"))
    document = load_bytes(data, "standard.doc")
    assert not _differences(_plain(profstd.load(STANDARDS[1])), document)
    assert document.source.format == "html"


def test_tracked_changes_are_read_as_asked() -> None:
    text = "<p>был<ins> вставлен</ins><del> удалён</del> текст<del><p>абзац</del>"
    rejected = ReadSettings(tracked_changes="rejected")
    for settings_of, shown in (
        (ReadSettings(), "был вставлен текст"),
        (rejected, "был удалён текст"),
    ):
        reading = _read(text, settings_of)
        assert next(_pieces(reading)).text == shown
        (seen,) = reading.observations
        assert (seen.kind, seen.arguments["deletions"]) == ("tracked_changes", 2)


def test_furniture_is_no_furniture_where_nothing_else_is() -> None:
    assert _shown("<nav>Глава 1</nav><footer><p>конец</footer>") == ["=  Глава 1", "   конец"]
    long = "<div class=menu><p>" + "текст " * 9000
    assert [line[1] for line in _shown(f"<p>а{long}")] == [" ", " "]


# Hostile pages: nothing takes more than its length's time, nothing recurses


HOSTILE: dict[str, Callable[[int], str]] = {
    "nested blocks": lambda n: "<div>" * n + "x" + "</div>" * n,
    "nested inline": lambda n: "<span hidden>" * n + "x</span>" * n + "<p>x",
    "nested tables": lambda n: "<table><tr><td>x" * (n // 5),
    "nested lists": lambda n: "<ol reversed><li>x" * (n // 5),
    "attributes": lambda n: f"<p {' '.join(f'a{index}=b' for index in range(n))}>x",
    "merged cells": lambda n: (
        "<table><tr>" + "<td rowspan=65535 colspan=1000>x" * 999 + "<tr><td>y" * (n // 9)
    ),
    "tags that do not end": lambda n: "<a " * n + ">x",
    "quotes in tags": lambda n: '<a b=">"<' * n + "x",
    "quotes that do not end": lambda n: '<p class="x>text</p>' * n,
    "comments that do not end": lambda n: "<!--" * n + "x",
    "titles that do not end": lambda n: "<title>" * n + "x",
    "sections that do not end": lambda n: "<![CDATA[" * n + "x",
    "a document type": lambda n: "<!DOCTYPE [" * n + "x>x",
    "end tags": lambda n: "<div>" * 390 + "</span></b></td>" * n + "x",
    "items among blocks": lambda n: "<ul><li><ul>" + "<div>" * 380 + "<li></li>" * n + "x",
    "style sheets": lambda n: "<style>list-style" + "/*{x:'" * n + "</style>x",
    "selectors": lambda n: "<style>" + ".a" * n + "{list-style:none}</style>x",
    "rules that hide": lambda n: (
        "<style>" + "".join(f".a.b{i}{{display:none}}" for i in range(n // 9)) + "</style>"
        + "".join(f"<p class='a c{i}'>x" for i in range(n // 9))
    ),
    "rules that do not end": lambda n: "<style>display" + "a" * n * 9 + "</style><p class=a>x",
    "rules in one another": lambda n: "<style>display" + "a{" * n + "}" * n + "</style>x",
    "a rule with spaces": lambda n: (
        "<style>@media" + " " * n * 9 + "{" + ".a{display:none}" * (n // 9) + "}</style>x"
    ),
    "scripts that do not end": lambda n: (
        "<style>.a{display:none}</style><p>y<p class=a>x" + "<script>'" * n
    ),
    "spaces": lambda n: "<p>x" + " " * n * 5 + "x",
    "entities": lambda n: "<p>" + "&amp" * n,
    "hidden elements": lambda n: (
        "<p>x" + "".join(f"<i hidden id=a{i}>x</i>" for i in range(n // 4))
    ),
    "choices": lambda n: "<p>x" + "<select><option>x<option>y</select>" * (n // 9),
    "tabs in menus": lambda n: "<p>x<nav>" + "<p>Карта профессий" * (n // 9) + "</nav>",
    "entities of XML": lambda n: (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><p>' + "&b;" * n
    ),
    "parts of an archive": lambda n: (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n"
        + "--a\nContent-Type: multipart/related; boundary=a\n\n" * n
        + "--a\nContent-Type: text/html\n\n<p>x"
    ),
}  # fmt: skip


def _read_if_any(data: bytes) -> Document | None:
    """The document of a page; None for one that has no text."""
    try:
        return load_bytes(data, "hostile.html")
    except UnreadableError as error:
        return None if error.reason in ("page_empty", "empty") else pytest.fail(error.reason)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read(name: str) -> None:
    start = time.process_time()
    document = _read_if_any(HOSTILE[name](50_000).encode())
    if document is not None:
        _assert_accounted(document)
    assert time.process_time() - start < 15  # 2 on a quiet machine


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MOST_PARTS", 1000)
    for line in ("<p>x", "<br>x", "<table><tr>", "<img>"):
        with pytest.raises(UnreadableError) as caught:
            _read("<p>x" + line * 1100)
        assert caught.value.reason == "unsafe"


_WORDS = st.text("абвгд", min_size=1, max_size=4)
_TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br>", "<table>", "</table>", "<tr>"),
        *("</tr>", "<td>", "</td>", "<td rowspan=2>", "<td colspan=2>", "<ul>", "</ul>", "<ol>"),
        *("</ol>", "<li>", "</li>", "<dl>", "</dl>", "<dt>", "<dd>", "</dd>", "<h2>", "</h2>"),
        *("<span hidden>", "</span>", "<nav>", "</nav>", "<pre>", "</pre>", "&amp;", "<thead>"),
        *("<tfoot>", "<caption>", "<select>", "<option>", "</select>", "\n", "\t", " ", "&nbsp;"),
        *("<a href='#a'>", "</a>", "<section class=tabs>", "</section>", "<del>", "</del>"),
        *("<button>", "</button>", "<main>", "</main>", "<!-- x -->", "<!--", "<p title='"),
    ]
)


@given(st.lists(_TAGS | _WORDS, min_size=1, max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_tags_are_read_and_no_word_is_lost(parts: list[str]) -> None:
    text = "".join(parts)
    if _read_if_any(text.encode()) is None:
        return
    reading = _read(text)
    _assert_placed(reading, text)
    quiet = re.sub(r"<(?:!--|p title|span hidden|del)", "", text)
    if quiet == text:
        shown = "".join(re.findall("[абвгд]", " ".join(p.text for p in _pieces(reading))))
        assert sorted(shown) == sorted(re.findall("[абвгд]", text))


@st.composite
def _grids(draw: st.DrawFn) -> tuple[str, list[list[str]]]:
    """A table with merged cells: its HTML and the text of every place of its grid."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(2, 5))
    taken: dict[tuple[int, int], str] = {}
    text = "<table>"
    for row in range(height):
        text += "<tr>"
        for column in range(width):
            if (row, column) in taken:
                continue
            free = next((at for at in range(column, width) if (row, at) in taken), width)
            columns = draw(st.integers(1, free - column))
            rows = draw(st.integers(1, height - row))
            word = draw(_WORDS)
            text += f"<td rowspan={rows} colspan={columns}>{word}"
            for y in range(row, row + rows):
                for x in range(column, column + columns):
                    taken[y, x] = word if (y, x) == (row, column) else ""
    return text, [[taken[row, column] for column in range(width)] for row in range(height)]


@given(_grids())
@settings(max_examples=200, deadline=None)
def test_merged_cells_make_the_grid(drawn: tuple[str, list[list[str]]]) -> None:
    text, grid = drawn
    rows = [row for row in grid if any(row)]
    if len(grid) == 1 and sum(map(bool, grid[0])) == 1:
        return  # a frame around a text
    found = [
        ["".join(piece.text for piece in cell) for cell in block.cells]
        for block in _read(text).blocks
    ]
    assert found == rows


_SEED = DIALECTS["word"]().write(STANDARDS[1].read_text(encoding="utf-8"))


@given(st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=9)), max_size=9))
@settings(max_examples=60, deadline=None)
def test_any_damage_is_read_or_told(patches: list[tuple[float, bytes]]) -> None:
    damaged = bytearray(_SEED)
    for at, patch in patches:
        start = int(at * len(damaged))
        damaged[start : start + len(patch)] = patch
    try:
        document = load_bytes(bytes(damaged), "a.htm")
    except UnreadableError:
        return
    _assert_accounted(document)


# Numbers of lists


@pytest.mark.parametrize(
    ("count", "style", "shown"),
    [
        (3, "decimal", "3"),
        (3, "decimal-leading-zero", "03"),
        (1994, "lower-roman", "mcmxciv"),
        (4000, "upper-roman", "4000"),
        (28, "lower-alpha", "ab"),
        (703, "upper-latin", "AAA"),
        (2, "lower-greek", "β"),
        (3, "upper-russian", "В"),
        (0, "lower-alpha", "0"),
        (-2, "lower-roman", "-2"),
    ],
)
def test_styles_of_numbers(count: int, style: str, shown: str) -> None:
    assert styles.numbered(count, style) == shown
