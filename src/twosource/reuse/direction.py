"""Which way a passage went, and how surely.

Explicit credit decides first, then the clock, as exactly as it is known, then centrality in the family of
copies (the text that agrees most with all the others is the likeliest parent). Of several earlier articles
that have a passage, the closest in wording is the parent; the earliest or the longest need not be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from twosource.model import Article
from twosource.reuse.align import Passages
from twosource.reuse.citing import Citing, Identity, agencies_of, citing
from twosource.reuse.clocks import DAY, HOUR, Clocks
from twosource.reuse.evidence import Columns, over_pairs
from twosource.reuse.relation import best_explained
from twosource.reuse.seeds import COMMON
from twosource.reuse.tokens import F64, I64, Bools

CLOSE = 600.0
"""Seconds below which two clocks hardly order two articles: those of outlets and feeds differ by as much."""
SUREST = 0.99
"""Most that a clock can say."""
FAR, NEAR, ANY = 1.25, 1.05, 1.0001
"""How many times the agreement of the other an article needs, to be clearly, rather, or hardly the centre of a family."""


def by_citing(
    articles: Sequence[Article], identities: Sequence[Identity], named: frozenset[tuple[int, str]], c: Columns
) -> tuple[I64, I64]:
    """Per match: how firmly b names a, and a names b, as what it rests on (values of Citing).

    `named`: which article's text may hold which outlet's or agency's name.
    """
    names = [(x.outlet, *agencies_of(x)) for x in articles]
    forward, backward = np.zeros(len(c.a), np.int64), np.zeros(len(c.a), np.int64)
    speaks = np.array([i.cites for i in identities], np.bool_)
    speaks[[number for number, _ in named]] = True
    begins = np.flatnonzero(np.diff(c.pair, prepend=-1))
    ends = np.append(begins[1:], len(c.a))
    for k in np.flatnonzero(speaks[c.a[begins]] | speaks[c.b[begins]]).tolist():
        rows = slice(begins[k], ends[k])
        a, b = int(c.a[begins[k]]), int(c.b[begins[k]])
        for child, parent, column in ((b, a, forward), (a, b, backward)):
            if speaks[child]:
                mentioned = any((child, name) in named for name in names[parent])
                column[rows] = citing(
                    articles[child], identities[child], articles[parent], identities[parent], mentioned
                )
    return forward, backward


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules of direction look at, one row per match.

    `forward`, `backward` int64: how firmly b names a, and a names b (values of Citing). `earliest`, `latest`
    float64 (2, m): publication of a and of b. `rest` float64 (2, m): aligned words that a, and that b, shares
    with the other members of the family.
    """

    forward: I64
    backward: I64
    earliest: F64
    latest: F64
    rest: F64

    def keep(self, rows: I64 | Bools) -> Known:
        """What is known of the rows of a mask, or of row numbers, in that order."""
        return Known(*(getattr(self, f.name)[..., rows] for f in fields(self)))


def known(c: Columns, cited: tuple[I64, I64], times: Clocks, reported: Bools) -> Known:
    """The grounds for direction; `reported` marks the matches that are neither template nor quotation.

    Centrality rests on those alone: who quotes a third source most fully is nobody's parent for that.
    """
    words = np.where(reported & (c.carriers <= COMMON), _agreement(c), 0.0)
    n = len(times.earliest)
    total = np.bincount(c.a, words, n) + np.bincount(c.b, words, n)
    between = np.bincount(c.pair, words)[c.pair] if len(c.pair) else words
    both = np.stack((c.a, c.b))
    rest = np.where(reported, np.maximum(total[both] - between, 0.0), 0.0)
    return Known(*cited, times.earliest[both], times.latest[both], rest)


def _agreement(c: Columns) -> F64:
    """Aligned words of each passage, less for every word that differs."""
    words: F64 = c.similarity * np.minimum(c.words_a, c.words_b)
    return words


Sides = tuple[Bools, Bools]
Rule = Callable[[Known], Sides]


def _citing(k: Known, level: Citing) -> Sides:
    return (k.forward >= level) & (k.backward < level), (k.backward >= level) & (k.forward < level)


def article_linked(k: Known) -> Sides:
    """One links to the very other, or says that it is based on it."""
    return _citing(k, Citing.ARTICLE)


def outlet_credited(k: Known) -> Sides:
    """One credits the other's outlet, or links to it."""
    return _citing(k, Citing.OUTLET)


def outlet_named(k: Known) -> Sides:
    """One names the other's outlet beside a reporting word ("as TASS reported")."""
    return _citing(k, Citing.IN_TEXT)


def agency_named(k: Known) -> Sides:
    """Clocks do not tell; one names the agency that the other credits, whose text the other may be."""
    return _citing(k, Citing.AGENCY)


def _apart(k: Known) -> tuple[F64, F64]:
    """Seconds for which surely only a was out, and for which surely only b was; negative or NaN if neither."""
    return k.earliest[1] - k.latest[0], k.earliest[0] - k.latest[1]


def _exact(k: Known) -> Bools:
    return np.asarray(np.max(k.latest - k.earliest, axis=0) < HOUR)


def clearly_later(k: Known) -> Sides:
    """Clocks are exact and ten minutes or more apart."""
    a_first, b_first = _apart(k)
    return _exact(k) & (a_first >= CLOSE), _exact(k) & (b_first >= CLOSE)


