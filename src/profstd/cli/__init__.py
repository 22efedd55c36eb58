"""The command line: parse arguments, call the API, choose the exit code.

Nothing heavy is imported here: ``profstd --version`` answers before typer is there.
"""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command, by default that of the process; its exit code comes out.

    0: nothing at or above ``--fail-on``; 1: findings; 2: wrong usage, bad settings, an
    unreadable file, or an error of profstd itself; 130: interrupted.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        from profstd import __version__

        try:
            print(f"profstd {__version__}", flush=True)
        except OSError:  # a full disk, a reader that has gone
            return 2
        return 0
    try:
        from profstd.cli.run import run

        return run(arguments)
    except KeyboardInterrupt:
        # Before the words of any language could be loaded.
        print("\nInterrupted.", file=sys.stderr)
        return 130
