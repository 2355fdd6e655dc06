"""Which pairs of statements are worth comparing: nearest neighbours, and rare names and numbers in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Statement

NEIGHBOURS = 20
EXACT = 10_000
"""Up to so many statements of a language the nearest neighbours are exact; beyond, they are looked for by region."""
_REGION = 512  # rows that a region of vectors has on average
_PROBED = 8  # regions that the neighbours of a row are looked for in
_ROUNDS = 4  # of moving the regions' centres
_SEED = 5
_BLOCK = 512  # rows of the similarity matrix held at once
_LOCAL = 10  # neighbours that the local scale is the mean over
_COMMONEST = 12  # a name-and-number pair that more statements share is not rare


class Pair(NamedTuple):
    """Two statements by their positions (a < b), with cosine and locally scaled similarity (CSLS).

    `mutual`: in each one's article, the other finds nothing nearer to itself. `sharing`: they share rare names or numbers.
    """

    a: int
    b: int
    cosine: float
    csls: float
    mutual: bool = False
    sharing: bool = False


def nearest(vectors: NDArray[np.float32], k: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The `k` nearest other rows of every row by cosine: indices (n, k) and cosines (n, k), best first.

    Rows are unit vectors. Exact up to `EXACT` rows: the matrix product runs in blocks, so that no n × n matrix is kept.
    Beyond, see `nearest_by_region`.
    """
    n = len(vectors)
    if n > EXACT:
        return nearest_by_region(vectors, vectors, k, itself=True)
    k = min(k, n - 1)
    indices = np.zeros((n, k), dtype=np.int32)
    cosines = np.zeros((n, k), dtype=np.float32)
    if k <= 0:
        return indices, cosines
    for start in range(0, n, _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, n))
        block = vectors[rows] @ vectors.T
        block[np.arange(len(rows)), rows] = -np.inf
        best = np.argpartition(-block, k - 1, axis=1)[:, :k]
        values = np.take_along_axis(block, best, axis=1)
        order = np.lexsort((best, -values), axis=1)
        indices[rows] = np.take_along_axis(best, order, axis=1)
        cosines[rows] = np.take_along_axis(values, order, axis=1)
    return indices, cosines


def nearest_of(
    rows: NDArray[np.float32], columns: NDArray[np.float32], k: int
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The `k` nearest of `columns` to every one of `rows`: indices (n, k) and cosines (n, k), best first.

    Exact up to `EXACT` columns.
    """
    if len(columns) > EXACT:
        return nearest_by_region(rows, columns, k)
    k = min(k, len(columns))
    indices = np.zeros((len(rows), k), dtype=np.int32)
    cosines = np.zeros((len(rows), k), dtype=np.float32)
    if k <= 0:
        return indices, cosines
    for start in range(0, len(rows), _BLOCK):
        part = slice(start, start + _BLOCK)
        block = rows[part] @ columns.T
        best = np.argpartition(-block, k - 1, axis=1)[:, :k]
        values = np.take_along_axis(block, best, axis=1)
        order = np.lexsort((best, -values), axis=1)
        indices[part] = np.take_along_axis(best, order, axis=1)
        cosines[part] = np.take_along_axis(values, order, axis=1)
    return indices, cosines


def nearest_by_region(
    rows: NDArray[np.float32], columns: NDArray[np.float32], k: int, *, itself: bool = False
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Nearly all of the `k` nearest of `columns`, looked for in the regions nearest to each row.

    The columns are parted into regions of about `_REGION` around centres (spherical k-means on unit vectors; an inverted
    file, Jégou et al. 2011), none more than twice as large; a row is compared with the columns of `_PROBED` regions.
    Time and memory grow with rows × regions, which is small, and rows × a constant. `itself`: rows are the columns, and a
    row is no neighbour of its own. Where fewer than `k` are found, the last places repeat with a cosine of −1.
    """
    centres = _centres(columns)
    home = _best_centres(columns, centres, 1)[:, 0]
    members = [part for c in range(len(centres)) for part in _parts(np.flatnonzero(home == c)) if len(part)]
    means = np.stack([columns[part].mean(axis=0) for part in members])
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)
    probed = _best_centres(rows, means, min(_PROBED, len(members)))
    indices = np.zeros((len(rows), k), dtype=np.int32)
    cosines = np.full((len(rows), k), -1.0, dtype=np.float32)
    order = np.argsort(probed, axis=None, kind="stable")
    starts = np.searchsorted(probed.ravel()[order], np.arange(len(members) + 1))
    for region, part in enumerate(members):
        asking = order[starts[region] : starts[region + 1]] // probed.shape[1]
        for begin in range(0, len(asking), _BLOCK):
            who = asking[begin : begin + _BLOCK]
            block = rows[who] @ columns[part].T
            if itself:
                block[who[:, None] == part[None, :]] = -2.0
            found = np.concatenate([cosines[who], block], axis=1)
            places = np.concatenate([indices[who], np.broadcast_to(part, block.shape)], axis=1)
            best = np.argpartition(-found, k - 1, axis=1)[:, :k]
            cosines[who] = np.take_along_axis(found, best, axis=1)
            indices[who] = np.take_along_axis(places, best, axis=1)
    best = np.lexsort((indices, -cosines), axis=1)
    return np.take_along_axis(indices, best, axis=1), np.take_along_axis(cosines, best, axis=1)


