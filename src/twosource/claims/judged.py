"""What people decided about statements, as constraints on grouping: these are one claim, those are not.

Constrained clustering (Wagstaff et al. 2001: must-link and cannot-link). Ties are transitive: who is tied to one of a
group is tied to all of it, and who is kept apart from one is kept apart from all. Where the two meet, apart wins:
putting two propositions together invents corroboration.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, NamedTuple, TypeVar

from ..model import Claim, Member, Relation, Statement

K = TypeVar("K", str, int)

_SHOWN = 90  # characters of the other statement in a reason


class Ruling(NamedTuple):
    """One consequence of a person's decision: statements `a` and `b` (ids) are the same proposition, or are not.

    `order` is what rulings are sorted by, oldest first. What is not `firm` was not said of these two themselves: it
    follows from the claim that one of them stood in at the time, and yields to what was said. `why` is shown as a reason.
    """

    order: tuple[str, ...]
    a: str
    b: str
    same: bool
    firm: bool = True
    why: str = ""


class Naming(NamedTuple):
    """A person's words for the claim that asserts most of these statements (ids)."""

    order: tuple[str, ...]
    statements: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Constraints:
    """Rulings that hold together. Build it with `of`; without rulings it constrains nothing.

    `group_of` maps a statement to the name of its group of tied statements, `apart` a group to those that it may
    share no claim with. `overruled` has each ruling that could not be kept, with the one that it runs against.
    """

    rulings: tuple[Ruling, ...] = ()
    names: tuple[Naming, ...] = ()
    overruled: tuple[tuple[Ruling, Ruling], ...] = ()
    group_of: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, rulings: Iterable[Ruling], names: Iterable[Naming] = ()) -> Constraints:
        """Settle the rulings. Their order does not matter; of two ties that cannot both be kept the older one is."""
        known = sorted({r for r in rulings if r.a != r.b})
        groups = _Groups(x for r in known for x in (r.a, r.b))
        firm = [r for r in known if r.firm and not r.same]
        for r in firm:
            groups.part(r.a, r.b)
        kept: list[Ruling] = []
        overruled: list[tuple[Ruling, Ruling]] = []
        for r in (r for r in known if r.same):
            if groups.join(r.a, r.b):
                kept.append(r)
                continue
            sides = {groups.find(r.a), groups.find(r.b)}
            overruled.append((r, next(c for c in firm if {groups.find(c.a), groups.find(c.b)} == sides)))
        for r in (r for r in known if not r.firm and not r.same):
            groups.part(r.a, r.b)  # of one group: the tie was said, this was not
        return cls(
            rulings=tuple(sorted((*firm, *kept))),
            names=tuple(sorted(set(names))),
            overruled=tuple(overruled),
            group_of={x: groups.find(x) for x in sorted(groups.leader)},
            apart={x: frozenset(others) for x, others in sorted(groups.apart.items()) if others},
        )

    @property
    def placed(self) -> frozenset[str]:
        """The statements that a person tied to others: they belong to a claim however little they weigh."""
        return frozenset(x for r in self.rulings if r.same for x in (r.a, r.b))

    def signature(self, statement: str) -> tuple[str, ...]:
        """What a statement is kept apart from; copies that differ in it are not one."""
        return tuple(sorted(self.apart.get(self.group_of.get(statement, ""), ())))

    def are_apart(self, one: str, other: str) -> bool:
        """Whether the two statements may share no claim."""
        first, second = self.group_of.get(one), self.group_of.get(other)
        return first is not None and second is not None and second in self.apart.get(first, ())

    def told(self, claims: Sequence[Claim], statements: Iterable[Statement]) -> tuple[Claim, ...]:
        """The claims with what a person decided among the reasons of their members, and by the names they gave."""
        if not self.rulings and not self.names:
            return tuple(claims)
        text = {s.id: s.text for s in statements}
        reasons: dict[str, list[str]] = defaultdict(list)
        for r in self.rulings:
            for mine, other in ((r.a, r.b), (r.b, r.a)):
                says = "says the same as" if r.same else "does not say the same as"
                reasons[mine].append(f"{r.why}: {says} “{_short(text.get(other, other))}”")
        called = self._called(claims)
        return tuple(
            replace(
                claim,
                text=called.get(claim.id, claim.text),
                members=tuple(self._decided(m, reasons) for m in claim.members),
                nearly=tuple(
                    n
                    for n in claim.nearly
                    if not any(self.are_apart(n.statement, m.statement) for m in claim.members)
                ),
            )
            for claim in claims
        )

    def _decided(self, member: Member, reasons: Mapping[str, Sequence[str]]) -> Member:
        mine = tuple(reasons.get(member.statement, ()))
        if not mine or member.relation is Relation.RIVAL:
            return member
        tied = member.statement in self.placed
        return replace(
            member,
            probability=1.0 if tied else member.probability,
            reasons=(*mine, *member.reasons),
        )

    def _called(self, claims: Sequence[Claim]) -> dict[str, str]:
        """Claim → its name: the newest of those given to it."""
        home = {m.statement: c.id for c in claims for m in c.members if m.relation is not Relation.RIVAL}
        place = {c.id: n for n, c in enumerate(claims)}
        out: dict[str, str] = {}
        for naming in self.names:
            held = Counter(home[s] for s in sorted(naming.statements) if s in home)
            if held:
                out[min(held, key=lambda c: (-held[c], place[c]))] = naming.text
        return out


