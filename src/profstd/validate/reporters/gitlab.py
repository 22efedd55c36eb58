"""The report for GitLab's code quality widget (``artifacts:reports:codequality``).

A JSON array, an entry a finding. GitLab wants a line of every entry: where the file has
none (Word, PDF), that is line 1, and the place stands in the description. Fingerprints are
unique in the report and the same in the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import msgspec

from profstd.document import Severity, Span
from profstd.validate.excerpt import printable
from profstd.validate.report import Checked, Report
from profstd.validate.reporters._entries import Entry, entries

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.STYLE: "info"}


def render(report: Report) -> str:
    """The report as JSON text, the same for the same findings."""
    found = [item for file in report.files for item in _items(file)]
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n"


def _items(file: Checked) -> Iterator[dict[str, Any]]:
    if file.failure is not None:
        reason = file.reason or "io"
        yield _item(file, "unreadable", "blocker", printable(file.failure), reason, 1)
        return
    for entry in entries(file):
        finding = entry.finding
        yield _item(
            file,
            finding.code,
            _SEVERITIES[finding.severity],
            _description(entry),
            finding.fingerprint,
            _line(finding.span),
        )


def _item(
    file: Checked, check: str, severity: str, description: str, fingerprint: str, line: int
) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": check,
        "fingerprint": sha256(f"{file.name}\0{check}\0{fingerprint}".encode()).hexdigest(),
        "severity": severity,
        "location": {"path": file.name, "lines": {"begin": line}},
    }


def _description(entry: Entry) -> str:
    return f"{entry.finding.code} {entry.rule}. {entry.whole_place}: {entry.said}"


def _line(span: Span | None) -> int:
    return span.line if span and span.line is not None and span.page is None else 1
