"""The registry's page of one profession."""

from __future__ import annotations

import re

from profstd.parse.labels import Labels, fold
from profstd.parse.recognise.coded import CODE
from profstd.parse.recognise.draft import Node
from profstd.parse.recognise.lists import texts
from profstd.parse.recognise.scan import Found, scan
from profstd.parse.recognise.stream import LABEL, PLACED, Stream, Value

_SUBLEVEL = re.compile(r"\d\.\d")
_BULLET = re.compile(r"\s*[-–—•]\s*")


def recognise(stream: Stream, labels: Labels) -> tuple[Node, int]:
    """The draft of the page in `stream`, and how many kinds of labels were found."""
    stream.use(labels.words)
    found = [hit for hit in scan(stream, labels) if hit.fills or _is_related_level(stream, hit)]
    draft = PageDraft(stream, labels)
    ends = [*(hit.start for hit in found[1:]), len(stream.text)][: len(found)]
    draft.take_head(found[0].start if found else 0)
    for hit, end in zip(found, ends, strict=True):
        stream.mark(hit.start, hit.end, LABEL)
        draft.take(hit, end)
    return draft.root, len({hit.key for hit in found})


def _is_related_level(stream: Stream, hit: Found) -> bool:
    """«4 уровень ОРК ( подуровень)»: the label, then nothing but a bracket."""
    line = stream.text[hit.end : stream.row(hit.start)[1]].strip()
    return hit.key == "page.related_level" and hit.leads and line[:1] in "(–-"


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

    def take_head(self, end: int) -> None:
        """The code and the name, which may stand several times above the tabs."""
        for start, stop in self._stream.lines(0, end):
            self._take_identity(start, stop)

    def _take_identity(self, start: int, end: int) -> None:
        code = CODE.search(self._stream.text, start, end)
        if code:
            self.profession["code"] = self._stream.value(code.start(), code.end())
            rest = [(start, code.start()), (code.end(), end)]
        else:
            rest = [(start, end)]
        for begin, stop in rest:
            text = self._stream.words(begin, stop)
            before = self.profession["name"]
            if any(letter.isalpha() for letter in text) and (
                before is None or fold(before.text) == fold(text)
            ):
                name = self._stream.value(begin, stop)
                self.profession["name"] = before or name

    def take(self, found: Found, end: int) -> None:
        """The value of the label `found`, which reaches to `end`."""
        key, start = found.key.removeprefix("page."), found.end
        if key in ("navigation", "related") and not self._content:
            self._take_tab(found, end)
            return
        if key == "description":
            for begin, stop in self._stream.lines(start, end):
                self._take_identity(begin, stop)
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
        self.root["navigation"].append(self._stream.value(found.start, found.end))
        for begin, stop in self._stream.lines(found.end, end):
            self._take_identity(begin, stop)

    def _text(self, start: int, end: int) -> Value | None:
        bullet = _BULLET.match(self._stream.text, start, end)
        if bullet:
            self._stream.mark(start, bullet.end(), PLACED)
            start = bullet.end()
        return self._stream.value(start, end)

    def _take_related(self, found: Found, end: int) -> None:
        stop = self._stream.row(found.start)[1]
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
