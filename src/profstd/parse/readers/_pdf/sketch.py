"""The drawing of a page as PDFium has it: paths, pictures, and the forms that hold them."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any, TypeAlias

import pypdfium2.raw as c

from profstd.parse.readers._pdf.calls import (
    Handle,
    bounds_of,
    handle,
    object_at,
    object_within,
    page_object,
    type_of,
)
from profstd.parse.readers._pdf.drawing import Pen
from profstd.parse.readers._pdf.page import Box

_MOST_OBJECTS = 60_000  # of a page that are looked at
MOST_TEXTS = 60_000  # to put more in order takes minutes
_DEEPEST = 12  # forms within forms
_FEW_CORNERS = 8
_EDGE = 0.06  # of the page's height
_TEXT, _PATH = c.FPDF_PAGEOBJ_TEXT, c.FPDF_PAGEOBJ_PATH

Point: TypeAlias = Callable[[float, float], tuple[float, float]]
Matrix: TypeAlias = tuple[float, float, float, float, float, float]


class Sketch:
    """The drawing of a page in the making; `texts` counts the texts met on the way."""

    def __init__(self, place: Point, pen: Pen) -> None:
        self.pen = pen
        self.texts = 0
        self._place = place
        self._left_to_do = _MOST_OBJECTS
        self._numbers = (ctypes.c_float * 4)()
        size = ctypes.sizeof(ctypes.c_float)
        places = [ctypes.c_float.from_buffer(self._numbers, size * index) for index in range(4)]
        self._at = [ctypes.byref(place) for place in places]
        self._mode = ctypes.c_int(), ctypes.c_int()
        # What reaches out of here may be clipped: what goes on on another page.
        right, bottom = pen.clip[2:]
        self._inside = 0.0, _EDGE * bottom, right, bottom - _EDGE * bottom

    def add(self, holder: Any, count: int, get: Any, matrix: Matrix | None, depth: int) -> None:
        """Take the objects of a page or a form; `matrix` leads from it to the page."""
        if count > self._left_to_do:
            self.pen.drawing.complete = False
            count = self._left_to_do
        self._left_to_do -= count
        others = 0
        for item in map(get, repeat(holder), range(count)):
            which = type_of(item)
            if which != _TEXT:
                others += 1
                self._take(item, which, matrix, depth)
        self.texts += count - others

    def _take(self, item: Handle, which: int, matrix: Matrix | None, depth: int) -> None:
        if which == c.FPDF_PAGEOBJ_FORM:
            self._form(item, matrix, depth)
            return
        box = self._box(item, matrix)
        if which == c.FPDF_PAGEOBJ_IMAGE:
            self.pen.picture(box)
        elif which == _PATH:
            left, top, right, bottom = self._inside
            if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
                clip = c.FPDFPageObj_GetClipPath(page_object(item))
                if c.FPDFClipPath_CountPaths(clip) == 1:
                    box = self._clipped(box, clip)
            if not self.pen.bar(*box):
                self._path(page_object(item), matrix)

    def _box(self, item: Handle, matrix: Matrix | None) -> Box:
        bounds_of(item, *self._at)
        left, bottom, right, top = self._numbers[:]
        if matrix is not None:
            corners = [_moved(matrix, x, y) for x in (left, right) for y in (bottom, top)]
            left, right = min(x for x, _ in corners), max(x for x, _ in corners)
            bottom, top = min(y for _, y in corners), max(y for _, y in corners)
        x0, y0 = self._place(left, top)
        x1, y1 = self._place(right, bottom)
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        return x0, y0, x1, y1

    def _clipped(self, box: Box, clip: Any) -> Box:
        """What is seen of a box through a clip of a few corners."""
        count = c.FPDFClipPath_CountPathSegments(clip, 0)
        if not 0 < count < _FEW_CORNERS:
            return box
        points = []
        for index in range(count):
            c.FPDFPathSegment_GetPoint(c.FPDFClipPath_GetPathSegment(clip, 0, index), *self._at[:2])
            points.append(self._place(*self._numbers[:2]))
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, y0, x1, y1 = box
        return max(x0, min(xs)), max(y0, min(ys)), min(x1, max(xs)), min(y1, max(ys))

    def _form(self, item: Handle, matrix: Matrix | None, depth: int) -> None:
        if depth >= _DEEPEST:
            self.pen.drawing.complete = False
            return
        form = page_object(item)
        inner = _matrix(form)
        whole = inner if matrix is None else _product(inner, matrix)
        count = c.FPDFFormObj_CountObjects(form)
        self.add(item, max(count, 0), object_within, whole, depth + 1)

    def _path(self, item: Any, matrix: Matrix | None) -> None:
        """Take a path that is no line by its box: its parts may be lines."""
        c.FPDFPath_GetDrawMode(item, *map(ctypes.byref, self._mode))
        filled, stroked = self._mode[0].value, self._mode[1].value
        own = _matrix(item)
        whole = own if matrix is None else _product(own, matrix)
        count = c.FPDFPath_CountSegments(item)
        if count > self._left_to_do:
            self.pen.drawing.complete = False
            return
        self._left_to_do -= count
        areas = []
        for points, straight in self._subpaths(item, count, whole):
            if not straight:
                self.pen.drawing.curves += 1
            elif stroked:
                self.pen.stroke(points)
            if straight and filled and len(points) > 2:
                areas.append(points)
        self.pen.fill(areas)

    def _subpaths(
        self, item: Any, count: int, matrix: Matrix
    ) -> Iterator[tuple[list[tuple[float, float]], bool]]:
        """The points of each part of a path, and whether it has no curve."""
        points: list[tuple[float, float]] = []
        straight = True
        for index in range(count):
            segment = c.FPDFPath_GetPathSegment(item, index)
            kind = c.FPDFPathSegment_GetType(segment)
            if kind == c.FPDF_SEGMENT_MOVETO and points:
                yield points, straight
                points, straight = [], True
            straight = straight and kind != c.FPDF_SEGMENT_BEZIERTO
            c.FPDFPathSegment_GetPoint(segment, *self._at[:2])
            points.append(self._place(*_moved(matrix, *self._numbers[:2])))
            if c.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points:
            yield points, straight


def has_too_many_texts(page: Any) -> bool:
    """Whether a page that is too much to draw has too many texts, however deep they are."""
    left = MOST_TEXTS
    waiting = [(handle(page), c.FPDFPage_CountObjects(page), object_at)]
    while waiting and left >= 0:
        holder, count, get = waiting.pop()
        for index in range(count):
            item = get(holder, index)
            which = type_of(item)
            left -= which == _TEXT
            if which == c.FPDF_PAGEOBJ_FORM:
                inner = c.FPDFFormObj_CountObjects(page_object(item))
                waiting.append((item, max(inner, 0), object_within))
            if left < 0:
                break
    return left < 0


def _matrix(item: Any) -> Matrix:
    found = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, cc, d, e, f = matrix
    return a * x + cc * y + e, b * x + d * y + f


def _product(first: Matrix, second: Matrix) -> Matrix:
    a, b, cc, d, e, f = first
    xa, ya = _moved((*second[:4], 0.0, 0.0), a, b)
    xc, yc = _moved((*second[:4], 0.0, 0.0), cc, d)
    return (xa, ya, xc, yc, *_moved(second, e, f))
