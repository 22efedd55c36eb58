"""Measures reading: pages a second and memory of each format, beside other programs.

Run it with `make bench-formats`; `--write` puts the table into benchmarks/README.md and the
plot into docs/. Every program reads the same file in a process of its own, by turns; the
fastest of its reads counts, without the start of the interpreter and the imports.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples" / "standard-J63991088"
README = Path(__file__).parent / "README.md"
PLOT = ROOT / "docs" / "benchmark-formats.svg"
MARKS = ("<!-- formats -->\n", "<!-- /formats -->\n")
REPEATS = 5
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")

Read = Callable[[bytes], object]


def _profstd_model(suffix: str) -> Read:
    from profstd.parse import load_bytes

    return lambda data: load_bytes(data, f"standard{suffix}")


def _profstd_blocks(suffix: str) -> Read:
    from importlib import import_module

    from profstd.model import Source
    from profstd.parse import suffixes
    from profstd.parse.settings import DEFAULT

    reader = import_module(f"profstd.parse.readers.{suffixes()[suffix]}")
    source = Source(file="standard", format=reader.FORMAT, sha256="0" * 64)
    return lambda data: reader.read(data, source, DEFAULT)


def _pdfium_text() -> Read:
    import pypdfium2

    def read(data: bytes) -> object:
        document = pypdfium2.PdfDocument(data)
        length = 0
        for index in range(len(document)):
            page = document[index]
            text = page.get_textpage()
            length += len(text.get_text_range())
            text.close()
            page.close()
        document.close()
        return length

    return read


def _pdfplumber(method: str) -> Read:
    import io

    import pdfplumber

    def read(data: bytes) -> object:
        length = 0
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                length += len(getattr(page, method)())
                page.close()
        return length

    return read


def _pdfminer() -> Read:
    import io

    from pdfminer.high_level import extract_text

    return lambda data: extract_text(io.BytesIO(data))


def _docling() -> Read:
    import io

    from docling_parse.pdf_parser import DoclingPdfParser

    def read(data: bytes) -> object:
        document = DoclingPdfParser(loglevel="fatal").load(path_or_stream=io.BytesIO(data))
        return sum(len(page.textline_cells) for _, page in document.iterate_pages())

    return read


def _python_docx() -> Read:
    import io

    import docx

    def read(data: bytes) -> object:
        document = docx.Document(io.BytesIO(data))
        length = sum(len(item.text) for item in document.paragraphs)
        for table in document.tables:
            length += sum(len(cell.text) for row in table.rows for cell in row.cells)
        return length

    return read


def _lxml_text() -> Read:
    from lxml import html

    return lambda data: html.document_fromstring(data).text_content()


# Suffix, program, what it makes; the first of each is what the ratios count from.
PROGRAMS: dict[str, dict[str, Callable[[], Read]]] = {
    "pdf": {
        "pdfplumber, tables": lambda: _pdfplumber("extract_tables"),
        "profstd, file to model": lambda: _profstd_model(".pdf"),
        "profstd, blocks": lambda: _profstd_blocks(".pdf"),
        "pdfium, bare text": _pdfium_text,
        "pdfplumber, text": lambda: _pdfplumber("extract_text"),
        "pdfminer, text": _pdfminer,
        "docling-parse, lines": _docling,
    },
    "docx": {
        "python-docx, cells": _python_docx,
        "profstd, file to model": lambda: _profstd_model(".docx"),
        "profstd, blocks": lambda: _profstd_blocks(".docx"),
    },
    "html": {
        "lxml, bare text": _lxml_text,
        "profstd, file to model": lambda: _profstd_model(".html"),
        "profstd, blocks": lambda: _profstd_blocks(".html"),
    },
    "txt": {
        "profstd, file to model": lambda: _profstd_model(".txt"),
        "profstd, blocks": lambda: _profstd_blocks(".txt"),
    },
}


class Sample(NamedTuple):
    """A rendering of the sample; what has no pages counts those of its PDF."""

    name: str
    file: Path
    pages: int


class Measured(NamedTuple):
    """A program's best read: seconds, peak memory in megabytes (None where not known)."""

    seconds: float
    memory: float | None


Best = dict[tuple[Sample, str], Measured]


