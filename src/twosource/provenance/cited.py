"""What a text says it rests on: outlets that it names, credit lines, links, and credits that others give it."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.model import CreditKind, EdgeKind, NodeKind, SourceKind, Statement
from twosource.provenance import constants as p
from twosource.provenance.draft import Draft, attributions_of, is_later, source_of, speaker_of
from twosource.provenance.media import NO_NAME, NO_OUTLET
from twosource.provenance.pile import days_apart
from twosource.registry import name_key


def cited_outlets(draft: Draft) -> None:
    """An outlet that an article names is that outlet's own piece, where the pile has it, else a node outside.

    The piece must assert the claim and not be later. If it is later, the citation leads outside, and a
    warning says so; unless that piece itself goes back to the citing article: then the two cite each other.
    """
    later: list[tuple[str, str, str, list[str]]] = []
    stated: dict[str, set[str]] = {}
    for name in draft.by_article:
        for key, label in sorted(cites(draft, name).items()):
            own = draft.pile.outlet_of[name]
            if not key or key == own:
                continue
            known = key in draft.pile.outlets
            pieces = [o for o in draft.by_article if draft.pile.outlet_of[o] == key]
            here = draft.pile.articles[name].published
            if key in NO_NAME:
                draft.outlet_nodes[name, key] = nameless(draft, name, key)
                continue
            earlier = [o for o in pieces if draft.pile.articles[o].published.before(here) is not False]
            if known:
                draft.cited.append((name, key, bool(pieces) or has_piece(draft, name, key)))
            if earlier:
                piece = best_piece(draft, name, earlier)
                draft.outlet_nodes[name, key] = draft.article(piece)
                stated.setdefault(piece, set()).add(name)
            else:
                later.append((name, key, label, pieces))
    for name, key, label, pieces in later:
        circular = [piece for piece in pieces if piece in downstream(stated, name)]
        if circular:
            draft.outlet_nodes[name, key] = draft.article(best_piece(draft, name, circular))
            continue
        draft.outlet_nodes[name, key] = draft.node(f"outlet:{key}", NodeKind.OUTLET, label)
        if pieces:
            draft.warnings.append(
                f"{draft.pile.label(name)} cites {label}, whose only piece in the pile is later: "
                "an earlier one is missing, or a date is wrong"
            )


def has_piece(draft: Draft, name: str, key: str) -> bool:
    """Whether the pile has a piece of this outlet from about the same time, or in the article's words.

    It may be the one that is cited, though it was not found to make the claim.
    """
    here = draft.pile.articles[name].published
    for other in draft.pile.articles_of[key]:
        apart = days_apart(draft.pile.articles[other].published, here)
        if apart is None or apart <= p.FAR_DAYS or (min(name, other), max(name, other)) in draft.pile.matches:
            return True
    return False


def nameless(draft: Draft, name: str, key: str) -> str:
    """The node of an outlet that the article does not name: each article's is its own."""
    label = NO_OUTLET if key == name_key(NO_OUTLET) else "agencies it does not name"
    return draft.node(f"outlet:{key}:{name}", NodeKind.OUTLET, label)


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
                    or is_later(draft, other, name)
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


