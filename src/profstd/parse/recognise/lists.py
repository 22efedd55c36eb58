"""Lists in running text: numbered items, bullets, items between separators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from profstd.parse.labels import Labels, fold
from profstd.parse.recognise.draft import Node
from profstd.parse.recognise.stream import LABEL, PLACED, Stream, Value

# What stands before the first digit is looked at after it: digits are quickly found.
_MARKER = re.compile(
    r"\d(?:(?<![^\s;]\d)\d{0,2}\s?([).])(?=\s|[^\W\d_]|[«\"]|$)"
    r"|(?<=[^\W\d_]{3}\d)\d{0,2}(\))(?=\s))"  # no unit, such as «мм2)», is so long
)
_LETTERED = re.compile(r"(?<![^\s;])([а-яёa-z])\)\s*(?=[^\W\d_]|[«\"])", re.IGNORECASE)
# Word numbers without these letters, people do not always.
_ALPHABETS = ("абвгдежзиклмнопрстуфхцчшщэюя", "абвгдеёжзийклмнопрстуфхцчшщэюя", "abcdefghijklmnop")
_SIGNS = "•▪■□●○◦✓✔➢➤►❖·\uf0b7\uf0a7\uf02d\uf0fc"
_BULLET = re.compile(
    rf"(?:(?<=[\n\t;])|\A)[^\S\n\t]*(?:[-–—*]\s+|[-–—](?=[^\W\d])|[{_SIGNS}]\s*|o\s+)"
    rf"|(?<=\s)[{_SIGNS}]\s*"
)
_HANGING = re.compile(r"(?:[-–—,:(«]|(?<!\w)[а-яёәғқңөұүһіa-z]{1,3})$")
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W_]")
_DASH = re.compile(r"\s+[-–—]\s+|[–—]\s+|\s+[–—]|:\s+")
_LOOSE_DASH = re.compile(r"-\s+|\t+")
_NUMBERED_ROW = re.compile(r"(?:(?<=\n)|\A)\s*(\d{1,3})[^\S\n\t]*\t+(?=[^\n\t])")


_LONGEST_ABBREVIATED = 12


class Item(NamedTuple):
    """One item of a list: its printed number, if any, and the range of its text."""

    number: Value | None
    start: int
    end: int


def items(stream: Stream, start: int, end: int) -> list[Item]:
    """The items of the list that stands from `start` to `end`.

    Numbers «1)» or «1.», or in a cell of their own, decide; then bullets; then lines that
    each begin with a capital; then semicolons.
    """
    found = _marked(stream, start, end)
    if not found and _is_a_line_an_item(stream, start, end):
        found = [Item(None, *cut) for cut in stream.lines(start, end)]
    elif not found:
        found = [Item(None, *cut) for cut in split(stream, start, end, ";")]
    return [item for item in found if _has_text(stream, item)]


def _marked(stream: Stream, start: int, end: int) -> list[Item]:
    """The items that numbers or bullets mark; text before the first number is one too."""
    part = stream.text[start:end]
    cuts = _numbered(stream.text, start, end)
    if not cuts and "\t" in part:
        rows = [match.span() for match in _NUMBERED_ROW.finditer(part)]
        cuts = [(start + row[0], start + row[1]) for row in rows]
        if cuts and "№" in stream.text[start : cuts[0][0]]:
            stream.mark(start, cuts[0][0], LABEL)  # the head of a table
            start = cuts[0][0]
    if cuts:
        found = [
            Item(_number(stream, at, begin), begin, stop)
            for (at, begin), stop in zip(cuts, [cut[0] for cut in cuts[1:]] + [end], strict=True)
        ]
        before = Item(None, start, cuts[0][0])
        return [before, *found] if _has_text(stream, before) else found
    if lettered := _lettered(stream, start, end):
        return lettered
    bullets = [
        (start + at, start + stop) for at, stop in map(re.Match.span, _BULLET.finditer(part))
    ]
    bullets += [(at, at) for at in stream.list_items if start <= at < end]
    bullets.sort()
    if not bullets or stream.text[start : bullets[0][0]].strip():
        return []
    for at, stop in bullets:
        stream.mark(at, stop, PLACED)
    stops = [at for at, _ in bullets[1:]] + [end]
    return [Item(None, begin, stop) for (_, begin), stop in zip(bullets, stops, strict=True)]


def _lettered(stream: Stream, start: int, end: int) -> list[Item]:
    """The items that letters mark, «а) … б) …», from the beginning of the list on."""
    found: list[tuple[int, int]] = []
    letters = ""
    for match in _LETTERED.finditer(stream.text, start, end):
        after = letters + match[1].lower()
        if any(alphabet.startswith(after) for alphabet in _ALPHABETS):
            letters = after
            found.append(match.span())
    if len(found) < 2 or stream.text[start : found[0][0]].strip():
        return []
    for cut in found:
        stream.mark(*cut, PLACED)
    stops = [at for at, _ in found[1:]] + [end]
    return [Item(None, begin, stop) for (_, begin), stop in zip(found, stops, strict=True)]


def _is_a_line_an_item(stream: Stream, start: int, end: int) -> bool:
    """Whether nothing but line ends separates the items.

    Each line begins with a capital, or is a paragraph of its own that does not hang on the
    next one: in Word a list may be no more than paragraphs.
    """
    cuts = list(stream.lines(start, end))
    lines = [stream.text[begin:stop].strip() for begin, stop in cuts]
    if len(lines) < 2 or any(";" in line for line in lines):
        return False
    if all(line[0].isupper() for line in lines):
        return True
    spans = [stream.span(*cut) for cut in cuts]
    paragraphs = {(span.table, span.row, span.cell, span.paragraph) for span in spans}
    return (
        spans[0].paragraph is not None
        and len(paragraphs) == len(lines)
        and all(line[0].isalnum() for line in lines)
        and not any(map(_HANGING.search, lines[:-1]))
    )


def _has_text(stream: Stream, item: Item) -> bool:
    return _LETTER.search(stream.text, item.start, item.end) is not None


def _number(stream: Stream, start: int, end: int) -> Value:
    stream.mark(start, end, PLACED)
    digits = _DIGITS.search(stream.text, start, end)
    assert digits
    return Value(int(digits[0]), *digits.span())


def _numbered(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the items' markers stand, begin and end; empty if it is no such list.

    A number with a bracket is a marker at the beginning of a line or cell, after a
    separator, or where it is the next number; inside brackets only as the next one
    after a semicolon. Right after a word, where a space was lost, it must be the next
    one too. A number with a full stop may be anything, so that it must begin the list or
    be the next one. A list inside an item, which begins at 1 after a colon, is a part of it.
    """
    cuts: list[tuple[int, int]] = []
    last = inner = 0
    since = start
    dotted = False
    brackets = text.find("(", start, end) >= 0
    for match in _MARKER.finditer(text, start, end):
        number = int(match[0].rstrip(")."))
        before = text[since : match.start()]
        inside = brackets and before.count("(") > before.count(")")
        filled = before.rstrip()
        previous = filled[-1:]
        breaks = not filled or "\n" in before[len(filled) :]
        following = number == last + 1
        if match[1] != "." and cuts and previous == ":" and number == 1:
            inner, since = 1, match.end()
            continue
        if inner and number == inner + 1 and not (following and inner > 1):
            inner, since = number, match.end()
            continue
        if match[2]:
            fits = bool(cuts) and following
        elif match[1] == ".":
            goes_on = following and (dotted or breaks or previous == ".")
            fits = (goes_on or previous == ";") if cuts else not previous
        else:
            fits = breaks or previous in (";", ".", ":") or following
        if fits and (not inside or (following and previous == ";")):
            dotted = dotted or (not cuts and match[1] == ".")
            cuts.append((match.start(), match.end()))
            last, inner = number, 0
            since = match.end()
    return cuts


