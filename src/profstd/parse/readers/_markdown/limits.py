"""How much a Markdown file may hold; a standard of a hundred pages has ten thousand lines."""

from __future__ import annotations

from profstd.document import UnreadableError

MOST_LINES = 100_000
MOST_CELLS = 500_000


def check(text: str, file: str) -> None:
    """UnreadableError ("unsafe") where `text` has more lines or cells than any document."""
    lines = max(text.count("\n"), text.count("\r"))
    if lines > MOST_LINES or text.count("|") > MOST_CELLS:
        raise UnreadableError(file, "unsafe")
