"""The report as workflow commands of GitHub Actions: annotations beside the changed lines.

A command is ``::error file=…,line=…,title=…::message``. GitHub shows the first ten
annotations of each of the three severities of a step, and fifty of a job; what it does not
show is still in the log. Files without lines (Word, PDF) are annotated as a whole, the
place stands in the message.
"""

from __future__ import annotations

from collections.abc import Iterator

from profstd.document import Severity, Span
from profstd.validate.excerpt import printable
from profstd.validate.report import Checked, Report
from profstd.validate.reporters._entries import Entry, entries, summary

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.STYLE: "notice"}


def render(report: Report) -> str:
    """A command a finding, the gravest first, so that they are shown; then the numbers."""
    found: list[tuple[int, str]] = []
    for file in report.files:
        if file.failure is not None:
            found.append((0, _command("error", {**_named(file), "title": "profstd"}, file.failure)))
        else:
            found += [
                (entry.finding.severity.rank, _annotation(file, entry)) for entry in entries(file)
            ]
    lines = [line for _, line in sorted(found, key=lambda item: item[0])]
    return "".join(f"{line}\n" for line in (*lines, f"profstd: {summary(report)}"))


def _annotation(file: Checked, entry: Entry) -> str:
    finding = entry.finding
    facts = {**_named(file), **dict(_lines(finding.span))}
    facts["title"] = f"{finding.code} {entry.rule}"
    place = str(entry.place) if "line" in facts else entry.whole_place
    return _command(_COMMANDS[finding.severity], facts, f"{place}: {entry.said}")


def _named(file: Checked) -> dict[str, str | int]:
    """The file, where it is one: standard input is none."""
    return {} if file.name == "-" else {"file": file.name}


def _lines(span: Span | None) -> Iterator[tuple[str, int]]:
    """Columns only where all is on one line: GitHub takes them for no other place."""
    if span is None or span.line is None or span.page is not None:
        return
    yield "line", span.line
    if span.end_line is not None and span.end_line != span.line:
        yield "endLine", span.end_line
    elif span.column is not None:
        yield "col", span.column
        if span.end_column is not None:
            yield "endColumn", span.end_column + 1


def _command(name: str, facts: dict[str, str | int], message: str) -> str:
    shown = ",".join(f"{key}={_property(str(value))}" for key, value in facts.items())
    return f"::{name} {shown}::{_data(message)}"


def _data(text: str) -> str:
    """A message as the runner reads it back; line ends are spaces before."""
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
