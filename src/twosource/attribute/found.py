"""What a finder hands over: the one seam through which rules, learned finders and languages deliver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from ..language.analysis import Analysis
from ..model import Article, AttributionKind, Span


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution as a finder sees it, before nesting, resolution and firmness.

    `source`, `cue` and `content` are spans of the article's text in reading order; `content` is never
    empty. `source` is empty where the text names none ("it was reported"), `cue` where a quotation goes on
    without one; such a quotation carries the source span that it inherits. `kind` None leaves the kind to
    the quotation marks in the content. `rule` names the rule or the model: the reason for its being here.
    `score` in [0, 1] is the probability that the text makes this attribution. `within` is a cue span of
    the attribution that this one is nested in, where the words show it and containment does not ("Reuters
    reported, citing two people"). `via` says where it was said or who relayed it ("in an interview with X").
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    rule: str
    score: float = 1.0
    kind: AttributionKind | None = None
    within: Span | None = None
    via: tuple[Span, ...] = ()

    @property
    def start(self) -> int:
        """Where its first word stands."""
        return min(span.start for span in (*self.source, *self.cue, *self.content))

    @property
    def extent(self) -> Span:
        """From the first of its cue and content to the last; the source may stand paragraphs away."""
        spans = (*self.cue, *self.content)
        return Span(min(s.start for s in spans), max(s.end for s in spans))


View = TypeVar("View")


def by_rules(view: View, rules: Iterable[Callable[[View], Iterator[Found]]]) -> list[Found]:
    """What the rules find, tried in their order: a cue belongs to the first rule that takes it."""
    taken: set[int] = set()  # characters that belong to a cue
    out: list[Found] = []
    for rule in rules:
        for found in rule(view):
            covered = {at for span in found.cue for at in range(span.start, span.end)}
            if taken.isdisjoint(covered):
                taken |= covered
                out.append(found)
    return out


Finder = Callable[[Article, Analysis], tuple[Found, ...]]
"""Every finder has this shape: `english.find`, `russian.find`, `learned.find`."""
