"""What K may be when edges, unseen origins and unnamed sources are uncertain.

The graph is read as a distribution over graphs. Where it has few enough outcomes they are all counted and
weighed (exact); otherwise `Settings.samples` graphs are drawn. The model stands in
docs/how-the-count-works.md; every constant in constants.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from twosource.model import NodeKind
from twosource.provenance import constants as p
from twosource.provenance.draft import REUSE, ClaimGraph
from twosource.provenance.graph import components, disjoint, roots
from twosource.provenance.media import is_named_outlet
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
        self.tangled = self._tangled()
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
        if any(out[i] for i in self.tangled):
            self._untangle(out)
        for i in self.conditional:
            if out[i] and any(out[j] for j in self.unless[i]):
                out[i] = False
        return out

    def hold_all(self, on: NDArray[np.bool_]) -> None:
        """The same for many rows of decisions at once, in place; shape (rows, edges)."""
        if self.tangled:
            some = on[:, self.tangled + self.stated]
            for row in np.flatnonzero(some.sum(axis=1) > 1).tolist():
                out = on[row].tolist()
                self._untangle(out)
                on[row] = out
        for i in self.conditional:
            on[:, i] &= ~on[:, list(self.unless[i])].any(axis=1)

    def _tangled(self) -> list[int]:
        """Inferred edges that may lie on a circle, the surest first: the doubtful one is to give way.

        Two readings of one copy exclude each other and make no circle alone.
        """
        between = [i for i, e in enumerate(self.edges) if e.parent.startswith("article:")]
        names = sorted({n for i in between for n in (self.edges[i].parent, self.edges[i].child)})
        at = {name: i for i, name in enumerate(names)}
        children: list[list[int]] = [[] for _ in names]
        for i in between:
            children[at[self.edges[i].parent]].append(at[self.edges[i].child])
        found = components(children, range(len(names)), bytearray(b"\1" * len(names)))
        circle = {names[v]: number for number, members in enumerate(found) for v in members}
        inside: dict[int, list[int]] = {}
        for i in between:
            if circle[self.edges[i].parent] == circle[self.edges[i].child]:
                inside.setdefault(circle[self.edges[i].parent], []).append(i)
        kept: list[int] = []
        for number, edges in inside.items():
            groups = {self.edges[i].group for i in edges}
            if len(found[number]) > 2 or len(groups) > 1 or None in groups:
                kept += edges
        self.stated = [i for i in kept if i not in self.inferred_set]
        tangled = [i for i in kept if i in self.inferred_set]
        return sorted(tangled, key=lambda i: (-self.edges[i].probability, i))

    def _untangle(self, on: list[bool]) -> None:
        below: dict[str, list[str]] = {}
        for i in self.stated:
            if on[i]:
                below.setdefault(self.edges[i].parent, []).append(self.edges[i].child)
        for i in self.tangled:
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
        """What holds when every edge or group of at least this probability does; of a group, its likeliest.

        A text with several possible parents, each too doubtful alone, has its likeliest where all together
        are probable enough.
        """
        on = [edge.group is None and edge.probability >= least for edge in self.edges]
        for members in self.groups.values():
            if sum(self.edges[i].probability for i in members) >= least - 1e-9:
                on[max(members, key=lambda i: (self.edges[i].probability, -i))] = True
        into: dict[str, list[int]] = {}
        for i in self.inferred:
            into.setdefault(self.edges[i].child, []).append(i)
        for parents in into.values():
            best = max(parents, key=lambda i: (self.edges[i].probability, -i))
            j = self.reverse[best]
            if not any(on[i] for i in parents) and not (j is not None and on[j]):
                on[best] = 1.0 - prod(1.0 - self.edges[i].probability for i in parents) >= least
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


def posterior(
    graph: ClaimGraph,
    resolver: Resolver,
    claim: str,
    settings: Settings,
    fallen: frozenset[str] = frozenset(),
    one_q: bool = False,
    faces: bool = False,
) -> Posterior:
    """The distribution of K for one claim; the same for the same claim whatever else is in the pile.

    With `fallen`, that of the lines that are left without these nodes: the same draws, so that in none of them
    a fall adds a line. `one_q` takes q for known, and not for the mean of what differs from claim to claim. With `faces`
    the hidden parent falls with the one outlet by which it is known.
    """
    articles = sum(node.kind is NodeKind.ARTICLE for node in graph.nodes)
    if articles <= 1 and not fallen:
        return Posterior(((articles, 1.0),), exact=True)
    world = World(graph, resolver, settings, fallen, faces)
    sizes = [len(unit) for unit in world.units]
    samples = settings.samples if articles <= p.LARGE_CLAIM else min(p.LARGE_SAMPLES, settings.samples)
    exact = prod(sizes) <= samples
    shares = (settings.q,) if one_q else shares_of_q(settings.q, p.Q_ALIKE)
    if exact:
        outcomes = np.array(list(product(*(range(size) for size in sizes))), dtype=np.int64)
        outcomes = outcomes.reshape(prod(sizes), len(sizes))
        weights = np.mean([world.weights(outcomes, q) for q in shares], axis=0)
    else:
        digest = hashlib.sha256(claim.encode()).digest()
        random = np.random.default_rng([settings.seed, int.from_bytes(digest[:8], "big")])
        drawn = random.random((samples, len(sizes)))
        columns = [
            np.minimum(np.searchsorted(np.cumsum(unit), drawn[:, i], side="right"), len(unit) - 1)
            for i, unit in enumerate(world.units)
        ]
        of_row = np.array(shares)[(random.random(samples) * len(shares)).astype(np.int64)]
        for unit, factor in world.alone.items():
            columns[unit] = (drawn[:, unit] >= factor * of_row).astype(np.int64)
        outcomes = np.stack(columns, axis=1)
        weights = np.full(samples, 1.0 / samples)
    found: dict[int, float] = {}
    for k, weight in zip(world.lines(outcomes).tolist(), weights.tolist(), strict=True):
        found[k] = found.get(k, 0.0) + weight
    return Posterior(tuple((k, w) for k, w in sorted(found.items()) if w > 0.0), exact)


@cache
def shares_of_q(q: float, alike: float) -> tuple[float, ...]:
    """What share of a claim's articles without a parent have an origin of their own: equally likely values, mean q.

    That the articles of one claim are alike in this (all from one hidden report, or each from somebody) is said by a
    beta distribution: mean q, and 1 / (1 + alike) is the correlation of two articles.
    """
    if not 0.0 < q < 1.0:
        return (q,)
    from scipy.special import betainc, betaincinv  # slow to import, and most commands do not count

    own, other = q * alike, (1.0 - q) * alike
    edges = betaincinv(own, other, np.linspace(0.0, 1.0, _SHARES + 1))
    below = betainc(own + 1.0, other, edges)  # the mean of each part of equal weight, cumulated
    return tuple((q * _SHARES * np.diff(below)).tolist())


_SHARES = 8
"""Values of q that stand for its distribution."""


class World:
    """One claim's uncertain decisions and what they make of K.

    `units` holds for each decision the distribution over its outcomes. An outcome is a row of integers, one
    for each unit. `fallen` nodes carry nothing, and neither does what they are one with in an outcome. With `faces` that holds
    for the hidden parent too where all that is seen of it is one outlet which articles cite by name, and that outlet fell: the
    articles that cite nobody then most likely have it from there.
    """

    def __init__(
        self,
        graph: ClaimGraph,
        resolver: Resolver,
        settings: Settings,
        fallen: frozenset[str] = frozenset(),
        faces: bool = False,
    ) -> None:
        self.resolver = resolver
        edges = resolver.edges
        self.ids = [node.id for node in graph.nodes]
        at = {name: i for i, name in enumerate(self.ids)}
        self.article = [node.kind is NodeKind.ARTICLE for node in graph.nodes]
        self.fallen = {at[name] for name in fallen if name in at}
        self.outlet = [node.kind is NodeKind.OUTLET for node in graph.nodes]
        self.faces = {i for i, name in enumerate(self.ids) if faces and is_named_outlet(name)}
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
        tangled = set(resolver.tangled)
        sure = {
            child
            for i, (_, child) in enumerate(self.pairs)
            # an edge that another replaces is sure as well: its child rests on the other then
            if self.fixed[i]
            and i not in tangled
            and all(self.pairs[j][1] == child for j in resolver.unless[i])
        }
        # What has no parent has an origin of its own, or rests on the claim's one hidden parent.
        self.own: dict[int, int] = {}
        self.alone: dict[int, float] = {}  # unit → factor on q
        for v in range(len(self.ids)):
            if (self.article[v] or self.outlet[v]) and v not in sure:
                factor = p.LEANING if self.ids[v] in graph.leaning else 1.0
                self.own[v] = self._unit((settings.q * factor, 1.0 - settings.q * factor))
                self.alone[self.own[v]] = factor
        self.within = self._unit((1.0 - p.HIDDEN_WITHIN, p.HIDDEN_WITHIN)) if self.own else -1
        # Unnamed sources: each joins a named one, an earlier one or none, in proportion to the odds (a distance-dependent
        # Chinese restaurant process, Blei and Frazier 2011), which keeps "is one with" transitive.
        self.joins: list[tuple[int, int, tuple[int, ...]]] = []
        earlier: dict[int, list[tuple[int, float]]] = {}
        for a, b, same in graph.unnamed:
            earlier.setdefault(at[b], []).append((at[a], same / max(1e-9, 1.0 - same)))
        for v, others in sorted(earlier.items()):
            total = 1.0 + sum(odds for _, odds in others)
            unit = self._unit((1.0 / total, *(odds / total for _, odds in others)))
            self.joins.append((unit, v, tuple(u for u, _ in others)))
        self.merges = [
            (self._unit((1.0 - p.NAMES_COMPATIBLE, p.NAMES_COMPATIBLE)), at[a], at[b])
            for a, b in graph.merges
        ]

    def _unit(self, probabilities: tuple[float, ...]) -> int:
        self.units.append(probabilities)
        return len(self.units) - 1

    def _choice(self, edges: tuple[int | None, ...], probabilities: tuple[float, ...]) -> None:
        self.choices.append((self._unit(probabilities), edges))

    def weights(self, outcomes: NDArray[np.int64], q: float) -> NDArray[np.float64]:
        """The probability of every row of outcomes, shape (rows,), where q is this."""
        out = np.ones(len(outcomes))
        for i, unit in enumerate(self.units):
            factor = self.alone.get(i)
            shares = unit if factor is None else (q * factor, 1.0 - q * factor)
            out *= np.array(shares)[outcomes[:, i]]
        return out

    def lines(self, outcomes: NDArray[np.int64]) -> NDArray[np.int64]:
        """K for every row of outcomes, shape (rows,).

        Every article is an end, so what articles pass on to each other limits nothing: K is the number of
        articles with an origin of their own, plus the disjoint chains from the nodes outside. The rows are
        done together; only the chains, which few rows tell apart, are counted one by one. Where the text
        states a circle, each row goes through `line` instead.
        """
        if self._circular():
            return np.array([self.line(tuple(row)) for row in outcomes.tolist()], dtype=np.int64)
        rows, n = len(outcomes), len(self.ids)
        on = np.tile(np.array(self.fixed, dtype=bool), (rows, 1)).reshape(rows, len(self.pairs))
        for unit, edges in self.choices:
            for outcome, edge in enumerate(edges):
                if edge is not None:
                    on[:, edge] = outcomes[:, unit] == outcome
        self.resolver.hold_all(on)
        orphan = np.ones((rows, n), dtype=bool)
        active = np.zeros((rows, n), dtype=bool)
        for i, (u, v) in enumerate(self.pairs):
            orphan[:, v] &= ~on[:, i]
            active[:, u] |= on[:, i]
        lines = np.zeros(rows, dtype=np.int64)
        hidden = np.zeros(rows, dtype=np.int64)
        unseen: list[int] = []  # outlets outside that may rest on the hidden parent
        for v, unit in self.own.items():
            alone = outcomes[:, unit] == 1
            if self.article[v]:
                if v not in self.fallen:
                    lines += orphan[:, v] & ~alone
                    hidden |= orphan[:, v] & alone
            else:
                unseen.append(v)
        outside = [i for i, (u, _) in enumerate(self.pairs) if not self.article[u]]
        columns = [
            hidden,
            outcomes[:, self.within] if self.own else np.zeros(rows, dtype=np.int64),
            *((orphan[:, v] & active[:, v] & (outcomes[:, self.own[v]] == 1)) for v in unseen),
            *(outcomes[:, unit] for unit, *_ in (*self.joins, *self.merges)),
            *(on[:, i] for i in outside),
        ]
        table = np.stack([c.astype(np.int64) for c in columns], axis=1)
        distinct, where = np.unique(table, axis=0, return_inverse=True)
        chains = [self._chains(row, unseen, outside) for row in distinct.tolist()]
        return lines + np.array(chains, dtype=np.int64)[where.reshape(-1)]

    def _chains(self, row: list[int], unseen: list[int], outside: list[int]) -> int:
        """Disjoint chains from nodes outside the pile to articles, the hidden parent's among them."""
        n = len(self.ids)
        leader = self._leaders(row[2 + len(unseen) : len(row) - len(outside)])
        children: list[set[int]] = [set() for _ in range(n + 2)]
        inflow = bytearray(n + 2)
        for i, held in zip(outside, row[len(row) - len(outside) :], strict=True):
            u, v = leader[self.pairs[i][0]], leader[self.pairs[i][1]]
            if held and u != v:
                children[u].add(v)
                inflow[v] = 1
        alone = {v for v, hidden in zip(unseen, row[2 : 2 + len(unseen)], strict=True) if hidden}
        starts = [v for v in range(n) if children[v] and not inflow[v] and not self.article[v]]
        lists = [sorted(c) for c in children]
        article = [*self.article, False, True]  # the hidden parent, and one article that rests on it
        seen = [v for v in starts if v not in alone]
        if row[0] or alone:
            known = [v for v in seen if not self.outlet[v]]
            if row[1] and known and disjoint(lists, article, [[v] for v in known]):
                starts = seen  # the hidden parent has it from one of the lines that the pile shows
            else:
                lists[n] = [*sorted(alone), n + 1] if row[0] else sorted(alone)
                starts = seen if self._fell_with_its_face(alone, leader) else [*seen, n]
        return self._standing(lists, article, [[v] for v in starts], leader)

    def _fell_with_its_face(self, alone: Iterable[int], leader: Sequence[int]) -> bool:
        """Whether the hidden parent, on which these rest, is known by one outlet alone, which has fallen."""
        seen = {leader[v] for v in self.faces.intersection(alone)}
        return len(seen) == 1 and seen <= {leader[v] for v in self.fallen}

    def _standing(
        self,
        lists: list[list[int]],
        article: list[bool],
        starts: list[list[int]],
        leader: Sequence[int],
        fell: Iterable[int] = (),
    ) -> int:
        """Disjoint chains from the starts that have not fallen, through nodes that have not."""
        down = self.fallen | {leader[v] for v in self.fallen} | set(fell)
        for v in down:
            lists[v], article[v] = [], False
        return disjoint(lists, article, [members for members in starts if down.isdisjoint(members)])

    def _leaders(self, outcome: Sequence[int]) -> list[int]:
        leader = list(range(len(self.ids)))
        for (_, v, others), picked in zip(self.joins, outcome, strict=False):
            if picked:
                leader[v] = leader[others[picked - 1]]
        for (_, a, b), one in zip(self.merges, outcome[len(self.joins) :], strict=True):
            if one:
                low, high = sorted((leader[a], leader[b]))
                leader = [low if x == high else x for x in leader]
        return leader

    def _circular(self) -> bool:
        """Whether what the text states, all of it taken together, goes in a circle anywhere."""
        children: list[list[int]] = [[] for _ in self.ids]
        inflow = [0] * len(self.ids)
        for i, (u, v) in enumerate(self.pairs):
            if i not in self.resolver.inferred_set:
                children[u].append(v)
                inflow[v] += 1
        stack = [v for v, n in enumerate(inflow) if n == 0]
        done = len(stack)
        while stack:
            for v in children[stack.pop()]:
                inflow[v] -= 1
                if inflow[v] == 0:
                    stack.append(v)
                    done += 1
        # Merged speakers can close a circle that was none.
        tells = any(not self.article[v] and not self.outlet[v] for _, v in self.pairs)
        return done < len(self.ids) or (tells and bool(self.merges or self.joins))

    def line(self, outcome: tuple[int, ...]) -> int:
        """K of the one graph that these decisions make: the definition, without short cuts."""
        on = self.fixed.copy()
        for unit, edges in self.choices:
            edge = edges[outcome[unit]]
            if edge is not None:
                on[edge] = True
        held = self.resolver.holds(on)
        leader = self._leaders([outcome[unit] for unit, *_ in (*self.joins, *self.merges)])
        n = len(self.ids)
        children: list[set[int]] = [set() for _ in range(n + 1)]
        orphan = [True] * n
        for (u, v), holds in zip(self.pairs, held, strict=True):
            if holds and leader[u] != leader[v]:
                children[leader[u]].add(leader[v])
                orphan[v] = False
        alone = {
            v
            for v in self.own
            if orphan[v] and outcome[self.own[v]] == 1 and (self.article[v] or children[v])
        }
        unseen = False
        if alone:
            explained = self._explained(children) if outcome[self.within] else []
            children[n] = alone
            if explained:
                children[explained[0]].add(n)
            unseen = not explained and self._fell_with_its_face(alone, leader)
        lists = [sorted(c) for c in children]
        article = [*self.article, False]
        return self._standing(lists, article, roots(lists, article), leader, {n} if unseen else set())

    def _explained(self, children: Sequence[set[int]]) -> list[int]:
        """The articles that a speaker, a document or a loop leads to: where a hidden parent may have it from."""
        lists = [sorted(c) for c in children]
        starts = [
            v
            for members in roots(lists, [*self.article, False])
            for v in members
            if len(members) > 1 or not (self.article[v] or self.outlet[v])
        ]
        seen = set(starts)
        stack = list(starts)
        while stack:
            for v in lists[stack.pop()]:
                if v not in seen:
                    seen.add(v)
                    stack.append(v)
        return [v for v in range(len(self.ids)) if self.article[v] and v in seen]
