"""What an editor is warned of beside the number. Each flag is a small function in `FLAGS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from twosource.model import Attribution, Likelihood, NodeKind, SourceKind, Statement
from twosource.provenance.draft import ClaimGraph
from twosource.provenance.graph import Graph
from twosource.provenance.pile import Pile
from twosource.provenance.support import Counted

_FIRMNESS = {
    Likelihood.UNLIKELY: 0,
    Likelihood.POSSIBLE: 1,
    Likelihood.LIKELY: 2,
    Likelihood.STATED: 3,
}
MOST = 12
"""How many warnings one claim carries at most; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the flags look at: one claim's statements by article, its graph and its count."""

    pile: Pile
    graph: ClaimGraph
    counted: Counted
    by_article: dict[str, list[Statement]]

    @property
    def likely(self) -> Graph:
        """The graph of likely edges."""
        return self.counted.likely

    def pairs(self) -> Iterable[tuple[str, str]]:
        """Articles of which the second rests directly on the first."""
        ids, kinds = self.likely.ids, self.likely.kinds
        for u, targets in enumerate(self.likely.children):
            for v in targets:
                if kinds[u] is NodeKind.ARTICLE and kinds[v] is NodeKind.ARTICLE:
                    yield ids[u].removeprefix("article:"), ids[v].removeprefix("article:")

    def attribution(self, statement: Statement) -> Attribution | None:
        """Who says it in the article, or None for its own voice."""
        return self.pile.attributions.get(statement.attribution or "")


def warnings(seen: Seen) -> tuple[str, ...]:
    """All warnings of one claim, at most `MOST` and a count of the others."""
    found = list(dict.fromkeys([*seen.graph.warnings, *(w for flag in FLAGS for w in flag(seen))]))
    if len(found) > MOST:
        found[MOST:] = [f"and {len(found) - MOST} more of the same kinds"]
    return tuple(found)


def loop(seen: Seen) -> Iterable[str]:
    """Articles that rest on each other and on nothing else."""
    for node in seen.counted.loops:
        yield f"{node.label}: they cite only each other, and nothing flows in from outside"


def plural_source(seen: Seen) -> Iterable[str]:
    """Several sources are claimed, where one can be traced."""
    traced = seen.counted.support.origins_total
    if traced != 1:
        return
    for name, statements in seen.by_article.items():
        for statement in statements:
            attribution = seen.attribution(statement)
            source = seen.pile.sources.get(attribution.source_id or "") if attribution else None
            if source and source.kind is SourceKind.UNNAMED and source.count > 1:
                yield f"{seen.pile.label(name)} speaks of several sources (“{source.name}”), where one is traceable"


def hedge_drift(seen: Seen) -> Iterable[str]:
    """Upstream it may have been, downstream it was."""
    for parent, child in seen.pairs():
        before = max((_firmness(s) for s in seen.by_article[parent]), default=3)
        after = max((_firmness(s) for s in seen.by_article[child]), default=3)
        if before < after and before < 3:
            how = {0: "unlikely", 1: "possible", 2: "likely"}[before]
            then = {1: "possible", 2: "likely", 3: "a fact"}[after]
            yield (
                f"hedge lost: {seen.pile.label(parent)} puts it as {how}, "
                f"{seen.pile.label(child)}, which rests on it, as {then}"
            )


def anonymity_lost(seen: Seen) -> Iterable[str]:
    """The parent says that its source has no name; the child says it as a fact, or gives a name."""
    for parent, child in seen.pairs():
        above = [seen.attribution(s) for s in seen.by_article[parent]]
        if not above or any(a is None or a.source_kind is not SourceKind.UNNAMED for a in above):
            continue
        below = [seen.attribution(s) for s in seen.by_article[child]]
        a, b = seen.pile.label(parent), seen.pile.label(child)
        named = sorted(
            {
                x.canonical
                for x in below
                if x and x.canonical and x.source_kind in (SourceKind.PERSON, SourceKind.ORGANISATION)
            }
        )
        if named:
            yield f"name gained: {a} has it from an unnamed source, {b}, which rests on it, from {named[0]}"
        elif any(x is None for x in below):
            yield f"anonymity lost: {a} has it from an unnamed source, {b}, which rests on it, says it as a fact"


FLAGS: tuple[Callable[[Seen], Iterable[str]], ...] = (loop, plural_source, hedge_drift, anonymity_lost)


def _firmness(statement: Statement) -> int:
    c = statement.certainty
    return min(_FIRMNESS[c.likelihood], 1 if c.conditional or c.question else 3)
