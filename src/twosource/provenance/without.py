"""What falls if a source falls (ICD 206): every claim that it stands behind, counted again without it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from twosource.model import Fall, Findings, Relation, Source, SourceKind
from twosource.provenance.belonging import homes_of, other_readings
from twosource.provenance.draft import Draft
from twosource.provenance.edges import claim_graph, members, wide_graph
from twosource.provenance.joined import pile_of
from twosource.provenance.pile import Pile
from twosource.provenance.support import support_of
from twosource.provenance.told import institutions_of
from twosource.registry import Registry, default, name_key
from twosource.settings import Settings


def without(
    found: Findings,
    sources: Collection[str],
    settings: Settings,
    outlets: Collection[str] = (),
    registry: Registry | None = None,
) -> tuple[Fall, ...]:
    """Every claim in whose graph one of these stands, with its count before and after all of them fell.

    `sources` are ids, `outlets` names. With an institution fall those who speak for it, with an outlet its pieces in
    the pile. What rested on the fallen alone is gone too; nothing becomes an origin by a fall, so no count rises.
    `settings` and `registry` as those that `found` was made with. In the order of the claims.
    """
    pile = pile_of(
        found.statements,
        found.attributions,
        found.sources,
        found.articles,
        found.matches,
        default() if registry is None else registry,
        found.claims,
    )
    down = _nodes(pile, sources, outlets)
    homes = homes_of(found.claims)
    before = {p.claim: p for p in found.provenance}
    out: list[Fall] = []
    for claim in found.claims:
        traced = before.get(claim.id)
        if traced is None or not any(n.id in down for n in traced.nodes):
            continue
        graph = claim_graph(pile, members(pile, claim, Relation.ASSERTS), settings.rho)
        wide = wide_graph(pile, claim, Relation.ASSERTS, settings.rho)
        thin = traced.support.withheld
        others = other_readings(pile, claim, Relation.ASSERTS, homes, settings.rho)
        after = support_of(pile, graph, claim.id, settings, thin, down, wide, others).support
        fallen = sorted(n.id for n in traced.nodes if n.id in down)
        out.append(Fall(claim.id, tuple(fallen), traced.support, after))
    return tuple(out)


def _nodes(pile: Pile, sources: Iterable[str], outlets: Iterable[str]) -> frozenset[str]:
    """The ids of all nodes that stand for these, in the graph of whatever claim."""
    chosen = [pile.sources[s] for s in sources]
    names = {f"source:{pile.one_source[s.id]}" for s in chosen}
    names |= {f"institution:{name_key(s.name)}" for s in chosen if s.kind is SourceKind.ORGANISATION}
    asked = Draft(pile, {})
    for source in pile.sources.values():
        if source.kind in (SourceKind.PERSON, SourceKind.ORGANISATION):
            above = {step[0] for step in institutions_of(asked, f"source:{source.id}")}
            if above & names:
                names.add(f"source:{pile.one_source[source.id]}")
    keys = {pile.outlet_key(name) for name in outlets}
    keys |= {pile.outlet_key(s.name) for s in chosen if _is_outlet(pile, s)}
    for key in keys - {""}:
        names.add(f"outlet:{key}")
        names.update(f"article:{a}" for a in pile.articles_of.get(key, ()))
    return frozenset(names)


def _is_outlet(pile: Pile, source: Source) -> bool:
    return bool(source.name) and pile.is_outlet(source.name, source.kind)
