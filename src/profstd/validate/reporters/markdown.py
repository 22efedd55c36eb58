"""The report as Markdown: the summary page of a CI job, or a comment under a request.

The numbers first, then the findings of each file by card, the gravest in sight and the rest
folded away. GitHub takes at most 1 MiB for the summary of a step, so what would go beyond
`LIMIT` is left out, and said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from profstd import locale
from profstd.document import Severity
from profstd.locale import Words
from profstd.validate.excerpt import printable
from profstd.validate.report import Checked, Report, coverage
from profstd.validate.reporters._entries import (
    Entry,
    entries,
    explanations,
    set_aside,
    summary,
    tally,
)
from profstd.validate.reporters._markup import literal

# Bytes of the findings; the head and the list of rules are far smaller than the rest of a MiB.
LIMIT = 900_000
_QUOTE = 160
_MARKS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.STYLE: "🔵"}


def render(report: Report) -> str:
    """The report as Markdown with GFM's tables; the same text for the same findings."""
    words = locale.load(report.language)
    said = ", ".join(filter(None, (summary(report), coverage(report, words))))
    parts = [f"## {literal(words.say('page.title'))}", f"**{literal(said)}**"]
    if aside := set_aside(report):
        parts.append(literal(aside))
    if unread := [file for file in report.files if file.failure is not None]:
        parts += [
            f"> [!CAUTION]\n> {literal(file.name)}: {literal(file.failure or '')}"
            for file in unread
        ]
    read = [file for file in report.files if file.failure is None]
    if len(read) > 1:
        parts.append(_files(read, words))
    parts += _limited(read, words)
    if report.findings:
        parts.append(_rules(report, words))
    return "\n\n".join(parts) + "\n"


def _files(files: list[Checked], words: Words) -> str:
    heads = [words.say("page.file"), *(words.say(f"page.{kind.value}") for kind in Severity)]
    rows = [_row(map(literal, heads)), _row(["---", *["---:"] * len(Severity)])]
    for file in files:
        counts = Counter(finding.severity for finding in file.findings)
        rows.append(_row([literal(file.name), *(str(counts[kind]) for kind in Severity)]))
    return "\n".join(rows)


def _limited(files: list[Checked], words: Words) -> Iterator[str]:
    """The findings as far as there is room for them, and how many there was none for."""
    room, left_out = LIMIT, 0
    for file in files:
        if not file.findings:
            continue
        head = f"### {literal(file.name)}"
        room -= len(head.encode()) + 2
        shown = False
        for title, part in _parts(file):
            text = _part(title, part, locale.load(file.language))
            room -= len(text.encode()) + 2
            if room < 0:
                left_out += len(part)
                continue
            if not shown:
                yield head
                shown = True
            yield text
    if left_out:
        yield f"*{literal(words.say('page.left_out', count=str(left_out)))}*"


def _parts(file: Checked) -> Iterator[tuple[str, list[Entry]]]:
    """The findings by part of the document, in the order of the form."""
    found: dict[tuple[int, int], list[Entry]] = {}
    for entry in entries(file, quote=_QUOTE):
        found.setdefault(entry.place.order, []).append(entry)
    for order in sorted(found):
        yield found[order][0].place.part, found[order]


def _part(title: str, part: list[Entry], words: Words) -> str:
    """A card, folded where nothing in it is an error."""
    counts = Counter(entry.finding.severity for entry in part)
    said = tally({kind: counts[kind] for kind in Severity}, words)
    rows = sorted(part, key=lambda entry: entry.finding.severity.rank)
    heads = [words.say(f"page.{name}") for name in ("severity", "place", "rule", "finding")]
    lines = [
        f"<details{' open' if counts[Severity.ERROR] else ''}>",
        f"<summary><b>{_html(title)}</b> · {_html(said)}</summary>",
        "",
        _row(map(literal, heads)),
        _row(["---"] * 4),
        *(_line(entry, words) for entry in rows),
        "",
        "</details>",
    ]
    return "\n".join(lines)


def _line(entry: Entry, words: Words) -> str:
    kind = entry.finding.severity
    severity = f"{_MARKS[kind]} {literal(words.say(f'severities.{kind.value}'))}"
    return _row((severity, literal(entry.where), entry.finding.code, literal(entry.said)))


def _rules(report: Report, words: Words) -> str:
    """The rules that found something, the most frequent first, and what to do."""
    known = {item.code: item for item in explanations(report)}
    heads = [words.say(f"page.{name}") for name in ("count", "rule", "fix")]
    rows = [_row(map(literal, heads)), _row(["---:", "---", "---"])]
    for code, count in report.by_code().items():
        name = literal(known[code].name)
        rows.append(_row((str(count), f"{code} {name}", literal(known[code].fix))))
    return "\n\n".join((f"### {literal(words.say('page.rules'))}", "\n".join(rows)))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _html(text: str) -> str:
    return escape(printable(text))
