"""What may show text that does not stand in the running text: pictures, charts, other files."""

from __future__ import annotations

import re

from profstd.parse.readers._word.names import long, number
from profstd.parse.readers._word.package import Element

KINDS = {
    **dict.fromkeys(map(long, ("a:blip", "v:imagedata", "w14:contentPart")), "picture"),
    **dict.fromkeys(map(long, ("c:chart", "cx:chart")), "chart"),
    **dict.fromkeys(map(long, ("w:object", "w:control")), "embedded_file"),
    **{long("dgm:relIds"): "diagram", long("w:subDoc"): "imported_file"},
}
_EXTENT = long("wp:extent")
_DRAWINGS = (long("wp:inline"), long("wp:anchor"))
_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d{1,6}(?:\.\d{1,9})?)(pt|in|cm|mm|px)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
_POINT = 12_700  # of the units that DrawingML measures in
# A picture from such a size is the scan of a page; points.
_NARROW, _LONG = 340, 510


def kind_of(element: Element) -> str:
    """The kind of a part, a key of ``account.parts`` in the locale."""
    kind = KINDS[element.tag]
    return "scan" if kind == "picture" and _fills_page(element) else kind


def _fills_page(picture: Element) -> bool:
    width, height = _size(picture)
    return min(width, height) >= _NARROW and max(width, height) >= _LONG


def _size(picture: Element) -> tuple[float, float]:
    """Width and height in points; (0, 0) where they are not told."""
    drawing = next(picture.iterancestors(*_DRAWINGS), None)
    extent = None if drawing is None else drawing.find(_EXTENT)
    if extent is not None:
        return number(extent.get("cx")) / _POINT, number(extent.get("cy")) / _POINT
    shape = picture.getparent()
    style = "" if shape is None else shape.get("style") or ""
    sizes = {name: float(size) * _POINTS.get(unit, 1) for name, size, unit in _SIZE.findall(style)}
    return sizes.get("width", 0.0), sizes.get("height", 0.0)
