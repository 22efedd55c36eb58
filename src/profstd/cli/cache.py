"""What earlier runs found, for files that are as they were then.

An entry is a file named by a digest of all that its content follows from. Entries are put
into their place whole, so that runs at the same time do not meet; a broken one is made anew.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b, sha256
from pathlib import Path

import msgspec

from profstd import __version__
from profstd.cli.checking import Outcome, Task, put_down, take_up
from profstd.cli.files import WriteError, write_file

_KEPT = 30 * 86_400  # seconds that an entry is kept without being used
_DAY = 86_400
# What another run, with a program installed or more time, may find otherwise is not kept.
_LASTING = (None, "not_standard")


def own_folder() -> Path:
    """The user's folder for what programs can make anew."""
    from platformdirs import user_cache_path

    return user_cache_path("profstd", appauthor=False)


class Cache:
    """The entries in `folder`, which is made when the first is put there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ready = False

    def entry(self, task: Task) -> Path | None:
        """The entry for a file as it is now, if there is one; what is in it is another matter."""
        path = task.source.path
        try:
            if path is None or path.stat().st_size > task.configuration.reading().max_file_size:
                return None
            entry = self._path(task, sha256(path.read_bytes()).hexdigest())
            return entry if entry.is_file() else None
        except (OSError, ValueError):
            return None

    def get(self, entry: Path) -> Outcome | None:
        """The outcome that was put there; None where the entry is gone or broken."""
        try:
            outcome = take_up(entry.read_bytes())
            if time.time() - entry.stat().st_mtime > _DAY:
                os.utime(entry)
        except (OSError, KeyError, TypeError, msgspec.MsgspecError):
            return None
        return outcome

    def put(self, task: Task, outcome: Outcome) -> None:
        """Keep an outcome under the digest of what was read; a full disk keeps none."""
        reason = outcome.failure.reason if outcome.failure else None
        document = outcome.document
        if document is None or task.source.path is None or reason not in _LASTING:
            return
        path = self._path(task, document.source.sha256)
        with suppress(OSError, WriteError, UnicodeEncodeError):
            self._prepare()
            path.parent.mkdir(exist_ok=True)
            write_file(path, put_down(document, outcome))

    def _path(self, task: Task, content: str) -> Path:
        """The entry for a file whose SHA-256 is `content`."""
        parts = (_build(), content, task.source.name, _settings(task))
        joined = "\x1f".join(parts).encode("utf-8", "surrogateescape")
        key = blake2b(joined, digest_size=20).hexdigest()
        return self._folder / key[:2] / key[2:]

    def _prepare(self) -> None:
        """Make the folder, tell git not to look at it, and once a day take old entries away."""
        if self._ready:
            return
        self._ready = True
        self._folder.mkdir(parents=True, exist_ok=True)
        mark = self._folder / ".gitignore"
        now = time.time()
        if mark.is_file() and now - mark.stat().st_mtime < _DAY:
            return
        mark.write_text("*\n", encoding="utf-8")
        for entry in self._folder.glob("??/*"):
            with suppress(OSError):
                if now - entry.stat().st_mtime > _KEPT:
                    entry.unlink()


_SETTINGS: dict[int, tuple[object, str]] = {}


def _settings(task: Task) -> str:
    """A digest of the settings; files share them, and a classifier's codes may be many."""
    configuration = task.configuration
    known = _SETTINGS.get(id(configuration))
    if known is None or known[0] is not configuration:
        encoded = msgspec.json.encode(configuration, order="deterministic")
        known = _SETTINGS[id(configuration)] = configuration, sha256(encoded).hexdigest()
    return known[1]


@cache
def _build() -> str:
    """The version, and the state of the program's own files: its developers change both."""
    root = str(Path(__file__).parent.parent)
    states = sorted(_states(root, root))
    return f"{__version__} {blake2b(repr(states).encode(), digest_size=16).hexdigest()}"


def _states(folder: str, root: str) -> Iterator[tuple[str, int, int]]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _states(entry.path, root)
        else:
            state = entry.stat()
            yield entry.path.removeprefix(root), state.st_size, state.st_mtime_ns
