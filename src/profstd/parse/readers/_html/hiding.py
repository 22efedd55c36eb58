"""Which elements the style sheets of a page hide, by their classes and ids.

Sources: CSS Syntax Module Level 3, 5.4 (rules), CSS Display Module Level 3, 2.7
(``display: none``), CSS 2.1, 11.2 (``visibility``). Only sheets that stand in the page before
the element count, and only selectors of one compound of classes, ids and an element. What a
sheet hides and a rule of its own, or a script of the page, can bring up is content: a panel
that waits for a click.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

_LARGEST = 2_000_000  # characters of a style sheet
_MOST_RULES = 50_000
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PARTS = re.compile(r"[^{}]*+[{}]")
_SCREEN = re.compile(r"@(?:media\s+(?:only\s+)?(?:all|screen)\s*|supports\b.*|layer\b.*)", re.I)
_DISPLAY = re.compile(r"(?<![-\w])(display|visibility)\s*:\s*([-\w]+)", re.IGNORECASE)
_SIMPLE = re.compile(r"([a-zA-Z][\w-]*)?((?:[.#][-\w]+)+)")
_NAMES = re.compile(r"[.#][-\w]+")
_BETWEEN = re.compile(r"[\s>+~]+")
_LONGEST_SELECTOR = 300
_DEEPEST = 20
_MOST_ALIKE = 100  # hidden compounds with one name in common
_PSEUDO = re.compile(r"::?[-\w]+(?:\([^)]*\))?")
_SCRIPT, _SCRIPT_END = re.compile("<script", re.IGNORECASE), re.compile("</script", re.IGNORECASE)
_QUOTED = re.compile(r""""[^"\n]*+"|'[^'\n]*+'|`[^`]*+`""")
_WORD = re.compile(r"[.#]?[-\w]+")
_CONCEALS = frozenset(("none", "hidden", "collapse"))


class Hiding:
    """What the sheets of the page `text` hide; filled sheet by sheet."""

    def __init__(self, text: str) -> None:
        self._text = text
        # Hidden compounds, an element and names, by one of the names.
        self._hidden: dict[str, list[tuple[str, frozenset[str]]]] = {}
        self._shown: set[str] = set()  # classes and ids that a rule brings up

    def add(self, sheet: str) -> bool:
        """Take in the text of a style element; whether anything is hidden by now."""
        if len(sheet) > _LARGEST or not ("display" in sheet or "visibility" in sheet):
            return bool(self._hidden)
        text = _COMMENT.sub(" ", sheet)
        # Without a brace at the end the pattern would look for one from every character.
        text = text[: max(text.rfind("{"), text.rfind("}")) + 1]
        around: list[tuple[str, bool]] = []  # what is open, and whether what is in it counts
        for count, match in enumerate(_PARTS.finditer(text)):
            if count > _MOST_RULES or len(around) > _DEEPEST:
                break
            counts = around[-1][1] if around else True
            if match[0].endswith("{"):
                rule = match[0][:-1].rpartition(";")[2].strip()
                screen = len(rule) <= _LONGEST_SELECTOR and _SCREEN.fullmatch(rule)
                around.append((rule, counts and bool(screen)))
            elif around:
                selectors, _ = around.pop()
                if around[-1][1] if around else True:
                    self._take(selectors, match[0][:-1])
        return bool(self._hidden)

    def _take(self, selectors: str, body: str) -> None:
        said = _DISPLAY.findall(body)
        if not said or selectors.startswith("@"):
            return
        conceals = any(value.lower() in _CONCEALS for _, value in said)
        for selector in map(str.strip, selectors.split(",")):
            if len(selector) > _LONGEST_SELECTOR:
                continue
            if not conceals:
                last = _BETWEEN.split(_PSEUDO.sub("", selector))[-1]
                self._shown.update(_NAMES.findall(last))
            elif simple := _SIMPLE.fullmatch(selector):
                names = _NAMES.findall(simple[2])
                alike = self._hidden.setdefault(names[0], [])
                if len(alike) < _MOST_ALIKE:
                    alike.append(((simple[1] or "").lower(), frozenset(names)))

    def hides(self, name: str, given: Mapping[str, str]) -> bool:
        """Whether the element `name` with these attributes is hidden for good."""
        own = {f".{word}" for word in given.get("class", "").split()[:_MOST_ALIKE]}
        if identity := given.get("id"):
            own.add(f"#{identity}")
        if not own or any(
            value.lower() not in _CONCEALS for _, value in _DISPLAY.findall(given.get("style", ""))
        ):
            return False
        hiding: set[str] = set()
        for key in own & self._hidden.keys():
            hiding.update(
                *(names for tag, names in self._hidden[key] if tag in ("", name) and names <= own)
            )
        if not hiding or not hiding.isdisjoint(self._shown):
            return False
        return not any(word in self._scripted or word[1:] in self._scripted for word in hiding)

    @cached_property
    def _scripted(self) -> frozenset[str]:
        """The words in the quoted texts of scripts: names of what they may bring up."""
        words: set[str] = set()
        at = 0
        while start := _SCRIPT.search(self._text, at):
            end = _SCRIPT_END.search(self._text, start.end())
            if end is None:
                break
            at = end.end()
            for quoted in _QUOTED.findall(self._text[start.end() : end.start()]):
                words.update(_WORD.findall(quoted))
        return frozenset(words)
