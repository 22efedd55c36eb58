"""Comparing texts: the same wording, a near wording, and where two wordings differ."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz import fuzz

_NOT_WORD = re.compile(r"[^\w+#]+")


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """`text` without case, ё, punctuation, doubled spaces: equal results, same wording."""
    return _NOT_WORD.sub(" ", text.casefold().replace("ё", "е")).strip()


def nearness(first: str, second: str) -> float:
    """How near two wordings are, 0 to 100, letter by letter, after folding."""
    return fuzz.ratio(folded(first), folded(second))


def differing(first: str, second: str) -> tuple[str, str]:
    """The words that only `first` and only `second` has, each as one text."""
    left, right = first.split(), second.split()
    only_left: list[str] = []
    only_right: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            only_left += left[a:b]
            only_right += right[c:d]
    return " ".join(only_left), " ".join(only_right)
