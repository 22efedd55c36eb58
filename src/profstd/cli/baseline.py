"""The baselines of a run: read when a file needs them, written at its end."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from unicodedata import normalize

from msgspec import Struct, structs

from profstd.cli.outcome import StopError
from profstd.cli.session import Session, shown
from profstd.cli.sources import STANDARD_INPUT, Source
from profstd.cli.streams import say
from profstd.document import Document, Finding, UnreadableError
from profstd.validate import silent
from profstd.validate.baseline import (
    Baseline,
    Entry,
    NoBaselineError,
    decode,
    encode,
    entry,
    updated,
)
from profstd.validate.examined import Examined, Settled

# What is said of waivers and of the baseline itself is never known.
_NEVER_KNOWN = "WV"


class _Found(Struct):
    """What a run found in one file that the baseline takes, and which rules did not look."""

    silent: Collection[str]
    entries: tuple[Entry, ...]


class Baselines:
    """The baselines that the files of a run have.

    `write`: they are written at the end, and every finding is known at once. StopError
    where one cannot be read, or written, or no name for it is given.
    """

    def __init__(self, session: Session, *, write: bool) -> None:
        self._session = session
        self._write = write
        self._read: dict[Path, Baseline] = {}
        self._found: dict[Path, dict[str, _Found]] = {}

    def load(self, sources: Iterable[Source]) -> list[Source]:
        """Read the baselines of the files; the files without those that settings name come out.

        Baselines and classifiers that lie among the standards of a folder are none.
        """
        found: list[Source] = []
        named: set[str] = set()
        for source in sources:
            found.append(source)
            resolved = self._session.resolved(source.path)
            if resolved is None:  # bad settings: the file is not checked at all
                continue
            file = resolved.baseline
            if file is None and self._write:
                raise StopError(self._session.words.say("cli.baseline_unnamed"))
            if file is not None and file not in self._read:
                self._read[file] = self._load(file)
            named |= {os.path.realpath(item) for item in resolved.named}
        if not named:
            return found
        return [
            item
            for item in found
            if not (item.met and item.path and os.path.realpath(item.path) in named)
        ]

    def entries(self, path: Path | None) -> tuple[Entry, ...]:
        """What is known of the file at `path`; nothing where the baseline is to be written."""
        file = self._file(path)
        if file is None or self._write:
            return ()
        return self._read[file].files.get(_name(file, path), ())

    def take(
        self, path: Path | None, document: Document, examined: Examined, settled: Settled
    ) -> Settled:
        """What was found in a file; where a baseline is written, all of it is known now."""
        file = self._file(path)
        if not self._write or file is None:
            return settled
        new = tuple(item for item in settled.findings if _can_be_known(item))
        entries = tuple(entry(document, item) for item in new)
        self._found.setdefault(file, {})[_name(file, path)] = _Found(silent(examined), entries)
        rest = tuple(item for item in settled.findings if not _can_be_known(item))
        return structs.replace(settled, findings=rest, known=new)

    def _file(self, path: Path | None) -> Path | None:
        resolved = self._session.resolved(path)
        return None if resolved is None else resolved.baseline

    def save(self, *, quiet: bool) -> None:
        """Write the baselines, over what they are by now: another run may have written, too."""
        for file, found in self._found.items():
            before = self._load(file)
            there = [name for name in before.files if _is_there(file, name)]
            after = updated(
                before, {name: (item.silent, item.entries) for name, item in found.items()}, there
            )
            if encode(before) != encode(after) or not file.exists():
                self._session.save(file, encode(after))
            if quiet:
                continue
            old, new = _prints(before), _prints(after)
            words = self._session.words.say(
                "cli.baseline_written",
                path=shown(file),
                count=len(new),
                added=len(new - old),
                removed=len(old - new),
            )
            say(words)

    def _load(self, file: Path) -> Baseline:
        from profstd.model import Source
        from profstd.parse.readers.json import read
        from profstd.parse.settings import ReadSettings

        words = self._session.words
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            if self._write:
                return Baseline()
            raise StopError(words.say("cli.baseline_missing", path=shown(file))) from None
        except OSError as error:
            reason = "permission" if isinstance(error, PermissionError) else "io"
            why = words.say(f"unreadable.{reason}", detail=error.strerror or "")
            raise self._stop("baseline_unreadable", file, why=why) from None
        try:
            reading = read(data, Source(file=file.name, format="json", sha256=""), ReadSettings())
        except UnreadableError as error:
            line, column = error.arguments.get("line", 1), error.arguments.get("column", 1)
            raise self._stop("baseline_wrong", file, line=line, column=column) from None
        try:
            return decode(reading.raw)
        except NoBaselineError as error:
            assert reading.positions is not None
            span = reading.positions[error.path]
            raise self._stop("baseline_wrong", file, line=span.line, column=span.column) from None

    def _stop(self, reason: str, file: Path, **arguments: Any) -> StopError:
        return StopError(self._session.words.say(f"cli.{reason}", path=shown(file), **arguments))


def _can_be_known(finding: Finding) -> bool:
    return not finding.code.startswith(_NEVER_KNOWN)


def _name(baseline: Path, path: Path | None) -> str:
    """A file as the baseline calls it: from its folder, with slashes, in one Unicode form."""
    if path is None:
        return STANDARD_INPUT
    whole = os.path.abspath(path)
    with suppress(ValueError):  # on another drive
        whole = os.path.relpath(whole, os.path.abspath(baseline.parent))
    return normalize("NFC", Path(whole).as_posix())


def _is_there(baseline: Path, name: str) -> bool:
    return name == STANDARD_INPUT or os.path.exists(baseline.parent / name)


def _prints(baseline: Baseline) -> set[tuple[str, str]]:
    return {
        (name, item.fingerprint) for name, entries in baseline.files.items() for item in entries
    }
