import os
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

import pytest

from twosource.engine.local import map_ordered


def square(n: int) -> int:
    return n * n


def dies_once(n: int) -> int:
    """Kills the worker process that runs it; in the parent it works."""
    if n == 20 and os.environ.get("TWOSOURCE_TEST_PARENT") != str(os.getpid()):
        os._exit(9)
    return n


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(map_ordered(square, range(100), workers=2)) == [n * n for n in range(100)]


def test_a_small_pile_stays_in_this_process() -> None:
    assert list(map_ordered(lambda n: n + 1, [1, 2, 3], workers=4)) == [2, 3, 4]


def test_a_worker_that_dies_costs_nothing(monkeypatch: object) -> None:
    os.environ["TWOSOURCE_TEST_PARENT"] = str(os.getpid())
    try:
        assert list(map_ordered(dies_once, list(range(60)), workers=2)) == list(range(60))
    finally:
        del os.environ["TWOSOURCE_TEST_PARENT"]


def test_what_a_broken_pool_does_not_take_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0

    def submit(pool: ProcessPoolExecutor, *call: object) -> object:
        nonlocal taken
        taken += 1
        if taken == 3:
            raise BrokenProcessPool
        return original(pool, *call)  # type: ignore[arg-type]

    original = ProcessPoolExecutor.submit
    monkeypatch.setattr(ProcessPoolExecutor, "submit", submit)
    assert list(map_ordered(square, range(100), workers=2)) == [n * n for n in range(100)]
