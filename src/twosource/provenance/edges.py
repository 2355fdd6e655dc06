"""From one claim's statements to its graph: which node rests on which, how probably, and why.

The rules are the functions in `RULES`, applied in that order; each adds edges to a `Draft`. None of them
reads text: names, spans and matches have been resolved before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from twosource.model import (
    Attribution,
    CreditKind,
    Direction,
    Edge,
    EdgeKind,
    MatchKind,
    Node,
    NodeKind,
    PassageMatch,
    Source,
    SourceKind,
    Span,
    Statement,
)
from twosource.provenance import constants as p
from twosource.provenance.names import compatible, translated
from twosource.provenance.pile import Pile, days_apart
from twosource.registry import name_key

REUSE = frozenset({EdgeKind.COPIES, EdgeKind.TRANSLATES, EdgeKind.RESTATES})
"""Kinds of edge that are inferred from likeness; the others stand in the text."""

_NODE_OF = {
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

    def label(self, node: str) -> str:
        """What a reader calls the node."""
        return self.nodes[node].label


def claim_graph(pile: Pile, statements: Iterable[Statement], rho: float) -> ClaimGraph:
    """The graph of the articles that make these statements. Pure; the order of the statements is no matter.

    `rho` is the probability that two unnamed sources are one, before description, outlet and time speak.
    """
    by_article: dict[str, list[Statement]] = {}
    for statement in sorted(statements, key=lambda s: (s.article, s.id)):
        by_article.setdefault(statement.article, []).append(statement)
    draft = Draft(pile, by_article)
    for name in by_article:
        draft.article(name)
    for rule in RULES:
        rule(draft)
    return _finish(draft, rho)


# ------------------------------------------------------------------------ rules


def cited_outlets(draft: Draft) -> None:
    """An outlet that an article names is that outlet's own piece, where the pile has it, else a node outside.

    The piece must assert the claim and not be later. If it is later, the citation leads outside, and a
    warning says so; unless that piece itself goes back to the citing article: then the two cite each other.
    """
    later: list[tuple[str, str, str, list[str]]] = []
    stated: dict[str, set[str]] = {}
    for name in draft.by_article:
        for key, label in sorted(_cites(draft, name).items()):
            own = draft.pile.outlet_of[name]
            if not key or key == own:
                continue
            known = key in draft.pile.outlets
            pieces = [o for o in draft.by_article if draft.pile.outlet_of[o] == key]
            here = draft.pile.articles[name].published
            if key in _NO_NAME:
                node = f"outlet:{key}:{name}"
                draft.outlet_nodes[name, key] = draft.node(node, NodeKind.OUTLET, "agencies it does not name")
                continue
            earlier = [o for o in pieces if draft.pile.articles[o].published.before(here) is not False]
            if known:
                draft.cited.append((name, key, bool(pieces) or _has_piece(draft, name, key)))
            if earlier:
                piece = _best_piece(draft, name, earlier)
                draft.outlet_nodes[name, key] = draft.article(piece)
                stated.setdefault(piece, set()).add(name)
            else:
                later.append((name, key, label, pieces))
    for name, key, label, pieces in later:
        circular = [piece for piece in pieces if piece in _downstream(stated, name)]
        if circular:
            draft.outlet_nodes[name, key] = draft.article(_best_piece(draft, name, circular))
            continue
        draft.outlet_nodes[name, key] = draft.node(f"outlet:{key}", NodeKind.OUTLET, label)
        if pieces:
            draft.warnings.append(
                f"{draft.pile.label(name)} cites {label}, whose only piece in the pile is later: "
                "an earlier one is missing, or a date is wrong"
            )


def _has_piece(draft: Draft, name: str, key: str) -> bool:
    """Whether the pile has a piece of this outlet from about the same time, or in the article's words.

    It may be the one that is cited, though it was not found to make the claim.
    """
    here = draft.pile.articles[name].published
    for other in draft.pile.articles_of[key]:
        apart = days_apart(draft.pile.articles[other].published, here)
        if apart is None or apart <= p.FAR_DAYS or (min(name, other), max(name, other)) in draft.pile.matches:
            return True
    return False


_NO_NAME = frozenset(
    map(name_key, ("agencies", "agency", "news agencies", "news agency", "wires", "wire services"))
)


def credit_lines(draft: Draft) -> None:
    """A credit line, a feed's source or the page's own metadata: the whole article rests on what it names."""
    for name in draft.by_article:
        child = draft.article(name)
        own = draft.pile.outlet_of[name]
        gates: dict[str, tuple[str, float, str, str]] = {}
        for number, credit in enumerate(draft.pile.articles[name].credits):
            evidence = f"{name}#credit{number}"
            if credit.kind in (CreditKind.AGENCY, CreditKind.FEED):
                key = draft.pile.outlet_key(credit.target)
                node = draft.outlet_nodes.get((name, key))
                if not key or key == own or node is None:
                    continue
                agency = credit.kind is CreditKind.AGENCY
                found = (
                    node,
                    p.CREDITED if agency else p.FEED_SOURCE,
                    f"credits {credit.target}" if agency else f"comes from the feed of {credit.target}",
                    evidence,
                )
            elif credit.kind in (CreditKind.LINK, CreditKind.BASED_ON):
                other = draft.pile.linked(credit.target)
                if (
                    other is None
                    or other == name
                    or other not in draft.by_article
                    or _later(draft, other, name)
                ):
                    continue
                based = credit.kind is CreditKind.BASED_ON
                found = (
                    draft.article(other),
                    p.BASED_ON if based else p.LINKED,
                    f"{'says it is based on' if based else 'links to'} {draft.pile.label(other)}",
                    evidence,
                )
            else:
                continue
            if found[0] not in gates or gates[found[0]][1] < found[1]:
                gates[found[0]] = found
        for node, probability, how, evidence in gates.values():
            reason = f"{draft.label(child)} {how}"
            draft.edge(node, child, EdgeKind.RELAYS, probability, reason, [evidence])
        draft.gates[name] = sorted(gates.values())


def reuse(draft: Draft) -> None:
    """Shared wording in which both articles make the claim: one copies the other, or both copy a third.

    Where a statement is copied, its speaker comes along with it: the copier's own line to the speaker is
    moot (`unless`), for the copier never met him. It stays where the parent does not name him, since
    then the copier has found something.
    """
    relayed = {(node, f"article:{name}") for (name, _), node in draft.outlet_nodes.items()} | set(draft.edges)
    shared: list[tuple[str, str, float, str]] = []
    for a, b in draft.pile.matched(draft.by_article):
        found = _carried(draft, a, b)
        if found is None:
            continue
        match, in_a, in_b = found
        if match.kind in _SOME_WORDS and _two_speakers(draft, in_a, in_b):
            continue
        p_copy = match.p_copy
        if match.kind is MatchKind.QUOTATION:
            p_copy *= p.SHARED_QUOTATION
        its_words = match.kind is MatchKind.PASSAGE and _only_its_words(draft, match, in_a, in_b)
        if its_words:
            p_copy *= p.SHARED_SPEAKER
        forward = _p_first_is_parent(draft, match, a, in_a, in_b)
        na, nb = draft.article(a), draft.article(b)
        stated = {(na, nb), (nb, na)} & relayed
        if len(stated) == 1:  # the text says who has it from whom
            forward = 1.0 if (na, nb) in stated else 0.0
        kind = EdgeKind.TRANSLATES if match.kind is MatchKind.TRANSLATION else EdgeKind.COPIES
        verb = "translates" if kind is EdgeKind.TRANSLATES else "shares the wording of"
        group = f"copy:{a}|{b}"
        for parent, child, own, others, share in (
            (na, nb, in_b, in_a, forward),
            (nb, na, in_a, in_b, 1.0 - forward),
        ):
            if share * p_copy < 0.01:
                continue
            why = f"; {match.reasons[0]}" if match.reasons else ""
            reason = f"{draft.label(child)} {verb} {draft.label(parent)} where the claim is made{why}"
            if (parent, child) in draft.edges:
                draft.edge(parent, child, kind, share * p_copy, reason, [match.id])
            else:
                draft.edge(parent, child, kind, share * p_copy, reason, [match.id], group=group)
            for statement in draft.by_article[child.removeprefix("article:")]:
                if (statement in own and _comes_along(draft, statement, others)) or _speaker(
                    draft, statement
                ) in {_speaker(draft, s) for s in draft.by_article[parent.removeprefix("article:")]} - {None}:
                    draft.copied.setdefault(statement.id, {}).setdefault(child, set()).add((parent, child))
        if match.kind is not MatchKind.QUOTATION and not its_words and not stated:
            shared.append((a, b, p_copy, match.id))
    _common_text(draft, shared)


def credited_elsewhere(draft: Draft) -> None:
    """Own voice, or a source without a name, where the article credits an outlet for other sentences on the matter.

    Moot where the article copies another one. An article that names a speaker for the claim has it from him.
    """
    copies: dict[str, set[tuple[str, str]]] = {}
    for pair, edge in draft.edges.items():
        if edge.kind in REUSE:
            copies.setdefault(pair[1], set()).add(pair)
    for name, statements in draft.by_article.items():
        if draft.gates.get(name) or any(_speaker(draft, s) or _cites_for(draft, s) for s in statements):
            continue
        own = draft.pile.outlet_of[name]
        said = {word for s in statements for word in s.lemmas}
        outlets = {
            r.key: r.label
            for r in draft.pile.relayed.get(name, ())
            if r.key and r.key != own and len(said.intersection(r.statement.lemmas)) >= p.CREDITED_WORDS
        }
        child = draft.article(name)
        for key, label in sorted(outlets.items()):
            node = _outlet_node(draft, name, key, label)
            probability = p.CREDITED_ELSEWHERE / len(outlets)
            how = f"credits {draft.label(node)} in other sentences"
            group = f"elsewhere:{name}" if len(outlets) > 1 else None
            reason = f"{draft.label(child)} {how} on the matter"
            draft.edge(
                node, child, EdgeKind.RELAYS, probability, reason, group=group, unless=copies.get(child, ())
            )
            draft.near.setdefault(name, []).append((node, probability, how))


def stated_sources(draft: Draft) -> None:
    """Who says it, by the article's word: innermost speaker → … → article, through what it credits."""
    for name, statements in draft.by_article.items():
        child = draft.article(name)
        for statement in statements:
            chain, direct = _chain(draft, statement)
            if not chain:
                continue
            evidence = [a.id for a in _nested(draft, statement)]
            label = draft.label(chain[-1])
            for inner, outer in pairwise(chain):
                reason = (
                    f"{draft.label(outer)} has it from {draft.label(inner)}, as {draft.label(child)} says"
                )
                kind = EdgeKind.QUOTES if outer.startswith("article:") else EdgeKind.TELLS
                if _adds(draft, inner, outer):
                    draft.edge(inner, outer, kind, p.TOLD_BY, reason, evidence)
            probability = _p_stated(draft, statement)
            outlet = draft.nodes[chain[-1]].kind in (NodeKind.OUTLET, NodeKind.ARTICLE)
            kind = EdgeKind.RELAYS if outlet else EdgeKind.QUOTES
            reason = f"{draft.label(child)} {'relays' if outlet else 'quotes'} {label}"
            moot = set(draft.copied.get(statement.id, {}).get(child, ()))
            for node, p_gate, how, credit in [] if direct else draft.gates.get(name, []):
                also = node.startswith("article:") and _also_says(draft, node, chain[0])
                if node in chain or (p_gate < p.FEED_SOURCE and not also):
                    continue  # a link alone does not say that the speaker was found behind it
                # The speaker is reached through the agency, in series: two reprints are one line.
                moot.add((node, child))
                if not also and _adds(draft, chain[-1], node):
                    through = f"{draft.label(child)} {how} and quotes {label}"
                    draft.edge(chain[-1], node, EdgeKind.QUOTES, p_gate, through, [*evidence, credit])
            if draft.nodes[chain[-1]].kind is NodeKind.UNNAMED:
                for node, p_near, how in draft.near.get(name, []):
                    moot.add((node, child))
                    if _adds(draft, chain[-1], node):
                        through = f"{draft.label(child)} {how} and quotes {label}"
                        draft.edge(chain[-1], node, EdgeKind.QUOTES, p_near, through, evidence)
            draft.edge(chain[-1], child, kind, probability, reason, evidence, unless=moot)


