"""Which attribution stands inside which: parents by containment, or where the words say so."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Span
from .found import Found

_DEPTH = 64  # contents around one cue that are looked at, the innermost first


def parents(found: Sequence[Found]) -> tuple[int | None, ...]:
    """For each attribution the index of the smallest one whose content holds it, None for the outermost.

    `found` is in order of extent. A hint (`Found.within`) goes first. An attribution is inside another when
    its cue (its content, if it has none) and most of its content lie in one content span of the other.
    Attributions start close to each other, so a sweep with a stack of open contents is enough: linear in
    their number times the depth of nesting.
    """
    by_cue = {span: k for k, f in enumerate(found) for span in f.cue}
    holders = sorted(((span.start, -span.end, k) for k, f in enumerate(found) for span in f.content))
    asked = sorted(range(len(found)), key=lambda k: _anchor(found[k]))
    out: list[int | None] = [None] * len(found)
    open_: list[tuple[Span, int]] = []
    at = 0
    for k in asked:
        anchor = _anchor(found[k])
        while at < len(holders) and holders[at][0] <= anchor.start:
            start, end, holder = holders[at]
            at += 1
            open_.append((Span(start, -end), holder))
        open_ = [(span, holder) for span, holder in open_ if span.end > anchor.start]
        inside = [
            (span.end - span.start, holder)
            for span, holder in open_[-_DEPTH:]
            if holder != k and span.contains(anchor) and _mostly_inside(found[k], span)
        ]
        if inside:
            out[k] = min(inside)[1]
    for k, f in enumerate(found):
        if f.within is not None and by_cue.get(f.within, k) != k:
            out[k] = by_cue[f.within]
    return _without_loops(out)


def _anchor(found: Found) -> Span:
    return found.cue[0] if found.cue else found.content[0]


def _mostly_inside(found: Found, span: Span) -> bool:
    total = sum(c.end - c.start for c in found.content)
    return 2 * sum(c.shared(span) for c in found.content) > total


def _without_loops(chosen: list[int | None]) -> tuple[int | None, ...]:
    """Drop any parent that would make an attribution its own ancestor."""
    out = list(chosen)
    for k in range(len(out)):
        seen = {k}
        at = out[k]
        while at is not None:
            if at in seen:
                out[k] = None
                break
            seen.add(at)
            at = out[at]
    return tuple(out)
