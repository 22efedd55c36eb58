"""The engine on PDFium, called through its C interface: nothing is asked for twice.

Every handle is kept as long as what was made of it, and given back in the opposite
order; PDFium's own objects never outlive a page. Names of the functions and what they
return: the headers ``fpdfview.h``, ``fpdf_text.h`` and ``fpdf_edit.h`` of PDFium.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Generator, Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as c

from profstd.document import UnreadableError
from profstd.parse.readers._pdf.calls import (
    handle,
    loose_box,
    matrix_at,
    object_at,
    size_at,
)
from profstd.parse.readers._pdf.drawing import Pen
from profstd.parse.readers._pdf.page import ASCENT, DESCENT, Blank, Box, Drawing, Line
from profstd.parse.readers._pdf.sketch import MOST_TEXTS, Point, Sketch, has_too_many_texts

_LINE = re.compile("[^\r\n\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_SPACE = re.compile(r"\s+")
_HYPHENS = "\x02\ufffe"
_FARTHEST = 1e7  # points
_MOST_CHARACTERS = 1_000_000  # of a page that is read
_MOST_LINES, _MOST_TURNED = 20_000, 60_000
_MOST_FILES = 1_000
_MOST_NOTES = 10_000
_BLANK, _FAR = 0.12, 0.9  # of a font's size: a blank between words, between lines
_TURN = math.tau / 4


class _Glyph(NamedTuple):
    """A character with its place: along its line, to where, across it; and its font's size."""

    at: int
    sign: str
    angle: int
    along: float
    end: float
    across: float
    size: float
    box: Box


class File:
    """A PDF opened by PDFium; `close` it."""

    def __init__(self, data: bytes, file: str) -> None:
        """Raises UnreadableError: encrypted, damaged."""
        self._file = file
        self._data = data  # PDFium reads from it as long as the document is open
        self._document = c.FPDF_LoadMemDocument64(data, len(data), None)
        if not self._document:
            code = c.FPDF_GetLastError()
            locked = code in (c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY)
            raise UnreadableError(file, "encrypted" if locked else "damaged")
        self.count: int = c.FPDF_GetPageCount(self._document)
        self._open: list[tuple[Any, Any]] = []  # a function and what it gives back

    def pages(self) -> Generator[PdfiumPage | None, None, None]:
        """The pages, one open at a time."""
        for index in range(self.count):
            page = self._load(index)
            noted = page and _has_notes(page)
            if noted and c.FPDFPage_Flatten(page, c.FLAT_NORMALDISPLAY) == 1:
                # What is filled in is now a part of the page, once it is opened again.
                self._give_back()
                page = self._load(index)
            yield self._opened(page, index + 1) if page else None
            self._give_back()

    def _load(self, index: int) -> Any:
        page = c.FPDF_LoadPage(self._document, index)
        if page:
            self._open.append((c.FPDF_ClosePage, page))
        return page

    def _opened(self, page: Any, number: int) -> PdfiumPage | None:
        opened = PdfiumPage(page, number)
        if opened.is_crowded:
            return opened
        text = c.FPDFText_LoadPage(page)
        if not text:
            return None
        self._open.append((c.FPDFText_ClosePage, text))
        opened.use(text)
        return opened

    def remarks(self) -> list[str]:
        """What the file has beside pages."""
        xfa = c.FPDF_GetFormType(self._document) in (c.FORMTYPE_XFA_FULL, c.FORMTYPE_XFA_FOREGROUND)
        files = max(c.FPDFDoc_GetAttachmentCount(self._document), 0)
        return ["xfa"] * xfa + ["embedded_file"] * min(files, _MOST_FILES)

    def _give_back(self) -> None:
        while self._open:
            close, opened = self._open.pop()
            close(opened)

    def close(self) -> None:
        """Give the page that is open and the document back; a second time does nothing."""
        self._give_back()
        if self._document:
            c.FPDF_CloseDocument(self._document)
            self._document = None


