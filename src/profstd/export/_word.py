"""The official form as a Word file (OOXML, ECMA-376 part 1), for the formats that need one.

python-docx has the package, the styles and the section; what stands in the body is
written as XML, because tables made cell by cell take seconds. Elements stand in the
order that the schema wants, which Word insists on.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from profstd.export._form import COLUMNS, Cell, Form, Heading, Line, Paragraph, Part, Table

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

FONT = "Times New Roman"
_LANGUAGES = {"ru": "ru-RU", "kk": "kk-KZ"}
_PAGE = (210, 297)  # A4, millimetres
_MARGINS = {"left": 30, "right": 10, "top": 20, "bottom": 20}  # millimetres
_TWIPS = 1440 / 25.4  # in a millimetre
_LINE = round((_PAGE[0] - _MARGINS["left"] - _MARGINS["right"]) * _TWIPS)
_TABLE_TEXT = "Table Text"
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SPECIAL = re.compile(r"([\n\t])")
_ELEMENTS = {"\n": "<w:br/>", "\t": "<w:tab/>"}
_FONT_OF_THEME = re.compile(rb'(?<=<a:latin typeface=")[^"]+')
# Of the template's styles: what a plain document has.
_STYLES = (
    *("Normal", "Heading 1", "Heading 2", "Heading 3", "Header", "Footer", "Strong"),
    *("Default Paragraph Font", "Normal Table", "Table Grid", "No List"),
)
# Relations of the template to parts that say nothing of this document.
_STRANGE = ("thumbnail", "extended-properties", "customXml", "numbering", "stylesWithEffects")


def write(form: Form) -> bytes:
    """The file. The same form always gives the same bytes."""
    from docx import Document

    document = Document()
    _strip(document)
    _set_styles(document, _LANGUAGES[form.language])
    _set_page(document)
    _set_properties(document, form)
    _fill(document, form.parts)
    packed = io.BytesIO()
    document.save(packed)
    return _repacked(packed.getvalue())


def _strip(document: WordDocument) -> None:
    """Leave out what the template brings and nobody asked for, its fonts too."""
    for part in (document.part.package, document.part):
        for key, relation in list(part.rels.items()):
            kind = relation.reltype.rpartition("/")[2]
            if kind in _STRANGE:
                del part.rels[key]
            elif kind == "theme":
                theme = relation.target_part
                theme._blob = _FONT_OF_THEME.sub(FONT.encode(), theme.blob)
    for style in list(document.styles):
        if style.name not in _STYLES:
            style.delete()
        elif (link := style.element.find(_long("link"))) is not None:
            style.element.remove(link)


def _set_styles(document: WordDocument, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Mm, Pt, RGBColor

    styles = document.styles
    defaults = styles.element.find(_long("docDefaults"))
    fonts = defaults.find(f".//{_long('rFonts')}")
    fonts.attrib.clear()
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(_long(name), FONT)
    for name in ("sz", "szCs"):
        defaults.find(f".//{_long(name)}").set(_long("val"), "28")
    defaults.find(f".//{_long('lang')}").set(_long("val"), language)
    defaults.find(f".//{_long('spacing')}").attrib.clear()
    normal = styles["Normal"].paragraph_format
    normal.first_line_indent = Mm(12.5)
    normal.alignment = ALIGN.JUSTIFY
    sizes = {1: (16, ALIGN.CENTER), 2: (14, ALIGN.CENTER), 3: (14, ALIGN.LEFT)}
    for level, (size, alignment) in sizes.items():
        style = styles[f"Heading {level}"]
        # The template's own are blue, in the theme's font.
        style.element.rPr.remove(style.element.rPr.rFonts)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.size = Pt(size)
        style.paragraph_format.alignment = alignment
        style.paragraph_format.first_line_indent = Mm(0)
        style.paragraph_format.space_before = Pt(12)
        style.paragraph_format.space_after = Pt(6)
    cells = styles.add_style(_TABLE_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    cells.base_style = styles["Normal"]
    cells.font.size = Pt(12)
    cells.paragraph_format.first_line_indent = Mm(0)
    cells.paragraph_format.alignment = ALIGN.LEFT


def _set_page(document: WordDocument) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.oxml import parse_xml
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, _PAGE)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    section.header_distance = section.footer_distance = Mm(10)
    footer = section.footer.paragraphs[0]
    footer.alignment = ALIGN.CENTER
    footer.paragraph_format.first_line_indent = Mm(0)
    number = f'<w:fldSimple {_NAMESPACE} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    footer._p.append(parse_xml(number))


def _set_properties(document: WordDocument, form: Form) -> None:
    """The title and the language; no author and no dates."""
    properties = document.core_properties
    for item in list(properties._element):
        properties._element.remove(item)
    properties.title = form.title[:255]  # the longest that python-docx takes
    properties.language = _LANGUAGES[form.language]
    settings = document.settings.element
    settings.find(_long("zoom")).set(_long("percent"), "100")
    language = settings.find(_long("themeFontLang"))
    language.attrib.clear()
    language.set(_long("val"), _LANGUAGES[form.language])
    mode = settings.find(f".//{_long('compatSetting')}[@{_long('name')}='compatibilityMode']")
    mode.set(_long("val"), "15")  # that of Word 2013 and later: else it offers to convert


def _fill(document: WordDocument, parts: Iterable[Part]) -> None:
    from docx.oxml import parse_xml

    body = document.element.body
    section = body[-1]
    content = parse_xml(f"<w:body {_NAMESPACE}>{''.join(_body(parts))}</w:body>")
    for element in list(content):
        section.addprevious(element)


def _repacked(data: bytes) -> bytes:
    """The archive anew: with no clock and no platform in it."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name)  # 1 January 1980
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return result.getvalue()


