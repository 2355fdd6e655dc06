"""Findings → one HTML file that opens from disk with no network, under its own Content-Security-Policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ..model import (
    Article,
    Attribution,
    Certainty,
    Confidence,
    Edge,
    Findings,
    Likelihood,
    MatchKind,
    Node,
    NodeKind,
    PassageMatch,
    Precision,
    Published,
    Source,
    SourceKind,
    Statement,
)
from . import drawing
from .differences import Piece, side_by_side
from .layers import Segment, marks, segments
from .order import ClaimView, answer, many, two_source_rule, views
from .safe import address, short, shown

_CLAIMS = 400  # claims with a section of their own; the rest stand in the findings
_SINGLES = 60  # of them, claims of a single article
_SOURCES = 200
_PASSAGES = 6  # pairs shown side by side for one claim


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement of a claim, as the claim's page shows it."""

    statement: Statement
    article: Article
    who: str
    how: str
    firmness: str
    evidence: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One edge in the table under the graph."""

    edge: Edge
    parent: str
    child: str
    words: str


@dataclass(frozen=True, slots=True)
class PassageRow:
    """Two passages side by side."""

    match: PassageMatch
    a: Article
    b: Article
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Everything that a claim's section shows."""

    view: ClaimView
    anchor: str
    answer: str
    rule: str
    outlets: tuple[str, ...]
    falls_with: tuple[str, ...]
    picture: drawing.Drawing
    asserting: tuple[StatementRow, ...]
    denying: tuple[StatementRow, ...]
    rival: tuple[StatementRow, ...]
    edges: tuple[EdgeRow, ...]
    passages: tuple[PassageRow, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A source with what it is credited with."""

    source: Source
    anchor: str
    said: tuple[tuple[Attribution, Article, str], ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article with its marked text."""

    article: Article
    anchor: str
    link: str | None
    segments: tuple[Segment, ...]
    attributions: int


def render(findings: Findings) -> str:
    """The whole report as one HTML document."""
    environment = _environment()
    style, script = _asset("report.css"), _asset("report.js")
    return environment.get_template("report.html").render(
        findings=findings,
        policy=policy(style, script),
        style=Markup(style),  # noqa: S704 - our own file, no article text in it
        script=Markup(script),  # noqa: S704
        **_context(findings),
    )


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy that lets in our own style and script and nothing else."""
    return (
        f"default-src 'none'; style-src {_source_hash(style)}; script-src {_source_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _source_hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text("utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import PackageLoader

    environment = Environment(
        loader=PackageLoader("twosource.report", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(
        shown=shown,
        short=short,
        address=address,
        when=when,
        many=many,
        day=lambda p: p.start.strftime("%Y-%m-%d") if p.start else "",
        one=lambda number: f"{number:.1f}",
        two=lambda number: "–" if number is None else f"{number:.2f}",
        dash=lambda value: "–" if value is None else value,
    )
    environment.globals.update(line_words=drawing.LINE_WORDS)
    return environment


def _context(findings: Findings) -> dict[str, object]:
    articles = {a.id: a for a in findings.articles}
    every = views(findings)
    wide = [v for v in every if len(v.articles) > 1]
    singles = [v for v in every if len(v.articles) <= 1 and v.claim.members]
    chosen = [*wide[:_CLAIMS], *singles[: max(_SINGLES if len(articles) > 40 else _CLAIMS, 0)]]
    numbers = {a.id: f"a{i}" for i, a in enumerate(findings.articles, 1)}
    anchors = {v.claim.id: f"c{i}" for i, v in enumerate(chosen, 1)}
    attributions = {a.id: a for a in findings.attributions}
    reasons = {m.statement: m.reasons for c in findings.claims for m in c.members}
    by_article = _matches_by_article(findings)
    pages = tuple(
        _claim_page(v, anchors[v.claim.id], articles, attributions, reasons, by_article) for v in chosen
    )
    claim_of = {m.statement: anchors[c.id] for c in findings.claims if c.id in anchors for m in c.members}
    return {
        "claims": pages,
        "wide": len(wide),
        "left_out": len(every) - len(chosen),
        "lead": pages[: 3 if len(wide) >= 3 else max(1, len(wide))],
        "article_pages": _article_pages(findings, numbers, claim_of, by_article),
        "source_pages": _source_pages(findings, articles, attributions),
        "numbers": numbers,
        "outlets": sorted({_outlet(a) for a in findings.articles if a.outlet}),
        "most": max((len(p.view.articles) for p in pages), default=1),
    }


def _claim_page(
    view: ClaimView,
    anchor: str,
    articles: Mapping[str, Article],
    attributions: Mapping[str, Attribution],
    reasons: Mapping[str, tuple[str, ...]],
    matches: Mapping[str, tuple[PassageMatch, ...]],
) -> ClaimPage:
    labels = {n.id: n for n in view.provenance.nodes}

    def rows(statements: tuple[Statement, ...]) -> tuple[StatementRow, ...]:
        made = [
            _statement_row(s, articles[s.article], attributions, reasons.get(s.id, ())) for s in statements
        ]
        return tuple(
            sorted(made, key=lambda r: (_sortable(r.article.published), r.article.id, r.statement.spans))
        )

    return ClaimPage(
        view=view,
        anchor=anchor,
        answer=answer(view),
        rule=two_source_rule(view.support),
        outlets=tuple(sorted({_outlet(articles[a]) for a in view.articles})),
        falls_with=tuple(node_label(labels[c], articles) for c in view.support.chokepoints if c in labels),
        picture=drawing.draw(view.provenance, articles),
        asserting=rows(view.asserting),
        denying=rows(view.denying),
        rival=rows(view.rival),
        edges=tuple(
            EdgeRow(e, node_label(labels[e.parent], articles), node_label(labels[e.child], articles), drawing.LINE_WORDS[e.kind])
            for e in sorted(view.provenance.edges, key=lambda e: (-e.probability, e.id))
            if e.parent in labels and e.child in labels
        ),
        passages=_passages(view, articles, matches),
    )  # fmt: skip


def _statement_row(
    s: Statement, article: Article, attributions: Mapping[str, Attribution], reasons: tuple[str, ...]
) -> StatementRow:
    a = attributions.get(s.attribution) if s.attribution else None
    if a is None:
        who, how = "the article’s own voice", "own voice"
    else:
        who = a.canonical or " ".join(span.of(article.text) for span in a.source) or "no source stated"
        how = a.kind.value + (" quotation" if a.kind.value != "indirect" else " speech")
        if a.source_kind is SourceKind.UNNAMED and a.source:
            how += ", unnamed source"
        if a.via_name:
            how += f", via {a.via_name}"
        if a.stance.value != "neutral":
            how += f"; the article {a.stance.value}"
    return StatementRow(
        s, article, who, how, firmness(s.certainty), ", ".join(e.value for e in s.evidence), reasons
    )


def _passages(
    view: ClaimView, articles: Mapping[str, Article], matches: Mapping[str, tuple[PassageMatch, ...]]
) -> tuple[PassageRow, ...]:
    """The strongest matches that cover this claim's statements in both articles."""
    spans: dict[str, list[Statement]] = {}
    for s in (*view.asserting, *view.denying, *view.rival):
        spans.setdefault(s.article, []).append(s)

    def covers(match: PassageMatch) -> bool:
        return all(
            any(side.span.overlaps(span) for s in spans.get(side.article, ()) for span in s.spans)
            for side in (match.a, match.b)
        )

    found = {
        m.id: m for i in spans for m in matches.get(i, ()) if m.kind is not MatchKind.TEMPLATE and covers(m)
    }
    best = sorted(found.values(), key=lambda m: (-m.score, m.id))[:_PASSAGES]
    out = []
    for m in best:
        a, b = articles[m.a.article], articles[m.b.article]
        left, right = side_by_side(m.a.span.of(a.text), m.b.span.of(b.text))
        out.append(PassageRow(m, a, b, left, right))
    return tuple(out)


def _article_pages(
    findings: Findings,
    numbers: Mapping[str, str],
    claim_of: dict[str, str],
    matches: Mapping[str, tuple[PassageMatch, ...]],
) -> tuple[ArticlePage, ...]:
    attributions: dict[str, list[Attribution]] = {}
    for a in findings.attributions:
        attributions.setdefault(a.article, []).append(a)
    statements: dict[str, list[Statement]] = {}
    for s in findings.statements:
        statements.setdefault(s.article, []).append(s)
    return tuple(
        ArticlePage(
            article,
            numbers[article.id],
            address(article.url) or address(article.canonical_url),
            segments(
                article.text,
                marks(
                    article,
                    attributions.get(article.id, ()),
                    statements.get(article.id, ()),
                    [m for m in matches.get(article.id, ()) if m.kind is not MatchKind.TEMPLATE],
                    claim_of,
                ),
            ),
            len(attributions.get(article.id, ())),
        )
        for article in findings.articles
    )


def _source_pages(
    findings: Findings, articles: Mapping[str, Article], attributions: Mapping[str, Attribution]
) -> tuple[SourcePage, ...]:
    """Named sources, the most credited first."""
    named = [s for s in findings.sources if s.kind is not SourceKind.UNNAMED and s.attributions]
    named.sort(key=lambda s: (-len(s.articles), -len(s.attributions), s.name, s.id))
    out = []
    for i, source in enumerate(named[:_SOURCES], 1):
        said = [
            (a, articles[a.article], " […] ".join(span.of(articles[a.article].text) for span in a.content))
            for a in (attributions[key] for key in source.attributions if key in attributions)
        ]
        out.append(SourcePage(source, f"s{i}", tuple(said[:40])))
    return tuple(out)


def _matches_by_article(findings: Findings) -> dict[str, tuple[PassageMatch, ...]]:
    out: dict[str, list[PassageMatch]] = {}
    for m in findings.matches:
        out.setdefault(m.a.article, []).append(m)
        out.setdefault(m.b.article, []).append(m)
    return {key: tuple(value) for key, value in out.items()}


def node_label(node: Node, articles: Mapping[str, Article]) -> str:
    """A node in words: an article by outlet and title, everything else by its label."""
    article = articles.get(node.id.removeprefix("article:")) if node.kind is NodeKind.ARTICLE else None
    if article is None:
        return node.label
    return f"{_outlet(article)}: {short(article.title, 60)}" if article.title else _outlet(article)


def firmness(c: Certainty) -> str:
    """How firmly a thing is put, in words; likelihood and confidence stay two things (ICD 203)."""
    parts = [c.likelihood.value if c.likelihood is not Likelihood.STATED else "stated as fact"]
    if c.confidence is not Confidence.UNSTATED:
        parts.append(f"{c.confidence.value} confidence")
    parts.extend(word for word, on in (("conditional", c.conditional), ("question", c.question)) if on)
    return ", ".join(parts)


def when(p: Published) -> str:
    """A publication time no more exact than it is known."""
    if p.start is None:
        return p.raw or "no date"
    form = {Precision.MINUTE: "%Y-%m-%d %H:%M UTC", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}
    return p.start.strftime(form.get(p.precision, "%Y-%m-%d"))


def _outlet(article: Article) -> str:
    return article.outlet or article.id


def _sortable(p: Published) -> str:
    return p.start.isoformat() if p.start else "9999"
