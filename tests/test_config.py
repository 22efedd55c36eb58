"""Settings: found upwards, merged, and every mistake named with its line."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from profstd import config, locale
from profstd.cli.session import fault_words
from profstd.config import Configuration, Flags, SettingsError
from profstd.config.options import plain, settings_text, types, written
from profstd.config.toml import Toml
from profstd.document import Severity
from profstd.parse import ReadSettings
from profstd.validate import all_rules


def _write(folder: Path, text: str, name: str = "profstd.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(dedent(text), encoding="utf-8")
    return file


def _faults(file: Path) -> list[tuple[int | None, str]]:
    with pytest.raises(SettingsError) as caught:
        config.load(file)
    return [(fault.line, fault.reason) for fault in caught.value.faults]


def _words(file: Path, language: str = "ru") -> list[str]:
    with pytest.raises(SettingsError) as caught:
        config.load(file)
    words = locale.load(language)
    return [fault_words(words, fault.reason, fault.arguments) for fault in caught.value.faults]


def test_every_setting_is_read(tmp_path: Path) -> None:
    file = _write(
        tmp_path,
        """
        lang = "kk"
        stage = "draft"
        fail-on = "warning"
        select = ["ST", "LV"]
        ignore = ["ST09"]
        max-file-size = 2.5
        max-unpacked-size = 3
        max-pages = 10
        time-limit = 1.5
        engine = "pdfplumber"
        tracked-changes = "rejected"

        [severity]
        ST03 = "warning"

        [rules.ST06]
        skills = [1, 20]
        """,
    )
    found = config.load(file)
    assert found == Configuration(
        lang="kk",
        stage="draft",
        fail_on=Severity.WARNING,
        select=("ST", "LV"),
        ignore=("ST09",),
        severity={"ST03": Severity.WARNING},
        rules={"ST06": found.rules["ST06"]},
        max_file_size=2.5,
        max_unpacked_size=3,
        max_pages=10,
        time_limit=1.5,
        engine="pdfplumber",
        tracked_changes="rejected",
    )
    assert found.reading() == ReadSettings(
        max_file_size=2_500_000,
        max_unpacked_size=3_000_000,
        max_pages=10,
        time_limit=1.5,
        engine="pdfplumber",
        tracked_changes="rejected",
    )
    assert list(found.rules["ST06"]["skills"]) == [1, 20]
    settings = found.settings()
    assert settings.stage == "draft"
    assert settings.severity_of("ST03") is Severity.WARNING
    assert settings.options["ST06"] == found.rules["ST06"]


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    above = _write(tmp_path, 'lang = "ru"')
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert config.find(deep) == above
    _write(tmp_path / "a", '[project]\nname = "profstd"', "pyproject.toml")
    assert config.find(deep) == above
    project = _write(tmp_path / "a", '[tool.profstd]\nlang = "kk"', "pyproject.toml")
    assert config.find(deep) == project
    assert config.load(project).lang == "kk"
    own = _write(tmp_path / "a", 'lang = "en"')
    assert config.find(deep) == own


def test_a_broken_project_file_counts_only_where_it_names_profstd(tmp_path: Path) -> None:
    above = _write(tmp_path, 'lang = "ru"')
    _write(tmp_path / "a", "[project", "pyproject.toml")
    assert config.find(tmp_path / "a") == above
    broken = _write(tmp_path / "a", "[tool.profstd]\nlang = ru", "pyproject.toml")
    assert config.find(tmp_path / "a") == broken
    assert _faults(broken) == [(2, "syntax")]


def test_no_file_means_defaults(tmp_path: Path) -> None:
    found = config.find(tmp_path)
    assert found is None or tmp_path not in found.parents


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('lang = "ru"\nfail_on = "error"', [(2, "unknown_key_near")]),
        ("zzzzzz = 1", [(1, "unknown_key")]),
        ("\n\nstage = 3", [(3, "wrong_type")]),
        ('stage = "final"', [(1, "wrong_value")]),
        ('lang = "de"', [(1, "wrong_value")]),
        ('select = "ST03"', [(1, "wrong_type")]),
        ('select = [\n  "ST03",\n  "ST99",\n]', [(3, "unknown_code_near")]),
        ('ignore = ["QQQQQQ"]', [(1, "unknown_code")]),
        ("max-file-size = 0", [(1, "wrong_type")]),
        ("max-file-size = true", [(1, "wrong_type")]),
        ("max-pages = 1.5", [(1, "wrong_type")]),
        ("time-limit = -1", [(1, "wrong_type")]),
        ('engine = "pdf"', [(1, "wrong_value")]),
        ("max-file-size = nan", [(1, "wrong_type")]),
        ("severity = 1", [(1, "wrong_type")]),
        ('[severity]\nST03 = "warning"\nST04 = "bad"', [(3, "wrong_value")]),
        ('[severity]\nXX = "style"', [(2, "unknown_code")]),
        ('severity = {ST03 = "grave"}', [(1, "wrong_value")]),
        ("rules = 1", [(1, "wrong_type")]),
        ("[rules]\nST06 = 1", [(2, "wrong_type")]),
        ("[rules.ST6]\nskills = [1, 2]", [(1, "unknown_code_near")]),
        ("[rules.ST06]\nskill = [1, 2]", [(2, "unknown_option_near")]),
        ("[rules.ST06]\nqqq = [1, 2]", [(2, "unknown_option")]),
        ("[rules.ST03]\nskills = [1, 2]", [(2, "no_options")]),
        ('[rules.ST06]\nskills = ["1", "2"]', [(2, "wrong_option")]),
        ('[rules."ST06"]\n"skills" = true', [(2, "wrong_option")]),
        ("rules.ST06.skills = 1", [(1, "wrong_option")]),
        ('lang = "ru"\nlang = "kk"', [(2, "syntax")]),
        ("[rules", [(1, "syntax")]),
        ('stage = "x"\n# lang = 1\nlang = 2\nfoo = 1', [(1, "wrong_value"), (3, "wrong_type")]),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, text: str, faults: list[tuple[int, str]]
) -> None:
    found = _faults(_write(tmp_path, text))
    assert found[: len(faults)] == faults
    for language in locale.languages():
        for words in _words(tmp_path / "profstd.toml", language):
            assert "{" not in words.replace("{1", "")


def test_the_words_name_the_nearest(tmp_path: Path) -> None:
    file = _write(tmp_path, 'fail_on = "error"')
    assert _words(file) == ["Настройки «fail_on» нет. Возможно, имелось в виду: fail-on."]
    file = _write(tmp_path, 'stage = "final"')
    assert "draft, review, submission" in _words(file)[0]
    file = _write(tmp_path, "[rules.ST06]\nskills = true")
    assert "[1, 15]" in _words(file)[0]


def test_other_encodings_are_named(tmp_path: Path) -> None:
    file = tmp_path / "profstd.toml"
    file.write_bytes('lang = "ru"\n# правила'.encode("cp1251"))
    assert _faults(file) == [(2, "encoding")]
    file.write_bytes(b"\xef\xbb\xbf" + b'lang = "ru"')
    assert config.load(file).lang == "ru"
    assert _faults(tmp_path) == [(None, "unreadable")]


def test_lines_of_keys_are_found_wherever_toml_allows_them(tmp_path: Path) -> None:
    toml = Toml.read(
        _write(
            tmp_path,
            """\
            a.b = 1
            "c d" = [
              "one",
              'two',
            ]
            [x . "y"]
            z = {k = 1}
            [[list]]
            m = 1
            """,
        )
    )
    assert toml.line(("a", "b")) == 1
    assert toml.line(("c d",)) == 2
    assert toml.line(("c d",), "two") == 4
    assert toml.line(("x", "y")) == 6
    assert toml.line(("x", "y", "z", "k")) == 7
    assert toml.line(("list", "m")) == 9
    assert toml.line(("nowhere",)) is None


def test_flags_win_over_the_file() -> None:
    file = Configuration(lang="ru", select=("LV",), ignore=("ST03", "TX"), fail_on=Severity.STYLE)
    flags = Flags(lang="kk", stage="draft", select=("ST03",), ignore=("LV01",))
    assert flags.over(file) == Configuration(
        lang="kk",
        stage="draft",
        select=("ST03",),
        ignore=("TX", "LV01"),
        fail_on=Severity.STYLE,
    )
    assert Flags().over(file) == file


def _options() -> list[Any]:
    return [
        pytest.param(rule, name, id=f"{rule.code}-{name}")
        for rule in all_rules()
        for name in rule.options
    ]


@pytest.mark.parametrize(("rule", "name"), _options())
def test_every_option_can_be_set_to_its_default(tmp_path: Path, rule: Any, name: str) -> None:
    default = rule.options[name]
    if default is None:
        assert name in types(rule)
        return
    file = _write(tmp_path, f"[rules.{rule.code}]\n{name} = {written(plain(default))}\n")
    assert plain(config.load(file).rules[rule.code][name]) == plain(default)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_what_explain_shows_can_be_copied_into_the_settings(tmp_path: Path, rule: Any) -> None:
    if not rule.options:
        return
    meanings = {name: "what it means" for name in rule.options}
    found = config.load(_write(tmp_path, "\n".join(settings_text(rule, meanings))))
    defaults = {name: plain(value) for name, value in rule.options.items() if value is not None}
    assert plain(found.rules[rule.code]) == defaults


def test_the_schema_takes_what_is_right_and_refuses_what_is_not() -> None:
    schema = config.schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    defaults = {
        rule.code: {name: plain(value) for name, value in rule.options.items() if value is not None}
        for rule in all_rules()
        if rule.options
    }
    right = {"lang": "kk", "fail-on": "style", "select": ["ST"], "rules": defaults}
    validator.validate(json.loads(json.dumps(right)))
    mistakes: list[dict[str, Any]] = [
        {"fail_on": "style"},
        {"lang": "de"},
        {"max-file-size": 0},
        {"rules": {"ST06": {"skills": True}}},
        {"rules": {"ZZ01": {}}},
    ]
    for wrong in mistakes:
        assert not validator.is_valid(wrong), wrong
