"""The findings of a file as the page has them: by card and chapter."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from profstd.document import Severity
from profstd.validate.place import heading
from profstd.validate.report import Checked
from profstd.validate.reporters._entries import Entry, entries


class Part(NamedTuple):
    """A card or a chapter with findings."""

    id: str
    title: str
    entries: list[Entry]

    @property
    def counts(self) -> Counter[Severity]:
        """How many findings it has of each severity."""
        return Counter(entry.finding.severity for entry in self.entries)


class FileParts(NamedTuple):
    """A file that was read."""

    id: str
    checked: Checked
    parts: list[Part]

    @property
    def title(self) -> str:
        """What the standard is called, else its file."""
        return title_of(self.checked)

    @property
    def counts(self) -> Counter[Severity]:
        """How many findings it has of each severity."""
        return Counter(finding.severity for finding in self.checked.findings)


def title_of(file: Checked) -> str:
    """What the standard is called, else its file."""
    return (file.document and heading(file.document.model)) or file.name


def parted(file: Checked, number: int) -> FileParts:
    """The findings of a file, the `number`-th of the page, in the order of the form."""
    found: dict[tuple[int, int], Part] = {}
    for entry in entries(file):
        order = entry.place.order
        if order not in found:
            name = f"part-{number}-{order[0]}-{order[1]}"
            found[order] = Part(name, entry.place.part, [])
        found[order].entries.append(entry)
    return FileParts(f"file-{number}", file, [found[order] for order in sorted(found)])
