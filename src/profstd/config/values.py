"""What settings there are: the types of a settings file, and its JSON Schema."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args

from msgspec import Meta, Struct

from profstd.config.layers import Layer
from profstd.document import Severity
from profstd.parse.settings import Engine, ReadSettings, TrackedChanges
from profstd.validate.baseline import Entry
from profstd.validate.classifier import Classifier, ClassifierName
from profstd.validate.settings import Settings, Stage
from profstd.validate.waivers import Waiver

SCHEMA_VERSION = "1.0"
_MEGABYTE = 1_000_000

Codes = Annotated[
    tuple[str, ...],
    Meta(description="Codes of rules or their beginnings: ST03, LK."),
]
Size = Annotated[float, Meta(gt=0)] | None
_Text = Annotated[str, Meta(min_length=1)]
Globs = Annotated[
    _Text | tuple[_Text, ...],
    Meta(description="Which files: globs as in .gitignore, from the folder of the settings."),
]


class Values(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """The settings that can hold for some files and not for others, with their defaults."""

    lang: Annotated[
        str | None, Meta(description="Language of the messages; the document's if not given.")
    ] = None
    stage: Annotated[Stage, Meta(description="How far the standard has come.")] = "review"
    fail_on: Annotated[
        Severity, Meta(description="Findings of this severity or graver make the exit code 1.")
    ] = Severity.ERROR
    select: Annotated[Codes, Meta(description="Only these rules; empty: all.")] = ()
    ignore: Annotated[Codes, Meta(description="Not these rules.")] = ()
    severity: Annotated[
        dict[str, Severity], Meta(description="Severities by code or its beginning.")
    ] = {}
    rules: Annotated[
        dict[str, dict[str, Any]], Meta(description="Options by code: `profstd explain CODE`.")
    ] = {}
    classifiers: Annotated[
        dict[ClassifierName, _Text],
        Meta(description="Files with the codes of official lists: CSV or JSON."),
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


class PerFile(Values, frozen=True):
    """Settings for some files; a later table wins over an earlier one."""

    files: Globs


class WaiverTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Findings that somebody answers for: those that fit everything that is given."""

    code: Annotated[_Text | tuple[_Text, ...], Meta(description="Codes or their beginnings.")]
    reason: Annotated[_Text, Meta(description="Why it stays.")]
    owner: Annotated[_Text, Meta(description="Who answers for it.")]
    until: Annotated[date, Meta(description="The last day on which it holds: 2027-12-31.")]
    files: Annotated[Globs | None, Meta(description="Which files; all if not given.")] = None
    fingerprint: Annotated[
        Annotated[str, Meta(pattern="^[0-9a-f]{16}(-[0-9]+)?$")] | None,
        Meta(description="That of one finding, from a report in JSON or a baseline."),
    ] = None
    path: Annotated[
        Annotated[str, Meta(pattern="^/")] | None,
        Meta(description="JSON Pointer into the model: findings there and below."),
    ] = None
    text: Annotated[
        _Text | None, Meta(description="Words that stand in the text the finding is about.")
    ] = None


class SettingsFile(Values, frozen=True):
    """What a settings file may say; what it leaves out has these values."""

    extends: Annotated[
        _Text | None, Meta(description="Another settings file that this one is laid over.")
    ] = None
    baseline: Annotated[
        _Text | None, Meta(description="The file with the findings that are known already.")
    ] = None
    rules_page: Annotated[
        Annotated[str, Meta(pattern=r"^(https?|file)://\S+$")] | None,
        Meta(
            description="Where `profstd rules --format markdown` is published: reports link there."
        ),
    ] = None
    per_file: Annotated[
        tuple[PerFile, ...], Meta(description="Settings for some files, in order.")
    ] = ()
    waivers: Annotated[
        tuple[WaiverTable, ...], Meta(description="Findings that somebody answers for.")
    ] = ()


class Configuration(Values, frozen=True):
    """The settings that hold for one document; `lists` are the classifiers that were named."""

    lists: dict[str, Classifier] = {}

    def settings(self, waivers: tuple[Waiver, ...] = (), known: tuple[Entry, ...] = ()) -> Settings:
        """The part that a check needs, with the waivers and what is known of the document."""
        return Settings(
            select=self.select,
            ignore=self.ignore,
            stage=self.stage,
            severity=self.severity,
            options=self.rules,
            classifiers=self.lists,
            waivers=waivers,
            known=known,
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


class Resolved(Struct, frozen=True):
    """What holds for one document: `given` is what was set, with the places.

    `waivers` are those for this document, `baseline` is the file of what is known,
    `rules_page` the address of the page of all rules.
    """

    configuration: Configuration
    given: Layer
    waivers: tuple[Waiver, ...] = ()
    baseline: Path | None = None
    rules_page: str | None = None

    @property
    def named(self) -> list[Path]:
        """The files that the settings name: none of them is a standard."""
        lists = map(Path, self.configuration.classifiers.values())
        return [*lists, *([self.baseline] if self.baseline else [])]


def schema() -> dict[str, Any]:
    """The JSON Schema of the settings file, with every rule and its options."""
    from profstd.config.options import rules_schema
    from profstd.locale import languages
    from profstd.validate.schema import schema_of

    made = schema_of(SettingsFile, "config", SCHEMA_VERSION)
    definitions = made["$defs"]
    definitions["Rules"] = rules_schema()
    for part in (made, definitions["PerFile"]):
        properties = part["properties"]
        properties["lang"]["anyOf"][0] = {"enum": languages()}
        properties["rules"]["$ref"] = "#/$defs/Rules"
        for name in ("type", "additionalProperties"):
            del properties["rules"][name]
        lists = properties["classifiers"]
        lists["properties"] = dict.fromkeys(get_args(ClassifierName), lists["additionalProperties"])
        lists["additionalProperties"] = False
    for entry in definitions["PerFile"]["properties"].values():
        entry.pop("default", None)  # what is not given there is what the file says
    return made
