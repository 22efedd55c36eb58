"""Tables whose labels stand once, in a head row, are read like those of the form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import layout
from docx_shown import assert_accounted, differences
from docx_writer import StandardWriter
from profstd.model import Skill, WorkFunction
from profstd.parse import labels, load_bytes
from profstd.parse.labels import Labels


class Columns(layout.Layout):
    """The form with a head row above the skills of a function; `named` has skills unlabelled.

    `cut` says after which statement a row goes on in a row of its own, 0 for never; `headed`
    that the head row is printed again there.
    """

    def __init__(self, form: Labels, *, named: bool, cut: int, headed: bool) -> None:
        super().__init__(form)
        self._named = named
        self._cut = cut
        self._headed = headed

    def _head(self) -> str:
        skill = self._labels.words["heads_skill"][-1]
        others = (self._label(key).rstrip(":") for key in ("abilities", "knowledge", "recognition"))
        return "\t".join([skill, *others])

    def _function(self, function: WorkFunction) -> Iterator[str]:
        yield self._label(f"function.{function.kind}", function.number, function.name or "")
        if function.skills:
            yield self._head()
        for skill in function.skills:
            yield from self._rows(skill)

    def _rows(self, skill: Skill) -> Iterator[str]:
        name = f"{skill.number}. {skill.name}" if self._named else self._label(
            "skill", skill.number, skill.name or ""
        )  # fmt: skip
        value = self._labels.values[skill.recognition][0] if skill.recognition else ""
        at = self._cut or 99
        first = layout.listed(skill.abilities[:at]), layout.listed(skill.knowledge[:at])
        rest = layout.listed(skill.abilities[at:]), layout.listed(skill.knowledge[at:])
        yield "\t".join([name, *first, value])
        if any(rest):
            yield from ["", self._head()] if self._headed else []
            yield "\t".join(["", *rest, ""])


@pytest.mark.parametrize("language", ["ru", "kk"])
@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_columns_are_read(language: str, data: st.DataObject) -> None:
    form = labels.load(language, "standard")
    model = data.draw(layout.standards(language, form))
    ways = st.tuples(st.booleans(), st.integers(0, 2), st.booleans())
    named, cut, headed = data.draw(ways)
    text = Columns(form, named=named, cut=cut, headed=headed).write(model)
    file = StandardWriter(automatic=data.draw(st.booleans())).write(text)
    for found in (load_bytes(text.encode(), "a.txt"), load_bytes(file, "a.docx")):
        assert not differences(model, found)
        assert_accounted(found)
        assert found.account
        assert found.account.unplaced == 0
