"""PDF: the Word file of the official form as LibreOffice prints it, a file a document.

LibreOffice must be installed. Its version and the fonts of the machine decide how the
pages come out, so that the bytes are the same only on one machine; the date, and what
LibreOffice makes of it, is taken out (ISO 32000-1, 14.3.3 and 14.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from profstd.document import Document
from profstd.export._files import Rendered, UnwritableError, named
from profstd.export._form import compose
from profstd.export._word import write
from profstd.office import OfficeError, convert

PER_DOCUMENT = True

_DATE = re.compile(rb"/CreationDate\(D:[^)]{14,24}\)")
_NO_DATE = b"/CreationDate(D:19800101000000Z)"
_CHECKSUM = re.compile(rb"[0-9A-F]{32}")


def render(documents: Iterable[Document]) -> Iterator[Rendered]:
    """A file a document; UnwritableError: office_missing, office_slow, office_failed."""
    # No generator: one document that fails would end it.
    return map(_rendered, named(documents))


def _rendered(item: tuple[str, Document]) -> Rendered:
    name, document = item
    try:
        data = convert(write(compose(document.model)), ".docx", ".pdf")
    except OfficeError as error:
        raise UnwritableError(f"{name}.pdf", error.reason, **error.arguments) from None
    return Rendered(f"{name}.pdf", _without_date(data))


def _without_date(data: bytes) -> bytes:
    """The file with a fixed date, and checksums without it; every object stays in its place."""
    data = _DATE.sub(lambda found: _NO_DATE.ljust(len(found[0])), data)
    objects, mark, trailer = data.rpartition(b"trailer")
    checksum = sha256(objects).hexdigest()[:32].upper().encode()
    return objects + mark + _CHECKSUM.sub(checksum, trailer)
