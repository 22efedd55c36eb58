"""What the roles of elements do to the text in them.

Text in an element that is hidden is told and left out, unless a reader of the page can
bring it up: tabs, panels and accordions hide what is not at hand, and it is content.
Whole parts that are the site's and not the document's are put aside as furniture.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, partial

from profstd.parse.readers._html.elements import Open
from profstd.parse.readers._html.flow import Flow
from profstd.parse.readers._html.hiding import Hiding
from profstd.parse.readers._html.roles import Role, attributes, role_of
from profstd.parse.readers._html.writer import Writer

_LONGEST_CHROME = 20_000  # characters of a site's furniture; what is longer is its content
_MAIN = re.compile(r"<main\b|\srole\s*=\s*[\"']?main\b", re.IGNORECASE)
_TARGET = re.compile(
    r"\s(?:href|aria-controls|data-[-\w]{1,20})\s*=\s*[\"']?#?([\w:.-]{1,100})", re.IGNORECASE
)


class Effects:
    """Applies roles to the writer, and undoes them when their element closes."""

    def __init__(self, text: str, writer: Writer, *, accept_changes: bool) -> None:
        self._text = text
        self._writer = writer
        self._accept = accept_changes
        self._hiding = Hiding(text)
        self.role_of: Callable[[str, str], int] = role_of
        self._tabs = self._articles = 0
        self.regions = 0
        self.insertions = self.deletions = 0

    def add_sheet(self, sheet: str) -> None:
        """Take in a style sheet of the page, for what follows it."""
        if self._hiding.add(sheet):
            self.role_of = self._role_by_sheets

    def _role_by_sheets(self, name: str, facts: str) -> int:
        role = role_of(name, facts)
        if facts and self._hiding.hides(name, attributes(facts)):
            role |= Role.HIDDEN
        return role

    @cached_property
    def _has_main(self) -> bool:
        return _MAIN.search(self._text) is not None

    @cached_property
    def _targets(self) -> frozenset[str]:
        """What links and buttons of the page lead to."""
        return frozenset(match[1] for match in _TARGET.finditer(self._text))

    def enter(self, element: Open, role: int, facts: str) -> None:
        """Apply `role` to `element`, which is about to open."""
        writer = self._writer
        if role & (Role.DELETED | Role.INSERTED):
            self._enter_change(element, inserted=bool(role & Role.INSERTED))
        if role & Role.GONE:
            writer.gone += 1
            element.undo.append(self._show_gone)
        if role & Role.TABS:
            self._tabs += 1
            element.undo.append(self._leave_tabs)
        if role & Role.HIDDEN and not self._tabs and not self._is_target(facts):
            writer.hidden += 1
            element.undo.append(self._show_hidden)
        if role & Role.MAIN:
            self._articles += 1
            element.undo.append(self._leave_article)
        if role & Role.PRE:
            writer.pre += 1
            element.undo.append(self._leave_pre)
        if role & Role.PAGE:
            writer.flow.gap = True
        if element.inline:
            self._enter_inline(element, role)
        elif self._is_furniture(role):
            self._enter_region(element, role)

    def enter_heading(self, element: Open) -> None:
        """Make headings of the text in `element`."""
        writer = self._writer
        writer.heading += 1
        writer.headings += 1
        writer.flow.headed = True
        element.undo.append(self._leave_heading)

    def _is_target(self, facts: str) -> bool:
        identity = attributes(facts).get("id", "")
        return identity != "" and identity in self._targets

    def _is_furniture(self, role: int) -> bool:
        if role & Role.FURNITURE:
            return True
        if self._articles:
            return False
        return bool(role & Role.CHROME) or bool(role & Role.ASIDE and self._has_main)

    def _enter_change(self, element: Open, *, inserted: bool) -> None:
        if inserted:
            self.insertions += 1
        else:
            self.deletions += 1
        if inserted != self._accept:
            self._writer.gone += 1
            element.undo.append(self._show_gone)

    def _enter_inline(self, element: Open, role: int) -> None:
        writer = self._writer
        if role & Role.NOTE:
            writer.begin_remark()
        elif role & Role.NOTE_MARK:
            element.undo.append(partial(writer.drop_note_mark, writer.mark()))
        elif role & Role.MARKER:
            element.undo.append(partial(writer.drop_bullet, writer.mark()))
        elif role & Role.FURNITURE:
            element.undo.append(partial(writer.resume, writer.put_aside()))

    def _enter_region(self, element: Open, role: int) -> None:
        writer = self._writer
        flow = writer.flow
        before = len(flow.blocks), writer.characters, writer.headings
        self.regions += 1
        element.undo.append(partial(self._leave_region, flow, before, bool(role & Role.BANNER)))

    def _leave_region(self, flow: Flow, before: tuple[int, int, int], is_banner: bool) -> None:
        start, characters, headings = before
        self.regions -= 1
        if is_banner and self._writer.headings > headings:
            return
        if self._writer.characters - characters <= _LONGEST_CHROME:
            flow.put_aside(start)

    def _show_gone(self) -> None:
        self._writer.gone -= 1

    def _show_hidden(self) -> None:
        self._writer.hidden -= 1

    def _leave_tabs(self) -> None:
        self._tabs -= 1

    def _leave_article(self) -> None:
        self._articles -= 1

    def _leave_pre(self) -> None:
        self._writer.pre -= 1

    def _leave_heading(self) -> None:
        self._writer.heading -= 1
