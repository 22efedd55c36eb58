"""What the reader saw of a page: its picture with the cells and the fate of the text on it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from profstd.document import Document, UnreadableError
from profstd.parse.settings import DEFAULT, ReadSettings

if TYPE_CHECKING:
    from profstd.parse.readers._pdf.picture import Picture
    from profstd.parse.recognise.stream import Stream

Box = tuple[float, float, float, float]
Colour = tuple[int, int, int]

_RESOLUTION = 144  # dots an inch
_POINTS = 72  # an inch
_CELL: Colour = (25, 90, 200)
# Fill, and how much of it shows, of 255.
_COLOURS: dict[str, tuple[Colour, int]] = {
    "label": ((40, 160, 70), 90),
    "placed": ((60, 150, 240), 60),
    "furniture": ((120, 120, 120), 90),
    "unplaced": ((220, 30, 30), 120),
}


class Part(NamedTuple):
    """A run of text on the page: what became of it, where it stands (points), its value.

    `kind` is placed, label, furniture or unplaced; `path` the JSON Pointer of the value
    that it belongs to, "" where there is none.
    """

    kind: str
    text: str
    box: Box
    path: str


class Inspection(NamedTuple):
    """A page as it was read: a picture (PNG) and the values on it.

    `values` are the JSON Pointers of the values in the order of their numbers in the
    picture, from 1, with what of each stands on this page; `unplaced` the texts that no
    field took. Numbers of items have no numbers of their own.
    """

    document: Document
    picture: bytes
    pages: int
    values: dict[str, str]
    unplaced: tuple[str, ...]


def inspect(path: Path | str, page: int, settings: ReadSettings = DEFAULT) -> Inspection:
    """The page `page` (from 1) of the PDF file at `path`.

    Raises UnreadableError as `load` does, and: no_pages where the file is no PDF, no_page
    where it has no such page.
    """
    from profstd.parse import open_file, read
    from profstd.parse.readers._pdf.picture import picture
    from profstd.parse.recognise import trace

    data, name, reader = open_file(path, settings)
    if reader.FORMAT != "pdf":
        raise UnreadableError(name, "no_pages")
    reading = read(data, name, reader, settings)
    seen = picture(data, name, page, settings, _RESOLUTION / _POINTS)
    document, stream = trace(reading)
    parts = list(_parts(stream, document, page))
    values: dict[str, str] = {}
    for part in parts:
        if part.path and not part.path.endswith("/number"):
            values[part.path] = f"{values.get(part.path, '')} {part.text}".strip()
    image = _drawn(seen, parts, values)
    unplaced = tuple(part.text for part in parts if part.kind == "unplaced")
    return Inspection(document, image, seen.pages, values, unplaced)


def _parts(stream: Stream, document: Document, page: int) -> Iterator[Part]:
    """The text of the page, part by part."""
    from profstd.parse.recognise.stream import FURNITURE, LABEL, PLACED, UNPLACED

    kinds = {UNPLACED: "unplaced", PLACED: "placed", LABEL: "label", FURNITURE: "furniture"}
    owners = _owners(document, len(stream.raw))
    for mark, place, piece, begin, end in stream.fates():
        box = piece.span.box
        if piece.span.page != page or box is None:
            continue
        left, top, right, bottom = box
        wide = (right - left) / len(piece.text)
        for path, run in groupby(owners[place : place + end - begin]):
            stop = begin + len(list(run))
            part = left + wide * begin, top, left + wide * stop, bottom
            if text := piece.text[begin:stop].strip():
                yield Part(kinds[mark], text, part, path if mark == PLACED else "")
            begin = stop


def _owners(document: Document, length: int) -> list[str]:
    """For every character of the stream the innermost value that holds it."""
    ranges: dict[str, tuple[int, int]] = getattr(document.spans, "ranges", {})
    owners = [""] * length
    for path, (start, end) in sorted(ranges.items(), key=lambda item: item[1][0] - item[1][1]):
        owners[start:end] = [path] * (end - start)
    return owners


def _drawn(seen: Picture, parts: list[Part], values: dict[str, str]) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    scale = seen.scale
    image = seen.image.convert("RGBA")
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for kind, _, box, _ in parts:
        colour, alpha = _COLOURS[kind]
        pen.rectangle(_scaled(box, scale), fill=(*colour, alpha))
    for box in seen.cells:
        pen.rectangle(_scaled(box, scale), outline=(*_CELL, 255), width=2)
    font = ImageFont.load_default(size=11)
    numbers = {path: number for number, path in enumerate(values, start=1)}
    for part in parts:
        if number := numbers.pop(part.path, 0):
            left, top, _, bottom = _scaled(part.box, scale)
            place = left - 3, (top + bottom) / 2
            tag = pen.textbbox(place, str(number), font=font, anchor="rm")
            pen.rectangle((tag[0] - 2, tag[1] - 2, tag[2] + 2, tag[3] + 2), fill=(*_CELL, 220))
            pen.text(place, str(number), font=font, anchor="rm", fill="white")
    result = io.BytesIO()
    Image.alpha_composite(image, layer).convert("RGB").save(result, "PNG")
    return result.getvalue()


def _scaled(box: Box, scale: float) -> Box:
    left, top, right, bottom = (value * scale for value in box)
    return left, top, max(left, right), max(top, bottom)
