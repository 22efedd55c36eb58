"""Reading the files of classifiers: codes with their names, as CSV or JSON.

CSV has a line a code and is parted by commas, semicolons or tabs (RFC 4180 but for that),
in UTF-8, UTF-16 or Windows-1251. A head, where there is one, says which columns hold code
and name, in Russian, Kazakh or English; without one they are the first and the second.
JSON is a record from code to name, or a list of records with the fields that a head has.
Rows without a code are passed over; of a code that is there twice the first name counts.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from profstd.document import ROOT, UnreadableError
from profstd.validate.folding import folded

_CODES = ("code", "код", "коды")
_NAMES = ("name", "title", "label", "preferredlabel", "наименование", "название", "атауы", "атау")
_DELIMITERS = "\t;,"
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# «01», «63.99.1», «2421-0-013», «J», «X11»: a code, and no head of a column.
_CODE = re.compile(r"[A-ZА-Я]?[0-9][0-9A-Za-z.\-]*|[A-ZА-Я]")
# So many lines tell which sign parts the columns.
_SAMPLE = 30


class ClassifierError(Exception):
    """A file that is no classifier.

    `reason` is a key of ``settings`` in the locale, `arguments` fill its words in.
    """

    def __init__(self, reason: str, **arguments: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.arguments = arguments


def read_classifier(file: Path) -> dict[str, str]:
    """The names by code in `file`, in its order; ClassifierError where it has none."""
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = "classifier_missing" if isinstance(error, FileNotFoundError) else "classifier_io"
        raise ClassifierError(reason, detail=error.strerror or str(error)) from None
    if file.suffix.casefold() == ".json":
        entries = _from_json(data, file.name)
    else:
        entries = _from_rows(_rows(_decoded(data)))
    if not entries:
        raise ClassifierError("classifier_empty")
    return entries


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0" if encoding != "utf-8" or 0 in data else data.decode("cp1251", "replace")
    if "\0" in text or "\ufffd" in text:
        raise ClassifierError("classifier_encoding")
    return text


def _rows(text: str) -> list[list[str]]:
    """The lines of the table, parted by the sign that parts most of them alike."""
    sample = text.splitlines(keepends=True)[:_SAMPLE]

    def alike(delimiter: str) -> int:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter)]
        return sum(width == widths[0] > 1 for width in widths)

    delimiter = max(_DELIMITERS, key=alike) if sample else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [[cell.strip() for cell in row] for row in reader if any(row)]
    except csv.Error:
        raise ClassifierError("classifier_csv", line=reader.line_num) from None


def _from_rows(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    if not rows:
        return {}
    code, name = 0, 1
    if not any(_CODE.fullmatch(cell) for cell in rows[0][:1]):
        head, *rows = rows
        found = _column(head, _CODES)
        if found is None:
            raise ClassifierError("classifier_no_code", known=[cell for cell in head if cell])
        code, name = found, _named(head, found)
    entries: dict[str, str] = {}
    for row in rows:
        if len(row) > code and row[code]:
            entries.setdefault(row[code], row[name] if -1 < name < len(row) else "")
    return entries


def _column(head: Sequence[str], wanted: Sequence[str]) -> int | None:
    """The column that is called one of `wanted`, or whose name begins so."""
    names = [folded(cell.replace("_", " ")) for cell in head]
    exact = (number for number, name in enumerate(names) if name in wanted)
    near = (number for number, name in enumerate(names) if name.split(" ")[0] in wanted)
    return next(exact, next(near, None))


def _named(head: Sequence[str], code: int) -> int:
    """The column with the names: as its head says, else the one behind the code."""
    found = _column(head, _NAMES)
    return code + 1 if found is None else found


def _from_json(data: bytes, name: str) -> dict[str, str]:
    from profstd.model import Source
    from profstd.parse.readers.json import read
    from profstd.parse.settings import ReadSettings

    try:
        reading = read(data, Source(file=name, format="json", sha256=""), ReadSettings())
    except UnreadableError as error:
        raise ClassifierError(
            "classifier_unreadable", unreadable=error.reason, **error.arguments
        ) from None
    entries: dict[str, str] = {}
    raw = reading.raw
    pairs = raw.items() if isinstance(raw, Mapping) else enumerate(raw if _is_list(raw) else ())
    for key, item in pairs:
        code, named = _record(item) if isinstance(key, int) else (key, item)
        if not isinstance(code, str) or not isinstance(named, str):
            assert reading.positions is not None
            span = reading.positions[ROOT / key]
            raise ClassifierError("classifier_entry", line=span.line, column=span.column)
        entries.setdefault(code.strip(), named)
    return entries


def _is_list(raw: Any) -> bool:
    if isinstance(raw, list):
        return True
    raise ClassifierError("classifier_entry", line=1, column=1)


def _record(item: Any) -> tuple[Any, Any]:
    """Code and name of a record; None for what it lacks."""
    if not isinstance(item, Mapping):
        return None, None
    head = list(item)
    code, name = _column(head, _CODES), _column(head, _NAMES)
    return (
        None if code is None else item[head[code]],
        "" if name is None else item[head[name]],
    )