def just_later(k: Known) -> Sides:
    """Clocks are exact and a few minutes apart."""
    a_first, b_first = _apart(k)
    return _exact(k) & (a_first >= 0), _exact(k) & (b_first >= 0)


def on_a_later_day(k: Known) -> Sides:
    """A clock is exact to the day, month or year only, and the two do not overlap."""
    a_first, b_first = _apart(k)
    return a_first >= 0, b_first >= 0


def _central(k: Known, times: float) -> Sides:
    rest_a, rest_b = k.rest
    return (rest_b > 0) & (rest_a >= times * rest_b), (rest_a > 0) & (rest_b >= times * rest_a)


def clearly_central(k: Known) -> Sides:
    """Clocks do not tell; one agrees far more with the rest of the family of copies."""
    return _central(k, FAR)


def rather_central(k: Known) -> Sides:
    """Clocks do not tell; one agrees somewhat more with the rest of the family of copies."""
    return _central(k, NEAR)


def hardly_central(k: Known) -> Sides:
    """Clocks do not tell; one agrees hardly more with the rest of the family of copies."""
    return _central(k, ANY)


Chance = Callable[[Known], F64]


def always(p: float) -> Chance:
    """The same probability, whatever else is known."""

    def chance(k: Known) -> F64:
        return np.full(len(k.forward), p)

    return chance


def _by_gap(k: Known, base: float, a_day: float) -> F64:
    gap = np.fmax(*_apart(k)) / DAY
    p: F64 = np.minimum(np.round(1 / (1 + np.exp(-(base + a_day * gap))), 4), SUREST)
    return p


def by_hours_between(k: Known) -> F64:
    """Exact clocks: .90 minutes apart, .97 half a day, .99 a day."""
    return _by_gap(k, 2.16, 2.53)


def by_days_between(k: Known) -> F64:
    """Dates: .97 on the next day, .99 with a day in between."""
    return _by_gap(k, 3.58, 1.93)


RULES: tuple[tuple[Rule, Chance, str], ...] = (
    (article_linked, always(0.98), "links to the very article"),
    (outlet_credited, always(0.95), "credits or links to its outlet"),
    (outlet_named, always(0.9), "names its outlet as the source"),
    (clearly_later, by_hours_between, "published later"),
    (just_later, by_hours_between, "published later, by minutes only"),
    (on_a_later_day, by_days_between, "published on a later day"),
    (agency_named, always(0.8), "clocks do not tell; names the agency that the other credits"),
    (
        clearly_central,
        always(0.6),
        "clocks do not tell; the other agrees far more with the rest of the family",
    ),
    (rather_central, always(0.64), "clocks do not tell; the other agrees more with the rest of the family"),
    (
        hardly_central,
        always(0.63),
        "clocks do not tell; the other agrees hardly more with the rest of the family",
    ),
)
"""Rule, probability that the direction it states is the true one, and the reason as it is shown. The first rule
that speaks for one side only decides. The probabilities of clocks, dates and centrality are fitted on planted
families (`benchmarks/reuse_direction.py --fit`): one clock in four wrong by hours; some families retold at random,
where the centre is the parent, some growing, where it is the fuller child, so many of each that centrality is right as
often as in what was read in real piles, which is not even two times in three, however central. Those of credits are
judgement."""
UNTOLD = "nothing tells which was first"
NO_WAY = "a template comes from neither"


@dataclass(frozen=True, slots=True)
class Flow:
    """One row per match.

    `way` int64: 1 when b rests on a, -1 when a rests on b, 0 undirected. `p` float64 in [0.5, 1]. `rule`
    int64: the number of the rule that decided; len(RULES) if none, one more for a template. `closer` int64: the row of a closer
    earlier text for the same passage, -1 if there is none.
    """

    way: I64
    p: F64
    rule: I64
    closer: I64


def flows(c: Columns, k: Known, genuine: Bools, found: Passages) -> Flow:
    """Direction of every match that is `genuine`, no template, and whether a closer text than its parent has the passage."""
    size = len(c.a)
    way, p = np.zeros(size, np.int64), np.full(size, 0.5)
    rule = np.where(genuine, len(RULES), len(RULES) + 1)
    left = np.flatnonzero(genuine)
    rest = k.keep(left)
    with np.errstate(invalid="ignore"):  # an unknown clock is NaN, and before nothing
        for number, (holds, chance, _) in enumerate(RULES):
            forward, backward = holds(rest)
            decides = forward != backward
            if decides.any():
                rows = left[decides]
                way[rows], rule[rows] = np.where(forward[decides], 1, -1), number
                p[rows] = chance(rest)[decides]
                left, rest = left[~decides], rest.keep(~decides)

    closer = np.full(size, -1, np.int64)
    rows = np.flatnonzero(way != 0)
    child = np.where(way > 0, c.b, c.a)
    start, end = np.where(way > 0, found.b_start, found.a_start), np.where(way > 0, found.b_end, found.a_end)
    parent = np.where(way > 0, c.a, c.b)
    stated = np.where(way > 0, k.forward, k.backward)
    when = np.nan_to_num(np.where(way > 0, k.earliest[0], k.earliest[1]), nan=-np.inf)
    agreement = np.round(
        over_pairs(c.pair, _agreement(c)), 6
    )  # a copy has all it takes from one text, mostly
    best_first = (parent[rows], -when[rows], -agreement[rows], -stated[rows], child[rows])
    best_explained(child, rows[np.lexsort(best_first)], start, end, closer)
    return Flow(way, p, rule, closer)
