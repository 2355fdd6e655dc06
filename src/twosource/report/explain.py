"""Why a claim's count is what it is, down to the passage; and which claims fall if a source falls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ..model import (
    Article,
    Attribution,
    Edge,
    EdgeKind,
    Fall,
    Findings,
    Line,
    NodeKind,
    PassageMatch,
    Source,
    SourceKind,
    Span,
    Statement,
    Support,
    Swing,
)
from . import anchors, order
from .drawing import in_effect
from .export import claim_support_json, support_json
from .pages import Book, short_names
from .show import look_up, section
from .terminal import clean
from .words import LINE_WORDS, many, outlet_of, sortable, when

SURE = 0.95
"""From here on the count takes a link as certain (`provenance.constants.CERTAIN`)."""

_IN_TEXT = frozenset({EdgeKind.QUOTES, EdgeKind.RELAYS, EdgeKind.TELLS})
_NEGLIGIBLE = 0.05  # a link that holds in fewer readings than this is left out
_LIKELY = 0.5  # links that hold in at least so many readings are printed in full
_NOTHING = (
    "names no source and copies nothing in the pile: an origin of its own, or a parent that is not seen"
)
_LONGEST = 240  # characters of a passage that are printed
_MOST = 40  # articles, guesses and claims that one list prints


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words where they stand: offsets are code points of the article's text."""

    article: str
    path: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """One link in words. `effect` is its probability once links that make it moot are allowed for."""

    edge: Edge
    parent: str
    child: str
    effect: float
    passages: tuple[Quoted, ...]

    @property
    def standing(self) -> str:
        """How far it can be relied on: "stated, taken as sure", "a guess from likeness"."""
        how = "stated in the text" if self.edge.kind in _IN_TEXT else "inferred from likeness"
        if self.edge.probability >= SURE:
            return f"{how}, taken as sure"
        return f"{how}, probability {self.edge.probability:.2f}"

    @property
    def moot(self) -> str:
        """What is to be said where other links make this one moot; "" where they do not."""
        if self.effect >= self.edge.probability - _NEGLIGIBLE:
            return ""
        return f"in effect {self.effect:.2f}: it may have come along with what was copied"


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article that asserts the claim: its words, and what they rest on, the likeliest first."""

    article: Article
    name: str
    said: tuple[Quoted, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that speaks for one claim's count."""

    view: order.ClaimView
    lines: tuple[tuple[tuple[str, ...], tuple[Step, ...]], ...]
    articles: tuple[ArticleRow, ...]
    sure: int
    guesses: tuple[str, ...]
    changes: tuple[str, ...]
    missing: tuple[str, ...]
    fallen: tuple[str, ...] = ()
    fall: Fall | None = None


def explanation(
    book: Book,
    view: order.ClaimView,
    lines: Sequence[Line],
    swings: Sequence[Swing],
    fallen: Sequence[str] = (),
    fall: Fall | None = None,
) -> Explanation:
    """Put together what is known of one claim. `fall` is its count without `fallen`, None where that changes nothing."""
    nodes = {n.id: n for n in view.provenance.nodes}
    names = short_names(view, book)
    effect = in_effect(view.provenance.edges)
    matches = {m.id: m for m in book.findings.matches}
    said = {i: [s for s in view.asserting if s.article == i] for i in view.articles}
    steps = {
        e.id: Step(e, names[e.parent], names[e.child], effect[e.id], tuple(_evidence(e, book, matches, said)))
        for e in view.provenance.edges
        if e.parent in nodes and e.child in nodes
    }
    into: dict[str, list[Step]] = {}
    for step in steps.values():
        if step.effect >= _NEGLIGIBLE:
            into.setdefault(step.edge.child, []).append(step)
    return Explanation(
        view=view,
        lines=tuple(
            (tuple(names.get(n, n) for n in line.nodes), tuple(steps[e] for e in line.edges if e in steps))
            for line in lines
        ),
        articles=tuple(
            ArticleRow(
                book.articles[i],
                names.get(f"article:{i}", i),
                tuple(_quote(book.articles[i], span) for s in said[i] for span in s.spans),
                tuple(
                    sorted(into.get(f"article:{i}", ()), key=lambda s: (-s.effect, s.edge.id))
                ),
            )
            for i in sorted(view.articles, key=lambda i: (sortable(book.articles[i].published), i))
        ),
        sure=sum(s.edge.probability >= SURE for s in steps.values()),
        guesses=tuple(_guesses(view, names, steps)),
        changes=(*_swinging(swings, names, steps, view.support), *order.would_change(view, book.articles)),
        missing=tuple(_missing(view, book, into)),
        fallen=tuple(fallen),
        fall=fall,
    )  # fmt: skip


