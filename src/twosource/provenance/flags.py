"""What an editor is warned of beside the number. Each flag is a small function in `FLAGS`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from twosource.model import Attribution, AttributionKind, Likelihood, NodeKind, SourceKind, Statement
from twosource.provenance.draft import ClaimGraph
from twosource.provenance.graph import Graph
from twosource.provenance.pile import Pile, quotation
from twosource.provenance.support import Counted

_FIRMNESS = {
    Likelihood.UNLIKELY: 0,
    Likelihood.POSSIBLE: 1,
    Likelihood.LIKELY: 2,
    Likelihood.STATED: 3,
}
_GLOSS = re.compile(r"[(\[][^()\[\]]{0,60}[)\]]")
"""What a newsroom puts into a quotation in brackets: a gloss, not an alteration."""
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

    def quoted(self, statement: Statement) -> list[str]:
        """The bare words of a direct quotation without what stands in brackets, empty for anything else."""
        by = self.attribution(statement)
        if by is None or by.kind is not AttributionKind.DIRECT:
            return []
        return quotation(self.pile, replace(statement, text=_GLOSS.sub(" ", statement.text))).split()

    def speaker(self, statement: Statement) -> str | None:
        """The id of whoever says it, the same for one source under two names; None for nobody."""
        by = self.attribution(statement)
        return self.pile.one_source.get(by.source_id or "") if by else None

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


def quotation_altered(seen: Seen) -> Iterable[str]:
    """One speaker, one claim, quotation marks on both sides of an edge, and other words in them downstream.

    Cut short at either end it is the same quotation; with a word changed, added or left out in between it is not.
    """
    for parent, child in seen.pairs():
        above, below = (
            [(q, s) for s in seen.by_article[name] if (q := seen.quoted(s))] for name in (parent, child)
        )
        said = [words for words, _ in above]
        for words, statement in below:
            mine = [(w, s) for w, s in above if seen.speaker(s) == seen.speaker(statement) is not None]
            if any(_within(words, w) or _within(w, words) for w in said):
                continue
            before = max(
                (w for w, s in mine if s.language == statement.language),
                key=lambda w: (_alike(w, words), w),
                default=[],
            )
            if _alike(before, words) >= SAME_OCCASION:
                a, b = seen.pile.label(parent), seen.pile.label(child)
                was, now = _where_they_part(before, words)
                yield f"quotation altered: {a} has “{was}”, {b}, which rests on it, “{now}”"


SAME_OCCASION = 0.5
"""Share of words in common, in order, from which two quotations of one speaker are taken for one utterance."""


def _within(inner: Sequence[str], outer: Sequence[str]) -> bool:
    """Whether the words of the one stand together in the other; "air strikes" is "airstrikes"."""
    return "".join(inner) in "".join(outer)


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    return SequenceMatcher(None, one[:LONGEST], other[:LONGEST], autojunk=False).ratio()


def _where_they_part(one: Sequence[str], other: Sequence[str]) -> tuple[str, str]:
    """Both, from some words before the first difference to some behind the last."""
    steps = SequenceMatcher(None, one[:LONGEST], other[:LONGEST], autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    first, last = changed[0], changed[-1]
    return _part(one, first[1], last[2]), _part(other, first[3], last[4])


def _part(words: Sequence[str], start: int, end: int) -> str:
    start, end = max(0, start - 4), min(len(words), end + 4, start + 24)
    shown = " ".join(words[start:end])
    return f"{'… ' if start else ''}{shown}{' …' if end < len(words) else ''}"


LONGEST = 200
"""Words of a quotation that are compared at most."""


FLAGS: tuple[Callable[[Seen], Iterable[str]], ...] = (
    loop,
    plural_source,
    hedge_drift,
    anonymity_lost,
    quotation_altered,
)


def _firmness(statement: Statement) -> int:
    c = statement.certainty
    return min(_FIRMNESS[c.likelihood], 1 if c.conditional or c.question else 3)
