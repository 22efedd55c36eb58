"""Chapters 1 and 2: general provisions and the passport."""

from __future__ import annotations

import re
from functools import cache

from profstd.parse.labels import Labels, fold
from profstd.parse.recognise.draft import Node, note_rejoined
from profstd.parse.recognise.lists import bare, items, pairs
from profstd.parse.recognise.scan import Found
from profstd.parse.recognise.stream import PLACED, Stream, Value

ITEMS = (
    *("scope", "terms", "abbreviations"),
    *("title", "code", "economic_activities", "summary", "profession_list"),
)

# A section is a letter, the other ranks are digits: 63, 63.9, 63.99, 63.99.1.
_RANKS = (
    ("subclass", re.compile(r"\d{2}\.\d{2}\.\d{1,2}")),
    ("class", re.compile(r"\d{2}\.\d{2}")),
    ("group", re.compile(r"\d{2}\.\d")),
    ("division", re.compile(r"\d{2}")),
    ("section", re.compile(r"[A-ZА-Я]")),
)
_ACTIVITY = re.compile(r"(?<![\w.])(?:\d{2}(?:\.\d{1,2}(?:\.\d{1,2})?)?|[A-ZА-Я])(?![\w.]\w)(?!\w)")
_LONGEST_RANK = 60  # what may stand before a code in its line, characters
_LEVEL = re.compile(r"(\d{1,2})([.,-]\d)?")
_TOKEN = re.compile(r"\d{1,2}(?:[.,-]\d)?(?!\w)|\w+|[^\w\s]")


def take_item(root: Node, found: Found, end: int, stream: Stream, labels: Labels) -> None:
    """Put the value of an item of chapter 1 or 2 into `root`."""
    key, start = found.key, found.end
    root.labels.setdefault(key, (found.start, found.end))
    if key == "terms":
        root[key] = pairs(stream, start, end, labels, "term", "definition")
    elif key == "abbreviations":
        root[key] = pairs(stream, start, end, labels, "abbreviation", "meaning")
    elif key == "economic_activities":
        root[key] = _activities(stream, start, end, labels)
    elif key == "profession_list":
        root[key] = _listed_professions(stream, start, end, labels)
    else:
        value = stream.value(start, end)
        root[key] = value if value and any(letter.isalnum() for letter in value.text) else None
        if key == "title":
            note_rejoined(root, key, value, stream)


def _activities(stream: Stream, start: int, end: int, labels: Labels) -> list[Node]:
    """The ranks of ОКЭД: a code and its name; a name may go on in the next line."""
    found: list[Node] = []
    starts = [
        match
        for match in _ACTIVITY.finditer(stream.text, start, end)
        if _begins_activity(stream, start, match, labels)
    ]
    if starts:
        line = max(stream.text.rfind("\n", start, starts[0].start()) + 1, start)
        if _rank_word(stream.text[line : starts[0].start()], labels):
            stream.mark(line, starts[0].start(), PLACED)
    for index, match in enumerate(starts):
        stop = _activity_end(stream, starts, index, end, labels)
        code = stream.value(match.start(), match.end())
        dash = re.compile(r"\s*[-–—.:]?\s*").match(stream.text, match.end(), stop)
        begin = dash.end() if dash else match.end()
        stream.mark(match.end(), begin, PLACED)
        name = bare(stream, begin, stop, labels)
        # «63.9.1» is none of them, but too long for any other.
        rank = next((rank for rank, shape in _RANKS if shape.fullmatch(match[0])), "subclass")
        place = match.start(), match.end()
        node = Node(place, code=code, name=name, rank=Value(rank, *place))
        note_rejoined(node, "name", name, stream)
        found.append(node)
    return found


def _begins_activity(stream: Stream, start: int, match: re.Match[str], labels: Labels) -> bool:
    """Whether a code stands where an entry begins: a line, or after the rank's word."""
    near = max(start, match.start() - _LONGEST_RANK)
    line = stream.text.rfind("\n", near, match.start()) + 1
    before = stream.text[line or near : match.start()].replace("\t", " ")
    if not before.strip() or _rank_word(before, labels):
        return True
    if before.rstrip().endswith(";"):
        return True
    return "." in match[0] and not before.rstrip().endswith(("(", "№", "-"))


@cache
def _rank_words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _rank_word(text: str, labels: Labels) -> bool:
    return fold(text).strip(' \t-–—:.,;"()') in _rank_words(tuple(labels.words["ranks"]))


def _activity_end(
    stream: Stream, starts: list[re.Match[str]], index: int, end: int, labels: Labels
) -> int:
    """Where a rank's name ends: before the next code, or before the next rank's word."""
    if index + 1 == len(starts):
        return end
    stop = starts[index + 1].start()
    line = stream.text.rfind("\n", max(starts[index].end(), stop - _LONGEST_RANK), stop) + 1
    if line and _rank_word(stream.text[line:stop], labels):
        stream.mark(line, stop, PLACED)
        return line
    return stop


def _listed_professions(stream: Stream, start: int, end: int, labels: Labels) -> list[Node]:
    found = []
    for item in items(stream, start, end):
        name = bare(stream, item.start, item.end, labels)
        if name is None:
            continue
        node = Node((name.start, name.end), number=item.number, level=None, sublevel=None)
        node["name"] = _take_level(node, stream, name, labels)
        found.append(node)
    return found


def _take_level(node: Node, stream: Stream, name: Value, labels: Labels) -> Value | None:
    """Take «- 6 уровень ОРК» off a name: the numbers and the language's words at its end."""
    folded = fold(stream.text[name.start : name.end])
    words = _level_words(tuple(labels.words["level"]), tuple(labels.words["sublevel"]))
    numbers: list[tuple[int, re.Match[str]]] = []
    cut, said = len(folded), False
    for token in reversed(list(_TOKEN.finditer(folded))):
        if number := _LEVEL.fullmatch(token[0]):
            numbers.insert(0, (token.start(), number))
        elif token[0].isalnum():
            if token[0] not in words:
                break
            said = True
        elif token[0] == "-" and numbers and said and folded[token.start() - 1].isspace():
            break
        elif token[0] in "-(),.;:":
            continue
        else:
            break
        cut = token.start()
    if not numbers or not said:
        return name
    at, first = numbers[0]
    node["level"] = _found(name, at + first.start(1), first[1], int(first[1]))
    below = numbers[0] if first[2] else numbers[1] if len(numbers) > 1 else None
    if below:
        node["sublevel"] = _found(name, below[0], below[1][0], below[1][0])
    return stream.value(name.start, name.start + len(folded[:cut].rstrip(" -,(:")))


def _found(name: Value, at: int, printed: str, value: int | str) -> Value:
    return Value(value, name.start + at, name.start + at + len(printed))


@cache
def _level_words(level: tuple[str, ...], sublevel: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in (*level, *sublevel) for word in fold(text).split())
