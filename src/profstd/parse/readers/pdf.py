"""Reader for PDF files."""

from __future__ import annotations

from profstd.document import Reading
from profstd.model import Source
from profstd.parse.settings import ReadSettings

FORMAT = "pdf"
SUFFIXES = (".pdf",)


def read(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The blocks of a PDF file."""
    from profstd.parse.readers._pdf.document import read_pdf

    return read_pdf(data, source, settings)
