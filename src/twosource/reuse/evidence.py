"""What is known about each pair of passages, in columns: the ground on which relation and direction rest."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, fields

import numpy as np

from twosource.model import Article, RegionKind
from twosource.reuse.align import RARITY, UNSEEN, Passages
from twosource.reuse.clocks import Clocks, days
from twosource.reuse.compiled import compiled
from twosource.reuse.tokens import F64, I32, I64, U8, U32, Bools, Tokens

_FURNITURE = frozenset(
    {
        RegionKind.BYLINE,
        RegionKind.DATELINE,
        RegionKind.CREDIT,
        RegionKind.PHOTO_CREDIT,
        RegionKind.FOOTNOTE,
        RegionKind.BOILERPLATE,
    }
)


@dataclass(frozen=True, slots=True)
class Columns:
    """One row per match.

    Article numbers count in the pile's order (publication, then id), a before b.

    `a`, `b` int64: the articles. `words_a`, `words_b` int64: words of each passage. `similarity` float64 in
    [0, 1]: Dice share of aligned words. `share_a`, `share_b` float64 in [0, 1]: share of each article's words that
    lie in the passage; `cover_a`, `cover_b` float64 in [0, 1]: in any passage of this pair. `rarity` float64: nats;
    `pair_rarity` float64: the sum over the pair. `carriers` float64: geometric mean of the number of articles that
    a shared shingle stands in. `quoted_a`, `quoted_b` float64 in [0, 1]: share of the passage inside quotation
    marks. `furniture` float64 in [0, 1]: the larger share that lies in regions such as credits and boilerplate.
    `kinship` float64 in [0, 1]: cosine of the words that the two articles have outside all they share, weighed by
    IDF, NaN where it was not needed. `storied` float64 in [0, 1]: of the matches that lie on the same wording, the
    share between articles on one story; NaN where it was not needed. `occasions` int64: how many times, OCCASION
    days or more apart, the same wording was published, MOST_OCCASIONS at most, 0 where that was not needed or no day is known. `apart`
    float64: days between the two publications, NaN where a day is not known.
    `same_outlet` bool. `at_edge` bool: it opens or closes both articles. `pair` int64: number of the pair of articles.
    """

    a: I64
    b: I64
    words_a: I64
    words_b: I64
    similarity: F64
    share_a: F64
    share_b: F64
    cover_a: F64
    cover_b: F64
    rarity: F64
    pair_rarity: F64
    carriers: F64
    quoted_a: F64
    quoted_b: F64
    furniture: F64
    kinship: F64
    storied: F64
    occasions: I64
    apart: F64
    same_outlet: Bools
    at_edge: Bools
    pair: I64

    def keep(self, rows: Bools | I64) -> Columns:
        """The rows of a mask or of row numbers, in that order."""
        return Columns(*(getattr(self, f.name)[rows] for f in fields(self)))


@compiled
def _share(flags: U8, start: I64, end: I64, out: F64) -> None:
    for k in range(len(start)):
        flagged = 0
        for at in range(start[k], end[k]):
            flagged += flags[at]
        out[k] = flagged / max(end[k] - start[k], 1)


def _shares(flags: U8, found: Passages) -> tuple[F64, F64]:
    """Share of flagged tokens in the two passages of each row."""
    out = np.zeros((2, len(found.a_start)))
    _share(flags, found.a_start, found.a_end, out[0])
    _share(flags, found.b_start, found.b_end, out[1])
    return out[0], out[1]


def _marked(articles: Sequence[Article], tokens: Tokens, kinds: Container[RegionKind]) -> U8:
    """uint8 (t,): 1 for a token in a region of one of these kinds."""
    flags = np.zeros(len(tokens.hashes), np.uint8)
    for i, article in enumerate(articles):
        for region in article.regions:
            if region.kind in kinds:
                first, last = int(tokens.offsets[i]), int(tokens.offsets[i + 1])
                begin = first + int(np.searchsorted(tokens.starts[first:last], region.span.start))
                end = first + int(np.searchsorted(tokens.starts[first:last], region.span.end))
                flags[begin:end] = 1
    return flags


def _in_furniture(articles: Sequence[Article], tokens: Tokens, found: Passages) -> F64:
    if not any(x.regions for x in articles):
        return np.zeros(len(found.a_start))
    flags = _marked(articles, tokens, _FURNITURE)
    return np.maximum(*_shares(flags, found))


def _body_words(articles: Sequence[Article], tokens: Tokens) -> I64:
    """int64 (n,): how many words each article has in its body, at least 1: a reprint has a head of its own."""
    words = np.diff(tokens.offsets)
    if any(x.regions for x in articles):
        flags = np.concatenate(
            (
                np.zeros(1, np.int64),
                np.cumsum(_marked(articles, tokens, frozenset(RegionKind)), dtype=np.int64),
            )
        )
        words = words - (flags[tokens.offsets[1:]] - flags[tokens.offsets[:-1]])
    return np.maximum(words, 1)


def _at_edge(tokens: Tokens, a: I64, b: I64, found: Passages) -> Bools:
    opens_a, opens_b = found.a_start - tokens.offsets[a], found.b_start - tokens.offsets[b]
    closes_a, closes_b = tokens.offsets[a + 1] - found.a_end, tokens.offsets[b + 1] - found.b_end
    edge: Bools = (np.maximum(opens_a, opens_b) <= 2) | (np.maximum(closes_a, closes_b) <= 2)
    return edge


@compiled
def _vocabulary(
    hashes: U32, offsets: I64, asked: Bools, slots: int, words: U32, holders: I32, square: F64, ends: I64
) -> None:
    """Write the distinct words of every article that is `asked` for, sorted, and how many articles hold each.

    `square` float64 (n + 1,): of a word that so many articles hold, the square
    of its IDF.

    Words whose square is below a sixth of the greatest, such as function words, are left out. In a pile too small
    to tell them apart nothing is left out: any two articles are kin there, and nothing is called a template for
    standing in different stories. How many articles hold a word is counted by the low bits of its hash, over the whole pile.
    """
    counted = np.zeros(
        (slots, 2), np.int32
    )  # the last article that has the word, counted from 1, and how many have
    mask = np.uint64(slots - 1)
    total = len(offsets) - 1
    for i in range(total):
        for k in range(offsets[i], offsets[i + 1]):
            slot = hashes[k] & mask
            counted[slot, 1] += counted[slot, 0] != i + 1
            counted[slot, 0] = i + 1
    own = np.empty(max(1, np.max(np.diff(offsets))), np.uint32)
    for n in range(1, total + 1):
        square[n] = np.log((total + UNSEEN) / n) ** 2
    for i in range(total):
        begin = n = ends[i]
        if asked[i]:
            kept = 0
            for k in range(offsets[i], offsets[i + 1]):
                if square[counted[hashes[k] & mask, 1]] >= square[1] / 6:
                    own[kept] = hashes[k]
                    kept += 1
            own[:kept].sort()
            for k in range(kept):
                if k == 0 or own[k] != own[k - 1]:
                    words[n], holders[n] = own[k], counted[np.uint64(own[k]) & mask, 1]
                    n += 1
        ends[i + 1] = n if asked[i] else begin


@compiled
def _totals(holders: I32, square: F64, ends: I64, out: F64) -> None:
    """Sum up the weights of the words of each article."""
    for article in range(len(out)):
        for k in range(ends[article], ends[article + 1]):
            out[article] += square[holders[k]]


@compiled
def _slot(word: np.uint32, article: int, keys: U32, owner: I32) -> int:
    """Where `word` of `article` stands in a table with open addresses, or the free place where it would stand."""
    mask = len(keys) - 1
    at = np.int64(word) & mask
    while owner[at] == article and keys[at] != word:
        at = (at + 1) & mask
    return int(at)


@compiled
def _kinship(
    pairs: I64,
    bounds: I64,
    a: I64,
    b: I64,
    begin: I64,
    end: I64,
    hashes: U32,
    words: U32,
    holders: I32,
    square: F64,
    ends: I64,
    total: F64,
    out: F64,
) -> None:
    """Cosine of the words of two articles, each weighed by its IDF, without those that they share in passages.

    The pairs of one article a stand together, so that its words are put into a table once. `total` float64 (n,):
    the weight of all words of each article.
    """
    size = 1024
    for k in pairs:
        while size < 2 * (ends[a[bounds[k]] + 1] - ends[a[bounds[k]]]):
            size *= 2
    keys, owner = np.zeros(size, np.uint32), np.full(size, -1, np.int32)
    weight, inside = np.zeros(size, np.float64), np.full(size, -1, np.int64)
    article = -1
    for pair in pairs:
        first, last = bounds[pair], bounds[pair + 1]
        if a[first] != article:
            article = a[first]
            for i in range(ends[article], ends[article + 1]):
                slot = _slot(words[i], article, keys, owner)
                keys[slot], owner[slot], weight[slot] = words[i], article, square[holders[i]]
        shared, of_a, of_b = 0.0, total[article], total[b[first]]
        for row in range(first, last):
            for at in range(begin[row], end[row]):
                slot = _slot(hashes[at], article, keys, owner)
                if owner[slot] == article and inside[slot] != pair:
                    inside[slot] = pair
                    of_a -= weight[slot]
        for j in range(ends[b[first]], ends[b[first] + 1]):
            slot = _slot(words[j], article, keys, owner)
            if owner[slot] == article:
                if inside[slot] == pair:
                    of_b -= weight[slot]
                else:
                    shared += weight[slot]
        out[first:last] = shared / np.sqrt(of_a * of_b) if of_a > 0 and of_b > 0 else 0.0


@compiled
def _spread(rows: I64, parts: int) -> tuple[I64, I64]:
    """`rows` in so many `parts`, part n made of every row from the n-th on that is `parts` behind; where each part begins."""
    out, begins, n = np.empty_like(rows), np.zeros(parts + 1, np.int64), 0
    for part in range(parts):
        for k in range(part, len(rows), parts):
            out[n] = rows[k]
            n += 1
        begins[part + 1] = n
    return out, begins


@compiled
def _storied(article: I64, order: I64, start: I64, end: I64, kin: Bools, kindred: I64, met: I64) -> None:
    """Add up, for each row, the other rows on the same wording of `article`, and those that join kin.

    `order`: rows, those of one article together. Where one article has very many, a part of them speaks for all.
    """
    i = 0
    while i < len(order):
        j = i
        while j < len(order) and article[order[j]] == article[order[i]]:
            j += 1
        parts = 1 + (j - i) // 256
        rows, begins = _spread(order[i:j], parts)
        # side by side and small: they are looked at again and again, eight at once
        first = start[rows[0]]
        since, until = (start[rows] - first).astype(np.int32), (end[rows] - first).astype(np.int32)
        alike = kin[rows].astype(np.int32)
        for k in range(j - i):
            row = order[i + k]
            begin, stop = np.int32(start[row] - first), np.int32(end[row] - first)
            half = np.int32((stop - begin + 1) // 2)
            on_it = of_kin = np.int32(0)
            part = (i + k) % parts
            for m in range(begins[part], begins[part + 1]):
                same = np.int32(min(stop, until[m]) - max(begin, since[m]) >= half)
                on_it += same
                of_kin += same & alike[m]
            met[row] += on_it
            kindred[row] += of_kin
        i = j


@compiled
def _occasions(article: I64, order: I64, start: I64, end: I64, day: F64, other: I64, out: I64) -> None:
    """How many times, OCCASION days or more apart, the wording of each row was published, as far as the rows tell.

    MOST_OCCASIONS at most. `order`: rows, those of one `article` together; `day`: of each article's publication; `other`:
    the other side. Where one article has very many rows, a part of them speaks for all.
    """
    i = 0
    days = np.empty(len(order) + 1, np.float64)
    while i < len(order):
        j = i
        while j < len(order) and article[order[j]] == article[order[i]]:
            j += 1
        parts = 1 + (j - i) // 64
        rows, begins = _spread(order[i:j], parts)
        since, until, when = start[rows], end[rows], day[other[rows]]
        own = day[article[order[i]]]
        for k in range(j - i):
            row = order[i + k]
            if out[row] >= MOST_OCCASIONS:
                continue
            begin, stop = start[row], end[row]
            half = (stop - begin + 1) // 2
            days[0], n = own, 1
            part = (i + k) % parts
            for m in range(begins[part], begins[part + 1]):
                days[n] = when[m]
                n += min(stop, until[m]) - max(begin, since[m]) >= half
            times, first = 0, -np.inf
            while times < MOST_OCCASIONS:
                later = np.inf
                for m in range(n):
                    later = min(later, days[m] if days[m] - first >= OCCASION else np.inf)
                if later == np.inf:
                    break
                times, first = times + 1, later
            out[row] = max(out[row], times)
        i = j


MOST_OCCASIONS = 3
"""Occasions on which wording was published from which it is nobody's news: more are not counted."""
OCCASION = 5.0
"""Days after which the same wording counts as published on another occasion: news of one event is copied within
days, what returns again and again is a standing phrase or paragraph."""
KIN = 0.08
"""Kinship from which two articles tell one story. On a pile of 726 reports on one war 99 % of the pairs that are 500
days apart or more stay below it. Low on purpose: a copied passage taken for a template would count as a line of its
own, a formula taken for a passage only adds a weak link."""
CARRIERS = 4.0
"""From how many articles on a passage may be a template."""


