"""Reading Word files: what is shown becomes blocks, whichever way it was written."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import docx_writer as word
import layout
import profstd
from docx_writer import StandardWriter, cell, paragraph, row, run, table
from profstd import office
from profstd.document import Document, Observation, Reading, Span, UnreadableError, leaves
from profstd.model import Source, Standard
from profstd.parse import ReadSettings, labels, load_bytes
from profstd.parse.readers import docx
from profstd.parse.readers._word import package
from profstd.parse.readers._word.numbering import formatted

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
STANDARDS = [ROOT / "samples" / "standard-J63991088.txt", *sorted((CASES / "clean").glob("*.txt"))]

WAYS: dict[str, dict[str, bool]] = {
    "typed": {},
    "lines": {"lines": True},
    "automatic": {"automatic": True},
}
by_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


def _read(data: bytes) -> Reading:
    return docx.read(data, Source(file="a.docx", format="docx", sha256="0" * 64), ReadSettings())


def _shown(body: str, **parts: str) -> list[str]:
    """The blocks of a file: cells parted by " | ", pieces by " / ", furniture in brackets."""
    shown = []
    for block in _read(word.package(body, **parts)).blocks:
        text = " | ".join(" / ".join(piece.text for piece in cell) for cell in block.cells)
        shown.append(f"({text})" if block.kind == "furniture" else text)
    return shown


def _plain(document: Document) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(document.model))
    del data["source"]
    return data


def _differences(expected: Document | Standard, found: Document) -> list[str]:
    model = expected.model if isinstance(expected, Document) else expected
    data = msgspec.json.decode(msgspec.json.encode(model))
    del data["source"]
    mine, theirs = dict(leaves(data)), dict(leaves(_plain(found)))
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


# Whole standards


@pytest.mark.parametrize("source", STANDARDS, ids=lambda path: path.stem)
@by_way
def test_a_standard_is_read_like_its_text(source: Path, way: dict[str, bool]) -> None:
    expected = profstd.load(source)
    data = StandardWriter(**way).write(source.read_text(encoding="utf-8"))
    found = load_bytes(data, "standard.docx")
    assert not _differences(expected, found)
    _assert_accounted(found)
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
    assert not _differences(model, found)
    _assert_accounted(found)
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
    body = ElementTree.fromstring(_parts(data)["word/document.xml"])[0]
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
        start = time.perf_counter()
        load_bytes(data, "standard.docx")
        best = min(best, time.perf_counter() - start)
    assert best < 1.5  # 0.2 s on a quiet machine


# Tables


def _one(text: str) -> str:
    return cell(paragraph(run(text)))


def test_merged_cells_keep_the_grid() -> None:
    rows = [
        row(cell(paragraph(run("а")), 2), cell(paragraph(run("б")), 1, "restart")),
        row(_one("в"), _one("г"), cell("", 1, "continue")),
        row(cell("", 1, "continue"), _one("д"), cell("", 1, "continue")),
        '<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>'
        + _one("е")
        + "</w:tr>",
    ]
    # The third row's first cell goes on with nothing: it is a cell of its own.
    assert _shown(table(rows, 3)) == ["а |  | б", "в | г | ", " | д | ", " | е | "]


def test_what_stands_behind_a_merged_cell_is_hidden() -> None:
    rows = [
        row(cell(paragraph(run("а")), 1, "restart"), _one("б")),
        row(cell(paragraph(run("под ней")), 1, "continue"), _one("в")),
    ]
    reading = _read(word.package(table(rows, 2)))
    texts = [piece.text for block in reading.blocks for cell in block.cells for piece in cell]
    assert texts == ["а", "б", "в"]
    assert reading.observations == (Observation("hidden_text", "", {"text": "под ней"}),)  # type: ignore[arg-type]


def test_old_sideways_merging() -> None:
    merged = '<w:tc><w:tcPr><w:hMerge w:val="{}"/></w:tcPr>{}</w:tc>'
    cells = (
        merged.format("restart", paragraph(run("а"))),
        merged.format("continue", paragraph("")),
        _one("б"),
    )
    assert _shown(table([row(*cells)], 3)) == ["а |  | б"]


def test_nested_tables_are_read_in_order() -> None:
    inner = table([row(_one("б"), _one("в")), row(_one("г"), _one("д"))], 2)
    outer = table([row(cell(paragraph(run("а")) + inner + paragraph(run("е"))), _one("ё"))], 2)
    assert _shown(outer) == ["а / б / в / г / д / е | ё"]


def test_a_table_that_only_frames_another_is_no_table() -> None:
    inner = table([row(_one("б"), _one("в")), row(_one("г"), _one("д"))], 2)
    frame = table([row(cell(paragraph(run("а")) + inner + paragraph("")), cell(""))], 2)
    assert _shown(frame) == ["а", "б | в", "г | д"]
    spans = [piece.span for block in _read(word.package(frame)).blocks for piece in block.cells[0]]
    file = "a.docx"
    assert spans == [
        Span(file, table=1, row=1, cell=1, paragraph=1),
        Span(file, table=2, row=1, cell=1, paragraph=1),
        Span(file, table=2, row=2, cell=1, paragraph=1),
    ]


def test_rows_and_cells_in_content_controls() -> None:
    wrapped = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = wrapped.format(
        table([wrapped.format(row(wrapped.format(_one("а")), _one("б"))), row(_one("в"))], 2)
    )
    assert _shown(body) == ["а | б", "в"]


def test_gaps_are_empty_paragraphs_and_page_ends() -> None:
    page_end = '<w:r><w:br w:type="page"/></w:r>'
    body = (
        paragraph(run("а"))
        + paragraph(run("б"))
        + paragraph("")
        + table([row(_one("в")), row(_one("г"))], 1)
        + paragraph(page_end)
        + table([row(_one("д"))], 1)
        + paragraph(run("е") + page_end + run("ж"))
        + paragraph(run("з"), "<w:pageBreakBefore/>")
    )
    gaps = {block.cells[0][0].text: block.gap for block in _read(word.package(body)).blocks}
    assert [letter for letter, gap in gaps.items() if gap] == ["а", "в", "д", "ж", "з"]


# Text of paragraphs


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("<w:r><w:t>а</w:t><w:tab/><w:t>б</w:t></w:r>", ["а б"]),
        ("<w:r><w:t>а</w:t><w:br/><w:t>б</w:t><w:cr/><w:t>в</w:t></w:r>", ["а / б / в"]),
        ("<w:r><w:t>Call</w:t><w:noBreakHyphen/><w:t>центр</w:t></w:r>", ["Call-центр"]),
        ("<w:r><w:t>Call\u2011центр</w:t></w:r>", ["Call-центр"]),
        ("<w:r><w:t>под</w:t><w:softHyphen/><w:t>готовка</w:t></w:r>", ["подготовка"]),
        ("<w:r><w:t>под\u00adготовка</w:t></w:r>", ["подготовка"]),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t> а</w:t></w:r>', ["• а"]),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A7"/><w:t> а</w:t></w:r>', ["▪ а"]),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>5</w:t></w:r>', ["≥5"]),
        ('<w:r><w:sym w:font="Arial" w:char="2192"/></w:r>', ["→"]),
        ('<w:hyperlink r:id="x"><w:r><w:t>ссылка</w:t></w:r></w:hyperlink>', ["ссылка"]),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>2025</w:t></w:r></w:fldSimple>', ["2025"]),
        ("<w:smartTag><w:r><w:t>а</w:t></w:r></w:smartTag>", ["а"]),
        ("<w:r><w:t>\n   а\n  </w:t></w:r>", ["а"]),
        ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", ["x"]),
        ("<w:r><w:t>а</w:t><w:commentReference w:id='1'/></w:r>", ["а"]),
    ],
)
def test_text(content: str, shown: list[str]) -> None:
    assert _shown(paragraph(content)) == shown
    assert _shown(table([row(cell(paragraph(content)))], 1)) == shown


def _field(code: str, result: str) -> str:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        char.format("begin")
        + f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        + char.format("separate")
        + result
        + char.format("end")
    )


def test_fields_are_their_results() -> None:
    assert _shown(paragraph(run("с. ") + _field("PAGE", run("7")))) == ["с. 7"]
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    nested = (
        begin
        + _field("MERGEFIELD x", run("нет"))
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    nested += run("да") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert _shown(paragraph(nested)) == ["да"]


def test_a_field_without_an_end_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert _shown(paragraph(begin + run("а")) + paragraph(run("б"))) == ["а", "б"]


def test_a_drop_down_shows_its_choice() -> None:
    choices = (
        '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="да"/>'
        '<w:listEntry w:val="нет"/></w:ddList></w:ffData>'
    )
    field = (
        f'<w:r><w:fldChar w:fldCharType="begin">{choices}</w:fldChar></w:r>'
        "<w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert _shown(paragraph(run("Признание: ") + field)) == ["Признание: нет"]


def test_a_table_of_contents_is_furniture() -> None:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begin = char.format("begin") + "<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
    body = (
        paragraph(begin + char.format("separate") + run("Глава 1 3"))
        + paragraph(run("Глава 2 9") + char.format("end"))
        + paragraph(run("Глава 1"))
        + paragraph(run("Глава 3 11"), '<w:pStyle w:val="T"/>')
    )
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    assert _shown(body, styles=styles) == ["(Глава 1 3)", "(Глава 2 9)", "Глава 1", "(Глава 3 11)"]


def test_one_branch_of_alternatives_counts() -> None:
    box = f"<w:txbxContent>{paragraph(run('в рамке'))}</w:txbxContent>"
    shape = f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>"
    drawing = f"<w:drawing><a:graphic>{shape}</a:graphic></w:drawing>"
    picture = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{picture}</mc:Fallback></mc:AlternateContent>"
    )
    assert _shown(paragraph(run("а") + f"<w:r>{both}</w:r>" + run("б"))) == ["аб", "в рамке"]
    assert _shown(paragraph(f"<w:r>{picture}</w:r>")) == ["в рамке"]
    assert _shown(table([row(cell(paragraph(f"<w:r>{both}</w:r>")), _one("б"))], 2)) == [
        "в рамке | б"
    ]


def test_notes_headers_and_footers_are_furniture() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    notes = (
        '<w:{0} w:type="separator" w:id="0"><w:p/></w:{0}>'
        '<w:{0} w:id="2"><w:p><w:r><w:footnoteRef/><w:t>{1}</w:t></w:r></w:p></w:{0}>'
    )
    body = paragraph(run("а") + reference) + table(
        [row(cell(paragraph(run("б") + end)), _one("в"))], 2
    )
    parts = {
        "footnotes": notes.format("footnote", "сноска"),
        "endnotes": notes.format("endnote", "в конце"),
        "header1": table([row(_one("верх"), _one("2"))], 2),
        "footer1": paragraph(run("низ")),
    }
    assert _shown(body, **parts) == ["(верх / 2)", "а", "(сноска)", "б | в", "(в конце)", "(низ)"]
    document = load_bytes(word.package(body, **parts), "a.docx")
    _assert_accounted(document)
    assert document.account
    assert document.account.furniture == len("верх2сносканизв конце")


def test_an_unfilled_control_says_nothing() -> None:
    control = (
        "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent><w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt>"
    )
    unfilled = control.format("<w:showingPlcHdr/>", "Место для ввода текста")
    assert _shown(paragraph(run("Код: ") + unfilled)) == ["Код: ", "(Место для ввода текста)"]
    assert _shown(paragraph(run("Код: ") + control.format("", "1"))) == ["Код: 1"]


def test_headings_by_style_and_by_look() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Моя глава"/>'
        '<w:basedOn w:val="H"/></w:style>'
    )
    body = (
        paragraph(run("а"), '<w:pStyle w:val="H"/>')
        + paragraph(run("б"), '<w:pStyle w:val="Own"/>')
        + paragraph(run("в"), '<w:outlineLvl w:val="0"/>')
        + paragraph(run("г", "<w:b/>"), '<w:jc w:val="center"/>')
        + paragraph(run("д", "<w:b/>"))
        + paragraph(run("е", '<w:b w:val="0"/>'), '<w:jc w:val="center"/>')
    )
    blocks = _read(word.package(body, styles=styles)).blocks
    assert "".join(block.kind[0] for block in blocks) == "hhhhpp"


# Changes and hidden text


def test_changes_are_read_as_accepted() -> None:
    body = paragraph(
        run("был ")
        + f"<w:ins w:id='1'>{run('новый ')}</w:ins>"
        + "<w:del w:id='2'><w:r><w:delText>старый </w:delText></w:r></w:del>"
        + run("текст")
        + "<w:moveFrom w:id='3'>"
        + run("туда")
        + "</w:moveFrom>"
    ) + paragraph("<w:moveTo w:id='4'>" + run("туда") + "</w:moveTo>")
    reading = _read(word.package(body))
    assert [block.cells[0][0].text for block in reading.blocks] == ["был новый текст", "туда"]
    (seen,) = reading.observations
    assert (seen.kind, seen.arguments) == ("tracked_changes", {"insertions": 2, "deletions": 2})


def test_a_deleted_paragraph_mark_joins_paragraphs() -> None:
    deleted = "<w:rPr><w:del w:id='1'/></w:rPr>"
    body = (
        paragraph(run("а "), word.number(1) + deleted)
        + paragraph(run("б"), word.number(1))
        + paragraph(
            f"<w:del>{run('в').replace('w:t', 'w:delText')}</w:del>", word.number(1) + deleted
        )
        + paragraph(run("г"), word.number(1))
    )
    assert _shown(body, numbering=_list(word.level(0))) == ["1) а б", "2) г"]


def test_deleted_rows_and_cells_are_gone() -> None:
    rows = [
        row(_one("а"), _one("б")),
        f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{_one('в')}</w:tr>",
        row(_one("г"), "<w:tc><w:tcPr><w:cellDel w:id='2'/></w:tcPr><w:p/></w:tc>", _one("д")),
    ]
    reading = _read(word.package(table(rows, 2)))
    assert [len(block.cells) for block in reading.blocks] == [2, 2]
    assert reading.blocks[1].cells[0][0].span.row == 2
    assert reading.observations[0].arguments == {"insertions": 0, "deletions": 2}


def test_hidden_text_is_told_and_left_out() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="C"><w:name w:val="c"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="p"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
    )
    body = (
        paragraph(run("а") + run("б", "<w:vanish/>") + run("в", '<w:vanish w:val="0"/>'))
        + paragraph(run("г", '<w:rStyle w:val="C"/>') + run("д"))
        + paragraph(run("е") + run("ё", '<w:vanish w:val="false"/>'), '<w:pStyle w:val="P"/>')
    )
    assert _shown(body, styles=styles) == ["ав", "д", "ё"]
    (seen,) = _read(word.package(body, styles=styles)).observations
    assert (seen.kind, seen.arguments) == ("hidden_text", {"text": "б г е"})
    (finding,) = [
        item
        for item in profstd.check(load_bytes(word.package(body, styles=styles), "a.docx"))
        if item.code == "PA07"
    ]
    assert finding.arguments["text"] == "б г е"


# Numbers of lists


def _list(
    *levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
) -> str:
    return f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>{nums}'


def _numbers(items: list[tuple[int, int]], numbering: str) -> list[str]:
    body = "".join(paragraph(run("х"), word.number(*item)) for item in items)
    return [text.removesuffix("х").rstrip() for text in _shown(body, numbering=numbering)]


def test_levels_restart_under_their_parents() -> None:
    levels = (
        word.level(0, text="%1."),
        word.level(1, text="%1.%2"),
        word.level(2, "russianLower", "%3)"),
    )
    items = [(1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1)]
    shown = _numbers(items, _list(*levels))
    assert shown == ["1.", "1.1", "а)", "б)", "1.2", "а)", "2.", "2.1"]


def test_a_level_may_never_restart() -> None:
    levels = (word.level(0), word.level(1, text="%2.", more='<w:lvlRestart w:val="0"/>'))
    assert _numbers([(1, 0), (1, 1), (1, 0), (1, 1)], _list(*levels)) == ["1)", "1.", "2)", "2."]


def test_lists_of_one_kind_count_on_and_begin_again_where_told() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    items = [(1, 0), (1, 0), (2, 0), (3, 0), (3, 0)]
    assert _numbers(items, _list(word.level(0), nums=nums)) == ["1)", "2)", "3)", "5)", "6)"]


def test_an_overridden_level_looks_its_own_way() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        + word.level(0, "upperRoman", "%1.", 4)
        + "</w:lvlOverride></w:num>"
    )
    assert _numbers([(1, 0), (1, 0)], _list(word.level(0), nums=nums)) == ["IV.", "V."]


def test_bullets_and_labels_in_the_number() -> None:
    levels = (
        word.level(0, "bullet", "\uf0b7"),
        word.level(1, "none", "Умения:"),
        word.level(2, text="Навык %3:", start=3),
        word.level(3, text=""),
    )
    items = [(1, 0), (1, 1), (1, 2), (1, 3), (0, 0), (9, 0)]
    assert _numbers(items, _list(*levels)) == ["-", "Умения:", "Навык 3:", "", "", ""]


def test_numbers_of_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="c"/><w:basedOn w:val="A"/>'
        '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    levels = word.level(0, text="%1."), word.level(1, text="%1.%2.", more='<w:pStyle w:val="B"/>')
    body = "".join(paragraph(run("х"), f'<w:pStyle w:val="{name}"/>') for name in "ABBCA")
    shown = _shown(body, styles=styles, numbering=_list(*levels))
    assert shown == ["1. х", "1.1. х", "1.2. х", "х", "2. х"]


def test_a_list_style_is_followed() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="l"/><w:pPr><w:numPr>'
        '<w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2">{word.level(0)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    )
    body = paragraph(run("х"), word.number(1)) * 2
    assert _shown(body, styles=styles, numbering=numbering) == ["1) х", "2) х"]


def test_an_empty_item_is_counted_and_not_shown() -> None:
    body = paragraph(run("а"), word.number(1)) + paragraph("", word.number(1))
    body += paragraph(run("в"), word.number(1))
    assert _shown(body, numbering=_list(word.level(0))) == ["1) а", "3) в"]


@pytest.mark.parametrize(
    ("count", "shape", "shown"),
    [
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (1994, "lowerRoman", "mcmxciv"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (2, "upperLetter", "B"),
        (11, "russianLower", "л"),
        (30, "russianUpper", "АА"),
        (5, "cardinalText", "5"),
        (5, "none", ""),
        (-1, "lowerRoman", "-1"),
        (0, "lowerLetter", "0"),
    ],
)
def test_formats_of_numbers(count: int, shape: str, shown: str) -> None:
    assert formatted(count, shape) == shown


# Kinds of files


def test_strict_files_and_other_encodings() -> None:
    body = table([row(_one("а"), _one("б"))], 2)
    parts = _parts(word.package(body, numbering=_list(word.level(0))))
    strict = {
        name: data.replace(word.W.encode(), word.STRICT.encode()) for name, data in parts.items()
    }
    assert strict != parts
    wide = dict(parts)
    text = parts["word/document.xml"].decode().replace("UTF-8", "UTF-16")
    wide["word/document.xml"] = text.encode("utf-16")
    turned = {name.replace("/", "\\"): data for name, data in parts.items()}
    for files in (parts, strict, wide, turned):
        assert len(_read(word.archive(files)).blocks[0].cells) == 2


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_main_part_may_have_any_name() -> None:
    parts = _parts(word.package(paragraph(run("а"))))
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"document.xml", b"document2.xml")
    assert _read(word.archive(parts)).blocks


def _bomb() -> bytes:
    parts = _parts(word.package(paragraph(run("а"))))
    parts["word/document.xml"] = b"<a>" + b" " * 60_000_000 + b"</a>"
    return word.archive(parts)


def _with_document(text: str) -> bytes:
    parts = _parts(word.package(paragraph(run("а"))))
    parts["word/document.xml"] = text.encode()
    return word.archive(parts)


_ENTITIES = (
    '<!DOCTYPE w:document [<!ENTITY a "аааааааа"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
)
_GOOD = word.package(paragraph(run("а")))
_MAIN = _parts(_GOOD)["word/document.xml"].decode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no archive", "not_word"),
        (b"{\\rtf1 text}", "not_word"),
        (b"PK\x03\x04" + b"x" * 99, "damaged"),
        (_GOOD[:-30], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "not_word"),
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


def test_names_with_tricks_lead_nowhere() -> None:
    parts = _parts(_GOOD)
    parts["../../evil.xml"] = b"<a/>"
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="x" Type="x/styles" Target="../../../../etc/passwd"/>'
        b'<Relationship Id="y" Type="x/header" TargetMode="External" '
        b'Target="http://example.kz/header.xml"/></Relationships>',
    )
    assert _read(word.archive(parts)).blocks


def test_tables_in_tables_without_end() -> None:
    inner = paragraph(run("а"))
    for _ in range(60):
        inner = table([row(cell(inner), _one("б"))], 2) + paragraph("")
    assert _read(word.package(inner)).blocks


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
_SEED_PARTS = _parts(_SEED)


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
    _assert_accounted(document)


# Other formats through LibreOffice


@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf", "docx"])
def test_what_libreoffice_writes_is_read(suffix: str, tmp_path: Path) -> None:
    program = office.find_office()
    if program is None:
        pytest.skip("LibreOffice is not installed")
    source = STANDARDS[1]
    # LibreOffice loses restarts of lists in .doc and .rtf.
    writer = StandardWriter(automatic=suffix in ("odt", "docx"), lines=True)
    (tmp_path / "source.docx").write_bytes(writer.write(source.read_text(encoding="utf-8")))
    command = [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", suffix, "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "source.docx")], check=True, capture_output=True)
    document = profstd.load(tmp_path / "out" / f"source.{suffix}")
    assert not _differences(profstd.load(source), document)
    assert document.source.format == suffix
    _assert_accounted(document)


def _assert_office_is_missed(suffix: str) -> None:
    if suffix != "docx":
        with pytest.raises(UnreadableError) as caught:
            load_bytes(b"{\\rtf1 a}", f"a.{suffix}")
        assert caught.value.reason == "office_missing"


def test_without_libreoffice_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    _assert_office_is_missed("rtf")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script plays LibreOffice")
def test_a_slow_or_failing_office_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nwhile :; do :; done\n", encoding="utf-8")
    program.chmod(0o755)
    for name, reason in ((str(program), "office_slow"), (str(tmp_path / "none"), "office_failed")):
        monkeypatch.setattr(office, "find_office", lambda name=name: name)
        with pytest.raises(UnreadableError) as caught:
            load_bytes(b"{\\rtf1 a}", "a.rtf", settings=ReadSettings(time_limit=0.2))
        assert caught.value.reason == reason


def test_what_is_no_document_is_not_given_to_the_office() -> None:
    with pytest.raises(UnreadableError) as caught:
        load_bytes(b"plain text", "a.doc")
    assert caught.value.reason == "not_word"


def test_a_word_file_needs_no_office_whatever_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    document = load_bytes(_GOOD, "a.doc")
    assert document.source.format == "docx"


def test_limits_are_above_what_documents_need() -> None:
    (entry,) = [
        item
        for item in zipfile.ZipFile(io.BytesIO(_SEED)).infolist()
        if item.filename == "word/document.xml"
    ]
    assert entry.file_size < entry.compress_size * package.MOST_RATIO / 4
