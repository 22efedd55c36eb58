"""How a command ends: its exit codes, and stopping it with words."""

from __future__ import annotations

EXIT_FOUND = 1
EXIT_WRONG = 2
EXIT_INTERRUPTED = 130

# Of words that belong to no document, where neither flag nor settings say otherwise.
DEFAULT_LANGUAGE = "ru"


class StopError(Exception):
    """The command cannot go on; the text says why, in words for the user.

    Empty where everything has been said already.
    """
