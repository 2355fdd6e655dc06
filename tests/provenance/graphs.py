"""Claim graphs written as chains, and any small one at all: what tests of the count are written with."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from twosource.model import Edge, EdgeKind, Node, NodeKind
from twosource.provenance.draft import ClaimGraph


def claim(*edges: Edge, articles: str = "", **more: object) -> ClaimGraph:
    """A graph from its edges: names in lower case are articles, S… persons, U… unnamed, O… outlets."""
    kinds = {"S": NodeKind.PERSON, "U": NodeKind.UNNAMED, "O": NodeKind.OUTLET}
    names = {n for e in edges for n in (e.parent, e.child)} | {f"article:{a}" for a in articles.split()}
    nodes = tuple(
        Node(n, NodeKind.ARTICLE if n.startswith("article:") else kinds[n[0]], n) for n in sorted(names)
    )
    return ClaimGraph(nodes, tuple(sorted(edges, key=lambda e: e.id)), **more)  # type: ignore[arg-type]


def edge(text: str, probability: float = 1.0, group: str | None = None, unless: str = "") -> Edge:
    """``S > a`` is a quotation, ``a > b`` a copy; the edge's id is its text."""
    parent, child = (n if n[0].isupper() else f"article:{n}" for n in text.split(" > "))
    kind = EdgeKind.QUOTES if parent[0].isupper() else EdgeKind.COPIES
    return Edge(text, parent, child, kind, probability, group=group, unless=tuple(filter(None, [unless])))


@st.composite
def any_claim(draw: st.DrawFn) -> ClaimGraph:
    """Two to five articles, up to eight sources, edges of every kind."""
    articles = [f"article:{a}" for a in "abcde"[: draw(st.integers(2, 5))]]
    sources = draw(st.lists(st.sampled_from(["S1", "S2", "S3", "U1", "U2", "U3", "O1", "O2"]), unique=True))
    edges: dict[tuple[str, str], Edge] = {}
    for parent in [*sources, *articles]:
        for child in [*articles, *(s for s in sources if s[0] in "OS")]:
            if parent == child or (parent.startswith("article:") and child[0].isupper()):
                continue
            if draw(st.integers(0, 3)) == 0:
                kind = (
                    draw(st.sampled_from([EdgeKind.COPIES, EdgeKind.RELAYS]))
                    if parent[0] == "a"
                    else EdgeKind.QUOTES
                )
                p = draw(st.sampled_from([0.3, 0.6, 1.0]))
                edges[parent, child] = Edge(f"{parent}>{child}", parent, child, kind, p)
    for (parent, child), e in sorted(edges.items()):
        copies = [
            x.id for x in edges.values() if x.child == child and x.kind is EdgeKind.COPIES and x.id != e.id
        ]
        if e.kind is EdgeKind.QUOTES and copies and draw(st.booleans()):
            edges[parent, child] = Edge(e.id, parent, child, e.kind, e.probability, unless=(copies[0],))
    present = sorted({e.parent for e in edges.values()} & set(sources))
    unnamed = [s for s in present if s[0] == "U"]
    named = [s for s in present if s[0] == "S"]
    return claim(
        *edges.values(),
        articles=" ".join(a.removeprefix("article:") for a in articles),
        unnamed=tuple((a, b, 0.4) for i, a in enumerate(unnamed) for b in unnamed[i + 1 :]),
        merges=tuple(pairwise(named)) if draw(st.booleans()) else (),
    )
