"""Shaping plain data into the model: the model's own types say what is missing where."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

from msgspec import inspect

Maker: TypeAlias = Callable[[Any], Any]


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
        return lambda value: value if type(value) is int else 0
    return lambda value: value if isinstance(value, str) else ""


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
