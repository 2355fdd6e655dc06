"""Shingles to postings: for each shingle that two articles share, the places where it stands.

A shingle that many articles have says little, and following it between every two of them would cost a square of
their number. It is read on instead: together with the words behind it, it is a longer shingle, which fewer have.
So there are layers: shingles of 5 words; of 8, where both their halves are common; of 13, of 21 and of 34 in the
same way. Two articles that share a sentence made of nothing but common turns are linked by the longer one that
only they have.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from twosource.reuse.compiled import compiled
from twosource.reuse.grouping import Dealt, Grouped, Grouping, Shared, owners_of
from twosource.reuse.shingles import WIDTH, shingles
from twosource.reuse.tokens import I32, I64, U64, Bools, Tokens

COMMON = 32
"""Shingles in more articles than this are star-linked and read on: 32 articles make at most 496 pairs."""
COMMON_SENTENCE = 96
"""The same for those of 13 words and more, which are no mere turn of phrase: 96 articles make at most 4,560 pairs."""
SHIFTS = (3, 5, 8, 13)
"""A longer shingle is two of the layer before, so many words apart: 5 + 3 = 8 words, 8 + 5 = 13, 21, 34."""
FEW = 8
"""Up to so many articles that share a shingle are always linked with each other. More, up to the limit, only where
two of them tell one story: otherwise a formula has brought together what has nothing else in common."""
NEIGHBOURS = 8
"""How many articles of such a crowd, the earliest, are compared, each with the next one."""
ALIKE = 40
"""Shingles that two articles on one story share at least, unless half of the shorter one's are fewer."""
LIMITS = (COMMON, COMMON, COMMON_SENTENCE, COMMON_SENTENCE, COMMON_SENTENCE)
"""For each layer: in more articles than this, a shingle is star-linked, whatever the articles tell."""
LARGEST = 1 << 31
"""Words in a pile from which it no longer fits into memory in this form."""
_ROUND = 1 << 25  # words whose shingles are kept side by side at once: bounds the memory, changes no result
_STRETCH = 1 << 16  # words whose shingles are worked out at once: they fit the processor's cache


@dataclass(frozen=True, slots=True)
class Layer(Shared):
    """The inverted index of shared shingles of one length. A place is the index of a token over the whole pile.

    `star` bool (g,): the shingle is common, so that it is star-linked and read on.
    """

    star: Bools


@dataclass(frozen=True, slots=True)
class Postings:
    """The inverted index: layers of ever longer shingles, the first of five words.

    `carriers` int32 (t,): in how many articles the shingle of the first layer stands that begins at a token, 0 where
    no other article has it.
    """

    layers: tuple[Layer, ...]
    carriers: I32

    @property
    def articles(self) -> I32:
        """int32 (g,): in how many articles each shingle of the first layer stands."""
        return self.layers[0].articles


@compiled
def _asked(owners: I32, offsets: I64, own: I64, crowds: I64, begin: int, end: int, pairs: I64) -> None:
    """Write whom to compare in each of `crowds`: of the earliest articles those from `begin` on, each with the next one.

    A pair is one number, the article with more places `own` above the other; 0 where a crowd has no more.
    """
    n = 0
    for g in crowds:
        k = offsets[g]
        x = owners[k]
        for m in range(end):
            while k < offsets[g + 1] and owners[k] == x:
                k += 1
            if m >= begin:
                pairs[n] = 0
            if k < offsets[g + 1]:
                y = owners[k]
                if m >= begin:
                    more = own[x + 1] - own[x] >= own[y + 1] - own[y]
                    pairs[n] = np.int64(x) << 32 | y if more else np.int64(y) << 32 | x
                x = y
            n += m >= begin


