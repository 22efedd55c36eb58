"""What an edit is."""

from __future__ import annotations

from msgspec import Struct

from profstd.document import Pointer


class Edit(Struct, frozen=True):
    """One text of the model made right: at `path` stands `old`, and `new` should."""

    path: Pointer
    old: str
    new: str
