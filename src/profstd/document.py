"""The types that travel: Span, Block, Document and Finding, and what they are made of.

Data goes one way: a reader makes a `Reading` (blocks), the recogniser turns it into a
`Document` (model, spans, account, observations), rules turn that into `Finding`s.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, Protocol, TypeAlias

from msgspec import Meta, Struct

from profstd.model import Model, Source

_LINE_END = re.compile(r"\r\n|\r|\n")
# RFC 6901, section 4; no list is so long that it needs ten digits.
_INDEX = re.compile("0|[1-9][0-9]{0,8}")


class UnreadableError(Exception):
    """A file that cannot be read at all.

    `reason` is a key of ``unreadable`` in the locale, `arguments` fill its words in;
    `file` is the name to show.
    """

    def __init__(self, file: str, reason: str, **arguments: object) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason
        self.arguments = arguments


class Pointer(str):
    """A JSON Pointer (RFC 6901) that grows with ``/``: ``Pointer() / "professions" / 0``."""

    __slots__ = ()

    def __truediv__(self, key: str | int) -> Pointer:
        part = key.replace("~", "~0").replace("/", "~1") if isinstance(key, str) else str(key)
        return Pointer(f"{self}/{part}")

    @property
    def parent(self) -> Pointer:
        """The pointer one step up; the root is its own parent."""
        return Pointer(self.rpartition("/")[0])

    @property
    def keys(self) -> tuple[str | int, ...]:
        """The steps from the root: names as str, positions in a list as int."""
        parts = self.split("/")[1:]
        if "~" in self:
            parts = [part.replace("~1", "/").replace("~0", "~") for part in parts]
        return tuple([int(part) if _INDEX.fullmatch(part) else part for part in parts])

    def resolve(self, root: Any) -> Any:
        """What stands there in `root`; LookupError where nothing does."""
        node = root
        for key in self.keys:
            try:
                if isinstance(node, Struct):
                    node = getattr(node, str(key))
                else:
                    node = node[str(key) if isinstance(node, Mapping) else key]
            except (AttributeError, TypeError):
                raise LookupError(self) from None
        return node


ROOT = Pointer()


class Span(Struct, frozen=True, omit_defaults=True, gc=False):
    """Where something stands in the source; what a format does not have is None.

    `line`, `column`, `end_line`, `end_column` count from 1 in characters (the end is
    inclusive); `page`, `table`, `row`, `cell`, `paragraph` count from 1; `box` is
    (left, top, right, bottom) in points from the page's top left corner.
    """

    file: Annotated[str, Meta(description="Name of the file.")]
    page: Annotated[int | None, Meta(description="Page, from 1.")] = None
    box: Annotated[
        tuple[float, float, float, float] | None,
        Meta(
            description="Left, top, right, bottom in points from the top left corner of the page."
        ),
    ] = None
    table: Annotated[int | None, Meta(description="Table, from 1.")] = None
    row: Annotated[int | None, Meta(description="Row of the table, from 1.")] = None
    cell: Annotated[int | None, Meta(description="Cell of the row, from 1.")] = None
    paragraph: Annotated[int | None, Meta(description="Paragraph, from 1.")] = None
    line: Annotated[int | None, Meta(description="Line, from 1.")] = None
    column: Annotated[int | None, Meta(description="Character of the line, from 1.")] = None
    end_line: Annotated[int | None, Meta(description="Last line.")] = None
    end_column: Annotated[int | None, Meta(description="Last character of the last line.")] = None


class Origin(Protocol):
    """Where the characters of a text stand that the source does not write as it is shown."""

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character `offset` of the text."""


