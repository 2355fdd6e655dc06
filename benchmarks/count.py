"""How long the exact count takes: many small claims, and one large graph.

Run it with ``python benchmarks/count.py``. Times are CPU seconds of this process. The ratio is to
networkx doing the same (roots by condensation, node-split max flow), timed on a sample of the claims.
"""

from __future__ import annotations

import argparse
import time

import networkx as nx
import numpy as np

from twosource.model import NodeKind
from twosource.provenance.count import count
from twosource.provenance.graph import Graph, build


def ecosystem(random: np.random.Generator, articles: int, edges: int, sources: int) -> Graph:
    """A random acyclic claim: sources at the top, each article resting on sources and earlier articles."""
    kinds = [NodeKind.PERSON, NodeKind.ORGANISATION, NodeKind.UNNAMED, NodeKind.DOCUMENT]
    nodes = {f"s{i}": kinds[i % 4] for i in range(sources)}
    nodes |= {f"a{i}": NodeKind.ARTICLE for i in range(articles)}
    names = list(nodes)
    children = random.integers(0, articles, edges)
    parents = (random.random(edges) * (sources + children)).astype(int)
    return build(
        nodes, [(names[p], f"a{c}") for p, c in zip(parents.tolist(), children.tolist(), strict=True)]
    )


def by_networkx(graph: Graph) -> int:
    """K of an acyclic graph by networkx."""
    split: nx.DiGraph[object] = nx.DiGraph()
    inflow = {v for targets in graph.children for v in targets}
    for v in range(len(graph.ids)):
        split.add_edge((v, 0), (v, 1), capacity=1)
        if v not in inflow:
            split.add_edge("source", (v, 0), capacity=1)
        if graph.article[v]:
            split.add_edge((v, 1), "sink", capacity=1)
        for w in graph.children[v]:
            split.add_edge((v, 1), (w, 0), capacity=1)
    return int(nx.maximum_flow_value(split, "source", "sink"))


def main() -> None:
    """Print one line for each measurement."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    options.add_argument("--claims", type=int, default=20_000)
    options.add_argument("--edges", type=int, default=45)
    options.add_argument("--large", type=int, default=1_000_000, help="edges of the large graph")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    random = np.random.default_rng(given.seed)
    claims = [ecosystem(random, 20, given.edges, 8) for _ in range(given.claims)]
    start = time.process_time()
    ks = [count(claim).lines for claim in claims]
    ours = time.process_time() - start
    print(f"{given.claims} claims of {given.edges} edges: {ours:.2f} CPU s, mean K {np.mean(ks):.2f}")
    sample = claims[: max(1, given.claims // 100)]
    start = time.process_time()
    theirs = [by_networkx(claim) for claim in sample]
    reference = (time.process_time() - start) * len(claims) / len(sample)
    agree = sum(a == b for a, b in zip(ks, theirs, strict=False))
    print(f"networkx on {len(sample)} of them: agrees on {agree}, {reference / ours:.1f} times our time")
    if given.large:
        graph = ecosystem(random, given.large // 3, given.large, given.large // 10)
        start = time.process_time()
        result = count(graph)
        took = time.process_time() - start
        print(
            f"one graph of {graph.size} edges: {took:.2f} CPU s, K {result.lines}, R {len(result.origins)}, "
            f"{1e6 * took / graph.size:.1f} µs per edge; small claims "
            f"{1e6 * ours / max(1, sum(c.size for c in claims)):.1f} µs per edge"
        )


if __name__ == "__main__":
    main()