def split(stream: Stream, start: int, end: int, sign: str) -> Iterator[tuple[int, int]]:
    """The parts that `sign` separates, not counting signs in brackets; without empty ones."""
    depth = 0
    begin = start
    part = stream.text[start:end]
    balanced = part.count("(") == part.count(")") and part.count("«") == part.count("»")
    for at in range(start, end):
        letter = stream.text[at]
        if letter in "(«" and balanced:
            depth += 1
        elif letter in ")»" and balanced:
            depth = max(0, depth - 1)
        elif letter == sign and not depth:
            if stream.text[begin:at].strip():
                yield begin, at
            stream.mark(at, at + 1, PLACED)
            begin = at + 1
    if stream.text[begin:end].strip():
        yield begin, end


def bare(stream: Stream, start: int, end: int, labels: Labels) -> Value | None:
    """A list item's text without the separator at its end (``;`` or a full stop)."""
    value, _ = _bare(stream, start, end, labels)
    stream.mark(start, end, PLACED)
    return value


def _bare(stream: Stream, start: int, end: int, labels: Labels) -> tuple[Value | None, str]:
    """As `bare`, with the separator as it is printed."""
    stripped = stream.read(start, end)
    if stripped is None:
        return None, ""
    text = stripped.text
    while text:
        if text.endswith((";", " .")) or (
            text.endswith(".") and not text.endswith("..") and not _abbreviated(text, labels)
        ):
            text = text[:-1].rstrip()
        else:
            break
    printed = stream.text[stripped.start : stripped.end]
    stop = stripped.start + len(printed.rstrip(" ;\t\n"))
    separator = stripped.text[len(text) :]
    if stream.text[end : end + 1] == ";":
        separator += ";"
    if not separator and text.endswith("."):
        separator = "."  # of an abbreviation
    return (Value(text, stripped.start, stop) if text else None), separator


