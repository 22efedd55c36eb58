"""What repositories of standards use in CI: every command runs, every file is right."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from profstd import config
from profstd.cli import main

ROOT = Path(__file__).parent.parent
STARTER = ROOT / "src" / "profstd" / "cli" / "starter"
DRAFT = ROOT / "tests" / "cases" / "parse" / "damaged-sector" / "source.txt"
Say = Callable[..., tuple[int, str, str]]


def _yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def _scripts(node: Any) -> Iterator[str]:
    """The commands of a file for CI."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("run", "entry") and isinstance(value, str):
                yield value
            elif key in ("script", "before_script"):
                yield from value
            else:
                yield from _scripts(value)
    elif isinstance(node, list):
        for item in node:
            yield from _scripts(item)


def _commands() -> list[Any]:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", page, re.M | re.S)
    found = [("docs/ci.md", block.strip()) for block in blocks]
    files = [ROOT / "action.yml", ROOT / "templates" / "profstd.yml", *ROOT.glob(".pre-commit-h*")]
    for path in (*files, *STARTER.glob("*.yml"), *STARTER.glob("*.yaml")):
        found += [(path.name, script) for script in _scripts(_yaml(path))]
    found = [(name, script) for name, script in found if "pip install" not in script]
    return [pytest.param(script, id=f"{name}-{i}") for i, (name, script) in enumerate(found)]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a draft that has errors, one commit old."""
    folder = tmp_path / "standards"
    folder.mkdir()
    shutil.copy(DRAFT, folder / "draft.txt")
    settings = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for arguments in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-qm", "a")):
        subprocess.run(["git", *settings, *arguments], cwd=folder, check=True)
    return folder


@pytest.mark.parametrize("script", _commands())
def test_every_command_runs(script: str, repository: Path, tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash here, and the commands are its")
    assert "profstd" in script
    if script in ("profstd validate", "profstd validate --quiet"):
        script += " draft.txt"  # hooks are given the files
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "PATHS": ".", "STAGE": "draft", "FAIL_ON": "error", "SARIF": "", "CHANGED_SINCE": "",
        "ARGUMENTS": "--select CD,LK", "PROFSTD_PATHS": ".", "PROFSTD_ARGUMENTS": "",
    }  # fmt: skip
    done = subprocess.run(
        [bash, "-euc", script], cwd=repository, env=environment, capture_output=True, check=False
    )
    said = done.stderr.decode("utf-8")
    assert done.returncode in (0, 1), said
    assert "Traceback" not in said
    for name in re.findall(r"--format \"?\w+:([\w.-]+)", script):
        assert (repository / name).stat().st_size > 0
    if "GITHUB_STEP_SUMMARY" in script:
        assert (tmp_path / "summary.md").stat().st_size > 0


def test_the_action_obeys_its_inputs_and_runs_nothing_that_they_hold(
    repository: Path, tmp_path: Path
) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash here, and the action is a script of its")
    script = next(text for text in _scripts(_yaml(ROOT / "action.yml")) if "validate" in text)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "PATHS": "draft.txt $(touch ran) ; touch ran", "STAGE": "", "FAIL_ON": "style",
        "SARIF": "out.sarif", "CHANGED_SINCE": "HEAD", "ARGUMENTS": "--lang en",
    }  # fmt: skip
    done = subprocess.run(
        [bash, "-euc", script], cwd=repository, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 2  # files of such names are not there
    assert not (repository / "ran").exists()
    assert json.loads((repository / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


@pytest.fixture
def say(capfdbinary: pytest.CaptureFixture[bytes]) -> Say:
    """Runs a command; its exit code, standard output and standard error come out."""

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return command


@pytest.mark.parametrize(
    ("before", "asked", "file"),
    [
        ("", "github", ".github/workflows/profstd.yml"),
        ("", "gitlab", ".gitlab-ci.yml"),
        ("[remote]\n url = https://gitlab.example.org/x\n", None, ".gitlab-ci.yml"),
        ("[remote]\n url = git@github.example:x.git\n", None, ".github/workflows/profstd.yml"),
        ("", None, None),
        ("", "none", None),
    ],
)
def test_init_sets_a_repository_up(
    say: Say, repository: Path, before: str, asked: str | None, file: str | None
) -> None:
    with (repository / ".git" / "config").open("a", encoding="utf-8") as stream:
        stream.write(before)
    code, _, err = say("init", repository, *(["--ci", asked] if asked else []), "--lang", "en")
    assert code == 0
    written = {"profstd.toml", ".gitignore", ".pre-commit-config.yaml", *([file] if file else [])}
    assert set(re.findall(r"^written: (.+)$", err, re.M)) == written
    assert all((repository / name).is_file() for name in written)
    assert config.load(repository / "profstd.toml").resolve().configuration.stage == "review"
    _, _, err = say("init", repository, *(["--ci", asked] if asked else []), "--lang", "en")
    assert set(re.findall(r"^(\S+) is there already$", err, re.M)) == written


def test_init_leaves_what_is_there(say: Say, repository: Path) -> None:
    own = {"profstd.toml": 'stage = "draft"\n', ".gitignore": "*.tmp", ".gitlab-ci.yml": "a: b\n"}
    for name, text in own.items():
        (repository / name).write_text(text, encoding="utf-8")
    code, _, err = say("init", repository, "--lang", "en")
    assert code == 0
    for name in ("profstd.toml", ".gitlab-ci.yml"):
        assert (repository / name).read_text(encoding="utf-8") == own[name]
        assert f"{name} is there and was not changed" in err
    assert (repository / ".gitignore").read_text(encoding="utf-8").startswith("*.tmp\n\n#")


def test_every_proposal_of_the_settings_is_right(tmp_path: Path) -> None:
    text = (STARTER / "profstd.toml").read_text(encoding="utf-8")
    proposals = re.sub(r"^# (?=[a-zA-Z-]+ = |\[)", "", text, flags=re.M)
    file = tmp_path / "profstd.toml"
    file.write_text(proposals, encoding="utf-8")
    assert proposals != text
    assert config.load(file).resolve().configuration.lang == "ru"


def test_init_wants_a_folder(say: Say, tmp_path: Path) -> None:
    code, _, err = say("init", tmp_path / "none", "--lang", "en")
    assert code == 2
    assert "no such folder" in err
