"""Makes the guide's pictures from the real thing; `make pictures` runs it (Chromium needed).

The sample is checked, its report opened in the browser and in a terminal of 100 columns, and
what then is seen is kept.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

FOLDER = Path(__file__).parent / "pictures"
ROOT = Path(__file__).parent.parent.parent
SAMPLE = "samples/standard-J63991088.docx"
WIDTH, HEIGHT = 1100, 720  # pixels

sys.path.insert(0, str(ROOT / "tests"))


def _profstd(*arguments: str) -> str:
    command = [sys.executable, "-X", "utf8", "-m", "profstd", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode("utf-8"))
    return done.stdout.decode("utf-8")


def _terminal(folder: Path) -> Path:
    """A page that looks like a terminal in which the sample was checked."""
    from profstd import check, load
    from profstd.validate.report import Checked, Look, Report
    from profstd.validate.reporters import render

    document = load(ROOT / SAMPLE)
    file = Checked(name="стандарт.docx", language="ru", document=document,
                   findings=tuple(check(document)))  # fmt: skip
    look = Look(width=100, colour=True)
    lines = render(Report(files=(file,), language="ru", look=look), "text").splitlines()
    shown = [
        "PS C:\\Users\\Методолог\\Documents> profstd validate стандарт.docx",
        *lines[:25],
        "…",
        *lines[-2:],
    ]
    console = Console(record=True, file=StringIO(), width=100)
    for line in shown:
        console.print(Text.from_ansi(line))
    body = console.export_html(inline_styles=True, code_format="<pre>{code}</pre>")
    page = folder / "terminal.html"
    style = (
        "body{margin:0;background:#fff;color:#1b1b1b;padding:18px 22px}"
        "pre{font:14px/1.35 'DejaVu Sans Mono',monospace;margin:0}"
    )
    page.write_text(f"<meta charset=utf-8><style>{style}</style>{body}", encoding="utf-8")
    return page


def main() -> None:
    """Write every picture."""
    from rendering.programs import browser

    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place, browser() as window:
        folder = Path(place)
        report = folder / "report.html"
        _profstd("validate", SAMPLE, "--lang", "ru", "--format", f"html:{report}")
        with window.tab(report, width=WIDTH, height=HEIGHT) as tab:
            (FOLDER / "report.png").write_bytes(tab.picture())
            tab.click(".finding.error .why")
            tab.run("document.querySelector('.finding.error').scrollIntoView()")
            tab.run("window.scrollBy(0, -160)")
            (FOLDER / "finding.png").write_bytes(tab.picture())
        with window.tab(_terminal(folder), width=880, height=600) as tab:
            (FOLDER / "terminal.png").write_bytes(tab.picture(whole=True))


if __name__ == "__main__":
    main()
