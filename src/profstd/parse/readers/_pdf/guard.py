"""What a file would unpack to and draw, looked at before an engine does it.

An engine unpacks and takes apart a page whole, with all forms (ISO 32000-1, 8.10) that its
content calls, and cannot be stopped meanwhile: a small file may ask for more memory than
there is. What every file has is looked at by patterns; where those do not suffice, the pages
are followed object by object (`survey`).
"""

from __future__ import annotations

import re
from itertools import chain
from math import prod

from msgspec import Struct

from profstd.document import UnreadableError
from profstd.parse.readers._pdf.streams import (
    RATIO,
    Stream,
    TooLargeError,
    filters,
    find_streams,
    unpacked,
)
from profstd.parse.readers._pdf.weight import LIMIT, estimate, meaning_of, weigh

_FORM = re.compile(rb"/(?:Form|[^\s/<>\[\]()]*#)|/Subtype\s+\d")
# Every pattern takes time in proportion to the text, whatever that is: none runs to its end twice.
_CONTENTS = re.compile(
    rb"/Contents(?:\s{0,99}(\[[^\]]*(?:\]|\Z)|\d{1,10}\s{1,99}\d{1,10}\s{1,99}R)|\s{0,99}[(<])?"
)
_REFERENCE = re.compile(rb"(?<!\d)(\d{1,10})\s{1,99}\d{1,10}\s{1,99}R\b")
# Names that are written with codes or things that are said elsewhere: patterns do not see them.
_CODED = re.compile(rb"/[A-Za-z0-9]*#[4-7][0-9A-F]")
_ELSEWHERE = re.compile(rb"/(?:Filter|Type)\s+\d+\s+\d+\s+R")
# Fonts and pictures are packed much, and weigh nothing.
_PACKED_OTHERWISE = re.compile(
    rb"/(?:Length1|FontFile|Image|XRef|ObjStm|CIDFontType0C|Type1C|OpenType)"
)
_SIDE = re.compile(rb"/(?:Width|Height)\s+(\d+)")
_MOST_DOTS = 60_000_000  # of a picture: A4 at 600 dots an inch has 35 million
_CODES = re.compile(rb"/ToUnicode\s{1,99}(\d{1,10})\s{1,99}\d")
_ATTACHED = re.compile(rb"/Subtype\s*/FileAttachment\b")
_OFF = re.compile(rb"/OFF\s*\[\s*\d|/BaseState\s*/OFF|/OFF\s+\d")
_CLEAR = re.compile(rb"/ca\s{1,9}0{0,9}\.?0{0,9}(?![.\d])")
_COLOUR = re.compile(rb"\b(?:rg|g|k|scn?)\s")
_SHOWN = (b"Tj", b"TJ", b"'", b"Do")
_INKLESS = (b"3 Tr", b"7 Tr")
_WHITE = {b"1 1 1 ": (b"1 1 1 rg", b"1 1 1 sc"), b"1 g": (b"1 g",), b"0 0 0 0 ": (b"0 0 0 0 k",)}
_DIGITS = (b".", *(b"%d" % digit for digit in range(10)))
_ZEROS = (b"0 Tf", b"0 Tz", b"0 0 0 0 ")
_SIZELESS = re.compile(
    rb"(?<![\d.])(?:0{1,9}(?:\.0{0,9})?|\.0{1,9})\s{1,9}T[fz]\b|(?<![\d.])0 0 0 0 "
)


class Hints(Struct):
    """What of a file asks for a closer look while it is read.

    `shy`: text that may be drawn so that nobody sees it (no ink, white, see-through, a layer
    that is off); `layers`: layers that are off; `sizeless`: text of no size; `units`: pages
    whose unit is not a point; `giants`: pictures too large to be drawn; `attached`:
    files that are attached to pages; `portfolio`: the file is a wrapper round others.
    """

    shy: bool = False
    layers: bool = False
    sizeless: bool = False
    units: bool = False
    giants: bool = False
    attached: int = 0
    portfolio: bool = False


def check_size(data: bytes, file: str, limit: int) -> Hints:
    """Raise UnreadableError where a part is too large to be read in safety; else the hints.

    Reasons: unpacked_too_large where a stream unpacks to more than `limit` bytes, or forms
    draw each other again and again; unsafe where a page has more on it than fits in memory.
    """
    try:
        return _Guard(data, limit).check()
    except TooLargeError:
        raise UnreadableError(file, "unpacked_too_large", limit=limit) from None
    except OverflowError:
        raise UnreadableError(file, "unsafe") from None


