"""Comparing two documents, leaf for leaf: what differs, and where it stands in both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from profstd.compare.alignment import align
from profstd.document import ROOT, Document, Pointer, Span, leaves

__all__ = ["Difference", "Side", "differences"]

Kind: TypeAlias = Literal["changed", "only_first", "only_second"]

# Values that say nothing.
_NOTHING: tuple[Any, ...] = (None, (), "")


class Side(Struct, frozen=True):
    """One side of a difference.

    `path` leads to what differs; where that is on the other side only, to what it would
    stand in. `span` is the place in the file, None where the format knows none.
    """

    path: Pointer
    value: Any
    span: Span | None


class Difference(Struct, frozen=True):
    """What two documents differ in: a leaf, or a part that only one of them has.

    `values` counts the leaves that differ: one, or as many as the part has that say
    something.
    """

    kind: Kind
    first: Side
    second: Side
    values: int


class _Pair(Struct, frozen=True):
    """A difference of two models, before anybody looks for its places."""

    kind: Kind
    first: tuple[Pointer, Any]
    second: tuple[Pointer, Any]
    values: int = 1


def differences(first: Document, second: Document) -> list[Difference]:
    """Everything that differs between the models of two documents, in document order.

    Their sources are set aside. Items of lists are paired as `align` has it, so a missing
    item is one difference and does not make the following ones differ; where pairing them
    by position leaves no more values different, they are paired by position. There is
    no difference if and only if the models are equal but for their sources.
    """
    return [
        Difference(
            kind=pair.kind,
            first=_side(first, *pair.first),
            second=_side(second, *pair.second),
            values=pair.values,
        )
        for pair in _fields(first.model, second.model, ROOT, ROOT)
    ]


def _side(document: Document, path: Pointer, value: Any) -> Side:
    return Side(path=path, value=value, span=document.locate(path))


def _compare(first: Any, second: Any, at: Pointer, there: Pointer) -> Iterator[_Pair]:
    """The differences of what stands at `at` in the one model and at `there` in the other."""
    if isinstance(first, Struct) and isinstance(second, Struct):
        yield from _fields(first, second, at, there)
    elif isinstance(first, tuple) and isinstance(second, tuple):
        yield from _items(first, second, at, there)
    elif first != second:
        one_sided = isinstance(first, Struct) or isinstance(second, Struct)
        kind: Kind = "changed"
        if one_sided:
            kind = "only_second" if first is None else "only_first"
        yield _Pair(kind, (at, first), (there, second), max(_values(first), _values(second)))


def _fields(first: Struct, second: Struct, at: Pointer, there: Pointer) -> Iterator[_Pair]:
    # A standard and a registry page have not the same fields.
    for name in dict.fromkeys((*first.__struct_fields__, *second.__struct_fields__)):
        if name == "source" and at == ROOT:
            continue
        one, other = getattr(first, name, None), getattr(second, name, None)
        if name in first.__struct_fields__ and name in second.__struct_fields__:
            yield from _compare(one, other, at / name, there / name)
        elif one not in _NOTHING:
            yield _only_first(one, at / name, there)
        elif other not in _NOTHING:
            yield _only_second(other, at, there / name)


def _items(
    first: tuple[Any, ...], second: tuple[Any, ...], at: Pointer, there: Pointer
) -> list[_Pair]:
    if first == second:
        return []
    pairs = align(first, second)
    found = _paired(first, second, pairs, at, there)
    by_position = [(index, index) for index in range(len(first))]
    if len(first) == len(second) and pairs != by_position:
        plain = _paired(first, second, by_position, at, there)
        if _sum(plain) <= _sum(found):
            return plain
    return found


def _paired(
    first: tuple[Any, ...],
    second: tuple[Any, ...],
    pairs: list[tuple[int | None, int | None]] | list[tuple[int, int]],
    at: Pointer,
    there: Pointer,
) -> list[_Pair]:
    found: list[_Pair] = []
    for one, other in pairs:
        if other is None:
            assert one is not None
            found.append(_only_first(first[one], at / one, there))
        elif one is None:
            found.append(_only_second(second[other], at, there / other))
        elif first[one] != second[other]:
            found += _compare(first[one], second[other], at / one, there / other)
    return found


def _only_first(value: Any, at: Pointer, there: Pointer) -> _Pair:
    return _Pair("only_first", (at, value), (there, None), _values(value))


def _only_second(value: Any, at: Pointer, there: Pointer) -> _Pair:
    return _Pair("only_second", (at, None), (there, value), _values(value))


def _values(value: Any) -> int:
    """How many leaves of `value` say something; at least one."""
    return max(1, sum(leaf not in _NOTHING for _, leaf in leaves(value)))


def _sum(pairs: list[_Pair]) -> int:
    return sum(pair.values for pair in pairs)
