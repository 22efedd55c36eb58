"""The model as entity tables with keys between them, and back.

The tables follow from the model's types; nothing but a few names is declared here:

- `Standard` and `RegistryPage` are rows of the table ``standards`` (column ``kind``);
- every list is a table, named after its field; a list of plain values has the columns
  ``position`` and ``value``;
- a single part (``source``, ``technical.authority``) becomes columns of its owner's row,
  their names joined with ``_``;
- ``key`` is a row's own key: the standard's code or, where it has none, the name of its
  file (-2, -3 … where two have the same), and below that the owner's key and the
  position, counted from 1: ``J63991088_9_1`` is the first in the ninth profession;
- every row names all that it lies in, in columns called after them: ``standard``,
  ``profession``, ``work_function``, ``skill``, ``developer``.

Where one table takes several lists, a column says which of them a row stands in, and the
key has it too. Reading back goes by keys and positions: the order of rows and columns
does not matter, but for the order of the standards themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeAlias

from msgspec import Struct, inspect

from profstd.export._files import Names, stem
from profstd.export._shape import MODELS, build
from profstd.model import Model, Standard

ROOT_TABLE = "standards"
KEY, POSITION, VALUE = "key", "position", "value"

# The table and the label of a list whose table is not simply named after its field.
_TABLE_OF: Mapping[tuple[str, str], tuple[str, str | None]] = {
    (ROOT_TABLE, "profession"): ("professions", None),
    ("professions", "functions"): ("work_functions", None),
    ("professions", "listed_functions.mandatory"): ("listed_functions", "mandatory"),
    ("professions", "listed_functions.additional"): ("listed_functions", "additional"),
    (ROOT_TABLE, "technical.authority.contacts"): ("contacts", "authority"),
    ("developers", "contacts"): ("contacts", "developer"),
    (ROOT_TABLE, "technical.contacts"): ("contacts", "standard"),
}
_LABEL_COLUMN: Mapping[str, str] = {"listed_functions": "kind", "contacts": "holder"}

Value: TypeAlias = str | int | None
Row: TypeAlias = dict[str, Value]
Path: TypeAlias = tuple[str, ...]


class Column(NamedTuple):
    """A column. `table` is set where it holds keys of that table."""

    name: str
    type: Literal["text", "integer"]
    nullable: bool
    table: str | None = None


class Table(Struct, frozen=True):
    """A table: its columns in their order; the first is its key."""

    name: str
    columns: tuple[Column, ...]


class _Slot(Struct, frozen=True):
    """Where rows of another table hang on a row: a list (`many`), or a single part."""

    path: Path
    table: str
    label: str | None
    entity: _Entity
    many: bool


class _Entity(Struct, frozen=True):
    """What a type becomes: columns of a row, and the rows that hang on it.

    `optional` holds the paths of the parts that may be absent: present they are where
    one of their columns has a value.
    """

    columns: tuple[tuple[Path, Column], ...]
    slots: tuple[_Slot, ...]
    optional: tuple[Path, ...]


@lru_cache
def tables() -> tuple[Table, ...]:
    """Every table, owners before what they own."""
    found: dict[str, dict[str, Column]] = {}
    for entity in _roots().values():
        _collect(found, ROOT_TABLE, entity, (), None)
    made = [Table(name, tuple(columns.values())) for name, columns in found.items()]
    return tuple(sorted(made, key=lambda table: sum(bool(c.table) for c in table.columns)))


def owner_column(table: str) -> str:
    """The column in which other tables name the row of `table` that theirs lies in."""
    return table.removesuffix("s")


def split(models: Iterable[Model]) -> dict[str, list[Row]]:
    """The rows of every table, in document order. A column that a row lacks is null."""
    rows: dict[str, list[Row]] = {table.name: [] for table in tables()}
    names = Names()
    for model in models:
        start: Row = {KEY: names.claim(_own_name(model))}
        for table, row in _rows(ROOT_TABLE, _roots()[model.kind], model, start, {}):
            rows[table].append(row)
    return rows


def join(rows: Mapping[str, Sequence[Row]]) -> list[Model]:
    """The models that the rows of all tables hold, in the order of ``standards``.

    ValueError for a key that stands twice and for a row that lies in nothing;
    msgspec.ValidationError where the rows make no model.
    """
    heap = _Heap(rows)
    models = [build(_value(heap, ROOT_TABLE, _root(row), row)) for row in heap.roots()]
    heap.refuse_orphans()
    return models


def _own_name(model: Model) -> str:
    code = model.code if isinstance(model, Standard) else model.profession.code
    return code or stem(model.source.file)


@lru_cache
def _roots() -> dict[str, _Entity]:
    return {name: _entity(inspect.type_info(kind), ROOT_TABLE) for name, kind in MODELS.items()}


def _root(row: Row) -> _Entity:
    kind = row["kind"]
    if kind not in MODELS:
        raise ValueError(f"{ROOT_TABLE}: {row[KEY]}: kind is {kind!r}, not {' or '.join(MODELS)}")
    return _roots()[str(kind)]


def _entity(kind: inspect.Type, table: str) -> _Entity:
    """What the items of `table` become, whose type is `kind`."""
    columns: list[tuple[Path, Column]] = []
    slots: list[_Slot] = []
    optional: list[Path] = []

    def visit(kind: inspect.Type, path: Path, absent: bool) -> None:
        kind, nullable = _settle(kind)
        if isinstance(kind, inspect.VarTupleType) or (table, ".".join(path)) in _TABLE_OF:
            slots.append(_slot(kind, table, path))
        elif isinstance(kind, inspect.StructType):
            if nullable:
                # Else a part without a value could not be told from an absent one.
                assert not all(_settle(field.type)[1] for field in kind.fields), path
                optional.append(path)
            for field in kind.fields:
                visit(field.type, (*path, field.name), absent or nullable)
        else:
            column = Column("_".join(path) or VALUE, _type(kind), absent or nullable)
            columns.append((path, column))

    visit(kind, (), False)
    return _Entity(tuple(columns), tuple(slots), tuple(optional))


def _settle(kind: inspect.Type) -> tuple[inspect.Type, bool]:
    """`kind` without constraints and without None, and whether it may be None."""
    if isinstance(kind, inspect.Metadata):
        return _settle(kind.type)
    if isinstance(kind, inspect.UnionType):
        (rest,) = (item for item in kind.types if not isinstance(item, inspect.NoneType))
        return _settle(rest)[0], kind.includes_none
    return kind, False


def _slot(kind: inspect.Type, owner: str, path: Path) -> _Slot:
    table, label = _TABLE_OF.get((owner, ".".join(path)), (path[-1], None))
    if isinstance(kind, inspect.VarTupleType):
        return _Slot(path, table, label, _entity(kind.item_type, table), True)
    return _Slot(path, table, label, _entity(kind, table), False)


def _type(kind: inspect.Type) -> Literal["text", "integer"]:
    if isinstance(kind, inspect.IntType):
        return "integer"
    if isinstance(kind, (inspect.StrType, inspect.LiteralType)):
        return "text"
    raise TypeError(f"no column for {kind}")


def _collect(
    found: dict[str, dict[str, Column]],
    table: str,
    entity: _Entity,
    owners: tuple[str, ...],
    label: str | None,
) -> None:
    columns = [Column(KEY, "text", False)]
    columns += [Column(owner_column(owner), "text", False, owner) for owner in owners]
    if label is not None:
        columns.append(Column(_LABEL_COLUMN[table], "text", False))
    if owners:
        columns.append(Column(POSITION, "integer", False))
    columns += [column for _, column in entity.columns]
    new = {column.name: column for column in columns}
    found[table] = _united(found[table], new) if table in found else new
    for slot in entity.slots:
        _collect(found, slot.table, slot.entity, (*owners, table), slot.label)


def _united(known: dict[str, Column], new: dict[str, Column]) -> dict[str, Column]:
    """The columns of a table that several lists go into; what only some have is nullable."""
    order = list(known)
    before = KEY
    for name in new:
        if name not in known:
            order.insert(order.index(before) + 1, name)
        before = name
    united = {}
    for name in order:
        both = [columns[name] for columns in (known, new) if name in columns]
        nullable = len(both) == 1 or any(column.nullable for column in both)
        united[name] = both[0]._replace(nullable=nullable)
    return united


def _rows(
    table: str, entity: _Entity, item: Any, start: Row, owners: Row
) -> Iterator[tuple[str, Row]]:
    """The row of `item`, which begins with `start`, and the rows that hang on it."""
    key = start[KEY]
    values = {column.name: _reach(item, path) for path, column in entity.columns}
    yield table, {**owners, **start, **values}
    owners = {**owners, owner_column(table): key}
    for slot in entity.slots:
        part = _reach(item, slot.path)
        label: Row = {} if slot.label is None else {_LABEL_COLUMN[slot.table]: slot.label}
        for position, inner in enumerate(part if slot.many else (part,), start=1):
            inner_key = "_".join(str(step) for step in (key, *label.values(), position))
            inner_start: Row = {KEY: inner_key, **label, POSITION: position}
            yield from _rows(slot.table, slot.entity, inner, inner_start, owners)


def _reach(item: Any, path: Path) -> Any:
    for name in path:
        if item is None:
            return None
        item = getattr(item, name)
    return item


class _Heap:
    """The rows of all tables, to be taken by what they hang on; knows which are left."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self._groups: dict[tuple[str, str, str | None], dict[Value, list[Row]]] = {}
        self._rows = {table: {row[KEY]: row for row in found} for table, found in rows.items()}
        self._left = {table: set(found) for table, found in self._rows.items()}
        for table, found in rows.items():
            if len(found) > len(self._rows[table]):
                keys = [row[KEY] for row in found]
                twin = next(key for key in keys if keys.count(key) > 1)
                raise ValueError(f"{table}: the key {twin!r} stands twice")

    def roots(self) -> Iterator[Row]:
        self._left[ROOT_TABLE].clear()
        yield from self._rows[ROOT_TABLE].values()

    def take(self, slot: _Slot, owner: str, key: Value) -> list[Row]:
        """The rows that hang on the row `key` of the table `owner`, by their position."""
        column = owner_column(owner)
        where = (slot.table, column, slot.label)
        if where not in self._groups:
            groups = self._groups[where] = defaultdict(list)
            for row in self._rows[slot.table].values():
                if slot.label is None or slot.label == row[_LABEL_COLUMN[slot.table]]:
                    groups[row[column]].append(row)
        found = self._groups[where].get(key, [])
        self._left[slot.table].difference_update(row[KEY] for row in found)
        return sorted(found, key=lambda row: int(row[POSITION] or 0))

    def refuse_orphans(self) -> None:
        for table, keys in self._left.items():
            if keys:
                raise ValueError(
                    f"{table}: what the row {min(map(str, keys))!r} lies in is not there"
                )


def _value(heap: _Heap, table: str, entity: _Entity, row: Row) -> Any:
    """The plain data that a row and the rows that hang on it hold."""
    if entity.columns[0][0] == ():
        return row[VALUE]
    data: dict[str, Any] = {}
    for path, column in entity.columns:
        _place(data, path, row[column.name])
    for slot in entity.slots:
        found = heap.take(slot, table, row[KEY])
        parts = [_value(heap, slot.table, slot.entity, inner) for inner in found]
        if not slot.many and len(parts) != 1:
            raise ValueError(f"{table}: {row[KEY]}: {len(parts)} rows in {slot.table}, not one")
        _place(data, slot.path, parts if slot.many else parts[0])
    for path in entity.optional:
        part = _reach_data(data, path)
        if all(value is None for value in part.values()):
            _place(data, path, None)
    return data


def _place(data: dict[str, Any], path: Path, value: Any) -> None:
    for name in path[:-1]:
        data = data.setdefault(name, {})
    data[path[-1]] = value


def _reach_data(data: dict[str, Any], path: Path) -> dict[str, Any]:
    for name in path:
        data = data[name]
    return data
