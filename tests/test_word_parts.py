"""Word files: what may show text and is not read is told; what another file holds is read."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import docx_writer as word
import profstd
from docx_shown import assert_accounted, one, read, texts, unpacked
from docx_writer import cell, paragraph, row, run, table
from profstd import locale
from profstd.cli.parse import account_text
from profstd.document import Document, NotAssessed, Span, UnreadableError
from profstd.parse import load_bytes

_FRAME = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="{}" cy="{}"/><a:graphic><a:graphicData>{}'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
_CENTIMETRE = 360_000
_LOGO = _FRAME.format(_CENTIMETRE, _CENTIMETRE, '<a:blip r:embed="x"/>')
_PAGE = _FRAME.format(17 * _CENTIMETRE, 25 * _CENTIMETRE, '<a:blip r:embed="x"/>')
_CHART = _FRAME.format(1, 1, '<c:chart r:id="x"/>')
_DIAGRAM = _FRAME.format(1, 1, '<dgm:relIds r:dm="x"/>')
_OBJECT = '<w:r><w:object><v:shape><v:imagedata r:id="x"/></v:shape></w:object></w:r>'
_SHAPE = '<w:r><w:pict><v:shape style="{}">{}</v:shape></w:pict></w:r>'
_TEXT = paragraph(run("Профессиональный стандарт подготовлен рабочей группой"))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (_LOGO, "picture"),
        (_PAGE, "scan"),
        (_SHAPE.format("width:9pt;height:9pt", '<v:imagedata r:id="x"/>'), "picture"),
        (_SHAPE.format("width:17cm; height: 25cm", '<v:imagedata r:id="x"/>'), "scan"),
        (_CHART, "chart"),
        (_DIAGRAM, "diagram"),
        (_OBJECT, "embedded_file"),
        ('<w:subDoc r:id="x"/>', "imported_file"),
    ],
)
def test_what_is_not_read_is_told(content: str, kind: str) -> None:
    inside = table([row(cell(paragraph(run("а") + content)), one("б"))], 2)
    above = word.package(_TEXT + inside, header1=paragraph(content))
    place = Span("a.docx", table=1, row=1, cell=1, paragraph=1)
    assert read(above).not_assessed == (NotAssessed(kind, Span("a.docx")), NotAssessed(kind, place))
    document = load_bytes(above, "a.docx")
    assert_accounted(document)
    found = [item.arguments for item in profstd.check(document) if item.code == "PA07"]
    assert found == [{"case": "not_assessed", "part": kind, "count": 2}] * (kind != "picture")
    for language in locale.languages():
        words = locale.load(language)
        assert words.say(f"account.parts.{kind}") in account_text("a.docx", document, words)
        assert all("{" not in words.message("PA07", item) for item in found)


_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_DGM = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
_C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
_T = "<a:p><a:r><a:t>{}</a:t></a:r></a:p>"


def _point(name: str, text: str = "", kind: str = "node") -> str:
    return (
        f'<dgm:pt modelId="{name}" type="{kind}"><dgm:t>{text and _T.format(text)}</dgm:t></dgm:pt>'
    )


def _link(above: str, below: str, at: int) -> str:
    return f'<dgm:cxn modelId="{above}{below}" srcId="{above}" destId="{below}" srcOrd="{at}"/>'


_POINTS = (
    (
        _point("1", kind="doc")
        + _point("3", "Отдел")
        + _point("2", "Директор")
        + _point("4", "Склад")
    )
    + _point("5", "Без связи")
    + _point("6", "рисунок", "pres")
)
_LINKS = _link("1", "2", 0) + _link("2", "4", 1) + _link("2", "3", 0)
_CHART_XML = (
    f"<c:chartSpace {_A} {_C}><c:chart><c:title><c:tx><c:rich>{_T.format('Спрос по годам')}"
    "</c:rich></c:tx></c:title><c:plotArea><c:ser><c:tx><c:strRef><c:strCache><c:pt><c:v>Сварщики"
    "</c:v></c:pt></c:strCache></c:strRef></c:tx><c:val><c:numRef><c:numCache><c:pt><c:v>17</c:v>"
    "</c:pt></c:numCache></c:numRef></c:val></c:ser></c:plotArea></c:chart></c:chartSpace>"
)
_DRAWN = {
    "diagram": (
        _DIAGRAM,
        "diagramData",
        f"<dgm:dataModel {_A} {_DGM}><dgm:ptLst>{_POINTS}</dgm:ptLst>"
        f"<dgm:cxnLst>{_LINKS}</dgm:cxnLst></dgm:dataModel>",
        ["Директор", "Отдел", "Склад", "Без связи"],
    ),
    "chart": (_CHART, "chart", _CHART_XML, ["Спрос по годам", "Сварщики"]),
}


def _with_part(body: str, kind: str, content: str) -> bytes:
    files = unpacked(word.package(body, header1=body))
    names = "word/_rels/document.xml.rels"
    relation = f'<Relationship Id="x" Type="http://x/{kind}" Target="drawn/data1.xml"/>'
    files[names] = files[names].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    return word.archive(files | {"word/drawn/data1.xml": content.encode()})


@pytest.mark.parametrize("kind", _DRAWN)
def test_the_words_of_a_drawing_are_read(kind: str) -> None:
    content, relation, part, words = _DRAWN[kind]
    inside = table([row(cell(paragraph(run("а") + content)), one("б"))], 2)
    reading = read(_with_part(_TEXT + paragraph(content) + inside, relation, part))
    shown = [[piece.text for piece in block.cells[0]] for block in reading.blocks]
    assert shown[-len(words) - 1 : -1] == [[word] for word in words]
    assert shown[-1] == ["а", *words]
    # That of the header is another's; the numbers of a chart stand nowhere.
    aside = [part.span for part in reading.not_assessed]
    here = [Span("a.docx", paragraph=2), Span("a.docx", table=2, row=1, cell=1, paragraph=1)]
    assert aside == [Span("a.docx")] * 2 + here * (kind == "chart")
    for broken in ("", "<a", "<a/>"):
        told = read(_with_part(_TEXT + paragraph(content), relation, broken)).not_assessed
        assert told[-1] == NotAssessed(kind, Span("a.docx", paragraph=2))


@pytest.mark.parametrize("hiding", ["<w:del>{}</w:del>", "<w:moveFrom>{}</w:moveFrom>"])
def test_what_is_not_shown_is_no_part(hiding: str) -> None:
    assert not read(word.package(_TEXT + paragraph(hiding.format(_CHART)))).not_assessed


@pytest.mark.parametrize("picture", [_LOGO, _PAGE])
def test_a_scan_is_told(picture: str) -> None:
    body = paragraph(picture) + paragraph(run("Приложение 1"))
    with pytest.raises(UnreadableError) as caught:
        load_bytes(word.package(body, footer1=paragraph(run("Лист 1")) * 9), "a.docx")
    assert caught.value.reason == "pictures_only"


def test_drawn_words_are_read() -> None:
    art = '<v:textpath on="t"/><v:textpath string="В РАМКЕ"/>'
    shape = _SHAPE.format("", art)
    assert _texts(paragraph(run("а") + shape)) == ["а", "В РАМКЕ"]
    assert _texts(table([row(cell(paragraph(shape)), one("б"))], 2)) == ["В РАМКЕ | б"]
    assert texts(word.package(_TEXT, header1=paragraph(shape)))[0] == "(В РАМКЕ)"


def test_check_boxes_and_fractions_are_read() -> None:
    box = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData>'
        '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = paragraph(
        box.format("<w:checked/>") + run(" да ")
        + box.format('<w:default w:val="1"/><w:checked w:val="0"/>') + run(" нет ")
        + box.format('<w:default w:val="1"/>')
    )  # fmt: skip
    assert _texts(body) == ["☒ да ☐ нет ☒"]
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    assert _texts(paragraph(f"<m:oMath>{half}</m:oMath>")) == ["1/2"]


def _texts(body: str) -> list[str]:
    return texts(word.package(body))


# Files that are taken in whole


def _importing(body: str, chunks: Mapping[str, bytes]) -> bytes:
    parts = unpacked(word.package(body))
    relations = "".join(
        f'<Relationship Id="c{at}" Type="x/aFChunk" Target="{name}"/>'
        for at, name in enumerate(chunks)
    )
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Rel", relations.encode() + b"</Rel")
    return word.archive(parts | {f"word/{name}": data for name, data in chunks.items()})


_CHUNK = '<w:altChunk r:id="c0"/>'


def _inner() -> bytes:
    body = (
        table([row(one("б"))], 1)
        + paragraph(run("в"), word.number(1))
        + paragraph(f"<w:ins>{run('г')}</w:ins>" + run("д", "<w:vanish/>") + _CHART)
    )
    return word.package(body, numbering=word.abstract(word.level(0)))


def test_a_word_file_in_the_file_is_read() -> None:
    outer = table([row(one("а"))], 1) + _CHUNK + table([row(one("е"))], 1)
    reading = read(_importing(outer, {"a.docx": _inner()}))
    found = [(cell[0].text, cell[0].span.table) for block in reading.blocks for cell in block.cells]
    assert found == [("а", 1), ("б", 2), ("1) в", None), ("г", None), ("е", 3)]
    assert {item.kind for item in reading.observations} == {
        *("tracked_changes", "hidden_text", "not_assessed"),
    }
    assert _cell_texts({"a.docx": _inner()}) == ["а / б / 1) в / г"]


def _cell_texts(chunks: Mapping[str, bytes]) -> list[str]:
    outer = table([row(cell(paragraph(run("а")) + _CHUNK + paragraph("")))], 1)
    return texts(_importing(outer, chunks))


@pytest.mark.parametrize(
    "data",
    [
        "Навык\r\nЗнания".encode(),
        "Навык\nЗнания".encode("cp1251"),
        "Навык\nЗнания".encode("utf-16"),
    ],
)
def test_a_text_in_the_file_is_read(data: bytes) -> None:
    assert texts(_importing(_CHUNK, {"a.txt": data})) == ["Навык", "Знания"]


_PAGE = (
    "<html><meta charset='utf-8'><body><p>Навык<img src='a.png' width=300 height=300></p>"
    "<table><tr><td>а<td>б</table><span style='display:none'>тайна</span></body></html>"
)
_ARCHIVE = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
    b"Content-Type: text/html\r\n\r\n" + _PAGE.encode() + b"\r\n--x--\r\n"
)


@pytest.mark.parametrize(("name", "data"), [("a.htm", _PAGE.encode()), ("a.mht", _ARCHIVE)])
def test_a_page_in_the_file_is_read(name: str, data: bytes) -> None:
    file = _importing(_TEXT + _CHUNK, {name: data})
    assert texts(file)[1:] == ["Навык", "а | б"]
    reading = read(file)
    assert [part.kind for part in reading.not_assessed] == ["picture"]
    assert reading.observations[0].arguments == {"text": "тайна"}
    spans = {piece.span for block in reading.blocks[1:] for cell in block.cells for piece in cell}
    assert spans == {Span("a.docx")}
    assert_accounted(load_bytes(file, "a.docx"))


@pytest.mark.parametrize(
    "chunks",
    [
        {"a.htm": b"<html><script>x</script></html>"},
        {"a.rtf": b"{\\rtf1 text}"},
        {"a.docx": b"PK\x03\x04 broken"},
        {"a.docx": _importing(_CHUNK, {"a.docx": _inner()})},
        {},
    ],
)
def test_another_file_that_is_not_read_is_told(chunks: Mapping[str, bytes]) -> None:
    document = load_bytes(_importing(_TEXT + _CHUNK, chunks), "a.docx")
    assert _parts_of(document) == ["imported_file"]


def _parts_of(document: Document) -> list[str]:
    assert document.account
    return [part.kind for part in document.account.not_assessed]


def test_one_file_taken_in_again_and_again_ends() -> None:
    with pytest.raises(UnreadableError) as caught:
        load_bytes(
            _importing(_CHUNK * 4000, {"a.docx": word.package(paragraph(run("а" * 20_000)))}),
            "a.docx",
        )
    assert caught.value.reason == "unpacked_too_large"
