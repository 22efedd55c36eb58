"""The report as ndjson: one JSON record a line, for programs that read as they go.

The first line is the report's head, then come a line a file and a line a finding of it;
the last line has the numbers. What the lines say, the JSON report says in the same words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta
from msgspec.structs import asdict

from profstd.validate.report import Report
from profstd.validate.reporters._records import (
    FileFacts,
    FindingRecord,
    Record,
    SummaryRecord,
    ToolRecord,
    file_record,
    summary_record,
    tool_record,
)
from profstd.validate.schema import schema_of

SCHEMA_VERSION: Literal["1.0"] = "1.0"


class Head(Record, frozen=True, tag_field="record", tag="head"):
    """The first line: what this is and who wrote it."""

    schema_version: Annotated[Literal["1.0"], Meta(description="Version of this contract.")]
    tool: Annotated[ToolRecord, Meta(description="Who wrote it.")]


class FileLine(FileFacts, frozen=True, tag_field="record", tag="file"):
    """A file; the lines of its findings follow."""

    finding_count: Annotated[int, Meta(description="How many findings follow.")]


class FindingLine(FindingRecord, frozen=True, tag_field="record", tag="finding"):
    """A finding of the file of the last line that was one."""

    file: Annotated[str, Meta(description="The file as it was asked for.")]


class SummaryLine(SummaryRecord, frozen=True, tag_field="record", tag="summary"):
    """The last line: the numbers. A report without it was cut off."""


Line: TypeAlias = Head | FileLine | FindingLine | SummaryLine


def render(report: Report) -> str:
    """The report, a record a line, the same bytes for the same findings."""
    encoded = msgspec.json.Encoder().encode_lines(_lines(report))
    return encoded.decode()


def schema() -> dict[str, Any]:
    """The JSON Schema of one line."""
    whole = schema_of(Line, "report_line", SCHEMA_VERSION)
    for part in whole["$defs"].values():
        if "record" in part.get("properties", {}):
            part["properties"]["record"]["description"] = "What the line tells of."
    return whole


def _lines(report: Report) -> Iterator[Line]:
    yield Head(schema_version=SCHEMA_VERSION, tool=tool_record())
    for checked in report.files:
        facts = asdict(file_record(checked))
        findings = facts.pop("findings")
        yield FileLine(finding_count=len(findings), **facts)
        for finding in findings:
            yield FindingLine(file=checked.name, **asdict(finding))
    yield SummaryLine(**asdict(summary_record(report)))
