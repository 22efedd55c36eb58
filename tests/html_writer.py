"""A standard's text layout (`layout.Layout`) as HTML, the way programs and sites write it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby, pairwise

_ITEM = re.compile(r"(?:^|(?<=; ))(\d{1,3})([.)]) ")


class Dialect:
    """How one program writes pages: methods to be replaced; what stands here is plain HTML.

    `merges` says that an empty cell at the beginning of a row is the one above going on.
    """

    encoding = "utf-8"
    merges = True

    def write(self, text: str) -> bytes:
        """The page of a standard's text."""
        body = "".join(self._parts(text.splitlines()))
        return self.page(body).encode(self.encoding, "xmlcharrefreplace")

    def page(self, body: str) -> str:
        """The whole page."""
        return (
            f'<!DOCTYPE html>\n<html><head><meta charset="{self.encoding}"><title>x</title>'
            f"</head>\n<body>\n{body}</body></html>\n"
        )

    def paragraph(self, text: str) -> str:
        """A paragraph with its text."""
        return f"<p>{escape(text)}</p>\n"

    def cell(self, content: str, columns: int, rows: int) -> str:
        """A cell."""
        columns_said = f" colspan={columns}" if columns > 1 else ""
        rows_said = f' rowspan="{rows}"' if rows > 1 else ""
        return f"<td{columns_said}{rows_said}>{content}</td>"

    def table(self, rows: list[str]) -> str:
        """A table of rows of cells."""
        return "<table>\n" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>\n"

    def content(self, text: str) -> str:
        """What a cell holds."""
        return "".join(self.paragraphs(text))

    def paragraphs(self, text: str) -> Iterator[str]:
        """A line of text as paragraphs, an item of a list each."""
        yield self.paragraph(text) if text else ""

    def _parts(self, lines: list[str]) -> Iterator[str]:
        for ruled, group in groupby(lines, key=lambda line: "\t" in line):
            if ruled:
                yield self._table([line.split("\t") for line in group])
            else:
                for line in group:
                    yield from self.paragraphs(line)

    def _table(self, rows: list[list[str]]) -> str:
        width = max(map(len, rows))
        blanks = [next((at for at, text in enumerate(row) if text), 0) for row in rows]
        if not self.merges:
            blanks = [0] * len(rows)
        made = []
        for index, texts in enumerate(rows):
            cells = ""
            for at in range(blanks[index], len(texts)):
                columns = width - len(texts) + 1 if at == len(texts) - 1 else 1
                below = index + 1
                while below < len(rows) and at < blanks[below]:
                    below += 1
                cells += self.cell(self.content(texts[at]), columns, below - index)
            made.append(cells)
        return self.table(made)

    @staticmethod
    def items(text: str) -> list[str]:
        """A text cut before the numbers of its items."""
        starts = [0, *(match.start() for match in _ITEM.finditer(text)), len(text)]
        parts = (text[begin:end].strip() for begin, end in pairwise(starts))
        return [part for part in parts if part]


class Site(Dialect):
    """A page of a site as a browser saves it, old and careless: few end tags."""

    def page(self, body: str) -> str:
        """A frame of layout, a menu, scripts."""
        return (
            "<html><head><meta http-equiv=Content-Type content='text/html; charset=utf-8'>"
            "<title>База</title><script>if (1 < 2) document.write('<p>нет</p>')</script>"
            "<style>p { margin: 0 }</style></head><body>\n<noscript>Включите скрипты</noscript>"
            "<table width=100%><tr><td colspan=2 id=header><b>Портал</b>\n<tr>"
            "<td class=menu><a href=/>Главная</a><br><a href=/2>Поиск</a>\n<td>\n"
            f"{body}\n<tr><td colspan=2 class=footer>&copy; Портал</table></body></html>"
        )

    def paragraph(self, text: str) -> str:
        """No end tag; a part is bold; what is said of spaces holds for no others."""
        first, space, rest = escape(text).partition(" ")
        return f"<p align=justify><b>{first}</b>{'&nbsp;' if space else ''}{rest}\n"

    def cell(self, content: str, columns: int, rows: int) -> str:
        """No end tag."""
        return super().cell(content, columns, rows).removesuffix("</td>")

    def table(self, rows: list[str]) -> str:
        """No end tags of rows."""
        return "<table border=1><tbody>" + "".join(f"<tr>{row}" for row in rows) + "</table>"


