"""The commands that work on standards; what a command does is in the module of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from profstd import __version__
from profstd.cli.options import (
    Baseline,
    CacheFolder,
    ChangedSince,
    Debug,
    Engine,
    FailOn,
    Ignore,
    InputFormat,
    Into,
    Jobs,
    Lang,
    NoCache,
    Paths,
    Quiet,
    Select,
    Stage,
    TrackedChanges,
    Watch,
    WriteBaseline,
)
from profstd.cli.reference import reference

if TYPE_CHECKING:
    from profstd.cli.files import Output
    from profstd.cli.session import Session

app = typer.Typer(
    epilog="Exit codes: 0 nothing at or above --fail-on, no difference; 1 findings or "
    "differences; 2 wrong usage, wrong settings or a file that could not be read.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(reference)


def _output(given: str | None) -> Output | None:
    from profstd.cli.files import Output

    return Output.of(given) if given else None


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"profstd {__version__}")
        raise typer.Exit


@app.callback()
def profstd(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Read professional standards, check them and export them."""


@app.command()
def parse(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Files, or - for standard input.")
    ],
    output: Into = None,
    spans: Annotated[
        str | None,
        typer.Option("--spans", metavar="PATH", help="Write where every value came from."),
    ] = None,
    account: Annotated[
        bool, typer.Option("--account", help="Show where the text of the file went.")
    ] = False,
    input_format: InputFormat = None,
    engine: Engine = None,
    tracked_changes: TrackedChanges = None,
    debug: Debug = False,
) -> int:
    """Write a standard as JSON."""
    from profstd.cli.choices import flags
    from profstd.cli.parse import parse as run_parse
    from profstd.cli.session import Session

    chosen = flags(engine=engine, tracked_changes=tracked_changes)
    return run_parse(
        Session(chosen, input_format=input_format, debug=debug),
        files,
        output=_output(output),
        spans=_output(spans),
        account=account,
    )


@app.command()
def validate(
    paths: Paths,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT[:PATH]",
            help="Format of the report, several of them with a path each: text (the default), "
            "html, markdown, json, ndjson, sarif, junit, github, gitlab.",
        ),
    ] = None,
    output: Into = None,
    select: Select = None,
    ignore: Ignore = None,
    stage: Stage = None,
    fail_on: FailOn = None,
    baseline: Baseline = None,
    write_baseline: WriteBaseline = False,
    lang: Lang = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="FILE",
            help="Compare with FILE: a registry page and its standard, or a Russian and a "
            "Kazakh version.",
        ),
    ] = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Count the findings of each rule.")
    ] = False,
    quiet: Quiet = False,
    changed_since: ChangedSince = None,
    watch: Watch = False,
    jobs: Jobs = None,
    cache_folder: CacheFolder = None,
    no_cache: NoCache = False,
    input_format: InputFormat = None,
    engine: Engine = None,
    tracked_changes: TrackedChanges = None,
    debug: Debug = False,
) -> int:
    """Say what is wrong with standards."""
    from profstd.cli.cache import Cache, own_folder
    from profstd.cli.choices import flags
    from profstd.cli.session import Session
    from profstd.cli.validate import Request, targets
    from profstd.cli.validate import validate as run_validate
    from profstd.cli.validate import watch as run_watch
    from profstd.validate.report import Look

    chosen = flags(
        lang=lang,
        stage=stage,
        fail_on=fail_on,
        select=select or (),
        ignore=ignore or (),
        baseline=baseline,
        engine=engine,
        tracked_changes=tracked_changes,
    )

    def session() -> Session:
        return Session(chosen, input_format=input_format, debug=debug)

    words = session().words
    request = Request(
        paths=paths,
        targets=targets(words, formats or ["text"], _output(output)),
        look=Look(quiet=quiet, statistics=statistics),
        against=against,
        write_baseline=write_baseline,
        changed_since=changed_since,
        jobs=jobs,
        cache=None if no_cache or debug else Cache(cache_folder or own_folder()),
    )
    return run_watch(session, request) if watch else run_validate(session(), request)


@app.command()
def export(
    paths: Paths,
    to: Annotated[
        list[str], typer.Option("--to", metavar="FORMAT[,FORMAT]", help="docx, pdf, html, csv, …")
    ],
    output: Into = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="For csv: a mark by which Excel knows the encoding.")
    ] = False,
    delimiter: Annotated[
        str | None,
        typer.Option(metavar="comma|semicolon|tab", help="For csv: semicolon for Russian Excel."),
    ] = None,
    input_format: InputFormat = None,
    engine: Engine = None,
    tracked_changes: TrackedChanges = None,
    debug: Debug = False,
) -> int:
    """Write standards in other formats."""
    from profstd.cli.choices import chosen, flags, split
    from profstd.cli.export import export as run_export
    from profstd.cli.session import Session

    given = flags(engine=engine, tracked_changes=tracked_changes)
    session = Session(given, input_format=input_format, debug=debug)
    options: dict[str, object] = {"bom": True} if bom else {}
    if delimiter is not None:
        known = ("comma", "semicolon", "tab")
        options["delimiter"] = chosen(session.words, "--delimiter", delimiter, known)
    return run_export(
        session,
        paths,
        [name for item in to for name in split(item)],
        output=_output(output),
        options=options,
    )


@app.command()
def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="A file, or - for standard input.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The file to compare it with.")],
    format: Annotated[
        str, typer.Option("--format", metavar="text|json", help="Format of the report.")
    ] = "text",
    output: Into = None,
    lang: Lang = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Differences only, without colour or summary.")
    ] = False,
    input_format: InputFormat = None,
    engine: Engine = None,
    tracked_changes: TrackedChanges = None,
    debug: Debug = False,
) -> int:
    """Say in what two files differ, such as the PDF and the Word file of one standard."""
    from profstd.cli.choices import flags
    from profstd.cli.diff import diff as run_diff
    from profstd.cli.session import Session

    chosen = flags(lang=lang, engine=engine, tracked_changes=tracked_changes)
    return run_diff(
        Session(chosen, input_format=input_format, debug=debug),
        first,
        second,
        format=format,
        output=_output(output),
        quiet=quiet,
    )


@app.command()
def inspect(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A PDF file.")],
    page: Annotated[int, typer.Option("--page", metavar="N", min=1, help="The page, from 1.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="PICTURE", help="The picture to write: PNG.")
    ],
    lang: Lang = None,
    engine: Engine = None,
    debug: Debug = False,
) -> int:
    """Show what was read on a page: its cells, labels, values and what has no place."""
    from profstd.cli.choices import flags
    from profstd.cli.inspect import inspect as run_inspect
    from profstd.cli.session import Session

    session = Session(flags(lang=lang, engine=engine), debug=debug)
    return run_inspect(session, file, page=page, output=output)


@app.command()
def fix(
    paths: Paths,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what would change, and change nothing.")
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CODES", help="Only these rules; LS01 only if named."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODES", help="Not these rules.")
    ] = None,
    lang: Lang = None,
    debug: Debug = False,
) -> int:
    """Put right what is safe to, in JSON and YAML: tags, spaces, marks, codes, recognition."""
    from profstd.cli.choices import flags
    from profstd.cli.fix import fix as run_fix
    from profstd.cli.session import Session

    chosen = flags(lang=lang, select=select or (), ignore=ignore or ())
    return run_fix(Session(chosen, debug=debug), paths, only_show=diff)
