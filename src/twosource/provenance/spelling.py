"""One source under two spellings: a name in Latin and in Cyrillic letters, an institution that one article takes for nobody in particular."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from twosource.model import Source, SourceKind
from twosource.provenance.names import script
from twosource.provenance.pile import Pile
from twosource.registry import in_latin, name_key

_OFFICES = frozenset(
    {"ceo", "chairman", "chairwoman", "chief", "director", "governor", "head", "mayor", "minister", "president", "spokesman"}
    | {"spokesperson", "spokeswoman", "founder", "editor", "owner", "captain", "commander", "judge", "prosecutor"}
)  # fmt: skip
_NAMED = (SourceKind.PERSON, SourceKind.ORGANISATION)
_LEAST = 4
"""Letters that two names must sound alike in at least, over all their words."""
_SOUNDS = (("dzh", "g"), ("shch", "s"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("ck", "k"), ("zh", "s"), ("ts", "s"), ("tz", "s"),
           ("ph", "f"), ("th", "t"), ("qu", "kv"), ("ow ", " "), ("x", "ks"), ("w", "v"), ("q", "k"), ("z", "s"),
           ("c", "k"))  # fmt: skip


def sound(name: str) -> tuple[str, ...]:
    """The consonants of each word as they sound, whatever the letters: Galbraith and Гэлбрейт are both ``glbrt``."""
    text = unicodedata.normalize("NFKD", in_latin(name))
    words = "".join(c for c in text if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in words) + " "
    for written, spoken in _SOUNDS:
        words = words.replace(written, spoken)
    out = []
    for word in words.split():
        kept = "".join(c for c in word if c not in "aeiouyjh")
        out.append("".join(c for i, c in enumerate(kept) if i == 0 or c != kept[i - 1]))
    return tuple(w for w in out if w)


def with_one_spelling(pile: Pile) -> Pile:
    """The same pile, with each source under one of its spellings.

    A person of two names or an institution that sounds like exactly one other in the other alphabet is that one
    (Sofia Galbraith, София Гэлбрейт). "The traffic police", taken for an unnamed source here, is the traffic police that
    other articles name; a bare "Galbraith" is the one person of that surname, "the Quay CEO" the one who holds that office.
    """
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
    known = pile.one_source
    return replace(pile, one_source={s: joined.get(k := known[s], k) for s in known}) if joined else pile


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
