"""Blocks in the making: those of the page, or of one cell."""

from __future__ import annotations

from collections.abc import Iterable

from profstd.document import Block, Cell, Piece


class Flow:
    """The blocks of the page, or of a cell, as they come together.

    `table`, `row` and `cell` are the place of a cell; None outside of tables. `gap` says
    that an empty line stands before the next block, `tabular` that a table with columns
    stands here, `nested` that any table does, `headed` that a heading does.
    """

    __slots__ = (
        *("blocks", "gap", "paragraph", "table", "row", "cell"),
        *("tabular", "nested", "headed"),
    )

    def __init__(
        self, table: int | None = None, row: int | None = None, cell: int | None = None
    ) -> None:
        self.blocks: list[Block] = []
        self.gap = False
        self.paragraph = 0
        self.table = table
        self.row = row
        self.cell = cell
        self.tabular = False
        self.nested = False
        self.headed = False

    def add(self, block: Block) -> None:
        """Take in a block; the gap before it, if any, is the block's own already."""
        self.blocks.append(block)

    def take_over(self, other: Flow) -> None:
        """Take in all blocks of a flow, which stood in a frame of layout."""
        if self.blocks:
            self.blocks += other.blocks
        else:
            self.blocks = other.blocks
        self.gap = other.gap
        self.tabular = self.tabular or other.tabular
        self.nested = True
        self.headed = self.headed or other.headed

    def add_row(self, flows: Iterable[Flow | None], *, is_frame: bool) -> bool:
        """Take in a row of cells, None for one that a merged cell reaches over.

        A row that only frames tables or whole parts of a page is no row: its cells are
        taken over one after the other. False where the row is empty.
        """
        cells = list(flows)
        full = [flow for flow in cells if flow is not None and flow.blocks and flow.has_text]
        framing = (len(full) == 1 and (is_frame or full[0].nested)) or any(
            [flow.tabular or flow.headed for flow in full]
        )
        if framing:
            gap = self.gap
            for flow in filter(None, cells):
                flow.begin_with_gap(gap)
                gap = False
                self.take_over(flow)
            return True
        if full:
            self.blocks.append(Block("row", tuple(map(_content, cells)), self.gap))
            self.gap = False
            self.tabular = self.tabular or len(full) > 1
        self.nested = True
        for cell in cells:
            if cell is not None and (len(cell.blocks) > 1 or cell not in full):
                self.blocks += [block for block in cell.blocks if block.kind == "furniture"]
        return bool(full)

    def begin_with_gap(self, gap: bool) -> None:
        """Put a gap before the first block."""
        if gap and self.blocks and not self.blocks[0].gap:
            first = self.blocks[0]
            self.blocks[0] = Block(first.kind, first.cells, True)

    @property
    def has_text(self) -> bool:
        """Whether there is a block that is no furniture."""
        blocks = self.blocks
        return bool(blocks) and (
            blocks[0].kind != "furniture" or any(block.kind != "furniture" for block in blocks)
        )

    def put_aside(self, start: int) -> None:
        """Make furniture of the blocks from `start` on."""
        self.blocks[start:] = map(_aside, self.blocks[start:])

    def bring_back(self) -> None:
        """Make paragraphs of all that is furniture."""
        self.blocks = [
            Block("paragraph", block.cells, block.gap) if block.kind == "furniture" else block
            for block in self.blocks
        ]


def _aside(block: Block) -> Block:
    pieces = tuple(piece for cell in block.cells for piece in cell)
    return Block("furniture", (pieces,), block.gap)


def _content(flow: Flow | None) -> Cell:
    """The text of a cell: all its lines."""
    if flow is None or not flow.blocks:
        return ()
    blocks = flow.blocks
    if len(blocks) == 1 and len(blocks[0].cells) == 1 and blocks[0].kind != "furniture":
        return blocks[0].cells[0]
    pieces: list[Piece] = []
    for block in blocks:
        if block.kind != "furniture":
            for cell in block.cells:
                pieces += cell
    return tuple(pieces)
