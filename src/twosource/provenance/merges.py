"""What may be one: unnamed sources, compatible names. Then the draft becomes a graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from twosource.model import Direction, Edge, MatchKind, MayBeOne, Node, NodeKind
from twosource.provenance import constants as p
from twosource.provenance.draft import ClaimGraph, Draft, speaker_of
from twosource.provenance.media import NAMELESS, NO_NAME
from twosource.provenance.names import authority, compatible, translated, transliterated
from twosource.provenance.pile import days_apart, quotation
from twosource.provenance.spelling import ONE_PERSON
from twosource.provenance.told import institutions_of
from twosource.registry import name_key


def finish(draft: Draft, rho: float) -> ClaimGraph:
    """The finished graph of a draft, with the pairs of origins that may be one; `rho` as in Settings."""
    order = sorted(draft.edges)
    ids = {pair: f"e{number}" for number, pair in enumerate(order, start=1)}
    edges = tuple(
        Edge(
            id=ids[pair],
            parent=edge.parent,
            child=edge.child,
            kind=edge.kind,
            probability=round(min(edge.probability, 1.0), 4),
            evidence=tuple(sorted(edge.evidence)),
            reason=edge.reason,
            group=edge.group,
            unless=tuple(ids[other] for other in sorted(edge.unless or ()) if other in ids and other != pair),
        )
        for pair, edge in ((pair, draft.edges[pair]) for pair in order)
    )
    touched = {e.parent for e in edges} | {e.child for e in edges}
    nodes = tuple(
        draft.nodes[n] for n in sorted(draft.nodes) if n in touched or draft.nodes[n].kind is NodeKind.ARTICLE
    )
    return ClaimGraph(
        nodes,
        edges,
        merges=_plausible_merges(draft, nodes),
        unnamed=_one_unnamed(draft, nodes, edges, rho),
        warnings=tuple(draft.warnings),
        leaning=leaning(draft),
        cited=tuple(draft.cited),
    )


def may_be_one(graph: ClaimGraph) -> tuple[MayBeOne, ...]:
    """The pairs of sources that the count takes for one in some of its readings, each with its reason."""
    kinds = {n.id: n.kind for n in graph.nodes}
    found = [
        MayBeOne(a, b, p.NAMES_COMPATIBLE, "their names, or their words, may be one's")
        for a, b in graph.merges
    ]
    for a, b, same in graph.unnamed:
        if kinds[b] is NodeKind.OUTLET:
            reason = "an outlet that is not named may be one that others cite"
        elif kinds[a] is NodeKind.UNNAMED:
            reason = "neither has a name; by description, outlet and time"
        else:
            reason = "people speak to one paper by name and to another without"
        found.append(MayBeOne(a, b, round(same, 4), reason))
    return tuple(sorted(found, key=lambda pair: (pair.a, pair.b)))


def leaning(draft: Draft) -> frozenset[str]:
    """The articles whose wording leans on another of the claim, by any match that is no template."""
    found: set[str] = set()
    for a, b in draft.pile.matched(draft.by_article):
        for match in draft.pile.matches[a, b]:
            if match.kind in (MatchKind.TEMPLATE, MatchKind.QUOTATION) or match.p_copy < p.LIKELY:
                continue
            if match.direction is not Direction.B_TO_A:
                found.add(f"article:{match.b.article}")
            if match.direction is not Direction.A_TO_B:
                found.add(f"article:{match.a.article}")
    return frozenset(found)


def _one_unnamed(
    draft: Draft, nodes: Sequence[Node], edges: Sequence[Edge], rho: float
) -> tuple[tuple[str, str, float], ...]:
    """Pairs of sources in different articles with the probability that they are one; the second is unnamed."""
    where: dict[str, set[str]] = {}
    for edge in edges:
        if edge.child.startswith("article:"):
            where.setdefault(edge.parent, set()).add(edge.child.removeprefix("article:"))
    unnamed = [n.id for n in nodes if n.kind is NodeKind.UNNAMED]
    words = {n.id: description(draft, n) for n in nodes if n.kind is NodeKind.UNNAMED}
    first = {u: min(where[u]) for u in unnamed if where.get(u)}
    entries = {u: draft.pile.entry_of(name) for u, name in first.items()}
    found: list[tuple[str, str, float]] = []
    for n, b in enumerate(unnamed):
        for a in unnamed[max(0, n - p.NEAREST) : n]:
            if where.get(a, set()) & where.get(b, set()):
                continue  # one article that speaks of two
            if _distinct(draft, a, b):
                continue
            odds = rho / max(1e-9, 1.0 - rho)
            if authority(_said(draft, a)) & authority(_said(draft, b)):
                odds *= p.UNNAMED_AUTHORITY
            elif words[a] and words[b]:
                odds *= p.UNNAMED_LIKE if words[a] & words[b] else p.UNNAMED_UNLIKE
            if a in first and b in first:
                mine, theirs = entries[a], entries[b]
                if mine and theirs and mine.owner and mine.owner == theirs.owner:
                    odds *= p.UNNAMED_ONE_HOUSE
                one, other = (draft.pile.articles[first[u]].published for u in (a, b))
                apart = days_apart(one, other)
                if apart is not None and apart > p.FAR_DAYS:
                    odds *= p.UNNAMED_FAR
            found.append((a, b, odds / (1.0 + odds)))
    named = [n for n in nodes if n.kind in (NodeKind.PERSON, NodeKind.ORGANISATION)]
    for u in unnamed:
        others = [
            n.id
            for n in named
            if not where.get(n.id, set()) & where.get(u, set()) and not _distinct(draft, n.id, u)
        ][: p.NEAREST]
        office = authority(_said(draft, u))
        speaking = [other for other in others if office & authority(_said(draft, other))]
        if len(speaking) == 1:  # "police", and a police spokeswoman who has a name
            found.append((speaking[0], u, p.SPEAKS_FOR_UNNAMED))
            continue
        said = _said(draft, u).casefold()
        is_named = p.PRONOUN_IS_NAMED if said in ONE_PERSON else p.UNNAMED_IS_NAMED
        found += [(other, u, is_named / len(others)) for other in others]
    return (*found, *_unnamed_outlets(nodes, where))


def _said(draft: Draft, node: str) -> str:
    """How the articles put a source: its description, or the phrase in which its name stands first."""
    source = draft.pile.sources.get(node.removeprefix("source:"))
    if source is None:
        return ""
    if source.description:
        return source.description
    phrases = []
    for name in source.attributions[: p.NEAREST]:
        by = draft.pile.attributions.get(name)
        if by and by.source:
            phrases.append(by.source[0].of(draft.pile.articles[by.article].text)[:120])
    return " ".join(phrases)


def _unnamed_outlets(nodes: Sequence[Node], where: dict[str, set[str]]) -> Iterator[tuple[str, str, float]]:
    """Outlets that an article does not name ("a website"), each with those outside the pile that other articles cite."""
    outlets = [n.id for n in nodes if n.kind is NodeKind.OUTLET and n.id.startswith("outlet:")]
    cited = [o for o in outlets if o.split(":")[1] not in NO_NAME]
    for bare in (o for o in outlets if o.startswith(NAMELESS)):
        others = [o for o in cited if not where.get(o, set()) & where.get(bare, set())][: p.NEAREST]
        for other in others:
            yield other, bare, p.OUTLET_IS_CITED / len(others)


_SAYS_NOTHING = frozenset(
    {
        *(
            "a",
            "an",
            "the",
            "some",
            "several",
            "many",
            "one",
            "two",
            "three",
            "who",
            "of",
            "in",
            "to",
            "for",
            "from",
        ),
        *(
            "with",
            "and",
            "on",
            "at",
            "not",
            "be",
            "named",
            "asked",
            "condition",
            "anonymity",
            "familiar",
            "matter",
        ),
        *("situation", "source", "sources", "people", "person", "persons", "unnamed", "anonymous"),
        *("источник", "источники", "источника", "некий", "один", "из", "в", "на"),
    }
)


def description(draft: Draft, node: Node) -> frozenset[str]:
    """The words that tell one unnamed source from another: "port official", not "a source"."""
    source = draft.pile.sources.get(node.id.removeprefix("source:"))
    text = f"{source.description} {source.name}" if source else node.label
    return frozenset(name_key(w) for w in text.casefold().split() if w.strip(".,;:") not in _SAYS_NOTHING) - {
        ""
    }


def _plausible_merges(draft: Draft, nodes: Sequence[Node]) -> tuple[tuple[str, str], ...]:
    """Pairs of named sources that may be one.

    Compatible or translated names, one institution behind both, or one quotation that is given to both: then one article,
    or the reading of it, has the wrong name more often than two people have the same words.
    """
    words = _quotations(draft)
    named = [n for n in nodes if n.kind in (NodeKind.PERSON, NodeKind.ORGANISATION, NodeKind.DOCUMENT)]
    top = {n.id: {step[0] for step in institutions_of(draft, n.id)} for n in named}
    found = [
        (a.id, b.id)
        for a, b in combinations(named, 2)
        if (a.kind is b.kind and compatible(a.label, b.label))
        or (a.kind is b.kind is NodeKind.PERSON and transliterated(a.label, b.label))
        or (a.kind is b.kind is NodeKind.ORGANISATION and translated(a.label, b.label))
        or b.id in top[a.id]
        or a.id in top[b.id]
        or words.get(a.id, frozenset()) & words.get(b.id, frozenset())
    ]
    return tuple(pair for pair in found if not _distinct(draft, *pair))


def _distinct(draft: Draft, one: str, other: str) -> bool:
    """Whether a person said that the two nodes are different sources."""
    source = draft.pile.sources.get(one.removeprefix("source:"))
    return source is not None and other.removeprefix("source:") in source.distinct


def _quotations(draft: Draft) -> dict[str, frozenset[str]]:
    """Node of a source → what it says in the claim in quotation marks, as bare words."""
    found: dict[str, set[str]] = {}
    for statements in draft.by_article.values():
        for statement in statements:
            quoted, source = quotation(draft.pile, statement), speaker_of(draft, statement)
            if quoted and source:
                found.setdefault(f"source:{source}", set()).add(quoted)
    return {node: frozenset(said) for node, said in found.items()}
