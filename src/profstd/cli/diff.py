"""``profstd diff``: what two files differ in."""

from __future__ import annotations

from profstd import locale
from profstd.cli import streams
from profstd.cli.choices import chosen
from profstd.cli.files import Output
from profstd.cli.outcome import DEFAULT_LANGUAGE, EXIT_FOUND, EXIT_WRONG, StopError
from profstd.cli.session import Opened, Session
from profstd.cli.sources import STANDARD_INPUT, source
from profstd.compare import differences
from profstd.compare.report import Compared, Comparison
from profstd.compare.reporters import formats, render
from profstd.document import Document
from profstd.validate.report import Look


def diff(
    session: Session,
    first: str,
    second: str,
    *,
    format: str,
    output: Output | None,
    quiet: bool,
) -> int:
    """Compare two files and write what differs; the exit code comes out."""
    format = chosen(session.words, "--format", format, formats())
    if first == second == STANDARD_INPUT:
        raise StopError(session.words.say("cli.one_standard_input"))
    read = list(session.documents([source(first), source(second)]))
    if len(read) < 2:
        return EXIT_WRONG
    (one, document), (other, against) = read
    look = Look(quiet=quiet)
    if output is None:
        look = Look(width=streams.width(), colour=streams.colour() and not quiet, quiet=quiet)
    comparison = Comparison(
        first=Compared(name=one.source.name, document=document),
        second=Compared(name=other.source.name, document=against),
        differences=tuple(differences(document, against)),
        language=_language(one, document, against),
        look=look,
    )
    text = render(comparison, format)
    if output is None and format == "text":
        session.show(text)
    else:
        session.put(output and output.path, text.encode("utf-8", "replace"))
    return EXIT_FOUND if comparison.differences else 0


def _language(opened: Opened, first: Document, second: Document) -> str:
    """That of the settings, else that of both documents."""
    if opened.configuration.lang:
        return opened.configuration.lang
    languages = {first.model.language, second.model.language} & set(locale.languages())
    return languages.pop() if len(languages) == 1 else DEFAULT_LANGUAGE
