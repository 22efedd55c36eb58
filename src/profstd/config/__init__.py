"""The settings: defaults < ``profstd.toml`` or ``[tool.profstd]``, found upwards < flags.

A file may extend another one. What holds for a document is laid together in this order,
later over earlier (`profstd.config.layers` says how): the file that is extended, the file
itself, those tables ``[[per-file]]`` of the first and then of the second that fit the
document, the flags of the command line.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from msgspec import Struct

from profstd.config.layers import Given, Key, Layer, Origin, Sheet, fields, fits, laid
from profstd.config.toml import Fault, Keys, SettingsError, Toml, has_table
from profstd.config.values import Configuration, Resolved, schema
from profstd.document import Severity
from profstd.parse.settings import Engine, TrackedChanges
from profstd.validate.classifier import Classifier, ClassifierName
from profstd.validate.settings import Stage

__all__ = [
    "Configuration",
    "Fault",
    "Flags",
    "Project",
    "Resolved",
    "SettingsError",
    "find",
    "load",
    "schema",
]

_FILE = "profstd.toml"
_PROJECT_FILE = "pyproject.toml"
_PROJECT_TABLE: Keys = ("tool", "profstd")


class Flags(Struct, frozen=True, kw_only=True):
    """What the command line says; it wins over the file. Codes are known to exist."""

    lang: str | None = None
    stage: Stage | None = None
    fail_on: Severity | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    engine: Engine | None = None
    tracked_changes: TrackedChanges | None = None
    baseline: Path | None = None

    def layer(self) -> Layer:
        """The flags that were given, as settings."""
        layer: dict[Key, Given] = {}
        for field in self.__struct_fields__:
            name = field.replace("_", "-")
            value, origin = getattr(self, field), Origin(flag=f"--{name}")
            if name == "ignore":
                layer.update({(name, code): Given(True, origin) for code in self.ignore})
            elif value:
                layer[(name,)] = Given(value, origin)
        return layer


class Project(Struct, frozen=True):
    """The settings for the files of a folder: of its settings file and of those it extends.

    `folder` is that of the settings file, which globs start from; `sheets` hold what the
    files say, the one that is extended by all the others first.
    """

    folder: Path
    sheets: tuple[Sheet, ...] = ()

    def cases(self, document: Path | None) -> tuple[bool, ...]:
        """Which globs fit the document: the same settings hold where the same ones do."""
        name = self._name(document)
        return tuple(not globs or fits(globs, name) for globs in self._globs)

    def resolve(self, document: Path | None = None, flags: Flags | None = None) -> Resolved:
        """What holds for the document; SettingsError where a file that is named is broken."""
        name = self._name(document)
        sections = [item for sheet in self.sheets for item in sheet.sections]
        waivers = [item for sheet in self.sheets for item in sheet.waivers]
        given = laid(
            [
                *(sheet.layer for sheet in self.sheets),
                *(item.layer for item in sections if fits(item.globs, name)),
                (flags or Flags()).layer(),
            ]
        )
        values = fields(given)
        own = {name: values.pop(name, None) for name in ("baseline", "rules_page")}
        files = values.pop("classifiers", {}).items()
        return Resolved(
            Configuration(
                **values,
                classifiers={kind: file.as_posix() for kind, file in files},
                lists=_lists(given),
            ),
            given=given,
            waivers=tuple(
                item.waiver for item in waivers if not item.globs or fits(item.globs, name)
            ),
            **own,
        )

    @property
    def files(self) -> list[Path]:
        """The files that were read, and those that they name, but for the baselines."""
        found = [sheet.file for sheet in self.sheets]
        for layer in (layer for sheet in self.sheets for layer in sheet.layers):
            found += [given.value for key, given in layer.items() if key[0] == "classifiers"]
        return found

    @property
    def _globs(self) -> list[tuple[str, ...]]:
        found = [item.globs for sheet in self.sheets for item in sheet.sections]
        return found + [item.globs for sheet in self.sheets for item in sheet.waivers]

    def _name(self, document: Path | None) -> str:
        if document is None or not self.sheets:
            return "-"
        return Path(os.path.relpath(os.path.abspath(document), self.folder)).as_posix()


def find(folder: Path) -> Path | None:
    """The settings file for `folder`: the nearest one in it or above it.

    A ``pyproject.toml`` counts only where it has a table ``[tool.profstd]``.
    """
    for place in (folder, *folder.parents):
        # os.path: a folder above that may not be looked into is none of our business.
        if os.path.isfile(file := place / _FILE):
            return file
        if os.path.isfile(file := place / _PROJECT_FILE) and has_table(file, _PROJECT_TABLE):
            return file
    return None


def load(file: Path) -> Project:
    """The settings in `file` and in what it extends; SettingsError names all that is wrong."""
    sheets: list[Sheet] = []
    seen: list[Path] = []
    following: Path | None = file
    while following is not None:
        toml = Toml.read(following)
        sheet = _sheet(toml)
        seen.append(Path(os.path.realpath(following)))
        sheets.insert(0, sheet)
        following = sheet.extends
        if following is not None and (unfit := _unfit(following, seen)):
            line, column = toml.place((*_root(toml.file), "extends"))
            raise SettingsError(toml.file, (Fault(line, column, *unfit),))
    return Project(Path(os.path.abspath(file)).parent, tuple(sheets))


def _sheet(toml: Toml) -> Sheet:
    from profstd.config.check import checked

    return checked(toml, _root(toml.file))


def _root(file: Path) -> Keys:
    return _PROJECT_TABLE if file.name == _PROJECT_FILE else ()


def _unfit(base: Path, seen: list[Path]) -> tuple[str, dict[str, Any]] | None:
    """Why `base` cannot be extended by the files `seen`, the last of which wants to."""
    if not base.is_file():
        return "extends_missing", {"value": base.as_posix()}
    if Path(os.path.realpath(base)) in seen:
        return "extends_cycle", {"chain": " → ".join(file.name for file in [*seen, base])}
    return None


def _lists(given: Layer) -> dict[str, Classifier]:
    """The classifiers whose files are named."""
    from profstd.config.classifiers import ClassifierError

    lists: dict[str, Classifier] = {}
    for key, (file, origin) in given.items():
        if key[0] == "classifiers":
            kind = cast("ClassifierName", key[1])
            try:
                lists[kind] = Classifier(kind, _entries(file, _stamp(file)))
            except ClassifierError as error:
                arguments = {"file": file.as_posix(), **error.arguments}
                fault = Fault(origin.line, origin.column, error.reason, arguments)
                raise SettingsError(origin.file or file, (fault,)) from None
    return lists


@lru_cache(maxsize=16)
def _entries(file: Path, stamp: object) -> dict[str, str]:
    """What a classifier's file says, read again only when it has changed."""
    from profstd.config.classifiers import read_classifier

    return read_classifier(file)


def _stamp(file: Path) -> object:
    try:
        state = file.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size
