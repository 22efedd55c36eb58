"""Reader for Markdown (CommonMark with the tables of GFM).

A file that `profstd export --to markdown` wrote is the model it was made of, value by value;
words may have been changed in it since, but nothing else. Any other file is read as the page
that it shows, as the reader of HTML does, but for the numbers of lists: those that are typed
count. Spans have line and column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import to_builtins

from profstd.document import Positions, Reading, UnreadableError
from profstd.model import Source
from profstd.parse.readers._encoding import decode
from profstd.parse.settings import ReadSettings

if TYPE_CHECKING:
    from profstd.parse.readers._markdown.own import Restored

FORMAT = "markdown"
SUFFIXES = (".md", ".markdown")


def read(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The model or the blocks of a Markdown file.

    Raises UnreadableError: binary, empty, encoding, slow, unsafe.
    """
    from profstd.parse.readers._markdown import limits
    from profstd.parse.readers._markdown.own import restore

    text = _own_text(data)
    if text is not None:
        limits.check(text, source.file)
        if (found := restore(text)) is not None:
            return _restored(text, found, source)
    text = decode(data, source.file)
    limits.check(text, source.file)
    return _page(text, source, settings)


def _own_text(data: bytes) -> str | None:
    """The text of a file in the encoding that profstd writes; None where it is in another."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _restored(text: str, found: Restored, source: Source) -> Reading:
    root = found.found
    if root.value["source"]["file"] is None:
        root.value["source"] = to_builtins(source)  # somebody took that section out
    positions = Positions(source.file, lambda: (text, root.extent))
    return Reading(source=source, raw=root.value, positions=positions, stray=found.stray)


def _page(text: str, source: Source, settings: ReadSettings) -> Reading:
    from profstd.parse.readers._html.page import Page
    from profstd.parse.readers._markdown.page import compose

    composed = compose(text, source.file, settings.time_limit)
    page = Page(composed.html, source.file, settings, composed)
    blocks = page.read()
    if not blocks:
        raise UnreadableError(source.file, "empty")
    return Reading(
        source=source,
        blocks=blocks,
        markup=page.markup,
        observations=tuple(page.observations()),
        not_assessed=tuple(page.not_assessed),
    )
