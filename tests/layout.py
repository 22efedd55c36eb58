"""Standards written as the form's text layout, and random standards that it can hold."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias, TypeVar

from hypothesis import strategies as st

from profstd.model import Contact, Profession, Skill, Standard, Statement, WorkFunction
from profstd.parse.labels import Labels, fold
from profstd.shape import complete

Value = TypeVar("Value")

_LETTERS = {"ru": "абвгдежзиклмнопрстуфхцчшщыьэюя", "kk": "абвгғдеёжзийкқлмнңоөпрстуұүһшыіэә"}


class Layout:
    """Writes a standard as text; `gap` stands between a label and its value."""

    def __init__(self, labels: Labels, gap: str = "\t") -> None:
        self._labels = labels
        self._gap = gap

    def write(self, standard: Standard) -> str:
        """The text of `standard`."""
        return "\n".join(self._lines(standard)) + "\n"

    def _label(self, key: str, number: int | None = None, name: str = "") -> str:
        text = self._labels.texts[key][0]
        return text.replace("{n}", str(number)).replace("{name}", name)

    def _row(self, key: str, value: object) -> str:
        return f"{self._label(key)}{self._gap}{'' if value is None else value}"

    def _lines(self, standard: Standard) -> Iterator[str]:
        if standard.approval:
            yield from (standard.approval.text, "")
        yield self._label("document", name=standard.title or "")
        yield from ("", self._label("chapter.general"), "")
        yield f"1. {self._label('scope')} {standard.scope}"
        yield f"2. {self._label('terms')}"
        yield from (f"{item.number}) {item.term} – {item.definition};" for item in standard.terms)
        yield f"3. {self._label('abbreviations')}"
        for short in standard.abbreviations:
            yield f"{short.number}) {short.abbreviation} – {short.meaning};"
        yield from ("", self._label("chapter.passport"), "")
        yield f"4. {self._label('title')} {standard.title}"
        yield f"5. {self._label('code')} {standard.code or ''}"
        yield f"6. {self._label('economic_activities')}"
        yield from (f"{item.code} {item.name}" for item in standard.economic_activities)
        yield f"7. {self._label('summary')} {standard.summary}"
        yield f"8. {self._label('profession_list')}"
        for listed in standard.profession_list:
            rank = listed.sublevel or listed.level
            level = f" - {rank} {self._labels.words['level'][-2]}" if rank else ""
            yield f"{listed.number}) {listed.name}{level}"
        yield from ("", self._label("chapter.cards"), "")
        for profession in standard.professions:
            yield from self._card(profession)
        yield from ("", self._label("chapter.technical"), "")
        yield from self._technical(standard)

    def _card(self, card: Profession) -> Iterator[str]:
        yield self._label("card", card.item_number, card.heading or "")
        yield self._row("group_code", card.group_code)
        yield self._row("occupation_code", card.code)
        for key in ("name", "level", "sublevel", "other_qualification"):
            yield self._row(key, getattr(card, key))
        lead = self._label("education")
        for row in card.education:
            cells = [
                f"{self._label(f'education.{name}')} {getattr(row, name) or '-'}"
                for name in ("level", "specialty", "qualification")
            ]
            yield "\t".join([lead, *cells])
            lead = ""
        for key in ("experience", "nonformal_learning"):
            yield self._row(key, getattr(card, key))
        names = (f"{item.code} - {item.name}" for item in card.other_names)
        yield self._row("other_names", " ".join(names))
        yield self._row("purpose", card.purpose)
        yield self._label("functions")
        for kind in ("mandatory", "additional"):
            lead = self._label("listed_functions") if kind == "mandatory" else ""
            listed = getattr(card.listed_functions, kind)
            items = " ".join(f"{item.number}. {item.name}" for item in listed)
            yield "\t".join([lead, self._label(kind), items])
        for function in card.functions:
            yield from self._function(function)
        for key in ("personal_competencies", "regulations"):
            yield self._row(key, "; ".join(getattr(card, key)) + (";" * bool(getattr(card, key))))
        yield "\t".join(self._label(key) for key in ("related", "related.level", "name"))
        for related in card.related:
            yield f"\t{related.level}\t{related.code} {related.name}"

    def _function(self, function: WorkFunction) -> Iterator[str]:
        lead = self._label(f"function.{function.kind}", function.number, function.name or "")
        if not function.skills:
            yield lead
        for skill in function.skills:
            name = self._label("skill", skill.number, skill.name or "")
            yield f"{lead}\t{name}\t{self._label('abilities')}"
            yield from self._skill(skill)
            lead = ""

    def _skill(self, skill: Skill) -> Iterator[str]:
        yield f"\t\t{listed(skill.abilities)}"
        yield f"\t\t{self._label('knowledge')}{self._gap}{listed(skill.knowledge)}"
        value = self._labels.values[skill.recognition][0] if skill.recognition else ""
        yield f"\t{self._label('recognition')}\t{value}"

    def _technical(self, standard: Standard) -> Iterator[str]:
        data = standard.technical
        numbers = iter(data.item_numbers)
        yield f"{next(numbers)}. {self._label('authority')}"
        yield data.authority.name or ""
        yield from self._contacts(data.authority.contacts)
        yield f"{next(numbers)}. {self._label('developers')}"
        for developer in data.developers:
            yield developer.name or ""
            yield from self._contacts(developer.contacts)
        for key in ("sector_council", "national_body", "chamber"):
            decision = getattr(data, key)
            date = ".".join(reversed((decision.date or "").split("-")))
            parts = [part for part in (decision.number, date) if part]
            yield f"{next(numbers)}. {self._label(key)} {', '.join(parts)}"
        yield f"{next(numbers)}. {self._label('version')} {data.version}, {data.year}"
        yield f"{next(numbers)}. {self._label('review_date')} {data.review_date}"

    def _contacts(self, contacts: tuple[Contact, ...]) -> Iterator[str]:
        for contact in contacts:
            yield f"{contact.role}:"
            yield ", ".join(filter(None, (contact.name, contact.phone, contact.email)))


def listed(statements: tuple[Statement, ...]) -> str:
    """A list as the form prints it."""
    texts = [
        f"{item.number}) {item.text}" if item.number is not None else item.text
        for item in statements
    ]
    return "; ".join(texts) + ("." if texts else "")


Pick: TypeAlias = Callable[[int, int], int]
"""Draws a whole number, from the first to the second."""


@st.composite
def standards(draw: st.DrawFn, language: str, labels: Labels) -> Standard:
    """Random standards that the form's layout can hold, in `language`."""
    return Drawing(lambda least, most: draw(st.integers(least, most)), language, labels).standard()


