"""Article → Attributions: who says what, by the article's own word."""

from __future__ import annotations

import re

from ..errors import ModelError
from ..language.analysis import Analysis
from ..model import Article, Attribution, AttributionKind, RegionKind, Span
from . import learned
from .found import Finder, Found
from .languages import language_of
from .nest import parents
from .reconcile import QUOTATION_RULES, reconcile
from .several import apart

__all__ = ["attributions"]

_MUTE = frozenset({RegionKind.PHOTO_CREDIT, RegionKind.FOOTNOTE, RegionKind.BOILERPLATE, RegionKind.CREDIT,
                   RegionKind.BYLINE, RegionKind.DATELINE})  # fmt: skip
"""Regions that attribute nothing to anyone."""


def attributions(
    article: Article, analysis: Analysis, *, rules_only: bool = False
) -> tuple[Attribution, ...]:
    """Every attribution inside one article: found, nested, resolved to a speaker, weighed.

    `rules_only` leaves the learned finder out; so does a missing or unknown file of its weights.

    In the order of the text; where several sources say one thing, one for each of them. Ids are the article's id and a running number; they change when the text
    or the rules do.
    """
    language = language_of(article, analysis)
    found = finder(article, analysis)(article, analysis)
    if not rules_only:
        seen = _learned(article, analysis)
        found = reconcile(article.text, found, seen) if seen else found
    if language.mend is not None:
        found = language.mend(article, analysis, found)
    found = apart(analysis, _without_echoes(article.text, _outside_mute_regions(article, found)))
    above = parents(found)
    who = language.resolve(article, analysis, found, above)
    ids = [f"{article.id}#{k}" for k in range(1, len(found) + 1)]
    out = []
    for k, f in enumerate(found):
        parent = above[k]
        out.append(
            Attribution(
                id=ids[k],
                article=article.id,
                source=f.source,
                cue=f.cue,
                content=tuple(_without_edges(article.text, span) for span in f.content),
                kind=f.kind or kind_of(article.text, f),
                rule=f.rule,
                score=f.score,
                parent=None if parent is None else ids[parent],
                canonical=who[k].canonical,
                source_kind=who[k].kind,
                via=who[k].via,
                via_name=who[k].via_name,
                antecedent=who[k].antecedent,
                stance=language.stance(article, analysis, f),
                certainty=language.certainty(article, analysis, f),
                evidence=language.evidence(article, analysis, f),
            )
        )
    return tuple(out)


def _without_echoes(text: str, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """Without what says nothing of its own.

    A wish inside a source ("who asked not to be named"), or a continued quotation that the quotation already holds.
    """
    return tuple(
        f
        for k, f in enumerate(found)
        if not _ASKS_NOT_TO_BE_NAMED.match(
            text[f.content[0].start : f.content[0].start + _WISH].lstrip("\"“«' ")
        )
        and not any(
            f is not other and _echoes(f, other) for other in found[max(0, k - _NEAR) : k + _NEAR + 1]
        )
    )


def _echoes(one: Found, other: Found) -> bool:
    if all(any(o.contains(s) for o in other.source) for s in (*one.cue, *one.content)):
        return True
    held = all(any(o.contains(s) for o in other.content) for s in one.content)
    return held and not one.cue and one.source == other.source and one.content != other.content


_ASKS_NOT_TO_BE_NAMED = re.compile(
    r"(?:not to be (?:named|identified|quoted)|to remain anonymous|to be (?:named|identified)\b|anonymity\b)",
    re.IGNORECASE,
)
_WISH = 40  # characters in which a wish not to be named shows itself, though the content may have lost its last word
_NEAR = 8  # attributions on either side that one can repeat: time stays linear in their number


def _without_edges(text: str, span: Span) -> Span:
    """The span without white space and commas at its edges: they belong to the sentence, not to what is said."""
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end) if start < end else span


_EDGES = frozenset(" \t\r\n\xa0,;:")


def _learned(article: Article, analysis: Analysis) -> tuple[Found, ...]:
    """What the learned finder sees; nothing where its weights are missing or not the ones it knows."""
    try:
        return learned.find(article, analysis)
    except ModelError:
        return ()


def finder(article: Article, analysis: Analysis) -> Finder:
    """The finder for the article's language; marks and words alone where there is no parse."""
    return language_of(article, analysis).find


def kind_of(text: str, found: Found) -> AttributionKind:
    """Direct when every content span stands in quotation marks, mixed when some of it does."""
    pieces = [span.of(text).strip(" ,.;:") for span in found.content]
    opened = [piece[:1] in _MARKS or piece[:2] in {"''", "``"} for piece in pieces]
    closed = [piece[-1:] in _MARKS or piece.endswith("''") for piece in pieces]
    if found.rule.split(",")[0] in QUOTATION_RULES or all(
        a and b for a, b in zip(opened, closed, strict=True)
    ):
        return AttributionKind.DIRECT
    if any(mark in piece for piece in pieces for mark in _MARKS - {"'", "’", "‘"}):
        return AttributionKind.MIXED
    return AttributionKind.INDIRECT


_MARKS = frozenset("\"“”„‟«»‹›〝〞「」『』'‘’")


def _headline_again(text: str) -> list[Span]:
    """Later lines that only repeat the first: a headline at the foot of the page, with or without a date."""
    first = text.lstrip().split("\n", 1)[0].strip()
    if not 20 <= len(first) <= 300:
        return []
    out = []
    at = text.find(first) + len(first)
    while (at := text.find(first, at)) >= 0:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[text.rfind("\n", 0, at) + 1 : at].strip() == "" and end - at <= len(first) + 20:
            out.append(Span(at, end))
        at = end
    return out


def _outside_mute_regions(article: Article, found: tuple[Found, ...]) -> tuple[Found, ...]:
    mute = sorted([*(r.span for r in article.regions if r.kind in _MUTE), *_headline_again(article.text)])
    if not mute:
        return found
    return tuple(f for f in found if not any(m.overlaps(s) for m in mute for s in ((*f.cue, *f.content))))
