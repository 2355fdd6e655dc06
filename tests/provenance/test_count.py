"""The exact count: ten canonical graphs, and the properties that hold on every graph."""

from __future__ import annotations

import random
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.model import GROUNDED, NodeKind
from twosource.provenance import graph as graphs
from twosource.provenance.count import Count, at_least, count
from twosource.provenance.graph import Graph, build, contract

A, P, O = NodeKind.ARTICLE, NodeKind.PERSON, NodeKind.ORGANISATION  # noqa: E741
U = NodeKind.UNNAMED

Edges = list[tuple[str, str]]


def picture(text: str, **kinds: NodeKind) -> Graph:
    """The graph of a picture: ``S > a > b`` are chains; lower case is an article, upper case a source."""
    nodes: dict[str, NodeKind] = {}
    edges: Edges = []
    for line in text.strip().splitlines():
        names = [name.strip() for name in line.split(">")]
        for name in names:
            nodes[name] = kinds.get(name, A if name[0].islower() else P)
        edges.extend(pairwise(names))
    return build(nodes, edges)


def articles(graph: Graph) -> int:
    return sum(graph.article)


def star(origin: str, names: str) -> str:
    return "\n".join(f"{origin} > {name}" for name in names.split())


TEN = "a1 a2 a3 a4 a5 a6 a7 a8 a9 a10"

# picture, kinds, articles, R by kind, K, K_g, chokepoints
CANONICAL = {
    "star": (star("S", TEN), {}, 10, {P: 1}, 1, 1, ("S",)),
    "chain": ("S > " + " > ".join(TEN.split()), {}, 10, {P: 1}, 1, 1, ("S", "a1")),
    "diamond": ("S > a > c\nS > b > c", {}, 3, {P: 1}, 1, 1, ("S",)),
    "two stars, bridged": (
        star("S", "a1 a2 a3 a4 a5") + "\n" + star("T", "b1 b2 b3 b4 b5") + "\na5 > b1",
        {}, 10, {P: 2}, 2, 2, (),
    ),
    "hourglass": (
        "S > w\nT > w\nV > w\n" + star("w", "a1 a2 a3 a4 a5 a6 a7 a8 a9"), {}, 10, {P: 3}, 1, 1, ("w",)
    ),
    "lopsided": (star("S", "a1 a2 a3 a4 a5 a6 a7 a8 a9") + "\nT > b", {}, 10, {P: 2}, 2, 2, ()),
    "circular": ("a > b > c > d > a", {}, 4, {NodeKind.LOOP: 1}, 1, 0, ("loop:a+b+c+d",)),
    "sources said": (
        "S > a\nT > b\nV > c", {"S": U, "T": U, "V": U}, 3, {U: 3}, 3, 0, ()
    ),
    "one reporter": (
        "S > a\nT > a\nV > a\nX > a\nY > a", {}, 1, {P: 5}, 1, 1, ("a",)
    ),
    "partial copy and own source": ("S > a > b\nT > b", {}, 2, {P: 2}, 2, 2, ()),
}  # fmt: skip


@pytest.mark.parametrize("name", CANONICAL)
def test_canonical(name: str) -> None:
    text, kinds, n, by_kind, k, k_grounded, chokepoints = CANONICAL[name]
    graph = picture(text, **kinds)
    result = count(graph)
    assert articles(graph) == n
    assert dict(result.by_kind) == by_kind
    assert (result.lines, result.grounded) == (k, k_grounded)
    assert result.chokepoints == chokepoints


def test_nothing_asserts() -> None:
    assert count(build({"S": P}, [])) == Count(0, 0, (), ())


def test_an_article_that_rests_on_nothing_is_its_own_unexplained_origin() -> None:
    result = count(picture("a > b"))
    assert dict(result.by_kind) == {NodeKind.UNEXPLAINED: 1}
    assert (result.lines, result.grounded, result.chokepoints) == (1, 0, ("a",))


def test_a_loop_with_inflow_is_no_origin_and_does_not_bind_its_articles_together() -> None:
    """a and b cite each other, but each has someone of its own: either may fall and the other stands."""
    result = count(picture("a > b > a\nS > a\nT > b"))
    assert (result.lines, len(result.origins), result.chokepoints) == (2, 2, ())


