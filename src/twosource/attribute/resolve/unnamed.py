"""Sources without a name, and where they were mentioned first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...language.analysis import Token
from ...model import SourceKind, Span
from ..phrase import Core
from ..staff import STAFF
from .who import Spoken, Who, floor_of

_OWN = frozenset({SourceKind.OUTLET, SourceKind.FIRST_HAND})


def without_name(
    found: Core, head: Token, span: Span, spoken: Sequence[Spoken], breaks: Sequence[int]
) -> Who:
    """Somebody without a name, and where they were mentioned first: "the official", after "a port official"."""
    if found.determiner in {"the", "this", "that", "these", "those", "both", "said"}:
        floor = floor_of(span.start, breaks)
        lemma = head.lemma.lower()
        for s in reversed(spoken):
            if floor <= s.at < span.start and s.noun == lemma and s.who.kind is SourceKind.UNNAMED:
                return replace(Who(), antecedent=s.span)
            if floor <= s.at < span.start and s.noun == lemma in STAFF and s.who.kind in _OWN:
                return Who(s.who.canonical, SourceKind.OUTLET)
    return Who(None, SourceKind.UNNAMED)
