"""The streams of a PDF file, found by their looks and unpacked no further than is allowed.

ISO 32000-1, 7.3.8 (stream objects) and 7.4 (filters).
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+obj\b")
_FILTER = re.compile(rb"/F(?:ilter)?\s*(\[[^\]]{0,200}\]|/[^\s/\[\]<>()]+)")
_NAME = re.compile(rb"/([^\s/\[\]<>()]+)")
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_CHUNK = 1 << 16
_SHORT = {b"Fl": b"FlateDecode", b"LZW": b"LZWDecode", b"RL": b"RunLengthDecode",
          b"A85": b"ASCII85Decode", b"AHx": b"ASCIIHexDecode"}  # fmt: skip
# What packs pictures only: an engine that reads text never unpacks it.
_PICTURES = {b"DCTDecode", b"CCITTFaxDecode", b"JBIG2Decode", b"JPXDecode", b"DCT", b"CCF"}
RATIO = 1_032  # the most that deflate packs a byte for: RFC 1951 allows 258 in 2 bits


class TooLargeError(Exception):
    """A stream unpacks to more than is allowed."""


class Stream(NamedTuple):
    """A stream: its object's number (-1: unknown), dictionary, and place in the file."""

    number: int
    head: bytes
    start: int
    end: int


def find_streams(data: bytes) -> Iterator[tuple[bytes, Stream]]:
    """Every stream of a file with what stands between it and the one before.

    A stream's end is where the word for it comes next: inside packed bytes that may be by
    chance or by design.
    """
    last = at = 0
    while (at := data.find(b"stream", at)) >= 0:
        word, at = at, at + 6
        if data[at : at + 1] not in b"\r\n" or data[word - 3 : word] == b"end":
            continue
        start = at + (2 if data[at : at + 2] == b"\r\n" else 1)
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        begin = max(data.rfind(b"obj", last, word), last)
        numbers = _OBJECT.findall(data, max(0, begin - 20), begin + 3)
        number = int(numbers[-1]) if numbers else -1
        yield data[last:word], Stream(number, data[begin:word], start, end)
        last = at = end
    yield data[last:], Stream(-1, b"", len(data), len(data))


def filters(head: bytes) -> list[bytes]:
    """The filters of a stream's dictionary, the one to be undone first first."""
    found = _FILTER.search(head)
    names = [plain(name) for name in _NAME.findall(found[1])] if found else []
    return [_SHORT.get(name, name) for name in names]


def plain(name: bytes) -> bytes:
    """A name as it is meant: its codes written out (7.3.5)."""
    return _CODE.sub(lambda code: bytes([int(code[1], 16)]), name) if b"#" in name else name


def unpacked(data: bytes, stream: Stream, limit: int) -> bytes:
    """What a stream unpacks to; nothing for a picture. Raises TooLargeError."""
    names = filters(stream.head)
    if names[:1] == [b"FlateDecode"] or (
        not names and data[stream.start : stream.start + 1] == b"x"
    ):
        content = _inflated(data, stream.start, stream.end, limit)
        names = names[1:]
    else:
        content = data[stream.start : stream.end]
    return undo(content, names, limit)


def undo(content: bytes, names: list[bytes], limit: int) -> bytes:
    """What packed bytes unpack to, filter by filter; nothing for a picture."""
    for name in names:
        if name in _PICTURES:
            return b""
        if name == b"FlateDecode":
            content = _inflated(content, 0, len(content), limit)
        elif name == b"LZWDecode":
            content = _lzw(content, limit)
        elif name == b"RunLengthDecode":
            content = _runs(content, limit)
        elif name in (b"ASCII85Decode", b"ASCIIHexDecode"):
            content = _rewritten(content, name)
        if len(content) > limit:
            raise TooLargeError
    return content


def _inflated(data: bytes, start: int, end: int, limit: int) -> bytes:
    """What deflate packed, as far as it goes: packed bytes end by themselves, not at `end`."""
    unpacker = zlib.decompressobj()
    parts: list[bytes] = []
    size = 0
    try:
        while not unpacker.eof and start < len(data):
            parts.append(unpacker.decompress(data[start:end], limit + 1 - size))
            size += len(parts[-1])
            if size > limit:
                raise TooLargeError
            start, end = end, end + _CHUNK
    except zlib.error:
        if not parts:
            return data[start:end]  # packed in another way, or not at all
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _lzw(content: bytes, limit: int) -> bytes:
    from pdfminer.lzw import LZWDecoder

    parts: list[bytes] = []
    size = 0
    try:
        for part in LZWDecoder(io.BytesIO(content)).run():
            parts.append(part)
            size += len(part)
            if size > limit:
                raise TooLargeError
    except (LookupError, TypeError):  # damaged: as far as it goes
        pass
    return b"".join(parts)


def _runs(content: bytes, limit: int) -> bytes:
    """What run lengths pack: 7.4.5."""
    result = bytearray()
    at = 0
    while at < len(content) and (length := content[at]) != 128 and len(result) <= limit:
        if length < 128:
            result += content[at + 1 : at + 2 + length]
            at += length + 2
        else:
            result += content[at + 1 : at + 2] * (257 - length)
            at += 2
    return bytes(result)


def _rewritten(content: bytes, name: bytes) -> bytes:
    from pdfminer.ascii85 import ascii85decode, asciihexdecode

    try:
        return (ascii85decode if name == b"ASCII85Decode" else asciihexdecode)(content)
    except ValueError:  # damaged
        return content
