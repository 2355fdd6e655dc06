"""Statements → claims: average linkage among candidate pairs, every member checked against the centre."""

from __future__ import annotations

import hashlib
import heapq
import math
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Claim, Member, Relation, Statement
from ..settings import Settings
from .candidates import candidates, csls
from .compare import Comparison, Two, Verdict, compare_profiles
from .profile import context_of, profile

WEIGHT_FLOOR = 0.15
"""Statements less check-worthy than this (questions, greetings, scraps) are left out of all claims."""

_PRONOUN_START = re.compile(
    r"^(?:this|that|it|these|those|they|their|its|his|her|he|she|we|our|i|my|you|such|there|here|also|however|"
    r"это|он|она|они|оно|его|её|ее|их|мы|я|так|там)\b",
    re.IGNORECASE,
)
_MOST_CHECKED = 8  # members of each side that two large groups are compared on
_MOST_REASONS = 5
_OFTEN = 5  # articles, and days, that make an actorless phrase a formula


class _Outcome(NamedTuple):
    probability: float
    frame: float
    relation: Verdict


class _Pile:
    """All statements in canonical order, and every comparison made so far."""

    def __init__(self, statements: Sequence[Statement], vectors: NDArray[np.float32]) -> None:
        self.statements = statements
        self.vectors = vectors
        self.context = context_of(statements)
        self.profiles = [profile(s, self.context) for s in statements]
        self.made: dict[tuple[int, int], _Outcome] = {}
        first: dict[tuple[str, str, bool, str], int] = {}
        self.twin = [
            first.setdefault((s.text, s.language, s.negated, s.published), i)
            for i, s in enumerate(statements)
        ]
        self.twins: dict[tuple[int, int, bool], _Outcome] = {}  # a reprint is compared once, not in each copy
        pairs, self.scale = candidates(statements, vectors)
        self.mutual = frozenset((p.a, p.b) for p in pairs if p.mutual)
        self.candidates: list[tuple[int, int]] = []
        for pair in pairs:
            outcome = self._compare(pair.a, pair.b, pair.cosine, pair.csls)
            if outcome.frame >= 0.05:
                self.made[pair.a, pair.b] = _Outcome(outcome.probability, outcome.frame, outcome.relation)
                self.candidates.append((pair.a, pair.b))

    def _compare(self, a: int, b: int, cosine: float, scaled: float) -> Comparison:
        return compare_profiles(
            Two(self.profiles[a], self.profiles[b], cosine, scaled, self.context, (a, b) in self.mutual)
        )

    def full(self, a: int, b: int) -> Comparison:
        """The comparison of two statements with all its reasons."""
        a, b = min(a, b), max(a, b)
        cosine = float(self.vectors[a] @ self.vectors[b])
        return self._compare(a, b, cosine, csls(cosine, float(self.scale[a]), float(self.scale[b])))

    def outcome(self, a: int, b: int) -> _Outcome:
        """The comparison of two statements, made when first asked for."""
        key = (a, b) if a < b else (b, a)
        known = self.made.get(key)
        if known is None:
            x, y = self.twin[key[0]], self.twin[key[1]]
            alike = (x, y, self.statements[a].article == self.statements[b].article)
            known = self.twins.get(alike)
            if known is None:
                made = self.full(*key)
                known = self.twins[alike] = _Outcome(made.probability, made.frame, made.relation)
            self.made[key] = known
        return known


def group(
    statements: Sequence[Statement], vectors: NDArray[np.float32], settings: Settings
) -> tuple[Claim, ...]:
    """Groups statements that assert the same proposition; `vectors` (n, d) are the unit rows of their texts.

    Every statement of weight ≥ `WEIGHT_FLOOR` that is no site's formula comes into exactly one claim, alone if
    nothing matches it. The
    order of the statements does not matter. Denials and rival numbers hang on the claim they answer as
    members with another relation. The widest claims come first.
    """
    formulae = _formulae(statements)
    order = sorted(
        (i for i, s in enumerate(statements) if s.weight >= WEIGHT_FLOOR and s.text not in formulae),
        key=lambda i: (statements[i].text, statements[i].article, statements[i].id),
    )
    if not order:
        return ()
    pile = _Pile([statements[i] for i in order], np.ascontiguousarray(vectors[order], dtype=np.float32))
    clusters = _agglomerate(pile, settings.same)
    clusters = [part for cluster in clusters for part in _around_centre(pile, cluster, settings.same)]
    hosts, guests = _attach(pile, clusters)
    claims = [_claim(pile, clusters[h], [(clusters[g], r) for g, r in guests.get(h, ())]) for h in hosts]
    articles = {s.id: s.article for s in pile.statements}
    claims.sort(key=lambda c: (-len({articles[m.statement] for m in c.members}), -len(c.members), c.id))
    return tuple(claims)


