"""Findings → plain pages: what each format of the report shows of a claim, a source, an outlet, an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..model import (
    Article,
    Attribution,
    Edge,
    EdgeKind,
    Findings,
    Judged,
    Likelihood,
    MatchKind,
    Node,
    NodeKind,
    PassageMatch,
    Source,
    SourceKind,
    Span,
    Statement,
)
from . import anchors
from .differences import Piece, cut, side_by_side, tidy
from .drawing import in_effect
from .order import ClaimView, falls_with, two_source_rule, views
from .safe import short
from .words import LINE_WORDS, firmness, many, node_label, outlet_of, sortable, who_says

_AROUND = 160  # characters shown on either side of the claim's own words
_BESIDE = 1500  # characters compared on either side of what is shown


@dataclass(frozen=True, slots=True)
class Caps:
    """How much of a kind one page shows; what is over is counted, and stands in the findings.

    `passages`: pairs side by side, `rows`: statements of one relation, `links`: rows of the table of links,
    `said`: attributions of one source, `sources`: sources with a page.
    """

    passages: int = 4
    rows: int = 60
    links: int = 40
    said: int = 60
    sources: int = 400


LARGE = Caps(passages=2, rows=30, links=10, said=8, sources=180)
"""For a pile whose texts alone fill much of one file."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement of a claim: who, how, how firmly, and its words against the claim's own."""

    statement: Statement
    article: Article
    attribution: Attribution | None
    who: str
    how: str
    firmness: str
    evidence: str
    words: tuple[Piece, ...]
    same: bool  # word for word the claim's own text
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One edge in words. `effect` is its probability once edges that make it moot are allowed for."""

    edge: Edge
    parent: str
    child: str
    words: str
    effect: float


@dataclass(frozen=True, slots=True)
class PassageRow:
    """Two passages side by side, cut to the surroundings of the claim."""

    match: PassageMatch
    a: Article
    b: Article
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """How a statement changes on its way from one article to the next: firmness, source, evidence."""

    parent: Article
    child: Article
    before: str
    after: str
    what: str


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Everything that a claim's page shows, the graph apart."""

    view: ClaimView
    anchor: str
    rule: str
    outlets: tuple[str, ...]
    falls_with: tuple[tuple[str, str], ...]  # name, id of its source or article or ""
    asserting: tuple[StatementRow, ...]
    denying: tuple[StatementRow, ...]
    rival: tuple[StatementRow, ...]
    more: int  # statements not among the rows
    links: tuple[LinkRow, ...]
    more_links: int
    drift: tuple[Drift, ...]
    steps: int  # links between articles along which drift was looked for
    passages: tuple[PassageRow, ...]
    more_passages: int
    languages: tuple[str, ...]
    sources: tuple[str, ...]  # ids of the sources among its origins and speakers
    first: str  # first and last day, "" when nothing is dated
    last: str
    decided: tuple[Judged, ...]  # what people decided about its statements


