"""Every rule against its cases: the exact paths and arguments of the findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import fragments
from profstd.document import Document
from profstd.validate import Settings, all_rules, check
from profstd.validate.classifier import Classifier

CASES = Path(__file__).parent / "cases" / "rules"
CODES = sorted(path.stem for path in CASES.glob("*.yaml"))


def _cases() -> list[Any]:
    return [
        pytest.param(code, group, case, id=f"{code}-{group}-{case['name']}")
        for code in CODES
        for group, cases in fragments.load_cases(CASES / f"{code}.yaml").items()
        for case in cases
    ]


def documents(case: dict[str, Any]) -> tuple[Document, Document | None]:
    """The document of a case, and the one that it is checked against, if any."""
    if "raw" in case:
        return fragments.raw_document(case["raw"]), None
    standard = fragments.document(fragments.standard(case["standard"]), case.get("reading"))
    if "other" in case:
        return standard, fragments.document(fragments.standard(case["other"]))
    if "page" not in case:
        return standard, None
    return fragments.document(fragments.page(case["page"]), case.get("reading")), standard


def settings(code: str, case: dict[str, Any]) -> Settings:
    """The settings of a case: its rule alone, with the options and classifiers it names."""
    return Settings(
        select=(code,),
        stage=case.get("stage", "review"),
        options={code: case.get("options", {})},
        classifiers={
            name: Classifier(name=name, entries=entries)
            for name, entries in case.get("classifiers", {}).items()
        },
    )


@pytest.mark.parametrize(("code", "group", "case"), _cases())
def test_rule(code: str, group: str, case: dict[str, Any]) -> None:
    document, against = documents(case)
    found = check(document, settings(code, case), against=against)
    expected = case.get("expect", [])
    assert [finding.path for finding in found] == [item["path"] for item in expected]
    for finding, item in zip(found, expected, strict=True):
        for name, value in item.get("arguments", {}).items():
            assert finding.arguments[name] == value, name
        assert finding.severity == item.get("severity", finding.severity)
    assert bool(expected) == (group == "bad")


def test_every_rule_has_a_bad_and_a_good_case() -> None:
    missing = []
    for rule in all_rules():
        path = CASES / f"{rule.code}.yaml"
        cases = fragments.load_cases(path) if path.exists() else {}
        if not (cases.get("bad") and cases.get("good")):
            missing.append(rule.code)
    assert not missing
