"""The lines of a page as they are shown, and where their characters stand in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from typing import NamedTuple, TypeAlias

# A part of the text as written, and where it begins in the page.
Part: TypeAlias = tuple[int, str]

_LINE_END = re.compile(r"\r\n|\r|\n")
# Signs without a width say nothing, nor do characters that no page may have.
_WIDTHLESS = "\u00ad\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0b\x0e-\x1b"
_NOTHING = re.compile(f"[{_WIDTHLESS}]+")
# What is not shown as it is written.
_CHANGED = re.compile(
    r"([ \t\n\f\r]{2,}+|[\t\n\f\r])|(&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*+);?+)"
    rf"|([{_WIDTHLESS}]+)|\u2011"
)
_SPACE = str.maketrans("\t\n\r\f\v\u2011", "     -")


class Places:
    """The lines of the file, for places in it."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def of(self, at: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character `at`, from 0."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


class Shown(NamedTuple):
    """A line as it is shown: its text, without space around it, and where it stands.

    `runs` are (offset in the text, offset in the page): from the one on the text is the
    page's own from the other on, character for character, as far as the next run.
    `dropped` counts signs without a width.
    """

    text: str
    runs: tuple[tuple[int, int], ...]
    dropped: int


NOTHING = Shown("", (), 0)


def show(parts: Sequence[Part]) -> Shown:
    """The line that `parts` make: entities decoded, white space collapsed."""
    if len(parts) == 1:
        at, raw = parts[0]
        if _CHANGED.search(raw) is None:
            text = raw.strip()
            if not text:
                return NOTHING
            return Shown(text, ((0, at + raw.index(text[0])),), 0)
    return _Line(parts).shown()


class _Line:
    """A line put together part by part."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._pieces: list[str] = []
        self._runs: list[tuple[int, int]] = []
        self._length = 0
        self._dropped = 0
        self._after_space = True
        for at, raw in parts:
            self._take(at, raw)

    def _take(self, at: int, raw: str) -> None:
        done = 0
        for match in _CHANGED.finditer(raw):
            start = match.start()
            if start > done:
                self._put(raw[done:start], at + done)
            done = match.end()
            space, entity, widthless = match.groups()
            if space:
                self._put(" ", at + start)
            elif entity:
                text = _character(entity)
                self._dropped += not text
                self._put(text, at + start)
            elif widthless:
                self._dropped += len(widthless)
            else:
                self._put("-", at + start)
        if done < len(raw):
            self._put(raw[done:] if done else raw, at + done)

    def _put(self, text: str, at: int) -> None:
        if self._after_space and text[:1] == " ":
            text, at = text[1:], at + 1
        if text:
            self._runs.append((self._length, at))
            self._pieces.append(text)
            self._length += len(text)
            self._after_space = text[-1] == " "

    def shown(self) -> Shown:
        """The whole line."""
        whole = "".join(self._pieces)
        text = whole.strip()
        if not text:
            return Shown("", (), self._dropped)
        cut = len(whole) - len(whole.lstrip())
        runs = self._runs
        if cut:
            first = max(index for index, run in enumerate(runs) if run[0] <= cut)
            begin = runs[first][1] + cut - runs[first][0]
            runs = [(0, begin), *((at - cut, there) for at, there in runs[first + 1 :])]
        return Shown(text, tuple(run for run in runs if run[0] < len(text)), self._dropped)


@lru_cache(maxsize=1024)
def _character(entity: str) -> str:
    """What a character reference shows; what is none stays as it is."""
    return _NOTHING.sub("", unescape(entity)).translate(_SPACE)