def restated(draft: Draft) -> None:
    """The article's own voice, nothing credited, in much the same words as one that is not later."""
    explained = {e.child for e in draft.edges.values() if e.probability >= p.LIKELY}
    words = {s.id: frozenset(s.lemmas) for theirs in draft.by_article.values() for s in theirs}
    picked: dict[str, tuple[float, str]] = {}
    before = _own_earlier(draft)
    for name, statements in draft.by_article.items():
        if draft.article(name) in explained:
            continue
        if name in before:
            child, parent = draft.article(name), draft.article(before[name])
            reason = f"{draft.label(child)} names no source and repeats what its own outlet had printed"
            draft.edge(parent, child, EdgeKind.RESTATES, p.OWN_HOUSE, reason)
            continue
        if len(draft.by_article) > p.LARGE_CLAIM:
            continue  # every pair would have to be compared
        for other, theirs in draft.by_article.items():
            if other == name or (draft.article(other), draft.article(name)) in draft.edges:
                continue
            alike = max(_alike(s, t, words) for s in statements for t in theirs)
            if alike >= max(p.RESTATED_FROM, picked.get(name, (0.0, ""))[0]) and not _later(
                draft, other, name
            ):
                picked[name] = (alike, other)
    for name, (alike, other) in picked.items():
        child, parent = draft.article(name), draft.article(other)
        span = (alike - p.RESTATED_FROM) / (1.0 - p.RESTATED_FROM)
        probability = p.RESTATED_LEAST + span * (p.RESTATED_MOST - p.RESTATED_LEAST)
        mutual = picked.get(other, (0.0, ""))[1] == name
        reason = (
            f"{draft.label(child)} names no source and puts it much as {draft.label(parent)} does "
            f"({round(100 * alike)} % of the words)"
        )
        group = "restates:" + "|".join(sorted((name, other)))
        draft.edge(parent, child, EdgeKind.RESTATES, probability / (2 if mutual else 1), reason, group=group)


