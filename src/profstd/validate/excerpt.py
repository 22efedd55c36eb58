"""Quoting at length: a long text is cut where it matters least, never in the middle of a word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations
from typing import Any

ELLIPSIS = "…"
# A text must not move the cursor of the terminal that shows it, nor turn the text around it
# (bidirectional embeddings, overrides, isolates), nor break the line or the file it is in.
_CONTROLS = {
    **dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " "),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}"),
}
# The same as one class: nearly no text has any, and looking is quicker than replacing.
_CONTROL = re.compile(f"[{''.join(map(re.escape, map(chr, _CONTROLS)))}]")


def printable(text: str) -> str:
    """`text` on one line, without characters that steer what shows it or that XML refuses."""
    return text.translate(_CONTROLS) if _CONTROL.search(text) else text


def shorten(text: str, limit: int) -> str:
    """`text` in about `limit` characters: its first and its last words, … between them.

    A text that is hardly longer stays whole: nothing would be won.
    """
    if len(text) <= limit * 5 // 4:
        return text
    head = _head(text, limit * 2 // 3)
    tail = _tail(text, limit - len(head) - 3)
    return f"{head} {ELLIPSIS} {tail}"


def shorten_both(first: str, second: str, limit: int) -> tuple[str, str]:
    """Two wordings of one thing, each in about `limit` characters, their difference in sight."""
    start = _common(first, second)
    end = _common(first[start:][::-1], second[start:][::-1])
    return _around(first, start, end, limit), _around(second, start, end, limit)


def shorten_arguments(arguments: Mapping[str, Any], limit: int) -> dict[str, Any]:
    """The arguments of a finding, ready to be put into a message that is read, not processed."""
    short = dict(arguments)
    texts = [name for name, value in short.items() if isinstance(value, str) and len(value) > limit]
    for first, second in combinations(texts, 2):
        if _alike(arguments[first], arguments[second]):
            short[first], short[second] = shorten_both(arguments[first], arguments[second], limit)
    for name, value in short.items():
        if isinstance(value, str):
            short[name] = value if value != arguments[name] else shorten(value, limit)
        elif isinstance(value, (list, tuple)):
            short[name] = [shorten(x, limit) if isinstance(x, str) else x for x in value]
    return short


def _alike(first: str, second: str) -> bool:
    """Whether two texts share enough of their beginning and end to be compared by the eye."""
    start = _common(first, second)
    end = _common(first[start:][::-1], second[start:][::-1])
    return first != second and start + end >= min(len(first), len(second)) // 2


def _common(first: str, second: str) -> int:
    """How many characters two texts have in common from the left."""
    for index, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return index
    return min(len(first), len(second))


def _around(text: str, start: int, end: int, limit: int) -> str:
    """`text` with less of what stands before `start` and behind `end` from the right."""
    if len(text) <= limit * 5 // 4:
        return text
    left, middle, right = text[:start], text[start : len(text) - end], text[len(text) - end :]
    middle = shorten(middle, limit // 2)
    spare = max(limit - len(middle), 0)
    behind = min(len(right), max(spare // 2, spare - len(left)))
    return f"{shorten(left, spare - behind)}{middle}{shorten(right, behind)}".strip()


def _head(text: str, limit: int) -> str:
    """The first words of `text`, at most `limit` characters; only a lone word is cut."""
    if " " not in text:
        return text[: max(limit, 0)]
    return text[: max(text.rfind(" ", 0, limit + 1), 0)].rstrip()


def _tail(text: str, limit: int) -> str:
    """The last words of `text`, at most `limit` characters; only a lone word is cut."""
    if limit <= 0:
        return ""
    cut = text.find(" ", len(text) - limit - 1)
    if cut >= 0:
        return text[cut:].lstrip()
    return "" if " " in text else text[-limit:]
