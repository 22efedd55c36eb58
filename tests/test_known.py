"""Baselines and waivers on the command line: what counts, what is told, what is never lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator

import fragments
from profstd import locale
from profstd.cli import main
from profstd.cli.files import write_file
from profstd.validate import baseline

CASES = Path(__file__).parent / "cases" / "known"
SKILL = """\
            - name: {name}
              number: {number}
              abilities: [{{number: 1, text: месить {name}}}]
              knowledge: [{{number: 1, text: видов {name}}}]
"""
HEAD = """\
kind: standard
language: ru
professions:
  - name: Пекарь
    code: 7512-1-001
    functions:
      - kind: mandatory
        name: Выпечка
        skills:
"""
ONLY = ("--select", "RC01,SK01,WV", "--no-cache")


class Result(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str

    @property
    def findings(self) -> list[str]:
        """The codes of the findings of a report in JSON."""
        return [item["code"] for file in json.loads(self.out)["files"] for item in file["findings"]]


Run = Callable[..., Result]


@pytest.fixture
def run(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Run:
    """Runs a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str | Path) -> Result:
        code = main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Result(code, out.decode("utf-8"), err.decode("utf-8"))

    return command


@pytest.fixture
def check(run: Run) -> Run:
    """Checks files for two rules, in JSON."""

    def command(*arguments: str | Path) -> Result:
        given = list(arguments)
        only = [] if "--select" in given else ["--select", "RC01,SK01,WV"]
        return run("validate", *given, *only, "--no-cache", "--format", "json", "-q")

    return command


def _draft(file: Path, *names: str, tail: str = "") -> Path:
    """A standard with these skills, all without recognition: RC01 each, SK01 where twice."""
    skills = "".join(SKILL.format(name=name, number=n) for n, name in enumerate(names, start=1))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEAD + skills + tail, encoding="utf-8")
    return file


def test_only_what_is_new_counts(check: Run, run: Run, tmp_path: Path) -> None:
    draft = _draft(tmp_path / "a.yaml", "тесто", "крем")
    assert check(draft).findings == ["RC01", "RC01"]
    assert check(draft, "--baseline", "known.json").code == 2
    written = run("validate", draft, *ONLY, "--baseline", "known.json", "--write-baseline")
    assert written.code == 0
    assert "записано известных замечаний: 2; добавлено: 2, убрано: 0" in written.err
    again = run("validate", draft, *ONLY, "--baseline", "known.json")
    assert (again.code, again.err) == (
        0,
        "Не показано: известных замечаний – 2, исключённых – 0.\n",
    )
    _draft(draft, "глазурь", "тесто", "крем", "крем")
    result = check(draft, "--baseline", "known.json")
    assert (result.code, sorted(result.findings)) == (1, ["RC01", "RC01", "SK01"])
    _draft(draft, "крем")
    result = check(draft, "--baseline", "known.json")
    assert (result.code, result.findings) == (0, ["WV04"])
    assert "тесто" not in result.out  # RC01 is about nothing that stands there
    check(draft, "--baseline", "known.json", "--write-baseline")
    assert check(draft, "--baseline", "known.json").findings == []


def test_the_baseline_is_stable_and_fits_its_schema(check: Run, tmp_path: Path, run: Run) -> None:
    file = tmp_path / "known.json"
    drafts = [_draft(tmp_path / "б" / "a.yaml", "тесто", "тесто"), _draft(tmp_path / "c.yaml", "к")]
    check(*drafts, "--baseline", file, "--write-baseline")
    first, written = file.read_bytes(), file.stat().st_mtime_ns
    check(*drafts[::-1], "--baseline", file, "--write-baseline")
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (first, written)
    data = json.loads(first)
    Draft202012Validator(json.loads(run("schema", "baseline").out)).validate(data)
    assert sorted(data["files"]) == ["c.yaml", "б/a.yaml"]
    assert first.decode().count("\n      {") == sum(map(len, data["files"].values())) == 4
    assert baseline.encode(baseline.decode(data)) == first
    assert baseline.encode(baseline.Baseline()).endswith(b'"files": {}\n}\n')