class _Guard:
    """The look at a file by patterns."""

    def __init__(self, data: bytes, limit: int) -> None:
        self._data = data
        self._limit = limit
        self._hints = Hints()
        self._streams: dict[int, list[Stream]] = {}
        self._forms: list[Stream] = []
        self._text: list[bytes] = []
        self._is_odd = False

    def check(self) -> Hints:
        """As `check_size`; TooLargeError stands for unpacked_too_large, OverflowError: unsafe."""
        self._collect()
        text = b" ".join(self._text)
        hints = self._hints
        hints.layers = b"/OCProperties" in text and _OFF.search(text) is not None
        hints.units = b"/UserUnit" in text
        hints.attached = len(_ATTACHED.findall(text)) if b"/FileAttachment" in text else 0
        hints.portfolio = b"/Collection" in text
        hints.shy = hints.layers or _CLEAR.search(text) is not None
        coded = b"#" in text and _CODED.search(text) is not None
        if not (self._is_odd or coded or b"/Encrypt" in text or b"/Type3" in text):
            heaviest = self._heaviest(text)
            if heaviest is not None and heaviest <= LIMIT:
                return hints
        self._follow()
        return hints

    def _follow(self) -> None:
        """Look at the file object by object."""
        from profstd.parse.readers._pdf.survey import survey

        try:
            survey(self._data, self._limit, self._note)
        except (TooLargeError, OverflowError):
            raise
        except Exception:  # pdfminer fails in many ways over a damaged file
            self._hints.shy = True
            contents = (
                unpacked(self._data, stream, self._limit)
                for streams in self._streams.values()
                for stream in streams
                if not _PACKED_OTHERWISE.search(stream.head)
            )
            if sum(estimate(len(content)) for content in contents) > LIMIT:
                raise OverflowError from None

    def _collect(self) -> None:
        """Take the streams, and the text of all objects that are none."""
        for text, stream in find_streams(self._data):
            self._text.append(text)
            if stream.start == stream.end:
                continue
            self._streams.setdefault(stream.number, []).append(stream)
            self._is_odd = self._is_odd or _ELSEWHERE.search(stream.head) is not None
            if b"/Image" in stream.head:
                sides = [int(side) for side in _SIDE.findall(stream.head)]
                self._hints.giants = self._hints.giants or prod(sides) > _MOST_DOTS
            packed = filters(stream.head)
            if b"/ObjStm" in stream.head:
                self._text.append(unpacked(self._data, stream, self._limit))
            elif _FORM.search(stream.head):
                self._forms.append(stream)
            elif (len(packed) > 1 or (stream.end - stream.start) * RATIO > self._limit) and (
                b"/Image" not in stream.head
            ):
                unpacked(self._data, stream, self._limit)

    def _heaviest(self, text: bytes) -> int | None:
        """What the heaviest page weighs at most; None where that cannot be told."""
        form = 0
        for stream in self._forms:
            content = unpacked(self._data, stream, self._limit)
            self._note(content)
            if _calls(content):
                return None
            form = max(form, estimate(len(content)) + 1)
        heaviest = 0
        if form and b"/AP" in text:  # any note may have any form for its look
            heaviest = form * len(_REFERENCE.findall(text))
            if heaviest > LIMIT:
                return None
        meaning = self._meaning(text)
        if meaning is None:
            return None
        for match in _CONTENTS.finditer(text):
            if match[1] is None:
                if match[0] == b"/Contents":
                    return None
                continue
            numbers = [int(number) for number in _REFERENCE.findall(match[1])]
            if b"%" in match[1] or not self._streams.keys() >= set(numbers):
                return None
            content = self._joined(numbers)
            weight = estimate(len(content), meaning)
            if weight > LIMIT:
                weight = weigh(content, meaning)
            if form:
                weight += form * _calls(content)
            heaviest = max(heaviest, weight)
        return heaviest

    def _meaning(self, text: bytes) -> int | None:
        """How many letters a code of some font means at most; None where that cannot be told."""
        most = 1
        for number in {int(number) for number in _CODES.findall(text)}:
            if number not in self._streams:
                return None
            for stream in self._streams[number]:
                most = max(most, meaning_of(unpacked(self._data, stream, self._limit)))
        return most

    def _joined(self, numbers: list[int]) -> bytes:
        """A page's content, looked at."""
        parts: list[bytes] = []
        size = 0
        for number in numbers:
            for stream in self._streams[number]:
                parts.append(unpacked(self._data, stream, self._limit))
                size += len(parts[-1])
                if size > self._limit:
                    raise TooLargeError
        content = parts[0] if len(parts) == 1 else b"\n".join(parts)
        self._note(content)
        return content

    def _note(self, content: bytes) -> None:
        """See what of a page's content asks for a closer look."""
        hints = self._hints
        if not hints.shy:
            inkless = b" Tr" in content and any(mode in content for mode in _INKLESS)
            hints.shy = inkless or _shows_white(content)
        if not hints.sizeless and any(zero in content for zero in _ZEROS):
            hints.sizeless = _SIZELESS.search(content) is not None


def _shows_white(content: bytes) -> bool:
    """Whether text is shown, or a form called, after white is chosen and before another colour."""
    found = (names for sign, names in _WHITE.items() if sign in content)
    for white in chain.from_iterable(found):
        at = content.find(white)
        while at >= 0:
            end = at + len(white)
            if content[at - 1 : at] not in _DIGITS:
                other = _COLOUR.search(content, end)
                last = other.start() if other else len(content)
                if any(content.find(shown, end, last) >= 0 for shown in _SHOWN):
                    return True
            at = content.find(white, end)
    return False


def _calls(content: bytes) -> int:
    """How often a content draws a form or a picture, at most."""
    return content.count(b" Do") + content.count(b"\nDo") + content.count(b"\rDo")
