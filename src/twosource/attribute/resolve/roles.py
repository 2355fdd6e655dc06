"""As in "the minister", "the expert": the named person of that role."""

from __future__ import annotations

from collections.abc import Sequence

from ...language.analysis import Token
from ...model import SourceKind, Span
from ..lexicon import lexicon
from .cast import Cast
from .vocabulary import NEW
from .who import Spoken, Who, floor_of

_VAGUE = lexicon("official officer leader manager member source activist")
"""Roles that so many have that the last speaker need not be meant."""


def by_role(
    cast: Cast,
    tokens: Sequence[Token],
    lemma: str,
    span: Span,
    spoken: Sequence[Spoken],
    breaks: Sequence[int],
) -> Who | None:
    """As in "The minister", "the expert": the named person of that role, else the person who spoke last.

    Not for "a minister", "one expert": those are somebody new.
    """
    first = tokens[0].text.lower()
    if first in NEW:
        return None
    floor = floor_of(span.start, breaks)
    near = [s for s in spoken if floor <= s.at < span.start]
    unnamed = next((s for s in reversed(near) if s.noun == lemma and s.who.kind is SourceKind.UNNAMED), None)
    for at, key in reversed(cast.mentions):
        if at < span.start and lemma in cast.people[key].roles:
            if unnamed is not None and unnamed.at > at:
                break
            return Who(cast.people[key].name, SourceKind.PERSON)
    if unnamed is not None:
        return Who(None, SourceKind.UNNAMED, antecedent=unnamed.span)
    if lemma in _VAGUE:
        return None
    if first in {"the", "this", lemma} or tokens[0].pos in {"ADJ", "NOUN"}:
        last = near[-1] if near else None
        if last is not None and last.who.kind is SourceKind.PERSON and _bare(tokens):
            return Who(last.who.canonical, SourceKind.PERSON)
    return None


def _bare(tokens: Sequence[Token]) -> bool:
    """Whether a role stands alone or with one adjective: "the expert", not "the head of the harbour police"."""
    return len(tokens) <= 3
