"""Word: the official form as a .docx to be edited, printed and sent, a file a document.

A4 with the margins of official papers, Times New Roman 14 (12 in tables), headings that
Word knows as such, the page's number below. Numbers of items are typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from profstd.document import Document
from profstd.export._files import Rendered, named
from profstd.export._form import compose
from profstd.export._word import write

PER_DOCUMENT = True


def render(documents: Iterable[Document]) -> Iterator[Rendered]:
    """A file a document: OOXML.

    Its parts are always the same; builds of zlib may pack them into other bytes.
    """
    for name, document in named(documents):
        yield Rendered(f"{name}.docx", write(compose(document.model)))
