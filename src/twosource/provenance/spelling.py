"""One source under two spellings: a name in Latin and in Cyrillic letters, an institution that one article takes for nobody in particular."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from twosource.model import Source, SourceKind
from twosource.provenance.media import is_body
from twosource.provenance.names import misspelt, script
from twosource.provenance.pile import Pile, indexed
from twosource.registry import name_key
from twosource.registry.sound import sound

_OFFICES = frozenset(
    {"ceo", "chairman", "chairwoman", "chief", "director", "governor", "head", "mayor", "minister", "president", "spokesman"}
    | {"spokesperson", "spokeswoman", "founder", "editor", "owner", "captain", "commander", "judge", "prosecutor"}
)  # fmt: skip
_NAMED = (SourceKind.PERSON, SourceKind.ORGANISATION)
_LEAST = 4
"""Letters that two names must sound alike in at least, over all their words."""


def with_one_spelling(pile: Pile) -> Pile:
    """The same pile, with each source under one of its spellings.

    A person of two names or an institution that sounds like exactly one other in the other alphabet is that one
    (Sofia Galbraith, София Гэлбрейт). "The traffic police", taken for an unnamed source here, is the traffic police that
    other articles name; a bare "Galbraith" is the one person of that surname, "the Quay CEO" the one who holds that office,
    "Sofia" the one of that first name. A name that is read as a person's here and as a body's there is one source; so are
    "she" and "I" with the only person whom the article names, and the "man" of its first lines with the one whom it goes on to quote.
    """
    pile = _with_roles(_with_leads(_with_pronouns(_with_one_kind(pile))))
    first: dict[tuple[SourceKind, tuple[str, ...]], dict[str, set[str]]] = {}
    institutions: dict[str, set[str]] = {}
    for source in _leaders(pile):
        if source.kind in _NAMED:
            heard = sound(source.name)
            long = len(heard) > 1 or source.kind is SourceKind.ORGANISATION
            if long and sum(map(len, heard)) >= _LEAST:
                spelt = first.setdefault((source.kind, heard), {})
                spelt.setdefault(script(source.name), set()).add(source.id)
        if source.kind is SourceKind.ORGANISATION and (key := name_key(source.name)):
            institutions.setdefault(key, set()).add(source.id)
    last: dict[str, set[str]] = {}
    offices: dict[str, set[str]] = {}
    for source in _leaders(pile):
        if source.kind is SourceKind.PERSON and " " in source.name:
            if key := name_key(source.name.split()[-1]):
                last.setdefault(key, set()).add(source.id)
            for word in {
                w for alias in (*source.aliases, source.description) for w in _words(alias)
            } & _OFFICES:
                offices.setdefault(word, set()).add(source.id)
    joined: dict[str, str] = {}
    for spelt in first.values():
        if len(spelt) == 2 and all(len(ids) == 1 for ids in spelt.values()):
            one, other = sorted(i for ids in spelt.values() for i in ids)
            if other not in pile.sources[one].distinct:
                kept = one if pile.sources[one].name.isascii() else other
                joined[other if kept == one else one] = kept
    for source in _leaders(pile):
        if source.kind in _NAMED and source.id not in joined:
            holder = _holder(pile, source, offices)
            if holder and holder not in source.distinct:
                joined[source.id] = joined.get(holder, holder)
        if source.kind is SourceKind.UNNAMED and source.count == 1:
            said = source.name or source.description
            meant = institutions.get(_definite(said), set()) or last.get(_surname(said), set())
            if len(meant) == 1 and not meant & set(source.distinct):
                joined[source.id] = next(iter(meant))
    return _joined(pile, joined)


def _joined(pile: Pile, joined: dict[str, str]) -> Pile:
    """The pile with each first source of `joined` taken for the second."""
    known = pile.one_source
    return replace(pile, one_source={s: joined.get(k := known[s], k) for s in known}) if joined else pile


def _with_one_kind(pile: Pile) -> Pile:
    """A name that is a person's in some articles and a body's in others is the one that more attributions have it for.

    And a bare first name is the one person of that first name whom the pile quotes; where it was read as a body's, one
    who stands in the same article. So is a surname that was read as a body's the one person of that surname.
    """
    pile = _with_persons(pile)
    by_key: dict[str, list[Source]] = {}
    first_names: dict[str, list[Source]] = {}
    surnames: dict[str, list[Source]] = {}
    for source in _leaders(pile):
        if source.kind in _NAMED and (key := name_key(source.name)):
            by_key.setdefault(key, []).append(source)
            if source.kind is SourceKind.PERSON and " " in source.name:
                first_names.setdefault(name_key(source.name.split()[0]), []).append(source)
                surnames.setdefault(name_key(source.name.split()[-1]), []).append(source)
    joined: dict[str, str] = {}
    for key, same in by_key.items():
        best = max(same, key=lambda s: (len(s.attributions), s.kind is SourceKind.PERSON, s.id))
        for other in same:
            if other is not best and best.id not in other.distinct and other.id not in best.distinct:
                joined[other.id] = best.id
        people = first_names.get(key, [])
        if len(people) == 1 and " " not in best.name and pile.registry.canonical(best.name) is None:
            person = people[0]
            near = best.kind is SourceKind.PERSON or set(best.articles) & set(person.articles)
            if near and best.id not in person.distinct:
                joined.update({s.id: person.id for s in same if s.id != person.id})
        people = surnames.get(key, [])
        bare = " " not in best.name and best.kind is SourceKind.ORGANISATION
        if len(people) == 1 and bare and pile.registry.canonical(best.name) is None:
            joined.update({s.id: people[0].id for s in same if s.id not in people[0].distinct})
        if best.kind is SourceKind.PERSON and " " not in best.name:
            joined.update(_misspelt(same, (found for others in surnames.values() for found in others)))
    for key, full in _longer(by_key).items():
        for other in by_key[key]:
            if full.id not in other.distinct and other.id not in full.distinct:
                joined.setdefault(other.id, full.id)
    return _joined(pile, {s: joined.get(t, t) for s, t in joined.items()})


def _misspelt(same: Sequence[Source], people: Iterable[Source]) -> dict[str, str]:
    """A bare surname with a slip in it is the one person of that surname who stands in the same article."""
    name, articles = same[0].name, {a for s in same for a in s.articles}
    meant = [q for q in people if misspelt(name, q.name.split()[-1]) and articles & set(q.articles)]
    return {s.id: meant[0].id for s in same if s.id not in meant[0].distinct} if len(meant) == 1 else {}


def _longer(by_key: Mapping[str, Sequence[Source]]) -> dict[str, Source]:
    """Key of a person's name that is cut or has a word too many → the one whose name it is.

    "Nadir al" is the one who is called "Nadir al-Oke" (the parser stopped at the hyphen), "Heartbroken Sofia Galbraith"
    is "Sofia Galbraith".
    """
    people = {same[0].name: same[0] for same in by_key.values() if same[0].kind is SourceKind.PERSON}
    out: dict[str, Source] = {}
    for name, source in people.items():
        words = name.split()
        if len(words) > 1 and words[-1].casefold() in {"al", "el", "ul"}:
            whole = [other for other in people if other.startswith(f"{name}-")]
            if len(whole) == 1:
                out[name_key(name)] = people[whole[0]]
        elif len(words) > 2 and (rest := " ".join(words[1:])) in people and source.name != rest:
            out[name_key(name)] = people[rest]
    return {key: source for key, source in out.items() if key in by_key and name_key(source.name) != key}


def _with_persons(pile: Pile) -> Pile:
    """The pile with "Sofia Galbraith", read as a body's name here, a person's where "Sofia" or "Galbraith" is one's there."""
    single = {name_key(s.name) for s in _leaders(pile) if s.kind is SourceKind.PERSON and " " not in s.name}
    changed = {
        source.id: replace(source, kind=SourceKind.PERSON)
        for source in _leaders(pile)
        if source.kind is SourceKind.ORGANISATION
        and len(words := source.name.split()) in (2, 3)
        and single & {name_key(words[0]), name_key(words[-1])}
        and pile.registry.canonical(source.name) is None
        and not is_body(source.name)
    }
    return indexed(replace(pile, sources={**pile.sources, **changed})) if changed else pile


