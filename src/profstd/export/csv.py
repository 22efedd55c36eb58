"""CSV: a table an entity over all documents, a file a table.

The tables and their keys are those of `profstd.export._tables`. The files follow RFC
4180: comma (or another delimiter, if asked for), double quotes only where they are
needed (a text may hold line ends), CRLF, a header line; UTF-8. All tables are there,
also those without a row.

What a cell says:

- an empty cell is "not there" where that can be (and an empty text where it cannot);
- a text that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``,
  ``@``, their full-width forms, or a control character) has an apostrophe before it, as
  one types it there; so has one that would then be taken for such a text;
- an apostrophe alone is a text that is there and empty;
- numbers stay bare.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from profstd.document import Document
from profstd.export._files import Rendered
from profstd.export._tables import Column, Row, Table, Value, join, split, tables
from profstd.model import Model

PER_DOCUMENT = False
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}

_GUARDED = re.compile(r"'*(?:[=+\-@＝＋－＠\x00-\x1f]|\Z)")


def render(
    documents: Iterable[Document], *, bom: bool = False, delimiter: str = "comma"
) -> Iterator[Rendered]:
    """A file a table.

    `bom`: a byte order mark before it, by which Excel knows UTF-8. `delimiter`: one of
    `DELIMITERS`; an Excel with Russian or Kazakh settings expects the semicolon.
    KeyError for another one.
    """
    sign = DELIMITERS[delimiter]
    rows = split(document.model for document in documents)
    encoding = "utf-8-sig" if bom else "utf-8"
    for table in tables():
        yield Rendered(
            f"{table.name}.csv", _written(table, rows[table.name], sign).encode(encoding)
        )


def load(files: Mapping[str, bytes]) -> list[Model]:
    """The models that the files of one export hold, in the order of standards.csv.

    ValueError, with the file and the row, where a file, a column or a row is missing,
    strange or twice there; msgspec.ValidationError where the cells make no model.
    """
    rows = {}
    for table in tables():
        name = f"{table.name}.csv"
        if name not in files:
            raise ValueError(f"{name} is not there")
        try:
            rows[table.name] = list(_read(table, files[name].decode("utf-8-sig")))
        except (csv.Error, ValueError) as error:
            raise ValueError(f"{name}: {error}") from None
    return join(rows)


def _written(table: Table, rows: Iterable[Row], delimiter: str) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(
        [_cell(column, row.get(column.name)) for column in table.columns] for row in rows
    )
    return text.getvalue()


def _read(table: Table, text: str) -> Iterator[Row]:
    # A cell may be as long as the file; the limit is csv's own, for everybody.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    # The names of columns have none of the delimiters in them.
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS.values(), key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns = {column.name: column for column in table.columns}
    header = next(lines, [])
    if sorted(header) != sorted(columns):
        raise ValueError(f"the columns should be {', '.join(columns)}")
    for cells in filter(None, lines):
        try:
            named = zip(header, cells, strict=True)
            yield {name: _value(columns[name], cell) for name, cell in named}
        except ValueError as error:
            raise ValueError(f"line {lines.line_num}: {error}") from None


def _cell(column: Column, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    if not value and not column.nullable:
        return ""
    return f"'{value}" if _GUARDED.match(value) else value


def _value(column: Column, cell: str) -> Value:
    if column.type == "integer":
        if cell or not column.nullable:
            return int(cell)
        return None
    if not cell:
        return None if column.nullable else ""
    return cell[1:] if cell[0] == "'" and _GUARDED.match(cell, 1) else cell