def samples(folder: Path) -> list[Sample]:
    """The sample in every format, and printed by Chromium into `folder` where there is one."""
    count = pages(SAMPLES.with_suffix(".pdf"))
    found = [Sample(name, SAMPLES.with_suffix(f".{name}"), count) for name in PROGRAMS]
    if program := next((path for name in CHROMIUM if (path := shutil.which(name))), None):
        file = folder / "chromium.pdf"
        command = [
            *(program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *("--disable-background-networking", f"--user-data-dir={folder / 'profile'}"),
            *("--no-pdf-header-footer", f"--print-to-pdf={file}"),
            SAMPLES.with_suffix(".html").as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        found.insert(1, Sample("pdf, Chromium's", file, pages(file)))
    return found


def measure(file: Path, program: str) -> Measured | None:
    """One process of `program`; None where it is not installed."""
    command = [sys.executable, __file__, "--one", str(file), program]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        reason = done.stderr.strip().rpartition("\n")[2]
        print(f"{program}: not measured ({reason})", file=sys.stderr)
        return None
    return Measured(**json.loads(done.stdout))


def read_here(file: Path, program: str) -> Measured:
    """The best of some reads in this process."""
    data = file.read_bytes()
    read = PROGRAMS[file.suffix[1:]][program]()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        read(data)
        times.append(time.perf_counter() - start)
    return Measured(min(times), _peak())


def _peak() -> float | None:
    if os.name == "nt":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) / 1e6


def pages(file: Path) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(file.read_bytes()))


def measured(found: list[Sample], rounds: int) -> Best:
    """The best of `rounds` processes of each program, by turns."""
    best: Best = {}
    missing: set[str] = set()
    keys = [(one, program) for one in found for program in PROGRAMS[one.file.suffix[1:]]]
    for _ in range(rounds):
        for key in keys:
            sample, program = key
            if program in missing:
                continue
            if (now := measure(sample.file, program)) is None:
                missing.add(program)
            elif key not in best or now.seconds < best[key].seconds:
                best[key] = now
    return best


def table(best: Best) -> str:
    """The measures as a Markdown table; a ratio says how many times as fast."""
    lines = [
        "| format | program | pages a second | ms a page | times as fast as the first | memory |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for (sample, program), (seconds, memory) in best.items():
        first = next(item for key, item in best.items() if key[0] == sample)
        count = sample.pages
        peak = "" if memory is None else f"{memory:.0f} MB"
        lines.append(
            f"| {sample.name} | {program} | {count / seconds:,.0f} | {seconds / count * 1000:.2f} "
            f"| {first.seconds / seconds:.2f} x | {peak} |"
        )
    return "".join(f"{line}\n" for line in lines)


def plot(best: Best, file: Path) -> None:
    """Bars of pages a second, a panel a file, the scale logarithmic."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "profstd"
    from matplotlib import pyplot

    shown = list(dict.fromkeys(sample for sample, _ in best))
    heights = [sum(key[0] == sample for key in best) for sample in shown]
    figure, panels = pyplot.subplots(
        len(shown), 1, sharex=True, figsize=(8, 0.34 * sum(heights) + 2), height_ratios=heights
    )
    for panel, shown_here in zip(panels, shown, strict=True):
        rows = {program: sample.pages / item.seconds for (sample, program), item in best.items()
                if sample == shown_here}  # fmt: skip
        colours = ["#1f6f54" if name.startswith("profstd") else "#9aa5a0" for name in rows]
        bars = panel.barh(list(rows), list(rows.values()), color=colours)
        panel.bar_label(bars, fmt=lambda value: f"{value:,.0f}", padding=3, fontsize=8)
        panel.set_xscale("log")
        panel.invert_yaxis()
        panel.set_title(shown_here.name, loc="left", fontsize=10)
        panel.spines[["top", "right"]].set_visible(False)
    panels[-1].set_xlabel("pages a second (logarithmic)")
    fastest = max(sample.pages / item.seconds for (sample, _), item in best.items())
    panels[-1].set_xlim(right=fastest * 3)
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="processes of each (default: 3)")
    parser.add_argument("--write", action="store_true", help="write the table and the plot")
    parser.add_argument("--one", nargs=2, metavar=("FILE", "PROGRAM"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        file, program = arguments.one
        print(json.dumps(read_here(Path(file), program)._asdict()))
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        found = samples(Path(folder))
        best = measured(found, arguments.rounds)
    printed = ", ".join(f"{one.pages} ({one.name})" for one in found if one.file.suffix == ".pdf")
    result = f"Pages, printed: {printed}.\n\n{table(best)}"
    print(result, end="")
    if arguments.write:
        from run import put

        put(README, MARKS, result)
        plot(best, PLOT)


if __name__ == "__main__":
    main()
