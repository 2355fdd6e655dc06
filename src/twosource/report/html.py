"""Findings → one HTML file that opens from disk with no network, under its own Content-Security-Policy.

Every claim, source, outlet and article has a page inside the file; the style sheet alone shows the one that the
address names (`:target`), so that the report works with scripts off. The script only filters, sorts and copies.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ..model import Article, Attribution, EdgeKind, Findings, NodeKind, Relation, Standing, Statement, Support
from . import anchors, drawing, order, pages, words
from .layers import Segment, frames, marks, segments
from .safe import address, body, short, shown

LIMIT = 4_600_000  # bytes that the report keeps to as far as article texts let it
_FULL = 0.4  # part of the claims' room that goes to full pages; what is left goes to short ones
_LEAST = 900_000  # bytes for claims however long the texts are
_SINGLES = 200  # claims of one article that get a page where the pile is small
_SMALL = 40  # articles in a small pile
_LARGE = 600_000  # characters of text from which on the pages show less of a kind

_SHAPES = {
    NodeKind.ARTICLE: "a",
    NodeKind.PERSON: "p",
    NodeKind.ORGANISATION: "o",
    NodeKind.DOCUMENT: "d",
    NodeKind.FIRST_HAND: "f",
    NodeKind.OUTLET: "r",
    NodeKind.LOOP: "l",
}

_LINES = {
    EdgeKind.QUOTES: "q",
    EdgeKind.COPIES: "c",
    EdgeKind.TRANSLATES: "t",
    EdgeKind.RESTATES: "s",
    EdgeKind.RELAYS: "r",
    EdgeKind.TELLS: "l",
}


@dataclass(frozen=True, slots=True)
class ClaimSection:
    """A claim's place in the table and its rendered page."""

    page: pages.ClaimPage
    body: Markup
    tokens: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article's row in the list of articles, where its text is, and the text, marked, as a section."""

    article: Article
    anchor: str
    place: str
    body: Markup
    attributions: int
    claims: tuple[order.ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Files:
    """A report whose article texts are kept apart: the report, and each text's file name with its content."""

    report: str
    texts: tuple[tuple[str, str], ...]


def render(findings: Findings) -> str:
    """The whole report as one HTML document."""
    environment = _environment()
    return _report(findings, environment, _context(findings, environment, "", ""))


def files(findings: Findings, report: str, folder: str) -> Files:
    """The report without the article texts, which go to files of their own in `folder` beside it.

    `report` and `folder` are the names that the two will have, for the links between them.
    """
    environment = _environment()
    base, place = f"../{quote(report)}", f"{quote(folder)}/"
    context = _context(findings, environment, base, place)
    style = _asset("text.css")
    template = environment.get_template("text.html")
    made: Sequence[ArticlePage] = context.pop("article_bodies")
    texts = tuple(
        (
            anchors.file_of_article(p.article.id),
            template.render(
                article=p.article,
                body=p.body,
                base=base,
                style=Markup(style),  # noqa: S704
                policy=policy(style),
            ),
        )
        for p in made
    )
    return Files(_report(findings, environment, {**context, "article_bodies": ()}), texts)


def _report(findings: Findings, environment: Environment, context: Mapping[str, object]) -> str:
    style, script = _asset("text.css") + _asset("report.css"), _asset("report.js")
    return environment.get_template("report.html").render(
        findings=findings,
        policy=policy(style, script),
        style=Markup(style),  # noqa: S704 - our own file, no article text in it
        script=Markup(script),  # noqa: S704
        **context,
    )


def policy(style: str, script: str = "") -> str:
    """The Content-Security-Policy that lets in our own style and script and nothing else."""
    scripts = f"script-src {_source_hash(script)}; " if script else ""
    return (
        f"default-src 'none'; style-src {_source_hash(style)}; {scripts}base-uri 'none'; form-action 'none'"
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
        body=body,
        when=words.when,
        became=words.became,
        many=words.many,
        one=lambda number: f"{number:.1f}",
        g=lambda number: f"{number:g}",
        two=lambda number: "–" if number is None else f"{number:.2f}",
        dash=lambda value: "–" if value is None else value,
        outlet=words.outlet_of,
        match_anchor=anchors.of_match,
        range=_range,
        claim_anchor=lambda view: anchors.of_claim(view.claim.id),
        place=anchors.of_statement,
        marked=_marked,
    )
    environment.globals.update(
        line_classes=_LINES,
        answer=order.answer,
        further=order.further,
        shape=lambda spot: _SHAPES.get(spot.node.kind, "q"),
        rule_of=order.two_source_rule,
        statement_anchor=lambda s: anchors.of_statement(s.id, s.article),
    )
    return environment


_MARKS = {"source": "s", "cue": "q", "content": "c", "own": "o", "match": "m", "region": "r"}
_TAGS = {"source": "b", "cue": "i", "content": "u", "own": "span"}


_OUTER = frozenset({"match", "region"})  # marks that run on under the others


def _hashes(articles: Sequence[Article]) -> dict[str, list[Article]]:
    """Articles by the file that they were read from, so that its name is said once."""
    out: dict[str, list[Article]] = {}
    for a in articles:
        out.setdefault(a.path, []).append(a)
    return out


def _framed(run: tuple[Segment, ...]) -> tuple[tuple[str, tuple[Segment, ...]], ...]:
    return tuple((" ".join(_MARKS[r] for r in roles), inside) for roles, inside in frames(run, _OUTER))


def _marked(segment: Segment) -> tuple[str, str]:
    """The element of one segment of an article's text, and its classes; the shortest, for there are many."""
    roles = [r for r in ("source", "cue", "content", "own") if r in segment.roles]
    if not roles:
        return ("span" if segment.anchors else ""), ""
    classes = [_MARKS[r] for r in roles[1:]] + (["o"] if roles[0] == "own" else [])
    return _TAGS[roles[0]], " ".join((*classes, "z") if segment.depth > 1 else classes)


def _range(support: Support) -> str:
    low, high = support.at_least, support.at_most
    return str(low) if low == high else f"{low}–{high}"


def _context(findings: Findings, environment: Environment, base: str, folder: str) -> dict[str, Any]:
    """What the templates are given. `base` and `folder` are empty where the texts stand in the report itself."""
    book = pages.Book(findings)
    wide = book.wide
    singles = [v for v in book.claims if len(v.articles) <= 1 and v.claim.members]
    small = len(findings.articles) <= _SMALL
    characters = sum(len(a.text.encode("utf-8", "replace")) for a in findings.articles)
    caps = pages.LARGE if characters > _LARGE else pages.Caps()
    source_pages = pages.source_pages(book, caps)
    outlet_pages = pages.outlet_pages(book)
    links = Links(
        {a.id: _place(a.id, folder) for a in findings.articles},
        {p.source.id: p.anchor for p in source_pages},
        {p.name: p.anchor for p in outlet_pages},
        {a.id: _place(a.id, folder).partition("#")[0] for a in findings.articles},
    )
    candidates = [*wide, *(singles[:_SINGLES] if small else ())]
    # what the marked texts, the hashes and the sources' pages take, as measured on news piles
    taken = (0 if folder else characters * 1.22) + 560 * len(findings.articles) + 1500 * len(source_pages)
    sections = _claim_sections(candidates, book, links, caps, max(_LEAST, int(LIMIT - taken)), environment)
    bare = tuple(_bare(v, book, links) for v in wide[len(sections) :])
    shown_claims = {s.page.view.claim.id for s in sections}
    kept = {v.claim.id: v for v in book.claims if v.claim.id in shown_claims}
    texts = _article_pages(book, links, kept, environment, base)
    leads = [(why, next(s for s in sections if s.page.view is v)) for why, v in order.leads(book.claims, book.articles)
             if v.claim.id in shown_claims]  # fmt: skip
    rules = [order.two_source_rule(v.support) for v in wide]
    return {
        "sections": sections,
        "wide": len(wide),
        "rules": {rule: rules.count(rule) for rule in ("not met", "met", "cannot tell")},
        "binding": sum(j.standing is Standing.BINDS for j in findings.judged),
        "withheld": sum(v.support.most_likely is None for v in wide),
        "bare": bare,
        "left_out": sum(v.claim.id not in shown_claims for v in singles),
        "leads": leads,
        "article_pages": texts,
        "article_bodies": texts,
        "source_pages": source_pages,
        "more_sources": sum(bool(s.attributions) for s in findings.sources) - len(source_pages),
        "outlet_pages": outlet_pages,
        "links": links,
        "kept": kept,
        "outlets": sorted({a.outlet for a in findings.articles if a.outlet}),
        "languages": sorted({a.language for a in findings.articles}),
        "filter_sources": _filter_sources(sections, book, links),
        "hashes": _hashes(findings.articles),
        "days": sorted({d for s in sections for d in (s.page.first, s.page.last) if d}),
        "most": max((len(s.page.view.articles) for s in sections), default=1),
    }


@dataclass(frozen=True, slots=True)
class Links:
    """Where pages stand: an article's address and its file ("" for the report); anchors of sources and outlets."""

    articles: Mapping[str, str]
    sources: Mapping[str, str]
    outlets: Mapping[str, str]
    texts: Mapping[str, str]


def _place(identifier: str, folder: str) -> str:
    """Where an article's text is: in the report, or in a file of its own."""
    anchor = anchors.of_article(identifier)
    return f"{folder}{anchors.file_of_article(identifier)}#{anchor}" if folder else f"#{anchor}"


def _claim_sections(
    candidates: Sequence[order.ClaimView],
    book: pages.Book,
    links: Links,
    caps: pages.Caps,
    room: int,
    environment: Environment,
) -> tuple[ClaimSection, ...]:
    """Claims' pages as far as the room goes: full ones for the widest, short ones after them."""
    template = environment.get_template("claim.html")
    out: list[ClaimSection] = []
    rows = 430 * sum(len(v.articles) > 1 for v in candidates)  # a row each, with a page or without
    used = rows
    for view in candidates:
        page = pages.claim_page(view, book, caps)
        full = used - rows < (room - rows) * _FULL
        body = template.render(
            page=page,
            full=full,
            picture=drawing.draw(view.provenance, book.articles) if view.provenance.nodes else None,
            change=order.would_change(view, book.articles),
            citation=pages.citation(page, book.findings),
            links=links,
        )
        used += len(body.encode("utf-8", "replace")) + 200
        if used > room and out:
            break
        out.append(ClaimSection(page, Markup(body), _tokens(page, links)))  # noqa: S704 - escaped by the template
    return tuple(out)


def _bare(view: order.ClaimView, book: pages.Book, links: Links) -> tuple[object, ...]:
    """A claim that the table lists without a page: its link leads to the passage in its first article."""
    articles = [book.articles[i] for i in view.articles]
    days = sorted(a.published.start.strftime("%Y-%m-%d") for a in articles if a.published.start)
    outlets = sorted({words.outlet_of(a) for a in articles})
    tokens = " ".join(
        [links.outlets[o] for o in outlets if o in links.outlets]
        + sorted({f"l-{a.language}" for a in articles})
    )
    falls = "; ".join(name for name, _ in order.falls_with(view, book.articles))
    place = links.articles[view.asserting[0].article]
    return (view, tokens, days[0] if days else "", days[-1] if days else "", len(outlets), place, falls)


def _tokens(page: pages.ClaimPage, links: Links) -> str:
    """What the filters look for, as one string of anchors and language codes."""
    found = [links.outlets[o] for o in page.outlets if o in links.outlets]
    found += [links.sources[s] for s in page.sources if s in links.sources]
    return " ".join((*found, *(f"l-{language}" for language in page.languages)))


def _filter_sources(
    sections: Sequence[ClaimSection], book: pages.Book, links: Links
) -> list[tuple[str, str]]:
    """Sources behind at least one shown claim, by name."""
    found = {s for section in sections for s in section.page.sources if s in links.sources}
    return sorted(
        ((book.sources[s].name, links.sources[s]) for s in found), key=lambda x: (x[0].casefold(), x)
    )


def _article_pages(
    book: pages.Book,
    links: Links,
    kept: Mapping[str, order.ClaimView],
    environment: Environment,
    base: str,
) -> tuple[ArticlePage, ...]:
    attributions: dict[str, list[Attribution]] = {}
    for a in book.findings.attributions:
        attributions.setdefault(a.article, []).append(a)
    statements: dict[str, list[Statement]] = {}
    for s in book.findings.statements:
        statements.setdefault(s.article, []).append(s)
    members = [(m, v.claim.id) for v in kept.values() for m in v.claim.members]
    # a rival version is a member of two claims: the one that it asserts comes last and wins
    members.sort(key=lambda x: x[0].relation is not Relation.RIVAL)
    claim_of = {m.statement: claim for m, claim in members}
    template = environment.get_template("article.html")
    out = []
    for article in sorted(book.findings.articles, key=lambda a: (words.sortable(a.published), a.id)):
        said, mine = attributions.get(article.id, ()), statements.get(article.id, ())
        run = segments(article.text, marks(article, said, mine, book.matches.get(article.id, ()), claim_of))
        anchor = anchors.of_article(article.id)
        body = template.render(
            article=article,
            anchor=anchor,
            base=base,
            link=address(article.url) or address(article.canonical_url),
            frames=_framed(run),
            links=links,
            kept=kept,
        )
        shared = dict.fromkeys(claim_of[s.id] for s in mine if s.id in claim_of)
        out.append(
            ArticlePage(
                article,
                anchor,
                links.articles[article.id],
                Markup(body),  # noqa: S704 - escaped by the template
                len(said),
                tuple(kept[c] for c in shared if len(kept[c].articles) > 1),
            )
        )
    return tuple(out)
