"""A clean standard that a defect is planted in, and the planters of every kind of defect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

import msgspec

import fragments
import layout
import profstd
from profstd.document import Document, Pointer
from profstd.model import Language, Standard
from profstd.parse import labels, load_bytes
from profstd.shape import complete
from profstd.validate.classifier import Classifier

CLEAN = sorted((Path(__file__).parents[1] / "cases" / "clean").glob("*.txt"))

# How a defect comes to a check: in the model alone, in a file of the form's layout that is
# read again, in the clean file's own text, in data that holds the model, in one of two
# language versions, on the registry's page of a profession.
Way: TypeAlias = Literal["model", "file", "text", "data", "pair", "page"]

Data: TypeAlias = dict[str, Any]
Places: TypeAlias = str | Sequence[str] | None
_Item = TypeVar("_Item")


class At(NamedTuple):
    """A part of the model's data and where it stands."""

    path: str
    data: Data


@cache
def clean(source: Path) -> Document:
    """The clean standard of a file, read."""
    return profstd.load(source)


def other_version(source: Path) -> Path | None:
    """The same standard in the other language, if there is one."""
    name, _, language = source.stem.rpartition("-")
    path = source.with_stem(f"{name}-{'kk' if language == 'ru' else 'ru'}")
    return path if path in CLEAN else None


class Plot:
    """One clean standard, as data and as text, to be changed by one planter.

    `random` is seeded: the same defect comes out every time. A planter changes `data` or
    `text` and returns where the finding is to stand.
    """

    def __init__(self, source: Path, random: Random) -> None:
        self.source = source
        self.random = random
        self.document = clean(source)
        assert isinstance(self.document.model, Standard)
        self.model = self.document.model
        self.data: Data = msgspec.json.decode(msgspec.json.encode(self.model))
        self.text = source.read_text(encoding="utf-8")
        self.classifiers: dict[str, Classifier] = {}

    @property
    def language(self) -> Language:
        """The standard's language."""
        return self.model.language

    def pick(self, items: Sequence[_Item]) -> _Item:
        """One of `items`; LookupError where there is none: the plot does not suit."""
        if not items:
            raise LookupError("nothing to plant in")
        return self.random.choice(items)

    def two(self, items: Sequence[_Item]) -> tuple[_Item, _Item]:
        """Two of `items` in their order; LookupError where there are fewer."""
        if len(items) < 2:
            raise LookupError("nothing to plant in")
        first, second = sorted(self.random.sample(range(len(items)), 2))
        return items[first], items[second]

    def cards(self) -> list[At]:
        """The cards."""
        return [At(f"/professions/{i}", card) for i, card in enumerate(self.data["professions"])]

    def functions(self, card: At | None = None) -> list[At]:
        """The work functions of all cards or of one."""
        return [
            At(f"{at.path}/functions/{i}", function)
            for at in ([card] if card else self.cards())
            for i, function in enumerate(at.data["functions"])
        ]

    def skills(self, card: At | None = None, function: At | None = None) -> list[At]:
        """The skills of all cards, of one, or of one work function."""
        return [
            At(f"{at.path}/skills/{i}", skill)
            for at in ([function] if function else self.functions(card))
            for i, skill in enumerate(at.data["skills"])
        ]

    def lists(self) -> list[tuple[str, list[Data]]]:
        """The lists of abilities and knowledge."""
        return [
            (f"{at.path}/{field}", at.data[field])
            for at in self.skills()
            for field in ("abilities", "knowledge")
        ]

    def statements(self, field: str | None = None) -> list[At]:
        """The statements of all lists, or of those of one field."""
        return [
            At(f"{path}/{i}", item)
            for path, items in self.lists()
            for i, item in enumerate(items)
            if field is None or path.endswith(field)
        ]

    def related(self) -> list[At]:
        """The rows of related professions."""
        return [
            At(f"{at.path}/related/{i}", row)
            for at in self.cards()
            for i, row in enumerate(at.data["related"])
        ]

    def spot(self, path: str) -> tuple[int, int]:
        """Where a value stands in the text: from its first to behind its last character."""
        span = self.document.spans.get(path)
        if span is None or span.line is None or span.line != span.end_line:
            raise LookupError(f"{path} does not stand in one line")
        assert span.column
        assert span.end_column
        start = sum(len(line) + 1 for line in self.text.split("\n")[: span.line - 1])
        return start + span.column - 1, start + span.end_column

    def value(self, path: str) -> str:
        """The text that stands where `path` was read."""
        start, end = self.spot(path)
        return self.text[start:end]

    def replace(self, path: str, new: str) -> None:
        """Put `new` where `path` was read; only once in a plot."""
        start, end = self.spot(path)
        self.text = self.text[:start] + new + self.text[end:]

    def line(self, path: str) -> tuple[int, int]:
        """The line that `path` was read in: its first and behind its last character."""
        start, end = self.spot(path)
        begin = self.text.rfind("\n", 0, start) + 1
        stop = self.text.find("\n", end)
        return begin, stop if stop >= 0 else len(self.text)

    def in_text(self, items: Sequence[At], field: str) -> list[str]:
        """The paths of `field` in `items` whose value stands in one line as it was read."""
        paths = [f"{item.path}/{field}" for item in items]
        return [path for path in paths if self._is_printed(path)]

    def _is_printed(self, path: str) -> bool:
        try:
            return bool(self.value(path) == Pointer(path).resolve(self.model))
        except LookupError:
            return False

    def built(self, way: Way) -> tuple[Document, Document | None]:
        """The document with the defect, and the one that it is checked against."""
        if way == "text":
            return load_bytes(self.text.encode(), self.source.name), None
        if way == "data":
            return _raw(self.data), None
        standard = complete(self.data, Standard)
        assert isinstance(standard, Standard)
        if way == "file":
            form = labels.load(standard.language, "standard")
            text = layout.Layout(form).write(standard)
            return load_bytes(text.encode(), self.source.name), None
        if way == "pair":
            other = other_version(self.source)
            if other is None:
                raise LookupError("no other version")
            return fragments.document(standard), clean(other)
        if way == "page":
            page = fragments.page({"language": self.language, "profession": self.data["page"]})
            return fragments.document(page), self.document
        return fragments.document(standard), None


