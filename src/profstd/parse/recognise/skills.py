"""Chapter 3, the blocks of a card that describe work functions and their skills."""

from __future__ import annotations

import re
from typing import Any

from profstd.parse.labels import Labels, fold
from profstd.parse.recognise.draft import Node, note_rejoined
from profstd.parse.recognise.lists import statements
from profstd.parse.recognise.scan import Found, recognition
from profstd.parse.recognise.stream import Stream, Value

KEYS = frozenset(
    {
        *("function.mandatory", "function.additional", "skill", "abilities", "knowledge"),
        *("recognition", "recognition_value"),
    }
)
_LISTS = ("abilities", "knowledge")
_MARKER = re.compile(r"\d{1,2}\s?\)\s*\S")


class SkillDraft:
    """One skill, filled label by label; its recognition is settled at the end."""

    def __init__(self, place: tuple[int, int]) -> None:
        self.node = Node(place, number=None, name=None, abilities=[], knowledge=[])
        self.labelled: list[tuple[Found, Value | None]] = []
        self.strays: list[Value] = []
        self.cut: tuple[int, int] | None = None
        self.last_list = ""
        self.seen: set[str] = set()

    @property
    def is_over(self) -> bool:
        """Whether a further «Умения:» must belong to another skill."""
        return "knowledge" in self.seen and bool(self.labelled or self.strays)

    def settle(self, labels: Labels) -> Node:
        """The skill with its recognition: the value in the label's own row wins."""
        node = self.node
        printed = [value for _, value in self.labelled if value] or self.strays
        node["recognition"] = None
        if printed:
            meant = recognition(printed[0].text, labels)
            assert meant
            node["recognition"] = Value(meant[0], printed[0].start, printed[0].end)
            self._note_values(labels)
        empty = [found for found, value in self.labelled if value is None]
        if empty and not printed:
            node.note("lone_label", "recognition", (empty[0].start, empty[0].end))
        if len(self.labelled) > 1 and empty:
            place = empty[0].start, empty[0].end
            text = labels.texts["recognition"][0].rstrip(":")
            node.note("label_repeated", "recognition", place, label=text)
        return node

    def _note_values(self, labels: Labels) -> None:
        own = [value for _, value in self.labelled if value]
        every = sorted([*own, *self.strays], key=lambda value: value.start)
        first = (own or self.strays)[0]
        extra = next((value for value in every if value != first), first)
        meanings = {value.text: recognition(value.text, labels) for value in every}
        for value in every:
            meant = meanings[value.text]
            if meant and not meant[1]:
                self.node.note("recognition_misspelt", "recognition", (value.start, value.end),
                               printed=value.text, meant=meant[0])  # fmt: skip
        if len({meant[0] for meant in meanings.values() if meant}) > 1:
            self.node.note("recognition_contradiction", "recognition", (extra.start, extra.end),
                           printed=[value.text for value in every], taken=first.text)  # fmt: skip
        elif len(every) > 1:
            self.node.note("recognition_repeated", "recognition", (extra.start, extra.end),
                           printed=first.text)  # fmt: skip
        labelled_before = any(label.start < first.start for label, _ in self.labelled)
        if not own and not labelled_before:
            text = labels.texts["recognition"][0].rstrip(":")
            case = "label_after" if self.labelled else "no_label"
            self.node.note("value_without_label", "recognition", (first.start, first.end),
                           case=case, text=first.text, label=text)  # fmt: skip