class Piece(Struct, frozen=True, gc=False):
    """A run of the source's text and where it begins. A piece never crosses a line or a cell.

    The line is one that is shown. Where the source breaks it, or writes it otherwise than
    character for character, `origin` knows where they stand. `item` says that an item of
    a list without a number begins here. `seam` is what stands between it and the next piece
    of its cell: a line end, a space where a line was broken for want of room, nothing where
    a word was.
    """

    text: str
    span: Span
    origin: Origin | None = None
    item: bool = False
    seam: Literal["\n", " ", ""] = "\n"

    def place(self, offset: int) -> tuple[int | None, int]:
        """Line and column of the character `offset` of the text."""
        if self.origin is not None:
            return self.origin.place(offset)
        return self.span.line, (self.span.column or 1) + offset


Cell: TypeAlias = tuple[Piece, ...]


class Block(Struct, frozen=True, gc=False):
    """What a reader yields, in reading order: a heading, a paragraph, a row, furniture.

    A row has one cell or more, everything else exactly one. `gap` says that an empty
    line or a page end stands before it.
    """

    kind: Literal["heading", "paragraph", "row", "furniture"]
    cells: tuple[Cell, ...]
    gap: bool = False


class Observation(Struct, frozen=True):
    """Something met while reading that the model cannot show, e.g. a value printed twice.

    `kind` names it, `path` is the model's place it belongs to. Rules of the scope
    "reading" turn observations into findings; an observation has no severity.
    """

    kind: str
    path: Pointer
    arguments: dict[str, Any] = {}
    span: Span | None = None


class NotAssessed(Struct, frozen=True):
    """A part of the source that may hold text and was not read, such as a picture.

    `kind` is a key of ``account.parts`` in the locale.
    """

    kind: str
    span: Span


class Extent(Struct):
    """Where a value of a data file stands in its text: from `start` to before `end`, from 0.

    `inside` is what a record or a list holds; `name` is where the name of a field stands.
    """

    start: int
    end: int
    inside: dict[str, Extent] | list[Extent] | None = None
    name: tuple[int, int] | None = None


