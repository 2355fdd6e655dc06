"""One thin door to numba, so that compiled functions keep their types."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """`function` compiled to machine code on its first call, kept on disk where the folder allows it."""
    try:
        return cast("Function", numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:  # no folder may be written: compile in memory on each start
        return cast("Function", numba.njit(nogil=True)(function))
