"""Who says it, by the article's word: sources, those they have it from, and the institutions they speak for."""

from __future__ import annotations

from itertools import pairwise

from twosource.model import EdgeKind, NodeKind, SourceKind, Statement
from twosource.provenance import constants as p
from twosource.provenance.draft import NODE_OF, REUSE, Draft, attributions_of, name_of, source_of
from twosource.provenance.media import is_named_outlet
from twosource.provenance.seen import record_of
from twosource.registry import name_key


def stated_sources(draft: Draft) -> None:
    """Who says it, by the article's word: innermost speaker → … → article, through what it credits."""
    for name, statements in draft.by_article.items():
        child = draft.article(name)
        for statement in statements:
            chain, direct = chain_of(draft, statement)
            if not chain:
                continue
            evidence = [a.id for a in attributions_of(draft, statement)]
            label = draft.label(chain[-1])
            for inner, outer in pairwise(chain):
                reason = (
                    f"{draft.label(outer)} has it from {draft.label(inner)}, as {draft.label(child)} says"
                )
                kind = EdgeKind.QUOTES if outer.startswith("article:") else EdgeKind.TELLS
                if adds(draft, inner, outer):
                    draft.edge(inner, outer, kind, p.TOLD_BY, reason, evidence)
            probability = p_stated(draft, statement)
            outlet = draft.nodes[chain[-1]].kind in (NodeKind.OUTLET, NodeKind.ARTICLE)
            kind = EdgeKind.RELAYS if outlet else EdgeKind.QUOTES
            reason = f"{draft.label(child)} {'relays' if outlet else 'quotes'} {label}"
            moot = set(draft.copied.get(statement.id, {}).get(child, ()))
            for node, p_gate, how, credit in [] if direct else draft.gates.get(name, []):
                also = node.startswith("article:") and also_says(draft, node, chain[0])
                if node in chain or (p_gate < p.FEED_SOURCE and not also):
                    continue  # a link alone does not say that the speaker was found behind it
                # The speaker is reached through the agency, in series: two reprints are one line.
                moot.add((node, child))
                if not also and adds(draft, chain[-1], node):
                    through = f"{draft.label(child)} {how} and quotes {label}"
                    draft.edge(chain[-1], node, EdgeKind.QUOTES, p_gate, through, [*evidence, credit])
            if draft.nodes[chain[-1]].kind is NodeKind.UNNAMED:
                for node, p_near, how in draft.near.get(name, []):
                    moot.add((node, child))
                    if adds(draft, chain[-1], node):
                        through = f"{draft.label(child)} {how} and quotes {label}"
                        draft.edge(chain[-1], node, EdgeKind.QUOTES, p_near, through, evidence)
            draft.edge(chain[-1], child, kind, probability, reason, evidence, unless=moot)


def behind_outlets(draft: Draft) -> None:
    """The words of a source without a name, who spoke to an outlet, in an article that credits nobody: it has them from there."""
    below: dict[str, list[str]] = {}
    for parent, child in sorted(draft.edges):
        if draft.nodes[parent].kind is NodeKind.UNNAMED:
            below.setdefault(parent, []).append(child)
    for node, children in below.items():
        told = [c for c in children if draft.nodes[c].kind is NodeKind.OUTLET and is_named_outlet(c)]
        if len(told) != 1:
            continue
        outlet = told[0]
        for child in (c for c in children if c.startswith("article:")):
            others = {
                draft.nodes[parent].kind
                for parent in draft.into.get(child, set()) - {node}
                if draft.edges[parent, child].kind not in REUSE
            }
            if NodeKind.OUTLET in others or NodeKind.ARTICLE in others:
                continue
            reason = f"{draft.label(child)} has the words of {draft.label(node)}, who spoke to {draft.label(outlet)}"
            draft.edge(outlet, child, EdgeKind.RELAYS, p.BEHIND_OUTLET, reason, unless=draft.copies(child))
            stated = draft.edges[node, child]
            stated.unless = (stated.unless or set()) | {(outlet, child)}


