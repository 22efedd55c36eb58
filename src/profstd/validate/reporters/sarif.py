"""The report as SARIF 2.1.0 (OASIS): what code hosts and editors show beside the text.

A place in a text is a region; columns are counted in characters (`unicodeCodePoints`). A
place in a file without lines (Word, PDF) has no region: none is made up. Its page and box,
or table, row and cell, are properties of the location. Every place is a logical location
too: its `fullyQualifiedName` is the way there in words, its `decoratedName` the JSON
Pointer into the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any
from urllib.parse import quote

import msgspec

from profstd import __version__, locale
from profstd.document import Document, Pointer, Severity, Span
from profstd.locale import Words
from profstd.validate.excerpt import printable
from profstd.validate.place import describe
from profstd.validate.report import Checked, Report
from profstd.validate.reporters._entries import Entry, Explanation, entries, explanations
from profstd.validate.reporters._markup import explained

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.STYLE: "note"}
_ROOT = "%SRCROOT%"
_STANDARD_INPUT = "-"
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "json": "application/json",
    "markdown": "text/markdown",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "yaml": "application/yaml",
}
# Where a span is that has no lines, or which part of the line it is.
_MARKS = ("page", "box", "table", "row", "cell", "paragraph")
# SARIF, section 3.11.6: this would be an embedded link.
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")


def render(report: Report) -> str:
    """The report as a SARIF log with one run; the same text for the same findings."""
    rules = explanations(report)
    indexes = {rule.code: index for index, rule in enumerate(rules)}
    words = locale.load(report.language)
    run = {
        "tool": {"driver": _driver(report, rules, words)},
        "language": report.language,
        "automationDetails": {"id": "profstd/"},
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The folder that profstd was started in."}}
        },
        "properties": {"waived": report.waived, "known": report.known},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "artifacts": [_artifact(file, index) for index, file in enumerate(report.files)],
        "results": [
            _result(file, entry, index, indexes[entry.finding.code])
            for index, file in enumerate(report.files)
            if file.failure is None
            for entry in entries(file)
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=2).decode() + "\n"


def _driver(report: Report, rules: list[Explanation], words: Words) -> dict[str, Any]:
    page = report.rules_page or _published_rules()
    return {
        "name": "profstd",
        "version": __version__,
        "semanticVersion": __version__,
        "language": report.language,
        "rules": [_rule(item, page, words) for item in rules],
    }


def _published_rules() -> str | None:
    """The address of the page of rules, where the package names one among its links."""
    try:
        links = metadata("profstd").get_all("Project-URL") or []
    except PackageNotFoundError:
        return None
    named = (link.partition(",") for link in links)
    return next((url.strip() for label, _, url in named if label.strip() == "Rules"), None)


def _rule(item: Explanation, page: str | None, words: Words) -> dict[str, Any]:
    """A rule with its help; `helpUri` has to be an absolute address (section 3.49.12)."""
    family = item.rule.family
    found = {
        "id": item.code,
        "shortDescription": {"text": item.name},
        "fullDescription": {"text": item.why},
        "help": {
            "text": "\n\n".join(
                (
                    f"{words.say('explain.why')}: {item.why}",
                    f"{words.say('explain.fix')}: {item.fix}",
                    f"{words.say('explain.bad')}:\n{item.bad}",
                    f"{words.say('explain.good')}:\n{item.good}",
                    "\n".join((f"{words.say('explain.basis')}:", *item.basis)),
                )
            ),
            "markdown": explained(item, words),
        },
        "defaultConfiguration": {"level": _LEVELS[item.rule.severity]},
        "properties": {"tags": [family, words.table["families"].get(family, family)]},
    }
    return {**found, "helpUri": f"{page}#{item.code}"} if page else found


def _invocation(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = {"executionSuccessful": not report.unreadable}
    if report.made:
        found["endTimeUtc"] = _utc(report.made)
    notes = [
        {
            "level": "error",
            "message": {"text": _message(file.failure)},
            "descriptor": {"id": f"unreadable/{file.reason or 'io'}"},
            "locations": [{"physicalLocation": {"artifactLocation": _address(file.name, index)}}],
        }
        for index, file in enumerate(report.files)
        if file.failure is not None
    ]
    return {**found, "toolExecutionNotifications": notes}


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _artifact(file: Checked, index: int) -> dict[str, Any]:
    found: dict[str, Any] = {"location": _address(file.name, index), "roles": ["analysisTarget"]}
    if file.document is not None:
        source = file.document.source
        found["hashes"] = {"sha-256": source.sha256}
        if source.format in _TYPES:
            found["mimeType"] = _TYPES[source.format]
    return found


def _address(name: str, index: int) -> dict[str, Any]:
    """Where a file is: below the root, on this machine, or nowhere (standard input)."""
    if name == _STANDARD_INPUT:
        return {"index": index, "description": {"text": "Standard input."}}
    if name.startswith("/"):
        return {"uri": f"file://{quote(name, errors='replace')}", "index": index}
    if re.match(r"[A-Za-z]:/", name):
        return {"uri": f"file:///{name[:2]}{quote(name[2:], errors='replace')}", "index": index}
    return {"uri": quote(name, errors="replace"), "uriBaseId": _ROOT, "index": index}


def _result(file: Checked, entry: Entry, artifact: int, rule: int) -> dict[str, Any]:
    assert file.document is not None
    finding = entry.finding
    address = _address(file.name, artifact)
    words = locale.load(file.language)
    found: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(_text(entry))},
        "locations": [_location(file.document, address, finding.path, finding.span, words)],
        "partialFingerprints": {"profstd/v1": finding.fingerprint},
    }
    related = [
        _location(file.document, address, path, file.document.locate(path), words)
        for path in _others(finding.arguments, finding.path)
    ]
    if related:
        found["relatedLocations"] = [{"id": index, **item} for index, item in enumerate(related)]
    if finding.origin:
        found["properties"] = {"origin": finding.origin}
    return found


def _text(entry: Entry) -> str:
    """The message; with its place where no region shows it: few viewers show other places."""
    return entry.said if _region(entry.finding.span) else f"{entry.whole_place}: {entry.said}"


def _others(arguments: dict[str, Any], path: str) -> Iterator[str]:
    """The other places that a finding is about."""
    for place in arguments.get("places") or ():
        if isinstance(place, str) and not f"{path}/".startswith(f"{place}/"):
            yield place


def _location(
    document: Document, address: dict[str, Any], path: str, span: Span | None, words: Words
) -> dict[str, Any]:
    place = describe(document.model, path, words)
    steps = (place.part, *place.steps)
    physical: dict[str, Any] = {"artifactLocation": address}
    if region := _region(span):
        physical["region"] = region
    found = {
        "physicalLocation": physical,
        "logicalLocations": [
            {
                "name": printable(steps[-1]),
                "fullyQualifiedName": printable(" → ".join(steps)),
                "decoratedName": path,
                "kind": _kind(document, path),
            }
        ],
    }
    marks = {name: getattr(span, name) for name in _MARKS if getattr(span, name, None) is not None}
    return {**found, "properties": marks} if marks else found


def _region(span: Span | None) -> dict[str, int] | None:
    """The lines of a text; ends are inclusive with us, the end column exclusive in SARIF."""
    if span is None or span.line is None or span.page is not None:
        return None
    region = {"startLine": span.line}
    if span.column is not None:
        region["startColumn"] = span.column
    if span.end_line is not None:
        region["endLine"] = span.end_line
        if span.end_column is not None:
            region["endColumn"] = span.end_column + 1
    return region


def _kind(document: Document, path: str) -> str:
    """SARIF's word for a piece of data (section 3.33.7)."""
    try:
        node = Pointer(path).resolve(document.model)
    except LookupError:
        return "value"
    if isinstance(node, tuple):
        return "array"
    return "value" if node is None or isinstance(node, (str, int)) else "object"


def _message(text: str | None) -> str:
    return _LINK.sub(r"\\[", printable(text or ""))