def institutions(draft: Draft) -> None:
    """A person and the institution they speak for are one line: its word is theirs.

    The institution is added when two of the claim's sources speak for it, or when it is there already.
    """
    upward: dict[str, list[tuple[str, NodeKind, str]]] = {}
    for node in sorted(draft.nodes):
        if draft.nodes[node].kind in (NodeKind.PERSON, NodeKind.ORGANISATION):
            upward[node] = _speaks_for(draft, node)
    first = [above[0][0] for above in upward.values() if above]
    for node, above in upward.items():
        for step, (institution, kind, label) in enumerate(above):
            if institution in draft.nodes or (step == 0 and first.count(institution) > 1):
                draft.node(institution, kind, label)
                if node not in _parents_of(draft, institution):
                    reason = f"{draft.label(node)} speaks for {label}"
                    draft.edge(institution, node, EdgeKind.TELLS, p.SPEAKS_FOR, reason)
                break


RULES: tuple[Callable[[Draft], None], ...] = (
    cited_outlets,
    credit_lines,
    reuse,
    credited_elsewhere,
    stated_sources,
    restated,
    institutions,
)


# ------------------------------------------------------------- what the rules ask


def _cites(draft: Draft, name: str) -> dict[str, str]:
    """The outlets that the article names for its statements of the claim: key → name as written."""
    found: dict[str, str] = {}
    for credit in draft.pile.articles[name].credits:
        if credit.kind in (CreditKind.AGENCY, CreditKind.FEED):
            found.setdefault(draft.pile.outlet_key(credit.target), credit.target)
    for statement in draft.by_article[name]:
        for attribution in _nested(draft, statement):
            source = _source(draft, attribution)
            for said, kind in (
                (source.name if source else attribution.canonical or "", source.kind if source else None),
                (attribution.via_name or "", SourceKind.OUTLET),
            ):
                if said and draft.pile.is_outlet(said, kind or attribution.source_kind):
                    entry = draft.pile.registry.canonical(said)
                    found[draft.pile.outlet_key(said)] = entry.name if entry else said
    return found


