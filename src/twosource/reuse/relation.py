"""What relation the shared wording shows: small rules in one ordered list, the first that holds decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from twosource.model import MatchKind
from twosource.reuse.align import RARITY, Passages
from twosource.reuse.compiled import compiled
from twosource.reuse.evidence import CARRIERS, KIN, MOST_OCCASIONS, OCCASION, PHRASE, Columns, over_pairs
from twosource.reuse.tokens import F64, I64, Bools

Rule = Callable[[Columns], Bools]

WHOLE = 0.9
"""Share of an article's words from which the passages of a pair make up the whole of it."""
MOST = 0.7
"""Share of an article's words from which it is a trimmed reprint, with a few lines of its own."""
VERBATIM = 0.95
"""Share of aligned words from which a passage counts as unedited."""
HARDLY_EDITED = 0.9
"""Share of aligned words over all passages of a pair from which each of them may still count as unedited."""
OF_A_STORY = 0.2
"""Share of a wording's matches between articles on one story from which it belongs to that story."""


def _cover(c: Columns) -> F64:
    return np.maximum(c.cover_a, c.cover_b)


def in_furniture(c: Columns) -> Bools:
    """It lies in a credit, a byline or boilerplate, as the reader marked it."""
    return c.furniture >= 0.5


def common_phrase(c: Columns) -> Bools:
    """So many articles of this pile have the words that sharing them says nothing."""
    return c.rarity < RARITY


def stray_phrase(c: Columns) -> Bools:
    """A few words, in articles that tell different stories and share little else."""
    little = (_cover(c) < 0.3) | (c.pair_rarity < PHRASE)
    return (c.rarity < PHRASE) & little & (c.kinship < KIN)


def house_formula(c: Columns) -> Bools:
    """One outlet repeats it in articles on different stories: a few words, or more in three articles or more."""
    often = (c.carriers >= 3) | (c.rarity < PHRASE)
    return c.same_outlet & often & (_cover(c) < 0.5) & (c.storied < OF_A_STORY)


def edge_formula(c: Columns) -> Bools:
    """One outlet opens or closes its articles with it: a few words, or more in three articles or more."""
    few = (_cover(c) < 0.3) & (c.rarity < PHRASE)
    often = (_cover(c) < 0.9) & (c.carriers >= 3) & (c.kinship < KIN)
    return c.same_outlet & c.at_edge & (few | often)


def common_formula(c: Columns) -> Bools:
    """Many articles on different stories have it."""
    return (c.carriers >= CARRIERS) & (_cover(c) < 0.5) & (c.storied < OF_A_STORY)


def standing_wording(c: Columns) -> Bools:
    """It was published on three occasions or more, days apart, and is a small part of the articles, or a few words."""
    few = (c.rarity < 2 * PHRASE) & (_cover(c) < WHOLE)
    return (c.occasions >= MOST_OCCASIONS) & (few | (_cover(c) < 0.5))


def phrase_days_apart(c: Columns) -> Bools:
    """A few words, in articles that share little else and were published days apart."""
    little = (_cover(c) < 0.3) | (c.pair_rarity < PHRASE)
    return (c.rarity < PHRASE) & little & (c.apart >= OCCASION)


def shared_quotation(c: Columns) -> Bools:
    """What is shared stands in quotation marks in both; who says it may be put in different words."""
    quoted = np.minimum(c.quoted_a * c.words_a, c.quoted_b * c.words_b)
    all_of_it = (c.quoted_a >= 0.8) & (c.quoted_b >= 0.8)
    but_the_tag = (np.minimum(c.quoted_a, c.quoted_b) >= 0.5) & (quoted >= 0.8 * _aligned(c))
    return (all_of_it | but_the_tag) & (_cover(c) < 0.5)


def _aligned(c: Columns) -> F64:
    words: F64 = c.similarity * (c.words_a + c.words_b) / 2
    return words


def whole_of_both(c: Columns) -> Bools:
    """The shared passages make up both articles, unedited."""
    alike = over_pairs(c.pair, _aligned(c)) / np.maximum(over_pairs(c.pair, (c.words_a + c.words_b) / 2), 1)
    return (np.minimum(c.cover_a, c.cover_b) >= WHOLE) & (alike >= VERBATIM)


def most_of_one_unedited(c: Columns) -> Bools:
    """It is part of what makes up most of one article: the other's words, some left out, none or hardly any changed."""
    shorter = np.minimum(c.words_a, c.words_b).astype(np.float64)
    kept = _aligned(c) / np.maximum(shorter, 1)
    kept_of_all = over_pairs(c.pair, _aligned(c)) / np.maximum(over_pairs(c.pair, shorter), 1)
    return (_cover(c) >= MOST) & (kept >= VERBATIM) & (kept_of_all >= HARDLY_EDITED)


