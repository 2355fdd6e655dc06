"""Chains to passages: word-by-word alignment between the runs and outward from both ends.

Between two runs the longest common subsequence of words is found exactly; beyond the ends see `extension`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from twosource.reuse.chains import Chains, common_subsequence
from twosource.reuse.compiled import compiled
from twosource.reuse.extension import extended, work_area
from twosource.reuse.seeds import Enough, Seeds, Texts
from twosource.reuse.shingles import WIDTH
from twosource.reuse.tokens import F64, I32, I64, Bools

UNSEEN = 1000
"""Articles that every pile is taken to stand beside, without the wording in question: what two articles
share is rare even where these two are the whole pile."""
RARITY = 14.0
"""Least rarity of a passage, in nats: chance would share as much once in a million. A shorter one is kept
when its shingles make up `min_words` without an edit: a formula, which is shown apart."""
ROUNDING = 1e-6
"""Nats by which a sum may differ from the same sum in another order."""
_MANY = 64  # passages of one pair that an insertion sort takes
DENSITY = 0.4
"""Least share of equal words in the longer side of a passage."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Aligned passages, one row each; a is the article that comes first in the pile's order.

    `one`, `other` int32: the articles of a and of b. `a_start`, `a_end`, `b_start`, `b_end` int64: tokens over the
    whole pile, half open. `aligned` int32: equal words in the alignment. `rarity` float64: summed IDF of the shared shingles; `shared` int32: their number;
    `common` float64: the mean of ln(articles that have it) over them.
    """

    one: I32
    other: I32
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

    def by_place(self) -> Passages:
        """The passages sorted by article of a, then of b, then by place."""
        one, other = self.one, self.other
        order = _by_article(one, int(one.max(initial=-1)) + 1)
        if (other[1:] < other[:-1]).any():  # the loops in memory give them by later article
            order = np.argsort(one.astype(np.int64) << 32 | other, kind="stable")
        _by_place_in_pairs(one, other, self.a_start, self.b_start, order)
        return self.keep(order)


@compiled
def _by_article(article: I32, articles: int) -> I64:
    """The rows in the order of their article; those of one article as they stand."""
    begins = np.zeros(articles + 1, np.int64)
    for number in article:
        begins[number + 1] += 1
    for number in range(articles):
        begins[number + 1] += begins[number]
    order = np.empty(len(article), np.int64)
    for row in range(len(article)):
        order[begins[article[row]]] = row
        begins[article[row]] += 1
    return order


@compiled
def _by_place_in_pairs(one: I32, other: I32, a_start: I64, b_start: I64, order: I64) -> None:
    """Put the rows of each pair, which stand together in `order`, in the order of their places: most have one or two."""
    i = 0
    while i < len(order):
        j = i + 1
        while j < len(order) and one[order[j]] == one[order[i]] and other[order[j]] == other[order[i]]:
            j += 1
        if j - i > _MANY:
            rows = order[i:j][np.argsort(b_start[order[i:j]], kind="mergesort")]
            order[i:j] = rows[np.argsort(a_start[rows], kind="mergesort")]
        else:
            for k in range(i + 1, j):
                row, at = order[k], k
                while at > i and (
                    a_start[order[at - 1]] > a_start[row]
                    or (a_start[order[at - 1]] == a_start[row] and b_start[order[at - 1]] > b_start[row])
                ):
                    order[at] = order[at - 1]
                    at -= 1
                order[at] = row
        i = j


def rarities(articles: int) -> F64:
    """float64 (n + 1,): in nats, how rare a shingle is that so many of `articles` have."""
    return np.log((articles + UNSEEN) / np.maximum(np.arange(articles + 1), 1))


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
        half = whole.astype(np.int32)
        return Passages(half, half, whole, whole, whole, whole, half, half, real, real)
    return Passages(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Passages)))


@compiled
def _align(
    a: I64,
    b: I64,
    words: I32,
    runs: I64,
    offsets: I64,
    one: I32,
    other: I32,
    texts: Texts,
    logs: F64,
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
    hashes, bytes_, bounds, carriers, idf = (
        texts.hashes,
        texts.bytes_,
        texts.bounds,
        texts.carriers,
        texts.idf,
    )
    room = work_area()
    for c in range(len(offsets) - 1):
        first = runs[offsets[c]]
        end_a, end_b = a[first], b[first]
        n = longest = 0
        for r in range(offsets[c], offsets[c + 1]):
            run = runs[r]
            longest = max(longest, words[run] - WIDTH + 1)
            overlap = max(0, end_a - a[run], end_b - b[run])
            from_a, from_b = a[run] + overlap, b[run] + overlap
            n += words[run] - overlap + common_subsequence(hashes, end_a, from_a, end_b, from_b)
            end_a, end_b = a[run] + words[run], b[run] + words[run]
            for p in range(from_b, end_b - WIDTH + 1):  # the words of b are those of a
                many = carriers[p]
                if many > 0:
                    rarity[c] += idf[many]
                    common[c] += logs[many]
                    shared[c] += 1
        if rarity[c] < RARITY and longest < formula:
            continue
        art_a, art_b = one[c], other[c]
        left_a, left_b, left = extended(
            hashes,
            bytes_,
            a[first] - 1,
            bounds[art_a] - 1,
            b[first] - 1,
            bounds[art_b] - 1,
            -1,
            room,
        )
        right_a, right_b, right = extended(
            hashes, bytes_, end_a, bounds[art_a + 1], end_b, bounds[art_b + 1], 1, room
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
    texts: Texts,
    min_words: int,
) -> Passages:
    """The aligned passages of `linked` with at least `min_words` equal words, each once."""
    n = len(linked.pair)
    logs = np.log(np.maximum(np.arange(len(texts.idf)), 1))
    p = Passages(
        found.one[linked.pair],
        found.other[linked.pair],
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
        p.one,
        p.other,
        texts,
        logs,
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
