"""One run of a command: its settings, what it could not read or write, its exit code."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from profstd import config, locale
from profstd.cli.checking import Failure, Outcome, Outcomes, Task, read_each
from profstd.cli.files import WriteError, make_folder, refuse_unwritable, write_file
from profstd.cli.outcome import DEFAULT_LANGUAGE, StopError
from profstd.cli.sources import Source, collect
from profstd.cli.streams import say, write
from profstd.config import Configuration, Flags, Project, Resolved, SettingsError
from profstd.document import Document
from profstd.locale import Words
from profstd.validate.examined import NOTHING, Examined
from profstd.validate.excerpt import printable

_NO_PROJECT = Project(Path())
_MEGABYTE = 1_000_000
_Loaded = TypeVar("_Loaded")
# Formats in which folders hold much beside standards.
_OFTEN_OTHER = (".md", ".markdown", ".html", ".htm", ".xhtml", ".mht", ".mhtml")


class Opened(NamedTuple):
    """A file that was read, and checked if asked for, or why it was not: a key, and in words."""

    source: Source
    configuration: Configuration
    document: Document | None
    examined: Examined
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
        self._projects: dict[Path | None, Project | None] = {}
        self._resolved: dict[tuple[object, ...], Resolved | None] = {}

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

    def tell(self, name: str, failure: Failure, words: Words) -> str:
        """Name a file that nothing came of; the words for it come out."""
        if self.debug and failure.trace:
            say(failure.trace)
        return self.fail(name, failure.reason, words, **failure.arguments)

    def refuse(self, name: str, reason: str, **arguments: object) -> None:
        """Name a file that cannot be made."""
        self.failed = True
        say(f"{printable(name)}: {self.words.say(f'unwritable.{reason}', **arguments)}")

    def collect(self, paths: Sequence[str]) -> list[Source]:
        """The files to read; folders are walked."""
        from profstd.parse import suffixes

        return collect(paths, suffixes(), self.fail)

    def project(self, path: Path | None) -> Project | None:
        """The settings for the folder of `path`; None, and each fault named, where they are bad."""
        folder = Path(os.path.abspath(path)).parent if path else Path.cwd()
        if folder not in self._files:
            self._files[folder] = config.find(folder)
        file = self._files[folder]
        if file not in self._projects:
            self._projects[file] = self._right(lambda: config.load(file) if file else _NO_PROJECT)
        return self._projects[file]

    def resolved(self, path: Path | None) -> Resolved | None:
        """What holds for the file at `path`; None, and each fault named, where that is bad."""
        project = self.project(path)
        if project is None:
            return None
        case = (project.folder, *project.cases(path))
        if case not in self._resolved:
            self._resolved[case] = self._right(lambda: project.resolve(path, self.flags))
        return self._resolved[case]

    def configuration(self, path: Path | None) -> Configuration | None:
        """The settings for the file at `path`; None, and each fault named, where they are bad."""
        resolved = self.resolved(path)
        return None if resolved is None else resolved.configuration

    @property
    def rules_page(self) -> str | None:
        """The address of the page of rules, where settings that were found name one."""
        found = (resolved.rules_page for resolved in self._resolved.values() if resolved)
        return next(filter(None, found), None)

    @property
    def settings_files(self) -> list[Path]:
        """The settings files that were found, and the files that they name."""
        found = [file for file in self._projects if file is not None]
        read = [project.files for project in self._projects.values() if project is not None]
        return found + [file for files in read for file in files]

    def _right(self, load: Callable[[], _Loaded]) -> _Loaded | None:
        """What `load` gives; None, and each fault named, where the settings are bad."""
        try:
            return load()
        except SettingsError as error:
            self.failed = True
            name = shown(error.file)
            for fault in error.faults:
                place = "".join(f":{part}" for part in (fault.line, fault.column) if part)
                say(f"{name}{place}: {fault_words(self.words, fault.reason, fault.arguments)}")
            return None

    def open(self, sources: Sequence[Source], work: Outcomes = read_each) -> Iterator[Opened]:
        """What came of each file; what cannot be read is named, and comes out all the same.

        What was met in a folder and is no standard is named and left out; it is a failure
        only where nothing else was met.
        """
        found = False
        configured = [(source, self.configuration(source.path)) for source in sources]
        tasks = [
            Task(source, configuration, self.input_format)
            for source, configuration in configured
            if configuration is not None
        ]
        outcomes = work(tasks)
        for source, configuration in configured:
            if configuration is None:
                failure = self.words.say("unreadable.settings")
                yield Opened(source, Configuration(), None, NOTHING, "settings", failure)
            else:
                opened = self._opened(source, configuration, next(outcomes))
                if opened is None:
                    continue
                yield opened
            found = True
        self.failed = self.failed or (bool(configured) and not found)

    def _opened(
        self, source: Source, configuration: Configuration, outcome: Outcome
    ) -> Opened | None:
        document, examined, failed = outcome.document, outcome.examined, outcome.failure
        if failed is None:
            return Opened(source, configuration, document, examined, None, None)
        words = locale.load(configuration.lang or DEFAULT_LANGUAGE)
        if source.met and _is_other(source.name, failed.reason):
            say(f"{printable(source.name)}: {words.say('cli.passed_over')}")
            return None
        failure = self.tell(source.name, failed, words)
        return Opened(source, configuration, document, NOTHING, failed.reason, failure)

    def documents(self, sources: Sequence[Source]) -> Iterator[tuple[Opened, Document]]:
        """The files that could be read, with their documents."""
        for opened in self.open(sources):
            if opened.document is not None and opened.reason is None:
                yield opened, opened.document

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
                f"cli.write_{error.reason}", path=shown(error.path), detail=error.detail
            )
            raise StopError(words) from None


def _is_other(name: str, reason: str) -> bool:
    """Whether a file met in a folder is none of ours: settings, a README, a page of a site."""
    return reason == "no_model" or (
        reason == "not_standard" and name.casefold().endswith(_OFTEN_OTHER)
    )


def fault_words(words: Words, reason: str, arguments: dict[str, Any]) -> str:
    """What is wrong with a setting, in words."""
    if "expected" in arguments:
        expected = words.say(f"settings.types.{arguments['expected']}")
        arguments = {**arguments, "expected": expected}
    if "unreadable" in arguments:
        why = words.say(f"unreadable.{arguments['unreadable']}", **arguments)
        arguments = {**arguments, "why": why}
    return words.say(f"settings.{reason}", **arguments)


def shown(path: Path) -> str:
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
