"""One text under several layers of marks → a flat run of segments, each knowing what covers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ..model import Article, Attribution, PassageMatch, Span, Statement


@dataclass(frozen=True, slots=True)
class Mark:
    """A span with a role: source, cue, content, own (own-voice claim), match, region; `target` is an anchor."""

    span: Span
    role: str
    target: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that the same marks cover. `roles` is sorted; `depth` counts nested contents."""

    text: str
    roles: tuple[str, ...]
    depth: int
    target: str
    note: str


def marks(
    article: Article,
    attributions: Iterable[Attribution],
    statements: Iterable[Statement],
    matches: Iterable[PassageMatch],
    claim_of: dict[str, str],
) -> tuple[Mark, ...]:
    """Every mark on one article's text. `claim_of` maps a statement's id to its claim's, where that is shown."""
    out: list[Mark] = []
    for a in attributions:
        who = a.canonical or "unnamed source"
        out.extend(Mark(s, "source", note=who) for s in a.source)
        out.extend(Mark(s, "cue", note=who) for s in a.cue)
        out.extend(Mark(s, "content", note=f"{a.kind.value}: {who}") for s in a.content)
    for s in statements:
        if s.id in claim_of:
            role = "own" if s.attribution is None else "claim"
            out.extend(Mark(span, role, target=claim_of[s.id]) for span in s.spans)
    for m in matches:
        side, other = (m.a, m.b) if m.a.article == article.id else (m.b, m.a)
        out.append(Mark(side.span, "match", note=f"{m.kind.value}: shared with {other.article}"))
    out.extend(Mark(r.span, "region", note=r.kind.value) for r in article.regions)
    return tuple(out)


def segments(text: str, layers: Iterable[Mark]) -> tuple[Segment, ...]:
    """The whole text in order, cut wherever a mark begins or ends."""
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in layers:
        start, end = max(0, mark.span.start), min(len(text), mark.span.end)
        if start < end:
            opening.setdefault(start, []).append(mark)
            closing.setdefault(end, []).append(mark)
    cuts = sorted({0, len(text), *opening, *closing})
    out: list[Segment] = []
    active: list[Mark] = []
    for start, end in pairwise(cuts):
        for mark in closing.get(start, ()):
            active.remove(mark)
        active.extend(opening.get(start, ()))
        out.append(
            Segment(
                text[start:end],
                tuple(sorted({m.role for m in active})),
                sum(m.role == "content" for m in active),
                next((m.target for m in active if m.target), ""),
                "; ".join(dict.fromkeys(m.note for m in active if m.note)),
            )
        )
    return tuple(out)
