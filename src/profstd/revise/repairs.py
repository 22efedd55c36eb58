"""What can be made right without asking: one function a rule, from the model's data to edits.

A repair is given plain data (records and lists as JSON has them, scalars of any type) and
yields the texts that it changes. None touches what a sentence says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from html import unescape
from typing import Any, TypeAlias, get_args

from msgspec import Struct

from profstd.document import Pointer, leaves
from profstd.model import GroupCode, OccupationCode, StandardCode
from profstd.revise.edit import Edit

Change: TypeAlias = tuple[Pointer, str]
_Find: TypeAlias = Callable[[Any], Iterator[Change]]


class Repair(Struct, frozen=True):
    """What puts right what the rule `code` finds; `asked` only where the rule was named."""

    code: str
    find: _Find
    asked: bool = False


_REPAIRS: list[Repair] = []


def repair(code: str, *, asked: bool = False) -> Callable[[_Find], _Find]:
    """Register the decorated function as a repair; they run in the order of this file."""

    def register(find: _Find) -> _Find:
        _REPAIRS.append(Repair(code, find, asked))
        return find

    return register


class Repaired(Struct, frozen=True):
    """The edits of one file, one for each text, and how many texts each rule's repair changed."""

    edits: tuple[Edit, ...]
    counts: dict[str, int]


def repaired(
    raw: Any,
    wants: Callable[[str, bool], bool],
    spares: Callable[[str, Pointer], bool] = lambda code, path: False,
) -> Repaired:
    """What can be made right in `raw`; `wants` is asked for each code and whether it must be.

    `spares` is asked for each code and place whether it is to stay as it is.
    """
    data = deepcopy(raw)
    old: dict[Pointer, str] = {}
    new: dict[Pointer, str] = {}
    counts: Counter[str] = Counter()
    for item in _REPAIRS:
        if wants(item.code, item.asked):
            for path, text in list(item.find(data)):
                if spares(item.code, path):
                    continue
                old.setdefault(path, path.resolve(data))
                new[path] = text
                _put(data, path, text)
                counts[item.code] += 1
    edits = (Edit(path, old[path], text) for path, text in new.items() if old[path] != text)
    return Repaired(tuple(edits), dict(counts))


def repairable(*, asked: bool) -> list[str]:
    """The codes of the rules that have a repair, with or without being named."""
    return list(dict.fromkeys(item.code for item in _REPAIRS if item.asked == asked))


def _put(data: Any, path: Pointer, text: str) -> None:
    key = path.keys[-1]
    node = path.parent.resolve(data)
    node[str(key) if isinstance(node, dict) else key] = text


# What is no text: facts of the file, words of a list, codes.
_NO_TEXT = frozenset(
    {"schema_version", "kind", "language", "form", "source", "rank", "sublevel", "recognition"}
)
_CODES = frozenset({"code", "group_code"})


def _texts(data: Any) -> Iterator[tuple[Pointer, str]]:
    for path, value in leaves(data):
        names = {key for key in path.keys if isinstance(key, str)}
        if isinstance(value, str) and not names & _NO_TEXT and _field(path) not in _CODES:
            yield path, value


def _field(path: Pointer) -> str:
    """The nearest name on the way to a value: that of its list, where it is an item."""
    return next((key for key in reversed(path.keys) if isinstance(key, str)), "")


def _each(data: Any, change: Callable[[str], str]) -> Iterator[Change]:
    for path, text in _texts(data):
        if (changed := change(text)) != text and changed:
            yield path, changed


_TAG = re.compile(
    r"</?(?:p|br|ol|ul|li|div|span|b|i|u|em|strong|table|tbody|tr|td|th|h[1-6]|font|a|sup|sub)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"</?(?:p|br|li|div|tr|td)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6});")


@repair("PA02")
def _markup(data: Any) -> Iterator[Change]:
    """Tags go, entities become the characters that they stand for."""

    def bare(text: str) -> str:
        text = _TAG.sub(lambda tag: " " if _BLOCK.match(tag[0]) else "", text)
        return _ENTITY.sub(lambda entity: unescape(entity[0]), text).strip()

    return _each(data, bare)


_SPACES = re.compile(r"[ \t\u00a0]{2,}")


@repair("TX04")
def _spaces(data: Any) -> Iterator[Change]:
    """One space is enough, and none stands at either end."""
    return _each(data, lambda text: _SPACES.sub(" ", text).strip(" \t\u00a0"))


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(r"(?<![\w-])([^\W\d_]{2,})- ([^\W\d_]{2,})")


