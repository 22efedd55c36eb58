"""Files of other programs, through LibreOffice."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import profstd
from docx_shown import assert_accounted, differences
from docx_writer import StandardWriter, archive, package, paragraph, run
from profstd import office
from profstd.document import UnreadableError
from profstd.model import Standard
from profstd.parse import ReadSettings, load_bytes

SOURCE = Path(__file__).parent / "cases" / "clean" / "crops-kk.txt"


@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf", "docx"])
def test_what_libreoffice_writes_is_read(suffix: str, tmp_path: Path) -> None:
    program = office.find_office()
    if program is None:
        pytest.skip("LibreOffice is not installed")
    # LibreOffice loses restarts of lists in .doc and .rtf.
    writer = StandardWriter(automatic=suffix in ("odt", "docx"), lines=True)
    (tmp_path / "source.docx").write_bytes(writer.write(SOURCE.read_text(encoding="utf-8")))
    command = [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", suffix, "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "source.docx")], check=True, capture_output=True)
    document = profstd.load(tmp_path / "out" / f"source.{suffix}")
    assert not differences(profstd.load(SOURCE), document)
    assert document.source.format == suffix
    assert_accounted(document)


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODT = {"content.xml": b"<a/>", "META-INF/manifest.xml": b"<a/>"}
_OLD_XML = b"<?xml version='1.0'?><x xmlns='http://schemas.microsoft.com/office/word/2003/wordml'/>"


@pytest.mark.parametrize("suffix", ["docx", "doc", "odt", "rtf"])
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" \n{\\rtf1 a}", "office_missing"),
        (_OLE + b"\0" * 512, "office_missing"),
        (archive(_ODT), "office_missing"),
        (_OLD_XML, "office_missing"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"<a/>", "not_word"),
        (b"<html></html>", "page_empty"),
        (b"PK", "damaged"),
    ],
)
def test_the_content_tells_what_a_file_is(
    data: bytes, reason: str, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(UnreadableError) as caught:
        load_bytes(data, f"a.{suffix}")
    assert caught.value.reason == reason


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script plays LibreOffice")
def test_a_slow_or_failing_office_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nwhile :; do :; done\n", encoding="utf-8")
    program.chmod(0o755)
    for name, reason in ((str(program), "office_slow"), (str(tmp_path / "none"), "office_failed")):
        monkeypatch.setattr(office, "find_office", lambda name=name: name)
        with pytest.raises(UnreadableError) as caught:
            load_bytes(b"{\\rtf1 a}", "a.rtf", settings=ReadSettings(time_limit=0.2))
        assert caught.value.reason == reason


_SCRIPTS = {
    "hangs": "sleep 300 & echo $! > {0}; wait",
    "leaves another behind": "sleep 300 & echo $! > {0}",
}


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script plays LibreOffice")
@pytest.mark.parametrize("script", _SCRIPTS.values(), ids=_SCRIPTS)
def test_nothing_that_the_office_started_is_left(
    script: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script.format(started)}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: str(program))
    with pytest.raises(office.OfficeError):
        office.convert(b"{\\rtf1 a}", ".rtf", ".docx", 0.5)
    number = started.read_text(encoding="utf-8").strip()
    for _ in range(100):
        # Whoever is gone may wait for its burial: "Z".
        done = subprocess.run(
            ["ps", "-o", "stat=", "-p", number], capture_output=True, encoding="utf-8", check=False
        )
        if done.stdout.strip()[:1] in ("", "Z"):
            return
        time.sleep(0.05)
    pytest.fail("it goes on")


def test_two_conversions_do_not_disturb_each_other() -> None:
    if office.find_office() is None:
        pytest.skip("LibreOffice is not installed")
    text = "{{\\rtf1\\ansi {}}}"
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(
            lambda word: load_bytes(text.format(word).encode(), f"{word}.rtf"), ["one", "two"]
        )
    for word, document in zip(("one", "two"), found, strict=True):
        assert document.account
        assert [place.text for place in document.account.places] == [word]


def test_what_is_no_document_is_not_given_to_the_office() -> None:
    with pytest.raises(UnreadableError) as caught:
        load_bytes(b"plain text", "a.doc")
    assert caught.value.reason == "not_word"


def test_a_word_file_needs_no_office_whatever_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    document = load_bytes(package(paragraph(run("а"))), "a.doc")
    assert document.source.format == "docx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("name", ["a.doc", "a.docx"])
def test_a_page_is_read_whatever_its_name(encoding: str, name: str) -> None:
    text = SOURCE.with_name("metalwork-ru.txt").read_text(encoding="utf-8")
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines() if "\t" not in line)
    page = f"<html><head><title>x</title></head><body>{lines}</body></html>"
    document = load_bytes(page.encode(encoding, "xmlcharrefreplace"), name)
    assert document.source.format == "html"
    assert document.recognised
    assert isinstance(document.model, Standard)
    assert document.model.title == "Производство строительных металлических конструкций"
