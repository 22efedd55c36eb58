"""Word files: tracked changes and hidden text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import docx_changes as tracking
import docx_writer as word
import profstd
from docx_shown import one, read, shown, texts
from docx_writer import paragraph, row, run, table
from profstd import locale
from profstd.document import Block
from profstd.parse import ReadSettings, load_bytes

ACCEPTED, REJECTED = ReadSettings(), ReadSettings(tracked_changes="rejected")


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
    reading = read(word.package(body))
    assert [block.cells[0][0].text for block in reading.blocks] == ["был новый текст", "туда"]
    (seen,) = reading.observations
    assert (seen.kind, seen.arguments) == (
        "tracked_changes",
        {"insertions": 2, "deletions": 2, "read": "accepted"},
    )


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
    assert shown(body, numbering=word.abstract(word.level(0))) == ["1) а б", "2) г"]


def test_deleted_rows_and_cells_are_gone() -> None:
    rows = [
        row(one("а"), one("б")),
        f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{one('в')}</w:tr>",
        row(one("г"), "<w:tc><w:tcPr><w:cellDel w:id='2'/></w:tcPr><w:p/></w:tc>", one("д")),
    ]
    reading = read(word.package(table(rows, 2)))
    assert [len(block.cells) for block in reading.blocks] == [2, 2]
    assert reading.blocks[1].cells[0][0].span.row == 2
    assert reading.observations[0].arguments == {
        "insertions": 0,
        "deletions": 2,
        "read": "accepted",
    }


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
    assert shown(body, styles=styles) == ["ав", "д", "ё"]
    (seen,) = read(word.package(body, styles=styles)).observations
    assert (seen.kind, seen.arguments) == ("hidden_text", {"text": "б г е"})
    (finding,) = [
        item
        for item in profstd.check(load_bytes(word.package(body, styles=styles), "a.docx"))
        if item.code == "PA07"
    ]
    assert finding.arguments["text"] == "б г е"


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        (  # the text of a run, and who wrote it in and another one out again
            paragraph(
                run("был ")
                + f"<w:ins w:id='1'>{run('новый ')}</w:ins>"
                + f"<w:del w:id='2'>{run('старый ', deleted=True)}</w:del>"
                + f"<w:ins><w:del>{run('спорный ', deleted=True)}</w:del></w:ins>"
                + run("текст")
            ),
            ["был новый текст"],
            ["был старый текст"],
        ),
        (  # a paragraph that was moved
            paragraph(f"<w:moveFrom>{run('туда')}</w:moveFrom>", "<w:rPr><w:moveFrom/></w:rPr>")
            + paragraph(run("тут"))
            + paragraph(f"<w:moveTo>{run('туда')}</w:moveTo>", "<w:rPr><w:moveTo/></w:rPr>"),
            ["тут", "туда"],
            ["туда", "тут"],
        ),
        (  # a paragraph that was cut in two
            paragraph(run("а "), "<w:rPr><w:ins/></w:rPr>") + paragraph(run("б")),
            ["а ", "б"],
            ["а б"],
        ),
        (  # a number that was given, another that was taken away
            paragraph(run("а"), word.number(1).replace("</w:numPr>", "<w:ins/></w:numPr>"))
            + paragraph(run("б"), f"<w:pPrChange><w:pPr>{word.number(1)}</w:pPr></w:pPrChange>"),
            ["1) а", "б"],
            ["а", "1) б"],
        ),
        (  # a number that old versions of Word kept beside the new one
            paragraph(
                run("а"),
                word.number(1).replace(
                    "</w:numPr>", '<w:numberingChange w:original="%1:3:4:.%2:2:0:)"/></w:numPr>'
                ),
            ),
            ["1) а"],
            ["c.2) а"],
        ),
        (  # what was hidden
            paragraph(run("а") + run("б", "<w:vanish/><w:rPrChange><w:rPr/></w:rPrChange>")),
            ["а"],
            ["аб"],
        ),
        (  # rows and cells, and cells that were merged
            table(
                [
                    f"<w:tr><w:trPr><w:ins/></w:trPr>{one('а')}{one('б')}</w:tr>",
                    row(
                        one("в"), f"<w:tc><w:tcPr><w:cellIns/></w:tcPr>{paragraph(run('г'))}</w:tc>"
                    ),
                    f"<w:tr><w:trPr><w:del/></w:trPr>{one('д')}</w:tr>",
                ],
                2,
            ),
            ["а | б", "в | г"],
            ["в", "д"],
        ),
        (
            table(
                [
                    f"<w:tr>{cell}{one('б')}</w:tr>"
                    for cell in (
                        '<w:tc><w:tcPr><w:cellMerge w:vMerge="rest"/></w:tcPr>'
                        f"{paragraph(run('а'))}</w:tc>",
                        '<w:tc><w:tcPr><w:cellMerge w:vMerge="cont"/></w:tcPr>'
                        f"{paragraph(run('в'))}</w:tc>",
                        '<w:tc><w:tcPr><w:gridSpan w:val="2"/><w:tcPrChange><w:tcPr/>'
                        f"</w:tcPrChange></w:tcPr>{paragraph(run('г'))}</w:tc>",
                    )
                ],
                2,
            ),
            ["а | б", " | б", "г |  | б"],
            ["а | б", "в | б", "г | б"],
        ),
        (  # a table that was put in
            paragraph(run("а "), "<w:rPr><w:ins/></w:rPr>")
            + table([f"<w:tr><w:trPr><w:ins/></w:trPr>{one('в')}</w:tr>"], 1)
            + paragraph(run("б")),
            ["а ", "в", "б"],
            ["а б"],
        ),
        (  # a field whose code was changed
            paragraph(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                "<w:del><w:r><w:delInstrText>DATE</w:delInstrText></w:r></w:del>"
                "<w:ins><w:r><w:instrText>TIME</w:instrText></w:r></w:ins>"
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
                f"<w:del>{run('9.9.', deleted=True)}</w:del><w:ins>{run('12:00')}</w:ins>"
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            ),
            ["12:00"],
            ["9.9."],
        ),
        (  # a field that was put in around a text
            paragraph('<w:ins><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:ins>' + run("а")),
            ["а"],
            ["а"],
        ),
        (  # a content control nobody has filled in, and what stood there before
            paragraph(
                "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
                f"<w:ins>{run('Введите')}</w:ins></w:sdtContent></w:sdt>"
                f"<w:del>{run('12', deleted=True)}</w:del>"
            ),
            ["(Введите)"],
            ["12"],
        ),
    ],
)
def test_both_sides_of_changes(body: str, accepted: list[str], rejected: list[str]) -> None:
    data = word.package(body, numbering=word.abstract(word.level(0)))
    assert texts(data, ACCEPTED) == accepted
    assert texts(data, REJECTED) == rejected


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_which_side_was_read_is_said(language: str) -> None:
    data = word.package(paragraph(f"<w:ins>{run('а')}</w:ins>"))
    messages = set()
    for read_as in (ACCEPTED, REJECTED):
        document = load_bytes(data, "a.docx", settings=read_as)
        (finding,) = [item for item in profstd.check(document) if item.code == "PA07"]
        assert finding.arguments["read"] == read_as.tracked_changes
        messages.add(locale.load(language).message("PA07", finding.arguments))
    assert len(messages) == 2


# What was changed at random


@given(tracking.BODIES)
@settings(max_examples=150, deadline=None)
def test_changes_made_at_random(items: tracking.Body) -> None:
    """Accepted they are the new text, rejected the old one, to the place of every piece."""
    tracked = tracking.tracked(items)
    for side in (ACCEPTED, REJECTED):
        plain = tracking.plain(items, side.tracked_changes)
        assert _blocks(tracked, side) == _blocks(plain, ACCEPTED)


def _blocks(body: str, read_as: ReadSettings) -> tuple[Block, ...]:
    return read(word.package(body, numbering=tracking.NUMBERING), read_as).blocks