def test_speakers_who_only_cite_each_other_ground_nothing() -> None:
    result = count(picture("S > T > S\nT > a\nS > b"))
    assert dict(result.by_kind) == {NodeKind.LOOP: 1}
    assert (result.lines, result.grounded, result.chokepoints) == (1, 0, ("loop:S+T",))


def test_a_teller_is_a_chokepoint_in_a_nested_report() -> None:
    assert count(picture("S > T > a > b")).chokepoints == ("S", "T", "a")


def test_at_least_takes_every_plausible_merge_of_grounded_origins() -> None:
    graph = picture("S > a\nT > b\nV > c\nW > d", W=U)
    assert count(graph).grounded == 3
    assert at_least(graph, [("S", "T")]) == 2
    assert at_least(graph, [("S", "T"), ("T", "V")]) == 1
    assert at_least(graph, [("S", "W"), ("T", "W")]) == 3  # an unnamed source does not make two names one
    assert at_least(graph, [("S", "nobody")]) == 3


# ------------------------------------------------------------------ every graph


@st.composite
def any_graph(draw: st.DrawFn, cyclic: bool = False) -> Graph:
    n = draw(st.integers(1, 9))
    kinds = draw(st.lists(st.sampled_from([A, A, P, O, U]), min_size=n, max_size=n))
    if A not in kinds:
        kinds[-1] = A
    order = draw(st.permutations(range(n)))
    names = [f"n{i}" for i in range(n)]
    possible = [(i, j) for i in range(n) for j in range(n) if i != j and (cyclic or order[i] < order[j])]
    chosen = draw(st.lists(st.sampled_from(possible), max_size=20)) if possible else []
    return build(dict(zip(names, kinds, strict=True)), [(names[i], names[j]) for i, j in chosen])


def as_networkx(graph: Graph) -> nx.DiGraph[str]:
    found: nx.DiGraph[str] = nx.DiGraph()
    for name, kind in zip(graph.ids, graph.kinds, strict=True):
        found.add_node(name, kind=kind, article=kind is A)
    for u, targets in enumerate(graph.children):
        found.add_edges_from((graph.ids[u], graph.ids[v]) for v in targets)
    return found


def reference(graph: Graph) -> tuple[int, int, set[frozenset[str]], set[frozenset[str]]]:
    """K, K_g, origins and chokepoints by another way: condensation, flow by networkx, failures one by one."""
    g = as_networkx(graph)
    alive = {v for v in g if g.nodes[v]["article"]}
    alive |= {u for v in alive for u in nx.ancestors(g, v)}
    g = g.subgraph(alive).copy()
    components = nx.condensation(g)
    origins = {frozenset(components.nodes[c]["members"]) for c in components if components.in_degree(c) == 0}
    of = {v: v for v in g}
    for members in origins:
        for v in members:
            of[v] = min(members)
    loops = {min(members) for members in origins if len(members) > 1}
    h: nx.DiGraph[str] = nx.DiGraph()
    h.add_nodes_from(of.values())
    h.add_edges_from((of[u], of[v]) for u, v in g.edges if of[u] != of[v])
    ends = {of[v] for v in g if g.nodes[v]["article"]}
    starts = {min(members) for members in origins}

    def flow(starts: set[str]) -> int:
        split: nx.DiGraph[object] = nx.DiGraph()
        split.add_nodes_from(["source", "sink"])
        for v in h:
            split.add_edge((v, "in"), (v, "out"), capacity=1)
        split.add_edges_from((((u, "out"), (v, "in")) for u, v in h.edges), capacity=1)
        split.add_edges_from((("source", (v, "in")) for v in starts), capacity=1)
        split.add_edges_from((((v, "out"), "sink") for v in ends), capacity=1)
        return int(nx.maximum_flow_value(split, "source", "sink"))

    def stands_without(fallen: str) -> bool:
        left = h.subgraph(set(h) - {fallen})
        held = {v for s in starts - {fallen} for v in ({s} | nx.descendants(left, s))}
        return bool(held & ends)

    grounded = {s for s in starts if s not in loops and g.nodes[s]["kind"] in GROUNDED}
    members_of = {min(members): members for members in origins}
    chokepoints = {members_of.get(v, frozenset({v})) for v in h if not stands_without(v)}
    return flow(starts), flow(grounded), origins, chokepoints


