"""The options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH", help="Files, folders, or - for standard input."),
]
Into = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="PATH", help="Write to this file or folder."),
]
InputFormat = Annotated[
    str | None,
    typer.Option("--as", metavar="SUFFIX", help="Format of standard input: txt (the default)."),
]
Engine = Annotated[
    str | None,
    typer.Option(
        "--engine", metavar="pdfium|pdfplumber", help="For PDF: pdfplumber is slow, to compare."
    ),
]
TrackedChanges = Annotated[
    str | None,
    typer.Option(
        "--tracked-changes", metavar="accepted|rejected", help="For Word: how to read changes."
    ),
]
Lang = Annotated[
    str | None, typer.Option("--lang", metavar="ru|kk|en", help="Language of the messages.")
]
Debug = Annotated[bool, typer.Option("--debug", help="Show where an internal error came from.")]
ChangedSince = Annotated[
    str | None,
    typer.Option(
        "--changed-since", metavar="REV", help="Only files that changed in git since REV."
    ),
]
Watch = Annotated[
    bool, typer.Option("--watch", help="Check again whenever a file is saved, until Ctrl-C.")
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", metavar="N", min=1, help="Processes; as many as it is worth if not given."
    ),
]
CacheFolder = Annotated[
    Path | None,
    typer.Option(
        "--cache-dir",
        metavar="DIR",
        envvar="PROFSTD_CACHE_DIR",
        show_envvar=False,
        help="Where earlier results are kept; by default the user's cache.",
    ),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Neither use nor keep earlier results.")]
Select = Annotated[
    list[str] | None, typer.Option("--select", metavar="CODES", help="Only these rules: ST03,LK.")
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="CODES", help="Not these rules.")
]
Stage = Annotated[
    str | None,
    typer.Option(
        "--stage", metavar="draft|review|submission", help="How far the standard has come."
    ),
]
FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="error|warning|style",
        help="Exit with 1 from this severity on: error (the default).",
    ),
]
Baseline = Annotated[
    str | None,
    typer.Option("--baseline", metavar="FILE", help="Findings that are known do not count."),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Findings only, without colour or summary.")
]
WriteBaseline = Annotated[
    bool,
    typer.Option("--write-baseline", help="Write the baseline: all findings are known now."),
]
