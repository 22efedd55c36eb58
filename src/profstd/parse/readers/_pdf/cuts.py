"""Words that a line end cut, with a hyphen or without: told by the document's own words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from math import exp, log

from profstd.parse.labels import wordings
from profstd.parse.readers._pdf.page import CUT, FULL, HYPHEN, Line

_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)*(?![\w)])")
_NUMBER = re.compile(r"^\d{1,3}\s?[).]\s*")
_LETTERS = re.compile(r"[^\W\d_]+")
_ENDING, _STEM = 3, 5  # letters
_SOME = 2  # words
_OPEN = frozenset((CUT, FULL, HYPHEN))
_SIGNS = frozenset(",;:.)»")
_NEVER_FIRST, _NEVER_ALONE = frozenset("ьъ"), frozenset("йхмнылғяюе")
_SOFT, _PRINTED = "\u00ad", "\u2010"


# What speaks for one word and not two, beside its letters; natural logarithms of odds.
_ALONE, _SPACED, _CERTAIN = -1.8, -6.0, -12.0  # a line of one word, one of several, any full line
_SHORT, _KNOWN, _LETTER = 2.5, -1.0, -1.2
_OWN = -7.0  # odds below which a hyphen is the word's own
_LONG = 17  # letters: every one more speaks against one word
_EDGE, _END = "^", "$"
_ORDER = 3  # letters before one that tell something of it
_ENOUGH = 5000  # words to learn from
_DOUBT = 2.0  # how many sights the guess from fewer letters is worth


class Letters:
    """How letters follow each other in the words of a document, and how often each word stands."""

    def __init__(self, words: Counter[str]) -> None:
        found = sorted(words, key=len)[-_ENOUGH:]
        text = "".join(f"{_EDGE}{word}{_END}" for word in found)
        longest = _ORDER + 1
        self._counts = Counter([text[at : at + longest] for at in range(len(text))])
        for letters, count in list(self._counts.items()):
            for length in range(1, len(letters)):
                self._counts[letters[:length]] += count
        self._counts[""] = len(text) - len(found)
        self._words = words
        self._sorted = sorted(words)
        self._total = words.total()

    def prefer_one(self, end: str, start: str) -> float:
        """How much likelier one word is than two, as a logarithm: more than 0 is one word.

        Only the letters at the joint differ: what follows three letters of the start is the
        same in both.
        """
        one, two = (_EDGE + end)[-_ORDER:], _EDGE
        odds = self._open(end, start, one)
        for at, letter in enumerate((start + _END)[:_ORDER]):
            odds += (self._chance(one, letter) if at else 0.0) - self._chance(two, letter)
            one, two = (one + letter)[-_ORDER:], (two + letter)[-_ORDER:]
        return odds - self._standing(start)

    def _open(self, end: str, start: str, last: str) -> float:
        """How much likelier a letter of `start` follows `end` than that `end` is a word."""
        goes_on = self._beginning(end + start[0])
        sums = []
        for seen, letter in ((goes_on, start[0]), (self._words[end], _END)):
            sums.append(log(seen + _DOUBT * exp(self._chance(last, letter))))
        return sums[0] - sums[1]

    def _standing(self, word: str) -> float:
        """How much oftener a word stands alone than its letters say; at least 0."""
        count = self._words[word]
        if not count:
            return 0.0
        before, chance = _EDGE, 0.0
        for letter in word + _END:
            chance += self._chance(before, letter)
            before = (before + letter)[-_ORDER:]
        return max(0.0, log(count / self._total) - chance)

    def _beginning(self, letters: str) -> int:
        """How many words of the document begin with some letters."""
        at, count = bisect_left(self._sorted, letters), 0
        while at < len(self._sorted) and self._sorted[at].startswith(letters):
            count += self._words[self._sorted[at]]
            at += 1
        return count

    def _chance(self, before: str, letter: str) -> float:
        """The logarithm of the chance of `letter` after `before`; fewer letters help out."""
        chance = 1 / 40
        counts = self._counts
        for begin in range(len(before), -1, -1):
            context = before[begin:]
            chance = (counts[context + letter] + _DOUBT * chance) / (counts[context] + _DOUBT)
        return log(chance)


class Cuts:
    """Tells whether what two lines part is one word; `texts` are all lines, text by text."""

    def __init__(self, texts: Iterable[list[Line]]) -> None:
        self._texts = list(texts)
        self._form = [text.lower() for text in wordings()]

    def is_cut(self, upper: Line, lower: Line) -> bool:
        """Whether the last letters of one line and the first of the next are one word.

        They are where the document or the form has the whole word elsewhere; not where it has
        both words side by side. Where it has neither, the letters decide.
        """
        end, start = _parts(upper, lower)
        if upper.seam == FULL and not self._is_cut_anywhere:
            return end + start in self._words and not {end, start} & self._words.keys()
        if start[0] in _NEVER_FIRST or start in _NEVER_ALONE:
            return True
        whole, beside = end + start in self._words, self._stand_together(end, start)
        if whole != beside:
            return whole
        if len(start) < _ENDING and lower.text[len(start) : len(start) + 1] in _SIGNS:
            return True  # a word so short does not end a sentence
        odds = self._letters.prefer_one(end, start) + self._prior(upper, end, start)
        return odds > 0

    def _prior(self, upper: Line, end: str, start: str) -> float:
        """What else speaks for one word."""
        alone = " " not in _NUMBER.sub("", upper.text)
        odds = _CERTAIN if upper.seam == FULL else _ALONE if alone else _SPACED
        known = [word in self._words for word in (end, start)]
        if len(start) <= _ENDING and not known[1]:
            odds += _SHORT
        return odds + _KNOWN * sum(known) + _LETTER * max(0, len(end) + len(start) - _LONG)

    def _stand_together(self, end: str, start: str) -> bool:
        """Whether two words stand side by side in some line, or on the form."""
        if not {end, start} <= self._words.keys():
            return False
        beside = f" {end} {start}"
        at = self._text.find(beside)
        while at >= 0:
            if self._text[at + len(beside)] in " \n,;:.)":
                return True
            at = self._text.find(beside, at + 1)
        return False

    @cached_property
    def _text(self) -> str:
        lines = [line.text.lower() for lines in self._texts for line in lines]
        return "".join(f" {text}\n" for text in (*lines, *self._form))

    @cached_property
    def _letters(self) -> Letters:
        return Letters(self._words)

    @cached_property
    def _is_cut_anywhere(self) -> bool:
        """Whether a program cut words wherever a line was full."""
        pairs = [_parts(*pair) for pair in self._pairs(FULL)]
        words = self._words
        cut = sum(end + start in words and not {end, start} <= words.keys() for end, start in pairs)
        return cut > _SOME and cut > len(pairs) / 4

    def hyphen(self, upper: Line, lower: Line) -> bool | None:
        """Whether the hyphen at a line's end is the word's own; None where a space follows it.

        In a document that is not hyphenated every one is.
        """
        sign = upper.text[-1]
        if sign == _SOFT or (sign == _PRINTED and self._prints_another_sign):
            return False
        end, start = _parts(upper, lower)
        known = self._known(end, start)
        if known is not None:
            return known
        if not self._is_hyphenated or self._prints_another_sign:
            return True
        if start in self._after_hyphens:
            return None
        words = {end, start} <= self._words.keys()
        return words and self._letters.prefer_one(end, start) < _OWN

    @cached_property
    def _after_hyphens(self) -> frozenset[str]:
        """The words after a hyphen and a space in a line: «теле- и радио»."""
        return frozenset(re.findall(r"[^\W\d_]- ([^\W\d_]+)", self._text))

    @cached_property
    def _prints_another_sign(self) -> bool:
        """Whether a program's hyphens are another sign than those of words."""
        lines = [line.text for lines in self._texts for line in lines]
        ended = any(text.endswith(_PRINTED) for text in lines)
        return ended and not any(_PRINTED in text[:-1] for text in lines)

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
    def _words(self) -> Counter[str]:
        """How often words stand whole in some line: not where an end may have cut them."""
        words: Counter[str] = Counter()
        whole: list[str] = []
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
        # What stands between spaces does so again and again: each is looked at once.
        for token, count in Counter(" ".join((*whole, *self._form)).split()).items():
            for word in _words_of(token):
                words[word] += count
        compounds = [word.split("-") for word in words if "-" in word]
        words.update(part for parts in compounds for part in parts if len(part) > _ENDING)
        return words

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
    last, first = upper.text.rpartition(" ")[2], lower.text.partition(" ")[0]
    start = _LETTERS.match(first.lower())
    return _LETTERS.findall(last.lower())[-1], start[0] if start else ""
