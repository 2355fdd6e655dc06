"""What may belong to a claim besides its members: the graphs that it may have, each with its probability."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import exp, log, prod
from typing import NamedTuple

from twosource.model import Claim, Relation, Statement
from twosource.provenance import constants as p
from twosource.provenance.draft import ClaimGraph
from twosource.provenance.edges import claim_graph, members
from twosource.provenance.pile import Pile
from twosource.provenance.sample import Posterior


class Reading(NamedTuple):
    """The claim's graph if some of what may belong to it does; `weight` in (0, 1] is how likely that is."""

    graph: ClaimGraph
    weight: float


class Rival(NamedTuple):
    """A group of statements that belong to the claim together or not at all, with the probability in (0, 1) that they do."""

    probability: float
    statements: tuple[Statement, ...]


def homes_of(claims: Iterable[Claim]) -> dict[str, Claim]:
    """Statement → the claim that it asserts."""
    return {m.statement: c for c in claims for m in c.members if m.relation is Relation.ASSERTS}


def other_readings(
    pile: Pile, claim: Claim, relation: Relation, homes: Mapping[str, Claim], rho: float
) -> tuple[Reading, ...]:
    """The readings in which more belongs to the claim than its members; what is left of 1 is that nothing does."""
    inside = members(pile, claim, relation)
    rivals = _rivals(pile, claim, inside, relation, homes)[: p.MAY_BELONG]
    found: list[Reading] = []
    for chosen in product((False, True), repeat=len(rivals)):
        weight = prod(
            r.probability if on else 1.0 - r.probability for on, r in zip(chosen, rivals, strict=True)
        )
        if any(chosen) and weight >= p.LEAST_READING:
            more = [s for on, r in zip(chosen, rivals, strict=True) if on for s in r.statements]
            found.append(Reading(claim_graph(pile, [*inside, *more], rho), weight))
    return tuple(found)


def _rivals(
    pile: Pile, claim: Claim, inside: Sequence[Statement], relation: Relation, homes: Mapping[str, Claim]
) -> list[Rival]:
    """What may belong, likeliest first. If one statement of another claim says the same, all of that claim do.

    What denies or counts otherwise elsewhere does not belong. That is for the grouping to say: a negation alone does not make it
    a denial ("the tools were not clean", "the tools were dirty").
    """
    here = {s.id for s in inside}
    groups: dict[str, tuple[float, dict[str, Statement]]] = {}
    for near in claim.nearly:
        statement, home = pile.statements.get(near.statement), homes.get(near.statement)
        if near.relation is not relation or statement is None or home is None:
            continue
        known, together = groups.get(home.id, (0.0, {}))
        for m in home.members if not together else ():
            if m.relation is Relation.ASSERTS and m.statement in pile.statements and m.statement not in here:
                together[m.statement] = pile.statements[m.statement]
        groups[home.id] = max(known, belongs(near.probability, statement, inside)), together
    return [
        Rival(share, tuple(together[s] for s in sorted(together)))
        for _, (share, together) in sorted(groups.items(), key=lambda item: (-item[1][0], item[0]))
        if share >= p.MAY_AT_ALL
    ]


def belongs(stated: float, statement: Statement, inside: Iterable[Statement]) -> float:
    """The probability that a statement which was left out at `stated` is the claim after all.

    The more content words it has in common with the nearest one of the claim, the likelier; with fewer than
    `NEARLY_WORDS` it is another statement mostly. Across languages words tell nothing: there it is another one mostly
    where no name and no number is in common.
    """
    odds = log(stated / (1.0 - stated))
    inside = tuple(inside)
    words = in_common(statement, inside)
    if words is None:
        odds += p.BELONGS_ACROSS if anchored(statement, inside) else -p.BELONGS_FEW
    elif words[0] < p.NEARLY_WORDS:
        odds -= p.BELONGS_FEW
    else:
        base, by_words = p.BELONGS
        odds += base + by_words * words[1]
    return min(p.BELONGS_MOST, _logistic(odds))


def in_common(statement: Statement, inside: Iterable[Statement]) -> tuple[int, float] | None:
    """The most content words that a statement has in common with one of these, and the greatest share of them; None across languages."""
    words = frozenset(statement.lemmas)
    same = [frozenset(s.lemmas) for s in inside if s.language == statement.language]
    if not same:
        return None
    return max(len(words & other) for other in same), max(
        len(words & other) / max(1, len(words | other)) for other in same
    )


def anchored(statement: Statement, inside: Iterable[Statement]) -> bool:
    """Whether a statement has a name or a number in common with one of these."""
    mine = _facts(statement)
    return any(mine & _facts(other) for other in inside)


def _facts(statement: Statement) -> frozenset[str | tuple[float, float]]:
    return frozenset(e.key for e in statement.entities) | {(q.low, q.high) for q in statement.quantities}


def _logistic(odds: float) -> float:
    return 1.0 / (1.0 + exp(-odds))


def mixed(parts: Iterable[tuple[Posterior, float]]) -> Posterior:
    """The distribution of K over readings, each with its weight; weights sum to 1."""
    shares: dict[int, float] = {}
    exact = True
    for part, weight in parts:
        exact = exact and part.exact
        for k, share in part.weights:
            shares[k] = shares.get(k, 0.0) + weight * share
    return Posterior(tuple(sorted(shares.items())), exact)
