"""How much memory a page's content asks for, told from the content before an engine takes it."""

from __future__ import annotations

import re

# Of a page, in things drawn: PDFium takes 350 to 550 bytes for a path or a text, so that a
# page takes some 400 MB at most.
LIMIT = 1_050_000
_CORNERS = 45  # bytes of content: the corners of one long path take as much as a thing drawn
_IMAGE = 2  # more that a picture within the content takes
_MARKS = 30_000_000  # PDFium keeps for everything drawn a list of the marks that are open
_DRAWN = re.compile(rb"(?<![^\s\])>])(?:T[jJ]|'|\"|Do|sh|[fFbBsS]\*?|q|W\*?|EI)(?=[\s/\[(<]|$)")
_LETTERS_MEANT = re.compile(rb"<([0-9A-Fa-f\s]{5,})>")
_MARK = re.compile(rb"(?:BMC|(BDC)|(EMC))\b")
_STRING = re.compile(rb"\([^()]*\)|<[0-9A-Fa-f\s]*>")


def estimate(length: int, meaning: int = 1) -> int:
    """The most that a content of so many bytes weighs; `meaning` as for `weigh`."""
    return length * meaning


def weigh(content: bytes, meaning: int = 1) -> int:
    """What a content weighs without the forms that it calls.

    `meaning` is how many letters one of its codes stands for at most.
    """
    least = len(content) // _CORNERS
    if least > LIMIT or _marked(content) > _MARKS:
        return LIMIT + 1
    drawn = len(_DRAWN.findall(content)) + _IMAGE * content.count(b"EI")
    letters = sum(len(string) for string in _STRING.findall(content)) * meaning
    return max(least, drawn + letters)


def meaning_of(table: bytes) -> int:
    """How many letters a code means at most, of a table that says what codes mean (9.10.3)."""
    return max((len(found) for found in _LETTERS_MEANT.findall(table)), default=4) // 4


def _marked(content: bytes) -> int:
    """The open marks (ISO 32000-1, 14.6) over all that is drawn, at most."""
    opened = content.count(b"BMC") + content.count(b"BDC")
    drawn = len(content) // 8
    if opened * drawn <= _MARKS:
        return 0
    depth = deepest = 0
    for match in _MARK.finditer(content):
        depth += -1 if match[2] else 1
        deepest = max(deepest, depth)
    return deepest * drawn
