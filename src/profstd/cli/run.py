"""Running a command: its exit code, and what went wrong in words."""

from __future__ import annotations

import sys

import typer

from profstd.cli import streams
from profstd.cli.app import app
from profstd.cli.outcome import DEFAULT_LANGUAGE, EXIT_INTERRUPTED, EXIT_WRONG, StopError


def run(arguments: list[str] | None) -> int:
    """Run one command; its exit code comes out, and no traceback but with ``--debug``."""
    streams.prepare()
    try:
        code = app(args=arguments, prog_name="profstd", standalone_mode=False)
        code = int(code or 0)
    except (KeyboardInterrupt, typer.Abort):
        code = EXIT_INTERRUPTED
    except StopError as error:
        if str(error):
            streams.say(str(error))
        code = EXIT_WRONG
    except Exception as error:
        code = _failed(error, sys.argv[1:] if arguments is None else arguments)
    if code == EXIT_INTERRUPTED:
        streams.say(f"\n{_words('cli.interrupted')}")
    streams.close()
    return code


def _failed(error: Exception, arguments: list[str]) -> int:
    """Wrong usage says so itself; anything else is an error of profstd."""
    if show := getattr(error, "show", None):
        show()
        return EXIT_WRONG
    if "--debug" in arguments:
        import traceback

        traceback.print_exception(error)
    else:
        from profstd.cli.checking import detail

        streams.say(_words("unreadable.internal", detail=detail(error)))
    return EXIT_WRONG


def _words(key: str, **arguments: str) -> str:
    from profstd import locale

    return locale.load(DEFAULT_LANGUAGE).say(key, **arguments)
