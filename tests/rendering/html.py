"""Standards as HTML pages, with the style sheet of a page layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from rendering.sheet import Cell, Paragraph, Part, Table

_TAGS = {"title": "h1", "chapter": "h2", "card": "h3", "label": "p", "plain": "p"}


def page(
    parts: Iterable[Part], style: str, *, language: str = "ru", automatic: bool = False
) -> str:
    """The HTML of `parts`; `automatic` makes list numbers those of ``<ol>``."""
    parts = list(parts)
    body = "\n".join(_Writer(automatic).parts(parts))
    title = next(
        part.text for part in parts if isinstance(part, Paragraph) and part.kind == "title"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>\n<style>\n{style}\n</style></head>\n<body>\n{body}\n</body></html>\n"
    )


class _Writer:
    def __init__(self, automatic: bool) -> None:
        self._automatic = automatic

    def parts(self, parts: list[Part]) -> Iterator[str]:
        """Every part as an element."""
        for paragraphs, group in groupby(parts, key=lambda part: isinstance(part, Paragraph)):
            if paragraphs:
                yield self._flow([part for part in group if isinstance(part, Paragraph)])
            else:
                yield from (self._table(part) for part in group if isinstance(part, Table))

    def _flow(self, paragraphs: Iterable[Paragraph]) -> str:
        """Paragraphs, those with automatic numbers in lists."""
        found: list[str] = []
        last: Paragraph | None = None  # the list item just written
        for item in paragraphs:
            if not self._automatic or item.number is None:
                found += ["</ol>" * bool(last), self._paragraph(item)]
                last = None
                continue
            if last is None or (last.sign, last.number) != (item.sign, item.number - 1):
                # A number out of order begins a list of its own.
                kind = "dot" if item.sign == "." else "bracket"
                start = ""
                if item.number != 1:
                    start = f' start="{item.number}" style="counter-reset: item {item.number - 1}"'
                found.append("</ol>" * bool(last) + f'<ol class="{kind}"{start}>')
            found.append(f"<li>{escape(item.text)}</li>")
            last = item
        return "".join(found) + "</ol>" * bool(last)

    def _paragraph(self, item: Paragraph) -> str:
        tag = _TAGS[item.kind]
        mark = ' class="label"' if item.kind == "label" else ""
        return f"<{tag}{mark}>{escape(item.typed)}</{tag}>"

    def _table(self, table: Table) -> str:
        columns = "".join(f'<col style="width:{width}%">' for width in table.widths)
        rows = ["<tr>" + "".join(map(self._cell, row)) + "</tr>" for row in table.rows]
        head = f"<thead>{''.join(rows[: table.head])}</thead>" if table.head else ""
        body = "\n".join(rows[table.head :])
        return f"<table><colgroup>{columns}</colgroup>{head}\n<tbody>\n{body}\n</tbody></table>"

    def _cell(self, cell: Cell) -> str:
        spans = f' colspan="{cell.across}"' if cell.across > 1 else ""
        spans += f' rowspan="{cell.down}"' if cell.down > 1 else ""
        return f"<td{spans}>{self._flow(cell.paragraphs)}</td>"
