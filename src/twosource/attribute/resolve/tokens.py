"""Tokens inside spans, heads of phrases, names without their edges."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ...language.analysis import Analysis, Token
from ...model import Span


def inside(analysis: Analysis, span: Span) -> list[Token]:
    """The tokens that begin inside the span."""
    first = bisect_left(analysis.tokens, span.start, key=lambda t: t.start)
    out: list[Token] = []
    while first < len(analysis.tokens) and analysis.tokens[first].start < span.end:
        out.append(analysis.tokens[first])
        first += 1
    return out


def head_of(tokens: Sequence[Token]) -> Token | None:
    """The token whose own head stands outside the phrase."""
    present = {t.i for t in tokens}
    for t in tokens:
        if (t.head not in present or t.head == t.i) and t.pos not in {"PUNCT", "DET", "ADP"}:
            return t
    return tokens[-1] if tokens else None


def plain_name(text: str) -> str:
    """A name as a name: article, possessive and outer marks off."""
    plain = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", text.strip(' ,.;:"“”'))
    plain = re.sub(r"^[A-Z][\w.]*-based\s+(?=[A-Z])", "", plain)
    return re.sub(r"['’]s$", "", plain)


def near_spans(entities: Sequence[Span], tokens: Sequence[Token]) -> Sequence[Span]:
    """Those of the spans, which are in order, that touch the tokens."""
    first = bisect_left(entities, tokens[0].start, key=lambda e: e.end)
    last = bisect_left(entities, tokens[-1].end, key=lambda e: e.start)
    return entities[first:last]
