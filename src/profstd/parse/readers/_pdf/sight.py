"""Text that cannot be seen: a page with signs of it is drawn, and looked at.

White text, text without ink, text of a layer that is off, text behind its clip: whatever the
reason, where nothing is to be seen in the place of a word, that word is hidden.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as c
from msgspec.structs import replace

from profstd.parse.readers._pdf.calls import (
    handle,
    object_at,
    object_within,
    page_object,
    type_of,
)
from profstd.parse.readers._pdf.guard import Hints
from profstd.parse.readers._pdf.page import Box, Line, Page
from profstd.parse.readers._pdf.sheet import Sheet
from profstd.parse.readers._pdf.unread import SCANNED, Sight, covered, lines_of

_PALE = 240  # of 255: lighter ink may be white on white
_FAINT = 16  # of 255: ink that lets so much through leaves no trace
_TRACE = 6  # of 255: a difference of grey that an eye may see, at the very least
_INKLESS = (c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP)
_MOST_DOTS = 3_000  # of a side of the drawn page
_EDGE = 0.15  # of a word's height: so much at its borders may be a table's line
_MOST_OBJECTS = 100_000
# PDFium drops what is longer of a string, in bytes; letters take one or two. A line that
# fits a page has not a tenth of that.
_LONGEST = 4_000
_SMALLEST = 0.01  # points: PDFium gives no letters of smaller text
_WORD = re.compile(r"\S+")


def look(sheet: Sheet, page: Page, hints: Hints) -> Sight:
    """Look at an open page of PDFium; what is hidden on it is put aside on its sheet."""
    held, text = page.handles or (None, None)
    sight = Sight()
    if sheet.characters > _LONGEST:
        sight.cut = any(len(line.text) > _LONGEST for line in lines_of(sheet))
    if hints.sizeless:
        sight.sizeless = sum(map(_is_sizeless, _texts(held)))
    if not (hints.shy and text):
        return sight
    words = {id(line): _shy_words(line, text, hints) for line in lines_of(sheet)}
    inkless = sum(word.inkless for found in words.values() for word in found)
    if inkless and covered(sheet) > SCANNED:
        sight.recognised = True
    elif any(words.values()) and not hints.giants:
        _hide(sheet, _Drawn(sheet, held), words, page)
    return sight


class _Word(NamedTuple):
    """A word that may be unseen: from where to where in its line, whether it has no ink."""

    begin: int
    end: int
    inkless: bool


def _shy_words(line: Line, text: Any, hints: Hints) -> list[_Word]:
    numbers = [ctypes.c_uint() for _ in range(4)]
    red, green, blue, ink = numbers
    found = []
    for match in _WORD.finditer(line.text):
        at = line.first + match.start()
        mode = c.FPDFTextObj_GetTextRenderMode(c.FPDFText_GetTextObject(text, at))
        c.FPDFText_GetFillColor(text, at, *map(ctypes.byref, numbers))
        pale = min(red.value, green.value, blue.value) >= _PALE or ink.value < _FAINT
        if pale or hints.layers or mode in _INKLESS:
            found.append(_Word(match.start(), match.end(), mode in _INKLESS))
    return found


class _Drawn:
    """A page drawn in shades of grey, a dot a point."""

    def __init__(self, sheet: Sheet, page: Any) -> None:
        self._scale = min(1.0, _MOST_DOTS / max(sheet.width, sheet.height, 1.0))
        self._width = max(1, math.ceil(sheet.width * self._scale))
        self._height = max(1, math.ceil(sheet.height * self._scale))
        bitmap = c.FPDFBitmap_CreateEx(self._width, self._height, c.FPDFBitmap_Gray, None, 0)
        try:
            c.FPDFBitmap_FillRect(bitmap, 0, 0, self._width, self._height, 0xFFFFFFFF)
            c.FPDF_RenderPageBitmap(
                bitmap, page, 0, 0, self._width, self._height, 0, c.FPDF_GRAYSCALE
            )
            self._stride = c.FPDFBitmap_GetStride(bitmap)
            dots = c.FPDFBitmap_GetBuffer(bitmap)
            self._dots = ctypes.string_at(dots, self._stride * self._height)
        finally:
            c.FPDFBitmap_Destroy(bitmap)

    def is_seen(self, box: Box) -> bool:
        """Whether there is anything to be seen in a box."""
        x0, top, x1, bottom = (value * self._scale for value in box)
        edge = _EDGE * (bottom - top)
        left, right = max(0, math.floor(x0)), min(self._width, math.ceil(x1))
        first, last = max(0, math.floor(top + edge)), min(self._height, math.ceil(bottom - edge))
        rows = [
            self._dots[row * self._stride + left : row * self._stride + right]
            for row in range(first, last)
        ]
        dots = b"".join(rows)
        return bool(dots) and max(dots) - min(dots) >= _TRACE


def _hide(sheet: Sheet, drawn: _Drawn, words: dict[int, list[_Word]], page: Page) -> None:
    """Put the words that cannot be seen aside."""
    cells = [cell for table in sheet.tables for cell in table.cells]
    for lines in (sheet.loose, sheet.large, *(cell.lines for cell in cells)):
        for line in list(lines):
            shy = words.get(id(line))
            if not shy:
                continue
            extents = page.extents(line)
            unseen = [word for word in shy if not drawn.is_seen(_place(line, extents, word))]
            if not unseen:
                continue
            hidden = " ".join(line.text[word.begin : word.end] for word in unseen)
            sheet.hidden.append(replace(line, text=hidden, parts=()))
            kept = line.text
            for word in reversed(unseen):
                kept = kept[: word.begin] + kept[word.end :]
            if kept.strip():
                line.text, line.parts = " ".join(kept.split()), ()
            else:
                lines.remove(line)


def _place(line: Line, extents: list[tuple[float, float]], word: _Word) -> Box:
    if line.angle:
        return line.box
    return extents[word.begin][0], line.top, extents[word.end - 1][1], line.bottom


def _texts(page: Any) -> Iterator[Any]:
    """The texts of a page and of its forms."""
    waiting = [(handle(page), c.FPDFPage_CountObjects(page), object_at)]
    left = _MOST_OBJECTS
    while waiting:
        holder, count, get = waiting.pop()
        for index in range(min(count, left)):
            item = get(holder, index)
            which = type_of(item)
            left -= 1
            if which == c.FPDF_PAGEOBJ_TEXT:
                yield page_object(item)
            elif which == c.FPDF_PAGEOBJ_FORM:
                inner = c.FPDFFormObj_CountObjects(page_object(item))
                waiting.append((item, max(inner, 0), object_within))


def _is_sizeless(item: Any) -> bool:
    size, matrix = ctypes.c_float(), c.FS_MATRIX()
    c.FPDFTextObj_GetFontSize(item, ctypes.byref(size))
    c.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    scale = min(math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d))
    return abs(size.value) * scale < _SMALLEST
