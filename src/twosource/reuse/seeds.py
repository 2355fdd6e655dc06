"""Postings to seeds: the longest runs of equal words that two articles share, grouped by pair.

A shingle that stands in few articles links every two of them. A common one links each article to the
earliest that has it (a star), so that 500 copies of a wire cost 500 links and not 125,000: dropping common
shingles would lose exactly the story that travelled furthest. Variants inside a large family still find each
other, through the shingles, or the longer ones made of common shingles (`postings`), that only they share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from twosource.reuse.compiled import compiled
from twosource.reuse.extension import extended, work_area
from twosource.reuse.postings import COMMON, OCCURRENCES, Postings
from twosource.reuse.shingles import WIDTH
from twosource.reuse.tokens import F64, I32, I64, U64, Bools, Tokens

__all__ = ["COMMON", "Seeds", "article_of", "seeds"]

_BLOCK = 2_000_000  # links followed at once: bounds the memory, changes no result
_ROUNDING = 1e-3  # nats, by which sums may differ that were added up in another order, and a lot more
_KNOWN = 1 << 13  # runs remembered by how far their two sides are apart; forgetting one costs time only


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


ALL = Enough(0.0, 1)
"""Every pair, whatever it comes to."""


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


class Texts(NamedTuple):
    """What the loops look at of the pile: `hashes` and `bounds` of its words, as `tokens` has them.

    `shingle` int32 (t,): which shared shingle begins at each of them; `idf` float64 (g,): its rarity.
    """

    hashes: U64
    bounds: I64
    shingle: I32
    idf: F64


class Lists(NamedTuple):
    """What they look at of a layer of the index, see `postings.Layer`; `fresh` bool (n,): articles that are new."""

    places: I32
    owners: I32
    groups: I64
    stars: Bools
    at: I32
    group: I32
    fresh: Bools


class Found(NamedTuple):
    """Runs as they are found, one row each.

    The earlier and the later article, the tokens where it begins, its words and its rarity in nats; `alone`: whether
    it may be a passage without another run beside it. They lie in stretches, in each of which the later articles
    ascend; `ends` int64: where each stretch ends. Some runs come twice.
    """

    one: I32
    other: I32
    a: I64
    b: I64
    words: I32
    rarity: F64
    alone: Bools
    ends: I64

    @staticmethod
    def of(size: int) -> Found:
        """Room for so many runs."""
        whole, half = (np.empty((2, size), kind) for kind in (np.int64, np.int32))
        words, rarity, alone = np.empty(size, np.int32), np.empty(size, np.float64), np.empty(size, np.bool_)
        return Found(half[0], half[1], whole[0], whole[1], words, rarity, alone, np.zeros(0, np.int64))

    def upto(self, ends: Sequence[int]) -> Found:
        """The runs of the stretches that end there."""
        n = ends[-1]
        return Found(
            self.one[:n],
            self.other[:n],
            self.a[:n],
            self.b[:n],
            self.words[:n],
            self.rarity[:n],
            self.alone[:n],
            np.array(ends, np.int64),
        )


@compiled
def _weighed(
    b: int,
    begin: int,
    end: int,
    texts: Texts,
    x: Lists,
    least: float,
    each: float,
    total: F64,
    met: I32,
) -> int:
    """Add up, by earlier article, what rarity the links of article b's places at[begin:end] can come to at most.

    Without a look at any word, in one walk over the lists of the index. `each` is what a link counts for at least. A
    run can go on through places that are not linked: in a star, or in a shingle that one article repeats; then `least`
    is added. `met`: the articles that have got something; returns how many.
    """
    n = 0
    for e in range(begin, end):
        q, g = x.at[e], x.group[e]
        weight = max(texts.idf[g], each)
        before = q > texts.bounds[b] and texts.shingle[q - 1] >= 0
        if before and (e == begin or x.at[e - 1] != q - 1 or x.stars[x.group[e - 1]]):
            weight += least
        behind = q + 1 < texts.bounds[b + 1] and texts.shingle[q + 1] >= 0
        if behind and (e + 1 == end or x.at[e + 1] != q + 1 or x.stars[x.group[e + 1]]):
            weight += least
        first, star = x.owners[x.groups[g]], x.stars[g]
        for k in range(x.groups[g], x.groups[g + 1]):
            a = x.owners[k]
            if a >= b or (star and a != first):
                break
            if not (x.fresh[a] or x.fresh[b]):
                continue
            if total[a] == 0.0:
                met[n] = a
                n += 1
            total[a] += weight
            if k >= x.groups[g] + OCCURRENCES - 1 and x.owners[k - OCCURRENCES + 1] == a:
                total[a] += least
    return n


@compiled
def _added_up(begin: int, end: int, texts: Texts, upto: F64) -> None:
    """Write the rarity of all shingles before each of the places from `begin` to before `end`."""
    for i in range(begin, end):
        h = texts.shingle[i]
        upto[i - begin + 1] = upto[i - begin] + (texts.idf[h] if h >= 0 else 0.0)


@compiled
def _alone(
    p: int,
    q: int,
    words: int,
    rarity: float,
    a: int,
    b: int,
    hashes: U64,
    bounds: I64,
    least: float,
    longest: int,
    room: I32,
) -> bool:
    """Whether a run of the articles a and b can be a passage without another one.

    It is long enough, or will be when its ends are aligned.
    """
    if least <= 0 or words >= longest + WIDTH - 1:
        return True
    if rarity < least:
        return False
    _, _, before = extended(hashes, p - 1, bounds[a] - 1, q - 1, bounds[b] - 1, -1, room)
    if words + before >= longest + WIDTH - 1:
        return True
    _, _, behind = extended(hashes, p + words, bounds[a + 1], q + words, bounds[b + 1], 1, room)
    return bool(words + before + behind >= longest + WIDTH - 1)


@compiled
def _runs(
    lo: int,
    hi: int,
    texts: Texts,
    x: Lists,
    least: float,
    longest: int,
    known: I64,
    out: Found,
    total: F64,
) -> int:
    """The runs of one layer between the articles lo … hi - 1 and those before each of them, from row out.ends[-1] on.

    `known` int64 (_KNOWN, 3): the last run met for each difference of places, and the places of its later side: a link
    that lies inside it gives it once more. With `least` above 0, runs of pairs that can come to nothing are left out,
    as far as the index alone shows it, and asked for are the pairs that the layers in `out` have found already;
    `total` float64 (n,) is all 0 then, and is left so.
    """
    hashes, bounds = texts.hashes, texts.bounds
    mask = len(known) - 1
    n = int(out.ends[-1])
    upto = np.zeros(1, np.float64)
    met, room = np.empty(len(total), np.int32), work_area()
    single = np.full(
        len(total), -1, np.int64
    )  # the only run with each earlier article, -2 where there are more
    done = np.zeros(len(out.ends), np.int64)
    done[1:] = out.ends[:-1]
    begin = np.searchsorted(x.at, bounds[lo])
    for b in range(lo, hi):
        end = begin
        while end < len(x.at) and x.at[end] < bounds[b + 1]:
            end += 1
        if len(upto) <= bounds[b + 1] - bounds[b]:
            upto = np.zeros(2 * (bounds[b + 1] - bounds[b]) + 1, np.float64)
        if begin < end:
            _added_up(bounds[b], bounds[b + 1], texts, upto)
        heard, first_row = 0, n
        if least > 0:
            heard = _weighed(b, begin, end, texts, x, least, least / longest, total, met)
            for s in range(len(done)):  # a pair that another layer has found is followed in any case
                while done[s] < out.ends[s] and out.other[done[s]] == b:
                    if total[out.one[done[s]]] > 0:
                        total[out.one[done[s]]] += least
                    done[s] += 1
        for e in range(begin, end):
            q, g = int(x.at[e]), x.group[e]
            first, star = x.owners[x.groups[g]], x.stars[g]
            for k in range(x.groups[g], x.groups[g + 1]):
                a = x.owners[k]
                if a >= b or (star and a != first):
                    break
                if (least > 0 and total[a] < least - _ROUNDING) or not (x.fresh[a] or x.fresh[b]):
                    continue
                p = int(x.places[k])
                slot = (q - p) & mask
                if known[slot, 0] == q - p and known[slot, 1] <= q < known[slot, 2]:
                    continue
                begin_p, begin_q, end_q = _run(
                    p, q, bounds[a], bounds[a + 1], bounds[b], bounds[b + 1], hashes
                )
                known[slot, 0], known[slot, 1], known[slot, 2] = q - p, begin_q, end_q
                out.one[n], out.other[n], out.a[n], out.b[n] = a, b, begin_p, begin_q
                out.words[n], out.alone[n] = end_q - begin_q, True
                out.rarity[n] = upto[end_q - WIDTH + 1 - bounds[b]] - upto[begin_q - bounds[b]]
                single[a] = n if single[a] == -1 else -2
                n += 1
        for k in range(first_row, n):
            a = out.one[k]
            if single[a] == k:
                run = (out.a[k], out.b[k], out.words[k], out.rarity[k])
                out.alone[k] = _alone(*run, a, b, hashes, bounds, least, longest, room)
            single[a] = -1
        for k in range(heard):
            total[met[k]] = 0.0
        begin = end
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
    out: Found,
) -> int:
    """`_runs`, from links that are given. `upto` float64 (t + 1,): the rarity of all shingles before each token."""
    mask = len(known) - 1
    n = 0
    for k in range(len(places_a)):
        p, q, a, b = places_a[k], places_b[k], article_a[k], article_b[k]
        slot = (q - p) & mask
        if known[slot, 0] == q - p and known[slot, 1] <= q < known[slot, 2]:
            continue
        begin_p, begin_q, end_q = _run(p, q, bounds[a], bounds[a + 1], bounds[b], bounds[b + 1], hashes)
        known[slot, 0], known[slot, 1], known[slot, 2] = q - p, begin_q, end_q
        out.one[n], out.other[n], out.a[n], out.b[n] = a, b, begin_p, begin_q
        out.words[n], out.alone[n] = end_q - begin_q, True
        out.rarity[n] = upto[end_q - WIDTH + 1] - upto[begin_q]
        n += 1
    return n


@compiled
def _settle(a: I64, b: I64, words: I32, rarity: F64, alone: Bools, pair: I64) -> int:
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
            a[i:j], b[i:j], words[i:j] = a[order], b[order], words[order]
            rarity[i:j], alone[i:j] = rarity[order], alone[order]
        first = n
        for row in range(i, j):
            run_a, run_b, run_words, run_pair = a[row], b[row], words[row], pair[row]
            run_rarity, run_alone = rarity[row], alone[row]
            k = n
            while k > first and (b[k - 1] > run_b or (b[k - 1] == run_b and a[k - 1] > run_a)):
                k -= 1
            if k > first and a[k - 1] == run_a and b[k - 1] == run_b:
                continue
            for m in range(n, k, -1):
                a[m], b[m], words[m] = a[m - 1], b[m - 1], words[m - 1]
                rarity[m], alone[m] = rarity[m - 1], alone[m - 1]
            pair[n] = run_pair
            a[k], b[k], words[k], rarity[k], alone[k] = run_a, run_b, run_words, run_rarity, run_alone
            n += 1
        i = j
    return n


def article_of(places: I64 | I32, bounds: I64) -> I64:
    """int64: the article that each place lies in."""
    return np.searchsorted(bounds, places, side="right") - 1


@compiled
def _hopeful(
    one: I32,
    other: I32,
    words: I32,
    rarity: F64,
    alone: Bools,
    ends: I64,
    articles: int,
    least: float,
    longest: int,
    keep: Bools,
) -> None:
    """Mark the runs of the pairs that can come to something, as far as it shows before repeats are dropped."""
    total, most = np.zeros(articles, np.float64), np.zeros(articles, np.int32)
    several, runs = np.zeros(articles, np.bool_), np.zeros(articles, np.bool_)
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
                several[a] = several[a] or runs[a] or alone[upto[s]]
                runs[a] = True
                upto[s] += 1
        for s in range(len(ends)):
            for k in range(at[s], upto[s]):
                keep[k] = (total[one[k]] >= least and several[one[k]]) or most[one[k]] >= longest
        for s in range(len(ends)):
            for k in range(at[s], upto[s]):
                total[one[k]], most[one[k]] = 0.0, 0
                several[one[k]] = runs[one[k]] = False
            at[s] = upto[s]


def grouped(found: Found, articles: int, enough: Enough) -> Seeds:
    """Runs as seeds: by pair, each once, without the pairs that can come to nothing."""
    keep = np.empty(len(found.a), np.bool_)
    sums = (found.ends, articles, enough.rarity, enough.shingles, keep)
    one, other = found.one, found.other
    _hopeful(one, other, found.words, found.rarity, found.alone, *sums)
    pair = other[keep].astype(np.int64) << 32 | one[keep]
    order = np.argsort(pair, kind="stable")
    rows = np.flatnonzero(keep)[order]
    a, b, words = found.a[rows], found.b[rows], found.words[rows]
    rarity, alone = found.rarity[rows], found.alone[rows]
    pair = pair[order]
    n = _settle(a, b, words, rarity, alone, pair)
    a, b, words, rarity, alone, pair = a[:n], b[:n], words[:n], rarity[:n], alone[:n], pair[:n]
    if not n:
        return Seeds(a, b, words, np.zeros(1, np.int64))
    pairs = np.flatnonzero(np.diff(pair, prepend=-1))
    sizes = np.diff(np.append(pairs, n))
    longest = np.maximum.reduceat(words, pairs) - WIDTH + 1
    hopeful = np.add.reduceat(rarity, pairs) >= enough.rarity
    hopeful &= (sizes > 1) | alone[pairs]
    hopeful |= longest >= enough.shingles
    kept = np.repeat(hopeful, sizes)
    ends = np.concatenate(([0], np.cumsum(sizes[hopeful]))).astype(np.int64)
    return Seeds(a[kept], b[kept], words[kept], ends)


def linked_runs(a: I64, b: I64, hashes: U64, bounds: I64, shingle: I32, idf: F64, enough: Enough) -> Seeds:
    """The seeds that the links from places `a` to places `b` lead to, in order of b, then of a; see `seeds`."""
    upto = np.concatenate(([0.0], np.cumsum(np.where(shingle >= 0, np.append(idf, 0.0)[shingle], 0.0))))
    out = Found.of(len(a))
    owners = (article_of(a, bounds), article_of(b, bounds))
    n = _runs_of_links(a, b, *owners, hashes, bounds, upto, np.zeros((_KNOWN, 3), np.int64), out)
    return grouped(out.upto([n]), len(bounds) - 1, enough)


def seeds(
    tokens: Tokens, index: Postings, idf: F64, enough: Enough, fresh: Bools | None = None
) -> Iterator[Seeds]:
    """The seeds of the pile, in blocks of whole later articles, so that memory stays bounded.

    `idf` float64 (g,): the rarity of each shingle. `enough` tells which pairs can still come to a passage; the
    others, by far the most, go no further. With `fresh` bool (n,), pairs of two articles that are not are left out.
    """
    fresh = np.ones(tokens.articles, np.bool_) if fresh is None else fresh
    for found in found_runs(tokens, index, idf, fresh, [x.star for x in index.layers], enough):
        yield grouped(found, tokens.articles, enough)


def found_runs(
    tokens: Tokens, index: Postings, idf: F64, fresh: Bools, stars: Sequence[Bools], enough: Enough
) -> Iterator[Found]:
    """The runs that the links of the index lead to, some later articles at a time.

    `stars`: for each layer, which shingles link articles to the earliest only. Runs of pairs that cannot come to
    `enough` are left out, as far as the index alone shows it. What is yielded is written over by the next.
    """
    most = np.zeros(tokens.articles, np.int64)
    for layer, star in zip(index.layers, stars, strict=True):
        _links(layer.owners, layer.offsets, star, most)
    totals = np.concatenate(([0], np.cumsum(most)))
    texts = Texts(tokens.hashes, tokens.offsets, index.shingle, idf)
    known = np.zeros((_KNOWN, 3), np.int64)
    total = np.zeros(tokens.articles, np.float64)
    out = Found.of(0)
    lo = 0
    while lo < tokens.articles:
        hi = max(lo + 1, int(np.searchsorted(totals, totals[lo] + _BLOCK, side="right")) - 1)
        if totals[hi] > totals[lo]:
            if len(out.a) < totals[hi] - totals[lo]:
                out = Found.of(int(totals[hi] - totals[lo]))
            ends = [0]
            # the longest shingles first: which pairs they have found is asked when the first layer is followed
            for number in reversed(range(len(stars))):
                x = index.layers[number]
                least = enough.rarity if number == 0 else 0.0
                lists = Lists(x.places, x.owners, x.offsets, stars[number], x.at, x.group, fresh)
                so_far = out._replace(ends=np.array(ends, np.int64))
                ends.append(_runs(lo, hi, texts, lists, least, enough.shingles, known, so_far, total))
            if ends[-1]:
                yield out.upto(ends[1:])
        lo = hi
