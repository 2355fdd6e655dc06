"""Passages that two articles in different languages share: the wording differs, the sequence of what is said agrees.

Candidates come from sentence vectors and not from shingles; what follows is the same idea as for wording: single
agreements are chained in reading order, and one alone proves nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from twosource.model import Article, Direction, MatchKind, Passage, PassageMatch, Span
from twosource.reuse.citing import Citing, citing, identity, named_in_text

F32 = NDArray[np.float32]

NEIGHBOURS = 4
MARGIN = 1.03
"""Least ratio of a cosine to the mean of both sentences' nearest: cosines of one model differ by language and by
subject, their ratio to what is usual nearby differs less (Artetxe and Schwenk 2019, Margin-based parallel corpus
mining). Set by hand on the sample case, not calibrated."""
IN_ORDER = 3
"""Least agreements in reading order that make a passage."""
GAP = 4
"""Most sentences, in either article, between two agreements of one passage."""
_BLOCK = 2048
_BACK = 64
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _numbers(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"[.,]", "", n) for n in _NUMBER.findall(text))


def _usual(x: F32, y: F32, k: int) -> tuple[F32, NDArray[np.int64], F32]:
    """Per row of x: the mean cosine of its k nearest rows of y, its nearest row, and that one's cosine."""
    usual, nearest, top = [], [], []
    for begin in range(0, len(x), _BLOCK):
        cosines = x[begin : begin + _BLOCK] @ y.T
        usual.append(np.sort(cosines, axis=1)[:, -k:].mean(axis=1))
        nearest.append(cosines.argmax(axis=1))
        top.append(cosines.max(axis=1))
    return (
        np.concatenate(usual).astype(np.float32),
        np.concatenate(nearest).astype(np.int64),
        np.concatenate(top).astype(np.float32),
    )


def agreements(x: F32, y: F32) -> list[tuple[int, int, float]]:
    """Rows of x and y that are each other's nearest, with their margin, at least MARGIN."""
    if not len(x) or not len(y):
        return []
    usual_x, to_y, cosine = _usual(x, y, min(NEIGHBOURS, len(y)))
    usual_y, to_x, _ = _usual(y, x, min(NEIGHBOURS, len(x)))
    found = []
    for i, j in enumerate(to_y.tolist()):
        margin = float(2 * cosine[i] / (usual_x[i] + usual_y[j]))
        if to_x[j] == i and margin >= MARGIN:
            found.append((i, j, margin))
    return found


def in_order(points: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Chains of `points` that rise in both numbers, with gaps of GAP at most, the longest first, no point twice."""
    ranked = sorted(set(points))
    length: list[int] = []
    back: list[int] = []
    for i, (a, b) in enumerate(ranked):
        near = range(max(0, i - _BACK), i)
        before = [j for j in near if 0 < a - ranked[j][0] <= GAP and 0 < b - ranked[j][1] <= GAP]
        parent = max(before, key=lambda j: (length[j], -j), default=-1)
        length.append(length[parent] + 1 if parent >= 0 else 1)
        back.append(parent)
    chains, used = [], set[int]()
    for end in sorted(range(len(ranked)), key=lambda i: (-length[i], i)):
        chain, at = [], end
        while at >= 0 and at not in used:
            used.add(at)
            chain.append(ranked[at])
            at = back[at]
        if chain:
            chains.append(chain[::-1])
    return chains


def translations(
    articles: Sequence[Article], units: Sequence[Passage], vectors: F32
) -> tuple[PassageMatch, ...]:
    """Passages of two articles in different languages that say the same things in the same order.

    `units` are the sentences or statements of the articles, `vectors` float32 (len(units), d) their unit rows from
    a model that knows both languages. Of two sentences that both hold numbers at least one must be shared. Cost
    grows with the square of the number of units.
    """
    by_id = {a.id: a for a in articles}
    order = sorted(range(len(units)), key=lambda i: (units[i].article, units[i].span))
    languages: dict[str, list[int]] = defaultdict(list)
    place: dict[int, int] = {}
    counted: dict[str, int] = defaultdict(int)
    for i in order:
        name = units[i].article
        place[i] = counted[name]
        counted[name] += 1
        languages[by_id[name].language].append(i)
    agreed: dict[tuple[str, str], list[tuple[int, int, float]]] = defaultdict(list)
    known = sorted(language for language in languages if language != "und")
    for n, first in enumerate(known):
        for second in known[n + 1 :]:
            rows, columns = languages[first], languages[second]
            for i, j, margin in agreements(vectors[rows], vectors[columns]):
                left, right = units[rows[i]], units[columns[j]]
                numbers = [_numbers(u.span.of(by_id[u.article].text)) for u in (left, right)]
                if not all(numbers) or numbers[0] & numbers[1]:
                    agreed[left.article, right.article].append((rows[i], columns[j], margin))
    out = []
    for (a, b), found in sorted(agreed.items()):
        by_place = {(place[i], place[j]): (i, j, margin) for i, j, margin in found}
        for chain in in_order(list(by_place)):
            if len(chain) < IN_ORDER:
                continue
            out.append(_match(by_id[a], by_id[b], units, [by_place[p] for p in chain], counted))
    return tuple(out)


def _match(
    a: Article,
    b: Article,
    units: Sequence[Passage],
    chain: list[tuple[int, int, float]],
    counted: dict[str, int],
) -> PassageMatch:
    hulls = [
        Passage(side.id, Span(min(s.start for s in spans), max(s.end for s in spans)))
        for side, spans in (
            (a, [units[i].span for i, _, _ in chain]),
            (b, [units[j].span for _, j, _ in chain]),
        )
    ]
    direction, p, why = direction_of(a, b)
    key = "\0".join(f"{h.article}\0{h.span.start}\0{h.span.end}" for h in hulls)
    n = len(chain)
    shorter = min(counted[a.id], counted[b.id])
    return PassageMatch(
        "t" + hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
        hulls[0],
        hulls[1],
        round(float(sum(np.log(margin) for _, _, margin in chain)) * 100, 3),
        round(n / max(shorter, n), 4),
        MatchKind.TRANSLATION,
        direction,
        p,
        round(min(0.9, 1 - 0.6**n), 4),
        (f"{n} sentences say the same in the same order, {a.language} and {b.language}", why),
    )


def direction_of(a: Article, b: Article) -> tuple[Direction, float, str]:
    """Which of two articles told it first, how surely, and why."""
    of_a, of_b = identity(a), identity(b)
    forward = citing(b, of_b, a, of_a, bool(a.outlet) and named_in_text(b.text, a.outlet))
    backward = citing(a, of_a, b, of_b, bool(b.outlet) and named_in_text(a.text, b.outlet))
    if forward != backward:
        way = Direction.A_TO_B if forward > backward else Direction.B_TO_A
        return (
            way,
            0.95 if max(forward, backward) >= Citing.OUTLET else 0.9,
            "names the other's outlet as its source",
        )
    earlier = a.published.before(b.published)
    if earlier is None:
        return Direction.UNDIRECTED, 0.5, "nothing tells which was first"
    return (Direction.A_TO_B if earlier else Direction.B_TO_A), 0.85, "published later"