def _long(name: str) -> str:
    from docx.oxml.ns import qn

    long: str = qn(f"w:{name}")
    return long


def _body(parts: Iterable[Part]) -> Iterator[str]:
    after_table = False
    for part in chain(parts, [None]):
        if after_table and not isinstance(part, (Heading, Paragraph)):
            # Tables that touch are one, and the last thing of a document is a paragraph.
            yield _paragraph("", style=_TABLE_TEXT)
        after_table = isinstance(part, Table)
        match part:
            case Heading():
                yield _paragraph(_run(part.text), style=f"Heading{part.level}")
            case Paragraph():
                aside = f'<w:ind w:left="{_LINE // 2}" w:firstLine="0"/><w:jc w:val="center"/>'
                yield _paragraph(_runs(part.line), more=aside if part.aside else "")
            case Table():
                yield _table(part)


def _paragraph(content: str, *, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style.replace(" ", "")}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{content}</w:p>"


def _runs(line: Line) -> str:
    text = f" {line.text}" if line.label and line.text else line.text
    strong = '<w:rPr><w:rStyle w:val="Strong"/></w:rPr>'
    return (_run(line.label, strong) if line.label else "") + _run(text)


def _run(text: str, properties: str = "") -> str:
    if not text:
        return ""
    pieces = (_ELEMENTS.get(piece) or _words(piece) for piece in _SPECIAL.split(text) if piece)
    return f"<w:r>{properties}{''.join(pieces)}</w:r>"


def _words(text: str) -> str:
    space = "" if text == text.strip() else ' xml:space="preserve"'
    return f"<w:t{space}>{escape(text)}</w:t>"


def _table(table: Table) -> str:
    widths = [_LINE * share // 100 for share in COLUMNS]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sizes = {"top": 28, "left": 85, "bottom": 28, "right": 85}
    margins = "".join(f'<w:{side} w:w="{size}" w:type="dxa"/>' for side, size in sizes.items())
    properties = (
        f'<w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        '<w:tblLook w:val="0000"/>'
    )
    return (
        f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(_rows(table, widths))}</w:tbl>"
    )


def _rows(table: Table, widths: list[int]) -> Iterator[str]:
    """The rows; where a cell above reaches into one, it has a cell that goes on with it."""
    reaching: dict[int, tuple[int, int]] = {}  # by column: how wide, how many rows more
    for row in table.rows:
        cells = iter(row)
        written = []
        column = 0
        while column < len(widths):
            if column in reaching:
                columns, left = reaching.pop(column)
                written.append(_cell(Cell(columns=columns), widths[column:], "<w:vMerge/>"))
            else:
                cell = next(cells)
                columns, left = cell.columns, cell.rows
                merge = '<w:vMerge w:val="restart"/>' if left > 1 else ""
                written.append(_cell(cell, widths[column:], merge))
            if left > 1:
                reaching[column] = columns, left - 1
            column += columns
        yield f"<w:tr>{''.join(written)}</w:tr>"


def _cell(cell: Cell, widths: list[int], merge: str) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    width = f'<w:tcW w:w="{sum(widths[: cell.columns])}" w:type="dxa"/>'
    lines: Any = cell.lines or (Line("", ""),)
    content = "".join(_paragraph(_runs(line), style=_TABLE_TEXT) for line in lines)
    return f"<w:tc><w:tcPr>{width}{span}{merge}</w:tcPr>{content}</w:tc>"
