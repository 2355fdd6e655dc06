"""Statements → claims: average linkage among candidate pairs, every member checked against the centre."""

from __future__ import annotations

import hashlib
import heapq
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..model import Claim, Member, PassageMatch, Relation, Statement
from ..settings import Settings
from .compare import DENIED, Verdict
from .detail import detail
from .judged import UNDECIDED, Bundles, Constraints
from .nearly import nearly
from .pile import MOST_REASONS, Pile, spread
from .together import Words

WEIGHT_FLOOR = 0.15
"""Statements less check-worthy than this (questions, greetings, scraps) are left out of all claims."""

_PRONOUN_START = re.compile(
    r"^(?:this|that|it|these|those|they|their|its|his|her|he|she|we|our|i|my|you|such|there|here|also|however|"
    r"это|он|она|они|оно|его|её|ее|их|мы|я|у нас|у него|у них|так|там)\b",
    re.IGNORECASE,
)
_OFTEN = 5  # articles, and days, that make an actorless phrase a formula


def group(
    statements: Sequence[Statement],
    vectors: NDArray[np.float32],
    settings: Settings,
    matches: Sequence[PassageMatch] = (),
    judged: Constraints = UNDECIDED,
    words: Words | None = None,
) -> tuple[Claim, ...]:
    """Groups statements that assert the same proposition; `vectors` (n, d) are the unit rows of their texts.

    Every statement of weight ≥ `WEIGHT_FLOOR` that is no site's formula comes into exactly one claim, alone if
    nothing matches it. The order of the statements does not matter. Denials hang on the claim they answer as
    members with another relation. A rival number is a claim of its own, and its statements are named as RIVAL
    in the claim of the more widely reported number too. Of `matches`, those that say that one passage translates
    another are evidence for what stands opposite in them. The widest claims come first. What a person decided
    (`judged`) holds: statements that are tied are in one claim, those kept apart are in no claim together.
    `words` are those of the statements, for the network that reads likely pairs together; without them the other
    evidence decides alone.
    """
    formulae, placed = _formulae(statements), judged.placed
    order = sorted(
        (
            i
            for i, s in enumerate(statements)
            if (s.weight >= WEIGHT_FLOOR and s.text not in formulae) or s.id in placed
        ),
        key=lambda i: (statements[i].text, statements[i].article, statements[i].id),
    )
    if not order:
        return ()
    every = [statements[i] for i in order]
    rows = np.ascontiguousarray(vectors[order], dtype=np.float32)
    pile = Pile(every, rows, matches, settings.same, judged, words.of(order) if words else None)
    bundles = Bundles(judged, pile.copies)
    clusters = _agglomerate(pile, settings.same, bundles)
    clusters = [part for cluster in clusters for part in _around_centre(pile, cluster, settings.same)]
    clusters = bundles.joined(clusters)
    hosts, guests = _attach(pile, clusters, bundles)
    claims = [_claim(pile, clusters[h], [(clusters[g], r) for g, r in guests.get(h, ())]) for h in hosts]
    near = nearly(
        pile, [clusters[h] for h in hosts], [_inside(clusters, h, guests) for h in hosts], settings.same
    )
    claims = [replace(claim, nearly=mine) for claim, mine in zip(claims, near, strict=True)]
    articles = {s.id: s.article for s in every}
    own = {c.id: [m for m in c.members if m.relation is not Relation.RIVAL] for c in claims}
    claims.sort(key=lambda c: (-len({articles[m.statement] for m in own[c.id]}), -len(own[c.id]), c.id))
    return judged.told(claims, every)


def _inside(
    clusters: Sequence[Sequence[int]], host: int, guests: Mapping[int, Sequence[tuple[int, Relation]]]
) -> frozenset[int]:
    """All that a claim already holds: what asserts it, denies it, or counts otherwise."""
    return frozenset(x for k in (host, *(g for g, _ in guests.get(host, ()))) for x in clusters[k])


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


def _agglomerate(pile: Pile, same: float, bundles: Bundles) -> list[list[int]]:
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
        if mean < same or not bundles.may_join(members[a][0], members[b][0]):
            near[a].discard(b)
            near[b].discard(a)
            continue
        if -stored - mean > 1e-9:
            heapq.heappush(heap, (-mean, a, b))
            continue
        bundles.join(members[a][0], members[b][0])
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