def _centres(columns: NDArray[np.float32]) -> NDArray[np.float32]:
    """Unit vectors that the columns lie around, found on a sample of them."""
    count = -(-len(columns) // _REGION)
    random = np.random.default_rng(_SEED)
    sample = columns[np.sort(random.choice(len(columns), min(len(columns), 64 * count), replace=False))]
    centres = sample[np.sort(random.choice(len(sample), count, replace=False))].copy()
    for _ in range(_ROUNDS):
        home = _best_centres(sample, centres, 1)[:, 0]
        sums = np.zeros_like(centres)
        np.add.at(sums, home, sample)
        length = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(length > 0, sums / np.maximum(length, 1e-12), centres).astype(np.float32)
    return centres


def _best_centres(rows: NDArray[np.float32], centres: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The `k` centres nearest to every row, (n, k)."""
    out = np.zeros((len(rows), k), dtype=np.int64)
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK] @ centres.T
        out[start : start + _BLOCK] = np.argsort(-block, axis=1, kind="stable")[:, :k]
    return out


def _parts(members: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """A region's rows in parts of at most twice the usual size: what thousands say alike stays bounded."""
    return np.array_split(members, -(-len(members) // (2 * _REGION))) if len(members) else []


def local_scale(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row's mean cosine to its nearest rows, shape (n,): how crowded its surroundings are."""
    if cosines.shape[1] == 0:
        return np.zeros(len(cosines), dtype=np.float32)
    mean: NDArray[np.float32] = cosines[:, :_LOCAL].mean(axis=1, dtype=np.float32)
    return mean


def csls(cosine: float, scale_a: float, scale_b: float) -> float:
    """Similarity scaled by both surroundings: 2 cos − r(a) − r(b) (Conneau et al. 2018, CSLS)."""
    return 2.0 * cosine - scale_a - scale_b


class Surroundings:
    """The nearest of every statement in each language, and how crowded each is by that language.

    Cosines across languages run lower than within one, so each pair of languages has a scale of its own.
    """

    def __init__(self, languages: Sequence[str], vectors: NDArray[np.float32]) -> None:
        self.languages = languages
        rows = {x: np.array([i for i, y in enumerate(languages) if y == x]) for x in sorted(set(languages))}
        self.near: list[list[tuple[int, float]]] = [[] for _ in languages]
        self.scale: dict[str, NDArray[np.float32]] = {}
        for language, columns in rows.items():
            scale = np.zeros(len(languages), dtype=np.float32)
            for other, lines in rows.items():
                if other == language:
                    found, cosines = nearest(vectors[lines], NEIGHBOURS)
                else:
                    found, cosines = nearest_of(vectors[lines], vectors[columns], NEIGHBOURS)
                scale[lines] = local_scale(cosines)
                places = columns[found] if found.size else found
                for line, where, values in zip(
                    lines.tolist(), places.tolist(), cosines.tolist(), strict=True
                ):
                    self.near[line].extend(zip(where, values, strict=True))
            self.scale[language] = scale

    def scaled(self, a: int, b: int, cosine: float) -> float:
        """The locally scaled similarity of two statements, by the language of the other (see `csls`)."""
        first = float(self.scale[self.languages[b]][a])
        return csls(cosine, first, float(self.scale[self.languages[a]][b]))


def candidates(
    statements: Sequence[Statement],
    vectors: NDArray[np.float32],
    articles: Sequence[Collection[str]] | None = None,
    scale_floor: float = -0.12,
) -> tuple[list[Pair], Surroundings]:
    """Pairs to compare, in order of position, and the surroundings of every statement.

    A pair comes in when one is among the other's nearest `NEIGHBOURS` in its language and is not far below both
    surroundings, or when both share two rare names, a rare name and a number, or a day and a toll. `articles`
    are those that carry each statement where it stands for several copies.
    """
    around = Surroundings([s.language for s in statements], vectors)
    carried = articles if articles is not None else [(s.article,) for s in statements]
    sharing = sharing_rare(statements)
    pairs = set(sharing)
    for i, near in enumerate(around.near):
        for j, value in near:
            if around.scaled(i, j, value) >= scale_floor:
                pairs.add((i, j) if i < j else (j, i))
    first = _nearest_by_article(around, carried)
    out: list[Pair] = []
    ordered = sorted(pairs)
    if ordered:
        left = np.array([a for a, _ in ordered])
        right = np.array([b for _, b in ordered])
        for start in range(0, len(ordered), 65536):
            part = slice(start, start + 65536)
            cos = np.einsum("ij,ij->i", vectors[left[part]], vectors[right[part]])
            for (a, b), value in zip(ordered[part], cos.tolist(), strict=True):
                mutual = (a, b) in first and (b, a) in first
                out.append(Pair(a, b, value, around.scaled(a, b, value), mutual, (a, b) in sharing))
    return out, around


def _nearest_by_article(around: Surroundings, carried: Sequence[Collection[str]]) -> set[tuple[int, int]]:
    """(i, j) where j is the nearest to i of all that j's article states, as far as i's neighbours reach."""
    out: set[tuple[int, int]] = set()
    for i, near in enumerate(around.near):
        seen = set(carried[i])
        for j, _ in sorted(near, key=lambda x: (-x[1], x[0])):
            if not seen.issuperset(carried[j]):
                out.add((i, j))
                seen.update(carried[j])
    return out


def sharing_rare(statements: Sequence[Statement]) -> set[tuple[int, int]]:
    """Pairs that share two rare names, a name and an exact number of the same unit, or a day and a toll."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, statement in enumerate(statements):
        names = sorted({e.key for e in statement.entities})[:8]
        numbers = sorted(
            {f"{q.low:g} {q.unit}" for q in statement.quantities if q.low == q.high and q.low > 2}
        )[:4]
        for q in statement.quantities:
            if q.fate and q.low == q.high and q.low > 2 and statement.published:
                holders[f"{q.fate} {q.low:g}", statement.published].append(i)
        for x, name in enumerate(names):
            for other in names[x + 1 :]:
                holders[name, other].append(i)
            for number in numbers:
                holders[name, number].append(i)
    out: set[tuple[int, int]] = set()
    for where in holders.values():
        if 2 <= len(where) <= _COMMONEST:
            out.update((a, b) for x, a in enumerate(where) for b in where[x + 1 :] if a != b)
    return out