def _abbreviated(text: str, labels: Labels) -> bool:
    folded = text[-_LONGEST_ABBREVIATED:].casefold()
    return folded.endswith(tuple(labels.words["abbreviated"])) and any(
        folded.endswith(word) and not folded[: -len(word)][-1:].isalpha()
        for word in labels.words["abbreviated"]
    )


def is_nothing(text: str, labels: Labels) -> bool:
    """Whether only dashes stand there, or words for "none"."""
    parts = [part.strip(" -–—_.;\t\n") for part in re.split(r"[\t\n]", fold(text))]
    return all(part in labels.nothing for part in parts if part)


def statements(stream: Stream, start: int, end: int, labels: Labels) -> list[Node]:
    """The abilities or the knowledge that stand from `start` to `end`."""
    found = []
    for item in items(stream, start, end):
        text, separator = _bare(stream, item.start, item.end, labels)
        if text:
            node = Node((text.start, text.end), number=item.number, text=text)
            node.separator = separator
            found.append(node)
    if found:
        stream.mark(start, end, PLACED)
    return found


def pairs(
    stream: Stream, start: int, end: int, labels: Labels, first: str, second: str
) -> list[Node]:
    """A list of «term – definition»: nodes with `number` and the two named fields."""
    found = []
    for item in items(stream, start, end):
        dash = _first_dash(_DASH, stream.text, item) or _first_dash(_LOOSE_DASH, stream.text, item)
        stop = dash.start() if dash else item.end
        name = stream.value(item.start, stop) if dash else bare(stream, item.start, stop, labels)
        if name is None:
            continue
        node = Node((name.start, name.end), number=item.number)
        node[first] = name
        if dash:
            stream.mark(dash.start(), dash.end(), PLACED)
            node[second] = bare(stream, dash.end(), item.end, labels)
        found.append(node)
    return found


def _first_dash(shape: re.Pattern[str], text: str, item: Item) -> re.Match[str] | None:
    """The dash between a term and its definition: «… (далее – ТК) – …», the second one."""
    for match in shape.finditer(text, item.start, item.end):
        before = text[item.start : match.start()]
        if before.count("(") <= before.count(")"):
            return match
    return None


def texts(stream: Stream, start: int, end: int, labels: Labels, signs: str) -> list[Value]:
    """A list of plain texts: marked items, or parts between the first of `signs` there is."""
    marked = _marked(stream, start, end)
    if len(marked) > 1:
        cuts = [(item.start, item.end) for item in marked]
    else:
        start = marked[0].start if marked else start
        sign = next((sign for sign in signs if sign in stream.text[start:end]), "")
        cuts = list(split(stream, start, end, sign)) if sign else [(start, end)]
    found = [bare(stream, *cut, labels) for cut in cuts]
    return [text for text in found if text]
