"""Passages that say the same things in the same order in other words, in one language or in two.

A second generator of candidates beside shared wording: articles that share rare names and numbers. Each pair is then
verified as wording is: sentences that are each other's nearest by their vectors are chained in reading order, and the
names and numbers of the two stretches must agree. Two reports of one event share some of its facts; a rewritten copy
shares nearly all of its parent's, and in the same order. One that agrees less is left out: two witnesses must not
become one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twosource.model import Article, MatchKind, Passage, PassageMatch, Span
from twosource.reuse.facts import Spelling, facts, rarities, shared, spelling
from twosource.reuse.translated import direction_of, in_order, translations

F32 = NDArray[np.float32]

COMMON = 32
"""Articles from which on a fact is no reason to look at a pair; how often it stands in them still counts."""
CANDIDATE = 18.0
"""Rarity of shared facts, in nats, from which two articles are looked at: three facts in a small pile."""
PARTNERS = 24
"""Most articles that one article is compared with: those that share most."""
SAMPLE = 2048
"""Units among which the usual nearness of a unit is taken; in a large pile a part stands for the whole."""
NEIGHBOURS = 4
MARGIN = 0.97
"""Least ratio of a cosine to what is usual for its two units, for an agreement inside a pair of articles."""
IN_ORDER = 3
DENSE = 0.6
"""Least share of the units of the shorter stretch that take part in the chain."""
SHARED_FACTS = 0.65
"""Least share of the facts of the stretch with fewer of them that the other has too, by rarity. Of the rewritten
copies of the development half (`benchmarks/paraphrase.py`) all lie above, of the independent reports none."""
LEAST_SHARE = 0.6
"""The same for the stretch with more facts. Where it is less the two are reports of one event: each tells more than
the other knows."""
ACROSS = 0.8
"""How many times as large a share must be across languages."""
ENOUGH_FACTS = 24.0
"""Least rarity of the facts that both stretches have, in nats."""
LEAST, MOST = 0.45, 0.7
"""What a retelling is worth as a copy, from the least agreement that is reported to the fullest. Modest, for where
two texts agree in every fact both may rest on a third; in the pile of real reports that was read, half did."""
TAG = 200
"""Code points beyond the outermost units in which the end of their sentence is looked for."""
_STOPS = (". ", "! ", "? ", ".\n", "\n")
_SAME_TEXT = frozenset({MatchKind.REPRINT, MatchKind.TRIMMED, MatchKind.EDITED})


@dataclass(frozen=True, slots=True)
class _Story:
    """One article as it is compared: its units in reading order as rows of the vectors, and its facts."""

    article: Article
    rows: tuple[int, ...]
    spans: tuple[Span, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two stretches share, and how much of it.

    `chain`: places in the two lists of units. `both`, `alone_a`, `alone_b`: rarity of the facts of the two stretches,
    in nats. `share` in [0, 1]: of the facts of the one with fewer, what the other has too. `dense` in [0, 1]: share of
    the units of the shorter stretch that are chained. `cosine`: mean over the chain.
    """

    chain: tuple[tuple[int, int], ...]
    both: float
    alone_a: float
    alone_b: float
    dense: float
    cosine: float

    @property
    def share(self) -> float:
        """See the class."""
        return self.both / max(1e-9, self.both + min(self.alone_a, self.alone_b))

    @property
    def least_share(self) -> float:
        """The share of the facts of the one with more of them that the other has too, in [0, 1]."""
        return self.both / max(1e-9, self.both + max(self.alone_a, self.alone_b))


def retold(
    articles: Sequence[Article], units: Sequence[Passage], vectors: F32, matches: Sequence[PassageMatch] = ()
) -> tuple[PassageMatch, ...]:
    """Translations, and what is told again in other words, beyond the wording that `matches` have.

    `units` are the sentences or statements of the articles, `vectors` float32 (len(units), d) their unit rows.
    """
    found = translations(articles, units, vectors)
    return (*found, *paraphrases(articles, units, vectors, (*matches, *found)))


