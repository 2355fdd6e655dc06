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
from twosource.reuse.extension import extended, short, work_area
from twosource.reuse.grouping import OCCURRENCES
from twosource.reuse.postings import COMMON, LIMITS, Layer, Postings
from twosource.reuse.shingles import WIDTH
from twosource.reuse.tokens import F64, I32, I64, U8, U32, Bools

__all__ = ["COMMON", "Seeds", "Texts", "article_of", "seeds"]

_BLOCK = 1_000_000  # links followed at once: bounds the memory, changes no result
_ROUNDING = 1e-3  # nats, by which sums may differ that were added up in another order, and a lot more
_KNOWN = 1 << 12  # runs remembered by how far their two sides are apart; forgetting one costs time only
_AHEAD = 64  # links whose words are fetched before the first of them is looked at
_MANY = 64  # runs of one pair that an insertion sort takes
_STAR, _GOES_ON = 1, 2


@dataclass(frozen=True, slots=True)
class Seeds:
    """Runs of equal words, grouped by pair of articles, inside a pair by place in b, then in a.

    `a`, `b` int64 (s,): the tokens of the earlier and the later article where a run begins; `words` int32
    (s,): its length, ≥ 5. `pairs` int64 (p + 1,): where each pair begins. `one`, `other` int32 (p,): its articles.
    """

    a: I64
    b: I64
    words: I32
    pairs: I64
    one: I32
    other: I32


@dataclass(frozen=True, slots=True)
class Enough:
    """Which pairs of articles can still come to a passage.

    Those whose shared shingles have `rarity` nats together, or of which so many `shingles` stand in one run.
    """

    rarity: float
    shingles: int


ALL = Enough(0.0, 1)
"""Every pair, whatever it comes to."""


class Texts(NamedTuple):
    """What the loops look at of the pile: `hashes` and `bounds` of its words, as `tokens` has them.

    `carriers` int32 (t,): in how many articles the shingle stands that begins at each of them, 0 where it is not
    shared; `idf` float64 (n + 1,): the rarity of a shingle by that number. `fresh` bool (n,): articles that are new. `bytes_`: see `extension.short`.
    """

    hashes: U32
    bounds: I64
    carriers: I32
    idf: F64
    fresh: Bools
    bytes_: U8

    @staticmethod
    def of(hashes: U32, bounds: I64, carriers: I32, idf: F64, fresh: Bools) -> Texts:
        """With what is worked out from the words."""
        return Texts(hashes, bounds, carriers, idf, fresh, short(hashes))


class Lists(NamedTuple):
    """What they look at of a layer of the index, see `postings.Layer`.

    `kinds` uint8 (g,): _STAR where a shingle is star-linked; _GOES_ON where it stands behind the one before it
    wherever either does, so that its links tell nothing new.
    """

    places: I32
    owners: I32
    groups: I64
    kinds: U8
    at: I32
    group: I32


class Room(NamedTuple):
    """What the loops write to on the way, so that it is made once.

    By earlier article, left as it is found: `total` float64, all 0, what rarity its links with the article at hand can
    come to; `single` int64, all -1, its only run, -2 where there are more; `longest` int32, all 0, words of its
    longest run. The others hold what belongs to the article at hand.
    """

    total: F64
    single: I64
    longest: I32
    met: I32
    upto: F64
    heads: I64
    known: I32
    runs: I64
    rarity: F64
    pairs: I64
    band: I64


class Out(NamedTuple):
    """Where the seeds of one block are written; `ends` int64, from row 1 on: where each pair ends. See `Seeds`."""

    a: I64
    b: I64
    words: I32
    ends: I64
    one: I32
    other: I32

    @staticmethod
    def of(size: int) -> Out:
        """For so many runs at most."""
        a, b, ends = np.empty(size, np.int64), np.empty(size, np.int64), np.zeros(size + 1, np.int64)
        words, one, other = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int32)
        return Out(a, b, words, ends, one, other)

    def upto(self, pairs: int) -> Seeds:
        """The seeds of so many pairs."""
        n = int(self.ends[pairs])
        ends = self.ends[: pairs + 1]
        return Seeds(self.a[:n], self.b[:n], self.words[:n], ends, self.one[:pairs], self.other[:pairs])


@compiled
def _links(owners: I32, offsets: I64, kinds: U8, out: I64) -> None:
    """Add to each article the most places in earlier articles that its shingles can lead to."""
    for g in range(len(kinds)):
        if kinds[g] & _GOES_ON:
            continue
        for k in range(offsets[g], offsets[g + 1]):
            before = k - offsets[g]
            out[owners[k]] += min(before, OCCURRENCES) if kinds[g] & _STAR else before


