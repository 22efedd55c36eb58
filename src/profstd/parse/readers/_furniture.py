"""Page numbers and running heads among the lines of a text, a tab between two cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:(?:страница|стр|с|лист|бет|page|p)\.?\s*)?(\d{1,4})"
    r"(?:\s*(?:/|из|of)\s*\d{1,4})?\W{0,3}",
    re.IGNORECASE,
)
_HEAD_NUMBER = re.compile(r"^(\d{1,4})(?=\s)|(?<=\s)(\d{1,4})$")
_WORD = re.compile(r"\W*(\w+)")
_LONGEST_HEAD = 200
_OFTEN = 3  # a running head stands on more pages than so many
_SHORTEST_PAGE = 5  # lines
_LONG_RUN = 8  # no other number counts as far: levels end at 8


def find_furniture(lines: list[str]) -> set[int]:
    """The numbers (from 1) of the lines that are page numbers or running heads.

    Page numbers stand alone beside an empty line and count up; a running head is a
    line that stands beside every third page number or more.
    """
    empty = [True, *(not line.strip() for line in lines), True]
    counted: dict[int, int] = {}
    for number, line in enumerate(lines, start=1):
        if (empty[number - 1] or empty[number + 1]) and (
            match := _PAGE_NUMBER.fullmatch(line.strip())
        ):
            counted[number] = int(match[1])
    pages = _rising_run(counted, lines)
    neighbours: Counter[str] = Counter()
    beside: dict[int, str] = {}
    for page in pages:
        for step in (-1, 1):
            near = page + step
            while 1 <= near <= len(lines) and empty[near] and abs(near - page) < 3:
                near += step
            if 1 <= near <= len(lines) and "\t" not in (line := lines[near - 1]) and line.strip():
                beside[near] = line.strip()
                neighbours[line.strip()] += 1
    usual = max(2, len(pages) // 3)
    heads = {number for number, line in beside.items() if neighbours[line] >= usual}
    return pages | heads | _numbered_heads(lines, empty) | _plain_heads(lines, empty)


def _plain_heads(lines: list[str], empty: list[bool]) -> set[int]:
    """Running heads without a number: one line again and again, each time inside a table.

    A line without cells that stands beside an empty line between two rows, and nowhere
    else, belongs to no row, unless it is the heading of what follows.
    """
    places: dict[str, list[int]] = {}
    for number, line in enumerate(lines, start=1):
        if "\t" not in line and line.strip() and len(line) <= _LONGEST_HEAD:
            places.setdefault(line.strip(), []).append(number)
    return {
        number
        for text, numbers in places.items()
        if len(numbers) > _OFTEN and len(text.split()) > 2 and text[-1] not in ":;.,"
        if all(_is_inside_table(lines, empty, number) for number in numbers)
        and not _begin_alike(lines, numbers)
        for number in numbers
    }


def _begin_alike(lines: list[str], numbers: Iterable[int]) -> bool:
    """Whether what follows the lines begins with one word: then they are its headings."""
    following = (_filled(lines, number, 1).partition("\t")[0] for number in numbers)
    words = Counter(match[1] if (match := _WORD.match(text)) else "" for text in following)
    return max((words[word] for word in words if word), default=0) * 2 > words.total()


def _is_inside_table(lines: list[str], empty: list[bool], number: int) -> bool:
    if not (empty[number - 1] or empty[number + 1]):
        return False
    return "\t" in _filled(lines, number, -1) and "\t" in _filled(lines, number, 1)


def _filled(lines: list[str], number: int, step: int) -> str:
    """The next line with text before (-1) or after (1) the line `number` (from 1)."""
    at = number - 1 + step
    while 0 <= at < len(lines):
        if lines[at].strip():
            return lines[at]
        at += step
    return ""


def _numbered_heads(lines: list[str], empty: list[bool]) -> set[int]:
    """Running heads with the page's number in the same line: alike but for a rising number."""
    alike: dict[str, dict[int, int]] = {}
    for number, line in enumerate(lines, start=1):
        if len(line) > _LONGEST_HEAD or not (empty[number - 1] or empty[number + 1]):
            continue
        text = " ".join(line.split())
        match = _HEAD_NUMBER.search(text)
        if match and not text[: match.start()].rstrip().endswith(":") and text[-1] not in ":;":
            words = _HEAD_NUMBER.sub("#", text)
            alike.setdefault(words, {})[number] = int(match[1] or match[2])
    found: set[int] = set()
    for words, counted in alike.items():
        values = list(counted.values())
        rising = values == list(range(values[0], values[0] + len(values)))
        likely = rising and len(values) > 2 and len(words.split()) > 3
        if likely and not _begin_alike(lines, counted):
            found |= _rising_run({line: index for index, line in enumerate(counted, 1)}, lines)
    return found


def _rising_run(counted: dict[int, int], lines: list[str]) -> set[int]:
    """The lines of the longest run of numbers that go up by one and can be page numbers.

    Page numbers begin at 1 or 2 and are many or stand about equally far apart; numbers
    that mean something stand here and there, or are announced by a label with a colon.
    """
    # For each line the one before it in its run, and how far the run has come.
    runs: dict[int, tuple[int, int]] = {}
    links: dict[int, int | None] = {}
    for line, value in counted.items():
        if value <= 2 or value - 1 in runs:
            before, length = runs.get(value - 1, (None, 0))
            links[line] = before
            runs[value] = line, length + 1
    best: list[int] = []
    at: int | None = max(runs.values(), key=lambda run: run[1])[0] if runs else None
    while at is not None:
        best.insert(0, at)
        at = links[at]
    lengths = sorted(following - line for line, following in pairwise(best))
    if not lengths or lengths[0] < _SHORTEST_PAGE:
        return set()
    even = len(best) > _LONG_RUN or lengths[-1] <= 3 * lengths[len(lengths) // 2] + 9
    announced = sum(_is_announced(lines, line) for line in best)
    return set(best) if even and announced * 2 < len(best) else set()


def _is_announced(lines: list[str], number: int) -> bool:
    """Whether a label with a colon stands right before the line `number` (from 1)."""
    before = _filled(lines, number, -1)
    return "\t" not in before and before.rstrip().endswith(":")