ONE_PERSON = frozenset({"he", "him", "his", "she", "her", "hers", "i", "me", "my", "who"})
"""Pronouns for one person."""


def _with_pronouns(pile: Pile) -> Pile:
    """A pronoun for one person that the reading left open is the only person whom its article quotes.

    Where the article quotes somebody without a name as well, it may be that one: the pronoun stays open.
    """
    people: dict[str, set[str]] = {}
    pronouns: list[Source] = []
    nameless: set[str] = set()
    for source in pile.sources.values():
        leader = pile.sources[pile.one_source[source.id]]
        if leader.kind is SourceKind.PERSON:
            for article in source.articles:
                people.setdefault(article, set()).add(leader.id)
        elif leader.kind is SourceKind.UNNAMED:
            if (source.name or source.description).casefold() in ONE_PERSON:
                pronouns.append(source)
            else:
                nameless.update(source.articles)
    joined: dict[str, str] = {}
    for source in pronouns:
        found = {p for article in source.articles for p in people.get(article, ())}
        if len(found) == 1 and nameless.isdisjoint(source.articles):
            joined[source.id] = next(iter(found))
    return _joined(pile, joined)


_STAYS_NAMELESS = re.compile(
    r"\b(?:sources?|insiders?|spokes\w+|anonym\w*|unnamed|officials?|close to|familiar|another|other|neighbou?rs?|witness(?:es)?"
    r"|group|team|pair|crowd|rumou?r|video|footage|clip|photo\w*|picture|report|story|study|survey|statement|document|letter|post|tweet)\b",
    re.IGNORECASE,
)
_BRINGS_IN = (["a"], ["an"], ["its"], ["his"], ["her"])
_LEAD = 600
"""Characters in which an article introduces whom it quotes."""
_MUCH_QUOTED = 2
"""How many times as often as any other person such a one is quoted."""


