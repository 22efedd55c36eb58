"""Standards as Word files, with the sections, margins and borders of a page layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import docx_writer as xml
from rendering.pages import Page
from rendering.sheet import Cell, Paragraph, Part, Table

_HEADINGS = {"title": "Heading1", "chapter": "Heading2", "card": "Heading3"}
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def document(parts: Iterable[Part], page: Page, *, automatic: bool = False) -> bytes:
    """The Word file of `parts`; `automatic` makes list numbers Word's own."""
    writer = _Writer(page, automatic)
    body = "".join(writer.parts(parts)) + writer.section()
    return xml.package(body, **writer.package_parts())


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


class _Writer:
    def __init__(self, page: Page, automatic: bool) -> None:
        self._page = page
        self._automatic = automatic
        self._lists: list[tuple[str, int]] = []  # the sign after the number, the first number
        self._last: tuple[str, int] | None = None
        self._heads = {
            f"{place}1": self._head(text)
            for place, text in (("header", page.head), ("footer", page.foot))
            if text
        }

    def package_parts(self) -> dict[str, str]:
        """The parts of the package beside the document."""
        settings = "<w:autoHyphenation/>" if self._page.hyphens else ""
        return {
            "styles": self._styles(),
            "numbering": self._numbering(),
            "settings": settings,
            **self._heads,
        }

    def section(self) -> str:
        """The page's size and margins, its running heads and columns."""
        page = self._page
        heads = "".join(
            f'<w:{name[:-1]}Reference w:type="default" r:id="{name}"/>' for name in self._heads
        )
        turned = ' w:orient="landscape"' if page.width > page.height else ""
        top, right, bottom, left = map(_twips, page.margins)
        return (
            f'<w:sectPr>{heads}<w:pgSz w:w="{_twips(page.width)}" w:h="{_twips(page.height)}"'
            f'{turned}/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" '
            f'w:left="{left}" w:header="{top // 2}" w:footer="{bottom // 2}" w:gutter="0"/>'
            f'<w:cols w:num="{page.columns}" w:space="400"/></w:sectPr>'
        )

    def parts(self, parts: Iterable[Part]) -> Iterator[str]:
        """Every part as paragraphs or a table."""
        for part in parts:
            if isinstance(part, Paragraph):
                yield self._paragraph(part)
            else:
                self._last = None
                # Two tables without a paragraph between them become one.
                yield self._table(part) + xml.paragraph("")

    def _head(self, text: str) -> str:
        """A running head: {page} and {pages} are fields."""
        runs = ""
        for piece in text.replace("{page", "\0{page").replace("}", "}\0").split("\0"):
            if piece in ("{page}", "{pages}"):
                runs += _FIELD.format("PAGE" if piece == "{page}" else "NUMPAGES")
            elif piece:
                runs += xml.run(piece)
        return xml.paragraph(runs, '<w:jc w:val="center"/>')

    def _styles(self) -> str:
        page = self._page
        spacing = f'<w:spacing w:val="{round(page.spacing * 20)}"/>' if page.spacing else ""
        align = '<w:jc w:val="both"/>' if page.justified else ""
        headings = "".join(
            f'<w:style w:type="paragraph" w:styleId="Heading{at}"><w:name w:val="heading {at}"/>'
            f'<w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="120" '
            f'w:after="120"/><w:jc w:val="center"/><w:outlineLvl w:val="{at - 1}"/></w:pPr>'
            "<w:rPr><w:b/></w:rPr></w:style>"
            for at in (1, 2, 3)
        )
        return (
            f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{page.font}" '
            f'w:hAnsi="{page.font}" w:cs="{page.font}"/>{spacing}<w:sz w:val="'
            f'{round(page.size * 2)}"/><w:lang w:val="ru-RU"/></w:rPr></w:rPrDefault>'
            f"<w:pPrDefault><w:pPr>{align}</w:pPr></w:pPrDefault></w:docDefaults>"
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
            f'<w:name w:val="Normal"/></w:style>{headings}'
        )

    def _paragraph(self, item: Paragraph) -> str:
        properties = f'<w:pStyle w:val="{_HEADINGS[item.kind]}"/>' if item.kind in _HEADINGS else ""
        if not self._automatic or item.number is None:
            return xml.paragraph(xml.run(item.typed) if item.text else "", properties)
        if self._last != (item.sign, item.number - 1):
            self._lists.append((item.sign, item.number))
        self._last = item.sign, item.number
        return xml.paragraph(xml.run(item.text), properties + xml.number(len(self._lists)))

    def _table(self, table: Table) -> str:
        page = self._page
        total = _twips(page.width - page.margins[1] - page.margins[3])
        widths = [total * width // 100 for width in table.widths]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = "".join(self._rows(table, widths))
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{self._borders()}'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
        )

    def _borders(self) -> str:
        ruled = {
            "all": ("top", "left", "bottom", "right", "insideH", "insideV"),
            "double": ("top", "left", "bottom", "right", "insideH", "insideV"),
            "inner": ("insideH", "insideV"),
            "horizontal": ("top", "bottom", "insideH"),
        }.get(self._page.borders, ())
        kind = "double" if self._page.borders == "double" else "single"
        lines = "".join(f'<w:{name} w:val="{kind}" w:sz="4" w:color="000000"/>' for name in ruled)
        return f"<w:tblBorders>{lines}</w:tblBorders>"

    def _rows(self, table: Table, widths: list[int]) -> Iterator[str]:
        above: dict[int, tuple[int, int]] = {}  # column: columns and rows that a cell still spans
        for index, row in enumerate(table.rows):
            cells, at, waiting = "", 0, iter(row)
            while at < len(widths):
                across, down = above.get(at, (0, 0))
                if down:
                    written = self._cell(None, across, "continue", sum(widths[at : at + across]))
                    above[at] = across, down - 1
                else:
                    cell = next(waiting)
                    across = cell.across
                    width = sum(widths[at : at + across])
                    written = self._cell(cell, across, "restart" if cell.down > 1 else "", width)
                    above[at] = across, cell.down - 1
                cells += written
                at += across
            properties = "" if self._page.cut_rows else "<w:cantSplit/>"
            properties += "<w:tblHeader/>" if index < table.head else ""
            yield f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"

    def _cell(self, cell: Cell | None, across: int, merge: str, width: int) -> str:
        self._last = None
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        properties += f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
        if merge:
            properties += f'<w:vMerge w:val="{merge}"/>'
        content = "".join(map(self._paragraph, cell.paragraphs)) if cell else ""
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content or xml.paragraph('')}</w:tc>"

    def _numbering(self) -> str:
        abstract = "".join(
            f'<w:abstractNum w:abstractNumId="{index}">'
            f"{xml.level(0, text=f'%1{sign}')}</w:abstractNum>"
            for index, sign in enumerate(").")
        )
        nums = "".join(
            f'<w:num w:numId="{index}"><w:abstractNumId w:val="{").".index(sign)}"/>'
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for index, (sign, start) in enumerate(self._lists, start=1)
        )
        return abstract + nums
