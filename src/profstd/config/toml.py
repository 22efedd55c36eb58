"""A TOML file that knows on which line each of its keys stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_KEYS = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_TABLE = re.compile(rf"\s*\[\[?\s*({_KEYS})\s*\]")
_ENTRY = re.compile(rf"\s*({_KEYS})\s*=")
_PLACE = re.compile(r"line (\d+), column (\d+)")

Keys = tuple[str, ...]


class Fault(Struct, frozen=True):
    """One thing that is wrong with a settings file.

    `reason` is a key of ``settings`` in the locale, `arguments` fill its words in; `line`
    counts from 1 and is None where the whole file is meant.
    """

    line: int | None
    reason: str
    arguments: dict[str, Any] = {}


class SettingsError(Exception):
    """Settings that cannot be followed, with everything that is wrong with them."""

    def __init__(self, file: Path, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{file}: {', '.join(fault.reason for fault in faults)}")
        self.file = file
        self.faults = faults


class Toml(Struct, frozen=True):
    """A TOML file: its content and its text."""

    file: Path
    data: dict[str, Any]
    text: str

    @classmethod
    def read(cls, file: Path) -> Toml:
        """The file; SettingsError where it cannot be read or is no TOML."""
        try:
            text = file.read_bytes().decode("utf-8-sig")
            return cls(file, tomllib.loads(text), text)
        except OSError as error:
            fault = Fault(None, "unreadable", {"detail": error.strerror or type(error).__name__})
        except UnicodeDecodeError as error:
            fault = Fault(error.object.count(b"\n", 0, error.start) + 1, "encoding")
        except tomllib.TOMLDecodeError as error:
            place = _PLACE.search(str(error))
            line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
            fault = Fault(line, "syntax", {"column": column})
        raise SettingsError(file, (fault,))

    def table(self, keys: Keys) -> Any:
        """What stands at `keys`; an empty table where nothing does."""
        node: Any = self.data
        for key in keys:
            node = node.get(key, {}) if isinstance(node, dict) else {}
        return node

    def line(self, keys: Keys, value: object = None) -> int | None:
        """The line of the key, or of the text `value` in the list that stands there."""
        lines = dict(self._lines())
        while keys and keys not in lines:
            keys = keys[:-1]
        start = lines.get(keys)
        if start is not None and isinstance(value, str):
            written = (f'"{value}"', f"'{value}'")
            following = self.text.splitlines()[start - 1 :]
            for number, line in enumerate(following, start):
                if any(item in line for item in written):
                    return number
        return start

    def _lines(self) -> Iterator[tuple[Keys, int]]:
        table: Keys = ()
        for number, line in enumerate(self.text.splitlines(), start=1):
            if match := _TABLE.match(line):
                table = _split(match[1])
                yield table, number
            elif match := _ENTRY.match(line):
                keys = _split(match[1])
                for length in range(1, len(keys) + 1):
                    yield (*table, *keys[:length]), number


def has_table(file: Path, keys: Keys) -> bool:
    """Whether the TOML file has the table `keys`; where it is broken, whether it names it."""
    try:
        toml = Toml.read(file)
    except SettingsError:
        try:
            return f"[{'.'.join(keys)}".encode() in file.read_bytes()
        except OSError:
            return False
    return bool(toml.table(keys[:-1]).get(keys[-1]) is not None)


def _split(keys: str) -> Keys:
    """The parts of a dotted key, as TOML itself reads them."""
    parts: list[str] = []
    node: Any = tomllib.loads(f"{keys}=0")
    while isinstance(node, dict):
        ((key, node),) = node.items()
        parts.append(key)
    return tuple(parts)
