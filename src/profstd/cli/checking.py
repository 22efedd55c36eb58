"""What came of one file: read, recognised and, if asked for, checked.

It can be put down and taken up again: by another process, by a later run.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple, TypeAlias

import msgspec
from msgspec import Struct

from profstd.cli.sources import Source
from profstd.config import Configuration
from profstd.document import Account, Document, UnreadableError
from profstd.model import Model, RegistryPage, Standard
from profstd.model import Source as Origin
from profstd.shape import complete
from profstd.validate.examined import NOTHING, Examined

_UNREAD = ("no_text_layer", "text_as_curves", "unreadable_text")  # pages of a PDF
_KINDS: dict[str, type[Model]] = {"standard": Standard, "registry_page": RegistryPage}


class Task(NamedTuple):
    """A file, the settings that hold for it; the suffix of standard input, without its dot."""

    source: Source
    configuration: Configuration
    input_format: str | None = None


class Failure(Struct, frozen=True, omit_defaults=True):
    """Why nothing came of it: a key of ``unreadable`` in the locale, what fills its words.

    `trace` shows where an error of profstd itself came from.
    """

    reason: str
    arguments: dict[str, Any] = {}
    trace: str = ""


class Outcome(Struct, frozen=True):
    """The document of a file and what a check met, or why there is none; at times both."""

    document: Document | None = None
    examined: Examined = NOTHING
    failure: Failure | None = None


Outcomes: TypeAlias = Callable[[list[Task]], Iterator[Outcome]]


def read(task: Task) -> Outcome:
    """The document of a file; never raises."""
    document = None
    try:
        document = _load(task)
        if not document.recognised:
            kinds = (item.kind for item in document.observations)
            reason = next((kind for kind in kinds if kind in _UNREAD), "not_standard")
            return Outcome(document, failure=Failure(reason))
    except UnreadableError as error:
        return Outcome(document, failure=Failure(error.reason, error.arguments))
    except Exception as error:
        return Outcome(document, failure=internal(error))
    return Outcome(document)


def check(task: Task, against: Document | None = None) -> Outcome:
    """The document of a file and its findings; never raises."""
    from profstd.validate import examine

    outcome = read(task)
    if outcome.document is None or outcome.failure is not None:
        return outcome
    try:
        examined = examine(outcome.document, task.configuration.settings(), against=against)
    except Exception as error:
        return Outcome(outcome.document, failure=internal(error))
    return Outcome(outcome.document, examined)


def read_each(tasks: Iterable[Task]) -> Iterator[Outcome]:
    """The documents of files, one at a time."""
    return map(read, tasks)


def check_each(tasks: Iterable[Task], against: Document) -> Iterator[Outcome]:
    """The documents of files and their findings, one at a time."""
    return map(partial(check, against=against), tasks)


def _load(task: Task) -> Document:
    from profstd.parse import load, load_bytes

    settings = task.configuration.reading()
    if task.source.path is not None:
        return load(task.source.path, settings)
    data = sys.stdin.buffer.read(settings.max_file_size + 1)
    return load_bytes(data, task.source.name, format=task.input_format or "txt", settings=settings)


def internal(error: Exception) -> Failure:
    """An error of profstd itself."""
    import traceback

    trace = "".join(traceback.format_exception(error))
    return Failure("internal", {"detail": detail(error)}, trace)


def detail(error: Exception) -> str:
    """An unexpected error in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())


class _Record(Struct, frozen=True, omit_defaults=True):
    """An outcome as it is put down; `kind` tells what the model is."""

    source: Origin
    kind: str
    model: msgspec.Raw
    account: Account | None = None
    recognised: bool = True
    examined: Examined = NOTHING
    failure: Failure | None = None


def lightened(outcome: Outcome) -> Outcome:
    """`outcome` without what only the check itself needed: the findings have their spans."""
    document = outcome.document
    if document is None:
        return outcome
    light = Document(
        model=document.model,
        source=document.source,
        spans={},
        counted=document.account,
        recognised=document.recognised,
    )
    return Outcome(light, outcome.examined, outcome.failure)


def put_down(document: Document, outcome: Outcome) -> bytes:
    """`outcome`, with its document, for a later run, which has it lightened.

    UnicodeEncodeError where the name of the file is no text.
    """
    record = _Record(
        source=document.source,
        kind=document.model.kind,
        model=msgspec.Raw(msgspec.msgpack.encode(document.model)),
        account=document.account,
        recognised=document.recognised,
        examined=outcome.examined,
        failure=outcome.failure,
    )
    return msgspec.msgpack.encode(record)


def take_up(content: bytes) -> Outcome:
    """The outcome that was put down; msgspec.MsgspecError where `content` is none."""
    record = msgspec.msgpack.decode(content, type=_Record)
    document = Document(
        model=_model(record.model, _KINDS[record.kind]),
        source=record.source,
        spans={},
        counted=record.account,
        recognised=record.recognised,
    )
    return Outcome(document, record.examined, record.failure)


def _model(content: msgspec.Raw, kind: type[Model]) -> Model:
    try:
        return msgspec.msgpack.decode(content, type=kind)
    except msgspec.ValidationError:  # a draft may break the schema
        made: Model = complete(msgspec.msgpack.decode(content), kind)
        return made