def names(ids: tuple[str, ...]) -> set[frozenset[str]]:
    return {frozenset(i.removeprefix("loop:").split("+")) for i in ids}


@given(any_graph(cyclic=True) | any_graph())
@settings(max_examples=400, deadline=None)
def test_agrees_with_networkx(graph: Graph) -> None:
    k, k_grounded, origins, chokepoints = reference(graph)
    result = count(graph)
    assert (result.lines, result.grounded) == (k, k_grounded)
    assert {frozenset(o.members) for o in result.origins} == origins
    assert names(result.chokepoints) == chokepoints


def test_a_chain_gives_way_to_another() -> None:
    """S is tried first and takes a; T can only have a, so S must move on to b."""
    assert count(picture("S > a\nS > b\nT > a")).lines == 2


def test_layers_of_tellers_agree_with_networkx() -> None:
    """Denser than what is drawn above: chains must be rerouted through tellers, not only at their ends."""
    for seed in range(150):
        order = random.Random(seed)
        layers = [[f"{letter}{i}" for i in range(6)] for letter in ("S", "T", "V", "a")]
        edges = [
            (order.choice(layers[i]), order.choice(layers[min(3, i + order.choice([1, 1, 1, 2]))]))
            for i in (order.randrange(3) for _ in range(28))
        ]
        nodes = dict.fromkeys(layers[3], A) | {n: A if n[0] == "a" else P for e in edges for n in e}
        graph = build(nodes, edges)
        assert count(graph).lines == reference(graph)[0], seed


@given(any_graph(cyclic=True))
@settings(max_examples=100, deadline=None)
def test_the_large_graph_method_gives_the_same_number(graph: Graph) -> None:
    starts = [m for m in graphs.roots(graph.children, graph.article) if len(m) == 1]
    open_starts = [m[0] for m in starts if not graph.article[m[0]]]
    chains = graphs._flow(graph.children, graph.article, open_starts)
    assert graphs._scipy_flow(graph.children, graph.article, open_starts) == len(chains)


def with_more(graph: Graph, nodes: dict[str, NodeKind], edges: Edges) -> Graph:
    old = [(graph.ids[u], graph.ids[v]) for u, targets in enumerate(graph.children) for v in targets]
    return build(dict(zip(graph.ids, graph.kinds, strict=True)) | nodes, old + edges)


@given(any_graph(cyclic=True), st.data())
@settings(deadline=None)
def test_adding_a_copy_leaves_k(graph: Graph, data: st.DataObject) -> None:
    present = [name for name, kind in zip(graph.ids, graph.kinds, strict=True) if kind is A]
    copied = data.draw(st.lists(st.sampled_from(present), min_size=1, max_size=2))
    copy = with_more(graph, {"copy": A}, [(name, "copy") for name in copied])
    assert count(copy).lines == count(graph).lines
    assert count(copy).grounded == count(graph).grounded


@given(any_graph(cyclic=True), st.sampled_from([P, U]))
@settings(deadline=None)
def test_a_new_independent_origin_adds_exactly_one(graph: Graph, kind: NodeKind) -> None:
    more = with_more(graph, {"new source": kind, "new article": A}, [("new source", "new article")])
    assert count(more).lines == count(graph).lines + 1
    assert count(more).grounded == count(graph).grounded + (kind in GROUNDED)


@given(any_graph(), st.data())
@settings(deadline=None)
def test_merging_origins_never_raises_k(graph: Graph, data: st.DataObject) -> None:
    origins = [o.id for o in count(graph).origins if o.kind is not NodeKind.UNEXPLAINED]
    pairs = data.draw(
        st.lists(st.tuples(st.sampled_from(origins), st.sampled_from(origins)), max_size=3)
        if origins
        else st.just([])
    )
    merged = contract(graph, pairs)
    assert count(merged).lines <= count(graph).lines
    assert 0 <= at_least(graph, pairs) <= count(graph).grounded


@given(any_graph(cyclic=True))
@settings(deadline=None)
def test_k_is_bounded_and_one_line_is_one_chokepoint(graph: Graph) -> None:
    result = count(graph)
    assert 1 <= result.lines <= min(len(result.origins), articles(graph))
    assert result.grounded <= result.lines
    assert (result.lines == 1) == bool(result.chokepoints)


