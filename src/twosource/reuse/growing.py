"""A pile that grows: what was joined before is taken over, and only new articles are joined with all others.

What is kept from one run to the next are the runs of equal words that two articles share, before anything is
weighed: how rare a shingle is, and with which article a common one is linked, changes with every article that
comes, so that passages cannot be kept, but no two old articles come to share a run that they did not share before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from twosource.model import Article
from twosource.reuse.compiled import compiled
from twosource.reuse.postings import LIMITS, Layer, Postings
from twosource.reuse.seeds import ALL, Enough, Seeds, Texts, run_seeds, seeds
from twosource.reuse.shingles import WIDTH
from twosource.reuse.tokens import I32, I64, Bools

_BLOCK = 2_000_000  # runs weighed at once: bounds the memory, changes no result


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of equal words that the articles of a pile share, as they are kept for a larger pile.

    `articles`: id and digest of each, in the order of the pile. `rows`: int32, little endian, five columns one
    behind the other: the number of the earlier and of the later article, the word of each at which the run
    begins, and how many words it has.
    """

    articles: tuple[tuple[str, str], ...]
    rows: bytes

    def columns(self) -> I32:
        """The rows as int32 (5, n)."""
        return np.frombuffer(self.rows, "<i4").reshape(5, -1).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Grown:
    """What a run leaves for the next one, and what it had to do.

    `joined`: runs that were found by joining, each in a pair with a new article; `taken`: those taken over.
    """

    runs: Runs
    joined: int
    taken: int


def named(articles: Sequence[Article]) -> tuple[tuple[str, str], ...]:
    """What tells `articles`, in this order, from others."""
    return tuple((a.id, a.sha256) for a in articles)


def _places(before: Runs | None, now: Sequence[tuple[str, str]]) -> I64 | None:
    """int64: where the articles of `before` stand now; None where one is gone, or they stand in another order."""
    if before is None:
        return None
    at = {name: number for number, name in enumerate(now)}
    places = np.array([at.get(name, -1) for name in before.articles], np.int64)
    if len(at) < len(now) or (places < 0).any() or (np.diff(places) <= 0).any():
        return None
    return places


@compiled
def _still_linked(
    a: I64,
    b: I64,
    words: I32,
    owner: I64,
    at: I32,
    group: I32,
    owners: I32,
    offsets: I64,
    star: Bools,
    linked: Bools,
) -> None:
    """Mark the runs in which a shingle of one layer links the two articles, as this pile has it."""
    for k in range(len(a)):
        if linked[k]:
            continue
        e = np.searchsorted(at, b[k])
        while e < len(at) and at[e] <= b[k] + words[k] - WIDTH:
            g = group[e]
            if not star[g] or owners[offsets[g]] == owner[k]:
                p = a[k] + (at[e] - b[k])
                f = np.searchsorted(at, p)
                if f < len(at) and at[f] == p and group[f] == g:
                    linked[k] = True
                    break
            e += 1


def _linked(layers: Sequence[Layer], a: I64, b: I64, words: I32, owner: I64) -> Bools:
    linked = np.zeros(len(a), np.bool_)
    for x in layers:
        _still_linked(a, b, words, owner, x.at, x.group, x.owners, x.offsets, x.star, linked)
    return linked


class Growing:
    """The join of one pile that continues an earlier one; what it leaves for the next is in `grown`."""

    def __init__(self, names: tuple[tuple[str, str], ...], before: Runs | None) -> None:
        self._names, self._before = names, before
        self.grown: Grown | None = None

    def seeds(self, index: Postings, texts: Texts, enough: Enough) -> Iterator[Seeds]:
        """The seeds of the pile, as `seeds.seeds` gives them, in blocks of whole later articles."""
        places = _places(self._before, self._names)
        bounds = texts.bounds
        fresh = np.ones(len(bounds) - 1, np.bool_)
        old = np.empty((5, 0), np.int32)
        if places is not None and self._before is not None:
            fresh[places] = False
            old = self._before.columns()
            old[0], old[1] = places[old[0]], places[old[1]]
        # up to its limit a crowd is followed whatever its articles tell: with more of them they may tell one story
        every = [x.articles > limit for x, limit in zip(index.layers, LIMITS, strict=False)]
        parts = [old]
        for x in seeds(index, texts._replace(fresh=fresh), ALL, every):
            sizes = np.diff(x.pairs)
            x_one, x_other = np.repeat(x.one, sizes), np.repeat(x.other, sizes)
            rows = np.stack((x_one, x_other, x.a - bounds[x_one], x.b - bounds[x_other], x.words))
            parts.append(rows.astype(np.int32))
        table = np.concatenate(parts, axis=1)
        table = table[:, np.lexsort(table[[2, 3, 0, 1]])]
        self.grown = Grown(
            Runs(self._names, table.astype("<i4").tobytes()), table.shape[1] - old.shape[1], old.shape[1]
        )
        lo = 0
        while lo < table.shape[1]:
            hi = min(lo + _BLOCK, table.shape[1])
            hi = int(np.searchsorted(table[1], table[1, hi - 1], side="right"))  # whole later articles
            one, other = table[:2, lo:hi].astype(np.int64)
            a, b, words = bounds[one] + table[2, lo:hi], bounds[other] + table[3, lo:hi], table[4, lo:hi]
            kept = _linked(index.layers, a, b, words, one)
            if kept.any():
                yield run_seeds(a[kept], b[kept], words[kept], one[kept], other[kept], texts, enough)
            lo = hi