UNDECIDED = Constraints()
"""Nobody decided anything."""


class Bundles:
    """Positions of a pile that end in one claim, while grouping goes on; `copies` are the statements at each."""

    def __init__(self, constraints: Constraints, copies: Sequence[Sequence[Statement]]) -> None:
        at: dict[str, list[int]] = defaultdict(list)
        for x, same in enumerate(copies):
            for group in sorted({constraints.group_of.get(s.id, "") for s in same} - {""}):
                at[group].append(x)
        self._tied = _Groups(x for xs in at.values() for x in xs)
        for xs in at.values():
            for x in xs[1:]:
                self._tied.join(xs[0], x)
        for group, others in constraints.apart.items():
            for other in others:
                if group in at and other in at:
                    self._tied.part(at[group][0], at[other][0])
        self._now = self._tied.copy()

    def may_join(self, x: int, y: int) -> bool:
        """Whether what holds position x may be merged with what holds y, with all that is tied to either."""
        return self._now.may_join(x, y)

    def join(self, x: int, y: int) -> None:
        """Note that they were merged."""
        if self._now.leader:
            self._now.join(x, y)

    def apart(self, xs: Iterable[int], ys: Iterable[int]) -> bool:
        """Whether a decision keeps one of the one side from one of the other."""
        if not self._tied.apart:
            return False
        theirs = {self._tied.find(y) for y in ys}
        return any(self._tied.apart.get(self._tied.find(x), set()) & theirs for x in xs)

    def joined(self, clusters: Sequence[Sequence[int]]) -> list[list[int]]:
        """The clusters, those that hold tied positions as one; in the order of their first positions."""
        first: dict[int, int] = {}
        out: dict[int, list[int]] = {}
        whole = _Groups(k for k in range(len(clusters)))
        for k, cluster in enumerate(clusters):
            for x in cluster:
                if x in self._tied.leader:
                    whole.join(first.setdefault(self._tied.find(x), k), k)
        for k, cluster in enumerate(clusters):
            out.setdefault(whole.find(k), []).extend(cluster)
        return sorted(sorted(cluster) for cluster in out.values())


class _Groups(Generic[K]):
    """Groups of names that are joined step by step, and which of them may not be."""

    def __init__(self, names: Iterable[K] = ()) -> None:
        self.leader: dict[K, K] = {name: name for name in names}
        self.apart: dict[K, set[K]] = defaultdict(set)

    def copy(self) -> _Groups[K]:
        new = _Groups(self.leader)
        new.leader.update(self.leader)
        new.apart.update({name: set(others) for name, others in self.apart.items()})
        return new

    def find(self, name: K) -> K:
        while (up := self.leader.get(name, name)) != name:
            self.leader[name] = self.leader.get(up, up)
            name = up
        return name

    def may_join(self, a: K, b: K) -> bool:
        return not self.apart or self.find(b) not in self.apart.get(self.find(a), ())

    def join(self, a: K, b: K) -> bool:
        """Make them one group; False where they are kept apart."""
        low, high = sorted((self.find(a), self.find(b)))
        if low == high:
            return True
        if high in self.apart.get(low, ()):
            return False
        self.leader[high] = low
        for other in self.apart.pop(high, set()):
            self.apart[other].discard(high)
            self.apart[other].add(low)
            self.apart[low].add(other)
        return True

    def part(self, a: K, b: K) -> None:
        """Keep two groups apart, unless they are one."""
        first, second = self.find(a), self.find(b)
        if first != second:
            self.apart[first].add(second)
            self.apart[second].add(first)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
