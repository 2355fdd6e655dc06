"""The program's counts and graphs beside the truth of a made pile.

A true claim is scored where at least two articles in the pile assert it. The program's claim for it is the one in
which most of these articles are, by the sentences that were planted. Where there is none, its K is taken as 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from truth import TrueClaim, TruePile

from twosource.model import (
    Article,
    Claim,
    EdgeKind,
    Findings,
    Member,
    Node,
    NodeKind,
    Provenance,
    Relation,
    Span,
    Statement,
)
from twosource.provenance.count import count
from twosource.provenance.draft import ClaimGraph
from twosource.provenance.graph import Graph, build
from twosource.provenance.sample import Resolver
from twosource.registry import name_key

SHINGLE = 5
DUPLICATE = 0.5


@dataclass(slots=True)
class Tally:
    """Edges of one kind: `right` of `given` by the program, `found` of `true` that a text shows."""

    given: int = 0
    right: int = 0
    true: int = 0
    found: int = 0


@dataclass(slots=True)
class Outcome:
    """One true claim and what the program made of it. `k` is None where no claim of the program's was found."""

    pile: str
    claim: str
    features: dict[str, str]
    truth: int
    by_owner: int
    articles: int
    clusters: int
    found: int = 0
    foreign: int = 0
    k: int | None = None
    exact: int = 0
    median: int | None = None
    interval: tuple[int, int] | None = None
    p_two: float | None = None
    bounds: tuple[int, int] = (0, 0)
    owner: int = 0
    withheld: str | None = None
    edges: dict[str, Tally] = field(default_factory=dict)
    directions: list[bool] = field(default_factory=list)
    origins: tuple[int, int, int] = (0, 0, 0)  # right, given, true
    choke: bool | None = None  # a chokepoint hit, where K is 1
    none_named: bool | None = None  # no chokepoint named, where K is more
    certainty: list[tuple[str, float, bool]] = field(default_factory=list)  # kind, probability, true
    missed: list[str] = field(default_factory=list)


class Planted:
    """Where the planted sentences stand in the articles as they were read."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = {a.id: a for a in articles}

    def spans(self, passages: dict[str, list[str]]) -> dict[str, list[Span]]:
        """Article → the spans of these sentences in it."""
        out: dict[str, list[Span]] = {}
        for article, sentences in passages.items():
            if article not in self.articles:
                continue
            text = self.articles[article].text
            for sentence in sentences:
                at = text.find(sentence)
                if at >= 0:
                    out.setdefault(article, []).append(Span(at, at + len(sentence)))
        return out


def inside(statement: Statement, spans: Sequence[Span]) -> bool:
    """Whether most of the statement lies in the spans."""
    size = sum(s.end - s.start for s in statement.spans)
    return sum(s.shared(o) for s in statement.spans for o in spans) > 0.5 * size


def as_claims(truth: TruePile, findings: Findings) -> tuple[Claim, ...]:
    """The true claims out of the program's statements: what is left are the errors of other stages."""
    planted = Planted(findings.articles)
    out = []
    for claim in truth.claims:
        spans = planted.spans(claim.passages)
        members = [Member(s.id) for s in findings.statements if inside(s, spans.get(s.article, ()))]
        out.append(Claim(claim.id, claim.text, tuple(members)))
    return tuple(out)


def outcomes(
    truth: TruePile, findings: Findings, traced: Sequence[Provenance], claims: Sequence[Claim]
) -> list[Outcome]:
    """Score every true claim of the pile that two articles or more assert."""
    planted = Planted(findings.articles)
    statements = {s.id: s for s in findings.statements}
    by_claim = {p.claim: p for p in traced}
    out = []
    for claim in truth.claims:
        present = truth.present(claim)
        if len(present) < 2:
            continue
        spans = planted.spans(claim.passages)
        best, held, foreign = _best(claims, statements, spans)
        truly = truth.count(claim)
        outcome = Outcome(
            truth.id,
            claim.id,
            truth.features,
            truly.lines,
            truth.by_owner(claim),
            len(present),
            clusters([planted.articles[a].text for a in present]),
            len(held),
            len(foreign),
        )
        out.append(outcome)
        if best is None:
            continue
        found = by_claim[best.id]
        support = found.support
        outcome.exact, outcome.median = support.k, support.most_likely
        outcome.k = support.k if support.most_likely is None else support.most_likely
        outcome.interval, outcome.p_two = support.interval90, support.p_two_or_more
        outcome.bounds = (support.at_least, support.at_most)
        outcome.withheld, outcome.owner = support.withheld, support.by_owner or 0
        _graphs(outcome, truth, claim, found)
    return out


