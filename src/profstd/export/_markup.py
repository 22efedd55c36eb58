"""Markdown (CommonMark with GFM's tables) piece by piece: texts go in, blocks come out.

`inline` makes a text stand literally wherever Markdown takes inline content: in a
paragraph, a heading, a list item, a link's label, a table's cell. What the other
functions take as markup has been through it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

ABSENT = "—"

# Line ends, and the control characters that some parsers take for them or for spaces.
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1f\x85\u2028\u2029]")
_SPECIAL = re.compile(
    r"""
      [\\`*\[\]<>|~$]
    | _ (?! (?<=[^\W_]_) [^\W_] )        # within a word it means nothing
    | & (?= [#A-Za-z] )                  # would begin an entity
    | (?: ^ | (?<=\s) ) \#               # would begin or end a heading
    | ^ [-+] (?= [-\s] | $)              # would begin a list or be a rule
    | (?i: (?<=http) | (?<=https) | (?<=ftp) ) : (?=//)   # GFM's bare links ignore escapes
    | (?i: (?<=www) ) \.
    """,
    re.VERBOSE,
)
_ORDINAL = re.compile(r"^([0-9]{1,9})([.)])(?=\s|$)")
_EDGE = re.compile(r"^\s+|\s+$")


def inline(value: str | int | None) -> str:
    """The markup that shows `value` as it is, line ends too; a dash where it is None.

    What could be taken for something else when it is read back is written as entities: a
    text that is a dash, a number at the beginning that is the text's own.
    """
    if value is None or value == ABSENT:
        return ABSENT if value is None else _entities(ABSENT)
    return "<br>".join(map(_literal, _LINE_END.split(str(value))))


def _literal(line: str) -> str:
    line = _ORDINAL.sub(_own_number, _SPECIAL.sub(r"\\\g<0>", line))
    # White space at the edges of a cell or a paragraph is dropped; as entities it stays.
    return _EDGE.sub(lambda edge: _entities(edge[0]), line)


def _own_number(match: re.Match[str]) -> str:
    return f"{match[1]}{_entities(match[2])}"


def _entities(text: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in text)


def numbered(number: int | None, markup: str) -> str:
    """`markup` behind its printed number, which the renderer will not count anew."""
    return markup if number is None else f"{number}\\) {markup}"


def strong(markup: str) -> str:
    """`markup` in bold."""
    return f"**{markup}**"


def link(markup: str, anchor: str | None) -> str:
    """`markup` as a link to an anchor of the same page; bare where there is none."""
    return markup if anchor is None else f"[{markup}](#{anchor})"


def heading(depth: int, markup: str, anchor: str | None = None) -> str:
    """A heading of the depth 1 to 6. The anchor is explicit: hosts make them up differently."""
    mark = "" if anchor is None else f'<a id="{anchor}"></a>'
    return f"{'#' * depth} {mark}{markup}"


def bullets(items: Iterable[str], *, depth: int = 0) -> str:
    """A list; a dash where it is empty."""
    return "\n".join(f"{'  ' * depth}- {item}" for item in items) or ABSENT


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a dash where it has no rows."""
    lines = [_row(cells) for cells in rows]
    return "\n".join([_row(head), _row(["---"] * len(head)), *lines]) if lines else ABSENT


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
