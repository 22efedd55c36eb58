"""Fragments of the model in YAML, filled up to whole models and documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from ruamel.yaml import YAML

from profstd.document import Account, Document, Observation, Pointer, Span, Unplaced
from profstd.model import Model, RegistryPage, Source, Standard
from profstd.shape import complete

SOURCE = Source(file="fragment.txt", format="txt", sha256="0" * 64)


def load_cases(path: Path) -> Any:
    """The cases of one YAML file."""
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def standard(fragment: dict[str, Any]) -> Standard:
    """A whole standard of which the fragment says only what matters.

    It is a Russian one, and a work function a mandatory one, unless it says otherwise.
    """
    fragment = {"language": "ru", **fragment}
    professions = fragment.get("professions")
    if isinstance(professions, list):
        functions = (
            {"kind": "mandatory", **function}
            for profession in professions
            for function in profession.get("functions", [])
        )
        professions = [
            {**item, "functions": [next(functions) for _ in item.get("functions", [])]}
            for item in professions
        ]
        fragment = {**fragment, "professions": professions}
    made = complete(fragment, Standard)
    assert isinstance(made, Standard)
    return made


def raw_document(overlay: dict[str, Any]) -> Document:
    """A document read from JSON: a correct model with `overlay` laid over its data."""
    model = standard({**overlay, "source": msgspec.to_builtins(SOURCE)})
    data = msgspec.json.decode(msgspec.json.encode(model))
    _lay(overlay, data)
    return Document(model=complete(data, Standard), source=SOURCE, spans={}, counted=None, raw=data)


def _lay(overlay: dict[str, Any], data: dict[str, Any]) -> None:
    for name, value in overlay.items():
        below = data.get(name)
        if isinstance(value, dict) and isinstance(below, dict):
            _lay(value, below)
        elif isinstance(value, list) and isinstance(below, list):
            for item, laid in zip(value, data[name], strict=True):
                _lay(item, laid)
        elif value == "<missing>":
            del data[name]
        else:
            data[name] = value


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
        model=model, source=SOURCE, spans={}, counted=account, observations=observations
    )


def assert_place(document: Document, path: str) -> None:
    """`path` stands in the model, or is a missing child of something that does."""
    pointer = Pointer(path)
    try:
        pointer.resolve(document.model)
    except LookupError:
        pointer.parent.resolve(document.model)
