"""The posterior of K: on graphs small enough to work out by hand, and against the definition."""

from __future__ import annotations

import numpy as np
import pytest
from graphs import any_claim, claim, edge
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from twosource.model import NodeKind
from twosource.provenance import constants as p
from twosource.provenance.draft import ClaimGraph
from twosource.provenance.sample import Posterior, Resolver, World, posterior, shares_of_q
from twosource.settings import Settings


def k_of(graph: ClaimGraph, **settings: float) -> Posterior:
    return posterior(graph, Resolver(graph), "c1", Settings(**settings))  # type: ignore[arg-type]


def test_one_article_is_one_line() -> None:
    assert k_of(claim(articles="a")) == Posterior(((1, 1.0),), exact=True)


def test_two_silent_articles() -> None:
    """One line only when both rest on the hidden parent; and if one does, the other more likely does too."""
    found = k_of(claim(articles="a b"), q=0.3)
    assert found.exact
    both = 0.7**2 + 0.3 * 0.7 / (1 + p.Q_ALIKE)  # the second moment of a beta distribution
    assert dict(found.weights) == pytest.approx({1: both, 2: 1 - both}, abs=0.005)
    one_q = posterior(
        claim(articles="a b"), Resolver(claim(articles="a b")), "c1", Settings(q=0.3), one_q=True
    )
    assert dict(one_q.weights) == pytest.approx({1: 0.49, 2: 0.51})


def test_five_silent_articles_are_mostly_one_report_or_five() -> None:
    found = dict(k_of(claim(articles="a b c d e"), q=0.3).weights)
    apart = dict(
        posterior(
            claim(articles="a b c d e"),
            Resolver(claim(articles="a b c d e")),
            "c1",
            Settings(q=0.3),
            one_q=True,
        ).weights
    )
    assert found[1] > 2 * apart[1]
    assert found[5] > 2 * apart[5]


@pytest.mark.parametrize("q", [0.1, 0.15, 0.5])
def test_q_differs_from_claim_to_claim_about_its_mean(q: float) -> None:
    shares = shares_of_q(q, p.Q_ALIKE)
    assert np.mean(shares) == pytest.approx(q)
    assert np.var(shares) == pytest.approx(q * (1 - q) / (1 + p.Q_ALIKE), rel=0.15)
    assert min(shares) < q / 2 < 2 * q * (1 - q) < max(shares)


def test_a_q_that_leaves_no_doubt_is_taken_as_it_is() -> None:
    assert (shares_of_q(0.0, p.Q_ALIKE), shares_of_q(1.0, p.Q_ALIKE)) == ((0.0,), (1.0,))


def test_a_doubtful_copy() -> None:
    """a quotes S; b copies a with 0.8; else it has its own (q) or a hidden parent, one time in ten another one."""
    found = k_of(claim(edge("S > a"), edge("a > b", 0.8)), q=0.4)
    assert dict(found.weights) == pytest.approx({1: 0.8 + 0.2 * 0.6 * 0.9, 2: 0.2 * (0.4 + 0.6 * 0.1)})


def test_two_readings_of_one_copy_exclude_each_other() -> None:
    """One of the two copies the other for certain; the parent is silent, so it is one line whatever it rests on."""
    found = k_of(claim(edge("a > b", 0.48, "g"), edge("b > a", 0.48, "g")))
    assert dict(found.weights) == pytest.approx({1: 1.0})


def test_a_copied_quotation_is_no_second_access() -> None:
    graph = claim(
        edge("S > a"), edge("T > a".replace("T", "S2")), edge("a > b", 0.9),
        edge("S > b", unless="a > b"), edge("S2 > b", unless="a > b"),
    )  # fmt: skip
    assert dict(k_of(graph).weights) == pytest.approx({1: 0.9, 2: 0.1})


def test_three_copies_of_each_other_in_no_known_order_are_one_line() -> None:
    pairs = [("a", "b"), ("a", "c"), ("b", "c")]
    edges = [edge(f"{x} > {y}", 0.49, f"{u}{v}") for u, v in pairs for x, y in ((u, v), (v, u))]
    found = k_of(claim(*edges, edge("S > a", unless="b > a"), edge("S > b", unless="a > b"), edge("S > d")))
    assert found.weights[0][0] == 1
    assert found.quantile(0.95) <= 2


def test_two_unnamed_sources_are_one_with_the_probability_given() -> None:
    graph = claim(edge("U1 > a"), edge("U2 > b"), unnamed=(("U1", "U2", 0.3),))
    assert dict(k_of(graph).weights) == pytest.approx({1: 0.3, 2: 0.7})


def test_many_unnamed_sources_do_not_all_become_one() -> None:
    """With rho 0.3 the expected number of persons behind n mentions grows as in a Chinese restaurant."""
    names = [f"U{i:02}" for i in range(10)]
    pairs = tuple((a, b, 0.3) for i, a in enumerate(names) for b in names[i + 1 :])
    found = k_of(claim(*(edge(f"{u} > {u.lower()}") for u in names), unnamed=pairs), samples=4000)
    expected = sum(1 / (1 + i * 0.3 / 0.7) for i in range(10))
    assert sum(k * w for k, w in found.weights) == pytest.approx(expected, abs=0.15)


def test_outlets_outside_the_pile_may_have_one_parent_too() -> None:
    found = k_of(claim(edge("O1 > a"), edge("O2 > b")), q=0.35)
    both = 0.65**2 + 0.35 * 0.65 / (1 + p.Q_ALIKE)
    assert dict(found.weights) == pytest.approx({1: both, 2: 1 - both}, abs=0.005)


def test_quantiles_are_values_of_k() -> None:
    found = Posterior(((1, 0.5), (2, 0.4), (7, 0.1)), exact=True)
    assert (found.median, found.interval90, found.p_two_or_more) == (1, (1, 7), 0.5)


def test_the_draws_come_from_the_seed_and_the_claim_alone() -> None:
    graph = claim(articles=" ".join("abcdefghijkl"))
    resolver = Resolver(graph)
    first = posterior(graph, resolver, "c1", Settings())
    assert not first.exact
    assert posterior(graph, resolver, "c1", Settings()) == first
    assert posterior(graph, resolver, "c2", Settings()) != first
    assert posterior(graph, resolver, "c1", Settings(seed=7)) != first


@given(any_claim(), st.integers(0, 10**6))
@hypothesis(max_examples=300, deadline=None)
def test_the_quick_way_agrees_with_the_definition(graph: ClaimGraph, seed: int) -> None:
    agrees(World(graph, Resolver(graph), Settings()), seed)


@given(any_claim(), st.integers(0, 10**6))
@hypothesis(max_examples=150, deadline=None)
def test_so_it_does_where_the_hidden_parent_falls_with_its_face(graph: ClaimGraph, seed: int) -> None:
    outlets = [n.id for n in graph.nodes if n.kind is NodeKind.OUTLET] or [graph.nodes[0].id]
    fallen = frozenset({outlets[seed % len(outlets)]})
    world = World(graph, Resolver(graph), Settings(), fallen)
    world.faces = {i for i, n in enumerate(graph.nodes) if n.kind is NodeKind.OUTLET}
    agrees(world, seed)


def agrees(world: World, seed: int) -> None:
    random = np.random.default_rng(seed)
    outcomes = np.array(
        [[random.integers(0, len(unit)) for unit in world.units] for _ in range(12)], dtype=np.int64
    ).reshape(12, len(world.units))
    assert world.lines(outcomes).tolist() == [world.line(tuple(row)) for row in outcomes.tolist()]
