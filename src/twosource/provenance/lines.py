"""What stands behind the number K of one claim: the lines themselves, and the guesses that it hangs on."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from twosource.model import Line, NodeKind, Provenance, Swing
from twosource.provenance import constants as p
from twosource.provenance.draft import ClaimGraph
from twosource.provenance.graph import Graph, build, chains, contract, disjoint, roots, without
from twosource.provenance.sample import Resolver

MOST_GUESSES = 200
"""How many edges in doubt are tried one by one, those nearest to even first."""


def lines(traced: Provenance) -> tuple[Line, ...]:
    """One greatest set of chains from origins to articles without a common node, in the graph of likely edges.

    There are `Support.k` of them. Where several sets are as great it is one of them, always the same.
    """
    graph = _graph(traced)
    resolver = Resolver(graph)
    held = resolver.at_threshold(p.LIKELY)
    likely = _built(graph, held)
    between = {(e.parent, e.child): e.id for e, on in zip(graph.edges, held, strict=True) if on}
    out: list[Line] = []
    for start, behind in chains(likely.children, likely.article, roots(likely.children, likely.article)):
        names = [likely.ids[v] for v in behind]
        first = [likely.ids[v] for v in start]
        head = first[0] if len(first) == 1 else "loop:" + "+".join(first)
        edges = [between[pair] for pair in pairwise(names)]
        if names:
            edges.insert(0, next(between[u, names[0]] for u in first if (u, names[0]) in between))
        out.append(Line((head, *names), tuple(edges)))
    return tuple(sorted(out, key=lambda line: line.nodes))


def swings(traced: Provenance) -> tuple[Swing, ...]:
    """The guesses that alone would change K of the likely graph, the nearest to even first.

    Each edge in doubt is switched on and off in turn, the rest staying as it is; each pair of sources that may be
    one is made one.
    """
    graph = _graph(traced)
    resolver = Resolver(graph)
    held = resolver.at_threshold(p.LIKELY)
    now = _k(_built(graph, held))
    doubtful = sorted(
        (i for i, e in enumerate(graph.edges) if 0.05 <= e.probability < p.CERTAIN),
        key=lambda i: (abs(graph.edges[i].probability - 0.5), i),
    )[:MOST_GUESSES]
    out: list[Swing] = []
    for i in doubtful:
        edge = graph.edges[i]
        on, off = held.copy(), held.copy()
        on[i], off[i] = True, False
        if edge.group is not None:
            for j in resolver.groups[edge.group]:
                on[j] = j == i
        if_so, if_not = _k(_built(graph, resolver.holds(on))), _k(_built(graph, resolver.holds(off)))
        if if_so != if_not:
            out.append(Swing(edge.parent, edge.child, edge.probability, if_so, if_not, edge.id))
    likely = _built(graph, held)
    for pair in traced.may_be_one:
        if_so = _k(contract(likely, [(pair.a, pair.b)]))
        if if_so != now:
            out.append(Swing(pair.a, pair.b, pair.probability, if_so, now))
    return tuple(sorted(out, key=lambda s: (abs(s.probability - 0.5), s.a, s.b)))


def _graph(traced: Provenance) -> ClaimGraph:
    return ClaimGraph(tuple(n for n in traced.nodes if n.kind is not NodeKind.LOOP), traced.edges)


def _built(graph: ClaimGraph, held: list[bool]) -> Graph:
    nodes = {node.id: node.kind for node in graph.nodes}
    return build(nodes, ((e.parent, e.child) for e, on in zip(graph.edges, held, strict=True) if on))


def _k(graph: Graph) -> int:
    return disjoint(graph.children, graph.article, roots(graph.children, graph.article))


def left_without(traced: Provenance, fallen: Iterable[str]) -> int:
    """K of the likely graph when these nodes fall with what rests on them alone."""
    graph = _graph(traced)
    return _k(without(_built(graph, Resolver(graph).at_threshold(p.LIKELY)), fallen))
