"""Postings to seeds: the longest runs of equal words that two articles share, grouped by pair.

A shingle that stands in few articles links every two of them. A common one links each article to the
earliest that has it (a star), so that 500 copies of a wire cost 500 links and not 125,000: dropping common
shingles would lose exactly the story that travelled furthest. Variants inside a large family still find each
other, through the shingles that only they share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from twosource.reuse.compiled import compiled
from twosource.reuse.postings import OCCURRENCES, Postings
from twosource.reuse.shingles import WIDTH
from twosource.reuse.tokens import I32, I64, U64, Bools, Tokens

COMMON = 32
"""Shingles in more articles than this are star-linked: 32 articles make at most 496 pairs."""
_BLOCK = 2_000_000  # links followed at once: bounds the memory, changes no result


@dataclass(frozen=True, slots=True)
class Seeds:
    """Runs of equal words, grouped by pair of articles, inside a pair by place in b, then in a.

    `a`, `b` int64 (s,): the tokens of the earlier and the later article where a run begins; `words` int32
    (s,): its length, ≥ 5. `pairs` int64 (p + 1,): where each pair begins.
    """

    a: I64
    b: I64
    words: I32
    pairs: I64


def _links(index: Postings, articles: int) -> I64:
    """int64 (articles,): the most places in earlier articles that each article's shingles can lead to."""
    sizes = np.diff(index.offsets)
    before = np.arange(len(index.places))
    before -= np.repeat(index.offsets[:-1], sizes)
    star = np.repeat(index.articles > COMMON, sizes)
    before[star] = np.minimum(before[star], OCCURRENCES)
    return np.bincount(index.article[index.places], before, articles).astype(np.int64)


@compiled
def _runs(
    lo: int,
    hi: int,
    hashes: U64,
    offsets: I64,
    shingle: I32,
    followed: Bools,
    places: I64,
    groups: I64,
    articles: I32,
    article: I32,
    out_a: I64,
    out_b: I64,
    out_words: I32,
) -> int:
    """The runs between the articles lo … hi - 1 and those before each of them."""
    n = 0
    for b in range(lo, hi):
        for q in range(offsets[b], offsets[b + 1]):
            if not followed[q]:
                continue
            g = shingle[q]
            first = article[places[groups[g]]]
            for k in range(groups[g], groups[g + 1]):
                p = places[k]
                a = article[p]
                if a >= b or (articles[g] > COMMON and a != first):
                    break
                begin_p, begin_q = p, q
                while (
                    begin_p > offsets[a]
                    and begin_q > offsets[b]
                    and hashes[begin_p - 1] == hashes[begin_q - 1]
                ):
                    begin_p -= 1
                    begin_q -= 1
                    h = shingle[begin_p]  # a link one step to the left has given this run already
                    if (
                        begin_p == p - 1
                        and h >= 0
                        and h == shingle[begin_q]
                        and followed[begin_p]
                        and followed[begin_q]
                        and (articles[h] <= COMMON or a == article[places[groups[h]]])
                    ):
                        begin_q = -1
                        break
                if begin_q < 0:
                    continue
                end_p, end_q = p + WIDTH, q + WIDTH
                while end_p < offsets[a + 1] and end_q < offsets[b + 1] and hashes[end_p] == hashes[end_q]:
                    end_p += 1
                    end_q += 1
                out_a[n], out_b[n], out_words[n] = begin_p, begin_q, end_p - begin_p
                n += 1
    return n


@compiled
def _settle(a: I64, b: I64, words: I32, pair: I64) -> int:
    """Order the runs inside each pair by place in b, then in a, and drop repeats; returns how many are left.

    They arrive nearly in order, so that an insertion sort is linear.
    """
    n = first = 0
    for i in range(len(a)):
        if i and pair[i] != pair[n - 1]:
            first = n
        run_a, run_b, run_words, run_pair = a[i], b[i], words[i], pair[i]
        k = n
        while k > first and (b[k - 1] > run_b or (b[k - 1] == run_b and a[k - 1] > run_a)):
            k -= 1
        if k > first and a[k - 1] == run_a and b[k - 1] == run_b:
            continue
        for m in range(n, k, -1):
            a[m], b[m], words[m] = a[m - 1], b[m - 1], words[m - 1]
        pair[n] = run_pair
        a[k], b[k], words[k] = run_a, run_b, run_words
        n += 1
    return n


def _sorted(a: I64, b: I64, words: I32, article: I32, enough: Callable[[I64, I64], Bools]) -> Seeds:
    pair = article[b].astype(np.int64) << 32 | article[a]
    order = np.argsort(pair, kind="stable")
    a, b, words, pair = a[order], b[order], words[order], pair[order]
    n = _settle(a, b, words, pair)
    a, b, words, pair = a[:n], b[:n], words[:n], pair[:n]
    pairs = np.flatnonzero(np.diff(pair, prepend=-1))
    shingles = words.astype(np.int64) - WIDTH + 1
    hopeful = enough(np.add.reduceat(shingles, pairs), np.maximum.reduceat(shingles, pairs))
    sizes = np.diff(np.append(pairs, n))
    kept = np.repeat(hopeful, sizes)
    bounds = np.concatenate(([0], np.cumsum(sizes[hopeful]))).astype(np.int64)
    return Seeds(a[kept], b[kept], words[kept], bounds)


def seeds(tokens: Tokens, index: Postings, enough: Callable[[I64, I64], Bools]) -> Iterator[Seeds]:
    """The seeds of the pile, in blocks of whole later articles, so that memory stays bounded.

    `enough` tells from the number of shingles that pairs share, and from their longest run of them, which
    pairs can still come to a passage; the others, by far the most, go no further.
    """
    table = (index.shingle, index.followed, index.places, index.offsets, index.articles, index.article)
    totals = np.concatenate(([0], np.cumsum(_links(index, tokens.articles))))
    lo = 0
    while lo < tokens.articles:
        hi = max(lo + 1, int(np.searchsorted(totals, totals[lo] + _BLOCK, side="right")) - 1)
        room = int(totals[hi] - totals[lo])
        if room:
            a, b, words = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int32)
            n = _runs(lo, hi, tokens.hashes, tokens.offsets, *table, a, b, words)
            if n:
                yield _sorted(a[:n], b[:n], words[:n], index.article, enough)
        lo = hi
