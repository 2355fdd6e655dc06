"""What the constants of the count are worth on piles that are known: how often each sign means what it seems to mean.

python benchmarks/ecosystem/fit.py --piles 40 --keep DIR     # the development half, and nothing else

For each family of edges the stated probability beside the share that is true; for articles with no parent found,
the share that has an origin of its own (q); for pairs of unnamed sources, the share that is one (rho); and for a
grid of q and rho the mean logarithmic score of the true K. With ``--claims true`` the program's statements are put
into the true claims, so that errors of joining claims are left out.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from score import Names, Planted, _ancestors, _articles_below, _best, as_claims
from stages import findings_of
from truth import TrueClaim, TruePile
from world import make

from twosource.model import Claim, Edge, NodeKind, Relation
from twosource.provenance import constants
from twosource.provenance.draft import ClaimGraph
from twosource.provenance.edges import claim_graph
from twosource.provenance.pile import Pile, with_shared_quotations, with_translated_names
from twosource.provenance.sample import Resolver, posterior
from twosource.settings import Settings

FAMILIES = (  # words in an edge's reason → the constant that speaks there
    ("in other sentences", "CREDITED_ELSEWHERE"),
    ("repeats what its own outlet", "OWN_HOUSE"),
    ("puts it much as", "RESTATED"),
    ("if none copied the other", "COMMON_TEXT"),
    ("which credits", "credited copy"),
    ("translates", "translation"),
    ("shares the wording", "copy"),
    ("says it is based on", "BASED_ON"),
    ("links to", "LINKED"),
    ("credits", "CREDITED"),
    ("speaks for", "SPEAKS_FOR"),
    ("relays", "RELAYED"),
    ("quotes", "QUOTED"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """One claim's graph as the program drew it, beside the truth."""

    truth: TruePile
    true: TrueClaim
    graph: ClaimGraph
    lines: int

    def families(self) -> Iterator[tuple[str, float, bool]]:
        """Constant, probability and whether it is true, for every edge that nothing makes moot."""
        names = Names(self.truth, self.true)
        below: dict[str, list[str]] = {}
        for edge in self.graph.edges:
            below.setdefault(edge.parent, []).append(edge.child)
        nodes = {n.id: n for n in self.graph.nodes}
        true_of = {n: names.of(node, _articles_below(below, n)) for n, node in nodes.items()}
        above = _ancestors(self.true)
        held = Resolver(self.graph).at_threshold(0.5)
        on = {e.id for e, holds in zip(self.graph.edges, held, strict=True) if holds}
        for edge in self.graph.edges:
            parent, child = true_of[edge.parent], true_of[edge.child]
            if not parent or not child or parent == child or on.intersection(edge.unless):
                continue
            yield family(edge), edge.probability, parent in above.get(child, ())

    def orphans(self) -> Iterator[tuple[bool, bool]]:
        """For every article with no likely parent: has it an origin of its own; is it leaning."""
        held = Resolver(self.graph).at_threshold(0.5)
        has = {e.child for e, holds in zip(self.graph.edges, held, strict=True) if holds}
        articles = [n for n in self.graph.nodes if n.kind is NodeKind.ARTICLE]
        if len(articles) < 2:
            return
        for node in articles:
            name = node.id.removeprefix("article:")
            if node.id in has or name not in self.true.passages:
                continue
            own = any(e.child == name and e.parent in self.truth.origins for e in self.true.edges)
            yield own, node.id in self.graph.leaning

    def within(self) -> Iterator[bool]:
        """For every article with no likely parent and no origin of its own: have others that are explained its origin."""
        held = Resolver(self.graph).at_threshold(0.5)
        has = {e.child.removeprefix("article:") for e, on in zip(self.graph.edges, held, strict=True) if on}
        articles = {n.id.removeprefix("article:") for n in self.graph.nodes if n.kind is NodeKind.ARTICLE}
        above = _ancestors(self.true)
        explained = {o for name in articles & has for o in above.get(name, ()) if o in self.truth.origins}
        for name in sorted(articles - has):
            own = any(e.child == name and e.parent in self.truth.origins for e in self.true.edges)
            if name in above and not own and explained:
                yield bool(explained & above[name])

    def unnamed(self) -> Iterator[tuple[float, bool, bool]]:
        """For every pair of sources that may be one: the stated probability, the truth, whether one has a name."""
        names = Names(self.truth, self.true)
        below: dict[str, list[str]] = {}
        for edge in self.graph.edges:
            below.setdefault(edge.parent, []).append(edge.child)
        nodes = {n.id: n for n in self.graph.nodes}
        for a, b, same in self.graph.unnamed:
            one, other = (names.of(nodes[x], _articles_below(below, x)) for x in (a, b))
            if one and other:
                named = NodeKind.UNNAMED not in (nodes[a].kind, nodes[b].kind)
                yield same, one == other, named or nodes[a].kind is not nodes[b].kind


