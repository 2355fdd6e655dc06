"""Hashes to lists: for each value that two articles share, the places where it stands.

All values of the pile are dealt out by their high bits into parts that fit the processor's cache, and each part is
sorted there on its own: nothing looks across the whole memory for a value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from twosource.reuse.compiled import compiled
from twosource.reuse.repeats import may_repeat, noted
from twosource.reuse.shingles import NONE
from twosource.reuse.tokens import I32, I64, U64

OCCURRENCES = 3
"""How many places of one shingle in one article are followed up: an article of one repeated word has
thousands, and they say nothing new."""
UNSHARED = np.int32(-1)
_FAR = np.int32(-2)
_PART = 1 << 17  # places in a part: their values are sorted in the cache
_MOST_PARTS = 1 << 12
_RUN = 1 << 10  # places of one part that lie side by side
_BITS = 1 << 14  # words of a part's bit maps


class Dealt:
    """Values with their places, dealt out by the high bits of the value; in each part places come as they were given.

    Some parts at a time, where memory is short: then all values are given again for the next ones. `room`: how many
    values there are at most.
    """

    def __init__(self, room: int) -> None:
        self.parts = min(_MOST_PARTS, 1 << (room // _PART).bit_length())
        room += (self.parts + 1) * _RUN  # what is not written to takes no memory
        self._values, self._places = np.empty(room, np.uint64), np.empty(room, np.int32)
        self._next = np.full(
            room // _RUN + 1, -1, np.int32
        )  # the run of places that goes on where one is full
        self.begin(0, self.parts)
        self._seen, self._again = np.empty(_BITS, np.uint64), np.empty(_BITS, np.uint64)

    def begin(self, first: int, last: int) -> None:
        """Begin anew with the parts from `first` to before `last`; values of other parts are passed over."""
        self._first, self._last = first, last
        self._at = np.arange(last - first, dtype=np.int64) * _RUN
        self._used = np.array([last - first], np.int64)
        self._count = np.zeros(last - first, np.int64)

    def add(self, values: U64, begin: int) -> None:
        """Deal out the `values` that stand at the places from `begin` on, but where there is NONE."""
        parts = (self.parts, self._first, self._last)
        _deal(
            values, begin, *parts, self._values, self._places, self._next, self._at, self._used, self._count
        )

    def part(self, number: int) -> tuple[U64, I32]:
        """The values of one part that may stand there twice, and their places."""
        number -= self._first
        count = int(self._count[number])
        values, places = np.empty(count + 1, np.uint64), np.empty(count + 1, np.int32)
        self._seen[:], self._again[:] = 0, 0
        every = (self._values, self._places, self._next, number, count)
        n = _twice(*every, self._seen, self._again, values, places)
        return values[:n], places[:n]


@compiled
def _deal(
    values: U64,
    begin: int,
    parts: int,
    first: int,
    last: int,
    out: U64,
    places: I32,
    follows: I32,
    at: I64,
    used: I64,
    count: I64,
) -> None:
    down = np.uint64(64 - np.int64(np.log2(parts)))
    for i in range(len(values)):
        value = values[i]
        part = np.int64(value >> down) if parts > 1 else 0
        if value == NONE or part < first or part >= last:
            continue
        part -= first
        k = at[part]
        out[k], places[k] = value, begin + i
        count[part] += 1
        k += 1
        if k % _RUN == 0:
            follows[k // _RUN - 1] = used[0]
            k = used[0] * _RUN
            used[0] += 1
        at[part] = k


@compiled
def _twice(
    dealt: U64, at: I32, follows: I32, part: int, count: int, seen: U64, again: U64, values: U64, places: I32
) -> int:
    """Write the values of a part that may stand there twice, with their places; returns how many."""
    run, left = part, count
    while left > 0:
        size = min(left, _RUN)
        noted(dealt[run * _RUN : run * _RUN + size], seen, again)
        run, left = follows[run], left - size
    n, run, left = 0, part, count
    while left > 0:
        size = min(left, _RUN)
        for k in range(run * _RUN, run * _RUN + size):
            values[n], places[n] = dealt[k], at[k]
            n += may_repeat(dealt[k], again)
        run, left = follows[run], left - size
    return n


@compiled
def _settle(values: U64, order: I64, bits: np.uint64) -> None:
    """Put rows whose values agree in all but the last `bits` into the order of the whole value."""
    i = 0
    while i < len(order):
        j, mixed = i + 1, False
        while j < len(order) and (values[order[j]] ^ values[order[i]]) >> bits == 0:
            mixed = mixed or values[order[j]] != values[order[i]]
            j += 1
        if mixed:
            own = order[i:j].copy()
            order[i:j] = own[np.argsort(values[own], kind="mergesort")]
        i = j


def by_value(values: U64) -> I64:
    """int64: the rows sorted by value, then by row: the high bits of the value and the row, sorted as one number."""
    bits = np.uint64(min(32, max(1, len(values).bit_length())))
    if len(values) >= 1 << 32:
        return np.argsort(values, kind="stable")
    keys = values >> bits
    keys <<= bits
    keys |= np.arange(len(values), dtype=np.uint64)
    keys.sort()
    keys &= (np.uint64(1) << bits) - np.uint64(1)
    order = keys.view(np.int64)
    _settle(values, order, bits)
    return order


@compiled
def owners_of(places: I32, bounds: I64) -> I32:
    """int32: the article of each of `places`, which ascend."""
    out = np.empty(len(places), np.int32)
    article = 0
    for k in range(len(places)):
        while places[k] >= bounds[article + 1]:
            article += 1
        out[k] = article
    return out


@dataclass(frozen=True, slots=True)
class Shared:
    """The values that two articles or more share, numbered in the order in which they first stand in the pile.

    `places` int32: value g stands at places[offsets[g]:offsets[g + 1]], ascending, of one article at the first
    OCCURRENCES alone; `owners` int32: the article of each. `offsets` int64 (g + 1,). `articles` int32 (g,): in how
    many articles the value stands, at least 2. `at` int32: all these places once more, in the order of the pile, and `group`
    int32: the value that stands there.
    """

    places: I32
    owners: I32
    offsets: I64
    articles: I32
    at: I32
    group: I32


@dataclass(frozen=True, slots=True)
class Grouped(Shared):
    """The same, with what is asked of places that stand in no list.

    `carriers` int32 (t,): for every place, in how many articles the value that stands there does, 0 where it is not shared.
    """

    carriers: I32


class Grouping:
    """Groups as they are found, part by part, of a pile with so many `places`."""

    def __init__(self, places: int) -> None:
        # a row for each group: in how many articles it is, its places that are followed, and what `_numbered` needs;
        # room that is not written to takes no memory
        self._table = np.empty((places // 2 + 1, 3), np.int32)
        self._shingle = np.full(places, UNSHARED, np.int32)
        self._groups = self._followed = 0

    def add(self, values: U64, places: I32, owners: I32) -> None:
        """Group `values` that stand at `places`, ascending, of the articles `owners`; each value comes in one part."""
        found = (values, by_value(values), places, owners)
        groups, followed = _group(*found, self._table, self._shingle, self._groups)
        self._groups, self._followed = groups, self._followed + followed

    def numbered(self, bounds: I64, stand: I32) -> Grouped:
        """All groups, numbered in the order of the pile: what stands together is kept together.

        `bounds`: of the articles; `stand` int32: where each of the places stands in the pile, empty if that is its number.
        """
        n, followed = self._groups, self._followed
        places, owners = np.empty(followed, np.int32), np.empty(followed, np.int32)
        at, group = np.empty(followed, np.int32), np.empty(followed, np.int32)
        offsets, articles = np.zeros(n + 1, np.int64), np.empty(n, np.int32)
        out = (places, owners, offsets, articles, at, group)
        _numbered(self._table, self._shingle, bounds, stand, *out)
        return Grouped(*out, self._shingle)


@compiled
def _group(
    values: U64, order: I64, found: I32, owner: I32, table: I32, shingle: I32, groups: int
) -> tuple[int, int]:
    """Walk the rows sorted by value, and write down the groups that stand in two articles or more.

    Each place gets its group's number in `shingle`; one that is not followed up gets _FAR less the articles that have
    its value. Returns how many groups there are then, and how many places are followed in those that were added.
    """
    i = followed = 0
    while i < len(order):
        value, j, different = values[order[i]], i + 1, 1
        while j < len(order) and values[order[j]] == value:
            different += owner[order[j]] != owner[order[j - 1]]
            j += 1
        if different > 1:
            size = run = 0
            for k in range(i, j):
                row = order[k]
                run = run + 1 if k > i and owner[row] == owner[order[k - 1]] else 1
                if run <= OCCURRENCES:
                    shingle[found[row]] = groups
                    size += 1
                else:
                    shingle[found[row]] = _FAR - different
            table[groups, 0], table[groups, 1], table[groups, 2] = different, size, -1
            groups += 1
            followed += size
        i = j
    return groups, followed


@compiled
def _numbered(
    table: I32,
    shingle: I32,
    bounds: I64,
    stand: I32,
    places: I32,
    owners: I32,
    offsets: I64,
    articles: I32,
    at: I32,
    group: I32,
) -> None:
    """Write the lists and the places in one walk over the pile; leave in `shingle` how many articles carry each.

    A group gets its number, and room for its list, where it is first met; from then on its row in `table` holds where
    in the list the next place goes, and the number.
    """
    n = groups = article = 0
    for i in range(len(shingle)):
        g = shingle[i]
        if g < 0:
            shingle[i] = max(np.int32(0), _FAR - g)
            continue
        place = stand[i] if len(stand) else i
        while place >= bounds[article + 1]:
            article += 1
        if table[g, 2] < 0:
            table[g, 2], articles[groups] = groups, table[g, 0]
            offsets[groups + 1] = offsets[groups] + table[g, 1]
            table[g, 1] = offsets[groups]
            groups += 1
        k = table[g, 1]
        table[g, 1] = k + 1
        places[k], owners[k] = place, article
        at[n], group[n] = place, table[g, 2]
        n += 1
        shingle[i] = table[g, 0]
