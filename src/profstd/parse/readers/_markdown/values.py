"""The values of the model in profstd's own Markdown, and where they stand.

A text is written so that Markdown shows it as it is (see `profstd.export._markup`); this is
the way back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple

from profstd.document import Extent

ABSENT = "—"

_LINK = re.compile(r"\[(.*)\]\(#[-\w]+\)")
# The exporter's «3\)», and «3)» and «3.» of people: a text's own number is never so written.
_NUMBERED = re.compile(r"(?:(-?[0-9]{1,18})\\\)|([0-9]{1,9})[.)])(?:\s+(.*))?", re.DOTALL)
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_WRITTEN = re.compile(r"\\([!-/:-@\[-`{-~])|(&#[0-9]{1,7};)|(<br>)|[ \t]*(?:\r\n|\r|\n)[ \t]*")


class Part(NamedTuple):
    """A piece of the file as written, from its character `start` on."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The character after the piece."""
        return self.start + len(self.text)

    def within(self, match: re.Match[str], group: int) -> Part:
        """What a group of a match in this piece took; nothing at its end where it took none."""
        if match.start(group) < 0:
            return Part("", self.end)
        return Part(match[group], self.start + match.start(group))

    def stripped(self) -> Part:
        """The piece without blanks around it."""
        text = self.text.strip(" \t")
        return Part(text, self.start + len(self.text) - len(self.text.lstrip(" \t")))


class Found(NamedTuple):
    """A value of the model and where it stands."""

    value: Any
    extent: Extent


def absent(part: Part) -> Found:
    """No value, at the end of `part`."""
    return Found(None, Extent(part.end, part.end))


def text_of(part: Part) -> Found:
    """The text that is written there; None for a dash, a link's text for a link."""
    if match := _LINK.fullmatch(part.text):
        part = part.within(match, 1)
    extent = Extent(part.start, part.end)
    return Found(None if part.text == ABSENT else _WRITTEN.sub(_shown, part.text), extent)


def _shown(match: re.Match[str]) -> str:
    escaped, entity, line_end = match.groups()
    if escaped:
        return str(escaped)
    if entity:
        return unescape(entity) if int(entity[2:-1]) else "\0"
    return "\n" if line_end else " "


def number_of(part: Part) -> Found:
    """The whole number that is written there; any other text as it is."""
    found = text_of(part)
    if isinstance(found.value, str) and _WHOLE.fullmatch(found.value):
        return Found(int(found.value), found.extent)
    return found


def numbered(part: Part) -> tuple[Found, Part]:
    """The number before an item, and the item behind it."""
    match = _NUMBERED.fullmatch(part.text)
    if match is None:
        return Found(None, Extent(part.start, part.start)), part
    return number_of(part.within(match, 1 if match[1] else 2)), part.within(match, 3)


def record(fields: Mapping[str, Found], name: Part | None = None) -> Found:
    """A record of `fields`; `name` is the label above it."""
    inside = {field: found.extent for field, found in fields.items()}
    value = {field: found.value for field, found in fields.items()}
    return Found(value, _around(inside, list(inside.values()), name))


def listing(items: Sequence[Found], name: Part | None = None) -> Found:
    """A list of `items`; `name` is the label above it."""
    inside = [found.extent for found in items]
    return Found([found.value for found in items], _around(inside, inside, name))


def _around(
    inside: dict[str, Extent] | list[Extent], parts: Sequence[Extent], name: Part | None
) -> Extent:
    start = min((part.start for part in parts), default=name.end if name else 0)
    end = max((part.end for part in parts), default=start)
    return Extent(start, end, inside, (name.start, name.end) if name else None)


def labelled(found: Found, name: Part) -> Found:
    """A value whose label is `name`."""
    extent = found.extent
    named = Extent(extent.start, extent.end, extent.inside, (name.start, name.end))
    return Found(found.value, named)
