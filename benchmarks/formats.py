"""Measures reading: pages a second and memory of each format, beside other programs.

Run it with `make bench-formats`; `--write` puts the table into benchmarks/README.md and the
plot into docs/. Every program reads the same file in a process of its own, by turns; the
fastest of its reads counts, without the start of the interpreter and the imports.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples" / "standard-J63991088"
README = Path(__file__).parent / "README.md"
PLOT = ROOT / "docs" / "benchmark-formats.svg"
MARKS = ("<!-- formats -->\n", "<!-- /formats -->\n")
REPEATS = 2

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


# Format, program, what it makes; the first of each format is what the ratios count from.
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


class Measured(NamedTuple):
    """A program's best read: seconds, peak memory in megabytes (None where not known)."""

    seconds: float
    memory: float | None


def measure(format: str, program: str) -> Measured | None:
    """One process of `program`; None where it is not installed."""
    command = [sys.executable, __file__, "--one", format, program]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        reason = done.stderr.strip().rpartition("\n")[2]
        print(f"{program}: not measured ({reason})", file=sys.stderr)
        return None
    return Measured(**json.loads(done.stdout))


def read_here(format: str, program: str) -> Measured:
    """The best of some reads in this process."""
    data = SAMPLES.with_suffix(f".{format}").read_bytes()
    read = PROGRAMS[format][program]()
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


def pages() -> int:
    """How many pages the sample has, printed."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(SAMPLES.with_suffix(".pdf").read_bytes()))


def measured(rounds: int) -> dict[tuple[str, str], Measured]:
    """The best of `rounds` processes of each program, by turns."""
    best: dict[tuple[str, str], Measured] = {}
    missing: set[tuple[str, str]] = set()
    for _ in range(rounds):
        for key in [(name, program) for name, known in PROGRAMS.items() for program in known]:
            if key in missing:
                continue
            if (found := measure(*key)) is None:
                missing.add(key)
            elif key not in best or found.seconds < best[key].seconds:
                best[key] = found
    return best


def table(best: dict[tuple[str, str], Measured], count: int) -> str:
    """The measures as a Markdown table; a ratio says how many times as fast."""
    lines = [
        "| format | program | pages a second | ms a page | times as fast as the first | memory |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for (format, program), (seconds, memory) in best.items():
        first = next(item for key, item in best.items() if key[0] == format)
        peak = "" if memory is None else f"{memory:.0f} MB"
        lines.append(
            f"| {format} | {program} | {count / seconds:,.0f} | {seconds / count * 1000:.2f} "
            f"| {first.seconds / seconds:.2f} x | {peak} |"
        )
    return "".join(f"{line}\n" for line in lines)


def plot(best: dict[tuple[str, str], Measured], count: int, file: Path) -> None:
    """Bars of pages a second, a panel a format, the scale logarithmic."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "profstd"
    from matplotlib import pyplot

    shown = [name for name in PROGRAMS if any(key[0] == name for key in best)]
    heights = [sum(key[0] == name for key in best) for name in shown]
    figure, panels = pyplot.subplots(
        len(shown), 1, sharex=True, figsize=(8, 0.34 * sum(heights) + 2), height_ratios=heights
    )
    for panel, format in zip(panels, shown, strict=True):
        rows = {program: count / item.seconds for (name, program), item in best.items()
                if name == format}  # fmt: skip
        colours = ["#1f6f54" if name.startswith("profstd") else "#9aa5a0" for name in rows]
        bars = panel.barh(list(rows), list(rows.values()), color=colours)
        panel.bar_label(bars, fmt=lambda value: f"{value:,.0f}", padding=3, fontsize=8)
        panel.set_xscale("log")
        panel.invert_yaxis()
        panel.set_title(format, loc="left", fontsize=10)
        panel.spines[["top", "right"]].set_visible(False)
    panels[-1].set_xlabel("pages a second (logarithmic)")
    panels[-1].set_xlim(right=max(count / item.seconds for item in best.values()) * 3)
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="processes of each (default: 3)")
    parser.add_argument("--write", action="store_true", help="write the table and the plot")
    parser.add_argument("--one", nargs=2, metavar=("FORMAT", "PROGRAM"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(read_here(*arguments.one)._asdict()))
        return
    best = measured(arguments.rounds)
    count = pages()
    result = table(best, count)
    print(f"{count} pages\n\n{result}", end="")
    if arguments.write:
        from run import put

        put(README, MARKS, f"The sample has {count} printed pages.\n\n{result}")
        plot(best, count, PLOT)


if __name__ == "__main__":
    main()
