"""TD: technical data, chapter 4 of the standard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from profstd.document import ROOT, Pointer
from profstd.model import Approval, Decision, Standard
from profstd.validate.rule import ERROR, WARNING, Basis, Hit, rule
from profstd.validate.wording import folded, stem

_TECHNICAL = ROOT / "technical"
_REVIEW = _TECHNICAL / "review_date"

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_ApprovalName: TypeAlias = Literal["sector_council", "national_body", "chamber", "approval"]
# In the order in which the form names them; the ministry's order comes last.
_APPROVALS: tuple[_ApprovalName, ...] = ("sector_council", "national_body", "chamber", "approval")


class _Given(NamedTuple):
    """An approval that the standard has: which, where, its number and date as read."""

    name: _ApprovalName
    path: Pointer
    number: str | None
    printed: str | None

    @property
    def day(self) -> date | None:
        return _day(self.printed)


def _given(standard: Standard, names: Sequence[_ApprovalName]) -> Iterator[_Given]:
    for name in names:
        path = ROOT / name if name == "approval" else _TECHNICAL / name
        found: Approval | Decision | None = (
            standard.approval if name == "approval" else getattr(standard.technical, name, None)
        )
        if found is not None and (found.number or found.date):
            yield _Given(name, path, found.number, found.date)


def _day(text: str | None) -> date | None:
    """A date that the calendar has; None for any other text."""
    try:
        return date.fromisoformat(text) if text and _ISO.fullmatch(text) else None
    except ValueError:
        return None


@rule("TD01", WARNING, Basis.TEMPLATE)
def approval_without_date(
    standard: Standard, *, approvals: Sequence[_ApprovalName] = _APPROVALS
) -> Iterator[Hit]:
    """An approval that has a number has a date. One that has neither is ST01's."""
    for item in _given(standard, approvals):
        if not item.printed:
            arguments = {"field": item.name, "number": item.number}
            yield Hit(item.path / "date", arguments, pending=True)


@rule("TD02", WARNING, Basis.TEMPLATE, Basis.PRACTICE)
def approval_without_number(
    standard: Standard, *, approvals: Sequence[_ApprovalName] = _APPROVALS
) -> Iterator[Hit]:
    """An approval that has a date has the number of its minutes, opinion or order."""
    for item in _given(standard, approvals):
        if not item.number:
            arguments = {"field": item.name, "date": _written(item.printed)}
            yield Hit(item.path / "number", arguments, pending=True)


def _written(text: str | None) -> str | None:
    """An ISO date as the form writes it: 11.07.2025."""
    return ".".join(reversed(text.split("-"))) if text else None


@rule("TD03", WARNING, Basis.PRACTICE)
def approvals_out_of_order(
    standard: Standard, *, order: Sequence[_ApprovalName] = _APPROVALS
) -> Iterator[Hit]:
    """The dates of the approvals rise in the order in which they are given.

    `order`: the approvals, first to last; the form's order by default. One misplaced date
    is told once, against a neighbour that it contradicts.
    """
    dated = [(item, day) for item in _given(standard, order) if (day := item.day)]
    kept = _longest_rising([day for _, day in dated])
    for index, (item, day) in enumerate(dated):
        if index in kept:
            continue
        before = [other for other, then in dated[:index] if then > day]
        after = [other for other, then in dated[index + 1 :] if then < day]
        case, other = ("early", before[-1]) if before else ("late", after[0])
        yield Hit(
            item.path / "date",
            {
                "case": case,
                "field": item.name,
                "date": _written(item.printed),
                "other_field": other.name,
                "other_date": _written(other.printed),
            },
        )


def _longest_rising(days: Sequence[date]) -> set[int]:
    """The positions of a longest row of dates that never fall; of several, the earliest."""
    runs: list[list[int]] = []
    for index, day in enumerate(days):
        before = [run for run in runs if days[run[-1]] <= day]
        runs.append([*(max(before, key=len) if before else []), index])
    longest: list[int] = max(runs, key=len) if runs else []
    return set(longest)


@rule("TD04", ERROR, Basis.TEMPLATE, Basis.PRACTICE)
def impossible_date(
    standard: Standard, *, approvals: Sequence[_ApprovalName] = _APPROVALS
) -> Iterator[Hit]:
    """Dates exist in the calendar, and the review comes after every approval.

    What has not the form of a date is the schema's (SC04).
    """
    given = list(_given(standard, approvals))
    review = standard.technical.review_date
    dates = [(item.path / "date", item.name, item.printed) for item in given]
    for path, name, text in (*dates, (_REVIEW, "review_date", review)):
        if text and _ISO.fullmatch(text) and _day(text) is None:
            yield Hit(path, {"case": "none", "field": name, "date": _written(text)})
    known = [(day, item) for item in given if (day := item.day)]
    last, item = max(known, key=lambda pair: pair[0], default=(None, None))
    day = _day(review)
    if day and last and item and day <= last:
        arguments = {"field": item.name, "other_date": _written(item.printed)}
        yield Hit(_REVIEW, {"case": "review", "date": _written(review), **arguments})


