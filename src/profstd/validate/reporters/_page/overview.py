"""The head of the page: what was checked, and how many findings there are where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from profstd.document import Severity
from profstd.locale import Words
from profstd.validate.report import Report, coverage
from profstd.validate.reporters._entries import set_aside
from profstd.validate.reporters._page.markup import tag, text
from profstd.validate.reporters._page.parts import FileParts


def header(report: Report, title: str, files: list[FileParts], words: Words) -> str:
    """What was checked, when, and how many findings there are."""
    parts = [tag("h1", text(title))]
    if len(files) == 1:
        named = f"{tag('b', text(files[0].title))} · {text(files[0].checked.name)}"
        parts.append(tag("p", named))
    facts = [coverage(report, words)]
    if report.made:
        made = report.made.strftime(words.say("page.date"))
        facts.insert(0, words.say("page.made", date=made))
    if len(report.files) > 1:
        facts.insert(0, words.count(len(report.files), "file"))
    said = text(" · ".join(filter(None, facts)))
    parts.append(tag("p", said[:1].upper() + said[1:], class_="quiet"))
    if aside := set_aside(report):
        parts.append(tag("p", text(aside), class_="quiet"))
    if report.findings:
        parts.append(_tiles(report.by_severity(), words))
    return tag("header", "\n".join(parts))


def _tiles(counts: Mapping[Severity, int], words: Words) -> str:
    items = (
        tag(
            "li",
            f"{tag('b', str(count), class_='count')} {text(words.say(f'page.{severity.value}'))}",
            class_=severity.value if count else "none",
        )
        for severity, count in counts.items()
    )
    return tag("ul", "".join(items), class_="tiles")


def unread(report: Report, words: Words) -> Iterator[str]:
    """The files that could not be read, and why; nothing where there are none."""
    failed = [file for file in report.files if file.failure is not None]
    if failed:
        items = (
            tag("li", f"{tag('b', text(file.name))}: {text(file.failure or '')}") for file in failed
        )
        title = tag("h2", text(words.say("page.unread")))
        yield tag("section", f"{title}<ul>{''.join(items)}</ul>", class_="unread")


def overview(files: list[FileParts], words: Words) -> str:
    """How many findings there are in each file, or in each part of the only one."""
    if len(files) == 1:
        return by_part(files[0], words)
    rows = (_Row(file.checked.name, file.id, file.counts, {"file": file.id}) for file in files)
    return _table(words.say("page.file"), rows, words)


def by_part(file: FileParts, words: Words) -> str:
    """How many findings there are in each card and chapter of a file."""
    rows = (_Row(part.title, part.id, part.counts, {"part": part.id}) for part in file.parts)
    return _table(words.say("page.part"), rows, words)


def _table(first: str, rows: Iterable[_Row], words: Words) -> str:
    heads = {kind: words.say(f"page.{kind}") for kind in (*Severity, "all")}
    head = "".join(tag("th", text(name), scope="col") for name in (first, *heads.values()))
    caption = tag("caption", text(words.say("page.overview")))
    body = "".join(_counted(row, heads) for row in rows)
    return tag(
        "table", f"{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>", class_="overview"
    )


class _Row(NamedTuple):
    """A row of the overview: its title, where it leads, its numbers, what shows just them."""

    title: str
    target: str
    counts: Counter[Severity]
    filters: dict[str, str]


def _counted(row: _Row, heads: Mapping[str, str]) -> str:
    numbers = {kind.value: row.counts[kind] for kind in Severity} | {"all": row.counts.total()}
    cells = (
        tag(
            "td",
            _number(row, kind, count, heads[kind]) if count else "0",
            class_=f"count {kind if count else 'zero'}",
            data_label=heads[kind],
        )
        for kind, count in numbers.items()
    )
    return tag("tr", tag("th", text(row.title), scope="row") + "".join(cells))


def _number(row: _Row, kind: str, count: int, head: str) -> str:
    """A number that leads to what it counts."""
    filters = {f"data_{name}": value for name, value in row.filters.items()}
    named = tag("span", text(f" {head}, {row.title}"), class_="unseen")
    return tag("a", f"{count}{named}", href=f"#{row.target}", data_show=kind, **filters)
