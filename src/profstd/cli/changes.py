"""The files that git says have changed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from profstd.cli.outcome import StopError
from profstd.cli.sources import Source
from profstd.locale import Words


def changed_since(sources: Sequence[Source], revision: str, words: Words) -> list[Source]:
    """Those of `sources` that are not as they were at `revision`, or are not known to git.

    Where the present branch has left the one of `revision`, it is the commit where they
    parted that counts: what others changed there since is not ours. StopError where git
    cannot tell.
    """
    changed: dict[Path, set[str]] = {}
    kept = []
    for source in sources:
        if source.path is None or not source.path.exists():
            kept.append(source)  # git does not know either
            continue
        path = os.path.realpath(source.path)
        folder = Path(path).parent
        if folder not in changed:
            changed[folder] = _changed(folder, revision, words)
        if os.path.normcase(path) in changed[folder]:
            kept.append(source)
    return kept


def _changed(folder: Path, revision: str, words: Words) -> set[str]:
    """The files in `folder` that have changed, as `os.path.normcase` writes their paths."""
    commit = _git(folder, words, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if not commit:
        raise StopError(words.say("cli.no_revision", revision=revision))
    parted = _git(folder, words, "merge-base", commit[0], "HEAD") or commit
    relative = ("--relative", "-z", "--name-only", "--no-renames", "--diff-filter=d")
    tracked = _git(folder, words, "diff", *relative, parted[0], "--", ".")
    new = _git(folder, words, "ls-files", "-z", "--others", "--exclude-standard", "--", ".")
    return {os.path.normcase(os.path.realpath(folder / name)) for name in (*tracked, *new)}


def _git(folder: Path, words: Words, *arguments: str) -> list[str]:
    """The lines, or names, that git prints; none where it says no."""
    try:
        done = subprocess.run(
            # Paths come as they are, not in octal; nothing waits for a lock or a password.
            ["git", "-c", "core.quotePath=false", "--no-optional-locks", *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError:
        raise StopError(words.say("cli.no_git")) from None
    if done.returncode and b"not a git repository" in done.stderr:
        raise StopError(words.say("cli.no_repository", folder=folder.as_posix()))
    text = os.fsdecode(done.stdout)
    return [item for item in text.replace("\0", "\n").splitlines() if item]
