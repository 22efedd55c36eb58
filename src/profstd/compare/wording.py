"""Where two texts differ, word for word, also where the eye sees no difference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import LCSseq

from profstd.parse.labels import fold

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
# Pairs of words that are looked at.
_MOST = 25_000_000


def contrast(first: str, second: str) -> tuple[str, str] | None:
    """The words that only `first` and only `second` has, in quotation marks, … between them.

    Characters that do not show, or that look like others, are told by their numbers in
    Unicode. None where the texts have less than half of their words in common.
    """
    if (parts := _differing(first, second)) is None:
        return None
    shown = [_spelt(*part) if _look_alike(*part) else _quoted(*part) for part in parts]
    one, other = (" … ".join(filter(None, side)) for side in zip(*shown, strict=True))
    return one, other


def _differing(first: str, second: str) -> list[tuple[str, str]] | None:
    mine, theirs = _WORD.findall(first), _WORD.findall(second)
    if len(mine) * len(theirs) > _MOST:
        return None
    parts: list[tuple[str, str]] = []
    words = 0
    for at, end, there, stop in _unequal(mine, theirs):
        words += max(end - at, stop - there)
        parts.append(("".join(mine[at:end]), "".join(theirs[there:stop])))
    if 2 * words > max(len(mine), len(theirs)) and not _look_alike(first, second):
        return None
    return parts


def _unequal(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two rows of signs differ; what only a space parts is one place."""
    at = there = 0
    for block in LCSseq.editops(first, second).as_matching_blocks():
        end = block.a + block.size
        if (at, there) != (block.a, block.b):
            if block.size and "".join(first[block.a : end]).isspace():
                continue
            yield at, block.a, there, block.b
        at, there = end, block.b + block.size


def _look_alike(first: str, second: str) -> bool:
    """Whether two texts that differ in more than case cannot be told apart by the eye."""
    return first.lower() != second.lower() and _look(first) == _look(second)


def _look(text: str) -> str:
    shown = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    return " ".join(fold(shown).split())


def _quoted(first: str, second: str) -> tuple[str, str]:
    one, other = (f"«{text.strip()}»" if text.strip() else "" for text in (first, second))
    return one, other


def _spelt(first: str, second: str) -> tuple[str, str]:
    """The characters that only the one text has, by their numbers and names."""
    one, other = [], []
    for at, end, there, stop in _unequal(first, second):
        one += [_numbered(sign) for sign in first[at:end]]
        other += [_numbered(sign) for sign in second[there:stop]]
    return ", ".join(one), ", ".join(other)


def _numbered(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip()