def _cites_for(draft: Draft, statement: Statement) -> bool:
    """Whether an outlet is named for this very statement."""
    return any(r.statement.id == statement.id for r in draft.pile.relayed.get(statement.article, ()))


def _outlet_node(draft: Draft, name: str, key: str, label: str) -> str:
    """The node of an outlet that the article names: its piece in the claim that is not later, or one outside."""
    known = draft.outlet_nodes.get((name, key))
    if known:
        return known
    pieces = [o for o in draft.by_article if draft.pile.outlet_of[o] == key and not _later(draft, o, name)]
    if pieces:
        return draft.article(_best_piece(draft, name, pieces))
    entry = draft.pile.registry.canonical(label)
    return draft.node(f"outlet:{key}", NodeKind.OUTLET, entry.name if entry else label)


def _best_piece(draft: Draft, name: str, pieces: Sequence[str]) -> str:
    """Of an outlet's articles, the one that the citing article most likely means: matched, then last."""

    def rank(piece: str) -> tuple[float, str, str]:
        matches = draft.pile.matches.get((min(name, piece), max(name, piece)), ())
        start = draft.pile.articles[piece].published.start
        return (max((m.score for m in matches), default=0.0), start.isoformat() if start else "", piece)

    return max(pieces, key=rank)


def _downstream(stated: dict[str, set[str]], name: str) -> set[str]:
    seen = {name}
    stack = [name]
    while stack:
        for child in stated.get(stack.pop(), set()) - seen:
            seen.add(child)
            stack.append(child)
    return seen - {name}


