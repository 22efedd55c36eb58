"""The files of an export, their names, and why one cannot be made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from unicodedata import normalize

from profstd.document import Document

# Windows refuses these characters, and these names whatever their case and suffix.
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


class UnwritableError(Exception):
    """A file that cannot be made.

    `reason` is a key of ``unwritable`` in the locale, `arguments` fill its words in;
    `file` is the name that it would have.
    """

    def __init__(self, file: str, reason: str, **arguments: object) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason
        self.arguments = arguments


class Rendered(NamedTuple):
    """A file of an export: its name, relative to the folder it goes to, and its bytes."""

    name: str
    content: bytes


def stem(file: str) -> str:
    """The name of `file` without folder and suffix, safe on every system, never empty."""
    name = re.split(r"[/\\]", file)[-1]
    name = name.rpartition(".")[0] or name
    safe = _UNSAFE.sub("_", name).strip(" .") or "document"
    return f"{safe}_" if _RESERVED.fullmatch(safe) else safe


class Names:
    """Makes names unique: what was met before gets -2, -3 … behind it.

    Names that a file system may take for one (case, composition) count as one. What
    comes later never changes an earlier name.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def claim(self, name: str) -> str:
        """`name`, or the first of its successors that is free."""
        candidate, count = name, 1
        while (folded := normalize("NFC", candidate).casefold()) in self._taken:
            count += 1
            candidate = f"{name}-{count}"
        self._taken.add(folded)
        return candidate


def named(documents: Iterable[Document]) -> Iterator[tuple[str, Document]]:
    """Every document with the name of its source, without suffix, made unique."""
    names = Names()
    for document in documents:
        yield names.claim(stem(document.source.file)), document