@rule("TD05", WARNING, Basis.PRACTICE)
def year_of_version(
    standard: Standard, *, approvals: Sequence[_ApprovalName] = _APPROVALS
) -> Iterator[Hit]:
    """The year of issue is that of the last approval, or of the order that approves."""
    year = standard.technical.year
    known = [(day, item) for item in _given(standard, approvals) if (day := item.day)]
    if year is None or not known:
        return
    last, item = max(known, key=lambda pair: pair[0])
    opinions = [day for day, other in known if other.name != "approval"]
    if year not in {last.year, max(opinions, default=last).year}:
        arguments = {"year": year, "field": item.name, "date": _written(item.printed)}
        yield Hit(_TECHNICAL / "year", arguments)


# Ministries and agencies by what they are for: up to the country, a date, a number, a mark.
_BODIES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            "ministry",
            r"(?<![\w-])минист(?:р(?:а|у|ом)?|ерств\w*)\s+"
            r"(?:(?P<country>[\w\s,-]{3,120}?)\s+(?:республик\w*\s+казахстан|рк\b)"
            r"|(?P<core>[\w\s-]+?)\s*(?:\b(?:от|за)\b|[№,;:.()«»\"]|$))",
        ),
        (
            "ministry",
            r"(?:(?:қазақстан\s+республикасы(?:ның)?|\bқр)\s+(?P<country>[\w\s,-]{3,120}?)"
            r"|(?P<core>[\w\s-]+?))\s+министр(?:лі[гк]\w*|і\w*)",
        ),
        (
            "agency",
            r"\bагентств\w*\s+(?:(?:республик\w*\s+казахстан|рк)\s+)?"
            r"(?P<core>по\s+[\w\s,-]+?)\s*(?:\b(?:от|за)\b|[№;:.()«»\"]|$)",
        ),
        (
            "agency",
            r"(?:(?:қазақстан\s+республикасы(?:ның)?|\bқр)\s+(?P<country>[\w\s,-]{3,120}?)"
            r"|(?P<core>[\w\s-]+?))\s+агентті[гк]\w*",
        ),
    )
)
_JOINING = frozenset({"и", "по", "және", "мен", "пен", "бен"})


class _Body(NamedTuple):
    """A ministry or an agency: what it is for, as printed, and the stems of its words."""

    kind: str
    printed: str
    stems: tuple[str, ...]

    def is_like(self, other: _Body) -> bool:
        """Whether the two are one body, whatever the case and order of its words."""
        return self.kind == other.kind and sorted(self.stems) == sorted(other.stems)


def _bodies(text: str | None) -> list[_Body]:
    found = []
    for kind, pattern in _BODIES:
        for match in pattern.finditer(text or ""):
            printed = " ".join(next(filter(None, match.groups())).split())
            words = [word for word in folded(printed).split() if word not in _JOINING]
            found.append(_Body(kind, printed, tuple(map(stem, words))))
    return found


@rule("TD06", WARNING, Basis.PRACTICE)
def body_named_differently(standard: Standard) -> Iterator[Hit]:
    """The ministry or agency that approves has one name wherever it is named.

    The line about the order names the body of chapter 4. A developer's ministry is the same
    one under another name where they share at least two words and half of all: two
    ministries that exist side by side have less in common.
    """
    technical = standard.technical
    own = _bodies(technical.authority.name)
    if not own:
        return
    authority = own[0]
    for other in _bodies(standard.approval.text if standard.approval else None)[:1]:
        if not other.is_like(authority):
            yield _named(_TECHNICAL / "authority" / "name", "approval", authority, other)
    for index, developer in enumerate(technical.developers):
        for other in _bodies(developer.name):
            common = len(set(other.stems) & set(authority.stems))
            few = min(len(other.stems), len(authority.stems))
            alike = other.kind == authority.kind and common >= max(2, few / 2)
            if alike and not other.is_like(authority):
                path = _TECHNICAL / "developers" / index / "name"
                yield _named(path, "developer", other, authority)


def _named(path: Pointer, case: str, here: _Body, there: _Body) -> Hit:
    return Hit(path, {"case": case, "name": here.printed, "other_name": there.printed})
