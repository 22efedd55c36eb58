"""Automatic numbers of lists: Word does not write them down, so they are counted again."""

from __future__ import annotations

import re
from typing import NamedTuple

from profstd.parse.readers._word.changes import Counted
from profstd.parse.readers._word.names import VAL, children, first, long, number, switch, value
from profstd.parse.readers._word.package import Element
from profstd.parse.readers._word.styles import Styles

_LEVELS = 9
_ABSTRACT, _ABSTRACT_ID = long("w:abstractNum"), long("w:abstractNumId")
_NUM, _NUM_ID = long("w:num"), long("w:numId")
_LVL, _ILVL, _OVERRIDE = long("w:lvl"), long("w:ilvl"), long("w:lvlOverride")
_START, _START_OVERRIDE = long("w:start"), long("w:startOverride")
_FORMAT, _TEXT, _RESTART = long("w:numFmt"), long("w:lvlText"), long("w:lvlRestart")
_LEGAL, _STYLE, _LINK = long("w:isLgl"), long("w:pStyle"), long("w:numStyleLink")
_STYLE_LINK = long("w:styleLink")
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


class List:
    """A list: its levels, looked at when they are needed, and where it starts them anew.

    Lists of one `kind` count on after one another.
    """

    def __init__(self, kind: str, elements: dict[int, Element], overridden: dict[int, int]) -> None:
        self.kind = kind
        self.overridden = overridden
        self._elements = elements
        self._levels: dict[int, Level] = {}

    def level(self, at: int) -> Level:
        """The level `at`, from 0."""
        if at not in self._levels:
            element = self._elements.get(at)
            self._levels[at] = Level() if element is None else _level(element, at)
        return self._levels[at]

    def start(self, at: int) -> int:
        """The first number of the level `at`."""
        return self.overridden.get(at, self.level(at).start)

    def level_of(self, style_id: str) -> int:
        """The level that belongs to a style, the highest where none does."""
        return next((at for at in range(_LEVELS) if self.level(at).style == style_id), 0)


class Lists:
    """The lists that a document describes; `root` is the part, None where there is none."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        self._named: dict[str, str] = {}  # lists by the styles that they are
        self._lists: dict[str, List | None] = {}
        if root is not None:
            for element in root.iterchildren(_ABSTRACT):
                name = element.get(_ABSTRACT_ID) or ""
                self._abstracts[name] = element
                if (style := first(element, _STYLE_LINK)) is not None:
                    self._named[style.get(VAL) or ""] = name
            for element in root.iterchildren(_NUM):
                self._nums[element.get(_NUM_ID) or ""] = element

    def find(self, list_id: str) -> List | None:
        """The list with the number `list_id`; None where there is none."""
        if list_id not in self._lists:
            self._lists[list_id] = self._build(list_id)
        return self._lists[list_id]

    def _build(self, list_id: str) -> List | None:
        num = self._nums.get(list_id)
        kind = self._kind_of(num)
        for _ in range(_LEVELS):  # a list may be no more than the name of a list style
            element = first(self._abstracts.get(kind), _LINK)
            link = None if element is None else element.get(VAL)
            if not link:
                break
            linked = self._styles.numbering(link)
            of_style = "" if linked is None else self._kind_of(self._nums.get(linked[0]))
            kind = of_style if of_style not in ("", kind) else self._named.get(link, "")
        abstract = self._abstracts.get(kind)
        if num is None or abstract is None:
            return None
        elements = {number(item.get(_ILVL), -1): item for item in abstract.iterchildren(_LVL)}
        overridden: dict[int, int] = {}
        for override in num.iterchildren(_OVERRIDE):
            at = number(override.get(_ILVL), -1)
            if (replaced := first(override, _LVL)) is not None:
                elements[number(replaced.get(_ILVL), -1)] = replaced
            if (start := first(override, _START_OVERRIDE)) is not None:
                overridden[at] = number(start.get(VAL), 1)
        return List(kind, elements, overridden)

    @staticmethod
    def _kind_of(num: Element | None) -> str:
        element = first(num, _ABSTRACT_ID)
        return "" if element is None else element.get(VAL) or ""


class Numbering:
    """The lists of one story, counting."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def advance(self, list_id: str, level: int | None, style_id: str) -> str:
        """The number of the next paragraph of the list as it is shown, "" where none is.

        A space comes with it. Where `level` is None the list's level that belongs to the
        style counts.
        """
        known = self._lists.find(list_id)
        if known is None:
            return ""
        level = known.level_of(style_id) if level is None else min(max(level, 0), _LEVELS - 1)
        counters = self._counters.setdefault(known.kind, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for at in known.overridden:
                if 0 <= at < _LEVELS:
                    counters[at] = None
        for higher in range(level):
            if counters[higher] is None:  # a level that is passed over has begun as well
                counters[higher] = known.start(higher)
        before = counters[level]
        counters[level] = known.start(level) if before is None else before + 1
        for deeper in range(level + 1, _LEVELS):
            if counters[deeper] is not None:
                restart = known.level(deeper).restart
                if restart is None or level <= restart:
                    counters[deeper] = None
        return _shown(known, level, counters)


def _shown(known: List, level: int, counters: list[int | None]) -> str:
    item = known.level(level)
    if item.format == "bullet":
        return f"{_BULLET} "

    def one(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        count = counters[at]
        shape = known.level(at).format
        if item.legal and shape != "none":
            shape = "decimal"
        return formatted(known.start(at) if count is None else count, shape)

    text = _PLACE.sub(one, item.text).strip()
    return f"{text} " if text else ""


def shown_before(counted: list[Counted]) -> str:
    """A number that was changed, as it was before; a space comes with it."""
    if any(level.format == "bullet" for level in counted):
        return f"{_BULLET} "
    text = "".join(formatted(item.number, item.format) + item.after for item in counted).strip()
    return f"{text} " if text else ""


def _level(element: Element, at: int) -> Level:
    properties = children(element)
    restart = value(properties, _RESTART)
    return Level(
        start=number(value(properties, _START)),  # none at all is zero (17.9.25)
        format="bullet" if _PICTURE in properties else value(properties, _FORMAT) or "decimal",
        text=(value(properties, _TEXT) or "")[:_LONGEST],
        restart=None if restart is None else min(number(restart), at) - 1,
        legal=bool(switch(properties, _LEGAL)),
        style=value(properties, _STYLE),
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
