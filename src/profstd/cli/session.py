"""One run of a command: its settings, what it could not read or write, its exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from profstd import config, locale
from profstd.cli.files import WriteError, make_folder, refuse_unwritable, write_file
from profstd.cli.outcome import DEFAULT_LANGUAGE, StopError
from profstd.cli.sources import STANDARD_INPUT, Source, collect
from profstd.cli.streams import say, write
from profstd.config import Configuration, Flags, SettingsError
from profstd.document import Document, UnreadableError
from profstd.locale import Words
from profstd.validate.excerpt import printable

_MEGABYTE = 1_000_000
_UNREAD = ("no_text_layer", "text_as_curves", "unreadable_text")  # pages of a PDF
# Formats in which folders hold much beside standards.
_OFTEN_OTHER = (".md", ".markdown", ".html", ".htm", ".xhtml", ".mht", ".mhtml")


class Opened(NamedTuple):
    """A file that was read, or the reason why it was not, as a key and in words."""

    source: Source
    configuration: Configuration
    document: Document | None
    reason: str | None
    failure: str | None


class Session:
    """What the commands share: settings found for each file, failures named and counted."""

    def __init__(
        self, flags: Flags | None = None, *, input_format: str | None = None, debug: bool = False
    ) -> None:
        self.flags = flags or Flags()
        self.debug = debug
        self.input_format = input_format
        self.failed = False
        self._files: dict[Path, Path | None] = {}
        self._configurations: dict[Path | None, Configuration | None] = {}

    @property
    def words(self) -> Words:
        """The words for what concerns no file."""
        return locale.load(self.flags.lang or DEFAULT_LANGUAGE)

    def fail(self, name: str, reason: str, words: Words | None = None, **arguments: object) -> str:
        """Name a file that cannot be read; the words for it come out."""
        words = words or self.words
        text = words.say(f"unreadable.{reason}", **_sizes(arguments, words))
        self.failed = True
        say(f"{printable(name)}: {text}")
        return text

    def refuse(self, name: str, reason: str, **arguments: object) -> None:
        """Name a file that cannot be made."""
        self.failed = True
        say(f"{printable(name)}: {self.words.say(f'unwritable.{reason}', **arguments)}")

    def crash(self, name: str, error: Exception, words: Words) -> str:
        """Name a file that profstd itself fails on; the words for it come out."""
        if self.debug:
            import traceback

            traceback.print_exception(error)
        return self.fail(name, "internal", words, detail=detail(error))

    def collect(self, paths: Sequence[str]) -> list[Source]:
        """The files to read; folders are walked."""
        from profstd.parse import suffixes

        return collect(paths, suffixes(), self.fail)

    def configuration(self, path: Path | None) -> Configuration | None:
        """The settings for the file at `path`; None, and each fault named, where they are bad."""
        folder = Path(os.path.abspath(path)).parent if path else Path.cwd()
        if folder not in self._files:
            self._files[folder] = config.find(folder)
        file = self._files[folder]
        if file not in self._configurations:
            self._configurations[file] = self._load(file)
        return self._configurations[file]

    def _load(self, file: Path | None) -> Configuration | None:
        if file is None:
            return self.flags.over(Configuration())
        try:
            return self.flags.over(config.load(file))
        except SettingsError as error:
            self.failed = True
            name = _shown(file)
            for fault in error.faults:
                line = "" if fault.line is None else f":{fault.line}"
                say(f"{name}{line}: {fault_words(self.words, fault.reason, fault.arguments)}")
            return None

    def open(self, sources: Sequence[Source]) -> Iterator[Opened]:
        """Each file, one at a time; what cannot be read is named, and comes out all the same.

        What was met in a folder and is no standard is named and left out; it is a failure
        only where nothing else was met.
        """
        found = False
        for source in sources:
            configuration = self.configuration(source.path)
            if configuration is None:
                failure = self.words.say("unreadable.settings")
                yield Opened(source, Configuration(), None, "settings", failure)
            else:
                opened = self._open(source, configuration)
                if opened is None:
                    continue
                yield opened
            found = True
        self.failed = self.failed or not found

    def _open(self, source: Source, configuration: Configuration) -> Opened | None:
        words = locale.load(configuration.lang or DEFAULT_LANGUAGE)
        document = None
        try:
            document = self._read(source, configuration)
            if not document.recognised:
                kinds = (item.kind for item in document.observations)
                reason = next((kind for kind in kinds if kind in _UNREAD), "not_standard")
                raise UnreadableError(source.name, reason)
        except UnreadableError as error:
            if source.met and _is_other(source.name, error.reason):
                say(f"{printable(source.name)}: {words.say('cli.passed_over')}")
                return None
            failure = self.fail(source.name, error.reason, words, **error.arguments)
            return Opened(source, configuration, document, error.reason, failure)
        except Exception as error:
            failure = self.crash(source.name, error, words)
            return Opened(source, configuration, document, "internal", failure)
        return Opened(source, configuration, document, None, None)

    def documents(self, sources: Sequence[Source]) -> Iterator[tuple[Opened, Document]]:
        """The files that could be read, with their documents."""
        for opened in self.open(sources):
            if opened.document is not None and opened.reason is None:
                yield opened, opened.document

    def _read(self, source: Source, configuration: Configuration) -> Document:
        from profstd.parse import load, load_bytes

        settings = configuration.reading()
        if source.path is not None:
            return load(source.path, settings)
        data = sys.stdin.buffer.read(settings.max_file_size + 1)
        kind = self.input_format or "txt"
        return load_bytes(data, STANDARD_INPUT, format=kind, settings=settings)

    def language(self) -> str:
        """The language for what belongs to no file: the flag, the current folder's settings."""
        configuration = self.configuration(None)
        return (configuration and configuration.lang) or self.flags.lang or DEFAULT_LANGUAGE

    def save(self, path: Path, content: bytes) -> None:
        """Write a file; StopError where that fails."""
        with self._writing():
            write_file(path, content)

    def expect(self, path: Path) -> None:
        """StopError where a file cannot be written later, as far as can be seen now."""
        with self._writing():
            refuse_unwritable(path)

    def make_folder(self, path: Path) -> None:
        """Make a folder; StopError where that fails."""
        with self._writing():
            make_folder(path)

    def show(self, content: str | bytes) -> None:
        """Write a result to standard output; StopError where that fails."""
        with self._writing():
            write(content)

    def put(self, path: Path | None, content: bytes) -> None:
        """Write a result to the file `path`, or to standard output."""
        if path is None:
            self.show(content)
        else:
            self.save(path, content)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except WriteError as error:
            words = self.words.say(
                f"cli.write_{error.reason}", path=_shown(error.path), detail=error.detail
            )
            raise StopError(words) from None


