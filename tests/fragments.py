"""Fragments of the model in YAML, filled up to whole models and documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from profstd.document import Account, Document, Observation, Pointer, Span, Unplaced
from profstd.model import Model, RegistryPage, Source, Standard
from profstd.validate.schema import complete

SOURCE = Source(file="fragment.txt", format="txt", sha256="0" * 64)


def load_cases(path: Path) -> Any:
    """The cases of one YAML file."""
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def standard(fragment: dict[str, Any]) -> Standard:
    """A whole standard of which the fragment says only what matters."""
    made = complete(fragment, Standard)
    assert isinstance(made, Standard)
    return made


def page(fragment: dict[str, Any]) -> RegistryPage:
    """A whole registry page of which the fragment says only what matters."""
    made = complete(fragment, RegistryPage)
    assert isinstance(made, RegistryPage)
    return made


def document(model: Model, reading: dict[str, Any] | None = None) -> Document:
    """A document around a model; `reading` gives observations and unplaced texts."""
    reading = reading or {}
    observations = tuple(
        Observation(
            kind=item["kind"],
            path=Pointer(item.get("path", "")),
            arguments=item.get("arguments", {}),
        )
        for item in reading.get("observations", [])
    )
    places = tuple(
        Unplaced(text=text, span=Span(file=SOURCE.file, line=number))
        for number, text in enumerate(reading.get("unplaced", []), start=1)
    )
    lost = sum(len(item.text) for item in places)
    account = Account(
        characters=1000,
        placed=1000 - lost,
        label=0,
        markup=0,
        furniture=0,
        unplaced=lost,
        places=places,
    )
    return Document(
        model=model, source=SOURCE, spans={}, account=account, observations=observations
    )
