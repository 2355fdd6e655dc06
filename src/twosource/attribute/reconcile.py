"""Two finders, one answer: what the rules and the learned finder saw, brought together.

The learned finder knows more cues and hits their spans better; the rules know how quotations are built, what
stands inside what, and the forms that are too rare to learn. So, in this order:

1. where both saw a cue, the content is the learned one, save that a rule of quotation adds what stands in its
   marks and a sure form knows its own; the source is the learned one, in the rule's bounds where they mean the
   same words;
2. what only the learned finder saw is kept: it comes with its own threshold;
3. what only the rules saw is kept where it stands inside another content that is kept (the learned finder reads
   only the outermost layer), or where its content is not yet covered and its rule is one of form, or a named speaker says
   something in so many words ("said", "told").

Measured on articles that neither was made on; see the attribution page of the documentation.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from ..model import Span
from .found import Found
from .lexicon import lexicon

QUOTATION_RULES = frozenset({"quotation with cue", "introduced quotation", "continued quotation"})
"""Rules that follow quotation marks."""

SURE_RULES = frozenset(
    {
        "as reported",
        "as the outlet, verb lost",
        "evidence shown",
        "evidence published",
        "citing",
        "first-hand",
        "dash and speaker",
        "translated lead",
        "as, verb first",
        "trailing verb",
        "according to",
        "claim noun",
        "introduced quotation",
    }
)
"""Forms too rare to be learned, or plain to see: their source and content stand."""

FORM_RULES = QUOTATION_RULES | SURE_RULES | {"parenthetical cue"}
"""Rules whose content stands, with or without the learned finder's consent: they know where it ends."""

SAID = lexicon("said says told tells announced reported stated")
"""Cues of which nothing has to be learned: whoever "said in a statement that …" is a source."""

_COVERED = 0.5  # share of a content that may lie in learned contents before it counts as seen already
_SAME = 0.5  # overlap from which two sources are the same words


def reconcile(text: str, rules: Sequence[Found], learned: Sequence[Found]) -> tuple[Found, ...]:
    """One list, in text order, with at most one attribution to a cue."""
    cues = _Index((span, k) for k, f in enumerate(learned) for span in f.cue)
    contents = _Index((span, k) for k, f in enumerate(learned) for span in f.content)
    consent: dict[int, Found] = {}
    alone: list[Found] = []
    left: list[Found] = []
    for rule in rules:
        k = next((k for span in rule.cue for _, k in cues.touching(span)), None)
        if k is not None:
            consent.setdefault(k, rule)
        elif contents.holds(rule) or (
            (rule.rule in FORM_RULES or _plainly_said(text, rule)) and contents.share(rule) < _COVERED
        ):
            alone.append(rule)
        else:
            left.append(rule)
    inner = _Index((span, k) for k, f in enumerate(alone) for span in f.content)
    alone += [rule for rule in left if inner.holds(rule)]
    both = [_both(text, found, consent.get(k)) for k, found in enumerate(learned)]
    # A quotation that goes on takes the source that its beginning came out with.
    final = {rule.source: both[k].source for k, rule in consent.items()}
    alone = [f if f.cue else replace(f, source=final.get(f.source, f.source)) for f in alone]
    return tuple(sorted((*alone, *both), key=lambda f: (f.extent, f.rule)))


def _both(text: str, learned: Found, rule: Found | None) -> Found:
    """One attribution from two views of it; the rule that agrees adds its name and its hints."""
    content = tuple(with_marks(text, span) for span in learned.content)
    if rule is None:
        return replace(learned, content=content)
    if _cuts(rule, learned):
        return replace(learned, content=content)
    ruled = (
        not learned.source
        or rule.rule in SURE_RULES
        or _overlap(rule.source, learned.source) > _SAME
        or _stops_at_who(text, rule, learned)
    )
    broken = any(s.overlaps(c) for s in rule.source for c in content)
    if rule.rule in QUOTATION_RULES:  # with what the cue reports beside the marks
        more = (c for c in content if not any(c.overlaps(r) for r in rule.content))
        content = tuple(sorted((*rule.content, *more)))
    elif broken or rule.rule in SURE_RULES:
        content = rule.content
    return replace(
        rule,
        source=rule.source if ruled and rule.source else learned.source,
        cue=learned.cue,
        content=content,
        rule=f"{rule.rule}, {learned.rule}",
        score=max(rule.score, learned.score),
    )


def _plainly_said(text: str, rule: Found) -> bool:
    """Whether somebody says a whole clause by one of the plainest verbs."""
    if rule.rule != "clause of cue" or not rule.source:
        return False
    return any(text[span.start : span.end].lower() in SAID for span in rule.cue)


def _cuts(rule: Found, learned: Found) -> bool:
    """Whether the rule takes the first words of the learned source for content: "..., fire | chief Ann Ray said"."""
    if not (rule.source and learned.source):
        return False
    whole = learned.source[0]
    return whole.contains(rule.source[0]) and any(c.overlaps(whole) for c in rule.content)


def _stops_at_who(text: str, rule: Found, learned: Found) -> bool:
    """Whether the learned source breaks off in the rule's: "A port official who | asked not to be named"."""
    if not rule.source or not rule.source[0].contains(learned.source[0]):
        return False
    span = learned.source[0]
    return text[span.start : span.end].lower().endswith((" who", " which", " that"))


def _overlap(a: Sequence[Span], b: Sequence[Span]) -> float:
    """Shared characters over all characters, in [0, 1]."""
    shared = sum(x.shared(y) for x in a for y in b)
    total = sum(s.end - s.start for s in (*a, *b)) - shared
    return shared / total if total else 0.0


def with_marks(text: str, span: Span) -> Span:
    """The span with the quotation marks that stand right at its edges, a comma or full stop between allowed."""
    start, end = span
    while start and text[start - 1] in _OPENERS and start > span.start - 2:
        start -= 1
    for k in range(end, min(len(text), end + 3)):
        if text[k] in _CLOSERS and any(mark in _OPENERS for mark in text[start:end]):
            end = k + 1
        elif text[k] not in ",.!?":
            break
    return Span(start, end)


_OPENERS = frozenset("\"“”„«»‹'‘`「『")
_CLOSERS = frozenset("\"”“»«›'’」』")


class _Index:
    """Spans in order, to look up those that touch another in logarithmic time and a few steps."""

    def __init__(self, spans: Iterable[tuple[Span, int]]) -> None:
        self.spans = sorted(spans)
        self.reach = list(accumulate((span.end for span, _ in self.spans), max, initial=0))

    def touching(self, span: Span) -> list[tuple[Span, int]]:
        """The spans that share a character with this one, at most the last few dozen that could."""
        at = bisect_left(self.spans, (Span(span.end, 0), -1))
        out: list[tuple[Span, int]] = []
        while at and self.reach[at] > span.start and len(out) < _MOST:
            at -= 1
            if self.spans[at][0].overlaps(span):
                out.append(self.spans[at])
        return out

    def holds(self, found: Found) -> bool:
        """Whether one span holds the find's cue, or its content where it has none."""
        anchor = found.cue[0] if found.cue else found.content[0]
        return any(span.contains(anchor) for span, _ in self.touching(anchor))

    def share(self, found: Found) -> float:
        """The share of the find's content that lies in the spans, in [0, 1]."""
        total = sum(s.end - s.start for s in found.content)
        return min(1.0, sum(s.shared(c) for s in found.content for c, _ in self.touching(s)) / total)


_MOST = 64
