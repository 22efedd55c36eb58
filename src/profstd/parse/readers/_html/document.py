"""A whole file of HTML: its page, and what is to be told about it."""

from __future__ import annotations

import re

from profstd.document import Lines, Reading, UnreadableError
from profstd.model import Source
from profstd.parse.readers._html import archive
from profstd.parse.readers._html.encoding import decode
from profstd.parse.readers._html.page import Page
from profstd.parse.settings import ReadSettings

_PAGE = re.compile(rb"\s*(?:<!DOCTYPE\s+html|<html[\s>])", re.IGNORECASE)


def is_page(data: bytes) -> bool:
    """Whether a file is a page or a web archive, whatever its name says."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    return _PAGE.match(head) is not None or archive.is_archive(data)


def read_page(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The blocks of a page.

    Raises UnreadableError: binary, encoding, page_empty, page_frames, page_scripted,
    pictures_only, unsafe.
    """
    encoding = None
    is_archive = archive.is_archive(data)
    if is_archive:
        part = archive.page_of(data)
        if part is None:
            raise UnreadableError(source.file, "page_empty")
        data, encoding = part
    text = decode(data, source.file, encoding)
    page = Page(text, source.file, settings, None if is_archive else Lines(text))
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
