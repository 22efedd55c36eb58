"""What a document is by its content, whatever its name says, and how it is read.

Programs that write pages of HTML and call them .doc are many.
"""

from __future__ import annotations

from msgspec.structs import replace

from profstd.document import Reading, UnreadableError
from profstd.model import Source
from profstd.parse.readers._word.document import read_word
from profstd.parse.settings import ReadSettings

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ODF, _OOXML = b"META-INF/manifest.xml", b"[Content_Types].xml"
_HEAD = 4000  # bytes in which XML says what it is


def read_document(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The blocks of a document of Word, or of one that LibreOffice makes a Word file of.

    The format of the source becomes what the file is by its content: its name may be
    missing or wrong. Raises UnreadableError: as `read_word` and `read_page`, and
    office_missing, office_slow, office_failed.
    """
    from profstd.office import OfficeError, convert
    from profstd.parse.readers._html.document import is_page, read_page

    suffix = kind_of(data)
    if suffix is None and is_page(data):
        return read_page(data, replace(source, format="html"), settings)
    if suffix is None:
        raise UnreadableError(source.file, "not_word")
    if suffix == ".doc" and _LOCKED in data:
        raise UnreadableError(source.file, "encrypted")
    source = replace(source, format="doc" if suffix == ".xml" else suffix.removeprefix("."))
    if suffix != ".docx":
        try:
            data = convert(data, suffix, ".docx", settings.time_limit)
        except OfficeError as error:
            raise UnreadableError(source.file, error.reason, **error.arguments) from None
    return read_word(data, source, settings)


def kind_of(data: bytes) -> str | None:
    """The suffix that goes with the content of a file; None where it is no such document."""
    if data.startswith(b"PK"):
        # The names of an archive's entries stand in it as they are.
        return ".odt" if _ODF in data and _OOXML not in data else ".docx"
    if data.startswith(_OLE):
        return ".doc"
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    is_old_xml = head.startswith(b"<") and b"schemas.microsoft.com/office/word/2003" in head
    return ".xml" if is_old_xml else None
