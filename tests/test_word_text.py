"""Word files: tables and the text of paragraphs as they are shown."""

from __future__ import annotations

import pytest

import docx_writer as word
from docx_shown import assert_accounted, one, read, shown
from docx_writer import cell, paragraph, row, run, table
from profstd.document import Observation, Span
from profstd.model import Standard
from profstd.parse import load_bytes

# Tables


def test_merged_cells_keep_the_grid() -> None:
    rows = [
        row(cell(paragraph(run("а")), 2), cell(paragraph(run("б")), 1, "restart")),
        row(one("в"), one("г"), cell("", 1, "continue")),
        row(cell("", 1, "continue"), one("д"), cell("", 1, "continue")),
        '<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>'
        + one("е")
        + "</w:tr>",
    ]
    # The third row's first cell goes on with nothing: it is a cell of its own.
    assert shown(table(rows, 3)) == ["а |  | б", "в | г | ", " | д | ", " | е | "]


def test_what_stands_behind_a_merged_cell_is_hidden() -> None:
    rows = [
        row(cell(paragraph(run("а")), 1, "restart"), one("б")),
        row(cell(paragraph(run("под ней")), 1, "continue"), one("в")),
    ]
    reading = read(word.package(table(rows, 2)))
    texts = [piece.text for block in reading.blocks for cell in block.cells for piece in cell]
    assert texts == ["а", "б", "в"]
    assert reading.observations == (Observation("hidden_text", "", {"text": "под ней"}),)  # type: ignore[arg-type]


def test_old_sideways_merging() -> None:
    merged = '<w:tc><w:tcPr><w:hMerge w:val="{}"/></w:tcPr>{}</w:tc>'
    cells = (
        merged.format("restart", paragraph(run("а"))),
        merged.format("continue", paragraph("")),
        one("б"),
    )
    assert shown(table([row(*cells)], 3)) == ["а |  | б"]


def test_nested_tables_are_read_in_order() -> None:
    inner = table([row(one("б"), one("в")), row(one("г"), one("д"))], 2)
    outer = table([row(cell(paragraph(run("а")) + inner + paragraph(run("е"))), one("ё"))], 2)
    assert shown(outer) == ["а / б / в / г / д / е | ё"]


def test_a_table_that_only_frames_another_is_no_table() -> None:
    inner = table([row(one("б"), one("в")), row(one("г"), one("д"))], 2)
    frame = table([row(cell(paragraph(run("а")) + inner + paragraph("")), cell(""))], 2)
    assert shown(frame) == ["а", "б | в", "г | д"]
    spans = [piece.span for block in read(word.package(frame)).blocks for piece in block.cells[0]]
    file = "a.docx"
    assert spans == [
        Span(file, table=1, row=1, cell=1, paragraph=1),
        Span(file, table=2, row=1, cell=1, paragraph=1),
        Span(file, table=2, row=2, cell=1, paragraph=1),
    ]


def test_rows_and_cells_in_content_controls() -> None:
    wrapped = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = wrapped.format(
        table([wrapped.format(row(wrapped.format(one("а")), one("б"))), row(one("в"))], 2)
    )
    assert shown(body) == ["а | б", "в"]


def test_gaps_are_empty_paragraphs_and_page_ends() -> None:
    page_end = '<w:r><w:br w:type="page"/></w:r>'
    body = (
        paragraph(run("а"))
        + paragraph(run("б"))
        + paragraph("")
        + table([row(one("в")), row(one("г"))], 1)
        + paragraph(page_end)
        + table([row(one("д"))], 1)
        + paragraph(run("е") + page_end + run("ж"))
        + paragraph(run("з"), "<w:pageBreakBefore/>")
    )
    gaps = {block.cells[0][0].text: block.gap for block in read(word.package(body)).blocks}
    assert [letter for letter, gap in gaps.items() if gap] == ["а", "в", "д", "ж", "з"]


# Text of paragraphs