# ---------------------------------------------------------------------- passages


def _evidence(
    edge: Edge, book: Book, matches: Mapping[str, PassageMatch], said: Mapping[str, Sequence[Statement]]
) -> Iterable[Quoted]:
    """The words that show a link: who is named and how, the shared passage in both articles, the credit line."""
    for key in edge.evidence:
        if key in book.attributions:
            a = book.attributions[key]
            yield from (_quote(book.articles[a.article], span) for span in _naming(a))
        elif key in matches:
            m = matches[key]
            ends = {edge.parent.removeprefix("article:"), edge.child.removeprefix("article:")}
            if edge.parent.startswith("article:") and {m.a.article, m.b.article} != ends:
                continue
            for side in (m.a, m.b):
                yield _quote(book.articles[side.article], _around(side.span, said.get(side.article, ())))
        else:
            name, found, number = key.rpartition("#credit")
            article = book.articles.get(name)
            if found and article and number.isdigit() and int(number) < len(article.credits):
                credit = article.credits[int(number)]
                if credit.span:
                    yield _quote(article, credit.span)


def _naming(a: Attribution) -> list[Span]:
    """Source and cue as one stretch where they stand together, else apart."""
    spans = sorted((*a.source, *a.cue))
    if spans and spans[-1].end - spans[0].start <= sum(s.end - s.start for s in spans) + 3:
        return [Span(spans[0].start, spans[-1].end)]
    return spans


def _around(passage: Span, statements: Iterable[Statement]) -> Span:
    """The passage cut to the claim's words in it."""
    inside = [span for s in statements for span in s.spans if span.overlaps(passage)]
    if not inside:
        return passage
    return Span(
        max(passage.start, min(s.start for s in inside)), min(passage.end, max(s.end for s in inside))
    )


def _quote(article: Article, span: Span) -> Quoted:
    return Quoted(article.id, article.path, span.start, span.end, span.of(article.text))


# --------------------------------------------------------------------- sentences


def _guesses(view: order.ClaimView, names: Mapping[str, str], steps: Mapping[str, Step]) -> Iterable[str]:
    """Links and identities in doubt, with their probability in effect, the nearest to even first."""
    doubtful = [s for s in steps.values() if s.edge.probability < SURE and s.effect >= _NEGLIGIBLE]
    for s in sorted(doubtful, key=lambda s: (abs(s.effect - 0.5), s.edge.id)):
        yield f"{s.effect:.2f}  {s.child} {LINE_WORDS[s.edge.kind]} {s.parent}"
    told = {s.edge.parent: s.child for s in reversed(list(steps.values()))}
    unnamed = {n.id for n in view.provenance.nodes if n.kind is NodeKind.UNNAMED}
    full = {n: f"{name} ({told[n]})" if n in unnamed and n in told else name for n, name in names.items()}
    for pair in view.provenance.may_be_one:
        if pair.probability >= _NEGLIGIBLE and pair.a in full and pair.b in full:
            yield f"{pair.probability:.2f}  {full[pair.a]} and {full[pair.b]} are one: {pair.reason}"


def _swinging(
    swings: Sequence[Swing], names: Mapping[str, str], steps: Mapping[str, Step], support: Support
) -> Iterable[str]:
    """What each guess would do to the count, if it were settled the other way."""
    for s in swings:
        a, b = names.get(s.a, s.a), names.get(s.b, s.b)
        step = steps.get(s.edge or "")
        if step is None:
            yield f"If {a} and {b} were one ({s.probability:.2f}), {many(s.if_so, 'line')} instead of {support.k}."
        elif s.if_so != support.k:
            yield f"If {b} does rest on {a} ({s.probability:.2f}), {many(s.if_so, 'line')} instead of {support.k}."
        else:
            yield f"If {b} does not rest on {a} ({s.probability:.2f}), {many(s.if_not, 'line')} instead of {support.k}."


