"""Statements that may belong to a claim they were not put into: what was left apart, but not by much."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from ..model import Nearly, Relation
from .compare import Verdict
from .pile import MOST_REASONS, Pile, spread

LEAST = 0.15
"""Least probability at which a statement is named as one that may belong."""
_MOST = 50  # for each claim and relation


def nearly(
    pile: Pile, cores: Sequence[Sequence[int]], inside: Sequence[frozenset[int]], same: float
) -> list[tuple[Nearly, ...]]:
    """For each claim the statements of other claims that may assert or deny it, likeliest first.

    `cores[k]` are the positions that assert claim k, `inside[k]` all that it holds. Of each article that is not in
    the claim the statement likest to one of its members is named, at most `_MOST` of them, with the mean probability over
    the members, from `LEAST` up to `same`. Only pairs that
    were compared in any case are looked at, so that the cost is that of the candidates.
    """
    homes: dict[int, list[int]] = defaultdict(list)
    for k, core in enumerate(cores):
        for x in core:
            homes[x].append(k)
    best: list[dict[tuple[int, Relation], tuple[float, int]]] = [{} for _ in cores]
    for a, b in pile.candidates:
        made = pile.made[a, b]
        if made.relation is Verdict.RIVAL_NUMBER:
            continue
        if made.probability >= LEAST:
            relation, p = Relation.ASSERTS, made.probability
        elif made.polar and made.frame >= LEAST:
            relation, p = Relation.DENIES, made.frame
        else:
            continue
        for x, y in ((a, b), (b, a)):
            for k in homes.get(x, ()):
                if y not in inside[k] and p > best[k].get((y, relation), (0.0, 0))[0]:
                    best[k][y, relation] = p, x
    return [_named(pile, cores[k], inside[k], best[k], same) for k in range(len(cores))]


def _linked(pile: Pile, y: int, core: Sequence[int], relation: Relation) -> float:
    """The mean over the claim's members, as it decides what joins; that one of them sounds alike is not enough."""
    made = [pile.outcome(x, y) for x in spread(core)]
    if relation is Relation.DENIES:
        return math.fsum(o.frame for o in made if o.polar) / len(made)
    return math.fsum(o.probability for o in made) / len(made)


def _named(
    pile: Pile,
    core: Sequence[int],
    inside: frozenset[int],
    best: dict[tuple[int, Relation], tuple[float, int]],
    same: float,
) -> tuple[Nearly, ...]:
    """The likeliest statement of each article outside the claim, with its reasons."""
    seen = {article for x in inside for article in pile.articles[x]}
    out: list[Nearly] = []
    named = {Relation.ASSERTS: 0, Relation.DENIES: 0}
    for (y, relation), (nearest, x) in sorted(best.items(), key=lambda e: (-e[1][0], e[0])):
        new = [s for s in pile.copies[y] if s.article not in seen]
        if not new or named[relation] >= _MOST:
            continue
        p = _linked(pile, y, core, relation) if len(core) > 1 else nearest
        if p < LEAST:
            continue
        reasons = pile.full(x, y).reasons[:MOST_REASONS]
        probability = round(min(p, same - 0.0001), 4)
        for s in new:
            if s.article not in seen and named[relation] < _MOST:
                seen.add(s.article)
                named[relation] += 1
                out.append(Nearly(s.id, probability, reasons, relation))
    return tuple(out)
