"""A whole Word file: its stories one after the other, and what is to be told about it."""

from __future__ import annotations

from profstd.document import ROOT, Block, Observation, Reading, UnreadableError
from profstd.model import Source
from profstd.parse.readers._word.names import long
from profstd.parse.readers._word.numbering import Numbering
from profstd.parse.readers._word.package import Element, Package
from profstd.parse.readers._word.story import Shared, Story
from profstd.parse.readers._word.styles import Styles
from profstd.parse.settings import ReadSettings

_BODY, _PPR, _ID, _TYPE = long("w:body"), long("w:pPr"), long("w:id"), long("w:type")
_RPR = long("w:rPr")
_INSERTED = {long("w:ins"), long("w:moveTo"), long("w:cellIns")}
_DELETED = {long("w:del"), long("w:moveFrom"), long("w:cellDel")}


def read_word(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The blocks of a Word file (OOXML).

    Its characters are those that are shown: all text with the automatic numbers, a tab
    and a special hyphen as one character, headers, footers and notes as furniture. Text
    that is deleted or hidden and comments are not among them. Tracked changes and hidden
    text are observations. Raises UnreadableError: encrypted, damaged, unsafe, not_word.
    """
    try:
        return _read(Package(data, source.file, settings.max_unpacked_size), source)
    except RecursionError:
        raise UnreadableError(source.file, "unsafe") from None


def _read(package: Package, source: Source) -> Reading:
    main = package.main()
    root = package.tree(main)
    body = None if root is None else root.find(_BODY)
    if body is None:
        raise UnreadableError(source.file, "not_word")
    parts: dict[str, list[Element]] = {}
    wanted = ("styles", "numbering", "footnotes", "endnotes", "header", "footer")
    targets = {relation.target: relation.kind for relation in package.relations(main)}
    for target, kind in targets.items():
        if kind in wanted and (tree := package.tree(target)) is not None:
            parts.setdefault(kind, []).append(tree)
    styles = Styles(_first(parts, "styles"))
    lists = _first(parts, "numbering")
    shared = Shared(source.file, styles, _notes(parts))
    blocks: list[Block] = []
    for kind, furniture in (("header", True), ("", False), ("footer", True)):
        for story in parts.get(kind, []) if kind else [body]:
            numbering = Numbering(lists, styles)
            blocks += Story(shared, story, numbering, furniture=furniture).blocks()
    trees = [root, *(tree for name in wanted[2:] for tree in parts.get(name, []))]
    return Reading(
        source=source,
        blocks=tuple(blocks),
        markup=shared.markup,
        observations=tuple(_observed(trees, shared.hidden)),
    )


def _first(parts: dict[str, list[Element]], kind: str) -> Element | None:
    return parts[kind][0] if kind in parts else None


def _notes(parts: dict[str, list[Element]]) -> dict[tuple[str, str], Element]:
    """The notes by part and id, without the lines that Word draws above them."""
    return {
        (kind, note.get(_ID) or ""): note
        for kind in ("footnote", "endnote")
        for root in parts.get(f"{kind}s", [])
        for note in root.iter(long(f"w:{kind}"))
        if note.get(_TYPE) in (None, "normal")
    }


def _observed(trees: list[Element], hidden: list[str]) -> list[Observation]:
    found = []
    insertions = sum(_changes(tree, _INSERTED) for tree in trees)
    deletions = sum(_changes(tree, _DELETED) for tree in trees)
    if insertions or deletions:
        counts = {"insertions": insertions, "deletions": deletions}
        found.append(Observation("tracked_changes", ROOT, counts))
    if text := " ".join(" ".join(hidden).split()):
        found.append(Observation("hidden_text", ROOT, {"text": text}))
    return found


def _changes(root: Element, names: set[str]) -> int:
    """How many tracked changes of some kinds there are.

    The mark of a paragraph counts only where nothing else of the paragraph was changed
    likewise: a paragraph that was written anew is one insertion.
    """
    count = 0
    mark = None
    for element in root.iter(*names):
        parent = element.getparent()
        if parent is None or parent.tag != _RPR:
            count += 1
        elif parent is not mark:
            mark = parent
            properties = parent.getparent()
            if properties is not None and properties.tag == _PPR:
                count += not any(item.tag in names for item in properties.itersiblings())
    return count
