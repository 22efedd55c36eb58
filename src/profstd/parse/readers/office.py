"""Reader for .doc, .rtf and .odt: LibreOffice makes Word files of them, where it is installed."""

from __future__ import annotations

from profstd.document import Reading
from profstd.model import Source
from profstd.parse.settings import ReadSettings

FORMAT = "office"
SUFFIXES = (".doc", ".rtf", ".odt")


def read(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The blocks of a document that LibreOffice can open; UnreadableError where it cannot.

    A Word file of the new kind under such a name is read as the reader of those does, and
    so is a page: databases of law give pages out as documents of Word.
    """
    from profstd.parse.readers._word.kinds import read_document

    return read_document(data, source, settings)
