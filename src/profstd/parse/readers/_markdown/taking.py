"""Taking the values of the model out of an outline, known by titles, labels and heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from profstd.document import Extent
from profstd.parse.readers._markdown.outline import Group, Section
from profstd.parse.readers._markdown.values import (
    ABSENT,
    Found,
    Part,
    absent,
    labelled,
    listing,
    number_of,
    record,
    text_of,
)
from profstd.words import Words

_NUMBERS = frozenset({"number", "level", "item_number", "year"})


class Taking:
    """Takes values out of an outline and remembers what was taken."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._taken: set[tuple[int, str]] = set()

    def stray(self, root: Section) -> Iterator[tuple[int, int]]:
        """What was not taken, in order; dashes and empty cells say nothing."""
        for part in sorted(root.parts(), key=lambda part: part.start):
            taken = (part.start, part.text) in self._taken
            if part.text.strip() not in ("", ABSENT) and not taken:
                yield part.start, part.end

    def know(self, part: Part) -> Part:
        """Take a label, or a text that only repeats the model."""
        self._taken.add((part.start, part.text))
        return part

    def value(self, field: str, part: Part) -> Found:
        """Take the value of a field."""
        self.know(part)
        return number_of(part) if field in _NUMBERS else text_of(part)

    def section(self, around: Section, label: str) -> Section:
        """The section that is titled so."""
        found = around.section(self.words[label])
        self.know(found.title)
        return found

    def text(self, section: Section) -> Found:
        """The text under a heading, which may have several paragraphs."""
        blocks = section.groups[0].blocks
        texts = [self.value("", block.rows[0][0]) for block in blocks if block.kind == "text"]
        if not texts:
            is_there = section.title.text != ""
            return Found("" if is_there else None, absent(section.title).extent)
        said = [found.value for found in texts if found.value is not None]
        extent = Extent(texts[0].extent.start, texts[-1].extent.end)
        return labelled(Found("\n".join(said) if said else None, extent), section.title)

    def rows(
        self, group: Group, columns: Mapping[str, str], *, numbers: bool = True
    ) -> list[Found]:
        """The rows of a table; `columns` are the words that head it and their fields.

        Without `numbers` all its values are texts.
        """
        head, *rows = group.rows("table") or [[]]
        fields = {self.words[word]: field for word, field in columns.items()}
        of_columns = []
        for part in head:
            of_columns.append(fields.pop(part.text, None))
            if of_columns[-1]:
                self.know(part)
        found = []
        for row in rows:
            cells = dict(zip(of_columns, row, strict=False))
            nothing = absent(row[-1])
            values = {
                name: self.value(name if numbers else "", cells[name]) if name in cells else nothing
                for name in columns.values()
            }
            found.append(record(values))
        return found

    def table(self, section: Section, columns: Mapping[str, str]) -> Found:
        """The table under a heading."""
        return listing(self.rows(section.groups[0], columns), section.title)

    def fields(self, group: Group | None, rows: Mapping[str, str]) -> dict[str, Found]:
        """A table of labels and values: its values by the names of the fields."""
        fields = {self.words[word]: field for word, field in rows.items()}
        found: dict[str, Found] = {}
        for label, *values in group.rows("table") if group else ():
            if label.text == self.words["field"]:
                self.know(label)
                list(map(self.know, values))
            elif values and (field := fields.pop(label.text, None)):
                found[field] = labelled(self.value(field, values[0]), self.know(label))
        return found
