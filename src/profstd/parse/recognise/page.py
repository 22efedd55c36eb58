"""The registry's page of one profession."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from profstd.parse.labels import Labels, fold
from profstd.parse.recognise.coded import CODE
from profstd.parse.recognise.draft import Node
from profstd.parse.recognise.lists import texts
from profstd.parse.recognise.scan import Found, scan
from profstd.parse.recognise.stream import LABEL, PLACED, Stream, Value

_SUBLEVEL = re.compile(r"\d\.\d")
_BULLET = re.compile(r"\s*[-–—•]\s*")

# What a page has below its tabs.
_CONTENT = frozenset(
    f"page.{name}"
    for name in ("purpose", "personal_competencies", "experience", "related_level", "skill")
)


class _HeadLine(NamedTuple):
    """A line above the tabs: its text, folded, and where it stands."""

    text: str
    start: int
    end: int


def recognise(stream: Stream, labels: Labels) -> tuple[Node, int]:
    """The draft of the page in `stream`, and how many kinds of labels were found."""
    stream.use(labels.words)
    found = _labels_of(stream, labels)
    above = takewhile(lambda hit: hit.key not in _CONTENT, found)
    if stream.furniture and not any(hit.key == "page.navigation" for hit in above):
        stream.bring_back(list(_tabs_among_furniture(stream, labels)))
        found = _labels_of(stream, labels)
    draft = PageDraft(stream, labels)
    ends = [*(hit.start for hit in found[1:]), len(stream.text)][: len(found)]
    draft.take_head(found[0].start if found else 0)
    for hit, end in zip(found, ends, strict=True):
        stream.mark(hit.start, hit.end, LABEL)
        draft.take(hit, end)
    draft.finish()
    return draft.root, len({hit.key for hit in found})


def _labels_of(stream: Stream, labels: Labels) -> list[Found]:
    return [hit for hit in scan(stream, labels) if hit.fills or _is_related_level(stream, hit)]


def _is_related_level(stream: Stream, hit: Found) -> bool:
    """«4 уровень ОРК ( подуровень)»: the label, then nothing but a bracket."""
    rest = stream.text[hit.end : stream.cell_end(hit.end)].strip()
    return hit.key == "page.related_level" and hit.leads and rest[:1] in "(–-"


def _tabs_among_furniture(stream: Stream, labels: Labels) -> Iterator[tuple[int, int]]:
    """The tabs of the page that stand in a menu, which is the site's otherwise."""
    names = {
        fold(name) for key in ("page.navigation", "page.related") for name in labels.texts[key]
    }
    for start, end in stream.furniture:
        at = start
        for line in re.split(r"[\t\n]", stream.raw[start:end]):
            if " ".join(fold(line).split()) in names:
                yield at, at + len(line)
            at += len(line) + 1