class FunctionsDraft:
    """The work functions of one card, in document order."""

    def __init__(self, stream: Stream, labels: Labels) -> None:
        self._stream = stream
        self._labels = labels
        self._functions: list[tuple[Node, list[SkillDraft]]] = []

    def take(self, found: Found, end: int) -> bool:
        """Take the label and its value; False if it is none of a function's."""
        if found.key not in KEYS:
            return False
        if found.key.startswith("function."):
            self._begin_function(found, end)
        elif found.key == "skill":
            self._begin_skill(found, end)
        elif found.key in _LISTS:
            self._take_list(found, end)
        else:
            self._take_recognition(found, end)
        return True

    def finish(self) -> list[Node]:
        """The functions with their skills; a part that a page end printed twice is one."""
        made: list[Node] = []
        for function, drafts in self._functions:
            function["skills"] = _merged([draft.settle(self._labels) for draft in drafts])
            if made and _same(made[-1], function, "kind"):
                made[-1]["skills"] = _merged(made[-1]["skills"] + function["skills"])
                _note_repeated(made[-1], function)
            else:
                made.append(function)
        for function in made:
            for skill in function["skills"]:
                _note_empty_lists(skill)
                _note_separators(skill)
        return made

    def _named(self, node: Node, found: Found, end: int) -> None:
        name = self._stream.value(found.end, end)
        if name and not any(letter.isalnum() for letter in name.text):
            name = None
        if found.number is not None:
            node["number"] = Value(found.number, found.start, found.end)
        node["name"] = name
        note_rejoined(node, "name", name, self._stream)

    def _begin_function(self, found: Found, end: int) -> None:
        place = found.start, found.end
        kind = Value(found.key.removeprefix("function."), *place)
        node = Node(place, kind=kind, number=None)
        self._named(node, found, end)
        self._functions.append((node, []))

    def _begin_skill(self, found: Found, end: int) -> None:
        draft = SkillDraft((found.start, found.end))
        name_end = next(
            (
                begin
                for begin, stop in self._stream.cells(found.end, end)
                if self._is_list(begin, stop)
            ),
            end,
        )
        self._named(draft.node, found, name_end)
        drafts = self._drafts(found)
        if name_end == end:
            drafts.append(draft)
            return
        # A list without its label: it goes on with the skill that was printed again, or
        # the label of the abilities is missing.
        field = "abilities"
        if drafts and _same(drafts[-1].node, draft.node):
            draft, field = drafts[-1], drafts[-1].last_list or field
        else:
            drafts.append(draft)
        draft.seen.add(field)
        draft.node[field] += statements(self._stream, name_end, end, self._labels)

    def _is_list(self, start: int, end: int) -> bool:
        return _MARKER.match(self._stream.text[start:end].lstrip()) is not None

    def _drafts(self, found: Found) -> list[SkillDraft]:
        """The skills of the function at hand; a skill before any function gets one."""
        if not self._functions:
            place = found.start, found.end
            kind = Value("mandatory", *place)
            nameless = Node(place, kind=kind, number=None, name=None)
            self._functions.append((nameless, []))
        return self._functions[-1][1]

    def _skill(self, found: Found) -> SkillDraft:
        drafts = self._drafts(found)
        begins = found.key in _LISTS and drafts and drafts[-1].is_over
        if not drafts or (begins and found.key == "abilities"):
            drafts.append(SkillDraft((found.start, found.end)))
        return drafts[-1]

    def _take_list(self, found: Found, end: int) -> None:
        draft = self._skill(found)
        more = statements(self._stream, found.end, end, self._labels)
        if found.key in draft.seen:
            text = self._stream.words(found.start, found.end).rstrip(":")
            place = (found.start, found.end)
            if not draft.node[found.key]:
                place = draft.node.labels.get(found.key, place)
            draft.node.note("label_repeated", found.key, place, label=text)
        draft.seen.add(found.key)
        draft.last_list = found.key
        draft.node[found.key] += more
        draft.node.labels.setdefault(found.key, (found.start, found.end))

    def _take_recognition(self, found: Found, end: int) -> None:
        draft = self._skill(found)
        stream = self._stream
        if found.key == "recognition_value":
            self._take_value(draft, found)
            return
        text = stream.read(found.end, end)
        meant = recognition(text.text, self._labels) if text else None
        draft.node.labels["recognition"] = found.start, found.end
        draft.labelled.append((found, stream.value(found.end, end) if meant else None))
        draft.cut = (found.end, end) if text and not meant else None

    def _take_value(self, draft: SkillDraft, found: Found) -> None:
        """A cell with nothing but a value: of the label's row, cut by a page end, or stray."""
        stream = self._stream
        start = found.start
        whole = draft.cut and stream.read(draft.cut[0], found.end)
        if draft.cut and whole and recognition(whole.text, self._labels):
            start = draft.cut[0]
        value = stream.value(start, found.end)
        if value is None:
            return
        label = draft.labelled[-1][0] if draft.labelled else None
        if (
            label
            and draft.labelled[-1][1] is None
            and (draft.cut or stream.row(label.start) == stream.row(found.start))
        ):
            draft.labelled[-1] = (label, value)
        else:
            draft.strays.append(value)
        draft.cut = None


def _same(first: Node, second: Node, *fields: str) -> bool:
    """Whether the second is the first printed again: number and name, and all `fields`."""
    names = ("number", "name", *fields)
    return first["name"] is not None and all(
        _text(first[name]) == _text(second[name]) for name in names
    )


def _text(value: Value | None) -> Any:
    if value is None or isinstance(value.text, int):
        return value and value.text
    return fold(value.text)


def _merged(skills: list[Node]) -> list[Node]:
    """Skills where one that was printed again, only to go on, is joined to the one before."""
    made: list[Node] = []
    for skill in skills:
        before = made[-1] if made else None
        if before and _same(before, skill) and _goes_on(before, skill):
            for name in _LISTS:
                before[name] += skill[name]
            before["recognition"] = before["recognition"] or skill["recognition"]
            _note_repeated(before, skill)
        else:
            made.append(skill)
    return made


def _goes_on(before: Node, skill: Node) -> bool:
    return (not skill["abilities"] or not (before["knowledge"] or before["recognition"])) and not (
        before["recognition"] and skill["recognition"]
    )


def _note_repeated(before: Node, again: Node) -> None:
    before.notes += again.notes
    if again.place:
        before.note("label_repeated", "name", again.place, label=again["name"].text)


def _note_empty_lists(skill: Node) -> None:
    """A label of a list was printed, and nothing stands under it."""
    for name in _LISTS:
        if name in skill.labels and not skill[name]:
            skill.note("empty_list", name, skill.labels[name])


def _note_separators(skill: Node) -> None:
    """Items that do not end as the form's do: with a semicolon, the last with a full stop."""
    for name in _LISTS:
        for node in skill[name]:
            last = node is skill[name][-1]
            if node.separator != ("." if last else ";"):
                node.note("separator", "text", node.place, printed=node.separator, last=last)
