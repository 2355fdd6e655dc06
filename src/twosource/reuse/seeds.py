"""Postings to seeds: the longest runs of equal words that two articles share, grouped by pair.

A shingle that stands in few articles links every two of them. A common one links each article to the
earliest that has it (a star), so that 500 copies of a wire cost 500 links and not 125,000: dropping common
shingles would lose exactly the story that travelled furthest. Variants inside a large family still find each
other, through the shingles, or the longer ones made of common shingles (`postings`), that only they share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from twosource.reuse.compiled import compiled
from twosource.reuse.postings import COMMON, OCCURRENCES, Postings
from twosource.reuse.shingles import WIDTH
from twosource.reuse.tokens import F64, I32, I64, U64, Bools, Tokens

__all__ = ["COMMON", "Seeds", "article_of", "seeds"]

_BLOCK = 2_000_000  # links followed at once: bounds the memory, changes no result
_KNOWN = 1 << 16  # runs remembered by how far their two sides are apart; forgetting one costs time only


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


@dataclass(frozen=True, slots=True)
class Enough:
    """Which pairs of articles can still come to a passage.

    Those whose shared shingles have `rarity` nats together, or of which so many `shingles` stand in one run.
    """

    rarity: float
    shingles: int


@compiled
def _links(owners: I32, offsets: I64, star: Bools, out: I64) -> None:
    """Add to each article the most places in earlier articles that its shingles can lead to."""
    for g in range(len(star)):
        for k in range(offsets[g], offsets[g + 1]):
            before = k - offsets[g]
            out[owners[k]] += min(before, OCCURRENCES) if star[g] else before


@compiled
def _run(p: int, q: int, a: int, a_end: int, b: int, b_end: int, hashes: U64) -> tuple[int, int, int]:
    """Where the run of equal words around the places p and q begins in either article, and where it ends in b."""
    begin_p, begin_q = p, q
    while begin_p > a and begin_q > b and hashes[begin_p - 1] == hashes[begin_q - 1]:
        begin_p -= 1
        begin_q -= 1
    end_p, end_q = p + WIDTH, q + WIDTH
    while end_p < a_end and end_q < b_end and hashes[end_p] == hashes[end_q]:
        end_p += 1
        end_q += 1
    return begin_p, begin_q, end_q


@compiled
def _runs(
    lo: int,
    hi: int,
    hashes: U64,
    bounds: I64,
    shingle: I32,
    idf: F64,
    places: I32,
    owners: I32,
    groups: I64,
    stars: Bools,
    at: I32,
    group: I32,
    fresh: Bools,
    known: I64,
    since: I64,
    until: I64,
    out_one: I32,
    out_other: I32,
    out_a: I64,
    out_b: I64,
    out_words: I32,
    out_rarity: F64,
    n: int,
) -> int:
    """The runs of one layer between the articles lo … hi - 1 and those before each of them, from row n on.

    `known`, `since`, `until`: the last run met for each difference of places, and the places of its later side:
    a link that lies inside it gives it once more.
    """
    mask = len(known) - 1
    b = lo - 1
    upto = np.zeros(1, np.float64)
    for e in range(np.searchsorted(at, bounds[lo]), np.searchsorted(at, bounds[hi])):
        q, g = int(at[e]), group[e]
        if b < lo or q >= bounds[b + 1]:
            b = max(b, lo)
            while q >= bounds[b + 1]:
                b += 1
            size = bounds[b + 1] - bounds[b]
            if len(upto) <= size:
                upto = np.zeros(2 * size + 1, np.float64)
            for i in range(size):
                h = shingle[bounds[b] + i]
                upto[i + 1] = upto[i] + (idf[h] if h >= 0 else 0.0)
        first, star = owners[groups[g]], stars[g]
        for k in range(groups[g], groups[g + 1]):
            a = owners[k]
            if a >= b or (star and a != first):
                break
            if not (fresh[a] or fresh[b]):
                continue
            p = int(places[k])
            slot = (q - p) & mask
            if known[slot] == q - p and since[slot] <= q < until[slot]:
                continue
            begin_p, begin_q, end_q = _run(p, q, bounds[a], bounds[a + 1], bounds[b], bounds[b + 1], hashes)
            known[slot], since[slot], until[slot] = q - p, begin_q, end_q
            out_one[n], out_other[n] = a, b
            out_a[n], out_b[n], out_words[n] = begin_p, begin_q, end_q - begin_q
            out_rarity[n] = upto[end_q - WIDTH + 1 - bounds[b]] - upto[begin_q - bounds[b]]
            n += 1
    return n


@compiled
def _runs_of_links(
    places_a: I64,
    places_b: I64,
    article_a: I64,
    article_b: I64,
    hashes: U64,
    bounds: I64,
    upto: F64,
    known: I64,
    since: I64,
    until: I64,
    out_one: I64,
    out_other: I64,
    out_a: I64,
    out_b: I64,
    out_words: I32,
    out_rarity: F64,
) -> int:
    """`_runs`, from links that are given. `upto` float64 (t + 1,): the rarity of all shingles before each token."""
    mask = len(known) - 1
    n = 0
    for k in range(len(places_a)):
        p, q, a, b = places_a[k], places_b[k], article_a[k], article_b[k]
        slot = (q - p) & mask
        if known[slot] == q - p and since[slot] <= q < until[slot]:
            continue
        begin_p, begin_q, end_q = _run(p, q, bounds[a], bounds[a + 1], bounds[b], bounds[b + 1], hashes)
        known[slot], since[slot], until[slot] = q - p, begin_q, end_q
        out_one[n], out_other[n] = a, b
        out_a[n], out_b[n], out_words[n] = begin_p, begin_q, end_q - begin_q
        out_rarity[n] = upto[end_q - WIDTH + 1] - upto[begin_q]
        n += 1
    return n


@compiled
def _settle(a: I64, b: I64, words: I32, rarity: F64, pair: I64) -> int:
    """Order the runs inside each pair by place in b, then in a, and drop repeats; returns how many are left.

    Those of one layer arrive nearly in order, so that an insertion sort is linear; where a pair has many, they
    are sorted first.
    """
    n = first = i = 0
    while i < len(a):
        j = i
        while j < len(a) and pair[j] == pair[i]:
            j += 1
        if j - i > 64:
            order = i + np.argsort(b[i:j], kind="mergesort")
            a[i:j], b[i:j], words[i:j], rarity[i:j] = a[order], b[order], words[order], rarity[order]
        first = n
        for row in range(i, j):
            run_a, run_b, run_words, run_rarity, run_pair = a[row], b[row], words[row], rarity[row], pair[row]
            k = n
            while k > first and (b[k - 1] > run_b or (b[k - 1] == run_b and a[k - 1] > run_a)):
                k -= 1
            if k > first and a[k - 1] == run_a and b[k - 1] == run_b:
                continue
            for m in range(n, k, -1):
                a[m], b[m], words[m], rarity[m] = a[m - 1], b[m - 1], words[m - 1], rarity[m - 1]
            pair[n] = run_pair
            a[k], b[k], words[k], rarity[k] = run_a, run_b, run_words, run_rarity
            n += 1
        i = j
    return n


def article_of(places: I64 | I32, bounds: I64) -> I64:
    """int64: the article that each place lies in."""
    return np.searchsorted(bounds, places, side="right") - 1


@dataclass(frozen=True, slots=True)
class Found:
    """Runs as they are found, one row each.

    The earlier and the later article, the tokens where it begins, its words and its rarity in nats. They lie in stretches, in each of which the later articles ascend; `ends` int64: where
    each stretch ends. Some runs come twice.
    """

    one: I32 | I64
    other: I32 | I64
    a: I64
    b: I64
    words: I32
    rarity: F64
    ends: I64


@compiled
def _hopeful(
    one: I32,
    other: I32,
    words: I32,
    rarity: F64,
    ends: I64,
    articles: int,
    least: float,
    longest: int,
    keep: Bools,
) -> None:
    """Mark the runs of the pairs that can come to something, as far as it shows before repeats are dropped."""
    total, most = np.zeros(articles, np.float64), np.zeros(articles, np.int32)
    at, upto = np.zeros(len(ends), np.int64), np.zeros(len(ends), np.int64)
    at[1:] = ends[:-1]
    while True:
        b = -1
        for s in range(len(ends)):
            if at[s] < ends[s] and (b < 0 or other[at[s]] < b):
                b = other[at[s]]
        if b < 0:
            return
        for s in range(len(ends)):
            upto[s] = at[s]
            while upto[s] < ends[s] and other[upto[s]] == b:
                a = one[upto[s]]
                total[a] += rarity[upto[s]]
                most[a] = max(most[a], words[upto[s]] - WIDTH + 1)
                upto[s] += 1
        for s in range(len(ends)):
            for k in range(at[s], upto[s]):
                keep[k] = total[one[k]] >= least or most[one[k]] >= longest
        for s in range(len(ends)):
            for k in range(at[s], upto[s]):
                total[one[k]], most[one[k]] = 0.0, 0
            at[s] = upto[s]


def grouped(found: Found, articles: int, enough: Enough) -> Seeds:
    """Runs as seeds: by pair, each once, without the pairs that can come to nothing."""
    keep = np.empty(len(found.a), np.bool_)
    sums = (found.ends, articles, enough.rarity, enough.shingles, keep)
    one, other = found.one.astype(np.int32), found.other.astype(np.int32)
    _hopeful(one, other, found.words, found.rarity, *sums)
    a, b, words, rarity = found.a[keep], found.b[keep], found.words[keep], found.rarity[keep]
    pair = other[keep].astype(np.int64) << 32 | one[keep]
    order = np.argsort(pair, kind="stable")
    a, b, words, rarity, pair = a[order], b[order], words[order], rarity[order], pair[order]
    n = _settle(a, b, words, rarity, pair)
    a, b, words, rarity, pair = a[:n], b[:n], words[:n], rarity[:n], pair[:n]
    if not n:
        return Seeds(a, b, words, np.zeros(1, np.int64))
    pairs = np.flatnonzero(np.diff(pair, prepend=-1))
    longest = np.maximum.reduceat(words, pairs) - WIDTH + 1
    hopeful = (np.add.reduceat(rarity, pairs) >= enough.rarity) | (longest >= enough.shingles)
    sizes = np.diff(np.append(pairs, n))
    kept = np.repeat(hopeful, sizes)
    ends = np.concatenate(([0], np.cumsum(sizes[hopeful]))).astype(np.int64)
    return Seeds(a[kept], b[kept], words[kept], ends)


def linked_runs(a: I64, b: I64, hashes: U64, bounds: I64, shingle: I32, idf: F64, enough: Enough) -> Seeds:
    """The seeds that the links from places `a` to places `b` lead to, in order of b, then of a; see `seeds`."""
    upto = np.concatenate(([0.0], np.cumsum(np.where(shingle >= 0, np.append(idf, 0.0)[shingle], 0.0))))
    memory = (np.zeros(_KNOWN, np.int64), np.zeros(_KNOWN, np.int64), np.zeros(_KNOWN, np.int64))
    one, other = np.empty(len(a), np.int64), np.empty(len(a), np.int64)
    out_a, out_b, words = np.empty(len(a), np.int64), np.empty(len(a), np.int64), np.empty(len(a), np.int32)
    rarity = np.empty(len(a), np.float64)
    owners = (article_of(a, bounds), article_of(b, bounds))
    n = _runs_of_links(a, b, *owners, hashes, bounds, upto, *memory, one, other, out_a, out_b, words, rarity)
    columns = (one[:n], other[:n], out_a[:n], out_b[:n], words[:n], rarity[:n])
    return grouped(Found(*columns, np.array([n], np.int64)), len(bounds) - 1, enough)


def seeds(
    tokens: Tokens, index: Postings, idf: F64, enough: Enough, fresh: Bools | None = None
) -> Iterator[Seeds]:
    """The seeds of the pile, in blocks of whole later articles, so that memory stays bounded.

    `idf` float64 (g,): the rarity of each shingle. `enough` tells which pairs can still come to a passage; the
    others, by far the most, go no further. With `fresh` bool (n,), pairs of two articles that are not are left out.
    """
    fresh = np.ones(tokens.articles, np.bool_) if fresh is None else fresh
    for found in found_runs(tokens, index, idf, fresh, [x.star for x in index.layers]):
        yield grouped(found, tokens.articles, enough)


def found_runs(
    tokens: Tokens, index: Postings, idf: F64, fresh: Bools, stars: Sequence[Bools]
) -> Iterator[Found]:
    """The runs that the links of the index lead to, some later articles at a time.

    `stars`: for each layer, which shingles link articles to the earliest only.
    """
    most = np.zeros(tokens.articles, np.int64)
    for layer, star in zip(index.layers, stars, strict=True):
        _links(layer.owners, layer.offsets, star, most)
    totals = np.concatenate(([0], np.cumsum(most)))
    memory = (np.zeros(_KNOWN, np.int64), np.zeros(_KNOWN, np.int64), np.zeros(_KNOWN, np.int64))
    lo = 0
    while lo < tokens.articles:
        hi = max(lo + 1, int(np.searchsorted(totals, totals[lo] + _BLOCK, side="right")) - 1)
        room = int(totals[hi] - totals[lo])
        if room:
            a, b, words = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int32)
            one, other = np.empty(room, np.int32), np.empty(room, np.int32)
            rarity, n, ends = np.empty(room, np.float64), 0, []
            for x, star in zip(index.layers, stars, strict=True):
                n = _runs(
                    lo,
                    hi,
                    tokens.hashes,
                    tokens.offsets,
                    index.shingle,
                    idf,
                    x.places,
                    x.owners,
                    x.offsets,
                    star,
                    x.at,
                    x.group,
                    fresh,
                    *memory,
                    one,
                    other,
                    a,
                    b,
                    words,
                    rarity,
                    n,
                )
                ends.append(n)
            if n:
                columns = (one[:n], other[:n], a[:n], b[:n], words[:n], rarity[:n])
                yield Found(*columns, np.array(ends, np.int64))
        lo = hi
