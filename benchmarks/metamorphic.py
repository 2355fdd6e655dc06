"""What must hold when a pile is changed in a known way, whatever the truth is: tried claim by claim on a real pile.

python benchmarks/metamorphic.py FILE [--case FILE] [--claims 300] [--seed 6]

FILE is traced once; then each of the drawn claims (those that two articles or more assert), with its own articles as
the pile, is changed in every way that applies and counted again:

    copy      an article is printed again, word for word, a day later: K stays, and so does the most likely K, unless
              P(K ≥ 2) was within EDGE of even: then the median may turn
    credit    an article's credits, or its word for "as the portal reported", are struck out: K rises by one at most,
              and the 90 % interval does not shrink, unless the credit was a line of its own, which is gone with it, or
              P(K ≥ 2) was within EDGE of the 5 or 95 % where the interval ends
    delete    an article is taken away: the new K lies inside the old interval, or one below it where the article
              was the only carrier of a line, or one above where it was a chokepoint: what ties the others is gone
    shuffle   every input is put in another order: the same result
    owners    two outlets get one owner: by owner the count falls or stays, and so does the most likely K

A change may break its rule in the likely graph (K) or in what is printed (most likely, interval); both are counted, and
the first examples of each are named. tests/provenance/test_metamorphic.py holds the sample case to the same rules.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from twosource.model import (
    Article,
    Attribution,
    Claim,
    Direction,
    Findings,
    MatchKind,
    Member,
    Passage,
    PassageMatch,
    Provenance,
    Relation,
    Source,
    SourceKind,
    Span,
    Statement,
    Support,
)
from twosource.provenance import trace
from twosource.registry import Entry, Registry, default
from twosource.settings import Settings

EDGE = 0.06
"""How near to even P(K ≥ 2) is when the median may turn: two or three standard errors of 400 draws."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class World:
    """One claim and everything that its count is made from."""

    claim: Claim
    articles: tuple[Article, ...]
    statements: tuple[Statement, ...]
    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    matches: tuple[PassageMatch, ...]
    registry: Registry
    beside: tuple[Claim, ...] = ()

    def traced(self) -> Provenance:
        """Its provenance."""
        found, *_ = trace(
            [self.claim, *self.beside],
            self.statements,
            self.attributions,
            self.sources,
            self.articles,
            self.matches,
            Settings(),
            self.registry,
        )
        return found

    @property
    def asserting(self) -> list[str]:
        """Ids of the articles that assert the claim, in order."""
        inside = {m.statement for m in self.claim.members if m.relation is Relation.ASSERTS}
        return sorted({s.article for s in self.statements if s.id in inside})


@dataclass(frozen=True, slots=True)
class Trial:
    """One change of one claim: what was done, the counts before and after, and the rules that it broke.

    `note` says why the rule allows for a line less: the article was its only carrier, the credit was a line.
    """

    change: str
    claim: str
    article: str
    before: Support
    after: Support
    broken: tuple[str, ...]
    note: str = ""


def worlds(found: Findings, registry: Registry | None = None) -> Iterator[World]:
    """Every claim that two articles or more assert, with its own articles as the pile, and those of what may belong to it."""
    rows = default() if registry is None else registry
    of = {s.id: s for s in found.statements}
    sources = {s.id: s for s in found.sources}
    homes = {m.statement: c for c in found.claims for m in c.members if m.relation is Relation.ASSERTS}
    for claim in found.claims:
        near = [n.statement for n in claim.nearly]
        beside = {homes[n].id: homes[n] for n in near if n in homes}
        members = [m.statement for c in (claim, *beside.values()) for m in c.members] + near
        names = {of[m].article for m in members}
        if len({of[m.statement].article for m in claim.members if m.relation is Relation.ASSERTS}) < 2:
            continue
        attributions = tuple(a for a in found.attributions if a.article in names)
        used = {a.source_id for a in attributions if a.source_id}
        used |= {above for s in used if s in sources and (above := sources[s].speaks_for)}
        yield World(
            claim,
            tuple(a for a in found.articles if a.id in names),
            tuple(s for s in found.statements if s.article in names),
            attributions,
            tuple(s for s in found.sources if s.id in used),
            tuple(m for m in found.matches if {m.a.article, m.b.article} <= names),
            rows,
            tuple(replace(beside[c], nearly=()) for c in sorted(beside)),
        )