def _with_leads(pile: Pile) -> Pile:
    """Whom the first lines bring in without a name ("A fisherman says ...", "its owner") is whom the article goes on to quote by name.

    That is the only person whom it quotes, or one whom it quotes twice as often as any other; not one who is said to
    stay without a name.
    """
    quoted: dict[str, Counter[str]] = {}
    first: dict[tuple[str, str], int] = {}
    for attribution in pile.attributions.values():
        source = pile.sources.get(pile.one_source.get(attribution.source_id or "", ""))
        if source and attribution.source and source.kind is SourceKind.PERSON:
            quoted.setdefault(attribution.article, Counter())[source.id] += 1
            at = (attribution.article, source.id)
            first[at] = min(first.get(at, attribution.source[0].start), attribution.source[0].start)
    joined: dict[str, str] = {}
    for source in _leaders(pile):
        words = source.description.casefold().split()
        if source.kind is not SourceKind.UNNAMED or source.count != 1 or words[:1] not in _BRINGS_IN:
            continue
        by = pile.attributions.get(source.attributions[0]) if source.attributions else None
        if (
            by is None
            or not by.source
            or by.source[0].start > _LEAD
            or _STAYS_NAMELESS.search(source.description)
        ):
            continue
        people = quoted.get(by.article, Counter()).most_common(2)
        if people and (len(people) == 1 or people[0][1] >= _MUCH_QUOTED * people[1][1]):
            person = people[0][0]
            if first[by.article, person] > by.source[0].start and person not in source.distinct:
                joined[source.id] = person
    return _joined(pile, joined)