def test_what_was_not_checked_stays_in_the_baseline(check: Run, tmp_path: Path) -> None:
    a, b, c = (_draft(tmp_path / f"{name}.yaml", "тесто", "тесто") for name in "abc")
    known = ("--baseline", tmp_path / "known.json")
    check(a, b, c, *known, "--write-baseline")
    c.unlink()
    b.write_bytes(b"")
    _draft(a, "тесто", "тесто", "крем")
    result = check(a, b, *known, "--write-baseline", "--select", "SK01")
    assert result.code == 2  # b cannot be read
    files = json.loads((tmp_path / "known.json").read_text(encoding="utf-8"))["files"]
    assert {name: [item["code"] for item in items] for name, items in files.items()} == {
        "a.yaml": ["RC01", "RC01", "SK01"],
        "b.yaml": ["RC01", "RC01", "SK01"],
    }
    assert check(a, *known).findings == ["RC01"]


@pytest.mark.parametrize(
    "case", fragments.load_cases(CASES / "broken.yaml"), ids=lambda case: case["name"]
)
def test_a_broken_baseline_is_named_and_left_alone(
    check: Run, run: Run, tmp_path: Path, case: dict[str, Any]
) -> None:
    file = tmp_path / "known.json"
    file.write_text(case["text"], encoding="utf-8", newline="\n")
    draft = _draft(tmp_path / "a.yaml", "тесто")
    for flags in ((), ("--write-baseline",)):
        result = check(draft, "--baseline", file, *flags)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith(f"known.json:{case['line']}:{case['column']}: здесь не то")
        assert file.read_text(encoding="utf-8") == case["text"]


def test_a_baseline_that_cannot_be_read_or_written(check: Run, tmp_path: Path) -> None:
    draft = _draft(tmp_path / "a.yaml", "тесто")
    (tmp_path / "folder").mkdir()
    for path, flags, words in (
        ("none.json", (), "списка известных замечаний нет"),
        ("folder", (), "folder: Файл не удалось прочитать"),
        ("none/known.json", ("--write-baseline",), "такой папки нет"),
    ):
        result = check(draft, "--baseline", path, *flags)
        assert result.code == 2
        assert words in result.err
    result = check(draft, "--write-baseline")
    assert result.code == 2
    assert "--baseline ФАЙЛ" in result.err
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.yaml", "folder"]


