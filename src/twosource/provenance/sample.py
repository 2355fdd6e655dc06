"""What K may be when edges, unseen origins and unnamed sources are uncertain.

The graph is read as a distribution over graphs. Where it has few enough outcomes they are all counted and
weighed (exact); otherwise `Settings.samples` graphs are drawn. The model stands in
docs/how-the-count-works.md; every constant in constants.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np

from twosource.model import NodeKind
from twosource.provenance import constants as p
from twosource.provenance.edges import REUSE, ClaimGraph
from twosource.provenance.graph import disjoint, roots
from twosource.settings import Settings


@dataclass(frozen=True, slots=True)
class Posterior:
    """The distribution of K: `weights[k]` is the probability of k lines, summing to 1.

    `exact` says that every outcome was counted rather than drawn.
    """

    weights: tuple[tuple[int, float], ...]
    exact: bool

    def quantile(self, share: float) -> int:
        """The least k whose cumulated probability reaches `share`."""
        total = 0.0
        for k, weight in self.weights:
            total += weight
            if total >= share - 1e-9:
                return k
        return self.weights[-1][0]

    @property
    def median(self) -> int:
        """The most likely value as it is printed: the median of K."""
        return self.quantile(0.5)

    @property
    def interval90(self) -> tuple[int, int]:
        """The 5th and the 95th percentile."""
        return self.quantile(0.05), self.quantile(0.95)

    @property
    def p_two_or_more(self) -> float:
        """P(K ≥ 2)."""
        return min(1.0, sum(weight for k, weight in self.weights if k >= 2))


class Resolver:
    """Which edges hold, once every edge or group has been decided.

    First what was inferred from likeness is made free of circles: two texts cannot each be the copy of the
    other. (Circles that the texts state are kept: they are loops.) Then edges whose `unless` names an edge
    that holds are struck out.
    """

    def __init__(self, graph: ClaimGraph) -> None:
        self.edges = graph.edges
        self.at = {edge.id: i for i, edge in enumerate(self.edges)}
        self.unless = [tuple(self.at[e] for e in edge.unless if e in self.at) for edge in self.edges]
        self.order = sorted(range(len(self.edges)), key=lambda i: (self._depth(i, ()), i))
        self.conditional = [i for i in self.order if self.unless[i]]
        self.inferred = [i for i, edge in enumerate(self.edges) if edge.kind in REUSE]
        self.inferred_set = frozenset(self.inferred)
        pairs = {(edge.parent, edge.child): i for i, edge in enumerate(self.edges)}
        self.reverse = [
            j
            if (j := pairs.get((e.child, e.parent))) is not None and self.edges[j].group == e.group
            else None
            for e in self.edges
        ]
        self.groups: dict[str, list[int]] = {}
        for i, edge in enumerate(self.edges):
            if edge.group is not None:
                self.groups.setdefault(edge.group, []).append(i)

    def _depth(self, i: int, above: tuple[int, ...]) -> int:
        return 1 + max(
            (self._depth(j, (*above, i)) for j in self.unless[i] if j not in above and j != i), default=-1
        )

    def holds(self, on: Sequence[bool]) -> list[bool]:
        """Decisions edge by edge → what holds."""
        out = list(on)
        if sum(out[i] for i in self.inferred) > 1:
            self._untangle(out)
        for i in self.conditional:
            if out[i] and any(out[j] for j in self.unless[i]):
                out[i] = False
        return out

    def _untangle(self, on: list[bool]) -> None:
        below: dict[str, list[str]] = {}
        for i, edge in enumerate(self.edges):
            if on[i] and i not in self.inferred_set and edge.parent.startswith("article:"):
                below.setdefault(edge.parent, []).append(edge.child)
        # The surest first, so that it is the doubtful one that gives way.
        for i in sorted(self.inferred, key=lambda i: (-self.edges[i].probability, i)):
            if not on[i]:
                continue
            parent, child = self.edges[i].parent, self.edges[i].child
            if _reaches(below, child, parent):
                on[i] = False
                other = self.reverse[i]
                if other is None or on[other]:
                    continue
                on[other] = True
                parent, child = child, parent
            below.setdefault(parent, []).append(child)

    def at_threshold(self, least: float) -> list[bool]:
        """What holds when every edge or group of at least this probability does; of a group, its likeliest."""
        on = [edge.group is None and edge.probability >= least for edge in self.edges]
        for members in self.groups.values():
            if sum(self.edges[i].probability for i in members) >= least - 1e-9:
                on[max(members, key=lambda i: (self.edges[i].probability, -i))] = True
        return self.holds(on)


def _reaches(below: Mapping[str, Sequence[str]], start: str, goal: str) -> bool:
    stack, seen = [start], {start}
    while stack:
        node = stack.pop()
        if node == goal:
            return True
        for child in below.get(node, ()):
            if child not in seen:
                seen.add(child)
                stack.append(child)
    return False


def posterior(graph: ClaimGraph, resolver: Resolver, claim: str, settings: Settings) -> Posterior:
    """The distribution of K for one claim; the same for the same claim whatever else is in the pile."""
    articles = sum(node.kind is NodeKind.ARTICLE for node in graph.nodes)
    if articles <= 1:
        return Posterior(((articles, 1.0),), exact=True)
    world = _World(graph, resolver, settings)
    sizes = [len(unit) for unit in world.units]
    memo: dict[tuple[int, ...], float] = {}
    exact = prod(sizes) <= settings.samples
    if exact:
        for outcome in product(*(range(size) for size in sizes)):
            memo[outcome] = prod(unit[o] for unit, o in zip(world.units, outcome, strict=True))
    else:
        digest = hashlib.sha256(claim.encode()).digest()
        random = np.random.default_rng([settings.seed, int.from_bytes(digest[:8], "big")])
        drawn = random.random((settings.samples, len(sizes)))
        columns = [
            np.minimum(np.searchsorted(np.cumsum(unit), drawn[:, i], side="right"), len(unit) - 1)
            for i, unit in enumerate(world.units)
        ]
        rows, counts = np.unique(np.stack(columns, axis=1), axis=0, return_counts=True)
        for row, n in zip(rows.tolist(), counts.tolist(), strict=True):
            memo[tuple(row)] = n / settings.samples
    weights: dict[int, float] = {}
    for outcome, weight in memo.items():
        if weight > 0.0:
            k = world.lines(outcome)
            weights[k] = weights.get(k, 0.0) + weight
    return Posterior(tuple(sorted(weights.items())), exact)


class _World:
    """One claim's uncertain decisions (`units`, each a distribution over its outcomes) and what they make of K."""

    def __init__(self, graph: ClaimGraph, resolver: Resolver, settings: Settings) -> None:
        self.resolver = resolver
        edges = resolver.edges
        self.ids = [node.id for node in graph.nodes]
        at = {name: i for i, name in enumerate(self.ids)}
        self.article = [node.kind is NodeKind.ARTICLE for node in graph.nodes]
        outlet = [node.kind is NodeKind.OUTLET for node in graph.nodes]
        self.pairs = [(at[e.parent], at[e.child]) for e in edges]
        self.units: list[tuple[float, ...]] = []
        self.fixed = [e.group is None and e.probability >= p.CERTAIN for e in edges]
        self.choices: list[
            tuple[int, tuple[int | None, ...]]
        ] = []  # unit → the edge each outcome switches on
        for i, edge in enumerate(edges):
            if edge.group is None and not self.fixed[i]:
                self._choice((i, None), (edge.probability, 1.0 - edge.probability))
        for _, members in sorted(resolver.groups.items()):
            odds = [edges[i].probability for i in members]
            total = sum(odds)
            if total >= p.CERTAIN:
                self._choice(tuple(members), tuple(o / total for o in odds))
            else:
                self._choice((*members, None), (*odds, 1.0 - total))
        # What has no parent in a draw has an origin of its own, or rests on the claim's one hidden parent.
        sure = {
            child
            for i, (_, child) in enumerate(self.pairs)
            # an edge that another replaces is sure as well: its child rests on the other then
            if self.fixed[i] and all(self.pairs[j][1] == child for j in resolver.unless[i])
        }
        self.open = [v for v in range(len(self.ids)) if (self.article[v] or outlet[v]) and v not in sure]
        self.own: dict[int, int] = {}
        if len(self.open) > 1 or len(sure) > 0:
            for v in self.open:
                self.own[v] = self._unit((settings.q, 1.0 - settings.q))
        known = [v for v in range(len(self.ids)) if self.article[v]]
        self.within = -1
        if self.own:
            inside = p.HIDDEN_WITHIN / len(known)
            self.within = self._unit((1.0 - p.HIDDEN_WITHIN, *(inside for _ in known)))
        self.known = known
        # Unnamed sources: each joins an earlier one or none, in proportion to the odds (a distance-dependent
        # Chinese restaurant process, Blei and Frazier 2011), which keeps "is one with" transitive.
        self.joins: list[tuple[int, int, tuple[int, ...]]] = []
        earlier: dict[int, list[tuple[int, float]]] = {}
        for a, b, same in graph.unnamed:
            low, high = sorted((at[a], at[b]))
            earlier.setdefault(high, []).append((low, same / max(1e-9, 1.0 - same)))
        for v, others in sorted(earlier.items()):
            total = 1.0 + sum(odds for _, odds in others)
            unit = self._unit((1.0 / total, *(odds / total for _, odds in others)))
            self.joins.append((unit, v, tuple(u for u, _ in others)))
        self.merges = [
            (self._unit((1.0 - p.NAMES_COMPATIBLE, p.NAMES_COMPATIBLE)), at[a], at[b])
            for a, b in graph.merges
        ]
        self.memo: dict[tuple[object, ...], int] = {}

    def _unit(self, probabilities: tuple[float, ...]) -> int:
        self.units.append(probabilities)
        return len(self.units) - 1

    def _choice(self, edges: tuple[int | None, ...], probabilities: tuple[float, ...]) -> None:
        self.choices.append((self._unit(probabilities), edges))

    def lines(self, outcome: tuple[int, ...]) -> int:
        """K of the graph that these decisions make."""
        on = self.fixed.copy()
        for unit, edges in self.choices:
            edge = edges[outcome[unit]]
            if edge is not None:
                on[edge] = True
        held = self.resolver.holds(on)
        leader = list(range(len(self.ids)))
        for unit, v, others in self.joins:
            if outcome[unit]:
                leader[v] = leader[others[outcome[unit] - 1]]
        for unit, a, b in self.merges:
            if outcome[unit]:
                low, high = sorted((leader[a], leader[b]))
                leader = [low if x == high else x for x in leader]
        n = len(self.ids)
        children: list[set[int]] = [set() for _ in range(n + 1)]
        orphan = [True] * n
        for (u, v), holds in zip(self.pairs, held, strict=True):
            if holds and leader[u] != leader[v]:
                children[leader[u]].add(leader[v])
                orphan[v] = False
        hidden = [v for v in self.own if orphan[v] and outcome[self.own[v]] == 1]
        alone = [v for v in hidden if self.article[v] or children[v]]
        key: tuple[object, ...] = (
            tuple(held),
            tuple(leader),
            tuple(alone),
            outcome[self.within] if alone else 0,
        )
        if key in self.memo:
            return self.memo[key]
        if alone:
            children[n].update(alone)
            pick = outcome[self.within]
            if pick:
                explained = self._explained(children, set(alone))
                if explained:
                    children[explained[(pick - 1) * len(explained) // len(self.known)]].add(n)
        lists = [sorted(c) for c in children]
        article = [*self.article, False]
        k = self.memo[key] = disjoint(lists, article, roots(lists, article))
        return k

    def _explained(self, children: Sequence[set[int]], hidden: set[int]) -> list[int]:
        """The articles that some source, loop or cited article other than the hidden parent leads to."""
        n = len(self.ids)
        open_now = {v for v in self.own if v not in hidden}
        lists = [sorted(c) for c in children[:n]] + [[]]
        starts = [
            v
            for members in roots(lists, [*self.article, False])
            for v in members
            if v not in hidden and v not in open_now
        ]
        seen = set(starts)
        stack = list(starts)
        while stack:
            for v in lists[stack.pop()]:
                if v not in seen:
                    seen.add(v)
                    stack.append(v)
        return [v for v in self.known if v in seen]
