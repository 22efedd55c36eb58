"""A whole Word file: its stories one after the other, and what is to be told about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from profstd.document import ROOT, Block, Observation, Reading, UnreadableError
from profstd.model import Source
from profstd.parse.readers._word.bindings import show_data
from profstd.parse.readers._word.changes import Changes
from profstd.parse.readers._word.drawings import words_of
from profstd.parse.readers._word.imports import imported_blocks
from profstd.parse.readers._word.margins import set_aside
from profstd.parse.readers._word.names import first, long
from profstd.parse.readers._word.numbering import Lists
from profstd.parse.readers._word.package import Budget, Element, Package
from profstd.parse.readers._word.paragraphs import Shared, Tally
from profstd.parse.readers._word.story import Story
from profstd.parse.readers._word.styles import Styles
from profstd.parse.settings import ReadSettings, TrackedChanges

_BODY, _PPR, _ID, _TYPE = long("w:body"), long("w:pPr"), long("w:id"), long("w:type")
_RPR = long("w:rPr")
_INSERTED = {long("w:ins"), long("w:moveTo"), long("w:cellIns")}
_DELETED = {long("w:del"), long("w:moveFrom"), long("w:cellDel")}
_DATA, _RELATION = long("r:dm"), long("r:id")
_DRAWINGS = ("diagramData", "chart", "chartEx")
_STORIES = ("footnotes", "endnotes", "header", "footer")
# Parts that show text; a small picture may be a logo.
_TELLING = ("imported_file", "embedded_file", "scan", "diagram", "chart")
_FEWEST_LETTERS = 30  # of a document with pictures that is no scan


def read_word(data: bytes, source: Source, settings: ReadSettings) -> Reading:
    """The blocks of a Word file (OOXML).

    Its characters are those that are shown: all text with the automatic numbers, a tab
    and a special hyphen as one character, headers, footers and notes as furniture. Text
    of the other side of tracked changes, hidden text and comments are not among them.
    Tracked changes, hidden text and parts that hold text of their own are observations.
    Raises UnreadableError: encrypted, damaged, unsafe, unpacked_too_large, slow, not_word,
    pictures_only.
    """
    try:
        budget = Budget(settings.max_unpacked_size)
        return _read(Package(data, source.file, budget), source, settings)
    except RecursionError:
        raise UnreadableError(source.file, "unsafe") from None


def _read(package: Package, source: Source, settings: ReadSettings) -> Reading:
    tally = Tally(source.file, settings.time_limit)
    content = _Content(package, source.file, settings, tally)
    blocks = [
        *content.aside("header"),
        *set_aside(list(content.body())),
        *content.aside("footer"),
    ]
    if _is_scan(blocks, tally):
        raise UnreadableError(source.file, "pictures_only")
    return Reading(
        source=source,
        blocks=tuple(blocks),
        markup=tally.markup,
        observations=tuple(_observed(content.trees, tally, settings.tracked_changes)),
        not_assessed=tuple(tally.not_assessed),
    )


def _is_scan(blocks: list[Block], tally: Tally) -> bool:
    """Whether there is nothing but pictures."""
    if not any(part.kind in ("picture", "scan") for part in tally.not_assessed):
        return False
    letters = 0
    for block in blocks:
        for piece in (piece for cell in block.cells for piece in cell):
            letters += block.kind != "furniture" and sum(map(str.isalpha, piece.text))
            if letters >= _FEWEST_LETTERS:
                return False
    return True


class _Content:
    """The stories of a package: the document itself, or a file that it takes in whole."""

    def __init__(
        self, package: Package, file: str, settings: ReadSettings, tally: Tally, depth: int = 0
    ) -> None:
        self._package = package
        self._settings = settings
        self._depth = depth
        self._main = package.main()
        root = package.tree(self._main)
        if first(root, _BODY) is None:
            raise UnreadableError(file, "not_word")
        self._root = root  # a file may, against all rules, have several bodies
        show_data(root, package, self._main)
        self._parts: dict[str, list[Element]] = {}
        relations = list(package.relations(self._main))
        self._targets = {item.name: item.target for item in relations}
        self._kinds = {item.name: item.kind for item in relations}
        for target, kind in {item.target: item.kind for item in relations}.items():
            if kind in ("styles", "numbering", *_STORIES) and (
                (tree := package.tree(target)) is not None
            ):
                self._parts.setdefault(kind, []).append(tree)
        styles = Styles(self._first("styles"))
        lists = Lists(self._first("numbering"), styles)
        self._shared = Shared(
            file, styles, lists, Changes(settings.tracked_changes), _notes(self._parts), tally
        )
        self.trees = [root, *(tree for name in _STORIES for tree in self._parts.get(name, []))]

    def body(self) -> Iterator[Block]:
        """The blocks of the document's body."""
        story = Story(self._shared, self._root, imported=self._imported, drawn=self._drawn)
        yield from story.blocks()

    def aside(self, kind: str) -> Iterator[Block]:
        """The blocks of the headers or the footers, all furniture."""
        for root in self._parts.get(kind, []):
            yield from Story(self._shared, root, furniture=True).blocks()

    def _first(self, kind: str) -> Element | None:
        return self._parts[kind][0] if kind in self._parts else None

    def _drawn(self, element: Element) -> list[str]:
        """The words of the diagram or the chart that an element shows; none where it has none."""
        name = element.get(_DATA) or element.get(_RELATION) or ""
        kind = self._kinds.get(name)
        if kind not in _DRAWINGS:
            return []
        self._shared.tally.watch()
        try:
            tree = self._package.tree(self._targets[name])
        except UnreadableError as error:
            if error.reason == "damaged":
                return []
            raise
        return [] if tree is None else words_of(tree)

    def _imported(self, name: str) -> Iterable[Block] | None:
        """The blocks of a file that the relation `name` takes in, None where it is not read."""
        self._shared.tally.watch()
        target = self._targets.get(name, "")
        data = self._package.content(target)
        if data is None or self._depth:
            return None
        file, tally = self._shared.file, self._shared.tally
        if data.startswith(b"PK"):
            try:
                content = _Content(self._package.inner(data), file, self._settings, tally, 1)
            except UnreadableError as error:
                if error.reason in ("damaged", "not_word", "encrypted"):
                    return None
                raise
            self.trees += content.trees
            return content.body()
        return imported_blocks(data, target, file, self._settings, tally)


def _notes(parts: dict[str, list[Element]]) -> dict[tuple[str, str], Element]:
    """The notes by part and id, without the lines that Word draws above them."""
    return {
        (kind, note.get(_ID) or ""): note
        for kind in ("footnote", "endnote")
        for root in parts.get(f"{kind}s", [])
        for note in root.iter(long(f"w:{kind}"))
        if note.get(_TYPE) in (None, "normal")
    }


def _observed(trees: list[Element], tally: Tally, read: TrackedChanges) -> Iterator[Observation]:
    insertions = sum(_changes(tree, _INSERTED) for tree in trees)
    deletions = sum(_changes(tree, _DELETED) for tree in trees)
    if insertions or deletions:
        seen = {"insertions": insertions, "deletions": deletions, "read": read}
        yield Observation("tracked_changes", ROOT, seen)
    if text := " ".join(" ".join(tally.hidden).split()):
        yield Observation("hidden_text", ROOT, {"text": text})
    for kind in _TELLING:
        places = [part.span for part in tally.not_assessed if part.kind == kind]
        if places:
            yield Observation("not_assessed", ROOT, {"part": kind, "count": len(places)}, places[0])


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
