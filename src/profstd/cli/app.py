"""The commands and their options; what a command does is in the module of its name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from profstd import __version__
from profstd.cli import streams
from profstd.cli.outcome import DEFAULT_LANGUAGE, EXIT_INTERRUPTED, EXIT_WRONG, StopError

if TYPE_CHECKING:
    from profstd.cli.files import Output
    from profstd.cli.session import Session
    from profstd.locale import Words

app = typer.Typer(
    epilog="Exit codes: 0 nothing at or above --fail-on, no difference; 1 findings or "
    "differences; 2 wrong usage, wrong settings or a file that could not be read.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

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


def run(arguments: list[str] | None) -> int:
    """Run one command; its exit code comes out, and no traceback but with ``--debug``."""
    streams.prepare()
    try:
        code = app(args=arguments, prog_name="profstd", standalone_mode=False)
        code = int(code or 0)
    except (KeyboardInterrupt, typer.Abort):
        code = EXIT_INTERRUPTED
    except StopError as error:
        if str(error):
            streams.say(str(error))
        code = EXIT_WRONG
    except Exception as error:
        code = _failed(error, sys.argv[1:] if arguments is None else arguments)
    if code == EXIT_INTERRUPTED:
        streams.say(f"\n{_words('cli.interrupted')}")
    streams.close()
    return code


def _failed(error: Exception, arguments: list[str]) -> int:
    """Wrong usage says so itself; anything else is an error of profstd."""
    if show := getattr(error, "show", None):
        show()
        return EXIT_WRONG
    if "--debug" in arguments:
        import traceback

        traceback.print_exception(error)
    else:
        from profstd.cli.session import detail

        streams.say(_words("unreadable.internal", detail=detail(error)))
    return EXIT_WRONG


def _words(key: str, **arguments: str) -> str:
    from profstd import locale

    return locale.load(DEFAULT_LANGUAGE).say(key, **arguments)


def _reader(lang: str | None) -> tuple[Session, Words]:
    """A session, and the words of ``--lang`` or of the current folder's settings."""
    from profstd import locale
    from profstd.cli.choices import flags
    from profstd.cli.session import Session

    session = Session(flags(lang=lang))
    return session, locale.load(session.language())


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
            help="Format of the report: text (the default), json, …; may be given several times.",
        ),
    ] = None,
    output: Into = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CODES", help="Only these rules: ST03,LK."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODES", help="Not these rules.")
    ] = None,
    stage: Annotated[
        str | None,
        typer.Option(
            "--stage", metavar="draft|review|submission", help="How far the standard has come."
        ),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on",
            metavar="error|warning|style",
            help="Exit with 1 from this severity on: error (the default).",
        ),
    ] = None,
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
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Findings only, without colour or summary.")
    ] = False,
    input_format: InputFormat = None,
    engine: Engine = None,
    tracked_changes: TrackedChanges = None,
    debug: Debug = False,
) -> int:
    """Say what is wrong with standards."""
    from profstd.cli.choices import flags
    from profstd.cli.session import Session
    from profstd.cli.validate import targets
    from profstd.cli.validate import validate as run_validate

    chosen = flags(
        lang=lang,
        stage=stage,
        fail_on=fail_on,
        select=select or (),
        ignore=ignore or (),
        engine=engine,
        tracked_changes=tracked_changes,
    )
    session = Session(chosen, input_format=input_format, debug=debug)
    return run_validate(
        session,
        paths,
        targets(session.words, formats or ["text"], _output(output)),
        against=against,
        statistics=statistics,
        quiet=quiet,
    )


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
def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="A rule, such as ST03.")],
    lang: Lang = None,
) -> int:
    """Explain a rule and how to put things right."""
    from profstd.cli.rulebook import explanation, rule_of

    session, words = _reader(lang)
    session.show(explanation(rule_of(code, words), words, min(streams.width(), 100)))
    return 0


@app.command()
def rules(
    format: Annotated[
        str, typer.Option("--format", metavar="text|json|markdown", help="How to list them.")
    ] = "text",
    lang: Lang = None,
) -> int:
    """List all rules."""
    from profstd.cli import rulebook
    from profstd.cli.choices import chosen

    session, words = _reader(lang)
    name = chosen(words, "--format", format, rulebook.FORMATS)
    text = rulebook.FORMATS[name](words)
    session.show(text if name == "text" else text.encode())
    return 0


@app.command()
def schema(
    name: Annotated[
        str, typer.Argument(metavar="standard|registry_page|report|config|diff", help="Of what.")
    ] = "standard",
) -> int:
    """Write the JSON Schema of what profstd reads or writes."""
    from profstd.cli.choices import chosen
    from profstd.cli.schema import NAMES, schema_text
    from profstd.cli.session import Session

    session = Session()
    session.show(schema_text(chosen(session.words, "schema", name, NAMES)).encode())
    return 0