_ROLES = frozenset(
    {"actor", "actress", "artist", "author", "beautician", "blogger", "boss", "boy", "bride", "businessman", "candidate", "captain"}
    | {"chef", "chief", "coach", "comedian", "commander", "congressman", "congresswoman", "customer", "dad", "designer", "diner"}
    | {"director", "doctor", "driver", "engineer", "farmer", "father", "fisherman", "footballer", "founder", "girl", "grandfather"}
    | {"grandmother", "groom", "guitarist", "host", "hunter", "husband", "journalist", "judge", "lady", "landlord", "lawyer", "man"}
    | {"manager", "marine", "mayor", "minister", "mom", "mother", "mum", "musician", "nurse", "owner", "passenger", "patient"}
    | {"pensioner", "pilot", "player", "politician", "presenter", "president", "professor", "rapper", "reporter", "resident"}
    | {"scientist", "senator", "sergeant", "singer", "soldier", "star", "striker", "student", "teacher", "teen", "teenager"}
    | {"tenant", "tourist", "traveller", "traveler", "veteran", "victim", "waiter", "waitress", "wife", "woman", "worker", "writer"}
    | {"youngster"}
)  # fmt: skip
"""Words for one person by which an article speaks again of somebody whom it has named."""
_OF_THREE = re.compile(r"[ -]of[ -](?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b.*")
"""How many children: "the father-of-two"."""
_THE_OLD = re.compile(r"\b\d{1,3}[- ]years?[- ]old\b", re.IGNORECASE)


def _with_roles(pile: Pile) -> Pile:
    """Whom an article calls by a role alone ("the senator, 71", "the Bay man", "her husband") is the one person whom it has named.

    That is the only one of the people whom the pile quotes that the article has by name, and before this; not one who is
    said to stay without a name.
    """
    people = [s for s in _leaders(pile) if s.kind is SourceKind.PERSON and " " in s.name]
    here: dict[str, list[Source]] = {}
    joined: dict[str, str] = {}
    for source in _leaders(pile):
        if source.kind is not SourceKind.UNNAMED or source.count != 1 or not source.attributions:
            continue
        said = _OF_THREE.sub("", source.description.partition(",")[0])
        words = said.casefold().split()
        if words[:1] not in (["the"], ["his"], ["her"], ["its"]) or len(words) > _ROLE_WORDS:
            continue
        role = _OF_THREE.split(words[-1])[0].strip(".,") in _ROLES or bool(_THE_OLD.search(said))
        by = pile.attributions.get(source.attributions[0])
        if by is None or not by.source or not role or _STAYS_NAMELESS.search(source.description):
            continue
        text = pile.articles[by.article].text
        if by.article not in here:
            here[by.article] = [p for p in people if p.name in text]
        found = here[by.article]
        if (
            len(found) == 1
            and text.find(found[0].name) < by.source[0].start
            and found[0].id not in source.distinct
        ):
            joined[source.id] = found[0].id
    return _joined(pile, joined)


_ROLE_WORDS = 5
"""Words of such a phrase at most: "the former Bay beautician"."""


def _leaders(pile: Pile) -> Iterable[Source]:
    """One source for each that is known by several ids, in order of id."""
    return (pile.sources[s] for s in sorted(pile.sources) if pile.one_source[s] == s)


def _definite(description: str) -> str:
    """The key of what a description names outright: "the traffic police", not "a police officer"; else ""."""
    words = description.split()
    if len(words) < 3 or words[0].casefold() != "the":
        return ""
    return name_key(" ".join(words[1:]))


def _surname(description: str) -> str:
    """The key of a description that is nothing but a capitalised word; else ""."""
    word = description.strip(" .,;:'’\"")
    return name_key(word) if word.isalpha() and word[:1].isupper() and not word.isupper() else ""


def _words(text: str) -> list[str]:
    """The words in lower case without the article."""
    words = [w.strip(".,;:'’()\"").casefold() for w in text.split()]
    return [w for w in words if w and w != "the"]


def _holder(pile: Pile, source: Source, offices: dict[str, set[str]]) -> str | None:
    """The one person who is known to hold the office that a source is called by, and by nothing else; else None."""
    words = _words(source.name)
    if not words or words[-1] not in _OFFICES:
        return None
    people = [
        p
        for p in sorted(offices.get(words[-1], set()) - {source.id})
        if any(
            set(words) <= set(_words(alias))
            for alias in (*pile.sources[p].aliases, pile.sources[p].description)
        )
    ]
    return people[0] if len(people) == 1 else None
