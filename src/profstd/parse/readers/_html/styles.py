"""How lists are numbered by the style sheets that stand in the page itself.

Sources: CSS Lists and Counters Level 3 (list-style-type, counter), CSS Counter Styles
Level 3 (predefined styles, @counter-style). Only selectors that name a list or its items
by element and class, wherever they stand, are understood: programs write no others for the
lists of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_LONGEST_SELECTOR = 200
_LARGEST = 2_000_000  # characters of a style sheet
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SELECTOR = re.compile(
    r"(?:(?:html|body|main|article|section|div)\s+)??(ol|ul|li|)((?:\.[-\w]+)*)(\s*>\s*li|\s+li)?(?:::?(before|marker))?"
)
_COUNTER_STYLE = re.compile(r"@counter-style\s+([-\w]+)")
_DECLARED = re.compile(
    r"""(?<![-\w])(list-style-type|list-style|content|system|prefix|suffix)\s*:\s*
        ((?:[^;"']++|"[^"]*+"|'[^']*+')*+)""",
    re.IGNORECASE | re.VERBOSE,
)
_CONTENT = re.compile(
    r"""(counters?)\(\s*[-\w]+\s*(?:,\s*("[^"]*"|'[^']*')\s*)?(?:,\s*([-\w]+)\s*)?\)
        |("[^"]*"|'[^']*')""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_WORD = re.compile(r"""[-\w]+|"[^"]*"|'[^']*'""")

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_HIGHEST_ROMAN = 3999
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_BULLETS = frozenset(("disc", "circle", "square", "disclosure-open", "disclosure-closed"))
_TYPES = {"1": "decimal", "a": "lower-alpha", "i": "lower-roman"}
_CAPITAL_TYPES = {"A": "upper-alpha", "I": "upper-roman"}


class Marker(NamedTuple):
    """What stands before an item: a number in a style between two texts.

    `style` None is no number: a bullet, or nothing. `between` joins the numbers of the
    lists around, where they are shown too.
    """

    style: str | None
    before: str = ""
    after: str = ". "
    between: str | None = None


BULLET = Marker(None)


class Styles:
    """The markers of lists and items by element and class; filled sheet by sheet."""

    def __init__(self) -> None:
        self._of_lists: dict[tuple[str, str], Marker] = {}
        self._of_items: dict[tuple[str, str], Marker] = {}
        self._contents: dict[tuple[str, str], Marker] = {}
        self._contents_of_lists: dict[tuple[str, str], Marker] = {}
        self._named: dict[str, Marker] = {}

    def add(self, sheet: str) -> None:
        """Take in the text of a style element."""
        if len(sheet) > _LARGEST or not ("list-style" in sheet or "counter" in sheet):
            return
        for rule in _COMMENT.sub(" ", sheet).split("}"):
            # Before the last brace stand the selectors, before another one what is around.
            selectors, _, body = rule.rpartition("{")
            selectors = selectors.rpartition("{")[2].rpartition(";")[2].strip()
            if "list-style" not in body and "content" not in body and selectors[:1] != "@":
                continue
            found = {name.lower(): value.strip() for name, value in _DECLARED.findall(body)}
            if named := _COUNTER_STYLE.search(selectors):
                self._name(named[1], found)
                continue
            for selector in selectors.split(","):
                if selected := _SELECTOR.fullmatch(selector.strip()[:_LONGEST_SELECTOR]):
                    self._put(selected, found)

    def _name(self, name: str, found: dict[str, str]) -> None:
        system = found.get("system", "").split()
        base = self.marker(system[1]) if system[:1] == ["extends"] and len(system) > 1 else None
        if base is not None:
            self._named[name] = base._replace(
                before=_text(found.get("prefix", "")), after=_text(found.get("suffix", '". "'))
            )

    def _put(self, selected: re.Match[str], found: dict[str, str]) -> None:
        tag, names, child, pseudo = selected.groups()
        keys = [(tag, name) for name in names.split(".")[1:]] or [(tag, "")]
        of_list = bool(child) or tag in ("ol", "ul")
        if pseudo:
            target = self._contents_of_lists if of_list else self._contents
            marker = _of_content(found.get("content", ""))
        else:
            target = self._of_items if child or tag == "li" else self._of_lists
            said = found.get("list-style-type", found.get("list-style", ""))
            marker = self.marker(said) if said else None
        if marker is not None:
            target.update(dict.fromkeys(keys, marker))

    def marker(self, said: str) -> Marker | None:
        """What ``list-style-type`` or ``list-style`` says; None where it says nothing of it."""
        for word in _WORD.findall(said):
            if word[0] in "\"'":
                return BULLET
            if word in self._named:
                return self._named[word]
            name = word.lower()
            if name in _BULLETS or name == "none":
                return BULLET
            if name in _STYLES:
                return Marker(name)
        return None

    def of_list(self, tag: str, classes: Iterable[str], style: str, kind: str) -> Marker:
        """The marker of a list: its own style, its classes, its ``type``, its element."""
        names = list(classes)
        direct = self._direct(style)
        content = _look_up(self._contents_of_lists, tag, names)
        if content is not None:
            return content
        if direct is None:
            direct = _look_up(self._of_lists, tag, names)
        if direct is None:
            direct = _look_up(self._of_items, tag, names)
        if direct is None and (known := _CAPITAL_TYPES.get(kind) or _TYPES.get(kind.lower())):
            direct = Marker(known)
        if direct is None:
            return Marker("decimal") if tag == "ol" else BULLET
        return direct

    def of_item(self, classes: Iterable[str], style: str, kind: str) -> Marker | None:
        """The marker that an item has of its own; None where its list decides."""
        if not (style or kind or self._contents or self._of_items):
            return None
        names = list(classes)
        content = _look_up(self._contents, "li", names)
        if content is not None:
            return content
        if direct := self._direct(style) or _look_up(self._of_items, "li", names):
            return direct
        known = _CAPITAL_TYPES.get(kind) or _TYPES.get(kind.lower())
        return Marker(known) if known else None

    def _direct(self, style: str) -> Marker | None:
        if "list-style" not in style:
            return None
        found = {name.lower(): value for name, value in _DECLARED.findall(style)}
        return self.marker(found.get("list-style-type", found.get("list-style", "")))


def _look_up(table: dict[tuple[str, str], Marker], tag: str, names: Iterable[str]) -> Marker | None:
    for key in (*((tag, name) for name in names), *(("", name) for name in names), (tag, "")):
        if key in table:
            return table[key]
    return None


def _of_content(content: str) -> Marker | None:
    """The marker that ``content`` makes; None where it makes none."""
    before, after = "", ""
    style = between = None
    for match in _CONTENT.finditer(content):
        function, separator, named, text = match.groups()
        if function and style is None:
            style = (named or "decimal").lower()
            between = _text(separator or "") if function == "counters" else None
        elif text and style is None:
            before += _text(text)
        elif text:
            after += _text(text)
    if style is not None:
        return Marker(style if style in _STYLES else "decimal", before, after, between)
    # A dash or a dot; letters would be text of the page, which a style should not hold.
    return BULLET if before and not any(map(str.isalnum, before)) else None


def _text(quoted: str) -> str:
    """The text of a quoted string of CSS."""
    return _ESCAPE.sub(_escaped, quoted.strip()[1:-1])


def _escaped(match: re.Match[str]) -> str:
    if match[1] is None:
        return match[2]
    code = int(match[1], 16)
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"


def _lettered(count: int, letters: str) -> str:
    """The letters of `count`: a, b to z, then aa, ab."""
    text = ""
    while count > 0:
        count, at = divmod(count - 1, len(letters))
        text = letters[at] + text
    return text


def _roman(count: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        text += sign * (count // size)
        count %= size
    return text


_STYLES = frozenset(
    (
        *("decimal", "decimal-leading-zero", "lower-roman", "upper-roman", "lower-greek"),
        *("lower-alpha", "upper-alpha", "lower-latin", "upper-latin"),
        *("lower-russian", "upper-russian"),
    )
)


@lru_cache(maxsize=1024)
def numbered(count: int, style: str) -> str:
    """`count` in a style of numbers; in decimals where the style has no sign for it."""
    text = ""
    if count > 0:
        if style.endswith("roman") and count <= _HIGHEST_ROMAN:
            text = _roman(count)
        elif style.endswith(("alpha", "latin")):
            text = _lettered(count, _LATIN)
        elif style.endswith("greek"):
            text = _lettered(count, _GREEK)
        elif style.endswith("russian"):
            text = _lettered(count, _RUSSIAN)
    if style == "decimal-leading-zero" and 0 <= count < 10:
        return f"0{count}"
    return (text.upper() if style.startswith("upper") else text) or str(count)
