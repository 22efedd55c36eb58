"""A finding is known again after edits elsewhere, and in another rendering of the same text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

import fragments
import profstd
from profstd.document import ROOT, Document, Finding, Pointer, Span
from profstd.model import Profession, Skill, Standard, WorkFunction
from profstd.validate import all_rules, check
from profstd.validate.baseline import Entry, compare, entry
from profstd.validate.fingerprint import text_of

SAMPLE = Path(__file__).parent.parent / "samples" / "standard-J63991088.txt"

# What tells a finding without its fingerprint: its rule, its place before the edit, its text.
_Key: TypeAlias = tuple[str, str, str]
# From a place in the standard as edited to that before; None where that is new.
Before: TypeAlias = Callable[[Pointer], Pointer | None]


class Edit(NamedTuple):
    """A standard that was edited, and where its parts stood before.

    `renames`: the edit may change a name by which other findings are told where they are.
    """

    standard: Standard
    before: Before
    renames: bool = False


@cache
def _sample() -> Document:
    """A part of the sample: four cards that have findings of most families."""
    document = profstd.load(SAMPLE)
    assert isinstance(document.model, Standard)
    return fragments.document(
        structs.replace(document.model, professions=document.model.professions[2:6])
    )


@cache
def _findings() -> list[Finding]:
    return check(_sample())


@cache
def _entries() -> tuple[Entry, ...]:
    return tuple(entry(_sample(), finding) for finding in _findings())


def _same(path: Pointer) -> Pointer:
    return path


def _moved(path: Pointer, above: Pointer, old: Callable[[int], int | None]) -> Pointer | None:
    """`path` with the position below `above` as it was."""
    keys, depth = path.keys, len(above.keys)
    if keys[:depth] != above.keys or len(keys) == depth:
        return path
    index = keys[depth]
    assert isinstance(index, int)
    was = old(index)
    if was is None:
        return None
    moved = above / was
    for key in keys[depth + 1 :]:
        moved = moved / key
    return moved


def _with_cards(standard: Standard, cards: list[Profession]) -> Standard:
    """The cards in this order, numbered as they come."""
    first = standard.professions[0].item_number or 9
    numbered = [structs.replace(card, item_number=first + n) for n, card in enumerate(cards)]
    return structs.replace(standard, professions=tuple(numbered))


def _new_card(standard: Standard) -> Profession:
    """A card with other names than all there are."""
    card = standard.professions[0]
    functions = tuple(
        structs.replace(function, name=f"Новая {n}", skills=())
        for n, function in enumerate(card.functions)
    )
    return structs.replace(
        card, name="Мастер-пекарь", heading="Мастер-пекарь", code="7512-9-001", functions=functions
    )


@st.composite
def inserted_cards(draw: st.DrawFn, standard: Standard) -> Edit:
    at = draw(st.integers(0, len(standard.professions)))
    cards = list(standard.professions)
    cards.insert(at, _new_card(standard))

    def old(index: int) -> int | None:
        return None if index == at else index - (index > at)

    edited = _with_cards(standard, cards)
    return Edit(edited, lambda path: _moved(path, ROOT / "professions", old))


@st.composite
def reordered_cards(draw: st.DrawFn, standard: Standard) -> Edit:
    order = draw(st.permutations(range(len(standard.professions))))
    edited = _with_cards(standard, [standard.professions[index] for index in order])
    return Edit(edited, lambda path: _moved(path, ROOT / "professions", lambda n: order[n]))


def _replaced(standard: Standard, path: Pointer, value: Any) -> Standard:
    """The standard with `value` at `path`."""

    def put(node: Any, keys: tuple[str | int, ...]) -> Any:
        if not keys:
            return value
        key, *rest = keys
        if isinstance(key, int):
            return (*node[:key], put(node[key], tuple(rest)), *node[key + 1 :])
        return structs.replace(node, **{key: put(getattr(node, key), tuple(rest))})

    edited: Standard = put(standard, path.keys)
    return edited


@st.composite
def reordered_skills(draw: st.DrawFn, standard: Standard) -> Edit:
    card = draw(st.integers(0, len(standard.professions) - 1))
    functions = standard.professions[card].functions
    function = draw(st.integers(0, len(functions) - 1))
    skills = functions[function].skills
    order = draw(st.permutations(range(len(skills))))
    path = ROOT / "professions" / card / "functions" / function / "skills"
    edited = _replaced(standard, path, tuple(skills[index] for index in order))
    return Edit(edited, lambda place: _moved(place, path, lambda n: order[n]))


@st.composite
def renumbered(draw: st.DrawFn, standard: Standard) -> Edit:
    """Every function, skill and statement has a number that is higher by the same."""
    shift = draw(st.integers(1, 9))

    def higher(item: Any, **parts: Any) -> Any:
        number = item.number + shift if isinstance(item.number, int) else item.number
        return structs.replace(item, number=number, **parts)

    def skill(item: Skill) -> Any:
        abilities, knowledge = map(higher, item.abilities), map(higher, item.knowledge)
        return higher(item, abilities=tuple(abilities), knowledge=tuple(knowledge))

    def function(item: WorkFunction) -> Any:
        return higher(item, skills=tuple(map(skill, item.skills)))

    cards = [
        structs.replace(card, functions=tuple(map(function, card.functions)))
        for card in standard.professions
    ]
    return Edit(structs.replace(standard, professions=tuple(cards)), _same)


@st.composite
def mended(draw: st.DrawFn, standard: Standard) -> Edit:
    """Another text where one of the findings was."""
    paths = sorted({finding.path for finding in _findings()})
    texts = [path for path in map(Pointer, paths) if _is_text(standard, path)]
    path = draw(st.sampled_from(texts))
    return Edit(_replaced(standard, path, "Исправленное место"), _same, renames=True)


def _is_text(standard: Standard, path: Pointer) -> bool:
    try:
        return isinstance(path.resolve(standard), str)
    except LookupError:
        return False


EDITS = (inserted_cards, reordered_cards, reordered_skills, renumbered, mended)


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """One edit, or one after another."""
    standard = _sample().model
    assert isinstance(standard, Standard)
    first = draw(draw(st.sampled_from(EDITS))(standard))
    if draw(st.booleans()):
        return first
    second = draw(draw(st.sampled_from(EDITS[:4]))(first.standard))

    def before(path: Pointer) -> Pointer | None:
        middle = second.before(path)
        return None if middle is None else first.before(middle)

    return Edit(second.standard, before, first.renames)


@given(edits())
@settings(max_examples=40, deadline=None)
def test_a_finding_is_known_again_after_edits_elsewhere(edit: Edit) -> None:
    document = fragments.document(edit.standard)
    found = check(document)
    was: defaultdict[_Key, Counter[str]] = defaultdict(Counter)
    for finding in _findings():
        key = (finding.code, finding.path, text_of(_sample(), finding))
        was[key][finding.fingerprint.partition("-")[0]] += 1

    def key_before(finding: Finding) -> _Key:
        path = edit.before(Pointer(finding.path))
        return finding.code, "none" if path is None else path, text_of(document, finding)

    compared = compare(document, found, _entries(), silent=())
    now, unknown = Counter(map(key_before, found)), Counter(map(key_before, compared.new))
    for finding in found:
        key = key_before(finding)
        if key in was:
            assert edit.renames or finding.fingerprint.partition("-")[0] in was[key], key
            assert unknown[key] <= max(0, now[key] - was[key].total()), key
    assert len(compared.new) + len(compared.known) == len(found)


@pytest.mark.parametrize("suffix", ["docx", "html", "pdf"])
def test_renderings_of_one_text_have_the_same_fingerprints(suffix: str) -> None:
    """But for what rules find in how a file reads: that the renderings do not share."""
    reading = {rule.code for rule in all_rules() if rule.scope == "reading"}
    prints = [
        {
            (finding.code, finding.fingerprint)
            for finding in check(profstd.load(file))
            if finding.code not in reading
        }
        for file in (SAMPLE, SAMPLE.with_suffix(f".{suffix}"))
    ]
    assert prints[0] == prints[1]


def test_places_in_the_file_are_in_no_fingerprint() -> None:
    sample = profstd.load(SAMPLE)
    shifted = Document(
        model=sample.model,
        source=sample.source,
        spans={
            path: Span(file="other.pdf", page=7, line=(span.line or 0) + 100)
            for path, span in sample.spans.items()
        },
        counted=sample.account,
        observations=sample.observations,
    )
    assert [item.fingerprint for item in check(shifted)] == [
        item.fingerprint for item in check(sample)
    ]