def _linkage(pile: Pile, a: Sequence[int], b: Sequence[int], same: float) -> float:
    """The mean probability over the pairs of two groups, 0 when a pair excludes the merger."""
    total, count = 0.0, 0
    for x in spread(a):
        for y in spread(b):
            outcome = pile.outcome(x, y)
            if (
                outcome.relation in (Verdict.CONTRADICTS, Verdict.RIVAL_NUMBER)
                or outcome.probability < same / 10
            ):
                return 0.0
            total += outcome.probability
            count += 1
    return total / count


def _centre(pile: Pile, cluster: Sequence[int]) -> int:
    """The member that the others are likest to."""
    if len(cluster) < 3:
        return cluster[0]
    some = spread(cluster)
    return max(some, key=lambda x: (math.fsum(pile.outcome(x, y).probability for y in some if y != x), -x))


def _around_centre(pile: Pile, cluster: list[int], same: float) -> list[list[int]]:
    """Keeps the members that are the same as the centre; the others stand on their own again."""
    if len(cluster) < 2:
        return [cluster]
    centre = _centre(pile, cluster)
    kept = [x for x in cluster if x == centre or pile.outcome(x, centre).probability >= same]
    rest = [x for x in cluster if x not in set(kept)]
    return [kept, *([x] for x in rest)]


# ------------------------------------------------------------- denials and rivals


def _attach(
    pile: Pile, clusters: Sequence[Sequence[int]], bundles: Bundles
) -> tuple[list[int], dict[int, list[tuple[int, Relation]]]]:
    """Which groups become denials or rival versions of which: (hosts, guests of each host).

    A denial is no host. A rival version is one as well: it asserts another proposition, with lines of its own.
    """
    of = {x: k for k, cluster in enumerate(clusters) for x in cluster}
    width = [len(frozenset().union(*(pile.articles[x] for x in cluster))) for cluster in clusters]
    links: dict[tuple[int, int], Verdict] = {}
    for a, b in pile.candidates:
        outcome = pile.made[a, b]
        x, y = min(of[a], of[b]), max(of[a], of[b])
        if x != y and outcome.relation in (Verdict.CONTRADICTS, Verdict.RIVAL_NUMBER):
            links.setdefault((x, y), outcome.relation)
    denials: list[tuple[int, float, int, int]] = []
    rivals: list[tuple[int, float, int, int]] = []
    for (x, y), verdict in sorted(links.items()):
        outcomes = [pile.outcome(a, b) for a in spread(clusters[x]) for b in spread(clusters[y])]
        frame = math.fsum(o.frame for o in outcomes) / len(outcomes)
        agreeing = sum(o.relation is verdict for o in outcomes) / len(outcomes)
        tongues = [{pile.statements[k].language for k in clusters[side]} for side in (x, y)]
        least = DENIED if verdict is Verdict.CONTRADICTS and tongues[0] & tongues[1] else 0.5
        if frame < least or agreeing < 0.5:
            continue
        if verdict is Verdict.CONTRADICTS:
            host, guest = _denied_first(pile, clusters, width, x, y)
            denials.append((-width[host], -frame, host, guest))
        else:
            wider = (width[x], len(clusters[x]), -x) >= (width[y], len(clusters[y]), -y)
            host, guest = (x, y) if wider else (y, x)
            rivals.append((-width[host], -frame, host, guest))
    guests: dict[int, list[tuple[int, Relation]]] = defaultdict(list)
    denying: set[int] = set()
    for _, _, host, guest in sorted(denials):
        if guest in denying or host in denying or guest in guests:
            continue
        if bundles.apart(_inside(clusters, host, guests), clusters[guest]):
            continue
        guests[host].append((guest, Relation.DENIES))
        denying.add(guest)
    named: set[int] = set()  # rivals of a wider claim; they stay claims of their own
    for _, _, host, guest in sorted(rivals):
        if guest in named or denying & {host, guest}:
            continue
        if bundles.apart(_inside(clusters, host, guests), clusters[guest]):
            continue
        guests[host].append((guest, Relation.RIVAL))
        named.add(guest)
    return [k for k in range(len(clusters)) if k not in denying], guests


