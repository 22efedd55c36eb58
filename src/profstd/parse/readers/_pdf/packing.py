"""Streams that unpack to more than a document holds, found before PDFium unpacks them."""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_RATIO = 1032  # how far deflate packs at most
_HEAD = 600  # bytes before a stream that are looked at for its filters
_STEP = 1 << 16


def unpacks_over(data: bytes, limit: int) -> bool:
    """Whether a stream of a PDF unpacks to more than `limit` bytes.

    Only those are unpacked that may: long ones, and those that are packed twice.
    """
    for match in _STREAM.finditer(data):
        head = data[max(match.start() - _HEAD, 0) : match.start()].rpartition(b" obj")[2]
        layers = min(head.count(b"/FlateDecode"), 4)
        if not layers:
            continue
        end = data.find(b"endstream", match.end())
        packed = memoryview(data)[match.end() : end if end >= 0 else len(data)]
        if (layers > 1 or len(packed) * _RATIO > limit) and _over(packed, layers, limit):
            return True
    return False


def _over(packed: memoryview, layers: int, limit: int) -> bool:
    unpackers = [zlib.decompressobj() for _ in range(layers)]
    waiting: list[tuple[int, bytes | memoryview]] = [(0, packed)]
    sizes = [0] * layers
    while waiting:
        layer, rest = waiting.pop()
        try:
            part = unpackers[layer].decompress(rest, _STEP)
        except zlib.error:
            continue
        sizes[layer] += len(part)
        if sizes[layer] > limit:
            return True
        if tail := unpackers[layer].unconsumed_tail:
            waiting.append((layer, tail))
        if part and layer + 1 < layers:
            waiting.append((layer + 1, part))
    return False
