"""The model in the making: nodes whose leaves still know where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from profstd.document import ROOT, Observation, Pointer, Span
from profstd.parse.recognise.stream import Stream, Value


class Node(dict[str, Any]):
    """A part of the model: values, nodes, and lists of them under the contract's names.

    `place` is where it begins in the stream (a label, a heading), `labels` where the
    labels of its fields stand: that is the place of a field without a value. `notes` are what was
    met while reading it: kind, the field it belongs to ("" for the node itself, steps
    down joined by "/"), arguments, place. `separator` is what is printed behind an item of
    a list.
    """

    def __init__(self, place: tuple[int, int] | None = None, **fields: Any) -> None:
        super().__init__(**fields)
        self.place = place
        self.labels: dict[str, tuple[int, int]] = {}
        self.notes: list[tuple[str, str, dict[str, Any], tuple[int, int] | None]] = []
        self.separator = ""

    def note(
        self, kind: str, field: str = "", place: tuple[int, int] | None = None, **arguments: Any
    ) -> None:
        """Remember an observation about `field` of this node."""
        self.notes.append((kind, field, arguments, place))


def note_rejoined(node: Node, field: str, value: Value | None, stream: Stream) -> None:
    """Note a name that an empty line or a page end breaks, with its parts."""
    if value and stream.crosses_gap(value.start, value.end):
        parts = stream.between_gaps(value)
        node.note("name_rejoined", field, (value.start, value.end), text=value.text, parts=parts)


class Places(Mapping[str, Span]):
    """The spans of a document by JSON Pointer, each worked out when it is asked for."""

    def __init__(self, stream: Stream) -> None:
        self.ranges: dict[str, tuple[int, int]] = {}
        self._stream = stream

    def __getitem__(self, path: str) -> Span:
        return self._stream.span(*self.ranges[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self.ranges)

    def __len__(self) -> int:
        return len(self.ranges)


class Planting:
    """A draft turned into plain data, with the place of every leaf and all observations."""

    def __init__(self, root: Node, stream: Stream) -> None:
        self.spans = Places(stream)
        self.observations: list[Observation] = []
        self._stream = stream
        self.data: dict[str, Any] = self._plant(root, str(ROOT))

    def _plant(self, item: Any, path: str) -> Any:
        if isinstance(item, Value):
            self.spans.ranges[path] = item.start, item.end
            if isinstance(item.text, str):
                self._observe_spaces(item, path)
            return item.text
        if isinstance(item, list):
            return [self._plant(child, f"{path}/{index}") for index, child in enumerate(item)]
        if not isinstance(item, Node):
            return item
        if item.place:
            self.spans.ranges[path] = item.place
        for field, place in item.labels.items():
            self.spans.ranges[f"{path}/{field}"] = place
        for kind, field, arguments, noted in item.notes:
            at = Pointer(f"{path}/{field}" if field else path)
            span = self._stream.span(*noted) if noted else None
            self.observations.append(Observation(kind, at, arguments, span))
        return {name: self._plant(child, f"{path}/{name}") for name, child in item.items()}

    def _observe_spaces(self, value: Value, path: str) -> None:
        """Note what was mended: a word with a hyphen and a space in it, doubled spaces."""
        for kind, printed in self._stream.mended(value.start, value.end):
            place = self._stream.span(value.start, value.end)
            self.observations.append(Observation(kind, Pointer(path), {"printed": printed}, place))