def institutions(draft: Draft) -> None:
    """A person and the institution they speak for are one line: its word is theirs.

    The institution is added when two persons among the claim's sources speak for it, or when it is there already. Two
    ministries are not made one by a government that nobody names.
    """
    upward: dict[str, list[tuple[str, NodeKind, str]]] = {}
    for node in sorted(draft.nodes):
        if draft.nodes[node].kind in (NodeKind.PERSON, NodeKind.ORGANISATION):
            upward[node] = institutions_of(draft, node)
    spoken = [
        above[0][0] for node, above in upward.items() if above and draft.nodes[node].kind is NodeKind.PERSON
    ]
    for node, above in upward.items():
        for step, (institution, kind, label) in enumerate(above):
            if institution in draft.nodes or (step == 0 and spoken.count(institution) > 1):
                draft.node(institution, kind, label)
                if node not in parents_of(draft, institution):
                    reason = f"{draft.label(node)} speaks for {label}"
                    draft.edge(institution, node, EdgeKind.TELLS, p.SPEAKS_FOR, reason)
                break


def chain_of(draft: Draft, statement: Statement) -> tuple[list[str], bool]:
    """The nodes from the innermost speaker to the one the article has it from.

    And whether the article was told it directly ("told this newspaper"), so that no credit line stands
    between.
    """
    name = statement.article
    own = draft.pile.outlet_of[name]
    chain: list[str] = []
    direct = False
    for attribution in attributions_of(draft, statement):
        source = source_of(draft, attribution)
        written = source.name if source else attribution.canonical or ""
        kind = source.kind if source else attribution.source_kind
        via = draft.pile.outlet_key(attribution.via_name) if attribution.via_name else ""
        key = draft.pile.outlet_key(written) if written and draft.pile.is_outlet(written, kind) else ""
        if key and key == own:
            continue  # an outlet that cites itself adds nobody
        steps: list[str] = []
        if key:
            steps.append(draft.outlet_nodes[name, key])
        elif source and (record := record_of(draft, source)):
            steps.append(record)
        elif source:
            steps.append(draft.node(f"source:{source.id}", NODE_OF[source.kind], name_of(source)))
        else:
            label = attribution.canonical or "an unnamed source"
            steps.append(draft.node(f"source:{attribution.id}", NODE_OF[attribution.source_kind], label))
        if via and via == own:
            direct = True
        elif via and via != key and (name, via) in draft.outlet_nodes:
            steps.append(draft.outlet_nodes[name, via])
        chain.extend(step for step in steps if step not in chain and step != f"article:{name}")
    return chain, direct


def adds(draft: Draft, speaker: str, teller: str) -> bool:
    """Whether a speaker found in another article is news about the teller (an article or outlet).

    An unnamed one is not, where the teller has a speaker already: it is the same person, carried along.
    """
    if draft.nodes[speaker].kind is not NodeKind.UNNAMED:
        return True
    name = teller.removeprefix("article:")
    if name != teller and any(chain_of(draft, s)[0] for s in draft.by_article.get(name, ())):
        return False
    return not draft.into.get(teller, set()) - {speaker}


def also_says(draft: Draft, article: str, speaker: str) -> bool:
    """Whether the article (a node id) has the claim from this speaker too, by its own words."""
    name = article.removeprefix("article:")
    return any(speaker in chain_of(draft, s)[0] for s in draft.by_article.get(name, ()))


def p_stated(draft: Draft, statement: Statement) -> float:
    """The probability in (0, 1] that the statement is its source's, by the score of the attribution."""
    attribution = draft.pile.attributions[statement.attribution or ""]
    source = source_of(draft, attribution)
    outlet = (source.kind if source else attribution.source_kind) is SourceKind.OUTLET
    return (p.RELAYED if outlet else p.QUOTED) * min(1.0, 0.5 + attribution.score)


def institutions_of(draft: Draft, node: str) -> list[tuple[str, NodeKind, str]]:
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
            step = (f"source:{source.id}", NODE_OF[source.kind], name_of(source))
            name = source.name
        else:
            step = (f"institution:{name_key(name)}", NodeKind.ORGANISATION, name)
        if step[0] in seen:
            break
        seen.add(step[0])
        found.append(step)
    return found


def parents_of(draft: Draft, node: str) -> set[str]:
    """Every node that the node rests on, directly or not."""
    seen: set[str] = set()
    stack = [node]
    while stack:
        for parent in draft.into.get(stack.pop(), set()) - seen:
            seen.add(parent)
            stack.append(parent)
    return seen
