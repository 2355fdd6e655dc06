"""A claim's provenance as a plain directed graph, and the two searches that the count needs.

An edge runs from what is rested on to what rests on it. Nothing here knows of text, time or
probability. Every function takes time linear in the size of the graph, except `disjoint`, which
needs one linear search per line found; a graph of a million edges goes to SciPy's max flow instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from twosource.model import GROUNDED, NodeKind

LARGE = 20_000
"""Number of edges from which max flow is left to SciPy: below it, plain Python is quicker."""

Lists = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by position: ids in ascending order, their kinds, and for each the positions of its children.

    Nodes of kind ARTICLE are the articles that assert the claim: the ends of the chains.
    """

    ids: tuple[str, ...]
    kinds: tuple[NodeKind, ...]
    children: tuple[tuple[int, ...], ...]

    @property
    def article(self) -> list[bool]:
        """For each node, whether it is an article that asserts the claim."""
        return [kind is NodeKind.ARTICLE for kind in self.kinds]

    @property
    def size(self) -> int:
        """The number of edges."""
        return sum(map(len, self.children))


def build(nodes: Mapping[str, NodeKind], edges: Iterable[tuple[str, str]]) -> Graph:
    """The graph of these nodes and (parent, child) pairs; repeated edges and self-loops are dropped.

    Raises KeyError when an edge names a node that is not there.
    """
    ids = tuple(sorted(nodes))
    position = {name: i for i, name in enumerate(ids)}
    children: list[set[int]] = [set() for _ in ids]
    for parent, child in edges:
        u, v = position[parent], position[child]
        if u != v:
            children[u].add(v)
    return Graph(ids, tuple(nodes[name] for name in ids), tuple(tuple(sorted(c)) for c in children))


def contract(graph: Graph, pairs: Iterable[tuple[str, str]]) -> Graph:
    """The graph with the two nodes of each pair made one (and so on, by chains of pairs).

    The merged node keeps the smallest id; it is an article if any of its members is, else grounded if
    any member is. Pairs that name unknown nodes are passed over.
    """
    position = {name: i for i, name in enumerate(graph.ids)}
    leader = list(range(len(graph.ids)))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    for a, b in pairs:
        if a in position and b in position:
            low, high = sorted((find(position[a]), find(position[b])))
            leader[high] = low
    kinds: dict[str, NodeKind] = {}
    for i, kind in enumerate(graph.kinds):
        name = graph.ids[find(i)]
        old = kinds.get(name)
        stronger = old is None or (
            old is not NodeKind.ARTICLE
            and (kind is NodeKind.ARTICLE or (kind in GROUNDED and old not in GROUNDED))
        )
        if stronger:
            kinds[name] = kind
    edges = (
        (graph.ids[find(u)], graph.ids[find(v)]) for u, targets in enumerate(graph.children) for v in targets
    )
    return build(kinds, edges)


def without(graph: Graph, fallen: Iterable[str]) -> Graph:
    """What is left when these nodes fall: the nodes that a standing origin still reaches around them.

    An article that rested on what fell is gone too; it does not become an origin. So the origins of what is left
    are origins of the whole, and K of it is the number of lines that stand.
    """
    down = set(fallen)
    start = [
        v
        for members in roots(graph.children, graph.article)
        if not any(graph.ids[v] in down for v in members)
        for v in members
    ]
    seen = set(start)
    for v in start:
        for w in graph.children[v]:
            if w not in seen and graph.ids[w] not in down:
                seen.add(w)
                start.append(w)
    kept = {graph.ids[v]: graph.kinds[v] for v in sorted(seen)}
    edges = (
        (graph.ids[u], graph.ids[v]) for u in sorted(seen) for v in graph.children[u] if graph.ids[v] in kept
    )
    return build(kept, edges)


def roots(children: Lists, article: Sequence[bool]) -> list[list[int]]:
    """The source components from which an article can be reached, each as its ascending nodes.

    A component of several nodes is a *loop*: statements that rest on each other and on nothing else.
    The components come in the order of their first nodes.
    """
    n = len(children)
    parents: list[list[int]] = [[] for _ in range(n)]
    for u in range(n):
        for v in children[u]:
            parents[v].append(u)
    alive = bytearray(n)
    stack = [v for v in range(n) if article[v]]
    for v in stack:
        alive[v] = 1
    while stack:
        for u in parents[stack.pop()]:
            if not alive[u]:
                alive[u] = 1
                stack.append(u)
    found = [[v] for v in range(n) if alive[v] and not parents[v]]
    reached = bytearray(n)
    stack = [c[0] for c in found]
    for v in stack:
        reached[v] = 1
    while stack:
        for v in children[stack.pop()]:
            if alive[v] and not reached[v]:
                reached[v] = 1
                stack.append(v)
    # What no single root reaches lies in a loop without inflow, or behind one.
    rest = [v for v in range(n) if alive[v] and not reached[v]]
    if rest:
        inside = bytearray(n)
        for v in rest:
            inside[v] = 1
        of: dict[int, int] = {}
        loops = components(children, rest, inside)
        for number, members in enumerate(loops):
            for v in members:
                of[v] = number
        for number, members in enumerate(loops):
            if all(of[u] == number for v in members for u in parents[v]):
                found.append(sorted(members))
        found.sort()
    return found


