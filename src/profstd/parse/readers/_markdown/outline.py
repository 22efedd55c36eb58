"""The outline of profstd's own Markdown: sections, and the tables, lists and texts in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from profstd.parse.readers._markdown.values import Part

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_HEADING = re.compile(r'(#{1,6})(?:[ \t]+(?:<a id="[-\w]+"></a>)?(.*?))?[ \t]*')
_ITEM = re.compile(r"[ \t]*[-*+](?:[ \t]+(.*?))?[ \t]*")
_STRONG = re.compile(r"\*\*(.+?)\*\*(.*?)[ \t]*")
_CELL = re.compile(r"\|((?:[^|\\]++|\\.?)*+)")
_RULE = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+")

Kind = Literal["table", "list", "text"]


@dataclass
class Block:
    """Rows of cells: a table has several, a list and a text have one part a row."""

    kind: Kind
    rows: list[list[Part]]


@dataclass
class Group:
    """What stands under a label in bold, or before any; `rest` follows the label in its line."""

    label: Part
    rest: Part
    blocks: list[Block] = field(default_factory=list)

    def rows(self, kind: Kind) -> list[list[Part]]:
        """The rows of the first block of a kind; none where there is none."""
        return next((block.rows for block in self.blocks if block.kind == kind), [])


@dataclass
class Section:
    """A heading, what stands under it, and the sections in it."""

    depth: int
    title: Part
    groups: list[Group]
    sections: list[Section] = field(default_factory=list)

    def section(self, title: str) -> Section:
        """The first section in it of that title; an empty one where there is none."""
        found = (inner for inner in self.sections if inner.title.text == title)
        return next(found, None) or _section(self.depth + 1, Part("", self.title.end))

    def parts(self) -> Iterator[Part]:
        """All there is in the section, section by section."""
        waiting = [self]
        while waiting:
            section = waiting.pop()
            yield section.title
            for group in section.groups:
                yield from (group.label, group.rest)
                for block in group.blocks:
                    for row in block.rows:
                        yield from row
            waiting += section.sections


def group_of(groups: Iterable[Group], label: str) -> Group | None:
    """The first group under that label."""
    return next((group for group in groups if group.label.text == label), None)


def outline(text: str) -> Section:
    """The sections of `text`, in one of depth 0 that has no title."""
    path = [_section(0, Part("", 0))]
    last: list[Part] | None = None  # a text or an item that may go on in the next line
    end = 0
    for match in _LINE.finditer(text):
        line = Part(match[1], match.start())
        blocks = path[-1].groups[-1].blocks
        begins = line.text.lstrip(" \t")
        if last is not None and begins and not _is_marked(line.text):
            end = line.end
            continue
        if last is not None:
            _extend(last, text, end)
            last = None
        if not begins:
            continue
        if heading := _HEADING.fullmatch(line.text):
            while path[-1].depth >= len(heading[1]):
                path.pop()
            section = _section(len(heading[1]), line.within(heading, 2))
            path[-1].sections.append(section)
            path.append(section)
        elif strong := _STRONG.fullmatch(line.text):
            path[-1].groups.append(Group(line.within(strong, 1), line.within(strong, 2)))
        elif begins.startswith("|"):
            cells = _cells(line.stripped())
            if cells and not _RULE.fullmatch(line.text.strip(" \t")):
                _add(blocks, "table", cells)
        else:
            item = _ITEM.fullmatch(line.text)
            last, end = [line.within(item, 1) if item else line.stripped()], line.end
            if item:
                _add(blocks, "list", last)
            else:
                blocks.append(Block("text", [last]))
    return path[0]


def _is_marked(line: str) -> bool:
    """Whether a line begins something of its own, and goes on with nothing."""
    begins = line.lstrip(" \t").startswith("|")
    return begins or any(shape.fullmatch(line) for shape in (_HEADING, _STRONG, _ITEM))


def _extend(row: list[Part], text: str, end: int) -> None:
    """Let a text or an item go on to `end`."""
    start = row[0].start
    if end > row[0].end:
        row[0] = Part(text[start:end].rstrip(" \t"), start)


def _section(depth: int, title: Part) -> Section:
    end = Part("", title.end)
    return Section(depth, title, [Group(end, end)])


def _add(blocks: list[Block], kind: Kind, row: list[Part]) -> None:
    if blocks and blocks[-1].kind == kind:
        blocks[-1].rows.append(row)
    else:
        blocks.append(Block(kind, [row]))


def _cells(line: Part) -> list[Part]:
    cells = list(_CELL.finditer(line.text))
    if not cells[-1][1]:
        cells.pop()
    return [line.within(cell, 1).stripped() for cell in cells]
