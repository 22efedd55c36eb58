"""Finding the labels in the stream: labels decide, columns help."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from profstd.parse.labels import Label, Labels
from profstd.parse.recognise.stream import FURNITURE, MARKUP, Stream, Value

# Inside a text a label begins with a capital letter, a digit or a quotation mark.
# It may also follow a small letter, where the space between them was lost.
_CANDIDATE = re.compile(
    r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІƏ0-9«\"“„]"
    r"(?:(?<![^\s;.:,)>].)|(?<=[a-zа-яёәғқңөұүһі][А-ЯЁӘҒҚҢӨҰҮҺІƏ]))"
)
# Right after a comma or an item's number a word with a colon is no label of the form.
_OTHER_HEADS = frozenset('0123456789"')
_NO_PLACE = re.compile(r"(?:,|(?<!\d)\d{1,2}\))\s*$")
_BLANK = re.compile(r"(?:[^\S\n]|\()*+")
_ITEM = re.compile(r"(\d{1,3})\s*[.)]\s*(?=\D)")
_COLON = re.compile(r"\s*:")
_STOP = re.compile(r"\s*(?:[.;\-–—)](?=\s)|(?=\())|(?=[^\S\n]+[«\"]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])")
# What may be a misspelt label, and how near (0 to 100) to a wording of the form it must be.
_LABEL_LIKE = re.compile(r"([^\n\t:;()]{6,120}):")
_ITEM_LIKE = re.compile(r"^\d{1,3}\s*[.)]\s*")
_NEAR = 86


class Found(NamedTuple):
    """A label found in the stream.

    `start` and `end` enclose it with its item number and colon. `number` is the number
    in the label (or before it), `name` the name in quotation marks inside it. `leads`
    says that it stands at the beginning of a cell, `fills` that nothing else is there.
    `meant` is the form's wording where what is printed is only near it.
    """

    key: str
    start: int
    end: int
    number: int | None
    name: tuple[int, int] | None
    leads: bool
    fills: bool
    meant: str = ""


def scan(stream: Stream, labels: Labels) -> list[Found]:
    """Every place that reads like a label, in order, the longest wording at each place.

    Whether a label belongs where it stands is for the sections to judge.
    """
    leading = _beginnings(stream)
    candidates = {match.start() for match in _CANDIDATE.finditer(stream.text)} | leading
    found: list[Found] = []
    done = 0
    heads, folded = labels.heads, stream.folded
    # Nearly all candidates are words of the text: told apart before anything is asked.
    for at in sorted(
        [at for at in candidates if folded[at : at + 3] in heads or folded[at] in _OTHER_HEADS]
    ):
        if at not in leading and _NO_PLACE.search(stream.text, max(0, at - 8), at):
            continue
        if at >= done and (hit := _match(stream, labels, at, at in leading)):
            found.append(hit)
            done = hit.end
    return sorted([*found, *_misspelt(stream, labels, leading, found)], key=lambda hit: hit.start)


def _misspelt(
    stream: Stream, labels: Labels, leading: set[int], found: list[Found]
) -> Iterator[Found]:
    """Beginnings of cells that are nearly a label and end in a colon, e.g. «Умненя:»."""
    from rapidfuzz import fuzz, process

    taken = [(hit.start, hit.end) for hit in found]
    wordings = list(labels.plain)
    for at in sorted(leading):
        index = bisect_right(taken, (at, len(stream.raw)))
        if index and taken[index - 1][1] > at:
            continue
        match = _LABEL_LIKE.match(stream.folded, at)
        if match is None:
            continue
        printed = " ".join(_ITEM_LIKE.sub("", match[1]).split())
        number = re.search(r"\d+", match[1])
        near = process.extractOne(
            re.sub(r"\d+", "0", printed), wordings, scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        if near:
            key = labels.plain[near[0]]
            yield Found(
                key=key,
                start=at,
                end=match.end(),
                number=int(number[0]) if number else None,
                name=None,
                leads=True,
                fills=_ends_cell(stream, match.end()),
                meant=labels.texts[key][0],
            )


def _beginnings(stream: Stream) -> set[int]:
    """Where the text of a cell, or what follows a tag, begins."""
    starts = [*stream.cell_starts, *(start for start, _ in stream.tags)]
    starts += [match.end() for match in re.finditer("\n", stream.text)]
    beginnings = set()
    reached = -1
    text = stream.text
    for start in sorted(starts):
        if start < reached:
            continue  # inside the blank that was passed already
        match = _BLANK.match(text, start)
        assert match
        reached = match.end()
        if reached < len(text) and text[reached] != "\n":
            beginnings.add(reached)
    return beginnings


def _match(stream: Stream, labels: Labels, at: int, leads: bool) -> Found | None:
    folded = stream.folded
    for label in labels.starting(folded[at : at + 3]):
        match = label.pattern.match(folded, at)
        if match and (hit := _found(stream, label, match, at, None, leads)):
            return hit
    if leads and (item := _ITEM.match(folded, at)):
        begin = item.end()
        for label in labels.starting(folded[begin : begin + 3]):
            match = None if label.numbered else label.pattern.match(folded, begin)
            if match and (hit := _found(stream, label, match, at, int(item[1]), leads)):
                return hit
    return None


def _found(
    stream: Stream,
    label: Label,
    match: re.Match[str],
    start: int,
    item: int | None,
    leads: bool,
) -> Found | None:
    """The label whose wording was met; None where it is no label there."""
    end = match.end()
    fills = leads and _ends_cell(stream, end)
    colon = _COLON.match(stream.text, end)
    if colon:
        end = colon.end()
        fills = leads and _ends_cell(stream, end)
    elif label.numbered and leads and (stop := _STOP.match(stream.text, end)):
        end = stop.end()
    elif not fills and not (leads and label.telling):
        return None
    named = "name" in match.groupdict()
    number = item
    if label.numbered:
        number = int(next(group for group in match.groups() if group and group.isdecimal()))
    return Found(
        key=label.key,
        start=start,
        end=end,
        number=number,
        name=match.span("name") if named else None,
        leads=leads,
        fills=fills,
    )


def _ends_cell(stream: Stream, at: int) -> bool:
    """Whether the cell, or the element of markup, ends at `at`."""
    for index in range(at, len(stream.raw)):
        if stream.marks[index] == MARKUP or stream.raw[index] in "\t\n":
            return True
        if not stream.raw[index].isspace():
            return False
    return True


def lone_values(stream: Stream, labels: Labels) -> Iterator[Value]:
    """Cells that hold a recognition value and nothing else."""
    for start in stream.cell_starts:
        if stream.marks[start] == FURNITURE:
            continue
        stop = stream.cell_end(start)
        if 4 <= len(stream.text[start:stop].strip()) <= 24:
            value = stream.read(start, stop)
            if value and recognition(value.text, labels):
                yield value


@lru_cache(maxsize=1024)
def recognition(text: str, labels: Labels) -> tuple[str, bool] | None:
    """What a recognition value means and whether it is printed as the form has it."""
    from rapidfuzz.distance import Levenshtein

    printed = " ".join(text.casefold().split()).rstrip(" .;,").replace("- ", "")
    if printed.endswith("-"):
        return None
    for meaning, wordings in labels.other_values.items():
        if printed in map(str.casefold, wordings):
            return meaning, False
    best: tuple[int, str] | None = None
    for meaning, wordings in labels.values.items():
        for wording in wordings:
            # «Рекомендовано (после стажировки)»: the value, and more than the form has.
            if re.match(rf"{re.escape(wording.casefold())}\W", printed):
                return meaning, False
            distance = Levenshtein.distance(printed, wording.casefold(), score_cutoff=2)
            if distance <= 2 and (best is None or distance < best[0]):
                best = distance, meaning
    return None if best is None else (best[1], best[0] == 0)
