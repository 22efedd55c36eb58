"""What there is to say of a rule, and the list of all rules."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from string import Formatter
from textwrap import fill
from typing import NamedTuple

from profstd.cli.outcome import StopError
from profstd.cli.session import fault_words
from profstd.config.check import unknown
from profstd.config.options import plain, settings_text
from profstd.locale import Words
from profstd.validate import all_rules
from profstd.validate.report import rule_name
from profstd.validate.rule import Rule

_INDENT = "  "
# Scopes of rules that need no second document.
_ALONE = ("standard", "reading", "waivers")
_SENTENCE = re.compile(r"(?<=[\w»…)][.?]) (?=[^\W\d_])")


class Chapter(NamedTuple):
    """A titled piece of an explanation; `literal` keeps its lines as they are."""

    title: str
    lines: list[str]
    literal: str | None = None


def told(code: str, words: Words, width: int) -> str:
    """The explanation of a rule, or the list of the rules of a family; StopError for neither."""
    family = code.strip().upper()
    members = [rule for rule in all_rules() if rule.family == family]
    return _listed(members, words) if members else explanation(rule_of(code, words), words, width)


def rule_of(code: str, words: Words) -> Rule:
    """The rule called `code`, whatever its case; StopError, with the nearest, where none is."""
    wanted = code.strip().upper()
    for rule in all_rules():
        if rule.code == wanted:
            return rule
    raise StopError(
        fault_words(words, *unknown("code", wanted, [rule.code for rule in all_rules()]))
    )


def chapters(rule: Rule, words: Words) -> Iterator[Chapter]:
    """The explanation of a rule, piece by piece; what the words lack is left out."""
    entry = words.table["rules"][rule.code]
    yield Chapter(words.say("explain.what"), _messages(entry["message"]))
    for name, literal in (("why", None), ("fix", None), ("bad", "text"), ("good", "text")):
        if text := entry.get(name):
            yield Chapter(words.say(f"explain.{name}"), str(text).splitlines(), literal)
    if needs := _needs(rule):
        yield Chapter(words.say("explain.needs"), [words.say(f"explain.needed.{needs}")])
    basis = [_sentence(words.say(f"bases.{name.value}")) for name in rule.basis]
    yield Chapter(words.say("explain.basis"), basis)
    if rule.options:
        lines = list(settings_text(rule, entry.get("options") or {}))
        yield Chapter(words.say("explain.options"), lines, "toml")


def _messages(template: str | Mapping[str, str]) -> list[str]:
    """What a rule says, each way once: the first sentences, dots for what the document fills."""
    found: dict[str, None] = {}
    for text in [template] if isinstance(template, str) else template.values():
        parts = Formatter().parse(text)
        said = "".join(f"{words}{'' if name is None else '…'}" for words, name, _, _ in parts)
        found[_SENTENCE.split(said, 1)[0]] = None
    return list(found)


def _needs(rule: Rule) -> str | None:
    """What a rule does not run without, as a key of ``explain.needed``."""
    if rule.takes_classifiers:
        return "classifiers"
    return "against" if rule.scope not in _ALONE else None


def explanation(rule: Rule, words: Words, width: int) -> str:
    """A rule as text for the terminal."""
    severity = words.say(f"severities.{rule.severity.value}")
    parts = [f"{rule.code}  {rule_name(rule.code, words)} ({severity})"]
    switch = Chapter(words.say("explain.switch"), list(_switch(rule, words)), "toml")
    for chapter in (*chapters(rule, words), switch):
        lines = [
            f"{_INDENT}{line}".rstrip()
            if chapter.literal
            else fill(line, width, initial_indent=_INDENT, subsequent_indent=_INDENT)
            for line in chapter.lines
        ]
        parts.append("\n".join((chapter.title, *lines)))
    return "\n\n".join(parts) + "\n"


def text(words: Words) -> str:
    """All rules, a line each, by family."""
    return _listed(all_rules(), words)


def _listed(rules: list[Rule], words: Words) -> str:
    severities = {rule.code: words.say(f"severities.{rule.severity.value}") for rule in rules}
    wide = max(map(len, severities.values()))
    lines: list[str] = []
    for family, members in _families(rules):
        lines.append(f"{family}  {_family_name(family, words)}")
        lines += [
            f"{_INDENT}{rule.code}  {severities[rule.code]:<{wide}}  {rule_name(rule.code, words)}"
            for rule in members
        ]
        lines.append("")
    return "\n".join(lines)


def as_json(words: Words) -> str:
    """All rules for other programs."""
    entries = [
        {
            "code": rule.code,
            "family": rule.family,
            "severity": rule.severity.value,
            "scope": rule.scope,
            "name": rule_name(rule.code, words),
            "basis": [words.say(f"bases.{name.value}") for name in rule.basis],
            "options": {name: plain(default) for name, default in sorted(rule.options.items())},
        }
        for rule in all_rules()
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def markdown(words: Words) -> str:
    """All rules as a page to read: a table, then a section a rule, its code the anchor."""
    rules = all_rules()
    head = words.table["explain"]["columns"]
    parts = [f"# {words.say('explain.title')}", words.say("explain.introduction")]
    sections: list[str] = []
    for family, members in _families(rules):
        title = f"## {family}. {_family_name(family, words)}"
        rows = [f"| {' | '.join(head)} |", "| --- | --- | --- |"]
        sections.append(title)
        for rule in members:
            name = rule_name(rule.code, words)
            severity = words.say(f"severities.{rule.severity.value}")
            rows.append(f"| [{rule.code}](#{rule.code}) | {severity} | {name} |")
            sections.append(_section(rule, words))
        parts += [f"**{family}. {_family_name(family, words)}**", "\n".join(rows)]
    return "\n\n".join((*parts, *sections)) + "\n"


FORMATS: dict[str, Callable[[Words], str]] = {
    "text": text,
    "json": as_json,
    "markdown": markdown,
}


def _section(rule: Rule, words: Words) -> str:
    severity = words.say(f"severities.{rule.severity.value}")
    parts = [
        f'<a id="{rule.code}"></a>',
        f"### {rule.code}. {rule_name(rule.code, words)}",
        f"{words.say('explain.severity')}: {severity}.",
    ]
    for chapter in chapters(rule, words):
        if chapter.literal:
            fenced = "\n".join((f"```{chapter.literal}", *chapter.lines, "```"))
            parts.append(f"**{chapter.title}**\n\n{fenced}")
        elif len(chapter.lines) == 1:
            parts.append(f"**{chapter.title}.** {chapter.lines[0]}")
        else:
            listed = "\n".join(f"- {line}" for line in chapter.lines)
            parts.append(f"**{chapter.title}**\n\n{listed}")
    return "\n\n".join(parts)


def _families(rules: Iterable[Rule]) -> Iterator[tuple[str, list[Rule]]]:
    for family, members in groupby(rules, key=lambda rule: rule.family):
        yield family, list(members)


def _family_name(family: str, words: Words) -> str:
    return str(words.table["families"].get(family, family))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _switch(rule: Rule, words: Words) -> Iterator[str]:
    """The ways not to see a rule's findings, from the widest to the narrowest."""
    yield f'ignore = ["{rule.code}"]  # {words.say("explain.ignore")}'
    yield ""
    yield "[severity]"
    yield f'{rule.code} = "style"  # {words.say("explain.soften")}'
    if rule.scope == "waivers":
        return
    yield ""
    yield f"[[waivers]]  # {words.say('explain.waive')}"
    yield f'code = "{rule.code}"'
    for key in ("text", "reason", "owner"):
        yield f'{key} = "{words.say(f"explain.waiver.{key}")}"'
    yield "until = 2027-12-31"
    yield ""
    reason = words.say("explain.waiver.reason")
    yield f"# profstd: ignore[{rule.code}] {reason}  # {words.say('explain.comment')}"
