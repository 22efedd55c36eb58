"""A profession card in profstd's own Markdown: its rows, lists and functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from profstd.document import Extent
from profstd.parse.readers._markdown.outline import Group, Section, group_of
from profstd.parse.readers._markdown.taking import Taking
from profstd.parse.readers._markdown.values import (
    Found,
    Part,
    absent,
    labelled,
    listing,
    numbered,
    record,
)

_ROWS = {
    "group_code": "group_code",
    "occupation_code": "code",
    "profession": "name",
    "level": "level",
    "sublevel": "sublevel",
    "other_qualification": "other_qualification",
    "experience": "experience",
    "nonformal_learning": "nonformal_learning",
    "purpose": "purpose",
}
_EDUCATION = {
    "education_level": "level",
    "specialty": "specialty",
    "qualification": "qualification",
}
_OTHER_NAMES = {"code": "code", "name": "name"}
_RELATED = {
    "related_level": "level",
    "related_sublevel": "sublevel",
    "code": "code",
    "profession": "name",
}
_KINDS = {"mandatory": "mandatory", "additional": "additional", "kindless": None}
_RECOGNITIONS = ("recommended", "not_recommended")


class Card:
    """Reads cards; the headings of their functions are `depth` deep."""

    def __init__(self, of: Taking, depth: int) -> None:
        self._of = of
        self._words = of.words
        self._depth = depth

    def title(self, title: Part) -> dict[str, Found] | None:
        """The card's number and the name in its heading; None where it is no card's."""
        match = _card_title(self._words["card"], self._words["card_named"]).fullmatch(title.text)
        if match is None:
            return None
        self._of.know(title)
        number, name = (title.within(match, group) for group in (1, 2))
        return {
            "item_number": self._of.value("item_number", number) if match[1] else absent(number),
            "heading": absent(name) if match[2] is None else self._of.value("", name),
        }

    def fields(
        self, groups: Sequence[Group], sections: Sequence[Section]
    ) -> Iterator[tuple[str, Found]]:
        """All of the card below its heading."""
        of = self._of
        end = absent(groups[0].label)
        found = of.fields(next((one for one in groups if one.rows("table")), None), _ROWS)
        for name in _ROWS.values():
            yield name, found.get(name, end)
        education = self._group(groups, "education")
        rows = of.rows(education, _EDUCATION, numbers=False)
        yield "education", listing(rows, education.label)
        names = self._group(groups, "other_names")
        yield "other_names", listing(of.rows(names, _OTHER_NAMES), names.label)
        listed = {kind: self._items(groups, kind, "name") for kind in ("mandatory", "additional")}
        yield "listed_functions", record(listed)
        yield "functions", listing(list(self._functions(sections)))
        for name in ("personal_competencies", "regulations"):
            yield name, self._section(sections, name, self._texts)
        yield "related", self._section(sections, "related", self._related)

    def _group(self, groups: Sequence[Group], label: str) -> Group:
        found = group_of(groups, self._words[label])
        if found is None:
            end = Part("", groups[0].label.end)
            return Group(end, end)
        self._of.know(found.label)
        return found

    def _items(self, groups: Sequence[Group], label: str, field: str) -> Found:
        group = self._group(groups, label)
        items = []
        for (item,) in group.rows("list"):
            number, text = numbered(self._of.know(item))
            items.append(record({"number": number, field: self._of.value("", text)}))
        return listing(items, group.label)

    def _section(
        self, sections: Sequence[Section], label: str, read: Callable[[Group], list[Found]]
    ) -> Found:
        for section in sections:
            if section.title.text == self._words[label]:
                return listing(read(section.groups[0]), self._of.know(section.title))
        return listing([])

    def _texts(self, group: Group) -> list[Found]:
        return [self._of.value("", item) for (item,) in group.rows("list")]

    def _related(self, group: Group) -> list[Found]:
        return self._of.rows(group, _RELATED)

    def _functions(self, sections: Sequence[Section]) -> Iterator[Found]:
        for section in sections:
            if section.depth == self._depth and (titled := self._function_title(section.title)):
                skills = listing(list(self._skills(section.sections)))
                yield record(titled | {"skills": skills})

    def _function_title(self, title: Part) -> dict[str, Found] | None:
        for key, kind in _KINDS.items():
            if titled := self._titled(f"{key}_function", title):
                return {"kind": Found(kind, Extent(title.start, title.start)), **titled}
        return None

    def _skills(self, sections: Sequence[Section]) -> Iterator[Found]:
        for section in sections:
            if fields := self._titled("skill", section.title):
                for label in ("abilities", "knowledge"):
                    fields[label] = self._items(section.groups, label, "text")
                fields["recognition"] = self._recognition(section)
                yield record(fields)

    def _recognition(self, section: Section) -> Found:
        group = self._group(section.groups, "recognition")
        rest = group.rest
        cut = len(rest.text) - len(rest.text.lstrip(": "))
        self._of.know(rest)
        found = self._of.value("", Part(rest.text[cut:], rest.start + cut))
        if not rest.text[cut:]:
            return absent(group.label)
        values = {self._words[value]: value for value in _RECOGNITIONS}
        return labelled(Found(values.get(found.value, found.value), found.extent), group.label)

    def _titled(self, key: str, title: Part) -> dict[str, Found] | None:
        """The number and the name in a heading such as «Навык 3: …»; None where it is another."""
        pattern = _titled(self._words[key], self._words[f"{key}_numbered"])
        match = pattern.fullmatch(title.text)
        if match is None:
            return None
        self._of.know(title)
        number, name = (title.within(match, group) for group in (1, 3))
        return {
            "number": self._of.value("number", number) if match[1] else absent(number),
            "name": absent(name) if match[2] is None else self._of.value("", name),
        }


@cache
def _titled(label: str, with_number: str) -> re.Pattern[str]:
    before, after = map(re.escape, with_number.split("{number}"))
    return re.compile(rf"(?:{re.escape(label)}|{before}(-?[0-9]{{1,18}}){after})(:(?:[ \t](.*))?)?")


@cache
def _card_title(label: str, with_name: str) -> re.Pattern[str]:
    before, after = map(re.escape, with_name.split("{name}"))
    return re.compile(rf"(?:(-?[0-9]{{1,18}})\. )?(?:{before}(.*){after}|{re.escape(label)})")