@given(any_graph(cyclic=True), st.data())
@settings(deadline=None)
def test_a_stripped_credit_raises_k_by_at_most_one(graph: Graph, data: st.DataObject) -> None:
    edges = [(graph.ids[u], graph.ids[v]) for u, targets in enumerate(graph.children) for v in targets]
    if not edges:
        return
    credit = data.draw(st.sampled_from(edges))
    nodes = dict(zip(graph.ids, graph.kinds, strict=True))
    nodes = {name: kind for name, kind in nodes.items() if kind is A or name != credit[0]}
    stripped = build(nodes, [e for e in edges if e != credit and e[0] in nodes and e[1] in nodes])
    whole = build(nodes, [e for e in edges if e[0] in nodes and e[1] in nodes])
    assert count(stripped).lines <= count(whole).lines + 1


@given(any_graph(cyclic=True), st.randoms())
@settings(deadline=None)
def test_order_does_not_matter(graph: Graph, order: random.Random) -> None:
    nodes = list(zip(graph.ids, graph.kinds, strict=True))
    edges = [(graph.ids[u], graph.ids[v]) for u, targets in enumerate(graph.children) for v in targets]
    order.shuffle(nodes)
    order.shuffle(edges)
    assert build(dict(nodes), edges) == graph


def test_a_chain_of_fifty_thousand_is_no_matter_of_recursion() -> None:
    n = 50_000
    nodes = {f"a{i:06}": A for i in range(n)} | {"S": P}
    edges = [("S", "a000000")] + [(f"a{i:06}", f"a{i + 1:06}") for i in range(n - 1)]
    assert count(build(nodes, edges)).chokepoints == ("S", "a000000")
    ring = count(build({k: v for k, v in nodes.items() if v is A}, [*edges[1:], (f"a{n - 1:06}", "a000000")]))
    assert (ring.lines, ring.grounded) == (1, 0)


@given(any_graph(cyclic=True))
@settings(max_examples=300, deadline=None)
def test_the_chains_are_chains_share_no_node_and_are_as_many_as_k(graph: Graph) -> None:
    starts = graphs.roots(graph.children, graph.article)
    found = graphs.chains(graph.children, graph.article, starts)
    assert len(found) == count(graph).lines
    for start, behind in found:
        assert start in starts
        if behind:
            assert any(behind[0] in graph.children[v] for v in start)
            assert all(v in graph.children[u] for u, v in pairwise(behind))
        assert graph.article[(behind or start)[-1]] or any(graph.article[v] for v in start)
    every = [v for start, behind in found for v in (*start, *behind)]
    assert len(every) == len(set(every))


# ------------------------------------------------------------------ when something falls


def test_what_rests_on_the_fallen_falls_with_it_and_does_not_become_an_origin() -> None:
    left = graphs.without(picture("S > w > a > b\nT > c"), ["S"])
    assert left.ids == ("T", "c")
    assert count(left).lines == 1


def test_a_loop_falls_as_a_whole() -> None:
    assert graphs.without(picture("a > b > a\nb > c"), ["a"]).ids == ()


@given(any_graph(cyclic=True), st.data())
@settings(max_examples=300, deadline=None)
def test_one_fall_takes_one_line_at_most_and_all_of_them_only_at_a_chokepoint(
    graph: Graph, data: st.DataObject
) -> None:
    before = count(graph)
    name = data.draw(st.sampled_from(graph.ids))
    after = count(graphs.without(graph, [name]))
    assert {o.id for o in after.origins} <= {o.id for o in before.origins}
    assert after.grounded <= before.grounded
    if not any(name in o.members for o in before.origins if len(o.members) > 1):
        assert before.lines - 1 <= after.lines <= before.lines
        assert (after.lines == 0) == (before.lines == 0 or name in before.chokepoints)


@given(any_graph(cyclic=True), st.data())
@settings(max_examples=200, deadline=None)
def test_at_least_never_rises_when_something_falls(graph: Graph, data: st.DataObject) -> None:
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(graph.ids), st.sampled_from(graph.ids)), max_size=3))
    name = data.draw(st.sampled_from(graph.ids))
    assert at_least(graph, pairs, [name]) <= count(graph).grounded
    assert at_least(graph, pairs, [name]) <= at_least(graph, pairs)