class Lines:
    """The lines of a text, for places in it."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def place(self, index: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character `index`, from 0."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1


class Positions(Mapping[str, Span]):
    """The place of every value of a data file by JSON Pointer, worked out when asked for.

    `scan` gives the text and the extent of the whole. `strangers` are fields that the
    model does not know: their place is that of their name.
    """

    def __init__(self, file: str, scan: Callable[[], tuple[str, Extent]]) -> None:
        self.strangers: frozenset[str] = frozenset()
        self._file = file
        self._scan = scan

    @cached_property
    def _scanned(self) -> tuple[str, Extent]:
        return self._scan()

    @property
    def text(self) -> str:
        """The text of the file, without a byte order mark."""
        return self._scanned[0]

    @property
    def root(self) -> Extent:
        """The extent of the whole data."""
        return self._scanned[1]

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def span(self, start: int, end: int) -> Span:
        """The place of the characters from `start` to before `end`."""
        line, column = self._lines.place(start)
        end_line, end_column = self._lines.place(max(start, end - 1))
        return Span(
            file=self._file, line=line, column=column, end_line=end_line, end_column=end_column
        )

    def __getitem__(self, path: str) -> Span:
        extent = self.root
        for key in path.split("/")[1:]:
            try:
                if isinstance(extent.inside, dict):
                    extent = extent.inside[key.replace("~1", "/").replace("~0", "~")]
                elif isinstance(extent.inside, list) and _INDEX.fullmatch(key):
                    extent = extent.inside[int(key)]
                else:
                    raise KeyError(path)
            except IndexError:
                raise KeyError(path) from None
        if path in self.strangers and extent.name:
            return self.span(*extent.name)
        return self.span(extent.start, extent.end)

    def __iter__(self) -> Iterator[str]:
        waiting = [(ROOT, self.root)]
        while waiting:
            path, extent = waiting.pop()
            yield path
            inside = extent.inside or ()
            pairs = inside.items() if isinstance(inside, dict) else enumerate(inside)
            waiting += [(path / key, item) for key, item in pairs][::-1]

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Reading(Struct, frozen=True):
    """A file as its reader saw it, before anybody knows what it means.

    `markup` counts the source's characters that are layout and stand in no block (line
    ends, cell borders, a byte order mark). `raw` and `positions` are set instead of
    blocks by readers of files that hold the model itself (JSON, YAML); `untyped` says
    that `raw` has scalars whose type their place decides (`profstd.shape.Untyped`).
    `stray` is set, be it empty, where `raw` was read out of a text for people: it has the
    places (start, end) of what stands there and is nowhere in `raw`.
    """

    source: Source
    blocks: tuple[Block, ...] = ()
    markup: int = 0
    observations: tuple[Observation, ...] = ()
    not_assessed: tuple[NotAssessed, ...] = ()
    raw: Any = None
    positions: Positions | None = None
    untyped: bool = False
    stray: tuple[tuple[int, int], ...] | None = None


class Unplaced(Struct, frozen=True):
    """Text of the source that no field took."""

    text: str
    span: Span


class Account(Struct, frozen=True):
    """Where every character of the source went; the five counts add up to `characters`.

    `not_assessed` are the parts whose characters are not among them.
    """

    characters: int
    placed: int
    label: int
    markup: int
    furniture: int
    unplaced: int
    places: tuple[Unplaced, ...] = ()
    not_assessed: tuple[NotAssessed, ...] = ()

    @property
    def coverage(self) -> float:
        """The share of the characters that is accounted for, 0 to 1."""
        return 1.0 - self.unplaced / self.characters if self.characters else 1.0


class Document(Struct, frozen=True, dict=True, eq=False):
    """A model and how it came about.

    `counted` is the account of the source's text, or works it out; None where the format
    is not accounted for ("not assessed"). `recognised` is False where no labels of any
    form were found. `raw` is the data of a file that holds the model itself, as it stands
    there, right or wrong; None where the file is a text for people.
    """

    model: Model
    source: Source
    spans: Mapping[str, Span]
    counted: Account | Callable[[], Account] | None
    observations: tuple[Observation, ...] = ()
    recognised: bool = True
    raw: Any = None

    @cached_property
    def account(self) -> Account | None:
        """Where the text of the source went; None: not assessed."""
        return self.counted() if callable(self.counted) else self.counted

    def locate(self, path: str) -> Span | None:
        """The place of `path`, of what it holds, or of its nearest ancestor that has one."""
        pointer = Pointer(path)
        while pointer:
            if pointer in self.spans:
                return self.spans[pointer]
            if pointer in self._first_inside:
                return self.spans[self._first_inside[pointer]]
            pointer = pointer.parent
        return self.spans.get(ROOT)

    @cached_property
    def _first_inside(self) -> dict[str, str]:
        first: dict[str, str] = {}
        for path in self.spans:
            above = path.rpartition("/")[0]
            while above and above not in first:
                first[above] = path
                above = above.rpartition("/")[0]
        return first


class Severity(StrEnum):
    """How grave a finding is; the order is that of the declaration, gravest first."""

    ERROR = "error"
    WARNING = "warning"
    STYLE = "style"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for style."""
        return list(Severity).index(self)


class Finding(Struct, frozen=True, omit_defaults=True):
    """What is wrong and where; words are put to it by reporters, from the locale.

    `arguments` holds only JSON values. `origin` is "extraction?" where the extraction
    may have caused it: compare with the original. `fingerprint` survives edits
    elsewhere in the file: it is made of the code, the place by names and numbers of
    what it lies in, and the text there, never of a line number.
    """

    code: str
    severity: Severity
    path: str
    arguments: dict[str, Any] = {}
    span: Span | None = None
    fingerprint: str = ""
    origin: Literal["extraction?"] | None = None


def leaves(value: Any, path: Pointer = ROOT) -> Iterator[tuple[Pointer, Any]]:
    """Every leaf of a model or of its JSON form with its pointer, in document order.

    Empty lists and None are leaves too.
    """
    if isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from leaves(getattr(value, name), path / name)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from leaves(item, path / name)
    elif isinstance(value, (tuple, list)) and value:
        for index, item in enumerate(value):
            yield from leaves(item, path / index)
    else:
        yield path, value
