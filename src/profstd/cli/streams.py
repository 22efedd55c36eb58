"""Standard output and standard error: what is written there always arrives."""

from __future__ import annotations

import codecs
import os
import shutil
import sys
from pathlib import Path
from typing import TextIO

from profstd.cli.files import WriteError

# What code pages of consoles lack, and what a reader takes for the same.
_LIKE = {
    "→": ">",
    "«": '"',
    "»": '"',
    "„": '"',
    "“": '"',
    "”": '"',
    "’": "'",
    "—": "-",
    "–": "-",
    "…": "...",
    "·": "|",
    "•": "*",
    "\N{NO-BREAK SPACE}": " ",
}
_PIPE_WIDTH = 100


def prepare() -> None:
    """Make sure that no character can stop a report, whatever the console's code page."""
    codecs.register_error("profstd", _similar)
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="profstd")


def write(content: str | bytes) -> None:
    """Write a result to standard output; bytes arrive as they are, also on Windows.

    WriteError where it cannot be written, but not where its reader has gone.
    """
    try:
        if isinstance(content, bytes):
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        else:
            sys.stdout.write(content)
            sys.stdout.flush()
    except OSError as error:
        _give_up(error)


def say(text: str) -> None:
    """Write a line to standard error."""
    print(text, file=sys.stderr, flush=True)


def close() -> None:
    """Flush standard output; a reader that has gone away (``| head``) is no error."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _give_up(error)


def clear() -> None:
    """Begin a new screen, where standard output is a terminal that knows how."""
    if colour():
        sys.stdout.write("\x1b[2J\x1b[H")


def colour() -> bool:
    """Whether standard output is a terminal that shows colours, and nobody forbids them."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not _terminal(sys.stdout):
        return False
    if os.name != "nt":
        return True
    from rich.console import Console

    return not Console(file=sys.stdout).legacy_windows


def width() -> int:
    """The columns of the terminal; of what is no terminal, COLUMNS or 100."""
    if _terminal(sys.stdout):
        return shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdecimal() and int(given) > 0 else _PIPE_WIDTH


def _terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def _give_up(error: OSError) -> None:
    """Where the reader of a pipe has gone, write on into the void; WriteError for all else."""
    if not isinstance(error, BrokenPipeError) and not (os.name == "nt" and error.errno == 22):
        raise WriteError(Path("stdout"), error)
    void = os.open(os.devnull, os.O_WRONLY)
    os.dup2(void, sys.stdout.fileno())
    os.close(void)


def _similar(error: UnicodeError) -> tuple[str, int]:
    """What stands in for characters that the encoding does not have."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    failed = error.object[error.start : error.end]
    similar = "".join(_LIKE.get(character, "?") for character in failed)
    return similar, error.end