def _denied_first(
    pile: Pile, clusters: Sequence[Sequence[int]], width: Sequence[int], x: int, y: int
) -> tuple[int, int]:
    """Of two groups that contradict each other, the one denied, then its denial: the negated or else the narrower."""
    negated = [pile.statements[clusters[k][0]].negated for k in (x, y)]
    if negated[0] != negated[1]:
        return (y, x) if negated[0] else (x, y)
    return (x, y) if width[x] >= width[y] else (y, x)


# ------------------------------------------------------------------------- claims


def _claim(pile: Pile, core: Sequence[int], guests: Sequence[tuple[Sequence[int], Relation]]) -> Claim:
    """One claim with its label, id, and a reason for each member."""
    centre = _centre(pile, core)
    members: list[Member] = []
    for x in core:
        alone = sum(len(pile.copies[y]) for y in core) == 1
        probability = 1.0
        why: tuple[str, ...] = ("stands alone" if alone else "the statement that the others are likest to",)
        if x != centre:
            made = pile.full(x, centre)
            probability, why = round(made.probability, 4), made.reasons[:MOST_REASONS]
            more = detail(pile.profiles[x], pile.profiles[centre])
            why = (*why[: MOST_REASONS - 1], more) if more else why
        members.extend(_copied(pile, x, Relation.ASSERTS, probability, why))
    for cluster, relation in guests:
        wanted = {"polarity", "rival", "opposite", "swapped"}
        for x in cluster:
            made = pile.full(x, centre)
            gate = tuple(w.reason for w in made.evidence if w.name in wanted)
            reasons = (*gate, *made.reasons)[: MOST_REASONS + 1]
            members.extend(_copied(pile, x, relation, round(made.frame, 4), reasons))
    label = max(core, key=lambda x: (_readability(pile, x, core), -x))
    digest = hashlib.sha256()
    for line in sorted(f"{s.id}\t{s.text}\n" for x in core for s in pile.copies[x]):
        digest.update(line.encode())
    return Claim(f"c{digest.hexdigest()[:12]}", pile.statements[label].text, tuple(members))


def _copied(
    pile: Pile, x: int, relation: Relation, probability: float, why: tuple[str, ...]
) -> Iterator[Member]:
    """A statement and its copies as members: a copy is there for its words."""
    first, *copies = pile.copies[x]
    yield Member(first.id, relation, probability, why)
    for copy in copies:
        same = f"word for word the same as in {first.article}"
        reasons = (same, *why) if relation is not Relation.ASSERTS else (same,)
        yield Member(copy.id, relation, probability, (*reasons,)[: MOST_REASONS + 1])


def _readability(pile: Pile, x: int, core: Sequence[int]) -> float:
    """How well a statement stands for its claim: central, often repeated, self-contained, of moderate length."""
    statement = pile.statements[x]
    some = [y for y in spread(core) if y != x]
    central = math.fsum(pile.outcome(x, y).probability for y in some) / len(some) if some else 1.0
    members = sum(len(pile.copies[y]) for y in core)
    own_language = sum(len(pile.copies[y]) for y in core if pile.statements[y].language == statement.language)
    words = len(statement.text.split())
    score = 3.0 * central
    score += 0.8 * len(pile.copies[x]) / members
    score += 1.0 * own_language / members
    score -= 1.5 if _PRONOUN_START.match(statement.text) else 0.0
    # names that the others have too make it readable alone; a detail of its own does not stand for them
    names = pile.profiles[x].names
    common = [n for n in names if 2 * sum(n in pile.profiles[y].names for y in some) >= len(some)]
    score += 0.4 * min(len(common), 2) - 0.2 * min(len(names) - len(common), 2)
    score += 0.5 if 4 <= words <= 28 else 0.0
    score -= 0.03 * max(0, words - 28)
    score += 0.5 if statement.language == "en" else 0.0
    score += 0.3 if statement.predicate and (statement.actors or statement.objects) else 0.0
    score += 0.2 if statement.text[:1].isupper() else 0.0
    score -= 1.0 if statement.certainty.question else 0.0
    return round(score, 6)
