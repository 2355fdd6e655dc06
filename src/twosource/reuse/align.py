"""Chains to passages: word-by-word alignment between the runs and outward from both ends.

Between two runs the longest common subsequence of words is found exactly; beyond the ends see `extension`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from twosource.reuse.chains import GAP, Chains, common_subsequence
from twosource.reuse.compiled import compiled
from twosource.reuse.extension import extended, work_area
from twosource.reuse.seeds import Enough, Seeds
from twosource.reuse.shingles import WIDTH
from twosource.reuse.tokens import F64, I32, I64, U64, Bools

UNSEEN = 1000
"""Articles that every pile is taken to stand beside, without the wording in question: what two articles
share is rare even where these two are the whole pile."""
RARITY = 14.0
"""Least rarity of a passage, in nats: chance would share as much once in a million. A shorter one is kept
when its shingles make up `min_words` without an edit: a formula, which is shown apart."""
ROUNDING = 1e-6
"""Nats by which a sum may differ from the same sum in another order."""
DENSITY = 0.4
"""Least share of equal words in the longer side of a passage."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Aligned passages, one row each; a is the article that comes first in the pile's order.

    `a_start`, `a_end`, `b_start`, `b_end` int64: tokens over the whole pile, half open. `aligned` int32: equal
    words in the alignment. `rarity` float64: summed IDF of the shared shingles; `shared` int32: their number;
    `common` float64: the mean of ln(articles that have it) over them.
    """

    a_start: I64
    a_end: I64
    b_start: I64
    b_end: I64
    aligned: I32
    shared: I32
    rarity: F64
    common: F64

    def keep(self, rows: Bools | I64) -> Passages:
        """The passages of a mask or of row numbers, in that order."""
        return Passages(*(getattr(self, f.name)[rows] for f in fields(self)))

    def by_place(self, bounds: I64) -> Passages:
        """The passages sorted by article of a, then of b, then by place; `bounds`: where each article begins."""
        first = np.searchsorted(bounds, self.a_start, side="right")
        second = np.searchsorted(bounds, self.b_start, side="right")
        return self.keep(np.lexsort((self.b_start, self.a_start, second, first)))


def formula_shingles(min_words: int) -> int:
    """Shingles of `min_words` words without an edit."""
    return max(1, min_words - WIDTH + 1)


def enough(min_words: int) -> Enough:
    """Which pairs of articles can still come to a passage of `min_words` words or more."""
    return Enough(RARITY - ROUNDING, formula_shingles(min_words))


def joined(parts: list[Passages]) -> Passages:
    """All passages of `parts`, in their order."""
    if not parts:
        whole, real = np.empty(0, np.int64), np.empty(0, np.float64)
        return Passages(
            whole, whole, whole, whole, whole.astype(np.int32), whole.astype(np.int32), real, real
        )
    return Passages(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Passages)))


@compiled
def _align(
    a: I64,
    b: I64,
    words: I32,
    runs: I64,
    offsets: I64,
    hashes: U64,
    bounds: I64,
    shingle: I32,
    idf: F64,
    log_articles: F64,
    a_start: I64,
    a_end: I64,
    b_start: I64,
    b_end: I64,
    aligned: I32,
    shared: I32,
    rarity: F64,
    common: F64,
    formula: int,
) -> None:
    row, room = np.empty(GAP + 2, np.int32), work_area()
    for c in range(len(offsets) - 1):
        first = runs[offsets[c]]
        end_a, end_b = a[first], b[first]
        n = longest = 0
        for r in range(offsets[c], offsets[c + 1]):
            run = runs[r]
            longest = max(longest, words[run] - WIDTH + 1)
            overlap = max(0, end_a - a[run], end_b - b[run])
            from_a, from_b = a[run] + overlap, b[run] + overlap
            n += words[run] - overlap + common_subsequence(hashes, end_a, from_a, end_b, from_b, row)
            end_a, end_b = a[run] + words[run], b[run] + words[run]
            for p in range(from_b, end_b - WIDTH + 1):  # the words of b are those of a
                g = shingle[p]
                if g >= 0:
                    rarity[c] += idf[g]
                    common[c] += log_articles[g]
                    shared[c] += 1
        if rarity[c] < RARITY and longest < formula:
            continue
        art_a = np.searchsorted(bounds, a[first], side="right") - 1
        art_b = np.searchsorted(bounds, b[first], side="right") - 1
        left_a, left_b, left = extended(
            hashes,
            a[first] - 1,
            bounds[art_a] - 1,
            b[first] - 1,
            bounds[art_b] - 1,
            -1,
            room,
        )
        right_a, right_b, right = extended(
            hashes, end_a, bounds[art_a + 1], end_b, bounds[art_b + 1], 1, room
        )
        a_start[c], a_end[c] = a[first] - left_a, end_a + right_a
        b_start[c], b_end[c] = b[first] - left_b, end_b + right_b
        aligned[c] = n + left + right
        if shared[c]:
            common[c] /= shared[c]


@compiled
def _covered(pair: I64, a0: I64, a1: I64, b0: I64, b1: I64, keep: Bools) -> None:
    """Strike out passages that lie, by half or more on both sides, inside a better one of their pair."""
    first = 0
    for c in range(len(pair)):
        if c and pair[c] != pair[c - 1]:
            first = c
        for k in range(first, c):
            if not keep[k]:
                continue
            in_a = min(a1[c], a1[k]) - max(a0[c], a0[k])
            in_b = min(b1[c], b1[k]) - max(b0[c], b0[k])
            if 2 * in_a >= a1[c] - a0[c] and 2 * in_b >= b1[c] - b0[c]:
                keep[c] = False
                break


def passages(
    found: Seeds,
    linked: Chains,
    hashes: U64,
    bounds: I64,
    shingle: I32,
    idf: F64,
    log_articles: F64,
    min_words: int,
) -> Passages:
    """The aligned passages of `linked` with at least `min_words` equal words, each once."""
    n = len(linked.pair)
    p = Passages(
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.int32),
        np.zeros(n, np.int32),
        np.zeros(n, np.float64),
        np.zeros(n, np.float64),
    )
    _align(
        found.a,
        found.b,
        found.words,
        linked.runs,
        linked.offsets,
        hashes,
        bounds,
        shingle,
        idf,
        log_articles,
        p.a_start,
        p.a_end,
        p.b_start,
        p.b_end,
        p.aligned,
        p.shared,
        p.rarity,
        p.common,
        formula_shingles(min_words),
    )
    longer = np.maximum(p.a_end - p.a_start, p.b_end - p.b_start)
    enough = (p.aligned >= min_words) & (p.aligned >= DENSITY * longer)
    p, pair = p.keep(enough), linked.pair[enough]
    keep = np.ones(len(pair), np.bool_)
    _covered(pair, p.a_start, p.a_end, p.b_start, p.b_end, keep)
    return p.keep(keep)
