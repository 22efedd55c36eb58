"""Settings: found upwards, merged, and every mistake named with its line."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path
from textwrap import dedent
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import fragments
from profstd import config, locale
from profstd.cli.rulebook import explanation
from profstd.cli.session import fault_words
from profstd.config import Configuration, Flags, SettingsError
from profstd.config.options import plain, settings_text, types, written
from profstd.config.toml import Fault, Keys, Toml
from profstd.document import Severity
from profstd.parse import ReadSettings
from profstd.validate import all_rules


def _write(folder: Path, text: str, name: str = "profstd.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(dedent(text), encoding="utf-8")
    return file


CASES = Path(__file__).parent / "cases" / "config"
FAULTS = fragments.load_cases(CASES / "faults.yaml")
LAYERS = fragments.load_cases(CASES / "layers.yaml")
VALIDATOR = Draft202012Validator(config.schema())


def _faults(file: Path) -> list[tuple[int | None, int | None, str]]:
    with pytest.raises(SettingsError) as caught:
        config.load(file)
    return [(fault.line, fault.column, fault.reason) for fault in caught.value.faults]


def _said(file: Path) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        config.load(file)
    words = locale.load("ru")
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
    found = config.load(file).resolve().configuration
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
    assert config.load(project).resolve().configuration.lang == "kk"
    own = _write(tmp_path / "a", 'lang = "en"')
    assert config.find(deep) == own


def test_a_broken_project_file_counts_only_where_it_names_profstd(tmp_path: Path) -> None:
    above = _write(tmp_path, 'lang = "ru"')
    _write(tmp_path / "a", "[project", "pyproject.toml")
    assert config.find(tmp_path / "a") == above
    broken = _write(tmp_path / "a", "[tool.profstd]\nlang = ru", "pyproject.toml")
    assert config.find(tmp_path / "a") == broken
    assert _faults(broken) == [(2, 8, "syntax")]


def test_no_file_means_defaults(tmp_path: Path) -> None:
    found = config.find(tmp_path)
    assert found is None or tmp_path not in found.parents


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case["name"])
def test_a_mistake_is_named_with_its_place(tmp_path: Path, case: dict[str, Any]) -> None:
    for name, text in case.get("files", {}).items():
        _write(tmp_path, text, name)
    file = _write(tmp_path, case["text"])
    with pytest.raises(SettingsError) as caught:
        config.load(file).resolve()
    found = [[fault.line, fault.column, fault.reason] for fault in caught.value.faults]
    assert found == case["faults"]
    assert caught.value.file.name == case.get("in", file.name)
    for language in locale.languages():
        words = locale.load(language)
        for fault in caught.value.faults:
            said = fault_words(words, fault.reason, fault.arguments)
            assert not re.search(r"\{[a-z_]+\}|None", said), said


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case["name"])
def test_the_schema_refuses_what_the_program_refuses(case: dict[str, Any]) -> None:
    try:
        data = tomllib.loads(case["text"])
    except tomllib.TOMLDecodeError:
        assert case["faults"][0][2] == "syntax"
        return
    valid = VALIDATOR.is_valid(json.loads(json.dumps(data, default=str)))
    assert valid == case.get("beyond the schema", False)


def test_the_words_name_the_nearest(tmp_path: Path) -> None:
    file = _write(tmp_path, 'fail_on = "error"')
    assert _said(file) == ["Настройки «fail_on» нет. Возможно, имелось в виду: fail-on."]
    file = _write(tmp_path, 'stage = "final"')
    assert "draft, review, submission" in _said(file)[0]
    file = _write(tmp_path, "[rules.ST06]\nskills = true")
    assert "[1, 15]" in _said(file)[0]


def test_other_encodings_are_named(tmp_path: Path) -> None:
    file = tmp_path / "profstd.toml"
    file.write_bytes('lang = "ru"\n# правила'.encode("cp1251"))
    assert _faults(file) == [(2, 3, "encoding")]
    file.write_bytes(b"\xef\xbb\xbf" + b'lang = "ru"')
    assert config.load(file).resolve().configuration.lang == "ru"
    assert _faults(tmp_path) == [(None, None, "unreadable")]


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
            [[list]]
            [list.below]
            n = 1
            """,
        )
    )
    places = {
        ("a", "b"): (1, 3),
        ("c d",): (2, 1),
        ("c d", 0): (3, 3),
        ("c d", 1): (4, 3),
        ("x", "y"): (6, 6),
        ("x", "y", "z", "k"): (7, 6),
        ("list", 0, "m"): (9, 1),
        ("list", 1, "below", "n"): (12, 1),
        ("list", 1, "p"): (10, 3),
        ("nowhere",): (None, None),
    }
    assert {keys: toml.place(keys) for keys in places} == places


