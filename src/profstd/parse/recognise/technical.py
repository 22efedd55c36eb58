"""Chapter 4: technical data of the standard."""

from __future__ import annotations

import re
from functools import cache

from profstd.parse.labels import Labels, fold
from profstd.parse.recognise.draft import Node
from profstd.parse.recognise.lists import split
from profstd.parse.recognise.scan import Found
from profstd.parse.recognise.stream import PLACED, Stream, Value

ITEMS = (
    *("authority", "developers", "sector_council", "national_body"),
    *("chamber", "version", "review_date"),
)
PARTS = frozenset({"executor", "leader", "email", "phone"})
_DECISIONS = frozenset({"sector_council", "national_body", "chamber"})

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.])\+?\d[\d\s()\-]{5,}\d(?![\w])")
_AROUND = " ,;:\t\n\u00a0"
_DATE = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d{2})-(\d{2})-(\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# A number has a digit in it; what stands after the sign № is one in any case.
_NUMBER_SIGN = re.compile(r"№\s*([^\s,;]*[^\s,;.])")
_NUMBER = re.compile(r"(?<!\S)([^\s,;:()]*\d[^\s,;:()]*)(?<![.])")
_VERSION = re.compile(r"(?<![\w.])\d+(?:\.\d+)*(?![\w])")


class TechnicalDraft:
    """Chapter 4, filled label by label."""

    def __init__(self, stream: Stream, labels: Labels) -> None:
        self._stream = stream
        self._labels = labels
        self.node = Node(
            item_numbers=[],
            authority=Node(name=None, contacts=[]),
            developers=[],
            contacts=[],
        )
        for name in _DECISIONS:
            self.node[name] = Node(number=None, date=None)
        self._organisation: Node | None = None
        self._contact: Node | None = None
        self._item = ""

    def take(self, found: Found, end: int, following: str) -> None:
        """The value of the label `found`; `following` is the key of the next label."""
        key, start = found.key, found.end
        if key in PARTS:
            self._take_part(found, end, following)
            return
        self._item, self._organisation, self._contact = key, None, None
        for field in ("version", "year") if key == "version" else (key,):
            self.node.labels.setdefault(field, (found.start, found.end))
        if found.number is not None:
            number = Value(found.number, found.start, found.start + len(str(found.number)))
            self.node["item_numbers"].append(number)
        if key == "authority":
            self._organisation = self.node["authority"]
            self._organisation["name"] = self._stream.value(start, end)
        elif key == "developers":
            self._add_developers(start, end)
        elif key in _DECISIONS:
            self._take_decision(self.node[key], start, end)
        elif key == "version":
            self._take_version(start, end)
        else:
            dated = find_date(self._stream, start, end, self._labels)
            if dated:
                words = self._labels.words
                self._stream.mark_known(start, end, [*words["months"], *words["decision"]])
            self.node["review_date"] = dated

    def _add_developers(self, start: int, end: int) -> None:
        """An organisation a line; a line that begins with a small letter goes on."""
        ranges: list[tuple[int, int]] = []
        for begin, stop in self._stream.lines(start, end):
            first = self._stream.text[begin:stop].lstrip()[:1]
            if ranges and (first.islower() or self._ends_open(ranges[-1])):
                ranges[-1] = ranges[-1][0], stop
            else:
                ranges.append((begin, stop))
        for begin, stop in ranges:
            if name := self._stream.value(begin, stop):
                node = Node((name.start, name.end), name=name, contacts=[])
                self.node["developers"].append(node)
                self._organisation = node

    def _ends_open(self, part: tuple[int, int]) -> bool:
        text = self._stream.text[part[0] : part[1]].rstrip()
        return text.endswith((",", "-", "«")) or text.count("«") > text.count("»")

    def _contacts(self) -> list[Node]:
        contacts: list[Node] = (self._organisation or self.node)["contacts"]
        return contacts

    def _take_part(self, found: Found, end: int, following: str) -> None:
        if found.key in ("email", "phone"):
            self._take_detail(found, end)
            return
        role = self._stream.value(found.start, found.end)
        assert role
        role = Value(role.text.rstrip(": "), role.start, role.end)
        lines = list(self._stream.lines(found.end, end))
        people, organisations = self._divide(lines, following)
        parts = [part for line in people for part in split(self._stream, *line, ";")]
        for begin, stop in parts or [(found.end, found.end)]:
            self._add_contact(role, begin, stop)
        if organisations and self._item == "developers":
            self._add_developers(organisations[0][0], organisations[-1][1])
            self._contact = None

    def _divide(
        self, lines: list[tuple[int, int]], following: str
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Lines of contacts, and the lines after them that name the next organisation.

        An organisation stands after the last line with a telephone or an e-mail; where
        no line has any, it is the last line before a new «Руководитель проекта».
        """
        if self._item != "developers" or following not in PARTS - {"email", "phone"}:
            return lines, []
        reached = [
            index
            for index, (begin, stop) in enumerate(lines)
            if _EMAIL.search(self._stream.text, begin, stop)
            or _PHONE.search(self._stream.text, begin, stop)
        ]
        cut = reached[-1] + 1 if reached else max(1, len(lines) - 1)
        return lines[:cut], lines[cut:]

    def _add_contact(self, role: Value, start: int, end: int) -> None:
        """A person with telephone and e-mail; a line without a name goes on with the last."""
        stream = self._stream
        found: dict[str, Value | None] = {}
        text = stream.text[start:end]
        for field, shape in (("email", _EMAIL), ("phone", _PHONE)):
            if match := shape.search(text):
                found[field] = stream.value(start + match.start(), start + match.end())
                text = _blanked(text, match)
        for match in _words(tuple(self._labels.words["contact"])).finditer(text):
            text = _blanked(text, match)
        said = text.strip(_AROUND)
        if not any(len(word) > 1 for word in re.findall(r"[^\W\d_]+", said)):
            said = ""
        stream.mark(start, end, PLACED)
        last = self._contact
        if not said and last and not any(last[field] for field in found):
            last.update(found)
            return
        self._contact = Node((role.start, role.end), role=role, name=None, phone=None, email=None)
        self._contact.update(found)
        if said:
            begin = start + len(text) - len(text.lstrip(_AROUND))
            whole = " ".join(said.split())
            self._contact["name"] = Value(whole, begin, begin + len(said))
        self._contacts().append(self._contact)

    def _take_detail(self, found: Found, end: int) -> None:
        """A telephone or an e-mail with a label of its own, for the contact at hand."""
        value = self._stream.value(found.end, end)
        if value is None:
            return
        if self._contact is None or self._contact[found.key]:
            self._contact = Node((found.start, found.end), role=None, name=None, phone=None,
                                 email=None)  # fmt: skip
            self._contacts().append(self._contact)
        self._contact[found.key] = value

    def _take_decision(self, node: Node, start: int, end: int) -> None:
        """«2-2025, 11.07.2025 г.»: what is left beside the date and its words is the number."""
        stream = self._stream
        node["date"] = dated = find_date(stream, start, end, self._labels)
        text = stream.text[start:end]
        if dated:
            at, stop = dated.start - start, dated.end - start
            text = text[:at] + " " * (stop - at) + text[stop:]
        rest = _words(tuple(self._labels.words["decision"])).sub(
            lambda match: " " * len(match[0]), text
        )
        number = _NUMBER_SIGN.search(text) or _NUMBER.search(rest)
        if number:
            node["number"] = stream.value(*(start + at for at in number.span(1)))
        if dated or number:
            stream.mark(start, end, PLACED)

    def _take_version(self, start: int, end: int) -> None:
        stream = self._stream
        self.node["version"] = self.node["year"] = None
        year = None
        for year in _YEAR.finditer(stream.text, start, end):
            self.node["year"] = Value(int(year[0]), year.start(), year.end())
        for match in _VERSION.finditer(stream.text, start, end):
            if year is None or match.start() != year.start():
                self.node["version"] = Value(match[0], match.start(), match.end())
                break
        if self.node["version"] or self.node["year"]:
            words = self._labels.words
            stream.mark_known(start, end, [*words["version"], *words["decision"]])


def find_date(stream: Stream, start: int, end: int, labels: Labels) -> Value | None:
    """The first date between `start` and `end` as ISO 8601: 11.07.2025, 11 июля 2025 года."""
    text = stream.text
    if match := _DATE.search(text, start, end):
        day, month, year = match.groups()
        return Value(f"{year}-{int(month):02}-{int(day):02}", match.start(), match.end())
    if match := _ISO.search(text, start, end):
        return Value(match[0], match.start(), match.end())
    for pattern, order in _written_dates(tuple(labels.words["months"])):
        if match := pattern.search(fold(text[start:end])):
            parts = dict(zip(order, match.groups(), strict=True))
            months = [fold(month) for month in labels.words["months"]]
            number = months.index(parts["month"]) + 1
            value = f"{parts['year']}-{number:02}-{int(parts['day']):02}"
            return Value(value, start + match.start(), start + match.end())
    return None


@cache
def _written_dates(months: tuple[str, ...]) -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
    month = "|".join(re.escape(fold(name)) for name in months)
    day, year = r"(\d{1,2})", r"((?:19|20)\d{2})"
    return [
        (re.compile(rf'"?{day}"?\s+({month})\w*\s+{year}'), ("day", "month", "year")),
        (re.compile(rf'{year}\s+\w+\.?\s+"?{day}"?\s+({month})\w*'), ("year", "day", "month")),
    ]


@cache
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)[.:]*", re.IGNORECASE)


def _blanked(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " * len(match[0]) + text[match.end() :]
