"""Checking again whenever a file is saved."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_State = dict[str, tuple[int, int]]

_PAUSE = 0.2  # seconds between two looks; a saved draft is checked within a second


def saves(files: Callable[[], Iterable[Path]]) -> Iterator[None]:
    """Yields at once, and then after every change of a file or of which files there are.

    `files` tells them at each look. Programs save in steps (Word takes the old file away
    before the new one is there): a change counts when two looks have seen the same.
    """
    checked: _State | None = None
    while True:
        state = _state(files())
        while checked == state:
            time.sleep(_PAUSE)
            state = _state(files())
        while checked is not None and state != (again := _later(files)):
            state = again
        if state != checked:
            checked = state
            yield


def _later(files: Callable[[], Iterable[Path]]) -> _State:
    time.sleep(_PAUSE)
    return _state(files())


def _state(files: Iterable[Path]) -> _State:
    """When each file was changed last, and its size; what is not there is left out."""
    state: _State = {}
    for file in files:
        try:
            seen = os.stat(file)
        except (OSError, ValueError):
            continue
        state[str(file)] = seen.st_mtime_ns, seen.st_size
    return state
