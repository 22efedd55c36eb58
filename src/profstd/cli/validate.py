"""``profstd validate``: what is wrong with the files, in the formats asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, structs

from profstd import locale
from profstd.cli import streams
from profstd.cli.baseline import Baselines
from profstd.cli.cache import Cache
from profstd.cli.changes import changed_since
from profstd.cli.checking import Outcomes, check_each
from profstd.cli.choices import chosen
from profstd.cli.files import Output
from profstd.cli.many import check_many
from profstd.cli.outcome import DEFAULT_LANGUAGE, EXIT_FOUND, EXIT_WRONG, StopError
from profstd.cli.session import Opened, Session
from profstd.cli.sources import STANDARD_INPUT, Source, collect, source
from profstd.cli.watching import saves
from profstd.document import Document
from profstd.locale import Words
from profstd.parse import suffixes
from profstd.validate import is_pair, settle
from profstd.validate.examined import Settled
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


class Request(Struct, frozen=True, kw_only=True):
    """What is to be checked, and how.

    `against` is the other half of a pair. `changed_since` leaves out what git has known
    since that revision. `jobs` is the number of processes, None as many as it is worth;
    `cache` holds earlier results. `write_baseline`: whatever is found is known from now on.
    """

    paths: Sequence[str]
    targets: Sequence[Target]
    look: Look = Look()
    against: str | None = None
    changed_since: str | None = None
    jobs: int | None = None
    cache: Cache | None = None
    write_baseline: bool = False


def validate(session: Session, request: Request) -> int:
    """Check the files, write the reports and the baseline; the exit code comes out."""
    sources = _without_reports(session.collect(request.paths), request.targets)
    _expect(session, request.targets, (source.path for source in sources))
    if request.changed_since is not None:
        sources = changed_since(sources, request.changed_since, session.words)
    other = _against(session, request.against) if request.against else None
    work: Outcomes = partial(check_many, cache=request.cache, jobs=request.jobs)
    if other is not None:
        work = partial(check_each, against=other)
    baselines = Baselines(session, write=request.write_baseline)
    sources = baselines.load(sources)
    files: list[Checked] = []
    found = False
    for opened in session.open(sources, work):
        checked = _checked(session, opened, baselines)
        if other is not None:
            _complain(session, checked, other)
        grave = opened.configuration.fail_on.rank
        found = found or any(finding.severity.rank <= grave for finding in checked.findings)
        files.append(checked)
    if request.changed_since is not None and not sources:
        streams.say(session.words.say("cli.nothing_changed", revision=request.changed_since))
    _report(session, files, request)
    if not request.look.quiet:
        _say_set_aside(session, files)
    baselines.save(quiet=request.look.quiet)
    if session.failed:
        return EXIT_WRONG
    return EXIT_FOUND if found else 0


def watch(make_session: Callable[[], Session], request: Request) -> int:
    """Check, and again after each save; Ctrl-C is the way to end it, the last exit code comes out.

    Each run has a session of its own: settings are saved too.
    """
    session = make_session()
    if STANDARD_INPUT in (*request.paths, request.against):
        raise StopError(session.words.say("cli.watch_input"))

    def files() -> Iterator[Path]:
        given = [*request.paths, *([request.against] if request.against else [])]
        found = collect(given, suffixes(), lambda *_, **__: None)
        found = _without_reports(found, request.targets)
        yield from (source.path for source in found if source.path)
        yield from session.settings_files

    code = 0
    with suppress(KeyboardInterrupt):
        for _ in saves(files):
            streams.clear()
            session = make_session()
            try:
                code = validate(session, request)
            except StopError as error:
                streams.say(str(error))
                code = EXIT_WRONG
            streams.say(session.words.say("cli.watching"))
    return code


def _report(session: Session, files: Sequence[Checked], request: Request) -> None:
    made = _now()
    for target in request.targets:
        look = request.look
        if target.path is None:
            colour = streams.colour() and not look.quiet
            look = structs.replace(look, width=streams.width(), colour=colour)
        report = Report(
            files=tuple(files),
            language=_language(session, files),
            look=look,
            made=made,
            rules_page=session.rules_page,
        )
        text = render(report, target.format)
        if target.path is None and target.format == "text":
            session.show(text)
        else:
            session.put(target.path, text.encode("utf-8", "replace"))


def _checked(session: Session, opened: Opened, baselines: Baselines) -> Checked:
    document = opened.document
    language = opened.configuration.lang
    settled = Settled()
    if opened.failure is None and document is not None:
        language = language or document.model.language
        path = opened.source.path
        resolved = session.resolved(path)
        assert resolved is not None
        settings = opened.configuration.settings(resolved.waivers, baselines.entries(path))
        settled = settle(document, opened.examined, settings)
        settled = baselines.take(path, document, opened.examined, settled)
    return Checked(
        name=opened.source.name,
        language=language or DEFAULT_LANGUAGE,
        document=document,
        findings=settled.findings,
        waived=settled.waived,
        known=settled.known,
        reason=opened.reason,
        failure=opened.failure,
        fail_on=opened.configuration.fail_on,
    )


def _without_reports(sources: list[Source], targets: Sequence[Target]) -> list[Source]:
    """`sources` but for those that a folder holds because an earlier run reported there."""
    written = {os.path.realpath(target.path) for target in targets if target.path is not None}
    return [
        source
        for source in sources
        if not (source.met and source.path and os.path.realpath(source.path) in written)
    ]


def _expect(session: Session, targets: Sequence[Target], sources: Iterable[Path | None]) -> None:
    """Stop before the work where a report could not be written, or not without harm."""
    read = {os.path.realpath(path) for path in sources if path is not None}
    written: set[str] = set()
    for path in (target.path for target in targets if target.path is not None):
        real = os.path.realpath(path)
        if real in read:
            raise StopError(session.words.say("cli.report_over_source", path=path.as_posix()))
        if real in written and not path.is_char_device():
            raise StopError(session.words.say("cli.two_reports_one_file", path=path.as_posix()))
        written.add(real)
        session.expect(path)


def _now() -> datetime:
    """When the report is made; SOURCE_DATE_EPOCH (seconds) stands in for it, as elsewhere."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdecimal():
        return datetime.fromtimestamp(int(fixed), UTC)
    return datetime.now().astimezone()


def _say_set_aside(session: Session, files: Sequence[Checked]) -> None:
    """How many findings the baseline and waivers keep from counting."""
    known = sum(len(file.known) for file in files)
    waived = sum(len(file.waived) for file in files)
    if known or waived:
        words = locale.load(_language(session, files))
        streams.say(words.say("cli.set_aside", known=known, waived=waived))


def _complain(session: Session, checked: Checked, other: Document) -> None:
    """Where two documents are no pair, say so."""
    document = checked.document if checked.failure is None else None
    if document is not None and not is_pair(document.model, other.model):
        words = session.words.say("cli.against_pair", against=other.source.file)
        streams.say(f"{checked.name}: {words}")
        session.failed = True


def _against(session: Session, given: str) -> Document:
    for _, document in session.documents([source(given)]):
        return document
    raise StopError


def _language(session: Session, files: Sequence[Checked]) -> str:
    """The language of the words about all files: theirs, where they agree."""
    languages = {file.language for file in files if file.failure is None}
    if session.flags.lang or len(languages) != 1:
        return session.flags.lang or DEFAULT_LANGUAGE
    return languages.pop()
