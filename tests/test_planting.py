"""How well the rules find planted defects: the record and the page are those of today."""

from __future__ import annotations

from typing import Any

import pytest

import fragments
from planting.measure import PAGE, RECORD, implied, known_kinds, page, record, sow
from planting.plot import CLEAN, kinds
from profstd.validate import all_rules

HINT = "run `make rules-quality` and read what changed"


@pytest.fixture(scope="module")
def recorded() -> Any:
    return fragments.load_cases(RECORD)


def test_the_page_is_made_of_the_record(recorded: Any) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(recorded), HINT


def test_every_kind_of_defect_was_measured(recorded: Any) -> None:
    assert [str(kind) for kind in known_kinds()] == list(recorded["sown"]), HINT


@pytest.mark.parametrize("code", sorted({kind.code for kind in known_kinds()}))
def test_a_slice_of_the_record(recorded: Any, code: str) -> None:
    """Each kind in one of the standards, with one of the seeds."""
    for number, kind in enumerate(kind for kind in known_kinds() if kind.code == code):
        turn = sum(map(ord, code)) + number
        source = CLEAN[turn % len(CLEAN)]
        for way in kind.ways:
            outcome = sow(kind, way, source, turn % recorded["seeds"])
            if outcome is None:
                continue
            found = record([outcome], recorded["seeds"])
            for place in found["missed"].get(str(kind), []):
                assert place in recorded["missed"].get(str(kind), []), HINT
            for rule, places in found["wrong"].items():
                assert set(places) <= set(recorded["wrong"].get(rule, [])), HINT
            if outcome.found:
                assert outcome.place not in recorded["missed"].get(str(kind), []), HINT


def test_what_is_implied_names_kinds_and_rules() -> None:
    names = {name for kind in kinds() for name in (kind.code, str(kind))}
    codes = {rule.code for rule in all_rules()} | {kind.code for kind in kinds()}
    assert set(implied()) <= names
    assert {code for aside in implied().values() for code in aside} <= codes
