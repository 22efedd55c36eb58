"""What a file would unpack to, looked at before an engine does it.

An engine unpacks a page whole, with all forms (ISO 32000-1, 8.10) that its content calls,
and cannot be stopped meanwhile: a small file may ask for more memory than there is.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from profstd.document import UnreadableError

_STREAM = re.compile(rb"stream(?<!endstream)\r?\n")
_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+obj\b")
_CALL = re.compile(rb"/([^\s()<>\[\]{}/%]+)\s+Do\b")
_FORM = re.compile(rb"/(?:Form|[^\s/<>\[\]()]*#)")  # a name may be written with codes: /F#6frm
_LONGEST_HEAD = 4_000  # bytes from the beginning of an object to its stream
_RATIO = 1_032  # the most that deflate packs a byte for: RFC 1951 allows 258 in 2 bits
_CHUNK = 1 << 20
_FORM_SIZE = 1_000  # bytes that an engine takes for a form in any case


class _Stream(NamedTuple):
    number: int
    head: bytes
    data: bytes


def check_size(data: bytes, file: str, limit: int) -> None:
    """Raise UnreadableError, unpacked_too_large, where a part unpacks to more than `limit` bytes.

    A page counts with all that its forms call again and again.
    """
    forms: dict[int, _Stream] = {}
    for stream in _streams(data):
        twice = stream.head.count(b"Flate") > 1 or stream.head.count(b"/Fl ") > 1
        if len(stream.data) * _RATIO > limit or twice:
            _unpacked(stream, limit, file)
        if _FORM.search(stream.head):
            forms[stream.number] = stream
    calls = {number: _CALL.findall(_unpacked(form, limit, file)) for number, form in forms.items()}
    if any(calls.values()):
        _Calls(data, forms, calls, limit, file).check()


def _streams(data: bytes) -> Iterator[_Stream]:
    for match in _STREAM.finditer(data):
        start = match.end()
        end = data.find(b"endstream", start)
        begin = max(data.rfind(b"obj", max(0, match.start() - _LONGEST_HEAD), match.start()), 0)
        numbers = _OBJECT.findall(data, max(0, begin - 20), begin + 3)
        number = int(numbers[-1]) if numbers else -1
        yield _Stream(number, data[begin : match.start()], data[start : end if end > 0 else None])


def _unpacked(stream: _Stream, limit: int, file: str) -> bytes:
    """What a stream unpacks to, as far as deflate packed it."""
    data = stream.data
    for _ in range(max(1, stream.head.count(b"Flate"))):
        unpacker = zlib.decompressobj()
        parts: list[bytes] = []
        size = 0
        try:
            while data and not unpacker.eof:
                parts.append(unpacker.decompress(data, _CHUNK))
                size += len(parts[-1])
                data = unpacker.unconsumed_tail
                if size > limit:
                    raise UnreadableError(file, "unpacked_too_large", limit=limit)
        except zlib.error:
            if not parts:
                return stream.data  # packed in another way, or not at all
        data = b"".join(parts)
    return data


class _Calls:
    """How much the forms of a file amount to that call one another."""

    def __init__(
        self,
        data: bytes,
        forms: dict[int, _Stream],
        calls: dict[int, list[bytes]],
        limit: int,
        file: str,
    ) -> None:
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfparser import PDFParser

        self._forms = forms
        self._calls = calls
        self._limit = limit
        self._file = file
        self._sizes: dict[int, int] = {}
        self._document = PDFDocument(PDFParser(io.BytesIO(data)))

    def check(self) -> None:
        """Raise UnreadableError where a form calls itself, or too much."""
        for number in self._forms:
            if self._size(number, ()) > self._limit:
                self._refuse()

    def _refuse(self) -> None:
        raise UnreadableError(self._file, "unpacked_too_large", limit=self._limit)

    def _size(self, number: int, above: tuple[int, ...]) -> int:
        """What a form amounts to with all that it calls, in bytes of its packed content."""
        if number in above:
            self._refuse()
        if number not in self._forms:
            return 0
        if number not in self._sizes:
            targets = self._targets(number)
            size = len(self._forms[number].data) + _FORM_SIZE
            for name in self._calls[number]:
                size += self._size(targets.get(name, -1), (*above, number))
            self._sizes[number] = size
        return self._sizes[number]

    def _targets(self, number: int) -> dict[bytes, int]:
        """The numbers of the objects that a form's names stand for."""
        from pdfminer.pdftypes import PDFObjRef, resolve1

        try:
            form = resolve1(self._document.getobj(number))
            resources = resolve1(form.attrs.get("Resources")) or {}
            named = resolve1(resources.get("XObject")) or {}
            return {
                str(name).encode("latin-1", "replace"): target.objid
                for name, target in named.items()
                if isinstance(target, PDFObjRef)
            }
        except Exception:  # pdfminer fails in many ways over a damaged file
            return {}
