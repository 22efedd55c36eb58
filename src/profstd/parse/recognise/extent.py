"""Where the first standard of a file ends: an order may approve several, one after another."""

from __future__ import annotations

from collections.abc import Sequence

from profstd.document import Block
from profstd.parse.labels import Labels, fold

_FIRST, _TITLE = "chapter.general", "document"
_CARD = frozenset({"group_code", "occupation_code"})
_MARKING = _CARD | {_FIRST}
_LONGEST = 300  # characters of a block that are looked at
_OPENING = 12  # blocks before the first chapter: the order, the title


def standards(blocks: Sequence[Block], labels: Labels) -> list[int]:
    """Where each standard begins, the first at 0.

    A further one begins where the first chapter stands again after a card: with the title
    or the approval that stands before that chapter, if there is any.
    """
    starts = [0]
    cards = False
    for index, block in enumerate(blocks):
        key = None if block.kind == "furniture" else _key(block, labels, _MARKING)
        if key in _CARD:
            cards = True
        elif key == _FIRST and cards:
            starts.append(_opening(blocks, index, labels))
            cards = False
    return starts


def _opening(blocks: Sequence[Block], chapter: int, labels: Labels) -> int:
    begins = chapter
    for index in range(chapter - 1, max(0, chapter - _OPENING) - 1, -1):
        block = blocks[index]
        if block.kind == "row":
            break
        key = _key(block, labels)
        if key == _TITLE or any(
            fold(word) in fold(_text(block)) for word in labels.words["approval"]
        ):
            begins = index
        elif key is not None:
            break
    return begins


def _key(block: Block, labels: Labels, wanted: frozenset[str] | None = None) -> str | None:
    """The label that a block begins with, where it is one of those `wanted`."""
    text = _text(block)
    for label in labels.starting(fold(text[:3])):
        if (wanted is None or label.key in wanted) and label.pattern.match(fold(text)):
            return label.key
    return None


def _text(block: Block) -> str:
    cell = next((cell for cell in block.cells if cell), ())
    return " ".join(piece.text for piece in cell)[:_LONGEST].lstrip()
