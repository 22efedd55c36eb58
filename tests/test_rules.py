"""Every rule against its cases: the exact paths and arguments of the findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

import fragments
from profstd.document import Document
from profstd.parse import load_bytes
from profstd.validate import Settings, all_rules, check

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
    if "yaml" in case:
        return load_bytes(case["yaml"].encode(), "fragment.yaml"), None
    standard = fragments.document(fragments.standard(case["standard"]), case.get("reading"))
    if "other" in case:
        return standard, fragments.document(fragments.standard(case["other"]))
    if "page" not in case:
        return standard, None
    return fragments.document(fragments.page(case["page"]), case.get("reading")), standard


def wishes(code: str, case: dict[str, Any]) -> Settings:
    """The settings of a case: its rule alone, and the `beside` that waivers are about."""
    names = ["stage", "waivers", "known", "today"]
    given = {name: case[name] for name in names if name in case}
    given["select"] = (code, *case.get("beside", ()))
    given["options"] = {code: case.get("options", {})}
    given["classifiers"] = {
        name: {"name": name, "entries": entries}
        for name, entries in case.get("classifiers", {}).items()
    }
    return msgspec.convert(given, Settings)


@pytest.mark.parametrize(("code", "group", "case"), _cases())
def test_rule(code: str, group: str, case: dict[str, Any]) -> None:
    document, against = documents(case)
    found = check(document, wishes(code, case), against=against)
    found = [finding for finding in found if finding.code == code]
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
