"""Chapter 3: a profession card as one ruled table.

From the left: the label of a row, or the work function; the skill, or a label within the
row; the abilities, the knowledge, the value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from profstd.export._form.labels import LABELS, PHRASES
from profstd.export._form.lists import listed, separated
from profstd.export._form.parts import (
    COLUMNS,
    HALVES,
    THIRDS,
    Cell,
    Line,
    Row,
    Table,
    led,
    line,
)
from profstd.model import Education, Language, OtherName, Profession, Skill, WorkFunction

ABSENT = "-"
_LEFT, _RIGHT = HALVES
_WHOLE = sum(HALVES)

_ROWS_ABOVE = {
    "group_code": "group_code",
    "occupation_code": "code",
    "name": "name",
    "level": "level",
    "sublevel": "sublevel",
    "other_qualification": "other_qualification",
}


def card_heading(card: Profession, language: Language) -> str:
    """The heading of a card; empty where it has neither number nor name."""
    labels = LABELS[language]
    if card.item_number is None:
        text = "" if card.heading is None else labels["card/unnumbered"]
    else:
        text = labels["card/nameless" if card.heading is None else "card"]
    return text.format(n=card.item_number, name=card.heading)


def card_table(card: Profession, language: Language) -> Table:
    """All of a card but its heading."""
    return Table(tuple(_Card(language).rows(card)))


class _Card:
    def __init__(self, language: Language) -> None:
        self._labels = LABELS[language]
        self._phrases = PHRASES[language]

    def rows(self, card: Profession) -> Iterator[Row]:
        """The rows in the order of the form."""
        for key, field in _ROWS_ABOVE.items():
            yield self._row(key, [line(getattr(card, field))])
        yield from self._led("education", [self._education(row) for row in card.education])
        for key in ("experience", "nonformal_learning"):
            yield self._row(key, [line(getattr(card, key))])
        yield self._row("other_names", map(line, _other_names(card.other_names)))
        yield self._row("purpose", [line(card.purpose)])
        yield (Cell((self._label("functions"),), columns=len(COLUMNS)),)
        lists = card.listed_functions
        kinds = {"mandatory": lists.mandatory, "additional": lists.additional}
        rows: list[Row] = [
            (
                Cell((self._label(kind),), _LEFT, heads="row"),
                Cell(listed(((item.number, item.name) for item in items), "."), _RIGHT),
            )
            for kind, items in kinds.items()
        ]
        yield from self._led("listed_functions", rows)
        for function in card.functions:
            yield from self._function(function)
        competencies = " ".join(separated(card.personal_competencies))
        yield self._row("personal_competencies", [line(competencies)])
        yield self._row("regulations", map(line, separated(card.regulations)))
        yield from self._related(card)

    def _label(self, key: str) -> Line:
        return line(label=self._labels[key])

    def _row(self, key: str, lines: Iterable[Line]) -> Row:
        return Cell((self._label(key),), heads="row"), Cell(tuple(lines), columns=_WHOLE)

    def _led(self, key: str, rows: list[Row]) -> list[Row]:
        return led([self._label(key)], rows or [(Cell(columns=_WHOLE),)])

    def _education(self, row: Education) -> Row:
        fields = {"level": row.level, "specialty": row.specialty}
        fields["qualification"] = row.qualification
        lines = [
            line(ABSENT if value is None else value, self._labels[f"education.{name}"])
            for name, value in fields.items()
        ]
        return tuple(Cell((text,), columns) for text, columns in zip(lines, THIRDS, strict=True))

    def _titled(self, key: str, number: int | None, name: str | None) -> Line:
        label = self._labels[f"{key}/unnumbered" if number is None else key]
        return line(name, label.format(n=number))

    def _function(self, function: WorkFunction) -> list[Row]:
        rows = [row for skill in function.skills for row in self._skill(skill)]
        # Registry pages name no kind.
        key = f"function.{function.kind or 'mandatory'}"
        title = self._titled(key, function.number, function.name)
        return led([title], rows or [(Cell(columns=_WHOLE),)])

    def _skill(self, skill: Skill) -> list[Row]:
        nameless = skill.number is None and skill.name is None
        title = () if nameless else (self._titled("skill", skill.number, skill.name),)
        lists = {"abilities": skill.abilities, "knowledge": skill.knowledge}
        rows: list[Row] = []
        for key, items in lists.items():
            statements = listed((item.number, item.text) for item in items)
            rows.append((Cell((self._label(key), *statements), _RIGHT),))
        recognition = Cell((self._label("recognition"),), _LEFT, heads="row")
        value = self._phrases[skill.recognition] if skill.recognition else ""
        return [*led(title, rows, _LEFT), (recognition, Cell((line(value),), _RIGHT))]

    def _related(self, card: Profession) -> list[Row]:
        head: Row = (
            Cell((self._label("related.level"),), _LEFT, heads="column"),
            Cell((self._label("name"),), _RIGHT, heads="column"),
        )
        rows: list[Row] = [
            (
                Cell((line(_level(item.level, item.sublevel)),), _LEFT),
                Cell((line(" ".join(filter(None, (item.code, item.name)))),), _RIGHT),
            )
            for item in card.related
        ]
        return self._led("related", [head, *rows])


def _other_names(names: tuple[OtherName, ...]) -> Iterator[str]:
    """An entry with a code needs no separator: the code shows where it begins."""
    for other in names:
        if other.code is None:
            yield f"{other.name or ''};"
        else:
            yield " - ".join(filter(None, (other.code, other.name)))


def _level(level: int | None, sublevel: str | None) -> str:
    """«4», or the sublevel «4.1», which says the level too."""
    if level is None or (sublevel or "").startswith(f"{level}."):
        return sublevel or ""
    return f"{level} ({sublevel})" if sublevel else str(level)