class LegalDatabase(Dialect):
    """An act in the legal database: every row a table, indents of spaces, remarks."""

    merges = False

    def page(self, body: str) -> str:
        """Header, path, the act, footer."""
        return f"""<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8" /><title>Акт</title></head><body>
<div id="header"><div class="container"><a href="/rus">Рус</a> <a href="/kaz">Қаз</a></div></div>
<div class="container_gamma breadcrumbs"><a href="/">Главная</a> / <span>Акт</span></div>
<div class="container_gamma text"><article>
<p><font color="#FF0000">&nbsp;&nbsp;&nbsp; Сноска. Стандарт в редакции приказа от 01.02.2025 № 1.
</font></p>
{body}</article></div>
<div id="footer"><p>© 2025. РГП на ПХВ «Институт»</p></div></body></html>"""

    def paragraph(self, text: str) -> str:
        """Anchors and fonts; five spaces in front."""
        return (
            '<p id="z1"><span style="color:#000"><font size="3">'
            f"&nbsp;&nbsp;&nbsp;&nbsp; {escape(text)}</font></span></p>\n"
        )

    def table(self, rows: list[str]) -> str:
        """A table a row, with an empty line between."""
        return "".join(
            f'<div class="tbl"><table border="1"><tbody><tr>{row}</tr></tbody></table></div>'
            for row in rows
        )


class Word(Dialect):
    """Word's "save as web page": numbers of lists are text, other alphabets are entities."""

    encoding = "windows-1251"

    def page(self, body: str) -> str:
        """Conditional comments around what only Word knows."""
        return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1251">
<meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {{mso-style-unhide:no; margin:0cm}} --></style>
<!--[if gte mso 10]><style> table.MsoNormalTable {{mso-style-name:x}} </style><![endif]-->
</head>
<body lang=RU style='tab-interval:35.4pt'>
<div class=WordSection1>
{body}</div>
</body></html>"""

    def paragraph(self, text: str) -> str:
        """A typed paragraph; Word breaks its lines."""
        return self._paragraph("MsoNormal", "", text)

    def _paragraph(self, kind: str, marker: str, text: str) -> str:
        wrapped = textwrap.fill(escape(text), 70, break_on_hyphens=False)
        return (
            f"<p class={kind} style='mso-pagination:none'>{marker}<span lang=RU\n"
            f"style='font-size:12.0pt'>{wrapped}<o:p></o:p></span></p>\n\n"
        )

    def paragraphs(self, text: str) -> Iterator[str]:
        """Items have their number in a span of its own."""
        if not text:
            yield "<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n"
        for item in self.items(text):
            match = _ITEM.match(item)
            if match is None:
                yield self.paragraph(item)
                continue
            marker = (
                "<![if !supportLists]><span style='mso-fareast-font-family:\"Times New Roman\"'>"
                f"<span style='mso-list:Ignore'>{match[1]}{match[2]}<span\n"
                "style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span>"
                "<![endif]>"
            )
            yield self._paragraph("MsoListParagraph", marker, item[match.end() :])

    def cell(self, content: str, columns: int, rows: int) -> str:
        """Widths and borders."""
        made = super().cell(content or "<p class=MsoNormal><o:p>&nbsp;</o:p></p>", columns, rows)
        return made.replace("<td", "<td width=200 valign=top style='border:solid 1.0pt'", 1)

    def table(self, rows: list[str]) -> str:
        """The last row, which nobody sees, holds the columns apart."""
        made = "".join(f" <tr style='mso-yfti-irow:1'>\n{row}\n </tr>\n" for row in rows)
        return (
            f"<table class=MsoTableGrid border=1>\n{made}"
            " <![if !supportMisalignedColumns]>\n <tr height=0>\n  <td width=200 "
            "style='border:none'></td>\n </tr>\n <![endif]>\n</table>\n\n"
        )


class Numbered(Dialect):
    """Lists whose numbers are not in the text; `open_list` and `item` are for dialects."""

    def paragraphs(self, text: str) -> Iterator[str]:
        """Items as lists of their own, each going on with the number it has."""
        if not text:
            yield self.paragraph("")
        for item in self.items(text):
            match = _ITEM.match(item)
            yield (
                self.numbered(int(match[1]), match[2], item[match.end() :])
                if match
                else self.paragraph(item)
            )

    def numbered(self, count: int, sign: str, text: str) -> str:
        """One item."""
        kind = "paren" if sign == ")" else "dot"
        return f'<ol class="{kind}"><li value="{count}">{escape(text)}</li></ol>\n'

    def page(self, body: str) -> str:
        """The sign after the number is the style's."""
        style = (
            "<style>ol.paren > li::marker { content: counter(list-item) ') ' }\n"
            "@media print { ol { color: #000 } }</style>"
        )
        return super().page(body).replace("</head>", f"{style}</head>")


