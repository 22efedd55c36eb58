"""The texts of a standard: every sentence, name and list item with its pointer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from msgspec import Struct

from profstd.document import ROOT, Pointer
from profstd.model import Standard

# What is no prose: codes, dates, names of people, and what profstd itself says.
_NO_PROSE = frozenset(
    {
        *("schema_version", "kind", "language", "form", "source", "technical", "approval"),
        *("code", "group_code", "rank", "sublevel", "recognition"),
    }
)


_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Text(NamedTuple):
    """A text of the standard, the name of its field, and where it stands."""

    path: Pointer
    text: str
    field: str


@lru_cache(maxsize=2)
def texts(standard: Standard) -> tuple[Text, ...]:
    """Every text of the standard in document order, without chapter 4."""
    return tuple(_texts(standard, ROOT, ""))


def _texts(node: Any, path: Pointer, field: str) -> Iterator[Text]:
    if isinstance(node, str):
        if node:
            yield Text(path, node, field)
    elif isinstance(node, tuple):
        for index, item in enumerate(node):
            yield from _texts(item, path / index, field)
    elif isinstance(node, Struct):
        for name in node.__struct_fields__:
            value = getattr(node, name)
            if value is not None and name not in _NO_PROSE:
                yield from _texts(value, path / name, name)


class Word(NamedTuple):
    """A word of a text, compounds whole, and where it begins and ends there."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order."""
    return tuple(Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text))
