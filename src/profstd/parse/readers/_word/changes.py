"""Tracked changes: which side of each counts (ECMA-376, part 1, 17.13.5)."""

from __future__ import annotations

import re
from typing import NamedTuple

from profstd.parse.readers._word.names import (
    NOTHING,
    VAL,
    Properties,
    children,
    first,
    long,
    number,
)
from profstd.parse.readers._word.package import Element, Elements
from profstd.parse.settings import TrackedChanges

_INSERTED, _DELETED = ("w:ins", "w:moveTo"), ("w:del", "w:moveFrom")
_TRPR, _NUM = long("w:trPr"), long("w:numPr")
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

    `gone` are the long names of elements whose content is not there, and of what says the
    same in the properties of a paragraph's mark; `text` those of elements that hold words.
    """

    def __init__(self, read: TrackedChanges) -> None:
        self.rejected = read == "rejected"
        gone = _INSERTED if self.rejected else _DELETED
        self.gone = frozenset(map(long, gone))
        self.text = (long("w:t"), long("w:delText")) if self.rejected else (long("w:t"),)
        self._row = long(gone[0])
        self._cell = long("w:cellIns" if self.rejected else "w:cellDel")

    def properties(self, element: Elements, name: str) -> Properties:
        """The properties of an element that count; `name` is the long name of theirs."""
        return self.counting(children(first(element, name)), name)

    def counting(self, printed: Properties, name: str) -> Properties:
        """The properties that count where `printed` are those that stand in the file."""
        if self.rejected and (change := printed.get(f"{name}Change")) is not None:
            before = first(change, name)
            return printed if before is None else children(before)
        return printed

    def has_mark(self, of_mark: Properties) -> bool:
        """Whether the mark at the end of a paragraph is there."""
        return not of_mark or self.gone.isdisjoint(of_mark)

    def has_row(self, row: Elements) -> bool:
        """Whether a row of a table is there."""
        return first(first(row, _TRPR), self._row) is None

    def has_cell(self, of_cell: Properties) -> bool:
        """Whether a cell of a row is there."""
        return self._cell not in of_cell

    def merge(self, of_cell: Properties) -> str | None:
        """How a cell is merged downwards: "restart", "continue" or, where it is not, None."""
        change = of_cell.get(_CELL_MERGE)
        if change is not None:
            state = change.get(_MERGE_WAS if self.rejected else _VMERGE)
            return {"rest": "restart", "cont": "continue"}.get(state or "")
        merged = of_cell.get(_VMERGE)
        return None if merged is None else merged.get(VAL) or "continue"

    def numbering(self, properties: Properties) -> Properties:
        """The list that the properties of a paragraph name; nothing where they name none."""
        found = properties.get(_NUM)
        if found is None:
            return NOTHING
        listed = children(found)
        return NOTHING if self.rejected and _NUM_INS in listed else listed

    def original(self, numbering: Properties) -> list[Counted] | None:
        """The number that a paragraph had before it was changed; None where it was not."""
        change = numbering.get(_NUMBER_CHANGE) if self.rejected else None
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
            if above.tag in self.gone:
                return True
        return False