@compiled
def _kinds(places: I32, offsets: I64, star: Bools, out: U8) -> None:
    """Tell the shingles that are star-linked, and those that go on from the one before them wherever they stand."""
    for g in range(len(star)):
        size = offsets[g + 1] - offsets[g]
        goes_on = g > 0 and offsets[g] - offsets[g - 1] == size and star[g] == star[g - 1]
        k = 0
        while goes_on and k < size:
            goes_on = places[offsets[g] + k] == places[offsets[g - 1] + k] + 1
            k += 1
        out[g] = (_STAR if star[g] else 0) | (_GOES_ON if goes_on else 0)


def lists(layer: Layer, star: Bools) -> Lists:
    """A layer as the loops take it, with the shingles that are to be star-linked."""
    kinds = np.empty(len(star), np.uint8)
    _kinds(layer.places, layer.offsets, star, kinds)
    return Lists(layer.places, layer.owners, layer.offsets, kinds, layer.at, layer.group)


@compiled
def _run(p: int, q: int, a: int, a_end: int, b: int, b_end: int, hashes: U32) -> tuple[int, int, int]:
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
def _heads(begin: int, end: int, x: Lists, heads: I64) -> int:
    """Fetch the lists of the shingles at[begin:end] of an article: those that go on from the one before say nothing new.

    A row of `heads`: where the shingle stands in `at`, where its list begins and ends, its kind, the first article
    of the list. All that is far apart in memory is asked for in loops that wait for nothing. Returns how many.
    """
    group, kinds, groups, owners = x.group, x.kinds, x.groups, x.owners
    n = 0
    for e in range(begin, end):
        g = group[e]
        kind = kinds[g]
        heads[0, n], heads[1, n], heads[2, n], heads[3, n] = e, groups[g], groups[g + 1], kind & _STAR
        n += kind < _GOES_ON
    heads[0, n] = end
    for i in range(n):
        heads[4, i] = owners[heads[1, i]]
    return n


@compiled
def _weighed(b: int, n: int, end: int, texts: Texts, x: Lists, least: float, each: float, room: Room) -> int:
    """Add up, by earlier article, what rarity the links of the article b can come to at most.

    Without a look at any word, in one walk over the lists of its `n` heads, whose places end at `end`. `each` is what
    a link counts for at least. A run can go on through places that are not linked: in a star, or in a shingle that one
    article repeats; then `least` is added. Returns how many articles have got something; `room.met` holds them.
    """
    heads, total, met, at, owners = room.heads, room.total, room.met, x.at, x.owners
    carriers, idf, fresh = texts.carriers, texts.idf, texts.fresh
    begin_b, end_b, all_fresh = texts.bounds[b], texts.bounds[b + 1], texts.fresh[b]
    count = 0
    for i in range(n):
        e, behind_e = heads[0, i], heads[0, i + 1]
        q, last = at[e], at[behind_e - 1]
        weight = max(idf[carriers[q]], each) * (behind_e - e)
        before = q > begin_b and carriers[q - 1] > 0
        if before and (i == 0 or at[e - 1] != q - 1 or heads[3, i - 1]):
            weight += least
        behind = last + 1 < end_b and carriers[last + 1] > 0
        if behind and (behind_e == end or at[behind_e] != last + 1 or heads[3, i + 1]):
            weight += least
        begin, first, star = heads[1, i], heads[4, i], heads[3, i]
        for k in range(begin, heads[2, i]):
            a = owners[k]
            if a >= b or (star and a != first):
                break
            if not (all_fresh or fresh[a]):
                continue
            if total[a] == 0.0:
                met[count] = a
                count += 1
            total[a] += weight
            if k >= begin + OCCURRENCES - 1 and owners[k - OCCURRENCES + 1] == a:
                total[a] += least
    return count


