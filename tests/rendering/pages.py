"""Page layouts: paper, margins, fonts, borders, running heads; their style sheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Borders = Literal["all", "double", "inner", "horizontal", "none"]


@dataclass(frozen=True)
class Page:
    """A page layout: millimetres for paper and margins (top, right, bottom, left), else points.

    `head` and `foot` are printed on every page, {page} and {pages} in them are numbers.
    `cut_rows` lets a page end cut a row; `zebra` shades every other row; `columns` is the
    number of columns of body text; `more` is added to the style sheet.
    """

    width: float = 210
    height: float = 297
    margins: tuple[float, float, float, float] = (20, 15, 20, 25)
    font: str = "Liberation Serif"
    size: float = 12
    borders: Borders = "all"
    head: str = ""
    foot: str = "{page}"
    justified: bool = False
    hyphens: bool = False
    spacing: float = 0
    cut_rows: bool = True
    zebra: bool = False
    columns: int = 1
    more: str = ""

    @property
    def turned(self) -> Page:
        """The page in landscape."""
        from dataclasses import replace

        return replace(self, width=self.height, height=self.width)

    def style(self) -> str:
        """The style sheet of the page."""
        top, right, bottom, left = self.margins
        return "\n".join(
            (
                f"@page {{ size: {self.width}mm {self.height}mm; "
                f"margin: {top}mm {right}mm {bottom}mm {left}mm; "
                f"{_margin_box('@top-center', self.head)}"
                f"{_margin_box('@bottom-center', self.foot)}}}",
                f"body {{ font: {self.size}pt '{self.font}'; margin: 0;"
                f" letter-spacing: {self.spacing}pt;"
                f" text-align: {'justify' if self.justified else 'left'};"
                f" hyphens: {'auto' if self.hyphens else 'manual'};"
                f" column-count: {self.columns if self.columns > 1 else 'auto'}; }}",
                "h1, h2, h3 { text-align: center; font-size: 1em; hyphens: manual; }",
                "p { margin: 0 0 .3em; } ol { margin: 0; padding-left: 2em; }",
                # The sign of the form, 1), in words that old programs know too.
                "ol.bracket { list-style: none; counter-reset: item; }"
                " ol.bracket > li { counter-increment: item; }"
                " ol.bracket > li::before { content: counter(item) ') '; margin-left: -2em;"
                " display: inline-block; width: 2em; }",
                f"table {{ border-collapse: {self._collapse}; width: 100%; table-layout: fixed;"
                " margin: .5em 0; }",
                "td { vertical-align: top; padding: 1mm 1.5mm; overflow-wrap: anywhere; }",
                self._rules(),
                "" if self.cut_rows else "tr { break-inside: avoid; }",
                "tbody tr:nth-child(even) td { background: #e8e8e8; }" if self.zebra else "",
                self.more,
            )
        )

    @property
    def _collapse(self) -> str:
        return "separate; border-spacing: 1.5pt" if self.borders == "double" else "collapse"

    def _rules(self) -> str:
        line = "1px solid #000"
        return {
            "all": f"td {{ border: {line}; }}",
            "double": f"table, td {{ border: {line}; }}",
            "inner": f"td {{ border: {line}; }} table {{ border-style: hidden; }}",
            "horizontal": f"td {{ border: {line}; border-left: none; border-right: none; }}",
            "none": "",
        }[self.borders]


def _margin_box(place: str, text: str) -> str:
    if not text:
        return ""
    content = text.replace("{page}", '" counter(page) "').replace("{pages}", '" counter(pages) "')
    return f'{place} {{ content: "{content}"; font-size: 9pt; }} '


A4 = Page()
A3 = Page(width=297, height=420)
A5 = Page(width=148, height=210, margins=(12, 10, 12, 12), size=9)