@compiled
def _compared(pairs: I64, order: I64, group: I32, own: I64, long: I64, groups: int, alike: Bools) -> None:
    """Answer for each of `pairs` whether the two tell one story; `order`: the pairs sorted.

    The shingles of the one that has more are marked once for all whom it is compared with, a bit for each.
    """
    marks = np.zeros(groups // 64 + 1, np.uint64)
    one, low = np.uint64(1), np.uint64(63)
    hits = np.empty(ALIKE, np.int32)
    article, last, answer = -1, 0, False
    for k in order:
        if pairs[k] != last:
            last = pairs[k]
            x, y = last >> 32, last & 0xFFFFFFFF
            if x != article:
                if article >= 0:
                    for e in range(own[article], own[article + 1]):
                        marks[group[e] >> 6] = 0
                for e in range(own[x], own[x + 1]):
                    marks[group[e] >> 6] |= one << (np.uint64(group[e]) & low)
                article = x
            wanted, shared = min(ALIKE, (min(long[x], long[y]) + 1) // 2), 0
            for e in range(own[y], own[y + 1]):
                if shared + own[y + 1] - e < wanted:
                    break  # too few are left
                bit = one << (np.uint64(group[e]) & low)
                if marks[group[e] >> 6] & bit:
                    marks[group[e] >> 6] ^= bit  # each shingle counts once
                    hits[shared] = group[e]
                    shared += 1
                    if shared >= wanted:
                        break
            for m in range(shared):
                marks[hits[m] >> 6] |= one << (np.uint64(hits[m]) & low)
            answer = shared >= wanted
        alike[k] = answer


@dataclass(frozen=True, slots=True)
class Crowds:
    """What the articles of a pile have in common, to tell a crowd around a formula from a family of copies.

    `group` int32, `own` int64 (n + 1,): the shared shingles of article i are group[own[i]:own[i + 1]]; `groups`: how
    many there are. `long` int64 (n,): how many shingles each article has.
    """

    group: I32
    own: I64
    long: I64
    groups: int

    @staticmethod
    def of(bounds: I64, found: Grouped) -> Crowds:
        """From the places of the first layer."""
        own = np.searchsorted(found.at, bounds.astype(np.int32)).astype(np.int64)
        return Crowds(found.group, own, np.maximum(np.diff(bounds) - WIDTH + 1, 1), len(found.articles))

    def told_apart(self, found: Grouped, limit: int) -> Layer:
        """The layer of these shingles with its stars: which are to be star-linked."""
        star = found.articles > FEW
        crowds = np.flatnonzero(star & (found.articles <= limit))
        for begin, end in ((0, 1), (1, NEIGHBOURS)):  # the first two mostly settle it
            pairs = np.empty(len(crowds) * (end - begin), np.int64)
            _asked(found.owners, found.offsets, self.own, crowds, begin, end, pairs)
            alike = np.zeros(len(pairs), np.bool_)
            _compared(pairs, np.argsort(pairs), self.group, self.own, self.long, self.groups, alike)
            told = alike.reshape(-1, end - begin).any(axis=1)
            star[crowds[told]] = False
            crowds = crowds[~told]
        return Layer(found.places, found.owners, found.offsets, found.articles, found.at, found.group, star)


def _stretches(tokens: Tokens) -> Iterator[tuple[int, U64]]:
    """The shingles of the pile, so many at a time that they need hardly any memory, with the place of the first."""
    lo = 0
    while lo < tokens.articles:
        hi = int(np.searchsorted(tokens.offsets, tokens.offsets[lo] + _STRETCH, side="right")) - 1
        part = tokens.part(lo, max(lo + 1, hi))
        yield int(tokens.offsets[lo]), shingles(part)
        lo += part.articles


def _first(tokens: Tokens) -> Grouped:
    """The shingles themselves that two articles share."""
    words = len(tokens.hashes)
    dealt, grouping = Dealt(words), Grouping(words)
    rounds = min(dealt.parts, words // _ROUND + 1)
    for lo, hi in itertools.pairwise(dealt.parts * n // rounds for n in range(rounds + 1)):
        dealt.begin(lo, hi)
        for begin, values in _stretches(tokens):
            dealt.add(values, begin)
        for number in range(lo, hi):
            values, places = dealt.part(number)
            grouping.add(values, places, owners_of(places, tokens.offsets))
    del dealt
    return grouping.numbered(tokens.offsets, np.empty(0, np.int32))


@compiled
def _read_on(at: I32, group: I32, star: Bools, shift: int) -> tuple[I32, U64]:
    """Where a common shingle begins that has another one `shift` words behind it, and the two as one number."""
    n = 0
    places, groups = np.empty(len(at), np.int32), np.empty(len(at), np.int32)
    for e in range(len(at)):
        places[n], groups[n] = at[e], group[e]
        n += star[group[e]]
    found, keys = np.empty(n, np.int32), np.empty(n, np.uint64)
    m = j = 0
    for i in range(n):
        while j < n and places[j] < places[i] + shift:
            j += 1
        if j < n and places[j] == places[i] + shift:
            found[m], keys[m] = places[i], np.uint64(groups[i]) << np.uint64(32) | np.uint64(groups[j])
            m += 1
    return found[:m].copy(), keys[:m].copy()


def _longer(layer: Layer, bounds: I64, shift: int) -> Grouped | None:
    """The shingles made of two common ones of `layer`, the second `shift` words behind the first."""
    at, keys = _read_on(layer.at, layer.group, layer.star, shift)
    if not len(at):
        return None
    rows = np.arange(len(at), dtype=np.int32)
    grouping = Grouping(len(at))
    grouping.add(keys, rows, owners_of(at, bounds))
    return grouping.numbered(bounds, at)


def postings(tokens: Tokens) -> Postings:
    """The inverted index over the shingles of `tokens`. Raises OverflowError from 2**31 words on."""
    if len(tokens.hashes) >= LARGEST:
        raise OverflowError(f"{len(tokens.hashes)} words are more than the in-memory index can number")
    found = _first(tokens)
    crowds = Crowds.of(tokens.offsets, found)
    layers = [crowds.told_apart(found, LIMITS[0])]
    for shift, limit in zip(SHIFTS, LIMITS[1:], strict=True):
        longer = _longer(layers[-1], tokens.offsets, shift)
        if longer is None or not len(longer.articles):
            break
        layers.append(crowds.told_apart(longer, limit))
    return Postings(tuple(layers), found.carriers)
