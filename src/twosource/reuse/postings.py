"""Shingles to postings: for each shingle that two articles share, the places where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from twosource.reuse.compiled import compiled
from twosource.reuse.shingles import NONE
from twosource.reuse.tokens import I32, I64, U64, Bools, Tokens

OCCURRENCES = 3
"""How many places of one shingle in one article are followed up: an article of one repeated word has
thousands, and they say nothing new."""
UNSHARED = np.int32(-1)


@dataclass(frozen=True, slots=True)
class Postings:
    """The inverted index of shared shingles. A place is the index of a token over the whole pile.

    `places` int64: shingle g stands at places[offsets[g]:offsets[g + 1]], ascending, so articles come in the
    order of the pile. `articles` int32 (g,): in how many articles it stands, ≥ 2. `shingle` int32 (t,): which
    shared shingle begins at a token, UNSHARED if none; `followed` bool (t,): whether that place is in `places`.
    `article` int32 (t,): the article that a token belongs to.
    """

    places: I64
    offsets: I64
    articles: I32
    shingle: I32
    followed: Bools
    article: I32


@compiled
def _repeated(values: U64, seen: U64, again: U64) -> None:
    """Two bit maps by hash: met at least once, met at least twice. A false "twice" only costs time."""
    mask = np.uint64(len(seen) * 64 - 1)
    for value in values:
        if value == NONE:
            continue
        bit = (value >> np.uint64(7)) & mask
        word, flag = bit >> np.uint64(6), np.uint64(1) << (bit & np.uint64(63))
        if seen[word] & flag:
            again[word] |= flag
        seen[word] |= flag


@compiled
def _places(values: U64, again: U64, out: I64) -> int:
    mask = np.uint64(len(again) * 64 - 1)
    n = 0
    for i in range(len(values)):
        if values[i] == NONE:
            continue
        bit = (values[i] >> np.uint64(7)) & mask
        if again[bit >> np.uint64(6)] & (np.uint64(1) << (bit & np.uint64(63))):
            if n < len(out):
                out[n] = i
            n += 1
    return n


@compiled
def _settle(values: U64, order: I64) -> None:
    """Put places whose hashes agree in the high bits only into the order of the whole hash."""
    i = 0
    while i < len(order):
        j, mixed = i + 1, False
        while j < len(order) and (values[order[j]] ^ values[order[i]]) >> np.uint64(32) == 0:
            mixed = mixed or values[order[j]] != values[order[i]]
            j += 1
        if mixed:
            own = order[i:j].copy()
            order[i:j] = own[np.argsort(values[own], kind="mergesort")]
        i = j


def _by_shingle(values: U64, places: I64) -> I64:
    """`places` sorted by shingle, then by place: the high bits of the hash and the row, sorted as one number."""
    bits = np.uint64(min(32, max(1, len(places).bit_length())))
    if len(places) >= 1 << 32:
        return places[np.argsort(values[places], kind="stable")]
    keys = values[places]
    keys >>= bits
    keys <<= bits
    keys |= np.arange(len(places), dtype=np.uint64)
    keys.sort()
    keys &= (np.uint64(1) << bits) - np.uint64(1)
    order = places[keys.view(np.int64)]
    _settle(values, order)
    return order


@compiled
def _group(
    values: U64,
    order: I64,
    article: I32,
    places: I64,
    offsets: I64,
    articles: I32,
    shingle: I32,
    followed: Bools,
) -> tuple[int, int]:
    """Walk the places sorted by shingle; keep the shingles that stand in two articles or more."""
    groups = kept = i = 0
    while i < len(order):
        value, j, different = values[order[i]], i, 0
        while j < len(order) and values[order[j]] == value:
            if j == i or article[order[j]] != article[order[j - 1]]:
                different += 1
            j += 1
        if different > 1:
            run = 0
            for k in range(i, j):
                place = order[k]
                shingle[place] = groups
                run = run + 1 if k > i and article[place] == article[order[k - 1]] else 1
                if run <= OCCURRENCES:
                    followed[place] = True
                    places[kept] = place
                    kept += 1
            articles[groups] = different
            groups += 1
            offsets[groups] = kept
        i = j
    return groups, kept


def postings(tokens: Tokens, values: U64) -> Postings:
    """The inverted index over the shingle hashes `values` of `tokens`."""
    size = len(values)
    words = 1 << max(0, int(size * 8).bit_length() - 6)
    seen, again = np.zeros(words, np.uint64), np.zeros(words, np.uint64)
    _repeated(values, seen, again)
    found = np.empty(_places(values, again, np.empty(0, np.int64)), np.int64)
    _places(values, again, found)
    order = _by_shingle(values, found)
    article = np.repeat(np.arange(tokens.articles, dtype=np.int32), np.diff(tokens.offsets))
    places, offsets = np.empty(len(order), np.int64), np.zeros(len(order) // 2 + 2, np.int64)
    articles = np.empty(len(order) // 2 + 1, np.int32)
    shingle, followed = np.full(size, UNSHARED, np.int32), np.zeros(size, np.bool_)
    groups, kept = _group(values, order, article, places, offsets, articles, shingle, followed)
    return Postings(
        places[:kept].copy(),
        offsets[: groups + 1].copy(),
        articles[:groups].copy(),
        shingle,
        followed,
        article,
    )