@compiled
def _followed(asked: int, n: int, b: int, texts: Texts, room: Room) -> int:
    """Add the runs of equal words around so many links that are `asked` for to the `n` that article b has."""
    hashes, bounds, known, runs, links = texts.hashes, texts.bounds, room.known, room.runs, room.pairs
    upto, rarity = room.upto, room.rarity
    begin_b, end_b = bounds[b], bounds[b + 1]
    mask = known.shape[0] - 1
    last = len(hashes) - 1
    # the words on both sides of a link are far from those of the next one: fetched in a loop that waits for nothing
    for j in range(asked):
        p = links[1, j]
        links[3, j] = np.int64(hashes[max(p - 2, 0)] ^ hashes[min(p + WIDTH + 1, last)])
    for j in range(asked):
        a, p, q = links[0, j], links[1, j], links[2, j]
        slot = (q - p) & mask
        if known[slot, 0] == q - p and known[slot, 1] <= q < known[slot, 2]:
            continue
        begin_p, begin_q, end_q = _run(p, q, bounds[a], bounds[a + 1], begin_b, end_b, hashes)
        known[slot, 0], known[slot, 1], known[slot, 2] = q - p, begin_q, end_q
        runs[0, n], runs[1, n], runs[2, n], runs[3, n] = a, begin_p, begin_q, end_q - begin_q
        rarity[n] = upto[end_q - WIDTH + 1 - begin_b] - upto[begin_q - begin_b]
        n += 1
    return n


@compiled
def _walked(b: int, heads: int, bar: float, n: int, texts: Texts, x: Lists, room: Room) -> int:
    """Follow the links of the article b to articles that can come to the `bar`; returns how many runs it has then.

    A link that lies inside the last run met for its difference of places gives that run once more.
    """
    known, links, listed, total = room.known, room.pairs, room.heads, room.total
    at, owners, places, fresh = x.at, x.owners, x.places, texts.fresh
    mask = known.shape[0] - 1
    all_fresh = fresh[b]
    asked = 0
    for i in range(heads):
        q = np.int64(at[listed[0, i]])
        first, star = listed[4, i], listed[3, i]
        for k in range(listed[1, i], listed[2, i]):
            a = owners[k]
            if a >= b or (star and a != first):
                break
            if total[a] < bar or not (all_fresh or fresh[a]):
                continue
            p = np.int64(places[k])
            slot = (q - p) & mask
            if known[slot, 0] == q - p and known[slot, 1] <= q < known[slot, 2]:
                continue
            links[0, asked], links[1, asked], links[2, asked] = a, p, q
            asked += 1
            if asked == _AHEAD:
                n = _followed(asked, n, b, texts, room)
                asked = 0
    return _followed(asked, n, b, texts, room)


@compiled
def _hopeful(b: int, n: int, texts: Texts, least: float, longest: int, room: Room, keys: I64) -> int:
    """Choose from the `n` runs of the article b those of pairs that can come to something.

    Writes to `keys` what puts them in order, by pair and place; returns how many.
    """
    runs, total, single, most, rarity = room.runs, room.total, room.single, room.longest, room.rarity
    hashes, bytes_, bounds, band = texts.hashes, texts.bytes_, texts.bounds, room.band
    long = longest + WIDTH - 1
    for k in range(n):
        a = runs[0, k]
        total[a] += rarity[k]
        most[a] = max(most[a], runs[3, k])
        single[a] = k if single[a] == -1 else -2
    kept = 0
    for k in range(n):
        a = runs[0, k]
        keep = most[a] >= long or total[a] >= least
        if keep and single[a] >= 0 and least > 0 and runs[3, k] < long:
            # alone, it must come to a passage when its ends are aligned
            keep = rarity[k] >= least
            if keep:
                p, q, words = runs[1, k], runs[2, k], runs[3, k]
                begin, end = bounds[a], bounds[a + 1]
                _, _, more = extended(hashes, bytes_, p - 1, begin - 1, q - 1, bounds[b] - 1, -1, band)
                if words + more < long:
                    _, _, behind = extended(hashes, bytes_, p + words, end, q + words, bounds[b + 1], 1, band)
                    keep = words + more + behind >= long
        keys[kept] = a << 32 | k
        kept += keep
    for k in range(n):
        a = runs[0, k]
        total[a], single[a], most[a] = 0.0, -1, 0
    return kept


