"""Checking many files: those that changed, by several processes."""

from __future__ import annotations

import os
from collections.abc import Iterator

from profstd.cli.cache import Cache
from profstd.cli.checking import Failure, Outcome, Task, check, lightened

# So many files are worth the start of another process.
_WORTH_IT = 4


def check_many(tasks: list[Task], *, cache: Cache | None, jobs: int | None) -> Iterator[Outcome]:
    """The outcome of each file, in order; `jobs` processes, or as many as it is worth."""
    if cache is None:
        yield from _check(tasks, jobs)
        return
    entries = [cache.entry(task) for task in tasks]
    changed = [task for task, entry in zip(tasks, entries, strict=True) if entry is None]
    checked = _check(changed, jobs)
    for task, entry in zip(tasks, entries, strict=True):
        kept = cache.get(entry) if entry is not None else None
        if kept is not None:
            yield kept
            continue
        outcome = next(checked) if entry is None else _checked(task)
        cache.put(task, outcome)
        yield outcome


def _check(tasks: list[Task], jobs: int | None) -> Iterator[Outcome]:
    if jobs is None:
        jobs = min(os.cpu_count() or 1, len(tasks) // _WORTH_IT)
    if min(jobs, len(tasks)) < 2 or any(task.source.path is None for task in tasks):
        yield from map(_checked, tasks)
        return
    from profstd.registry.batch import Lost, each

    for result in each(_checked, tasks, jobs=jobs):
        if isinstance(result, Lost):
            yield Outcome(failure=Failure(f"process_{result.reason}"))
        else:
            yield result


def _checked(task: Task) -> Outcome:
    return lightened(check(task))