@pytest.mark.parametrize(
    ("content", "expected"),
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
def test_text(content: str, expected: list[str]) -> None:
    assert shown(paragraph(content)) == expected
    assert shown(table([row(cell(paragraph(content)))], 1)) == expected


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
    assert shown(paragraph(run("с. ") + _field("PAGE", run("7")))) == ["с. 7"]
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    nested = (
        begin
        + _field("MERGEFIELD x", run("нет"))
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    nested += run("да") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert shown(paragraph(nested)) == ["да"]


def test_a_field_without_an_end_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert shown(paragraph(begin + run("а")) + paragraph(run("б"))) == ["а", "б"]


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
    assert shown(paragraph(run("Признание: ") + field)) == ["Признание: нет"]


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
    assert shown(body, styles=styles) == ["(Глава 1 3)", "(Глава 2 9)", "Глава 1", "(Глава 3 11)"]


def test_one_branch_of_alternatives_counts() -> None:
    box = f"<w:txbxContent>{paragraph(run('в рамке'))}</w:txbxContent>"
    shape = f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>"
    drawing = f"<w:drawing><a:graphic>{shape}</a:graphic></w:drawing>"
    picture = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{picture}</mc:Fallback></mc:AlternateContent>"
    )
    assert shown(paragraph(run("а") + f"<w:r>{both}</w:r>" + run("б"))) == ["аб", "в рамке"]
    assert shown(paragraph(f"<w:r>{picture}</w:r>")) == ["в рамке"]
    assert shown(table([row(cell(paragraph(f"<w:r>{both}</w:r>")), one("б"))], 2)) == [
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
        [row(cell(paragraph(run("б") + end)), one("в"))], 2
    )
    parts = {
        "footnotes": notes.format("footnote", "сноска"),
        "endnotes": notes.format("endnote", "в конце"),
        "header1": table([row(one("верх"), one("2"))], 2),
        "footer1": paragraph(run("низ")),
    }
    assert shown(body, **parts) == ["(верх / 2)", "а", "(сноска)", "б | в", "(в конце)", "(низ)"]
    document = load_bytes(word.package(body, **parts), "a.docx")
    assert_accounted(document)
    assert document.account
    assert document.account.furniture == len("верх2сносканизв конце")


def test_an_unfilled_control_says_nothing() -> None:
    control = (
        "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent><w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt>"
    )
    unfilled = control.format("<w:showingPlcHdr/>", "Место для ввода текста")
    assert shown(paragraph(run("Код: ") + unfilled)) == ["Код: ", "(Место для ввода текста)"]
    assert shown(paragraph(run("Код: ") + control.format("", "1"))) == ["Код: 1"]


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
    blocks = read(word.package(body, styles=styles)).blocks
    assert "".join(block.kind[0] for block in blocks) == "hhhhpp"


def test_a_drop_cap_is_the_first_letter_of_its_word() -> None:
    frame = '<w:framePr w:dropCap="{}"/>'
    for kind, expected in (("drop", ["Навык"]), ("margin", ["Навык"]), ("none", ["Н", "авык"])):
        body = paragraph(run("Н"), frame.format(kind)) + paragraph(run("авык"))
        assert shown(body) == expected


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        (["чистить кромки", "снимать фаску", "мерить зазоры"], 3),
        (["чистить кромки.", "снимать фаску.", "мерить зазоры."], 3),
        (["чистить кромки и", "снимать фаску"], 1),
        (["чистить кромки,", "снимать фаску"], 1),
        (["чистить кромки деталей из", "проката"], 1),
        (["чистить кромки", "(до блеска)"], 1),
        (["чистить кромки; снимать", "фаску"], 2),
    ],
)
def test_paragraphs_may_be_all_that_a_list_is(lines: list[str], texts: int) -> None:
    skill = paragraph(run("Умения:")) + "".join(paragraph(run(line)) for line in lines)
    rows = [
        row(one("Код группы:"), one("7214-1")),
        row(one("Трудовая функция 1: Сборка"), one("Навык 1: Зачистка")),
        row(one(""), cell(skill)),
        row(one(""), one("Знания: кромок")),
    ]
    document = load_bytes(word.package(table(rows, 2)), "a.docx")
    assert isinstance(document.model, Standard)
    (found,) = document.model.professions[0].functions[0].skills
    assert len(found.abilities) == texts
    assert_accounted(document)


def test_every_body_is_read() -> None:
    between = "</w:body><w:body>"
    assert shown(paragraph(run("а")) + between + table([row(one("б"))], 1)) == ["а", "б"]


def test_tables_in_text_boxes_are_read() -> None:
    inner = paragraph(run("а")) + table([row(one("б"), one("в"))], 2)
    box = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    assert shown(paragraph(run("г") + box)) == ["г", "а", "б | в"]
    assert shown(table([row(cell(paragraph(box)), one("д"))], 2)) == ["а / б / в | д"]


def test_frames_and_columns_are_read_as_they_stand() -> None:
    columns = '<w:sectPr><w:cols w:num="2"/></w:sectPr>'
    body = (
        paragraph(run("а"), '<w:framePr w:w="900" w:y="1"/>')
        + paragraph(run("б") + '<w:r><w:br w:type="column"/></w:r>' + run("в"), columns)
        + paragraph(run("г"))
    )
    assert shown(body) == ["а", "б", "в", "г"]
