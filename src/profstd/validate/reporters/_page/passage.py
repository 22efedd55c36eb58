"""The text that a finding is about: the way there, what stands there, what stands beside.

Made from the model, so it looks the same whatever file the standard came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple, TypeAlias

from msgspec import Struct

from profstd.document import Document, Finding, Pointer
from profstd.locale import Words
from profstd.model import Profession, Skill, WorkFunction
from profstd.validate.excerpt import printable, shorten
from profstd.validate.place import Step, steps
from profstd.validate.wording import folded, nearness

_ABSENT = "—"
# Characters of a text beside the place, and of a piece without marks of the text itself.
_BESIDE = 160
_PIECE = 400
# Items shown of a list that is the place as a whole.
_ITEMS = 6
# Two texts that are nearer than this (0 to 100) are worth comparing word by word.
_NEAR = 60
_PIECES = re.compile(r"\S+|\s+")
_WORD = re.compile(r"[^\W\d_]{3}")  # in a text; codes have none
# Arguments that are no text of the document.
_NO_TEXT = frozenset({"case", "kind", "listed_kind", "field", "label", "recognition", "rank"})


class Run(NamedTuple):
    """A piece of a text; marked where it is what the finding is about."""

    text: str
    marked: bool = False


Runs: TypeAlias = tuple[Run, ...]


class Row(NamedTuple):
    """A label of the form or a number, and the text beside it; `here` is the place itself."""

    label: str
    runs: Runs
    here: bool = False


class Passage(NamedTuple):
    """The rows, and, where there is one, the other wording: (here, to compare with)."""

    rows: tuple[Row, ...]
    wordings: tuple[Runs, Runs] | None = None


def passage(document: Document, finding: Finding, words: Words) -> Passage:
    """The text that `finding` is about; no rows where that is the document as a whole."""
    way = steps(document.model, finding.path, words)
    node = way[-1].node if way else _card(document, finding.path)
    text = _printed(finding, node, words) or _own_text(node, words)
    wordings = _wordings(text, finding.arguments)
    if not way:
        if node is None:
            return Passage((), wordings)
        return Passage((Row(words.field("name"), _marked(text, wordings, finding), True),))
    rows = [_row(step, words) for step in way[:-1]]
    rows += _last(document, finding, way[-1], words, _marked(text, wordings, finding))
    return Passage(tuple(rows), wordings)


def _card(document: Document, path: str) -> Profession | None:
    try:
        node = Pointer(path).resolve(document.model)
    except LookupError:
        return None
    return node if isinstance(node, Profession) else None


def _row(step: Step, words: Words) -> Row:
    return Row(printable(step.words), _beside(step.node, words))


def _beside(node: Any, words: Words) -> Runs:
    text = _own_text(node, words)
    return (Run(shorten(text, _BESIDE)),) if text else ()


def _last(
    document: Document, finding: Finding, step: Step, words: Words, marked: Runs
) -> Iterator[Row]:
    """The place itself: with its neighbours in a list, with its items where it is a list."""
    label = printable(step.words)
    if isinstance(step.node, tuple):
        yield Row(label, () if step.node else (Run(_ABSENT),), True)
        for item in step.node[:_ITEMS]:
            yield Row(_number(item), _beside(item, words) or (Run(_ABSENT),), True)
        if len(step.node) > _ITEMS:
            count = str(len(step.node) - _ITEMS)
            yield Row("", (Run(words.say("page.more", count=count)),), True)
        return
    for index in sorted({step.number, *_around(step, words)}):
        if index == step.number:
            yield Row(label, marked or (Run(_ABSENT),), True)
        else:
            name = _neighbour(document, finding.path, index, words)
            yield Row(name, _beside(step.items[index], words))


def _around(step: Step, words: Words) -> Iterator[int]:
    """Which items of a list stand beside an item, or say the same."""
    if isinstance(step.node, (WorkFunction, Skill)):
        return
    own = folded(_own_text(step.node, words))
    for index, item in enumerate(step.items):
        if abs(index - step.number) <= 1 or (own and folded(_own_text(item, words)) == own):
            yield index


def _neighbour(document: Document, path: str, index: int, words: Words) -> str:
    """What another item of the list is called that the path leads through last."""
    pointer = Pointer(path)
    while not isinstance(pointer.keys[-1], int):
        pointer = pointer.parent
    return printable(steps(document.model, pointer.parent / index, words)[-1].words)


def _number(item: Any) -> str:
    number = getattr(item, "number", None)
    return "–" if number is None else f"{number})"


def _own_text(node: Any, words: Words) -> str:
    """The text of a value, the name of what has one, else its values in a row."""
    if node is None or isinstance(node, tuple):
        return ""
    if not isinstance(node, Struct):
        return _said(node, words)
    for field in ("heading", "text"):
        if isinstance(value := getattr(node, field, None), str):
            return printable(value)
    if isinstance(node, (WorkFunction, Skill, Profession)):
        return printable(node.name or "")
    values = (getattr(node, field) for field in node.__struct_fields__ if field != "number")
    return " · ".join(
        _said(item, words) for item in values if isinstance(item, (str, int)) and item
    )


def _printed(finding: Finding, node: Any, words: Words) -> str | None:
    """What the source has where the model has one of its own values, if that is known."""
    printed = finding.arguments.get("printed")
    if node not in words.table["words"] or not printed:
        return None
    return printable(printed if isinstance(printed, str) else ", ".join(map(str, printed)))


def _said(value: str | int, words: Words) -> str:
    """A value as it is, or in words where it is one of the model's own."""
    return printable(str(words.table["words"].get(value, value)))


