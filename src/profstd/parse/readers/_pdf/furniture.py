"""Running heads and feet, page numbers and watermarks: what repeats from page to page."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from msgspec.structs import replace

from profstd.parse.readers._pdf.page import Line
from profstd.parse.readers._pdf.sheet import Sheet

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:(?:страница|стр|с|лист|бет|page|p)\.?\s*)?(\d{1,4})"
    r"(?:\s*(?:/|из|of)\s*\d{1,4})?\W{0,3}",
    re.IGNORECASE,
)
_ZONE = 0.14  # of the page's height, above and below: where heads and feet stand
_LEVEL = 4.0  # points: what stands so much higher or lower stands at another place
_SAME = 0.5  # points: what stands so level is one line
_FEW = 4  # on so many pages in a row a text without a number that counts up repeats
_SHARE = 0.7  # of the pages between the first and the last


class _Sighting(NamedTuple):
    page: int
    line: Line
    numbers: tuple[int, ...]


def set_apart(sheets: list[Sheet]) -> dict[int, list[Line]]:
    """Take what repeats out of the loose text of the pages; the lines taken, by page.

    What is large and does not repeat is put back among the loose text.
    """
    seen: dict[tuple[str, int], list[_Sighting]] = defaultdict(list)
    for sheet in sheets:
        sheet.loose = _rejoined(sheet.loose)
        for line in _candidates(sheet):
            numbers = tuple(int(digits) for digits in _DIGITS.findall(line.text))
            masked = _DIGITS.sub("#", line.text)
            seen[masked, line.angle].append(_Sighting(sheet.number, line, numbers))
    groups = [
        group
        for (masked, angle), sightings in seen.items()
        for group in _level(sightings)
        if angle == -1 or _repeats(group, masked, len(sheets))
    ]
    taken: dict[int, list[Line]] = defaultdict(list)
    for group in _without_text(groups, sheets):
        for sighting in group:
            taken[sighting.page].append(sighting.line)
    for sheet in sheets:
        gone = {id(line) for line in taken.get(sheet.number, ())}
        if gone:
            sheet.loose = [line for line in sheet.loose if id(line) not in gone]
        sheet.loose += [line for line in sheet.large if id(line) not in gone]
    return taken


def _without_text(groups: list[list[_Sighting]], sheets: list[Sheet]) -> list[list[_Sighting]]:
    """The groups that stand above where the text of other pages begins.

    What stands where text stands elsewhere is the heading of a table, repeated.
    """
    apart = {id(sighting.line) for group in groups for sighting in group}
    tops = {
        sheet.number: min(
            [line.top for line in sheet.loose if id(line) not in apart]
            + [table.top for table in sheet.tables],
            default=sheet.height,
        )
        for sheet in sheets
    }
    kept = []
    for group in groups:
        bottom = min(sighting.line.bottom for sighting in group)
        pages = {sighting.page for sighting in group}
        others = [top for page, top in tops.items() if page not in pages]
        below = bottom > sheets[0].height / 2
        if (
            below
            or group[0].line.angle
            or _counts_up(group)
            or min(others, default=bottom) >= bottom
        ):
            kept.append(group)
    return kept


def _rejoined(lines: list[Line]) -> list[Line]:
    """Lines with the page numbers whole that an engine parts: «-», «2 -»."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else line
        if (
            0.0 <= line.x0 - before.x1 < (line.bottom - line.top) / 2
            and abs(line.base - before.base) < _SAME
            and not (line.angle or before.angle)
            and _PAGE_NUMBER.fullmatch(text := f"{before.text} {line.text}")
        ):
            joined[-1] = replace(before, text=text, x1=line.x1, parts=())
        else:
            joined.append(line)
    return joined


def _candidates(sheet: Sheet) -> list[Line]:
    upper, lower = sheet.height * _ZONE, sheet.height * (1 - _ZONE)
    return sheet.large + [
        line for line in sheet.loose if line.bottom < upper or line.top > lower or line.angle
    ]


def _level(sightings: list[_Sighting]) -> list[list[_Sighting]]:
    """Sightings parted where they stand at different heights."""
    groups: list[list[_Sighting]] = []
    for sighting in sorted(sightings, key=lambda sighting: sighting.line.base):
        if groups and sighting.line.base - groups[-1][-1].line.base < _LEVEL:
            groups[-1].append(sighting)
        else:
            groups.append([sighting])
    return groups


def _repeats(group: list[_Sighting], masked: str, pages: int) -> bool:
    group.sort(key=lambda sighting: sighting.page)
    if _counts_up(group):
        return len(group) > 1 or (
            pages == 1 and _PAGE_NUMBER.fullmatch(group[0].line.text) is not None
        )
    if "#" in masked and len({sighting.numbers for sighting in group}) > 1:
        return False
    first, last = group[0].page, group[-1].page
    often = len(group) >= min(_FEW, pages) and len(group) > 1
    step = 2 if all((sighting.page - first) % 2 == 0 for sighting in group) else 1
    return often and len(group) * step >= _SHARE * (last - first + 1)


def _counts_up(group: list[_Sighting]) -> bool:
    """Whether a number in the text goes up with the pages and all others stay."""
    columns = list(zip(*(sighting.numbers for sighting in group), strict=False))
    rising = [
        column
        for column in columns
        if len({number - sighting.page for number, sighting in zip(column, group, strict=True)})
        == 1
    ]
    return bool(rising) and all(column in rising or len(set(column)) == 1 for column in columns)
