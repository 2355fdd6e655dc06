"""The same answer for people who never open a browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..model import (
    Article,
    Attribution,
    Direction,
    Findings,
    Likelihood,
    PassageMatch,
    Span,
    Standing,
    Support,
)
from .order import ClaimView, answer, two_source_rule, views
from .words import many


def summary(findings: Findings, console: Console, top: int = 12) -> None:
    """What was read, the answer for the widest claim, and a table of the `top` widest claims."""
    shown = views(findings)
    wide = [v for v in shown if len(v.articles) > 1]
    console.print(
        f"{many(len(findings.articles), 'article')}, {many(len(findings.attributions), 'attribution')}, "
        f"{many(len(findings.sources), 'source')}; {many(len(wide), 'claim')} carried by two articles or more"
    )
    if not wide:
        console.print(
            "No claim is shared by two articles of this pile. Add articles on the same story, or see who says "
            "what in each: twosource quotes PATH"
        )
    else:
        console.print()
        console.print(Text(f"“{clean(wide[0].claim.text, 200)}”", style="bold"))
        console.print(Text(clean(answer(wide[0]), 400)))
        rules = [two_source_rule(v.support) for v in wide]
        if len(wide) > 1:
            console.print(
                f"Two-source rule over the {len(wide)}: {rules.count('not met')} not met, {rules.count('met')} met, "
                f"{rules.count('cannot tell')} cannot tell"
            )
    table = _table(wide[:top] or shown[:top], console.width)
    if table.row_count:
        console.print()
        console.print(table)
        if len(wide) > top:
            console.print(
                Text(
                    f"and {len(wide) - top} more claims: see the report (-o) or the findings (--json); one in full: twosource show claim ID PATH"
                )
            )
    if findings.judged:
        binding = sum(j.standing is Standing.BINDS for j in findings.judged)
        console.print(
            f"{many(len(findings.judged), 'judgement')} of people, of which {binding} bind this result"
        )
    for warning in findings.warnings:
        console.print(Text(f"Note: {clean(warning, 300)}", style="italic"))


def _table(rows: Sequence[ClaimView], width: int) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Claim", ratio=1, overflow="fold")
    for name in ("Articles", "Lines", "Likely", *(("P(K≥2)",) if width >= 96 else ())):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Two sources?", no_wrap=True)
    for view in rows:
        support = view.support
        labels = {n.id: n.label for n in view.provenance.nodes}
        falls = ", ".join(labels[c] for c in support.chokepoints if c in labels)
        claim = Text(clean(view.claim.text, 120))
        claim.append(
            f"\n{view.claim.id}" + (f", falls with {clean(falls, 60)}" if falls else ""), style="dim"
        )
        p = "–" if support.p_two_or_more is None else f"{support.p_two_or_more:.2f}"
        table.add_row(
            claim,
            str(len(view.articles)),
            _range(support),
            "–" if support.most_likely is None else str(support.most_likely),
            *((p,) if width >= 96 else ()),
            two_source_rule(support),
        )
    return table


def _range(support: Support) -> str:
    low, high = support.at_least, support.at_most
    return str(low) if low == high else f"{low}–{high}"


def quotes(article: Article, attributions: Sequence[Attribution], console: Console) -> None:
    """Who says what in one article: source and cue in front, the content behind, nested ones set in."""
    console.print(Text(clean(article.title, 120) or article.id, style="bold"))
    console.print(
        Text(
            clean(" · ".join(x for x in (article.outlet, article.published.raw, article.path) if x), 160),
            style="dim",
        )
    )
    if not attributions:
        console.print("  no attribution found")
    depth: dict[str, int] = {}
    for a in attributions:
        depth[a.id] = depth.get(a.parent, 0) + 1 if a.parent else 0
        who = _words(article.text, a.source) or "no source stated"
        named = a.canonical if a.canonical and a.canonical.casefold() != who.casefold() else ""
        line = Text("↳ " if a.parent else "")
        line.append(clean(who, 120), style="bold")
        line.append(f" = {clean(named, 100)}" if named else "", style="dim")
        line.append(f" {clean(_words(article.text, a.cue), 60) or '(continued)'}", style="italic")
        line.append(f"  {', '.join(_marks(a))}", style="dim")
        console.print(Padding(line, (0, 0, 0, 2 + 2 * depth[a.id])))
        content = " […] ".join(clean(s.of(article.text), 1000) for s in a.content)
        console.print(Padding(Text(content), (0, 0, 0, 4 + 2 * depth[a.id])))
    console.print()


def _marks(a: Attribution) -> list[str]:
    """What is worth knowing of an attribution beside its words: kind, hedge, stance, evidence."""
    out = [a.kind.value]
    if a.source_kind.value == "unnamed" and a.source:
        out.append("unnamed")
    if a.via_name:
        out.append(f"via {clean(a.via_name, 60)}")
    if a.certainty.likelihood is not Likelihood.STATED:
        out.append(a.certainty.likelihood.value)
    if a.stance.value != "neutral":
        out.append(f"reporter {a.stance.value}")
    out.extend(e.value for e in a.evidence)
    return out


def match(m: PassageMatch, articles: Mapping[str, Article], console: Console) -> None:
    """One shared passage: where, which way, why, and the words in both."""
    arrow = {Direction.A_TO_B: "→", Direction.B_TO_A: "←", Direction.UNDIRECTED: "–"}[m.direction]
    head = Text(f"{clean(m.a.article, 60)} {arrow} {clean(m.b.article, 60)}", style="bold")
    head.append(
        f"  {m.kind.value}, {m.similarity:.0%} of the words, direction {m.p_direction:.2f}", style="dim"
    )
    console.print(head)
    for reason in m.reasons:
        console.print(Padding(Text(clean(reason, 200), style="dim"), (0, 0, 0, 2)))
    for side in (m.a, m.b):
        console.print(Padding(Text(clean(side.span.of(articles[side.article].text), 240)), (0, 0, 0, 2)))
    console.print()


def _words(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(s.of(text) for s in spans)


def clean(text: str, longest: int) -> str:
    """Text of an article made safe for a terminal: white space folded, control and direction marks off, cut short."""
    kept = "".join(c for c in " ".join(text[: longest * 4].split()) if c.isprintable())
    return kept if len(kept) <= longest else f"{kept[: longest - 1].rstrip()}…"
