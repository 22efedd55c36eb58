"""A page as a picture, with the cells that the reader sees on it."""

from __future__ import annotations

from contextlib import closing
from typing import Any, NamedTuple

from profstd.document import UnreadableError
from profstd.parse.readers._pdf.document import LOCK, opened
from profstd.parse.readers._pdf.page import Box
from profstd.parse.readers._pdf.sheet import take_apart
from profstd.parse.readers._pdf.units import find_units
from profstd.parse.settings import ReadSettings

_MOST_DOTS = 5_000  # of a side of the picture


class Picture(NamedTuple):
    """A page drawn: an image of Pillow, the boxes of its cells (points), the file's pages."""

    image: Any
    cells: list[Box]
    pages: int
    scale: float


def picture(data: bytes, file: str, number: int, settings: ReadSettings, scale: float) -> Picture:
    """The page `number` (from 1) of a PDF, `scale` dots a point, fewer for a huge page.

    Raises UnreadableError: no_page, and what opening the file raises.
    """
    import pypdfium2

    with opened(data, file, settings) as (engine, hints):
        count = engine.count
        page = next((page for page in engine.pages() if page and page.number == number), None)
        if page is None:
            raise UnreadableError(file, "no_page", page=number, pages=count)
        boxes = [cell.box for table in take_apart(page).tables for cell in table.cells]
        unit = find_units(data).get(number, 1.0) if hints.units else 1.0
        scale = min(scale, _MOST_DOTS / max(page.width * unit, page.height * unit, 1))
    with LOCK, closing(pypdfium2.PdfDocument(data)) as document:
        image = document[number - 1].render(scale=scale * unit).to_pil()
    cells = [(x0 * unit, y0 * unit, x1 * unit, y1 * unit) for x0, y0, x1, y1 in boxes]
    return Picture(image, cells, count, scale)