@dataclass(frozen=True, slots=True)
class Saying:
    """What a source is credited with in the same words, the first article to carry it first."""

    words: str
    firmness: str
    evidence: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A source: what it is credited with, who carries it, what falls without it."""

    source: Source
    anchor: str
    speaks_for: str
    outlets: tuple[tuple[str, int], ...]
    falls: tuple[ClaimView, ...]
    behind: tuple[ClaimView, ...]
    said: tuple[Saying, ...]
    more: int


@dataclass(frozen=True, slots=True)
class OutletPage:
    """An outlet of the pile: what starts with it, what it has from others, who has it from it."""

    name: str
    anchor: str
    articles: tuple[Article, ...]
    starts: tuple[ClaimView, ...]
    relays: tuple[ClaimView, ...]
    rests_on: tuple[tuple[str, int], ...]
    feeds: tuple[tuple[str, int], ...]
    quotes: tuple[tuple[Source, int], ...]


@dataclass(slots=True)
class Book:
    """Findings looked up by what the pages need. Built once for a report."""

    findings: Findings
    articles: dict[str, Article] = field(init=False)
    attributions: dict[str, Attribution] = field(init=False)
    sources: dict[str, Source] = field(init=False)
    claims: tuple[ClaimView, ...] = field(init=False)
    matches: dict[str, list[PassageMatch]] = field(init=False)
    decided: dict[str, list[Judged]] = field(init=False)  # by claim

    def __post_init__(self) -> None:
        f = self.findings
        self.articles = {a.id: a for a in f.articles}
        self.attributions = {a.id: a for a in f.attributions}
        self.sources = {s.id: s for s in f.sources}
        self.claims = views(f)
        self.decided = {}
        for j in f.judged:
            for claim in j.claims:
                self.decided.setdefault(claim, []).append(j)
        self.matches = {}
        for m in f.matches:
            if m.kind is not MatchKind.TEMPLATE:
                self.matches.setdefault(m.a.article, []).append(m)
                self.matches.setdefault(m.b.article, []).append(m)

    @property
    def wide(self) -> tuple[ClaimView, ...]:
        """Claims that two articles or more carry."""
        return tuple(v for v in self.claims if len(v.articles) > 1)


def claim_page(view: ClaimView, book: Book, caps: Caps = Caps()) -> ClaimPage:
    """Everything about one claim."""
    nodes = {n.id: n for n in view.provenance.nodes}
    asserting, denying, rival = (
        _rows(statements, view, book) for statements in (view.asserting, view.denying, view.rival)
    )
    links = _links(view, book)
    steps, drift = _drift(view, book)
    passages = _passages(view, book, caps.passages)
    days = sorted(a.published.start.strftime("%Y-%m-%d") for i in view.articles if (a := book.articles[i]).published.start)  # fmt: skip
    speakers = {
        book.attributions[s.attribution].source_id
        for s in (*view.asserting, *view.denying)
        if s.attribution in book.attributions
    } | {i.removeprefix("source:") for i in nodes if i.startswith("source:")}
    return ClaimPage(
        view=view,
        anchor=anchors.of_claim(view.claim.id),
        rule=two_source_rule(view.support),
        outlets=tuple(sorted({outlet_of(book.articles[a]) for a in view.articles})),
        falls_with=falls_with(view, book.articles),
        asserting=asserting[:caps.rows],
        denying=denying[:caps.rows],
        rival=rival[:caps.rows],
        more=sum(max(0, len(rows) - caps.rows) for rows in (asserting, denying, rival)),
        links=links[:caps.links],
        more_links=max(0, len(links) - caps.links),
        drift=drift,
        steps=steps,
        passages=passages[:caps.passages],
        more_passages=max(0, len(passages) - caps.passages),
        languages=tuple(sorted({book.articles[a].language for a in view.articles})),
        sources=tuple(sorted(s for s in speakers if s and s in book.sources)),
        first=days[0] if days else "",
        last=days[-1] if days else "",
        decided=tuple(book.decided.get(view.claim.id, ())),
    )  # fmt: skip


def _rows(statements: Sequence[Statement], view: ClaimView, book: Book) -> tuple[StatementRow, ...]:
    """Statements in the order of their publication."""
    claim = " ".join(view.claim.text.casefold().split())
    reasons = {m.statement: m.reasons for m in view.claim.members}
    rows = []
    for s in statements:
        article = book.articles[s.article]
        a = book.attributions.get(s.attribution) if s.attribution else None
        who, how = who_says(article, a)
        same = " ".join(s.text.casefold().split()) == claim
        words = (Piece(s.text, True),) if same else tidy(side_by_side(view.claim.text, s.text)[1])
        if sum(len(p.text) for p in words if p.same) * 3 < len(s.text):
            words = (Piece(s.text, True),)  # too little in common for marks to help, or another language
        rows.append(
            StatementRow(
                s, article, a, who, how, firmness(s.certainty), ", ".join(e.value for e in s.evidence), words, same, reasons.get(s.id, ())
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda r: (sortable(r.article.published), r.article.id, r.statement.spans)))


def short_names(view: ClaimView, book: Book) -> dict[str, str]:
    """Node id → name; an article goes by its outlet where that is its outlet's only one here."""
    outlets = Counter(outlet_of(book.articles[i]) for i in view.articles)

    def name(node: Node) -> str:
        article = (
            book.articles.get(node.id.removeprefix("article:")) if node.kind is NodeKind.ARTICLE else None
        )
        alone = article is not None and outlets[outlet_of(article)] <= 1
        return outlet_of(article) if article and alone else node_label(node, book.articles)

    return {n.id: name(n) for n in view.provenance.nodes}