def _speaker(draft: Draft, statement: Statement) -> str | None:
    """The id of the innermost source, None when there is none or it is unnamed."""
    chain = _nested(draft, statement)
    source = _source(draft, chain[0]) if chain else None
    return source.id if source and source.kind is not SourceKind.UNNAMED else None


def _later(draft: Draft, one: str, other: str) -> bool:
    """Whether the one is surely later than the other."""
    return draft.pile.articles[one].published.before(draft.pile.articles[other].published) is False


def _nested(draft: Draft, statement: Statement) -> list[Attribution]:
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


def _source(draft: Draft, attribution: Attribution) -> Source | None:
    if attribution.source_id is None:
        return None
    return draft.pile.sources.get(draft.pile.one_source.get(attribution.source_id, ""))


def _chain(draft: Draft, statement: Statement) -> tuple[list[str], bool]:
    """The nodes from the innermost speaker to the one the article has it from.

    And whether the article was told it directly ("told this newspaper"), so that no credit line stands
    between.
    """
    name = statement.article
    own = draft.pile.outlet_of[name]
    chain: list[str] = []
    direct = False
    for attribution in _nested(draft, statement):
        source = _source(draft, attribution)
        written = source.name if source else attribution.canonical or ""
        kind = source.kind if source else attribution.source_kind
        via = draft.pile.outlet_key(attribution.via_name) if attribution.via_name else ""
        key = draft.pile.outlet_key(written) if written and draft.pile.is_outlet(written, kind) else ""
        if key and key == own:
            continue  # an outlet that cites itself adds nobody
        steps: list[str] = []
        if key:
            steps.append(draft.outlet_nodes[name, key])
        elif source:
            steps.append(draft.node(f"source:{source.id}", _NODE_OF[source.kind], _named(source)))
        else:
            label = attribution.canonical or "an unnamed source"
            steps.append(draft.node(f"source:{attribution.id}", _NODE_OF[attribution.source_kind], label))
        if via and via == own:
            direct = True
        elif via and via != key and (name, via) in draft.outlet_nodes:
            steps.append(draft.outlet_nodes[name, via])
        chain.extend(step for step in steps if step not in chain and step != f"article:{name}")
    return chain, direct


def _named(source: Source) -> str:
    return source.name or source.description or "an unnamed source"


