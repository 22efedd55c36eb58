"""What JSON and ndjson say, typed: a tool, a file, a finding, the numbers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from profstd import __version__, locale
from profstd.document import Account, Document, Finding, Severity, Span
from profstd.model import Language
from profstd.validate.place import describe, heading, position
from profstd.validate.report import Checked, Report, rule_name


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every part of the report is: frozen, named fields, none left out."""


class ToolRecord(Record, frozen=True):
    """The program that wrote the report."""

    name: Annotated[Literal["profstd"], Meta(description="Always «profstd».")]
    version: Annotated[str, Meta(description="Version of the program.")]


class FindingRecord(Record, frozen=True):
    """One finding, with the words for it."""

    code: Annotated[str, Meta(description="The rule; `profstd explain CODE` tells about it.")]
    severity: Annotated[Severity, Meta(description="How grave it is, after settings and stage.")]
    name: Annotated[str, Meta(description="What the rule is called.")]
    message: Annotated[str, Meta(description="What is wrong here.")]
    path: Annotated[str, Meta(description="JSON Pointer into the model; empty: all of it.")]
    place: Annotated[str, Meta(description="The place in the standard, in words.")]
    position: Annotated[str | None, Meta(description="The place in the file, in words.")]
    span: Annotated[Span | None, Meta(description="The place in the file.")]
    arguments: Annotated[dict[str, Any], Meta(description="What the message was filled in with.")]
    fingerprint: Annotated[
        str, Meta(description="The same finding in the next version of the file has it again.")
    ]
    origin: Annotated[
        Literal["extraction?"] | None,
        Meta(description="`extraction?`: reading may have caused it; compare with the original."),
    ]


class AccountRecord(Record, frozen=True):
    """Where the characters of the source went; the five counts add up to `characters`."""

    characters: Annotated[int, Meta(description="Characters of the source.")]
    placed: Annotated[int, Meta(description="In a field of the model.")]
    label: Annotated[int, Meta(description="In labels of the form.")]
    markup: Annotated[int, Meta(description="Layout and tags that were dropped.")]
    furniture: Annotated[int, Meta(description="Page numbers and running heads.")]
    unplaced: Annotated[int, Meta(description="In no field: shown as PA01.")]
    coverage: Annotated[float, Meta(description="Share of the characters accounted for, 0-1.")]


class ErrorRecord(Record, frozen=True):
    """Why a file could not be read."""

    reason: Annotated[str, Meta(description="The reason as a key.")]
    message: Annotated[str, Meta(description="The reason in words, and what to do.")]


class FileFacts(Record, frozen=True):
    """One file that was checked."""

    file: Annotated[str, Meta(description="The file as it was asked for.")]
    format: Annotated[str | None, Meta(description="The format it was read as.")]
    sha256: Annotated[str | None, Meta(description="SHA-256 of its bytes.")]
    kind: Annotated[
        Literal["standard", "registry_page"] | None, Meta(description="What it was recognised as.")
    ]
    language: Annotated[Language | None, Meta(description="The language of its labels.")]
    title: Annotated[
        str | None, Meta(description="The title of the standard, the profession of the page.")
    ]
    account: Annotated[
        AccountRecord | None, Meta(description="null: this format is not accounted for.")
    ]
    error: Annotated[ErrorRecord | None, Meta(description="Why it could not be read.")]


class FileRecord(FileFacts, frozen=True):
    """One file that was checked; what could not be read has an error and no findings."""

    findings: Annotated[
        tuple[FindingRecord, ...], Meta(description="The findings, in document order.")
    ]


class SummaryRecord(Record, frozen=True):
    """The numbers."""

    files: Annotated[int, Meta(description="Files asked for.")]
    unreadable: Annotated[int, Meta(description="Files that could not be read.")]
    findings: Annotated[int, Meta(description="Findings of all files.")]
    error: Annotated[int, Meta(description="Errors among them.")]
    warning: Annotated[int, Meta(description="Warnings among them.")]
    style: Annotated[int, Meta(description="Style notes among them.")]
    by_code: Annotated[dict[str, int], Meta(description="Findings of each rule.")]
    waived: Annotated[int, Meta(description="Findings that waivers are about: not among these.")]
    known: Annotated[int, Meta(description="Findings of the baseline: not among these.")]


def tool_record() -> ToolRecord:
    """The program."""
    return ToolRecord(name="profstd", version=__version__)


def summary_record(report: Report) -> SummaryRecord:
    """The numbers of all files together."""
    counts = report.by_severity()
    return SummaryRecord(
        files=len(report.files),
        unreadable=report.unreadable,
        findings=len(report.findings),
        error=counts[Severity.ERROR],
        warning=counts[Severity.WARNING],
        style=counts[Severity.STYLE],
        by_code=report.by_code(),
        waived=report.waived,
        known=report.known,
    )


def finding_record(document: Document, finding: Finding, language: str) -> FindingRecord:
    """A finding with the words of `language`."""
    words = locale.load(language)
    return FindingRecord(
        code=finding.code,
        severity=finding.severity,
        name=rule_name(finding.code, words),
        message=words.message(finding.code, finding.arguments),
        path=finding.path,
        place=str(describe(document.model, finding.path, words)),
        position=position(finding.span, words) or None,
        span=finding.span,
        arguments=finding.arguments,
        fingerprint=finding.fingerprint,
        origin=finding.origin,
    )


def file_record(checked: Checked) -> FileRecord:
    """A file with its findings, or with the reason why it could not be read."""
    document = checked.document
    if document is None or checked.failure is not None:
        source = document.source if document else None
        return FileRecord(
            file=checked.name,
            format=source.format if source else None,
            sha256=source.sha256 if source else None,
            kind=None,
            language=None,
            title=None,
            account=None,
            findings=(),
            error=ErrorRecord(reason=checked.reason or "io", message=checked.failure or ""),
        )
    return FileRecord(
        file=checked.name,
        format=document.source.format,
        sha256=document.source.sha256,
        kind=document.model.kind,
        language=document.model.language,
        title=heading(document.model),
        account=_account(document.account),
        findings=tuple(
            finding_record(document, finding, checked.language) for finding in checked.findings
        ),
        error=None,
    )


def _account(account: Account | None) -> AccountRecord | None:
    if account is None:
        return None
    return AccountRecord(
        characters=account.characters,
        placed=account.placed,
        label=account.label,
        markup=account.markup,
        furniture=account.furniture,
        unplaced=account.unplaced,
        coverage=round(account.coverage, 6),
    )
