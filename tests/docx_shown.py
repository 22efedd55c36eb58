"""Word files read again: the blocks as plain text, and what is asserted of documents."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import msgspec

import docx_writer as word
from docx_writer import cell, paragraph, run
from profstd.document import Document, Reading, leaves
from profstd.model import Source, Standard
from profstd.parse import ReadSettings
from profstd.parse.readers import docx

DEFAULT = ReadSettings()


def read(data: bytes, settings: ReadSettings = DEFAULT) -> Reading:
    """The blocks of a Word file."""
    return docx.read(data, Source(file="a.docx", format="docx", sha256="0" * 64), settings)


def texts(data: bytes, settings: ReadSettings = DEFAULT) -> list[str]:
    """The blocks: cells parted by " | ", pieces by " / ", furniture in brackets."""
    found = []
    for block in read(data, settings).blocks:
        text = " | ".join(" / ".join(piece.text for piece in cell) for cell in block.cells)
        found.append(f"({text})" if block.kind == "furniture" else text)
    return found


def shown(body: str, **parts: str) -> list[str]:
    """The blocks of a file with the body `body`, as `texts` has them."""
    return texts(word.package(body, **parts))


def one(text: str) -> str:
    """A cell with one paragraph."""
    return cell(paragraph(run(text)))


def unpacked(data: bytes) -> dict[str, bytes]:
    """What is in a zip archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _plain(document: Document) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(document.model))
    del data["source"]
    return data


def differences(expected: Document | Standard, found: Document) -> list[str]:
    """Every leaf in which two models differ."""
    model = expected.model if isinstance(expected, Document) else expected
    data = msgspec.json.decode(msgspec.json.encode(model))
    del data["source"]
    mine, theirs = dict(leaves(data)), dict(leaves(_plain(found)))
    return [
        f"{path}: expected {mine.get(path)!r}, found {theirs.get(path)!r}"
        for path in dict.fromkeys([*mine, *theirs])
        if mine.get(path) != theirs.get(path)
    ]


def assert_accounted(document: Document) -> None:
    """Every character went somewhere."""
    account = document.account
    assert account
    parts = (account.placed, account.label, account.markup, account.furniture, account.unplaced)
    assert sum(parts) == account.characters