def _raw(data: Data) -> Document:
    """A document read from JSON with whatever is wrong in it."""
    return Document(
        model=complete(data, Standard),
        source=fragments.SOURCE,
        spans={},
        counted=None,
        raw=data,
    )


Planter: TypeAlias = Callable[[Plot], Places]


class Kind(NamedTuple):
    """A kind of defect: the rule that is to find it, its name, how it comes to a check."""

    code: str
    name: str
    ways: tuple[Way, ...]
    plant: Planter

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


_KINDS: list[Kind] = []


def plants(code: str, *ways: Way) -> Callable[[Planter], Planter]:
    """Register a planter of defects that the rule `code` is to find."""

    def register(function: Planter) -> Planter:
        name = function.__name__.strip("_").replace("_", " ")
        _KINDS.append(Kind(code, name, ways or ("model", "file"), function))
        return function

    return register


def kinds() -> Iterator[Kind]:
    """Every kind of defect, by code and name."""
    from planting import codes, pairs, passport, reading, schema, skills, words  # noqa: F401

    return iter(sorted(_KINDS, key=lambda kind: (kind.code, kind.name)))


def slip(plot: Plot, text: str) -> str:
    """`text` with one letter of a long word left out."""
    places = [
        index
        for index in range(2, len(text) - 2)
        if text[index - 2 : index + 3].isalpha() and text[index] != text[index + 1]
    ]
    index = plot.pick(places)
    return text[:index] + text[index + 1 :]


def said(language: str, words: Mapping[str, str]) -> str:
    """The words of one language."""
    return words[language]
