"""The words: every language says everything, and every finding can be put into words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter
from typing import Any

import pytest

import fragments
import test_rules
from profstd import locale
from profstd.validate import all_rules, check
from profstd.validate.rule import Basis

LANGUAGES = locale.languages()
PARTS = ("name", "message", "why", "fix", "bad", "good")


def _entries(table: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(table, dict):
        for key, value in table.items():
            yield from _entries(value, f"{path}/{key}")
    else:
        yield path, table if isinstance(table, str) else ""


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_its_words(language: str) -> None:
    words = locale.load(language).table
    rules = {rule.code: rule for rule in all_rules()}
    assert set(words["rules"]) == set(rules)
    for code, entry in words["rules"].items():
        assert all(entry.get(part) for part in PARTS), code
        assert set(entry.get("options", {})) == set(rules[code].options), code
    assert set(words["bases"]) == {str(basis) for basis in Basis}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language: str) -> None:
    reference = dict(_entries(locale.load("en").table))
    found = dict(_entries(locale.load(language).table))
    assert set(found) == set(reference)
    free = re.compile(r"/rules/[^/]+/(?:bad|good|why|fix|options/.*)$|/language$")
    for path, text in found.items():
        if not free.match(path):
            assert _placeholders(text) == _placeholders(reference[path]), path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", test_rules.CODES)
def test_every_bad_case_can_be_said(language: str, code: str) -> None:
    words = locale.load(language)
    for case in fragments.load_cases(test_rules.CASES / f"{code}.yaml")["bad"]:
        document, against = test_rules.documents(case)
        for finding in check(document, test_rules.wishes(code, case), against=against):
            message = words.message(finding.code, finding.arguments)
            assert message[0].isupper() or not message[0].isalpha()
            assert message.endswith((".", "?", "»", ")")), message
            assert not re.search(r"\{[a-z]|None|\['", message), message
