"""Waivers in the comments of a YAML source: ``# profstd: ignore[SK01] reason``.

A comment is about what begins on its line — a field, an item of a list — with all that it
holds; on a line of its own it is about what begins on the next line that is no comment.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from profstd.document import ROOT, Document, Extent, Lines, Pointer, Positions, Span
from profstd.validate.waivers import Waiver

_FORMAT = "yaml"
_COMMENT = re.compile(r"#[ \t]*profstd:[ \t]*(?P<order>[^\r\n]*)")
_ORDER = re.compile(r"ignore[ \t]*\[(?P<codes>[^\]]*)\](?P<reason>.*)", re.DOTALL)


class Muddled(NamedTuple):
    """A comment for profstd that cannot be followed as it is.

    `case` is "order" (not ``ignore[…]``), "code" (no such rule: `code`), "never" (that rule
    cannot be waived) or "reason" (none is given).
    """

    case: str
    span: Span
    path: str
    code: str = ""


class Comments(NamedTuple):
    """What the comments of a source say."""

    waivers: tuple[Waiver, ...] = ()
    muddled: tuple[Muddled, ...] = ()


class _Node(NamedTuple):
    """A field or an item: its place in the model, where its name and its value stand."""

    path: Pointer
    extent: Extent

    @property
    def start(self) -> int:
        """A field begins where its name does."""
        return self.extent.name[0] if self.extent.name else self.extent.start


def comments(document: Document, rules: Mapping[str, bool]) -> Comments:
    """The waivers in the comments of a YAML source, and those that cannot be followed.

    `rules` are all codes, and whether their findings can be waived.
    """
    positions = document.spans
    if document.source.format != _FORMAT or not isinstance(positions, Positions):
        return Comments()
    text = positions.text
    if not _COMMENT.search(text):
        return Comments()
    return _Reader(positions, rules).read()


class _Reader:
    def __init__(self, positions: Positions, rules: Mapping[str, bool]) -> None:
        self._positions = positions
        self._text = positions.text
        self._rules = rules
        self._lines = Lines(self._text)
        self._starts: dict[int, list[_Node]] = {}
        self._ends: dict[int, _Node] = {}
        # Where names and texts stand: a «#» in them begins no comment.
        self._taken: list[tuple[int, int]] = []
        for node in sorted(_nodes(positions.root), key=lambda node: node.start):
            self._starts.setdefault(self._line(node.start), []).append(node)
            extent = node.extent
            if extent.name:
                self._taken.append(extent.name)
            if extent.inside is None:
                self._ends[self._line(max(extent.end - 1, extent.start))] = node
                self._taken.append((extent.start, extent.end))
        self._taken.sort()
        self._begun = sorted(self._starts)

    def read(self) -> Comments:
        waivers: list[Waiver] = []
        muddled: list[Muddled] = []
        for match in _COMMENT.finditer(self._text):
            if self._in_text(match.start()):
                continue
            line = self._line(match.start())
            paths = tuple(str(path) for path in self._about(line, match.start()))
            span = self._positions.span(match.start(), match.end())
            order = _ORDER.fullmatch(match["order"])
            path = paths[0] if paths else ""
            if order is None:
                muddled.append(Muddled("order", span, path))
                continue
            codes = [code.strip().upper() for code in order["codes"].split(",")]
            codes = [code for code in codes if code]
            reason = order["reason"].strip(" \t:-–—")
            wrong = {code: case for code in codes if (case := self._fault(code))}
            muddled += [Muddled(case, span, path, code) for code, case in wrong.items()]
            if not codes:
                muddled.append(Muddled("order", span, path))
            elif not reason:
                muddled.append(Muddled("reason", span, path))
            if good := tuple(code for code in codes if code not in wrong):
                waivers.append(
                    Waiver(codes=good, reason=reason, place=f"{line}", paths=paths, span=span)
                )
        return Comments(tuple(waivers), tuple(muddled))

    def _fault(self, code: str) -> str | None:
        """Why nothing can be waived for `code`, as a case of `Muddled`."""
        meant = [waivable for rule, waivable in self._rules.items() if rule.startswith(code)]
        return None if any(meant) else "never" if meant else "code"

    def _line(self, index: int) -> int:
        return self._lines.place(index)[0]

    def _in_text(self, index: int) -> bool:
        """Whether a value or a name stands there, or touches it: then it is no comment."""
        at = bisect_right(self._taken, (index, len(self._text)))
        inside = at > 0 and self._taken[at - 1][1] > index
        return inside or (index > 0 and self._text[index - 1] not in " \t\r\n")

    def _about(self, line: int, start: int) -> Iterator[Pointer]:
        """What a comment is about that begins at `start`, on `line`."""
        alone = not self._text[:start].rpartition("\n")[2].strip()
        if alone:
            at = bisect_right(self._begun, line)
            line = self._begun[at] if at < len(self._begun) else 0
        found = self._starts.get(line, ())
        if not found and line in self._ends:
            found = [self._ends[line]]
        for node in found:
            yield node.path


def _nodes(root: Extent) -> Iterator[_Node]:
    """Every field and every item of a list."""
    waiting = [(ROOT, root)]
    while waiting:
        path, extent = waiting.pop()
        if path:
            yield _Node(path, extent)
        inside = extent.inside or ()
        pairs = inside.items() if isinstance(inside, dict) else enumerate(inside)
        waiting += [(path / key, item) for key, item in pairs]
