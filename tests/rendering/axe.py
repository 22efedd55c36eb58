"""axe-core (Deque, MPL-2.0): the checker of accessibility, fetched once and not committed."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from pathlib import Path

VERSION = "4.14.1"
# What the registry says of the archive: whatever else comes is refused.
_SHA512 = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
_FOLDER = Path(__file__).parent.parent.parent / "build"


def axe_script() -> str | None:
    """The script to run in a page; None where it is not here and npm cannot fetch it."""
    archive = _FOLDER / f"axe-core-{VERSION}.tgz"
    if not archive.is_file() and not _fetch():
        return None
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    assert found == _SHA512, f"{archive} is not what was published"
    with tarfile.open(archive) as opened:
        file = opened.extractfile("package/axe.min.js")
        assert file
        return file.read().decode("utf-8")


def _fetch() -> bool:
    npm = shutil.which("npm")
    if npm is None:
        return False
    _FOLDER.mkdir(exist_ok=True)
    command = [npm, "pack", "--silent", f"axe-core@{VERSION}"]
    done = subprocess.run(command, cwd=_FOLDER, capture_output=True, timeout=100, check=False)
    return done.returncode == 0