def _formulae(statements: Sequence[Statement]) -> frozenset[str]:
    """Phrases without actor or number that many articles of many days repeat to the letter: a site's own."""
    articles: dict[str, set[str]] = defaultdict(set)
    days: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        if not statement.actors and not statement.quantities:
            articles[statement.text].add(statement.article)
            days[statement.text].add(statement.published)
    return frozenset(text for text in articles if len(articles[text]) >= _OFTEN and len(days[text]) >= _OFTEN)


# ------------------------------------------------------------------------ linkage


def _agglomerate(pile: _Pile, same: float) -> list[list[int]]:
    """Average linkage: two groups merge while the mean probability over all their pairs is at least `same`.

    One pair that contradicts, or counts otherwise, keeps two groups apart whatever the mean.
    """
    members: dict[int, list[int]] = {i: [i] for i in range(len(pile.statements))}
    near: dict[int, set[int]] = defaultdict(set)
    heap: list[tuple[float, int, int]] = []
    for a, b in pile.candidates:
        p = pile.made[a, b].probability
        if p >= same:
            near[a].add(b)
            near[b].add(a)
            heap.append((-p, a, b))
    heapq.heapify(heap)
    following = len(pile.statements)
    while heap:
        stored, a, b = heapq.heappop(heap)
        if a not in members or b not in members:
            continue
        mean = _linkage(pile, members[a], members[b], same)
        if mean < same:
            near[a].discard(b)
            near[b].discard(a)
            continue
        if -stored - mean > 1e-9:
            heapq.heappush(heap, (-mean, a, b))
            continue
        new, following = following, following + 1
        members[new] = sorted(members.pop(a) + members.pop(b))
        beside = (near.pop(a, set()) | near.pop(b, set())) - {a, b}
        for c in sorted(beside):
            near[c] -= {a, b}
            if c in members:
                near[c].add(new)
                near[new].add(c)
                heapq.heappush(heap, (-1.0, c, new))  # the true mean is worked out when its turn comes
    return [members[k] for k in sorted(members, key=lambda k: members[k][0])]


def _linkage(pile: _Pile, a: Sequence[int], b: Sequence[int], same: float) -> float:
    """The mean probability over the pairs of two groups, 0 when a pair excludes the merger."""
    total, count = 0.0, 0
    for x in _some(a):
        for y in _some(b):
            outcome = pile.outcome(x, y)
            if (
                outcome.relation in (Verdict.CONTRADICTS, Verdict.RIVAL_NUMBER)
                or outcome.probability < same / 10
            ):
                return 0.0
            total += outcome.probability
            count += 1
    return total / count


def _some(group_: Sequence[int]) -> Sequence[int]:
    """At most `_MOST_CHECKED` members, evenly spread."""
    if len(group_) <= _MOST_CHECKED:
        return group_
    step = len(group_) / _MOST_CHECKED
    return [group_[int(k * step)] for k in range(_MOST_CHECKED)]


def _centre(pile: _Pile, cluster: Sequence[int]) -> int:
    """The member that the others are likest to."""
    if len(cluster) < 3:
        return cluster[0]
    some = _some(cluster)
    return max(some, key=lambda x: (math.fsum(pile.outcome(x, y).probability for y in some if y != x), -x))


def _around_centre(pile: _Pile, cluster: list[int], same: float) -> list[list[int]]:
    """Keeps the members that are the same as the centre; the others stand on their own again."""
    if len(cluster) < 2:
        return [cluster]
    centre = _centre(pile, cluster)
    kept = [x for x in cluster if x == centre or pile.outcome(x, centre).probability >= same]
    rest = [x for x in cluster if x not in set(kept)]
    return [kept, *([x] for x in rest)]


# ------------------------------------------------------------- denials and rivals