@compiled
def _written(
    other: int, kept: int, room: Room, keys: I64, seeds: int, pairs: int, out: Out
) -> tuple[int, int]:
    """Write the chosen runs of the article `other` behind so many `seeds`, by pair and place, each once.

    Those of one layer arrive nearly in order, so that an insertion sort is linear; where a pair has many, they
    are sorted first.
    """
    runs, a, b, words = room.runs, out.a, out.b, out.words
    order = keys[:kept]
    order.sort()
    i = 0
    while i < kept:
        article, j = order[i] >> 32, i
        while j < kept and order[j] >> 32 == article:
            order[j] &= 0xFFFFFFFF
            j += 1
        if j - i > _MANY:
            rows = order[i:j].copy()
            order[i:j] = rows[np.argsort(runs[2][rows], kind="mergesort")]
        first = seeds
        for n in range(i, j):
            k = order[n]
            run_a, run_b, run_words = runs[1, k], runs[2, k], runs[3, k]
            at = seeds
            while at > first and (b[at - 1] > run_b or (b[at - 1] == run_b and a[at - 1] > run_a)):
                at -= 1
            if at > first and a[at - 1] == run_a and b[at - 1] == run_b:
                continue
            for m in range(seeds, at, -1):
                a[m], b[m], words[m] = a[m - 1], b[m - 1], words[m - 1]
            a[at], b[at], words[at] = run_a, run_b, run_words
            seeds += 1
        out.one[pairs], out.other[pairs] = article, other
        pairs += 1
        out.ends[pairs] = seeds
        i = j
    return seeds, pairs


@compiled
def _added_up(b: int, texts: Texts, upto: F64) -> None:
    """Write the rarity of all shingles before each of the words of the article b."""
    carriers, idf, begin = texts.carriers, texts.idf, texts.bounds[b]
    for i in range(begin, texts.bounds[b + 1]):
        n = carriers[i]
        upto[i - begin + 1] = upto[i - begin] + (idf[n] if n > 0 else 0.0)


@compiled
def _seeds(
    lo: int,
    hi: int,
    texts: Texts,
    layers: tuple[Lists, ...],
    least: float,
    longest: int,
    room: Room,
    out: Out,
) -> int:
    """Write the seeds between the articles lo … hi - 1 and those before each of them; returns how many pairs.

    The longest shingles first: which pairs they have found is asked when the first layer is followed. There, with
    `least` above 0, pairs that can come to nothing are left out, as far as the index alone shows it.
    """
    bounds, depth = texts.bounds, len(layers)
    at = np.zeros(depth, np.int64)
    for number in range(depth):
        at[number] = np.searchsorted(layers[number].at, bounds[lo])
    keys = np.empty(room.runs.shape[1], np.int64)
    seeds = pairs = 0
    for other in range(lo, hi):
        n, added_up = 0, False
        for number in range(depth - 1, -1, -1):
            x = layers[number]
            begin = at[number]
            end = begin
            while end < len(x.at) and x.at[end] < bounds[other + 1]:
                end += 1
            at[number] = end
            if begin == end:
                continue
            if not added_up:
                _added_up(other, texts, room.upto)
                added_up = True
            heads = _heads(begin, end, x, room.heads)
            if number > 0 or least <= 0:
                n = _walked(other, heads, -1.0, n, texts, x, room)
                continue
            heard = _weighed(other, heads, end, texts, x, least, least / longest, room)
            for k in range(n):  # a pair that another layer has found is followed in any case
                if room.total[room.runs[0, k]] > 0:
                    room.total[room.runs[0, k]] += least
            n = _walked(other, heads, least - _ROUNDING, n, texts, x, room)
            for k in range(heard):
                room.total[room.met[k]] = 0.0
        if n:
            kept = _hopeful(other, n, texts, least, longest, room, keys)
            seeds, pairs = _written(other, kept, room, keys, seeds, pairs, out)
    return pairs


@compiled
def _seeds_of_links(
    linked_a: I64,
    linked_b: I64,
    one: I64,
    other: I64,
    texts: Texts,
    least: float,
    longest: int,
    room: Room,
    out: Out,
) -> int:
    """`_seeds`, from links that are given, those of one later article together."""
    keys = np.empty(room.runs.shape[1], np.int64)
    seeds = pairs = i = 0
    while i < len(other):
        article, n = other[i], 0
        _added_up(article, texts, room.upto)
        while i < len(other) and other[i] == article:
            asked = 0
            while i < len(other) and other[i] == article and asked < _AHEAD:
                room.pairs[0, asked], room.pairs[1, asked], room.pairs[2, asked] = (
                    one[i],
                    linked_a[i],
                    linked_b[i],
                )
                asked, i = asked + 1, i + 1
            n = _followed(asked, n, article, texts, room)
        kept = _hopeful(article, n, texts, least, longest, room, keys)
        seeds, pairs = _written(article, kept, room, keys, seeds, pairs, out)
    return pairs


