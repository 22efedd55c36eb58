"""The model that a Markdown file of profstd's own was made of, with the place of every value.

The sections, labels and tables are those of `profstd.export.markdown`. People may have
worked on the file since: sections are known by their titles, columns by their heads, rows by
their labels, and what is known by nothing is stray.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from profstd.document import Extent
from profstd.parse.readers._markdown.card import Card
from profstd.parse.readers._markdown.outline import Group, Section, group_of, outline
from profstd.parse.readers._markdown.taking import Taking
from profstd.parse.readers._markdown.values import (
    Found,
    Part,
    absent,
    labelled,
    listing,
    number_of,
    record,
    text_of,
)
from profstd.words import WORDS, Words

# Words that head a row or a column, and their fields.
_PASSPORT = {"title": "title", "standard_code": "code", "approval": "text"}
_APPROVAL = {"approval_number": "order", "approval_date": "date"}
_TERMS = {name: name for name in ("number", "term", "definition")}
_ABBREVIATIONS = {name: name for name in ("number", "abbreviation", "meaning")}
_ACTIVITIES = {name: name for name in ("rank", "code", "name")}
_LISTED = {"number": "number", "profession": "name", "level": "level", "sublevel": "sublevel"}
_TECHNICAL = {name: name for name in ("item_numbers", "version", "year", "review_date")}
_CONTACTS = {"role": "role", "person": "name", "phone": "phone", "email": "email"}
_DECISIONS = {"body": "body", "number": "order", "date": "date"}
_SOURCE = {name: name for name in ("file", "format", "sha256")}
_REST = {name: name for name in ("language", "schema_version", "form")}
_RANKS = ("section", "division", "group", "class", "subclass")
_BODIES = ("sector_council", "national_body", "chamber")


class Restored(NamedTuple):
    """The model as plain data with its places, and where text stands that is not in it."""

    found: Found
    stray: tuple[tuple[int, int], ...]


def restore(text: str) -> Restored | None:
    """The model in `text`; None where the file is none of profstd's own."""
    for words in WORDS.values():
        chapter = f'<a id="chapter-3"></a>{words["chapter_3"]}'
        if chapter in text or f"**{words['registry_page']}**" in text:
            return _Own(words).document(outline(text))
    return None


