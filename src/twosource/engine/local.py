"""On one machine: one process, or several that each load their own models."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_SMALL = 24  # items below which starting processes costs more than it saves
_CHUNK = 8
_AHEAD = 3  # chunks in flight per worker: keeps memory flat on large piles


def cores() -> int:
    """How many processors this process may use, at least 1."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_ordered(function: Callable[[T], R], items: Sequence[T], workers: int | None = None) -> Iterator[R]:
    """Yield ``function(item)`` for every item, in the order of the items.

    `function` must be importable and pure. With `workers` None every core is used; small piles stay in this
    process. A worker that dies (killed for memory, say) costs nothing that was done: what is left runs here.
    """
    workers = cores() if workers is None else max(1, workers)
    if workers == 1 or len(items) < _SMALL:
        yield from map(function, items)
        return
    chunks = [items[i : i + _CHUNK] for i in range(0, len(items), _CHUNK)]
    waiting: deque[tuple[Sequence[T], Future[list[R]]]] = deque()
    # Spawned, not forked: forking after threads have started can deadlock, and all platforms behave alike.
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    queue = deque(chunks)
    try:
        while queue or waiting:
            while queue and len(waiting) < workers * _AHEAD:
                waiting.append((queue[0], pool.submit(_run, function, queue[0])))
                queue.popleft()  # only now: where a worker has died meanwhile, nothing is taken
            yield from waiting[0][1].result()
            waiting.popleft()
    except BrokenProcessPool:
        for chunk in (*(c for c, _ in waiting), *queue):
            yield from map(function, chunk)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _run(function: Callable[[T], R], chunk: Sequence[T]) -> list[R]:
    return [function(item) for item in chunk]
