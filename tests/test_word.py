"""Word files: whole standards, and kinds of files, sound, damaged and hostile."""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import docx_writer as word
import layout
import profstd
from docx_shown import assert_accounted, differences, one, read, unpacked
from docx_writer import StandardWriter, cell, paragraph, row, run, table
from profstd import locale
from profstd.document import UnreadableError, leaves
from profstd.parse import ReadSettings, labels, load_bytes
from profstd.parse.readers._word import package

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
STANDARDS = [ROOT / "samples" / "standard-J63991088.txt", *sorted((CASES / "clean").glob("*.txt"))]

WAYS: dict[str, dict[str, bool]] = {
    "typed": {},
    "lines": {"lines": True},
    "automatic": {"automatic": True},
}
by_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


# Whole standards


@pytest.mark.parametrize("source", STANDARDS, ids=lambda path: path.stem)
@by_way
def test_a_standard_is_read_like_its_text(source: Path, way: dict[str, bool]) -> None:
    expected = profstd.load(source)
    data = StandardWriter(**way).write(source.read_text(encoding="utf-8"))
    found = load_bytes(data, "standard.docx")
    assert not differences(expected, found)
    assert_accounted(found)
    assert found.account
    assert found.account.unplaced == 0


@pytest.mark.parametrize("language", ["ru", "kk"])
@by_way
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_is_read(language: str, way: dict[str, bool], data: st.DataObject) -> None:
    form = labels.load(language, "standard")
    model = data.draw(layout.standards(language, form))
    file = StandardWriter(**way).write(layout.Layout(form).write(model))
    found = load_bytes(file, "standard.docx")
    assert not differences(model, found)
    assert_accounted(found)
    assert found.account
    assert found.account.unplaced == 0


@pytest.mark.parametrize("source", STANDARDS, ids=lambda path: path.stem)
def test_every_leaf_leads_back_to_its_text(source: Path) -> None:
    data = StandardWriter(lines=True).write(source.read_text(encoding="utf-8"))
    document = load_bytes(data, "standard.docx")
    printed = _paragraphs(data)
    checked = 0
    for path, value in leaves(document.model):
        span = document.spans.get(path)
        if span is None or value in (None, ()):
            continue
        assert span.page is None
        assert span.line is None
        text = printed[span.table, span.row, span.cell, span.paragraph]
        if isinstance(value, str) and path.rpartition("/")[2] in ("text", "name", "code", "term"):
            assert re.findall(r"\w+", value)[0] in text, path
            checked += 1
        elif isinstance(value, int):
            assert str(value) in text, path
            checked += 1
    assert checked > 300


def _paragraphs(data: bytes) -> dict[tuple[int | None, ...], str]:
    """The text of every paragraph by table, row, cell and paragraph."""
    body = ElementTree.fromstring(unpacked(data)["word/document.xml"])[0]
    found: dict[tuple[int | None, ...], str] = {}

    def take(container: ElementTree.Element, *place: int | None) -> None:
        paragraphs = container.findall(f"{{{word.W}}}p")
        for number, item in enumerate(paragraphs, start=1):
            found[(*place, number)] = "".join(item.itertext())

    take(body, None, None, None)
    for table_number, item in enumerate(body.findall(f"{{{word.W}}}tbl"), start=1):
        for row_number, line in enumerate(item.findall(f"{{{word.W}}}tr"), start=1):
            for cell_number, box in enumerate(line.findall(f"{{{word.W}}}tc"), start=1):
                take(box, table_number, row_number, cell_number)
    return found


def test_a_sample_of_a_hundred_pages_is_read_quickly() -> None:
    data = StandardWriter(automatic=True).write(STANDARDS[0].read_text(encoding="utf-8"))
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        load_bytes(data, "standard.docx")
        best = min(best, time.process_time() - start)
    assert best < 1.5  # 0.2 s on a quiet machine


# Kinds of files


def test_strict_files_and_other_encodings() -> None:
    body = table([row(one("а"), one("б"))], 2)
    parts = unpacked(word.package(body, numbering=word.abstract(word.level(0))))
    strict = {
        name: data.replace(word.W.encode(), word.STRICT.encode()) for name, data in parts.items()
    }
    assert strict != parts
    wide = dict(parts)
    text = parts["word/document.xml"].decode().replace("UTF-8", "UTF-16")
    wide["word/document.xml"] = text.encode("utf-16")
    turned = {name.replace("/", "\\"): data for name, data in parts.items()}
    for files in (parts, strict, wide, turned):
        assert len(read(word.archive(files)).blocks[0].cells) == 2


def test_the_main_part_may_have_any_name() -> None:
    parts = unpacked(word.package(paragraph(run("а"))))
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"document.xml", b"document2.xml")
    assert read(word.archive(parts)).blocks


