"""The elements that are open, and which of them an end tag closes."""

from __future__ import annotations

from collections.abc import Callable

from profstd.parse.readers._html.flow import Flow
from profstd.parse.readers._html.lists import ItemList
from profstd.parse.readers._html.tables import Table
from profstd.parse.readers._html.writer import Writer

_DEEPEST = 400  # elements in one another; browsers stop at 512


class Open:
    """An open element that is more than a block: what is to be undone when it closes.

    `nested` counts the plain elements of its name that are open inside, `before` is the
    element of its name around it; both are for inline elements only.
    """

    __slots__ = ("before", "inline", "name", "nested", "undo")

    def __init__(self, name: str, *, inline: bool = False) -> None:
        self.name = name
        self.inline = inline
        self.nested = 0
        self.before: Open | None = None
        self.undo: list[Callable[[], None]] = []


class Pairs:
    """A list of definitions: terms, and the definitions that make a row with them."""

    def __init__(self) -> None:
        self.terms: list[Flow] = []
        self.definitions: list[Flow] = []
        self.open = ""  # the term or definition that is open


class Scope:
    """What no end tag reaches out of: the page, a table, a cell.

    `base` is how many elements were open before. `table` is set in the scope of a table,
    with how many elements are open outside of its row and of its group of rows.
    """

    def __init__(self, base: int, flow: Flow, table: Table | None = None) -> None:
        self.base = base
        self.flow = flow
        self.table = table
        self.of_group = self.of_row = base
        self.counts: dict[str, int] = {}
        self.lists: list[ItemList] = []
        self.pairs: list[Pairs] = []


class Elements:
    """The stack of open elements: plain blocks by their name, others as `Open`."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.stack: list[str | Open] = []
        self.scope = Scope(0, writer.flow)
        self.scopes = [self.scope]
        self.watched: dict[str, Open] = {}  # the innermost open inline element of each name
        self._lines = 0  # that there were when the paragraph began

    @property
    def is_deep(self) -> bool:
        """Whether no more elements are opened: what follows counts as the parent's."""
        return len(self.stack) >= _DEEPEST

    def open(self, name: str) -> None:
        """Open a plain block."""
        stack = self.stack
        if len(stack) < _DEEPEST:
            stack.append(name)
            counts = self.scope.counts
            counts[name] = counts.get(name, 0) + 1
            if name == "p":
                self._lines = self._writer.lines

    def push(self, element: Open) -> None:
        """Open an element that is more than a block."""
        name = element.name
        if self.is_deep:
            self._undo(element)
            return
        self.stack.append(element)
        counts = self.scope.counts
        counts[name] = counts.get(name, 0) + 1
        if name == "p":
            self._lines = self._writer.lines

    def has(self, name: str) -> bool:
        """Whether such an element is open in the scope at hand."""
        return self.scope.counts.get(name, 0) > 0

    def begin_block(self) -> None:
        """A block begins: it closes a paragraph."""
        if self.scope.counts.get("p"):
            self.close("p")
        else:
            self._writer.begin_block()

    def close(self, name: str) -> None:
        """Close the innermost element of that name, and what is open inside of it.

        An end tag without an element is nothing, but that of a paragraph makes one.
        """
        if not self.scope.counts.get(name):
            if name == "p":
                self._writer.begin_block()
            return
        pop = self.pop
        while pop() != name:
            pass

    def pop(self) -> str:
        """Close the innermost element; its name."""
        element = self.stack.pop()
        writer = self._writer
        is_plain = element.__class__ is str
        name: str = element if is_plain else element.name  # type: ignore[union-attr, assignment]
        if is_plain or not element.inline:  # type: ignore[union-attr]
            writer.begin_block()
        if name == "p" and writer.lines == self._lines and not writer.hidden and not writer.gone:
            writer.flow.gap = True
        self.scope.counts[name] -= 1
        if not is_plain:
            self._undo(element)  # type: ignore[arg-type]
        return name

    def _undo(self, element: Open) -> None:
        if element.inline and self.watched.get(element.name) is element:
            if element.before is None:
                del self.watched[element.name]
            else:
                self.watched[element.name] = element.before
        while element.undo:
            element.undo.pop()()

    def pop_to(self, height: int) -> None:
        """Close elements until `height` are left."""
        while len(self.stack) > height:
            self.pop()

    def watch(self, element: Open) -> None:
        """Open an inline element that is special; plain ones of its name are counted."""
        if not self.is_deep:
            element.before = self.watched.get(element.name)
            self.watched[element.name] = element
        self.push(element)

    def close_inline(self, name: str) -> None:
        """An end tag of an inline element: it closes no block inside of it."""
        element = self.watched[name]
        if element.nested:
            element.nested -= 1
            return
        at = len(self.stack)
        while at and isinstance(above := self.stack[at - 1], Open) and above.inline:
            at -= 1
            if above is element:
                self.pop_to(at)
                return

    def begin_scope(self, scope: Scope) -> None:
        """Shut off what is open."""
        self.scopes.append(scope)
        self.scope = scope

    def end_scope(self) -> Scope:
        """Close all that is open in the scope at hand; that scope, which is over."""
        ended = self.scope
        if len(self.stack) > ended.base:
            self.pop_to(ended.base)
        self._writer.begin_block()
        self.scopes.pop()
        self.scope = self.scopes[-1]
        return ended
