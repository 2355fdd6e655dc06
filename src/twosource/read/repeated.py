"""Paragraphs that one outlet prints under many articles are its furniture, whatever they say.

Only whole paragraphs at the edges of an article count: a background paragraph that an agency repeats in the
middle of its stories is a claim, repeated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..model import Article, Credit, CreditKind, Region, RegionKind, Span
from .build import digest

_EDGE = 4  # paragraphs at the top and at the bottom
_LEAST = 4  # articles
_SHARE = 0.1  # of the outlet's articles
_PARAGRAPH = re.compile(r"\S[^\n]*")


def mark_repeated(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The same articles, with paragraphs that their outlet repeats marked as boilerplate.

    A paragraph counts when at least 4 articles of the outlet, and a tenth of them, have it at an edge, under
    different first paragraphs: the same story printed four times is reuse, not furniture.
    """
    seen: dict[tuple[str, str], set[str]] = {}
    size: Counter[str] = Counter()
    edges = [_edges(a) for a in articles]
    for article, spans in zip(articles, edges, strict=True):
        outlet = article.outlet.casefold()
        if not outlet:
            continue
        size[outlet] += 1
        for key, _ in spans:
            seen.setdefault((outlet, key), set()).add(_story(article))
    marked = []
    for article, spans in zip(articles, edges, strict=True):
        outlet = article.outlet.casefold()
        regions = [
            Region(RegionKind.BOILERPLATE, span, f"{len(seen[outlet, key])} articles of the outlet repeat it")
            for key, span in spans
            if outlet
            and len(seen[outlet, key]) >= max(_LEAST, _SHARE * size[outlet])
            and not any(span.overlaps(r.span) for r in article.regions)
        ]
        if regions:
            all_regions = tuple(sorted((*article.regions, *regions), key=lambda r: r.span))
            article = replace(article, regions=all_regions)  # noqa: PLW2901
            article = replace(article, sha256=digest(article))  # noqa: PLW2901
        marked.append(article)
    return tuple(marked)


def _edges(article: Article) -> list[tuple[str, Span]]:
    """The outermost paragraphs of an article with more than one, folded for comparison."""
    found = [Span(m.start(), m.start() + len(m.group().rstrip())) for m in _PARAGRAPH.finditer(article.text)]
    if len(found) < 2:
        return []
    outer = found[:_EDGE] + found[max(_EDGE, len(found) - _EDGE) :]
    pairs = [(" ".join(s.of(article.text).casefold().split()), s) for s in outer]
    return [(key, span) for key, span in pairs if len(key) >= 3]


def _story(article: Article) -> str:
    """What tells two stories apart: the longest paragraph."""
    return max((m.group() for m in _PARAGRAPH.finditer(article.text)), key=len, default="")[:300]


def credit_outlets(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The same articles; one whose byline is another outlet of the pile is credited to that outlet.

    An agency of no list ("Ostwire") is told by what it is elsewhere in the pile.
    """
    outlets = {" ".join(a.outlet.casefold().split()) for a in articles if a.outlet}
    credited = []
    for article in articles:
        own = article.outlet.casefold()
        for name in re.split(r"\s*[;,]\s*", re.sub(r"^by\s+", "", article.byline, flags=re.IGNORECASE)):
            known = any(c.target.casefold() == name.casefold() for c in article.credits)
            if name.casefold() in outlets and name.casefold() != own and not known:
                credit = Credit(CreditKind.AGENCY, name)
                article = replace(article, credits=(*article.credits, credit))  # noqa: PLW2901
                article = replace(article, sha256=digest(article))  # noqa: PLW2901
        credited.append(article)
    return tuple(credited)
