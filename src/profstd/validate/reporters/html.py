"""The report as one HTML file for people: open it, filter, search, print; no network.

Nothing in it comes from elsewhere or goes anywhere: the Content-Security-Policy allows the
style and the script of the page by their checksums and nothing more. The findings are in
the markup, so the page is read without its script too, which filters and unfolds only.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from hashlib import sha256
from importlib import resources

from profstd import __version__, locale
from profstd.locale import Words
from profstd.validate.report import REPORT_MARK, Report
from profstd.validate.reporters._entries import Entry, Explanation, explanations, summary
from profstd.validate.reporters._page.filters import filters
from profstd.validate.reporters._page.markup import attributes, lines, marked, tag, text
from profstd.validate.reporters._page.overview import by_part, header, overview, unread
from profstd.validate.reporters._page.parts import FileParts, Part, parted
from profstd.validate.reporters._page.passage import Passage, Row, passage


def render(report: Report) -> str:
    """The report as an HTML document; the same text for the same findings and time."""
    words = locale.load(report.language)
    read = [file for file in report.files if file.failure is None]
    files = [parted(file, number) for number, file in enumerate(read, 1)]
    title = words.say("page.title_several" if len(read) > 1 else "page.title")
    rules = explanations(report)
    skip = tag("a", text(words.say("page.to_findings")), class_="skip", href="#findings")
    body = [
        *([skip] if report.findings else []),
        "<main>",
        header(report, title, files, words),
        *unread(report, words),
    ]
    if report.findings:
        body += [
            overview(files, words),
            filters(report, files, rules, words),
            tag("p", text(words.say("page.keys")), class_="keys quiet", hidden=True),
            '<div id="findings" tabindex="-1">',
            tag("p", text(words.say("page.none_shown")), id="none", class_="clean", hidden=True),
            *(_file(file, len(read) > 1, words) for file in files if file.parts),
            "</div>",
            _rules(rules, words),
        ]
    elif read or not report.files:
        body.append(tag("p", text(words.say("page.clean")), class_="clean"))
    footer = words.say("page.footer", version=__version__)
    body += ["</main>", tag("footer", tag("p", text(footer)))]
    return _document(report.language, title, summary(report), body)


def _document(language: str, title: str, said: str, body: list[str]) -> str:
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src '{_checksum(style)}'; script-src '{_checksum(script)}'; "
        "require-trusted-types-for 'script'"
    )
    head = (
        "<!DOCTYPE html>",
        f'<html lang="{language}">',
        "<head>",
        '<meta charset="utf-8">',
        REPORT_MARK,
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        tag("title", text(f"{title}: {said}")),
        f"<style>{style}</style>",
        "</head>",
        "<body>",
    )
    return "\n".join((*head, *body, f"<script>{script}</script>", "</body>", "</html>", ""))


@lru_cache
def _asset(name: str) -> str:
    folder = resources.files("profstd.validate.reporters._page")
    return folder.joinpath(name).read_text(encoding="utf-8")


@lru_cache
def _checksum(content: str) -> str:
    return f"sha256-{base64.b64encode(sha256(content.encode()).digest()).decode()}"


def _file(file: FileParts, named: bool, words: Words) -> str:
    title = f"{file.title} · {file.checked.name}" if named else words.say("page.findings")
    parts = [tag("h2", text(title)), *(_part(file, part, words) for part in file.parts)]
    if named and len(file.parts) > 1:
        parts.insert(1, by_part(file, words))
    return tag("section", "\n".join(parts), class_="file", id=file.id)


def _part(file: FileParts, part: Part, words: Words) -> str:
    assert file.checked.document is not None
    own = locale.load(file.checked.language)
    language = None if own.language == words.language else own.language
    items = []
    for entry in part.entries:
        facts = passage(file.checked.document, entry.finding, own)
        items.append(_finding(file, part, entry, facts, words))
    listed = tag("ol", "\n".join(items), class_="findings")
    content = f"{tag('h3', text(part.title))}\n{listed}"
    return tag("section", content, class_="part", id=part.id, lang=language)


def _finding(file: FileParts, part: Part, entry: Entry, beside: Passage, words: Words) -> str:
    finding = entry.finding
    own = locale.load(file.checked.language)
    badge = tag("span", text(own.say(f"page.one_{finding.severity.value}")), class_="badge")
    title = f"{badge} {tag('span', finding.code, class_='code')} {text(entry.rule)}"
    why = text(own.say("page.explain"))
    hidden = tag("span", f" {finding.code}", class_="unseen")
    doubt = f"{entry.doubt[:1].upper()}{entry.doubt[1:]}."
    what = [
        tag("h4", title),
        tag("p", text(entry.message), class_="message"),
        tag("p", text(doubt), class_="doubt") if entry.doubt else "",
        tag("p", text(entry.position), class_="position") if entry.position else "",
        tag("p", tag("a", why + hidden, class_="why", href=f"#{finding.code}")),
    ]
    assert file.checked.document is not None
    model = file.checked.document.model.language
    content = tag("div", "\n".join(filter(None, what)), class_="what")
    if beside.rows or beside.wordings:
        content += "\n" + _passage(beside, own, model if model != own.language else None)
    facts = attributes(
        class_=f"finding {finding.severity.value}",
        id=f"{file.id}-{finding.fingerprint}",
        data_severity=finding.severity.value,
        data_rule=finding.code,
        data_part=part.id,
        data_file=file.id,
    )
    return f"<li{facts}>{content}</li>"


def _passage(beside: Passage, words: Words, language: str | None) -> str:
    parts = []
    if beside.rows:
        parts.append(tag("dl", "".join(_row(row, words, language) for row in beside.rows)))
    if beside.wordings:
        names = (words.say("page.here_reads"), words.say("page.to_compare"))
        shown = any(row.here and row.runs == beside.wordings[0] for row in beside.rows)
        rows = (
            tag("div", f"{tag('dt', text(name))}{tag('dd', marked(runs), lang=language)}")
            for name, runs in list(zip(names, beside.wordings, strict=True))[shown:]
        )
        parts.append(tag("dl", "".join(rows), class_="wordings"))
    return tag("div", "".join(parts), class_="passage")


def _row(row: Row, words: Words, language: str | None) -> str:
    place = tag("span", text(words.say("page.here")), class_="unseen") if row.here else ""
    label = tag("dt", f"{text(row.label)} {place}".strip())
    content = tag("dd", marked(row.runs), lang=language)
    return tag("div", label + content, class_="here" if row.here else "beside")


def _rules(rules: list[Explanation], words: Words) -> str:
    titles = [tag("h2", text(words.say("page.rules")))]
    return tag("section", "\n".join((*titles, *(_rule(rule, words) for rule in rules))), id="rules")


def _rule(rule: Explanation, words: Words) -> str:
    basis = "".join(tag("li", text(item)) for item in rule.basis)
    boxes = (
        ("why", tag("p", text(rule.why))),
        ("fix", tag("p", text(rule.fix))),
        ("bad", tag("pre", lines(rule.bad))),
        ("good", tag("pre", lines(rule.good))),
        ("basis", tag("ul", basis)),
    )
    inside = "".join(
        tag("div", tag("h4", text(words.say(f"explain.{name}"))) + content, class_=f"about-{name}")
        for name, content in boxes
    )
    title = tag("h3", f"{rule.code} {text(rule.name)}")
    return tag(
        "article", f"{title}{tag('div', inside, class_='explanation')}", class_="rule", id=rule.code
    )