_NOISE = (
    "",
    "# [x]\n",
    'u = """\n[k]\nk = 1\n\\"""x"""""\n',
    "v = '''\nk = ['''\n",
    "w = {y = [{k = 2}, [3]]}\n",
)
_NAMES = ("k", '"k k"', "'k.\"k'", '"\\u043a"', "k-1")
_VALUES = ("1", '"a#]"', "2026-01-01 07:00:00", "'}'", "[1,\n 2]", "{a = 1}")


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, Keys, str]:
    """A TOML file, the keys of something in it, and how that is written there."""
    noise = [draw(st.sampled_from(_NOISE)) for _ in range(4)]
    name, value = draw(st.sampled_from(_NAMES)), draw(st.sampled_from(_VALUES))
    spaces = draw(st.sampled_from(("", " ", "\t ")))
    count = draw(st.integers(1, 3))
    (key,) = tomllib.loads(f"{name} = 1")
    keys: Keys = ()
    text = noise[3]
    if draw(st.booleans()):
        for number in range(count):
            text += f"[[{spaces}t . s{spaces}]]\n{noise[number]}"
        keys = ("t", "s", count - 1)
        if draw(st.booleans()):
            text += f"  [t.s.deep]\n{noise[0]}"
            keys = (*keys, "deep")
    if draw(st.booleans()):
        return f"{text}{spaces}{name}{spaces}={spaces}{value} # k\n", (*keys, key), name
    items = ", # k\n".join([value] * count)
    text += f"{spaces}{name} = [{spaces}{items}\n]\n"
    return text, (*keys, key, count - 1), value.splitlines()[0]


@given(tables())
@settings(max_examples=150, deadline=None)
def test_every_place_in_toml_is_that_of_its_key_or_value(case: tuple[str, Keys, str]) -> None:
    text, keys, written_as = case
    line, column = Toml(Path("a.toml"), tomllib.loads(text), text).place(keys)
    assert line is not None
    assert column is not None
    assert text.splitlines()[line - 1][column - 1 :].startswith(written_as)


_VALUES_OF_ANY_KIND = st.recursive(
    st.sampled_from(
        ("ru", "draft", "error", "ST03", "SK", "", " ", "*.docx", "!", "/a/0", "2026-12-31", "ё")
    )
    | st.sampled_from((0, 1, -1, 2.5, True, 10**30)),
    lambda items: (
        st.lists(items, max_size=3)
        | st.dictionaries(st.sampled_from(("ST06", "skills", "code", "files", "lang", "é")), items)
    ),
    max_leaves=6,
)
_KEYS_OF_ANY_KIND = st.sampled_from([*config.schema()["properties"], "fail_on", "ё"])


@given(st.dictionaries(_KEYS_OF_ANY_KIND, _VALUES_OF_ANY_KIND, max_size=4))
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_stands_in_the_settings_is_read_or_named(
    tmp_path: Path, data: dict[str, Any]
) -> None:
    text = "".join(f"{json.dumps(key)} = {written(value)}\n" for key, value in data.items())
    file = _write(tmp_path, text)
    faults: tuple[Fault, ...] = ()
    try:
        config.load(file).resolve()
    except SettingsError as error:
        faults = error.faults
    assert faults or VALIDATOR.is_valid(data)
    for fault in faults:
        assert fault.line is not None
        for language in locale.languages():
            assert fault_words(locale.load(language), fault.reason, fault.arguments)


@pytest.mark.parametrize("case", LAYERS, ids=lambda case: case["name"])
def test_what_holds_and_where_it_was_given(tmp_path: Path, case: dict[str, Any]) -> None:
    for name, text in case["files"].items():
        _write((tmp_path / name).parent, text, Path(name).name)
    file = tmp_path / case.get("for", "draft.docx")
    settings_file = config.find(file.parent)
    assert settings_file is not None
    found = config.load(settings_file).resolve(file, msgspec.convert(case.get("flags", {}), Flags))
    given = {}
    for key, (value, origin) in found.given.items():
        place = str(origin.flag)
        if origin.file:
            name = os.path.relpath(origin.file, tmp_path)
            place = f"{Path(name).as_posix()}:{origin.line}"
        given[".".join(key)] = [plain(value), place]
    assert given == case["expect"]
    assert [waiver.place for waiver in found.waivers] == case.get("waivers", [])
    assert found.configuration.ignore == tuple(key[1] for key in found.given if key[0] == "ignore")


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
    assert plain(config.load(file).resolve().configuration.rules[rule.code][name]) == plain(default)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_what_explain_shows_can_be_copied_into_the_settings(tmp_path: Path, rule: Any) -> None:
    if not rule.options:
        return
    meanings = {name: "what it means" for name in rule.options}
    file = _write(tmp_path, "\n".join(settings_text(rule, meanings)))
    found = config.load(file).resolve().configuration
    defaults = {name: plain(value) for name, value in rule.options.items() if value is not None}
    assert plain(found.rules[rule.code]) == defaults


@pytest.mark.parametrize("language", locale.languages())
def test_what_explain_says_of_switching_off_can_be_copied(tmp_path: Path, language: str) -> None:
    words = locale.load(language)
    for rule in all_rules():
        text = explanation(rule, words, 100).rpartition(words.say("explain.switch"))[2]
        found = config.load(_write(tmp_path, dedent(text.removeprefix("\n")))).resolve()
        settings = found.configuration.settings()
        assert not settings.wants(rule.code)
        assert settings.severity_of(rule.code) is Severity.STYLE
        assert len(found.waivers) == (rule.scope != "waivers")


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
