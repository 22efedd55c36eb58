"""The engine on pdfplumber: slow, and a second opinion on what PDFium says."""

from __future__ import annotations

import io
import logging
import math
import re
import unicodedata
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pdfplumber
from pdfminer.layout import LTFigure
from pdfminer.pdfdocument import PDFEncryptionError
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import resolve1
from pdfplumber.page import PDFPageAggregatorWithMarkedContent
from pdfplumber.utils.exceptions import PdfminerException

from profstd.document import UnreadableError
from profstd.parse.readers._pdf.drawing import Pen
from profstd.parse.readers._pdf.page import ASCENT, DESCENT, Blank, Box, Drawing, Line
from profstd.parse.readers._pdf.streams import TooLargeError, find_streams, unpacked

_SPACE = 0.12  # of a font's size: a blank so wide is a space
_FAR = 0.9  # of a font's size: a blank between turned lines
_MOST_OBJECTS = 60_000
_TWICE = 0.5  # points: the same letter so near is drawn twice, to look bold
_MOST_CODES = 1_000_000  # of the tables of a file that say what its codes mean
_LARGEST_TABLE = 10_000_000  # bytes
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>\s*[<\[\d]")
_OFTEN = 2_000  # things read between two looks at the clock
_MOST_ITEMS = 150_000  # of a page that is read: each takes a seventh of a millisecond
_LIGATURES = frozenset("ﬀﬁﬂﬃﬄﬅﬆ")


class File:
    """A PDF opened by pdfplumber; `close` it."""

    def __init__(self, data: bytes, file: str, check: Callable[[], None]) -> None:
        """`check` raises where time is over. Raises UnreadableError: encrypted, damaged, unsafe."""
        self._check = check
        _check_codes(data, file)
        # A damaged file is told of once, not by every part of it.
        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
        try:
            self._file = pdfplumber.open(io.BytesIO(data))
            self.count = len(self._file.pages)
        except PdfminerException as error:
            locked = any(isinstance(cause, PDFEncryptionError) for cause in error.args)
            raise UnreadableError(file, "encrypted" if locked else "damaged") from None
        except Exception:  # pdfminer fails in many ways over a damaged file
            raise UnreadableError(file, "damaged") from None

    def pages(self) -> Generator[PlumberPage | None, None, None]:
        """The pages, one open at a time."""
        for number in range(1, self.count + 1):
            try:
                page = self._file.pages[number - 1]
                _lay_out(page, self._check)
                opened = PlumberPage(page, number)
            except UnreadableError:
                raise
            except Exception:  # as above
                yield None
                continue
            yield opened
            page.close()
        if self._lacks_pages():
            yield None

    def _lacks_pages(self) -> bool:
        """Whether the file has more pages than were found: one that comes twice is found once."""
        try:
            return bool(resolve1(resolve1(self._file.doc.catalog["Pages"])["Count"]) > self.count)
        except Exception:  # as above
            return False

    def remarks(self) -> list[str]:
        """What the file has beside pages."""
        try:
            catalog = self._file.doc.catalog
            form = resolve1(catalog.get("AcroForm")) or {}
            names = resolve1(catalog.get("Names")) or {}
            files = resolve1(names.get("EmbeddedFiles")) or {}
            several = len(resolve1(files.get("Names")) or ()) // 2 + len(files.get("Kids", ()))
            return ["xfa"] * ("XFA" in form) + ["embedded_file"] * several
        except Exception:  # as above
            return []

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class PlumberPage:
    """An open page."""

    def __init__(self, page: Any, number: int) -> None:
        self.number = number
        self.handles: tuple[Any, Any] | None = None
        # What is shown is no more than the page has: ISO 32000-1, 14.11.2.
        left, top, right, bottom = _shared(page.cropbox or page.bbox, page.mediabox or page.bbox)
        self._left, self._top = left, top
        self.width, self.height = right - left, bottom - top
        self.characters = self.spaces = 0
        self._extents: list[tuple[float, float]] = []
        self._page = page
        self.complete = _count(page.layout, _MOST_ITEMS) <= _MOST_ITEMS
        self._chars = _single(page.chars) if self.complete else []
        self._objects = page.objects if self.complete else {}
        self.skipped = _notes(page)

    def lines(self) -> list[Line]:
        """The text in the order in which it is drawn."""
        found: list[Line] = []
        runs: list[list[dict[str, Any]]] = []
        for char in self._chars:
            if runs and _goes_on(runs[-1][-1], char):
                runs[-1].append(char)
                continue
            if runs and (_angle(char) or not _is_level(runs[-1][-1], char)):
                found += self._line(runs)
                runs = []
            runs.append([char])
        return [*found, *self._line(runs)]

    def _line(self, runs: list[list[dict[str, Any]]]) -> Iterator[Line]:
        """The line of what was drawn at one height, one after the other."""
        if len(runs) > 1:
            runs.sort(key=lambda run: run[0]["x0"])
        letters: list[str] = []
        extents: list[tuple[float, float]] = []
        solid = [char for run in runs for char in run if char["text"].strip()]
        for run in runs:
            self.characters += sum(len(char["text"]) for char in run)
        last = None
        for char in solid:
            text = _text(char["text"])
            x0, x1 = char["x0"] - self._left, char["x1"] - self._left
            # What is drawn as a space may be a soft hyphen: only the blank counts.
            if last and _along(last, char) > _SPACE * char["size"]:
                letters.append(" ")
                extents.append((extents[-1][1], x0))
            last = char
            letters += text
            extents += [(x0, x1)] * len(text)
        if not solid:
            return
        text = "".join(letters)
        self.spaces += text.count(" ")
        first = len(self._extents)
        self._extents += extents
        yield self._placed(text, solid, first)

    def _placed(self, text: str, run: list[dict[str, Any]], first: int) -> Line:
        angle, size = _angle(run[0]), run[0]["size"]
        x0, x1 = min(char["x0"] for char in run), max(char["x1"] for char in run)
        top, bottom = min(char["top"] for char in run), max(char["bottom"] for char in run)
        base = _base(run[0])
        if angle == 0:
            top, bottom = base - ASCENT * size, base + DESCENT * size
        across = run[0]["x1"] if angle in (90, 270) else base
        return Line(
            text, x0 - self._left, top - self._top, x1 - self._left, bottom - self._top,
            across - (self._left if angle in (90, 270) else self._top), angle, first, self.number,
            parts=tuple(self._words(text, run)) if angle else (),
        )  # fmt: skip

    def _words(self, text: str, run: list[dict[str, Any]]) -> Iterator[tuple[str, float, float]]:
        """The words of a turned line with their upper and lower ends."""
        at = 0
        for word in text.split(" "):
            chars = run[at : at + len(word)] or run[-1:]
            at += len(word)
            top, bottom = min(char["top"] for char in chars), max(char["bottom"] for char in chars)
            yield word, top - self._top, bottom - self._top

    def extents(self, line: Line) -> list[tuple[float, float]]:
        """The left and the right end of every character of a line."""
        return self._extents[line.first : line.first + len(line.text)]

    def blanks(self, line: Line) -> list[Blank]:
        """The blanks in a line, from left to right."""
        extents = self.extents(line)
        return [
            (at + 1, extents[at - 1][1], extents[at + 1][0])
            for at, sign in enumerate(line.text)
            if sign == " "
        ]

    def drawing(self) -> Drawing:
        """The lines, areas and pictures."""
        pen = Pen(self.width, self.height)
        drawn = [item for kind in ("line", "rect", "curve") for item in self._objects.get(kind, ())]
        pen.drawing.complete = self.complete and len(drawn) <= _MOST_OBJECTS
        filled: list[tuple[float, float]] | None = None
        for item in drawn[:_MOST_OBJECTS]:
            points = [(x - self._left, y - self._top) for x, y in item["pts"]]
            if any(part[0] in "cvy" for part in item.get("path", ())):
                pen.drawing.curves += 1
                continue
            if item["object_type"] == "rect":
                (x0, y0), (x1, y1) = points[0], points[2 if len(points) > 2 else 1]
                points = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
            if item["stroke"] or item["object_type"] == "line":
                pen.stroke(points)
            elif item["fill"]:
                # Two areas, one just inside the other, are the frame between them.
                pen.fill([filled, points] if filled else [points])
                filled = None if filled else points
        for item in self._objects.get("image", ()):
            pen.picture(self._box(item))
        return pen.drawing

    def _box(self, item: dict[str, Any]) -> tuple[float, float, float, float]:
        x0, x1 = item["x0"] - self._left, item["x1"] - self._left
        return x0, item["top"] - self._top, x1, item["bottom"] - self._top


class _Device(PDFPageAggregatorWithMarkedContent):
    """Takes what is drawn on a page."""

    check: Callable[[], None]
    seen = 0

    def tick(self) -> None:
        """Look at the clock now and then."""
        self.seen += 1
        if self.seen % _OFTEN == 0:
            self.check()


class _Interpreter(PDFPageInterpreter):
    """Takes a page apart, with an eye on the clock."""

    device: _Device

    def push(self, obj: Any) -> None:
        self.device.tick()
        super().push(obj)

    def pop(self, n: int) -> list[Any]:
        self.device.tick()
        return super().pop(n)


def _lay_out(page: Any, check: Callable[[], None]) -> None:
    """Do for a page of pdfplumber what it does by itself, as long as `check` lets it."""
    resources = page.pdf.rsrcmgr
    device = _Device(resources, pageno=page.page_number, laparams=page.pdf.laparams)
    device.check = check
    _Interpreter(resources, device).process_page(page.page_obj)
    page._layout = device.get_result()


def _count(items: Any, most: int) -> int:
    """How many things there are on a page, no further than is asked for."""
    count = 0
    for item in items:
        count += 1 + (_count(item, most - count) if isinstance(item, LTFigure) else 0)
        if count > most:
            break
    return count


def _single(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters without those that are drawn a second time in nearly the same place."""
    places: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    found = []
    for char in chars:
        text, x, y = char["text"], char["x0"], char["top"]
        column, row = int(x), int(y)
        near = (
            place
            for across in (column - 1, column, column + 1)
            for down in (row - 1, row, row + 1)
            for place in places.get((text, across, down), ())
        )
        if any(abs(left - x) <= _TWICE and abs(top - y) <= _TWICE for left, top in near):
            continue
        places.setdefault((text, column, row), []).append((x, y))
        found.append(char)
    return found


def _check_codes(data: bytes, file: str) -> None:
    """Raise UnreadableError, unsafe, for tables of codes (9.7.5) that pdfminer never ends with."""
    codes = 0
    for _, stream in find_streams(data):
        if b"/Image" in stream.head or b"/Length1" in stream.head:
            continue
        try:
            content = unpacked(data, stream, _LARGEST_TABLE)
        except TooLargeError:
            continue
        if b"range" not in content:
            continue
        for first, last in _RANGE.findall(content):
            codes += max(int(last[-8:], 16) - int(first[-8:], 16), 0) + 1
    if codes > _MOST_CODES:
        raise UnreadableError(file, "unsafe")


def _shared(one: Box, two: Box) -> Box:
    """What two boxes share; the second one where they share nothing."""
    ones, twos = (
        (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)) for x0, y0, x1, y1 in (one, two)
    )
    left, top = max(ones[0], twos[0]), max(ones[1], twos[1])
    right, bottom = min(ones[2], twos[2]), min(ones[3], twos[3])
    return (left, top, right, bottom) if right > left and bottom > top else twos


def _text(printed: str) -> str:
    if printed.startswith("(cid:"):
        return "\ufffd"
    if printed in _LIGATURES:
        return unicodedata.normalize("NFKC", printed)
    return printed


def _base(char: dict[str, Any]) -> float:
    """The height of the baseline, from the top."""
    return float(char["bottom"] + char["y0"] - char["matrix"][5])


def _angle(char: dict[str, Any]) -> int:
    a, b = char["matrix"][:2]
    turns = math.atan2(b, a) / (math.tau / 4)
    return round(turns) % 4 * 90 if abs(turns - round(turns)) < 0.05 else -1


def _along(last: dict[str, Any], char: dict[str, Any]) -> float:
    """The blank between two characters of a line, in its direction."""
    match _angle(char):
        case 90:
            return float(last["top"] - char["bottom"])
        case 180:
            return float(last["x0"] - char["x1"])
        case 270:
            return float(char["top"] - last["bottom"])
    return float(char["x0"] - last["x1"])


def _is_level(last: dict[str, Any], char: dict[str, Any]) -> bool:
    """Whether two characters stand in lines of one angle, at one place across."""
    angle = _angle(char)
    if angle != _angle(last):
        return False
    if angle in (90, 270):
        return bool(abs(char["x0"] - last["x0"]) < char["size"] / 2)
    return bool(abs(_base(char) - _base(last)) < char["size"] / 2)


def _notes(page: Any) -> int:
    """How many filled in fields and notes with text there are on a page."""
    texts = (
        resolve1(note["data"].get("V" if note["data"].get("Subtype").name == "Widget" else "AP"))
        for note in page.annots
        if getattr(note["data"].get("Subtype"), "name", "") in ("Widget", "FreeText", "Stamp")
    )
    return sum(bool(text) for text in texts)


def _goes_on(last: dict[str, Any], char: dict[str, Any]) -> bool:
    """Whether a character stands in the line of the one before it, and after it."""
    if not _is_level(last, char) or _along(last, char) < -char["size"] / 2:
        return False
    return not _angle(char) or _along(last, char) < _FAR * char["size"]
