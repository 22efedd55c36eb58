"""A professional standard of the form of 2023: which label belongs where, section by section."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache

from profstd.parse.labels import Labels, fold
from profstd.parse.recognise import cards, front, skills, technical
from profstd.parse.recognise.cards import CardDraft
from profstd.parse.recognise.columns import implied
from profstd.parse.recognise.draft import Node
from profstd.parse.recognise.scan import Found, lone_values, scan
from profstd.parse.recognise.stream import LABEL, Stream, Value
from profstd.parse.recognise.technical import TechnicalDraft, find_date

FORM = "kz-2023"

_CHAPTERS = {
    "chapter.general": "front",
    "chapter.passport": "front",
    "chapter.cards": "cards",
    "chapter.technical": "technical",
}
# The form's order of chapters and items; cards stand after "chapter.cards".
ORDER = (
    *("chapter.general", "scope", "terms", "abbreviations"),
    *("chapter.passport", "title", "code", "economic_activities", "summary", "profession_list"),
    *("chapter.cards", "chapter.technical"),
    *technical.ITEMS,
)
_CARD_STARTS = frozenset({"group_code", "occupation_code"})
_ROWS_BEFORE = frozenset(cards.ROWS[:11]) | {"education", *cards.EDUCATION}
_LISTS = frozenset({"functions", "listed_functions", "mandatory", "additional"})
_IN_CARDS = skills.KEYS | {"group_code", "occupation_code", "level", "mandatory", "related"}
_TAIL = frozenset({"personal_competencies", "regulations", "related"})


def recognise(stream: Stream, labels: Labels) -> tuple[Node, int]:
    """The draft of the standard in `stream`, and how many kinds of labels were found."""
    stream.use(labels.words)
    draft = StandardDraft(stream, labels)
    heads: list[tuple[int, int]] = []
    known = implied(stream, _with_values(stream, labels), labels)
    found = list(_admitted(stream, known, heads))
    stream.blank(heads)
    ends = [*(hit.start for hit in found[1:]), len(stream.text)][: len(found)]
    for hit in found:
        stream.mark(hit.start, hit.end, LABEL)
    draft.take_opening(found[0].start if found else 0)
    for index, (hit, end) in enumerate(zip(found, ends, strict=True)):
        following = found[index + 1].key if index + 1 < len(found) else ""
        draft.take(hit, end, following)
    kinds = {hit.key for hit in found if hit.key != "recognition_value"}
    return draft.finish(recognised=len(kinds) > 1), len(kinds)


def _with_values(stream: Stream, labels: Labels) -> list[Found]:
    """The labels, and among them the cells that hold nothing but a recognition value."""
    found = scan(stream, labels)
    for value in lone_values(stream, labels):
        hit = Found("recognition_value", value.start, value.end, None, None, True, True)
        found.append(hit)
    return sorted(found, key=lambda hit: hit.start)


def _admitted(stream: Stream, found: list[Found], heads: list[tuple[int, int]]) -> Iterator[Found]:
    """The labels that belong where they stand; repeated titles are added to `heads`."""
    section, phase = "", ""
    titled = last = ""
    for hit in found:
        key = hit.key
        if not section and key in _IN_CARDS:
            # The file begins in the middle of a card.
            section, phase = "cards", "rows"
        if key in _CHAPTERS:
            if hit.leads:
                section, phase = _CHAPTERS[key], ""
                yield hit
        elif key == "document":
            said = fold(stream.words(hit.start, hit.end))
            if titled and hit.fills and said == titled:
                heads.append((hit.start, hit.end))
            elif not titled and hit.leads and section in ("", "front"):
                titled = said
                yield hit
        elif key in front.ITEMS:
            if hit.leads and section in ("", "front"):
                section = "front"
                yield hit
        elif key == "card":
            if hit.leads:
                section, phase = "cards", "rows"
                yield hit
        elif key in technical.ITEMS:
            if hit.leads and (section == "technical" or hit.number is not None or hit.fills):
                section = "technical"
                yield hit
        elif key in technical.PARTS:
            if section == "technical":
                yield hit
        elif section == "cards":
            if key in _CARD_STARTS and hit.leads:
                phase = "rows"
            if key in cards.EDUCATION and not (hit.leads or last.startswith("education")):
                continue
            if _fits(key, phase, hit):
                last = key
                phase = _phase(key, phase)
                yield hit


def _fits(key: str, phase: str, hit: Found) -> bool:
    if key in skills.KEYS:
        return phase in ("lists", "functions") or (phase != "related" and hit.leads)
    if key == "related.level":
        return phase == "related"
    if key in _TAIL:
        return bool(phase)
    if key == "name" and phase == "related":
        return True
    if key in _ROWS_BEFORE:
        return phase == "rows"
    return key in _LISTS and phase in ("rows", "lists")


def _phase(key: str, phase: str) -> str:
    if key in _LISTS:
        return "lists"
    if key in skills.KEYS:
        return "functions"
    if key == "related":
        return "related"
    return "tail" if key in _TAIL else phase


class StandardDraft:
    """The standard, filled label by label."""

    def __init__(self, stream: Stream, labels: Labels) -> None:
        self._stream = stream
        self._labels = labels
        self.root = Node(language=labels.language, form=FORM, kind="standard", schema_version="1.0")
        self._cards: list[CardDraft] = []
        self._technical = TechnicalDraft(stream, labels)
        self._order: list[Found] = []
        self._heading: Value | None = None

    def take_opening(self, end: int) -> None:
        """What stands before the first label: the line of the order that approved it."""
        text = fold(self._stream.words(0, end))
        if any(fold(word) in text for word in self._labels.words["approval"]):
            self._take_approval(0, end)

    def _take_approval(self, start: int, end: int) -> None:
        text = self._stream.value(start, end)
        if text is None or self.root.get("approval"):
            return
        node = Node((text.start, text.end), text=text, number=None)
        node["date"] = find_date(self._stream, start, end, self._labels)
        sign = self._stream.text.find("№", start, end)
        if sign >= 0 and (words := self._stream.text[sign + 1 : end].split()):
            at = self._stream.text.index(words[0], sign)
            node["number"] = Value(words[0].strip(".,;"), at, at + len(words[0]))
        self.root["approval"] = node

    def take(self, found: Found, end: int, following: str) -> None:
        """The value of the label `found`, which reaches to `end`."""
        key = found.key
        if key in ORDER:
            self._order.append(found)
        if found.meant:
            printed = self._stream.words(found.start, found.end)
            in_card = self._cards and key not in ORDER and key not in technical.PARTS
            node = self._cards[-1].node if in_card else self.root
            node.note("label_misspelt", "", (found.start, found.end),
                           printed=printed.rstrip(":"), label=found.meant.rstrip(":"))  # fmt: skip
        if key in front.ITEMS:
            front.take_item(self.root, found, end, self._stream, self._labels)
        elif key == "document":
            self._take_document(found, end)
        elif key in technical.ITEMS or key in technical.PARTS:
            self._technical.take(found, end, following)
        elif key == "card" or self._begins_card(found):
            self._begin_card(found, end)
        elif key not in _CHAPTERS:
            self._cards[-1].take(found, end)

    def _take_document(self, found: Found, end: int) -> None:
        lines = self._stream.lines(found.end, end)
        name = found.name or next(lines, None)
        if name:
            self._heading = self._unquoted(self._stream.value(*name))
        text = fold(self._stream.words(found.end, end))
        if any(fold(word) in text for word in self._labels.words["approval"]):
            self._take_approval(found.end, end)

    @staticmethod
    def _unquoted(name: Value | None) -> Value | None:
        text = name.text.strip('«»"“”„: ') if name and not name.text.endswith("»»") else None
        return Value(text, name.start, name.end) if name and text else name

    def _begins_card(self, found: Found) -> bool:
        """Whether a label other than a heading begins a card: the first, or a full one's next."""
        if found.key in _CHAPTERS or not self._cards:
            return found.key not in _CHAPTERS
        return found.key in _CARD_STARTS and found.leads and self._cards[-1].is_full

    def _begin_card(self, found: Found, end: int) -> None:
        heads = found.key == "card"
        card = CardDraft(self._stream, self._labels, found if heads else None, found.start)
        self._cards.append(card)
        if heads:
            card.take_heading(found, end)
        else:
            card.take(found, end)

    def finish(self, *, recognised: bool) -> Node:
        """The whole standard, with notes of what is missing, out of order or marked up."""
        root = self.root
        root["professions"] = [card.finish() for card in self._cards]
        root["technical"] = self._technical.node
        heading = self._heading
        if heading:
            root.note("heading", "title", (heading.start, heading.end), text=heading.text)
            if root.get("title") is None:
                root["title"] = heading
        if recognised:
            self._note_order()
        self._note_markup()
        return root

    def _note_order(self) -> None:
        highest = -1
        seen = set()
        for found in self._order:
            place = ORDER.index(found.key)
            if place < highest and found.key not in seen:
                before = self._labels.texts[ORDER[highest]][0].rstrip(":")
                text = self._labels.texts[found.key][0].rstrip(":")
                self.root.note("order", _field(found.key), (found.start, found.end),
                               label=text, after=before)  # fmt: skip
            highest = max(highest, place)
            seen.add(found.key)
        for key in ORDER:
            if key not in seen:
                level = "chapter" if key.startswith("chapter.") else "item"
                text = self._labels.texts[key][0].rstrip(":")
                self.root.note("missing_label", _field(key), label=key, text=text, level=level)

    def _note_markup(self) -> None:
        """The tags that stood in the text, counted for each card and for the rest."""
        starts = [card.start for card in self._cards]
        counted: dict[int, Counter[str]] = {}
        first: dict[int, tuple[int, int]] = {}
        for at, tag in self._stream.tags:
            index = bisect_right(starts, at) - 1
            counted.setdefault(index, Counter())[_tag_name(tag)] += 1
            first.setdefault(index, (at, at + len(tag)))
        for index, tags in counted.items():
            node = self._cards[index].node if index >= 0 else self.root
            node.note("markup", "", first[index],
                      tags=dict(sorted(tags.items())), count=tags.total())  # fmt: skip


@cache
def _tag_name(tag: str) -> str:
    """«<ol style="…">» and «</ol>» are both an «<ol>»."""
    name = tag.strip("</>").split()[0].casefold().rstrip("/")
    return f"<{name}>"


def _field(key: str) -> str:
    """Where in the model a chapter or an item would stand."""
    if key.startswith("chapter."):
        return {"chapter.cards": "professions", "chapter.technical": "technical"}.get(key, "")
    return f"technical/{key}" if key in technical.ITEMS else key
