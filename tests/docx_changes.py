"""Documents with changes made at random: written with their tracks, and with one side only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from hypothesis import strategies as st

import docx_writer as word
from docx_writer import paragraph, row, run, table
from profstd.parse.settings import TrackedChanges


@dataclass
class Words:
    """A run: on which sides it is there, and on which it is hidden."""

    text: str
    state: str = "kept"
    hidden: dict[str, bool] = field(default_factory=lambda: {"accepted": False, "rejected": False})

    def tracked(self) -> str:
        """The run with its tracks."""
        now, before = (
            "<w:vanish/>" if self.hidden[side] else "" for side in ("accepted", "rejected")
        )
        change = f"<w:rPrChange><w:rPr>{before}</w:rPr></w:rPrChange>" if now != before else ""
        written = run(self.text, now + change, deleted="deleted" in self.state)
        for name in reversed(_WRAPPED[self.state]):
            written = f"<w:{name} w:id='1'>{written}</w:{name}>"
        return written

    def plain(self, side: TrackedChanges) -> str:
        """The run without them."""
        return run(self.text, "<w:vanish/>" if self.hidden[side] else "")


_WRAPPED = {
    "kept": (),
    "inserted": ("ins",),
    "deleted": ("del",),
    "moved here": ("moveTo",),
    "moved away": ("moveFrom",),
    "inserted and deleted": ("ins", "del"),
}
_SIDES = {
    "kept": {"accepted", "rejected"},
    "inserted": {"accepted"},
    "moved here": {"accepted"},
    "deleted": {"rejected"},
    "moved away": {"rejected"},
    "inserted and deleted": set[str](),
}
_MARKS = {"kept": "", "inserted": "<w:ins/>", "deleted": "<w:del/>"}


@dataclass
class Line:
    """A paragraph: its runs, the state of its mark, the lists it belongs to on each side."""

    words: list[Words]
    mark: str
    lists: dict[str, int]

    def tracked(self) -> str:
        """The paragraph with its tracks."""
        now, before = (_listed(self.lists[side]) for side in ("accepted", "rejected"))
        change = f"<w:pPrChange><w:pPr>{before}</w:pPr></w:pPrChange>" if now != before else ""
        return paragraph(
            "".join(item.tracked() for item in self.words),
            f"{now}<w:rPr>{_MARKS[self.mark]}</w:rPr>{change}",
        )


@dataclass
class Row:
    """A row: its state, its cells with theirs."""

    state: str
    cells: list[tuple[str, list[Line]]]

    def tracked(self) -> str:
        """The row with its tracks."""
        properties = {"kept": "", "inserted": "<w:cellIns/>", "deleted": "<w:cellDel/>"}
        cells = "".join(
            f"<w:tc><w:tcPr>{properties[state]}</w:tcPr>"
            f"{''.join(line.tracked() for line in lines)}</w:tc>"
            for state, lines in self.cells
        )
        return f"<w:tr><w:trPr>{_MARKS[self.state]}</w:trPr>{cells}</w:tr>"

    def plain(self, side: TrackedChanges) -> str:
        """The row with what is left on one side."""
        return row(
            *(
                f"<w:tc><w:tcPr/>{plain(lines, side)}</w:tc>"
                for state, lines in self.cells
                if side in _SIDES[state]
            )
        )


def _listed(list_id: int) -> str:
    return word.number(list_id) if list_id else ""


Body: TypeAlias = "list[Line | list[Row]]"


def tracked(items: Body) -> str:
    """The body with its tracks."""
    return "".join(
        item.tracked() if isinstance(item, Line) else table([row.tracked() for row in item], 2)
        for item in items
    )


def plain(items: Sequence[Line | list[Row]], side: TrackedChanges) -> str:
    """What is left when all changes are accepted, or rejected, without any tracking.

    Where a paragraph has lost its mark and none follows, it stays if it shows anything.
    """
    written: list[str] = []
    waiting: list[Words] = []
    lists = 0
    for item in items:
        if isinstance(item, Line):
            waiting += (words for words in item.words if side in _SIDES[words.state])
            lists = item.lists[side]
            if side in _SIDES[item.mark]:
                written.append(_paragraph(waiting, lists, side))
                waiting = []
        elif rows := [row.plain(side) for row in item if side in _SIDES[row.state]]:
            if not all(words.hidden[side] for words in waiting):
                written.append(_paragraph(waiting, lists, side))
            waiting = []
            written.append(table(rows, 2))
    if not all(words.hidden[side] for words in waiting):
        written.append(_paragraph(waiting, lists, side))
    return "".join(written)


def _paragraph(words: list[Words], list_id: int, side: TrackedChanges) -> str:
    return paragraph("".join(item.plain(side) for item in words), _listed(list_id))


_STATE = st.sampled_from(["kept", "kept", "inserted", "deleted"])
_HIDDEN = st.sampled_from([(False, False)] * 6 + [(True, False), (False, True)])
_WORDS = st.builds(
    lambda text, state, hidden: Words(
        text, state, dict(zip(("accepted", "rejected"), hidden, strict=True))
    ),
    st.text("абв", min_size=1, max_size=3),
    st.sampled_from([*_WRAPPED, "kept", "kept"]),
    _HIDDEN,
)
_LINE = st.builds(
    lambda words, mark, now, before: Line(words, mark, {"accepted": now, "rejected": before}),
    st.lists(_WORDS, max_size=3),
    _STATE,
    st.integers(0, 2),
    st.integers(0, 2),
)
_KEPT_LINE = _LINE.map(lambda line: Line(line.words, "kept", line.lists))
_LINES = st.builds(lambda some, last: [*some, last], st.lists(_LINE, max_size=1), _KEPT_LINE)
_CELL = st.tuples(_STATE, _LINES)
_KEPT_CELL = st.tuples(st.just("kept"), _KEPT_LINE.map(lambda line: [line]))
_ROW = st.builds(
    lambda state, first, cells: Row(state, [first, *cells]),
    _STATE,
    _KEPT_CELL,
    st.lists(_CELL, max_size=2),
)
BODIES = st.lists(_LINE | st.lists(_ROW, min_size=1, max_size=3), max_size=6)
NUMBERING = word.abstract(
    word.level(0),
    nums="".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="7"/></w:num>' for at in (1, 2)),
)
