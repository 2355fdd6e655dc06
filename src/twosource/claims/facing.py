"""Statements that stand opposite each other in a text and its translation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import MatchKind, PassageMatch, Statement

_MARGIN = 0.01  # what a pair must be nearer than the next best, in cosine


def facing(
    copies: Sequence[Sequence[Statement]], vectors: NDArray[np.float32], matches: Sequence[PassageMatch]
) -> frozenset[tuple[int, int]]:
    """Pairs (a < b) of positions whose statements face each other in two passages of which one translates the other.

    Both are the nearest to each other of all that the two passages state, and clearly so: by more than the
    margin above the next. `copies[i]` are the statements at position i, `vectors[i]` their unit row.
    """
    by_article: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for i, same in enumerate(copies):
        for s in same:
            by_article[s.article].append((s.spans[0].start, s.spans[-1].end, i))
    out: set[tuple[int, int]] = set()
    for match in matches:
        if match.kind is not MatchKind.TRANSLATION:
            continue
        sides = [
            sorted(
                {
                    i
                    for start, end, i in by_article.get(passage.article, ())
                    if start < passage.span.end and end > passage.span.start
                }
            )
            for passage in (match.a, match.b)
        ]
        if all(sides):
            cosines = vectors[sides[0]] @ vectors[sides[1]].T
            out |= {(min(a, b), max(a, b)) for a, b in _mutual(cosines, sides[0], sides[1]) if a != b}
    return frozenset(out)


def _mutual(
    cosines: NDArray[np.float32], rows: Sequence[int], columns: Sequence[int]
) -> list[tuple[int, int]]:
    best_row, best_column = cosines.argmax(axis=1), cosines.argmax(axis=0)
    out = []
    for r, c in enumerate(best_row.tolist()):
        if int(best_column[c]) != r:
            continue
        rest = np.concatenate([np.delete(cosines[r], c), np.delete(cosines[:, c], r)])
        if not rest.size or float(cosines[r, c]) - float(rest.max()) >= _MARGIN:
            out.append((rows[r], columns[c]))
    return out
