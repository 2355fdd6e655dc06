"""What relation the shared wording shows: small rules in one ordered list, the first that holds decides."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from twosource.model import MatchKind
from twosource.reuse.evidence import CARRIERS, Columns
from twosource.reuse.tokens import I64, Bools

Rule = Callable[[Columns], Bools]

WHOLE = 0.9
"""Share of an article's words from which the passages of a pair make up the whole of it."""
VERBATIM = 0.95
"""Share of aligned words from which a passage counts as unedited."""
KIN = 0.12
"""Kinship below which two articles tell different stories."""


def in_furniture(c: Columns) -> Bools:
    """It lies in a credit, a byline or boilerplate, as the reader marked it."""
    return c.furniture >= 0.5


def house_formula(c: Columns) -> Bools:
    """One outlet repeats it in articles on different stories."""
    return c.same_outlet & (np.maximum(c.cover_a, c.cover_b) < 0.5) & (c.kinship < KIN)


def common_formula(c: Columns) -> Bools:
    """Many articles on different stories have it."""
    return (c.carriers >= CARRIERS) & (np.maximum(c.cover_a, c.cover_b) < 0.5) & (c.kinship < KIN)


def shared_quotation(c: Columns) -> Bools:
    """Its words stand in quotation marks in both, and little else is shared."""
    return (c.quoted_a >= 0.8) & (c.quoted_b >= 0.8) & (np.maximum(c.cover_a, c.cover_b) < 0.5)


def whole_of_both(c: Columns) -> Bools:
    """It makes up both articles, unedited."""
    return (np.minimum(c.cover_a, c.cover_b) >= WHOLE) & (c.similarity >= VERBATIM)


def whole_of_one(c: Columns) -> Bools:
    """It makes up one article, unedited, and part of the other."""
    return (np.maximum(c.cover_a, c.cover_b) >= WHOLE) & (c.similarity >= VERBATIM)


def most_of_one(c: Columns) -> Bools:
    """The shared passages make up half of one article or more, with edits."""
    return np.maximum(c.cover_a, c.cover_b) >= 0.5


def anything(c: Columns) -> Bools:
    """Part of both."""
    return np.ones(len(c.a), np.bool_)


RULES: tuple[tuple[MatchKind, Rule, str], ...] = (
    (MatchKind.TEMPLATE, in_furniture, "lies in a credit or boilerplate"),
    (MatchKind.TEMPLATE, house_formula, "the outlet repeats it in different stories"),
    (MatchKind.TEMPLATE, common_formula, "many articles on different stories have it"),
    (MatchKind.QUOTATION, shared_quotation, "in quotation marks in both, little else is shared"),
    (MatchKind.REPRINT, whole_of_both, "nearly all of both articles, unedited"),
    (MatchKind.TRIMMED, whole_of_one, "nearly all of one article, unedited, and part of the other"),
    (MatchKind.EDITED, most_of_one, "at least half of one article, with edits or cuts"),
    (MatchKind.PASSAGE, anything, "part of both articles"),
)
TEMPLATES = [number for number, (kind, _, _) in enumerate(RULES) if kind is MatchKind.TEMPLATE]


def relations(c: Columns) -> I64:
    """int64 (m,): for each match, the number of the first rule of RULES that holds."""
    with np.errstate(invalid="ignore"):  # a kinship that was not asked for is NaN and below nothing
        return np.select([rule(c) for _, rule, _ in RULES], list(range(len(RULES)))).astype(np.int64)
