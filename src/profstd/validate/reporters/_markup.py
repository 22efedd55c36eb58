"""Markdown (CommonMark, GFM's tables) for the texts of a report: shown as they are."""

from __future__ import annotations

import re

from profstd.locale import Words
from profstd.validate.excerpt import printable
from profstd.validate.reporters._entries import Explanation

# Wherever they stand; what means something only where a line begins is in _FIRST.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$@&#]|(?i:(?<=http)|(?<=https)|(?<=ftp)):(?=//)")
_FIRST = re.compile(r"^(\s*[0-9]*)([-+=.)])")


def literal(text: str) -> str:
    """The inline markup that shows `text` on one line, as it is."""
    return _FIRST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", printable(text)))


def explained(item: Explanation, words: Words) -> str:
    """The explanation of a rule: why, how to put it right, examples, what it rests on."""
    parts = [
        f"**{words.say('explain.why')}.** {_paragraph(item.why)}",
        f"**{words.say('explain.fix')}.** {_paragraph(item.fix)}",
        f"**{words.say('explain.bad')}**\n\n{_fenced(item.bad)}",
        f"**{words.say('explain.good')}**\n\n{_fenced(item.good)}",
        f"**{words.say('explain.basis')}**\n\n{_bullets(item.basis)}",
    ]
    return "\n\n".join(parts) + "\n"


def _paragraph(text: str) -> str:
    return " ".join(map(literal, text.splitlines()))


def _fenced(text: str) -> str:
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _bullets(items: tuple[str, ...]) -> str:
    return "\n".join(f"- {literal(item)}" for item in items)
