"""What a reporter is given: every file that was asked for, with what was found in it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from profstd.document import Document, Finding, Severity

if TYPE_CHECKING:
    from profstd.locale import Words

# In the head of a report that is a page, so that it is never taken for a standard.
REPORT_MARK = '<meta name="generator" content="profstd report">'


class Checked(Struct, frozen=True, kw_only=True):
    """One file: its findings, or the reason why it could not be read.

    `name` is the file as it was asked for; `language` that of the messages; `reason` is
    a key of ``unreadable`` in the locale and `failure` the same in words, both None for
    a file that was read. A file that is no standard has a document and a reason. `fail_on`
    is the severity from which on a finding fails the run. Findings that a waiver is about,
    or that the baseline knows, are in `waived` and `known` only.
    """

    name: str
    language: str
    document: Document | None = None
    findings: tuple[Finding, ...] = ()
    waived: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()
    reason: str | None = None
    failure: str | None = None
    fail_on: Severity = Severity.ERROR


class Look(Struct, frozen=True, kw_only=True):
    """How a report for the eye is to look; formats for machines have no use for it.

    `width` is in columns. `quiet` leaves out what is no finding.
    """

    width: int = 100
    colour: bool = False
    statistics: bool = False
    quiet: bool = False


class Report(Struct, frozen=True, kw_only=True):
    """The result of checking some files. `language` is that of the words about them all.

    `made` is when they were checked, with a time zone; formats leave out what is None.
    `rules_page` is the address of the page of all rules, whose anchors are their codes.
    """

    files: tuple[Checked, ...]
    language: str
    look: Look = Look()
    made: datetime | None = None
    rules_page: str | None = None

    @property
    def findings(self) -> list[Finding]:
        """The findings of all files, in order."""
        return [finding for file in self.files for finding in file.findings]

    @property
    def unreadable(self) -> int:
        """How many files could not be read."""
        return sum(file.failure is not None for file in self.files)

    @property
    def waived(self) -> int:
        """How many findings waivers keep from counting."""
        return sum(len(file.waived) for file in self.files)

    @property
    def known(self) -> int:
        """How many findings the baseline keeps from counting."""
        return sum(len(file.known) for file in self.files)

    def by_severity(self) -> dict[Severity, int]:
        """The number of findings of each severity, gravest first, zeros included."""
        counts = Counter(finding.severity for finding in self.findings)
        return {severity: counts[severity] for severity in Severity}

    def by_code(self) -> dict[str, int]:
        """The number of findings of each rule that found something, most frequent first."""
        counts = Counter(finding.code for finding in self.findings)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def rule_name(code: str, words: Words) -> str:
    """What a rule is called."""
    return str(words.table["rules"][code]["name"])


def coverage(report: Report, words: Words) -> str:
    """How much of the files' text was accounted for, in words; empty where nothing was read."""
    read = [file.document for file in report.files if file.document and file.failure is None]
    accounts = [document.account for document in read if document.account is not None]
    characters = sum(account.characters for account in accounts)
    if not read:
        return ""
    if len(accounts) < len(read) or not characters:
        return words.say("report.not_assessed")
    unplaced = sum(account.unplaced for account in accounts)
    return words.say("report.coverage", percent=percent(characters - unplaced, characters, words))


def percent(part: int, whole: int, words: Words) -> str:
    """`part` of `whole` in per cent with two decimals; «100» only where it is all."""
    hundredths = part * 10_000 // whole if whole else 10_000
    mark = words.say("report.decimal")
    if hundredths == 10_000:
        return "100"
    return f"{hundredths // 100}{mark}{hundredths % 100:02d}"
