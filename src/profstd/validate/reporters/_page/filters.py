"""The form of the page that chooses findings: by severity, words, rule, card, file."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from profstd.locale import Words
from profstd.validate.report import Report
from profstd.validate.reporters._entries import Explanation
from profstd.validate.reporters._page.markup import attributes, tag, text
from profstd.validate.reporters._page.parts import FileParts


def filters(report: Report, files: list[FileParts], rules: list[Explanation], words: Words) -> str:
    """The form that chooses what is shown; the page's script brings it up."""
    chips = "".join(
        tag(
            "label",
            f"<input{attributes(type='checkbox', name='severity', value=severity.value)} checked>"
            f'{text(words.say(f"page.{severity.value}"))} <span class="count">{count}</span>',
            class_=f"chip {severity.value}",
        )
        for severity, count in report.by_severity().items()
        if count
    )
    legend = tag("legend", text(words.say("page.severity")), class_="unseen")
    search = '<input type="search" name="search" id="search" autocomplete="off">'
    shown = words.table["page"]["shown"]
    fields = [
        tag("fieldset", legend + chips),
        _field("search", words.say("page.search"), search, wider=True),
        _field("rule", words.say("page.rule"), _rule_choice(report, rules, words)),
        _field("part", words.say("page.part"), _part_choice(files, words), wider=True),
    ]
    if len(files) > 1:
        options = ((file.id, file.checked.name) for file in files if file.parts)
        choice = _select("file", words.say("page.any_file"), _options(options))
        fields.append(_field("file", words.say("page.file"), choice))
    fields += [
        tag("p", "", role="status", data_shown=shown),
        tag("button", text(words.say("page.reset")), type="reset"),
    ]
    label = words.say("page.filters")
    return tag(
        "form", "\n".join(fields), class_="filters", role="search", aria_label=label, hidden=True
    )


def _field(name: str, label: str, control: str, *, wider: bool = False) -> str:
    shown = tag("label", text(label), for_=name)
    return tag("div", shown + control, class_="field wider" if wider else "field")


def _rule_choice(report: Report, rules: list[Explanation], words: Words) -> str:
    counts = report.by_code()
    groups = [
        tag(
            "optgroup",
            _options(
                (rule.code, f"{rule.code} {rule.name} ({counts[rule.code]})") for rule in group
            ),
            label=words.table["families"].get(family, family),
        )
        for family, group in groupby(rules, key=lambda rule: rule.rule.family)
    ]
    return _select("rule", words.say("page.any_rule"), "".join(groups))


def _part_choice(files: list[FileParts], words: Words) -> str:
    groups = [
        (file, _options((part.id, f"{part.title} ({len(part.entries)})") for part in file.parts))
        for file in files
    ]
    if len(files) == 1:
        options = groups[0][1]
    else:
        options = "".join(
            tag("optgroup", inside, label=file.checked.name) for file, inside in groups if inside
        )
    return _select("part", words.say("page.any_part"), options)


def _options(items: Iterable[tuple[str, str]]) -> str:
    return "".join(tag("option", text(label), value=value) for value, label in items)


def _select(name: str, anything: str, options: str) -> str:
    return tag("select", tag("option", text(anything), value="") + options, id=name, name=name)
