"""What of a PDF could not be read: scans, text drawn as curves, text without meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from profstd.document import ROOT, NotAssessed, Observation, Span, UnreadableError
from profstd.parse.readers._pdf.page import Line
from profstd.parse.readers._pdf.sheet import Sheet

_FEW = 12  # letters: a page with fewer has no text, but perhaps a number
_MOST = 0.5  # of a page: a picture that covers so much may be a scan
_SMALL = 0.02  # of a page: a picture so small is an ornament
_MANY_CURVES = 200
_SHORT = 100  # letters: so short a text is not judged
_SENSE = 0.5  # of the words of a page that is readable so many are words or numbers
_WORD = re.compile(
    r"\W*+(?:[^\W\d_]++(?:[-–—/.'’][^\W\d_]++)*+|[\d.,:;/()%№+–—-]++[^\W\d_]{0,3})?\W*+"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
# Letters of Western Europe, which Russian and Kazakh text turns into with a wrong encoding.
_WESTERN = re.compile("[\u00c0-\u00ff]")
_LETTER = re.compile(r"[^\W\d_]")
# What a page may be beside readable, and the reason where the whole file is that.
_REASONS = {
    "no_text_layer": "pictures_only",
    "text_as_curves": "curves_only",
    "text_garbled": "garbled",
    "page_damaged": "damaged",
}
_PARTS = {
    "no_text_layer": "scan",
    "text_as_curves": "text_as_curves",
    "text_garbled": "text_garbled",
    "page_damaged": "page_damaged",
}


class Faults:
    """The pages that could not be read, by what is wrong with them."""

    def __init__(self, sheets: list[Sheet], damaged: list[int]) -> None:
        self._sheets = sheets
        self._pages: dict[str, list[int]] = {kind: [] for kind in _REASONS}
        self._pages["page_damaged"] += damaged
        self._readable = 0
        for sheet in sheets:
            kind = _judged(sheet)
            if kind:
                self._pages[kind].append(sheet.number)
            elif kind is None:
                self._readable += 1

    def check(self, file: str) -> None:
        """Raise UnreadableError where not a page can be read: by what is wrong with most."""
        worst = max(self._pages, key=lambda kind: len(self._pages[kind]))
        if not self._readable and self._pages[worst]:
            raise UnreadableError(file, _REASONS[worst])

    def observations(self) -> Iterator[Observation]:
        """One for each kind of fault, with its pages, and one for text out of sight."""
        for kind, pages in self._pages.items():
            if pages:
                yield Observation(kind, ROOT, {"pages": _ranges(pages)})
        hidden = " ".join(line.text for sheet in self._sheets for line in sheet.hidden)
        if hidden:
            yield Observation("hidden_text", ROOT, {"text": hidden})

    def not_assessed(self, file: str) -> Iterator[NotAssessed]:
        """The pages that were not read, and the pictures on those that were."""
        unread = set()
        for kind, pages in self._pages.items():
            unread.update(pages)
            for page in pages:
                yield NotAssessed(_PARTS[kind], Span(file, page))
        for sheet in self._sheets:
            area = sheet.width * sheet.height
            for left, top, right, bottom in sheet.pictures if sheet.number not in unread else ():
                if (right - left) * (bottom - top) > _SMALL * area:
                    box = round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)
                    yield NotAssessed("picture", Span(file, sheet.number, box))


def _judged(sheet: Sheet) -> str | None:
    """What is wrong with a page: None if nothing, "" if it is empty."""
    lines = [*sheet.loose, *sheet.large, *(line for table in sheet.tables for line in table.lines)]
    letters = sum(len(line.text) - line.text.count(" ") for line in lines)
    if letters > _FEW:
        return "text_garbled" if _is_garbled(lines, letters) else None
    if _covered(sheet) > _MOST:
        return "no_text_layer"
    if sheet.curves > _MANY_CURVES:
        return "text_as_curves"
    return None if letters else ""


def _covered(sheet: Sheet) -> float:
    """The share of a page that its pictures cover, at most."""
    area = sum(
        max(min(right, sheet.width) - max(left, 0.0), 0.0)
        * max(min(bottom, sheet.height) - max(top, 0.0), 0.0)
        for left, top, right, bottom in sheet.pictures
    )
    return area / (sheet.width * sheet.height) if sheet.width and sheet.height else 0.0


def _is_garbled(lines: Iterable[Line], letters: int) -> bool:
    """Whether the text of a page has no sense: its letters do not say what they show."""
    text = " ".join(line.text for line in lines)
    if len(_PRIVATE.findall(text)) > letters * 0.2:
        return True
    words = text.split(" ")
    if letters < _SHORT:
        return False
    if len(_WESTERN.findall(text)) > len(_LETTER.findall(text)) * 0.5:
        return True
    return sum(_WORD.fullmatch(word) is not None for word in words) < len(words) * _SENSE


def _ranges(pages: list[int]) -> str:
    """Page numbers as people write them: 1, 3–5."""
    parts: list[list[int]] = []
    for page in sorted(pages):
        if parts and page == parts[-1][-1] + 1:
            parts[-1].append(page)
        else:
            parts.append([page])
    return ", ".join(f"{part[0]}–{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)
