"""The text of a data file: UTF-8, or UTF-16 and UTF-32 as RFC 4627 and YAML 1.2 tell them."""

from __future__ import annotations

import codecs

from profstd.document import Lines, UnreadableError

# Records and lists in one another: the model has eight.
DEEPEST = 100

# Characters of a name that are quoted in an error.
_LONGEST = 80

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Which of the first four bytes are zero.
_ZEROS: dict[tuple[bool, ...], str] = {
    (True, True, True, False): "utf-32-be",
    (False, True, True, True): "utf-32-le",
    (True, False, True, False): "utf-16-be",
    (False, True, False, True): "utf-16-le",
}


class Fault(Exception):
    """What is wrong at the character `index` of a text, from 0.

    `reason` is a key of ``unreadable`` in the locale, `arguments` fill its words in.
    """

    def __init__(self, index: int, reason: str, **arguments: str | int) -> None:
        super().__init__(reason)
        self.index = index
        self.reason = reason
        self.arguments = arguments

    def named(self, file: str, text: str) -> UnreadableError:
        """The error for the file `file`, with line and column."""
        line, column = Lines(text).place(min(self.index, len(text)))
        said = {name: _excerpt(value) for name, value in self.arguments.items()}
        return UnreadableError(file, self.reason, line=line, column=column, **said)


def _excerpt(value: str | int) -> str | int:
    if isinstance(value, str) and len(value) > _LONGEST:
        return f"{value[:_LONGEST]}…"
    return value


def decode(data: bytes, file: str) -> str:
    """The text of `data` without its byte order mark.

    Raises UnreadableError where it is in no Unicode encoding ("encoding") or no text at
    all ("binary").
    """
    mark, encoding = encoding_of(data)
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError(file, "binary" if 0 in data else "encoding") from None
    if "\0" in text:
        raise UnreadableError(file, "binary")
    return text


def encoding_of(data: bytes) -> tuple[bytes, str]:
    """The byte order mark of `data`, if it has one, and the encoding of what follows it."""
    unmarked = b"", _unmarked(data[:4])
    return next((found for found in _MARKS if data.startswith(found[0])), unmarked)


def _unmarked(start: bytes) -> str:
    """The encoding of a file without a mark: its first character is always of ASCII."""
    return _ZEROS.get(tuple(byte == 0 for byte in start), "utf-8")


def repeated(text: str, name: str, index: int, first: int) -> Fault:
    """The fault that a record has the name `name` twice: at `index`, and before at `first`."""
    first_line, first_column = Lines(text).place(first)
    return Fault(
        index, "repeated_field", name=name, first_line=first_line, first_column=first_column
    )