def _adds(draft: Draft, speaker: str, teller: str) -> bool:
    """Whether a speaker found in another article is news about the teller (an article or outlet).

    An unnamed one is not, where the teller has a speaker already: it is the same person, carried along.
    """
    if draft.nodes[speaker].kind is not NodeKind.UNNAMED:
        return True
    name = teller.removeprefix("article:")
    if name != teller and any(_chain(draft, s)[0] for s in draft.by_article.get(name, ())):
        return False
    return not draft.into.get(teller, set()) - {speaker}


def _also_says(draft: Draft, article: str, speaker: str) -> bool:
    """Whether the article (a node id) has the claim from this speaker too, by its own words."""
    name = article.removeprefix("article:")
    return any(speaker in _chain(draft, s)[0] for s in draft.by_article.get(name, ()))


def _p_stated(draft: Draft, statement: Statement) -> float:
    attribution = draft.pile.attributions[statement.attribution or ""]
    source = _source(draft, attribution)
    outlet = (source.kind if source else attribution.source_kind) is SourceKind.OUTLET
    return (p.RELAYED if outlet else p.QUOTED) * min(1.0, 0.5 + attribution.score)


def _carried(draft: Draft, a: str, b: str) -> tuple[PassageMatch, list[Statement], list[Statement]] | None:
    """The match of the two articles that carries the claim in both of them, and the statements inside.

    A statement is inside when at least `HALF` of its characters lie in the wording shared by all matches.
    """
    matches = [m for m in draft.pile.matches.get((a, b), ()) if m.kind is not MatchKind.TEMPLATE]
    if not matches:
        return None
    of_a = [m.a.span if m.a.article == a else m.b.span for m in matches]
    of_b = [m.b.span if m.a.article == a else m.a.span for m in matches]
    in_a = [s for s in draft.by_article[a] if _inside(s, of_a)]
    in_b = [s for s in draft.by_article[b] if _inside(s, of_b)]
    touching = [
        m
        for m, x, y in zip(matches, of_a, of_b, strict=True)
        if any(x.overlaps(span) for s in in_a for span in s.spans)
        and any(y.overlaps(span) for s in in_b for span in s.spans)
    ]
    if not touching:
        return None
    return max(touching, key=lambda m: (m.p_copy, m.score, m.id)), in_a, in_b


def _inside(statement: Statement, shared: Sequence[Span]) -> bool:
    size = covered = 0
    for span in statement.spans:
        size += span.end - span.start
        at = span.start
        for other in sorted(shared):
            start, end = max(at, other.start), min(span.end, other.end)
            if start < end:
                covered += end - start
                at = end
    return size > 0 and covered >= p.HALF * size


def _p_first_is_parent(
    draft: Draft, match: PassageMatch, a: str, in_a: Sequence[Statement], in_b: Sequence[Statement]
) -> float:
    """The probability that article a is the parent, given that one copies the other."""
    first = match.p_direction if match.direction is not Direction.B_TO_A else 1.0 - match.p_direction
    if match.direction is Direction.UNDIRECTED:
        first = 0.5
        before = draft.pile.articles[a].published.before(
            draft.pile.articles[match.b.article if match.a.article == a else match.a.article].published
        )
        if before is not None:
            return p.EARLIER_FIRST if before else 1.0 - p.EARLIER_FIRST
        named_a, named_b = (any(s.attribution for s in inside) for inside in (in_a, in_b))
        if named_a != named_b:
            return p.CREDIT_LOST if named_a else 1.0 - p.CREDIT_LOST
    return first if match.a.article == a else 1.0 - first


def _comes_along(draft: Draft, statement: Statement, parents: Sequence[Statement]) -> bool:
    """Whether a copied statement's speaker was copied with it.

    The parent's passage has that speaker too, or one whose name may be the same, or the copy names nobody.
    A copy that names somebody whom the parent does not name has found something.
    """
    if not _nested(draft, statement):
        return False
    above = [s for s in parents if _nested(draft, s)]
    mine = _speaker(draft, statement)
    if mine is None:
        return bool(above)
    theirs = [_speaker(draft, s) for s in above]
    return any(t is not None and (t == mine or _may_be_one(draft, mine, t)) for t in theirs)


_SOME_WORDS = frozenset({MatchKind.PASSAGE, MatchKind.QUOTATION, MatchKind.EDITED})
"""Kinds of match that do not make the one text the other's reprint or translation."""


