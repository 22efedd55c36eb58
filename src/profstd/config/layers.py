"""Settings laid over one another, each with the place where it was given.

A layer is flat: ``("stage",)``, ``("ignore", "SK07")``, ``("severity", "ST03")``,
``("rules", "SK02", "threshold")`` each have a value of their own, so that laying one layer
over another is replacing what both have. `select` is one value: a new one replaces the
old, and what it names is no longer ignored by the layers below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from msgspec import Struct

from profstd.validate.waivers import Waiver

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

Key: TypeAlias = tuple[str, ...]

# Settings whose parts are given one by one, by code or by name.
_LISTS = frozenset({"ignore"})
_TABLES = frozenset({"severity", "classifiers"})


class Origin(Struct, frozen=True):
    """Where a setting was given: a file's line and column, or a flag; neither: the default."""

    file: Path | None = None
    line: int | None = None
    column: int | None = None
    flag: str | None = None


class Given(NamedTuple):
    """A value and where it was given."""

    value: Any
    origin: Origin


Layer: TypeAlias = Mapping[Key, Given]


class Section(Struct, frozen=True):
    """A table ``[[per-file]]``: globs as in ``.gitignore``, and the settings for what fits."""

    globs: tuple[str, ...]
    layer: Layer


class ProjectWaiver(Struct, frozen=True):
    """A waiver of a settings file; `globs` are the files it is for, empty: all."""

    globs: tuple[str, ...]
    waiver: Waiver


class Sheet(Struct, frozen=True):
    """What one settings file says."""

    file: Path
    layer: Layer
    sections: tuple[Section, ...] = ()
    waivers: tuple[ProjectWaiver, ...] = ()
    extends: Path | None = None

    @property
    def layers(self) -> list[Layer]:
        """All its layers."""
        return [self.layer, *(section.layer for section in self.sections)]


def laid(layers: Iterable[Layer]) -> dict[Key, Given]:
    """The layers as one, later ones over earlier ones."""
    whole: dict[Key, Given] = {}
    for layer in layers:
        if ("select",) in layer:
            for code in layer[("select",)].value:
                whole.pop(("ignore", code), None)
        whole.update(layer)
    return whole


def fields(layer: Layer) -> dict[str, Any]:
    """The values of a layer under the names of their settings, lists and tables put together."""
    found: dict[str, Any] = {}
    for key, given in layer.items():
        name = key[0].replace("-", "_")
        if name in _LISTS:
            found[name] = (*found.get(name, ()), key[1])
        elif name in _TABLES:
            found.setdefault(name, {})[key[1]] = given.value
        elif name == "rules":
            found.setdefault(name, {}).setdefault(key[1], {})[key[2]] = given.value
        else:
            found[name] = given.value
    return found


def fits(globs: Sequence[str], file: str) -> bool:
    """Whether `file`, a path from the folder of the settings, fits the globs."""
    return bool(_spec(tuple(globs)).match_file(file))


@lru_cache(maxsize=256)
def _spec(globs: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(globs)
