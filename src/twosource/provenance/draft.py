"""A claim's graph while it is made: its nodes, its edges, and what is asked of its statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from twosource.model import Attribution, Edge, EdgeKind, Node, NodeKind, Source, SourceKind, Statement
from twosource.provenance.pile import Pile

REUSE = frozenset({EdgeKind.COPIES, EdgeKind.TRANSLATES, EdgeKind.RESTATES})
"""Kinds of edge that are inferred from likeness; the others stand in the text."""


NODE_OF = {
    SourceKind.PERSON: NodeKind.PERSON,
    SourceKind.ORGANISATION: NodeKind.ORGANISATION,
    SourceKind.OUTLET: NodeKind.OUTLET,
    SourceKind.DOCUMENT: NodeKind.DOCUMENT,
    SourceKind.UNNAMED: NodeKind.UNNAMED,
    SourceKind.FIRST_HAND: NodeKind.FIRST_HAND,
}


@dataclass(frozen=True, slots=True)
class ClaimGraph:
    """One claim's nodes and edges, each sorted by id.

    `leaning` are the articles that copy some other article of this claim elsewhere, though not where the
    claim is made: they have access of their own less often than others.
    `merges` are pairs of node ids that may be one source and that nothing shows to be two; `unnamed` are
    pairs of a source and an unnamed one, with the probability that they are one. `warnings` are what was noticed on the way. `cited` lists who cites
    which outlet of the pile, and whether a piece of it that asserts the claim is there: the pile's own measure
    of what it lacks.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    merges: tuple[tuple[str, str], ...] = ()
    unnamed: tuple[tuple[str, str, float], ...] = ()
    warnings: tuple[str, ...] = ()
    leaning: frozenset[str] = frozenset()
    cited: tuple[tuple[str, str, bool], ...] = ()


@dataclass(slots=True)
class _Edge:
    parent: str
    child: str
    kind: EdgeKind
    probability: float
    reason: str
    evidence: set[str]
    group: str | None
    unless: set[tuple[str, str]] | None
    """Pairs of nodes: moot when an edge between the first and the second holds. None: never moot."""


@dataclass(slots=True)
class Draft:
    """A claim's graph while the rules are at work on it."""

    pile: Pile
    by_article: dict[str, list[Statement]]
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str], _Edge] = field(default_factory=dict)
    into: dict[str, set[str]] = field(default_factory=dict)
    """Child → its parents so far."""
    gates: dict[str, list[tuple[str, float, str, str]]] = field(default_factory=dict)
    """Article → what it credits as a whole: node, probability, how, evidence."""
    near: dict[str, list[tuple[str, float, str]]] = field(default_factory=dict)
    """Article → the outlets that it credits for other sentences on the matter: node, probability, how."""
    copied: dict[str, dict[str, set[tuple[str, str]]]] = field(default_factory=dict)
    """Statement → the edges that would carry it into its article: a copied statement."""
    outlet_nodes: dict[tuple[str, str], str] = field(default_factory=dict)
    """(article, outlet key) → the node that the article's citation of that outlet leads to."""
    warnings: list[str] = field(default_factory=list)
    cited: list[tuple[str, str, bool]] = field(default_factory=list)

    def article(self, name: str) -> str:
        """The node of an article."""
        node = f"article:{name}"
        self.nodes.setdefault(node, Node(node, NodeKind.ARTICLE, self.pile.label(name)))
        return node

    def node(self, name: str, kind: NodeKind, label: str) -> str:
        """The node of this id, made when it is not there."""
        self.nodes.setdefault(name, Node(name, kind, label))
        return name

    def edge(
        self,
        parent: str,
        child: str,
        kind: EdgeKind,
        probability: float,
        reason: str,
        evidence: Iterable[str] = (),
        group: str | None = None,
        unless: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Add an edge. A second finding of the same edge keeps the stronger reading and all the evidence."""
        if parent == child:
            return
        conditions = set(unless)
        self.into.setdefault(child, set()).add(parent)
        old = self.edges.get((parent, child))
        if old is None:
            self.edges[parent, child] = _Edge(
                parent, child, kind, probability, reason, set(evidence), group, conditions or None
            )
            return
        old.evidence.update(evidence)
        # One statement that stands on its own is enough for the edge to hold.
        old.unless = (old.unless | conditions) if old.unless and conditions else None
        if probability > old.probability:
            old.kind, old.probability, old.reason, old.group = kind, probability, reason, group

    def copies(self, child: str) -> set[tuple[str, str]]:
        """The edges that are inferred from likeness and lead to the child."""
        pairs = ((parent, child) for parent in self.into.get(child, ()))
        return {pair for pair in pairs if self.edges[pair].kind in REUSE}

    def label(self, node: str) -> str:
        """What a reader calls the node."""
        return self.nodes[node].label


def speaker_of(draft: Draft, statement: Statement) -> str | None:
    """The id of the innermost source, None when there is none or it is unnamed."""
    chain = attributions_of(draft, statement)
    source = source_of(draft, chain[0]) if chain else None
    return source.id if source and source.kind is not SourceKind.UNNAMED else None


def is_later(draft: Draft, one: str, other: str) -> bool:
    """Whether the one is surely later than the other."""
    return draft.pile.articles[one].published.before(draft.pile.articles[other].published) is False


def attributions_of(draft: Draft, statement: Statement) -> list[Attribution]:
    """The statement's attribution and what it is nested in, innermost first."""
    found: list[Attribution] = []
    name = statement.attribution
    while name is not None and name in draft.pile.attributions:
        attribution = draft.pile.attributions[name]
        if attribution in found:
            break
        found.append(attribution)
        name = attribution.parent
    return found


def source_of(draft: Draft, attribution: Attribution) -> Source | None:
    """The source that an attribution leads to, one for all spellings of its name, or None."""
    if attribution.source_id is None:
        return None
    return draft.pile.sources.get(draft.pile.one_source.get(attribution.source_id, ""))


def name_of(source: Source) -> str:
    """What a reader calls the source."""
    return source.name or source.description or "an unnamed source"