def paraphrases(
    articles: Sequence[Article], units: Sequence[Passage], vectors: F32, matches: Sequence[PassageMatch] = ()
) -> tuple[PassageMatch, ...]:
    """Passages of two articles that agree in what is said and in its order; the same for any order of the input.

    What lies in the wording that `matches` share is left aside, and so are articles that one of them already calls one
    text. Cost grows with the number of articles times the PARTNERS of each.
    """
    written = spelling(a.text for a in articles)
    stories = _stories(articles, units, written)
    rarity = rarities([s.facts for s in stories])
    one_text = {
        frozenset((m.a.article, m.b.article))
        for m in matches
        if m.kind in _SAME_TEXT or m.kind is MatchKind.TRANSLATION
    }
    copied: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for m in matches:
        copied[m.a.article, m.b.article].append(m.a.span)
        copied[m.b.article, m.a.article].append(m.b.span)
    usual = _usual(vectors, [s.rows for s in stories])
    out = []
    for a, b in candidates(stories, rarity):
        names = a.article.id, b.article.id
        if frozenset(names) in one_text:
            continue
        left = _without(a, copied.get(names, ()))
        right = _without(b, copied.get(names[::-1], ()))
        found = agreement(left, right, vectors, usual, written, rarity)
        if found and retells(found, a.article.language == b.article.language):
            out.append(_match(left, right, found))
    return tuple(out)


def _stories(articles: Sequence[Article], units: Sequence[Passage], written: Spelling) -> list[_Story]:
    places: dict[str, list[int]] = defaultdict(list)
    for row, unit in enumerate(units):
        places[unit.article].append(row)
    stories = []
    for article in sorted(articles, key=lambda a: a.id):
        rows = sorted(places[article.id], key=lambda r: (units[r].span, r))
        spans = tuple(units[r].span for r in rows)
        stories.append(_Story(article, tuple(rows), spans, tuple(facts(article.text, written))))
    return stories


def _disjoint(spans: Sequence[Span]) -> list[Span]:
    """The same characters, none twice: units may lie inside each other."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def candidates(stories: Sequence[_Story], rarity: Mapping[str, float]) -> list[tuple[_Story, _Story]]:
    """Pairs of articles that share rare facts, each article with the PARTNERS that share most with it."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, story in enumerate(stories):
        if len(story.rows) >= IN_ORDER:
            for key in sorted(set(story.facts)):
                holders[key].append(number)
    common: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for key in sorted(holders):
        numbers = holders[key]
        if 1 < len(numbers) <= COMMON:
            for i in numbers:
                for j in numbers:
                    if i != j:
                        common[i][j] += rarity[key]
    pairs = set()
    for i, others in common.items():
        likely = [(weight, j) for j, weight in others.items() if weight >= CANDIDATE]
        for _, j in sorted(likely, key=lambda x: (-x[0], x[1]))[:PARTNERS]:
            pairs.add((min(i, j), max(i, j)))
    return [(stories[i], stories[j]) for i, j in sorted(pairs)]