def _wordings(text: str, arguments: Mapping[str, Any]) -> tuple[Runs, Runs] | None:
    """The text and the nearest other one among the arguments, what differs marked."""
    texts = {
        name: printable(value)
        for name, value in arguments.items()
        if isinstance(value, str) and not name.endswith("_words") and name not in _NO_TEXT
    }
    own = next((value for value in texts.values() if folded(value) == folded(text)), None)
    own = own or texts.get("name")
    if own is None or not _WORD.search(own):
        return None
    others = [value for value in texts.values() if folded(value) != folded(own)]
    other = max(others, key=lambda value: nearness(own, value), default=None)
    if other is None or not _WORD.search(other) or nearness(own, other) < _NEAR:
        return None
    return _compared(own, other)


def _compared(first: str, second: str) -> tuple[Runs, Runs]:
    """Two wordings; words that only one of them has are marked in it."""
    pieces = [_PIECES.findall(text) for text in (first, second)]
    keys, others = ([folded(piece) or piece.strip() for piece in side] for side in pieces)
    marked: tuple[set[int], set[int]] = (set(), set())
    for tag, a, b, c, d in SequenceMatcher(None, keys, others, autojunk=False).get_opcodes():
        if tag != "equal":
            marked[0].update(range(a, b))
            marked[1].update(range(c, d))
    return _runs(pieces[0], marked[0]), _runs(pieces[1], marked[1])


def _runs(pieces: list[str], marked: set[int]) -> Runs:
    """The pieces joined; white space between two marked words is marked too."""
    flags = [
        index in marked
        if piece.strip()
        else index - 1 in marked and index + 1 in marked and 0 < index < len(pieces) - 1
        for index, piece in enumerate(pieces)
    ]
    return _joined(Run(piece, flag) for piece, flag in zip(pieces, flags, strict=True))


def _joined(runs: Iterable[Run]) -> Runs:
    found: list[Run] = []
    for run in runs:
        if found and found[-1].marked is run.marked:
            found[-1] = Run(found[-1].text + run.text, run.marked)
        elif run.text:
            found.append(run)
    return tuple(found)


def _marked(text: str, wordings: tuple[Runs, Runs] | None, finding: Finding) -> Runs:
    """The text of the place: marked where it differs, or where it has what was found."""
    if not text:
        return ()
    if wordings and folded("".join(run.text for run in wordings[0])) == folded(text):
        return wordings[0]
    values = [item for value in finding.arguments.values() for item in _texts(value)]
    found = {value for value in values if len(value) > 1 and value in text and value != text}
    if not found:
        return (Run(shorten(text, 2 * _PIECE)),)
    pattern = "|".join(re.escape(value) for value in sorted(found, key=len, reverse=True))
    parts = re.split(rf"(?<!\w)({pattern})(?!\w)", text)
    if not folded(" ".join(parts[::2])):
        return (Run(text),)  # a mark around everything marks nothing
    runs = (Run(part, bool(index % 2)) for index, part in enumerate(parts))
    return _joined(run if run.marked else Run(shorten(run.text, _PIECE)) for run in runs)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield printable(value).strip()
    elif isinstance(value, (list, tuple)):
        yield from (printable(item).strip("«» ") for item in value if isinstance(item, str))
