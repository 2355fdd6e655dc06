"""What a source resolves to, and who has spoken so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ...model import SourceKind, Span


@dataclass(frozen=True, slots=True)
class Who:
    """What a source resolves to inside its article."""

    canonical: str | None = None
    kind: SourceKind = SourceKind.UNNAMED
    via: tuple[Span, ...] = ()
    via_name: str | None = None
    antecedent: Span | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Somebody who has spoken so far: where, who, and the noun that they were mentioned by."""

    at: int
    who: Who
    span: Span
    noun: str = ""
    one: bool = False  # a single person


_LOOK_BACK = 6  # paragraphs over which a pronoun or "the expert" may reach back


def floor_of(start: int, breaks: Sequence[int]) -> int:
    """How far back a pronoun or "the expert" may reach: the offset some paragraphs before `start`."""
    k = bisect_left(breaks, start)
    return breaks[k - _LOOK_BACK] if k >= _LOOK_BACK else 0


def outlet_before(spoken: Sequence[Spoken], start: int) -> str | None:
    """The outlet that was named last, as speaker or as the one who was told."""
    for s in reversed(spoken):
        if s.at < start and s.who.kind is SourceKind.OUTLET:
            return s.who.canonical
        if s.at < start and s.who.via_name is not None:
            return s.who.via_name
    return None
