"""The report for the eye: grouped by file and card, one line a finding.

A wide terminal has a column for the place; in a narrow one the message stands below it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import NamedTuple, TypeAlias

from profstd import locale
from profstd.document import Finding, Severity
from profstd.locale import Words
from profstd.validate.excerpt import printable, shorten_arguments
from profstd.validate.place import Place, describe, position
from profstd.validate.report import Checked, Report, coverage, rule_name

_Paint: TypeAlias = Callable[[str, str], str]

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
    look = report.look
    paint = _painter(look.colour)
    read = [(file, _parts(file)) for file in report.files if file.failure is None]
    place_width = _place_width([part for _, parts in read for part in parts], look.width)
    lines: list[str] = []
    for file, parts in read:
        if parts:
            lines += (*_file(file, parts, place_width, look.width, paint), "")
    clean = [file for file, parts in read if not parts]
    if clean and len(report.files) > 1 and not look.quiet:
        lines += (*_clean(clean, paint), "")
    if look.statistics and report.findings:
        lines += (*_statistics(report, paint), "")
    if not look.quiet and (summary := _summary(report, paint)):
        lines += _filled(summary, look.width) if not look.colour else [summary]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _painter(colour: bool) -> _Paint:
    """What puts a text into a style."""
    if not colour:
        return lambda text, style: text
    from rich.color import ColorSystem
    from rich.style import Style

    return lambda text, style: Style.parse(style).render(text, color_system=ColorSystem.STANDARD)


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


def _file(
    file: Checked, parts: list[_Part], place_width: int, width: int, paint: _Paint
) -> Iterator[str]:
    words = locale.load(file.language)
    yield paint(printable(file.name), "bold underline")
    for index, part in enumerate(parts):
        if index:
            yield ""
        for title in _filled(part.title, max(width - 2, _CODE)):
            yield f"  {paint(title, 'bold')}"
        for line in part.lines:
            if place_width:
                yield from _columns(line, words, place_width, width, paint)
            else:
                yield from _stacked(line, words, width, paint)


def _columns(
    line: _Line, words: Words, place_width: int, width: int, paint: _Paint
) -> Iterator[str]:
    """Place, code and message side by side."""
    left = _INDENT + place_width + _GAP + _CODE + _GAP
    message = _message(line.finding, words, width - left, paint)
    codes = [_code(line.finding, paint)]
    for place, code, said in zip_longest(_wrapped(line.where, place_width), codes, message):
        start = f"{'':{_INDENT}}{place or '':{place_width + _GAP}}{code or ' ' * _CODE}"
        yield f"{start}{'':{_GAP}}{said or ''}"


def _stacked(line: _Line, words: Words, width: int, paint: _Paint) -> Iterator[str]:
    """The place beside the code, the message below: a narrow terminal has no room for columns."""
    left = _INDENT + _CODE + _GAP
    places = _wrapped(line.where, width - left) or [""]
    yield f"{'':{_INDENT}}{_code(line.finding, paint)}{'':{_GAP}}{places[0]}"
    for said in (*places[1:], *_message(line.finding, words, width - left, paint)):
        yield f"{'':{left}}{said}"


def _code(finding: Finding, paint: _Paint) -> str:
    letter = paint(_LETTERS[finding.severity], _STYLES[finding.severity])
    return letter + paint(f" {finding.code}", "dim")


def _clean(files: list[Checked], paint: _Paint) -> Iterator[str]:
    for file in files:
        clean = locale.load(file.language).say("report.clean")
        yield f"{paint(printable(file.name), 'bold')}  {paint(clean, 'green')}"


def _message(finding: Finding, words: Words, width: int, paint: _Paint) -> list[str]:
    """The message on lines of `width`."""
    arguments = shorten_arguments(finding.arguments, max(_QUOTE, width))
    message = printable(words.message(finding.code, arguments))
    doubt = f"({words.say('report.doubtful')})" if finding.origin is not None else ""
    lines = _filled(f"{message} {doubt}".strip(), max(width, _CODE))
    if doubt and lines[-1].endswith(doubt):
        lines[-1] = lines[-1].removesuffix(doubt) + paint(doubt, "italic dim")
    return lines


def _filled(text: str, width: int) -> list[str]:
    """`text` on lines of `width`, broken at spaces; only a word that is longer is cut."""
    lines = []
    while len(text) > width:
        cut = text.rfind(" ", 1, width + 1)
        if cut < 0 or text[:cut].isspace():
            cut = width
        lines.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*lines, text] if text or not lines else lines


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
            lines += _filled(f"  {piece}" if lines else piece, width)
    return lines


def _statistics(report: Report, paint: _Paint) -> Iterator[str]:
    words = locale.load(report.language)
    counts = report.by_code()
    wide = max(len(str(count)) for count in counts.values())
    yield paint(words.say("report.statistics"), "bold")
    for code, count in counts.items():
        yield f"  {count:{wide}}  {code}  {rule_name(code, words)}"


def _summary(report: Report, paint: _Paint) -> str:
    words = locale.load(report.language)
    parts: list[tuple[str, str]] = []
    if len(report.files) > 1:
        parts.append((words.count(len(report.files), "file"), ""))
    if report.unreadable:
        parts.append((words.say("report.unreadable", count=report.unreadable), "bold red"))
    if report.findings:
        found = (
            paint(words.count(count, severity.value), _STYLES[severity])
            for severity, count in report.by_severity().items()
            if count
        )
        parts.append((", ".join(found), ""))
    elif report.unreadable < len(report.files):
        parts.append((words.say("report.clean"), "green"))
    if read := coverage(report, words):
        parts.append((read, ""))
    if report.findings:
        gravest = min(report.findings, key=lambda finding: finding.severity.rank)
        parts.append((f"profstd explain {gravest.code}", "dim"))
    if not parts:
        return ""
    (first, style), *rest = parts
    parts = [(first[:1].upper() + first[1:], style), *rest]
    return " · ".join(paint(text, style) if style else text for text, style in parts)