def test_a_failed_write_leaves_the_baseline_as_it_was(
    check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, known = _draft(tmp_path / "a.yaml", "тесто"), tmp_path / "known.json"
    check(draft, "--baseline", known, "--write-baseline")
    before = known.read_bytes()
    _draft(draft, "тесто", "крем")

    def killed(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    assert check(draft, "--baseline", known, "--write-baseline").code == 130
    assert known.read_bytes() == before
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.yaml", "known.json"]


def test_runs_at_the_same_time_leave_a_whole_baseline(tmp_path: Path) -> None:
    drafts = [_draft(tmp_path / f"{n}.yaml", *("тесто", "крем", "лак")[: n + 1]) for n in range(3)]
    command = [sys.executable, "-m", "profstd", "validate", *ONLY, "--baseline", "known.json"]
    runs = [
        subprocess.Popen(
            [*command, "--write-baseline", draft.name], cwd=tmp_path, stderr=subprocess.PIPE
        )
        for draft in drafts
    ]
    for process in runs:
        _, error = process.communicate()
        assert process.returncode == 0, error
    found = baseline.decode(json.loads((tmp_path / "known.json").read_bytes()))
    assert {name: len(entries) for name, entries in found.files.items()}.items() <= {
        (f"{n}.yaml", n + 1) for n in range(3)
    }
    assert not list(tmp_path.glob(".*.tmp"))


def test_the_settings_name_a_baseline_from_their_folder(
    check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    draft = _draft(project / "drafts" / "a.yaml", "тесто")
    (project / "profstd.toml").write_text('baseline = "known.json"', encoding="utf-8")
    assert check(draft, "--write-baseline").code == 0
    assert list(json.loads((project / "known.json").read_bytes())["files"]) == ["drafts/a.yaml"]
    monkeypatch.chdir(draft.parent)
    assert check("a.yaml").findings == []


def test_a_repository_begins_with_what_is_there(run: Run, tmp_path: Path) -> None:
    _draft(tmp_path / "drafts" / "a.yaml", "тесто")
    assert run("init", "--baseline", "--ci", "none").code == 0
    known = (tmp_path / "profstd-baseline.json").read_bytes()
    assert len(json.loads(known)["files"]["drafts/a.yaml"]) > 10
    assert run("validate", ".", "--no-cache").code == 0
    _draft(tmp_path / "drafts" / "b.yaml", "крем")
    assert run("validate", ".", "--no-cache").code == 1
    assert run("init", "--baseline", "--ci", "none").code == 0
    assert (tmp_path / "profstd-baseline.json").read_bytes() == known


def test_what_is_waived_is_not_fixed(run: Run, tmp_path: Path) -> None:
    draft = _draft(tmp_path / "a.yaml", "тесто")
    text = draft.read_text(encoding="utf-8").replace("7512-1-001", "7512-1-00l")
    for comment, left in (("", 0), ("  # profstd: ignore[CD01] так в приказе", 1)):
        draft.write_text(text.replace("00l", f"00l{comment}"), encoding="utf-8")
        assert run("fix", draft, "--select", "CD01").code == 0
        assert draft.read_text(encoding="utf-8").count("00l") == left


def test_files_that_settings_name_are_no_standards(run: Run, tmp_path: Path) -> None:
    _draft(tmp_path / "a.yaml", "тесто")
    (tmp_path / "codes.json").write_text('{"01": "Лес"}', encoding="utf-8")
    (tmp_path / "profstd.toml").write_text(
        'baseline = "known.json"\nclassifiers = {activities = "codes.json"}', encoding="utf-8"
    )
    for flags in (("--write-baseline",), ()):
        result = run("validate", ".", *ONLY, *flags)
        assert result.code == 0
        assert "codes.json" not in result.err
        assert "known.json: пропущен" not in result.err
    assert run("config", "show", ".").code == 2


WAIVER = """
[[waivers]]
code = "RC01"
reason = "ждём совета"
owner = "отдел"
until = {until}
"""


def test_waivers_of_the_settings(check: Run, run: Run, tmp_path: Path) -> None:
    draft, file = _draft(tmp_path / "a.yaml", "тесто"), tmp_path / "profstd.toml"
    file.write_text(WAIVER.format(until="2099-12-31"), encoding="utf-8")
    assert check(draft).findings == []
    assert "исключённых – 1" in run("validate", draft, *ONLY).err
    file.write_text(WAIVER.format(until="2020-12-31"), encoding="utf-8")
    result = check(draft)
    assert (result.code, sorted(result.findings)) == (1, ["RC01", "WV01"])
    assert "2020-12-31" in result.out
    other = _draft(tmp_path / "b.yaml", "тесто")
    text = WAIVER.format(until="2099-12-31") + 'files = "b.yaml"\ntext = "тест"\n'
    file.write_text(text, encoding="utf-8")
    assert check(draft).findings == ["RC01"]
    assert check(other).findings == ["WV02", "RC01"]
    fingerprint = json.loads(check(other).out)["files"][0]["findings"][1]["fingerprint"]
    text = text.replace('text = "тест"', f'fingerprint = "{fingerprint}"')
    file.write_text(text, encoding="utf-8")
    assert check(other).findings == []


def test_waivers_change_what_earlier_results_come_to(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = _draft(tmp_path / "a.yaml", "тесто", "крем")
    cached = ("validate", draft, "--select", "RC01,WV", "--cache-dir", tmp_path / "cache")
    counted = [run(*cached).code]
    monkeypatch.setattr("profstd.cli.many.check", None)  # nothing is to be checked again
    (tmp_path / "profstd.toml").write_text(WAIVER.format(until="2099-12-31"), encoding="utf-8")
    counted.append(run(*cached).code)
    (tmp_path / "profstd.toml").write_text(WAIVER.format(until="2020-12-31"), encoding="utf-8")
    counted.append(run(*cached).code)
    counted.append(run(*cached, "--baseline", "known.json", "--write-baseline").code)
    counted.append(run(*cached, "--baseline", "known.json").code)
    assert counted == [1, 0, 1, 0, 0]


def test_comments_in_yaml(check: Run, run: Run, tmp_path: Path) -> None:
    comment = "              # profstd: ignore[RC01] ждём совета\n"
    draft = _draft(tmp_path / "a.yaml", "тесто", "крем")
    lines = draft.read_text(encoding="utf-8").splitlines(keepends=True)
    lines.insert(9, comment)
    draft.write_text("".join(lines), encoding="utf-8")
    assert check(draft).findings == ["RC01"]
    text = run("validate", draft, *ONLY, "--ignore", "RC01").out
    assert "замечаний нет" in text.casefold()  # RC01 did not look: the comment may be of use
    cached = ("validate", draft, "--select", "RC01,WV", "--cache-dir", tmp_path / "cache")
    assert run(*cached).out == run(*cached).out


def test_reports_link_to_the_page_of_rules(run: Run, tmp_path: Path) -> None:
    draft = _draft(tmp_path / "a.yaml", "тесто")
    address = "https://example.kz/rules.md"
    (tmp_path / "profstd.toml").write_text(f'rules-page = "{address}"', encoding="utf-8")
    report = json.loads(run("validate", draft, *ONLY, "--format", "sarif").out)
    (rule,) = report["runs"][0]["tool"]["driver"]["rules"]
    assert rule["helpUri"] == f"{address}#RC01"


@pytest.mark.parametrize("language", locale.languages())
def test_settings_are_shown_with_their_places(run: Run, tmp_path: Path, language: str) -> None:
    (tmp_path / "profstd.toml").write_text(
        'stage = "draft"\nignore = ["SK07"]\n[severity]\nSK02 = "style"\n'
        + WAIVER.format(until="2099-12-31"),
        encoding="utf-8",
    )
    result = run("config", "show", "a.docx", "--lang", language, "--select", "SK,LV")
    assert result.code == 0
    lines = {line.split()[0]: " ".join(line.split()[1:]) for line in result.out.splitlines()}
    assert lines["stage"] == '"draft" profstd.toml:1:1'
    assert lines["ignore"] == '"SK07" profstd.toml:2:11'
    assert lines["severity.SK02"] == '"style" profstd.toml:4:1'
    assert lines["select"] == '["SK", "LV"] --select'
    assert lines["engine"] == f'"pdfium" {locale.load(language).say("config.default")}'
    assert lines["waivers.RC01"] == "2099-12-31 ждём совета profstd.toml:6"
    shown = json.loads(run("config", "show", "a.docx", "--format", "json").out)
    found = {".".join(item["setting"]): item for item in shown["settings"]}
    assert found["stage"]["origin"] == {
        **dict.fromkeys(("file", "line", "column", "flag")),
        **{"file": "profstd.toml", "line": 1, "column": 1},
    }
    assert found["ignore.SK07"]["value"] == "SK07"
    assert found["lang"] == {
        "setting": ["lang"],
        "value": None,
        "origin": dict.fromkeys(("file", "line", "column", "flag")),
    }
    assert shown["waivers"][0]["owner"] == "отдел"
    (tmp_path / "profstd.toml").write_text("stage = 1", encoding="utf-8")
    assert run("config", "show", "a.docx").code == 2
    assert run("config", "show", "a.docx", "--format", "yaml").code == 2


def test_a_file_on_a_disk_without_rights_is_named(
    check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, known = _draft(tmp_path / "a.yaml", "тесто"), tmp_path / "known.json"
    write_file(known, baseline.encode(baseline.Baseline()))

    def refused(self: Path, content: bytes) -> int:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "write_bytes", refused)
    result = check(draft, "--baseline", known, "--write-baseline")
    assert result.code == 2
    assert "нет права" in result.err
