"""Which shingles of a pile may stand in it twice, told before any of them is written down."""

from __future__ import annotations

import numpy as np

from twosource.reuse.compiled import compiled
from twosource.reuse.shingles import NONE
from twosource.reuse.tokens import I64, U64

_LARGEST = 1 << 26


@compiled
def noted(values: U64, seen: U64, again: U64) -> None:
    """Two bit maps by hash: met at least once, met at least twice. A false "twice" only costs time."""
    mask = np.uint64(len(seen) * 64 - 1)
    for value in values:
        if value == NONE:
            continue
        bit = (value >> np.uint64(7)) & mask
        word, flag = bit >> np.uint64(6), np.uint64(1) << (bit & np.uint64(63))
        # no question asked: a processor that must guess the answer waits for memory each time it is wrong
        again[word] |= seen[word] & flag
        seen[word] |= flag


@compiled
def may_repeat(value: np.uint64, again: U64) -> bool:
    """Whether a shingle may stand in the pile twice."""
    bit = (value >> np.uint64(7)) & np.uint64(len(again) * 64 - 1)
    return bool((again[bit >> np.uint64(6)] >> (bit & np.uint64(63))) & np.uint64(value != NONE))


@compiled
def _marked(values: U64, again: U64) -> I64:
    """Where a shingle begins that may stand elsewhere too."""
    out = np.empty(len(values) + 1, np.int64)
    n = 0
    for i in range(len(values)):
        out[n] = i
        n += may_repeat(values[i], again)
    return out[:n]


class Repeats:
    """Which shingles of a pile may stand in it twice: two bit maps over their hashes, about two bytes a word.

    No shingle that stands twice is missed; of the others a few in a hundred are taken for one, which costs time only.
    `words`: how many the pile has.
    """

    def __init__(self, words: int) -> None:
        size = min(_LARGEST, 1 << max(0, int(words * 8).bit_length() - 6))
        self._seen, self._again = np.zeros(size, np.uint64), np.zeros(size, np.uint64)

    def add(self, values: U64) -> None:
        """Note the shingles of a part of the pile."""
        noted(values, self._seen, self._again)

    def close(self) -> None:
        """Forget what is only needed while shingles are added."""
        self._seen = np.zeros(1, np.uint64)

    def places(self, values: U64) -> I64:
        """Where a shingle begins that may stand elsewhere too, ascending."""
        return _marked(values, self._again)
