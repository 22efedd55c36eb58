"""Shaping plain data into the model: the model's own types say what is missing where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias

from msgspec import Struct, inspect

Maker: TypeAlias = Callable[[Any], Any]


class Untyped(Struct, frozen=True):
    """A scalar that is `text` where a text belongs and `value` anywhere else."""

    text: str
    value: int | float | bool


def complete(fragment: Any, kind: Any) -> Any:
    """A model of the type `kind` made of `fragment`; what that lacks is null or empty.

    A language that is not there is taken for Russian.

    Nothing is validated: a level of 9 stays 9, so that rules can find it. What has the
    wrong type altogether (a text where a list belongs) counts as absent.
    """
    return _maker_of(kind)(fragment)


@cache
def _maker_of(kind: Any) -> Maker:
    return _maker(inspect.type_info(kind))


def _maker(kind: inspect.Type) -> Maker:
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    if isinstance(kind, inspect.UnionType):
        present = next(item for item in kind.types if not isinstance(item, inspect.NoneType))
        make = _maker(present)
        return make if not kind.includes_none else lambda value: _optional(value, make)
    if isinstance(kind, inspect.StructType):
        return _struct_maker(kind)
    if isinstance(kind, inspect.VarTupleType):
        item = _maker(kind.item_type)
        return lambda value: tuple(map(item, value)) if isinstance(value, (list, tuple)) else ()
    if isinstance(kind, inspect.LiteralType):
        values = kind.values
        # Russian is the language of most standards; other literals have one value.
        default = "ru" if "ru" in values else values[0]
        return lambda value: value if value in values else default
    if isinstance(kind, inspect.IntType):
        return _whole
    return lambda value: value if isinstance(value, str) else ""


def _whole(value: Any) -> int:
    """6.0 is a whole number too, as the schema's language has it."""
    if type(value) is float and value.is_integer():
        return int(value)
    return value if type(value) is int else 0


def _optional(value: Any, make: Maker) -> Any:
    if value is None:
        return None
    made = make(value)
    # "" and 0 made of something else stand for "wrong type": absent.
    return made if made == value or not isinstance(made, (str, int)) else None


def _struct_maker(kind: inspect.StructType) -> Maker:
    fields = [(field.name, _maker(field.type)) for field in kind.fields]
    made = kind.cls

    def make(value: Any) -> Any:
        given = value if isinstance(value, dict) else {}
        return made(**{name: maker(given.get(name)) for name, maker in fields})

    return make


def settle(data: Any, kind: Any) -> Any:
    """`data` with every `Untyped` scalar as its place in the type `kind` wants it."""
    return _settler_of(kind)(data)


@cache
def _settler_of(kind: Any) -> Maker:
    return _settler(inspect.type_info(kind))


def _settler(kind: inspect.Type) -> Maker:
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    if isinstance(kind, inspect.UnionType):
        return _settler(next(x for x in kind.types if not isinstance(x, inspect.NoneType)))
    if isinstance(kind, inspect.StructType):
        fields = {field.name: _settler(field.type) for field in kind.fields}
        return lambda data: _settled(data, fields)
    if isinstance(kind, inspect.VarTupleType):
        item = _settler(kind.item_type)
        return lambda data: [item(x) for x in data] if isinstance(data, list) else _settled(data)
    if isinstance(kind, (inspect.StrType, inspect.LiteralType)):
        return lambda data: data.text if isinstance(data, Untyped) else _settled(data)
    return _settled


def _settled(data: Any, fields: Mapping[str, Maker] = MappingProxyType({})) -> Any:
    if isinstance(data, Untyped):
        return data.value
    if isinstance(data, dict):
        return {name: fields.get(name, _settled)(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_settled(item) for item in data]
    return data