def _missing(view: order.ClaimView, book: Book, into: Mapping[str, list[Step]]) -> Iterable[str]:
    """What the pile would have to hold for the count to be surer."""
    nodes = view.provenance.nodes
    outside = [n.label for n in nodes if n.kind is NodeKind.OUTLET and not n.id.startswith("text:")]
    if outside:
        yield f"The report of {_list(outside)}: cited, not in the pile. What it rests on cannot be seen."
    if any(n.id.startswith("text:") for n in nodes):
        yield "The text that articles with shared wording may all have copied, if none copied the other."
    names = short_names(view, book)
    silent = [names[n.id] for n in nodes if n.kind is NodeKind.ARTICLE and n.id not in into]
    if silent:
        who = "names" if len(silent) == 1 else "name"
        yield f"Where {_list(silent)} {'has' if len(silent) == 1 else 'have'} it from: {who} no source, {'copies' if len(silent) == 1 else 'copy'} nothing in the pile."
    unnamed = [n.label for n in nodes if n.kind is NodeKind.UNNAMED]
    if unnamed:
        yield f"A name for {_list(unnamed)}."
    undated = [i for i in view.articles if book.articles[i].published.start is None]
    if undated and len(view.articles) > 1:
        yield f"A publication time for {many(len(undated), 'article')}: without it directions rest on wording."


