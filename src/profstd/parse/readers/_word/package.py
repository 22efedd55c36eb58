"""The zip archive that a Word file is: its parts as XML trees, within limits.

Nothing is ever unpacked to the disk, and no part is read that the document does not
name: a part's name is only looked up, so that names with tricks in them lead nowhere.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import unquote

from lxml import etree

from profstd.document import UnreadableError

Element: TypeAlias = Any  # lxml has no types
# An element for what is in it, or a slice of it. lxml makes an element anew each time it is
# asked for, unless somebody holds it: a slice that is held saves half of the time.
Elements: TypeAlias = Any

MOST_ENTRIES = 10_000
_MOST_DECLARED = 10  # times the limit, for all entries: pictures count, but are not read
MOST_RATIO = 250  # unpacked to packed; text of Word packs 10 to 60 times
_RATIO_COUNTS = 20_000_000  # bytes from which the ratio matters
_TAG = 25  # bytes; those of Word have about that length

# Strict OOXML has names of its own for the same things.
_STRICT = {
    f"http://purl.oclc.org/ooxml/{family}/{name}".encode(): (
        f"http://schemas.openxmlformats.org/{family}/2006/{name}".encode()
    )
    for family, names in (
        ("wordprocessingml", ("main",)),
        ("officeDocument", ("math", "relationships")),
        ("drawingml", ("main", "wordprocessingDrawing", "chart", "diagram")),
    )
    for name in names
}
_ENTRY = b"PK\x01\x02"


class Relation(NamedTuple):
    """A part that another part names: by which name, the last word of its kind, where."""

    name: str
    kind: str
    target: str


class Budget:
    """How many bytes of an archive, and of archives in it, may still be unpacked.

    A tag counts for no less than `_TAG` of them, however short it is: a tree takes memory
    by its elements.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._spent = 0

    def spend(self, size: int, file: str) -> None:
        """Take `size` bytes off; UnreadableError where so many are not left."""
        self._spent += size
        if self._spent > self.limit:
            raise UnreadableError(file, "unpacked_too_large", size=self._spent, limit=self.limit)

    def spend_tags(self, data: bytes, file: str) -> None:
        """Take off what the tags of a part weigh more than its bytes."""
        self.spend(max(0, data.count(b"<") * _TAG - len(data)), file)


class Package:
    """The archive `data`; every method raises UnreadableError where it is unfit or unsafe."""

    def __init__(self, data: bytes, file: str, budget: Budget) -> None:
        self._file = file
        self._budget = budget
        if data.count(_ENTRY) > MOST_ENTRIES:
            raise UnreadableError(file, "unsafe")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error):
            raise UnreadableError(file, "damaged") from None
        entries = self._archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > budget.limit * _MOST_DECLARED:
            raise UnreadableError(file, "unsafe")
        self._entries = {
            entry.filename.replace("\\", "/").lstrip("/").casefold(): entry for entry in entries
        }

    def main(self) -> str:
        """The name of the part that holds the document's text."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and relation.target.casefold() in self._entries:
                return relation.target
        if "word/document.xml" in self._entries:
            return "word/document.xml"
        raise UnreadableError(self._file, "not_word")

    def relations(self, part: str) -> Iterator[Relation]:
        """What the part `part` names inside the archive; "" is the archive itself."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        for item in () if root is None else root:
            if not isinstance(item.tag, str) or item.get("TargetMode") == "External":
                continue
            target = unquote(item.get("Target") or "")
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = (item.get("Type") or "").rpartition("/")[2]
            yield Relation(item.get("Id") or "", kind, target)

    def tree(self, part: str) -> Element | None:
        """The root of an XML part; None where there is no such part."""
        data = self.content(part)
        if data is None:
            return None
        self._budget.spend_tags(data, self._file)
        return self._parsed(data)

    def content(self, part: str) -> bytes | None:
        """The bytes of a part; None where there is no such part."""
        entry = self._entries.get(part.casefold())
        return None if entry is None else self._unpacked(entry)

    def inner(self, data: bytes) -> Package:
        """An archive that is a part of this one; the limits are those of both together."""
        return Package(data, self._file, self._budget)

    def _unpacked(self, entry: zipfile.ZipInfo) -> bytes:
        size, packed = entry.file_size, max(entry.compress_size, 1)
        if size > _RATIO_COUNTS and size > packed * MOST_RATIO:
            raise UnreadableError(self._file, "unsafe")
        self._budget.spend(size, self._file)
        if entry.flag_bits & 1:
            raise UnreadableError(self._file, "encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableError(self._file, "damaged")
        try:
            with self._archive.open(entry) as stream:
                return stream.read(size + 1)
        except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError,
                RuntimeError):  # fmt: skip
            # RuntimeError takes in NotImplementedError: a feature of zip that Python lacks.
            raise UnreadableError(self._file, "damaged") from None

    def _parsed(self, data: bytes) -> Element:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = data.decode("utf-16", errors="replace")
            data = text[text.find("?>") + 2 if text.startswith("<?xml") else 0 :].encode()
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise UnreadableError(self._file, "unsafe")
        if b"http://purl.oclc.org/ooxml/" in data:
            for strict, usual in _STRICT.items():
                data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError):
            raise UnreadableError(self._file, "damaged") from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableError(self._file, "unsafe")
        return root
