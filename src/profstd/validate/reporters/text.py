"""The report for the eye: grouped by file and card, one line a finding.

A wide terminal has a column for the place; in a narrow one the message stands below it.
"""

from __future__ import annotations

from collections import defaultdict
from io import StringIO
from itertools import zip_longest
from textwrap import wrap
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
_WIDE = 110
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
    place_width = _place_width([part for _, parts in read for part in parts], look.width)
    for file, parts in read:
        if parts:
            _show_file(console, file, parts, place_width)
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


def _place_width(parts: list[_Part], width: int) -> int:
    """What the longest place needs, but at most two fifths; 0 where columns would squeeze."""
    if width < _WIDE:
        return 0
    longest = max((len(" ".join(line.where)) for part in parts for line in part.lines), default=0)
    return min(longest, width * 2 // 5)


def _show_file(console: Console, file: Checked, parts: list[_Part], place_width: int) -> None:
    from rich.text import Text

    words = locale.load(file.language)
    console.print(Text(printable(file.name), style="bold underline"))
    for index, part in enumerate(parts):
        lines = Text("\n" if index else "")
        title = wrap(part.title, max(console.width - 2, _CODE), break_on_hyphens=False)
        lines.append("".join(f"  {line}\n" for line in title), style="bold")
        for line in part.lines:
            if place_width:
                _append_columns(lines, line, words, place_width, console.width)
            else:
                _append_stacked(lines, line, words, console.width)
        # Wrapped already: rich would measure every word again.
        console.print(lines, soft_wrap=True, end="")
    console.print()


def _append_columns(text: Text, line: _Line, words: Words, place_width: int, width: int) -> None:
    """Place, code and message side by side."""
    left = _INDENT + place_width + _GAP + _CODE + _GAP
    message, doubt = _message(line.finding, words, width - left)
    where = _wrapped(line.where, place_width)
    for place, said in zip_longest(where, message, fillvalue=""):
        text.append(f"{'':{_INDENT}}{place:{place_width + _GAP}}")
        if said is message[0]:
            _append_code(text, line.finding)
        else:
            text.append(" " * _CODE)
        text.append(f"{'':{_GAP}}{said}\n")
    _dim_end(text, doubt)


def _append_stacked(text: Text, line: _Line, words: Words, width: int) -> None:
    """The place beside the code, the message below: a narrow terminal has no room for columns."""
    left = _INDENT + _CODE + _GAP
    message, doubt = _message(line.finding, words, width - left)
    text.append(" " * _INDENT)
    _append_code(text, line.finding)
    for index, place in enumerate(_wrapped(line.where, width - left)):
        text.append(f"{'':{left if index else _GAP}}{place}\n")
    if not line.where:
        text.append("\n")
    for said in message:
        text.append(f"{'':{left}}{said}\n")
    _dim_end(text, doubt)


def _append_code(text: Text, finding: Finding) -> None:
    text.append(_LETTERS[finding.severity], style=_STYLES[finding.severity])
    text.append(f" {finding.code}", style="dim")


def _dim_end(text: Text, length: int) -> None:
    if length:
        text.stylize("italic dim", len(text) - length - 1, len(text) - 1)


def _show_clean(console: Console, files: list[Checked]) -> None:
    from rich.text import Text

    for file in files:
        clean = locale.load(file.language).say("report.clean")
        console.print(Text.assemble((printable(file.name), "bold"), "  ", (clean, "green")))
    console.print()


def _message(finding: Finding, words: Words, width: int) -> tuple[list[str], int]:
    """The message on lines of `width`, and how many characters of the last one are a doubt."""
    arguments = shorten_arguments(finding.arguments, max(_QUOTE, width))
    message = printable(words.message(finding.code, arguments))
    doubt = f"({words.say('report.doubtful')})" if finding.origin is not None else ""
    lines = wrap(f"{message} {doubt}".strip(), max(width, _CODE), break_on_hyphens=False) or [""]
    return lines, len(doubt) if lines[-1].endswith(doubt) else 0


def _pieces(where: str, place: Place) -> tuple[str, ...]:
    """«строка 422,», «доп. ТФ 1 →», «навык 2»: the place in the file and in the standard."""
    steps = [f"{step} →" for step in place.steps[:-1]] + list(place.steps[-1:])
    if where:
        steps.insert(0, f"{where}," if steps else where)
    return tuple(map(printable, steps))


def _wrapped(pieces: tuple[str, ...], width: int) -> list[str]:
    """The pieces on as many lines as they need, all but the first indented."""
    lines: list[str] = []
    for piece in pieces:
        if lines and len(lines[-1]) + 1 + len(piece) <= width:
            lines[-1] += f" {piece}"
        else:
            lines += wrap(f"  {piece}" if lines else piece, width, drop_whitespace=True)
    return lines


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
