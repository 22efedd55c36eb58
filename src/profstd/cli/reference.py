"""The commands about profstd itself: its settings, rules and schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from profstd.cli import streams
from profstd.cli.options import (
    Baseline,
    Engine,
    FailOn,
    Ignore,
    Lang,
    Select,
    Stage,
    TrackedChanges,
)

if TYPE_CHECKING:
    from profstd.cli.session import Session
    from profstd.locale import Words

reference = typer.Typer()
config = typer.Typer(no_args_is_help=True)
reference.add_typer(config, name="config", help="The settings: what holds for a file, and why.")


def _reader(lang: str | None) -> tuple[Session, Words]:
    """A session, and the words of ``--lang`` or of the current folder's settings."""
    from profstd import locale
    from profstd.cli.choices import flags
    from profstd.cli.session import Session

    session = Session(flags(lang=lang))
    return session, locale.load(session.language())


@reference.command()
def init(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="The repository.")] = ".",
    ci: Annotated[
        str | None,
        typer.Option("--ci", metavar="github|gitlab|none", help="Whose file for CI to write."),
    ] = None,
    baseline: Annotated[
        bool, typer.Option("--baseline", help="Write what is found now into a first baseline.")
    ] = False,
    lang: Lang = None,
) -> int:
    """Set a repository of standards up: settings, a hook, a file for CI, an ignore list."""
    from pathlib import Path

    from profstd.cli.choices import chosen, flags
    from profstd.cli.init import CI
    from profstd.cli.init import init as run_init
    from profstd.cli.session import Session

    session = Session(flags(lang=lang))
    wanted = ci and chosen(session.words, "--ci", ci, CI)
    return run_init(session, Path(folder), wanted, baseline=baseline)


@reference.command()
def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="A rule, such as ST03, or a family.")],
    lang: Lang = None,
) -> int:
    """Explain a rule and how to put things right."""
    from profstd.cli.rulebook import told

    session, words = _reader(lang)
    session.show(told(code, words, min(streams.width(), 100)))
    return 0


@reference.command()
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


@config.command("show")
def config_show(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for standard input.")],
    format: Annotated[
        str, typer.Option("--format", metavar="text|json", help="How to show them.")
    ] = "text",
    select: Select = None,
    ignore: Ignore = None,
    stage: Stage = None,
    fail_on: FailOn = None,
    baseline: Baseline = None,
    lang: Lang = None,
    engine: Engine = None,
    tracked_changes: TrackedChanges = None,
) -> int:
    """Show which settings hold for a file, and where each of them was given."""
    from profstd.cli.choices import flags
    from profstd.cli.config import show
    from profstd.cli.session import Session

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
    return show(Session(chosen), file, format)


@reference.command()
def schema(
    name: Annotated[
        str,
        typer.Argument(
            metavar="standard|registry_page|report|report_line|config|baseline|diff",
            help="Of what.",
        ),
    ] = "standard",
) -> int:
    """Write the JSON Schema of what profstd reads or writes."""
    from profstd.cli.choices import chosen
    from profstd.cli.schema import NAMES, schema_text
    from profstd.cli.session import Session

    session = Session()
    session.show(schema_text(chosen(session.words, "schema", name, NAMES)).encode())
    return 0
