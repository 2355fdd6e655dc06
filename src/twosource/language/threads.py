"""One thread for the arithmetic of small models.

BLAS starts a thread for every core, and on matrices as small as ours they mostly wait for each other: on two busy
cores the finder of attributions takes five times the CPU time. Articles run beside each other in processes instead.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


@cache
def _controller() -> ThreadpoolController:
    """What controls the libraries that are loaded by now; found once per process, since it takes a millisecond."""
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[Any]:
    """Inside, BLAS keeps to one thread; afterwards it has as many as before."""
    limit: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limit


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