class GoogleDocs(Numbered):
    """The export of Google Docs: lists of one item each, counters in the style sheet."""

    def page(self, body: str) -> str:
        """The style sheet, and all in one line."""
        style = "".join(
            f"ol.lst-kix_{name}-0{{list-style-type:none}}"
            f".lst-kix_{name}-0>li{{counter-increment:lst-ctn-kix_{name}-0}}"
            f'.lst-kix_{name}-0>li:before{{content:"" counter(lst-ctn-kix_{name}-0,decimal) '
            f'"{sign} "}}ol.lst-kix_{name}-0.start{{counter-reset:lst-ctn-kix_{name}-0 0}}'
            for name, sign in (("a1", ")"), ("b2", "."))
        )
        return (
            '<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type">'
            f'<style type="text/css">@import url(https://example.kz/css);{style}'
            '</style></head><body class="c5 doc-content">'
            + body.replace("\n", "")
            + "</body></html>"
        )

    def paragraph(self, text: str) -> str:
        """Spans with classes; empty lines are empty paragraphs."""
        return f'<p class="c1"><span class="c2">{escape(text)}</span></p>'

    def numbered(self, count: int, sign: str, text: str) -> str:
        """A list that begins with the item's number."""
        name, start = ("a1" if sign == ")" else "b2"), (" start" if count == 1 else "")
        return (
            f'<ol class="c3 lst-kix_{name}-0{start}" start="{count}"><li class="c1 li-bullet-0">'
            f'<span class="c2">{escape(text)}</span></li></ol>'
        )


class LibreOffice(Numbered):
    """LibreOffice's HTML: lines of forty characters, no end tags of items."""

    def page(self, body: str) -> str:
        """A running head and a foot."""
        return (
            '<!DOCTYPE html>\n<html>\n<head>\n\t<meta http-equiv="content-type" '
            'content="text/html; charset=utf-8"/>\n\t<title></title>\n</head>\n<body lang="ru-RU">'
            f'<div title="header"><p>Проект</p></div>\n{body}<div title="footer"><p>1</p></div>\n'
            "</body>\n</html>"
        )

    def paragraph(self, text: str) -> str:
        """Broken lines; soft hyphens where the program was told to hyphenate."""
        if not text:
            return '<p style="margin-bottom: 0in"><br/>\n\n</p>\n'
        wrapped = textwrap.fill(escape(text), 40, break_on_hyphens=False)
        return f'<p style="margin-bottom: 0in">{wrapped}</p>\n'

    def numbered(self, count: int, sign: str, text: str) -> str:
        """The program knows no bracket."""
        return f'<ol start="{count}">\n\t<li>{self.paragraph(text)}</ol>\n'

    def content(self, text: str) -> str:
        """Cells are indented."""
        return textwrap.indent(super().content(text), "\t\t\t")


class Text(Dialect):
    """A text file as a browser shows it and saves it."""

    def write(self, text: str) -> bytes:
        """The text as it is, tabs too."""
        return (
            '<html><head><meta name="color-scheme" content="light dark"></head><body>'
            '<pre style="word-wrap: break-word; white-space: pre-wrap;">'
            f"{escape(text, quote=False)}</pre></body></html>"
        ).encode("utf-16")


class Xhtml(Dialect):
    """XHTML, as XML: elements without content are closed at once."""

    def page(self, body: str) -> str:
        """With a declaration, and a document type that must not be looked for."""
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML '
            '1.1//EN" "http://example.kz/xhtml11.dtd" [<!ENTITY a "bbb">]>\n'
            '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x.js"/>'
            '<style type="text/css"><![CDATA[ p > b { margin: 0 } ]]></style></head><body>'
            f"{body}</body></html>"
        )

    def paragraph(self, text: str) -> str:
        """Anchors without content."""
        return f'<p class="P1"><a id="a"/>{escape(text)}</p>\n' if text else "<p/>\n"

    def cell(self, content: str, columns: int, rows: int) -> str:
        """An empty cell is closed at once."""
        made = super().cell(content, columns, rows)
        return made.replace("></td>", "/>") if not content else made


DIALECTS: dict[str, Callable[[], Dialect]] = {
    "plain": Dialect,
    "site": Site,
    "legal database": LegalDatabase,
    "word": Word,
    "numbered": Numbered,
    "google docs": GoogleDocs,
    "libreoffice": LibreOffice,
    "text": Text,
    "xhtml": Xhtml,
}
