"""What a paragraph shows, and what hangs on it."""

from __future__ import annotations

from msgspec import Struct

from profstd.parse.readers._word.package import Element


class Line(Struct, frozen=True, gc=False):
    """One line of a paragraph and whether a page or a column begins with it."""

    text: str
    new_page: bool


class Hanging(Struct):
    """What hangs on a paragraph besides its lines.

    `notes` are (part, id) of its footnotes and endnotes, `boxes` the contents of its text
    boxes or the words of its WordArt, `hints` what content controls show while nobody has
    filled them in, `parts` the kinds of what is no text, such as pictures.
    """

    notes: list[tuple[str, str]] = []
    boxes: list[Element | str] = []
    hints: list[str] = []
    parts: list[str] = []


class Content(Struct, frozen=True, gc=False):
    """What a paragraph shows: its lines, all that have any text, and what hangs on it.

    `dropped` counts characters that say nothing and those of blank lines, `ends_page` says
    that a page ends after the last line, `bold` that all of the text is.
    """

    lines: tuple[Line, ...]
    hanging: Hanging | None
    dropped: int
    ends_page: bool
    bold: bool
    in_contents: bool