def family(edge: Edge) -> str:
    """Which constant an edge's probability comes from."""
    return next((name for words, name in FAMILIES if words in edge.reason), edge.kind.value)


def known(half: str, seed: int, number: int, keep: Path | None, stale: bool, claims: str) -> list[Known]:
    """Every scored claim of one pile."""
    made = make(half, seed, number)
    found, outlets = findings_of(made, keep, stale)
    pile = Pile.of(
        found.statements, found.attributions, found.sources, found.articles, found.matches, outlets
    )
    groups = found.claims if claims == "program" else as_claims(made.truth, found)
    pile = with_shared_quotations(with_translated_names(pile, groups), groups)
    planted, statements = Planted(found.articles), {s.id: s for s in found.statements}
    out = []
    for true in made.truth.claims:
        if len(made.truth.present(true)) < 2:
            continue
        best: Claim | None = _best(groups, statements, planted.spans(true.passages))[0]
        if best is None:
            continue
        members = [pile.statements[m.statement] for m in best.members if m.relation is Relation.ASSERTS]
        graph = claim_graph(pile, members, Settings().rho)
        out.append(Known(made.truth, true, graph, made.truth.count(true).lines))
    return out


def log_score(found: list[Known], settings: Settings) -> tuple[float, float, float]:
    """Mean log probability of the true K (floor 1 %), mean error and mean absolute error of the median."""
    scores, errors = [], []
    for one in found:
        # rho is in the graph's pairs; here it is put to the value asked for
        graph = replace(
            one.graph, unnamed=tuple((a, b, _moved(p, settings.rho)) for a, b, p in one.graph.unnamed)
        )
        drawn = posterior(graph, Resolver(graph), one.true.id, settings)
        scores.append(math.log(max(0.01, dict(drawn.weights).get(one.lines, 0.0))))
        errors.append(drawn.median - one.lines)
    return fmean(scores), fmean(errors), fmean(abs(e) for e in errors)


def _moved(probability: float, rho: float) -> float:
    """A pair's probability if rho had been another: its odds scaled."""
    odds = probability / (1 - probability) * (rho / (1 - rho)) / (Settings().rho / (1 - Settings().rho))
    return odds / (1 + odds)


def main() -> None:
    """See the module."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--piles", type=int, default=40)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path)
    options.add_argument("--stale", action="store_true")
    options.add_argument("--claims", choices=("program", "true"), default="true")
    options.add_argument("--grid", action="store_true", help="score a grid of q and rho")
    given = options.parse_args()
    found = [
        one
        for number in range(given.piles)
        for one in known("dev", given.seed, number, given.keep, given.stale, given.claims)
    ]
    print(f"{len(found)} claims")
    points = [point for one in found for point in one.families()]
    print(f"{'family':>20} {'stated':>7} {'true':>6} {'n':>5}")
    for name in sorted({f for f, _, _ in points}):
        for low, high in ((0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 0.9), (0.9, 1.01)):
            here = [(p, t) for f, p, t in points if f == name and low <= p < high]
            if here:
                print(
                    f"{name:>20} {fmean(p for p, _ in here):>7.2f} {fmean(t for _, t in here):>6.2f} {len(here):>5}"
                )
    for missing in ("0%", "10%", "30%", "50%", ""):
        some = [one for one in found if missing in ("", one.truth.features["missing"])]
        own = [o for one in some for o, leaning in one.orphans() if not leaning]
        lean = [o for one in some for o, leaning in one.orphans() if leaning]
        if own or lean:
            print(
                f"q: {missing or 'all':>4} {fmean(own) if own else math.nan:.2f} of {len(own)} articles with no parent "
                f"have an origin of their own; {fmean(lean) if lean else math.nan:.2f} of {len(lean)} that lean"
            )
    inside = [w for one in found for w in one.within()]
    if inside:
        print(f"hidden parent within the lines shown: {fmean(inside):.2f} of {len(inside)}")
    for named in (False, True):
        pairs = [(p, t) for one in found for p, t, n in one.unnamed() if n is named]
        for low, high in ((0.0, 0.15), (0.15, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 1.0)):
            here = [(p, t) for p, t in pairs if low <= p < high]
            if here:
                print(
                    f"{'named and unnamed' if named else 'unnamed pairs (rho)'}: "
                    f"stated {fmean(p for p, _ in here):.2f}, one in {fmean(t for _, t in here):.2f} of {len(here)}"
                )
    if given.grid:
        print(f"{'q':>5} {'rho':>5} {'within':>6} {'log':>7} {'bias':>6} {'error':>6}")
        for q in (0.15, 0.2, 0.25, 0.3, 0.35, 0.45):
            for rho in (0.3, 0.5):
                score, bias, error = log_score(found, Settings(q=q, rho=rho))
                print(
                    f"{q:>5} {rho:>5} {constants.HIDDEN_WITHIN:>6} {score:>7.3f} {bias:>+6.2f} {error:>6.2f}"
                )


if __name__ == "__main__":
    main()
