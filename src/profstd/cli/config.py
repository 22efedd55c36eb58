"""``profstd config show``: which settings hold for a file, and where each was given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from profstd.cli.choices import chosen
from profstd.cli.outcome import EXIT_WRONG, StopError
from profstd.cli.session import Session, shown
from profstd.cli.sources import source
from profstd.config import Resolved
from profstd.config.layers import Origin
from profstd.config.options import plain, written
from profstd.config.values import Values
from profstd.locale import Words

_FORMATS = ("text", "json")


class _Line(NamedTuple):
    """A setting, its value and where it was given."""

    setting: tuple[str, ...]
    value: Any
    origin: Origin


def show(session: Session, file: str, format: str) -> int:
    """Write the settings for `file`; the exit code comes out."""
    format = chosen(session.words, "--format", format, _FORMATS)
    asked = source(file)
    if asked.path is not None and asked.path.is_dir():
        raise StopError(f"{asked.name}: {session.words.say('unreadable.folder')}")
    resolved = session.resolved(asked.path)
    if resolved is None:
        return EXIT_WRONG
    lines = list(_lines(resolved))
    if format == "json":
        session.show(_as_json(asked.name, resolved, lines).encode())
    else:
        session.show(_as_text(resolved, lines, session.words))
    return 0


def _lines(resolved: Resolved) -> Iterator[_Line]:
    """Every setting in the order of the schema: its default, or its parts that were given."""
    names = [
        field.replace("_", "-") for field in (*Values.__struct_fields__, "baseline", "rules_page")
    ]
    for name in names:
        given = [item for item in resolved.given.items() if item[0][0] == name]
        for key, (value, origin) in given:
            yield _Line(key, key[1] if name == "ignore" else _plain(value), origin)
        if not given:
            value = getattr(resolved.configuration, name.replace("-", "_"), None)
            yield _Line((name,), _plain(value), Origin())


def _plain(value: Any) -> Any:
    return shown(value) if isinstance(value, Path) else plain(value)


def _as_text(resolved: Resolved, lines: list[_Line], words: Words) -> str:
    rows = [(_name(line), _value(line.value, words), _origin(line.origin, words)) for line in lines]
    for waiver in resolved.waivers:
        until = waiver.until.isoformat() if waiver.until else ""
        rows.append((f"waivers.{','.join(waiver.codes)}", f"{until} {waiver.reason}", waiver.place))
    wide = max(len(name) for name, _, _ in rows)
    broad = min(max(len(value) for _, value, _ in rows), 40)
    return "".join(f"{name:<{wide}}  {value:<{broad}}  {origin}\n" for name, value, origin in rows)


def _name(line: _Line) -> str:
    return "ignore" if line.setting[0] == "ignore" else ".".join(line.setting)


def _value(value: Any, words: Words) -> str:
    return words.say("config.unset") if value is None else written(value)


def _origin(origin: Origin, words: Words) -> str:
    if origin.flag is not None:
        return origin.flag
    if origin.file is None:
        return words.say("config.default")
    return f"{shown(origin.file)}:{origin.line}:{origin.column}"


def _as_json(name: str, resolved: Resolved, lines: list[_Line]) -> str:
    shown_lines = [
        {
            "setting": list(line.setting),
            "value": line.value,
            "origin": {
                "file": shown(line.origin.file) if line.origin.file else None,
                "line": line.origin.line,
                "column": line.origin.column,
                "flag": line.origin.flag,
            },
        }
        for line in lines
    ]
    waivers = [
        {
            "code": list(waiver.codes),
            "fingerprint": waiver.fingerprint,
            "path": waiver.paths[0] if waiver.paths else None,
            "text": waiver.text,
            "reason": waiver.reason,
            "owner": waiver.owner,
            "until": waiver.until.isoformat() if waiver.until else None,
            "place": waiver.place,
        }
        for waiver in resolved.waivers
    ]
    found = {"file": name, "settings": shown_lines, "waivers": waivers}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
