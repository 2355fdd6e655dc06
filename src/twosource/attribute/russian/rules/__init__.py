"""The Russian rules, each a small function from the view to what it finds, in one visible ordered list (`RULES`).

A cue belongs to the first rule that takes it, so the list runs from the plainest marks to the loosest words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...found import Found
from ..view import View
from .brackets import as_reported, by_words
from .clauses import clause, noun_clause
from .phrases import about, infinitive, judged, shown
from .speech import after_speech, before_bare_colon, before_colon, narrator_inside
from .trailing import about_this, trailing

__all__ = ["RULES", "Rule"]
Rule = Callable[[View], Iterator[Found]]
RULES: tuple[Rule, ...] = (
    narrator_inside,
    after_speech,
    before_colon,
    before_bare_colon,
    as_reported,
    by_words,
    clause,
    noun_clause,
    about_this,
    trailing,
    about,
    infinitive,
    judged,
    shown,
)
"""Every rule, in the order in which they are asked."""