class PageDraft:
    """The page, filled label by label."""

    def __init__(self, stream: Stream, labels: Labels) -> None:
        self._stream = stream
        self._labels = labels
        self.profession = Node(
            name=None,
            education=[],
            functions=[],
            related=[],
            personal_competencies=[],
            listed_functions=Node(mandatory=[], additional=[]),
        )
        self.root = Node(
            schema_version="1.0",
            kind="registry_page",
            language=labels.language,
            navigation=[],
            profession=self.profession,
        )
        self._content = False
        self._heads: list[tuple[int, int]] = []

    def take_head(self, end: int) -> None:
        """What stands above the tabs."""
        self._heads += self._stream.paragraphs(0, end)

    def finish(self) -> None:
        """Find the code and the name, which may stand several times above and in the tabs.

        Among other things that a site writes there the name is what stands beside the
        code, is printed again, or is a heading.
        """
        lines: list[_HeadLine] = []
        codes: list[tuple[int, int]] = []
        for start, end in self._heads:
            code = CODE.search(self._stream.text, start, end)
            if code is None:
                self._add_line(lines, start, end)
                continue
            codes.append(code.span())
            self._add_line(lines, start, code.start())
            self._add_line(lines, code.end(), end)
        if codes:
            self.profession["code"] = self._stream.value(*codes[0])
        if not lines:
            return
        name = max(lines, key=lambda line: self._score(line, lines, codes)).text
        values = [self._stream.value(line.start, line.end) for line in lines if line.text == name]
        self.profession["name"] = values[0]

    def _add_line(self, lines: list[_HeadLine], start: int, end: int) -> None:
        """One more line; what begins with a small letter goes on with the one right before."""
        printed = self._stream.words(start, end)
        if not any(letter.isalpha() for letter in printed):
            return
        if lines and printed[0].islower() and self._are_neighbours(lines[-1].end, start):
            start = lines.pop().start
        lines.append(_HeadLine(fold(self._stream.words(start, end)), start, end))

    def _are_neighbours(self, end: int, start: int) -> bool:
        """Whether nothing but signs stands between the two."""
        between = self._stream.text[end:start] if end <= start else "x"
        return not any(letter.isalnum() for letter in between)

    def _score(self, line: _HeadLine, lines: list[_HeadLine], codes: list[tuple[int, int]]) -> int:
        """How much a line above the tabs is like the profession's name."""
        alike = [other for other in lines if other.text == line.text]
        behind = any(self._are_neighbours(end, one.start) for _, end in codes for one in alike)
        before = any(self._are_neighbours(one.end, start) for start, _ in codes for one in alike)
        headed = any(begin <= line.start < end for begin, end in self._stream.headings)
        return 2 * (len(alike) > 1) + 2 * behind + before + headed

    def take(self, found: Found, end: int) -> None:
        """The value of the label `found`, which reaches to `end`."""
        key, start = found.key.removeprefix("page."), found.end
        if key in ("navigation", "related") and not self._content:
            self._take_tab(found, end)
            return
        if key == "description":
            self._heads += self._stream.paragraphs(start, end)
        elif key in ("purpose", "experience"):
            self._content = True
            self.profession[key] = self._text(start, end)
        elif key == "personal_competencies":
            self.profession[key] = texts(self._stream, start, end, self._labels, ";,")
        elif key == "related_level":
            self._take_related(found, end)
        elif key == "level":
            self._take_level(found, end)
        elif key == "skill":
            self._take_skill(found, end)

    def _take_tab(self, found: Found, end: int) -> None:
        tab = self._stream.value(found.start, found.end)
        assert tab
        if not any(fold(tab.text) == fold(before.text) for before in self.root["navigation"]):
            self.root["navigation"].append(tab)
        self._heads += self._stream.paragraphs(found.end, end)

    def _text(self, start: int, end: int) -> Value | None:
        bullet = _BULLET.match(self._stream.text, start, end)
        if bullet:
            self._stream.mark(start, bullet.end(), PLACED)
            start = bullet.end()
        return self._stream.value(start, end)

    def _take_related(self, found: Found, end: int) -> None:
        stop = self._stream.cell_end(found.end)
        sublevel = _SUBLEVEL.search(self._stream.text, found.end, min(stop, end))
        self._stream.mark(found.start, min(stop, end), LABEL)
        node = Node((found.start, found.end), code=None, sublevel=None)
        node["level"] = Value(found.number, found.start, found.end)
        if sublevel:
            node["sublevel"] = self._stream.value(*sublevel.span())
        code = CODE.search(self._stream.text, stop, end)
        if code:
            node["code"] = self._stream.value(*code.span())
            stop = code.end()
        node["name"] = self._text(min(stop, end), end)
        self.profession["related"].append(node)

    def _take_level(self, found: Found, end: int) -> None:
        self.profession["level"] = Value(found.number, found.start, found.end)
        for begin, stop in self._stream.lines(found.end, end):
            if value := self._text(begin, stop):
                place = value.start, value.end
                row = Node(place, level=value, specialty=None, qualification=None)
                self.profession["education"].append(row)

    def _take_skill(self, found: Found, end: int) -> None:
        functions: list[Node] = self.profession["functions"]
        if not functions or found.number == 1:
            place = found.start, found.end
            functions.append(Node(place, kind=None, number=None, name=None, skills=[]))
        skill = Node((found.start, found.end), recognition=None, abilities=[], knowledge=[])
        skill["number"] = Value(found.number, found.start, found.end)
        skill["name"] = self._text(found.end, end)
        functions[-1]["skills"].append(skill)
