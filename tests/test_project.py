"""The project's frame: the guide's examples work, the lock fits, the wheel is whole."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from itertools import takewhile
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

import fragments
import profstd.validate.rule
from profstd import config, export
from profstd.cli import main
from profstd.cli.app import app
from profstd.cli.choices import split
from profstd.document import Finding, Severity
from profstd.locale import Words, load
from profstd.model import Source
from profstd.validate import Settings, all_rules, check, reporters
from profstd.validate.report import Checked, Report

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GUIDES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "benchmarks" / "README.md"]
)


def _blocks(path: Path, language: str) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def _example(name: str) -> str:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    match = re.search(rf"<!-- example: {name} -->\n```\w+\n(.*?)^```$", text, re.M | re.S)
    assert match, name
    return match[1]


def _module(name: str) -> Any:
    module = ModuleType(name.replace(" ", "_"))
    exec(compile(_example(name), f"CONTRIBUTING.md: {name}", "exec"), module.__dict__)
    return module


def _yaml(text: str) -> Any:
    return YAML(typ="safe").load(text)


@pytest.fixture
def example_rule(monkeypatch: pytest.MonkeyPatch) -> str:
    """The rule of the guide, registered for one test; its code."""
    registered = {rule.code: rule for rule in all_rules()}
    monkeypatch.setattr(profstd.validate.rule, "_RULES", registered)
    _module("rule")
    return "ZZ01"


@pytest.mark.parametrize("group", ["bad", "good"])
def test_example_rule_finds_what_its_cases_say(example_rule: str, group: str) -> None:
    words = Words("ru", {**load("ru").table, "rules": _yaml(_example("rule words"))})
    for case in _yaml(_example("rule cases"))[group]:
        document = fragments.document(fragments.standard(case["standard"]))
        settings = Settings(select=(example_rule,), options={example_rule: case.get("options", {})})
        found = check(document, settings)
        expected = case.get("expect", [])
        assert [item.path for item in found] == [item["path"] for item in expected]
        for finding, item in zip(found, expected, strict=True):
            assert finding.arguments.items() >= item["arguments"].items()
            assert "28 знаков" in words.message(example_rule, finding.arguments)


def test_example_export_writes_a_file() -> None:
    standard = fragments.standard(
        {"professions": [{"code": "5244-1-001", "name": "Оператор", "functions": [{"name": "А"}]}]}
    )
    files = list(_module("export").render([fragments.document(standard)]))
    assert files == [("fragment.txt", "5244-1-001 Оператор\n  А\n".encode())]


def test_example_report_has_a_line_a_finding() -> None:
    path = "/professions/0/functions/0/skills/0/abilities"
    finding = Finding("ST03", Severity.ERROR, path, {"case": "none"})
    checked = Checked(name="a.txt", language="ru", findings=(finding,))
    text = _module("report").render(Report(files=(checked,), language="ru"))
    assert text.startswith("a.txt\t\tST03\t")
    assert text.count("\n") == 1


def test_example_reader_accounts_for_every_character() -> None:
    text = "Навык 1: приём;Умения:;\n\n1) отвечать;;x\n"
    source = Source(file="a.scsv", format="scsv", sha256="0" * 64)
    reading = _module("reader").read(text.encode(), source)
    pieces = [piece for block in reading.blocks for cell in block.cells for piece in cell]
    assert sum(len(piece.text) for piece in pieces) + reading.markup == len(text)
    lines = text.split("\n")
    for piece in pieces:
        start = piece.span.column - 1
        assert lines[piece.span.line - 1][start : start + len(piece.text)] == piece.text


def test_example_labels_are_labels_of_the_form() -> None:
    labels = _yaml((ROOT / "src/profstd/parse/labels/ru.yaml").read_text(encoding="utf-8"))
    for kind, keys in _yaml(_example("labels")).items():
        for key, wordings in keys.items():
            assert set(wordings) <= set(labels[kind][key])


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_guide_holds_together(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for number, block in enumerate(_blocks(path, "python")):
        compile(block, f"{path.name}, block {number}", "exec")
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        file, _, anchor = link.partition("#")
        target = path.parent / file if file else path
        assert target.exists(), link
        if anchor:
            assert anchor in _anchors(target), link


def _anchors(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    names = {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in headings}
    return names | set(re.findall(r'<a id="([^"]+)">', text))


def _commands() -> list[Any]:
    return [
        pytest.param(
            shlex.split(line, comments=True)[1:], id=f"{path.name}-{' '.join(line.split()[:3])}"
        )
        for path in GUIDES
        for language in ("sh", "powershell")
        for block in _blocks(path, language)
        for line in block.splitlines()
        if line.startswith("profstd ")
    ]


@pytest.mark.parametrize("arguments", _commands())
def test_guide_shows_commands_that_there_are(arguments: list[str]) -> None:
    if arguments == ["--version"]:
        return
    name, *rest = arguments
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    chosen = command.make_context(name, rest).params
    codes = [*split(chosen.get("code", "")), *(chosen.get("select") or ())]
    for code in (code for item in codes for code in split(item)):
        assert any(rule.code.startswith(code) for rule in all_rules()), code
    assert set(split(",".join(chosen.get("to") or ()))) <= set(export.formats())
    formats = {item.partition(":")[0] for item in chosen.get("formats") or ()}
    assert formats <= set(reporters.formats())


@pytest.mark.parametrize("path", [path for path in GUIDES if _blocks(path, "toml")])
def test_guide_shows_settings_that_there_are(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "project" / "profstd.toml"
    for folder in ("shared", "project"):  # a block may extend ../shared/profstd.toml
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "profstd.toml").touch()
    for block in _blocks(path, "toml"):
        file.write_text(block, encoding="utf-8")
        config.load(file)


_FINDING = re.compile(r"    [EWS] ([A-Z]{2}\d\d)  ")
_EXCERPT = re.compile(r"(<!-- finding: (\w+) ([\w ]+) -->\n```text\n)(.*?)(?=^```$)", re.M | re.S)


def _excerpt(report: list[str], codes: list[str]) -> Iterator[str]:
    """The first finding of each code, under its card, and the last line of the report."""
    yield report[0]
    card = ""
    for code in codes:
        start, line = next(
            (number, line)
            for number, line in enumerate(report)
            if (match := _FINDING.match(line)) and match[1] == code
        )
        above = next(line for line in reversed(report[:start]) if re.match(r"  \S", line))
        if above != card:
            card = above
            yield card
        yield "    …"
        yield line
        yield from takewhile(re.compile(" {5}").match, report[start + 1 :])
    yield from ("    …", "", report[-1])


@pytest.mark.parametrize("name", ["README.md", "README.ru.md", "docs/ru/README.md"])
def test_guide_shows_real_findings(
    name: str,
    regen: bool,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    text = (ROOT / name).read_text(encoding="utf-8")
    match = _EXCERPT.search(text)
    assert match
    command = ["validate", "samples/standard-J63991088.txt", "--lang", match[2]]
    assert main(command) == 1
    report = capsysbinary.readouterr().out.decode("utf-8").rstrip().splitlines()
    lines = [f"$ profstd {' '.join(command)}", *_excerpt(report, match[3].split()), ""]
    shown = "\n".join(lines)
    if regen:
        new = text[: match.start(4)] + shown + text[match.end(4) :]
        (ROOT / name).write_text(new, encoding="utf-8", newline="\n")
    else:
        assert match[4] == shown, "pytest --regen"


@pytest.mark.parametrize("name", ["README.md", "README.ru.md"])
def test_readme_shows_python_that_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for block in _blocks(ROOT / name, "python"):
        names: dict[str, Any] = {}
        exec(compile(block, name, "exec"), names)
        assert names["files"]["professions.csv"]


def test_lock_holds_exact_versions_of_all_that_is_needed() -> None:
    lines = (ROOT / "requirements" / "ci.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    locked = {canonicalize_name(name): version for name, version in (x.split("==") for x in lines)}
    needed = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"]
    wanted = [Requirement(text) for text in needed + PROJECT["build-system"]["requires"]]
    reached = set()
    while wanted:
        requirement = wanted.pop()
        name = canonicalize_name(requirement.name)
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        assert name in locked, f"{requirement} is not in the lock: make lock"
        assert requirement.specifier.contains(locked[name]), f"{requirement}: {locked[name]}"
        if name not in reached:
            reached.add(name)
            wanted += [Requirement(text) for text in metadata.requires(name) or ()]
    assert locked.keys() - reached == set()


def test_licences_are_permissive() -> None:
    lines = (ROOT / "requirements" / "ci.txt").read_text(encoding="utf-8").splitlines()
    for name in (line.partition("==")[0] for line in lines):
        facts = metadata.metadata(name).json
        said = [str(facts.get("license_expression", "")), str(facts.get("license", ""))]
        said += [item for item in facts.get("classifier", []) if item.startswith("License")]
        assert any(said), name
        assert not any(re.search(r"\bA?GPL|General Public", item) for item in said), (name, said)


def test_wheel_holds_data_and_schemas_and_no_tests(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    source = ROOT / "src"
    expected = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    schemas = {f"profstd/schemas/{path.name}" for path in (ROOT / "schemas").iterdir()}
    assert schemas
    assert names == expected | schemas


def test_hooks_run_what_the_gate_runs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (gate,) = re.findall(r"^lint: (.+)$", makefile, re.M)
    (repository,) = _yaml((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [hook["entry"].split()[-1] for hook in repository["hooks"]] == gate.split()


def test_on_ci_a_skipped_test_fails(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(
        test_module="import pytest; pytest.importorskip('no_such_module')",
        test_function="""
            import pytest
            def test_skipped(): pytest.skip("no reason")
            @pytest.mark.xfail
            def test_expected(): assert False
            """,
    )
    arguments = ("-p", "no:cacheprovider", "--continue-on-collection-errors")
    monkeypatch.delenv("CI", raising=False)
    pytester.runpytest_subprocess(*arguments).assert_outcomes(skipped=2, xfailed=1)
    monkeypatch.setenv("CI", "true")
    refused = pytester.runpytest_subprocess(*arguments)
    refused.assert_outcomes(failed=1, errors=1, xfailed=1)
    refused.stdout.fnmatch_lines(["*On CI every test must run. Skipped: no reason"])


def test_the_frequent_findings_are_called_what_the_report_calls_them() -> None:
    page = (ROOT / "docs" / "ru" / "frequent.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## ([A-Z]{2}\d\d)(?: и [A-Z]{2}\d\d)? (.+)$", page, re.M)
    assert len(sections) == 10
    rules = load("ru").table["rules"]
    for code, name in sections:
        if code != "RC01":  # two rules in one section
            assert name == rules[code]["name"]
