"""JSON: the model as it is, a file a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from profstd.document import Document
from profstd.export._files import Rendered, named
from profstd.export._shape import build
from profstd.model import Model

PER_DOCUMENT = True


def render(documents: Iterable[Document]) -> Iterator[Rendered]:
    """A file a document: UTF-8, two spaces of indent, LF, the model's order of fields."""
    for name, document in named(documents):
        yield Rendered(f"{name}.json", encode(document.model))


def encode(model: Model) -> bytes:
    """The JSON text of `model`."""
    return msgspec.json.format(msgspec.json.encode(model), indent=2) + b"\n"


def load(content: bytes) -> Model:
    """The model that `content` holds.

    msgspec.DecodeError where it is no JSON, msgspec.ValidationError where it is no model.
    """
    return build(msgspec.json.decode(content))
