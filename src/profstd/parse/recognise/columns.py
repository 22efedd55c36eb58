"""Tables whose labels stand once, in a head row: «Навыки | Умения | Знания».

Such a table is read as if each label stood before every text of its column. A row that
only goes on with the one above is joined to it first, column by column.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest

from msgspec.structs import replace

from profstd.document import Block, Cell
from profstd.parse.labels import Labels, fold
from profstd.parse.recognise.scan import Found
from profstd.parse.recognise.stream import LABEL, Stream

_LISTS = frozenset({"abilities", "knowledge"})
_HEADED = _LISTS | {"recognition"}
_FURTHER = frozenset({"function.mandatory", "function.additional", "skill", *_HEADED})
_UNDER = _FURTHER | {"recognition_value"}
_INTEGER = re.compile(r"(\d{1,3})")
_LONGEST_HEAD = 60  # characters
_MARKER = re.compile(r"(\d{1,3})\s*[.)]\s*(?=\D)")
_SMALL = re.compile(r"[a-zа-яёәғқңөұүһі]")
_NUMBER_HEAD = re.compile(r"№\s*(?:п/п)?\.?")

Head = Mapping[int, str]  # the key of the label above each column, "" for one without meaning


def join_rows(blocks: Sequence[Block], labels: Labels) -> list[Block] | None:
    """The blocks with rows joined that go on under a head row; None where there is none."""
    joined: list[Block] = []
    head: Head = {}
    last: int | None = None  # the row that may go on
    changed = False
    for block in blocks:
        if block.kind == "furniture":
            joined.append(block)
            continue
        if not head and not _is_short(block):
            joined.append(block)
            continue
        texts = [_text(cell) for cell in block.cells] if block.kind == "row" else []
        if found := _head(texts, labels):
            last = last if found == head else None
            head = found
        elif head and not _belongs(texts, labels):
            head, last = {}, None
        elif head and last is not None and _goes_on(texts, joined[last], block, head, labels):
            joined[last] = _merged(joined[last], block)
            changed = True
            continue
        elif head:
            in_lists = (texts[at] for at, key in head.items() if key in _LISTS and at < len(texts))
            last = len(joined) if any(in_lists) else None
        joined.append(block)
    return joined if changed else None


def _is_short(block: Block) -> bool:
    """Whether a block can be a head row."""
    return len(block.cells) > 1 and all(
        sum([len(piece.text) for piece in cell]) <= _LONGEST_HEAD for cell in block.cells
    )


def _text(cell: Cell) -> str:
    return " ".join(" ".join(piece.text for piece in cell).split())


def _head(texts: Iterable[str], labels: Labels) -> Head:
    """The columns of a head row: nothing but labels, two of them of lists; else nothing."""
    head = {}
    for column, text in enumerate(texts):
        if text:
            key = _key(text, labels) if len(text) <= _LONGEST_HEAD else None
            if key is None:
                return {}
            head[column] = key
    return head if set(head.values()) >= _LISTS else {}


@lru_cache(maxsize=1024)
def _key(text: str, labels: Labels) -> str | None:
    """What a cell of a head row is the label of; "" for a column of numbers."""
    if _NUMBER_HEAD.fullmatch(text):
        return ""
    plain = fold(text).rstrip(" :")
    if key := _named(labels).get(plain):
        return key
    found = _label(text, labels)
    return found[0] if found and found[0] in _HEADED and not plain[found[1] :].strip() else None


@lru_cache
def _named(labels: Labels) -> dict[str, str]:
    """The keys of heads that are no labels of the form, by their folded words."""
    keys = {"heads_function": "function.mandatory", "heads_skill": "skill"}
    return {fold(word): key for words, key in keys.items() for word in labels.words[words]}


def _label(text: str, labels: Labels) -> tuple[str, int] | None:
    """The key and the end of the label that `text` begins with."""
    folded = fold(text[:200])
    for label in labels.starting(folded[:3]):
        if match := label.pattern.match(folded):
            return label.key, match.end()
    return None


def _belongs(texts: Sequence[str], labels: Labels) -> bool:
    """Whether a row can stand under a head: no cell begins with a label of other rows."""
    found = (_label(text, labels) for text in texts if text)
    return bool(texts) and all(label is None or label[0] in _FURTHER for label in found)


def _goes_on(texts: Sequence[str], above: Block, block: Block, head: Head, labels: Labels) -> bool:
    """Whether a row goes on with the one above: no new skill begins in it."""
    if len(texts) > len(above.cells) or any(_label(text, labels) for text in texts if text):
        return False
    filled = {column for column, text in enumerate(texts) if text}
    if not filled <= set(head):
        return False
    lead = next((column for column, key in head.items() if key == "skill"), None)
    if lead is None or lead not in filled:
        return bool(filled)
    first = _text(above.cells[lead])
    begins_alike = bool(_label(first, labels)) or bool(_MARKER.match(first))
    small = _SMALL.match(texts[lead]) is not None
    return not _MARKER.match(texts[lead]) and (small or (block.gap and begins_alike))


def _merged(first: Block, second: Block) -> Block:
    cells = zip_longest(first.cells, second.cells, fillvalue=())
    return replace(first, cells=tuple(above + below for above, below in cells))


def implied(stream: Stream, found: list[Found], labels: Labels) -> list[Found]:
    """The labels found, those of head rows put before every text of their columns.

    The head rows themselves are put down as labels and taken out of the text.
    """
    head: Head = {}
    added: list[Found] = []
    dropped: set[int] = set()
    blank: list[tuple[int, int]] = []
    starts = [hit.start for hit in found]
    for row, stop in stream.rows():
        within = range(bisect_left(starts, row), bisect_left(starts, stop))
        if not head and len(within) < len(_LISTS):
            continue
        cells = list(stream.row_cells(row, stop))
        if new := _head((stream.words(*cell) for cell in cells), labels):
            head = new
            blank.append((row, stop))
            dropped.update(within)
        elif head and not all(found[at].key in _UNDER for at in within):
            head = {}
        elif head and len(cells) > 1:
            own = [found[at].start for at in within if found[at].key != "recognition_value"]
            columns = {
                key: cells[at]
                for at, key in head.items()
                if at < len(cells)
                and not any(cells[at][0] <= start < cells[at][1] for start in own)
            }
            blank += (columns[key] for key in ("",) if key in columns)
            added += _labels_of(stream, columns)
    if not dropped:
        return found
    kept = [hit for at, hit in enumerate(found) if at not in dropped]
    stream.blank(blank, LABEL)
    return sorted([*kept, *added], key=lambda hit: (hit.start, hit.end))


def _labels_of(stream: Stream, columns: Mapping[str, tuple[int, int]]) -> Iterator[Found]:
    """The labels that the head gives to the cells of a row."""
    number = _INTEGER.search(stream.text, *columns.get("", (0, 0)))
    for key, (start, end) in columns.items():
        value = stream.read(start, end) if key else None
        if value is None:
            continue
        marker = None if key in _HEADED else _MARKER.match(stream.text, value.start, end)
        counted = marker or (number if key == "skill" else None)
        yield Found(
            key=key,
            start=value.start,
            end=marker.end() if marker else value.start,
            number=int(counted[1]) if counted else None,
            name=None,
            leads=True,
            fills=False,
        )
