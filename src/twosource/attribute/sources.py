"""Across the pile: which attributions lead to one and the same source.

Names are joined by exact keys only (a full name, a surname that one full name of the pile fits, an alias of
the registry, an acronym that one name of the pile fits). An unnamed source is one per mention: whether two
are the same is for the count of lines to weigh, not for a name match to decide.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from ..model import Article, Attribution, Source, SourceKind, Span
from ..registry.sound import sound
from . import governments, names, offices

_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "both": 2,
    "dozen": 12, "pair": 2, "couple": 2, "два": 2, "две": 2, "двое": 2, "три": 3, "трое": 3, "четыре": 4, "пять": 5,
}  # fmt: skip
_NAMED = frozenset({SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.OUTLET})
_CORPORATE = frozenset({SourceKind.ORGANISATION, SourceKind.OUTLET})


class Entry(Protocol):
    """What the registry knows of a name."""

    @property
    def name(self) -> str:
        """The canonical name."""

    @property
    def kind(self) -> SourceKind:
        """Person, organisation, outlet or document."""

    @property
    def owner(self) -> str:
        """Who publishes it, "" if not known."""

    @property
    def state(self) -> str:
        """The country whose government controls it, "" if none is known."""

    @property
    def speaks_for(self) -> str:
        """The institution that a person or office speaks for, "" if not known."""


class Registry(Protocol):
    """Aliases, outlets and owners: what a look-up by name must offer."""

    def canonical(self, name: str) -> Entry | None:
        """The entry that goes by this name or alias, or None."""


@dataclass(slots=True)
class _Group:
    """The attributions of one source, while they are gathered."""

    kind: SourceKind
    entry: Entry | None = None
    names: Counter[str] = field(default_factory=Counter)
    mentions: set[str] = field(default_factory=set)
    attributions: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)


def link(
    articles: Sequence[Article], attributions: Sequence[Attribution], registry: Registry | None = None
) -> tuple[tuple[Attribution, ...], tuple[Source, ...]]:
    """Join attributions that lead to one source; give each its `source_id`.

    The attributions come back in the order given; sources are in order of id. Ids are readable and stable:
    ``person:ann ray``; an unnamed source's id names its first mention. An attribution without a source span
    gets no source. `registry` None, or one that knows nothing, is fine.
    """
    text = {article.id: article.text for article in articles}
    attributions = [_without_country(a) for a in attributions]
    published = {names.folded(a.outlet).removeprefix("the ") for a in articles if a.outlet}
    attributions = [_of_the_pile(a, published, text.get(a.article, "")) for a in attributions]
    known = {a.canonical: _look_up(registry, a.canonical) for a in attributions if a.canonical}
    keys = _keys(attributions, known)
    groups: dict[str, _Group] = {}
    linked: list[Attribution] = []
    for a in attributions:
        key = keys.get(a.id)
        if key is None:
            linked.append(a)
            continue
        linked.append(replace(a, source_id=key))
        entry = known.get(a.canonical) if a.canonical else None
        group = groups.setdefault(key, _Group(SourceKind(key.partition(":")[0]), entry))
        if a.canonical:
            group.names[a.canonical] += 1
        if a.source:
            group.mentions.add(" ".join(a.source[0].of(text.get(a.article, "")).split()))
        group.attributions.append(a.id)
        if a.article not in group.articles:
            group.articles.append(a.article)
    spokes = _speaks_for(groups, text, registry)
    return tuple(linked), tuple(_source(key, groups[key], spokes.get(key)) for key in sorted(groups))


def _without_country(a: Attribution) -> Attribution:
    """A body or outlet that is called by its acronym and its country is the one of the acronym: "Syria SANA"."""
    if a.canonical is None or a.source_kind not in _CORPORATE:
        return a
    return replace(a, canonical=governments.without_country(a.canonical))


def _of_the_pile(a: Attribution, published: set[str], text: str) -> Attribution:
    """An outlet that has articles in the pile is one wherever it is named: "The Mast reported"."""
    if (
        a.source_kind in {SourceKind.FIRST_HAND, SourceKind.OUTLET}
        or not a.source
        or a.source_kind is SourceKind.DOCUMENT
    ):
        return a
    name = a.canonical or " ".join(a.source[0].of(text)[:80].split())
    if names.folded(name).removeprefix("the ") not in published:
        return a
    return replace(
        a, canonical=re.sub(r"^the ", "", name, flags=re.IGNORECASE), source_kind=SourceKind.OUTLET
    )


def _look_up(registry: Registry | None, name: str) -> Entry | None:
    return registry.canonical(name) if registry is not None else None


def _keys(attributions: Sequence[Attribution], known: dict[str, Entry | None]) -> dict[str, str]:
    """The source id of every attribution that has a source."""
    surnames = _full_names(a.canonical for a in attributions if a.source_kind is SourceKind.PERSON)
    others = _turned(a.canonical for a in attributions if a.source_kind in _CORPORATE) | _acronyms(
        a.canonical for a in attributions if a.source_kind in _CORPORATE
    )
    outlets = {
        names.folded(a.canonical) for a in attributions if a.canonical and a.source_kind is SourceKind.OUTLET
    }
    spelt = {
        kind: _other_alphabet(
            a.canonical
            for a in attributions
            if a.canonical and a.source_kind is kind and known.get(a.canonical) is None
        )
        for kind in (SourceKind.PERSON, SourceKind.ORGANISATION)
    }
    mention: dict[tuple[str, Span], str] = {}
    out: dict[str, str] = {}
    for a in attributions:
        if not a.source:
            continue
        entry = known.get(a.canonical) if a.canonical else None
        if entry is not None:
            out[a.id] = f"{entry.kind.value}:{names.folded(entry.name)}"
        elif a.canonical and a.source_kind in _NAMED:
            name = names.folded(a.canonical)
            if a.source_kind is SourceKind.PERSON:
                name = surnames.get(name, name)
            else:
                name = others.get(a.canonical, name.removeprefix("the ")).removeprefix("the ")
            # who is shown to be an outlet in one place ("a story in Bayview") is one in the others too
            name = spelt.get(a.source_kind, {}).get(name, name)
            kind = SourceKind.OUTLET if a.source_kind in _CORPORATE and name in outlets else a.source_kind
            out[a.id] = f"{kind.value}:{name}"
        elif a.source_kind is SourceKind.FIRST_HAND:  # one reporter to an article
            out[a.id] = f"{a.source_kind.value}:{a.article}"
        elif a.canonical:  # a document: "the report" of another article is another report
            out[a.id] = f"{a.source_kind.value}:{names.folded(a.canonical)} in {a.article}"
        else:
            place = (a.article, a.antecedent or a.source[0])
            out[a.id] = mention.setdefault(place, f"{SourceKind.UNNAMED.value}:{a.id}")
    return out


def _full_names(canonicals: Iterable[str | None]) -> dict[str, str]:
    """Short form → full name, folded, where one full name alone fits: "Ray" and "A. Ray" → "ann ray"."""
    full = sorted({names.folded(c) for c in canonicals if c})
    by_surname: dict[str, list[str]] = defaultdict(list)
    for name in full:
        if " " in name and len(name.split()[0]) > 1:
            by_surname[name.split()[-1]].append(name)
    out: dict[str, str] = {}
    for name in full:
        parts = name.split()
        fits = [
            other
            for other in by_surname.get(parts[-1], [])
            if other != name and (len(parts) == 1 or (len(parts[0]) == 1 and other[0] == parts[0]))
        ]
        if len(fits) == 1:
            out[name] = fits[0]
    return out


def _acronyms(canonicals: Iterable[str | None]) -> dict[str, str]:
    """Acronym → the one name of the pile that it abbreviates, folded."""
    full = sorted({c for c in canonicals if c})
    by_initials: dict[str, set[str]] = defaultdict(set)
    for name in full:
        if " " in name:
            by_initials[names.initials(name)].add(names.folded(name).removeprefix("the "))
    return {
        name: next(iter(by_initials[name]))
        for name in full
        if name.isupper() and 3 <= len(name) <= 8 and len(by_initials.get(name, ())) == 1
    }


_LEAST_HEARD = 4
"""Letters that two names must sound alike in at least, over all their words."""


def _other_alphabet(canonicals: Iterable[str]) -> dict[str, str]:
    """A name in Cyrillic letters → the one name in Latin letters that sounds like it, both folded.

    "Дорота Хаске" → "dorota haske". Only where one name of each alphabet sounds so; a person's surname alone is too little.
    """
    heard: dict[tuple[str, ...], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for name in sorted(set(canonicals)):
        sounds = sound(name)
        if len(sounds) > 1 and sum(map(len, sounds)) >= _LEAST_HEARD:
            heard[sounds][names.in_cyrillic(name)].add(names.folded(name).removeprefix("the "))
    return {
        next(iter(cyrillic)): next(iter(latin))
        for latin, cyrillic in heard.values()
        if len(latin) == len(cyrillic) == 1
    }


_OF_A_PLACE = re.compile(r"(?P<what>[a-z].{2,60}) (?:of|in) (?P<where>[A-Z].{1,40})")


def _turned(canonicals: Iterable[str | None]) -> dict[str, str]:
    """What a place's body is called → the same the other way round, where the pile has it so, folded.

    "harbour office of Velm" → "velm harbour office". Not "Bank of Velm": a name in capitals stands as it is.
    """
    every = {c for c in canonicals if c}
    keys = {names.folded(name).removeprefix("the ") for name in every}
    out: dict[str, str] = {}
    for name in sorted(every):
        found = _OF_A_PLACE.fullmatch(name)
        turned = names.folded(f"{found['where']} {found['what']}") if found else ""
        if turned in keys:
            out[name] = turned
    return out


def _speaks_for(
    groups: dict[str, _Group], text: Mapping[str, str], registry: Registry | None
) -> dict[str, str]:
    """Person → institution: by the registry, by the office the articles give them, or by their mention."""
    institutions = {
        names.folded(form).removeprefix("the "): key
        for key, group in sorted(groups.items())
        if group.kind is SourceKind.ORGANISATION
        for form in (*group.names, *group.mentions)
    }
    longest = sorted((form for form in institutions if " " in form), key=lambda f: (-len(f), f))
    pattern = re.compile("|".join(rf"\b{re.escape(form)}\b" for form in longest)) if longest else None
    out: dict[str, str] = {}
    for key, group in sorted(groups.items()):
        if group.kind is not SourceKind.PERSON:
            continue
        if group.entry is not None and group.entry.speaks_for:
            out[key] = f"{SourceKind.ORGANISATION.value}:{names.folded(group.entry.speaks_for)}"
            continue
        office = _office(group, text)
        if office is not None:
            entry = _look_up(registry, office)
            short = names.folded(entry.name if entry else office).removeprefix("the ")
            out[key] = institutions.get(short, f"{SourceKind.ORGANISATION.value}:{short}")
            continue
        for mention in sorted(group.mentions) if pattern else ():
            hit = pattern.search(names.folded(mention)) if pattern else None
            if hit is not None:
                out[key] = institutions[hit.group()]
                break
    return out


def _office(group: _Group, text: Mapping[str, str]) -> str | None:
    """The body that the articles say a person heads or speaks for: the one that most of them name."""
    counted: Counter[str] = Counter()
    for name in sorted({n for n in group.names if " " in n}):
        for article in group.articles[:_MOST_ARTICLES]:
            body = offices.institution(text.get(article, ""), name)
            if body is not None:
                counted[body] += 1
    return min(counted, key=lambda body: (-counted[body], body), default=None)


_MOST_ARTICLES = 20


def _source(key: str, group: _Group, speaks_for: str | None) -> Source:
    description = "" if group.names else min(group.mentions, default="")
    best = max(group.names, key=lambda n: (not names.in_cyrillic(n), group.names[n], len(n), n), default="")
    name = group.entry.name if group.entry else _fullest(group) or best or description
    forms = {*group.names, *(m for m in group.mentions if m[:1].isupper())} if group.names else set()
    return Source(
        id=key,
        name=name,
        kind=group.kind,
        aliases=tuple(sorted(forms - {name})),
        attributions=tuple(group.attributions),
        articles=tuple(group.articles),
        description=description,
        count=count_of(description) if not group.names else 1,
        speaks_for=speaks_for,
        owner=group.entry.owner or None if group.entry else None,
        state=group.entry.state or None if group.entry else None,
    )


def _fullest(group: _Group) -> str:
    """A person goes by the longest form of the name; an organisation by the commonest."""
    if group.kind is not SourceKind.PERSON:
        return ""
    return max(
        group.names,
        key=lambda n: (len(n.split()), not names.in_cyrillic(n), group.names[n], n),
        default="",
    )


_AGE = re.compile(r",\s*\d{1,3}\b(?=\s*(?:,|$))|\b\d{1,3}[- ]years?[- ]old\b|\baged \d{1,3}\b")
"""How old somebody is: "the senator, 71"."""


def count_of(description: str) -> int:
    """How many people an unnamed source is said to be: "two officials" → 2; 1 where no number stands."""
    for word in re.findall(r"\w+", _AGE.sub(" ", description.lower()[:80])):
        if word in _NUMBERS:
            return _NUMBERS[word]
        if word.isdigit() and 1 < int(word[:4]) < 1000:
            return int(word[:4])
    return 1
