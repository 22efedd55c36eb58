"""The report as JUnit XML: a suite a file, a case a finding, as CI servers show tests.

The format is that of Ant's JUnitReport task (the stricter of the schemas in use), which
Jenkins, GitLab and others read. A finding at or above the severity that fails the run is a
failure, one below is a skipped case, so that the page is as red as the job. A file that
could not be read is an error, a file without findings one case that passed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from profstd import locale
from profstd.validate.excerpt import printable
from profstd.validate.report import Checked, Report
from profstd.validate.reporters._entries import Entry, entries

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def render(report: Report) -> str:
    """The report as an XML document; the same text for the same findings and time."""
    suites = (_suite(file, index, report) for index, file in enumerate(report.files))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *suites, "</testsuites>", ""]
    return "\n".join(lines)


def _suite(file: Checked, index: int, report: Report) -> str:
    cases = list(_cases(file))
    counts = Counter(kind for kind, _ in cases)
    made = (report.made or _EPOCH).astimezone(UTC)
    facts = _attributes(
        id=index,
        name=file.name,
        package="profstd",
        timestamp=made.strftime("%Y-%m-%dT%H:%M:%S"),
        hostname="localhost",
        tests=len(cases),
        failures=counts["failure"],
        errors=counts["error"],
        skipped=counts["skipped"],
        time=0,
    )
    lines = (
        f"  <testsuite{facts}>",
        f"    <properties>{_properties(file)}</properties>",
        *(text for _, text in cases),
        "    <system-out/>",
        "    <system-err/>",
        "  </testsuite>",
    )
    return "\n".join(lines)


def _properties(file: Checked) -> str:
    """What keeps findings from counting."""
    counts = {"waived": len(file.waived), "known": len(file.known)}
    return "".join(
        f"<property{_attributes(name=name, value=count)}/>"
        for name, count in counts.items()
        if count
    )


def _cases(file: Checked) -> Iterator[tuple[str, str]]:
    """The kind of each case, and its XML."""
    words = locale.load(file.language)
    # Servers part a class from its package at the last full stop: file, then rule.
    package = file.name.replace(".", "_")
    if file.failure is not None:
        reason = file.reason or "io"
        said = _said("error", file.failure, file.failure, type=reason)
        yield "error", _case(f"{package}.unreadable", reason, said)
        return
    names: Counter[tuple[str, str]] = Counter()
    for entry in entries(file):
        finding = entry.finding
        name = f"{finding.code} {entry.place}"
        names[finding.code, name] += 1
        if (count := names[finding.code, name]) > 1:
            name = f"{name} ({count})"
        severity = words.say(f"severities.{finding.severity.value}")
        if finding.severity.rank <= file.fail_on.rank:
            kind = finding.severity.value
            said = _said("failure", entry.said, _details(entry, severity), type=kind)
            yield "failure", _case(f"{package}.{finding.code}", name, said)
        else:
            said = _said("skipped", f"{severity}: {entry.said}", _details(entry, severity))
            yield "skipped", _case(f"{package}.{finding.code}", name, said)
    if not names:
        yield "passed", _case(f"{package}.profstd", words.say("report.clean"), "")


def _details(entry: Entry, severity: str) -> str:
    return "\n".join((entry.whole_place, f"{entry.said}", f"{entry.rule} ({severity})"))


def _case(package: str, name: str, content: str) -> str:
    head = f"    <testcase{_attributes(classname=package, name=name, time=0)}"
    return f"{head}>{content}</testcase>" if content else f"{head}/>"


def _said(kind: str, message: str, text: str, **facts: str) -> str:
    content = "\n".join(escape(printable(line)) for line in text.split("\n"))
    return f"<{kind}{_attributes(message=message, **facts)}>{content}</{kind}>"


def _attributes(**facts: str | int) -> str:
    """White space is single: names are tokens of XML Schema."""
    shown = {name: " ".join(printable(str(value)).split()) for name, value in facts.items()}
    return "".join(f" {name}={quoteattr(value)}" for name, value in shown.items())
