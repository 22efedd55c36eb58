"""LibreOffice, where it is installed: it makes Word files of what it can open."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from profstd.document import UnreadableError

TIME_LIMIT = 120.0  # seconds
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


def find_office() -> str | None:
    """The path of LibreOffice's program, None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def convert(data: bytes, suffix: str, file: str) -> bytes:
    """The Word file that LibreOffice makes of `data`, whose kind `suffix` names.

    Raises UnreadableError: office_missing, office_slow, office_failed.
    """
    office = find_office()
    if office is None:
        raise UnreadableError(file, "office_missing")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / f"source{suffix}").write_bytes(data)
        (folder / "profile" / "user").mkdir(parents=True)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.write_text(_settings(), encoding="utf-8")
        command = [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            *("--convert-to", "docx:Office Open XML Text", "--outdir", str(folder / "out")),
            str(folder / f"source{suffix}"),
        ]
        _run(command, file)
        result = folder / "out" / "source.docx"
        if not result.is_file():
            raise UnreadableError(file, "office_failed")
        return result.read_bytes()


def _settings() -> str:
    """The settings of a fresh profile: no macros, nothing from the network."""
    names = ("DisableMacrosExecution", "DisableActiveContent", "BlockUntrustedRefererLinks")
    items = "".join(
        '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>true</value></prop></item>'
        for name in names
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    )


def _run(command: list[str], file: str) -> None:
    """Run LibreOffice within the time limit, and leave none of its processes behind."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError:
        raise UnreadableError(file, "office_failed") from None
    try:
        process.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired:
        raise UnreadableError(file, "office_slow", seconds=int(TIME_LIMIT)) from None
    finally:
        if sys.platform != "win32" and process.poll() is None:
            # The program is a script that starts others: they share its group.
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