RETURNS = 2.5
"""From how many articles on it is asked on how many occasions a wording was published."""
PHRASE = 3 * RARITY
"""Rarity below which wording may be a phrase that two articles hit upon: ten or eleven words, if rare."""


def _kinships(tokens: Tokens, a: I64, b: I64, pair: I64, asked: Bools, found: Passages) -> F64:
    """float64 (m,): the kinship of each row's articles, where any row of the pair is `asked` for; else NaN."""
    out = np.full(len(a), np.nan)
    pairs = pair[asked]  # ascending
    if not len(pairs):
        return out
    pairs = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
    wanted = np.zeros(tokens.articles, np.bool_)
    wanted[a[asked]] = wanted[b[asked]] = True
    slots = 1 << max(10, min(22, int(len(tokens.hashes) // 4).bit_length()))
    room = int(np.diff(tokens.offsets)[wanted].sum())
    words, holders = np.empty(room, np.uint32), np.empty(room, np.int32)
    square = np.zeros(tokens.articles + 1, np.float64)
    ends = np.zeros(tokens.articles + 1, np.int64)
    _vocabulary(tokens.hashes, tokens.offsets, wanted, slots, words, holders, square, ends)
    bounds = np.append(np.flatnonzero(np.diff(pair, prepend=-1)), len(pair))
    total = np.zeros(tokens.articles)
    _totals(holders, square, ends, total)
    vocabulary = (words, holders, square, ends, total)
    _kinship(pairs, bounds, a, b, found.a_start, found.a_end, tokens.hashes, *vocabulary, out)
    return out


def _together(article: I64, rows: I64) -> I64:
    """`rows`, which ascend, with those of one `article` together."""
    keys = article[rows] << 32 | rows
    keys.sort()
    return keys & 0xFFFFFFFF


def over_pairs(pair: I64, values: F64, most: float = np.inf) -> F64:
    """float64 (m,): for each row the sum of `values` over its pair, `most` at most."""
    if not len(pair):
        return values.copy()
    out: F64 = np.minimum(most, np.bincount(pair, values)[pair])
    return out


def columns(articles: Sequence[Article], tokens: Tokens, times: Clocks, found: Passages) -> Columns:
    """The columns of `found`, sorted as it is: by a, then b (rows of one pair stand together)."""
    a, b = found.one.astype(np.int64), found.other.astype(np.int64)
    words_a, words_b = found.a_end - found.a_start, found.b_end - found.b_start
    turn = np.ones(len(a), np.bool_)
    turn[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1])
    pair = np.cumsum(turn) - 1
    lengths = _body_words(articles, tokens)
    share_a: F64 = words_a / lengths[a]
    share_b: F64 = words_b / lengths[b]
    cover_a, cover_b = (over_pairs(pair, share, most=1.0) for share in (share_a, share_b))
    numbers: dict[str, int] = {}
    outlet = np.array([numbers.setdefault(x.outlet.casefold(), len(numbers)) for x in articles], np.int64)
    unnamed = numbers.get("", -1)
    same_outlet = (outlet[a] == outlet[b]) & (outlet[a] != unnamed)
    carriers: F64 = np.exp(found.common).round(6)  # three is three, however it was summed
    rare = found.rarity >= RARITY
    doubtful = (carriers >= CARRIERS) | same_outlet | (found.rarity < PHRASE)
    pair_rarity = over_pairs(pair, found.rarity)
    at_edge = _at_edge(tokens, a, b, found)
    cover = np.maximum(cover_a, cover_b)
    part = (cover < 0.5) | (pair_rarity < PHRASE) | (same_outlet & at_edge & (cover < 0.9))
    asked = rare & doubtful & part
    kinship = _kinships(tokens, a, b, pair, asked, found)
    storied = np.full(len(a), np.nan)
    rows = np.flatnonzero(asked | (carriers >= CARRIERS))
    kin, kindred, met = ~(kinship < KIN), np.zeros(len(a), np.int64), np.zeros(len(a), np.int64)
    for side, start, end in ((a, found.a_start, found.a_end), (b, found.b_start, found.b_end)):
        _storied(side, _together(side, rows), start, end, kin, kindred, met)
    storied[asked] = kindred[asked] / np.maximum(met[asked], 1)
    occasions, day = np.zeros(len(a), np.int64), days(times)
    apart: F64 = np.abs(day[a] - day[b])
    rows = np.flatnonzero((carriers >= RETURNS) & (cover < 0.9) & ~np.isnan(apart))
    for side, other, start, end in ((a, b, found.a_start, found.a_end), (b, a, found.b_start, found.b_end)):
        _occasions(side, _together(side, rows), start, end, day, other, occasions)
    return Columns(
        a,
        b,
        words_a,
        words_b,
        2 * found.aligned / np.maximum(words_a + words_b, 1),
        share_a,
        share_b,
        cover_a,
        cover_b,
        found.rarity,
        pair_rarity,
        carriers,
        *_shares(tokens.quoted, found),
        _in_furniture(articles, tokens, found),
        kinship,
        storied,
        occasions,
        apart,
        same_outlet,
        at_edge,
        pair,
    )