# ------------------------------------------------------------------------ changes


def copied(world: World, name: str) -> World:
    """The article once more, word for word, by nobody known, a day later."""
    (old,) = (a for a in world.articles if a.id == name)
    start = old.published.start
    published = replace(old.published, start=start + timedelta(days=1)) if start else old.published
    again = f"{name}~again"
    new = replace(
        old, id=again, path=f"{old.path}~", outlet="", url="", canonical_url="", published=published
    )

    def renamed(key: str) -> str:
        return f"{again}~{key}"

    speakers = {s.id: s for s in world.sources}
    attributions, sources = [], []
    for a in world.attributions:
        if a.article != name:
            continue
        source_id = a.source_id
        known = speakers.get(source_id or "")
        if known and known.kind is SourceKind.UNNAMED:  # one for every mention
            source_id = f"unnamed:{renamed(a.id)}"
            sources.append(replace(known, id=source_id, attributions=(renamed(a.id),), articles=(again,)))
        attributions.append(
            replace(a, id=renamed(a.id), article=again, source_id=source_id, parent=renamed(a.parent) if a.parent else None)
        )  # fmt: skip
    statements = [
        replace(s, id=renamed(s.id), article=again, attribution=renamed(s.attribution) if s.attribution else None)
        for s in world.statements
        if s.article == name
    ]  # fmt: skip

    def and_again(claim: Claim) -> Claim:
        mine = (m for m in claim.members if _of(world, m) == name)
        return replace(
            claim, members=(*claim.members, *(replace(m, statement=renamed(m.statement)) for m in mine))
        )

    whole = Span(0, len(old.text))
    matches = [
        PassageMatch(
            f"{again}~whole", Passage(name, whole), Passage(again, whole), 500.0, 1.0, MatchKind.REPRINT,
            Direction.A_TO_B, 0.99, 0.99, ("the whole of both articles",),
        )
    ]  # fmt: skip
    for m in world.matches:
        if name in (m.a.article, m.b.article):
            one, two = (Passage(again, side.span) if side.article == name else side for side in (m.a, m.b))
            from_it = m.direction is (Direction.A_TO_B if m.a.article == name else Direction.B_TO_A)
            way = (Direction.UNDIRECTED, 0.5) if from_it else (m.direction, m.p_direction)
            matches.append(
                replace(m, id=f"{again}~{m.id}", a=one, b=two, direction=way[0], p_direction=way[1])
            )
    return replace(
        world,
        claim=and_again(world.claim),
        beside=tuple(map(and_again, world.beside)),
        articles=(*world.articles, new),
        statements=(*world.statements, *statements),
        attributions=(*world.attributions, *attributions),
        sources=(*world.sources, *sources),
        matches=(*world.matches, *matches),
    )


def uncredited(world: World, name: str) -> World | None:
    """The article without its credit lines, and in its own voice what it credits to outlets; None where it credits none."""
    (old,) = (a for a in world.articles if a.id == name)
    outlets = {s.id for s in world.sources if s.kind is SourceKind.OUTLET}
    relayed = {
        a.id
        for a in world.attributions
        if a.article == name and (a.source_id in outlets or a.source_kind is SourceKind.OUTLET)
    }
    inside = {m.statement for m in world.claim.members}
    said = [s for s in world.statements if s.id in inside and s.article == name and s.attribution in relayed]
    if bool(old.credits) == bool(said):  # nothing to strike out, or two credits at once
        return None
    stripped = {s.id for s in said}
    return replace(
        world,
        articles=tuple(replace(a, credits=()) if a.id == name else a for a in world.articles),
        statements=tuple(replace(s, attribution=None) if s.id in stripped else s for s in world.statements),
    )


