"""Page numbers and running heads that stand in the body, as in files made from PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from profstd.document import Block, Cell
from profstd.parse.readers._furniture import find_furniture

_LINE = 80  # characters of a row that are about a line on paper


def set_aside(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a body, the lines that belong to the page put down as furniture."""
    lines: list[str] = []
    starts: list[int] = []  # where in `lines` each block begins
    before = ""
    for block in blocks:
        if block.kind != "furniture":
            kind = "row" if block.kind == "row" else "text"
            if block.gap or kind != before:
                lines.append("")
            before = kind
        starts.append(len(lines) + 1)
        if block.kind == "row":
            lines += _row_lines(block)
        elif block.kind != "furniture":
            lines += [piece.text.replace("\t", " ") for piece in block.cells[0]]
    furniture = find_furniture(lines)
    if not furniture:
        return list(blocks)
    made: list[Block] = []
    page_end = False
    for block, start in zip(blocks, starts, strict=True):
        if block.kind == "furniture":
            made.append(block)
            continue
        if page_end and not block.gap:
            block = replace(block, gap=True)
        aside = [number in furniture for number in range(start, start + len(block.cells[0]))]
        page_end = block.kind != "row" and any(aside) and aside[-1]
        if block.kind != "row" and any(aside):
            made += _parted(block, aside)
        else:
            made.append(block)
    return made


def _row_lines(block: Block) -> list[str]:
    """A row as a line with tabs, and as many more as it is long."""
    texts = [
        cell[0].text if len(cell) == 1 else " ".join([piece.text for piece in cell])
        for cell in block.cells
    ]
    return ["\t".join([*texts, ""])] + ["\t-"] * (max(map(len, texts)) // _LINE)


def _parted(block: Block, furniture: list[bool]) -> Iterator[Block]:
    """The lines of a paragraph that are furniture, and those that are not, in order."""
    pieces = block.cells[0]
    start = 0
    for at in range(1, len(pieces) + 1):
        if at < len(pieces) and furniture[at] == furniture[start]:
            continue
        cell: Cell = pieces[start:at]
        gap = block.gap if start == 0 else True
        yield replace(
            block, kind="furniture" if furniture[start] else block.kind, cells=(cell,), gap=gap
        )
        start = at
