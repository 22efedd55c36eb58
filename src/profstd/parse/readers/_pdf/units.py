"""Pages whose unit is not a point (ISO 32000-1, table 30, UserUnit)."""

from __future__ import annotations

import io
import math

from msgspec.structs import replace

from profstd.document import Block, NotAssessed, Observation, Piece, Reading, Span

_LARGEST = 100_000.0  # points: a unit that no page is drawn in


def find_units(data: bytes) -> dict[int, float]:
    """The units of the pages that are not drawn in points, in points."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import resolve1

    units: dict[int, float] = {}
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        for number, page in enumerate(PDFPage.create_pages(document), start=1):
            unit = float(resolve1(page.attrs.get("UserUnit", 1)))
            if unit != 1 and math.isfinite(unit) and 0 < unit < _LARGEST:
                units[number] = unit
    except Exception:  # pdfminer fails in many ways over a damaged file
        return units
    return units


def in_points(reading: Reading, units: dict[int, float]) -> Reading:
    """A reading with its places in points."""
    if not units:
        return reading

    def place(span: Span) -> Span:
        unit = units.get(span.page or 0, 1.0)
        if span.box is None or unit == 1:
            return span
        left, top, right, bottom = (round(value * unit, 2) for value in span.box)
        return replace(span, box=(left, top, right, bottom))

    def piece(item: Piece) -> Piece:
        return replace(item, span=place(item.span))

    def block(item: Block) -> Block:
        return replace(item, cells=tuple(tuple(map(piece, cell)) for cell in item.cells))

    def part(item: NotAssessed) -> NotAssessed:
        return replace(item, span=place(item.span))

    def observation(item: Observation) -> Observation:
        return replace(item, span=place(item.span)) if item.span else item

    return replace(
        reading,
        blocks=tuple(map(block, reading.blocks)),
        observations=tuple(map(observation, reading.observations)),
        not_assessed=tuple(map(part, reading.not_assessed)),
    )
