"""Seeds to chains: runs that follow each other in both articles, with edits between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from twosource.reuse.compiled import compiled
from twosource.reuse.seeds import Seeds
from twosource.reuse.tokens import F64, I32, I64, U32

GAP = 60
"""Longest stretch of words between two runs of one passage, in either article."""
SHIFT = 30
"""Most words by which the two sides of such a stretch may differ: a sentence cut or put in, not a paragraph."""
_PER_SHIFT, _PER_GAP = 0.1, 0.05  # words of agreement that a word of shift, of gap, must be paid with
FILLED = 8
"""Words on both sides from which such a stretch must agree as well, or the passage ends there."""
AGREE = 0.4
"""Least share of its shorter side that stands in the other in the same order. Two texts on different things
share a quarter, in function words; a badly scanned copy, with one word in four spoiled, shares half."""
_BACK = 64  # runs looked back at: bounds the work on a pair full of repetitions


@dataclass(frozen=True, slots=True)
class Chains:
    """Passages in the rough: chain c is made of seeds[runs[offsets[c]:offsets[c + 1]]], in reading order.

    `runs` int64, `offsets` int64 (c + 1,), `pair` int64 (c,): the pair of articles that a chain belongs to.
    """

    runs: I64
    offsets: I64
    pair: I64


@compiled
def common_subsequence(hashes: U32, a: int, a_end: int, b: int, b_end: int) -> int:
    """Length of the longest common subsequence of two stretches of words, that of b of 64 words at most.

    A bit stands for a word of b, and a whole row is worked out at once (Hyyrö 2004).
    """
    row = ~np.uint64(0)
    for i in range(a, a_end):
        word, equal = hashes[i], np.uint64(0)
        for j in range(b_end - b):
            equal |= np.uint64(hashes[b + j] == word) << np.uint64(j)
        both = row & equal
        row = (row + both) | (row - both)
    length = 0
    for j in range(b_end - b):
        length += (row >> np.uint64(j)) & np.uint64(1) == 0
    return length


@compiled
def _chain(
    hashes: U32,
    a: I64,
    b: I64,
    words: I32,
    pairs: I64,
    score: F64,
    back: I64,
    used: I64,
    runs: I64,
    offsets: I64,
    owner: I64,
) -> tuple[int, int]:
    """Best-first chaining inside every pair: score of a run = its words, less what shifts and gaps cost."""
    chains = placed = 0
    for pair in range(len(pairs) - 1):
        first, last = pairs[pair], pairs[pair + 1]
        if last == first + 1:  # most pairs have one
            runs[placed], owner[chains] = first, pair
            placed, chains = placed + 1, chains + 1
            offsets[chains] = placed
            continue
        for i in range(first, last):
            score[i], back[i] = words[i], -1
            for j in range(i - 1, max(first, i - _BACK) - 1, -1):
                if a[j] >= a[i] or b[j] >= b[i]:
                    continue
                gap_a, gap_b = a[i] - a[j] - words[j], b[i] - b[j] - words[j]
                overlap = max(0, -gap_a, -gap_b)
                shift = abs(gap_a - gap_b)
                if gap_a > GAP or gap_b > GAP or shift > SHIFT or overlap >= words[i]:
                    continue
                cost = _PER_SHIFT * shift + _PER_GAP * max(0, min(gap_a, gap_b))
                value = score[j] + words[i] - overlap - cost
                if value > score[i]:
                    score[i], back[i] = value, j
            if back[i] >= 0:
                j = back[i]
                from_a, from_b = a[j] + words[j], b[j] + words[j]
                shorter = min(a[i] - from_a, b[i] - from_b)
                if shorter >= FILLED:
                    agreed = common_subsequence(hashes, from_a, a[i], from_b, b[i])
                    if agreed < AGREE * shorter:
                        score[i], back[i] = words[i], -1
        order = np.argsort(-score[first:last], kind="mergesort")
        for k in range(last - first):
            end = first + order[k]
            if used[end]:
                continue
            n, i = 0, end
            while i >= 0 and not used[i]:
                used[i] = 1
                n += 1
                i = back[i]
            i = end
            for m in range(n):
                runs[placed + n - 1 - m] = i
                i = back[i]
            placed += n
            owner[chains] = pair
            chains += 1
            offsets[chains] = placed
    return chains, placed


def chains(found: Seeds, hashes: U32) -> Chains:
    """The chains of every pair of `found`, best first inside a pair; every seed is in exactly one."""
    n = len(found.a)
    runs, offsets, owner = np.empty(n, np.int64), np.zeros(n + 1, np.int64), np.empty(n, np.int64)
    count, _ = _chain(
        hashes,
        found.a,
        found.b,
        found.words,
        found.pairs,
        np.empty(n, np.float64),
        np.empty(n, np.int64),
        np.zeros(n, np.int64),
        runs,
        offsets,
        owner,
    )
    return Chains(runs, offsets[: count + 1].copy(), owner[:count].copy())
