"""Reader for the model's own JSON, right or wrong: the schema and the rules judge it.

The format is RFC 8259, without names that a record has twice. The text is scanned for
places only when somebody asks for one.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from typing import Any

import msgspec

from profstd.document import Extent, Positions, Reading
from profstd.model import Source
from profstd.parse.readers._data.json_text import names_at_most, scan, unfit
from profstd.parse.readers._data.text import DEEPEST, Fault, decode
from profstd.parse.settings import ReadSettings

FORMAT = "json"
SUFFIXES = (".json",)


def read(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The data of a JSON file and its places.

    Raises UnreadableError with line and column where it is no JSON, has a name twice in
    one record, or is nested too deep.
    """

    def scanned() -> tuple[str, Extent]:
        text = decode(data, source.file)
        try:
            return text, scan(text)
        except Fault as fault:
            raise fault.named(source.file, text) from None

    encoded = data.removeprefix(codecs.BOM_UTF8)
    try:
        raw = msgspec.json.decode(encoded)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        # UTF-16 perhaps; else the scan says what is wrong.
        text = scanned()[0]
        try:
            encoded = text.encode()
            raw = msgspec.json.decode(encoded)
        except msgspec.DecodeError:
            raise unfit(text).named(source.file, text) from None
    names, depth = _measure([raw])
    if depth > DEEPEST + 1 or names_at_most(encoded) != names:
        scanned()
    return Reading(source=source, raw=raw, positions=Positions(source.file, scanned))


def _measure(data: list[Any]) -> tuple[int, int]:
    """How many names the records in `data` have in all, and how deep it is nested."""
    names = depth = 0
    level: list[Any] = [data]
    while level:
        below: list[Any] = []
        for item in level:
            parts: Iterable[Any] = item
            if type(item) is dict:
                names += len(item)
                parts = item.values()
            for part in parts:
                if type(part) is dict or type(part) is list:
                    below.append(part)
        level = below
        depth += 1
    return names, depth
