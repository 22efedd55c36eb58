"""Values that must be one of several: named with the nearest one where they are not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

from profstd import locale
from profstd.cli.outcome import DEFAULT_LANGUAGE, StopError
from profstd.cli.session import fault_words
from profstd.config import Flags
from profstd.config.check import ENGINES, SEVERITIES, STAGES, TRACKED_CHANGES, code_fault
from profstd.document import Severity
from profstd.locale import Words
from profstd.parse.settings import Engine, TrackedChanges
from profstd.validate.settings import Stage


def flags(
    *,
    lang: str | None = None,
    stage: str | None = None,
    fail_on: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    baseline: str | None = None,
    engine: str | None = None,
    tracked_changes: str | None = None,
) -> Flags:
    """The options that the settings know too; StopError where a value is none of theirs."""
    words = locale.load(DEFAULT_LANGUAGE)
    if lang is not None:
        lang = chosen(words, "--lang", lang, locale.languages())
        words = locale.load(lang)
    if stage is not None:
        stage = chosen(words, "--stage", stage, STAGES)
    if fail_on is not None:
        fail_on = chosen(words, "--fail-on", fail_on, SEVERITIES)
    if engine is not None:
        engine = chosen(words, "--engine", engine, ENGINES)
    if tracked_changes is not None:
        tracked_changes = chosen(words, "--tracked-changes", tracked_changes, TRACKED_CHANGES)
    return Flags(
        lang=lang,
        stage=cast("Stage | None", stage),
        fail_on=Severity(fail_on) if fail_on else None,
        select=codes(words, "--select", select),
        ignore=codes(words, "--ignore", ignore),
        baseline=Path(baseline) if baseline else None,
        engine=cast("Engine | None", engine),
        tracked_changes=cast("TrackedChanges | None", tracked_changes),
    )


def chosen(words: Words, option: str, value: str, known: Iterable[str]) -> str:
    """`value`, whatever its case, as one of `known`; StopError where it is none."""
    names = list(known)
    if value.casefold() in names:
        return value.casefold()
    raise StopError(words.say("cli.unknown_choice", option=option, value=value, known=names))


def codes(words: Words, option: str, given: Sequence[str]) -> tuple[str, ...]:
    """The codes, or beginnings of codes, of an option that takes lists: ``ST,LK03``."""
    found = tuple(code for item in given for code in split(item.upper()))
    for code in found:
        if fault := code_fault(code):
            raise StopError(f"{option}: {fault_words(words, *fault)}")
    return found


def split(value: str) -> list[str]:
    """The parts of a list with commas."""
    return [part.strip() for part in value.split(",") if part.strip()]
