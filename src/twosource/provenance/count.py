"""R, K, K_g, L and the chokepoints of one graph: exact, no text, no probabilities.

Definitions and the ten canonical graphs: docs/how-the-count-works.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from twosource.model import GROUNDED, NodeKind
from twosource.provenance.graph import Graph, contract, disjoint, dominators, roots, without


@dataclass(frozen=True, slots=True)
class Origin:
    """A place where support for the claim begins.

    `id` is the node's id, or ``loop:`` and the ids of the members of a loop. An article that rests on
    nothing in the graph is an origin of kind UNEXPLAINED.
    """

    id: str
    kind: NodeKind
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """`lines` is K, `grounded` K_g; R is the number of `origins`; `chokepoints` run from origin to article."""

    lines: int
    grounded: int
    origins: tuple[Origin, ...]
    chokepoints: tuple[str, ...]

    @property
    def by_kind(self) -> tuple[tuple[NodeKind, int], ...]:
        """R by kind, in the order of NodeKind."""
        kinds = [origin.kind for origin in self.origins]
        return tuple((kind, kinds.count(kind)) for kind in NodeKind if kind in kinds)


def count(graph: Graph) -> Count:
    """Everything that one graph determines.

    K is the largest number of chains from origins to articles that share no node; by Menger's theorem it
    is the smallest number of nodes whose failure leaves no article with support. A loop with no inflow
    counts as one node: K 1, K_g 0. Chokepoints are all nodes whose single failure does that: there is one
    exactly when K = 1.
    """
    children, article = graph.children, graph.article
    components = roots(children, article)
    origins = tuple(_origin(graph, members) for members in components)
    grounded = [m for m, o in zip(components, origins, strict=True) if o.kind in GROUNDED]
    lines = disjoint(children, article, components)
    passed = dominators(children, article, components) if lines == 1 else []
    return Count(
        lines=lines,
        grounded=lines if len(grounded) == len(components) else disjoint(children, article, grounded),
        origins=origins,
        chokepoints=tuple(_name(graph, members) for members in passed),
    )


def at_least(graph: Graph, merges: Iterable[tuple[str, str]] = (), fallen: Iterable[str] = ()) -> int:
    """L: K_g when every plausible merge of two grounded origins is made.

    Merges that involve an ungrounded node are passed over: an unnamed source adds nothing to K_g, and
    letting it join two named ones would make them one on no evidence. Who may be one with a `fallen` node falls too.
    """
    merges = tuple(merges)
    kinds = dict(zip(graph.ids, graph.kinds, strict=True))
    pairs = [(a, b) for a, b in merges if kinds.get(a) in GROUNDED and kinds.get(b) in GROUNDED]
    down = set(fallen)
    if not down:
        here = count(graph).grounded
        return min(here, count(contract(graph, pairs)).grounded) if pairs else here
    here = count(without(graph, down)).grounded
    while more := {x for pair in pairs if down & set(pair) for x in pair} - down:
        down |= more
    left = count(contract(without(graph, down), pairs)).grounded
    return min(here, left, at_least(graph, merges))


def _origin(graph: Graph, members: list[int]) -> Origin:
    names = tuple(graph.ids[v] for v in members)
    if len(members) > 1:
        return Origin(_name(graph, members), NodeKind.LOOP, names)
    kind = graph.kinds[members[0]]
    return Origin(names[0], NodeKind.UNEXPLAINED if kind is NodeKind.ARTICLE else kind, names)


def _name(graph: Graph, members: list[int]) -> str:
    names = [graph.ids[v] for v in members]
    return names[0] if len(names) == 1 else "loop:" + "+".join(names)
