"""What is true of a pile that was made: who has every claim from whom, and what follows from it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from twosource.model import NodeKind
from twosource.provenance.count import Count, count
from twosource.provenance.graph import Graph, build, contract


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim begins. `names` is every name or description that a text may give it (empty: none is given)."""

    id: str
    kind: NodeKind
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrueEdge:
    """`child` has the claim from `parent` (ids of origins or articles).

    `kind` is what the child did: quotes, copies, translates, relays (own words, credit given), restates (own words, no
    credit). `shown` says whether the child's text names the parent or repeats or translates its words, `named` whether it
    names it.
    """

    parent: str
    child: str
    kind: str
    shown: bool = True
    named: bool = True


@dataclass(slots=True)
class TrueClaim:
    """One claim. `passages` are the sentences in which each article asserts it, `denials` those that deny it.

    `stated` maps an article to the origins that its own text names for the claim, in whatever way.
    """

    id: str
    text: str
    edges: list[TrueEdge] = field(default_factory=list)
    passages: dict[str, list[str]] = field(default_factory=dict)
    denials: dict[str, list[str]] = field(default_factory=dict)
    stated: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class TruePile:
    """A pile as it was made. `missing` are the articles that were held back; `outlet_of` covers them too."""

    id: str
    mutations: dict[str, str] = field(default_factory=dict)
    outlet_of: dict[str, str] = field(default_factory=dict)
    owner_of: dict[str, str] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    claims: list[TrueClaim] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)
    features: dict[str, str] = field(default_factory=dict)

    def graph(self, claim: TrueClaim) -> Graph:
        """The claim's true graph: articles that are missing are nodes that no chain may end at."""
        nodes: dict[str, NodeKind] = {}
        for edge in claim.edges:
            for end in (edge.parent, edge.child):
                if end in self.origins:
                    nodes[end] = self.origins[end].kind
                else:
                    nodes[end] = NodeKind.OUTLET if end in self.missing else NodeKind.ARTICLE
        for article in claim.passages:
            nodes[article] = NodeKind.OUTLET if article in self.missing else NodeKind.ARTICLE
        return build(nodes, ((e.parent, e.child) for e in claim.edges))

    def count(self, claim: TrueClaim) -> Count:
        """K, R, K_g and the chokepoints of the true graph."""
        return count(self.graph(claim))

    def by_owner(self, claim: TrueClaim) -> int:
        """K when the outlets of one owner are one node."""
        groups: dict[str, list[str]] = {}
        graph = self.graph(claim)
        for name in graph.ids:
            owner = self.owner_of.get(self.outlet_of.get(name, ""), "")
            if owner:
                groups.setdefault(owner, []).append(name)
        pairs = [(members[0], other) for members in groups.values() for other in members[1:]]
        return count(contract(graph, pairs)).lines if pairs else count(graph).lines

    def present(self, claim: TrueClaim) -> list[str]:
        """The articles in the pile that assert the claim."""
        return sorted(a for a in claim.passages if a not in self.missing)

    def as_json(self) -> dict[str, Any]:
        """The truth as plain data, the counts included."""
        claims = []
        for claim in self.claims:
            found = self.count(claim)
            claims.append(
                {
                    **asdict(claim),
                    "k": found.lines,
                    "k_grounded": found.grounded,
                    "origins": [[o.id, o.kind.value] for o in found.origins],
                    "chokepoints": list(found.chokepoints),
                    "by_owner": self.by_owner(claim),
                }
            )
        return {
            "id": self.id,
            "features": self.features,
            "mutations": self.mutations,
            "outlets": self.outlet_of,
            "owners": self.owner_of,
            "missing": sorted(self.missing),
            "origins": [asdict(o) for o in self.origins.values()],
            "claims": claims,
        }

    def write(self, path: Path) -> None:
        """Keep it as JSON."""
        path.write_text(json.dumps(self.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
