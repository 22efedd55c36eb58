"""Pages and plain texts that a Word file takes in: Word shows them as if they stood in it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from profstd.document import Block, NotAssessed, Piece, Span, UnreadableError
from profstd.model import Source
from profstd.parse.readers._word.paragraphs import Tally
from profstd.parse.settings import ReadSettings

_TEXTS = (".txt", ".text")


def imported_blocks(
    data: bytes, name: str, file: str, settings: ReadSettings, tally: Tally
) -> list[Block] | None:
    """The blocks of a page or a text; None where it is neither. They have no places."""
    from profstd.parse.readers._encoding import decode
    from profstd.parse.readers._html.document import is_page, read_page

    try:
        if is_page(data):
            reading = read_page(data, Source(file=file, format="html", sha256=""), settings)
        elif name.casefold().endswith(_TEXTS):
            return list(_lines(decode(data, file), file))
        else:
            return None
    except UnreadableError as error:
        if error.reason == "unsafe":
            raise
        return None
    place = Span(file=file)
    tally.markup += reading.markup
    tally.not_assessed += (NotAssessed(part.kind, place) for part in reading.not_assessed)
    hidden = (item for item in reading.observations if item.kind == "hidden_text")
    tally.hidden += (str(item.arguments["text"]) for item in hidden)
    return [_placed(block, place) for block in reading.blocks]


def _placed(block: Block, place: Span) -> Block:
    cells = (tuple(_without_place(piece, place) for piece in cell) for cell in block.cells)
    return replace(block, cells=tuple(cells))


def _without_place(piece: Piece, place: Span) -> Piece:
    """A piece without a line: those of a part are no lines of the file."""
    return replace(piece, span=place, origin=None)


def _lines(text: str, file: str) -> Iterator[Block]:
    for line in text.splitlines():
        if line.strip():
            yield Block("paragraph", ((Piece(" ".join(line.split()), Span(file=file)),),))
