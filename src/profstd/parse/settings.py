"""How files are to be read: limits, and choices that some readers know."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

Engine: TypeAlias = Literal["pdfium", "pdfplumber"]
TrackedChanges: TypeAlias = Literal["accepted", "rejected"]


class ReadSettings(Struct, frozen=True, kw_only=True):
    """What every reader is given; each takes what concerns it.

    `max_file_size` and `max_unpacked_size` (what an archive unpacks to, the parts that
    are read) are bytes, `time_limit` is seconds a file, for what another program does or
    what goes page by page. `engine` reads PDF; `tracked_changes` says how those of Word
    are read.
    """

    max_file_size: int = 50_000_000
    max_unpacked_size: int = 100_000_000
    max_pages: int = 5_000
    time_limit: float = 120.0
    engine: Engine = "pdfium"
    tracked_changes: TrackedChanges = "accepted"


DEFAULT = ReadSettings()