def _usual(vectors: F32, owners: Sequence[Sequence[int]]) -> F32:
    """float32 (n,): the mean cosine of each row and its nearest rows of other articles, over a part of a large pile."""
    owner = np.full(len(vectors), -1, np.int64)
    for number, rows in enumerate(owners):
        owner[list(rows)] = number
    order = np.array(
        [row for rows in owners for row in rows], np.int64
    )  # the same for any order of the input
    part = order[:: max(1, len(order) // SAMPLE)][:SAMPLE]
    usual = np.zeros(len(vectors), np.float32)
    for begin in range(0, len(vectors), 2048):
        end = begin + 2048
        cosines = vectors[begin:end] @ vectors[part].T
        cosines[owner[begin:end, None] == owner[part][None, :]] = 0.0
        nearest = np.sort(cosines, axis=1)[:, -NEIGHBOURS:]
        usual[begin:end] = nearest.mean(axis=1) if nearest.size else 0.0
    return usual


def _without(story: _Story, copied: Sequence[Span]) -> _Story:
    """The story without the units that lie by half or more in wording that is shared anyway."""
    if not copied:
        return story
    kept = [
        k
        for k, span in enumerate(story.spans)
        if 2 * sum(span.shared(other) for other in _disjoint(copied)) < span.end - span.start
    ]
    return _Story(
        story.article, tuple(story.rows[k] for k in kept), tuple(story.spans[k] for k in kept), story.facts
    )


def agreement(
    a: _Story, b: _Story, vectors: F32, usual: F32, written: Spelling, rarity: Mapping[str, float]
) -> Agreement | None:
    """The longest chain of agreeing units of two articles and what it is worth; None where it is too short."""
    if min(len(a.rows), len(b.rows)) < IN_ORDER:
        return None
    x, y = vectors[list(a.rows)], vectors[list(b.rows)]
    cosines = x @ y.T
    ratio = 2 * cosines / np.maximum(usual[list(a.rows)][:, None] + usual[list(b.rows)][None, :], 1e-6)
    to_b, to_a = ratio.argmax(axis=1), ratio.argmax(axis=0)
    points = [(i, int(j)) for i, j in enumerate(to_b) if to_a[j] == i and ratio[i, j] >= MARGIN]
    points = [p for p in points if not _contradict(a, b, p, written)]
    chains = in_order(points)
    if not chains or len(chains[0]) < IN_ORDER:
        return None
    chain = chains[0]
    (a0, b0), (a1, b1) = chain[0], chain[-1]
    told_a, told_b = (
        facts(_hull(side, first, last).of(side.article.text), written)
        for side, first, last in ((a, a0, a1), (b, b0, b1))
    )
    return Agreement(
        tuple(chain),
        *shared(told_a, told_b, rarity),
        len(chain) / min(a1 - a0 + 1, b1 - b0 + 1),
        float(np.mean([cosines[p] for p in chain])),
    )


def _hull(story: _Story, first: int, last: int) -> Span:
    """From the unit `first` to the unit `last`, out to the ends of their sentences: who says it stands there too."""
    text, spans = story.article.text, story.spans[first : last + 1]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    before = max(text.rfind(mark, max(0, start - TAG), start) for mark in _STOPS)
    after = min((at for mark in _STOPS if (at := text.find(mark, end, end + TAG)) >= 0), default=-1)
    return Span(
        before + 2 if before >= 0 else start,
        after + 1 if after >= 0 else min(len(text), end + TAG) if len(text) - end < TAG else end,
    )


def _contradict(a: _Story, b: _Story, point: tuple[int, int], written: Spelling) -> bool:
    """Whether two units both hold numbers and none in common."""
    numbers = [
        {k for k in facts(side.spans[at].of(side.article.text), written) if k[0] == "#"}
        for side, at in zip((a, b), point, strict=True)
    ]
    return all(numbers) and not numbers[0] & numbers[1]


def retells(found: Agreement, one_language: bool) -> bool:
    """Whether two stretches agree so far that the one retells the other, or both retell one text.

    Across languages fewer names are recognised as one, so less of them is asked for; it is less likely that two
    reporters put the same things in the same order.
    """
    wide = LEAST_SHARE if one_language else ACROSS * LEAST_SHARE
    narrow = SHARED_FACTS if one_language else ACROSS * SHARED_FACTS
    return (
        found.dense >= DENSE
        and found.both >= ENOUGH_FACTS
        and found.share >= narrow
        and found.least_share >= wide
    )


def probability(found: Agreement) -> float:
    """How surely the one rests on the other, in [0, 1]: two reports of one conference agree in much as well."""
    return LEAST + (MOST - LEAST) * min(1.0, max(0.0, (found.least_share - LEAST_SHARE) / (1 - LEAST_SHARE)))


def _match(a: _Story, b: _Story, found: Agreement) -> PassageMatch:
    (a0, b0), (a1, b1) = found.chain[0], found.chain[-1]
    hulls = [Passage(s.article.id, _hull(s, first, last)) for s, first, last in ((a, a0, a1), (b, b0, b1))]
    one_language = a.article.language == b.article.language
    way, p, why = direction_of(a.article, b.article)
    key = "\0".join(f"{h.article}\0{h.span.start}\0{h.span.end}" for h in hulls)
    n = len(found.chain)
    languages = "" if one_language else f", {a.article.language} and {b.article.language}"
    return PassageMatch(
        "p" + hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
        hulls[0],
        hulls[1],
        round(found.both, 3),
        round(found.share, 4),
        MatchKind.PARAPHRASE if one_language else MatchKind.TRANSLATION,
        way,
        p,
        round(probability(found), 4),
        (
            f"{n} sentences say the same in the same order{languages}, and {round(100 * found.share)} % of the names "
            "and numbers agree",
            why,
        ),
    )
