"""Chapter 3: the profession cards."""

from __future__ import annotations

import re

from profstd.parse.labels import Labels, fold
from profstd.parse.recognise.draft import Node
from profstd.parse.recognise.lists import bare, items, statements, texts
from profstd.parse.recognise.scan import Found
from profstd.parse.recognise.skills import FunctionsDraft
from profstd.parse.recognise.stream import PLACED, Stream, Value

TEXT_ROWS = {
    "group_code": "group_code",
    "occupation_code": "code",
    "name": "name",
    "sublevel": "sublevel",
    "other_qualification": "other_qualification",
    "experience": "experience",
    "nonformal_learning": "nonformal_learning",
    "purpose": "purpose",
}
EDUCATION = {
    "education.level": "level",
    "education.specialty": "specialty",
    "education.qualification": "qualification",
}
# The rows that every card of the form has, filled in or not.
ROWS = (
    *("group_code", "occupation_code", "name", "level", "sublevel", "other_qualification"),
    *("education", "experience", "nonformal_learning", "other_names", "purpose"),
    *("listed_functions", "mandatory", "additional"),
    *("personal_competencies", "regulations", "related"),
)
_FIELDS = {
    **TEXT_ROWS,
    "mandatory": "listed_functions",
    "additional": "listed_functions",
}
_ROW_FIELDS = frozenset(_FIELDS.get(key, key) for key in ROWS)

_CODE = re.compile(r"(?<![\w-])[\dXХ]\d{2,4}-\d{1,2}-\d{2,4}(?![\w-])")
_LEVEL = re.compile(r"(?<![\w.,])(\d{1,2})(?:([.,-])(\d))?(?![\w.,]\d)")
_LEVEL_CELL = re.compile(r"\s*(\d{1,2})(?:[.,](\d))?\s*")
_DASHES = re.compile(r"[-–—_\s]*")


