"""English: the rules in their order, then the quotations that go on without a cue."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

from ...language.analysis import Analysis
from ...model import Article, Span
from ..found import Found, by_rules
from .rules import RULES
from .view import View


def find(article: Article, analysis: Analysis) -> tuple[Found, ...]:
    """Every attribution that the English rules see, in text order."""
    view = View(article, analysis)
    out = by_rules(view, RULES)
    out.extend(continued(view, out))
    return tuple(sorted(out, key=lambda f: (f.extent, f.rule)))


def continued(view: View, found: list[Found]) -> list[Found]:
    """Quotations without a cue of their own, which carry on the speech before them."""
    out: list[Found] = []
    known = [f for f in found if not f.cue or _outside_marks(view, f)]
    covered = sorted(span for f in known for span in f.content)
    reach = list(accumulate((c.end for c in covered), max, initial=0))  # how far the first k contents go
    known.sort(key=lambda f: f.extent.end)
    for q in view.quotations:
        if reach[bisect_left(covered, (q.span.end,))] > q.span.start:
            continue
        if not _a_sentence(view, q.span, q.words(view.text)):
            continue
        previous = _speech_before(view, q.span, known)
        if previous is None:
            continue
        more = Found(previous.source, (), (q.span,), "continued quotation", 0.8)
        out.append(more)
        known.append(more)
    return out


def _outside_marks(view: View, found: Found) -> bool:
    """Whether a cue stands outside quotation marks, or behind one that nothing closes: its own, or one that no paragraph carries on."""
    q = view.quotation_at(found.cue[0].start)
    if q is None or (not q.closed and any(c.start == q.span.start for c in found.content)):
        return True
    return not (q.closed or q.carries_on or _is_carried_on(view, q.span))


def _is_carried_on(view: View, span: Span) -> bool:
    """Whether the paragraph behind a quotation that nothing closes begins with the next mark of the same speech."""
    here = view.paragraph_at(span.start)
    if here + 1 >= len(view.paragraphs):
        return False
    behind = view.quotation_at(view.paragraphs[here + 1].start)
    return behind is not None and behind.carries_on


def _a_sentence(view: View, span: Span, count: int) -> bool:
    """Whether a quotation stands where a sentence begins, and is long enough to be speech."""
    if count < 3:
        return False
    begins = any(p.start == span.start for p in view.paragraphs[view.paragraph_at(span.start) :][:1])
    before = view.text[max(0, span.start - 4) : span.start].rstrip()
    return begins or (bool(before) and before[-1] in ".!?:…\"”»'")


def _speech_before(view: View, span: Span, known: list[Found]) -> Found | None:
    """The attribution that a cueless quotation carries on: the last in its paragraph or the one before."""
    here = view.paragraph_at(span.start)
    begins = view.paragraphs[here].start == span.start
    best: Found | None = None
    for f in known:
        if f.source and f.extent.end <= span.start and (best is None or f.extent.end > best.extent.end):
            best = f
    if best is None:
        return None
    there = view.paragraph_at(best.extent.end - 1)
    if there == here:
        return best
    if begins and there == here - 1 and any(view.text[s.start] in "\"“”„«»'‘" for s in best.content):
        return best
    return None
