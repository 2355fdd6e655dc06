"""What the report leads with: one order of claims and one sentence of answer for every format."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..model import (
    GROUNDED,
    Article,
    Claim,
    Findings,
    Node,
    NodeKind,
    Provenance,
    Relation,
    Statement,
    Support,
)
from .drawing import in_effect
from .safe import short
from .words import many, node_label, outlet_of

_NEWS = timedelta(days=13)  # a fortnight, first day and last included


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with what the report shows of it: its count and its statements by relation, in pile order.

    `background`: it is told again and again over a long time, as what stands behind the news is (see `is_background`).
    """

    claim: Claim
    provenance: Provenance
    asserting: tuple[Statement, ...]
    denying: tuple[Statement, ...]
    rival: tuple[Statement, ...]
    background: bool = False

    @property
    def support(self) -> Support:
        """The count of the lines behind it."""
        return self.provenance.support

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles that assert it, each once, in the order of the statements."""
        return tuple(dict.fromkeys(s.article for s in self.asserting))


def is_background(published: Iterable[date]) -> bool:
    """Whether these days, one for each article, are those of background: three or more, and no fortnight has half of them.

    News travels within days; what an outlet says of itself, or of how the war began, comes back for months.
    """
    days = sorted(published)
    most = max((bisect_right(days, day + _NEWS) - i for i, day in enumerate(days)), default=0)
    return len(days) >= 3 and 2 * most < len(days)


def _days(asserting: Sequence[Statement]) -> list[date]:
    """The day of each article that asserts it, where that is known."""
    days = {s.article: s.published for s in asserting if s.published}
    return [date.fromisoformat(day) for day in days.values()]


def views(findings: Findings) -> tuple[ClaimView, ...]:
    """Every claim: news before background, then the widest first, by asserting articles, by statements, by id."""
    statements = {s.id: s for s in findings.statements}
    counted = {p.claim: p for p in findings.provenance}
    out: list[ClaimView] = []
    for claim in findings.claims:
        if claim.id not in counted:
            continue
        asserting, denying, rival = (
            tuple(statements[m.statement] for m in claim.members if m.relation is relation)
            for relation in (Relation.ASSERTS, Relation.DENIES, Relation.RIVAL)
        )
        background = is_background(_days(asserting))
        out.append(ClaimView(claim, counted[claim.id], asserting, denying, rival, background))
    return tuple(
        sorted(
            out,
            key=lambda v: (v.background, -len(v.articles), -len(v.asserting) - len(v.denying), v.claim.id),
        )
    )


def sentence(view: ClaimView) -> str:
    """The count in one sentence: articles → at least L, at most U, most likely K."""
    support = view.support
    head = f"{many(len(view.articles), 'article')} → at least {support.at_least}, at most "
    if support.most_likely is None:
        return f"{head}{many(support.at_most, 'independent line')}; the most likely number is withheld"
    return f"{head}{support.at_most}, most likely {many(support.most_likely, 'independent line')}"


def reason(view: ClaimView) -> str:
    """Why the count is what it is, in one clause; "" when nothing says so."""
    support = view.support
    if support.most_likely is None:
        return support.withheld or ""
    return support.why[0] if support.why else ""


def answer(view: ClaimView) -> str:
    """The answer in one sentence: articles → at least L, at most U, most likely K, because …."""
    head, why = sentence(view), reason(view)
    if not why:
        return head
    return f"{head}: {why}" if view.support.most_likely is None else f"{head}, because {_lower(why)}"


def further(view: ClaimView) -> tuple[str, ...]:
    """The sentences of why that the answer does not say already."""
    return view.support.why if view.support.most_likely is None else view.support.why[1:]


def falls_with(view: ClaimView, articles: Mapping[str, Article]) -> tuple[tuple[str, str], ...]:
    """What would take all support with it, each by its name and the id of its source or article ("" for others).

    An article is the report of its outlet. Of a claim that stands in one article alone the article is not named.
    """
    nodes = {n.id: n for n in view.provenance.nodes}
    alone = len(view.articles) == 1
    return tuple(
        _chokepoint(nodes[c], articles)
        for c in view.support.chokepoints
        if c in nodes and not (alone and nodes[c].kind is NodeKind.ARTICLE)
    )


def _chokepoint(node: Node, articles: Mapping[str, Article]) -> tuple[str, str]:
    if node.kind is NodeKind.ARTICLE and (article := articles.get(node.id.removeprefix("article:"))):
        return f"the report of {short(outlet_of(article), 60)}", article.id
    return node.label, node.id.removeprefix("source:") if node.id.startswith("source:") else ""


_HEAD = re.compile(r"^(?:One|\d+) articles? asserts? it; (?=\w)")


def _lower(text: str) -> str:
    """A reason within a sentence: without the number of articles, which stands before it; names keep their capitals."""
    text = _HEAD.sub("", text)
    first = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if first in ("One", "All", "No", "Only", "If", "At") else text


def two_source_rule(support: Support) -> str:
    """Say "met", "not met" or "cannot tell": whether at least two independent lines stand behind the claim."""
    if support.at_least >= 2:
        return "met"
    if support.at_most <= 1:
        return "not met"
    if support.p_two_or_more is not None and support.p_two_or_more <= 0.1:
        return "not met"
    if support.p_two_or_more is not None and support.p_two_or_more >= 0.9:
        return "met"
    return "cannot tell"


def leads(every: Sequence[ClaimView], articles: Mapping[str, Article]) -> tuple[tuple[str, ClaimView], ...]:
    """What the first screen shows, each with the reason for its being there; the widest of the news comes first."""
    wide = [v for v in every if len(v.articles) > 1]
    if not wide:
        return tuple(("In one article only", v) for v in every[:1])
    chosen = [("Carried by the most articles", wide[0])]

    def add(why: str, found: Iterable[ClaimView]) -> None:
        taken = {v.claim.id for _, v in chosen}
        fresh = next((v for v in found if v.claim.id not in taken), None)
        if fresh is not None:
            chosen.append((why, fresh))

    def outlets(view: ClaimView) -> int:
        return len({outlet_of(articles[i]) for i in view.articles})

    def falls_with_a_source(view: ClaimView) -> bool:
        named = {n.id for n in view.provenance.nodes if n.kind in GROUNDED}
        return not named.isdisjoint(view.support.chokepoints)

    alone = [v for v in wide if two_source_rule(v.support) == "not met" and outlets(v) > 1]
    alone.sort(key=lambda v: (-outlets(v), not falls_with_a_source(v), -len(v.articles), v.claim.id))
    add("Most outlets on one line", alone)
    grounded = [v for v in wide if v.support.at_least >= 2]
    add("Best supported", sorted(grounded, key=lambda v: (-v.support.at_least, -len(v.articles), v.claim.id)))
    add("Denied by others", (v for v in wide if v.denying))
    return tuple(chosen[:3])


def would_change(view: ClaimView, articles: Mapping[str, Article]) -> tuple[str, ...]:
    """What would move the count, in sentences, the most telling first."""
    support, provenance = view.support, view.provenance
    nodes = {n.id: n for n in provenance.nodes}
    effect = in_effect(provenance.edges)
    out = []
    names = [_named(nodes[i], articles) for i in support.chokepoints if i in nodes]
    if names:
        out.append(f"A second account that does not pass through {_either(names[:3])} would add a line.")
    resting = {e.child for e in provenance.edges if effect[e.id] >= 0.2}
    silent = sum(n.kind is NodeKind.ARTICLE and n.id not in resting for n in provenance.nodes)
    if silent:
        out.append(
            "1 article names no source: ask where it has this from. Its own source would be a line more."
            if silent == 1
            else f"{silent} articles name no source: ask where they have this from. One that has its own source would be a "
            "line more, one that copied no line."
        )
    unnamed = [n for n in provenance.nodes if n.kind is NodeKind.UNNAMED]
    if len(unnamed) > 1:
        out.append(f"{len(unnamed)} mentions of unnamed sources may be one person: a name would settle it.")
    elif unnamed:
        out.append("The unnamed source is nobody who can be asked: a name would raise “at least”.")
    doubtful = [
        e for e in provenance.edges if 0.25 <= effect[e.id] <= 0.75 and e.parent in nodes and e.child in nodes
    ]
    doubtful.sort(key=lambda e: (abs(effect[e.id] - 0.5), e.id))
    if doubtful and support.at_most > support.at_least:
        e = doubtful[0]
        more = f" ({len(doubtful)} links are in doubt)" if len(doubtful) > 1 else ""
        child, parent = nodes[e.child], nodes[e.parent]
        label = _named if _named(child, articles) != _named(parent, articles) else node_label
        out.append(
            f"Whether {label(child, articles)} rests on {label(parent, articles)} is open, {effect[e.id]:.2f}{more}."
        )
    if not out and support.at_least >= 2:
        out.append("Two of the origins shown to be one, or to rest on one unseen source, would lower it.")
    return tuple(out)


def _named(node: Node, articles: Mapping[str, Article]) -> str:
    """A node's name within a sentence: an article goes by its outlet."""
    article = articles.get(node.id.removeprefix("article:")) if node.kind is NodeKind.ARTICLE else None
    return short(outlet_of(article), 60) if article else node.label


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
