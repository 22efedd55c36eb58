"""Measures what a user waits for: start-up, checking and exporting the sample.

Run it with `make bench`; `--write` puts the numbers into benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "standard-J63991088.txt"
README = Path(__file__).parent / "README.md"
MARKS = ("<!-- numbers -->\n", "<!-- /numbers -->\n")
PYTHON = sys.executable
PROFSTD = str(Path(PYTHON).with_name("profstd.exe" if os.name == "nt" else "profstd"))

# A process measured beside another one, and how many times as long it may take.
PAIRS = [
    ("profstd --version", [PROFSTD, "--version"], "python -c pass", "pass", 3.0),
    ("profstd --help", [PROFSTD, "--help"], "python -c 'import typer'", "import typer", 1.4),
]
VALIDATE_SECONDS = {"text": 0.45, "Word": 0.8}
VALIDATE_MEGABYTES = 90
LOAD_SECONDS, CHECK_SECONDS = 0.08, 0.25


class Run(NamedTuple):
    """One run of a process: wall seconds, and peak memory in bytes where it is known."""

    seconds: float
    memory: int | None


class Line(NamedTuple):
    """A line of the table."""

    what: str
    measured: str
    against: str
    target: str
    reached: bool | None


def run(command: list[str]) -> Run:
    """Run `command` to its end, its output dropped; RuntimeError where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    memory = None
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    else:
        process.wait()
    seconds = time.perf_counter() - start
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Run(seconds, memory)


def interleaved(commands: list[list[str]], runs: int) -> list[list[Run]]:
    """`runs` runs of each command, A B A B …, after one of each that is not counted."""
    for command in commands:
        run(command)
    rounds = [[run(command) for command in commands] for _ in range(runs)]
    return [list(column) for column in zip(*rounds, strict=True)]


def start_up(runs: int) -> list[Line]:
    """The commands that do nothing, against the bare interpreter."""
    lines = []
    for what, command, against, code, target in PAIRS:
        ours, theirs = interleaved([command, [PYTHON, "-c", code]], runs)
        own, other = median(ours), median(theirs)
        ratio = own / other
        measured = f"{milliseconds(own)} = {ratio:.2f} x"
        beside = f"{against}: {milliseconds(other)}"
        lines.append(Line(what, measured, beside, f"{target:g} x", ratio <= target))
    return lines


def validation(runs: int) -> list[Line]:
    """Checking the sample, the whole process, with nothing kept of earlier runs."""
    files = {"text": SAMPLE, "Word": SAMPLE.with_suffix(".docx")}
    commands = [[PROFSTD, "validate", "--no-cache", str(file)] for file in files.values()]
    lines = []
    for name, found in zip(files, interleaved(commands, runs), strict=True):
        seconds, limit = median(found), VALIDATE_SECONDS[name]
        what = f"profstd validate, {name}"
        lines.append(Line(what, f"{seconds:.2f} s", "", f"{limit:g} s", seconds <= limit))
        known = [item.memory for item in found if item.memory is not None]
        target = f"{VALIDATE_MEGABYTES} MB"
        if known:
            peak = max(known) / 1e6
            reached = peak <= VALIDATE_MEGABYTES
            lines.append(Line("  its peak memory", f"{peak:.0f} MB", "", target, reached))
        else:
            lines.append(Line("  its peak memory", "not measured here", "", target, None))
    return lines


def calls(runs: int) -> list[Line]:
    """The calls of the API, inside one process; the first one of each is told apart."""
    from profstd import check, load
    from profstd.export import formats, render
    from profstd.office import find_office

    lines = []

    def measure(what: str, call: Callable[[], Any], target: float | None = None) -> Any:
        times = []
        for _ in range(runs + 1):
            start = time.perf_counter()
            result = call()
            times.append(time.perf_counter() - start)
        middle = statistics.median(times[1:])
        first = f"the first call: {milliseconds(times[0])}"
        wanted = milliseconds(target) if target else ""
        reached = middle <= target if target else None
        lines.append(Line(what, milliseconds(middle), first, wanted, reached))
        return result

    document = measure("load", lambda: load(SAMPLE), LOAD_SECONDS)
    measure("check, all rules", lambda: check(document), CHECK_SECONDS)
    for name in formats():
        if name == "pdf" and find_office() is None:
            continue  # LibreOffice prints it
        measure(f"render, {name}", partial(render, document, name))
    return lines


def median(runs: list[Run]) -> float:
    """The median of the wall seconds."""
    return statistics.median(item.seconds for item in runs)


def milliseconds(seconds: float) -> str:
    """`seconds` as milliseconds."""
    return f"{seconds * 1000:.0f} ms"


def table(lines: Iterable[Line]) -> str:
    """The lines as a Markdown table."""
    rows: list[tuple[str, ...]] = [("", "median", "beside", "target", "reached")]
    for line in lines:
        reached = {True: "yes", False: "no", None: ""}[line.reached]
        rows.append((line.what, line.measured, line.against, line.target, reached))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    padded = ([cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows)
    return "".join(f"| {' | '.join(row)} |\n" for row in padded)


def put(file: Path, marks: tuple[str, str], content: str) -> None:
    """Write `content` between the two marks of the Markdown file `file`."""
    before, _, rest = file.read_text(encoding="utf-8").partition(marks[0])
    after = rest.partition(marks[1])[2]
    text = f"{before}{marks[0]}\n{content}\n{marks[1]}{after}"
    file.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="runs of each (default: 15)")
    parser.add_argument("--write", action="store_true", help="write benchmarks/README.md")
    arguments = parser.parse_args()
    # The processes first: on Linux a child's peak memory is never below its parent's.
    lines = [*start_up(arguments.runs), *validation(arguments.runs), *calls(arguments.runs)]
    result = table(lines)
    print(result, end="")
    if arguments.write:
        put(README, MARKS, result)


if __name__ == "__main__":
    main()
