"""The encoding of a page: what it declares, unless it reads otherwise.

Sources: HTML Living Standard, 13.2.3 "The input byte stream"; declarations are often
wrong in saved pages, so that what is valid UTF-8 is UTF-8, and what a declared table
turns into no words is tried with the tables of Russian and Kazakh.
"""

from __future__ import annotations

import codecs
import re

from profstd.document import UnreadableError
from profstd.parse.readers import _encoding as encodings

_HEAD = 8192  # bytes in which a declaration stands
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})"""
    rb"""|<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_WORDS = re.compile(r"[^\x00-\x7f\ufffd]+")
_FEW = 20  # one byte that is not ASCII in so many: any table will do for the rest
_TABLES = ("koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
_GARBLED = 0.3  # of what is not ASCII, at most, in a damaged page of UTF-8


def decode(data: bytes, file: str, transport: str | None = None) -> str:
    """The text of a page.

    `transport` is the encoding that was said beside the page (by the headers of MHTML).
    Raises UnreadableError where `data` is no text: "binary", "encoding".
    """
    text = encodings.marked(data, "replace")
    if text is None:
        text = encodings.wide(data)
    if text is None:
        text = _bytewise(data, file, transport)
    encodings.check_text(text.replace("\0", "", 99), file)
    return text


def _bytewise(data: bytes, file: str, transport: str | None) -> str:
    text = encodings.utf8(data)
    if text is not None and ("\ufffd" not in text or _WORDS.search(text)):
        return text
    declared = _known(transport) or _declared(data)
    if declared and declared not in ("utf-8", "cp1251"):
        text = data.decode(declared, errors="replace")
        if _reads_well(text):
            return text
    for encoding in ("cp1251", "kz1048", *_TABLES):
        if encoding not in _TABLES or encoding == declared:
            text = data.decode(encoding, errors="replace")
            if _reads_well(text):
                return text
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if broken < _GARBLED * sum(map(len, _WORDS.findall(text))):
        return text
    if declared and declared != "utf-8":
        return data.decode(declared, errors="replace")
    if sum(1 for _ in _NOT_ASCII.finditer(data)) * _FEW < len(data):
        return data.decode("cp1252", errors="replace")
    raise UnreadableError(file, "binary" if 0 in data[:4096] else "encoding")


def _reads_well(text: str) -> bool:
    """Whether what is not ASCII reads like Russian or Kazakh: tags are Latin."""
    words = "".join(_WORDS.findall(text[: 16 * 65536]))[:65536]
    return encodings.reads_well(words)


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data, 0, _HEAD)
    return _known((match[1] or match[2]).decode("ascii")) if match else None


def _known(name: str | None) -> str | None:
    """Python's name of an encoding of bytes that is declared as `name`; None if unknown."""
    try:
        found = codecs.lookup(name or "").name
        if "а".encode(found, "replace") and b"<".decode(found) == "<":
            return found
    except (LookupError, ValueError, UnicodeError, TypeError):
        pass
    return None
