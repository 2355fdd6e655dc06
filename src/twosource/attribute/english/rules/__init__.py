"""The rules for English, in the order in which they are tried.

Each rule is a small function from a `View` to what it finds. A cue belongs to the first rule that finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...found import Found
from ..view import View
from .according import according_to, as_outlet_reported, as_outlet_verb_lost, as_reported
from .clauses import clause_of_cue, parenthetical_cue
from .evidence import evidence_published, evidence_shown
from .first_hand import first_hand
from .intentions import intention, telling
from .nouns import claim_noun, stance_noun
from .opinions import attitude, judgement, naming, speaking_of
from .quotations import introduced_quotation, quotation_with_cue
from .relays import citing
from .translated import as_verb_first, dash_and_speaker, lead, trailing_outlet, trailing_verb
from .uncommaed import trailing_verb_without_comma
from .without_source import without_source

Rule = Callable[[View], Iterator[Found]]
RULES: tuple[Rule, ...] = (
    dash_and_speaker,
    trailing_outlet,
    quotation_with_cue,
    introduced_quotation,
    lead,
    as_verb_first,
    according_to,
    as_outlet_reported,
    as_reported,
    as_outlet_verb_lost,
    evidence_shown,
    evidence_published,
    citing,
    first_hand,
    naming,
    trailing_verb_without_comma,
    clause_of_cue,
    parenthetical_cue,
    trailing_verb,
    telling,
    intention,
    speaking_of,
    attitude,
    claim_noun,
    stance_noun,
    judgement,
    without_source,
)
"""Every rule, in order: the quotation's structure first, then fixed phrases, then clauses, then nouns."""
