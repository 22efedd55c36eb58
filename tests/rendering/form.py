"""A standard's model as what stands on paper: headings, paragraphs, ruled tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from profstd.model import (
    Contact,
    Decision,
    Education,
    ListedFunction,
    ListedProfession,
    OtherName,
    Profession,
    Skill,
    Standard,
    Statement,
    WorkFunction,
)
from profstd.parse.labels import Labels, load

# How a card's functions and skills stand in its table:
# ladder    function | skill | «Умения:» and the list below it
# steps     the same, labels and lists in rows of their own
# four      function | skill | «Умения:» | the list, a statement a row
# wide      function | skill | «Умения:» and list | «Знания:» and list
# pairs     label | value, two columns throughout
# tables    a table a skill
# plain     paragraphs, no tables
CardShape: TypeAlias = Literal["ladder", "steps", "four", "wide", "pairs", "tables", "plain"]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `number` and `sign` are its list number, printed or automatic."""

    text: str
    kind: Literal["title", "chapter", "card", "label", "plain"] = "plain"
    number: int | None = None
    sign: str = ")"

    @property
    def typed(self) -> str:
        """The text with its number."""
        return self.text if self.number is None else f"{self.number}{self.sign} {self.text}"


@dataclass(frozen=True)
class Cell:
    """A cell that spans `across` columns and `down` rows."""

    paragraphs: tuple[Paragraph, ...] = ()
    across: int = 1
    down: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells; a cell that one above spans is not there. `widths` are per cent.

    The first `head` rows are repeated on every page.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    head: int = 0


Part: TypeAlias = Paragraph | Table


@dataclass(frozen=True)
class Shape:
    """The choices of an author: how cards are laid out and how lists are written.

    `packed` puts a list into one paragraph, `heading_inside` the card's heading into the
    first row of its table.
    """

    card: CardShape = "ladder"
    packed: bool = False
    heading_inside: bool = False


def write(standard: Standard, shape: Shape) -> tuple[Part, ...]:
    """What stands on the pages of `standard`."""
    return tuple(_Form(load(standard.language, "standard"), shape).parts(standard))


def _plain(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text) for text in texts if text)


class _Grid:
    """The rows of a table of `columns` columns, filled from left to right."""

    def __init__(self, columns: int) -> None:
        self.rows: list[tuple[Cell, ...]] = []
        self._covered = [0] * columns  # how many rows more a cell above spans

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return len(self._covered)

    def add(self, *cells: Cell) -> None:
        """A row in the columns that no cell above spans; the last cell takes what is left."""
        free = self._covered.count(0)
        last = replace(cells[-1], across=free - sum(cell.across for cell in cells[:-1]))
        row = (*cells[:-1], last)
        downs = iter([cell.down for cell in row for _ in range(cell.across)])
        self._covered = [left - 1 if left else next(downs) - 1 for left in self._covered]
        self.rows.append(row)


class _Form:
    def __init__(self, labels: Labels, shape: Shape) -> None:
        self._labels = labels
        self._shape = shape

    def parts(self, standard: Standard) -> Iterator[Part]:
        """The whole standard."""
        if standard.approval:
            yield Paragraph(standard.approval.text)
        yield Paragraph(self._label("document", name=standard.title or ""), "title")
        yield from self._front(standard)
        yield Paragraph(self._label("chapter.cards"), "chapter")
        for card in standard.professions:
            yield from _Card(self._labels, self._shape).write(card)
        yield Paragraph(self._label("chapter.technical"), "chapter")
        yield from self._technical(standard)

    def _label(self, key: str, number: int | None = None, name: str = "") -> str:
        text = self._labels.texts[key][0]
        if number is None:
            text = text.replace(" {n}", "")
        return text.replace("{n}", str(number)).replace("{name}", name).strip()

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
            [(item.number, f"{item.abbreviation} – {item.meaning}") for item in standard.abbreviations]
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
        yield self._item(next(numbers), "authority", data.authority.name)
        yield from self._contacts(data.authority.contacts)
        yield self._item(next(numbers), "developers")
        for developer in data.developers:
            yield Paragraph(developer.name or "")
            yield from self._contacts(developer.contacts)
        for key in ("sector_council", "national_body", "chamber"):
            yield self._item(next(numbers), key, _decision(getattr(data, key)))
        version = {"ru": "версия {}, {} г.", "kk": "{}-нұсқа, {} ж."}[standard.language]
        yield self._item(next(numbers), "version", version.format(data.version, data.year))
        yield self._item(next(numbers), "review_date", _date(data.review_date))

    def _contacts(self, contacts: Sequence[Contact]) -> Iterator[Paragraph]:
        for contact in contacts:
            text = ", ".join(filter(None, (contact.name, contact.phone, contact.email)))
            yield Paragraph(f"{contact.role}: {text}" if contact.role else text)


