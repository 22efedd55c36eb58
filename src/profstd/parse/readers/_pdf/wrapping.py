"""Which lines are one text: what joins a line to the one below it.

A line was broken for want of room, or on purpose. Where the next word would have had room
the break was made on purpose: that is a line end. Elsewhere the text goes on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import groupby, pairwise

from profstd.parse.labels import wordings
from profstd.parse.readers._pdf.page import CUT, FULL, HYPHEN, Line

MARKER = re.compile(
    r"(?:(\d{1,3})\s?[).]|[а-яәғқңөұүһіa-z]\)|[-–—•·▪■●○◦*\uf0b7\uf0a7\uf02d])(?=\s|$|[^\W\d_])"
)
NUMBER = re.compile(r"(\d{1,3})\s?[).](?=\s|[^\W\d_])")
HYPHENS = "-\u00ad\u2010"
_ITEM = re.compile(r"\d{1,3}\.\s+[^\W\d_a-zа-яё]")  # "11. Name": hardly ever within a text
_CODE = re.compile(r"(?:[A-U]|\d\d(?:\.\d{1,2}){0,2})(?=\s+[^\W\d_])")  # of an economic activity
_ENDS = (";", ".", ":", "!", "?")
_SIGNS = frozenset(",;:.)»")
_WIDE_LETTERS = frozenset("жшщмюфыwm")
_WIDE, _USUAL = 1.6, 1.15  # times the average: the most that a letter is wide
_NEAR = 0.6  # of the lower line's height: texts that overlap so much stand in one line
_INDENT = 0.7  # of a line's height
_HANGING = 5.0  # heights: so far the lines of an item stand in on the next page
_EVEN = 3.0  # points: what is left free on both sides of a centred line differs by less
_ADDRESS = re.compile(r"\S@\S+\.\w+$")  # after an e-mail address nothing goes on but a list
_FEW, _BY_CHANCE = 4, 14  # letters
_SPREAD = 1.28  # times the usual distance: an empty space between paragraphs


def arranged(lines: list[Line]) -> list[Line]:
    """Lines from top to bottom; what stands side by side is one line."""
    if any([line.angle for line in lines]):
        return _turned(lines)
    for before, line in pairwise(lines):
        if line.base - before.base < (line.bottom - line.top) * _NEAR:
            return _sorted(lines)
    return lines


def _turned(lines: list[Line]) -> list[Line]:
    """Lines of which some are turned: those of one angle together, in their own order."""
    turned: list[Line] = []
    for angle in sorted({line.angle for line in lines if line.angle}):
        found = [line for line in lines if line.angle == angle]
        levels = [_levelled(line) for line in found]
        order = sorted(range(len(found)), key=lambda at: (levels[at].base, levels[at].x0))
        turned += [found[at] for at in order]
    return turned + arranged([line for line in lines if not line.angle])


def _levelled(line: Line) -> Line:
    """A line as it looks where the page is turned so that it is level."""
    x0, top, x1, bottom = line.box
    places = {
        90: (-bottom, x0, -top, x1, line.base),
        180: (-x1, -bottom, -x0, -top, -line.base),
        270: (top, -x1, bottom, -x0, -line.base),
    }
    return Line(line.text, *places.get(line.angle, (x0, top, x1, bottom, line.base)))


def _sorted(lines: list[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.base):
        height = line.bottom - line.top
        if rows and line.base - rows[-1][0].base < min(height, _height(rows[-1][0])) * _NEAR:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(row) for row in rows]


def _height(line: Line) -> float:
    return line.bottom - line.top


def _joined(row: list[Line]) -> Line:
    """What stands side by side as one line; a blank between two parts is a space."""
    if len(row) == 1:
        return row[0]
    row.sort(key=lambda line: line.x0)
    text = row[0].text
    for before, line in pairwise(row):
        blank = line.x0 - before.x1 > 0.15 * min(_height(line), _height(before))
        text = f"{text} {line.text}" if blank else text + line.text
    first = row[0]
    return Line(
        text,
        first.x0,
        min(line.top for line in row),
        max(line.x1 for line in row),
        max(line.bottom for line in row),
        first.base,
        first.angle,
        first.first,
        first.page,
    )


def join(lines: list[Line], left: float, right: float, pitch: float) -> None:
    """Find the seams of the lines of a text that stands between `left` and `right`.

    `pitch` is the usual distance of two lines in heights of a line, 0 if it is not known.
    """
    if any([line.angle for line in lines]):
        _join_turned(lines, left, right, pitch)
        return
    _measure(lines, left, right)
    number, code = 0, ""
    for line, below in pairwise(lines):
        if pitch and below.base - line.base > pitch * _SPREAD * (line.bottom - line.top):
            line.seam = "\n"
            continue
        line.seam = seam(line, below)
        if line.text[:1].isdecimal() and (marker := NUMBER.match(line.text)):
            number = int(marker[1])
        if number and line.seam == " " and (marker := NUMBER.match(below.text)):
            line.seam = "\n" if int(marker[1]) == number + 1 else " "
        if found := _CODE.match(line.text):
            code = found[0]
        elif line.seam == "\n":
            code = ""
        if line.seam == " " and code and (found := _CODE.match(below.text)):
            line.seam = "\n" if code.isalpha() or found[0].startswith(code) else " "


def _join_turned(lines: list[Line], left: float, right: float, pitch: float) -> None:
    """Find the seams of lines of which some are turned, those of one angle for themselves."""
    for angle, group in groupby(lines, key=lambda line: line.angle):
        same = list(group)
        if not angle:
            join(same, left, right, pitch)
            continue
        levels = [_levelled(line) for line in same]
        join(levels, min(line.x0 for line in levels), max(line.x1 for line in levels), 0.0)
        for line, level in zip(same, levels, strict=True):
            line.seam = level.seam


@cache
def _printed() -> dict[str, tuple[str, ...]]:
    """The beginnings of what the form has printed on it, by their first letters.

    They are longer than a line of running text begins with by chance.
    """
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for text in wordings():
        beginning = text.partition("{")[0].rstrip(" «")
        if len(beginning) > _BY_CHANCE and " " in beginning:
            found[beginning[:_FEW]] += (beginning,)
    return found


def _measure(lines: list[Line], left: float, right: float) -> None:
    """Find the room that is left free at the ends of lines, or on both sides of them."""
    width = right - left
    for line in lines:
        before, after = line.x0 - left, right - line.x1
        line.centred = before > line.bottom - line.top and abs(before - after) < _EVEN
        line.room = before + after if line.centred else after
        line.width = width


def seam(line: Line, below: Line) -> str:
    """What joins a line to the next one of its text, by the words and the room at its end."""
    text, first = line.text, below.text
    if (text.endswith(_ENDS) and MARKER.match(first)) or (
        first[0].isdecimal() and _ITEM.match(first)
    ):
        return "\n"
    word = first.partition(" ")[0]
    letter = (below.x1 - below.x0) / len(first)
    least = 1.1 * len(word) + 0.6
    if line.room > letter * least and line.room > letter * (least + _wider(word)):
        return "\n"
    indent = (below.x0 - line.x0) / _height(line)
    if indent > _INDENT and not line.centred:
        hangs = MARKER.match(text) and (line.page == below.page or indent < _HANGING)
        if not hangs:
            return "\n"
    printed = _printed().get(first[:_FEW])
    if printed and first.startswith(printed):
        return "\n"
    if "@" in text and _ADDRESS.search(text) and not first[0].islower():
        return "\n"
    last, begin = text[-1], first[0]
    if begin in _SIGNS and last.isalnum():
        return ""
    if last in HYPHENS and text[-2:-1].isalpha() and begin.isalpha():
        return HYPHEN
    if begin in "-–" and first[1:2].isalpha() and last.isalpha():
        return ""
    before = text[-2:-1]
    if begin.isalnum() and (
        before.isalnum() if last in "–—/" else last == "-" and before.isdecimal()
    ):
        return ""
    number = MARKER.match(text)
    alone = " " not in (text[number.end() :].strip() if number else text)
    glyph = letter * (_WIDE if begin in _WIDE_LETTERS or alone else _USUAL)
    if first[1:2] in _SIGNS:
        glyph += letter  # a sign does not begin a line
    if not -1.0 < line.room < glyph:
        return " "
    if last.isalpha() and begin.islower():
        long = len(text) - text.rfind(" ") - 1 + len(word)
        return CUT if alone or letter * long > 0.9 * line.width else FULL
    # A number too long for its column.
    return "" if last.isdecimal() and begin.isdecimal() and " " not in text else " "


def _wider(word: str) -> float:
    """By how many usual letters a word's wide ones make it wider."""
    return (_WIDE - _USUAL) * sum(letter in _WIDE_LETTERS for letter in word)
