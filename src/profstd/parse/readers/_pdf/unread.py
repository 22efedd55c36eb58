"""What of a PDF cannot be read: scans, text drawn as curves, text that is rubbish, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from profstd.document import ROOT, NotAssessed, Observation, Span, UnreadableError
from profstd.parse.readers._pdf.page import Box, Line
from profstd.parse.readers._pdf.sheet import Sheet

# Where a figure is measured: 900 files of 20 programs have 9,222 pages; none of these has
# noise, a senseless word or a curve. The same pages without the tables that say what their
# fonts' codes mean, and drawn as curves, are the other side.
_FEW = 40  # letters and digits: a page number, a running head; the shortest last pages have 33
SCANNED = 0.5  # of a page, by pictures: a scan leaves margins, a picture within a text leaves more
_CURVES = 20  # curved parts on a page with few letters: text drawn so has 34 and more
_MANY_CURVES = (
    200  # on a page with letters: some dozen letters more; a coat of arms has letters too
)
_LETTERS_OF_CURVES = 5  # a page that is read has more letters than one for so many curves
_LEAST_PICTURE = 8.0  # points: what is lower or narrower holds no line of text
_MOST_PICTURES = 20  # of a page: more are the pieces of one
_LEAST_TOKENS = 8  # fewer words or signs are no evidence
_SENSELESS = (
    0.25  # of a page's words: 0 where it is read; 0.35 and more where all codes have letters
)
_NOISY = 0.05  # of a page's characters: 0.02 for a bullet in every line, 0.098 and more for rubbish
# Control characters, private use and what stands for an unknown character.
_NOISE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\uffff]|\\(cid:\\d+\\)")
# Letters with other signs right between them, at least twice: "!4<@9AB64A<9".
_WORD = re.compile(r"[^\s,.\-–—/:;()«»\"“”]{4,}")
_MIXED = re.compile(r"[^\W\d_][^\w\s'’]+(?=\w)|[^\W\d_]\d+(?=[^\W\d_])|[^\w\s]\d+[^\w\s]")
_ACCENTED = re.compile("[À-ÿ]")
# What Adobe's programs put on the page that others show instead of the document.
_WAITING = re.compile(r"(?i)please wait|acrobat|adobe reader|portfolio")
_ADDRESS = re.compile(r"www|http|_|%|=|\+")

# The kind of a page that was not read, and the reason where that holds for the whole file.
_REASONS = {
    "scan": "no_text_layer",
    "text_as_curves": "text_as_curves",
    "unreadable_text": "unreadable_text",
    "damaged_page": "damaged",
    "crowded_page": "unsafe",
}


class Unread(Struct):
    """What was not read of a file."""

    parts: tuple[NotAssessed, ...] = ()
    observations: tuple[Observation, ...] = ()


class Sight(Struct):
    """What a closer look at a page found.

    `recognised`: its text lies unseen on the picture of a page (OCR); `sizeless`: texts of
    no size, which the engine does not give; `cut`: a string that the engine cuts.
    """

    recognised: bool = False
    sizeless: int = 0
    cut: bool = False


def find_unread(
    sheets: list[Sheet], sights: dict[int, Sight], damaged: list[int], remarks: list[str], file: str
) -> Unread:
    """What cannot be read on the pages; text that is rubbish is taken off its sheet.

    `sights` are the pages that were looked at closely, `damaged` those that could not be
    opened, `remarks` what the engine says of the file. Raises
    UnreadableError where nothing of the file can be read: no_text_layer, text_as_curves,
    unreadable_text, damaged, and where that lies elsewhere: xfa, portfolio.
    """
    pages: dict[str, list[int]] = {kind: [] for kind in (*_REASONS, "recognised_text")}
    pages["damaged_page"] = damaged
    readable = 0
    parts: list[NotAssessed] = [NotAssessed("damaged_page", Span(file, at)) for at in damaged]
    hidden: list[Line] = []
    for sheet in sheets:
        letters = _letters(sheet)
        kind = _verdict(sheet, letters)
        readable += kind is None and letters >= _FEW
        hidden += sheet.hidden
        if kind:
            pages[kind].append(sheet.number)
            parts.append(NotAssessed(kind, Span(file, sheet.number)))
        if kind == "unreadable_text":
            _clear(sheet)
        sight = sights.get(sheet.number, Sight())
        if kind is None and sight.recognised:
            pages["recognised_text"].append(sheet.number)
        elif kind != "scan":
            parts += _pictures(sheet, file)
        parts += [NotAssessed("sizeless_text", Span(file, sheet.number))] * sight.sizeless
        parts += [NotAssessed("long_text", Span(file, sheet.number))] * sight.cut
        if not sheet.complete and kind != "crowded_page":
            parts.append(NotAssessed("drawing", Span(file, sheet.number)))
        if sheet.skipped:
            parts.append(NotAssessed("form_field", Span(file, sheet.number)))
    _check_elsewhere(sheets, remarks, file)
    files = [NotAssessed("embedded_file", Span(file))] * remarks.count("embedded_file")
    found = [(kind, pages[kind]) for kind in _REASONS if pages[kind]]
    if found and not readable:
        most = max(found, key=lambda item: len(item[1]))[0]
        raise UnreadableError(file, _REASONS[most])
    parts.sort(key=lambda part: part.span.page or 0)
    parts += files
    told = [*_observed(pages, file), *_hidden(hidden, file)]
    for kind in ("form_field", "embedded_file", "drawing", "sizeless_text", "long_text"):
        spans = [part.span for part in parts if part.kind == kind]
        if spans:
            seen = {"part": kind, "count": len(spans)}
            told.append(Observation("not_assessed", ROOT, seen, spans[0]))
    return Unread(tuple(parts), tuple(told))


def _check_elsewhere(sheets: list[Sheet], remarks: list[str], file: str) -> None:
    """Raise UnreadableError where the only page merely says that the document is elsewhere."""
    if len(sheets) != 1 or not remarks:
        return
    text = " ".join(line.text for line in lines_of(sheets[0]))
    empty = sum(map(str.isalnum, text)) < _FEW
    if "xfa" in remarks and (empty or _WAITING.search(text)):
        raise UnreadableError(file, "xfa")
    if ("portfolio" in remarks and empty) or ("embedded_file" in remarks and _WAITING.search(text)):
        raise UnreadableError(file, "portfolio")


def _letters(sheet: Sheet) -> int:
    """How many letters and digits a page has, counted as far as that decides anything."""
    count = 0
    for line in lines_of(sheet):
        count += sum(map(str.isalnum, line.text))
        if count >= max(_FEW, sheet.curves):
            break
    return count


def _verdict(sheet: Sheet, letters: int) -> str | None:
    """Why a page was not read; None if it was."""
    if not (sheet.complete or letters):
        return "crowded_page"
    if letters < _FEW and covered(sheet) > SCANNED:
        return "scan"
    least = _CURVES if letters < _FEW else _MANY_CURVES
    if sheet.curves >= least and letters * _LETTERS_OF_CURVES < sheet.curves:
        return "text_as_curves"
    return "unreadable_text" if is_rubbish([line.text for line in lines_of(sheet)]) else None


def is_rubbish(texts: list[str]) -> bool:
    """Whether the letters of a page are not those that are seen on it.

    A font that says wrongly which letters its shapes are gives control characters, private
    ones, or words with signs and digits right between their letters.
    """
    text = " ".join(texts)
    noise = sum(len(match) if len(match) == 1 else 1 for match in _NOISE.findall(text))
    signs = len(text) - text.count(" ")
    if noise >= _LEAST_TOKENS and noise > _NOISY * signs:
        return True
    words = _WORD.findall(text)
    odd = words if _ACCENTED.search(text) else [word for word in words if not word.isalpha()]
    if len(odd) <= _SENSELESS * len(words):
        return False  # nearly always
    words = [word for word in words if not _ADDRESS.search(word[1:])]
    if len(words) < _LEAST_TOKENS:
        return False
    senseless = sum(
        len(_MIXED.findall(word)) > 1 or 2 * len(_ACCENTED.findall(word)) > len(word)
        for word in words
    )
    return senseless > _SENSELESS * len(words)


def lines_of(sheet: Sheet) -> Iterator[Line]:
    yield from sheet.loose
    yield from sheet.large
    for table in sheet.tables:
        yield from table.lines


def _clear(sheet: Sheet) -> None:
    sheet.tables, sheet.loose, sheet.large, sheet.stripes = [], [], [], []
    sheet.characters = 0


def covered(sheet: Sheet) -> float:
    """The share of a page that its pictures cover; where they overlap it is counted twice."""
    area = 0.0
    for x0, top, x1, bottom in map(sheet.clip, sheet.pictures):
        area += (x1 - x0) * (bottom - top)
    return area / max(sheet.width * sheet.height, 1.0)


def _pictures(sheet: Sheet, file: str) -> Iterator[NotAssessed]:
    """The pictures of a page: they may hold text."""
    large = [
        (x0, top, x1, bottom)
        for x0, top, x1, bottom in map(sheet.clip, sheet.pictures)
        if min(x1 - x0, bottom - top) >= _LEAST_PICTURE
    ]
    for box in [_around(large)] if len(large) > _MOST_PICTURES else large:
        x0, top, x1, bottom = (round(value, 2) for value in box)
        yield NotAssessed("picture", Span(file, sheet.number, (x0, top, x1, bottom)))


def _around(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _observed(pages: dict[str, list[int]], file: str) -> Iterator[Observation]:
    for kind, numbers in pages.items():
        if not numbers:
            continue
        span = Span(file, numbers[0])
        if kind in ("damaged_page", "crowded_page"):
            seen: dict[str, object] = {"part": kind, "count": len(numbers)}
            yield Observation("not_assessed", ROOT, seen, span)
        else:
            yield Observation(_REASONS.get(kind, kind), ROOT, {"pages": _ranges(numbers)}, span)


def _hidden(lines: list[Line], file: str) -> Iterator[Observation]:
    if text := " ".join(line.text for line in lines).strip():
        yield Observation("hidden_text", ROOT, {"text": text}, Span(file, lines[0].page))


def _ranges(numbers: list[int]) -> str:
    """Numbers in words: "3–5, 8"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )
