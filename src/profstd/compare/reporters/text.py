"""The comparison for the eye: grouped by card, what the one file has above what the other has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap
from typing import Any, NamedTuple

from msgspec import Struct

from profstd import locale
from profstd.compare import Difference, Side
from profstd.compare.report import Compared, Comparison
from profstd.compare.wording import contrast
from profstd.document import Pointer, leaves
from profstd.locale import Words
from profstd.validate.excerpt import printable, shorten, shorten_both
from profstd.validate.place import describe, position
from profstd.validate.report import percent

# Fields whose values have words in the locale.
_WORDED = frozenset({"kind", "recognition", "rank"})
# What a part is called by.
_NAMES = ("heading", "name", "term", "abbreviation", "text", "title")
_BOLD, _RED, _GREEN, _PLAIN = "\x1b[1m", "\x1b[31m", "\x1b[32m", "\x1b[0m"
_LEAST = 40
# A name or a statement of usual length is quoted in full, however narrow the terminal is.
_QUOTE = 160


class _Entry(NamedTuple):
    """A difference with the words for where it is: the card, the steps in it."""

    order: tuple[int, int]
    part: str
    steps: str
    difference: Difference


def render(comparison: Comparison) -> str:
    """The comparison as text, with terminal colours where `comparison.look` asks for them."""
    lines: list[str] = []
    entries = sorted(_entries(comparison), key=lambda entry: entry.order)
    if entries:
        for mark, compared in (("1", comparison.first), ("2", comparison.second)):
            lines.append(f"{_coloured(mark, comparison)}  {printable(compared.name)}")
    for part, group in groupby(entries, key=lambda entry: entry.part):
        lines.append("")
        lines += _block(part, 2, comparison, style=_BOLD)
        for entry in group:
            lines += _shown(entry, comparison)
    if not comparison.look.quiet:
        lines += ["", _summary(comparison)] if entries else [_summary(comparison)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _entries(comparison: Comparison) -> Iterator[_Entry]:
    words = locale.load(comparison.language)
    first, second = comparison.first.document.model, comparison.second.document.model
    for difference in comparison.differences:
        place = describe(first, difference.first.path, words)
        steps = place.steps
        if difference.kind == "only_second":
            there = describe(second, difference.second.path, words)
            steps = there.steps if there.part == place.part else (there.part, *there.steps)
        shown = " → ".join(steps) or words.say("diff.whole")
        yield _Entry(place.order, place.part, shown, difference)


def _shown(entry: _Entry, comparison: Comparison) -> Iterator[str]:
    """The place of a difference, then what stands in the one file and in the other."""
    words = locale.load(comparison.language)
    yield from _block(entry.steps, 4, comparison)
    difference = entry.difference
    texts = _values(difference, comparison, words)
    sides = (difference.first, difference.second)
    for mark, side, text in zip("12", sides, texts, strict=True):
        where = position(side.span, words)
        said = f"{where}: {text}" if where else text
        label = f"      {mark}  "
        first, *more = _block(said, len(label), comparison)
        yield first.replace(" " * len(label), label.replace(mark, _coloured(mark, comparison)), 1)
        yield from more
    values = difference.first.value, difference.second.value
    if isinstance(values[0], str) and isinstance(values[1], str) and (found := contrast(*values)):
        one, other = (shorten(text, _QUOTE) for text in found)
        case = "contrast" if one and other else "only_first" if one else "only_second"
        yield from _block(words.say(f"diff.{case}", first=one, second=other), 9, comparison)


def _values(difference: Difference, comparison: Comparison, words: Words) -> tuple[str, str]:
    """What stands on both sides, in words."""
    first, second = difference.first, difference.second
    if isinstance(first.value, str) and isinstance(second.value, str):
        limit = max(_QUOTE, comparison.look.width)
        one, other = shorten_both(first.value, second.value, limit)
        field = str(Pointer(first.path).keys[-1])
        return _quoted(one, field, words), _quoted(other, field, words)
    return _value(first, difference, words), _value(second, difference, words)


def _value(side: Side, difference: Difference, words: Words) -> str:
    value = side.value
    if value is None:
        return words.say("diff.empty" if difference.kind == "changed" else "diff.missing")
    if isinstance(value, (Struct, tuple)):
        return _part(value, difference.values, words)
    keys = side.path.keys
    if isinstance(value, str):
        return _quoted(shorten(value, _QUOTE), str(keys[-1]) if keys else "", words)
    return str(value)


def _quoted(text: str, field: str, words: Words) -> str:
    if field in _WORDED and text in words.table["words"]:
        return str(words.table["words"][text])
    return f"«{text}»"


def _part(value: Any, count: int, words: Words) -> str:
    """A part by its name, and how much more is in it."""
    own = [getattr(value, name, None) for name in _NAMES]
    own += [leaf for _, leaf in leaves(value)]
    name = next((text for text in own if isinstance(text, str) and text), None)
    if name is None:
        return words.count(count, "value")
    quoted = f"«{shorten(name, _QUOTE)}»"
    return quoted if count == 1 else words.say("diff.more", name=quoted, count=count - 1)


def _summary(comparison: Comparison) -> str:
    words = locale.load(comparison.language)
    said = words.say("diff.same")
    if comparison.differences:
        found = words.count(len(comparison.differences), "difference")
        said = words.say("diff.found", found=found, values=comparison.values)
    files = (("1", comparison.first), ("2", comparison.second))
    return " · ".join([said, *(part for mark, file in files for part in _doubt(mark, file, words))])


def _doubt(mark: str, file: Compared, words: Words) -> Iterator[str]:
    """Text of a file that no field took cannot have been compared."""
    account = file.document.account
    if account is None:
        yield f"{mark}: {words.say('report.not_assessed')}"
    elif account.unplaced:
        counted = account.characters - account.unplaced
        share = percent(counted, account.characters, words)
        yield f"{mark}: {words.say('report.coverage', percent=share)}"


def _block(text: str, indent: int, comparison: Comparison, style: str = "") -> list[str]:
    """`text` on lines that fit, indented."""
    width = max(comparison.look.width - indent, _LEAST)
    lines = wrap(printable(text), width, break_on_hyphens=False) or [""]
    if not comparison.look.colour or not style:
        return [f"{'':{indent}}{line}" for line in lines]
    return [f"{'':{indent}}{style}{line}{_PLAIN}" for line in lines]


def _coloured(mark: str, comparison: Comparison) -> str:
    if not comparison.look.colour:
        return mark
    return f"{_RED if mark == '1' else _GREEN}{mark}{_PLAIN}"
