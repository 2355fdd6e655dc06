"""Tokens to shingles: a hash of every run of five words."""

from __future__ import annotations

import numpy as np

from twosource.reuse.compiled import compiled
from twosource.reuse.tokens import I64, U32, U64, Tokens, _mix

WIDTH = 5
"""Words in a shingle: passim, textreuse and the planted benchmarks agree on five for news."""
NONE = np.uint64(0)
"""Stands where no shingle begins: an article's last four tokens."""


@compiled
def _shingles(hashes: U32, offsets: I64, out: U64) -> None:
    multiplier = np.uint64(0xD6E8FEB86659FD93)
    for article in range(len(offsets) - 1):
        for i in range(offsets[article], offsets[article + 1] - WIDTH + 1):
            value = np.uint64(hashes[i])
            for k in range(1, WIDTH):
                value = value * multiplier + hashes[i + k]
            value = _mix(value)
            out[i] = value if value != NONE else np.uint64(1)


def shingles(tokens: Tokens) -> U64:
    """uint64 (t,): the hash of the five words from each token on, NONE where fewer are left."""
    out = np.zeros(len(tokens.hashes), np.uint64)
    _shingles(tokens.hashes, tokens.offsets, out)
    return out
