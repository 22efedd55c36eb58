"""The baseline: findings that are known already, so that only new ones count.

Its file is JSON with a line a finding, sorted, so that versions of it can be compared; the
contract is ``schemas/baseline.schema.json``. Nothing here opens a file.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from profstd.document import ROOT, Document, Finding, Pointer
from profstd.validate.fingerprint import cut, resolves, text_of, where
from profstd.validate.folding import folded
from profstd.validate.schema import schema_of

SCHEMA_VERSION: Literal["1.0"] = "1.0"


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """A finding that is known."""

    code: Annotated[str, Meta(description="The rule.")]
    fingerprint: Annotated[str, Meta(description="By what the finding is known again.")]
    place: Annotated[
        tuple[str, ...],
        Meta(description="Fields and names on the way to it, cut to 80 characters."),
    ]
    text: Annotated[str, Meta(description="The text it is about, cut likewise.")]


class Baseline(Struct, frozen=True, forbid_unknown_fields=True):
    """The findings of some files that are known already."""

    kind: Annotated[Literal["baseline"], Meta(description="Always «baseline».")] = "baseline"
    schema_version: Annotated[Literal["1.0"], Meta(description="Version of this contract.")] = (
        SCHEMA_VERSION
    )
    files: Annotated[
        dict[str, tuple[Entry, ...]],
        Meta(description="The findings by file, whose path starts at the baseline's folder."),
    ] = {}


class NoBaselineError(Exception):
    """Data that are no baseline; `path` is where that shows."""

    def __init__(self, path: Pointer) -> None:
        super().__init__(path)
        self.path = path


class Compared(Struct, frozen=True):
    """Findings beside the baseline: new ones, known ones, and entries that are gone."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...] = ()
    gone: tuple[Entry, ...] = ()


def entry(document: Document, finding: Finding) -> Entry:
    """The entry for a finding."""
    place = where(document, Pointer(finding.path))
    return Entry(finding.code, finding.fingerprint, place, cut(text_of(document, finding)))


def compare(
    document: Document,
    findings: Iterable[Finding],
    entries: Iterable[Entry],
    *,
    silent: Collection[str],
) -> Compared:
    """The findings beside the entries for their file; `silent` are the rules that did not look.

    An entry is also met by a finding of its rule about the same text in the same place but
    for one name, where nothing is called by the old name any more: a card or a skill that
    was renamed takes its findings along.
    """
    waiting = {item.fingerprint: item for item in entries}
    if not waiting:
        return Compared(tuple(findings))
    kept = tuple(findings)
    known = {id(item) for item in kept if waiting.pop(item.fingerprint, None)}
    if waiting and len(known) < len(kept):
        for item in _moved(document, [item for item in kept if id(item) not in known], waiting):
            known.add(id(item))
    return Compared(
        new=tuple(item for item in kept if id(item) not in known),
        known=tuple(item for item in kept if id(item) in known),
        gone=tuple(item for item in waiting.values() if item.code not in silent),
    )


def _moved(
    document: Document, findings: Iterable[Finding], waiting: dict[str, Entry]
) -> Iterator[Finding]:
    """The findings that meet an entry but for one name; the entry waits no longer."""
    alike: defaultdict[tuple[str, int, str], list[Entry]] = defaultdict(list)
    for item in waiting.values():
        alike[_likeness(item)].append(item)
    for finding in findings:
        new = entry(document, finding)
        olds = alike[_likeness(new)]
        old = next((old for old in olds if _renamed(document, old, new)), None)
        if old is not None:
            olds.remove(old)
            del waiting[old.fingerprint]
            yield finding


def _likeness(item: Entry) -> tuple[str, int, str]:
    return item.code, len(item.place), folded(item.text)


def _renamed(document: Document, old: Entry, new: Entry) -> bool:
    """Whether at most one name on the way tells `new` from `old`, and the old is gone.

    None does where a code was changed: fingerprints go by codes, places by names.
    """
    pairs = enumerate(zip(old.place, new.place, strict=True))
    changed = [number for number, (before, after) in pairs if folded(before) != folded(after)]
    if not changed:
        return True
    return len(changed) == 1 and not resolves(document, old.place[: changed[0] + 1])


def updated(
    baseline: Baseline,
    found: Mapping[str, tuple[Collection[str], tuple[Entry, ...]]],
    there: Collection[str],
) -> Baseline:
    """The baseline after a run.

    `found` has for each file that was read the rules that did not look, whose entries stay,
    and what the others found. Of other files only those that are `there` stay.
    """
    files: dict[str, tuple[Entry, ...]] = {
        name: entries for name, entries in baseline.files.items() if name in there
    }
    for name, (silent, entries) in found.items():
        kept = (item for item in baseline.files.get(name, ()) if item.code in silent)
        files[name] = (*kept, *entries)
    return Baseline(files={name: entries for name, entries in files.items() if entries})


def encode(baseline: Baseline) -> bytes:
    """The baseline as the text of its file: the same bytes for the same findings."""
    files: list[str] = []
    for name in sorted(baseline.files):
        entries = sorted(baseline.files[name], key=msgspec.structs.astuple)
        lines = ",\n".join(f"      {_json(msgspec.to_builtins(item))}" for item in entries)
        files.append(f"    {_json(name)}: [\n{lines}\n    ]")
    listed = ",\n".join(files)
    return (
        f'{{\n  "kind": "{baseline.kind}",\n  "schema_version": "{baseline.schema_version}",\n'
        + (f'  "files": {{\n{listed}\n  }}\n}}\n' if files else '  "files": {}\n}\n')
    ).encode()


def decode(raw: Any) -> Baseline:
    """The baseline that the data of a JSON file are; NoBaselineError otherwise."""
    try:
        return msgspec.convert(raw, Baseline)
    except msgspec.ValidationError:
        from jsonschema import Draft202012Validator

        for error in Draft202012Validator(schema()).iter_errors(raw):
            path = ROOT
            for step in error.absolute_path:
                path = path / step
            raise NoBaselineError(path) from None
        raise NoBaselineError(ROOT) from None


def schema() -> dict[str, Any]:
    """The JSON Schema of the baseline."""
    made = schema_of(Baseline, "baseline", SCHEMA_VERSION)
    made["required"] = ["kind", "schema_version", "files"]
    return made


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