def _attach(
    pile: _Pile, clusters: Sequence[Sequence[int]]
) -> tuple[list[int], dict[int, list[tuple[int, Relation]]]]:
    """Which groups become denials or rival versions of which: (hosts, guests of each host)."""
    of = {x: k for k, cluster in enumerate(clusters) for x in cluster}
    width = [len({pile.statements[x].article for x in cluster}) for cluster in clusters]
    links: dict[tuple[int, int], Verdict] = {}
    for a, b in pile.candidates:
        outcome = pile.made[a, b]
        x, y = min(of[a], of[b]), max(of[a], of[b])
        if x != y and outcome.relation in (Verdict.CONTRADICTS, Verdict.RIVAL_NUMBER):
            links.setdefault((x, y), outcome.relation)
    offers: list[tuple[float, int, int, int, Relation]] = []
    for (x, y), verdict in sorted(links.items()):
        outcomes = [pile.outcome(a, b) for a in _some(clusters[x]) for b in _some(clusters[y])]
        frame = math.fsum(o.frame for o in outcomes) / len(outcomes)
        agreeing = sum(o.relation is verdict for o in outcomes) / len(outcomes)
        if frame < 0.5 or agreeing < 0.5:
            continue
        if verdict is Verdict.CONTRADICTS:
            host, guest = (y, x) if pile.statements[clusters[x][0]].negated else (x, y)
            relation = Relation.DENIES
        else:
            host, guest = (
                (x, y) if (width[x], len(clusters[x]), -x) >= (width[y], len(clusters[y]), -y) else (y, x)
            )
            relation = Relation.RIVAL
        offers.append((-frame, -width[host], host, guest, relation))
    guests: dict[int, list[tuple[int, Relation]]] = defaultdict(list)
    settled: set[int] = set()  # groups that are someone's guest
    for _, _, host, guest, relation in sorted(offers, key=lambda o: (o[1], o[0], o[2], o[3])):
        if guest in settled or host in settled or guest in guests:
            continue
        guests[host].append((guest, relation))
        settled.add(guest)
    return [k for k in range(len(clusters)) if k not in settled], guests


# ------------------------------------------------------------------------- claims


def _claim(pile: _Pile, core: Sequence[int], guests: Sequence[tuple[Sequence[int], Relation]]) -> Claim:
    """One claim with its label, id, and a reason for each member."""
    centre = _centre(pile, core)
    members: list[Member] = []
    for x in core:
        if x == centre:
            text = "stands alone" if len(core) == 1 else "the statement that the others are likest to"
            members.append(Member(pile.statements[x].id, Relation.ASSERTS, 1.0, (text,)))
        else:
            made = pile.full(x, centre)
            members.append(
                Member(
                    pile.statements[x].id,
                    Relation.ASSERTS,
                    round(made.probability, 4),
                    made.reasons[:_MOST_REASONS],
                )
            )
    for cluster, relation in guests:
        wanted = {"polarity", "rival", "opposite", "swapped"}
        for x in cluster:
            made = pile.full(x, centre)
            why = tuple(w.reason for w in made.evidence if w.name in wanted)
            members.append(
                Member(
                    pile.statements[x].id,
                    relation,
                    round(made.frame, 4),
                    (*why, *made.reasons)[: _MOST_REASONS + 1],
                )
            )
    label = max(core, key=lambda x: (_readability(pile, x, core), -x))
    digest = hashlib.sha256()
    for line in sorted(f"{pile.statements[x].id}\t{pile.statements[x].text}\n" for x in core):
        digest.update(line.encode())
    return Claim(f"c{digest.hexdigest()[:12]}", pile.statements[label].text, tuple(members))


def _readability(pile: _Pile, x: int, core: Sequence[int]) -> float:
    """How well a statement stands for its claim: central, self-contained, named, of moderate length, English."""
    statement = pile.statements[x]
    some = [y for y in _some(core) if y != x]
    central = math.fsum(pile.outcome(x, y).probability for y in some) / len(some) if some else 1.0
    words = len(statement.text.split())
    score = 3.0 * central
    score -= 1.5 if _PRONOUN_START.match(statement.text) else 0.0
    score += 0.4 * min(len(statement.entities), 2)
    score += 0.5 if 6 <= words <= 28 else 0.0
    score -= 0.03 * max(0, words - 28)
    score += 0.5 if statement.language == "en" else 0.0
    score += 0.3 if statement.predicate and statement.actors else 0.0
    score += 0.2 if statement.text[:1].isupper() else 0.0
    score -= 1.0 if statement.certainty.question else 0.0
    return round(score, 6)
