"""The encoding of a text, told by its marks, what it declares and how it reads."""

from __future__ import annotations

import codecs
import re

from profstd.document import UnreadableError

_BROKEN = 2000  # one unreadable character in so many is damage, more is another encoding
_SAMPLE = 65536  # characters that show how a text reads
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Letters of Windows-1251 that Russian never has; KZ-1048 has Kazakh letters in their place.
_NOT_RUSSIAN = frozenset("ђѓљњќћџўјґєїѕ")
_COMMON = frozenset("аеионтыі")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b]")


def decode(data: bytes, file: str) -> str:
    """The text of `data` without its byte order mark; UnreadableError where it is none."""
    try:
        text = marked(data)
    except UnicodeDecodeError:
        raise UnreadableError(file, "encoding") from None
    if text is None:
        text = _without_mark(data, file)
        check_text(text, file)
    return text


def marked(data: bytes, errors: str = "strict") -> str | None:
    """The text of `data` where a byte order mark tells its encoding, without that mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors)
    return None


def check_text(text: str, file: str) -> None:
    """UnreadableError where `text` is no text but decoded bytes of something else."""
    if len(_CONTROL.findall(text, 0, _SAMPLE)) > max(2, min(len(text), _SAMPLE) // 200):
        raise UnreadableError(file, "binary")


def wide(data: bytes) -> str | None:
    """The text of `data` where it is UTF-16 without a mark: Cyrillic, Latin, digits, signs."""
    sample = data[:4096]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        # The high byte of a Cyrillic letter is 4, of a Latin letter, digit or sign 0.
        if len(high) > 4 and high.count(4) + high.count(0) > len(high) * 0.9:
            return data.decode(encoding, errors="replace")
    return None


def utf8(data: bytes) -> str | None:
    """The text of `data` where it is UTF-8, a little damage apart."""
    text = data.decode("utf-8", errors="replace")
    # A file that was cut in the middle ends in half a letter.
    return text if text.count("\ufffd") <= 1 + len(text) // _BROKEN else None


def cyrillic(data: bytes) -> str | None:
    """The text of `data` where it is Windows-1251 or KZ-1048, and reads well."""
    for encoding in ("cp1251", "kz1048"):
        text = data.decode(encoding, errors="replace")
        if reads_well(text[:_SAMPLE]):
            return text
    return None


def _without_mark(data: bytes, file: str) -> str:
    text = wide(data)
    text = utf8(data) if text is None else text
    text = cyrillic(data) if text is None else text
    if text is None:
        raise UnreadableError(file, "binary" if 0 in data[:4096] else "encoding")
    return text


def reads_well(text: str) -> bool:
    """Whether a text decoded from single bytes reads like Russian or Kazakh."""
    letters = [letter for letter in text.lower() if letter.isalpha()]
    foreign = sum(letter in _NOT_RUSSIAN for letter in letters)
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
    common = sum(letter in _COMMON for letter in letters)
    if not letters or cyrillic < len(letters) * 0.5 or foreign > len(letters) * 0.005:
        return False
    # Nearly half of any Russian or Kazakh text; a third would be much for a wrong table.
    return len(letters) < 40 or common > cyrillic * 0.35
