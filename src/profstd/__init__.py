"""profstd reads professional standards, checks them and exports them.

The public API is three functions: `load` a file into a `Document`, `check` it into
findings, `render` it into another format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from profstd.export import render
    from profstd.parse import load
    from profstd.validate import check

__all__ = ["__version__", "check", "load", "render"]

_HOMES = {"load": "profstd.parse", "check": "profstd.validate", "render": "profstd.export"}


def __getattr__(name: str) -> Any:
    # Imported when asked for: `profstd --version` and readers of __version__ pay nothing.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
