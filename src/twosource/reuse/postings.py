"""Shingles to postings: for each shingle that two articles share, the places where it stands.

A shingle that many articles have says little, and following it between every two of them would cost a square of
their number. It is read on instead: together with the words behind it, it is a longer shingle, which fewer have.
So there are layers: shingles of 5 words; of 8, where both their halves are common; of 13, of 21 and of 34 in the
same way. Two articles that share a sentence made of nothing but common turns are linked by the longer one that
only they have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from twosource.reuse.compiled import compiled
from twosource.reuse.shingles import NONE, WIDTH, shingles
from twosource.reuse.tokens import I32, I64, U64, Bools, Tokens

OCCURRENCES = 3
"""How many places of one shingle in one article are followed up: an article of one repeated word has
thousands, and they say nothing new."""
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
UNSHARED = np.int32(-1)
_FAR = np.int32(-2)
LARGEST = 1 << 31
"""Words in a pile from which it no longer fits into memory in this form."""
_PART = 1 << 22  # words whose places are sorted at once: bounds the memory, changes no result
_STRETCH = 1 << 20  # words whose shingles are worked out at once: they fit the processor's cache
_ASKED = 1 << 16  # answers remembered


@dataclass(frozen=True, slots=True)
class Layer:
    """The inverted index of shared shingles of one length. A place is the index of a token over the whole pile.

    `places` int32: shingle g stands at places[offsets[g]:offsets[g + 1]], ascending, so articles come in the
    order of the pile; `owners` int32: the article of each. `offsets` int64 (g + 1,). `articles` int32 (g,): in
    how many articles the shingle stands, at least 2. `at` int32: all places once more, in the order of the
    pile, and `group` int32: the shingle that stands there. `star` bool (g,): the shingle is common, so that it is
    star-linked and read on.
    """

    places: I32
    owners: I32
    offsets: I64
    articles: I32
    at: I32
    group: I32
    star: Bools


@dataclass(frozen=True, slots=True)
class Postings:
    """The inverted index: layers of ever longer shingles, the first of five words.

    `shingle` int32 (t,): which shared shingle of the first layer begins at a token, UNSHARED if none.
    """

    layers: tuple[Layer, ...]
    shingle: I32

    @property
    def articles(self) -> I32:
        """int32 (g,): in how many articles each shingle of the first layer stands."""
        return self.layers[0].articles


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
def _may_repeat(value: np.uint64, again: U64) -> bool:
    """Whether a shingle may stand in the pile twice."""
    bit = (value >> np.uint64(7)) & np.uint64(len(again) * 64 - 1)
    if value == NONE:
        return False
    return bool(again[bit >> np.uint64(6)] & (np.uint64(1) << (bit & np.uint64(63))))


@compiled
def _marked(values: U64, again: U64) -> I64:
    """Where a shingle begins that may stand elsewhere too."""
    out = np.empty(len(values), np.int64)
    n = 0
    for i in range(len(values)):
        if _may_repeat(values[i], again):
            out[n] = i
            n += 1
    return out[:n]


class Repeats:
    """Which shingles of a pile may stand in it twice: two bit maps over their hashes, about two bytes a word.

    No shingle that stands twice is missed; of the others a few in a hundred are taken for one, which costs time only.
    `words`: how many the pile has.
    """

    def __init__(self, words: int) -> None:
        size = 1 << min(26, max(0, int(words * 8).bit_length() - 6))
        self._seen, self._again = np.zeros(size, np.uint64), np.zeros(size, np.uint64)

    def add(self, values: U64) -> None:
        """Note the shingles of a part of the pile."""
        _repeated(values, self._seen, self._again)

    def close(self) -> U64:
        """Forget what is only needed while shingles are added; gives the map of those that stand there twice."""
        self._seen = np.zeros(1, np.uint64)
        return self._again

    def places(self, values: U64) -> I64:
        """Where a shingle begins that may stand elsewhere too, ascending."""
        return _marked(values, self._again)


@compiled
def _counted(values: U64, again: U64, parts: I64) -> None:
    """Add up how many places may be shared, by the high bits of the hash."""
    down = np.uint64(64 - np.int64(np.log2(len(parts))))
    for value in values:
        if _may_repeat(value, again):
            parts[value >> down if len(parts) > 1 else np.uint64(0)] += 1


@compiled
def _parted(values: U64, begin: int, again: U64, ends: I64, places: I32, found: U64) -> None:
    """Write the places that may be shared and their shingles, those of one part of the hashes together, in order.

    `begin`: the place of the first of `values`. `ends` int64 (parts,): where each part goes on.
    """
    down = np.uint64(64 - np.int64(np.log2(len(ends))))
    for i in range(len(values)):
        value = values[i]
        if _may_repeat(value, again):
            part = value >> down if len(ends) > 1 else np.uint64(0)
            places[ends[part]], found[ends[part]] = begin + i, value
            ends[part] += 1


@compiled
def _owners(places: I32, bounds: I64, out: I32) -> None:
    """The article of each of `places`, which ascend."""
    article = 0
    for k in range(len(places)):
        while places[k] >= bounds[article + 1]:
            article += 1
        out[k] = article


@compiled
def _settle(values: U64, order: I64) -> None:
    """Put rows whose hashes agree in the high bits only into the order of the whole hash."""
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


def _by_shingle(values: U64) -> I64:
    """Rows sorted by value, then by row: the high bits of the value and the row, sorted as one number."""
    bits = np.uint64(min(32, max(1, len(values).bit_length())))
    if len(values) >= 1 << 32:
        return np.argsort(values, kind="stable")
    keys = values >> bits
    keys <<= bits
    keys |= np.arange(len(values), dtype=np.uint64)
    keys.sort()
    keys &= (np.uint64(1) << bits) - np.uint64(1)
    order = keys.view(np.int64)
    _settle(values, order)
    return order


@compiled
def _group(values: U64, order: I64, found: I32, owner: I32, groups: int, shingle: I32) -> tuple[int, int]:
    """Walk the rows sorted by value; number the shingles that stand in two articles or more, from `groups` on.

    `values`, `found`, `owner`: the value, place and article of each row. The number is written to `shingle`, by
    place, or by row where that has one element per row; at places that are not followed up as _FAR less the number.
    Returns the next number, and how many places are followed.
    """
    by_place = len(shingle) != len(found)
    i = kept = 0
    while i < len(order):
        value, j, different = values[order[i]], i, 0
        while j < len(order) and values[order[j]] == value:
            if j == i or owner[order[j]] != owner[order[j - 1]]:
                different += 1
            j += 1
        if different > 1:
            run = 0
            for k in range(i, j):
                row = order[k]
                run = run + 1 if k > i and owner[row] == owner[order[k - 1]] else 1
                shingle[found[row] if by_place else row] = groups if run <= OCCURRENCES else _FAR - groups
                kept += run <= OCCURRENCES
            groups += 1
        i = j
    return groups, kept


@compiled
def _renumbered(shingle: I32, groups: int, at: I32, group: I32) -> None:
    """Number the shingles anew, in the order in which they are met first: what stands together is kept together.

    Writes the places that are followed, and the shingle at each of them, to `at` and `group`.
    """
    new = np.full(groups, -1, np.int32)
    n = e = 0
    for i in range(len(shingle)):
        if shingle[i] == UNSHARED:
            continue
        followed = shingle[i] >= 0
        old = shingle[i] if followed else _FAR - shingle[i]
        if new[old] < 0:
            new[old] = n
            n += 1
        shingle[i] = new[old]
        if followed:
            at[e], group[e] = i, new[old]
            e += 1


@compiled
def _listed(at: I32, group: I32, bounds: I64, places: I32, owners: I32, offsets: I64, articles: I32) -> None:
    """Write the places of each shingle one behind the other, with their articles."""
    for g in group:
        offsets[g + 1] += 1
    for g in range(len(articles)):
        offsets[g + 1] += offsets[g]
    end = offsets[:-1].copy()
    article = 0
    for e in range(len(at)):
        while at[e] >= bounds[article + 1]:
            article += 1
        g = group[e]
        k = end[g]
        places[k], owners[k] = at[e], article
        if k == offsets[g] or owners[k - 1] != article:
            articles[g] += 1
        end[g] = k + 1


def _list(at: I32, group: I32, groups: int, bounds: I64) -> Layer:
    """A layer without its stars, from the shingle at each place."""
    places, owners = np.empty(len(at), np.int32), np.empty(len(at), np.int32)
    offsets, articles = np.zeros(groups + 1, np.int64), np.zeros(groups, np.int32)
    _listed(at, group, bounds, places, owners, offsets, articles)
    return Layer(places, owners, offsets, articles, at, group, np.zeros(0, np.bool_))


@compiled
def _told_apart(
    owners: I32, offsets: I64, articles: I32, few: int, limit: int, ids: I32, own: I64, long: I64, star: Bools
) -> None:
    """Mark the shingles that are to be star-linked: in too many articles, or in a crowd that tells no one story.

    `ids` int32: the shingles of each article, ascending, those of article i at own[i] to own[i + 1]; `long` int64
    (n,): how many shingles each article has at all.
    """
    # shingles that stand together mostly ask about the same two articles
    asked, alike = np.full(_ASKED, -1, np.int64), np.zeros(_ASKED, np.bool_)
    for g in range(len(articles)):
        star[g] = articles[g] > limit
        if articles[g] <= few or star[g]:
            continue
        star[g] = True
        k = offsets[g]
        x = owners[k]
        for _ in range(NEIGHBOURS):
            while k < offsets[g + 1] and owners[k] == x:
                k += 1
            if k == offsets[g + 1]:
                break
            y = owners[k]
            both = np.int64(x) << 32 | np.int64(y)
            slot = (x * 31 + y) % _ASKED
            if asked[slot] != both:
                wanted = min(ALIKE, (min(long[x], long[y]) + 1) // 2)
                i, j, shared = own[x], own[y], 0
                while shared < wanted and i < own[x + 1] and j < own[y + 1]:
                    one, other = ids[i], ids[j]
                    shared += one == other
                    i += one <= other
                    j += other <= one
                asked[slot], alike[slot] = both, shared >= wanted
            if alike[slot]:
                star[g] = False
                break
            x = y


@compiled
def _by_article(at: I32, group: I32, bounds: I64, ids: I32, own: I64) -> None:
    """Write the shingles of each article, ascending, each once."""
    n = e = 0
    for article in range(len(bounds) - 1):
        own[article] = n
        begin = e
        while e < len(at) and at[e] < bounds[article + 1]:
            e += 1
        mine = np.sort(group[begin:e])
        for k in range(len(mine)):
            if k == 0 or mine[k] != mine[k - 1]:
                ids[n] = mine[k]
                n += 1
    own[len(bounds) - 1] = n


@dataclass(frozen=True, slots=True)
class Crowds:
    """What the articles of a pile have in common, to tell a crowd around a formula from a family of copies.

    `ids` int32, `own` int64 (n + 1,): the shared shingles of article i, ascending, are ids[own[i]:own[i + 1]].
    `long` int64 (n,): how many shingles each article has.
    """

    ids: I32
    own: I64
    long: I64

    @staticmethod
    def of(bounds: I64, at: I32, group: I32) -> Crowds:
        """From the places of the first layer, in the order of the pile."""
        ids, own = np.empty(len(at), np.int32), np.zeros(len(bounds), np.int64)
        _by_article(at, group, bounds, ids, own)
        return Crowds(ids, own, np.maximum(np.diff(bounds) - WIDTH + 1, 1))

    def told_apart(self, layer: Layer, limit: int) -> Layer:
        """The layer with its stars: which shingles are to be star-linked."""
        star = np.empty(len(layer.articles), np.bool_)
        crowd = (layer.owners, layer.offsets, layer.articles)
        _told_apart(*crowd, FEW, limit, self.ids, self.own, self.long, star)
        return replace(layer, star=star)


def _stretches(tokens: Tokens) -> Iterator[tuple[int, U64]]:
    """The shingles of the pile, so many at a time that they need hardly any memory, with the place of the first."""
    lo = 0
    while lo < tokens.articles:
        hi = int(np.searchsorted(tokens.offsets, tokens.offsets[lo] + _STRETCH, side="right")) - 1
        part = tokens.part(lo, max(lo + 1, hi))
        yield int(tokens.offsets[lo]), shingles(part)
        lo += part.articles


def _first(tokens: Tokens) -> tuple[Layer, I32, Crowds]:
    """The layer of the shingles themselves, and which of them begins at each token."""
    size = len(tokens.hashes)
    repeats = Repeats(size)
    for _, values in _stretches(tokens):
        repeats.add(values)
    again = repeats.close()
    parts = np.zeros(1 << max(0, (size // _PART).bit_length()), np.int64)
    for _, values in _stretches(tokens):
        _counted(values, again, parts)
    total = int(parts.sum())
    ends = np.cumsum(parts)
    candidates, shingled = np.empty(total, np.int32), np.empty(total, np.uint64)
    filled = ends - parts
    for begin, values in _stretches(tokens):
        _parted(values, begin, again, filled, candidates, shingled)
    del repeats, again
    shingle = np.full(size, UNSHARED, np.int32)
    groups = followed = 0
    for end, count in zip(ends.tolist(), parts.tolist(), strict=True):
        found, own = candidates[end - count : end], shingled[end - count : end]
        owner = np.empty(count, np.int32)
        _owners(found, tokens.offsets, owner)
        groups, kept = _group(own, _by_shingle(own), found, owner, groups, shingle)
        followed += kept
    del candidates, shingled
    at, group = np.empty(followed, np.int32), np.empty(followed, np.int32)
    _renumbered(shingle, groups, at, group)
    layer = _list(at, group, groups, tokens.offsets)
    crowds = Crowds.of(tokens.offsets, at, group)
    return crowds.told_apart(layer, LIMITS[0]), shingle, crowds


def _longer(layer: Layer, bounds: I64, shift: int, limit: int, crowds: Crowds) -> Layer | None:
    """The shingles made of two common ones of `layer`, the second `shift` words behind the first."""
    common = layer.star[layer.group]
    at, group = layer.at[common], layer.group[common]
    if not len(at):
        return None
    second = np.minimum(np.searchsorted(at, at + shift), len(at) - 1)
    both = at[second] == at + shift
    keys = group[both].astype(np.uint64) << np.uint64(32) | group[second[both]].astype(np.uint64)
    at = at[both]
    owner = np.empty(len(at), np.int32)
    _owners(at, bounds, owner)
    shingle = np.full(len(at), UNSHARED, np.int32)
    groups, kept = _group(keys, np.argsort(keys, kind="stable"), at, owner, 0, shingle)
    rows, group = np.empty(kept, np.int32), np.empty(kept, np.int32)
    _renumbered(shingle, groups, rows, group)
    return crowds.told_apart(_list(at[rows], group, groups, bounds), limit)


def postings(tokens: Tokens) -> Postings:
    """The inverted index over the shingles of `tokens`. Raises OverflowError from 2**31 words on."""
    if len(tokens.hashes) >= LARGEST:
        raise OverflowError(f"{len(tokens.hashes)} words are more than the in-memory index can number")
    layer, shingle, crowds = _first(tokens)
    layers = [layer]
    for shift, limit in zip(SHIFTS, LIMITS[1:], strict=True):
        longer = _longer(layers[-1], tokens.offsets, shift, limit, crowds)
        if longer is None or not len(longer.articles):
            break
        layers.append(longer)
    return Postings(tuple(layers), shingle)
