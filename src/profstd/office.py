"""LibreOffice, where it is installed: it converts what it can open, headless and alone."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

TIME_LIMIT = 120.0  # seconds
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
# The filters by the suffix of what they write.
_FILTERS = {".docx": "docx:Office Open XML Text", ".pdf": "pdf:writer_pdf_Export"}


class OfficeError(Exception):
    """A conversion that did not succeed.

    `reason` is a key of ``unreadable`` in the locale: office_missing, office_slow,
    office_failed; `arguments` fill its words in.
    """

    def __init__(self, reason: str, **arguments: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.arguments = arguments


def find_office() -> str | None:
    """The path of LibreOffice's program, None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def convert(data: bytes, suffix: str, to: str, seconds: float = TIME_LIMIT) -> bytes:
    """What LibreOffice makes of `data` within `seconds`.

    `suffix` names the kind of `data`, `to` that of the result: ``.docx`` or ``.pdf``.
    Raises OfficeError.
    """
    office = find_office()
    if office is None:
        raise OfficeError("office_missing")
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
            *("--convert-to", _FILTERS[to], "--outdir", str(folder / "out")),
            str(folder / f"source{suffix}"),
        ]
        _run(command, seconds)
        result = folder / "out" / f"source{to}"
        if not result.is_file():
            raise OfficeError("office_failed")
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


def _run(command: list[str], seconds: float) -> None:
    """Run LibreOffice within the time limit, and leave none of its processes behind."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError:
        raise OfficeError("office_failed") from None
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise OfficeError("office_slow", seconds=round(seconds)) from None
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it has started: it is no more than a starter itself."""
    if sys.platform == "win32":
        if process.poll() is None:
            command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            with contextlib.suppress(OSError):
                subprocess.run(command, capture_output=True, check=False)
    else:
        # They share its group; it may be gone and they not.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
