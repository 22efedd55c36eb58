"""``profstd export``: the files in other formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from profstd.cli.choices import chosen
from profstd.cli.files import Output
from profstd.cli.outcome import EXIT_WRONG, StopError
from profstd.cli.session import Session
from profstd.document import Document
from profstd.export import (
    Format,
    Rendered,
    UnwritableError,
    describe,
    formats,
    stream,
)


def export(
    session: Session,
    paths: Sequence[str],
    names: Sequence[str],
    *,
    output: Output | None,
    options: dict[str, Any],
) -> int:
    """Render the files in every format; the exit code comes out.

    `options` are those of the formats, each given to the formats that have it.
    """
    known = formats()
    wanted = [describe(chosen(session.words, "--to", name, known)) for name in dict.fromkeys(names)]
    for option in options:
        if not any(option in format.options for format in wanted):
            given = {"option": f"--{option}", "formats": [format.name for format in wanted]}
            raise StopError(session.words.say("cli.option_unused", **given))
    read = (document for _, document in session.documents(session.collect(paths)))
    first = list(islice(read, 1))
    if not first:
        return EXIT_WRONG
    # One format takes the documents as they come, several have to share them.
    documents: Iterable[Document] = chain(first, read)
    documents = list(documents) if len(wanted) > 1 else documents
    made = (_made(session, _stream(format, documents, options)) for format in wanted)
    _save(session, chain.from_iterable(made), output)
    return EXIT_WRONG if session.failed else 0


def _stream(
    format: Format, documents: Iterable[Document], options: dict[str, Any]
) -> Iterator[Rendered]:
    own = {name: value for name, value in options.items() if name in format.options}
    return stream(documents, format.name, **own)


def _made(session: Session, files: Iterator[Rendered]) -> Iterator[Rendered]:
    """The files that can be made; the others are named."""
    while True:
        try:
            file = next(files, None)
        except UnwritableError as error:
            session.refuse(error.file, error.reason, **error.arguments)
            continue
        if file is None:
            return
        yield file


def _save(session: Session, files: Iterable[Rendered], output: Output | None) -> None:
    """One file goes to the output itself, several go into it as into a folder."""
    if output is None or not (output.folder or not output.path.suffix):
        files = list(files)
        if len(files) == 1:
            session.put(output and output.path, files[0].content)
            return
        if output is None and files:
            raise StopError(session.words.say("cli.folder_needed", option="-o"))
    for file in files:
        assert output is not None
        target = output.path / file.name
        session.make_folder(target.parent)
        session.save(target, file.content)
