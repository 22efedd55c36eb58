"""Styles: what a paragraph or a run has from its style and from those it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from profstd.parse.readers._word.names import (
    VAL,
    Properties,
    children,
    first,
    long,
    number,
    switch,
    value,
)
from profstd.parse.readers._word.package import Element

_STYLE, _BASED, _NAME = long("w:style"), long("w:basedOn"), long("w:name")
_PPR, _RPR = long("w:pPr"), long("w:rPr")
_VANISH, _BOLD = long("w:vanish"), long("w:b")
_OUTLINE = long("w:outlineLvl")
_NUM, _NUM_ID, _LEVEL = long("w:numPr"), long("w:numId"), long("w:ilvl")
_HEADING = re.compile(r"(?:heading|заголовок)\s*\d|title|название$|subtitle", re.I)
_CONTENTS = re.compile(r"(?:toc|contents|оглавление)\s*(?:\d|heading)", re.I)
_DEEPEST_OUTLINE = 9  # that level is body text
_DEEPEST = 16  # styles, each based on the next


class Style(NamedTuple):
    """What is needed of a style; None is "not spoken of", a list is (list, level or None)."""

    hidden: bool | None = None
    bold: bool | None = None
    heading: bool = False
    contents: bool = False
    numbering: tuple[str, int | None] | None = None


class Styles:
    """The styles of a document by their ids; `root` is the part, None where there is none."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._resolved: dict[str, Style] = {}
        self.default = ""
        defaults: Properties = {}
        if root is not None:
            path = "/".join(map(long, ("w:docDefaults", "w:rPrDefault", "w:rPr")))
            defaults = children(root.find(path))
            for element in root.iter(_STYLE):
                name = element.get(long("w:styleId")) or ""
                self._elements[name] = element
                is_default = element.get(long("w:default")) in ("1", "true", "on")
                if is_default and element.get(long("w:type")) == "paragraph":
                    self.default = name
        self._hidden = switch(defaults, _VANISH)

    def paragraph(self, style_id: str | None) -> Style:
        """The style of a paragraph; that of paragraphs without one where it is None."""
        name = style_id if style_id in self._elements else self.default
        return self._resolve(name or "", self._hidden)

    def run(self, style_id: str | None) -> Style:
        """The style of a run."""
        return self._resolve(style_id, None) if style_id else Style()

    def numbering(self, style_id: str) -> tuple[str, int | None] | None:
        """The list that a style of any kind belongs to."""
        return self._resolve(style_id, None).numbering

    def _resolve(self, style_id: str, hidden: bool | None) -> Style:
        if style_id not in self._resolved:
            self._resolved[style_id] = self._merged(style_id, hidden)
        return self._resolved[style_id]

    def _merged(self, style_id: str, hidden: bool | None) -> Style:
        bold: bool | None = None
        heading = contents = False
        list_id: str | None = None
        level: int | None = None
        spoken: bool | None = None
        for element in self._chain(style_id):
            own = children(element)
            paragraph, run = children(own.get(_PPR)), children(own.get(_RPR))
            name = value(own, _NAME) or ""
            heading = heading or bool(_HEADING.match(name)) or outlined(paragraph)
            contents = contents or bool(_CONTENTS.match(name))
            spoken = switch(run, _VANISH) if spoken is None else spoken
            bold = switch(run, _BOLD) if bold is None else bold
            if of_list := children(paragraph.get(_NUM)):
                list_id = value(of_list, _NUM_ID) if list_id is None else list_id
                depth = value(of_list, _LEVEL)
                level = number(depth) if level is None and depth is not None else level
        return Style(
            hidden=hidden if spoken is None else spoken,
            bold=bold,
            heading=heading,
            contents=contents,
            numbering=None if list_id is None else (list_id, level),
        )

    def _chain(self, style_id: str) -> Iterator[Element]:
        """The style and those it is based on, nearest first; circles end too."""
        for _ in range(_DEEPEST):
            element = self._elements.get(style_id)
            if element is None:
                return
            yield element
            based = first(element, _BASED)
            style_id = "" if based is None else based.get(VAL) or ""


def outlined(properties: Properties) -> bool:
    """Whether the properties of a paragraph give it a level of the outline."""
    level = value(properties, _OUTLINE)
    return level is not None and number(level, _DEEPEST_OUTLINE) < _DEEPEST_OUTLINE
