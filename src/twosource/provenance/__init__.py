"""Who rests on whom for each claim, and how many independent lines that leaves.

`trace` is the stage; `count` works on one graph without text or probabilities. Read `edges.RULES` for what
makes an edge, `constants` for how probable, `sample` for the interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from twosource.model import (
    Article,
    Attribution,
    Claim,
    PassageMatch,
    Provenance,
    Relation,
    Source,
    Statement,
    Support,
)
from twosource.provenance import constants, flags
from twosource.provenance.belonging import homes_of, other_readings
from twosource.provenance.count import Count, Origin, at_least, count
from twosource.provenance.draft import ClaimGraph
from twosource.provenance.edges import claim_graph, members, wide_graph
from twosource.provenance.graph import Graph, build, contract
from twosource.provenance.joined import pile_of
from twosource.provenance.lines import lines, swings
from twosource.provenance.merges import may_be_one
from twosource.provenance.pile import Pile
from twosource.provenance.support import support_of
from twosource.provenance.without import without
from twosource.registry import Registry, default
from twosource.settings import Settings

__all__ = [
    "Count",
    "Graph",
    "Origin",
    "at_least",
    "build",
    "contract",
    "count",
    "lines",
    "swings",
    "trace",
    "without",
]


def trace(
    claims: Sequence[Claim],
    statements: Iterable[Statement],
    attributions: Iterable[Attribution],
    sources: Iterable[Source],
    articles: Sequence[Article],
    matches: Iterable[PassageMatch],
    settings: Settings,
    registry: Registry | None = None,
) -> tuple[Provenance, ...]:
    """The provenance of every claim, in the order of the claims.

    Attributions carry the `source_id` that linking across the pile gave them. The order of the other inputs
    does not matter, and a claim's result does not depend on what other claims there are, except for the
    pile's own measure of what it lacks. `registry` None means the one that comes with the package.
    """
    rows = default() if registry is None else registry
    pile = pile_of(statements, attributions, sources, articles, matches, rows, claims)
    graphs = [
        tuple(
            claim_graph(pile, members(pile, claim, relation), settings.rho)
            for relation in (Relation.ASSERTS, Relation.DENIES)
        )
        for claim in claims
    ]
    homes = homes_of(claims)
    thin = _thin_pile([graph for pair in graphs for graph in pair])
    out: list[Provenance] = []
    for claim, (graph, against) in zip(claims, graphs, strict=True):
        asserting, denying = (members(pile, claim, r) for r in (Relation.ASSERTS, Relation.DENIES))
        wide = wide_graph(pile, claim, Relation.ASSERTS, settings.rho)
        others = other_readings(pile, claim, Relation.ASSERTS, homes, settings.rho)
        counted = support_of(pile, graph, claim.id, settings, thin, wide=wide, others=others)
        seen = flags.Seen(pile, graph, counted, _by_article(asserting))
        out.append(
            Provenance(
                claim=claim.id,
                nodes=(*graph.nodes, *counted.loops),
                edges=graph.edges,
                support=replace(counted.support, warnings=flags.warnings(seen)),
                denial=_denial(pile, against, claim, settings, thin) if denying else None,
                may_be_one=may_be_one(graph),
            )
        )
    return tuple(out)


def _denial(pile: Pile, graph: ClaimGraph, claim: Claim, settings: Settings, thin: str | None) -> Support:
    wide = wide_graph(pile, claim, Relation.DENIES, settings.rho)
    return support_of(pile, graph, f"{claim.id} denied", settings, thin, wide=wide).support


def _thin_pile(graphs: Iterable[ClaimGraph]) -> str | None:
    """Why the whole pile is too thin for a most likely count, or None.

    Outlets that have pieces in the pile are cited by others: is the piece cited there, for any of the claims that
    the citing article makes? (For one claim alone it may be the grouping that missed it.)
    """
    found: dict[tuple[str, str], bool] = {}
    for graph in graphs:
        for article, outlet, there in graph.cited:
            found[article, outlet] = found.get((article, outlet), False) or there
    cited, missing = len(found), sum(not there for there in found.values())
    if cited < constants.PILE_CITATIONS or missing <= constants.PILE_MISSING * cited:
        return None
    return (
        f"the pile lacks {missing} of the {cited} pieces that its articles cite from its own outlets: "
        "too much of the story is missing"
    )


def _by_article(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    out: dict[str, list[Statement]] = {}
    for statement in sorted(statements, key=lambda s: (s.article, s.id)):
        out.setdefault(statement.article, []).append(statement)
    return out
