"""Checking many files: several processes, earlier results, what changed, what is saved."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from profstd.cli import main
from profstd.cli.cache import Cache
from profstd.cli.checking import Task, check, lightened, put_down, take_up
from profstd.cli.sources import source
from profstd.config import Configuration

ROOT = Path(__file__).parent.parent
CASES = sorted((ROOT / "tests" / "cases" / "parse").glob("*/*.txt"))
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Standards with all kinds of damage, and files that are none."""
    folder = tmp_path / "standards"
    folder.mkdir()
    for number, file in enumerate(CASES):
        shutil.copy(file, folder / f"{number:02}.txt")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "letter.txt").write_text("Здравствуйте!", encoding="utf-8")
    (folder / "none.docx").write_bytes(b"PK\x03\x04 and no more")
    return folder


@pytest.fixture
def say(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Say:
    """Runs a command; its exit code, standard output and standard error come out."""

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return command


def test_neither_processes_nor_earlier_results_change_a_word(
    say: Say, folder: Path, tmp_path: Path
) -> None:
    runs = [
        say("validate", folder, "--format", "json", *options)
        for options in (
            ("--no-cache", "--jobs", "1"),
            ("--no-cache", "--jobs", "3"),
            ("--cache-dir", tmp_path / "cache", "--jobs", "2"),
            ("--cache-dir", tmp_path / "cache"),
        )
    ]
    assert runs[0][0] == 2
    assert len(runs[0][1]) > 10_000
    assert "none.docx" in runs[0][2]
    for run in runs[1:]:
        for found, expected in zip(run, runs[0], strict=True):
            assert found == expected


def test_only_what_changed_is_checked_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from profstd.cli import many

    checked: list[str] = []

    def counted(task: Task) -> object:
        checked.append(task.source.name.rpartition("/")[2])
        return check(task)

    monkeypatch.setattr(many, "check", counted)
    arguments = ["validate", str(folder), "--jobs", "1", "--cache-dir", str(tmp_path / "cache")]

    def run(*more: str) -> list[str]:
        checked.clear()
        main([*arguments, *more])
        return list(checked)

    unread = ["empty.txt", "none.docx"]  # what could not be read is tried again
    everything = sorted(file.name for file in folder.iterdir())
    assert run() == everything
    assert run() == unread
    os.utime(folder / "00.txt", (1, 1))
    assert run() == unread
    with (folder / "00.txt").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert run() == ["00.txt", *unread]
    assert run("--select", "ST") == everything
    (folder / "profstd.toml").write_text('ignore = ["LK"]\n', encoding="utf-8")
    assert run() == everything
    assert run("--no-cache") == everything


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\x81\xa5model\x01", None])
def test_a_broken_entry_is_made_anew(folder: Path, tmp_path: Path, damage: bytes | None) -> None:
    cache = Cache(tmp_path / "cache")
    task = Task(source(str(folder / "00.txt")), Configuration())
    outcome = check(task)
    cache.put(task, outcome)
    entry = cache.entry(task)
    assert entry is not None
    whole = entry.read_bytes()
    assert cache.get(entry) is not None
    entry.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert cache.get(entry) is None
    cache.put(task, outcome)
    assert entry.read_bytes() == whole


def test_an_outcome_that_was_put_down_is_the_same() -> None:
    for file in CASES:
        outcome = lightened(check(Task(source(str(file)), Configuration())))
        assert outcome.document is not None
        again = take_up(put_down(outcome.document, outcome))
        assert again.examined == outcome.examined
        assert again.document is not None
        assert again.document.model == outcome.document.model
        assert again.document.account == outcome.document.account


def test_a_cache_that_cannot_be_written_is_no_failure(
    say: Say, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    code, out, err = say("validate", folder / "00.txt", "--cache-dir", tmp_path / "file")
    assert (code, out, err) == say("validate", folder / "00.txt", "--no-cache")


def test_entries_that_nobody_used_go(folder: Path, tmp_path: Path) -> None:
    task = Task(source(str(folder / "00.txt")), Configuration())
    outcome = check(task)
    first = Cache(tmp_path)
    first.put(task, outcome)
    old = tmp_path / "ab" / "cdef"
    old.parent.mkdir(exist_ok=True)
    old.write_bytes(b"")
    os.utime(old, (1, 1))
    os.utime(tmp_path / ".gitignore", (1, 1))
    Cache(tmp_path).put(task, outcome)
    assert not old.exists()
    assert first.entry(task) is not None


def _git(folder: Path, *arguments: str) -> None:
    settings = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


def test_changed_since_asks_git(say: Say, folder: Path, tmp_path: Path) -> None:
    for name in ("empty.txt", "letter.txt", "none.docx"):
        (folder / name).unlink()

    def checked(*more: str) -> list[str]:
        _, out, err = say("validate", folder, "--changed-since", *more, "--format", "json", "-q")
        assert "Traceback" not in err
        return [file["file"].rpartition("/")[2] for file in json.loads(out)["files"]]

    _git(tmp_path, "init", "-b", "main")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-m", "a")
    assert checked("HEAD") == []
    shutil.copy(folder / "00.txt", folder / "новый файл.txt")
    with (folder / "01.txt").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert checked("HEAD") == ["01.txt", "новый файл.txt"]
    _git(tmp_path, "checkout", "-b", "mine")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-m", "b")
    assert checked("main") == ["01.txt", "новый файл.txt"]
    # What others change on their branch meanwhile is not ours.
    _git(tmp_path, "checkout", "main")
    with (folder / "02.txt").open("a", encoding="utf-8") as file:
        file.write("\n")
    _git(tmp_path, "commit", "-am", "c")
    _git(tmp_path, "checkout", "mine")
    assert checked("main") == ["01.txt", "новый файл.txt"]
    code, _, err = say("validate", folder, "--changed-since", "HEAD", "--lang", "en")
    assert (code, err.strip()) == (
        0,
        'Nothing has changed since "HEAD": there is nothing to check.',
    )
    code, _, err = say("validate", folder, "--changed-since", "nowhere", "--lang", "en")
    assert code == 2
    assert 'no "nowhere"' in err


def test_changed_since_without_a_repository(say: Say, folder: Path) -> None:
    code, _, err = say("validate", folder, "--changed-since", "HEAD", "--lang", "en")
    assert code == 2
    assert "no git repository" in err


def _reports(file: Path, process: subprocess.Popen[bytes]) -> Iterator[str]:
    """The report that stands in `file`, whenever there is a new one."""
    seen = ""
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        if text and text != seen:
            seen = text
            yield text
            until = time.monotonic() + 30
        time.sleep(0.05)


def test_watch_checks_again_what_is_saved(tmp_path: Path) -> None:
    draft, report = tmp_path / "draft.txt", tmp_path / "report.txt"
    text = CASES[0].read_text(encoding="utf-8")
    draft.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "profstd", "validate", draft, "--watch"]
    with subprocess.Popen(
        [*map(str, command), "--format", f"json:{report}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            reports = _reports(report, process)
            first = next(reports)
            # As Word saves: the old file goes, the new one takes its place.
            new = draft.with_suffix(".tmp")
            new.write_text(text.replace("Умения", "Уменья"), encoding="utf-8")
            draft.unlink()
            new.replace(draft)
            assert next(reports) != first
            assert process.poll() is None
        finally:
            process.terminate()
            process.communicate()


def test_watch_wants_files(say: Say) -> None:
    code, _, err = say("validate", "-", "--watch", "--lang", "en")
    assert code == 2
    assert "--watch wants files" in err
