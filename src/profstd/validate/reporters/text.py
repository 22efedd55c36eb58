"""The report for the eye: grouped by file and card, one line a finding."""

from __future__ import annotations

from collections import defaultdict
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from profstd import locale
from profstd.document import Finding, Severity
from profstd.locale import Words
from profstd.validate.excerpt import printable, shorten_arguments
from profstd.validate.place import Place, describe, position
from profstd.validate.report import Checked, Report, coverage, rule_name

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_LETTERS = {Severity.ERROR: "E", Severity.WARNING: "W", Severity.STYLE: "S"}
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.STYLE: "cyan"}
_INDENT = 4
_GAP = 2
_CODE = len("E ST03")
# A name or a statement of usual length is quoted in full, however narrow the terminal is.
_QUOTE = 100


class _Line(NamedTuple):
    """One finding: its place in pieces that are not broken, and itself."""

    where: tuple[str, ...]
    finding: Finding


class _Part(NamedTuple):
    """A card, a chapter, the document as a whole."""

    title: str
    lines: list[_Line]


class _Widths(NamedTuple):
    """The columns that the place and the message of a finding get."""

    place: int
    message: int


def render(report: Report) -> str:
    """The report as text, with terminal colours where `report.look` asks for them."""
    from rich.console import Console

    look = report.look
    target = StringIO()
    console = Console(
        file=target,
        width=look.width,
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    read = [(file, _parts(file)) for file in report.files if file.failure is None]
    widths = _widths([part for _, parts in read for part in parts], look.width)
    for file, parts in read:
        if parts:
            _show_file(console, file, parts, widths)
    clean = [file for file, parts in read if not parts]
    if clean and len(report.files) > 1 and not look.quiet:
        _show_clean(console, clean)
    if look.statistics and report.findings:
        _show_statistics(console, report)
    if not look.quiet:
        _show_summary(console, report)
    return "".join(f"{line.rstrip()}\n" for line in target.getvalue().splitlines())


def _parts(file: Checked) -> list[_Part]:
    """The findings of one file by the part of the document, in the order of the form."""
    assert file.document is not None
    words = locale.load(file.language)
    titles: dict[tuple[int, int], str] = {}
    lines: defaultdict[tuple[int, int], list[_Line]] = defaultdict(list)
    for finding in file.findings:
        place = describe(file.document.model, finding.path, words)
        titles[place.order] = place.part
        lines[place.order].append(_Line(_pieces(position(finding.span, words), place), finding))
    return [_Part(printable(titles[order]), lines[order]) for order in sorted(titles)]


def _widths(parts: list[_Part], width: int) -> _Widths:
    """A place gets what the longest one needs, but at most two fifths of the line."""
    longest = max((len(" ".join(line.where)) for part in parts for line in part.lines), default=0)
    place = min(longest, width * 2 // 5)
    return _Widths(place, max(_CODE, width - _INDENT - place - _GAP - _CODE - _GAP))


def _show_file(console: Console, file: Checked, parts: list[_Part], widths: _Widths) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    words = locale.load(file.language)
    console.print(Text(printable(file.name), style="bold underline"))
    for index, part in enumerate(parts):
        if index:
            console.print()
        console.print(Padding(Text(part.title, style="bold"), (0, 0, 0, 2)))
        table = Table.grid(padding=(0, _GAP, 0, 0))
        table.add_column(width=widths.place)
        table.add_column(width=_CODE)
        table.add_column(width=widths.message, overflow="fold")
        for line in part.lines:
            severity = line.finding.severity
            code = Text.assemble(
                (_LETTERS[severity], _STYLES[severity]), " ", (line.finding.code, "dim")
            )
            where = Text(_wrapped(line.where, widths.place))
            table.add_row(where, code, _message(line.finding, words, widths.message))
        console.print(Padding(table, (0, 0, 0, _INDENT)))
    console.print()


def _show_clean(console: Console, files: list[Checked]) -> None:
    from rich.text import Text

    for file in files:
        clean = locale.load(file.language).say("report.clean")
        console.print(Text.assemble((printable(file.name), "bold"), "  ", (clean, "green")))
    console.print()


def _message(finding: Finding, words: Words, width: int) -> Text:
    from rich.text import Text

    arguments = shorten_arguments(finding.arguments, max(_QUOTE, width))
    message = Text(printable(words.message(finding.code, arguments)))
    if finding.origin is not None:
        message.append(f" ({words.say('report.doubtful')})", style="italic dim")
    return message


def _pieces(where: str, place: Place) -> tuple[str, ...]:
    """«строка 422,», «доп. ТФ 1 →», «навык 2»: the place in the file and in the standard."""
    steps = [f"{step} →" for step in place.steps[:-1]] + list(place.steps[-1:])
    if where:
        steps.insert(0, f"{where}," if steps else where)
    return tuple(map(printable, steps))


def _wrapped(pieces: tuple[str, ...], width: int) -> str:
    """The pieces on as many lines as they need, all but the first indented."""
    lines: list[str] = []
    for piece in pieces:
        if lines and len(lines[-1]) + 1 + len(piece) <= width:
            lines[-1] += f" {piece}"
        else:
            lines.append(f"  {piece}" if lines else piece)
    return "\n".join(lines)


def _show_statistics(console: Console, report: Report) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    words = locale.load(report.language)
    table = Table.grid(padding=(0, _GAP, 0, 0))
    table.add_column(justify="right")
    table.add_column()
    table.add_column()
    for code, count in report.by_code().items():
        table.add_row(str(count), Text(code), Text(rule_name(code, words)))
    console.print(Text(words.say("report.statistics"), style="bold"))
    console.print(Padding(table, (0, 0, 1, 2)))


def _show_summary(console: Console, report: Report) -> None:
    from rich.text import Text

    words = locale.load(report.language)
    parts: list[Text] = []
    if len(report.files) > 1:
        parts.append(Text(words.count(len(report.files), "file")))
    if report.unreadable:
        unread = words.say("report.unreadable", count=report.unreadable)
        parts.append(Text(unread, style="bold red"))
    if report.findings:
        counts = report.by_severity()
        found = [
            Text(words.count(count, severity.value), style=_STYLES[severity])
            for severity, count in counts.items()
            if count
        ]
        parts.append(Text(", ").join(found))
    elif report.unreadable < len(report.files):
        parts.append(Text(words.say("report.clean"), style="green"))
    if read := coverage(report, words):
        parts.append(Text(read))
    if report.findings:
        gravest = min(report.findings, key=lambda finding: finding.severity.rank)
        parts.append(Text(f"profstd explain {gravest.code}", style="dim"))
    if not parts:
        return
    line = Text(" · ").join(parts)
    line.plain = line.plain[:1].upper() + line.plain[1:]
    console.print(line)
