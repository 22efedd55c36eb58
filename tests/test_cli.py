"""The command line: what comes out, where, with which exit code, and what never does."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from jsonschema import Draft202012Validator

import fragments
from profstd import __version__, export, locale, office
from profstd.cli import main, streams
from profstd.cli.rulebook import markdown
from profstd.cli.schema import NAMES
from profstd.document import Document
from profstd.parse import ReadSettings
from profstd.validate import all_rules

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "samples" / "registry-page-2421-0-013.txt"
ONLY = ("--select", "ST03")


class Result(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Run:
    """Runs a command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)

    def command(*arguments: str | Path, given: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        code = main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Result(code, out.decode("utf-8"), err.decode("utf-8"))

    return command


def _process(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "profstd", *map(str, arguments)],
        capture_output=True,
        env=environment,
        check=False,
        **options,
    )


def _model(abilities: Iterable[str], **fields: Any) -> bytes:
    skill = {
        "number": 2,
        "name": "Замес",
        "abilities": [{"number": 1, "text": text} for text in abilities],
        "knowledge": [{"number": 1, "text": "видов муки"}],
    }
    card = {
        "item_number": 12,
        "heading": "Пекарь",
        "level": 4,
        "functions": [{"kind": "additional", "number": 1, "name": "Выпечка", "skills": [skill]}],
    }
    source = {"file": "bread.txt", "format": "txt", "sha256": "0" * 64}
    fragment = {"language": "ru", "title": "Хлебопечение", "professions": [card], "source": source}
    return msgspec.json.encode(fragments.standard({**fragment, **fields}))


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A standard with a skill that has no abilities."""
    file = tmp_path / "bad.json"
    file.write_bytes(_model([]))
    return file


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A standard in which every skill has an ability."""
    file = tmp_path / "good.json"
    file.write_bytes(_model(["месить тесто"]))
    return file


# --- exit codes and failures


def test_findings_decide_the_exit_code(run: Run, good: Path, bad: Path) -> None:
    assert run("validate", good, *ONLY).code == 0
    assert run("validate", bad, *ONLY).code == 1
    assert run("validate", bad, "--ignore", "ST03", *ONLY).code == 0
    _settings(bad, '[severity]\nST03 = "warning"')
    assert run("validate", bad, *ONLY).code == 0
    assert run("validate", bad, *ONLY, "--fail-on", "warning").code == 1
    assert run("validate", bad, *ONLY, "--fail-on", "STYLE").code == 1


def _settings(beside: Path, text: str) -> None:
    (beside.parent / "profstd.toml").write_text(text, encoding="utf-8")