class CardDraft:
    """One profession card, filled label by label."""

    def __init__(self, stream: Stream, labels: Labels, heading: Found | None, start: int) -> None:
        self._stream = stream
        self._labels = labels
        self.start = start
        self.node = Node((heading.start, heading.end) if heading else None)
        self.functions = FunctionsDraft(stream, labels)
        self._seen: set[str] = set()
        self.node["listed_functions"] = Node(mandatory=[], additional=[])
        for name in ("education", "other_names", "personal_competencies", "regulations", "related"):
            self.node[name] = []

    def take_heading(self, found: Found, end: int) -> None:
        """The card's number and the name in its heading."""
        stream = self._stream
        if found.number is not None:
            end_of_number = found.start + len(str(found.number))
            self.node["item_number"] = Value(found.number, found.start, end_of_number)
        if found.name:
            heading = stream.value(*found.name)
        else:
            heading = stream.value(found.end, end)
            if heading:
                text = heading.text.rstrip(" :").strip('«»"“”„ ')
                heading = Value(text, heading.start, heading.end) if text else None
        self.node["heading"] = heading
        self._note_rejoined(self.node, "heading", heading)

    def take(self, found: Found, end: int) -> None:
        """The value of the label `found`, which stands between it and `end`."""
        key, start = found.key, found.end
        if self.functions.take(found, end):
            return
        in_related = key == "name" and "related" in self._seen
        if not in_related:
            self._note_repeated(found)
            self._seen.add(key)
            field = _FIELDS.get(key, key)
            if field in _ROW_FIELDS:
                self.node.labels.setdefault(field, (found.start, found.end))
        if in_related or key.startswith("related"):
            self._take_related(start, end)
        elif key in TEXT_ROWS:
            self._take_text(found, end)
        elif key == "level":
            self._take_level(start, end)
        elif key in EDUCATION or key == "education":
            self._take_education(found, end)
        elif key == "other_names":
            self.node["other_names"] += self._other_names(start, end)
        elif key in ("mandatory", "additional", "listed_functions"):
            kind = "additional" if key == "additional" else "mandatory"
            self.node["listed_functions"][kind] += self._listed(start, end)
        elif key == "personal_competencies":
            self.node[key] += self._texts(start, end, ";,")
        elif key == "regulations":
            self.node[key] += self._texts(start, end, ";")

    def finish(self) -> Node:
        """The card with its functions, and a note of every label of the form it lacks."""
        self.node["functions"] = self.functions.finish()
        if "listed_functions" not in self._seen and "mandatory" in self._seen:
            self._seen.add("listed_functions")
        for key in ROWS:
            if key not in self._seen:
                text = self._labels.texts[key][0].rstrip(":")
                self.node.note("missing_label", _FIELDS.get(key, key), label=key, text=text,
                               level="card")  # fmt: skip
        return self.node

    @property
    def is_full(self) -> bool:
        """Whether the functions or the last rows of the card have begun."""
        return bool(self._seen & {"listed_functions", "mandatory", *ROWS[-3:]})

    def _given(self, start: int, end: int) -> Value | None:
        value = self._stream.value(start, end)
        return None if value is None or _DASHES.fullmatch(value.text) else value

    def _texts(self, start: int, end: int, signs: str) -> list[Value]:
        if self._given(start, end) is None:
            return []
        return texts(self._stream, start, end, self._labels, signs)

    def _note_repeated(self, found: Found) -> None:
        if found.key in self._seen and found.key in ROWS:
            text = " ".join(self._stream.text[found.start : found.end].split())
            self.node.note("label_repeated", _FIELDS.get(found.key, found.key),
                           (found.start, found.end), label=text.rstrip(":"))  # fmt: skip

    def _note_rejoined(self, node: Node, field: str, value: Value | None) -> None:
        if value and self._stream.crosses_gap(value.start, value.end):
            node.note("name_rejoined", field, (value.start, value.end), text=value.text)

    def _take_text(self, found: Found, end: int) -> None:
        field = TEXT_ROWS[found.key]
        value = self._given(found.end, end)
        if value is None:
            self.node.setdefault(field, None)
            return
        before = self.node.get(field)
        if before is None or before.text == value.text:
            self.node[field] = value
        else:
            self.node[field] = self._stream.joined(before, value)
        if field == "name":
            self._note_rejoined(self.node, field, value)

    def _take_level(self, start: int, end: int) -> None:
        match = _LEVEL.search(self._stream.text, start, end)
        if match is None:
            self._given(start, start)
            return
        self._stream.mark(start, end, PLACED)
        self.node["level"] = Value(int(match[1]), match.start(1), match.end(1))
        if match[3] and not self.node.get("sublevel"):
            self.node["sublevel"] = Value(match[0], match.start(), match.end())

    def _take_education(self, found: Found, end: int) -> None:
        rows: list[Node] = self.node["education"]
        value = self._given(found.end, end)
        if found.key == "education":
            if value:
                rows.append(Node((value.start, value.end), level=value))
            return
        field = EDUCATION[found.key]
        if not rows or field in rows[-1] or field == "level":
            rows.append(Node((found.start, found.end)))
        rows[-1][field] = value

    def _other_names(self, start: int, end: int) -> list[Node]:
        """Entries run together with a space: only the code shows where one begins."""
        stream = self._stream
        if self._given(start, end) is None:
            return []
        codes = list(_CODE.finditer(stream.text, start, end))
        found = [
            Node(code=None, name=bare(stream, *item[1:], self._labels))
            for item in items(stream, start, codes[0].start() if codes else end)
        ]
        stops = [*(code.start() for code in codes[1:]), end][: len(codes)]
        for code, stop in zip(codes, stops, strict=True):
            dash = re.compile(r"\s*[-–—:]?\s*").match(stream.text, code.end(), stop)
            begin = dash.end() if dash else code.end()
            name = bare(stream, begin, stop, self._labels)
            value = stream.value(code.start(), code.end())
            stream.mark(code.end(), begin, PLACED)
            if name:
                text = _without_marker(name.text)
                name = Value(text, name.start, name.end) if text else None
            found.append(Node((code.start(), code.end()), code=value, name=name))
        return [node for node in found if node["code"] or node["name"]]

    def _listed(self, start: int, end: int) -> list[Node]:
        if self._given(start, end) is None:
            return []
        return [
            Node(node.place, number=node["number"], name=node["text"])
            for node in statements(self._stream, start, end, self._labels)
        ]

    def _take_related(self, start: int, end: int) -> None:
        """Rows of level, code and name; a row may be cut, or have all in one cell."""
        rows: list[Node] = self.node["related"]
        level: Value | None = None
        for begin, stop in self._stream.cells(start, end):
            begin, level = self._related_level(begin, stop, level)
            if not self._stream.text[begin:stop].strip():
                continue
            code = _CODE.search(self._stream.text, begin, stop)
            if code and not self._stream.text[begin : code.start()].strip(" -–—1234567890).\t"):
                name = self._given(code.end(), stop)
                value = self._stream.value(code.start(), code.end())
                rows.append(Node((begin, stop), level=level, code=value, name=_dashless(name)))
            elif level is None and rows:
                self._continue_name(rows[-1], begin, stop)
            elif name := self._given(begin, stop):
                rows.append(Node((begin, stop), level=level, code=None, name=name))
            level = None

    def _continue_name(self, row: Node, begin: int, stop: int) -> None:
        before: Value | None = row["name"]
        more = self._given(begin, stop)
        if before is None or more is None:
            row["name"] = before or _dashless(more)
        else:
            row["name"] = self._stream.joined(before, more)

    def _related_level(
        self, begin: int, stop: int, level: Value | None
    ) -> tuple[int, Value | None]:
        """The level that a cell holds or begins with, and where its rest begins."""
        text = self._stream.text
        match = _LEVEL_CELL.match(text, begin, stop)
        if match is None:
            return begin, level
        rest = match.end()
        alone = not text[rest:stop].strip() or _is_level_word(text[rest:stop], self._labels)
        if alone or _CODE.match(text, rest, stop):
            self._stream.mark(begin, stop if alone else rest, PLACED)
            return (stop if alone else rest), Value(int(match[1]), match.start(1), match.end(1))
        return begin, level


def _is_level_word(text: str, labels: Labels) -> bool:
    folded = fold(" ".join(text.split())).strip(" -.")
    return any(folded == fold(word) for word in labels.words["level"])


def _dashless(name: Value | None) -> Value | None:
    if name is None:
        return None
    text = name.text.lstrip("-–— ")
    return Value(text, name.start, name.end) if text else None


def _without_marker(text: str) -> str:
    """A name without the number of the next item that a list printed after it."""
    return re.sub(r"[;,]?\s*\d{1,2}[.)]$", "", text).rstrip(" ;,")
