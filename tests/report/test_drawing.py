from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import article, findings

from twosource.model import Article, Edge, EdgeKind, Node, NodeKind, Precision, Provenance, Published, Support
from twosource.report.drawing import Drawing, Spot, draw, in_effect

NOTHING = Support(0, 1, 1, 0, 1)


def at(drawing: Drawing, node: str) -> Spot:
    return next(s for s in drawing.spots if s.node.id == node)


def pile(*hours: int) -> dict[str, Article]:
    return {f"p{i}": article(f"p{i}", "Text.", hour, f"Outlet {i}") for i, hour in enumerate(hours)}


def graph(articles: dict[str, Article], edges: list[tuple[str, str, float]], *others: Node) -> Provenance:
    nodes = (*others, *(Node(f"article:{i}", NodeKind.ARTICLE, i) for i in articles))
    made = tuple(Edge(f"e{n}", a, b, EdgeKind.COPIES, p) for n, (a, b, p) in enumerate(edges))
    return Provenance("c", nodes, made, NOTHING)


def test_a_later_article_stands_further_right_and_every_node_has_a_row_of_its_own() -> None:
    articles = pile(6, 9, 15)
    drawing = draw(
        graph(articles, [("article:p0", "article:p1", 0.9), ("article:p0", "article:p2", 0.9)]), articles
    )
    xs = [at(drawing, f"article:p{i}").x for i in range(3)]
    assert xs == sorted(xs)
    assert xs[2] - xs[1] == pytest.approx(2 * (xs[1] - xs[0]), rel=0.02)
    assert len({s.y for s in drawing.spots}) == 3


def test_a_day_is_drawn_as_a_day() -> None:
    articles = pile(6, 9)
    day = Published(datetime(2031, 3, 12, tzinfo=UTC), Precision.DAY, "2031-03-12")
    articles["p1"] = replace(articles["p1"], published=day)
    spot = at(draw(graph(articles, []), articles), "article:p1")
    minute = at(draw(graph(articles, []), articles), "article:p0")
    assert spot.until - spot.since > 200
    assert minute.until - minute.since < 1


def test_articles_of_one_moment_do_not_cover_each_other() -> None:
    articles = pile(6, 6, 6)
    drawing = draw(
        graph(articles, [("article:p0", "article:p1", 0.9), ("article:p1", "article:p2", 0.9)]), articles
    )
    first, second, third = (at(drawing, f"article:p{i}") for i in range(3))
    assert first.x + 12 < second.x < third.x - 12 + 1
    assert second.since == first.since  # the bar begins where the time is, however far the box had to move


def test_a_quotation_that_was_copied_along_is_not_drawn_as_access_of_ones_own() -> None:
    articles = pile(6, 9)
    quotes = replace(
        graph(articles, []), nodes=(Node("source:x", NodeKind.PERSON, "X"), *graph(articles, []).nodes)
    )
    edges = (
        Edge("q0", "source:x", "article:p0", EdgeKind.QUOTES, 0.97),
        Edge("q1", "source:x", "article:p1", EdgeKind.QUOTES, 0.97, unless=("c1",)),
        Edge("c1", "article:p0", "article:p1", EdgeKind.COPIES, 0.95),
    )
    drawing = draw(replace(quotes, edges=edges), articles)
    assert {line.edge.id for line in drawing.lines} == {"q0", "c1"}
    assert drawing.lines_left_out == 1
    assert at(drawing, "article:p1").note == "copies 0.95"


def test_what_would_make_an_edge_moot_may_be_moot_itself() -> None:
    edges = (
        Edge("a", "x", "y", EdgeKind.QUOTES, 0.9, unless=("b",)),
        Edge("b", "t", "y", EdgeKind.COPIES, 0.9, unless=("c",)),
        Edge("c", "z", "y", EdgeKind.COPIES, 1.0),
    )
    effect = in_effect(edges)
    assert effect["b"] == pytest.approx(0.0, abs=1e-3)
    assert effect["a"] == pytest.approx(0.9, abs=1e-3)


def test_an_unseen_common_text_is_drawn_only_where_two_rest_on_it() -> None:
    articles = pile(6, 9)
    text = Node("text:p0", NodeKind.OUTLET, "a text outside the pile")
    one = graph(articles, [("text:p0", "article:p0", 0.9)], text)
    two = graph(articles, [("text:p0", "article:p0", 0.9), ("text:p0", "article:p1", 0.9)], text)
    assert "text:p0" not in {s.node.id for s in draw(one, articles).spots}
    assert "text:p0" in {s.node.id for s in draw(two, articles).spots}


def test_chokepoints_are_marked() -> None:
    made = findings()
    drawing = draw(made.provenance[0], {a.id: a for a in made.articles})
    assert {s.node.id for s in drawing.spots if s.chokepoint} == {"source:person:ines hallgrim", "article:w1"}


def test_many_articles_are_counted_where_they_are_not_drawn() -> None:
    articles = {f"p{i}": article(f"p{i}", "Text.", i % 24, "Outlet") for i in range(60)}
    drawing = draw(graph(articles, []), articles)
    assert len(drawing.spots) + drawing.left_out == 60
    assert drawing.left_out > 0


@given(
    st.integers(1, 9).flatmap(
        lambda n: st.tuples(
            st.lists(st.integers(0, 23), min_size=n, max_size=n),
            st.lists(
                st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.floats(0.01, 1.0)), max_size=24
            ),
        )
    )
)
def test_any_graph_is_drawn_cycles_too_without_a_node_on_a_node(
    given_: tuple[list[int], list[tuple[int, int, float]]],
) -> None:
    hours, links = given_
    articles = pile(*hours)
    edges = [(f"article:p{a}", f"article:p{b}", p) for a, b, p in links if a != b]
    drawing = draw(graph(articles, edges), articles)
    assert {s.node.id for s in drawing.spots} == {f"article:p{i}" for i in range(len(hours))}
    assert len({s.y for s in drawing.spots}) == len(drawing.spots)
    assert len(drawing.lines) + drawing.lines_left_out == len(edges)
    assert all(0 < s.y < drawing.height for s in drawing.spots)
