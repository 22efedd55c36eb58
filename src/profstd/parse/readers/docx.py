"""Reader for Word files: OOXML, usual and Strict, with macros or without."""

from __future__ import annotations

from profstd.document import Reading
from profstd.model import Source
from profstd.parse.settings import ReadSettings

FORMAT = "docx"
SUFFIXES = (".docx", ".docm")


def read(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The blocks of a Word file; UnreadableError where it is none, or unfit to be read.

    An older document under such a name is read as the reader of those does.
    """
    from profstd.parse.readers._word.kinds import read_document

    return read_document(data, source, settings)