def most_of_one(c: Columns) -> Bools:
    """The shared passages make up half of one article or more, with edits, and are more than a phrase."""
    return (_cover(c) >= 0.5) & (c.pair_rarity >= PHRASE)


def anything(c: Columns) -> Bools:
    """Part of both."""
    return np.ones(len(c.a), np.bool_)


RULES: tuple[tuple[MatchKind, Rule, str], ...] = (
    (MatchKind.TEMPLATE, in_furniture, "lies in a credit or boilerplate"),
    (MatchKind.TEMPLATE, common_phrase, "too common in this pile to say anything"),
    (MatchKind.QUOTATION, shared_quotation, "in quotation marks in both, little else is shared"),
    (MatchKind.TEMPLATE, house_formula, "the outlet repeats it in different stories"),
    (MatchKind.TEMPLATE, edge_formula, "the outlet opens or closes its articles with it"),
    (MatchKind.TEMPLATE, common_formula, "many articles on different stories have it"),
    (MatchKind.TEMPLATE, standing_wording, "published again and again, days apart"),
    (MatchKind.TEMPLATE, stray_phrase, "a phrase, in articles on different stories"),
    (MatchKind.TEMPLATE, phrase_days_apart, "a phrase, in articles days apart"),
    (MatchKind.REPRINT, whole_of_both, "nearly all of both articles, unedited"),
    (
        MatchKind.TRIMMED,
        most_of_one_unedited,
        "most of one article: the other with words left out, none changed",
    ),
    (MatchKind.EDITED, most_of_one, "at least half of one article, with edits or cuts"),
    (MatchKind.PASSAGE, anything, "part of both articles"),
)
TEMPLATES = [number for number, (kind, _, _) in enumerate(RULES) if kind is MatchKind.TEMPLATE]
QUOTATIONS = [number for number, (kind, _, _) in enumerate(RULES) if kind is MatchKind.QUOTATION]


@compiled
def best_explained(child: I64, order: I64, start: I64, end: I64, out: I64) -> None:
    """For each match: the row of another that explains the same passage of `child` better, if there is one.

    `order`: the rows looked at, those of one child together, the better first.
    """
    i = 0
    while i < len(order):
        j = i
        while j < len(order) and child[order[j]] == child[order[i]]:
            j += 1
        for k in range(i, j):
            row = order[k]
            for m in range(i, k):
                other = order[m]
                if 2 * (min(end[row], end[other]) - max(start[row], start[other])) >= end[row] - start[row]:
                    out[row] = other
                    break
        i = j


def once_each(c: Columns, relation: I64, found: Passages) -> Bools:
    """Which matches to show: of a common phrase only one link for every article that has it, to the fullest text.

    All of everything else is kept, and nothing is hidden: the carriers of the phrase stay linked.
    """
    templates = np.flatnonzero(np.isin(relation, TEMPLATES) & (c.rarity < 2 * RARITY))
    fuller = np.full(len(c.a), -1, np.int64)
    order = templates[np.lexsort((c.a[templates], -found.aligned[templates], c.b[templates]))]
    best_explained(c.b, order, found.b_start, found.b_end, fuller)
    return fuller < 0


def relations(c: Columns) -> I64:
    """int64 (m,): for each match, the number of the first rule of RULES that holds.

    Asked twice, where a pair has both: what has turned out to be a template does not count when it is asked how much
    of an article the passages of its pair make up.
    """
    first = _first_rule(c)
    genuine = ~np.isin(first, TEMPLATES)
    has_template = np.zeros(int(c.pair.max(initial=-1)) + 1, np.bool_)
    has_template[c.pair[~genuine]] = True
    again = genuine & has_template[c.pair]
    if not again.any():
        return first
    rest = c.keep(again)
    first[again] = _first_rule(
        replace(
            rest,
            cover_a=over_pairs(rest.pair, rest.share_a, most=1.0),
            cover_b=over_pairs(rest.pair, rest.share_b, most=1.0),
            pair_rarity=over_pairs(rest.pair, rest.rarity),
        )
    )
    return first


def _first_rule(c: Columns) -> I64:
    with np.errstate(invalid="ignore"):  # a kinship that was not asked for is NaN and below nothing
        return np.select([rule(c) for _, rule, _ in RULES], list(range(len(RULES)))).astype(np.int64)
