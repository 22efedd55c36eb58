"""Words that a line end cut, with a hyphen or without: told by the document's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from profstd.parse.readers._pdf.page import CUT, FULL, HYPHEN, Line

_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)*(?![\w)])")
_LETTERS = re.compile(r"[^\W\d_]+")
_ENDING, _STEM = 3, 5  # letters
_SOME = 2  # words
_OPEN = frozenset((CUT, FULL, HYPHEN))
_SIGNS = frozenset(",;:.)»")
_NEVER_FIRST, _NEVER_ALONE = frozenset("ьъ"), frozenset("йхмнылғ")
_SOFT = "\u00ad"


class Cuts:
    """Tells whether what two lines part is one word; `texts` are all lines, text by text."""

    def __init__(self, texts: Iterable[list[Line]]) -> None:
        self._texts = list(texts)

    def is_cut(self, upper: Line, lower: Line) -> bool:
        """Whether the last letters of one line and the first of the next are one word.

        They are where the document has the whole word elsewhere; not where both parts are
        words of it, or look like the end and the beginning of words. In doubt they are not:
        two words as one are worse than one as two.
        """
        if upper.seam == FULL and not self._is_cut_anywhere:
            return False
        end, start = _parts(upper, lower)
        known = end in self._words, start in self._words
        if start[0] in _NEVER_FIRST or start in _NEVER_ALONE:
            return True
        if end + start in self._words or all(known):
            return not all(known)
        strange_end = end[-_ENDING:] not in self._ends
        if len(start) < _ENDING and lower.text[len(start) : len(start) + 1] in _SIGNS:
            return True  # a word so short does not end a sentence
        if len(start) == 1:
            return strange_end or not known[1]
        strange_start = not known[1] and start[:_ENDING] not in self._starts
        return strange_end and strange_start

    @cached_property
    def _is_cut_anywhere(self) -> bool:
        """Whether a program cut words wherever a line was full."""
        pairs = [_parts(*pair) for pair in self._pairs(FULL)]
        cut = sum(
            end + start in self._words and not {end, start} <= self._words for end, start in pairs
        )
        return cut > _SOME and cut > len(pairs) / 4

    def hyphen(self, upper: Line, lower: Line) -> bool | None:
        """Whether the hyphen at a line's end is the word's own; None where that is not clear.

        In a document that is not hyphenated every one is.
        """
        if upper.text[-1] == _SOFT:
            return False
        end, start = _parts(upper, lower)
        known = self._known(end, start)
        if known is not None:
            return known
        if not self._is_hyphenated:
            return True
        return None if start in self._words else False

    def _known(self, end: str, start: str) -> bool | None:
        """Whether the document has two parts elsewhere with the hyphen (True) or without."""
        compound, whole = f"{end}-{start}" in self._words, end + start in self._words
        if compound == whole:
            return True if (end, start[:_STEM]) in self._compounds else None
        return compound

    @cached_property
    def _is_hyphenated(self) -> bool:
        """Whether a program hyphenated the document: more words were cut than compounds."""
        found = [self._known(*_parts(*pair)) for pair in self._pairs(HYPHEN)]
        cut, own = found.count(False), found.count(True)
        return cut > 0 and cut * 2 >= own

    def _pairs(self, sign: str) -> Iterator[tuple[Line, Line]]:
        for lines in self._texts:
            for pair in pairwise(lines):
                if pair[0].seam == sign:
                    yield pair

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words that stand whole in some line: not where an end may have cut them."""
        words: set[str] = set()
        whole: list[str] = []  # lines: quicker together
        for lines in self._texts:
            parted = False
            for line in lines:
                begin = 1 if parted else 0
                parted = line.seam in _OPEN
                if begin or parted:
                    found = _words_of(line.text)
                    words.update(found[begin : len(found) - 1 if parted else None])
                else:
                    whole.append(line.text)
        words.update(_words_of(" ".join(set(" ".join(whole).split()))))
        words.update([part for word in words if "-" in word for part in word.split("-")])
        return frozenset(words)

    @cached_property
    def _compounds(self) -> frozenset[tuple[str, str]]:
        """Compounds of two parts, without the ending."""
        pairs = (word.split("-") for word in self._words if word.count("-") == 1)
        return frozenset((first, second[:_STEM]) for first, second in pairs)

    @cached_property
    def _ends(self) -> frozenset[str]:
        return frozenset(word[-_ENDING:] for word in self._words)

    @cached_property
    def _starts(self) -> frozenset[str]:
        return frozenset(word[:_ENDING] for word in self._words)


def _words_of(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace(_SOFT, ""))


def _parts(upper: Line, lower: Line) -> tuple[str, str]:
    """The letters at the end of a line, and those at the beginning of the next one."""
    end = _LETTERS.findall(upper.text.lower())[-1]
    start = _LETTERS.match(lower.text.lower())
    return end, start[0] if start else ""
