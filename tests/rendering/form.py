"""A standard's model as what stands on paper, in the form's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from profstd.model import Contact, Decision, ListedProfession, Standard
from profstd.parse.labels import load
from rendering.card import Card
from rendering.sheet import Labelled, Paragraph, Part, Shape, listed


def write(standard: Standard, shape: Shape) -> tuple[Part, ...]:
    """What stands on the pages of `standard`."""
    return tuple(_Form(load(standard.language, "standard"), shape).parts(standard))


class _Form(Labelled):
    def parts(self, standard: Standard) -> Iterator[Part]:
        """The whole standard."""
        if standard.approval:
            yield Paragraph(standard.approval.text)
        yield Paragraph(self._label("document", name=standard.title or ""), "title")
        yield from self._front(standard)
        yield Paragraph(self._label("chapter.cards"), "chapter")
        for card in standard.professions:
            yield from Card(self._labels, self._shape).write(card)
        yield Paragraph(self._label("chapter.technical"), "chapter")
        yield from self._technical(standard)

    def _item(self, number: int, key: str, value: str | None = None) -> Paragraph:
        # Items are numbered by hand: their numbers run on through the tables between them.
        return Paragraph(f"{number}. {self._label(key)} {value or ''}".strip())

    def _front(self, standard: Standard) -> Iterator[Paragraph]:
        yield Paragraph(self._label("chapter.general"), "chapter")
        yield self._item(1, "scope", standard.scope)
        yield self._item(2, "terms")
        terms = [(item.number, f"{item.term} – {item.definition}") for item in standard.terms]
        yield from listed(terms)
        yield self._item(3, "abbreviations")
        yield from listed(
            [
                (item.number, f"{item.abbreviation} – {item.meaning}")
                for item in standard.abbreviations
            ]
        )
        yield Paragraph(self._label("chapter.passport"), "chapter")
        yield self._item(4, "title", standard.title)
        yield self._item(5, "code", standard.code)
        yield self._item(6, "economic_activities")
        yield from (Paragraph(f"{item.code} {item.name}") for item in standard.economic_activities)
        yield self._item(7, "summary", standard.summary)
        yield self._item(8, "profession_list")
        for row in standard.profession_list:
            yield Paragraph(self._listed_profession(row), number=row.number)

    def _listed_profession(self, row: ListedProfession) -> str:
        if row.level is None:
            return row.name
        level = row.sublevel or row.level
        word = {"ru": f" - {level} уровень ОРК", "kk": f" - СБШ-нің {level}-деңгейі"}
        return row.name + word[self._labels.language]

    def _technical(self, standard: Standard) -> Iterator[Paragraph]:
        data = standard.technical
        numbers = iter(data.item_numbers)
        year = {"ru": "г.", "kk": "ж."}[standard.language]
        yield self._item(next(numbers), "authority", data.authority.name)
        yield from self._contacts(data.authority.contacts)
        yield self._item(next(numbers), "developers")
        for developer in data.developers:
            yield Paragraph(developer.name or "")
            yield from self._contacts(developer.contacts)
        for key in ("sector_council", "national_body", "chamber"):
            yield self._item(next(numbers), key, _decision(getattr(data, key), year))
        version = {"ru": "версия {}, {} {}", "kk": "{}-нұсқа, {} {}"}[standard.language]
        yield self._item(next(numbers), "version", version.format(data.version, data.year, year))
        yield self._item(next(numbers), "review_date", _date(data.review_date, year))

    def _contacts(self, contacts: Sequence[Contact]) -> Iterator[Paragraph]:
        for contact in contacts:
            text = ", ".join(filter(None, (contact.name, contact.phone, contact.email)))
            yield Paragraph(f"{contact.role}: {text}" if contact.role else text)


def _decision(decision: Decision, year: str) -> str:
    number = f"№ {decision.number}" if decision.number else None
    return ", ".join(filter(None, (number, _date(decision.date, year))))


def _date(date: str | None, year: str) -> str:
    return f"{'.'.join(reversed(date.split('-')))} {year}" if date else ""