def _best(
    claims: Sequence[Claim], statements: dict[str, Statement], spans: dict[str, list[Span]]
) -> tuple[Claim | None, set[str], set[str]]:
    """The program's claim in which most of the planted articles are; those, and the articles that do not belong."""
    best: tuple[tuple[int, int, str], Claim, set[str], set[str]] | None = None
    for claim in claims:
        held: set[str] = set()
        other: set[str] = set()
        for member in claim.members:
            if member.relation is Relation.ASSERTS:
                statement = statements[member.statement]
                (held if inside(statement, spans.get(statement.article, ())) else other).add(
                    statement.article
                )
        rank = (len(held), -len(other - held), claim.id)
        if held and (best is None or rank > best[0]):
            best = (rank, claim, held, other - held)
    return (best[1], best[2], best[3]) if best else (None, set(), set())


# ------------------------------------------------------------------------ graphs


class Names:
    """Which true nodes a node of the program's graph can stand for."""

    def __init__(self, truth: TruePile, claim: TrueClaim) -> None:
        self.truth, self.claim = truth, claim
        ends = {end for edge in claim.edges for end in (edge.parent, edge.child)}
        self.origins = [truth.origins[o] for o in truth.origins if o in ends]
        self.pieces = {end for end in ends if end not in truth.origins}
        self.outlets = {name_key(truth.outlet_of[a]): a for a in sorted(self.pieces)}

    def of(self, node: Node, children: Sequence[str]) -> str | None:
        """The true node, "" where the node stands for nothing in particular, None where it is wrong.

        `children` are the articles that it leads to: an unnamed source is known by them.
        """
        if node.kind is NodeKind.ARTICLE:
            name = node.id.removeprefix("article:")
            return name if name in self.pieces else None
        if node.id.startswith("text:"):
            return ""
        if node.kind is NodeKind.OUTLET:
            key = name_key(node.label)
            near = [
                a for k, a in self.outlets.items() if k == key or (len(key) > 4 and (key in k or k in key))
            ]
            return near[0] if near else None
        if node.kind in (NodeKind.UNNAMED, NodeKind.FIRST_HAND):
            for child in children:
                for name in self.claim.stated.get(child, ()):
                    if self.truth.origins[name].kind is node.kind or node.kind is NodeKind.UNNAMED:
                        return name
        key = name_key(node.label)
        for origin in self.origins:
            for name in origin.names:
                last = name.split()[-1] if origin.kind is NodeKind.PERSON else name
                other = name_key(last)
                if other and (other in key or (len(key) > 5 and key in other)):
                    return origin.id
        return None


def _graphs(outcome: Outcome, truth: TruePile, claim: TrueClaim, found: Provenance) -> None:
    """Edges, directions, origins and chokepoints of one claim."""
    graph = ClaimGraph(tuple(n for n in found.nodes if n.kind is not NodeKind.LOOP), found.edges)
    resolver = Resolver(graph)
    held = resolver.at_threshold(0.5)
    names = Names(truth, claim)
    below: dict[str, list[str]] = {}
    for edge in found.edges:
        below.setdefault(edge.parent, []).append(edge.child)
    nodes = {n.id: n for n in found.nodes}
    true_of = {n: names.of(node, _articles_below(below, n)) for n, node in nodes.items()}
    above = _ancestors(claim)
    pairs: dict[tuple[str, str], str] = {}
    for edge, holds in zip(found.edges, held, strict=True):
        parent, child = true_of[edge.parent], true_of[edge.child]
        if parent == "" or child == "" or edge.kind is EdgeKind.TELLS or (parent and parent == child):
            continue
        right = parent is not None and child is not None and parent in above.get(child, ())
        if not edge.unless and parent is not None and child is not None:
            outcome.certainty.append((edge.kind.value, edge.probability, right))
        if not holds:
            continue
        tally = outcome.edges.setdefault(edge.kind.value, Tally())
        tally.given += 1
        tally.right += right
        if parent and child:
            pairs[parent, child] = edge.kind.value
        if not right:
            outcome.missed.append(
                f"wrong {edge.kind.value}: {nodes[edge.parent].label} > {edge.child} ({edge.reason})"
            )
    for true in claim.edges:
        seen = true.parent not in truth.missing or true.named
        if true.child in truth.missing or not true.shown or not seen:
            continue
        if true.parent in truth.origins and true.parent not in claim.stated.get(true.child, ()):
            continue
        tally = outcome.edges.setdefault(true.kind, Tally())
        tally.true += 1
        tally.found += (true.parent, true.child) in pairs
        if (true.parent, true.child) not in pairs:
            outcome.missed.append(f"missed {true.kind}: {true.parent} > {true.child}")
        if true.parent not in truth.origins and true.kind in ("copies", "translates"):
            forth, back = (true.parent, true.child) in pairs, (true.child, true.parent) in pairs
            if forth != back:
                outcome.directions.append(forth)
    likely = build(
        {n.id: n.kind for n in graph.nodes},
        ((e.parent, e.child) for e, on in zip(found.edges, held, strict=True) if on),
    )
    given = [_true_name(o.id, o.members, true_of) for o in count(likely).origins]
    wanted = set(visible_origins(truth, claim))
    outcome.origins = (len(wanted & {g for g in given if g}), len(given), len(wanted))
    truly = truth.count(claim)
    named = [_true_name(c, c.removeprefix("loop:").split("+"), true_of) for c in found.support.chokepoints]
    if truly.lines == 1:
        outcome.choke = any(c in truly.chokepoints for c in named if c)
    else:
        outcome.none_named = not found.support.chokepoints


