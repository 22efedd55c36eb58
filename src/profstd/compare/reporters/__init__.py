"""Reporters: one module a format, each with ``render(comparison) -> str``."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from profstd.compare.report import Comparison


def formats() -> list[str]:
    """The formats there are: one for each module of this package."""
    return sorted(item.name for item in iter_modules(__path__) if not item.name.startswith("_"))


def render(comparison: Comparison, format: str) -> str:
    """`comparison` in one of `formats()`; LookupError where there is no such format."""
    if format not in formats():
        raise LookupError(format)
    return str(import_module(f"{__name__}.{format}").render(comparison))