def deleted(world: World, name: str) -> World:
    """The pile without the article."""
    gone = {s.id for s in world.statements if s.article == name}

    def without(claim: Claim) -> Claim:
        return replace(
            claim,
            members=tuple(m for m in claim.members if m.statement not in gone),
            nearly=tuple(n for n in claim.nearly if n.statement not in gone),
        )

    return replace(
        world,
        claim=without(world.claim),
        beside=tuple(map(without, world.beside)),
        articles=tuple(a for a in world.articles if a.id != name),
        statements=tuple(s for s in world.statements if s.article != name),
        attributions=tuple(a for a in world.attributions if a.article != name),
        matches=tuple(m for m in world.matches if name not in (m.a.article, m.b.article)),
    )


def shuffled(world: World, draw: random.Random) -> World:
    """Everything in another order."""

    def mixed(values: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(draw.sample(values, len(values)))

    return replace(
        world,
        articles=mixed(world.articles),
        statements=mixed(world.statements),
        attributions=mixed(world.attributions),
        sources=mixed(world.sources),
        matches=mixed(world.matches),
    )


def one_owner(world: World, draw: random.Random) -> World | None:
    """Two of the claim's outlets with one owner; None where it has fewer."""
    outlets = sorted({a.outlet for a in world.articles if a.outlet})
    if len(outlets) < 2:
        return None
    rows = [
        replace(world.registry.find(name) or Entry(name, SourceKind.OUTLET), owner="One Owner", state="")
        for name in draw.sample(outlets, 2)
    ]
    return replace(world, registry=Registry((*world.registry.entries, *rows)))


def _of(world: World, member: Member) -> str:
    return next(s.article for s in world.statements if s.id == member.statement)


# -------------------------------------------------------------------------- rules


def trials(world: World, draw: random.Random, most: int = 4) -> Iterator[Trial]:
    """Every change of the claim, for at most so many of its articles."""
    traced = world.traced()
    before = traced.support
    chosen = draw.sample(world.asserting, min(most, len(world.asserting)))
    for name in chosen:
        after = copied(world, name).traced().support
        note = "the median stood on the edge" if _on_edge(before, after) else ""
        yield Trial("copy", world.claim.id, name, before, after, tuple(_same(before, after)), note)
    for name in chosen:
        bare = uncredited(world, name)
        if bare:
            after = bare.traced().support
            fewer = after.k < before.k or (after.most_likely or 0) < (before.most_likely or 0)
            note = "the credit was a line" if fewer else ""
            broken = tuple(_uncredited(before, after, fewer))
            yield Trial("credit", world.claim.id, name, before, after, broken, note)
    for name in chosen:
        less = deleted(world, name)
        after = less.traced().support
        carried = _only_carrier(world, traced, name)
        hub = f"article:{name}" in before.chokepoints
        note = "the only carrier of a line" if carried else ""
        yield Trial(
            "delete", world.claim.id, name, before, after, tuple(_deleted(before, after, carried, hub)), note
        )
    again = shuffled(world, draw).traced()
    yield Trial("shuffle", world.claim.id, "", before, again.support, () if again == traced else ("differs",))
    joined = one_owner(world, draw)
    if joined:
        after = joined.traced().support
        yield Trial("owners", world.claim.id, "", before, after, tuple(_owners(before, after)))


def _same(before: Support, after: Support) -> Iterator[str]:
    if after.k != before.k:
        yield f"K {before.k} → {after.k}"
    told = None not in (before.most_likely, after.most_likely)
    if told and after.most_likely != before.most_likely and not _on_edge(before, after):
        yield f"most likely {before.most_likely} → {after.most_likely}"


def _on_edge(before: Support, after: Support) -> bool:
    """Whether the median turns between one and two because P(K ≥ 2) was next to even: no other line, another draw."""
    shares = (before.p_two_or_more, after.p_two_or_more)
    return {before.most_likely, after.most_likely} == {1, 2} and all(
        s is not None and abs(s - 0.5) < EDGE for s in shares
    )


def _end_on_edge(before: Support, after: Support) -> bool:
    """Whether the interval's end turns between one and two because P(K ≥ 2) was next to the 5 or 95 % that decide it."""
    shares = (before.p_two_or_more, after.p_two_or_more)
    return any(all(s is not None and abs(s - end) < EDGE for s in shares) for end in (0.05, 0.95))


def _uncredited(before: Support, after: Support, fewer: bool) -> Iterator[str]:
    if after.k > before.k + 1:
        yield f"K {before.k} → {after.k}"
    if before.most_likely is not None and (after.most_likely or 0) > before.most_likely + 1:
        yield f"most likely {before.most_likely} → {after.most_likely}"
    old, new = _width(before), _width(after)
    if old is not None and new is not None and new < old and not fewer and not _end_on_edge(before, after):
        yield f"interval {before.interval90} → {after.interval90}"


def _deleted(before: Support, after: Support, carried: bool, hub: bool) -> Iterator[str]:
    low, high = before.interval90 or (before.at_least, before.at_most)
    if after.most_likely is not None and not low - carried <= after.most_likely <= high + hub:
        yield f"most likely {after.most_likely} outside {(low, high)}" + (", a line less" if carried else "")


def _owners(before: Support, after: Support) -> Iterator[str]:
    if (after.by_owner or 0) > (before.by_owner or 0):
        yield f"by owner {before.by_owner} → {after.by_owner}"
    if None not in (before.most_likely, after.most_likely) and (after.most_likely or 0) > (
        before.most_likely or 0
    ):
        yield f"most likely {before.most_likely} → {after.most_likely}"


def _width(support: Support) -> int | None:
    return support.interval90[1] - support.interval90[0] if support.interval90 else None


def _only_carrier(world: World, traced: Provenance, name: str) -> bool:
    """Whether some line reaches no other article: it falls with this one."""
    from twosource.provenance.lines import left_without

    return left_without(traced, [f"article:{name}"]) < traced.support.k


# ------------------------------------------------------------------------- report


def table(found: list[Trial], examples: int) -> str:
    """Trials and violations by change, with the first examples."""
    tried = Counter(t.change for t in found)
    broken = Counter((t.change, rule.split()[0]) for t in found for rule in t.broken)
    lines = []
    for change in tried:
        rules = ", ".join(f"{n} by {rule}" for (c, rule), n in sorted(broken.items()) if c == change)
        notes = Counter(t.note for t in found if t.change == change and t.note)
        noted = "".join(
            f"; {n} where the article was {why}" if "carrier" in why else f"; {n} where {why}"
            for why, n in notes.items()
        )
        lines.append(f"{change:8} {tried[change]:5} trials, broken: {rules or 'none'}{noted}")
        shown = [t for t in found if t.change == change and t.broken][:examples]
        lines += [f"    {t.claim} {t.article}: {'; '.join(t.broken)}" for t in shown]
    return "\n".join(lines)


def tried(
    found: Findings, claims: int, seed: int, told: Callable[[int, int], None] = lambda done, of: None
) -> list[Trial]:
    """The trials of so many claims, drawn by the seed."""
    draw = random.Random(seed)
    every = sorted(worlds(found), key=lambda w: w.claim.id)
    chosen = draw.sample(every, min(claims, len(every)))
    out: list[Trial] = []
    for number, world in enumerate(chosen, start=1):
        out.extend(trials(world, draw))
        told(number, len(chosen))
    return out


def main() -> None:
    """Command line: see the module's text."""
    from twosource.pipeline import Run
    from twosource.pipeline import trace as whole

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file")
    parser.add_argument("--case", type=Path)
    parser.add_argument("--claims", type=int, default=300)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--examples", type=int, default=5, help="violations named for each change")
    args = parser.parse_args()
    found = tried(whole([args.file], run=Run(case=args.case)), args.claims, args.seed)
    print(table(found, args.examples))


if __name__ == "__main__":
    main()
