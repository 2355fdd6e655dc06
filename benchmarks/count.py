"""The count on its own, without text: how quick it is, and how near to graphs that are known.

``python benchmarks/count.py`` times many small claims and one large graph, in CPU seconds of this process; the
ratio is to networkx doing the same (node-split max flow), timed on a sample of the claims.
``python benchmarks/count.py --known 400`` draws stories whose true graph is known, hides credits, speakers and
articles, and prints how far the counts are from the truth.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import networkx as nx
import numpy as np

from twosource.model import (
    Article,
    Attribution,
    AttributionKind,
    Claim,
    Credit,
    CreditKind,
    Direction,
    MatchKind,
    Member,
    NodeKind,
    Passage,
    PassageMatch,
    Precision,
    Published,
    Source,
    SourceKind,
    Span,
    Statement,
)
from twosource.provenance import trace
from twosource.provenance.count import count
from twosource.provenance.graph import Graph, build
from twosource.registry import Registry
from twosource.settings import Settings


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


# ------------------------------------------------------------------ known graphs


@dataclass
class Known:
    """One claim whose true graph is known: who really has it from whom, and what the articles show of it."""

    lines: int
    articles: list[Article]
    statements: list[Statement]
    attributions: list[Attribution]
    sources: list[Source]
    matches: list[PassageMatch]


def known(random: np.random.Generator, number: int, missing: float) -> Known:  # noqa: PLR0915
    """Draw a story: origins tell reporters, papers copy each other; then credits, names and articles get lost.

    The true K is counted on the whole graph, with the articles that are left as its ends.
    """
    kinds = [SourceKind.PERSON, SourceKind.DOCUMENT, SourceKind.UNNAMED]
    origins = [kinds[i] for i in random.choice(3, random.integers(1, 5), p=[0.55, 0.15, 0.3])]
    parents: list[tuple[str, int]] = []  # for each article: told by an origin, or copied from an article
    for o in range(len(origins)):
        parents += [("told", o)] * int(random.integers(1, 3))
    for _ in range(int(random.integers(2, 12))):
        # the much copied are copied more
        weights = np.array([1 + sum(p == ("copied", a) for p in parents) for a in range(len(parents))], float)
        parents.append(("copied", int(random.choice(len(parents), p=weights / weights.sum()))))
    n = len(parents)
    kept = [a for a in range(n) if random.random() >= missing] or [0]
    nodes = {f"s{o}": NodeKind.PERSON for o in range(len(origins))}
    nodes |= {f"a{a}": NodeKind.ARTICLE if a in kept else NodeKind.OUTLET for a in range(n)}
    true = build(
        nodes, [(f"s{p}" if how == "told" else f"a{p}", f"a{a}") for a, (how, p) in enumerate(parents)]
    )
    story = Known(count(true).lines, [], [], [], [], [])
    named = [f"{number}-s{o}" for o in range(len(origins))]
    words = [f"w{i}" for i in range(12)]
    speaker: list[tuple[str, SourceKind] | None] = []
    texts: list[int] = []  # articles of one number share wording
    hour = 0
    for a, (how, parent) in enumerate(parents):
        name = f"{number}-a{a}"
        hour += int(random.integers(0, 7))
        stated: tuple[Credit, ...] = ()
        relayed = None
        mine: list[str] = list(random.choice(words, 8, replace=False))
        if how == "told":
            kind = origins[parent]
            who = f"{name}-u" if kind is SourceKind.UNNAMED else named[parent]
            speaker.append((who, kind) if random.random() < 0.85 else None)
            texts.append(a)
        else:
            way = random.choice(
                ["credited", "verbatim", "relayed", "carried", "silent"], p=[0.3, 0.3, 0.15, 0.1, 0.15]
            )
            above = speaker[parent]
            texts.append(texts[parent] if way in ("credited", "verbatim") else a)
            if way == "credited":
                stated = (Credit(CreditKind.AGENCY, f"{number}-a{parent}"),)
            if way == "relayed":
                relayed = f"{number}-a{parent}"
            if above is not None and above[1] is SourceKind.UNNAMED:
                above = (f"{name}-u", SourceKind.UNNAMED)  # one node per mention
            speaker.append(above if way in ("credited", "verbatim", "carried") else None)
            if way == "silent":
                mine = [*random.choice(words, 5, replace=False), "x", "y"]
        if a not in kept:
            continue
        day = Published(datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=hour // 24), Precision.DAY)
        exact = Published(datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hour), Precision.MINUTE)
        story.articles.append(
            Article(name, name, "-" * 400, name, outlet=name, published=day if random.random() < 0.5 else exact,
                    language="en", credits=stated)
        )  # fmt: skip
        said = speaker[-1] if relayed is None else (relayed, SourceKind.OUTLET)
        if said is not None:
            story.sources.append(
                Source(said[0], "sources" if said[1] is SourceKind.UNNAMED else said[0], said[1])
            )
            canonical = None if said[1] is SourceKind.UNNAMED else said[0]
            story.attributions.append(
                Attribution(f"{name}-q", name, (), (), (Span(0, 80),), AttributionKind.INDIRECT, "known",
                            canonical=canonical, source_kind=said[1], source_id=said[0])
            )  # fmt: skip
        story.statements.append(
            Statement(
                f"{name}-s", name, (Span(0, 80),), "", "en", f"{name}-q" if said else None, lemmas=tuple(mine)
            )
        )
    for x, a in enumerate(kept):
        for b in kept[x + 1 :]:
            if texts[a] != texts[b] or random.random() < 0.05:
                continue
            direct = parents[b] == ("copied", a)
            later = bool(random.random() < 0.9)
            story.matches.append(
                PassageMatch(f"{number}-m{a}-{b}", Passage(f"{number}-a{a}", Span(0, 300)),
                             Passage(f"{number}-a{b}", Span(0, 300)), 50.0, 0.9, MatchKind.EDITED,
                             Direction.A_TO_B if later else Direction.UNDIRECTED, 0.9 if later else 0.5,
                             0.9 if direct else 0.45)
            )  # fmt: skip
    return story


def compare(seed: int, stories: int, missing: float) -> str:
    """One line: how far from the true K the counts are, and how honest the interval and P(K ≥ 2) are."""
    random = np.random.default_rng([seed, int(100 * missing)])
    told = [known(random, number, missing) for number in range(stories)]
    claims = [
        Claim(f"c{i}", "", tuple(Member(s.id) for s in story.statements)) for i, story in enumerate(told)
    ]
    found = trace(
        claims,
        [x for story in told for x in story.statements],
        [x for story in told for x in story.attributions],
        {x.id: x for story in told for x in story.sources}.values(),
        [x for story in told for x in story.articles],
        [x for story in told for x in story.matches],
        Settings(),
        Registry(),
    )
    truth = np.array([story.lines for story in told])
    articles = np.array([len(story.articles) for story in told])
    clusters = np.array([_clusters(story) for story in told])
    support = [p.support for p in found]
    inside = np.mean([s.at_least <= k <= s.at_most for s, k in zip(support, truth, strict=True)])
    shown = [
        (s.most_likely, s.interval90, int(k))
        for s, k in zip(support, truth, strict=True)
        if s.most_likely is not None and s.interval90 is not None
    ]
    said = [
        (s.p_two_or_more, float(k >= 2))
        for s, k in zip(support, truth, strict=True)
        if s.p_two_or_more is not None
    ]
    errors = np.array([m - k for m, _, k in shown])
    cover = np.mean([low <= k <= high for _, (low, high), k in shown])
    met = np.array([m for _, m in said])
    brier = np.mean((np.array([share for share, _ in said]) - met) ** 2)
    exact = np.array([s.k for s in support])
    return (
        f"{missing:>7.0%} {np.abs(articles - truth).mean():>9.2f} {np.abs(clusters - truth).mean():>9.2f} "
        f"{np.abs(exact - truth).mean():>7.2f} {np.abs(errors).mean():>7.2f} {errors.mean():>+6.2f} {cover:>7.0%} "
        f"{inside:>7.0%} {brier:>7.3f} {np.mean((met - met.mean()) ** 2):>7.3f} {1 - len(shown) / stories:>9.0%} {1 - len(said) / stories:>6.0%}"
    )


def _clusters(story: Known) -> int:
    leader = {a.id: a.id for a in story.articles}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for match in story.matches:
        leader[find(match.a.article)] = find(match.b.article)
    return len({find(name) for name in leader})


def main() -> None:
    """Print speed, or with --known how far from known graphs the count is."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--claims", type=int, default=20_000)
    options.add_argument("--edges", type=int, default=45)
    options.add_argument("--large", type=int, default=1_000_000, help="edges of the large graph")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--known", type=int, default=0, metavar="STORIES", help="stories with a known graph")
    given = options.parse_args()
    if given.known:
        print(
            "missing  articles  clusters  likely  median   bias  covers  bounds   Brier    base  withheld   no P\n"
            "         |------- mean absolute error of K -------|"
        )
        start = time.process_time()
        for missing in (0.0, 0.1, 0.3, 0.5):
            print(compare(given.seed, given.known, missing))
        print(f"{1e3 * (time.process_time() - start) / 4 / given.known:.1f} CPU ms for each story")
        return
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
