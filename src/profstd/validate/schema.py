"""The model's schema: completing and repairing a fragment so that it becomes a model."""

from __future__ import annotations

from typing import Any

from msgspec import inspect


def complete(fragment: Any, kind: Any) -> Any:
    """A model of the type `kind` made of `fragment`; what that lacks is null or empty.

    Values are not validated: a level of 9 stays 9, so that rules can find it.
    """
    return _complete(fragment, inspect.type_info(kind))


def _complete(value: Any, kind: inspect.Type) -> Any:
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    if isinstance(kind, inspect.UnionType):
        if value is None and kind.includes_none:
            return None
        kind = next(item for item in kind.types if not isinstance(item, inspect.NoneType))
        return _complete(value, kind)
    if isinstance(kind, inspect.StructType):
        given = value if isinstance(value, dict) else {}
        return kind.cls(
            **{
                field.name: _complete(given.get(field.encode_name), field.type)
                for field in kind.fields
            }
        )
    if isinstance(kind, inspect.VarTupleType):
        given = value if isinstance(value, (list, tuple)) else ()
        return tuple(_complete(item, kind.item_type) for item in given)
    if isinstance(kind, inspect.LiteralType):
        return value if value in kind.values else kind.values[0]
    if isinstance(kind, inspect.IntType):
        return value if isinstance(value, int) else 0
    return value if isinstance(value, str) else ""