def _decision(decision: Decision) -> str:
    number = f"№ {decision.number}" if decision.number else None
    return ", ".join(filter(None, (number, _date(decision.date))))


def _date(date: str | None) -> str:
    return '.'.join(reversed(date.split('-'))) if date else ''


def _end(text: str, last: bool) -> str:
    if not last:
        return ";"
    return "" if text.endswith(".") else "."


def listed(items: Iterable[tuple[int | None, str]]) -> tuple[Paragraph, ...]:
    """A list with a semicolon after every item and a full stop after the last."""
    texts = list(items)
    return tuple(
        Paragraph(text + _end(text, index == len(texts)), number=number)
        for index, (number, text) in enumerate(texts, start=1)
    )


class _Card(_Form):
    """A card: its heading, the table of its facts, its functions with their skills."""

    def write(self, card: Profession) -> Iterator[Part]:
        """The parts of the card."""
        heading = Paragraph(f"{self._label('card', card.item_number, card.heading or '')}:", "card")
        grid = _Grid({"four": 4, "wide": 4, "pairs": 2, "tables": 2}.get(self._shape.card, 3))
        if self._shape.heading_inside and self._shape.card != "plain":
            grid.add(Cell((heading,)))
        else:
            yield heading
        self._facts(grid, card)
        if self._shape.card in ("tables", "plain"):
            yield from self._finish(grid)
            yield from self._separate(card.functions)
            grid = _Grid(grid.columns)
        elif self._shape.card == "pairs":
            for part in self._pairs(card.functions):
                grid.add(*part)
        else:
            for function in card.functions:
                self._function(grid, function)
        self._rest(grid, card)
        yield from self._finish(grid)

    def _finish(self, grid: _Grid) -> Iterator[Part]:
        """The table, or its cells as paragraphs."""
        if self._shape.card == "plain":
            for row in grid.rows:
                yield from _unruled([item for cell in row for item in cell.paragraphs])
            return
        widths = {2: (34, 66), 3: (26, 29, 45), 4: (22, 22, 14, 42)}[grid.columns]
        if self._shape.card == "wide":
            widths = (20, 20, 30, 30)
        yield Table(tuple(grid.rows), widths, head=int(self._shape.heading_inside))

    def _lead(self, key: str, down: int = 1) -> Cell:
        return Cell((Paragraph(self._label(key), "label"),), down=down)

    def _row(self, grid: _Grid, key: str, *texts: str | None) -> None:
        grid.add(self._lead(key), Cell(_plain(*(text or "" for text in texts))))

    def _facts(self, grid: _Grid, card: Profession) -> None:
        self._row(grid, "group_code", card.group_code)
        self._row(grid, "occupation_code", card.code)
        self._row(grid, "name", card.name)
        self._row(grid, "level", str(card.level or ""))
        self._row(grid, "sublevel", card.sublevel)
        self._row(grid, "other_qualification", card.other_qualification)
        self._education(grid, card.education)
        self._row(grid, "experience", card.experience)
        self._row(grid, "nonformal_learning", card.nonformal_learning)
        self._row(grid, "other_names", *map(_other_name, card.other_names))
        self._row(grid, "purpose", card.purpose)
        grid.add(self._lead("functions"))
        lead = self._lead("listed_functions", down=1 if grid.columns == 2 else 2)
        if grid.columns == 2:
            grid.add(lead)
        for kind in ("mandatory", "additional"):
            first = [lead] if grid.columns > 2 and kind == "mandatory" else []
            items = getattr(card.listed_functions, kind)
            names = tuple(Paragraph(item.name, number=item.number, sign=".") for item in items)
            grid.add(*first, self._lead(kind), Cell(self._pack(names)))

    def _education(self, grid: _Grid, rows: Sequence[Education]) -> None:
        for index, row in enumerate(rows):
            texts = [
                f"{self._label(f'education.{name}')} {getattr(row, name) or '-'}"
                for name in ("level", "specialty", "qualification")
            ]
            cells = [Cell(_plain(text)) for text in texts]
            if grid.columns < 4:
                cells = [Cell(_plain(*texts))]
            lead = [] if index else [self._lead("education", len(rows))]
            grid.add(*lead, *cells)
        if not rows:
            self._row(grid, "education")

    def _rest(self, grid: _Grid, card: Profession) -> None:
        for key in ("personal_competencies", "regulations"):
            texts = getattr(card, key)
            if key == "regulations" and not self._shape.packed:
                self._row(grid, key, *(f"{text};" for text in texts))
            else:
                self._row(grid, key, "; ".join(texts) + ";" * bool(texts))
        names = [self._label(key) for key in ("related", "related.level", "name")]
        rows = [(row.level, " ".join(filter(None, (row.code, row.name)))) for row in card.related]
        if grid.columns == 2:
            grid.add(self._lead("related"))
            grid.add(self._lead("related.level"), self._lead("name"))
        else:
            lead = self._lead("related", 1 + len(rows))
            grid.add(lead, *(Cell((Paragraph(name, "label"),)) for name in names[1:]))
        for level, name in rows:
            grid.add(Cell(_plain(str(level or ""))), Cell(_plain(name)))

    def _statements(self, items: Sequence[Statement]) -> tuple[Paragraph, ...]:
        return self._pack(listed((item.number, item.text) for item in items))

    def _pack(self, paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
        if not self._shape.packed:
            return paragraphs
        return _plain(" ".join(item.typed for item in paragraphs))

    def _name(self, item: WorkFunction | Skill) -> str:
        """The label of a function or skill with its number and name."""
        if isinstance(item, WorkFunction):
            return self._label(f"function.{item.kind}", item.number, item.name or "")
        if item.number is None and item.name is None:
            return ""
        return self._label("skill", item.number, item.name or "")

    def _value(self, skill: Skill) -> Cell:
        return Cell(_plain(self._labels.values[skill.recognition][0] if skill.recognition else ""))

    def _function(self, grid: _Grid, function: WorkFunction) -> None:
        """The function and its skills in merged cells before their lists."""
        blocks = [self._lists(skill) for skill in function.skills]
        down = sum(len(rows) + 1 for rows in blocks)
        first = [Cell(_plain(self._name(function)), down=max(down, 1))]
        for skill, rows in zip(function.skills, blocks, strict=True):
            name = Cell(_plain(self._name(skill)), down=len(rows))
            grid.add(*first, name, *rows[0])
            for row in rows[1:]:
                grid.add(*row)
            grid.add(self._lead("recognition"), self._value(skill))
            first = []
        if not function.skills:
            grid.add(*first)

    def _lists(self, skill: Skill) -> list[list[Cell]]:
        """The rows of a skill's abilities and knowledge, right of its name."""
        rows: list[list[Cell]] = []
        for key in ("abilities", "knowledge"):
            lead, items = self._lead(key), self._statements(getattr(skill, key))
            if self._shape.card == "steps":
                rows += [lead], [Cell(items)]
            elif self._shape.card == "four":
                first = [replace(lead, down=max(len(items), 1))]
                rows.append([*first, Cell(items[:1])])
                rows += ([Cell((item,))] for item in items[1:])
            elif self._shape.card == "wide" and rows:
                rows[0].append(Cell(lead.paragraphs + items))
            else:
                rows.append([Cell(lead.paragraphs + items)])
        return rows

    def _pairs(self, functions: Iterable[WorkFunction]) -> Iterator[tuple[Cell, ...]]:
        """Label and value, for functions and skills too."""
        for function in functions:
            yield tuple(Cell(_plain(text)) for text in self._name(function).split(": ", 1))
            for skill in function.skills:
                if name := self._name(skill):
                    yield tuple(Cell(_plain(text)) for text in name.split(": ", 1))
                yield self._lead("abilities"), Cell(self._statements(skill.abilities))
                yield self._lead("knowledge"), Cell(self._statements(skill.knowledge))
                yield self._lead("recognition"), self._value(skill)

    def _separate(self, functions: Iterable[WorkFunction]) -> Iterator[Part]:
        """The functions as headings, the skills as tables or paragraphs."""
        for function in functions:
            yield Paragraph(self._name(function), "label")
            for skill in function.skills:
                grid = _Grid(2)
                if name := self._name(skill):
                    grid.add(Cell(_plain(name)))
                grid.add(self._lead("abilities"), Cell(self._statements(skill.abilities)))
                grid.add(self._lead("knowledge"), Cell(self._statements(skill.knowledge)))
                grid.add(self._lead("recognition"), self._value(skill))
                yield from self._finish(grid)


def _unruled(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs of a row without its table: a value that is no list goes on after its label."""
    if len(paragraphs) == 2 and paragraphs[0].kind == "label" and paragraphs[1].number is None:
        yield Paragraph(f"{paragraphs[0].text} {paragraphs[1].text}")
    else:
        yield from paragraphs


def _other_name(item: OtherName) -> str:
    return " - ".join(filter(None, (item.code, item.name))) + ";"