class Drawing:
    """One random standard in the making; all that is random in it comes from `pick`.

    Its texts have up to `most` of `words`, or of random letters.
    """

    def __init__(
        self,
        pick: Pick,
        language: str,
        labels: Labels,
        words: Sequence[str] = (),
        most: int = 4,
    ) -> None:
        self._pick = pick
        self._language = language
        self._labels = labels
        self._words = words
        self._most = most
        # A profession called «Навык» cannot be told from the label.
        self._wordings = {
            fold(re.sub(r"\{\w+\}", "", text)).strip(' ":')
            for texts in labels.texts.values()
            for text in texts
        }

    def _one_of(self, values: Sequence[Value]) -> Value:
        return values[self._pick(0, len(values) - 1)]

    def _word(self) -> str:
        if self._words:
            return self._one_of(self._words)
        letters = _LETTERS[self._language]
        return "".join(self._one_of(letters) for _ in range(self._pick(4, 8)))

    def _text(self) -> str:
        # Long ones are rarer.
        count = min(self._pick(1, self._most), self._pick(1, self._most))
        text = " ".join(self._word() for _ in range(count)).capitalize()
        return self._text() if fold(text) in self._wordings else text

    def _maybe(self) -> str | None:
        return self._text() if self._pick(0, 1) else None

    def _digits(self, shape: str) -> str:
        return "".join(str(self._pick(0, 9)) if sign == "d" else sign for sign in shape)

    def _many(self, make: Any, most: int = 3, least: int = 0) -> list[Any]:
        return [make() for _ in range(self._pick(least, most))]

    def _numbered(self, most: int, least: int = 0, **makers: Any) -> list[dict[str, Any]]:
        return [
            {"number": number, **{name: make() for name, make in makers.items()}}
            for number in range(1, self._pick(least, most) + 1)
        ]

    def standard(self) -> Standard:
        """The whole standard."""
        title = self._text()
        cards = [self._card(9 + index) for index in range(self._pick(1, 2))]
        ranks = zip(
            ("section", "division", "group", "class", "subclass"),
            ("J", "63", "63.9", "63.99", "63.99.1"),
            strict=True,
        )
        made = complete(
            {
                "language": self._language,
                "title": title,
                "code": self._one_of([None, "J63991088"]),
                "scope": self._text(),
                "terms": self._numbered(3, term=self._text, definition=self._text),
                "abbreviations": self._numbered(2, abbreviation=self._text, meaning=self._text),
                "economic_activities": [
                    {"code": code, "name": self._text(), "rank": rank} for rank, code in ranks
                ],
                "summary": self._text(),
                "profession_list": self._numbered(3, name=self._text, level=self._level),
                "professions": cards,
                "technical": self._technical(9 + len(cards)),
            },
            Standard,
        )
        assert isinstance(made, Standard)
        return made

    def _level(self) -> int:
        return self._pick(1, 8)

    def _card(self, number: int) -> dict[str, Any]:
        functions = [
            {"kind": kind, **item}
            for kind in ("mandatory", "additional")
            for item in self._numbered(2, name=self._text, skills=self._skills)
        ]
        return {
            "item_number": number,
            "heading": self._text(),
            "group_code": self._digits("dddd-d"),
            "code": self._digits("dddd-d-ddd"),
            "name": self._text(),
            "level": self._level(),
            "sublevel": self._one_of([None, "4.1"]),
            **{
                name: self._maybe()
                for name in ("other_qualification", "experience", "nonformal_learning", "purpose")
            },
            "education": self._many(
                lambda: {
                    "level": self._text(),
                    "specialty": self._maybe(),
                    "qualification": self._maybe(),
                },
                2,
                1,
            ),
            "other_names": self._many(
                lambda: {"code": self._digits("dddd-d-ddd"), "name": self._text()}
            ),
            "listed_functions": {
                "mandatory": self._numbered(3, name=self._text),
                "additional": self._numbered(2, name=self._text),
            },
            "functions": functions,
            "personal_competencies": self._many(self._text),
            "regulations": self._many(self._text, 2),
            "related": self._many(
                lambda: {
                    "level": self._level(),
                    "code": self._digits("dddd-d-ddd"),
                    "name": self._text(),
                }
            ),
        }

    def _skills(self) -> list[dict[str, Any]]:
        values = (None, "recommended", "not_recommended")
        return [
            {
                **item,
                "abilities": self._statements(),
                "knowledge": self._statements(),
                "recognition": self._one_of(values),
            }
            for item in self._numbered(2, name=self._text)
        ]

    def _statements(self) -> list[dict[str, Any]]:
        """Numbered lists, now and then with a number twice or left out."""
        items = self._numbered(4, text=self._text)
        if len(items) > 2 and self._pick(0, 1):
            items[-1]["number"] = self._pick(1, 12)
        return items

    def _technical(self, first: int) -> dict[str, Any]:
        def organisation(*roles: str) -> dict[str, Any]:
            return {"name": self._text(), "contacts": [self._contact(role) for role in roles]}

        days = self._pick(0, 36_524)  # of a century
        date = (datetime.date(2000, 1, 1) + datetime.timedelta(days)).isoformat()
        return {
            "item_numbers": list(range(first, first + 7)),
            "authority": organisation("executor"),
            "developers": self._many(lambda: organisation("leader", "executor"), 2, 1),
            "sector_council": {"number": self._digits("d-dddd"), "date": date},
            "national_body": {"number": None, "date": date},
            "chamber": {"number": None, "date": date},
            "version": str(self._pick(1, 99)),
            "year": self._pick(2000, 2099),
            "review_date": date,
        }

    def _contact(self, role: str) -> dict[str, Any]:
        return {
            "role": self._labels.texts[role][0].rstrip(":"),
            "name": self._text(),
            "phone": "+7 (700) 000 00 00",
            "email": "name@example.kz",
        }