def test_every_failure_is_named_and_the_others_are_done(
    run: Run, tmp_path: Path, good: Path, bad: Path
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (tmp_path / "broken.json").write_bytes(b'{\n  "kind": ')
    (tmp_path / "list.txt").write_bytes("Молоко\nХлеб\n".encode())
    (tmp_path / "draft.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "draft.xls").write_bytes(b"cells")
    wrong = {
        "missing.txt": "файла нет",
        "empty.txt": "пуст",
        "picture.txt": "картинка",
        "broken.json": "строка 2, знак 11",
        "list.txt": "не профессиональный стандарт",
        "draft.pdf": "повреждён",
        "draft.xls": "«.xls»",
    }
    result = run("validate", bad.name, *wrong, good.name, *ONLY)
    assert result.code == 2
    said = dict(line.split(": ", 1) for line in result.err.splitlines())
    assert said.keys() == wrong.keys()
    for name, words in wrong.items():
        assert words in said[name], name
    assert "E ST03" in result.out
    assert "good.json  замечаний нет" in result.out
    assert "не прочитано: 7 файлов" in result.out


def test_the_json_report_names_failures_too(run: Run, tmp_path: Path, good: Path) -> None:
    result = run("validate", "missing.txt", good, "--format", "json", *ONLY)
    data = json.loads(result.out)
    assert [file["file"] for file in data["files"]] == ["missing.txt", good.as_posix()]
    assert data["files"][0]["error"]["reason"] == "missing"
    assert data["files"][1]["error"] is None
    assert result.code == 2


@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "no"), OSError(errno.EIO, "disk")])
def test_a_file_that_cannot_be_opened(
    run: Run, good: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def refuse(path: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = run("validate", good)
    assert result.code == 2
    assert result.err.startswith(f"{good.as_posix()}: ")
    assert len(result.err.splitlines()) == 1


def test_a_file_above_the_limit(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(100_000_000)
    result = run("validate", "huge.txt")
    assert result.code == 2
    assert "100 МБ при пределе 50 МБ" in result.err
    _settings(tmp_path / "huge.txt", "max-file-size = 0.5")
    assert "пределе 0,5 МБ" in run("validate", "huge.txt").err


def test_standard_input_has_the_same_limit(run: Run, tmp_path: Path) -> None:
    _settings(tmp_path / "x", "max-file-size = 0.001")
    assert "предел" in run("validate", "-", given=b"x" * 2000).err


def test_an_error_of_profstd_is_one_line(
    run: Run, good: Path, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import profstd.parse

    load = profstd.parse.load

    def fail(path: Path, settings: ReadSettings) -> Document:
        if path.name == good.name:
            raise RuntimeError("boom\nbang")
        return load(path, settings)

    monkeypatch.setattr(profstd.parse, "load", fail)
    result = run("validate", good, bad, *ONLY)
    assert result.code == 2
    assert "E ST03" in result.out
    assert "RuntimeError: boom bang" in result.err
    assert len(result.err.splitlines()) == 1
    assert "Traceback" in run("validate", good, "--debug").err


def test_an_error_outside_a_file_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import profstd.cli.rulebook

    def fail(*_: object) -> str:
        raise RuntimeError("boom")

    monkeypatch.setattr(profstd.cli.rulebook, "explanation", fail)
    result = run("explain", "ST03")
    assert (result.code, result.out) == (2, "")
    assert "RuntimeError: boom" in result.err
    assert "Traceback" not in result.err


def test_interruption_is_said(run: Run, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import profstd.parse

    def interrupt(*_: object, **__: object) -> Document:
        raise KeyboardInterrupt

    monkeypatch.setattr(profstd.parse, "load", interrupt)
    result = run("validate", good)
    assert result.code == 130
    assert result.err == "\nПрервано.\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("validate",), "Missing argument"),
        (("validate", "--nonsense", "x"), "--nonsense"),
        (("invent",), "invent"),
        (("validate", "x", "--stage", "final"), "draft, review, submission"),
        (("validate", "x", "--lang", "de"), "en, kk, ru"),
        (("validate", "x", "--fail-on", "never"), "error, warning, style"),
        (("validate", "x", "--select", "ST99"), "«ST99»"),
        (("validate", "x", "--ignore", "ST03,QQ"), "«QQ»"),
        (("validate", "x", "--format", "docx"), "html, json, junit, markdown, ndjson, sarif, text"),
        (("validate", "x", "--format", "text", "--format", "json"), "--format json:"),
        (("validate", "x", "-o", "r", "--format", "text", "--format", "json"), "-o"),
        (("validate", "x", "-o", "r", "--format", "json:s"), "-o"),
        (("validate", "x", "--against", "missing.txt"), "missing.txt"),
        (("parse", "x", "y"), "-o"),
        (("export", "x"), "--to"),
        (("export", "x", "--to", "xls"), "csv, docx, html, json, markdown, pdf"),
        (("export", "x", "--to", "json", "--bom"), "--bom"),
        (("explain", "ST99"), "ST09"),
        (("rules", "--format", "yaml"), "text, json, markdown"),
        (("schema", "card"), "standard, registry_page, report, report_line, config"),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert words in result.err
    assert "Traceback" not in result.err


# --- settings


def test_settings_are_found_from_the_file(run: Run, tmp_path: Path, bad: Path) -> None:
    inside = tmp_path / "drafts" / "new"
    inside.mkdir(parents=True)
    bad.rename(inside / "bad.json")
    _settings(inside, 'ignore = ["ST03"]')
    assert run("validate", inside, *ONLY).code == 1
    assert run("validate", inside, "--select", "ST0").out.count("ST03") == 0


def test_bad_settings_stop_only_the_files_they_are_for(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.json").write_bytes(_model([]))
        (tmp_path / name / "b.json").write_bytes(_model([]))
    (tmp_path / "one" / "profstd.toml").write_text(
        '\nstage = "draft"\nfail_on = "error"\n', encoding="utf-8"
    )
    result = run("validate", "one", "two", *ONLY)
    assert result.code == 2
    assert result.err == (
        "one/profstd.toml:3:1: Настройки «fail_on» нет. Возможно, имелось в виду: fail-on.\n"
    )
    assert result.out.count("E ST03") == 2


def test_the_language_is_that_of_the_document_unless_told(
    run: Run, tmp_path: Path, bad: Path
) -> None:
    kazakh = tmp_path / "kk.json"
    kazakh.write_bytes(_model([], language="kk"))
    assert "1 қате" in run("validate", kazakh, *ONLY).out
    assert "1 error" in run("validate", kazakh, *ONLY, "--lang", "en").out
    _settings(kazakh, 'lang = "ru"')
    assert "1 ошибка" in run("validate", kazakh, *ONLY).out
    assert "no such file" in run("validate", "x.txt", "--lang", "en").err
    assert "Почему" in run("explain", "ST03").out
    _settings(kazakh, 'lang = "kk"')
    assert "Неге" in run("explain", "st03").out


# --- where results go


def test_several_reports_at_once(run: Run, tmp_path: Path, bad: Path) -> None:
    result = run("validate", bad, *ONLY, "--format", "json:r.json", "--format", "text")
    assert json.loads((tmp_path / "r.json").read_bytes())["summary"]["error"] == 1
    assert "E ST03" in result.out
    result = run("validate", bad, *ONLY, "--format", "json:s.json", "--format", "text", "-o", "t")
    assert result == (1, "", "")
    assert "E ST03" in (tmp_path / "t").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("formats", "words"),
    [
        (("html:none/r.html", "json:r.json"), "такой папки нет"),
        (("json:r.json", "html:folder"), "это папка"),
        (("json:r.json", "html:bad.json/r.html"), "записать"),
        (("json:r.json", "html:./r.json"), "два отчёта"),
        (("html:bad.json",), "отчёт стёр бы его"),
    ],
)
def test_reports_that_could_not_be_written_stop_the_run_at_once(
    run: Run, tmp_path: Path, bad: Path, formats: tuple[str, ...], words: str
) -> None:
    (tmp_path / "folder").mkdir()
    before = bad.read_bytes()
    options = [part for item in formats for part in ("--format", item)]
    result = run("validate", bad, *ONLY, *options)
    assert (result.code, result.out) == (2, "")
    assert words in result.err
    assert len(result.err.splitlines()) == 1
    assert bad.read_bytes() == before
    assert sorted(item.name for item in tmp_path.iterdir()) == ["bad.json", "folder"]


def test_a_report_in_a_folder_of_standards_is_no_standard(
    run: Run, tmp_path: Path, bad: Path
) -> None:
    written = ("html:r.html", "text:r.txt", "markdown:r.md", "json:r.json", "ndjson:r.ndjson")
    options = [part for item in written for part in ("--format", item)]
    for _ in range(2):
        assert run("validate", tmp_path, *ONLY, *options) == (1, "", "")
    data = json.loads((tmp_path / "r.json").read_bytes())
    assert [Path(file["file"]).name for file in data["files"]] == ["bad.json"]
    (tmp_path / "r.txt").unlink()
    result = run("validate", tmp_path, *ONLY, "--format", "json:again.json")
    assert result.code == 1
    assert "r.html" not in result.err


def test_the_time_of_a_report_can_be_told(
    run: Run, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    for format in ("html", "junit", "sarif"):
        first = run("validate", bad, *ONLY, "--format", format).out
        assert run("validate", bad, *ONLY, "--format", format).out == first
        assert re.search(r"1970-01-01T00:00:00|01\.01\.1970 00:00", first)


def test_quiet_says_nothing_of_what_is_right(run: Run, good: Path, bad: Path) -> None:
    assert run("validate", good, *ONLY, "--quiet") == (0, "", "")
    assert "explain" not in run("validate", bad, *ONLY, "-q").out


def test_statistics(run: Run, bad: Path) -> None:
    out = run("validate", bad, *ONLY, "--statistics").out
    assert "  1  ST03  Нет умений" in out


@pytest.mark.parametrize(
    ("target", "words"),
    [("none/report.txt", "такой папки нет"), (".", "это папка"), ("bad.json/x", "записать")],
)
def test_an_output_that_cannot_be_written(run: Run, bad: Path, target: str, words: str) -> None:
    before = bad.read_bytes()
    result = run("validate", bad, *ONLY, "-o", target)
    assert (result.code, result.out) == (2, "")
    assert words in result.err
    assert len(result.err.splitlines()) == 1
    assert bad.read_bytes() == before


def test_a_failed_write_leaves_what_was_there(
    run: Run, bad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report.txt"
    report.write_bytes(b"before")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "replace", fail)
    result = run("validate", bad, *ONLY, "-o", report)
    assert result.code == 2
    assert "на диске нет места" in result.err
    assert report.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.json", "report.txt"]


def test_an_output_keeps_its_rights_and_its_link(run: Run, bad: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_bytes(b"")
    real.chmod(0o640)
    link = tmp_path / "link.txt"
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("no symbolic links here")
    mode = real.stat().st_mode
    assert run("validate", bad, *ONLY, "-o", link).code == 1
    assert link.is_symlink()
    assert real.stat().st_mode == mode
    assert b"ST03" in real.read_bytes()


# --- folders and standard input


def test_a_folder_is_walked(run: Run, tmp_path: Path) -> None:
    for name in (
        "b/two.json",
        "a/one.json",
        ".hidden/no.json",
        "~$no.json",
        "a/.no.json",
        "drafts/no.json",
        "a/old-no.json",
        "a/old-yes.json",
        "b/page_files/no.json",
        "notes.log",
    ):
        file = tmp_path / "repository" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_model([]))
    root = tmp_path / "repository"
    (root / ".gitignore").write_text("drafts/\nold-*\n", encoding="utf-8")
    (root / "a" / ".gitignore").write_text("!old-yes.json\n", encoding="utf-8")
    (root / "b" / "page.html").write_text(
        "<h1>Общие положения</h1><p>Код группы:<br>Термины и определения:", encoding="utf-8"
    )
    data = json.loads(run("validate", root, root / "b", *ONLY, "--format", "json").out)
    names = [Path(file["file"]).relative_to(root.as_posix()).as_posix() for file in data["files"]]
    assert names == ["a/old-yes.json", "a/one.json", "b/page.html", "b/two.json"]
    # A folder that was asked for is walked even where git ignores it.
    (root / ".git").mkdir()
    assert run("validate", root / "drafts", *ONLY).out.count("E ST03") == 1
    # What is ignored above a folder is ignored in it.
    data = json.loads(run("validate", root / "a", *ONLY, "--format", "json").out)
    assert len(data["files"]) == 2


def test_what_folders_hold_beside_standards_is_passed_over(
    run: Run, tmp_path: Path, good: Path
) -> None:
    other = tmp_path / "package.json"
    other.write_text('{"name": "standards"}', encoding="utf-8")
    result = run("validate", tmp_path, *ONLY)
    assert result.code == 0
    assert "package.json" in result.err
    assert "package.json" not in result.out
    # Named, or alone, it is a failure.
    assert run("validate", good, other, *ONLY).code == 2
    good.unlink()
    assert run("validate", tmp_path, *ONLY).code == 2


def test_a_folder_without_standards_is_no_success(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("validate", "empty")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("empty: В папке нет файлов")
    assert ".json" in result.err


def test_a_folder_that_cannot_be_opened_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "all" / "closed").mkdir(parents=True)
    (tmp_path / "all" / "bad.json").write_bytes(_model([]))
    scan = os.scandir

    def refuse(path: Any) -> Any:
        if Path(path).name == "closed":
            raise PermissionError(errno.EACCES, "no", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    result = run("validate", "all", *ONLY)
    assert result.code == 2
    assert result.err.startswith(str(Path("all", "closed")))
    assert "E ST03" in result.out


def test_parse_wants_files(run: Run, tmp_path: Path) -> None:
    assert "Это папка" in run("parse", tmp_path).err


def test_standard_input(run: Run) -> None:
    result = run("validate", "-", "--as", "json", *ONLY, given=_model([]))
    assert result.code == 1
    assert result.out.startswith("-\n  Карточка 12")
    assert run("validate", "-", given=PAGE.read_bytes()).err == ""
    assert "«.xyz»" in run("validate", "-", "--as", "xyz", given=b"x").err
    assert "пуст" in run("validate", "-").err


# --- a page against its standard


def test_against_wants_a_page_and_a_standard(run: Run, good: Path, bad: Path) -> None:
    result = run("validate", bad, "--against", good, *ONLY)
    assert result.code == 2
    assert "--against" in result.err
    assert "E ST03" in result.out
    assert run("validate", PAGE, "--against", good, *ONLY) == (
        0,
        run("validate", PAGE, *ONLY).out,
        "",
    )


def test_a_version_against_the_other(run: Run, tmp_path: Path) -> None:
    clean = ROOT / "tests" / "cases" / "clean"
    texts = {
        name: (clean / f"crops-{name}.txt").read_text(encoding="utf-8") for name in ("ru", "kk")
    }
    mended = texts["kk"].replace("6-2025, 26.03.2025 ж.", "6-2025, 27.03.2025 ж.")
    for name, text in {**texts, "kk": mended}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    only = ("--select", "PP", "--lang", "ru")
    result = run("validate", "ru.txt", "--against", "kk.txt", *only)
    assert result.code == 1
    assert "национальный орган → дата" in " ".join(result.out.split())
    assert "26.03.2025" in result.out
    assert "27.03.2025" in result.out
    assert run("validate", "kk.txt", "--against", "ru.txt", *only).code == 1
    (tmp_path / "kk.txt").write_text(texts["kk"], encoding="utf-8")
    assert run("validate", "ru.txt", "--against", "kk.txt", *only).code == 0


# --- parse, export


def test_parse_writes_the_model(run: Run, tmp_path: Path) -> None:
    out = run("parse", PAGE).out
    assert json.loads(out)["kind"] == "registry_page"
    assert run("parse", PAGE, "-o", "page.json") == (0, "", "")
    assert (tmp_path / "page.json").read_bytes() == out.encode()
    assert run("export", PAGE, "--to", "json").out == out
    assert run("parse", tmp_path / "page.json").code == 0


def test_parse_of_several_files_needs_a_folder(run: Run, tmp_path: Path, bad: Path) -> None:
    assert run("parse", PAGE, bad, "missing.txt", "-o", "models", "--spans", "spans").code == 2
    assert sorted(path.name for path in (tmp_path / "models").iterdir()) == [
        "bad.json",
        f"{PAGE.stem}.json",
    ]
    assert len(list((tmp_path / "spans").glob("*.spans.json"))) == 2
    assert run("parse", PAGE, bad, "-o", bad).code == 2
    assert run("parse", PAGE, "-o", f"one{os.sep}").code == 0
    assert (tmp_path / "one" / f"{PAGE.stem}.json").is_file()


def test_spans_stand_beside_the_model(run: Run, tmp_path: Path) -> None:
    assert run("parse", PAGE, "--spans", "s.json").code == 0
    data = json.loads((tmp_path / "s.json").read_bytes())
    assert data["spans"]["/profession/name"]["line"] >= 1
    account = data["account"]
    kinds = ("placed", "label", "markup", "furniture", "unplaced")
    assert sum(account[kind] for kind in kinds) == account["characters"]
    reading = {rule.code for rule in all_rules() if rule.scope == "reading"}
    assert {finding["code"] for finding in data["findings"]} <= reading


def test_spans_hold_the_findings_of_reading(
    run: Run, tmp_path: Path, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import profstd.parse

    document = fragments.document(
        fragments.standard({"language": "ru"}), {"unplaced": ["Лишний абзац текста"]}
    )
    monkeypatch.setattr(profstd.parse, "load", lambda *_, **__: document)
    run("parse", bad, "--spans", "s.json")
    data = json.loads((tmp_path / "s.json").read_bytes())
    (finding,) = (finding for finding in data["findings"] if finding["code"] == "PA01")
    assert finding["span"]["line"] == 1


def test_the_account_is_a_table(run: Run, bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = run("parse", PAGE, "--account").out
    assert PAGE.as_posix() in out
    assert not out.startswith("{")
    assert "Весь текст учтён." in run("parse", bad, "--account").out
    import profstd.parse

    document = fragments.document(
        fragments.standard({"language": "ru"}), {"unplaced": ["лишний абзац"]}
    )
    monkeypatch.setattr(profstd.parse, "load", lambda *_, **__: document)
    out = run("parse", bad, "--account").out
    assert "98,80 %" in out
    assert "  строка 1  «лишний абзац»" in out
    document = msgspec.structs.replace(document, counted=None)
    monkeypatch.setattr(profstd.parse, "load", lambda *_, **__: document)
    assert "не проверяется" in run("parse", bad, "--account").out


def test_export_to_several_formats(run: Run, tmp_path: Path, bad: Path) -> None:
    assert run("export", bad, PAGE, "--to", "csv,json", "-o", "out", "--bom") == (0, "", "")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"professions.csv", "bad.json", f"{PAGE.stem}.json"} <= names
    assert (tmp_path / "out" / "skills.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert run("export", bad, "--to", "json", "-o", "one.json").code == 0
    expected = export.render(
        fragments.document(msgspec.json.decode(_model([]), type=_STANDARD)), "json"
    )
    assert (tmp_path / "one.json").read_bytes() == next(iter(expected.values()))


_STANDARD = type(fragments.standard({}))


def test_export_goes_on_without_libreoffice(
    run: Run, tmp_path: Path, bad: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    result = run("export", bad, good, "--to", "pdf,html,docx", "-o", "out")
    assert (result.code, result.out) == (2, "")
    assert re.findall(r"^(\w+\.pdf): .+LibreOffice не установлен", result.err, re.M) == [
        "bad.pdf",
        "good.pdf",
    ]
    assert len(result.err.splitlines()) == 2
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        *("bad.docx", "bad.html", "good.docx", "good.html"),
    ]
    assert run("export", good, "--to", "pdf", "-o", "one.pdf").code == 2
    assert not (tmp_path / "one.pdf").exists()


def test_export_needs_a_folder_for_several_files(run: Run, tmp_path: Path, bad: Path) -> None:
    result = run("export", bad, "--to", "csv")
    assert (result.code, result.out) == (2, "")
    assert "ПАПКА" in result.err
    assert run("export", "missing.txt", "--to", "csv", "-o", "out").code == 2
    assert not (tmp_path / "out").exists()


# --- rules and schemas


@pytest.mark.parametrize("language", locale.languages())
def test_every_rule_can_be_explained(run: Run, language: str) -> None:
    words = locale.load(language)
    for rule in all_rules():
        result = run("explain", rule.code.lower(), "--lang", language)
        assert result.code == 0
        assert result.out.startswith(f"{rule.code}  ")
        assert f'ignore = ["{rule.code}"]' in result.out
        first = words.say(f"bases.{rule.basis[0].value}").split()[:3]
        assert " ".join(first).casefold() in result.out.casefold()
        for option in rule.options:
            assert re.search(rf"(^|\.|\s){option}( = |\])", result.out)


def test_a_family_is_told_as_a_list(run: Run) -> None:
    result = run("explain", "lk")
    listed = [line.split()[0] for line in result.out.splitlines() if line.startswith("  ")]
    assert listed == [rule.code for rule in all_rules() if rule.family == "LK"]
    assert result.out.startswith("LK  ")
    assert run("explain", "L").code == 2


def test_rules_are_listed(run: Run) -> None:
    codes = [rule.code for rule in all_rules()]
    text = run("rules").out
    assert [line.split()[0] for line in text.splitlines() if line.startswith("  ")] == codes
    assert [rule["code"] for rule in json.loads(run("rules", "--format", "json").out)] == codes
    page = run("rules", "--format", "markdown", "--lang", "en").out
    assert page == markdown(locale.load("en"))
    for code in codes:
        assert page.count(f'<a id="{code}"></a>\n\n### {code}. ') == 1
        assert f"[{code}](#{code})" in page
    assert page.count("```") % 2 == 0


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas(run: Run, name: str) -> None:
    schema = json.loads(run("schema", name).out)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(f":{name}:1.0")


def test_schema_of_the_standard_is_the_default(run: Run, good: Path) -> None:
    schema = json.loads(run("schema").out)
    Draft202012Validator(schema).validate(json.loads(run("parse", good).out))


def test_the_report_fits_its_schema(run: Run, bad: Path) -> None:
    schema = json.loads(run("schema", "report").out)
    report = json.loads(run("validate", bad, PAGE, "missing", "--format", "json").out)
    Draft202012Validator(schema).validate(report)


# --- help and versions


def test_help(run: Run) -> None:
    result = run("--help")
    assert result.code == 0
    for command in ("parse", "validate", "export", "explain", "rules", "schema"):
        assert f"  {command} " in result.out
    assert run("validate", "--help").code == 0


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"profstd {__version__}\n", "")


def test_the_version_costs_nothing() -> None:
    code = "import sys; from profstd.cli import main; main(['--version']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = done.stdout.decode("utf-8").split()
    heavy = {"typer", "rich", "msgspec", "ruamel", "jsonschema", "rapidfuzz", "pathspec"}
    assert not heavy & set(loaded)


def test_help_loads_no_more_than_typer() -> None:
    code = "import sys; from profstd.cli import main; main(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = done.stdout.decode("utf-8").split()
    heavy = {"rich", "msgspec", "ruamel", "jsonschema", "rapidfuzz", "pathspec", "pydantic"}
    assert not heavy & set(loaded)


# --- real processes: consoles, pipes


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "ascii"])
def test_a_console_of_any_encoding_shows_the_report(bad: Path, encoding: str) -> None:
    done = _process("validate", bad, *ONLY, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert done.returncode == 1
    assert done.stderr == b""
    out = done.stdout.decode(encoding)
    assert "ST03" in out
    assert " > " in out or encoding == "ascii"
    if encoding != "ascii":
        assert "Пекарь" in out
        assert "?" not in out


def test_json_is_utf8_on_any_console(bad: Path) -> None:
    done = _process("parse", bad, env={"PYTHONIOENCODING": "cp866"})
    assert json.loads(done.stdout.decode("utf-8"))["title"] == "Хлебопечение"


def test_a_file_name_that_is_no_text(tmp_path: Path, good: Path) -> None:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("file names are texts here")
    name = os.path.join(os.fsencode(tmp_path), b"\xff\xfe.json")
    Path(os.fsdecode(name)).write_bytes(good.read_bytes())
    done = _process("validate", tmp_path, *ONLY, "--format", "json")
    assert done.returncode == 0
    assert done.stderr == b""
    assert len(json.loads(done.stdout)["files"]) == 2


@pytest.mark.skipif(os.name == "nt", reason="no such pipes")
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "long.json"
    file.write_bytes(_model([f"умение {number} " * 10 for number in range(5000)]))
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "profstd", "parse", str(file)],
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_is_said(bad: Path) -> None:
    for arguments in (("validate", str(bad), *ONLY), ("parse", str(bad)), ("explain", "ST03")):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "profstd", *arguments],
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert done.returncode == 2
        assert "на диске нет места" in done.stderr.decode("utf-8")


def test_colour_belongs_to_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setenv("COLUMNS", "77")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert not streams.colour()
    assert streams.width() == 77
    monkeypatch.setenv("COLUMNS", "wide")
    assert streams.width() == 100
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert streams.colour() == (os.name != "nt")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not streams.colour()


def test_a_folder_is_walked_around_what_was_installed(run: Run, good: Path, tmp_path: Path) -> None:
    for folder in ("env", "node_modules/package"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "LICENSE.txt").write_text("No standard.", encoding="utf-8")
    (tmp_path / "env" / "pyvenv.cfg").write_bytes(b"")
    result = run("validate", tmp_path, *ONLY)
    assert (result.code, result.err) == (0, "")