def components(children: Lists, nodes: Sequence[int], inside: bytearray) -> list[list[int]]:
    """Strongly connected components among `nodes`: Tarjan's algorithm (1972) without recursion.

    `inside` marks the same nodes; edges that leave them are passed over.
    """
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    on_stack = bytearray(len(children))
    stack: list[int] = []
    components: list[list[int]] = []
    for start in nodes:
        if start in index:
            continue
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack[start] = 1
        work = [(start, iter(children[start]))]
        while work:
            v, targets = work[-1]
            for w in targets:
                if not inside[w]:
                    continue
                if w not in index:
                    index[w] = low[w] = len(index)
                    stack.append(w)
                    on_stack[w] = 1
                    work.append((w, iter(children[w])))
                    break
                if on_stack[w]:
                    low[v] = min(low[v], index[w])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[v])
                if low[v] == index[v]:
                    members: list[int] = []
                    while not members or members[-1] != v:
                        members.append(stack.pop())
                        on_stack[members[-1]] = 0
                    components.append(members)
    return components


def disjoint(children: Lists, article: Sequence[bool], starts: Sequence[Sequence[int]]) -> int:
    """How many chains from distinct `starts` to articles can be found that share no node.

    Every node carries one chain at most, a loop as a whole (Menger 1927; Ford and Fulkerson 1956 with
    every node split into an in-half and an out-half). A chain may end at the first article it meets,
    since every article is an end: so what articles pass on to each other never limits the number.
    `starts` are components as `roots` gives them, nothing flows into them.
    """
    ends, open_starts, lists, flags = _open(children, article, starts)
    if len(open_starts) > 1 and sum(len(c) for c in lists) > LARGE:
        return len(ends) + _scipy_flow(lists, flags, open_starts)
    return len(ends) + len(_flow(lists, flags, open_starts))


def chains(
    children: Lists, article: Sequence[bool], starts: Sequence[Sequence[int]]
) -> list[tuple[list[int], list[int]]]:
    """One greatest set of such chains: for each the start component, and the nodes behind it up to the article.

    A start that holds an article itself is a chain with nothing behind it. In plain Python whatever the size.
    """
    ends, open_starts, lists, flags = _open(children, article, starts)
    found = [(list(members), list[int]()) for members in ends]
    of = dict(zip(open_starts, (list(m) for m in starts if not any(article[v] for v in m)), strict=True))
    return found + [(of[path[0]], path[1:]) for path in _flow(lists, flags, open_starts)]


def _open(
    children: Lists, article: Sequence[bool], starts: Sequence[Sequence[int]]
) -> tuple[list[Sequence[int]], list[int], Lists, Sequence[bool]]:
    """Starts that are ends already; the others as single nodes, with the graph that these stand in."""
    ends: list[Sequence[int]] = []
    open_starts: list[int] = []
    lists: Lists = children
    flags = article
    for members in starts:
        if any(article[v] for v in members):
            ends.append(members)
        elif len(members) == 1:
            open_starts.append(members[0])
        else:  # a loop of speakers: one start with everything that hangs on it
            if lists is children:
                lists, flags = list(children), list(article)
            inner = set(members)
            lists = [*lists, sorted({w for v in members for w in children[v]} - inner)]
            flags = [*flags, False]
            open_starts.append(len(lists) - 1)
    return ends, open_starts, lists, flags


