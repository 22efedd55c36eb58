"""Reader for .doc, .rtf and .odt: LibreOffice makes Word files of them, where it is installed."""

from __future__ import annotations

from msgspec.structs import replace

from profstd.document import Reading, UnreadableError
from profstd.model import Source
from profstd.parse.settings import ReadSettings

FORMAT = "office"
SUFFIXES = (".doc", ".rtf", ".odt")


def read(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The blocks of a document that LibreOffice can open.

    The format of the source becomes what the file is by its content: its name may be
    missing or wrong. Raises UnreadableError: not_word, office_missing, office_slow,
    office_failed.
    """
    from profstd.office import OfficeError, convert
    from profstd.parse.readers._word.document import read_word

    suffix = _suffix(data)
    if suffix is None:
        raise UnreadableError(source.file, "not_word")
    source = replace(source, format=suffix.removeprefix("."))
    if suffix != ".docx":
        try:
            data = convert(data, suffix, ".docx", settings.time_limit)
        except OfficeError as error:
            raise UnreadableError(source.file, error.reason, **error.arguments) from None
    return read_word(data, source, settings)


def _suffix(data: bytes) -> str | None:
    if data.startswith(b"PK"):
        return ".docx" if b"word/document" in data else ".odt"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ".doc"
    return ".rtf" if data.lstrip()[:5] == b"{\\rtf" else None