def _links(view: ClaimView, book: Book) -> tuple[LinkRow, ...]:
    """Every edge, the likeliest first."""
    nodes = short_names(view, book)
    effect = in_effect(view.provenance.edges)
    rows = [
        LinkRow(e, nodes[e.parent], nodes[e.child], LINE_WORDS[e.kind], effect[e.id])
        for e in view.provenance.edges
        if e.parent in nodes and e.child in nodes
    ]
    return tuple(sorted(rows, key=lambda r: (-r.effect, -r.edge.probability, r.edge.id)))


_FIRM = {Likelihood.STATED: 3, Likelihood.LIKELY: 2, Likelihood.POSSIBLE: 1, Likelihood.UNLIKELY: 0}


def _drift(view: ClaimView, book: Book) -> tuple[int, tuple[Drift, ...]]:
    """Along each likely link between two articles: hedges lost or gained, names lost or gained."""
    of: dict[str, Statement] = {}
    for s in view.asserting:
        of.setdefault(s.article, s)
    effect = in_effect(view.provenance.edges)
    best: dict[str, Edge] = {}
    for e in sorted(view.provenance.edges, key=lambda e: (-effect[e.id], e.id)):
        up, down = e.parent.removeprefix("article:"), e.child.removeprefix("article:")
        if effect[e.id] >= 0.4 and up in of and down in of and up != down:
            best.setdefault(down, e)
    out = []
    for child, e in sorted(best.items(), key=lambda x: (sortable(book.articles[x[0]].published), x[0])):
        parent = e.parent.removeprefix("article:")
        u, v = of[parent], of[child]
        a, b = book.articles[parent], book.articles[child]
        if _FIRM[u.certainty.likelihood] != _FIRM[v.certainty.likelihood]:
            what = (
                "hedge lost"
                if _FIRM[v.certainty.likelihood] > _FIRM[u.certainty.likelihood]
                else "hedge gained"
            )
            out.append(Drift(a, b, firmness(u.certainty), firmness(v.certainty), what))
        if bool(u.attribution) and not v.attribution and e.kind is not EdgeKind.RELAYS:
            before = who_says(a, book.attributions.get(u.attribution or ""))[0]
            out.append(Drift(a, b, before, "own voice", "source lost"))
    return len(best), tuple(out)


def _passages(view: ClaimView, book: Book, most: int) -> tuple[PassageRow, ...]:
    """The strongest matches that cover this claim's statements in both articles; each article pair once."""
    spans: dict[str, list[Span]] = {}
    for s in (*view.asserting, *view.denying, *view.rival):
        spans.setdefault(s.article, []).extend(s.spans)
    found: dict[tuple[str, str], PassageMatch] = {}
    for i in spans:
        for m in book.matches.get(i, ()):
            if all(
                any(side.span.overlaps(x) for x in spans.get(side.article, ())) for side in (m.a, m.b)
            ) and (
                (pair := (m.a.article, m.b.article)) not in found
                or (found[pair].score, m.id) < (m.score, found[pair].id)
            ):
                found[pair] = m
    out: list[PassageRow] = []
    for m in sorted(found.values(), key=lambda m: (-m.p_copy, -m.score, m.id)):
        if len(out) >= most:
            out.append(PassageRow(m, book.articles[m.a.article], book.articles[m.b.article], (), ()))
            continue
        a, b = book.articles[m.a.article], book.articles[m.b.article]
        shown = (_around(a.text, m.a.span, spans[a.id]), _around(b.text, m.b.span, spans[b.id]))
        out.append(PassageRow(m, a, b, *_compared((a.text, m.a.span), (b.text, m.b.span), shown)))
    return tuple(out)


