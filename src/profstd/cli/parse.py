"""``profstd parse``: the model of a file as JSON, and how it came about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING

from profstd import locale
from profstd.cli.files import Output
from profstd.cli.outcome import EXIT_WRONG, StopError
from profstd.cli.session import Opened, Session
from profstd.cli.sources import source
from profstd.document import Document

if TYPE_CHECKING:
    from profstd.locale import Words


def parse(
    session: Session,
    files: Sequence[str],
    *,
    output: Output | None,
    spans: Output | None,
    account: bool,
) -> int:
    """Read the files and write their models, spans and accounts; the exit code comes out."""
    from profstd.export import stream

    several = len(files) > 1
    if several and output is None and not account:
        raise StopError(session.words.say("cli.folder_needed", option="-o"))
    read, again = tee(session.documents([source(file) for file in files]))
    models = stream((document for _, document in again), "json")
    for (opened, document), model in zip(read, models, strict=True):
        if output is not None or not account:
            session.put(_target(session, output, model.name, several), model.content)
        if spans is not None:
            name = f"{model.name.removesuffix('.json')}.spans.json"
            session.put(_target(session, spans, name, several), _beside(opened, document))
        if account:
            words = locale.load(opened.configuration.lang or document.model.language)
            session.show(account_text(opened.source.name, document, words))
    return EXIT_WRONG if session.failed else 0


def _target(session: Session, output: Output | None, name: str, several: bool) -> Path | None:
    """The file to write: the output itself, or `name` in it where it has to be a folder."""
    if output is None or not (several or output.folder):
        return output and output.path
    session.make_folder(output.path)
    return output.path / name


def _beside(opened: Opened, document: Document) -> bytes:
    """The document that stands beside the model: places, account, what reading met."""
    import msgspec
    from msgspec import structs

    from profstd.validate import all_rules, check
    from profstd.validate.reporters.json import finding_record

    # Rules of these families tell how the source reads; others only look at it as well.
    families = ("PA", "RC")
    reading = {
        rule.code for rule in all_rules() if rule.scope == "reading" and rule.family in families
    }
    language = opened.configuration.lang or document.model.language
    found = check(document, opened.configuration.settings())
    beside = {
        "spans": dict(document.spans),
        "account": document.account and structs.asdict(document.account),
        "findings": [
            finding_record(document, finding, language)
            for finding in found
            if finding.code in reading
        ],
    }
    return msgspec.json.format(msgspec.json.encode(beside), indent=2) + b"\n"


def account_text(name: str, document: Document, words: Words) -> str:
    """Where the text of a file went, as a table, and every place of what went nowhere."""
    from profstd.validate.excerpt import printable
    from profstd.validate.place import position
    from profstd.validate.report import percent

    account = document.account
    if account is None:
        return words.say("account.not_assessed", file=printable(name)) + "\n"
    kinds = ("placed", "label", "markup", "furniture", "unplaced", "characters")
    labels = {kind: words.say(f"account.{kind}") for kind in kinds}
    wide = max(map(len, labels.values()))
    digits = len(str(account.characters))
    lines = [words.say("account.title", file=printable(name))]
    for kind in kinds:
        count = getattr(account, kind)
        share = words.say("account.percent", percent=percent(count, account.characters, words))
        lines.append(f"  {labels[kind]:<{wide}}  {count:>{digits}}  {share:>8}")
    if account.places:
        lines.append(words.say("account.places"))
    else:
        lines.append(words.say("account.nothing"))
    for place in account.places:
        lines.append(f"  {position(place.span, words)}  «{printable(place.text).strip()}»")
    for skipped in account.not_assessed:
        kind = words.say(f"account.parts.{skipped.kind}")
        where = position(skipped.span, words)
        lines.append(words.say("account.part_not_assessed", place=where, kind=kind))
    return "\n".join(lines) + "\n\n"