def credited_elsewhere(draft: Draft) -> None:
    """Own voice, or a source without a name, where the article credits an outlet for other sentences on the matter.

    Moot where the article copies another one. An article that names a speaker for the claim has it from him.
    """
    for name, statements in draft.by_article.items():
        if draft.gates.get(name) or any(speaker_of(draft, s) or cites_for(draft, s) for s in statements):
            continue
        own = draft.pile.outlet_of[name]
        said = {word for s in statements for word in s.lemmas}
        relayed = [r for r in draft.pile.relayed.get(name, ()) if r.key and r.key != own]
        # A source without a name in an article that credits one outlet is that outlet's: "told the Herald", and
        # after that "the source said".
        unnamed = len({r.key for r in relayed}) == 1 and all(
            s.attribution and not _spokesman(draft, s) for s in statements
        )
        outlets = {
            r.key: r.label
            for r in relayed
            if unnamed or len(said.intersection(r.statement.lemmas)) >= p.CREDITED_WORDS
        }
        child = draft.article(name)
        copies = draft.copies(child)
        for key, label in sorted(outlets.items()):
            node = outlet_node(draft, name, key, label)
            probability = p.CREDITED_ELSEWHERE / len(outlets)
            how = f"credits {draft.label(node)} in other sentences"
            group = f"elsewhere:{name}" if len(outlets) > 1 else None
            reason = f"{draft.label(child)} {how} on the matter"
            draft.edge(node, child, EdgeKind.RELAYS, probability, reason, group=group, unless=copies)
            draft.near.setdefault(name, []).append((node, probability, how))


def _spokesman(draft: Draft, statement: Statement) -> bool:
    """Whether a statement is by somebody who speaks for others: such a one answers whoever asks."""
    attribution = draft.pile.attributions.get(statement.attribution or "")
    source = draft.pile.sources.get(attribution.source_id or "") if attribution else None
    return source is not None and "spokes" in f"{source.name} {source.description}".casefold()


def cites(draft: Draft, name: str) -> dict[str, str]:
    """The outlets that the article names for its statements of the claim: key → name as written."""
    found: dict[str, str] = {}
    for credit in draft.pile.articles[name].credits:
        if credit.kind in (CreditKind.AGENCY, CreditKind.FEED):
            entry = draft.pile.registry.canonical(credit.target)
            found.setdefault(draft.pile.outlet_key(credit.target), entry.name if entry else credit.target)
    for statement in draft.by_article[name]:
        for attribution in attributions_of(draft, statement):
            source = source_of(draft, attribution)
            for said, kind in (
                (source.name if source else attribution.canonical or "", source.kind if source else None),
                (attribution.via_name or "", SourceKind.OUTLET),
            ):
                if said and draft.pile.is_outlet(said, kind or attribution.source_kind):
                    entry = draft.pile.registry.canonical(said)
                    key = draft.pile.outlet_key(said)
                    found[key] = entry.name if entry else draft.pile.in_full.get(key, said)
    return found


def cites_for(draft: Draft, statement: Statement) -> bool:
    """Whether an outlet is named for this very statement."""
    return any(r.statement.id == statement.id for r in draft.pile.relayed.get(statement.article, ()))


def outlet_node(draft: Draft, name: str, key: str, label: str) -> str:
    """The node of an outlet that the article names: its piece in the claim that is not later, or one outside."""
    known = draft.outlet_nodes.get((name, key))
    if known:
        return known
    if key in NO_NAME:
        return nameless(draft, name, key)
    pieces = [o for o in draft.by_article if draft.pile.outlet_of[o] == key and not is_later(draft, o, name)]
    if pieces:
        return draft.article(best_piece(draft, name, pieces))
    entry = draft.pile.registry.canonical(label)
    full = entry.name if entry else draft.pile.in_full.get(key, label)
    return draft.node(f"outlet:{key}", NodeKind.OUTLET, full)


def best_piece(draft: Draft, name: str, pieces: Sequence[str]) -> str:
    """Of an outlet's articles, the one that the citing article most likely means: matched, then last."""

    def rank(piece: str) -> tuple[float, str, str]:
        matches = draft.pile.matches.get((min(name, piece), max(name, piece)), ())
        start = draft.pile.articles[piece].published.start
        return (max((m.score for m in matches), default=0.0), start.isoformat() if start else "", piece)

    return max(pieces, key=rank)


def downstream(stated: dict[str, set[str]], name: str) -> set[str]:
    """Everything that rests on `name`, by what is stated: `stated` maps a node to those that rest on it."""
    seen = {name}
    stack = [name]
    while stack:
        for child in stated.get(stack.pop(), set()) - seen:
            seen.add(child)
            stack.append(child)
    return seen - {name}
