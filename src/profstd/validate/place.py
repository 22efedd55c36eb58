"""A finding's place in words: where it stands in the file, in which part of the standard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from profstd.document import Pointer, Span
from profstd.model import Model, Profession, RegistryPage, Standard, WorkFunction

if TYPE_CHECKING:
    from profstd.locale import Words

# The parts that a report groups findings by, in the order of the form.
_PARTS = {
    "scope": "chapter_1",
    "terms": "chapter_1",
    "abbreviations": "chapter_1",
    "title": "chapter_2",
    "code": "chapter_2",
    "economic_activities": "chapter_2",
    "summary": "chapter_2",
    "profession_list": "chapter_2",
    "professions": "chapter_3",
    "technical": "chapter_4",
}
_ORDER = ("whole", "chapter_1", "chapter_2", "chapter_3", "chapter_4")

# What the step before says already: the text of an ability, the name of a skill.
_SAID = frozenset({"text", "name", "term", "abbreviation"})


class Step(NamedTuple):
    """One step on the way to a place: its words and what stands there.

    Of an item of a list, `items` is the list and `number` its place in it, from 0.
    """

    words: str
    node: Any
    items: tuple[Any, ...] = ()
    number: int = 0


class Place(NamedTuple):
    """A place in the standard: the part (a card, a chapter) and the steps inside it.

    `order` sorts the parts of one document as the form has them.
    """

    part: str
    steps: tuple[str, ...]
    order: tuple[int, int]

    def __str__(self) -> str:
        return " → ".join((self.part, *self.steps))


def describe(model: Model, path: str, words: Words) -> Place:
    """The place in `model` that the JSON Pointer `path` names, in words.

    A path may lead where nothing stands (a list that is empty, an item that is missing).
    """
    start = _start(model, path, words)
    steps = _steps(start.node, start.keys, words)
    return Place(start.part, tuple(step.words for step in steps), start.order)


def steps(model: Model, path: str, words: Words) -> tuple[Step, ...]:
    """The steps inside the part of `model` that `path` lies in, with what stands there."""
    start = _start(model, path, words)
    return tuple(_steps(start.node, start.keys, words))


class _Start(NamedTuple):
    part: str
    order: tuple[int, int]
    node: Any
    keys: tuple[str | int, ...]


def _start(model: Model, path: str, words: Words) -> _Start:
    """The part that `path` lies in, and the rest of the way."""
    keys = Pointer(path).keys
    if isinstance(model, RegistryPage):
        node: Any = model
        if keys[:1] == ("profession",):
            node, keys = model.profession, keys[1:]
        return _Start(_page(model, words), (0, 0), node, keys)
    if keys[:1] == ("professions",) and len(keys) > 1 and isinstance(keys[1], int):
        index = keys[1]
        node = _item(model.professions, index)
        part = _card(node, words) if isinstance(node, Profession) else words.say("places.chapter_3")
        return _Start(part, (3, index + 1), node, keys[2:])
    name = _PARTS.get(str(keys[0]), "whole") if keys else "whole"
    node = model
    if keys[:1] in (("technical",), ("professions",)):  # the chapter's heading says as much
        node, keys = getattr(model, str(keys[0])), keys[1:]
    return _Start(words.say(f"places.{name}"), (_ORDER.index(name), 0), node, keys)


def position(span: Span | None, words: Words) -> str:
    """Where `span` stands in the author's file: page, line, row of a table, paragraph.

    The lines of data files may be long and hold much, so there the column is told too;
    in text the line and the cell are enough.
    """
    if span is None:
        return ""
    if span.page is not None:
        return words.say("places.page", page=span.page)
    if span.line is not None and span.column is not None and span.cell is None:
        return words.say("places.line_column", line=span.line, column=span.column)
    if span.line is not None:
        return words.say("places.line", line=span.line)
    if span.table is not None and span.row is not None:
        return words.say("places.row", table=span.table, row=span.row)
    if span.paragraph is not None:
        return words.say("places.paragraph", paragraph=span.paragraph)
    return ""


def heading(model: Model) -> str | None:
    """What the document is called: the title of the standard, the profession of the page."""
    return model.title if isinstance(model, Standard) else model.profession.name


def _card(profession: Profession, words: Words) -> str:
    name = profession.heading or profession.name or words.say("places.nameless")
    if profession.item_number is None:
        card = words.say("places.card_unnumbered", name=name)
    else:
        card = words.say("places.card", number=profession.item_number, name=name)
    if profession.level is None:
        return card
    return f"{card}, {words.say('places.level', level=profession.level)}"


def _page(page: RegistryPage, words: Words) -> str:
    name = heading(page) or words.say("places.nameless")
    return words.say("places.registry_page", name=name)


def _steps(node: Any, keys: tuple[str | int, ...], words: Words) -> Iterator[Step]:
    """The steps of `keys`, walked from `node`; «skills», 1 is one step: «навык 2»."""
    items, fields = words.table["places"]["items"], words.table["places"]["fields"]
    field = ""
    for index, key in enumerate(keys):
        if isinstance(key, int):
            siblings = node if isinstance(node, tuple) else ()
            node = _item(node, key)
            yield Step(_numbered(node, field, key, words), node, siblings, key)
        else:
            node = getattr(node, key, None)
            outer, field = field, key
            following = keys[index + 1] if index + 1 < len(keys) else None
            said = key in _SAID and index > 0 and isinstance(keys[index - 1], int)
            if not said and not (isinstance(following, int) and field in items):
                own = fields.get(f"{outer}.{field}") or fields.get(field)
                yield Step(str(own or words.field(field)), node)


def _numbered(node: Any, field: str, index: int, words: Words) -> str:
    """One item of the list `field`: by its printed number, else by its place in the list."""
    items = words.table["places"]["items"]
    kind = node.kind if isinstance(node, WorkFunction) else field
    forms = items.get(kind) or items.get(field) or items["other"]
    printed = getattr(node, "number", None)
    if printed is None:
        return words.fill(forms["counted"], {"number": index + 1})
    return words.fill(forms["printed"], {"number": printed})


def _item(node: Any, index: int) -> Any:
    return node[index] if isinstance(node, tuple) and index < len(node) else None
