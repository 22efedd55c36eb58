"""A TOML file that knows where each of its keys and values stands."""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct

from profstd.document import Lines

# Names of tables and keys, positions in lists (from 0).
Keys: TypeAlias = tuple[str | int, ...]

_PLACE = re.compile(r"line (\d+), column (\d+)")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_SIGNS = re.compile(r"[ \t]*[=\]]*[ \t]*")
_SCALAR = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|[^,\]}#\r\n]+",
    re.DOTALL,
)


class Fault(Struct, frozen=True):
    """One thing that is wrong with a settings file.

    `reason` is a key of ``settings`` in the locale, `arguments` fill its words in; `line`
    and `column` count from 1 and are None where the whole file is meant.
    """

    line: int | None
    column: int | None
    reason: str
    arguments: dict[str, Any] = {}


class SettingsError(Exception):
    """Settings that cannot be followed, with everything that is wrong with them."""

    def __init__(self, file: Path, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{file}: {', '.join(fault.reason for fault in faults)}")
        self.file = file
        self.faults = faults


class Toml(Struct, frozen=True, dict=True):
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
            detail = error.strerror or type(error).__name__
            fault = Fault(None, None, "unreadable", {"detail": detail})
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            column = error.start - error.object.rfind(b"\n", 0, error.start)
            fault = Fault(line, column, "encoding")
        except tomllib.TOMLDecodeError as error:
            place = _PLACE.search(str(error))
            line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
            fault = Fault(line, column, "syntax")
        except RecursionError:
            fault = Fault(None, None, "too_deep")
        raise SettingsError(file, (fault,))

    def table(self, keys: Keys) -> Any:
        """What stands at `keys`; an empty table where nothing does."""
        node: Any = self.data
        for key in keys:
            node = node.get(key, {}) if isinstance(node, dict) else {}
        return node

    def place(self, keys: Keys) -> tuple[int | None, int | None]:
        """Line and column, from 1, of a key or of the item of a list, or of what it is in."""
        while keys and keys not in self._places:
            keys = keys[:-1]
        return self._lines.place(self._places[keys]) if keys else (None, None)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def _places(self) -> dict[Keys, int]:
        return _Scanner(self.text).scan()


class _Scanner:
    """Finds the keys and the items of lists in a text that is valid TOML (v1.0.0)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._places: dict[Keys, int] = {}
        # How many tables each list of tables (``[[…]]``) has so far.
        self._tables: dict[Keys, int] = {}

    def scan(self) -> dict[Keys, int]:
        """The index of every key and of every item of a list in the text."""
        table: Keys = ()
        while self._next():
            if self._text.startswith("[", self._at):
                table = self._head()
            else:
                self._entry(table)
        return self._places

    def _next(self) -> str:
        """The next character that is neither white space nor in a comment."""
        self._skip(_BLANK)
        return self._text[self._at : self._at + 1]

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        assert match is not None
        self._at = match.end()
        return match[0]

    def _head(self) -> Keys:
        """The table that ``[a.b]`` or ``[[a.b]]`` opens."""
        of_list = self._text.startswith("[[", self._at)
        self._at += 2 if of_list else 1
        self._skip(_SIGNS)
        table: Keys = ()
        names = self._keys()
        for number, (name, start) in enumerate(names, start=1):
            table = (*table, name)
            self._places.setdefault(table, start)
            if of_list and number == len(names):
                self._tables[table] = self._tables.get(table, 0) + 1
            if table in self._tables:
                table = (*table, self._tables[table] - 1)
                self._places.setdefault(table, start)
        self._skip(_SIGNS)
        return table

    def _keys(self) -> list[tuple[str, int]]:
        """The parts of a dotted key and where each begins."""
        found: list[tuple[str, int]] = []
        while True:
            start = self._at
            written = self._skip(_KEY)
            name = tomllib.loads(f"key = {written}")["key"] if written[0] in "\"'" else written
            found.append((str(name), start))
            if not _DOT.match(self._text, self._at):
                return found
            self._skip(_DOT)

    def _entry(self, table: Keys) -> None:
        for name, start in self._keys():
            table = (*table, name)
            self._places.setdefault(table, start)
        self._skip(_SIGNS)
        self._value(table)

    def _value(self, keys: Keys) -> None:
        opening = self._text[self._at]
        if opening not in "[{":
            self._skip(_SCALAR)
            return
        self._at += 1
        number = 0
        while (sign := self._next()) not in "]}":
            if sign == ",":
                self._at += 1
            elif opening == "{":
                self._entry(keys)
            else:
                self._places[(*keys, number)] = self._at
                self._value((*keys, number))
                number += 1
        self._at += 1


def has_table(file: Path, keys: Keys) -> bool:
    """Whether the TOML file has the table `keys`; where it is broken, whether it names it."""
    try:
        toml = Toml.read(file)
    except SettingsError:
        try:
            return f"[{'.'.join(map(str, keys))}".encode() in file.read_bytes()
        except OSError:
            return False
    above = toml.table(keys[:-1])
    return isinstance(above, dict) and keys[-1] in above
