"""Reader for the model's own JSON, right or wrong: the schema and the rules judge it."""

from __future__ import annotations

import json

import msgspec

from profstd.document import Reading, UnreadableError
from profstd.model import Source
from profstd.parse.settings import ReadSettings

FORMAT = "json"
SUFFIXES = (".json",)


def read(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The data of a JSON file; UnreadableError with line and column where it is no JSON."""
    try:
        return Reading(source=source, raw=msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf")))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise UnreadableError(source.file, "json", **_place(data)) from None


def _place(data: bytes) -> dict[str, int]:
    try:
        json.loads(data.decode("utf-8-sig", errors="replace"))
    except json.JSONDecodeError as error:
        return {"line": error.lineno, "column": error.colno}
    except (ValueError, RecursionError):
        pass
    return {"line": 1, "column": 1}