class PdfiumPage:
    """An open page; it has no text before `use`."""

    def __init__(self, page: Any, number: int) -> None:
        self._page = page
        self.handles: tuple[Any, Any] | None = None
        self.number = number
        self.characters = self.spaces = 0
        self.skipped = 0
        self.complete = False
        self._rect = c.FS_RECTF()
        self._rect_at = ctypes.byref(self._rect)
        self._matrix = c.FS_MATRIX()
        self._matrix_at = ctypes.byref(self._matrix)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._origin = ctypes.byref(self._x), ctypes.byref(self._y)
        c.FPDF_GetPageBoundingBox(page, self._rect_at)
        box = self._rect
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        self.width, self.height = abs(right - left), abs(top - bottom)
        self._turns: int = c.FPDFPage_GetRotation(page) % 4
        if self._turns % 2:
            self.width, self.height = self.height, self.width
        self._left, self._top = left, top
        self._place: Point = (
            lambda x, y: (x - left, top - y),
            lambda x, y: (y - bottom, x - left),
            lambda x, y: (right - x, y - bottom),
            lambda x, y: (top - y, right - x),
        )[self._turns]
        self._sketch = Sketch(self._place, Pen(self.width, self.height))
        count = c.FPDFPage_CountObjects(page)
        self._sketch.add(handle(page), max(count, 0), object_at, None, 0)

    @property
    def is_crowded(self) -> bool:
        """Whether there are so many texts that to put them in order takes minutes."""
        if self._sketch.pen.drawing.complete:
            return self._sketch.texts > MOST_TEXTS
        return has_too_many_texts(self._page)

    def use(self, text: Any) -> None:
        """Take the text of the page, opened by PDFium."""
        self._text = text
        self.handles = self._page, text
        self._text_at = handle(text)
        self.complete = True

    def lines(self) -> list[Line]:
        """The text in the order in which it is drawn."""
        text = self._read() if self.complete else ""
        if "\t" in text:
            text = text.replace("\t", " ")
        self.spaces = text.count(" ")
        found: list[Line] = []
        turned: list[_Glyph] = []
        characters = 0
        for match in _LINE.finditer(text):
            printed = match[0]
            characters += len(printed)
            stripped = printed.strip()
            if not stripped:
                continue
            start = match.start()
            if len(stripped) < len(printed):
                start += len(printed) - len(printed.lstrip())
            if printed[-1] in _HYPHENS:
                stripped = f"{stripped[:-1]}-"
            if not self._turns and (line := self._level(stripped, start)):
                found.append(line)
            else:
                found += self._pieces(stripped, start, turned)
            if len(found) > _MOST_LINES or len(turned) > _MOST_TURNED:
                self.complete = False
                return []
        self.characters = characters
        return [*found, *self._upended(turned)] if turned else found

    def _level(self, text: str, start: int) -> Line | None:
        """The line of a text that goes straight from left to right; None if it does not."""
        handle, rect, matrix = self._text_at, self._rect, self._matrix
        matrix_at(handle, start, self._matrix_at)
        if matrix.b or matrix.c or matrix.a <= 0 or matrix.d <= 0:
            return None
        size = size_at(handle, start) * matrix.d
        loose_box(handle, start, self._rect_at)
        x0 = rect.left
        loose_box(handle, start + len(text) - 1, self._rect_at)
        x1, base = rect.right, matrix.f
        middle = (rect.top + rect.bottom) / 2 - base
        if not -size / 2 < middle < size or not x0 < x1 < x0 + 2 * size * len(text):
            return None
        x0, x1, base = x0 - self._left, x1 - self._left, self._top - base
        top, bottom = base - ASCENT * size, base + DESCENT * size
        return Line(text, x0, top, x1, bottom, base, 0, start, self.number)

    def _read(self) -> str:
        """The text, one character for each that PDFium counts."""
        count = c.FPDFText_CountChars(self._text)
        if count > _MOST_CHARACTERS:
            self.complete = False
        if count <= 0 or not self.complete:
            return ""
        buffer = ctypes.create_string_buffer(2 * count + 2)
        short = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        written = c.FPDFText_GetText(self._text, 0, count, short)
        text = buffer.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
        if len(text) != count:
            # Some have no place in the text, or two: each one for itself.
            unicode = c.FPDFText_GetUnicode
            text = "".join(_character(unicode(self._text, at)) for at in range(count))
        return text

    def _pieces(self, text: str, start: int, turned: list[_Glyph]) -> Iterator[Line]:
        """The level parts of what PDFium takes for one line; turned letters go to `turned`."""
        run: list[int] = []
        last: _Glyph | None = None
        for at in range(start, start + len(text)):
            if text[at - start].isspace():
                continue
            now = self._glyph(at, text[at - start])
            if now.angle:
                turned.append(now)
                continue
            if last and not _goes_on(last, now):
                yield self._straight(text, start, run)
                run = []
            run.append(at)
            last = now
        if run:
            yield self._straight(text, start, run)

    def _upended(self, glyphs: list[_Glyph]) -> Iterator[Line]:
        """Turned letters as lines: PDFium parts and orders those as if they were level."""
        glyphs.sort(key=lambda glyph: (glyph.angle, glyph.across))
        begin = 0
        for at, glyph in enumerate(glyphs):
            first = glyphs[begin]
            if glyph.angle != first.angle or abs(glyph.across - first.across) > first.size / 2:
                yield from self._row(glyphs[begin:at])
                begin = at
        yield from self._row(glyphs[begin:])

    def _row(self, glyphs: list[_Glyph]) -> Iterator[Line]:
        """The lines of turned letters that stand at one place across."""
        glyphs.sort(key=lambda glyph: glyph.along)
        words: list[list[_Glyph]] = []
        for at, glyph in enumerate(glyphs):
            blank = glyph.along - glyphs[at - 1].end if at else 0.0
            if blank > _FAR * glyph.size:
                yield self._upended_line(words)
                words = []
            if not words or blank > _BLANK * glyph.size:
                words.append([])
            words[-1].append(glyph)
        if words:
            yield self._upended_line(words)

    def _upended_line(self, words: list[list[_Glyph]]) -> Line:
        first = words[0][0]
        base = -first.across if first.angle in (180, 270) else first.across
        boxes = [_around([glyph.box for glyph in word]) for word in words]
        texts = ["".join(glyph.sign for glyph in word) for word in words]
        parts = tuple((text, box[1], box[3]) for text, box in zip(texts, boxes, strict=True))
        return Line(
            " ".join(texts), *_around(boxes), base, first.angle, first.at, self.number, parts=parts
        )

    def _glyph(self, at: int, sign: str) -> _Glyph:
        angle = self._angle(at)
        c.FPDFText_GetCharOrigin(self._text, at, *self._origin)
        x, y = self._place(_finite(self._x.value), _finite(self._y.value))
        matrix_at(self._text_at, at, self._matrix_at)
        size = _finite(size_at(self._text_at, at) * math.hypot(self._matrix.c, self._matrix.d))
        box = self._box(at)
        # Where it stands in its line, where it ends there, and where the line stands.
        along, end, across = {
            90: (-y, -box[1], x),
            180: (-x, -box[0], -y),
            270: (y, box[3], -x),
        }.get(angle, (x, box[2], y))
        return _Glyph(at, sign, angle, along, end, across, size, box)

    def _angle(self, at: int) -> int:
        # PDFium counts clockwise; a page that is turned clockwise turns its text along.
        turns = -c.FPDFText_GetCharAngle(self._text, at) / _TURN - self._turns
        if not math.isfinite(turns):
            return -1
        return round(turns) % 4 * 90 if abs(turns - round(turns)) < 0.05 else -1

    def _box(self, at: int) -> tuple[float, float, float, float]:
        loose_box(self._text_at, at, self._rect_at)
        rect = self._rect
        x0, y0 = self._place(_finite(rect.left), _finite(rect.top))
        x1, y1 = self._place(_finite(rect.right), _finite(rect.bottom))
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _ends(self, at: int) -> tuple[float, float]:
        """The left and the right end of a character."""
        if self._turns:
            box = self._box(at)
            return box[0], box[2]
        rect = self._rect
        loose_box(self._text_at, at, self._rect_at)
        x0, x1 = _finite(rect.left) - self._left, _finite(rect.right) - self._left
        return (x0, x1) if x0 <= x1 else (x1, x0)

    def _straight(self, text: str, start: int, run: list[int]) -> Line:
        printed = text[run[0] - start : run[-1] - start + 1]
        glyph = self._glyph(run[0], printed[0])
        x1 = self._box(run[-1])[2]
        top, bottom = glyph.across - ASCENT * glyph.size, glyph.across + DESCENT * glyph.size
        return Line(
            printed, glyph.box[0], top, x1, bottom, glyph.across, 0, run[0], self.number
        )  # fmt: skip

    def extents(self, line: Line) -> list[tuple[float, float]]:
        """The left and the right end of every character of a line."""
        return [self._ends(at) for at in range(line.first, line.first + len(line.text))]

    def blanks(self, line: Line) -> list[Blank]:
        """The blanks in a line, from left to right."""
        first = line.first
        places = [match.span() for match in _SPACE.finditer(line.text)]
        return [
            (end, self._ends(first + start - 1)[1], self._ends(first + end)[0])
            for start, end in places
        ]

    def drawing(self) -> Drawing:
        """The lines, areas and pictures."""
        return self._sketch.pen.drawing


def _finite(value: float) -> float:
    """A length as it is, unless a damaged file makes it none: 0."""
    return value if -_FARTHEST < value < _FARTHEST else 0.0


def _has_notes(page: Any) -> bool:
    """Whether there are filled in fields or notes with text on a page."""
    for index in range(min(c.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = c.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        kind = c.FPDFAnnot_GetSubtype(note)
        c.FPDFPage_CloseAnnot(note)
        if kind in (c.FPDF_ANNOT_FREETEXT, c.FPDF_ANNOT_WIDGET, c.FPDF_ANNOT_STAMP):
            return True
    return False


def _goes_on(last: _Glyph, now: _Glyph) -> bool:
    """Whether a level character stands in the line of the one before it."""
    return abs(last.across - now.across) < last.size / 2 and now.along > last.along - last.size / 2


def _around(boxes: list[Box]) -> Box:
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
