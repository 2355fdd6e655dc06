"""Russian: the rules in their order, then who is cited, then the quotations that go on without a cue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

from ...language.analysis import Analysis
from ...model import Article, AttributionKind
from ..found import Found, by_rules
from .rules import RULES
from .view import Speech, View


def find(article: Article, analysis: Analysis) -> tuple[Found, ...]:
    """Every attribution that the Russian rules see, in text order."""
    view = View(article, analysis)
    out = by_rules(view, RULES)
    out.extend(cited(view, out))
    out.extend(continued(view, out))
    return tuple(sorted(out, key=lambda f: (f.extent, f.rule)))


def cited(view: View, found: list[Found]) -> list[Found]:
    """Who is cited: in "портал пишет … со ссылкой на X", X stands behind what the report of the same sentence says."""
    out: list[Found] = []
    cued = sorted((f for f in found if f.cue), key=lambda f: f.cue[0])
    starts = [f.cue[0].start for f in cued]
    for i in range(len(view.tokens) - 3):
        if view.forms[i : i + 3] not in {("со", "ссылкой", "на"), ("cо", "ссылкой", "на")}:
            continue
        low, high = view.bounds(i)
        extent = view.analysis.span(low, high)
        first, last = bisect_left(starts, extent.start), bisect_right(starts, extent.end)
        near = [f for f in cued[first:last] if extent.contains(f.cue[0]) and f.rule != "according to"]
        head = view.noun_after(i + 2, high)
        if not near or head is None:
            continue
        outer = min(near, key=lambda f: abs(f.cue[0].start - view.tokens[i].start))
        source = view.source(head, i + 3, high)
        if any(source[0].overlaps(c) for c in outer.content):
            continue
        out.append(
            Found(source, view.cue(i, i + 2), outer.content, "citing", 0.9, outer.kind, within=outer.cue[0])
        )
    return out


def continued(view: View, found: list[Found]) -> list[Found]:
    """Direct speech without a cue that carries on the speech before it, in its paragraph or the one before."""
    out: list[Found] = []
    covered = sorted(span for f in found for span in f.content)
    reach = list(accumulate((span.end for span in covered), max))  # how far the contents up to each one go
    known = sorted((f for f in found if f.source), key=lambda f: f.extent.end)
    ends = [f.extent.end for f in known]
    for speech in view.speeches:
        if speech.told or speech.dashed or not speech.begins or not _a_sentence(view, speech):
            continue
        behind = bisect_left(covered, speech.span.end, key=lambda span: span.start)
        if behind and reach[behind - 1] > speech.span.start:
            continue  # it is somebody's words already
        before = bisect_right(ends, speech.span.start)
        if not before:
            continue
        previous = known[before - 1]
        here, there = view.paragraph_at(speech.span.start), view.paragraph_at(previous.extent.end - 1)
        direct = previous.kind is AttributionKind.DIRECT
        if there == here or (
            there == here - 1 and direct and view.paragraphs[here].start == speech.span.start
        ):
            more = Found(
                previous.source, (), (speech.span,), "continued quotation", 0.8, AttributionKind.DIRECT
            )
            out.append(more)
            known.insert(before, more)
            ends.insert(before, more.extent.end)
    return out


def _a_sentence(view: View, speech: Speech) -> bool:
    """Whether a quotation is speech and not a name: four words with a verb, or a sentence's own end mark."""
    first, last = view.first_from(speech.span.start), view.first_from(speech.span.end)
    count = sum(view.tokens[i].pos != "PUNCT" for i in range(first, last))
    verb = any(view.tokens[i].pos in {"VERB", "AUX"} for i in range(first, last))
    return count >= 3 and verb and speech.span.of(view.text)[1:2].isupper()
