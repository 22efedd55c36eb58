"""Waivers: findings that somebody answers for, until a day, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from msgspec import Struct

from profstd.document import Document, Finding, Span
from profstd.validate.fingerprint import text_of
from profstd.validate.folding import folded


class Waiver(Struct, frozen=True, kw_only=True):
    """Which findings are waived: those that fit everything that is given.

    `codes` are codes or their beginnings; `fingerprint` is that of one finding; `paths`
    are JSON Pointers: the finding is there or below; `text` are words that stand in the
    text it is about. It holds through the day `until`. `place` is where the waiver is
    written, to be shown: "profstd.toml:12"; `span` where that is the document itself.
    """

    codes: tuple[str, ...]
    reason: str
    place: str
    owner: str | None = None
    until: date | None = None
    fingerprint: str | None = None
    paths: tuple[str, ...] | None = None
    text: str | None = None
    span: Span | None = None

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and self.until < today

    def code_of(self, code: str) -> str | None:
        """The entry of `codes` that means the rule `code`; None where none does."""
        return next((item for item in self.codes if code.startswith(item)), None)

    def fits(self, finding: Finding, document: Document) -> bool:
        """Whether it is about `finding`, expired or not."""
        return (
            self.code_of(finding.code) is not None
            and self.fingerprint in (None, finding.fingerprint)
            and (self.paths is None or any(_within(finding.path, path) for path in self.paths))
            and (self.text is None or _says(text_of(document, finding), self.text))
        )


class Expired(Struct, frozen=True):
    """A finding that shows again because the last day of its waiver is over."""

    waiver: Waiver
    finding: Finding


class Unused(Struct, frozen=True):
    """A code of a waiver that waives nothing."""

    waiver: Waiver
    code: str


class Waived(Struct, frozen=True):
    """What the waivers leave of some findings, and what is to be said of the waivers."""

    kept: tuple[Finding, ...]
    waived: tuple[Finding, ...] = ()
    expired: tuple[Expired, ...] = ()
    unused: tuple[Unused, ...] = ()


def waive(
    document: Document,
    findings: Iterable[Finding],
    waivers: Iterable[Waiver],
    *,
    ran: Collection[str],
    silent: Collection[str],
    today: date | None,
) -> Waived:
    """The findings that no waiver is about, those that one is, and idle waivers.

    `ran` are the codes of the rules that looked at the document, `silent` those of the
    rules that did not: a waiver is idle only where all its rules looked. `today` is the
    day to hold waivers against; None asks the clock, where a waiver has a last day.
    """
    waivers = tuple(waivers)
    if not waivers:
        return Waived(tuple(findings))
    day = today or date.today()
    kept: list[Finding] = []
    waived: list[Finding] = []
    expired: list[Expired] = []
    used: set[tuple[int, str]] = set()
    for finding in findings:
        fitting = [
            (n, waiver) for n, waiver in enumerate(waivers) if waiver.fits(finding, document)
        ]
        used |= {(n, waiver.code_of(finding.code) or "") for n, waiver in fitting}
        if any(not waiver.expired(day) for _, waiver in fitting):
            waived.append(finding)
        else:
            kept.append(finding)
            expired += [Expired(waiver, finding) for _, waiver in fitting[:1]]
    idle = (
        Unused(waiver, code)
        for n, waiver in enumerate(waivers)
        for code in waiver.codes
        if (n, code) not in used and _looked(code, ran, silent)
    )
    return Waived(tuple(kept), tuple(waived), tuple(expired), tuple(idle))


def _looked(code: str, ran: Collection[str], silent: Collection[str]) -> bool:
    """Whether every rule whose code begins so has looked at the document."""
    return any(item.startswith(code) for item in ran) and not any(
        item.startswith(code) for item in silent
    )


def _within(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above}/")


def _says(text: str, words: str) -> bool:
    """Whether `words` stand in `text`, whatever their case and punctuation."""
    return f" {folded(words)} " in f" {folded(text)} "