def _list(words: Sequence[str]) -> str:
    shown = [clean(w, 80) for w in dict.fromkeys(words)]
    if len(shown) > 6:
        shown[5:] = [f"{len(shown) - 5} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


# ---------------------------------------------------------------------- terminal


def print_explanation(e: Explanation, console: Console) -> None:
    """The explanation as text."""
    support = e.view.support
    console.print(Text(f"“{clean(e.view.claim.text, 400)}”", style="bold"))
    console.print(Text(clean(order.answer(e.view), 500)))
    if support.interval90:
        low, high = support.interval90
        share = support.p_two_or_more
        two = "" if share is None else f"two lines or more with probability {share:.2f}; "
        console.print(
            f"In nine of ten readings {low} to {high}; {two}two-source rule: {order.two_source_rule(support)}"
        )
    else:
        console.print(f"Two-source rule: {order.two_source_rule(support)}")
    section(console, "Why this count", order.further(e.view))
    if e.fall:
        section(console, f"Without {_list(e.fallen)}", [_change(e.fall)])
    elif e.fallen:
        section(console, f"Without {_list(e.fallen)}", ["nothing changes: no line leads there"])
    likely = "" if len(e.lines) == support.most_likely else " where every likely link holds"
    console.print(Text(f"\nThe {many(len(e.lines), 'line')}{likely}, one way to draw them", style="bold"))
    for number, (names, _) in enumerate(e.lines, start=1):
        way = " → ".join(clean(n, 80) for n in names)
        console.print(Padding(Text(f"{number}. {way}"), (0, 0, 0, 2)))
    console.print(Text("\nWhat each article rests on", style="bold"))
    for row in e.articles[:_MOST]:
        _print_article(row, console)
    if len(e.articles) > _MOST:
        console.print(f"  and {len(e.articles) - _MOST} more articles: see --format json")
    guesses = [
        *e.guesses[:_MOST],
        *([f"and {len(e.guesses) - _MOST} more"] if len(e.guesses) > _MOST else []),
    ]
    section(console, f"Guesses, beside {many(e.sure, 'link')} taken as sure", guesses)
    section(console, "What would change it", e.changes[:_MOST])
    section(console, "What is missing", e.missing)
    section(console, "Worth knowing", support.warnings)


def _print_article(row: ArticleRow, console: Console) -> None:
    head = Text(f"{clean(row.name, 120)}", style="bold")
    head.append(f"  {clean(when(row.article.published), 40)}  {clean(row.article.path, 200)}", style="dim")
    console.print(Padding(head, (0, 0, 0, 2)))
    for quoted in row.said:
        _print_quoted(quoted, console)
    alone = prod(1 - s.effect for s in row.steps)  # the chance that none of the links holds
    if alone > _LIKELY:
        console.print(Padding(_NOTHING, (0, 0, 0, 4)))
    shown = [s for s in row.steps if s.effect >= _LIKELY] or list(row.steps[: alone <= _LIKELY])
    for step in shown:
        _print_step(step, console, row.said)
    less = [f"{clean(s.parent, 80)} {s.effect:.2f}" for s in row.steps if s not in shown]
    if less:
        more = f" and {len(less) - 5} more" if len(less) > 5 else ""
        console.print(Padding(Text(f"less likely: {'; '.join(less[:5])}{more}", style="dim"), (0, 0, 0, 4)))


def _print_step(step: Step, console: Console, known: Sequence[Quoted] = ()) -> None:
    """One link, what speaks for it, and the passages that were not printed before."""
    line = Text(f"{LINE_WORDS[step.edge.kind]} {clean(step.parent, 80)}")
    line.append(f"  {step.standing}" + (f"; {step.moot}" if step.moot else ""), style="italic")
    console.print(Padding(line, (0, 0, 0, 4)))
    if step.edge.kind not in _IN_TEXT:
        console.print(Padding(Text(clean(step.edge.reason, 300), style="dim"), (0, 0, 0, 6)))
    for quoted in step.passages[:6]:
        inside = [q for q in known if quoted.article == q.article]
        if not any(q.start <= quoted.start and quoted.end <= q.end for q in inside):
            _print_quoted(quoted, console, 6, any(quoted.words == q.words for q in known))


def _print_quoted(q: Quoted, console: Console, left: int = 4, same: bool = False) -> None:
    line = Text(f"{clean(q.article, 80)} {q.start}–{q.end}  ", style="dim")
    line.append("in the same words" if same else f"“{clean(q.words, _LONGEST)}”", style="not dim")
    console.print(Padding(line, (0, 0, 0, left)))


def _change(fall: Fall) -> str:
    """What the fall does to the numbers; where the bounds stay as they are, what it does to the readings in between."""
    before, after = fall.before, fall.after
    if _range(before) != _range(after):
        return f"{_range(before)} → {_range(after)}" + ("; it falls" if fell(fall) else "")
    inner = (
        [f"90 % interval {_interval(before)} → {_interval(after)}"]
        if before.interval90 != after.interval90
        else []
    )
    if before.p_two_or_more != after.p_two_or_more:
        inner.append(f"P(2+) {_two(before.p_two_or_more)} → {_two(after.p_two_or_more)}")
    return f"{_range(before)}, as before" + (f", but {', '.join(inner)}" if inner else "")


def _interval(s: Support) -> str:
    return f"{s.interval90[0]}–{s.interval90[1]}" if s.interval90 else "–"


def _two(p: float | None) -> str:
    return "–" if p is None else f"{p:.2f}"


def _range(s: Support) -> str:
    likely = "most likely withheld" if s.most_likely is None else f"most likely {s.most_likely}"
    return f"at least {s.at_least}, at most {s.at_most}, {likely}"


# -------------------------------------------------------------- what falls with whom


@dataclass(frozen=True, slots=True)
class Falls:
    """What a fall does to the claims of the pile, the widest first; `stand` claims stay as they are."""

    fallen: tuple[str, ...]
    falls: tuple[tuple[order.ClaimView, Fall], ...]
    loses: tuple[tuple[order.ClaimView, Fall], ...]
    stand: int


def fell(fall: Fall) -> bool:
    """Whether nothing is left: no line in the likely graph, or none in most readings."""
    return bool(fall.before.k) and (not fall.after.k or fall.after.most_likely == 0)


def falls(book: Book, fallen: Sequence[str], found: Sequence[Fall]) -> Falls:
    """Sort the recounted claims: those without any line left, those with fewer, the others."""
    views = {v.claim.id: v for v in book.claims}
    order_of = {v.claim.id: n for n, v in enumerate(book.claims)}
    ranked = sorted(found, key=lambda f: order_of[f.claim])
    down = [f for f in ranked if fell(f)]
    fewer = [f for f in ranked if f.after.k < f.before.k and not fell(f)]
    return Falls(
        tuple(fallen),
        tuple((views[f.claim], f) for f in down),
        tuple((views[f.claim], f) for f in fewer),
        len(book.claims) - len(down) - len(fewer),
    )


def print_falls(found: Falls, console: Console) -> None:
    """The claims that fall, those that lose lines, and how many stand."""
    wide = [v for v, _ in found.falls if len(v.articles) > 1]
    console.print(
        Text(
            f"Without {_list(found.fallen)} {_verb(len(found.falls), 'claim falls', 'claims fall')} "
            f"({len(wide)} of them carried by two articles or more), "
            f"{_verb(len(found.loses), 'loses lines', 'lose lines')}, {found.stand:,} stand as before",
            style="bold",
        )
    )
    for title, rows in (("Falls", found.falls), ("Loses lines", found.loses)):
        shown = rows[:_MOST]
        lines = [
            f"{v.claim.id}  {many(len(v.articles), 'article')}  {_change(f)}  {clean(v.claim.text, 160)}"
            if title != "Falls"
            else f"{v.claim.id}  {many(len(v.articles), 'article')}  {clean(v.claim.text, 200)}"
            for v, f in shown
        ]
        if len(rows) > _MOST:
            lines.append(f"and {len(rows) - _MOST:,} more: see --format json")
        section(console, title, lines)


def _verb(n: int, one: str, many_: str) -> str:
    return f"{n:,} {one if n == 1 else many_}"


# ------------------------------------------------------------------------- names


def find_claim(book: Book, wanted: str) -> order.ClaimView:
    """The claim with this id or these words. Raises UsageError when there is none, or more than one."""
    return look_up(
        "claim",
        wanted,
        book.claims,
        lambda v: (v.claim.id, anchors.of_claim(v.claim.id), v.claim.text),
        [v.claim.id for v in book.claims[:5]],
    )


def find_source(book: Book, wanted: str) -> tuple[str, str, bool]:
    """Who is to fall: id of the source, or name of an outlet of the pile; its name; whether it is such an outlet.

    By id, name or alias, as `show source` finds it; an outlet that nobody cites goes by its own name. Of several whose
    names begin with, or hold, what is wanted the most credited one of exactly that name is taken. Raises UsageError.
    """
    cited = {s.name.casefold() for s in book.findings.sources if s.kind is SourceKind.OUTLET}
    outlets = sorted(
        {a.outlet for a in book.findings.articles if a.outlet and a.outlet.casefold() not in cited}
    )
    things: list[Source | str] = [
        *sorted(book.findings.sources, key=lambda s: (-len(s.articles), s.id)),
        *outlets,
    ]
    exact = [t for t in things if _name(t).casefold() == wanted.casefold().strip()]
    found = exact[0] if exact else look_up(
        "source",
        wanted,
        things,
        lambda t: (t,) if isinstance(t, str) else (t.id, anchors.of_source(t.id), t.name, *t.aliases),
        [_name(t) for t in things[:5]],
    )  # fmt: skip
    return (found, found, True) if isinstance(found, str) else (found.id, found.name, False)


def _name(thing: Source | str) -> str:
    return thing if isinstance(thing, str) else thing.name


# -------------------------------------------------------------------------- JSON


def explanation_json(e: Explanation, findings: Findings) -> bytes:
    """The explanation for other programs; ends in a line feed. docs/commands.md has the fields."""
    data = {
        "format": "twosource-explanation/1",
        "settings_digest": findings.tool.settings_digest,
        "claim": e.view.claim.id,
        "text": e.view.claim.text,
        "support": claim_support_json(e.view),
        "lines": [{"nodes": list(names), "edges": [s.edge.id for s in steps]} for names, steps in e.lines],
        "articles": [
            {
                "article": row.article.id,
                "path": row.article.path,
                "outlet": outlet_of(row.article),
                "said": [_quoted_json(q) for q in row.said],
                "rests_on": [
                    {
                        "edge": s.edge.id,
                        "source": s.parent,
                        "kind": s.edge.kind.value,
                        "stated": s.edge.kind in _IN_TEXT,
                        "probability": round(s.edge.probability, 4),
                        "in_effect": round(s.effect, 4),
                        "reason": s.edge.reason,
                        "passages": [_quoted_json(q) for q in s.passages],
                    }
                    for s in row.steps
                ],
            }
            for row in e.articles
        ],
        "guesses": list(e.guesses),
        "would_change": list(e.changes),
        "missing": list(e.missing),
        "without": {
            "sources": list(e.fallen),
            "falls": bool(e.fall and fell(e.fall)),
            "support": support_json(e.fall.after if e.fall else e.view.support),
        }
        if e.fallen
        else None,
    }
    return _encode(data)


def falls_json(found: Falls, findings: Findings) -> bytes:
    """What falls, for other programs; ends in a line feed."""
    data: dict[str, Any] = {
        "format": "twosource-without/1",
        "settings_digest": findings.tool.settings_digest,
        "without": list(found.fallen),
        "stand": found.stand,
    }
    for key, rows in (("falls", found.falls), ("loses_lines", found.loses)):
        data[key] = [
            {
                "claim": v.claim.id,
                "text": v.claim.text,
                "articles": list(v.articles),
                "before": support_json(f.before),
                "after": support_json(f.after),
            }
            for v, f in rows
        ]
    return _encode(data)


def _quoted_json(q: Quoted) -> dict[str, Any]:
    return {"article": q.article, "path": q.path, "span": [q.start, q.end], "text": q.words}


def _encode(data: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"
