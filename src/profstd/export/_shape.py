"""The kinds of models, and building a model of plain data.

Shape only: a text that misses its pattern or a level of 9 is taken as it is, because a
draft is never refused and what was exported must come back as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import ValidationError, json

from profstd.document import leaves
from profstd.model import Model, RegistryPage, Standard
from profstd.shape import complete

MODELS: Mapping[str, type[Model]] = {"standard": Standard, "registry_page": RegistryPage}


def build(value: Any) -> Model:
    """The model that the plain data `value` (dicts, lists, texts, numbers, None) holds.

    msgspec.ValidationError, with the place, where `value` has not the shape of a model: a
    field missing or unknown, a list where a text belongs.
    """
    kind = value.get("kind") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in MODELS:
        raise ValidationError(f"`/kind` is none of {', '.join(MODELS)}")
    model: Model = complete(value, MODELS[kind])
    expected = json.decode(json.encode(model))
    if expected != value:
        # `complete` has mended the shape: what it changed is what was wrong.
        strange = set(_leaves(value)) ^ set(_leaves(expected))
        raise ValidationError(f"missing, unknown or of another type: `{min(strange)[0]}`")
    return model


def _leaves(value: Any) -> list[tuple[str, str]]:
    return [(str(path), repr(leaf)) for path, leaf in leaves(value)]
