"""A pile of statements under comparison: copies taken as one, candidate pairs, and what was found of each."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import MatchKind, PassageMatch, Span, Statement
from .candidates import candidates
from .compare import USUAL, Comparison, Two, Verdict, compare_profiles, hopeless, other_event
from .facing import facing
from .judged import UNDECIDED, Constraints
from .profile import Context, Profile, context_of, profile, words_of
from .together import Read, Words

MOST_CHECKED = 8  # members of each side that two large groups are compared on
MOST_REASONS = 5
_REST = 5  # statements that the rest of an article is measured by
_COPY_LEAD = 0.1  # of a statement and its copy
_LONGEST = 400  # statements of one article that are looked at
_AT_ONCE = 2048  # pairs that are measured in one product, or read in one go
_LEAST = 0.05  # probability of one frame from which a pair is looked at further
_READ = 0.03  # and from which it is read: of what lies below, hardly anything is one claim
MOST_READ = 8  # pairs of a statement that are read, the likeliest first: in a dense pile it has dozens


class Outcome(NamedTuple):
    """What is kept of a comparison; `polar`: one affirms what the other denies, however likely that they meet."""

    probability: float
    frame: float
    relation: Verdict
    polar: bool

    @classmethod
    def of(cls, made: Comparison) -> Outcome:
        """The outcome without its reasons."""
        polar = bool(made.evidence) and made.evidence[-1].name == "polarity"
        return cls(made.probability, made.frame, made.relation, polar)


class Pile:
    """All statements in canonical order, copies taken as one, and every comparison made so far.

    Positions everywhere are those of `statements`, one for each distinct text of a day; `copies` are all that
    say the same to the letter of what may be one event, the one in `statements` first.
    """

    def __init__(
        self,
        every: Sequence[Statement],
        vectors: NDArray[np.float32],
        matches: Sequence[PassageMatch],
        same: float,
        judged: Constraints = UNDECIDED,
        words: Words | None = None,
    ) -> None:
        self._read: dict[tuple[int, int], Read] = {}
        self._unread: frozenset[tuple[int, int]] = frozenset()
        self.context = context_of(every, matches)
        kept, self.copies = _copies(every, self.context, _passages(matches), same, judged)
        self.statements = [every[i] for i in kept]
        self.vectors = vectors[kept]
        self._words = words.of(kept) if words else None
        self.articles = [frozenset(s.article for s in copies) for copies in self.copies]
        self.profiles = [
            self._profile(s, carried) for s, carried in zip(self.statements, self.articles, strict=True)
        ]
        self.made: dict[tuple[int, int], Outcome] = {}
        self.common: NDArray[np.float32] = self.vectors.mean(axis=0)
        self.usual = min(float(self.common @ self.common), USUAL)
        self.beside: dict[str, list[int]] = defaultdict(list)  # article → positions of what it states
        for i, statement in enumerate(self.statements):
            self.beside[statement.article].append(i)
        pairs, self.around = candidates(self.statements, self.vectors, self.articles)
        self.mutual = frozenset((p.a, p.b) for p in pairs if p.mutual)
        self.facing = facing(self.copies, self.vectors, matches)
        self.candidates: list[tuple[int, int]] = []
        known = sorted({(p.a, p.b) for p in pairs} | self.facing)
        self._rests: dict[tuple[int, int], float] = {}
        self._measure_all(known)
        looked_at = {(p.a, p.b) for p in pairs if p.sharing} | self.facing
        outlined: dict[tuple[int, int], Outcome] = {}
        for a, b in known:
            two = self.two(a, b)
            if (a, b) in looked_at or not hopeless(two):
                made = Outcome.of(compare_profiles(two))
                if made.frame >= min(_LEAST, _READ):
                    outlined[a, b] = made
        if self._words is not None:
            worth = {pair: made.frame for pair, made in outlined.items() if made.frame >= _READ}
            asked = likeliest(worth, MOST_READ)
            self._unread = frozenset(worth) - asked
            ordered = sorted(asked)
            for begin in range(0, len(ordered), _AT_ONCE):
                part = [(a, b, self.two(a, b)) for a, b in ordered[begin : begin + _AT_ONCE]]
                for (a, b, _), compared in zip(part, self._together(part, self._words), strict=True):
                    outlined[a, b] = Outcome.of(compared)
        for pair, made in outlined.items():
            if made.frame >= _LEAST:
                self.made[pair] = made
                self.candidates.append(pair)
        self._read = {pair: read for pair, read in self._read.items() if pair in self.made}
        kept_pairs = {pair for a, b in self.candidates for pair in ((a, b), (b, a))}
        self._rests = {pair: rest for pair, rest in self._rests.items() if pair in kept_pairs}

    def _profile(self, statement: Statement, carried: frozenset[str]) -> Profile:
        """A statement's profile, with what all articles that carry it are about."""
        made = profile(statement, self.context)
        if len(carried) == 1:
            return made
        scene = frozenset().union(*(self.context.scenes.get(a, ()) for a in sorted(carried)))
        cast = frozenset().union(*(self.context.casts.get(a, ()) for a in sorted(carried)))
        return replace(made, scene=scene, cast=cast, cast_words=words_of(cast))

    def full(self, a: int, b: int) -> Comparison:
        """The comparison of two statements with all its reasons."""
        a, b = min(a, b), max(a, b)
        return self._compared(self.two(a, b), a, b)

    def read(self, a: int, b: int) -> Read | None:
        """What the network makes of two statements; None where it did not read them."""
        self.full(a, b)
        return self._read.get((min(a, b), max(a, b)))

    def _compared(self, two: Two, a: int, b: int) -> Comparison:
        """The comparison of a pair (a < b): by what costs little and, where that does not rule it out, read together."""
        if self._words is not None and (a, b) in self._read:
            return self._together([(a, b, two)], self._words)[0]
        made = compare_profiles(two)
        if self._words is None or made.frame < _READ or (a, b) in self._unread:
            return made
        return self._together([(a, b, two)], self._words)[0]

    def _together(self, pairs: Sequence[tuple[int, int, Two]], words: Words) -> list[Comparison]:
        """The comparison of pairs (a < b) with what the network makes of them, which reads each once."""
        new = [(a, b, two) for a, b, two in pairs if (a, b) not in self._read]
        asked = [
            (a, b, two.cosine, two.a.statement.language != two.b.statement.language) for a, b, two in new
        ]
        self._read |= {(a, b): read for (a, b, _), read in zip(new, words.read(asked), strict=True)}
        return [compare_profiles(replace(two, read=self._read[a, b])) for a, b, two in pairs]

    def two(self, a: int, b: int) -> Two:
        """Two statements ready to be compared."""
        a, b = min(a, b), max(a, b)
        cosine = float(self.vectors[a] @ self.vectors[b])
        return Two(
            self.profiles[a],
            self.profiles[b],
            cosine,
            self.around.scaled(a, b, cosine),
            self.context,
            (a, b) in self.mutual,
            (a, b) in self.facing,
            2.0 * cosine - self._rest(a, b) - self._rest(b, a),
            self.usual,
        )

    def _rest(self, a: int, b: int) -> float:
        """The mean cosine of a statement to the nearest others in the article of `b`: what its topic alone gives.

        An article with few statements is filled up with what the statement has in common with just any other.
        """
        known = self._rests.get((a, b))
        if known is None:
            self._measure(self.statements[b].article, [(a, b)])
            known = self._rests[a, b]
        return known

    def _measure(self, article: str, pairs: Sequence[tuple[int, int]]) -> None:
        """Works out `_rest` of all these pairs, whose second ones stand in one article, by one product."""
        beside = np.array(self.beside[article][:_LONGEST])
        asking = sorted({a for a, _ in pairs})
        row = {a: k for k, a in enumerate(asking)}
        column = {int(x): k for k, x in enumerate(beside)}
        usual = self.vectors[asking] @ self.common
        products = self.vectors[asking] @ self.vectors[beside].T
        for begin in range(0, len(pairs), _AT_ONCE):
            part = pairs[begin : begin + _AT_ONCE]
            found = products[[row[a] for a, _ in part]]
            for line, pair in enumerate(part):
                for x in pair:
                    if x in column:
                        found[line, column[x]] = -np.inf
            best = -np.partition(-found, min(_REST, found.shape[1]) - 1, axis=1)[:, :_REST]
            there = np.isfinite(best)
            missing = _REST - there.sum(axis=1)
            sums = np.where(there, best, 0.0).sum(axis=1) + missing * usual[[row[a] for a, _ in part]]
            for pair, total in zip(part, sums.tolist(), strict=True):
                self._rests[pair] = total / _REST

    def _measure_all(self, pairs: Sequence[tuple[int, int]]) -> None:
        by_article: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for a, b in pairs:
            by_article[self.statements[b].article].append((a, b))
            by_article[self.statements[a].article].append((b, a))
        for article in sorted(by_article):
            self._measure(article, by_article[article])

    def outcome(self, a: int, b: int) -> Outcome:
        """The comparison of two statements, made when first asked for."""
        key = (a, b) if a < b else (b, a)
        known = self.made.get(key)
        if known is None:
            known = self.made[key] = Outcome.of(self.full(*key))
        return known


