"""Automatic numbers of lists: Word does not write them down, so they are counted again."""

from __future__ import annotations

import re
from typing import NamedTuple

from profstd.parse.readers._word.changes import Counted
from profstd.parse.readers._word.names import VAL, long, number, switch, value
from profstd.parse.readers._word.package import Element
from profstd.parse.readers._word.styles import Styles

_LEVELS = 9
_ABSTRACT, _ABSTRACT_ID = long("w:abstractNum"), long("w:abstractNumId")
_NUM, _NUM_ID = long("w:num"), long("w:numId")
_LVL, _ILVL, _OVERRIDE = long("w:lvl"), long("w:ilvl"), long("w:lvlOverride")
_START, _START_OVERRIDE = long("w:start"), long("w:startOverride")
_FORMAT, _TEXT, _RESTART = long("w:numFmt"), long("w:lvlText"), long("w:lvlRestart")
_LEGAL, _STYLE, _LINK = long("w:isLgl"), long("w:pStyle"), long("w:numStyleLink")
_PICTURE = long("w:lvlPicBulletId")
_PLACE = re.compile(r"%([1-9])")

_BULLET = "-"
_LONGEST = 80  # characters of what stands around a number
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"  # Word's: no ё, й, ъ, ь
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_HIGHEST_ROMAN = 4999


class Level(NamedTuple):
    """One level of a list: how its number begins, looks and starts again.

    `restart` is the level (from 0) down to which a paragraph starts this one again; None
    is "any higher one", -1 is "never".
    """

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


class _List(NamedTuple):
    abstract: str
    levels: tuple[Level, ...]
    overridden: dict[int, int]


class Numbering:
    """The lists of a document, counting; `root` is the part, None where there is none."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        if root is not None:
            for element in root.iter(_ABSTRACT):
                self._abstracts[element.get(_ABSTRACT_ID) or ""] = element
            for element in root.iter(_NUM):
                self._nums[element.get(_NUM_ID) or ""] = element

    def advance(self, list_id: str, level: int | None, style_id: str) -> str:
        """The number of the next paragraph of the list as it is shown, "" where none is.

        A space comes with it. Where `level` is None the list's level that belongs to the
        style counts.
        """
        known = self._list(list_id)
        if known is None:
            return ""
        if level is None:
            styled = (at for at, item in enumerate(known.levels) if item.style == style_id)
            level = next(styled, 0)
        level = min(max(level, 0), _LEVELS - 1)
        counters = self._counters.setdefault(known.abstract, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for at in known.overridden:
                counters[at] = None
        before = counters[level]
        counters[level] = self._start(known, level) if before is None else before + 1
        for deeper in range(level + 1, _LEVELS):
            restart = known.levels[deeper].restart
            if restart is None or level <= restart:
                counters[deeper] = None
        return self._shown(known, level, counters)

    def _shown(self, known: _List, level: int, counters: list[int | None]) -> str:
        item = known.levels[level]
        if item.format == "bullet":
            return f"{_BULLET} "

        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            count = counters[at]
            shape = known.levels[at].format
            if item.legal and shape != "none":
                shape = "decimal"
            return formatted(self._start(known, at) if count is None else count, shape)

        text = _PLACE.sub(one, item.text).strip()
        return f"{text} " if text else ""

    @staticmethod
    def _start(known: _List, level: int) -> int:
        return known.overridden.get(level, known.levels[level].start)

    def _list(self, list_id: str) -> _List | None:
        if list_id not in self._lists:
            self._lists[list_id] = self._build(list_id)
        return self._lists[list_id]

    def _build(self, list_id: str) -> _List | None:
        num = self._nums.get(list_id)
        abstract_id = self._abstract_of(num)
        for _ in range(_LEVELS):  # a list may be no more than the name of a list style
            link = value(self._abstracts.get(abstract_id), _LINK)
            linked = self._styles.numbering(link) if link else None
            if linked is None or linked[0] == list_id:
                break
            abstract_id = self._abstract_of(self._nums.get(linked[0]))
        abstract = self._abstracts.get(abstract_id)
        if num is None or abstract is None:
            return None
        levels = [Level()] * _LEVELS
        for element in abstract.findall(_LVL):
            _put(levels, element)
        overridden: dict[int, int] = {}
        for override in num.findall(_OVERRIDE):
            at = number(override.get(_ILVL), -1)
            if (replaced := override.find(_LVL)) is not None:
                _put(levels, replaced)
            start = value(override, _START_OVERRIDE)
            if 0 <= at < _LEVELS and start is not None:
                overridden[at] = number(start, 1)
        return _List(abstract_id, tuple(levels), overridden)

    @staticmethod
    def _abstract_of(num: Element | None) -> str:
        return value(num, _ABSTRACT_ID) or ""


def shown_before(counted: list[Counted]) -> str:
    """A number that was changed, as it was before; a space comes with it."""
    if any(level.format == "bullet" for level in counted):
        return f"{_BULLET} "
    text = "".join(formatted(item.number, item.format) + item.after for item in counted).strip()
    return f"{text} " if text else ""


def _put(levels: list[Level], element: Element) -> None:
    at = number(element.get(_ILVL), -1)
    if not 0 <= at < _LEVELS:
        return
    restart = value(element, _RESTART)
    text = element.find(_TEXT)
    picture = element.find(_PICTURE) is not None
    levels[at] = Level(
        start=number(value(element, _START), 1),
        format="bullet" if picture else value(element, _FORMAT) or "decimal",
        text="" if text is None else (text.get(VAL) or "")[:_LONGEST],
        restart=None if restart is None else min(number(restart), at) - 1,
        legal=bool(switch(element, _LEGAL)),
        style=value(element, _STYLE),
    )


def formatted(count: int, shape: str) -> str:
    """`count` in the format `shape` of a list (ECMA-376, ST_NumberFormat)."""
    match shape:
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{count:02}"
        case "upperLetter" | "lowerLetter":
            text = _lettered(count, "abcdefghijklmnopqrstuvwxyz")
        case "russianLower" | "russianUpper":
            text = _lettered(count, _RUSSIAN)
        case "upperRoman" | "lowerRoman":
            text = _roman(count)
        case "decimalEnclosedParen":
            return f"({count})"
        case "decimalEnclosedFullstop":
            return f"{count}."
        case _:
            return str(count)
    return text.upper() if shape.startswith(("upper", "russianUpper")) else text


def _lettered(count: int, letters: str) -> str:
    """а, б … я, аа, бб …: Word repeats the letter."""
    if count < 1 or count > len(letters) * 20:
        return str(count)
    rounds, at = divmod(count - 1, len(letters))
    return letters[at] * (rounds + 1)


def _roman(count: int) -> str:
    if not 0 < count <= _HIGHEST_ROMAN:
        return str(count)
    text = ""
    for size, sign in _ROMAN:
        text += sign * (count // size)
        count %= size
    return text
