"""The comparison as JSON, typed and versioned: what other programs build upon."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from profstd import __version__, locale
from profstd.compare import Difference, Kind, Side
from profstd.compare.report import Compared, Comparison
from profstd.document import Span
from profstd.locale import Words
from profstd.model import Language, Model
from profstd.validate.place import describe, heading, position
from profstd.validate.schema import schema_of

SCHEMA_VERSION: Literal["1.0"] = "1.0"


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every part of the report is: frozen, named fields, none left out."""


class ToolRecord(Record, frozen=True):
    """The program that wrote the report."""

    name: Annotated[Literal["profstd"], Meta(description="Always «profstd».")]
    version: Annotated[str, Meta(description="Version of the program.")]


class FileRecord(Record, frozen=True):
    """One of the two files."""

    file: Annotated[str, Meta(description="The file as it was asked for.")]
    format: Annotated[str, Meta(description="The format it was read as.")]
    sha256: Annotated[str, Meta(description="SHA-256 of its bytes.")]
    kind: Annotated[
        Literal["standard", "registry_page"], Meta(description="What it was recognised as.")
    ]
    language: Annotated[Language, Meta(description="The language of its labels.")]
    title: Annotated[
        str | None, Meta(description="The title of the standard, the profession of the page.")
    ]
    coverage: Annotated[
        float | None,
        Meta(description="Share of its text that was accounted for, 0-1; null: not assessed."),
    ]


class SideRecord(Record, frozen=True):
    """What stands in one of the files."""

    path: Annotated[
        str,
        Meta(description="JSON Pointer into its model; of what is missing, to what it is not in."),
    ]
    value: Annotated[
        Any, Meta(description="The value or the whole part; null where there is none.")
    ]
    place: Annotated[str, Meta(description="The place in the standard, in words.")]
    position: Annotated[str | None, Meta(description="The place in the file, in words.")]
    span: Annotated[Span | None, Meta(description="The place in the file.")]


class DifferenceRecord(Record, frozen=True):
    """One difference."""

    kind: Annotated[
        Kind, Meta(description="A value that differs, or a part that only one file has.")
    ]
    values: Annotated[
        int, Meta(description="Leaves that differ; in a part: leaves that say something.")
    ]
    first: Annotated[SideRecord, Meta(description="What the first file has.")]
    second: Annotated[SideRecord, Meta(description="What the second file has.")]


class SummaryRecord(Record, frozen=True):
    """The numbers."""

    differences: Annotated[int, Meta(description="Differences in all.")]
    values: Annotated[int, Meta(description="Leaves that differ.")]
    changed: Annotated[int, Meta(description="Values that differ.")]
    only_first: Annotated[int, Meta(description="Parts that only the first file has.")]
    only_second: Annotated[int, Meta(description="Parts that only the second file has.")]


class DiffRecord(Record, frozen=True):
    """What `profstd diff --format json` writes."""

    schema_version: Annotated[Literal["1.0"], Meta(description="Version of this contract.")]
    kind: Annotated[Literal["diff"], Meta(description="Always «diff».")]
    tool: Annotated[ToolRecord, Meta(description="Who wrote it.")]
    first: Annotated[FileRecord, Meta(description="The first file.")]
    second: Annotated[FileRecord, Meta(description="The second file.")]
    differences: Annotated[
        tuple[DifferenceRecord, ...], Meta(description="The differences, in document order.")
    ]
    summary: Annotated[SummaryRecord, Meta(description="The numbers.")]


def render(comparison: Comparison) -> str:
    """The comparison as JSON text, the same bytes for the same differences."""
    words = locale.load(comparison.language)
    kinds = comparison.by_kind()
    models = comparison.first.document.model, comparison.second.document.model
    record = DiffRecord(
        schema_version=SCHEMA_VERSION,
        kind="diff",
        tool=ToolRecord(name="profstd", version=__version__),
        first=_file(comparison.first),
        second=_file(comparison.second),
        differences=tuple(_difference(item, *models, words) for item in comparison.differences),
        summary=SummaryRecord(
            differences=len(comparison.differences),
            values=comparison.values,
            changed=kinds["changed"],
            only_first=kinds["only_first"],
            only_second=kinds["only_second"],
        ),
    )
    return msgspec.json.format(msgspec.json.encode(record), indent=2).decode() + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of the comparison."""
    return schema_of(DiffRecord, "diff", SCHEMA_VERSION)


def _file(compared: Compared) -> FileRecord:
    document = compared.document
    account = document.account
    return FileRecord(
        file=compared.name,
        format=document.source.format,
        sha256=document.source.sha256,
        kind=document.model.kind,
        language=document.model.language,
        title=heading(document.model),
        coverage=None if account is None else round(account.coverage, 6),
    )


def _difference(item: Difference, first: Model, second: Model, words: Words) -> DifferenceRecord:
    return DifferenceRecord(
        kind=item.kind,
        values=item.values,
        first=_side(item.first, first, words),
        second=_side(item.second, second, words),
    )


def _side(side: Side, model: Model, words: Words) -> SideRecord:
    return SideRecord(
        path=str(side.path),
        value=side.value,
        place=str(describe(model, side.path, words)),
        position=position(side.span, words) or None,
        span=side.span,
    )