@repair("TX04")
def _cut_words(data: Any) -> Iterator[Change]:
    """«информа- ционный» is joined where the whole word stands elsewhere in the document."""
    texts = list(_texts(data))
    if not any("- " in text for _, text in texts):
        return
    known = Counter(word.casefold() for _, text in texts for word in _WORD.findall(text))

    def joined(cut: re.Match[str]) -> str:
        wholes = (cut[1] + cut[2], f"{cut[1]}-{cut[2]}")
        best = max(wholes, key=lambda word: known[word.casefold()])
        return best if known[best.casefold()] else cut[0]

    yield from _each(data, lambda text: _CUT.sub(joined, text))


_BEFORE_MARK = re.compile(r"(?<=[^\W_»)\"]) +(?=[,;](?:\s|$)|[.:](?:\s|$))")
_TWO_MARKS = re.compile(r"(?<=\w)(?:,(?:\s?,)+|;(?:\s?;)+|,\s?;|;\s?,|\.;|;\.)")


@repair("TX02")
def _marks(data: Any) -> Iterator[Change]:
    """No space stands before a mark, and no second mark after the first."""

    def right(text: str) -> str:
        text = _BEFORE_MARK.sub("", text)
        return _TWO_MARKS.sub(lambda marks: ";" if ";" in marks[0] else ",", text)

    return _each(data, right)


_ITEMS = frozenset({"abilities", "knowledge", "personal_competencies", "regulations"})
_NAMES = frozenset({"name", "title", "heading", "term"})
_END = re.compile(r"(?<=[^\W_)»\"])\s*[;,:]+$")
_STOP = re.compile(r"(?<=[^\W\d_]{5})\.$")


@repair("TX03")
def _ends(data: Any) -> Iterator[Change]:
    """A name, and an item of a list, ends in no separator; a full stop only after a long word."""
    for path, text in _texts(data):
        lists = {key for key in path.keys if isinstance(key, str)}
        if _field(path) in _NAMES or (lists & _ITEMS and _field(path) in {"text", *_ITEMS}):
            bare = _STOP.sub("", _END.sub("", text))
            if bare and bare != text:
                yield path, bare


_LETTERS = str.maketrans("АВЕЅІЈКМНОРСТХ", "ABESIJKMHOPCTX")
_DIGITS = str.maketrans("ОOоoЗзІIlі", "0000331111")
_DASHES = re.compile("[‐‑‒–—−]")
_FORMS = {
    code: [re.compile(get_args(kind)[1].pattern) for kind in kinds]
    for code, kinds in (
        ("CD01", (OccupationCode,)),
        ("CD02", (GroupCode,)),
        ("CD04", (StandardCode,)),
    )
}


def _codes(code: str) -> _Find:
    """A code in letters that only look like its own, where nothing else is wrong with it."""
    forms = _FORMS[code]

    def find(data: Any) -> Iterator[Change]:
        for path, text in leaves(data):
            if isinstance(text, str) and _field(path) in _CODES and text:
                plain = _DASHES.sub("-", text.strip()).translate(_LETTERS)
                right = plain[:1] + plain[1:].translate(_DIGITS)
                if right != text and any(form.fullmatch(right) for form in forms):
                    yield path, right

    return find


for _code in _FORMS:
    repair(_code)(_codes(_code))


@repair("RC02")
def _recognition(data: Any) -> Iterator[Change]:
    """A recognition in words of a standard, even cut or misspelt, becomes the model's value."""
    from profstd.parse.labels import load
    from profstd.parse.recognise.scan import recognition

    labels = load("kk" if data.get("language") == "kk" else "ru", "standard")
    for path, text in leaves(data):
        if path.endswith("/recognition") and isinstance(text, str):
            meant = recognition(text, labels)
            if meant and text not in ("recommended", "not_recommended"):
                yield path, meant[0]


@repair("LS01", asked=True)
def _listed_names(data: Any) -> Iterator[Change]:
    """The list of work functions takes the names of the blocks with the same kind and number."""
    professions = data.get("professions")
    for index, card in enumerate(professions if isinstance(professions, list) else ()):
        listed = card.get("listed_functions") if isinstance(card, dict) else None
        blocks = {
            (block.get("kind"), block.get("number")): block.get("name")
            for block in (card.get("functions") or () if isinstance(card, dict) else ())
            if isinstance(block, dict)
        }
        for kind, items in (listed or {}).items():
            for place, item in enumerate(items or ()):
                name = blocks.get((kind, item.get("number")))
                if isinstance(item.get("name"), str) and name and name != item["name"]:
                    at = Pointer() / "professions" / index / "listed_functions" / kind
                    yield at / place / "name", name
