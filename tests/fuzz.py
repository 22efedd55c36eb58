"""Reads mutated files, thousands of them: nothing but UnreadableError may come out.

`python tests/fuzz.py --files 20000 pdf docx …` mutates the files given with --corpus, or the
samples and the test cases of each format, and reads and checks each mutant in processes of
their own. A mutant is made from its number alone, so that each can be made again; those that
raise, hang, crash the process or eat memory are written to --into and make the exit code 1.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import re
import sys
import time
import traceback
import zipfile
import zlib
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from profstd.parse.settings import Engine

ROOT = Path(__file__).parent.parent
FOLDERS = (ROOT / "samples", ROOT / "tests" / "cases")
LONGEST = 300_000  # bytes of a file that is mutated: more only takes longer
PATIENCE = 30.0  # seconds a file
MEMORY = 3_000_000_000  # bytes a process
_STREAM = re.compile(rb"(stream\r?\n)(.*?)(\r?\nendstream)", re.DOTALL)
_TOKEN = re.compile(rb"(?<![\w.])(?:\d+ \d+ R|-?\d+(?:\.\d+)?)(?![\w.])|/[A-Za-z]\w*")
_EVIL = (
    *(b"0", b"-1", b"1", b"65536", b"2147483647", b"4294967296", b"99999999999999999999"),
    *(b"0.0000001", b"-32768.5", b"null", b"<<>>", b"[]", b"(w)", b"/Type", b"1 0 R", b"2 0 R"),
)
_CHUNK = 1_000  # mutants that one process reads: the count reached is told after them
_NASTY = (
    *(b"\x00", b"\xff" * 9, b"<", b"</", b"-1", b"99999999999999999999", b"0 0 R", b"[" * 99),
    *(b"<table>" * 50, b"colspan=65535 ", b"&#x10FFFF;", b"\n---\n", b"&a *a ", b"\t"),
)


class Failure(NamedTuple):
    """A mutant that did what it must not."""

    number: int
    what: str


def mutant(files: list[bytes], suffix: str, number: int) -> bytes:
    """The mutant `number` of one of `files`."""
    chance = random.Random(number)
    data = chance.choice(files)
    if zipfile.is_zipfile(io.BytesIO(data)) and chance.random() < 0.85:
        return _zip_mutated(data, chance)
    if suffix == ".pdf":
        change = chance.choice((mutated, exchanged))
        return (
            _streams_mutated(data, chance, change)
            if chance.random() < 0.5
            else change(data, chance)
        )
    return mutated(data, chance)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """`data` with some of its bytes changed, cut, doubled, moved, or with something put in."""
    result = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8, 30))):
        if not result:
            break
        at = chance.randrange(len(result))
        length = min(chance.choice((1, 1, 4, 20, 300, 5000)), len(result) - at)
        chosen = chance.random()
        if chosen < 0.3:
            result[at] = chance.randrange(256)
        elif chosen < 0.45:
            del result[at : at + length]
        elif chosen < 0.6:
            result[at:at] = result[at : at + length] * chance.choice((1, 1, 2, 20))
        elif chosen < 0.75:
            to = chance.randrange(len(result))
            result[to:to] = result[at : at + length]
        elif chosen < 0.9:
            result[at:at] = chance.choice(_NASTY)
        elif chosen < 0.97:
            result[at : at + length] = chance.randbytes(length)
        else:
            del result[at:]
    return bytes(result)


def exchanged(data: bytes, chance: random.Random) -> bytes:
    """`data` with some of its numbers, names and references exchanged for others, or evil ones."""
    tokens = list(_TOKEN.finditer(data))
    if not tokens:
        return mutated(data, chance)
    result = bytearray(data)
    chosen = {chance.randrange(len(tokens)) for _ in range(chance.choice((1, 1, 2, 5, 20)))}
    for at in sorted(chosen, reverse=True):
        other = chance.choice(_EVIL) if chance.random() < 0.6 else chance.choice(tokens)[0]
        result[tokens[at].start() : tokens[at].end()] = other
    return bytes(result)


def _zip_mutated(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    # The largest part is the text: it is what should be hit most.
    largest = max(parts, key=lambda name: len(parts[name]))
    name = largest if chance.random() < 0.6 else chance.choice(list(parts))
    if chance.random() < 0.05:
        del parts[name]
    else:
        parts[name] = mutated(parts[name], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return stream.getvalue()


def _streams_mutated(
    data: bytes, chance: random.Random, change: Callable[[bytes, random.Random], bytes]
) -> bytes:
    """A PDF with one of its packed streams changed inside."""
    streams = list(_STREAM.finditer(data))
    if not streams:
        return change(data, chance)
    found = chance.choice(streams)
    try:
        inside = zlib.compress(change(zlib.decompress(found[2]), chance))
    except zlib.error:
        inside = change(found[2], chance)
    return data[: found.start(2)] + inside + data[found.end(2) :]


def attempt(data: bytes, suffix: str, engine: Engine = "pdfium") -> str | None:
    """What goes wrong when `data` is read and checked: the last lines of the traceback."""
    from profstd.document import UnreadableError
    from profstd.parse import ReadSettings, load_bytes
    from profstd.validate import check

    try:
        document = load_bytes(data, f"mutant{suffix}", settings=ReadSettings(engine=engine))
        account = document.account
        check(document)
    except UnreadableError:
        return None
    except Exception:
        return "".join(traceback.format_exc().splitlines(keepends=True)[-5:])
    if account:
        parts = (account.placed, account.label, account.markup, account.furniture)
        if sum(parts) + account.unplaced != account.characters:
            return f"the account does not add up: {account}"
    return None


def _work(
    files: list[bytes], suffix: str, numbers: range, engine: Engine, pipe: Connection
) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for number in numbers:
        pipe.send((number, None))
        if what := attempt(mutant(files, suffix, number), suffix, engine):
            pipe.send((number, what))
    pipe.send((None, None))


def run(
    files: list[bytes], suffix: str, numbers: range, engine: Engine = "pdfium"
) -> Iterator[Failure]:
    """The failures among the mutants `numbers`; a process that dies or hangs is replaced."""
    context = multiprocessing.get_context("spawn")
    while numbers:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(files, suffix, numbers, engine, theirs))
        process.start()
        theirs.close()
        current: int | None = numbers.start
        while current is not None:
            try:
                if not ours.poll(PATIENCE):
                    yield Failure(current, f"took longer than {PATIENCE:g} s")
                    break
                number, what = ours.recv()
            except EOFError:
                process.join()
                yield Failure(current, f"the process ended with {process.exitcode}")
                break
            if what is not None:
                yield Failure(number, what)
            current = number
        process.kill()
        process.join()
        numbers = range(0) if current is None else range(current + 1, numbers.stop, numbers.step)


def corpus(suffix: str, folders: list[Path]) -> list[bytes]:
    """The files of a format below `folders` that are not too long, in a fixed order."""
    found = (path for folder in folders for path in sorted(folder.rglob(f"*{suffix}")))
    return [data for path in found if len(data := path.read_bytes()) <= LONGEST]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="+", help="pdf, docx, html, …")
    parser.add_argument("--files", type=int, default=20_000, help="how many of each format")
    parser.add_argument("--first", type=int, default=0, help="the number of the first")
    parser.add_argument("--corpus", type=Path, action="append", help="folders with files to mutate")
    parser.add_argument("--engine", choices=["pdfium", "pdfplumber"], default="pdfium")
    parser.add_argument("--into", type=Path, default=ROOT / "build" / "fuzz")
    arguments = parser.parse_args()
    say: Callable[[str], object] = sys.stdout.write
    failed = False
    for name in arguments.formats:
        suffix = f".{name}"
        files = corpus(suffix, arguments.corpus or list(FOLDERS))
        if not files:
            say(f"{name}: no files to mutate\n")
            failed = True
            continue
        start, count = time.perf_counter(), 0
        end = arguments.first + arguments.files
        for first in range(arguments.first, end, _CHUNK):
            numbers = range(first, min(first + _CHUNK, end))
            for failure in run(files, suffix, numbers, arguments.engine):
                count += 1
                arguments.into.mkdir(parents=True, exist_ok=True)
                target = arguments.into / f"{failure.number}{suffix}"
                target.write_bytes(mutant(files, suffix, failure.number))
                say(f"{target}: {failure.what}\n")
            say(f"{name}: reached {numbers.stop}, {count} failures\n")
            sys.stdout.flush()
        seconds = time.perf_counter() - start
        say(f"{name}: {arguments.files} mutants of {len(files)} files, {count} failures, "
            f"{seconds:.0f} s\n")  # fmt: skip
        sys.stdout.flush()
        failed = failed or count > 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
