"""What a reporter is given: two files and what they differ in."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from profstd.compare import Difference, Kind
from profstd.document import Document
from profstd.validate.report import Look


class Compared(Struct, frozen=True, kw_only=True):
    """One of the two files; `name` is the file as it was asked for."""

    name: str
    document: Document


class Comparison(Struct, frozen=True, kw_only=True):
    """The result of comparing two files. `language` is that of the words."""

    first: Compared
    second: Compared
    differences: tuple[Difference, ...]
    language: str
    look: Look = Look()

    @property
    def values(self) -> int:
        """How many leaves differ."""
        return sum(difference.values for difference in self.differences)

    def by_kind(self) -> Counter[Kind]:
        """How many differences there are of each kind."""
        return Counter(difference.kind for difference in self.differences)
