"""The document of a file that holds the model itself, as JSON, YAML or Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

import msgspec
from msgspec import Struct

from profstd.document import (
    ROOT,
    Account,
    Document,
    Pointer,
    Positions,
    Reading,
    Unplaced,
    UnreadableError,
)
from profstd.model import Model, RegistryPage, Standard
from profstd.shape import complete, settle

# From a character of the source to before another.
_Range: TypeAlias = tuple[int, int]

_KINDS: dict[str, type[Model]] = {"standard": Standard, "registry_page": RegistryPage}
# What tells a standard and a page apart where `kind` does not.
_OWN_FIELDS: dict[str, type[Model]] = {"professions": Standard, "profession": RegistryPage}


class _Lost(NamedTuple):
    """A value that no field of the model took; `unknown`: the model has no such field."""

    path: Pointer
    unknown: bool


def restore(reading: Reading) -> Document:
    """The document that the data of `reading` are; the schema's rules say what is wrong.

    Raises UnreadableError ("no_model") where they are neither a standard nor a page.
    """
    positions = reading.positions
    assert positions is not None
    kind = _kind(reading.raw)
    if kind is None:
        raise UnreadableError(reading.source.file, "no_model", known=sorted(_KINDS))
    raw = settle(reading.raw, kind) if reading.untyped else reading.raw
    lost: tuple[_Lost, ...] = ()
    try:
        model: Model = msgspec.convert(raw, kind)
    except msgspec.ValidationError:
        model = complete(raw, kind)
        lost = tuple(_lost(raw, model))
        positions.strangers = frozenset(item.path for item in lost if item.unknown)
    return Document(
        model=model,
        source=reading.source,
        spans=positions,
        counted=lambda: _account(positions, lost, reading.stray or ()),
        raw=raw if reading.stray is None else None,
    )


def _kind(raw: Any) -> type[Model] | None:
    if not isinstance(raw, dict):
        return None
    named = raw.get("kind")
    if isinstance(named, str) and named in _KINDS:
        return _KINDS[named]
    return next((kind for field, kind in _OWN_FIELDS.items() if field in raw), None)


def _lost(raw: Any, model: Model) -> Iterator[_Lost]:
    """What of `raw` is not in `model`, which was made of it."""
    waiting: list[tuple[Pointer, Any, Any]] = [(ROOT, raw, model)]
    while waiting:
        path, given, made = waiting.pop()
        if isinstance(given, dict) and isinstance(made, Struct):
            for name, value in given.items():
                if name in made.__struct_fields__:
                    waiting.append((path / name, value, getattr(made, name)))
                else:
                    yield _Lost(path / name, unknown=True)
        elif isinstance(given, list) and isinstance(made, tuple):
            pairs = enumerate(zip(given, made, strict=True))
            waiting += [(path / index, *pair) for index, pair in pairs]
        elif given != made or isinstance(given, bool):
            yield _Lost(path, unknown=False)


def _account(positions: Positions, lost: tuple[_Lost, ...], stray: tuple[_Range, ...]) -> Account:
    """Where every character went: a value is placed, the name of a field is a label.

    Quotation marks belong to what they enclose; comments are markup. What aliases repeat
    counts once, and as unplaced only where none of its places took it.
    """
    unknown = {item.path: item.unknown for item in lost}
    kinds: dict[_Range, str] = dict.fromkeys(stray, "unplaced")
    waiting = [(ROOT, positions.root, False)]
    while waiting:
        path, extent, missed = waiting.pop()
        if extent.name:
            _mark(kinds, extent.name, "label", missed or unknown.get(path, False))
        missed = missed or path in unknown
        if extent.inside is None:
            _mark(kinds, (extent.start, extent.end), "placed", missed)
        else:
            inside = extent.inside
            pairs = inside.items() if isinstance(inside, dict) else enumerate(inside)
            waiting += [(path / key if lost else ROOT, item, missed) for key, item in pairs]
    counts: Counter[str] = Counter()
    for (start, end), kind in kinds.items():
        counts[kind] += end - start
    ranges = sorted(place for place, kind in kinds.items() if kind == "unplaced")
    text = positions.text
    return Account(
        characters=len(text),
        placed=counts["placed"],
        label=counts["label"],
        markup=len(text) - counts.total(),
        furniture=0,
        unplaced=counts["unplaced"],
        places=tuple(
            Unplaced(text[start:end], positions.span(start, end))
            for start, end in ranges
            if start < end
        ),
    )


def _mark(kinds: dict[_Range, str], place: _Range, kind: str, missed: bool) -> None:
    if missed:
        kinds.setdefault(place, "unplaced")
    else:
        kinds[place] = kind
