"""The JSON Schemas of the model, and what they say of a document.

Schemas are JSON Schema draft 2020-12, made from the types of `profstd.model`. Typed
decoding (msgspec) is the quick gate; jsonschema is asked only to explain what that
gate refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from inspect import cleandoc
from typing import Any, NamedTuple

import msgspec

from profstd.document import ROOT, Document, Pointer
from profstd.model import SCHEMA_VERSION, RegistryPage, Standard

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TYPES: dict[str, type[msgspec.Struct]] = {"standard": Standard, "registry_page": RegistryPage}


class Refusal(NamedTuple):
    """One thing that the schema refuses: where, by which keyword, what it is and should be."""

    path: Pointer
    keyword: str
    value: Any
    expected: Any


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of the model `name`, "standard" or "registry_page"; KeyError otherwise."""
    return schema_of(_TYPES[name], name, SCHEMA_VERSION)


def schema_of(kind: Any, name: str, version: str) -> dict[str, Any]:
    """The JSON Schema of a typed record, or of a union of some, with a versioned ``$id``."""
    (definition,), components = msgspec.json.schema_components(
        [kind], ref_template="#/$defs/{name}"
    )
    if "$ref" in definition:
        definition = components.pop(definition["$ref"].rpartition("/")[2])
    definition.pop("discriminator", None)  # a word of OpenAPI, not of JSON Schema
    head = {"$schema": DIALECT, "$id": f"urn:profstd:schema:{name}:{version}"}
    whole = {**head, **definition, "$defs": dict(sorted(components.items()))}
    for part in (whole, *whole["$defs"].values()):
        # Docstrings keep their indentation up to Python 3.12 and lose it from 3.13 on.
        if "description" in part:
            part["description"] = cleandoc(part["description"])
    return whole


@lru_cache(maxsize=4)
def refusals(document: Document) -> tuple[Refusal, ...]:
    """Everything in the document's model, or in the data it came from, that the schema refuses."""
    kind = type(document.model)
    data = document.raw
    if data is None:
        encoded = msgspec.json.encode(document.model)
        try:
            msgspec.json.decode(encoded, type=kind)
        except msgspec.ValidationError:
            data = msgspec.json.decode(encoded)
        else:
            return ()
    else:
        try:
            msgspec.convert(data, type=kind)
        except msgspec.ValidationError:
            pass
        else:
            return ()
    return tuple(_explained(data, "standard" if kind is Standard else "registry_page"))


def _explained(data: Any, name: str) -> Iterator[Refusal]:
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(schema(name)).iter_errors(data):
        yield from _refusals(error)


def _refusals(error: Any) -> Iterator[Refusal]:
    """The causes of an error; "null or something" is about the something."""
    if error.validator == "anyOf":
        branches: dict[int, list[Any]] = {}
        for cause in error.context:
            branches.setdefault(cause.schema_path[0], []).append(cause)
        fitting = [
            causes
            for causes in branches.values()
            if not any(cause.validator == "type" and not cause.path for cause in causes)
        ]
        for cause in fitting[0] if fitting else ():
            yield from _refusals(cause)
        if not fitting:
            types = [branch.get("type", "object") for branch in error.validator_value]
            yield Refusal(_pointer(error), "type", error.instance, types)
        return
    path = _pointer(error)
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        # One error comes for each missing name; the name stands only in its message.
        name = next(name for name in missing if error.message.startswith(repr(name)))
        yield Refusal(path / name, "required", None, name)
    elif error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        for name in sorted(set(error.instance) - set(known)):
            yield Refusal(path / name, "additionalProperties", name, sorted(known))
    else:
        yield Refusal(path, error.validator, error.instance, error.validator_value)


def _pointer(error: Any) -> Pointer:
    pointer = ROOT
    for step in error.absolute_path:
        pointer = pointer / step
    return pointer