class _Own:
    """One file."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._of = Taking(words)

    def document(self, root: Section) -> Restored:
        """The whole model."""
        of = self._of
        top = root.sections[0] if root.sections else root
        page = group_of(top.groups, self._words["registry_page"])
        facts = of.fields(of.section(top, "source").groups[0], _SOURCE | _REST)
        nothing = absent(top.title)
        fields = {
            "kind": Found("standard" if page is None else "registry_page", nothing.extent),
            "source": record({name: facts.pop(name, nothing) for name in _SOURCE}),
            **facts,
            **dict(self._standard(top) if page is None else self._page(top, page)),
        }
        return Restored(record(fields), tuple(of.stray(root)))

    def _know_title(self, title: Part, pattern: str, name: Found) -> None:
        """A title that only repeats a name; one that was changed is not taken."""
        before, after = pattern.split("{name}")
        inner = title.text.removeprefix(before).removesuffix(after)
        if text_of(Part(inner, title.start)).value == name.value:
            self._of.know(title)

    # The standard

    def _standard(self, top: Section) -> Iterator[tuple[str, Found]]:
        of, words = self._of, self._words
        self._know_contents(top)
        general = of.section(top, "chapter_1")
        yield "scope", of.text(of.section(general, "scope"))
        yield "terms", of.table(of.section(general, "terms"), _TERMS)
        yield "abbreviations", of.table(of.section(general, "abbreviations"), _ABBREVIATIONS)
        fields = dict(self._passport(of.section(top, "chapter_2")))
        yield from fields.items()
        self._know_title(top.title, words["standard_named"], fields["title"])
        if top.title.text == words["standard"]:
            of.know(top.title)
        yield "professions", listing(list(self._cards(of.section(top, "chapter_3"))))
        yield "technical", record(dict(self._technical(of.section(top, "chapter_4"))))

    def _know_contents(self, top: Section) -> None:
        if group := group_of(top.groups, self._words["contents"]):
            self._of.know(group.label)
            for (item,) in group.rows("list"):
                self._of.know(item)

    def _passport(self, section: Section) -> Iterator[tuple[str, Found]]:
        of = self._of
        fields = of.fields(section.groups[0], _PASSPORT | _APPROVAL)
        nothing = absent(section.title)
        for name in ("title", "code"):
            yield name, fields.get(name, nothing)
        text = fields.get("text", nothing)
        if "order" in fields or "date" in fields or text.value is not None:
            number, date = (fields.get(name, nothing) for name in ("order", "date"))
            text = record({"text": text, "number": number, "date": date})
        yield "approval", text
        activities = of.table(of.section(section, "economic_activities"), _ACTIVITIES)
        ranks = {self._words[rank]: rank for rank in _RANKS}
        for row in activities.value:
            row["rank"] = ranks.get(row["rank"], row["rank"])
        yield "economic_activities", activities
        yield "summary", of.text(of.section(section, "summary"))
        yield "profession_list", of.table(of.section(section, "profession_list"), _LISTED)

    def _cards(self, chapter: Section) -> Iterator[Found]:
        card = Card(self._of, depth=4)
        for section in chapter.sections:
            if title := card.title(section.title):
                fields = dict(card.fields(section.groups, section.sections))
                yield record(title | fields)

    # Chapter 4

    def _technical(self, chapter: Section) -> Iterator[tuple[str, Found]]:
        of = self._of
        fields = of.fields(chapter.groups[0], _TECHNICAL)
        nothing = absent(chapter.title)
        yield "item_numbers", _split(fields.get("item_numbers", nothing))
        for name in ("version", "year", "review_date"):
            yield name, fields.get(name, nothing)
        authority = of.section(chapter, "authority")
        contacts = self._contacts(authority)
        yield "authority", record({"name": of.text(authority), "contacts": contacts})
        developers = of.section(chapter, "developers")
        yield (
            "developers",
            listing(
                [
                    record({"name": of.value("", one.title), "contacts": self._contacts(one)})
                    for one in developers.sections
                ],
                developers.title,
            ),
        )
        contacts_of_none = of.section(chapter, "contacts")
        yield "contacts", labelled(self._contacts(contacts_of_none), contacts_of_none.title)
        yield from self._decisions(of.section(chapter, "approvals"))

    def _contacts(self, section: Section) -> Found:
        return listing(self._of.rows(section.groups[0], _CONTACTS))

    def _decisions(self, section: Section) -> Iterator[tuple[str, Found]]:
        bodies = {self._words[body]: body for body in _BODIES}
        nothing = absent(section.title)
        for row in self._of.rows(section.groups[0], _DECISIONS):
            inside = row.extent.inside
            assert isinstance(inside, dict)
            if body := bodies.pop(row.value["body"], None):
                number, date = (Found(row.value[name], inside[name]) for name in ("order", "date"))
                label = inside["body"]
                made = record({"number": number, "date": date})
                made.extent.name = label.start, label.end
                yield body, made
        for body in bodies.values():
            yield body, record({"number": nothing, "date": nothing})

    # The page of the registry

    def _page(self, top: Section, page: Group) -> Iterator[tuple[str, Found]]:
        of = self._of
        of.know(page.label)
        yield "navigation", listing([of.value("", item) for (item,) in page.rows("list")])
        card = Card(of, depth=2)
        groups = [Group(Part("", page.label.end), page.rest, page.blocks), *top.groups]
        fields: dict[str, Found] = {}
        for section in top.sections:
            if not fields and (title := card.title(section.title)):
                fields = title
                groups = [*section.groups, *groups]
        fields |= dict(card.fields(groups, top.sections))
        self._know_title(top.title, "{name}", fields["name"])
        yield "profession", record(fields)


def _split(found: Found) -> Found:
    """«21, 22»: the numbers of a list in one cell."""
    text, extent = found.value, found.extent
    items = []
    at = extent.start
    for part in text.split(", ") if isinstance(text, str) else ():
        items.append(number_of(Part(part, at)))
        at += len(part) + 2
    made = listing(items)
    return Found(made.value, Extent(extent.start, extent.end, made.extent.inside, extent.name))
