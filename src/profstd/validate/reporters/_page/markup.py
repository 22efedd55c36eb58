"""HTML by hand: what comes in as text leaves as text, whatever it holds."""

from __future__ import annotations

from html import escape

from profstd.validate.excerpt import printable
from profstd.validate.reporters._page.passage import Runs


def text(value: str) -> str:
    """The text as content of an element, without what would turn or break the text around."""
    return escape(printable(value), quote=False)


def lines(value: str) -> str:
    """The text as content of an element, its line ends kept."""
    return "\n".join(map(text, value.split("\n")))


def tag(name: str, content: str = "", /, **facts: str | int | bool | None) -> str:
    """An element around markup; its attributes as `attributes` takes them."""
    return f"<{name}{attributes(**facts)}>{content}</{name}>"


def attributes(**facts: str | int | bool | None) -> str:
    """The attributes of a start tag, with a space before each.

    An ``_`` is dropped at the end of a name and a hyphen within; True is an attribute
    without a value, None and False are none at all.
    """
    shown = []
    for key, value in facts.items():
        key = key.rstrip("_").replace("_", "-")
        if value is True:
            shown.append(f" {key}")
        elif value is not None and value is not False:
            shown.append(f' {key}="{escape(printable(str(value)))}"')
    return "".join(shown)


def marked(runs: Runs) -> str:
    """Pieces of a text, the marked ones marked."""
    return "".join(tag("mark", text(run.text)) if run.marked else text(run.text) for run in runs)
