"""Writing files: whole or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_REASONS = {
    errno.ENOENT: "missing",
    errno.EACCES: "permission",
    errno.EPERM: "permission",
    errno.EROFS: "permission",
    errno.EISDIR: "folder",
    errno.ENOTDIR: "not_folder",
    errno.EEXIST: "not_folder",
    errno.ENOSPC: "space",
}


class Output(NamedTuple):
    """Where results go; `folder` says that the path can only be meant as a folder."""

    path: Path
    folder: bool

    @classmethod
    def of(cls, given: str) -> Output:
        """What the user typed: a folder is there, or has a separator at its end."""
        path = Path(given)
        return cls(path, path.is_dir() or given.endswith(("/", os.sep)))


class WriteError(Exception):
    """A file that could not be written; `reason` is a key ``write_…`` of ``cli`` in the locale."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"{path}: {error}")
        self.path = path
        self.reason = _REASONS.get(error.errno or 0, "io")
        self.detail = error.strerror or type(error).__name__


def write_file(path: Path, content: bytes) -> None:
    """Write `content` beside `path` and put it in its place; WriteError where that fails.

    Whatever happens on the way, `path` is either what it was or all of `content`. What is
    no regular file (a pipe, ``/dev/null``) is written to directly.
    """
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if target.exists() and not target.is_file():
            target.write_bytes(content)
            return
        temporary = target.with_name(f".{target.name[:100]}.{os.getpid()}.tmp")
        try:
            temporary.write_bytes(content)
            with suppress(OSError):  # a new file, or a disk without rights
                temporary.chmod(target.stat().st_mode)
            temporary.replace(target)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        raise WriteError(path, error) from None


def refuse_unwritable(path: Path) -> None:
    """Fail now, before the work, where `path` cannot be written for want of its folder.

    WriteError says why, as `write_file` would after the work.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise WriteError(path, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    if not target.parent.is_dir():
        code = errno.ENOTDIR if target.parent.exists() else errno.ENOENT
        raise WriteError(path, OSError(code, os.strerror(code)))


def make_folder(path: Path) -> None:
    """Make sure that the folder `path` is there; WriteError where it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(path, error) from None
