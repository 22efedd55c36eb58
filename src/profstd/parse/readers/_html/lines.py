"""The lines of a page as they are shown, and where their characters stand in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from html import unescape
from typing import Protocol, TypeAlias

# A part of the text as written, and where it begins in the page.
Part: TypeAlias = tuple[int, str]

# Signs without a width say nothing, nor do characters that no page may have.
_WIDTHLESS = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0e-\x1b]")
_CHANGED = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0e-\x1b\u2011&]")
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*+);?+")


class Places(Protocol):
    """Knows where the characters of a page stand in its file."""

    def place(self, index: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character `index` of the page, from 0."""


class Below:
    """Places in a page that begins below `lines` other lines of its file."""

    def __init__(self, places: Places, lines: int) -> None:
        self._places = places
        self._lines = lines

    def place(self, index: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character `index` of the page, from 0."""
        line, column = self._places.place(index)
        return line + self._lines, column


def show(parts: Sequence[Part]) -> tuple[str, int]:
    """The line that `parts` make, and how many signs without a width were dropped from it.

    Entities are decoded, white space is collapsed, that which does not break too.
    """
    text = parts[0][1] if len(parts) == 1 else "".join([raw for _, raw in parts])
    # No white space but single spaces, no signs without a width: that is what "printable" says.
    if text.isprintable() and not ("&" in text or "  " in text or "\u2011" in text):
        return text.strip(), 0
    if _CHANGED.search(text) is None:
        return " ".join(text.split()), 0
    shown = _ENTITY.sub(_decoded, text) if "&" in text else text
    clean = _WIDTHLESS.sub("", shown)
    return " ".join(clean.replace("\u2011", "-").split()), len(shown) - len(clean)


def begin(parts: Sequence[Part]) -> int:
    """Where the text of a line begins in the page; it is not empty."""
    for at, raw in parts:
        if text := raw.lstrip():
            return at + len(raw) - len(text)
    return parts[0][0]


class Written:
    """Where the characters of a line stand that is not written as it is shown.

    `number` characters, the number of an item, come before the text of `parts`.
    """

    def __init__(self, parts: Sequence[Part], number: int, places: Places) -> None:
        self._parts = parts
        self._number = number
        self._places = places

    @cached_property
    def _offsets(self) -> list[int]:
        """For every character of the text where it stands in the page."""
        found: list[int] = []
        spaced = True
        for sign, at in self._characters():
            if sign.isspace():
                if not spaced:
                    found.append(at)
                spaced = True
            elif not _WIDTHLESS.match(sign):
                found.append(at)
                spaced = False
        return found

    def _characters(self) -> Iterator[tuple[str, int]]:
        for start, raw in self._parts:
            done = 0
            for match in _ENTITY.finditer(raw):
                for index in range(done, match.start()):
                    yield raw[index], start + index
                for sign in _decoded(match):
                    yield sign, start + match.start()
                done = match.end()
            for index in range(done, len(raw)):
                yield raw[index], start + index

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character `offset` of the text."""
        offsets = self._offsets
        at = min(max(offset - self._number, 0), len(offsets) - 1)
        return self._places.place(offsets[at])


def _decoded(match: re.Match[str]) -> str:
    """What a character reference shows; what is none stays as it is."""
    return unescape(match[0])
