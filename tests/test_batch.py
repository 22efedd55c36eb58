"""Many items, several processes: in order, whatever one item does to its process."""

from __future__ import annotations

import os
import time

import pytest

from profstd.registry.batch import Lost, each


def work(item: object) -> str:
    """What the processes do; a name tells how an item behaves."""
    if item == "fails":
        raise ValueError("no good")
    if item == "dies":
        os._exit(9)
    if item == "hangs":
        time.sleep(600)
    if item == "slow":
        time.sleep(0.3)
    return f"{item} done"


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    items: list[object] = ["slow", *range(200)]
    assert list(each(work, items, jobs=jobs)) == [f"{item} done" for item in items]


def test_nothing_to_do_starts_nothing() -> None:
    assert list(each(work, [], jobs=2)) == []


def test_a_process_that_dies_loses_its_item_only() -> None:
    found = list(each(work, [1, "dies", 2, "dies", 3], jobs=2))
    assert found == ["1 done", Lost("died"), "2 done", Lost("died"), "3 done"]


def test_an_item_that_hangs_is_given_up() -> None:
    found = list(each(work, [1, "hangs", 2, 3], jobs=2, time_limit=3))
    assert found == ["1 done", Lost("too_slow"), "2 done", "3 done"]


def test_what_an_item_raises_is_raised_where_its_result_is_due() -> None:
    results = each(work, [1, "fails", 2], jobs=2)
    assert next(results) == "1 done"
    with pytest.raises(ValueError, match="no good"):
        next(results)


def test_no_process_is_left_when_nobody_asks_on() -> None:
    import multiprocessing

    results = each(work, [1, "hangs"], jobs=2)
    assert next(results) == "1 done"
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