def likeliest(chances: Mapping[tuple[int, int], float], most: int) -> frozenset[tuple[int, int]]:
    """Of all pairs, those that are among the `most` likeliest of either of their two."""
    beside: dict[int, list[tuple[float, tuple[int, int]]]] = defaultdict(list)
    for pair, chance in chances.items():
        for one in pair:
            beside[one].append((-chance, pair))
    return frozenset(pair for found in beside.values() for _, pair in heapq.nsmallest(most, found))


_Passages = dict[tuple[str, str], list[tuple[Span, Span]]]


def _passages(matches: Sequence[PassageMatch]) -> _Passages:
    """Spans of shared wording by pair of articles; what every page of a site says is left aside."""
    out: _Passages = defaultdict(list)
    for match in matches:
        if match.kind not in (MatchKind.TEMPLATE, MatchKind.TRANSLATION, MatchKind.PARAPHRASE):
            out[match.a.article, match.b.article].append((match.a.span, match.b.span))
            out[match.b.article, match.a.article].append((match.b.span, match.a.span))
    return out


def _copies(
    every: Sequence[Statement], context: Context, passages: _Passages, same: float, judged: Constraints
) -> tuple[list[int], list[list[Statement]]]:
    """The first of each text of a day, by position, and all its copies.

    The same words need not be the same thing ("He did not say more"): a copy that would not be found the same as
    the first, and does not stand in one shared passage with it, stands for itself.
    """
    kept: list[int] = []
    copies: list[list[Statement]] = []
    firsts: dict[tuple[object, ...], list[tuple[int, Profile]]] = defaultdict(list)
    for i, statement in enumerate(every):
        key = (
            statement.text.casefold(),
            statement.language,
            statement.negated,
            statement.turned,
            statement.published,
            judged.signature(statement.id),
        )
        mine = profile(statement, context)
        for place, first in firsts[key][:MOST_CHECKED]:
            copied = any(
                x.contains(first.statement.spans[0]) and y.contains(statement.spans[0])
                for x, y in passages.get((first.statement.article, statement.article), ())
            )
            two = Two(first, mine, 1.0, 0.0, context, True, lead=_COPY_LEAD)
            if (copied and not other_event(two)) or compare_profiles(two).probability >= same:
                copies[place].append(statement)
                break
        else:
            firsts[key].append((len(kept), mine))
            kept.append(i)
            copies.append([statement])
    return kept, copies


def spread(group_: Sequence[int]) -> Sequence[int]:
    """At most `MOST_CHECKED` members, evenly spread."""
    if len(group_) <= MOST_CHECKED:
        return group_
    step = len(group_) / MOST_CHECKED
    return [group_[int(k * step)] for k in range(MOST_CHECKED)]
