"""Which pairs of statements are worth comparing: nearest neighbours, and rare names and numbers in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Statement

NEIGHBOURS = 20
_BLOCK = 512  # rows of the similarity matrix held at once
_LOCAL = 10  # neighbours that the local scale is the mean over
_COMMONEST = 12  # a name-and-number pair that more statements share is not rare


class Pair(NamedTuple):
    """Two statements by their positions (a < b), with cosine and locally scaled similarity (CSLS).

    `mutual`: in each one's article, the other finds nothing nearer to itself.
    """

    a: int
    b: int
    cosine: float
    csls: float
    mutual: bool = False


def nearest(vectors: NDArray[np.float32], k: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The `k` nearest other rows of every row by cosine, exact: indices (n, k) and cosines (n, k), best first.

    Rows are unit vectors. The matrix product runs in blocks, so that no n × n matrix is kept.
    """
    n = len(vectors)
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


def local_scale(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row's mean cosine to its nearest rows, shape (n,): how crowded its surroundings are."""
    if cosines.shape[1] == 0:
        return np.zeros(len(cosines), dtype=np.float32)
    mean: NDArray[np.float32] = cosines[:, :_LOCAL].mean(axis=1, dtype=np.float32)
    return mean


def csls(cosine: float, scale_a: float, scale_b: float) -> float:
    """Similarity scaled by both surroundings: 2 cos − r(a) − r(b) (Conneau et al. 2018, CSLS)."""
    return 2.0 * cosine - scale_a - scale_b


def candidates(
    statements: Sequence[Statement], vectors: NDArray[np.float32], scale_floor: float = -0.12
) -> tuple[list[Pair], NDArray[np.float32]]:
    """Pairs to compare, in order of position, and the local scale of every statement.

    A pair comes in when one is among the other's nearest `NEIGHBOURS` and is not far below both
    surroundings, or when both share two rare names or a rare name and a number.
    """
    indices, cosines = nearest(vectors, NEIGHBOURS)
    scale = local_scale(cosines)
    pairs: set[tuple[int, int]] = set()
    n, k = indices.shape
    scaled = 2.0 * cosines - scale[:, None] - scale[indices] if k else cosines
    for i in range(n):
        for slot in range(k):
            if scaled[i, slot] >= scale_floor:
                j = int(indices[i, slot])
                pairs.add((i, j) if i < j else (j, i))
    pairs |= sharing_rare(statements)
    first = _nearest_by_article(statements, indices)
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
                out.append(Pair(a, b, value, csls(value, float(scale[a]), float(scale[b])), mutual))
    return out, scale


def _nearest_by_article(statements: Sequence[Statement], indices: NDArray[np.int32]) -> set[tuple[int, int]]:
    """(i, j) where j is the nearest to i of all that j's article states, as far as i's neighbours reach."""
    out: set[tuple[int, int]] = set()
    for i, row in enumerate(indices.tolist()):
        seen = {statements[i].article}
        for j in row:
            article = statements[j].article
            if article not in seen:
                seen.add(article)
                out.add((i, j))
    return out


def sharing_rare(statements: Sequence[Statement]) -> set[tuple[int, int]]:
    """Pairs that share two rare names, or a name and an exact number of the same unit."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, statement in enumerate(statements):
        names = sorted({e.key for e in statement.entities})[:8]
        numbers = sorted(
            {f"{q.low:g} {q.unit}" for q in statement.quantities if q.low == q.high and q.low > 2}
        )[:4]
        for x, name in enumerate(names):
            for other in names[x + 1 :]:
                holders[name, other].append(i)
            for number in numbers:
                holders[name, number].append(i)
    out: set[tuple[int, int]] = set()
    for where in holders.values():
        if 2 <= len(where) <= _COMMONEST:
            out.update((a, b) for x, a in enumerate(where) for b in where[x + 1 :])
    return out
