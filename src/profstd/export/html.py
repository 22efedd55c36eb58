"""HTML: the official form as one file to read on a screen or to print, a file a document.

HTML5 with its style in the file: no scripts, nothing from the network. Numbers are typed,
tables are those of the form, with the labels as their heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from profstd.document import Document
from profstd.export._files import Rendered, named
from profstd.export._form import (
    COLUMNS,
    Cell,
    Form,
    Heading,
    Line,
    Paragraph,
    Part,
    Table,
    compose,
)

PER_DOCUMENT = True

_STYLE = """
@page { size: A4; margin: 20mm 10mm 20mm 30mm }
:root { color-scheme: light dark }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem;
  font: 1.125rem/1.45 "Times New Roman", "Liberation Serif", Tinos, serif;
  color: #1a1a1a; background: #fff; overflow-wrap: break-word }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; break-after: avoid }
h1 { font-size: 1.6rem; text-align: center }
h2 { font-size: 1.35rem; text-align: center; margin-top: 2.5rem }
h3 { font-size: 1.15rem; margin-top: 2rem }
p { margin: .4rem 0 }
.aside { margin-left: 50%; text-align: center }
.scroll { overflow-x: auto }
table { width: 100%; min-width: 46rem; border-collapse: collapse; table-layout: fixed;
  font-size: 1rem; line-height: 1.35 }
th, td { border: 1px solid #767676; padding: .3rem .4rem; text-align: left;
  vertical-align: top; font-weight: normal }
td p, th p { margin: 0 0 .15rem }
@media (prefers-color-scheme: dark) {
  body { color: #e6e6e6; background: #16181b }
  th, td { border-color: #8a8f96 }
}
@media print {
  body { max-width: none; padding: 0; font-size: 14pt; line-height: 1.2;
    color: #000; background: #fff }
  h1, h2, h3 { margin: 12pt 0 6pt }
  p { margin: 0 }
  .scroll { overflow: visible; padding: 1px }
  table { min-width: 0; font-size: 12pt; line-height: 1.2 }
  th, td { border-color: #000; padding: .5mm 1.5mm }
}
"""


def render(documents: Iterable[Document]) -> Iterator[Rendered]:
    """A file a document: UTF-8, LF."""
    for name, document in named(documents):
        yield Rendered(f"{name}.html", page(compose(document.model)).encode())


def page(form: Form) -> str:
    """The whole file."""
    head = (
        "<!DOCTYPE html>",
        f'<html lang="{form.language}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(form.title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
    )
    parts = map(_part, form.parts)
    return "\n".join([*head, *parts, "</main>", "</body>", "</html>", ""])


def _part(part: Part) -> str:
    match part:
        case Heading():
            return f"<h{part.level}>{_text(part.text)}</h{part.level}>"
        case Paragraph():
            kind = ' class="aside"' if part.aside else ""
            return f"<p{kind}>{_line(part.line)}</p>"
        case Table():
            return _table(part)


def _table(table: Table) -> str:
    columns = "".join(f'<col style="width:{width}%">' for width in COLUMNS)
    rows = (f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    lines = ("<table>", f"<colgroup>{columns}</colgroup>", "<tbody>", *rows, "</tbody>", "</table>")
    # A focus, so that a narrow table can be moved with the keys.
    return "\n".join(('<div class="scroll" tabindex="0">', *lines, "</div>"))


def _cell(cell: Cell) -> str:
    name = "th" if cell.heads else "td"
    facts = {"colspan": cell.columns, "rowspan": cell.rows}
    given = [f' {key}="{count}"' for key, count in facts.items() if count > 1]
    if cell.heads:
        given.insert(0, f' scope="{"row" if cell.heads == "row" else "col"}"')
    lines = [_line(line) for line in cell.lines]
    content = lines[0] if len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines)
    return f"<{name}{''.join(given)}>{content}</{name}>"


def _line(line: Line) -> str:
    label = f"<b>{_text(line.label)}</b>" if line.label else ""
    return " ".join(filter(None, (label, _text(line.text))))


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")
