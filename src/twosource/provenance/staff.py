"""Who works for an outlet: a reporter's word is the outlet's, in whichever article it is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from twosource.model import Source, SourceKind
from twosource.provenance import constants as p
from twosource.provenance.pile import Pile, indexed

_WRITERS = r"(?:reporter|correspondent|journalist|writer|editor|columnist|blogger|contributor)"
_PLACED = r"(?:of|at|from|with|for|in|on|over at)"
_LOOKED_AT = 50_000
"""Characters of an article in which it is looked for."""


def with_staff(pile: Pile) -> Pile:
    """The same pile, with everyone who is said to write for a cited outlet heard through that outlet.

    "Bayview's Ann Ray", "Ann Ray of Bayview", "Ann Ray, a reporter for Bayview" in one article make "Ray" and "Ray's sources" in
    the others Bayview's too. Somebody who is given to two outlets is left alone.
    """
    outlets = {
        name: pile.outlet_key(name)
        for name in {r.label for found in pile.relayed.values() for r in found}
        if len(name) > 2 and pile.outlet_key(name)
    }
    people = [s for s in _leaders(pile) if s.kind is SourceKind.PERSON and " " in s.name]
    if not outlets or len(outlets) > p.NEAREST or len(people) > _MOST_PEOPLE:
        return pile
    names = "|".join(re.escape(n) for n in sorted(outlets, key=lambda n: (-len(n), n)))
    house: dict[str, str] = {}
    for person in people:
        found = _houses(pile, person, names)
        if len({outlets[n] for n in found}) == 1:
            house[person.id] = min(found)
    if not house:
        return pile
    surnames = {pile.sources[s].name.split()[-1]: outlet for s, outlet in house.items()}
    sources = re.compile(
        rf"\b(?P<who>{'|'.join(map(re.escape, sorted(surnames)))})['’]s? (?:own )?(?:sources?|report)\b"
        rf"|\bsources? who (?:spoke|talked) (?:to|with) (?:\w+ )?(?P<whom>{'|'.join(map(re.escape, sorted(surnames)))})\b"
    )
    changed = {}
    for attribution in pile.attributions.values():
        if attribution.via_name or not attribution.source:
            continue
        via = house.get(pile.one_source.get(attribution.source_id or "", ""))
        if (
            via is None
            and (s := pile.sources.get(attribution.source_id or ""))
            and s.kind is SourceKind.UNNAMED
        ):
            hit = sources.search(attribution.source[0].of(pile.articles[attribution.article].text)[:_PHRASE])
            via = surnames[hit["who"] or hit["whom"]] if hit else None
        if via is not None and pile.outlet_key(via) != pile.outlet_of[attribution.article]:
            changed[attribution.id] = replace(attribution, via_name=via)
    return indexed(replace(pile, attributions={**pile.attributions, **changed})) if changed else pile


_MOST_PEOPLE = 200
_PHRASE = 120


def _houses(pile: Pile, person: Source, outlets: str) -> set[str]:
    """The names, of these, of the outlets that the articles give a person to."""
    name = re.escape(person.name)
    said = re.compile(
        rf"(?<!\w)(?P<before>{outlets})['’]s? (?:own )?(?:[a-z-]+ ){{0,3}}{name}\b"
        rf"|\b{name},? (?:an? |the )?(?:[\w-]+ ){{0,3}}?{_WRITERS} {_PLACED} (?:the )?(?P<writer>{outlets})(?!\w)"
        rf"|\b{name} {_PLACED} (?:the )?(?P<behind>{outlets})(?!\w)"
    )
    found: set[str] = set()
    for article in (a for a in person.articles if a in pile.articles):
        for hit in said.finditer(pile.articles[article].text, 0, _LOOKED_AT):
            found |= {g for g in hit.groups() if g}
    return found


def _leaders(pile: Pile) -> Iterable[Source]:
    return (pile.sources[s] for s in sorted(pile.sources) if pile.one_source[s] == s)
