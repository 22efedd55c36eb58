"""The report as JSON, typed and versioned: what other programs build upon."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from profstd.validate.report import Report
from profstd.validate.reporters._records import (
    FileRecord,
    Record,
    SummaryRecord,
    ToolRecord,
    file_record,
    finding_record,
    summary_record,
    tool_record,
)
from profstd.validate.schema import schema_of

__all__ = ["finding_record", "render", "schema"]

SCHEMA_VERSION: Literal["1.0"] = "1.0"


class ReportRecord(Record, frozen=True):
    """What `profstd validate --format json` writes."""

    schema_version: Annotated[Literal["1.0"], Meta(description="Version of this contract.")]
    kind: Annotated[Literal["report"], Meta(description="Always «report».")]
    tool: Annotated[ToolRecord, Meta(description="Who wrote it.")]
    files: Annotated[
        tuple[FileRecord, ...], Meta(description="A record for each file, in the order asked for.")
    ]
    summary: Annotated[SummaryRecord, Meta(description="The numbers.")]


def render(report: Report) -> str:
    """The report as JSON text, the same bytes for the same findings."""
    record = ReportRecord(
        schema_version=SCHEMA_VERSION,
        kind="report",
        tool=tool_record(),
        files=tuple(file_record(checked) for checked in report.files),
        summary=summary_record(report),
    )
    return msgspec.json.format(msgspec.json.encode(record), indent=2).decode() + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of the report."""
    return schema_of(ReportRecord, "report", SCHEMA_VERSION)
