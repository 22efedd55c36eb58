"""The recogniser: blocks and labels in; model, spans and account out.

It runs over the blocks as one stream, cuts it at the labels of the form and feeds
what stands between them to a small grammar, a module a section.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from profstd.document import ROOT, Block, Document, NotAssessed, Observation, Reading
from profstd.model import RegistryPage, Standard
from profstd.parse import labels as labelling
from profstd.parse.labels import Labels
from profstd.parse.recognise import page, standard
from profstd.parse.recognise.columns import join_rows
from profstd.parse.recognise.draft import Planting
from profstd.parse.recognise.extent import standards
from profstd.parse.recognise.stitch import stitch
from profstd.parse.recognise.stream import Stream
from profstd.shape import complete

_KINDS = {"standard": (Standard, standard), "registry_page": (RegistryPage, page)}

# A document shows what it is in its first pages; characters.
_ENOUGH = 60_000


def recognise(reading: Reading) -> Document:
    """The document that `reading` holds; what it is and in which language is found out.

    Of several standards in one file the first counts. Never fails: where no label of any
    form is found the document is empty, all its text unplaced, and `recognised` is False.
    """
    return trace(reading)[0]


def trace(reading: Reading) -> tuple[Document, Stream]:
    """As `recognise`, with the stream: it knows what became of every character."""
    stream = Stream(reading.blocks)
    kind, labels = _identify(stream)
    model_type, section = _KINDS[kind]
    blocks: Sequence[Block] = reading.blocks
    further: tuple[NotAssessed, ...] = ()
    if section is standard:
        blocks, further = _first(blocks, labels)
    blocks = join_rows(blocks, labels) or blocks
    blocks = stitch(blocks, labels) or blocks
    if blocks is not reading.blocks:
        stream = Stream(blocks)
    root, known = section.recognise(stream, labels)
    planting = Planting(root, stream)
    source = reading.source
    planting.data["source"] = {name: getattr(source, name) for name in source.__struct_fields__}
    observations = [*reading.observations, *planting.observations]
    if further:
        count = {"count": 1 + len(further)}
        observations.append(Observation("several_standards", ROOT, count, further[0].span))
    document = Document(
        model=complete(planting.data, model_type),
        source=source,
        spans=planting.spans,
        counted=partial(stream.account, reading.markup, (*reading.not_assessed, *further)),
        observations=tuple(observations),
        recognised=known > 1,
    )
    return document, stream


def _first(
    blocks: Sequence[Block], labels: Labels
) -> tuple[Sequence[Block], tuple[NotAssessed, ...]]:
    """The blocks of the first standard, and where further ones begin."""
    starts = standards(blocks, labels)
    if len(starts) == 1:
        return blocks, ()
    pieces = (next(piece for cell in blocks[at].cells for piece in cell) for at in starts[1:])
    return blocks[: starts[1]], tuple(NotAssessed("standard", piece.span) for piece in pieces)


def _identify(stream: Stream) -> tuple[str, Labels]:
    """The kind and the labels of which most occur; Russian standards win a draw."""
    best: tuple[float, str, Labels] | None = None
    text = " ".join(stream.folded[:_ENOUGH].split())
    for kind in _KINDS:
        for language in sorted(labelling.languages(), reverse=True):
            labels = labelling.load(language, kind)
            hits = sum(any(word in text for word in words) for words in labels.signature)
            score = hits / len(labels.signature)
            if best is None or score > best[0]:
                best = score, kind, labels
    assert best
    return best[1], best[2]
