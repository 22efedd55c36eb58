"""``profstd init``: what a repository of standards needs to be checked, and where it is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from profstd.cli import streams
from profstd.cli.outcome import StopError
from profstd.cli.session import Session

CI = ("github", "gitlab", "none")


class _Kind(NamedTuple):
    """A file of a repository: the starter's name for it, and its own."""

    starter: str
    name: str


_BASELINE = "profstd-baseline.json"
_NAMED = f'baseline = "{_BASELINE}"'
_SETTINGS = _Kind("profstd.toml", "profstd.toml")
_HOOK = _Kind("pre-commit-config.yaml", ".pre-commit-config.yaml")
_IGNORED = _Kind("gitignore", ".gitignore")
_CI_FILES = {
    "github": _Kind("github.yml", ".github/workflows/profstd.yml"),
    "gitlab": _Kind("gitlab-ci.yml", ".gitlab-ci.yml"),
}


def init(session: Session, folder: Path, ci: str | None, *, baseline: bool) -> int:
    """Write the files that `folder` does not have yet and say what was done.

    A file that is there is left as it is: what to put into it is shown. `ci` is the system
    whose file is written, None the one that the folder speaks for. `baseline` makes what is
    found now known. The exit code comes out.
    """
    words = session.words
    if not folder.is_dir():
        raise StopError(words.say("cli.no_folder", folder=folder.as_posix()))
    for kind in _wanted(folder, ci or _system(folder)):
        text = (files("profstd.cli") / "starter" / kind.starter).read_text(encoding="utf-8")
        if baseline and kind is _SETTINGS:
            text = text.replace(f"# {_NAMED}", _NAMED)
        path = folder / kind.name
        if kind is _IGNORED:
            _ignore(session, path, text)
        elif not path.exists():
            session.make_folder(path.parent)
            session.save(path, text.encode("utf-8"))
            streams.say(words.say("init.written", name=kind.name))
        elif path.read_text(encoding="utf-8", errors="replace") == text:
            streams.say(words.say("init.there", name=kind.name))
        else:
            streams.say(words.say("init.yours", name=kind.name))
            streams.say("".join(f"    {line}" for line in text.splitlines(keepends=True)))
    code = _write_baseline(session, folder) if baseline else 0
    streams.say(words.say("init.next"))
    return code


def _write_baseline(session: Session, folder: Path) -> int:
    """Check what is there and make it known; a baseline that is there is left as it is."""
    from profstd.cli.validate import Request, validate
    from profstd.config import Flags

    file = folder / _BASELINE
    if file.exists():
        streams.say(session.words.say("init.there", name=file.name))
        return 0
    checking = Session(Flags(lang=session.flags.lang, baseline=file))
    return validate(checking, Request(paths=[str(folder)], targets=[], write_baseline=True))


def _wanted(folder: Path, ci: str) -> Iterator[_Kind]:
    yield _SETTINGS
    if ci in _CI_FILES:
        yield _CI_FILES[ci]
    if os.path.exists(folder / ".git"):
        yield _HOOK
        yield _IGNORED


def _system(folder: Path) -> str:
    """The CI system of a folder: what it has files of, else what its remotes are called."""
    if (folder / ".gitlab-ci.yml").exists():
        return "gitlab"
    if (folder / ".github").exists():
        return "github"
    try:
        remotes = (folder / ".git" / "config").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "none"
    return next((name for name in _CI_FILES if name in remotes.casefold()), "none")


def _ignore(session: Session, path: Path, text: str) -> None:
    """Add the lines that the list does not have."""
    try:
        before = path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        before = ""
    known = set(before.splitlines())
    lines = [line for line in text.splitlines() if line not in known]
    if all(line.startswith("#") for line in lines):
        streams.say(session.words.say("init.there", name=path.name))
        return
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    added = before + gap + "".join(f"{line}\n" for line in lines)
    session.save(path, added.encode("utf-8", "surrogateescape"))
    streams.say(session.words.say("init.written", name=path.name))
