"""One text under several layers of marks → a flat run of segments, each knowing what covers it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from ..model import Article, Attribution, PassageMatch, Span, Statement


@dataclass(frozen=True, slots=True)
class Mark:
    """A span with a role: source, cue, content, own (own-voice claim), claim, match, region.

    `target` is what a source leads to; `name` its resolved name; `anchor` the statement's id, set on the
    first span of a statement of a shown claim; `claim` its claim's id, set on the last.
    """

    span: Span
    role: str
    target: str = ""
    name: str = ""
    anchor: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that the same marks cover. `roles` is sorted; `depth` counts nested contents.

    `anchors` are ids of statements that begin here, `claims` ids of claims whose statement ends here.
    """

    text: str
    roles: tuple[str, ...]
    depth: int
    target: str
    name: str
    anchors: tuple[str, ...]
    claims: tuple[str, ...]


def marks(
    article: Article,
    attributions: Iterable[Attribution],
    statements: Iterable[Statement],
    matches: Iterable[PassageMatch],
    claim_of: Mapping[str, str],
) -> tuple[Mark, ...]:
    """Every mark on one article's text. `claim_of` maps a statement's id to its claim's, where that is shown."""
    out: list[Mark] = []
    for a in attributions:
        who, target = a.canonical or "", a.source_id or ""
        out.extend(Mark(s, "source", target, who if who.casefold() != s.of(article.text).casefold() else "") for s in a.source)  # fmt: skip
        out.extend(Mark(s, "cue") for s in a.cue)
        out.extend(Mark(s, "content") for s in a.content)
    for s in statements:
        if s.id in claim_of:
            role = "own" if s.attribution is None else "claim"
            last = len(s.spans) - 1
            out.extend(
                Mark(span, role, anchor="" if i else s.id, claim=claim_of[s.id] if i == last else "")
                for i, span in enumerate(s.spans)
            )
    out.extend(Mark((m.a if m.a.article == article.id else m.b).span, "match") for m in matches)
    out.extend(Mark(r.span, "region") for r in article.regions)
    return tuple(out)


def segments(text: str, layers: Iterable[Mark]) -> tuple[Segment, ...]:
    """The whole text in order, cut wherever what covers it changes; neighbours under the same marks are one."""
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
        segment = Segment(
            text[start:end],
            tuple(sorted({m.role for m in active})),
            sum(m.role == "content" for m in active),
            next((m.target for m in active if m.role == "source" and m.target), ""),
            next((m.name for m in active if m.role == "source" and m.name), ""),
            tuple(dict.fromkeys(m.anchor for m in opening.get(start, ()) if m.anchor)),
            tuple(dict.fromkeys(m.claim for m in closing.get(end, ()) if m.claim)),
        )
        if out and _joins(out[-1], segment):
            last = out[-1]
            segment = Segment(
                last.text + segment.text, last.roles, last.depth, last.target, last.name, last.anchors, segment.claims
            )  # fmt: skip
            out.pop()
        out.append(segment)
    return tuple(out)


def frames(
    run: Iterable[Segment], outer: frozenset[str]
) -> tuple[tuple[tuple[str, ...], tuple[Segment, ...]], ...]:
    """Neighbours that share the same `outer` roles, as (those roles, the segments with their other roles)."""
    out: list[tuple[tuple[str, ...], list[Segment]]] = []
    for segment in run:
        around = tuple(r for r in segment.roles if r in outer)
        inside = replace(segment, roles=tuple(r for r in segment.roles if r not in outer))
        if not out or out[-1][0] != around:
            out.append((around, []))
        out[-1][1].append(inside)
    return tuple((around, tuple(inside)) for around, inside in out)


def _joins(a: Segment, b: Segment) -> bool:
    return (
        (a.roles, a.depth, a.target, a.name) == (b.roles, b.depth, b.target, b.name)
        and not b.anchors
        and not a.claims
    )
