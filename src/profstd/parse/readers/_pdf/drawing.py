"""What drawn paths are: lines of tables, coloured areas, curves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from profstd.parse.readers._pdf.page import Box, Drawing, Rule

_THICKEST = 4.6  # a line, points: Word's thickest border and a little
_LEAST_AREA = 5.0  # a coloured area is at least so wide and high
_STRAIGHT = 1.0  # how much a line may lean


class Pen:
    """Takes what is drawn, in points from the top left corner."""

    def __init__(self, width: float, height: float) -> None:
        self.drawing = Drawing([], [], [], [])
        self.clip: Box = 0.0, 0.0, width, height

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Take a box that is thin enough to be a line; False where it is none."""
        left, top, right, bottom = self.clip
        if x0 < left or y0 < top or x1 > right or y1 > bottom:
            x0, y0, x1, y1 = max(x0, left), max(y0, top), min(x1, right), min(y1, bottom)
        if x1 < x0 or y1 < y0:
            return True  # out of sight
        width, height = x1 - x0, y1 - y0
        if height <= _THICKEST and width > height:
            self.drawing.horizontal.append(Rule((y0 + y1) / 2, x0, x1))
        elif width <= _THICKEST and height > width:
            self.drawing.vertical.append(Rule((x0 + x1) / 2, y0, y1))
        elif width <= _THICKEST and height <= _THICKEST:
            # A dot of a dotted line, whichever way that goes.
            self.drawing.horizontal.append(Rule((y0 + y1) / 2, x0, x1))
            self.drawing.vertical.append(Rule((x0 + x1) / 2, y0, y1))
        else:
            return False
        return True

    def stroke(self, points: Sequence[tuple[float, float]]) -> None:
        """Take the straight parts of a stroked path."""
        for (x0, y0), (x1, y1) in pairwise(points):
            if abs(y1 - y0) <= _STRAIGHT or abs(x1 - x0) <= _STRAIGHT:
                self.bar(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def fill(self, parts: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Take the parts of a filled path: lines drawn as areas, frames, coloured areas."""
        boxes = [_bounds(points) for points in parts]
        if len(boxes) == 2 and self._frame(*boxes):
            return
        for box in boxes:
            if not self.bar(*box) and min(box[2] - box[0], box[3] - box[1]) >= _LEAST_AREA:
                self.drawing.fills.append(box)

    def _frame(self, one: Box, two: Box) -> bool:
        """Take the area between two boxes, one just inside the other: borders of a cell."""
        outer, inner = (one, two) if one[0] <= two[0] and one[2] >= two[2] else (two, one)
        sides = [abs(out - into) for out, into in zip(outer, inner, strict=True)]
        if max(sides) > _THICKEST or not (
            outer[0] <= inner[0] <= inner[2] <= outer[2]
            and outer[1] <= inner[1] <= inner[3] <= outer[3]
        ):
            return False
        x0, y0, x1, y1 = outer
        if sides[0]:
            self.bar(x0, y0, inner[0], y1)
        if sides[1]:
            self.bar(x0, y0, x1, inner[1])
        if sides[2]:
            self.bar(inner[2], y0, x1, y1)
        if sides[3]:
            self.bar(x0, inner[3], x1, y1)
        return True

    def picture(self, box: Box) -> None:
        """Take a picture."""
        self.drawing.pictures.append(box)


def _bounds(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
