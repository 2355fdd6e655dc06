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
    Confidence,
    Direction,
    Findings,
    Likelihood,
    MatchKind,
    PassageMatch,
    SourceKind,
    Span,
    Stance,
    Standing,
    Support,
)
from .order import ClaimView, answer, falls_with, two_source_rule, views
from .words import listed, many, together


def summary(findings: Findings, console: Console, top: int = 12) -> None:
    """What was read, the answer for the first claim, and a table of the first `top` ones, in the order of `views`."""
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
    table = _table(wide[:top] or shown[:top], {a.id: a for a in findings.articles}, console.width)
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
            f"{many(len(findings.judged), 'judgement')} of people, of which {binding} {'binds' if binding == 1 else 'bind'} this result"
        )
    for warning in findings.warnings:
        console.print(Text(f"Note: {clean(warning, 300)}", style="italic"))


def _table(rows: Sequence[ClaimView], articles: Mapping[str, Article], width: int) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Claim", ratio=1, overflow="fold")
    for name in ("Articles", "Lines", "Likely", *(("P(2+)",) if width >= 96 else ())):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Two-source rule", no_wrap=True)
    for view in rows:
        support = view.support
        falls = "; ".join(name for name, _ in falls_with(view, articles))
        claim = Text(clean(view.claim.text, 120))
        claim.append(
            f"\n{view.claim.id}" + (f", falls with {clean(falls, 80)}" if falls else ""), style="dim"
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
    """Who says what in one article, in the order of the text.

    A line names who and by which words, with what a reporter should know of it in brackets: who that is, where it
    was said, how firmly, on what evidence. Below it, set in, what is said; hedging words are underlined. What somebody
    says that another says stands deeper, behind a rule. A quotation that goes on stands under its beginning.
    """
    console.print(Text(clean(article.title, 120) or article.id, style="bold"))
    about = (article.outlet, article.published.raw, article.path)
    console.print(Text(clean(" · ".join(x for x in about if x), 160), style="dim"))
    console.print(Text(_tally(attributions), style="dim"))
    depth: dict[str, int] = {}
    before: Attribution | None = None
    for each in together(attributions):
        a = each[0]
        deep = depth.get(a.parent, 0) + 1 if a.parent else 0
        depth |= dict.fromkeys((one.id for one in each), deep)
        rule = Text("  " + "│ " * depth[a.id], style="dim")
        goes_on = before is not None and not a.cue and a.source == before.source and a.parent == before.parent
        if not goes_on:
            console.print()
            _set_in(console, rule, _header(article.text, each))
        _set_in(console, rule + Text("  "), _said(article.text, a))
        before = a
    console.print()


def _tally(attributions: Sequence[Attribution]) -> str:
    if not attributions:
        return "no attribution found"
    named = {a.canonical for a in attributions if a.canonical}
    unnamed = {a.antecedent or a.source[0] for a in attributions if a.source and not a.canonical}
    out = [many(len(attributions), "attribution"), many(len(named), "named source")]
    return ", ".join(out + ([f"{len(unnamed)} unnamed"] if unnamed else []))


def _header(text: str, each: Sequence[Attribution]) -> Text:
    """Who, by which words, and in brackets what is worth knowing of it; `each` are those who say one thing."""
    a = each[0]
    who = listed([_words(text, one.source) for one in each])
    source = Text(clean(who, 120) or "no source stated", style="bold" if who else "bold dim")
    cue = Text(clean(_words(text, a.cue).rstrip(" :,"), 60) or "goes on", style="italic")
    cue_first = bool(a.source and a.cue and a.cue[0] < a.source[0])  # "according to the ministry"
    line = Text(" ").join([cue, source] if cue_first else [source, cue])
    marks = list(dict.fromkeys(mark for one in each for mark in _marks(one, who)))
    line.append(f"  [{', '.join(marks)}]" if marks else "", style="dim")
    return line


def _said(text: str, a: Attribution) -> Text:
    """The content, its hedges underlined; what stands between two pieces of it is left out with a mark."""
    line = Text()
    for k, span in enumerate(a.content):
        line.append(" […] " if k else "")
        at = span.start
        for hedge in (h for h in a.certainty.hedges if span.contains(h) and h.start >= at):
            line.append(clean(text[at : hedge.start], _LONGEST) + " " * text[at : hedge.start].endswith(" "))
            line.append(clean(hedge.of(text), _LONGEST), style="underline")
            line.append(" " * text[hedge.end :].startswith(" "))
            at = hedge.end
        line.append(clean(text[at : span.end], _LONGEST))
    return line


def _set_in(console: Console, rule: Text, line: Text) -> None:
    """Print the line folded to the console's width, each of its rows behind the rule."""
    for row in line.wrap(console, max(20, console.width - len(rule))):
        row.rstrip()
        console.print(rule + row, no_wrap=True, overflow="ignore", crop=False)


def _marks(a: Attribution, who: str) -> list[str]:
    """What is worth knowing of an attribution beside its words: who that is, where, how firmly, on what evidence."""
    out = []
    if a.canonical and a.canonical.casefold() not in who.casefold():
        out.append(clean(a.canonical, 100))
    if a.source_kind is SourceKind.UNNAMED and a.source:
        out.append("unnamed")
    if a.source_kind is SourceKind.FIRST_HAND:
        out.append("seen by the reporter")
    if a.via_name:
        out.append(f"via {clean(a.via_name, 60)}")
    if a.certainty.likelihood is not Likelihood.STATED:
        out.append(a.certainty.likelihood.value)
    if a.certainty.confidence is not Confidence.UNSTATED:
        out.append(f"{a.certainty.confidence.value} confidence")
    out += [word for word in ("conditional", "question") if getattr(a.certainty, word)]
    if a.stance is not Stance.NEUTRAL:
        out.append(f"the reporter {a.stance.value}")
    out += [f"evidence: {e.value}" for e in a.evidence]
    return out


_LONGEST = 1000  # characters of a content


def match(m: PassageMatch, articles: Mapping[str, Article], console: Console) -> None:
    """One shared passage: where, how surely one rests on the other at all, which way, why, and the words in both."""
    arrow = {Direction.A_TO_B: "→", Direction.B_TO_A: "←", Direction.UNDIRECTED: "–"}[m.direction]
    head = Text(f"{clean(m.a.article, 60)} {arrow} {clean(m.b.article, 60)}", style="bold")
    stated = m.direction is not Direction.UNDIRECTED
    way = f"direction {m.p_direction:.2f}" if stated else "undirected"
    words = f"{m.similarity:.0%} of the words, copied {m.p_copy:.2f}"
    head.append(f"  {m.kind.value}, {words}, {way}", style="dim")
    console.print(head)
    for reason in (*m.reasons, *(() if stated else (_undirected(m),))):
        console.print(Padding(Text(clean(reason, 200), style="dim"), (0, 0, 0, 2)))
    for side in (m.a, m.b):
        console.print(Padding(Text(clean(side.span.of(articles[side.article].text), 240)), (0, 0, 0, 2)))
    console.print()


def _undirected(m: PassageMatch) -> str:
    """What it means that a match has no direction."""
    if m.kind is MatchKind.TEMPLATE:
        return "undirected: a formula that both repeat, neither has it from the other"
    return "undirected: either may have it from the other, or both from a third"


def _words(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(s.of(text) for s in spans)


def clean(text: str, longest: int) -> str:
    """Text of an article made safe for a terminal: white space folded, control and direction marks off, cut short."""
    kept = "".join(c for c in " ".join(text[: longest * 4].split()) if c.isprintable())
    return kept if len(kept) <= longest else f"{kept[: longest - 1].rstrip()}…"