def _true_name(name: str, members: Sequence[str], true_of: dict[str, str | None]) -> str | None:
    if name.startswith("loop:"):
        return "loop:" + "+".join(sorted(str(true_of.get(m)) for m in members))
    return true_of.get(name)


def _articles_below(below: dict[str, list[str]], start: str) -> list[str]:
    """Articles (ids) that the node leads to, nearest first."""
    seen = [start]
    for node in seen:
        seen += [c for c in below.get(node, ()) if c not in seen]
    return [n.removeprefix("article:") for n in seen if n.startswith("article:")]


def _ancestors(claim: TrueClaim) -> dict[str, set[str]]:
    """Node → everything that it rests on."""
    parents: dict[str, set[str]] = {}
    for edge in claim.edges:
        parents.setdefault(edge.child, set()).add(edge.parent)
    out: dict[str, set[str]] = {}
    for node in parents:
        stack, seen = [node], set[str]()
        while stack:
            for parent in parents.get(stack.pop(), ()):
                if parent not in seen:
                    seen.add(parent)
                    stack.append(parent)
        out[node] = seen
    return out


def visible(truth: TruePile, claim: TrueClaim) -> Graph:
    """The true graph as far as the texts in the pile tell it.

    An origin that no present article names is taken away, and what rests on it begins there; a missing article that none names
    is passed through.
    """
    present = set(truth.present(claim))
    named = {o for a in present for o in claim.stated.get(a, ())}
    cited = {e.parent for e in claim.edges if e.child in present and e.named}
    edges = {(e.parent, e.child) for e in claim.edges}
    nodes = {end for edge in edges for end in edge} | present
    for node in sorted(nodes - present):
        if node in truth.origins and node in named:
            continue
        into = {a for a, b in edges if b == node}
        out_of = {b for a, b in edges if a == node}
        if node in truth.origins or node not in cited:
            edges = {e for e in edges if node not in e} | {(a, b) for a in into for b in out_of if a != b}
            nodes.discard(node)
    kinds = {
        n: truth.origins[n].kind
        if n in truth.origins
        else NodeKind.ARTICLE
        if n in present
        else NodeKind.OUTLET
        for n in sorted(nodes)
    }
    return build(kinds, sorted(edges))


def visible_origins(truth: TruePile, claim: TrueClaim) -> list[str]:
    """Where the claim begins, as far as the texts tell."""
    return [
        o.id if not o.id.startswith("loop:") else "loop:" + "+".join(sorted(o.members))
        for o in count(visible(truth, claim)).origins
    ]


# ---------------------------------------------------------------------- simpler counts


def clusters(texts: Sequence[str]) -> int:
    """How many clusters of near duplicates: five-word shingles, Jaccard similarity of a half or more."""
    sets = [_shingles(text) for text in texts]
    leader = list(range(len(texts)))
    for i, one in enumerate(sets):
        for j in range(i):
            union = len(one | sets[j])
            if union and len(one & sets[j]) >= DUPLICATE * union:
                low, high = sorted((leader[i], leader[j]))
                leader = [low if x == high else x for x in leader]
    return len(set(leader))


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def totals(found: Iterable[Outcome]) -> dict[str, Tally]:
    """Edges by kind over many claims."""
    out: dict[str, Tally] = {}
    for outcome in found:
        for kind, tally in outcome.edges.items():
            into = out.setdefault(kind, Tally())
            into.given += tally.given
            into.right += tally.right
            into.true += tally.true
            into.found += tally.found
    return out


def commonest(found: Iterable[Outcome]) -> Counter[str]:
    """How often edges of each kind were missed or wrong."""
    return Counter(line.split(":")[0] for outcome in found for line in outcome.missed)
