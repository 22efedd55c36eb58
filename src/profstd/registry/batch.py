"""Work on many files in several processes: in order, and whatever one file does to its process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Literal, TypeVar, cast

from msgspec import Struct

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

# Results that wait for an earlier one; more would fill the memory behind one slow file.
_AHEAD = 64  # items a process
_GRACE = 2.0  # seconds


class Lost(Struct, frozen=True):
    """An item whose process ended before its result came.

    `reason`: it died (killed, out of memory, a crash), or took longer than it was given.
    """

    reason: Literal["died", "too_slow"]


def each(
    work: Callable[[_Item], _Result],
    items: Sequence[_Item],
    *,
    jobs: int,
    time_limit: float | None = None,
) -> Iterator[_Result | Lost]:
    """The result of `work` for each of `items`, in their order, by `jobs` processes.

    `work` is a function of a module, items and results can be pickled. An item may take
    `time_limit` seconds; the process of one that takes longer is ended, another begins with
    the next. What `work` raises is raised here.
    """
    pool = _Pool(work, items, min(jobs, len(items)), time_limit)
    try:
        for index in range(len(items)):
            yield pool.result(index)
    finally:
        pool.close()


class _Pool(Generic[_Item, _Result]):
    def __init__(
        self,
        work: Callable[[_Item], _Result],
        items: Sequence[_Item],
        jobs: int,
        time_limit: float | None,
    ) -> None:
        self._items = items
        self._time_limit = time_limit
        self._next = 0
        self._results: dict[int, _Result | Lost | Exception] = {}
        self._workers = [_Worker(work) for _ in range(jobs)]

    def result(self, index: int) -> _Result | Lost:
        """The result of one item; asked for in order, each once."""
        self._hand_out(index)
        while index not in self._results:
            self._gather()
            self._hand_out(index)
        result = self._results.pop(index)
        if isinstance(result, Exception):
            raise result
        return result

    def close(self) -> None:
        for worker in self._workers:
            worker.end()

    def _hand_out(self, asked: int) -> None:
        last = min(len(self._items), asked + _AHEAD * len(self._workers))
        for worker in self._workers:
            if worker.index is None and self._next < last:
                worker.begin(self._next, self._items[self._next])
                self._next += 1

    def _gather(self) -> None:
        busy = {worker.connection: worker for worker in self._workers if worker.index is not None}
        for connection in wait(list(busy), self._patience(busy.values())):
            worker = busy[cast("Connection", connection)]
            assert worker.index is not None
            index, worker.index = worker.index, None
            try:
                self._results[index] = worker.connection.recv()
            except (EOFError, OSError):
                self._results[index] = Lost("died")
                worker.start()
        for worker in busy.values():
            if worker.index is not None and self._spent(worker):
                self._results[worker.index] = Lost("too_slow")
                worker.end()
                worker.start()

    def _spent(self, worker: _Worker) -> bool:
        return self._time_limit is not None and worker.age() > self._time_limit

    def _patience(self, busy: Iterable[_Worker]) -> float | None:
        """Seconds until the first of the items that are worked on has had its time."""
        if self._time_limit is None:
            return None
        return max(0.0, self._time_limit - max(worker.age() for worker in busy)) + 0.01


class _Worker:
    """A process, and the item that it works on."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self._work = work
        self.start()

    def start(self) -> None:
        # Spawned everywhere as on Windows: a fork would copy threads that hold locks.
        context = get_context("spawn")
        self.index: int | None = None
        self.connection, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=_serve, args=(theirs, self._work), daemon=True
        )
        self.process.start()
        theirs.close()
        self._since = time.monotonic()

    def begin(self, index: int, item: Any) -> None:
        self.index, self._since = index, time.monotonic()
        with suppress(OSError):  # it has died: the result says so
            self.connection.send(item)

    def age(self) -> float:
        """Seconds since its item was begun."""
        return time.monotonic() - self._since

    def end(self) -> None:
        self.connection.close()
        self.process.terminate() if self.index is not None else self.process.join(_GRACE)
        self.process.join(_GRACE)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()


def _serve(connection: Connection, work: Callable[[Any], Any]) -> None:
    """Work on what comes in, until nothing more can come."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that shows it
    with suppress(EOFError, OSError):
        while True:
            item = connection.recv()
            try:
                result = work(item)
            except Exception as error:
                result = error
            connection.send(result)
