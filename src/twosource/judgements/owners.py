"""Judgements on owners → a registry that knows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..claims import Constraints, Ruling
from ..model import Decision, Judged, Judgement, JudgementKind, SourceKind
from ..registry import Entry, Registry, name_key
from .file import key, ordered
from .statements import overruled
from .wording import decided, matched, named, unmatched


def judged_owners(
    judgements: Iterable[Judgement],
    registry: Registry,
    names: Iterable[str],
) -> tuple[Registry, tuple[Judged, ...]]:
    """The registry with the owners that people decided on; an outlet that it does not know gets a row.

    Outlets of one owner take the owner and state of the first of them that has one. Of two that a person says have
    different owners, the later named loses an owner or state that the first has too. `names` are all that the pile speaks
    of; an outlet that is neither among them nor in the registry is unmatched.
    """
    known = ordered(j for j in judgements if j.kind is JudgementKind.OWNER)
    if not known:
        return registry, ()
    there = {name_key(name) for name in names}
    rulings: list[Ruling] = []
    judged: list[Judged] = []
    entries: dict[str, Entry] = {}
    for judgement in known:
        lost: list[str] = []
        mine: list[str] = []
        for subject in judgement.subjects:
            entry = registry.find(subject.name)
            if entry is None and name_key(subject.name) not in there:
                lost.append(named(subject))
            entry = entry or Entry(subject.name, SourceKind.OUTLET, source="a judgement")
            mine.append(name_key(entry.name))
            entries.setdefault(mine[-1], entry)
        if lost:
            why = f"{' and '.join(lost)}: no such outlet in this pile or in the registry"
            judged.append(unmatched(judgement, why))
            continue
        judged.append(matched(judgement))
        if judgement.verdict is not Decision.UNSURE:
            order = (judgement.when, key(judgement))
            tied = judgement.verdict is Decision.SAME
            pairs = [(mine[0], other) for other in mine[1:]]
            rulings += [Ruling(order, a, b, tied, why=decided(judgement)) for a, b in pairs]
    constraints = Constraints.of(rulings)
    changed = _tied(constraints, entries)
    for r in constraints.rulings:
        if not r.same:
            one, other = changed.get(r.a, entries[r.a]), changed.get(r.b, entries[r.b])
            changed[r.b] = replace(
                other,
                owner=other.name if other.owner and other.owner == one.owner else other.owner,
                state="" if other.state == one.state else other.state,
            )
    decided_rows = tuple(changed[name] for name in sorted(changed))
    by_key = {key(j): j for j in known}
    return Registry((*registry.entries, *decided_rows)), tuple(
        overruled(j, constraints, by_key) for j in judged
    )


def _tied(constraints: Constraints, entries: dict[str, Entry]) -> dict[str, Entry]:
    """The rows of outlets that are said to have one owner, with that owner."""
    groups: dict[str, list[str]] = {}
    for name, group in sorted(constraints.group_of.items()):
        groups.setdefault(group, []).append(name)
    out: dict[str, Entry] = {}
    for names in groups.values():
        if len(names) > 1:
            giver = next((entries[n] for n in names if entries[n].owner), entries[names[0]])
            for name in names:
                out[name] = replace(entries[name], owner=giver.owner or giver.name, state=giver.state)
    return out
