"""The method, top to bottom: articles to passage matches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from twosource.model import Article
from twosource.reuse.align import Passages, enough, joined, passages, rarities
from twosource.reuse.chains import chains
from twosource.reuse.citing import identity, mentions
from twosource.reuse.clocks import clocks
from twosource.reuse.copying import copied, third_sources
from twosource.reuse.direction import by_citing, flows, known
from twosource.reuse.evidence import columns
from twosource.reuse.growing import Growing, Grown, Runs, named
from twosource.reuse.joining import Database, joined_passages
from twosource.reuse.postings import Postings, postings
from twosource.reuse.relation import QUOTATIONS, TEMPLATES, once_each, relations
from twosource.reuse.seeds import Texts, seeds
from twosource.reuse.table import Matches, Spans, no_garbage
from twosource.reuse.tokens import Bools, Tokens, tokenize
from twosource.settings import Settings


def ordered(articles: Sequence[Article]) -> list[Article]:
    """The pile in the order that makes earlier articles hubs: by publication, then id; never by input order."""

    def key(article: Article) -> tuple[bool, float, str, str]:
        start = article.published.start
        return start is None, start.timestamp() if start else 0.0, article.id, article.sha256

    return sorted(articles, key=key)


def shared_passages(
    tokens: Tokens,
    index: Postings,
    min_words: int,
    fresh: Bools | None = None,
    growing: Growing | None = None,
) -> Passages:
    """All passages that two articles share: chained, aligned, filtered; sorted by place.

    `fresh` bool (n,), where given: the articles that are new. Only pairs that have one are followed. `growing`,
    where given: what was joined before is taken from there.
    """
    fresh = np.ones(tokens.articles, np.bool_) if fresh is None else fresh
    texts = Texts.of(tokens.hashes, tokens.offsets, index.carriers, rarities(tokens.articles), fresh)
    limit = enough(min_words)

    every = growing.seeds(index, texts, limit) if growing else seeds(index, texts, limit)
    parts = [passages(x, chains(x, tokens.hashes), texts, min_words) for x in every]
    del index, texts, every  # a gigabyte for 100,000 articles: what comes next need not stand beside it
    return joined(parts).by_place()


def found(articles: Sequence[Article], settings: Settings, database: Database | None = None) -> Matches:
    """Every passage that two of `articles` share, with relation and direction; see `twosource.reuse`."""
    with no_garbage():
        return _found(articles, settings, database)


def _found(articles: Sequence[Article], settings: Settings, database: Database | None) -> Matches:
    pile = ordered(articles)
    tokens = tokenize([x.text for x in pile])
    if database is None:
        shared = shared_passages(tokens, postings(tokens), settings.min_words)
    else:
        shared = joined_passages(database, tokens, settings.min_words)
    return told(pile, tokens, shared)


def grown(articles: Sequence[Article], settings: Settings, before: Runs | None) -> tuple[Matches, Grown]:
    """`found`, with what an earlier run on fewer of the articles has left; the same matches."""
    pile = ordered(articles)
    tokens = tokenize([x.text for x in pile])
    growing = Growing(named(pile), before)
    shared = shared_passages(tokens, postings(tokens), settings.min_words, growing=growing)
    assert growing.grown is not None
    return told(pile, tokens, shared), growing.grown


def told(pile: Sequence[Article], tokens: Tokens, shared: Passages) -> Matches:
    """What relation each passage shows and which way it went, of a pile in its order."""
    times = clocks(pile)
    c = columns(pile, tokens, times, shared)
    relation = relations(c)
    shown = once_each(c, relation, shared)
    shared, c, relation = shared.keep(shown), c.keep(shown), relation[shown]
    genuine = ~np.isin(relation, TEMPLATES)
    reported = genuine & ~np.isin(relation, QUOTATIONS)
    identities = [identity(x) for x in pile]
    cited = by_citing(pile, identities, mentions(pile, tokens), c)
    flow = flows(c, known(c, cited, times, reported), genuine, shared)
    third = third_sources(identities, c)
    p_copy = copied(c, relation, reported, flow, third)
    spans = Spans(
        tokens.starts[shared.a_start],
        tokens.ends[shared.a_end - 1],
        tokens.starts[shared.b_start],
        tokens.ends[shared.b_end - 1],
    )
    return Matches(pile, spans, c, relation, flow, third, p_copy)
