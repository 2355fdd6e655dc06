"""Judgements on claims → constraints on grouping, and the names that claims were given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ..claims import Constraints, Naming, Ruling
from ..model import (
    Article,
    Claim,
    Decision,
    Judged,
    Judgement,
    JudgementKind,
    Relation,
    Span,
    Standing,
    Statement,
)
from .file import key, ordered
from .find import Cut, Finder, Places, words_of
from .wording import decided, matched, named, sentence, unmatched


@dataclass(frozen=True, slots=True)
class Settled:
    """Judgements on claims in one run: what grouping must keep to, and what became of each."""

    constraints: Constraints
    judged: tuple[Judged, ...]


def judged_statements(
    judgements: Iterable[Judgement], articles: Sequence[Article], statements: Iterable[Statement]
) -> Settled:
    """Find the statements that judgements speak of and settle what follows. The order of the inputs does not matter."""
    known = ordered(j for j in judgements if j.kind in (JudgementKind.CLAIM, JudgementKind.NAME))
    finder = _finder(articles, statements if known else ())
    rulings: list[Ruling] = []
    names: list[Naming] = []
    judged: list[Judged] = []
    for judgement in known:
        sides = [[s.id for s in finder.all(subject)] for subject in judgement.subjects]
        mine = tuple(dict.fromkeys(s for side in sides for s in side))
        why = _missing(judgement, sides)
        if why:
            judged.append(unmatched(judgement, why, mine))
            continue
        judged.append(matched(judgement, mine))
        order = (judgement.when, key(judgement))
        if judgement.kind is JudgementKind.NAME:
            names.append(Naming(order, frozenset(sides[0]), judgement.text))
        elif judgement.verdict is not Decision.UNSURE:
            rulings += _rulings(judgement, sides, order)
    constraints = Constraints.of(rulings, names)
    by_key = {key(j): j for j in known}
    return Settled(constraints, tuple(overruled(j, constraints, by_key) for j in judged))


def in_claims(judged: Iterable[Judged], claims: Sequence[Claim]) -> tuple[Judged, ...]:
    """Every judgement, oldest first, with the claims that its statements ended in."""
    home: dict[str, str] = {}
    for claim in claims:
        for member in claim.members:
            if member.relation is not Relation.RIVAL:
                home[member.statement] = claim.id
    placed = (
        replace(j, claims=tuple(dict.fromkeys(home[s] for s in j.statements if s in home))) for j in judged
    )
    return tuple(sorted(placed, key=lambda j: (j.judgement.when, key(j.judgement))))


def warnings(judged: Iterable[Judged]) -> tuple[str, ...]:
    """What a reader of the whole result must know of the judgements: those that contradict, and those that hold nothing."""
    every = tuple(judged)
    out = [f"{j.sentence} ({j.by}): {j.why}" for j in every if j.standing is Standing.OVERRULED]
    lost = [j for j in every if j.standing is Standing.UNMATCHED]
    if lost:
        first = f"{lost[0].sentence} ({lost[0].by}): {lost[0].why}"
        more = f"; and {len(lost) - 1} more, see the list of judgements" if len(lost) > 1 else ""
        out.append(f"not applied: {first}{more}")
    return tuple(out)


def _finder(articles: Sequence[Article], statements: Iterable[Statement]) -> Finder[Statement]:
    every = sorted(statements, key=lambda s: (s.article, s.spans, s.id))
    cuts = {s.id: Cut(words_of(s.text), Span(s.spans[0].start, s.spans[-1].end)) for s in every}
    return Finder(Places(articles), every, cuts)


def _missing(judgement: Judgement, sides: Sequence[Sequence[str]]) -> str:
    """Why a judgement holds nothing in this run, or ""."""
    lost = [named(s) for s, found in zip(judgement.subjects, sides, strict=True) if not found]
    if lost:
        return f"{' and '.join(lost)} {'is' if len(lost) == 1 else 'are'} not in this pile"
    if len({found[0] for found in sides}) < len(sides) and judgement.verdict is not Decision.SAME:
        return "both sides are one statement in this run"
    return ""


def _rulings(judgement: Judgement, sides: Sequence[Sequence[str]], order: tuple[str, ...]) -> list[Ruling]:
    """What follows: the first statement found of a side speaks for it, the others of a side follow it where they can."""
    why = decided(judgement)
    if judgement.verdict is Decision.SAME:
        return [Ruling(order, sides[0][0], side[0], True, why=why) for side in sides[1:]]
    return [
        Ruling(order, a, b, False, firm=(a == one[0] and b == other[0]), why=why)
        for one, other in combinations(sides, 2)
        for a in one
        for b in other
    ]


def overruled(judged: Judged, constraints: Constraints, every: Mapping[str, Judgement]) -> Judged:
    """The judgement, marked where it could not be kept; the one that it contradicts is named."""
    mine = key(judged.judgement)
    for late, kept in constraints.overruled:
        if late.order[1] == mine:
            other = every[kept.order[1]]
            why = f"contradicts that {sentence(other)} ({decided(other)}), which is kept; undo one of the two"
            return replace(judged, standing=Standing.OVERRULED, why=why)
    return judged