def _flow(children: Lists, article: Sequence[bool], starts: Sequence[int]) -> list[list[int]]:
    """Augmenting paths over the split graph: state 2v is v's in-half, 2v+1 its out-half. The chains, by node."""
    n = len(children)
    used = bytearray(n)
    into = [-1] * n  # the node before v on the chain through v
    after = [-1] * n  # the node after v on it
    dead: set[int] = set()  # a search that fails has seen states from which no end is reachable, ever
    carried: list[int] = []
    for start in starts:
        stack = [2 * start + 1]
        before: dict[int, int] = {stack[0]: -1}
        end = -1
        while stack and end < 0:
            x = stack.pop()
            v = x >> 1
            if x & 1:
                for w in children[v]:
                    y = 2 * w
                    if after[v] == w or y in before or y in dead:
                        continue
                    before[y] = x
                    if article[w] and not used[w]:
                        end = y
                        break
                    stack.append(y)
                if end < 0 and used[v] and x - 1 not in before and x - 1 not in dead:
                    before[x - 1] = x
                    stack.append(x - 1)
            else:
                y = (2 * into[v] + 1 if into[v] >= 0 else -1) if used[v] else x + 1
                if y >= 0 and y not in before and y not in dead:
                    before[y] = x
                    stack.append(y)
        if end < 0:
            dead.update(before)
            continue
        carried.append(start)
        path = [end]
        while before[path[-1]] >= 0:
            path.append(before[path[-1]])
        path.reverse()
        used[start] = 1
        for x, y in pairwise(path):
            u, v = x >> 1, y >> 1
            if x & 1 and not y & 1:
                if u == v:  # the chain no longer runs through u
                    used[u] = 0
                else:
                    after[u], into[v] = v, u
            elif u == v:
                used[u] = 1
            else:  # the step v → u is taken back; what leaves v is set by the next step
                after[v] = -1
        used[end >> 1] = 1
    return [_way(start, after, article) for start in carried]


def _way(start: int, after: Sequence[int], article: Sequence[bool]) -> list[int]:
    way = [start]
    while not article[way[-1]]:
        way.append(after[way[-1]])
    return way


def _scipy_flow(children: Lists, article: Sequence[bool], starts: Sequence[int]) -> int:
    """The same number by SciPy's compiled Dinic, for graphs that are too large for plain Python."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_flow

    n = len(children)
    source, sink = 2 * n, 2 * n + 1
    tails = [2 * v for v in range(n)]
    heads = [2 * v + 1 for v in range(n)]
    for v in range(n):
        if article[v]:
            tails.append(2 * v + 1)
            heads.append(sink)
        else:
            tails.extend([2 * v + 1] * len(children[v]))
            heads.extend(2 * w for w in children[v])
    tails.extend([source] * len(starts))
    heads.extend(2 * s for s in starts)
    ones = np.ones(len(tails), dtype=np.int32)
    matrix = csr_array((ones, (np.array(tails), np.array(heads))), shape=(2 * n + 2, 2 * n + 2))
    return int(maximum_flow(matrix, source, sink, method="dinic").flow_value)


def dominators(children: Lists, article: Sequence[bool], starts: Sequence[Sequence[int]]) -> list[list[int]]:
    """The nodes (loops as wholes) that every chain from a start to an end passes, in the order they are passed.

    These are the dominators of the sink, found with one path and one sweep along it: a node of the path
    is passed by all chains exactly when nothing that starts before it comes out behind it.
    """
    if not starts:
        return []
    ending = [members for members in starts if any(article[v] for v in members)]
    if ending:  # it is an end itself: nothing behind it matters, and any other start is a second line
        return [list(ending[0])] if len(starts) == 1 else []
    inner = {v for members in starts for v in members}
    path = _path(children, article, starts[0])
    where = {v: i for i, v in enumerate(path, start=1)}  # position 0 is the start component itself
    seen = set(inner)
    far = 0

    def sweep(nodes: Iterable[int]) -> None:
        nonlocal far
        stack = list(nodes)
        while stack:
            u = stack.pop()
            if article[u]:
                far = len(path) + 1
                continue
            for v in children[u]:
                if v in where:
                    far = max(far, where[v])
                elif v not in seen:
                    seen.add(v)
                    stack.append(v)

    sweep(v for members in starts[1:] for v in members)
    found: list[list[int]] = []
    # With two starts, neither of them is passed by all; with one, it is.
    if len(starts) == 1:
        found.append(list(starts[0]))
    sweep(starts[0])
    for i, v in enumerate(path, start=1):
        if far == i:
            found.append([v])
        sweep([v])
    return found


def _path(children: Lists, article: Sequence[bool], start: Sequence[int]) -> list[int]:
    """One shortest way from the start to an article, without the start."""
    before: dict[int, int] = dict.fromkeys(start, -1)
    queue = list(start)
    for u in queue:
        for v in children[u]:
            if v in before:
                continue
            before[v] = u
            if article[v]:
                path = [v]
                while before[path[-1]] >= 0 and before[before[path[-1]]] >= 0:
                    path.append(before[path[-1]])
                return path[::-1]
            queue.append(v)
    return []
