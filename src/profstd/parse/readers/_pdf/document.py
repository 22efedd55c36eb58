"""A whole PDF: its pages taken apart one after the other, put together, and what is to be told."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import RLock

from profstd.document import Reading, UnreadableError
from profstd.model import Source
from profstd.parse.readers._pdf.assembly import Assembly
from profstd.parse.readers._pdf.continuation import Habit
from profstd.parse.readers._pdf.furniture import set_apart
from profstd.parse.readers._pdf.guard import Hints, check_size
from profstd.parse.readers._pdf.layout import lay_out
from profstd.parse.readers._pdf.page import Engine
from profstd.parse.readers._pdf.sheet import Sheet, take_apart
from profstd.parse.readers._pdf.units import find_units, in_points
from profstd.parse.readers._pdf.unread import Sight, Unread, find_unread
from profstd.parse.settings import ReadSettings

_FREE = 42.0  # points: so much a page may leave free below a row that it cuts
LOCK = RLock()  # PDFium works for one thread at a time
_MOST_FILES = 1_000
_HEAD = 1024  # bytes: where "%PDF-" must stand, ISO 32000-1 annex H.3.4.1


def read_pdf(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The blocks of a PDF (ISO 32000).

    Its characters are those of its text, as the engine gives them; spaces at the ends of
    lines, hyphens of a program and what stands off the page count as markup. Pages that
    are pictures, or whose text is curves or has no sense, are observations and not
    assessed. Raises UnreadableError: as `opened`, and slow, unsafe, no_text_layer,
    text_as_curves, unreadable_text, xfa, portfolio.
    """
    deadline = Deadline(source.file, settings.time_limit)
    with opened(data, source.file, settings) as (engine, hints):
        sheets, sights, damaged = _sheets(engine, hints, deadline)
        remarks = engine.remarks() + ["embedded_file"] * min(hints.attached, _MOST_FILES)
        remarks += ["portfolio"] * hints.portfolio
        unread = find_unread(sheets, sights, damaged, remarks, source.file)
    reading = _reading(sheets, unread, source, deadline)
    return in_points(reading, find_units(data)) if hints.units else reading


@contextmanager
def opened(data: bytes, file: str, settings: ReadSettings) -> Iterator[tuple[Engine, Hints]]:
    """A PDF opened for as long as the context lasts, and what in it asks for a closer look.

    No other thread opens one meanwhile. Raises UnreadableError: not_pdf, encrypted, damaged,
    too_many_pages, unpacked_too_large, unsafe.
    """
    if b"%PDF-" not in data[:_HEAD]:
        raise UnreadableError(file, "not_pdf")
    hints = check_size(data, file, settings.max_unpacked_size)
    with LOCK, closing(open_engine(data, file, settings)) as engine:
        if not engine.count:
            raise UnreadableError(file, "damaged")
        if engine.count > settings.max_pages:
            limit = settings.max_pages
            raise UnreadableError(file, "too_many_pages", pages=engine.count, limit=limit)
        yield engine, hints


class Deadline:
    """When to give up."""

    def __init__(self, file: str, seconds: float) -> None:
        self._file = file
        self._seconds = seconds
        self._until = time.monotonic() + seconds

    def check(self) -> None:
        """Raise UnreadableError, slow, where the time is over."""
        if time.monotonic() > self._until:
            raise UnreadableError(self._file, "slow", seconds=f"{self._seconds:g}")


def open_engine(data: bytes, file: str, settings: ReadSettings) -> Engine:
    """The file opened by the engine of the settings; UnreadableError: encrypted, damaged."""
    if settings.engine == "pdfplumber":
        from profstd.parse.readers._pdf.plumber import File as PlumberFile

        return PlumberFile(data, file, Deadline(file, settings.time_limit).check)
    from profstd.parse.readers._pdf.pdfium import File as PdfiumFile

    return PdfiumFile(data, file)


def _sheets(
    engine: Engine, hints: Hints, deadline: Deadline
) -> tuple[list[Sheet], dict[int, Sight], list[int]]:
    """The pages taken apart, what a closer look at them found, and those that are damaged."""
    sheets: list[Sheet] = []
    sights: dict[int, Sight] = {}
    damaged: list[int] = []
    for number, page in enumerate(engine.pages(), start=1):
        if page is None:
            damaged.append(number)
        else:
            sheets.append(take_apart(page))
            if page.handles:
                from profstd.parse.readers._pdf.sight import look

                sights[number] = look(sheets[-1], page, hints)
        deadline.check()
    return sheets, sights, damaged


def _reading(sheets: list[Sheet], unread: Unread, source: Source, deadline: Deadline) -> Reading:
    furniture = set_apart(sheets)
    rights = _right_ends(sheets)
    assembly = Assembly(source.file, _habit(sheets))
    for sheet in sheets:
        items = lay_out(sheet, rights[round(sheet.width)])
        assembly.add(items, furniture.get(sheet.number, []))
        deadline.check()
    blocks = tuple(assembly.blocks())
    written = sum(len(piece.text) for block in blocks for cell in block.cells for piece in cell)
    characters = sum(sheet.characters for sheet in sheets)
    return Reading(
        source=source,
        blocks=blocks,
        markup=max(characters - written, 0),
        observations=unread.observations,
        not_assessed=unread.parts,
    )


def _right_ends(sheets: list[Sheet]) -> dict[int, float]:
    """How far text and tables reach on most pages of a width."""
    ends: dict[int, list[float]] = defaultdict(list)
    for sheet in sheets:
        reached = [line.x1 for line in sheet.loose] + [table.x1 for table in sheet.tables]
        if reached:
            ends[round(sheet.width)].append(max(reached))
    found = {width: sorted(values)[len(values) * 9 // 10] for width, values in ends.items()}
    return {round(sheet.width): found.get(round(sheet.width), sheet.width) for sheet in sheets}


def _habit(sheets: list[Sheet]) -> Habit:
    """What the tables that stand last on their pages, and the other ones, end with."""
    last = [sheet.tables[-1] for sheet in sheets[:-1] if sheet.tables]
    bottoms = sorted(table.bottom for table in last)
    lowest = bottoms[len(bottoms) * 9 // 10] if bottoms else 0.0
    full = [table for table in last if table.bottom > lowest - _FREE]
    ended = [table for sheet in sheets for table in sheet.tables[:-1]]
    ended += [table for table in last if table.bottom <= lowest - 4 * _FREE]
    closed = [not table.is_open for table in ended]
    return Habit(
        leaves_open=any(table.is_open for table in full),
        closes_tables=sum(closed) * 2 >= len(closed),
        bottom=lowest - _FREE,
    )