def _bomb() -> bytes:
    parts = unpacked(word.package(paragraph(run("а"))))
    parts["word/document.xml"] = b"<a>" + b" " * 60_000_000 + b"</a>"
    return word.archive(parts)


def _with_document(text: str) -> bytes:
    parts = unpacked(word.package(paragraph(run("а"))))
    parts["word/document.xml"] = text.encode()
    return word.archive(parts)


_ENTITIES = (
    '<!DOCTYPE w:document [<!ENTITY a "аааааааа"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
)
_GOOD = word.package(paragraph(run("а")))
_MAIN = unpacked(_GOOD)["word/document.xml"].decode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no archive", "not_word"),
        (b"PK\x03\x04" + b"x" * 99, "damaged"),
        (_GOOD[:-30], "damaged"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (word.archive({"xl/workbook.xml": b"<a/>"}), "not_word"),
        (_with_document("<w:document"), "damaged"),
        (_with_document("<a/>"), "not_word"),
        (_with_document(_MAIN.replace("<w:document", _ENTITIES + "<w:document")), "unsafe"),
        (_with_document("<a>" * 5000 + "</a>" * 5000), "damaged"),
        (word.archive({f"{number}.xml": b"" for number in range(10_001)}), "unsafe"),
    ],
)
def test_unreadable(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        load_bytes(data, "a.docx")
    assert caught.value.reason == reason


def test_a_bomb_is_not_unpacked() -> None:
    data = _bomb()
    assert len(data) < 100_000
    start = time.perf_counter()
    with pytest.raises(UnreadableError) as caught:
        load_bytes(data, "a.docx")
    assert caught.value.reason == "unsafe"
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (ReadSettings(max_unpacked_size=50_000), "unpacked_too_large"),
        (ReadSettings(time_limit=0.001), "slow"),
    ],
)
def test_limits_are_settings_and_named(limits: ReadSettings, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        load_bytes(_SEED, "a.docx", settings=limits)
    assert caught.value.reason == reason
    setting = {"unpacked_too_large": "max-unpacked-size", "slow": "time-limit"}[reason]
    for language in locale.languages():
        words = locale.load(language)
        assert setting in words.say(f"unreadable.{reason}", **caught.value.arguments)


def test_short_tags_weigh_as_much_as_long_ones() -> None:
    parts = unpacked(_GOOD)
    parts["word/document.xml"] = _MAIN.replace("<w:p>", "<w:p/>" * 20_000 + "<w:p>", 1).encode()
    data = word.archive(parts)
    assert load_bytes(data, "a.docx", settings=ReadSettings(max_unpacked_size=600_000))
    with pytest.raises(UnreadableError):
        load_bytes(data, "a.docx", settings=ReadSettings(max_unpacked_size=400_000))


def test_names_with_tricks_lead_nowhere() -> None:
    parts = unpacked(_GOOD)
    parts["../../evil.xml"] = b"<a/>"
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="x" Type="x/styles" Target="../../../../etc/passwd"/>'
        b'<Relationship Id="y" Type="x/header" TargetMode="External" '
        b'Target="http://example.kz/header.xml"/></Relationships>',
    )
    assert read(word.archive(parts)).blocks


def test_tables_in_tables_without_end() -> None:
    inner = paragraph(run("а"))
    for _ in range(60):
        inner = table([row(cell(inner), one("б"))], 2) + paragraph("")
    assert read(word.package(inner)).blocks


def test_locked_entries_are_told() -> None:
    data = bytearray(_GOOD)
    for mark in re.finditer(b"PK\x01\x02", _GOOD):
        data[mark.start() + 8] |= 1
    for mark in re.finditer(b"PK\x03\x04", _GOOD):
        data[mark.start() + 6] |= 1
    with pytest.raises(UnreadableError) as caught:
        load_bytes(bytes(data), "a.docx")
    assert caught.value.reason == "encrypted"


_SEED = StandardWriter(automatic=True).write(STANDARDS[1].read_text(encoding="utf-8"))
_SEED_PARTS = unpacked(_SEED)


@given(
    st.sampled_from(sorted(_SEED_PARTS)),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=9)), max_size=9),
)
@settings(max_examples=60, deadline=None)
def test_any_damage_is_read_or_told(name: str, patches: list[tuple[float, bytes]]) -> None:
    damaged = bytearray(_SEED_PARTS[name])
    for at, patch in patches:
        start = int(at * len(damaged))
        damaged[start : start + len(patch)] = patch
    try:
        document = load_bytes(word.archive({**_SEED_PARTS, name: bytes(damaged)}), "a.docx")
    except UnreadableError:
        return
    assert_accounted(document)


def test_limits_are_above_what_documents_need() -> None:
    (entry,) = [
        item
        for item in zipfile.ZipFile(io.BytesIO(_SEED)).infolist()
        if item.filename == "word/document.xml"
    ]
    assert entry.file_size < entry.compress_size * package.MOST_RATIO / 4
