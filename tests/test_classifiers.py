"""Files of classifiers: what is read of them, and what is said where nothing can be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import fragments
from profstd import config, locale
from profstd.cli.session import fault_words
from profstd.config import SettingsError

CASES = fragments.load_cases(Path(__file__).parent / "cases" / "config" / "classifiers.yaml")


def _settings(folder: Path, text: str) -> Path:
    file = folder / "profstd.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_classifiers(tmp_path: Path, case: dict[str, Any]) -> None:
    name = f"codes.{case.get('suffix', 'csv')}"
    (tmp_path / name).write_bytes(case["text"].encode(case.get("encoding", "utf-8")))
    project = config.load(_settings(tmp_path, f'[classifiers]\noccupations = "{name}"'))
    if "expect" in case:
        settings = project.resolve().configuration.settings()
        classifier = settings.classifiers["occupations"]
        assert (classifier.name, classifier.entries) == ("occupations", case["expect"])
        return
    with pytest.raises(SettingsError) as caught:
        project.resolve()
    (fault,) = caught.value.faults
    assert (fault.line, fault.reason) == (2, case["reason"])
    assert fault.arguments.items() >= case.get("arguments", {}).items()
    for language in locale.languages():
        said = fault_words(locale.load(language), fault.reason, fault.arguments)
        assert name in said
        assert not re.search(r"\{[a-z_]+\}|None", said), said


def test_a_classifier_that_changed_is_read_again(tmp_path: Path) -> None:
    codes = tmp_path / "codes.csv"
    project = config.load(_settings(tmp_path, '[classifiers]\nactivities = "codes.csv"'))
    for text in ("code,name\n01,Лес\n", "code,name\n01,Лес\n02,Поле\n"):
        codes.write_text(text, encoding="utf-8")
        found = project.resolve().configuration.settings().classifiers["activities"]
        assert len(found.entries) == text.count("\n0")
