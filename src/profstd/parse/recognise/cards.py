"""Chapter 3: the profession cards."""

from __future__ import annotations

import re

from profstd.parse.labels import Labels
from profstd.parse.recognise.coded import add_related, other_names
from profstd.parse.recognise.draft import Node, note_rejoined
from profstd.parse.recognise.lists import is_nothing, statements, texts
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
    "card": "heading",
    "mandatory": "listed_functions",
    "additional": "listed_functions",
}
_ROW_FIELDS = frozenset(_FIELDS.get(key, key) for key in ROWS)

_LEVEL = re.compile(r"(?<![\w.,])(\d{1,2})(?:([.,-])(\d))?(?![\w.,]\d)")
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
        self._empty: dict[str, tuple[int, int]] = {}
        self.node["listed_functions"] = Node(mandatory=[], additional=[])
        for name in ("education", "other_names", "personal_competencies", "regulations", "related"):
            self.node[name] = []

    def take_heading(self, found: Found, end: int) -> None:
        """The card's number and the name in its heading."""
        stream = self._stream
        self._seen.add("card")
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
        note_rejoined(self.node, "heading", heading, self._stream)

    def take(self, found: Found, end: int) -> None:
        """The value of the label `found`, which stands between it and `end`."""
        key, start = found.key, found.end
        if self.functions.take(found, end):
            return
        in_related = key == "name" and "related" in self._seen
        if not in_related:
            self._note_repeated(found)
            if key not in self._seen and not self._stream.text[start:end].strip():
                self._empty[key] = found.start, found.end
            self._seen.add(key)
            field = _FIELDS.get(key, key)
            if field in _ROW_FIELDS:
                self.node.labels.setdefault(field, (found.start, found.end))
        if in_related or key.startswith("related"):
            add_related(self.node["related"], self._stream, start, end, self._labels)
        elif key in TEXT_ROWS:
            self._take_text(found, end)
        elif key == "level":
            self._take_level(start, end)
        elif key in EDUCATION or key == "education":
            self._take_education(found, end)
        elif key == "other_names":
            self.node["other_names"] += other_names(self._stream, start, end, self._labels)
        elif key in ("mandatory", "additional", "listed_functions"):
            kind = "additional" if key == "additional" else "mandatory"
            self.node["listed_functions"][kind] += self._listed(start, end)
        elif key == "personal_competencies":
            self._add_texts(key, start, end, ";,")
        elif key == "regulations":
            self._add_texts(key, start, end, ";")

    def finish(self) -> Node:
        """The card with its functions, and a note of every label of the form it lacks."""
        self.node["functions"] = self.functions.finish()
        if "listed_functions" not in self._seen and "mandatory" in self._seen:
            self._seen.add("listed_functions")
        for key in ("card", *ROWS):
            if key not in self._seen:
                text = self._labels.texts[key][0].rstrip(":").replace("{n}. ", "")
                text = text.replace("{name}", "…")
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

    def _add_texts(self, key: str, start: int, end: int, signs: str) -> None:
        """Add to a list of texts; a label printed again may stand inside one of them."""
        if is_nothing(self._stream.text[start:end], self._labels):
            self._stream.mark(start, end, PLACED)
            return
        more = texts(self._stream, start, end, self._labels, signs)
        before: list[Value] = self.node[key]
        if before and more:
            ending = self._stream.text[before[-1].end : start].strip()[:1]
            if ending not in (";", ".", ",") and more[0].text[:1].islower():
                more[0] = self._stream.joined(before.pop(), more[0])
        before += more

    def _note_repeated(self, found: Found) -> None:
        if found.key in self._seen and found.key in ROWS:
            text = self._stream.words(found.start, found.end)
            place = self._empty.pop(found.key, (found.start, found.end))
            self.node.note("label_repeated", _FIELDS.get(found.key, found.key), place,
                           label=text.rstrip(":"))  # fmt: skip

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
            note_rejoined(self.node, field, value, self._stream)

    def _take_level(self, start: int, end: int) -> None:
        match = _LEVEL.search(self._stream.text, start, end)
        if match is None:
            if is_nothing(self._stream.text[start:end], self._labels):
                self._stream.mark(start, end, PLACED)
            return
        self._stream.mark_known(start, end, self._labels.words["level"])
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
        below = value is not None and value.start >= self._stream.row(found.start)[1]
        if field == "qualification" and below and self._is_head(rows[-1]):
            self._take_education_below(rows, found.end, end)
        else:
            rows[-1][field] = value

    @staticmethod
    def _is_head(row: Node) -> bool:
        return "level" in row and row["level"] is None and row.get("specialty") is None

    def _take_education_below(self, rows: list[Node], start: int, end: int) -> None:
        """The three labels as the head of a table, the values in the rows below it."""
        rows.pop()
        for begin, stop in self._stream.lines(start, end):
            values = [self._given(*cell) for cell in self._stream.cells(begin, stop)]
            fields = dict(zip(EDUCATION.values(), values, strict=False))
            if len(values) == 1 and rows:
                fields = {"level": None, "specialty": None, "qualification": values[0]}
            rows.append(Node((begin, stop), **fields))

    def _listed(self, start: int, end: int) -> list[Node]:
        if is_nothing(self._stream.text[start:end], self._labels):
            self._stream.mark(start, end, PLACED)
            return []
        return [
            Node(node.place, number=node["number"], name=node["text"])
            for node in statements(self._stream, start, end, self._labels)
        ]
