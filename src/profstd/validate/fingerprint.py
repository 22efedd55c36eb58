"""By what a finding is known again in the next version of the file.

Its rule, the text it is about, and where that stands by the names of what it lies in:
never a line, a page, or a number, which change when something is put in before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2s
from typing import Any

from msgspec import Struct

from profstd.document import ROOT, Document, Finding, Pointer
from profstd.validate.folding import folded

# Fields that say where something stands among its like.
_NUMBERS = frozenset({"number", "item_number", "item_numbers"})
_NAMES = ("name", "heading", "text", "term", "abbreviation", "code")
# A code outlives a name: fingerprints go by it where there is one.
_SIGNS = ("code", *_NAMES)
# Characters of a name or a text that are shown to people.
_LONGEST = 80
# Parts what `folded` has left, so that two texts in a row are not one.
_SEPARATOR = "\x1f"


def fingerprint(document: Document, code: str, path: Pointer, arguments: Mapping[str, Any]) -> str:
    """Sixteen hexadecimal digits for a finding of the rule `code` at `path`."""
    text = _subject(document, path, arguments, _SIGNS)
    parts = [code, *_names(document, path, _SIGNS), text]
    folds = (folded(part) or part for part in parts)
    return blake2s(_SEPARATOR.join(folds).encode(), digest_size=8).hexdigest()


def text_of(document: Document, finding: Finding) -> str:
    """The text that a finding is about; empty where something is missing."""
    return _subject(document, Pointer(finding.path), finding.arguments, _NAMES)


def where(document: Document, path: Pointer) -> tuple[str, ...]:
    """The way to `path`, for people: fields, and what list items are called, cut to size."""
    return tuple(map(cut, _names(document, path, _NAMES)))


def cut(text: str) -> str:
    """The beginning of a long text, as much as tells it from others."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _names(document: Document, path: Pointer, fields: Sequence[str]) -> Iterator[str]:
    for step, node in _way(document, path):
        yield _name(node, fields) if isinstance(step, int) else step


def _subject(
    document: Document, path: Pointer, arguments: Mapping[str, Any], fields: Sequence[str]
) -> str:
    """The text at `path`; of an item of a list what it is called."""
    if not path:
        return str(arguments.get("text", ""))
    step, node = list(_way(document, path))[-1]
    if step in _NUMBERS or node is None:
        return ""
    if isinstance(node, Struct):
        return _name(node, fields)
    return str(node) if isinstance(node, (str, int)) else ""


def _way(document: Document, path: Pointer) -> Iterator[tuple[str | int, Any]]:
    """The steps of `path` with what stands at the end of each; None where nothing does."""
    node: Any = document.model
    for step in path.keys:
        try:
            node = (ROOT / step).resolve(node)
        except LookupError:
            node = None
        yield step, node


def _name(node: Any, fields: Sequence[str]) -> str:
    """What a list item is called by its author; the level tells professions of one name apart.

    `fields` are those that may say it, the first that is filled does.
    """
    if not isinstance(node, Struct):
        return node if isinstance(node, str) else ""
    level = getattr(node, "level", None)
    for field in fields:
        if value := getattr(node, field, None):
            return f"{value} {level}" if isinstance(level, int) else str(value)
    return _first_text(node)


def _first_text(node: Any) -> str:
    """The first text of a nameless item, whatever field it stands in."""
    if isinstance(node, str):
        return node
    inside: Iterable[Any] = node if isinstance(node, tuple) else ()
    if isinstance(node, Struct):
        inside = (getattr(node, field) for field in node.__struct_fields__ if field != "kind")
    return next((text for item in inside if (text := _first_text(item))), "")


def resolves(document: Document, names: Sequence[str]) -> bool:
    """Whether something in the document is called so: `names` as `where` gives them."""
    nodes: list[Any] = [document.model]
    for name in names:
        below: list[Any] = []
        for node in nodes:
            if isinstance(node, tuple):
                below += [item for item in node if folded(cut(_name(item, _NAMES))) == folded(name)]
            elif isinstance(node, Struct) and name in node.__struct_fields__:
                below.append(getattr(node, name))
        nodes = below
    return bool(nodes)
