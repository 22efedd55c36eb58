"""Walks over a standard that rules share: every node with its pointer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from profstd.document import ROOT, Pointer
from profstd.model import Profession, Skill, Standard, Statement, WorkFunction


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
