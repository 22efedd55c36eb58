"""Measures checking many standards: by two processes beside one, and again beside at first.

Run it with `make bench-many`. The standards are cards of the sample, put together anew, each
file other cards in another order: what one says of the other is wrong, so that every file
has its findings.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "standard-J63991088.txt"
SIZE = 100_000  # bytes of a standard
CARD = re.compile(r"^(?=\d+\. Карточка профессии)", re.M)
LAST = re.compile(r"^(?=Глава 4\.)", re.M)


def write(folder: Path, count: int) -> None:
    """Write `count` standards of about `SIZE` bytes into `folder`."""
    front, *cards = CARD.split(SAMPLE.read_text(encoding="utf-8"))
    cards[-1], last = LAST.split(cards[-1])
    for number in range(count):
        order = random.Random(number)
        order.shuffle(cards)
        text = front.replace("J63991088", f"J6399{number:04}")
        for card in cards:
            if len((text + card + last).encode()) > SIZE and text != front:
                continue
            text += card
        (folder / f"{number:04}.txt").write_text(text + last, encoding="utf-8")


def seconds(folder: Path, *options: str) -> float:
    """Wall seconds of one `profstd validate`; RuntimeError where it fails."""
    command = [sys.executable, "-m", "profstd", "validate", str(folder), *options]
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place) / "standards", Path(place) / "cache"
        folder.mkdir()
        write(folder, given.files)
        ways: dict[str, list[float]] = {}
        for _ in range(given.runs):
            shutil.rmtree(cache, ignore_errors=True)
            for name, options in {
                "one process": ("--no-cache", "--jobs", "1"),
                "two processes": ("--no-cache", "--jobs", "2"),
                "first run": ("--cache-dir", str(cache), "--jobs", "1"),
                "second run": ("--cache-dir", str(cache), "--jobs", "1"),
            }.items():
                ways.setdefault(name, []).append(seconds(folder, *options))
    best = {name: statistics.median(times) for name, times in ways.items()}
    for name, time_ in best.items():
        print(f"{name:14} {time_:8.2f} s  {given.files / time_:8.1f} files a second")
    one, two = best["one process"], best["two processes"]
    print(f"two processes are {one / two:.2f} times as fast as one (target 1.8)")
    first, second = best["first run"], best["second run"]
    print(f"a second run is {first / second:.1f} times as fast as the first (target 20)")


if __name__ == "__main__":
    main()
