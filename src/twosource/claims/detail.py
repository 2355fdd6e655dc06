"""Which of two statements of one proposition says more: a name, a number or a day that the other leaves open."""

from __future__ import annotations

from collections.abc import Iterator

from .dates import distance
from .names import wide
from .profile import Profile
from .quantities import compatible, effective

_MOST = 3
_NARROWER = 0.8  # share of the other's width that a range may have at most to be the more exact of the two


def detail(a: Profile, b: Profile) -> str:
    """How `a` stands to `b`, which says the same: more specific, more general, or "" where neither or both add something.

    Only names, counts and days are compared: words of another kind may be mere wording. Names of countries add nothing.
    """
    mine, others = list(_beyond(a, b)), list(_beyond(b, a))
    if mine and not others:
        return f"more specific: adds {'; '.join(mine[:_MOST])}"
    if others and not mine:
        return f"more general: leaves out {'; '.join(others[:_MOST])}"
    return ""


def _beyond(a: Profile, b: Profile) -> Iterator[str]:
    """What `a` says and `b` leaves open, in `a`'s words."""
    if a.statement.language == b.statement.language:  # in another script a name may just not be recognised
        known = b.names | b.sounds
        fresh = {
            key: text
            for key, text in zip(_keys(a), _texts(a), strict=True)
            if key in a.names - known - wide()
        }
        yield from (fresh[key] for key in sorted(fresh))
    for count in a.counts:
        same_thing = [q for q in b.counts if q.unit == count.unit and compatible(q, count)]
        low, high = effective(count)
        if not any(q.unit == count.unit for q in b.counts):
            yield count.text
        elif same_thing and all(high - low < _NARROWER * (e[1] - e[0]) for e in map(effective, same_thing)):
            yield f"{count.text}, not {same_thing[0].text}"
    for day in a.statement.dates:
        if not any(distance(day, other) == 0 for other in b.statement.dates) and not b.statement.dates:
            yield day


def _keys(profile: Profile) -> list[str]:
    return [e.key if e.key in profile.names else e.key.rsplit(" ", 1)[-1] for e in profile.statement.entities]


def _texts(profile: Profile) -> list[str]:
    return [e.text for e in profile.statement.entities]
