"""Walks over a standard that rules share: every node with its pointer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from profstd.document import ROOT, Document, Observation, Pointer
from profstd.model import Profession, Skill, Standard, Statement, WorkFunction
from profstd.validate.wording import folded


class SkillAt(NamedTuple):
    """A skill, where it stands, and what it belongs to."""

    path: Pointer
    skill: Skill
    function_path: Pointer
    function: WorkFunction
    profession_path: Pointer
    profession: Profession


def professions(standard: Standard) -> Iterator[tuple[Pointer, Profession]]:
    """Every profession card."""
    for index, profession in enumerate(standard.professions):
        yield ROOT / "professions" / index, profession


def functions(standard: Standard) -> Iterator[tuple[Pointer, WorkFunction, Profession]]:
    """Every work function with the profession it belongs to."""
    for path, profession in professions(standard):
        for index, function in enumerate(profession.functions):
            yield path / "functions" / index, function, profession


def skills_of(path: Pointer, profession: Profession) -> Iterator[SkillAt]:
    """Every skill of one profession that stands at `path`."""
    for index, function in enumerate(profession.functions):
        function_path = path / "functions" / index
        for position, skill in enumerate(function.skills):
            yield SkillAt(
                function_path / "skills" / position,
                skill,
                function_path,
                function,
                path,
                profession,
            )


def skills(standard: Standard) -> Iterator[SkillAt]:
    """Every skill of the standard."""
    for path, profession in professions(standard):
        yield from skills_of(path, profession)


def statements(at: SkillAt) -> Iterator[tuple[str, Pointer, tuple[Statement, ...]]]:
    """The two lists of a skill: its field name, its pointer, its statements."""
    yield "abilities", at.path / "abilities", at.skill.abilities
    yield "knowledge", at.path / "knowledge", at.skill.knowledge


def card_facts(profession: Profession, prefix: str = "card") -> dict[str, Any]:
    """A card as the reader knows it, as arguments: `card`, `card_name`, `card_level`."""
    return {
        prefix: profession.item_number,
        f"{prefix}_name": profession.name or profession.heading,
        f"{prefix}_level": profession.level,
    }


def card_number(profession: Profession) -> int | str:
    """A card in a list of several: its item number, or its name where it has none."""
    if profession.item_number is not None:
        return profession.item_number
    return f"«{profession.name or profession.heading or '—'}»"


def called(profession: Profession, name: str | None) -> bool:
    """Whether `name` is the profession's, as its card's heading or row has it."""
    wanted = folded(name or "")
    return wanted != "" and wanted in (
        folded(profession.name or ""),
        folded(profession.heading or ""),
    )


def meant(
    standard: Standard, code: str | None, level: int | None, name: str | None
) -> tuple[int, ...]:
    """The positions of the cards that a code, a level and a name printed elsewhere can mean.

    The code decides, or the name where no card has that code; among several cards the
    level chooses, then the name. More than one position: they cannot be told apart.
    """
    cards = standard.professions
    found = [index for index, card in enumerate(cards) if code and card.code == code]
    found = found or [index for index, card in enumerate(cards) if called(card, name)]
    found = [index for index in found if cards[index].level == level] or found
    found = [index for index in found if called(cards[index], name)] or found
    return tuple(found)


def observed(document: Document, *kinds: str) -> Iterator[Observation]:
    """What was met while reading, of the kinds named."""
    return (item for item in document.observations if item.kind in kinds)