def _two_speakers(draft: Draft, in_a: Sequence[Statement], in_b: Sequence[Statement]) -> bool:
    """Whether the shared words are given to one named speaker here and surely another there.

    Then it is the claim that is alike, not the reporting: two measurements of one thing in the same phrase.
    """
    ours = {_speaker(draft, s) for s in in_a}
    theirs = {_speaker(draft, s) for s in in_b}
    if None in ours | theirs or ours & theirs:
        return False
    return not any(_may_be_one(draft, x, y) for x in ours if x for y in theirs if y)


def _only_its_words(
    draft: Draft, match: PassageMatch, in_a: Sequence[Statement], in_b: Sequence[Statement]
) -> bool:
    """Whether the match is hardly more than what both articles give to one named speaker."""
    speakers = {_speaker(draft, s) for s in (*in_a, *in_b)}
    longest = max(s.spans[-1].end - s.spans[0].start for s in (*in_a, *in_b))
    shared = max(side.span.end - side.span.start for side in (match.a, match.b))
    return len(speakers) == 1 and None not in speakers and shared <= p.HARDLY_MORE * longest


def _may_be_one(draft: Draft, one: str, other: str) -> bool:
    """Whether two named sources may be one: compatible or translated names, or one speaks for the other."""
    a, b = draft.pile.sources[one], draft.pile.sources[other]
    if compatible(a.name, b.name):
        return True
    if a.kind is b.kind is SourceKind.ORGANISATION and translated(a.name, b.name):
        return True
    nodes = [draft.node(f"source:{s.id}", _NODE_OF[s.kind], _named(s)) for s in (a, b)]
    above = [{n, *(step[0] for step in _speaks_for(draft, n))} for n in nodes]
    return bool(above[0] & above[1])


def _common_text(draft: Draft, shared: Sequence[tuple[str, str, float, str]]) -> None:
    """Where shared wording may be no copy either way, both have it from one text outside the pile.

    One hidden text for every group of articles that share wording; an article rests on it when none of
    the copies that touch the article holds.
    """
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    for a, b, _, _ in shared:
        low, high = sorted((find(a), find(b)))
        leader[high] = low
    copied: dict[str, set[tuple[str, str]]] = {}
    for edge, found in draft.edges.items():
        if found.kind in (EdgeKind.COPIES, EdgeKind.TRANSLATES):
            for end in edge:
                copied.setdefault(end, set()).add(edge)
    by_name: dict[str, list[tuple[str, str, float, str]]] = {}
    for pair in shared:
        by_name.setdefault(pair[0], []).append(pair)
        by_name.setdefault(pair[1], []).append(pair)
    for name in sorted(leader):
        touching = by_name[name]
        if all(p_copy >= p.CERTAIN for _, _, p_copy, _ in touching):
            continue
        child = draft.article(name)
        copies = copied.get(child, set())
        node = draft.node(f"text:{find(name)}", NodeKind.OUTLET, "a text outside the pile")
        reason = (
            f"{draft.label(child)} shares wording with others; if none copied the other, all copied a third"
        )
        draft.edge(
            node, child, EdgeKind.COPIES, p.COMMON_TEXT, reason, [m for *_, m in touching], unless=copies
        )
        for statement in draft.by_article[name]:
            if statement.id in draft.copied:
                draft.copied[statement.id].setdefault(child, set()).add((node, child))
                chain, _ = _chain(draft, statement)
                if chain and _adds(draft, chain[-1], node):
                    evidence = [x.id for x in _nested(draft, statement)]
                    said = f"the shared wording quotes {draft.label(chain[-1])}"
                    draft.edge(chain[-1], node, EdgeKind.QUOTES, p.TOLD_BY, said, evidence)


def _own_earlier(draft: Draft) -> dict[str, str]:
    """Article → the article of the same outlet that came before it in this claim (undated ones by id)."""
    houses: dict[str, list[str]] = {}
    for name in draft.by_article:
        if draft.pile.outlet_of[name]:
            houses.setdefault(draft.pile.outlet_of[name], []).append(name)

    def when(name: str) -> tuple[str, str]:
        start = draft.pile.articles[name].published.start
        return start.isoformat() if start else "", name

    return {
        later: earlier
        for members in houses.values()
        for earlier, later in pairwise(sorted(members, key=when))
    }


