"""How much memory a page's content asks for, told from the content before an engine takes it."""

from __future__ import annotations

import re

# Of a page, in things drawn: PDFium takes 350 to 550 bytes for a path or a text, so that a
# page takes 300 MB at most.
LIMIT = 600_000
_LETTERS = 2 / 3  # a letter takes 320 bytes in PDFium's text of the page
_IMAGE = 2  # more that a picture within the content takes
_CORNERS = 100  # bytes: what the corners of paths take, they are nothing drawn themselves
_MARKS = 30_000_000  # PDFium keeps for everything drawn a list of the marks that are open
_DRAWN = re.compile(rb"(?<![^\s\])>])(?:T[jJ]|'|\"|Do|sh|[fFbBsS]\*?|q|W\*?|EI)(?=[\s/\[(<]|$)")
_MARK = re.compile(rb"(?:BMC|(BDC)|(EMC))\b")
_STRING = re.compile(rb"\([^()]*\)|<[0-9A-Fa-f\s]*>")


def estimate(length: int) -> int:
    """The most that a content of so many bytes weighs."""
    return int(length * _LETTERS)


def weigh(content: bytes) -> int:
    """What a content weighs without the forms that it calls."""
    if _marked(content) > _MARKS:
        return LIMIT + 1
    drawn = len(_DRAWN.findall(content)) + _IMAGE * content.count(b"EI")
    letters = sum(len(string) for string in _STRING.findall(content))
    return drawn + int(letters * _LETTERS) + len(content) // _CORNERS


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
