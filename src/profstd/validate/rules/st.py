"""ST: the structure of the standard."""

from __future__ import annotations

from collections.abc import Iterator

from profstd.model import Standard
from profstd.validate.rule import ERROR, Basis, Hit, rule
from profstd.validate.walk import skills


@rule("ST03", ERROR, Basis.TEMPLATE, Basis.LAW)
def skill_without_abilities(standard: Standard) -> Iterator[Hit]:
    """A skill has at least one ability (умение)."""
    for at in skills(standard):
        if not at.skill.abilities:
            yield Hit(at.path / "abilities")
