"""Exporters: one module a format, found by walking this package.

A format is a module without a leading underscore that has

- ``render(documents, *, …) -> Iterator[Rendered]``: `documents` is an iterable of
  `Document`; the keyword-only parameters are the format's options with their defaults;
- ``PER_DOCUMENT``: True where every document becomes a file of its own, whatever the
  others are (they may then be rendered one at a time or in parallel), False where all of
  them go into one set of files;
- ``load``, where the format can be read back into the model.

The same documents always give the same bytes, on every platform; a format that leaves
the work to another program says what that changes.

Where a document cannot be rendered, `render` raises UnwritableError instead of its file,
and can be asked for the next one.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from msgspec import Struct

from profstd.document import Document
from profstd.export._files import Rendered, UnwritableError

__all__ = [
    "Format",
    "Rendered",
    "UnwritableError",
    "describe",
    "formats",
    "render",
    "stream",
]


class Format(Struct, frozen=True):
    """What can be said of a format before anything is rendered: its options with defaults."""

    name: str
    per_document: bool
    options: dict[str, Any]


def formats() -> tuple[str, ...]:
    """The names of the formats there are."""
    return tuple(
        sorted(item.name for item in iter_modules(__path__) if not item.name.startswith("_"))
    )


def describe(format: str) -> Format:
    """The facts of a format; ValueError where there is none of that name."""
    module = _module(format)
    options = {
        name: parameter.default
        for name, parameter in inspect.signature(module.render).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }
    return Format(format, module.PER_DOCUMENT, options)


def stream(documents: Iterable[Document], format: str, **options: Any) -> Iterator[Rendered]:
    """The files that `documents` become, one after the other.

    ValueError for an unknown format, TypeError for an option that it does not have;
    UnwritableError, while it is gone through, in the place of a file.
    """
    files: Iterator[Rendered] = _module(format).render(documents, **options)
    return files


def render(document: Document, format: str, **options: Any) -> dict[str, bytes]:
    """The files that one document becomes: relative name to content; raises as `stream`."""
    return dict(stream([document], format, **options))


def _module(format: str) -> ModuleType:
    if format not in formats():
        raise ValueError(f"no export format {format!r}: there are {', '.join(formats())}")
    return import_module(f"{__name__}.{format}")