def _compared(
    a: tuple[str, Span], b: tuple[str, Span], shown: tuple[Span, Span]
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """What is `shown` of two passages, each given as a text and its place there, with what differs marked.

    Compared is more than is shown: where one side is cut at another place than the other, words that stand in both
    are no difference.
    """
    sides = (a, b)
    starts = [max(passage.start, x.start - _BESIDE) for (_, passage), x in zip(sides, shown, strict=True)]
    ends = [min(passage.end, x.end + _BESIDE) for (_, passage), x in zip(sides, shown, strict=True)]
    wide = [text[start:end] for (text, _), start, end in zip(sides, starts, ends, strict=True)]
    left, right = (
        _with_dots(tidy(cut(pieces, x.start - start, x.end - start)), x, passage)
        for pieces, x, start, (_, passage) in zip(side_by_side(*wide), shown, starts, sides, strict=True)
    )
    return left, right


def _with_dots(pieces: tuple[Piece, ...], shown: Span, passage: Span) -> tuple[Piece, ...]:
    """The pieces between dots, where the passage goes on."""
    before = (Piece("… ", True),) if shown.start > passage.start else ()
    whole = sum(len(x.text) for x in pieces) >= shown.end - shown.start
    behind = () if whole and shown.end >= passage.end else (Piece(" …", True),)
    return (*before, *pieces, *behind)


def _around(text: str, passage: Span, claims: Iterable[Span]) -> Span:
    """The part of the passage with the claim's words and what stands beside them."""
    inside = [x for x in claims if x.overlaps(passage)]
    start = max(passage.start, min(x.start for x in inside) - _AROUND)
    end = min(passage.end, max(x.end for x in inside) + _AROUND, start + 900)
    while passage.start < start < end and not text[start - 1].isspace():
        start += 1
    while start < end < passage.end and not text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def source_pages(book: Book, caps: Caps = Caps()) -> tuple[SourcePage, ...]:
    """Named sources, the most credited first, at most so many."""
    named = [s for s in book.findings.sources if s.kind is not SourceKind.UNNAMED and s.attributions]
    named.sort(key=lambda s: (-len(s.articles), -len(s.attributions), s.name, s.id))
    chosen = named[: caps.sources]
    wanted = {s.id for s in chosen}
    falls, behind = _claims_of_sources(book, wanted)
    return tuple(source_page(s, book, falls.get(s.id, ()), behind.get(s.id, ()), caps.said) for s in chosen)


def _claims_of_sources(
    book: Book, wanted: set[str]
) -> tuple[dict[str, list[ClaimView]], dict[str, list[ClaimView]]]:
    falls: dict[str, list[ClaimView]] = {}
    behind: dict[str, list[ClaimView]] = {}
    for v in book.wide:
        choke = {c.removeprefix("source:") for c in v.support.chokepoints}
        for n in v.provenance.nodes:
            key = n.id.removeprefix("source:")
            if key in wanted and n.id != key:
                (falls if key in choke else behind).setdefault(key, []).append(v)
    return falls, behind


def source_page(
    source: Source,
    book: Book,
    falls: Sequence[ClaimView] | None = None,
    behind: Sequence[ClaimView] | None = None,
    most: int = 60,
) -> SourcePage:
    """Everything about one source."""
    if falls is None or behind is None:
        all_falls, all_behind = _claims_of_sources(book, {source.id})
        falls, behind = all_falls.get(source.id, ()), all_behind.get(source.id, ())
    found = [book.attributions[key] for key in source.attributions if key in book.attributions]
    found.sort(
        key=lambda a: (
            sortable(book.articles[a.article].published),
            a.article,
            a.content[:1] or a.source[:1],
            a.id,
        )
    )
    carriers = Counter(outlet_of(book.articles[i]) for i in {a.article for a in found})
    said = _sayings(found, book)
    speaks_for = book.sources[source.speaks_for].name if source.speaks_for in book.sources else ""
    return SourcePage(
        source,
        anchors.of_source(source.id),
        speaks_for,
        tuple(sorted(carriers.items(), key=lambda x: (-x[1], x[0]))),
        tuple(falls),
        tuple(behind),
        said[:most],
        max(0, len(said) - most),
    )


def _sayings(found: Sequence[Attribution], book: Book) -> tuple[Saying, ...]:
    """Attributions in the order given, those in the same words as one."""
    groups: dict[tuple[str, str], list[Attribution]] = {}
    for a in found:
        key = "".join(c for c in content(a, book.articles[a.article]).casefold() if c.isalnum())
        groups.setdefault((key, firmness(a.certainty)), []).append(a)
    return tuple(
        Saying(
            content(same[0], book.articles[same[0].article]),
            firm,
            ", ".join(dict.fromkeys(e.value for a in same for e in a.evidence)),
            tuple(book.articles[i] for i in dict.fromkeys(a.article for a in same)),
        )
        for (_, firm), same in groups.items()
    )


def content(a: Attribution, article: Article) -> str:
    """What is attributed, its parts joined."""
    return " […] ".join(span.of(article.text) for span in a.content)


def outlet_pages(book: Book) -> tuple[OutletPage, ...]:
    """Every outlet of the pile, those with most articles first."""
    by: dict[str, list[Article]] = {}
    for a in book.findings.articles:
        if a.outlet:
            by.setdefault(a.outlet, []).append(a)
    starts: dict[str, list[ClaimView]] = {}
    relays: dict[str, list[ClaimView]] = {}
    rests: dict[str, Counter[str]] = {}
    feeds: dict[str, Counter[str]] = {}
    names = _names_of_outlets(book)
    for v in book.wide:
        links = _outlet_links(v, book, names)
        for child, parents in links.items():
            if parents:
                relays.setdefault(child, []).append(v)
            for parent in parents:
                rests.setdefault(child, Counter())[parent] += 1
                feeds.setdefault(parent, Counter())[child] += 1
        carried = {p for parents in links.values() for p in parents}
        for outlet in sorted(carried):
            if outlet in links and not links[outlet]:
                starts.setdefault(outlet, []).append(v)
    quoted: dict[str, Counter[str]] = {}
    for source in book.findings.sources:
        if source.kind is not SourceKind.UNNAMED:
            for i in source.articles:
                if i in book.articles:
                    quoted.setdefault(book.articles[i].outlet, Counter())[source.id] += 1
    return tuple(
        OutletPage(
            name,
            anchors.of_outlet(name),
            tuple(sorted(articles, key=lambda a: (sortable(a.published), a.id))),
            tuple(starts.get(name, ())),
            tuple(relays.get(name, ())),
            _ranked(rests.get(name)),
            _ranked(feeds.get(name)),
            tuple((book.sources[i], n) for i, n in _ranked(quoted.get(name))[:12]),
        )
        for name, articles in sorted(by.items(), key=lambda x: (-len(x[1]), x[0]))
    )


def _names_of_outlets(book: Book) -> dict[str, str]:
    """One name for each cited outlet, by its node: the pile's own, or that by which it is cited most."""
    labels: dict[str, Counter[str]] = {}
    for view in book.wide:
        for node in view.provenance.nodes:
            if node.kind is NodeKind.OUTLET and node.id.startswith("outlet:"):
                labels.setdefault(node.id, Counter())[node.label] += 1
    mine = {
        f"outlet:{name.casefold()}": name for name in sorted({outlet_of(a) for a in book.findings.articles})
    }
    return {node: mine.get(node) or _ranked(counted)[0][0] for node, counted in labels.items()}


def _outlet_links(view: ClaimView, book: Book, names: Mapping[str, str]) -> dict[str, set[str]]:
    """For each outlet that carries a claim, the other outlets that its articles more likely than not have it from."""
    links: dict[str, set[str]] = {outlet_of(book.articles[i]): set() for i in view.articles}
    effect = in_effect(view.provenance.edges)
    for e in view.provenance.edges:
        child = book.articles.get(e.child.removeprefix("article:"))
        parent = book.articles.get(e.parent.removeprefix("article:"))
        if effect[e.id] < 0.5 or child is None:
            continue
        up = outlet_of(parent) if parent else names.get(e.parent)
        if up and up != outlet_of(child):
            links.setdefault(outlet_of(child), set()).add(up)
    return links


def _ranked(counted: Counter[str] | None) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((counted or {}).items(), key=lambda x: (-x[1], x[0])))


def citation(page: ClaimPage, findings: Findings) -> str:
    """A line that another desk can quote and check."""
    s = page.view.support
    likely = "most likely number withheld" if s.most_likely is None else f"most likely {s.most_likely}"
    return (
        f"“{short(page.view.claim.text, 160)}” — {many(len(page.view.articles), 'article')}, at least {s.at_least} and at most "
        f"{many(s.at_most, 'independent line')}, {likely}. Claim {page.view.claim.id}, {findings.tool.name} "
        f"{findings.tool.version}, settings {findings.tool.settings_digest[:12]}."
    )
