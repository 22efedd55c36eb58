"""Whole documents: what is found in the samples, and that nothing is in clean standards."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

import fragments
import profstd
import strategies
from profstd.document import Document
from profstd.model import Model, Standard
from profstd.validate import Settings, all_rules, check

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
CLEAN = sorted((CASES / "clean").glob("*.txt"))
PAIRS = [path for path in CLEAN if path.with_stem(f"{path.stem[:-2]}kk") in CLEAN]
PAIRS = [path for path in PAIRS if path.stem.endswith("-ru")]


def _lines(document: Document, against: Document | None = None) -> list[str]:
    return [
        f"{finding.severity.value[0].upper()} {finding.code} {finding.path}"
        for finding in check(document, against=against)
    ]


@pytest.mark.parametrize("source", SAMPLES, ids=lambda path: path.stem)
def test_findings_of_the_samples(source: Path, regen: bool) -> None:
    golden = CASES / "findings" / f"{source.stem}.txt"
    found = "".join(f"{line}\n" for line in _lines(profstd.load(source)))
    if regen:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")


def test_defects_of_the_sample_that_are_known() -> None:
    found = check(profstd.load(ROOT / "samples" / "standard-J63991088.txt"))
    codes = Counter(finding.code for finding in found)
    assert (codes["RC01"], codes["RC02"], codes["RC03"]) == (9, 2, 1)
    assert (codes["ST02"], codes["ST07"], codes["LK05"]) == (1, 1, 1)
    names = [finding.arguments for finding in found if finding.code == "LK03"]
    assert sum("Оператор колл-центра" in map(str, item.values()) for item in names) == 7
    (gap,) = (finding for finding in found if finding.code == "ST07")
    assert (gap.arguments["previous"], gap.arguments["number"]) == (18, 21)
    differences = [str(finding.arguments) for finding in found if finding.code == "LS01"]
    assert any("участующих" in item and "участвующих" in item for item in differences)
    orders = [finding.arguments["numbers"] for finding in found if finding.code == "SK09"]
    assert [1, 2, 3, 4, 3] in [
        list(item) if isinstance(item, list) else [int(part) for part in item.split(",")]
        for item in orders
    ]
    purposes = [finding for finding in found if finding.code == "LV06"]
    assert {"/professions/4/purpose", "/professions/7/purpose"} <= {item.path for item in purposes}


def test_a_page_against_its_standard_and_back() -> None:
    standard, page = (
        profstd.load(ROOT / "samples" / name)
        for name in ("standard-J63991088.txt", "registry-page-2421-0-013.txt")
    )
    for first, second in ((page, standard), (standard, page)):
        found = [item for item in check(first, against=second) if item.code == "RG05"]
        assert {item.arguments["case"] for item in found} == {"moved", "link_extra"}
        assert all(item.span for item in found)


@pytest.mark.parametrize("stage", ["draft", "review", "submission"])
@pytest.mark.parametrize("source", CLEAN, ids=lambda path: path.stem)
def test_a_clean_standard_has_no_finding(source: Path, stage: str) -> None:
    settings = msgspec.convert({"stage": stage}, Settings)
    assert check(profstd.load(source), settings) == []


@pytest.mark.parametrize("source", PAIRS, ids=lambda path: path.stem)
def test_the_versions_of_a_clean_standard_agree(source: Path) -> None:
    versions = [profstd.load(source.with_stem(source.stem[:-2] + name)) for name in ("ru", "kk")]
    for document, against in (versions, versions[::-1]):
        assert check(document, against=against) == []


@given(strategies.standards(damaged=True), strategies.standards(damaged=True))
@settings(max_examples=30, deadline=None)
def test_any_two_versions_can_be_compared(one: Standard, other: Standard) -> None:
    first = fragments.document(msgspec.structs.replace(one, language="ru"))
    second = fragments.document(msgspec.structs.replace(other, language="kk"))
    found = check(first, Settings(select=("PP",)), against=second)
    assert len({item.fingerprint for item in found}) == len(found)
    for finding in found:
        fragments.assert_place(first, finding.path)
        fragments.assert_place(second, finding.arguments["other_path"])
    same = fragments.document(msgspec.structs.replace(one, language="kk"))
    assert check(first, Settings(select=("PP",)), against=same) == []


@given(strategies.models(damaged=True))
@settings(max_examples=60, deadline=None)
def test_checking_changes_nothing_and_every_place_is_there(model: Model) -> None:
    document = fragments.document(model)
    before = msgspec.json.encode(model)
    found = check(document)
    assert msgspec.json.encode(document.model) == before
    assert len({item.fingerprint for item in found}) == len(found)
    codes = {rule.code for rule in all_rules()}
    for finding in found:
        assert finding.code in codes
        msgspec.json.encode(finding)
        fragments.assert_place(document, finding.path)
