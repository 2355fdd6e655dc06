"""The method, top to bottom: articles to passage matches."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from twosource.model import Article, Direction, Passage, PassageMatch, Span
from twosource.reuse.align import RARITY, ROUNDING, UNSEEN, Passages, formula_shingles, joined, passages
from twosource.reuse.chains import chains
from twosource.reuse.citing import identity, mentions
from twosource.reuse.copying import copied, third_sources
from twosource.reuse.direction import NO_WAY, UNTOLD, Flow, by_citing, clocks, flows, known
from twosource.reuse.direction import RULES as DIRECTIONS
from twosource.reuse.evidence import Columns, columns
from twosource.reuse.joining import Database, joined_passages
from twosource.reuse.postings import Postings, postings
from twosource.reuse.relation import QUOTATIONS, RULES, TEMPLATES, once_each, relations
from twosource.reuse.seeds import seeds
from twosource.reuse.shingles import shingles
from twosource.reuse.tokens import F64, I32, I64, U64, Bools, Tokens, mixed, tokenize
from twosource.settings import Settings

_WRITTEN = 1 << 14  # rows turned into Python values at once
_CLOSING = frozenset(".!?…,;:\"'”»’)]")
_OPENING = frozenset("\"'“«„‘([")
_WAYS = {1: Direction.A_TO_B, -1: Direction.B_TO_A, 0: Direction.UNDIRECTED}


def ordered(articles: Sequence[Article]) -> list[Article]:
    """The pile in the order that makes earlier articles hubs: by publication, then id; never by input order."""

    def key(article: Article) -> tuple[bool, float, str, str]:
        start = article.published.start
        return start is None, start.timestamp() if start else 0.0, article.id, article.sha256

    return sorted(articles, key=key)


def shared_passages(tokens: Tokens, index: Postings, min_words: int, fresh: Bools | None = None) -> Passages:
    """All passages that two articles share: chained, aligned, filtered; sorted by place.

    `fresh` bool (n,), where given: the articles that are new. Only pairs that have one are followed.
    """
    idf = np.log((tokens.articles + UNSEEN) / index.articles)
    logs = np.log(index.articles)

    def enough(_: I64, longest: I64, rarity: F64) -> Bools:
        return (rarity >= RARITY - ROUNDING) | (longest >= formula_shingles(min_words))

    parts = []
    for found in seeds(tokens, index, idf, enough, fresh):
        linked = chains(found, tokens.hashes)
        parts.append(
            passages(found, linked, tokens.hashes, tokens.offsets, index.shingle, idf, logs, min_words)
        )
    return joined(parts).by_place(tokens.offsets)


def _with_marks(a: str, a0: int, a1: int, b: str, b0: int, b1: int) -> tuple[Span, Span]:
    """The two spans with the punctuation marks that both have at their edges, three at most."""
    after, before = a[a1 : a1 + 3], a[max(0, a0 - 3) : a0]
    if after[:1] in _CLOSING:
        for mark in after:
            if mark not in _CLOSING or b[b1 : b1 + 1] != mark:
                break
            a1, b1 = a1 + 1, b1 + 1
    if before[-1:] in _OPENING:
        for mark in reversed(before):
            if mark not in _OPENING or not b0 or b[b0 - 1] != mark:
                break
            a0, b0 = a0 - 1, b0 - 1
    return Span(a0, a1), Span(b0, b1)


@dataclass(frozen=True, slots=True)
class Spans:
    """int32 (m,), code points in their own articles, half open: where the two passages of each match lie."""

    a_start: I32
    a_end: I32
    b_start: I32
    b_end: I32


def _match_ids(pile: Sequence[Article], c: Columns, spans: Spans) -> list[str]:
    """A name for each match: a hash of the two articles' ids and of the places in them."""
    digests = (hashlib.blake2b(x.id.encode("utf-8", "surrogatepass"), digest_size=8).digest() for x in pile)
    names: U64 = np.frombuffer(b"".join(digests), np.dtype("<u8")).astype(np.uint64)
    value = names[c.a]
    for column in (spans.a_start, spans.a_end, names[c.b], spans.b_start, spans.b_end):
        value = mixed(value * np.uint64(0x9E3779B97F4A7C15) + column.astype(np.uint64))
    return [f"m{v:016x}" for v in value.tolist()]


