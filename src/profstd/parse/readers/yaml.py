"""Reader for the model written as YAML, right or wrong: the schema and the rules judge it.

YAML 1.2 with the core schema: `no`, `on`, `12:30` and dates are text. A number or `true`
without quotation marks is whatever its field wants, so `version: 1.0` and `code: 0123`
are texts as written. Anchors and aliases are followed, as far as the data stay of sensible
size; merge keys (`<<`) are no part of YAML 1.2 and read as an unknown field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from profstd.document import Extent, Positions, Reading, UnreadableError
from profstd.model import Source
from profstd.parse.readers._data.core_schema import TagError, check_tag, plain, tagged
from profstd.parse.readers._data.text import DEEPEST, Fault, decode, repeated
from profstd.parse.settings import ReadSettings
from profstd.shape import Untyped

if TYPE_CHECKING:
    from ruamel.yaml.error import YAMLError

FORMAT = "yaml"
SUFFIXES = (".yaml", ".yml")

# Bytes that a value takes, about, once it is read, checked and reported.
_VALUE_SIZE = 1000
# YAML 1.2.2, section 5.1. The second three end lines in YAML 1.1, and not since (section 5.4).
_NOT_PRINTABLE = re.compile(r"[^\t\n\r -~\x85\xa0-\ufffd\U00010000-\U0010ffff]")
_OLD_LINE_ENDS = "\x85\u2028\u2029"

# The quick parser, in C, knows YAML 1.1: `{site: https://example.kz}` it does not read.
_OLD_RULE = "found unexpected ':'"

# Parts of the parsers' messages, and words for them.
_PROBLEMS = {
    "mapping values are not allowed": "colon_in_text",
    "found character that cannot start any token": "forbidden_start",
    "found unexpected end of stream": "open_string",
    "expected ','": "open_bracket",
    "could not find expected ':'": "no_colon",
    "did not find expected '-'": "indentation",
    "did not find expected key": "indentation",
    "block sequence entries are not allowed": "indentation",
    "escape c": "escape",
}


class _OldRuleError(Exception):
    """The quick parser refuses what YAML 1.2 allows."""


class _Anchor(NamedTuple):
    """A value that aliases can name: its size in values, how deep it is nested itself."""

    value: Any
    extent: Extent
    size: int = 1
    depth: int = 0


class _Open(Struct):
    """A record or a list that is being read.

    `before` counts the values before it; `depth` is how deep what it holds is nested.
    """

    value: Any
    extent: Extent
    anchor: str | None
    before: int
    depth: int = 0


def read(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The data of a YAML file and its places.

    Raises UnreadableError with line and column where it is no YAML, holds no document or
    several, has a name twice in one record, a tag or an alias that is not known, is nested
    too deep, or unfolds through aliases to more than `settings.max_unpacked_size`.
    """
    text = decode(data, source.file)
    try:
        raw, root = _composed(text, settings.max_unpacked_size // _VALUE_SIZE)
    except Fault as fault:
        raise fault.named(source.file, text) from None
    if root is None:
        raise UnreadableError(source.file, "empty")
    positions = Positions(source.file, lambda: (text, root))
    return Reading(source=source, raw=raw, positions=positions, untyped=True)


def _composed(text: str, most_unfolded: int) -> tuple[Any, Extent | None]:
    """The data of `text` and their extent, which is None where it holds no document."""
    old_ends = [sign for sign in _OLD_LINE_ENDS if sign in text]
    hide: dict[str, str] = {}
    slowly = False
    while True:
        try:
            return _Composer(text, most_unfolded, hide, slowly).compose()
        except _OldRuleError:
            slowly = True
        except Fault:
            if hide or not old_ends:
                raise
            stand_ins = (chr(code) for code in range(0xE000, 0xF900) if chr(code) not in text)
            hide = {sign: next(stand_ins, "\ufffd") for sign in old_ends}


class _Composer:
    """Builds the data and their extents from the parser's events, without recursion.

    `_values` counts what has been read, aliases unfolded; `_unfolded` what came by aliases.
    `hide` are characters that the parser must not see, and what it sees instead; `slowly`
    takes the parser that is written in Python.
    """

    def __init__(self, text: str, most_unfolded: int, hide: dict[str, str], slowly: bool) -> None:
        self._raw: Any = None
        self._root: Extent | None = None
        self._text = text
        self._most_unfolded = most_unfolded
        self._around: list[_Open] = []
        self._anchors: dict[str, _Anchor] = {}
        self._name: tuple[str, int, int] | None = None
        self._values = self._unfolded = self._end = 0
        self._slowly = slowly
        self._hide = str.maketrans(hide)
        self._show = {ord(stand_in): sign for sign, stand_in in hide.items()}

    def compose(self) -> tuple[Any, Extent | None]:
        """The data and their extent; Fault where the text cannot be read."""
        from ruamel.yaml import events

        for event in self._events():
            start, end = event.start_mark.index, event.end_mark.index
            if isinstance(event, events.ScalarEvent):
                self._take_scalar(event, start, end)
            elif isinstance(event, events.MappingStartEvent):
                self._open({}, "map", event, start)
            elif isinstance(event, events.SequenceStartEvent):
                self._open([], "seq", event, start)
            elif isinstance(event, events.CollectionEndEvent):
                self._close(start, end)
            elif isinstance(event, events.AliasEvent):
                self._follow(event.anchor, start, end)
            elif isinstance(event, events.DocumentStartEvent) and self._root is not None:
                raise Fault(start, "several_documents")
        return self._raw, self._root

    def _events(self) -> Iterator[Any]:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import YAMLError

        if match := _NOT_PRINTABLE.search(self._text):
            raise Fault(match.start(), "yaml", fault="control")
        text = self._text.translate(self._hide) if self._hide else self._text
        try:
            yield from YAML(typ="safe", pure=self._slowly).parse(text)
        except YAMLError as error:
            if not self._slowly and getattr(error, "problem", None) == _OLD_RULE:
                raise _OldRuleError from None
            raise self._fault(error) from None
        except UnicodeDecodeError:  # a tag with %FF in it
            raise Fault(self._end, "yaml", fault="yaml_other") from None

    def _take_scalar(self, event: Any, start: int, end: int) -> None:
        text = event.value.translate(self._show) if self._show else event.value
        if event.style in ("|", ">"):
            end = start + len(self._text[start:end].rstrip())
        self._end = end
        if self._name_is_next():
            self._take_name(text, start, end)
            value: Any = text
        else:
            value = self._scalar(event, text, start)
            self._put(value, Extent(start, end))
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchor(value, Extent(start, end))

    def _scalar(self, event: Any, text: str, start: int) -> Any:
        if event.tag is None:
            return plain(text) if event.implicit[0] else text
        try:
            return tagged(text, event.tag)
        except TagError:
            raise Fault(start, "tag", tag=event.tag) from None

    def _name_is_next(self) -> bool:
        return bool(self._around) and self._name is None and type(self._around[-1].value) is dict

    def _take_name(self, name: str, start: int, end: int) -> None:
        extents: Any = self._around[-1].extent.inside
        if name in extents:
            raise repeated(self._text, name, start, extents[name].name[0])
        self._name = name, start, end

    def _put(self, value: Any, extent: Extent) -> None:
        self._values += 1
        if not self._around:
            self._raw, self._root = value, extent
            return
        around = self._around[-1]
        extents: Any = around.extent.inside
        if self._name is None:
            around.value.append(value)
            extents.append(extent)
        else:
            name, name_start, name_end = self._name
            extent.name = name_start, name_end
            around.value[name] = value
            extents[name] = extent
            self._name = None

    def _open(self, value: Any, kind: str, event: Any, start: int) -> None:
        if self._name_is_next():
            raise Fault(start, "yaml", fault="name_no_text")
        if len(self._around) >= DEEPEST:
            raise Fault(start, "yaml", fault="too_deep")
        try:
            check_tag(event.tag, kind)
        except TagError:
            raise Fault(start, "tag", tag=event.tag) from None
        before = self._values
        extent = Extent(start, start, type(value)())
        self._put(value, extent)
        self._anchors.pop(event.anchor, None)
        self._around.append(_Open(value, extent, event.anchor, before))

    def _close(self, start: int, end: int) -> None:
        closed = self._around.pop()
        # Where there is no bracket, the end is that of the last value.
        self._end = closed.extent.end = end if end > start else max(self._end, closed.extent.start)
        depth = closed.depth + 1
        self._note_depth(depth)
        if closed.anchor is not None:
            size = self._values - closed.before
            self._anchors[closed.anchor] = _Anchor(closed.value, closed.extent, size, depth)

    def _note_depth(self, depth: int) -> None:
        if self._around:
            self._around[-1].depth = max(self._around[-1].depth, depth)

    def _follow(self, name: str, start: int, end: int) -> None:
        anchor = self._anchors.get(name)
        if anchor is None:
            raise Fault(start, "alias", name=name)
        self._end = end
        if self._name_is_next():
            text = anchor.value.text if isinstance(anchor.value, Untyped) else anchor.value or ""
            if not isinstance(text, str):
                raise Fault(start, "yaml", fault="name_no_text")
            self._take_name(text, start, end)
            return
        self._unfolded += anchor.size
        self._values += anchor.size - 1
        if self._unfolded > self._most_unfolded:
            raise Fault(start, "bomb", limit=self._most_unfolded)
        if len(self._around) + anchor.depth > DEEPEST:
            raise Fault(start, "yaml", fault="too_deep")
        self._note_depth(anchor.depth)
        self._put(anchor.value, Extent(start, end, anchor.extent.inside))

    def _fault(self, error: YAMLError) -> Fault:
        """The parser's error with its place and words for it."""
        problem = getattr(error, "problem", None) or ""
        word = next((word for part, word in _PROBLEMS.items() if part in problem), "yaml_other")
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        if word == "open_string":
            mark = getattr(error, "context_mark", None) or mark
        index = mark.index if mark else self._end
        if word == "escape":
            index = max(self._text.rfind("\\", 0, index + 1), 0)
        if word == "forbidden_start" and self._text[index : index + 1] == "\t":
            word = "tab"
        return Fault(index, "yaml", fault=word)
