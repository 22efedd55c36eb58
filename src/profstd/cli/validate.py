"""``profstd validate``: what is wrong with the files, in the formats asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from profstd import locale
from profstd.cli import streams
from profstd.cli.choices import chosen
from profstd.cli.files import Output
from profstd.cli.outcome import DEFAULT_LANGUAGE, EXIT_FOUND, EXIT_WRONG, StopError
from profstd.cli.session import Opened, Session
from profstd.document import Document
from profstd.locale import Words
from profstd.validate import check, is_pair
from profstd.validate.report import Checked, Look, Report
from profstd.validate.reporters import formats, render


class Target(NamedTuple):
    """A report to write: its format, and its file or None for standard output."""

    format: str
    path: Path | None


def targets(words: Words, given: Sequence[str], output: Output | None) -> list[Target]:
    """The reports that ``--format`` and ``-o`` ask for; StopError where two share a place."""
    found: list[Target] = []
    for item in given:
        name, _, path = item.partition(":")
        name = chosen(words, "--format", name, formats())
        found.append(Target(name, Path(path) if path else None))
    pathless = [target for target in found if target.path is None]
    if len(pathless) > 1:
        key = "cli.output_for_several" if output else "cli.several_to_stdout"
        raise StopError(words.say(key, format=pathless[-1].format))
    if output is None:
        return found
    if not pathless:
        raise StopError(words.say("cli.output_unused"))
    return [Target(name, output.path if path is None else path) for name, path in found]


def validate(
    session: Session,
    paths: Sequence[str],
    targets: Sequence[Target],
    *,
    against: str | None,
    statistics: bool,
    quiet: bool,
) -> int:
    """Check the files, write the reports; the exit code comes out."""
    sources = session.collect(paths)
    other = _against(session, against) if against else None
    files: list[Checked] = []
    found = False
    for opened in session.open(sources):
        checked = _check(session, opened, other)
        grave = opened.configuration.fail_on.rank
        found = found or any(finding.severity.rank <= grave for finding in checked.findings)
        files.append(checked)
    for target in targets:
        look = Look(quiet=quiet, statistics=statistics)
        if target.path is None:
            look = Look(
                width=streams.width(),
                colour=streams.colour() and not quiet,
                statistics=statistics,
                quiet=quiet,
            )
        report = Report(files=tuple(files), language=_language(session, files), look=look)
        text = render(report, target.format)
        if target.path is None and target.format == "text":
            session.show(text)
        else:
            session.put(target.path, text.encode("utf-8", "replace"))
    if session.failed:
        return EXIT_WRONG
    return EXIT_FOUND if found else 0


def _check(session: Session, opened: Opened, other: Document | None) -> Checked:
    document = opened.document
    if document is None or opened.reason is not None:
        language = opened.configuration.lang or DEFAULT_LANGUAGE
        return Checked(
            name=opened.source.name,
            language=language,
            document=document,
            reason=opened.reason,
            failure=opened.failure,
        )
    if other is not None and not is_pair(document, other):
        against = session.words.say("cli.against_pair", against=other.source.file)
        streams.say(f"{opened.source.name}: {against}")
        session.failed = True
    language = opened.configuration.lang or document.model.language
    name = opened.source.name
    try:
        findings = check(document, opened.configuration.settings(), against=other)
    except Exception as error:
        failure = session.crash(name, error, locale.load(language))
        return Checked(name=name, language=language, reason="internal", failure=failure)
    return Checked(name=name, language=language, document=document, findings=tuple(findings))


def _against(session: Session, given: str) -> Document:
    from profstd.cli.sources import source

    for _, document in session.documents([source(given)]):
        return document
    raise StopError


def _language(session: Session, files: Sequence[Checked]) -> str:
    """The language of the words about all files: theirs, where they agree."""
    languages = {file.language for file in files if file.failure is None}
    if session.flags.lang or len(languages) != 1:
        return session.flags.lang or DEFAULT_LANGUAGE
    return languages.pop()
