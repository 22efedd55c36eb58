"""What formats for people and for CI say of a finding, and of the rule behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from profstd import locale
from profstd.document import Finding, Severity
from profstd.locale import Words
from profstd.validate import all_rules
from profstd.validate.excerpt import printable, shorten_arguments
from profstd.validate.place import Place, describe, position
from profstd.validate.report import Checked, Report, rule_name
from profstd.validate.rule import Rule


class Entry(NamedTuple):
    """A finding in words, each on one line and safe to show.

    `position` is where it stands in the file and `doubt` that reading may have caused it;
    both may be empty.
    """

    finding: Finding
    rule: str
    message: str
    doubt: str
    place: Place
    position: str

    @property
    def where(self) -> str:
        """«стр. 23, доп. ТФ 1 → навык 2»: the file's place, and the steps inside the part."""
        return ", ".join(filter(None, (self.position, " → ".join(self.place.steps))))

    @property
    def whole_place(self) -> str:
        """«стр. 23, Карточка 12 «…» → доп. ТФ 1 → навык 2»."""
        return ", ".join(filter(None, (self.position, str(self.place))))

    @property
    def said(self) -> str:
        """The message, and the doubt where there is one."""
        return f"{self.message} ({self.doubt})" if self.doubt else self.message


class Explanation(NamedTuple):
    """What there is to say of a rule; the examples may have several lines."""

    rule: Rule
    name: str
    why: str
    fix: str
    bad: str
    good: str
    basis: tuple[str, ...]

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code


def entries(file: Checked, *, quote: int | None = None) -> Iterator[Entry]:
    """The findings of a file that was read, in its language.

    `quote` is how many characters of a text messages quote before they shorten it.
    """
    words = locale.load(file.language)
    for finding in file.findings:
        assert file.document is not None
        place = describe(file.document.model, finding.path, words)
        arguments = shorten_arguments(finding.arguments, quote) if quote else finding.arguments
        yield Entry(
            finding=finding,
            rule=rule_name(finding.code, words),
            message=printable(words.message(finding.code, arguments)),
            doubt=words.say("report.doubtful") if finding.origin else "",
            place=Place(printable(place.part), tuple(map(printable, place.steps)), place.order),
            position=position(finding.span, words),
        )


def explanations(report: Report) -> list[Explanation]:
    """The rules that found something, by code, in the language of the report."""
    words = locale.load(report.language)
    found = report.by_code()
    return [_explanation(rule, words) for rule in all_rules() if rule.code in found]


def summary(report: Report) -> str:
    """«27 ошибок, 104 предупреждения, не прочитано: 1 файл», or that nothing was found."""
    words = locale.load(report.language)
    said = tally(report.by_severity(), words)
    if not said and (not report.files or report.unreadable < len(report.files)):
        said = words.say("report.clean")
    unread = words.say("report.unreadable", count=report.unreadable) if report.unreadable else ""
    return ", ".join(filter(None, (said, unread)))


def set_aside(report: Report) -> str:
    """How many findings waivers and the baseline keep from counting; empty where none."""
    words = locale.load(report.language)
    if not report.waived and not report.known:
        return ""
    return words.say("cli.set_aside", known=report.known, waived=report.waived)


def tally(counts: dict[Severity, int], words: Words) -> str:
    """How many findings there are of each severity that has any."""
    return ", ".join(
        words.count(count, severity.value) for severity, count in counts.items() if count
    )


def _explanation(rule: Rule, words: Words) -> Explanation:
    entry = words.table["rules"][rule.code]
    why, fix, bad, good = (str(entry[part]).strip() for part in ("why", "fix", "bad", "good"))
    basis = tuple(words.say(f"bases.{name.value}") for name in rule.basis)
    return Explanation(rule, rule_name(rule.code, words), why, fix, bad, good, basis)
