"""A profession card as what stands on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from profstd.model import Education, OtherName, Profession, Skill, Statement, WorkFunction
from rendering.sheet import Cell, Grid, Labelled, Paragraph, Part, Table, listed


def _plain(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text) for text in texts if text)


class Card(Labelled):
    """A card: its heading, the table of its facts, its functions with their skills."""

    def write(self, card: Profession) -> Iterator[Part]:
        """The parts of the card."""
        label = self._label("card", card.item_number, card.heading or "")
        heading = Paragraph(f"{label.rstrip(':')}:", "card")
        grid = Grid({"four": 4, "wide": 4, "pairs": 2, "tables": 2}.get(self._shape.card, 3))
        if self._shape.heading_inside and self._shape.card != "plain":
            grid.add(Cell((heading,)))
        else:
            yield heading
        self._facts(grid, card)
        if self._shape.card in ("tables", "plain"):
            yield from self._finish(grid)
            yield from self._separate(card.functions)
            grid = Grid(grid.columns)
        elif self._shape.card == "pairs":
            for part in self._pairs(card.functions):
                grid.add(*part)
        else:
            for function in card.functions:
                self._function(grid, function)
        self._rest(grid, card)
        yield from self._finish(grid)

    def _finish(self, grid: Grid) -> Iterator[Part]:
        """The table, or its cells as paragraphs."""
        if self._shape.card == "plain":
            for row in grid.rows:
                yield from _unruled([item for cell in row for item in cell.paragraphs])
            return
        widths = {2: (34, 66), 3: (26, 29, 45), 4: (22, 22, 14, 42)}[grid.columns]
        if self._shape.card == "wide":
            widths = (20, 20, 30, 30)
        first = grid.rows[0][0].paragraphs
        headed = bool(first) and first[0].kind == "card"
        yield Table(tuple(grid.rows), widths, head=int(headed))

    def _lead(self, key: str, down: int = 1) -> Cell:
        return Cell((Paragraph(self._label(key), "label"),), down=down)

    def _row(self, grid: Grid, key: str, *texts: str | None) -> None:
        grid.add(self._lead(key), Cell(_plain(*(text or "" for text in texts))))

    def _facts(self, grid: Grid, card: Profession) -> None:
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

    def _education(self, grid: Grid, rows: Sequence[Education]) -> None:
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

    def _rest(self, grid: Grid, card: Profession) -> None:
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

    def _function(self, grid: Grid, function: WorkFunction) -> None:
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
            yield _pair(self._name(function))
            for skill in function.skills:
                if name := self._name(skill):
                    yield _pair(name)
                yield self._lead("abilities"), Cell(self._statements(skill.abilities))
                yield self._lead("knowledge"), Cell(self._statements(skill.knowledge))
                yield self._lead("recognition"), self._value(skill)

    def _separate(self, functions: Iterable[WorkFunction]) -> Iterator[Part]:
        """The functions as headings, the skills as tables or paragraphs."""
        for function in functions:
            yield Paragraph(self._name(function), "label")
            for skill in function.skills:
                grid = Grid(2)
                if name := self._name(skill):
                    grid.add(Cell(_plain(name)))
                grid.add(self._lead("abilities"), Cell(self._statements(skill.abilities)))
                grid.add(self._lead("knowledge"), Cell(self._statements(skill.knowledge)))
                grid.add(self._lead("recognition"), self._value(skill))
                yield from self._finish(grid)


def _pair(text: str) -> tuple[Cell, Cell]:
    label, colon, name = text.partition(":")
    return Cell(_plain(label + colon)), Cell(_plain(name.strip()))


def _unruled(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs of a row without its table: a value goes on after its label."""
    if len(paragraphs) == 2 and paragraphs[0].kind == "label" and paragraphs[1].number is None:
        yield Paragraph(f"{paragraphs[0].text} {paragraphs[1].text}")
    else:
        yield from paragraphs


def _other_name(item: OtherName) -> str:
    return " - ".join(filter(None, (item.code, item.name))) + ";"