def _alike(one: Statement, other: Statement, words: dict[str, frozenset[str]]) -> float:
    """Share of content words in common (Jaccard), 0 across languages."""
    if one.language != other.language:
        return 0.0
    a, b = words[one.id], words[other.id]
    return len(a & b) / len(a | b) if a and b else 0.0


def _speaks_for(draft: Draft, node: str) -> list[tuple[str, NodeKind, str]]:
    """The institutions above a source, nearest first: node id, kind, name. By the pile, else the registry."""
    found: list[tuple[str, NodeKind, str]] = []
    seen = {node}
    source = draft.pile.sources.get(node.removeprefix("source:"))
    name = source.name if source else draft.label(node)
    while len(found) < 5:
        above = draft.pile.sources.get(source.speaks_for) if source and source.speaks_for else None
        if above is None:
            entry = draft.pile.registry.canonical(name)
            if entry is None or not entry.speaks_for:
                break
            name = entry.speaks_for
            above = draft.pile.source_of.get(name_key(name))
        source = above
        if source:
            step = (f"source:{source.id}", _NODE_OF[source.kind], _named(source))
            name = source.name
        else:
            step = (f"institution:{name_key(name)}", NodeKind.ORGANISATION, name)
        if step[0] in seen:
            break
        seen.add(step[0])
        found.append(step)
    return found


def _parents_of(draft: Draft, node: str) -> set[str]:
    """Every node that the node rests on, directly or not."""
    seen: set[str] = set()
    stack = [node]
    while stack:
        for parent in draft.into.get(stack.pop(), set()) - seen:
            seen.add(parent)
            stack.append(parent)
    return seen


# ------------------------------------------------------------------------ finish


def _finish(draft: Draft, rho: float) -> ClaimGraph:
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
        leaning=_leaning(draft),
        cited=tuple(draft.cited),
    )


def _leaning(draft: Draft) -> frozenset[str]:
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
    words = {n.id: _description(draft, n) for n in nodes if n.kind is NodeKind.UNNAMED}
    first = {u: min(where[u]) for u in unnamed if where.get(u)}
    entries = {u: draft.pile.entry_of(name) for u, name in first.items()}
    found: list[tuple[str, str, float]] = []
    for n, b in enumerate(unnamed):
        for a in unnamed[max(0, n - p.NEAREST) : n]:
            if where.get(a, set()) & where.get(b, set()):
                continue  # one article that speaks of two
            odds = rho / max(1e-9, 1.0 - rho)
            if words[a] and words[b]:
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
        others = [n.id for n in named if not where.get(n.id, set()) & where.get(u, set())][: p.NEAREST]
        found += [(other, u, p.UNNAMED_IS_NAMED / len(others)) for other in others]
    return tuple(found)


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


def _description(draft: Draft, node: Node) -> frozenset[str]:
    """The words that tell one unnamed source from another: "port official", not "a source"."""
    source = draft.pile.sources.get(node.id.removeprefix("source:"))
    text = f"{source.description} {source.name}" if source else node.label
    return frozenset(name_key(w) for w in text.casefold().split() if w.strip(".,;:") not in _SAYS_NOTHING) - {
        ""
    }


def _plausible_merges(draft: Draft, nodes: Sequence[Node]) -> tuple[tuple[str, str], ...]:
    """Pairs of named sources that may be one: compatible or translated names, or one institution behind both."""
    named = [n for n in nodes if n.kind in (NodeKind.PERSON, NodeKind.ORGANISATION, NodeKind.DOCUMENT)]
    top = {n.id: {step[0] for step in _speaks_for(draft, n.id)} for n in named}
    found = [
        (a.id, b.id)
        for a, b in combinations(named, 2)
        if (a.kind is b.kind and compatible(a.label, b.label))
        or (a.kind is b.kind is NodeKind.ORGANISATION and translated(a.label, b.label))
        or b.id in top[a.id]
        or a.id in top[b.id]
    ]
    return tuple(found)
