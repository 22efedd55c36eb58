"""A standard as the form of 2023 has it: the title, chapters 1 to 4."""

from __future__ import annotations

import re
from collections.abc import Iterator

from profstd.export._form.card import card_heading, card_table
from profstd.export._form.labels import LABELS, PHRASES
from profstd.export._form.lists import listed
from profstd.export._form.parts import Heading, Line, Paragraph, Part, line, readable
from profstd.model import (
    Approval,
    Contact,
    Decision,
    Language,
    ListedProfession,
    Organisation,
    Standard,
    Technical,
)

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORD_WITH_DIGIT = re.compile(r"[^\s,;:()]*\d[^\s,;:()]*")


def title(standard: Standard) -> str:
    """The heading of the whole standard."""
    labels = LABELS[standard.language]
    if standard.title is None:
        return labels["document/nameless"]
    return readable(labels["document"].format(name=standard.title))


def compose(standard: Standard) -> Iterator[Part]:
    """The parts of the standard in the order of the form."""
    return _Writer(standard.language).parts(standard)


class _Writer:
    def __init__(self, language: Language) -> None:
        self._language = language
        self._labels = LABELS[language]
        self._phrases = PHRASES[language]

    def parts(self, standard: Standard) -> Iterator[Part]:
        """The whole standard."""
        if standard.approval:
            yield Paragraph(line(self._approved(standard.approval)), aside=True)
        yield Heading(1, title(standard))
        yield self._chapter("general")
        yield from self._general(standard)
        yield self._chapter("passport")
        yield from self._passport(standard)
        yield self._chapter("cards")
        for card in standard.professions:
            if heading := card_heading(card, self._language):
                yield Heading(3, readable(heading))
            yield card_table(card, self._language)
        yield self._chapter("technical")
        for text in self._technical(standard.technical):
            yield Paragraph(text)

    def _chapter(self, name: str) -> Heading:
        return Heading(2, self._labels[f"chapter.{name}"])

    def _item(self, number: int | None, key: str, value: str | None = None) -> Line:
        item = "" if number is None else f"{number}. "
        return line(value, f"{item}{self._labels[key]}")

    def _approved(self, approval: Approval) -> str:
        """The line as printed, with number and date behind it where they are not in it."""
        text = approval.text
        if approval.number is not None and approval.number not in text:
            text = f"{text} № {approval.number}"
        # «от 24 апреля 2025 года»: the month is a word.
        year, _, rest = (approval.date or "").partition("-")
        said = {number.lstrip("0") for number in re.findall(r"\d+", text)}
        if approval.date is not None and not {year, rest[3:].lstrip("0")} <= said:
            text = f"{text} {self._date(approval.date)}"
        return text

    def _general(self, standard: Standard) -> Iterator[Part]:
        yield Paragraph(self._item(1, "scope", standard.scope))
        yield Paragraph(self._item(2, "terms"))
        terms = [(item.number, item.term, item.definition) for item in standard.terms]
        yield from _pairs(terms)
        yield Paragraph(self._item(3, "abbreviations"))
        short = [(item.number, item.abbreviation, item.meaning) for item in standard.abbreviations]
        yield from _pairs(short)

    def _passport(self, standard: Standard) -> Iterator[Part]:
        yield Paragraph(self._item(4, "title", standard.title))
        yield Paragraph(self._item(5, "code", standard.code))
        yield Paragraph(self._item(6, "economic_activities"))
        for activity in standard.economic_activities:
            yield Paragraph(line(f"{activity.code} {activity.name}"))
        yield Paragraph(self._item(7, "summary", standard.summary))
        yield Paragraph(self._item(8, "profession_list"))
        entries = [(item.number, self._entry(item)) for item in standard.profession_list]
        yield from map(Paragraph, listed(entries))

    def _entry(self, item: ListedProfession) -> str:
        level = "" if item.level is None else self._phrases["level"].format(n=item.level)
        below = "" if item.sublevel is None else self._phrases["sublevel"].format(n=item.sublevel)
        said = ", ".join(filter(None, (level, below)))
        return f"{item.name} - {said}" if said else item.name

    def _technical(self, data: Technical) -> Iterator[Line]:
        printed = iter(data.item_numbers)
        yield self._item(next(printed, None), "authority")
        if data.authority.name is not None:
            yield line(data.authority.name)
        yield from self._contacts(data.authority.contacts)
        yield self._item(next(printed, None), "developers")
        yield from self._developers(data.developers)
        for key in ("sector_council", "national_body", "chamber"):
            yield self._item(next(printed, None), key, self._decision(getattr(data, key)))
        version = None if data.version is None else self._phrases["version"].format(n=data.version)
        year = None if data.year is None else self._phrases["year"].format(n=data.year)
        issue = ", ".join(filter(None, (version, year)))
        yield self._item(next(printed, None), "version", issue)
        yield self._item(next(printed, None), "review_date", self._date(data.review_date))
        yield from self._contacts(data.contacts)

    def _developers(self, developers: tuple[Organisation, ...]) -> Iterator[Line]:
        before: Organisation | None = None
        for developer in developers:
            if before and not _is_told_apart(before, developer):
                yield self._item(None, "developers")
            if developer.name is not None:
                yield line(developer.name)
            yield from self._contacts(developer.contacts)
            before = developer

    def _contacts(self, contacts: tuple[Contact, ...]) -> Iterator[Line]:
        """People under the label of their role; those of one role share it."""
        before: Contact | None = None
        for contact in contacts:
            details = [contact.phone, contact.email]
            if contact.role is None:
                labelled = {"phone": contact.phone, "email": contact.email}
                yield from (line(text, self._labels[key]) for key, text in labelled.items() if text)
                details = []
            elif not (before and before.role == contact.role and contact.name and any(details)):
                yield line(label=f"{contact.role}:")
            if text := ", ".join(filter(None, (contact.name, *details))):
                yield line(text)
            before = contact

    def _decision(self, decision: Decision) -> str:
        number = decision.number
        if number is not None and not _WORD_WITH_DIGIT.fullmatch(number):
            number = f"№ {number}"
        return ", ".join(filter(None, (number, self._date(decision.date))))

    def _date(self, date: str | None) -> str:
        """«11.07.2025 г.»; what is no date stays as it is."""
        if date is None or not (match := _DATE.fullmatch(date)):
            return date or ""
        return self._phrases["date"].format(date=".".join(reversed(match.groups())))


def _pairs(pairs: list[tuple[int | None, str, str]]) -> Iterator[Paragraph]:
    texts = ((number, " – ".join(filter(None, pair))) for number, *pair in pairs)
    return map(Paragraph, listed(texts))


def _is_told_apart(before: Organisation, developer: Organisation) -> bool:
    """Whether it shows without a label of its own that another organisation begins.

    After contacts it does where that with a telephone or an e-mail comes last, and
    contacts of its own follow; otherwise a name in small letters would go on with the
    one above.
    """
    if before.contacts:
        last = before.contacts[-1]
        return bool((last.phone or last.email) and developer.contacts)
    name = (before.name or "").rstrip()
    is_open = name.endswith((",", "-", "«")) or name.count("«") > name.count("»")
    return not is_open and not (developer.name or "")[:1].islower()
