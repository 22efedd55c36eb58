"""The pages of a PDF followed object by object: how much each asks for with all it calls."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1

from profstd.parse.readers._pdf.streams import TooLargeError, plain, undo
from profstd.parse.readers._pdf.weight import LIMIT, meaning_of, weigh

_CALL = re.compile(rb"/([^\s()<>\[\]{}/%]+)\s+Do\b")
_FORM = 2  # what a form weighs in any case


class _Document(PDFDocument):
    """A document whose packed objects unpack no further than is allowed."""

    limit: int

    def _get_objects(self, stream: PDFStream) -> tuple[list[object], int]:
        _content(stream, self.limit)
        return super()._get_objects(stream)


def survey(data: bytes, limit: int, note: Callable[[bytes], None]) -> None:
    """Look at every page; `note` is given all contents.

    Raises TooLargeError, OverflowError as `check_size` says. Anything else that is raised
    means that the file is too damaged to be followed.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    _Document.limit = limit
    document = _Document(PDFParser(io.BytesIO(data)))
    pages = _Pages(limit, note)
    for page in PDFPage.create_pages(document):
        pages.add(page)


class _Pages:
    def __init__(self, limit: int, note: Callable[[bytes], None]) -> None:
        self._limit = limit
        self._note = note
        self._weights: dict[tuple[int, int], int] = {}
        self._fonts: set[int] = set()
        self._meaning = 1

    def add(self, page: PDFPage) -> None:
        """Look at a page."""
        resources = resolve1(page.resources) or {}
        self._look_at_fonts(resources)
        parts: list[bytes] = []
        size = 0
        for stream in _streams(page.contents):
            parts.append(_content(stream, self._limit))
            size += len(parts[-1])
            if size > self._limit:
                raise TooLargeError
        weight = self._weight(b"\n".join(parts), resources, ())
        for note in map(resolve1, resolve1(page.annots) or ()):
            looks = resolve1((resolve1(note.get("AP")) or {}).get("N"))
            for look in looks.values() if isinstance(looks, dict) else (looks,):
                weight += self._form(look, resources, ())
        if weight > LIMIT:
            raise OverflowError

    def _weight(self, content: bytes, resources: dict[str, Any], above: tuple[int, ...]) -> int:
        """What a content weighs with all forms that it calls."""
        self._note(content)
        weight = weigh(content, self._meaning)
        calls = _CALL.findall(content)
        named = resolve1(resources.get("XObject")) or {} if calls else {}
        for name in calls:
            target = named.get(plain(name).decode("latin-1"))
            weight += _FORM + self._form(target, resources, above)
            if weight > LIMIT:
                raise OverflowError
        return weight

    def _form(self, target: Any, resources: dict[str, Any], above: tuple[int, ...]) -> int:
        number = getattr(target, "objid", 0)
        form = resolve1(target)
        if not isinstance(form, PDFStream) or getattr(form.get("Subtype"), "name", "") == "Image":
            return 0
        if number in above:
            raise OverflowError
        # A form without resources uses those of what calls it.
        own = resolve1(form.get("Resources"))
        key = number, id(own or resources)
        if key not in self._weights:
            content = _content(form, self._limit)
            self._look_at_fonts(own or {})
            self._weights[key] = self._weight(content, own or resources, (*above, number))
        return self._weights[key]

    def _look_at_fonts(self, resources: dict[str, Any]) -> None:
        """The letters of some fonts are contents of their own (9.6.5)."""
        for target in (resolve1(resources.get("Font")) or {}).values():
            number = getattr(target, "objid", 0)
            font = resolve1(target)
            if number in self._fonts or not isinstance(font, dict):
                continue
            self._fonts.add(number)
            for codes in _streams([font.get("ToUnicode")]):
                self._meaning = max(self._meaning, meaning_of(_content(codes, self._limit)))
            if "CharProcs" not in font:
                continue
            shapes = (resolve1(font["CharProcs"]) or {}).values()
            own = resolve1(font.get("Resources")) or {}
            weight = 0
            for shape in shapes:
                weight += self._form(shape, own, ())
                if weight > LIMIT:
                    raise OverflowError


def _streams(items: list[Any]) -> Iterator[PDFStream]:
    for item in items:
        stream = resolve1(item)
        if isinstance(stream, PDFStream):
            yield stream


def _content(stream: PDFStream, limit: int) -> bytes:
    """What a stream unpacks to; TooLargeError where that is too much."""
    if stream.rawdata is None:
        return stream.get_data()
    content = stream.rawdata
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        content = stream.decipher(stream.objid, stream.genno, content, stream.attrs)
    names = [getattr(name, "name", "").encode("latin-1") for name, _ in stream.get_filters()]
    return undo(content, names, limit)
