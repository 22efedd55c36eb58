"""The settings: defaults < ``profstd.toml`` or ``[tool.profstd]``, found upwards < flags."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct, structs

from profstd.config.toml import Fault, SettingsError, Toml, has_table
from profstd.document import Severity
from profstd.parse.settings import Engine, ReadSettings, TrackedChanges
from profstd.validate.settings import Settings, Stage

__all__ = ["Configuration", "Fault", "Flags", "SettingsError", "find", "load", "schema"]

SCHEMA_VERSION = "1.0"
_FILE = "profstd.toml"
_PROJECT_FILE = "pyproject.toml"
_PROJECT_TABLE = ("tool", "profstd")
_MEGABYTE = 1_000_000

Codes = Annotated[
    tuple[str, ...],
    Meta(description="Codes of rules or their beginnings: ST03, LK."),
]
Size = Annotated[float, Meta(gt=0)] | None


class Configuration(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """What a settings file may say; what it leaves out has these values."""

    lang: Annotated[
        str | None, Meta(description="Language of the messages; the document's if not given.")
    ] = None
    stage: Annotated[Stage, Meta(description="How far the standard has come.")] = "review"
    fail_on: Annotated[
        Severity, Meta(description="Findings of this severity or graver make the exit code 1.")
    ] = Severity.ERROR
    select: Codes = ()
    ignore: Codes = ()
    severity: Annotated[
        dict[str, Severity], Meta(description="Severities by code or its beginning.")
    ] = {}
    rules: Annotated[
        dict[str, dict[str, Any]], Meta(description="Options by code: `profstd explain CODE`.")
    ] = {}
    engine: Annotated[
        Engine, Meta(description="What reads PDF: pdfium is fast, pdfplumber is for comparison.")
    ] = "pdfium"
    tracked_changes: Annotated[
        TrackedChanges, Meta(description="How the tracked changes of a Word file are read.")
    ] = "accepted"
    max_file_size: Annotated[Size, Meta(description="Bigger files are not read; megabytes.")] = None
    max_unpacked_size: Annotated[
        Size, Meta(description="Word files that unpack to more are not read; megabytes.")
    ] = None
    max_pages: Annotated[
        Annotated[int, Meta(gt=0)] | None,
        Meta(description="Files with more pages are not read."),
    ] = None
    time_limit: Annotated[
        Annotated[float, Meta(gt=0)] | None,
        Meta(description="Files that take longer to open are not read; seconds."),
    ] = None

    def settings(self) -> Settings:
        """The part that a check needs."""
        return Settings(
            select=self.select,
            ignore=self.ignore,
            stage=self.stage,
            severity=self.severity,
            options=self.rules,
        )

    def reading(self) -> ReadSettings:
        """The part that a reader needs; sizes become bytes."""
        given: dict[str, Any] = {
            "max_file_size": self.max_file_size and int(self.max_file_size * _MEGABYTE),
            "max_unpacked_size": self.max_unpacked_size and int(self.max_unpacked_size * _MEGABYTE),
            "max_pages": self.max_pages,
            "time_limit": self.time_limit,
        }
        limits = {name: value for name, value in given.items() if value is not None}
        return ReadSettings(engine=self.engine, tracked_changes=self.tracked_changes, **limits)


class Flags(Struct, frozen=True, kw_only=True):
    """What the command line says; it wins over the file. Codes are known to exist."""

    lang: str | None = None
    stage: Stage | None = None
    fail_on: Severity | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    engine: Engine | None = None
    tracked_changes: TrackedChanges | None = None

    def over(self, configuration: Configuration) -> Configuration:
        """`configuration` as the flags change it.

        `select` replaces the file's, and what it names is no longer ignored; `ignore`
        adds to the file's.
        """
        kept = tuple(code for code in configuration.ignore if code not in self.select)
        changes: dict[str, Any] = {
            name: value
            for name in ("lang", "stage", "fail_on", "select", "engine", "tracked_changes")
            if (value := getattr(self, name))
        }
        return structs.replace(configuration, ignore=(*kept, *self.ignore), **changes)


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


def load(file: Path) -> Configuration:
    """The settings in `file`; SettingsError names everything that is wrong with it."""
    from profstd.config.check import checked

    toml = Toml.read(file)
    values = checked(toml, _PROJECT_TABLE if file.name == _PROJECT_FILE else ())
    return Configuration(**values)


def schema() -> dict[str, Any]:
    """The JSON Schema of the settings file, with every rule and its options."""
    from profstd.config.options import rules_schema
    from profstd.locale import languages
    from profstd.validate.schema import schema_of

    made = schema_of(Configuration, "config", SCHEMA_VERSION)
    properties = made["properties"]
    properties["lang"]["anyOf"][0] = {"enum": languages()}
    properties["rules"] = {**rules_schema(), "description": properties["rules"]["description"]}
    return made