def _is_other(name: str, reason: str) -> bool:
    """Whether a file met in a folder is none of ours: settings, a README, a page of a site."""
    return reason == "no_model" or (
        reason == "not_standard" and name.casefold().endswith(_OFTEN_OTHER)
    )


def detail(error: Exception) -> str:
    """An unexpected error in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def fault_words(words: Words, reason: str, arguments: dict[str, Any]) -> str:
    """What is wrong with a setting, in words."""
    if "expected" in arguments:
        expected = words.say(f"settings.types.{arguments['expected']}")
        arguments = {**arguments, "expected": expected}
    return words.say(f"settings.{reason}", **arguments)


def _shown(path: Path) -> str:
    """A path as short as it can be told: below the current folder without that."""
    with_folder = Path(os.path.abspath(path))
    try:
        return with_folder.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return with_folder.as_posix()


def _sizes(arguments: Mapping[str, object], words: Words) -> dict[str, object]:
    """The arguments with sizes in megabytes instead of bytes."""
    return {
        name: _megabytes(value, words)
        if name in ("size", "limit") and isinstance(value, int)
        else value
        for name, value in arguments.items()
    }


def _megabytes(size: int, words: Words) -> str:
    value = size / _MEGABYTE
    text = f"{value:.3g}" if value < 1 else f"{value:.1f}".removesuffix(".0")
    return text.replace(".", words.say("report.decimal"))
