"""The recogniser: blocks and labels in; model, spans and account out.

It runs over the blocks as one stream, cuts it at the labels of the form and feeds
what stands between them to a small grammar, a module a section.
"""

from __future__ import annotations

from profstd.document import Document, Reading
from profstd.model import RegistryPage, Standard
from profstd.parse import labels as labelling
from profstd.parse.labels import Labels
from profstd.parse.recognise import page, standard
from profstd.parse.recognise.columns import join_rows
from profstd.parse.recognise.draft import Planting
from profstd.parse.recognise.stitch import stitch
from profstd.parse.recognise.stream import Stream
from profstd.shape import complete

_KINDS = {"standard": (Standard, standard), "registry_page": (RegistryPage, page)}

# A document shows what it is in its first pages; characters.
_ENOUGH = 60_000


def recognise(reading: Reading) -> Document:
    """The document that `reading` holds; what it is and in which language is found out.

    Never fails: where no label of any form is found the document is empty, all its text
    unplaced, and `recognised` is False.
    """
    return trace(reading)[0]


def trace(reading: Reading) -> tuple[Document, Stream]:
    """As `recognise`, with the stream: it knows what became of every character."""
    stream = Stream(reading.blocks)
    kind, labels = _identify(stream)
    blocks = join_rows(reading.blocks, labels) or reading.blocks
    blocks = stitch(blocks, labels) or blocks
    if blocks is not reading.blocks:
        stream = Stream(blocks)
    model_type, section = _KINDS[kind]
    root, known = section.recognise(stream, labels)
    planting = Planting(root, stream)
    source = reading.source
    planting.data["source"] = {name: getattr(source, name) for name in source.__struct_fields__}
    document = Document(
        model=complete(planting.data, model_type),
        source=source,
        spans=planting.spans,
        counted=stream.account(reading.markup, reading.not_assessed),
        observations=(*reading.observations, *planting.observations),
        recognised=known > 1,
    )
    return document, stream


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
