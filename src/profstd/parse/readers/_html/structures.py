"""Lists, lists of definitions and tables: how their elements open and close."""

from __future__ import annotations

import re
from functools import partial

from profstd.parse.readers._html.effects import Effects
from profstd.parse.readers._html.elements import Elements, Open, Pairs, Scope
from profstd.parse.readers._html.flow import Flow
from profstd.parse.readers._html.lists import ItemList, Lists, integer
from profstd.parse.readers._html.roles import attributes
from profstd.parse.readers._html.tables import Filled, Table, TableCell
from profstd.parse.readers._html.writer import Writer

_SPANS = re.compile("(?:row|col)span", re.IGNORECASE)


class Structures:
    """Opens and closes the elements that make rows and items."""

    def __init__(self, elements: Elements, effects: Effects, writer: Writer, lists: Lists) -> None:
        self._elements = elements
        self._effects = effects
        self._writer = writer
        self._lists = lists
        self._tables: list[Table] = []
        self._filled = Filled()
        self._count = 0

    def _open(self, name: str, facts: str) -> None:
        """Open a part of a table, which is nothing but its role."""
        if self._effects.role_of(name, facts):
            self._elements.push(self._made(name, facts))

    def _made(self, name: str, facts: str) -> Open:
        """The element `name` with its role, which is about to open."""
        element = Open(name)
        if role := self._effects.role_of(name, facts):
            self._effects.enter(element, role, facts)
        return element

    # Lists

    def open_list(self, name: str, facts: str, at: int) -> None:
        """``ol``, ``ul``, ``menu``, ``dir``."""
        elements, lists = self._elements, self._elements.scope.lists
        elements.begin_block()
        above = lists[-1].number if lists else ""
        element = self._made(name, facts)
        if not elements.is_deep:
            lists.append(self._lists.begin(name, attributes(facts), at, above))
            element.undo.append(self._end_list)
        elements.push(element)

    def _end_list(self) -> None:
        self._elements.scope.lists.pop()

    def open_item(self, name: str, facts: str, _at: int) -> None:
        """``li``."""
        elements, lists = self._elements, self._elements.scope.lists
        current = lists[-1] if lists else None
        if elements.has(name) if current is None else current.item_is_open:
            elements.close(name)
        elements.begin_block()
        element = self._made(name, facts)
        element.undo.append(partial(self._end_item, current))
        number = None
        if current is not None:
            given = attributes(facts) if facts else {}
            number = current.advance(integer(given.get("value")), self._lists.marker(given))
            current.item_is_open = True
        self._writer.begin_item(number)
        elements.push(element)

    def _end_item(self, current: ItemList | None) -> None:
        if current is not None:
            current.item_is_open = False
        self._writer.end_item()

    def close_item(self, name: str) -> None:
        """``</li>``."""
        lists = self._elements.scope.lists
        if not lists or lists[-1].item_is_open:
            self._elements.close(name)

    # Lists of definitions

    def open_definitions(self, name: str, facts: str, _at: int) -> None:
        """``dl``."""
        elements, pairs = self._elements, self._elements.scope.pairs
        elements.begin_block()
        element = self._made(name, facts)
        if not elements.is_deep:
            pairs.append(Pairs())
            element.undo.append(self._end_definitions)
        elements.push(element)

    def _end_definitions(self) -> None:
        self._end_pair(self._elements.scope.pairs.pop())

    def open_definition(self, name: str, facts: str, _at: int) -> None:
        """``dt``, ``dd``."""
        elements, writer = self._elements, self._writer
        pairs = elements.scope.pairs[-1] if elements.scope.pairs else None
        if pairs is not None and pairs.open:
            elements.close(pairs.open)
        elements.begin_block()
        if pairs is not None and name == "dt" and pairs.definitions:
            self._end_pair(pairs)
        element = self._made(name, facts)
        if pairs is not None and not elements.is_deep:
            outer = writer.flow
            writer.flow = Flow(outer.table, outer.row, outer.cell)
            writer.flow.paragraph = outer.paragraph
            pairs.open = name
            element.undo.append(partial(self._end_definition, pairs, outer))
        elements.push(element)

    def _end_definition(self, pairs: Pairs, outer: Flow) -> None:
        writer = self._writer
        outer.paragraph = writer.flow.paragraph
        (pairs.terms if pairs.open == "dt" else pairs.definitions).append(writer.flow)
        pairs.open = ""
        writer.flow = outer

    def _end_pair(self, pairs: Pairs) -> None:
        flows = [_joined(part) for part in (pairs.terms, pairs.definitions) if part]
        if flows:
            self._writer.flow.add_row(flows, is_frame=False)
        pairs.terms, pairs.definitions = [], []

    # Tables

    def open_table(self, name: str, facts: str, _at: int) -> None:
        """``table``; one right in another, outside of its cells, ends that one."""
        elements = self._elements
        if elements.scope.table is not None:
            self.close_table(name)
        elements.begin_block()
        element = self._made(name, facts)
        if elements.is_deep:
            elements.push(element)
            return
        elements.push(element)
        self._count += 1
        table = Table(self._count)
        self._tables.append(table)
        elements.begin_scope(Scope(len(elements.stack), self._writer.flow, table))

    def close_table(self, _name: str) -> None:
        """``</table>``."""
        if self._to_table():
            scope = self._elements.end_scope()
            table = self._tables.pop()
            table.add_to(scope.flow, self._filled)
            self._elements.pop()

    def _to_table(self) -> Scope | None:
        """Close a cell that is open, and all in it: the table's scope, None outside of any."""
        elements = self._elements
        if not self._tables:
            elements.begin_block()
            return None
        if elements.scope.table is not None:
            self._writer.begin_block()
        while elements.scope.table is None:
            self._writer.flow = elements.end_scope().flow
        return elements.scope

    def open_group(self, name: str, facts: str, _at: int) -> None:
        """``thead``, ``tbody``, ``tfoot``."""
        if scope := self._to_table():
            assert scope.table
            self._elements.pop_to(scope.base)
            scope.table.begin_group(name)
            self._open(name, facts)
            scope.of_group = scope.of_row = len(self._elements.stack)

    def close_group(self, _name: str) -> None:
        """The end tag of a group; what follows is in none."""
        if scope := self._to_table():
            assert scope.table
            self._elements.pop_to(scope.base)
            scope.table.begin_group("")
            scope.of_group = scope.of_row = scope.base

    def open_row(self, name: str, facts: str, _at: int) -> None:
        """``tr``."""
        if scope := self._to_table():
            self._begin_row(scope)
            self._open(name, facts)
            scope.of_row = len(self._elements.stack)

    def _begin_row(self, scope: Scope) -> None:
        assert scope.table
        self._elements.pop_to(scope.of_group)
        self._writer.count()
        scope.table.begin_row()
        scope.of_row = len(self._elements.stack)

    def close_row(self, _name: str) -> None:
        """``</tr>``."""
        if scope := self._to_table():
            assert scope.table
            self._elements.pop_to(scope.of_group)
            scope.table.row_is_open = False

    def open_cell(self, name: str, facts: str, _at: int) -> None:
        """``td``, ``th``; without a row around them they begin one."""
        elements, writer = self._elements, self._writer
        scope = self._to_table()
        if scope is None or scope.table is None:
            return
        if not scope.table.row_is_open:
            self._begin_row(scope)
        if len(elements.stack) > scope.of_row:
            elements.pop_to(scope.of_row)
        writer.count()
        outer = writer.flow
        writer.flow = scope.table.flow_of_cell()
        self._open(name, facts)
        if not writer.hidden and not writer.gone:
            columns = rows = None
            if facts and _SPANS.search(facts):
                given = attributes(facts)
                columns, rows = integer(given.get("colspan")), integer(given.get("rowspan"))
            scope.table.rows[-1].cells.append(TableCell(writer.flow, columns, rows))
        elements.begin_scope(Scope(len(elements.stack), outer))

    def close_cell(self, _name: str) -> None:
        """``</td>``, ``</th>``."""
        if scope := self._to_table():
            self._elements.pop_to(scope.of_row)

    def open_caption(self, name: str, facts: str, _at: int) -> None:
        """``caption``: it stands before the rows."""
        if scope := self._to_table():
            self._elements.pop_to(scope.base)
            self._open(name, facts)
            scope.of_group = scope.of_row = scope.base

    def finish(self) -> None:
        """The page is over: close all tables."""
        while self._tables:
            self.close_table("")


def _joined(flows: list[Flow]) -> Flow:
    """Several flows as one."""
    first = flows[0]
    for flow in flows[1:]:
        first.blocks += flow.blocks
        first.tabular = first.tabular or flow.tabular
        first.nested = first.nested or flow.nested
        first.headed = first.headed or flow.headed
    return first
