"""Reader for HTML: saved pages, what office programs and Google Docs export, web archives.

The characters of a page are those that a browser shows: text with its entities decoded and
its white space collapsed, and the numbers of lists, which stand nowhere in the file. Tags,
scripts and styles are not among them, nor is hidden text, which is told; what tabs and
accordions hide is content. Signs without a width and the numbers of notes are markup;
menus, headers and footers of the site, notes and tables of contents are furniture.

Spans have line and column, in tables also table, row and cell. A page out of a web archive
has the lines of the archive where it stands there as it is; where it is encoded (base64,
quoted-printable, as browsers save it) its lines are none of the file's, and it has no lines.
"""

from __future__ import annotations

from profstd.document import Reading
from profstd.model import Source
from profstd.parse.settings import ReadSettings

FORMAT = "html"
SUFFIXES = (".html", ".htm", ".xhtml", ".xht", ".mht", ".mhtml")


def read(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The blocks of a page.

    Raises UnreadableError: binary, encoding, page_empty, page_frames, page_scripted,
    pictures_only, unsafe.
    """
    from profstd.parse.readers._html.document import read_page

    return read_page(data, source, settings)
