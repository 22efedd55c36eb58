"""A saved page, or the page in a web archive, as a whole."""

from __future__ import annotations

import re

from profstd.document import Lines, Reading, UnreadableError
from profstd.model import Source
from profstd.parse.readers._html import archive
from profstd.parse.readers._html.encoding import decode
from profstd.parse.readers._html.lines import Below, Places
from profstd.parse.readers._html.page import Page
from profstd.parse.settings import ReadSettings

_LOOK = 4096  # bytes
_PAGE = re.compile(
    rb"\s*<(?:!doctype\s+html|html|head|body|meta|title|table|div|p)\b", re.IGNORECASE
)
_PROLOGUE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)+", re.DOTALL)


def is_page(data: bytes) -> bool:
    """Whether `data` begins as a page of HTML does, or is a web archive."""
    head = data[:_LOOK].removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", errors="ignore").encode()
    prologue = _PROLOGUE.match(head)
    return bool(_PAGE.match(head, prologue.end() if prologue else 0)) or archive.is_archive(data)


def read_page(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The blocks of a page.

    Raises UnreadableError: binary, encoding, page_empty, page_frames, page_scripted,
    pictures_only, unsafe.
    """
    encoding: str | None = None
    lines: int | None = 0
    if archive.is_archive(data):
        part = archive.page_of(data)
        if part is None:
            raise UnreadableError(source.file, "page_empty")
        data, encoding, lines = part
    text = decode(data, source.file, encoding)
    places: Places | None = None
    if lines is not None:
        places = Below(Lines(text), lines) if lines else Lines(text)
    page = Page(text, source.file, settings, places)
    blocks = page.read()
    if not blocks:
        reasons = {
            "page_frames": page.is_framed,
            "pictures_only": bool(page.not_assessed),
            "page_scripted": page.is_scripted,
        }
        reason = next((name for name, holds in reasons.items() if holds), "page_empty")
        raise UnreadableError(source.file, reason)
    return Reading(
        source=source,
        blocks=blocks,
        markup=page.markup,
        observations=tuple(page.observations()),
        not_assessed=tuple(page.not_assessed),
    )