def matches(
    articles: Sequence[Article], settings: Settings, database: Database | None = None
) -> tuple[PassageMatch, ...]:
    """Every passage that two of `articles` share, with relation and direction; see `twosource.reuse`."""
    pile = ordered(articles)
    tokens = tokenize([x.text for x in pile])
    if database is None:
        found = shared_passages(tokens, postings(tokens, shingles(tokens)), settings.min_words)
    else:
        found = joined_passages(database, tokens, settings.min_words)
    article = np.repeat(np.arange(tokens.articles, dtype=np.int32), np.diff(tokens.offsets))
    c = columns(pile, tokens, article, found)
    relation = relations(c)
    shown = once_each(c, relation, found)
    found, c, relation = found.keep(shown), c.keep(shown), relation[shown]
    genuine = ~np.isin(relation, TEMPLATES)
    reported = genuine & ~np.isin(relation, QUOTATIONS)
    identities = [identity(x) for x in pile]
    cited = by_citing(pile, identities, mentions(pile, tokens, article), c)
    flow = flows(c, known(c, cited, clocks(pile), reported), genuine, found)
    third = third_sources(identities, c)
    p_copy = copied(c, relation, reported, flow, third)
    spans = Spans(
        tokens.starts[found.a_start],
        tokens.ends[found.a_end - 1],
        tokens.starts[found.b_start],
        tokens.ends[found.b_end - 1],
    )
    del tokens, article, found  # the largest of all, and no longer needed
    with _no_garbage():
        return written(pile, spans, c, relation, flow, third, p_copy)


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Hold the collector off: tens of thousands of values are about to be made, none of them garbage."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def written(
    pile: Sequence[Article],
    spans: Spans,
    c: Columns,
    relation: I64,
    flow: Flow,
    third: dict[int, tuple[str, bool]],
    p_copy: F64,
) -> tuple[PassageMatch, ...]:
    """The columns as matches, with spans in code points and the reasons in words."""
    ids = [x.id for x in pile]
    texts = [x.text for x in pile]
    names = _match_ids(pile, c, spans)
    told = [reason for _, _, reason in DIRECTIONS] + [UNTOLD, NO_WAY]
    kinds = [kind for kind, _, _ in RULES]
    whys = [[(why, way) for way in told] for _, _, why in RULES]  # made once: most matches need no more
    closer = np.where(flow.closer >= 0, np.where(flow.way > 0, c.a, c.b)[flow.closer], -1)
    columns = (
        c.a,
        c.b,
        spans.a_start,
        spans.a_end,
        spans.b_start,
        spans.b_end,
        np.round(c.rarity, 3),
        np.round(c.similarity, 4),
        relation,
        flow.way,
        flow.p,
        flow.rule,
        closer,
        np.round(p_copy, 4),
    )
    blocks = range(0, len(c.a), _WRITTEN)
    rows = (
        row
        for k in blocks
        for row in zip(*(column[k : k + _WRITTEN].tolist() for column in columns), strict=True)
    )
    out = []
    for row, (a, b, a0, a1, b0, b1, score, similarity, r, way, p, rule, parent, copy) in enumerate(rows):
        span_a, span_b = _with_marks(texts[a], a0, a1, texts[b], b0, b1)
        left, right = Passage(ids[a], span_a), Passage(ids[b], span_b)
        reasons: tuple[str, ...] = whys[r][rule]
        if third and row in third:
            name, both = third[row]
            reasons += (f"{'both credit' if both else 'one credits'} {name}, which has no article here",)
        if parent >= 0:
            reasons += (f"{ids[parent]} is closer in wording",)
        out.append(
            PassageMatch(names[row], left, right, score, similarity, kinds[r], _WAYS[way], p, copy, reasons)
        )
    return tuple(out)
