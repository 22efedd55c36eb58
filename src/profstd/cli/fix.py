"""``profstd fix``: what can be made right without asking, in the files themselves."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import unified_diff

from profstd import locale
from profstd.cli import streams
from profstd.cli.outcome import DEFAULT_LANGUAGE, EXIT_FOUND, EXIT_WRONG
from profstd.cli.session import Opened, Session
from profstd.document import Document, Pointer
from profstd.parse.readers._data.text import decode
from profstd.revise.data_file import FORMATS, UnrevisableError, revise
from profstd.revise.repairs import Repaired, repaired
from profstd.validate import examine, settle


def fix(session: Session, paths: Sequence[str], *, only_show: bool) -> int:
    """Make the files right, or show what would be done; the exit code comes out.

    Shown only: 1 where there is anything to do.
    """
    found = False
    for opened, document in session.documents(session.collect(paths)):
        name = opened.source.name
        if opened.source.path is None or document.source.format not in FORMATS:
            if not opened.source.met:
                session.fail(name, "not_fixable")
            continue
        made = _repaired(session, opened, document)
        if not made.edits:
            continue
        found = True
        try:
            _write(session, opened, document, made, only_show)
        except UnrevisableError:
            session.fail(name, "not_revised")
    if session.failed:
        return EXIT_WRONG
    if not found:
        streams.say(session.words.say("fix.nothing"))
    return EXIT_FOUND if found and only_show else 0


def _repaired(session: Session, opened: Opened, document: Document) -> Repaired:
    resolved = session.resolved(opened.source.path)
    assert resolved is not None
    settings = opened.configuration.settings(resolved.waivers)
    waived = settle(document, examine(document, settings), settings).waived

    def wants(code: str, asked: bool) -> bool:
        return settings.wants(code) and (not asked or code in session.flags.select)

    def spares(code: str, path: Pointer) -> bool:
        """What somebody answers for stays."""
        return any(item.code == code and f"{path}/".startswith(f"{item.path}/") for item in waived)

    return repaired(document.raw, wants, spares)


def _write(
    session: Session, opened: Opened, document: Document, made: Repaired, only_show: bool
) -> None:
    path = opened.source.path
    assert path is not None
    before = path.read_bytes()
    after = revise(before, document.source, made.edits)
    name = opened.source.name
    if only_show:
        old, new = (decode(data, name).splitlines() for data in (before, after))
        lines = unified_diff(old, new, name, name, lineterm="")
        session.show("".join(f"{line}\n" for line in lines))
        return
    session.save(path, after)
    words = locale.load(opened.configuration.lang or DEFAULT_LANGUAGE)
    counts = ", ".join(f"{code} {count}" for code, count in sorted(made.counts.items()))
    streams.say(words.say("fix.done", name=name, count=len(made.edits), counts=counts))