@compiled
def _seeds_of_runs(
    run_a: I64,
    run_b: I64,
    run_words: I32,
    one: I64,
    other: I64,
    texts: Texts,
    least: float,
    longest: int,
    room: Room,
    out: Out,
) -> int:
    """`_seeds`, from runs that are given, those of one later article together."""
    keys = np.empty(room.runs.shape[1], np.int64)
    seeds = pairs = i = 0
    while i < len(other):
        article, n = other[i], 0
        _added_up(article, texts, room.upto)
        begin = texts.bounds[article]
        while i < len(other) and other[i] == article:
            room.runs[0, n], room.runs[1, n], room.runs[2, n] = one[i], run_a[i], run_b[i]
            room.runs[3, n] = run_words[i]
            last = run_b[i] + run_words[i] - WIDTH + 1 - begin
            room.rarity[n] = room.upto[last] - room.upto[run_b[i] - begin]
            n, i = n + 1, i + 1
        kept = _hopeful(article, n, texts, least, longest, room, keys)
        seeds, pairs = _written(article, kept, room, keys, seeds, pairs, out)
    return pairs


def article_of(places: I64 | I32, bounds: I64) -> I64:
    """int64: the article that each place lies in."""
    return np.searchsorted(bounds, places, side="right") - 1


def _room(bounds: I64, places: int, runs: int) -> Room:
    """Room for articles of which none has more than so many `places` in a layer, and so many `runs`."""
    articles = len(bounds) - 1
    words = int(np.diff(bounds).max(initial=0))
    return Room(
        np.zeros(articles, np.float64),
        np.full(articles, -1, np.int64),
        np.zeros(articles, np.int32),
        np.empty(articles, np.int32),
        np.zeros(words + 1, np.float64),
        np.empty((5, places + 1), np.int64),
        np.zeros((_KNOWN, 4), np.int32),
        np.empty((4, runs), np.int64),
        np.empty(runs, np.float64),
        np.empty((4, _AHEAD), np.int64),
        work_area(),
    )


def linked_seeds(a: I64, b: I64, texts: Texts, enough: Enough) -> Seeds:
    """The seeds that the links from places `a` to places `b` lead to, in order of b, then of a; see `seeds`."""
    one, other = article_of(a, texts.bounds), article_of(b, texts.bounds)
    room = _room(texts.bounds, 0, int(np.bincount(other).max(initial=0)))
    out = Out.of(len(a))
    return out.upto(_seeds_of_links(a, b, one, other, texts, enough.rarity, enough.shingles, room, out))


def run_seeds(a: I64, b: I64, words: I32, one: I64, other: I64, texts: Texts, enough: Enough) -> Seeds:
    """The seeds among runs that are given: where they begin, how long they are, and their articles; see `seeds`."""
    room = _room(texts.bounds, 0, int(np.bincount(other).max(initial=0)))
    out = Out.of(len(a))
    runs = (a, b, words, one, other)
    return out.upto(_seeds_of_runs(*runs, texts, enough.rarity, enough.shingles, room, out))


def seeds(
    index: Postings, texts: Texts, enough: Enough, stars: Sequence[Bools] | None = None
) -> Iterator[Seeds]:
    """The seeds of the pile, in blocks of whole later articles, so that memory stays bounded.

    `enough` tells which pairs can still come to a passage; the others, by far the most, go no further. Pairs of two
    articles that are not `texts.fresh` are left out. `stars`: for each layer, which shingles link articles to the
    earliest only, where that is not what the layers say. What is yielded is written over by the next.
    """
    articles = len(texts.bounds) - 1
    every = [lists(x, x.star if stars is None else stars[i]) for i, x in enumerate(index.layers)]
    most, places = np.zeros(articles, np.int64), 0
    for x in every:
        _links(x.owners, x.groups, x.kinds, most)
        begins = np.searchsorted(x.at, texts.bounds.astype(np.int32))
        places = max(places, int(np.diff(begins).max(initial=0)))
    totals = np.concatenate(([0], np.cumsum(most)))
    room, out = _room(texts.bounds, places, int(most.max(initial=0))), Out.of(0)
    none = np.empty(0, np.int32)
    every += [Lists(none, none, np.zeros(1, np.int64), np.empty(0, np.uint8), none, none)] * (
        len(LIMITS) - len(every)
    )
    lo = 0
    while lo < articles:
        hi = max(lo + 1, int(np.searchsorted(totals, totals[lo] + _BLOCK, side="right")) - 1)
        if totals[hi] > totals[lo]:
            if totals[hi] - totals[lo] > len(out.a):
                out = Out.of(int(totals[hi] - totals[lo]))
            pairs = _seeds(lo, hi, texts, tuple(every), enough.rarity, enough.shingles, room, out)
            if pairs:
                yield out.upto(pairs)
        lo = hi
