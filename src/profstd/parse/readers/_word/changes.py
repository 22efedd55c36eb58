"""Tracked changes: which side of each counts (ECMA-376, part 1, 17.13.5)."""

from __future__ import annotations

import re
from typing import NamedTuple

from profstd.parse.readers._word.names import VAL, long, number
from profstd.parse.readers._word.package import Element
from profstd.parse.settings import TrackedChanges

_INSERTED, _DELETED = ("w:ins", "w:moveTo"), ("w:del", "w:moveFrom")
_RPR, _TRPR, _TCPR = long("w:rPr"), long("w:trPr"), long("w:tcPr")
_CELL_MERGE, _MERGE_WAS = long("w:cellMerge"), long("w:vMergeOrig")
_VMERGE, _NUM_INS = long("w:vMerge"), long("w:ins")
_NUMBER_CHANGE, _ORIGINAL = long("w:numberingChange"), long("w:original")
_ORIGINAL_LEVEL = re.compile(r"%\d:(-?\d{1,9}):(\d{1,9}):([^%]*)")
# The numbers that old versions of Word had for the formats of lists.
_OLD_FORMATS = {
    **{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter"},
    **{22: "decimalZero", 23: "bullet", 58: "russianLower", 59: "russianUpper", 255: "none"},
}


class Counted(NamedTuple):
    """A level of a list as a changed number had it: the number, its format, what follows."""

    number: int
    format: str
    after: str


class Changes:
    """The changes as if all were accepted, or as if all were rejected.

    `gone` are the short names of elements whose content is not there, `marks` the long
    names of what says so in the properties of a paragraph's mark, `text` those of the
    elements that hold words.
    """

    def __init__(self, read: TrackedChanges) -> None:
        gone = _DELETED if read == "accepted" else _INSERTED
        self.rejected = read == "rejected"
        self.gone = frozenset(gone)
        self.marks = tuple(long(name) for name in gone)
        self.text = (long("w:t"), long("w:delText")) if self.rejected else (long("w:t"),)
        self._row = self.marks[0]
        self._cell = long("w:cellIns" if self.rejected else "w:cellDel")

    def properties(self, element: Element, name: str) -> Element | None:
        """The properties of an element that count; `name` is the long name of theirs."""
        found = element.find(name)
        if found is not None and self.rejected:
            change = found.find(f"{name}Change")
            before = None if change is None else change.find(name)
            if before is not None:
                return before
        return found

    def has_mark(self, paragraph_properties: Element | None) -> bool:
        """Whether the mark at the end of a paragraph is there; that of none is."""
        mark = None if paragraph_properties is None else paragraph_properties.find(_RPR)
        return mark is None or all(mark.find(name) is None for name in self.marks)

    def has_row(self, row: Element) -> bool:
        """Whether a row of a table is there."""
        properties = row.find(_TRPR)
        return properties is None or properties.find(self._row) is None

    def has_cell(self, cell: Element) -> bool:
        """Whether a cell of a row is there."""
        properties = cell.find(_TCPR)
        return properties is None or properties.find(self._cell) is None

    def merge(self, cell_properties: Element) -> str | None:
        """How a cell is merged downwards: "restart", "continue" or, where it is not, None."""
        change = cell_properties.find(_CELL_MERGE)
        if change is not None:
            state = change.get(_MERGE_WAS if self.rejected else _VMERGE)
            return {"rest": "restart", "cont": "continue"}.get(state or "")
        merged = cell_properties.find(_VMERGE)
        return None if merged is None else merged.get(VAL) or "continue"

    def numbering(self, properties: Element | None, name: str) -> Element | None:
        """The list that the properties of a paragraph name; `name` is the long name of that."""
        found = None if properties is None else properties.find(name)
        inserted = found is not None and found.find(_NUM_INS) is not None
        return None if self.rejected and inserted else found

    def original(self, numbering: Element) -> list[Counted] | None:
        """The number that a paragraph had before it was changed; None where it was not."""
        change = numbering.find(_NUMBER_CHANGE) if self.rejected else None
        if change is None:
            return None
        return [
            Counted(number(count), _OLD_FORMATS.get(number(shape), "decimal"), after)
            for count, shape, after in _ORIGINAL_LEVEL.findall(change.get(_ORIGINAL) or "")
        ]

    def words(self, element: Element) -> str:
        """All words inside an element that count, however they are laid out."""
        return "".join(
            part.text or "" for part in element.iter(*self.text) if not self._is_gone(part, element)
        )

    def has_words(self, element: Element) -> bool:
        """Whether an element holds any text that counts."""
        return any(not self._is_gone(part, element) for part in element.iter(*self.text))

    def _is_gone(self, part: Element, root: Element) -> bool:
        for above in part.iterancestors():
            if above is root:
                return False
            if above.tag in self.marks:
                return True
        return False
