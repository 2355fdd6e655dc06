"""How surely one article rests on the other at all: a common source outside the pile is the alternative."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from twosource.model import MatchKind
from twosource.reuse.citing import Identity
from twosource.reuse.direction import Flow
from twosource.reuse.evidence import Columns
from twosource.reuse.relation import QUOTATIONS, RULES
from twosource.reuse.tokens import F64, I64, Bools

P_KIND = {
    MatchKind.REPRINT: 0.97,
    MatchKind.TRIMMED: 0.97,
    MatchKind.EDITED: 0.95,
    MatchKind.PASSAGE: 0.95,
    MatchKind.QUOTATION: 0.25,
    MatchKind.TEMPLATE: 0.02,
}
"""Most that it can be, by relation: a quotation may have been heard by both, a template is nobody's news."""
RARE = 60.0
"""Nats of rarity at which wording is 63 % sure to be no coincidence and no common phrase."""
P_BESIDE = 3.0
"""How many times likelier a quotation was copied where the two also share reporting in plenty."""
P_THIRD = 0.3
"""What is left where both credit one agency that is not in the pile: each may have it from there."""
P_ONE = 0.6
"""What is left where one of the two credits it: the other may have it from there without saying so."""
P_FARTHER = 0.5
"""What is left for an earlier text where a closer one explains the passage."""


def third_sources(identities: Sequence[Identity], c: Columns) -> dict[int, tuple[str, bool]]:
    """By row: an agency without an article of its own in the pile that both, or only one, of the two credit.

    The name, folded, and whether both do.
    """
    credited = {name for i in identities for name in i.agencies}
    unseen = frozenset(credited - {i.outlet for i in identities})
    found = {}
    own = [i.agencies & unseen for i in identities]
    credits_unseen = np.array([bool(names) for names in own], np.bool_)
    asked = (
        credits_unseen[c.a] | credits_unseen[c.b]
    ) & ~c.same_outlet  # a house that repeats itself needs no agency
    for row in np.flatnonzero(asked).tolist():
        of_a, of_b = own[c.a[row]], own[c.b[row]]
        both = of_a & of_b
        found[row] = (min(both or of_a | of_b), bool(both))
    return found


def copied(c: Columns, relation: I64, reported: Bools, flow: Flow, third: dict[int, tuple[str, bool]]) -> F64:
    """float64 (m,) in [0, 1]: the probability that one of the two passages rests on the other."""
    p: F64 = np.array([P_KIND[kind] for kind, _, _ in RULES])[relation] * (1 - np.exp(-c.rarity / RARE))
    if len(p):
        beside = np.bincount(c.pair, np.where(reported, c.rarity, 0.0))[c.pair]
        quoted = np.isin(relation, QUOTATIONS)
        p[quoted] *= (1 + (P_BESIDE - 1) * (1 - np.exp(-beside / RARE)))[quoted]
    p[flow.closer >= 0] *= P_FARTHER
    for row, (_, both) in third.items():
        p[row] *= P_THIRD if both else P_ONE
    return p
