"""The person whom a phrase names: "the fire chief, Ines Hall", "Councillor Ann Ray"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...language.analysis import Name, Token
from ...model import Span
from .. import governments, names, phrase
from ..lexicon import lexicon
from ..phrase import Core
from .cast import Cast, after_body, less_office
from .tokens import head_of
from .vocabulary import (
    ABOUT,
    BODY_ENDINGS,
    GENERIC,
    GROUP_WORDS,
    ORGANISATIONS,
    STATE_BODIES,
    personal,
    personal_word,
)

_ADJECTIVAL = lexicon("local rebel militant senior general foreign")


def named_person(
    cast: Cast, tokens: Sequence[Token], span: Span, head: Token | None, found: Core | None
) -> str | None:
    """The person named in the phrase, when it is the phrase that they are: not "a friend of Ann Ray"."""
    if found is None or head is None:
        return None
    core_head, head = head, head_of(tokens)
    for name in _names_from(cast, span.start):
        if name.span.start >= span.end:
            break
        if name.label != "PERSON" or not span.contains(name.span) or not cast.may_be_person(name):
            continue
        if _stands_for_phrase(cast, tokens, name, found, core_head):
            return _person_called(cast, name.text)
        inner = cast.analysis.tokens[name.first : name.last]
        top = next((t for t in inner if not name.first <= t.head < name.last or t.head == t.i), inner[-1])
        owns = any(
            t.text in {"'s", "’s", "'", "’"} and t.dep == "case"
            for t in cast.analysis.tokens[name.last - 1 : name.last + 1]
        )
        direct = head is not None and (
            name.first <= head.i < name.last
            or (top.dep in {"appos", "ROOT", "nsubj", "pobj"} and top.head == head.i)
        )
        ahead = name.first - 1
        while ahead > found.first and cast.analysis.tokens[ahead].text.lower().rstrip(".") in names.TITLES:
            ahead -= 1
        about = name.first > found.last and cast.analysis.tokens[ahead].text.lower() in ABOUT
        if direct and not owns and not about and name.last > found.first:
            return _person_called(cast, name.text)
    return _introduced(cast, tokens, found, core_head)


def _names_from(cast: Cast, start: int) -> Iterator[Name]:
    """The names that begin at `start` or later."""
    for k in range(bisect_left(cast.entities, start, key=lambda e: e.start), len(cast.entities)):
        yield cast.analysis.names[k]


def _person_called(cast: Cast, name: str) -> str:
    return less_office(_full_name(cast, name))


def _full_name(cast: Cast, name: str) -> str:
    plain = after_body(cast.unpossessed(names.without_titles(name), person=True))
    person = cast.person(plain)
    return person.name if person and _may_be_one(plain, person.name) else plain


def _may_be_one(one: str, other: str) -> bool:
    """Whether two names with one surname may be one person's: no two given names with other initials."""
    a, b = names.folded(one).split(), names.folded(other).split()
    return len(a) < 2 or len(b) < 2 or a[0][0] == b[0][0] or a[0] in b or b[0] in a


def _stands_for_phrase(cast: Cast, tokens: Sequence[Token], name: Name, found: Core, head: Token) -> bool:
    """Whether a person's name ends the core or, behind a role, the phrase: "the head of the Board Ann Ray"."""
    every = cast.analysis.tokens
    if name.first <= found.last < name.last or _role_behind(every, name, found, head):
        return True
    before = name.first - 1
    while before > found.first and every[before].text.lower().rstrip(".") in names.TITLES:
        before -= 1
    if (
        every[before].text.lower() in ABOUT | {"'s", "’s", "'", "’", "and", "or"}
        or every[before].tag == "POS"
    ):
        return False
    after = every[name.last] if name.last < len(every) else None
    if after is not None and after.text in {"'s", "’s", "'", "’"}:
        return False
    role = personal(head) or head.lemma.lower() in {"one", "head", "member", "chief"}
    ends = name.last - 1 >= tokens[-1].i or (after is not None and after.text in {",", "(", "—", "–", "-"})
    singular = head.tag in {"NN", "NNP", "CD"}
    apposed = every[before].text == "," and before == found.rest
    body = every[before].lemma.lower() in ORGANISATIONS | GENERIC | STATE_BODIES | BODY_ENDINGS
    named = (
        head.pos == "PROPN" or every[before].pos == "PROPN" or body
    )  # "member of the port committee Ann Ray"
    return singular and role and ends and (apposed or named)


def _role_behind(every: Sequence[Token], name: Name, found: Core, head: Token) -> bool:
    """Whether the core is a name and, its comma lost, an office: "Ann Ray director of the Board"."""
    after = every[found.rest] if found.rest < len(every) else None
    return (
        name.first == found.first
        and name.last - name.first > 1
        and name.last <= found.last <= name.last + 2
        and personal(head)
        and head.tag == "NN"
        and after is not None
        and after.text.lower() in {"of", "for", "at", "in"}
        and all(t.pos in {"NOUN", "ADJ"} for t in every[name.last : found.last + 1])
    )


def _introduced(cast: Cast, tokens: Sequence[Token], found: Core, head: Token) -> str | None:
    """A name that the parser gave no label, or a wrong one: it stands behind a role, or is a surname known here."""
    every = cast.analysis.tokens
    apposed = _apposed(cast, tokens, found, head)
    if apposed is not None:
        return apposed
    stretch = phrase.proper(every, found)
    if stretch is None:
        return None
    first, last = stretch
    name = after_body(cast.unpossessed(cast.analysis.span(first, last + 1).of(cast.article.text)))
    plain = less_office(names.without_titles(name))
    parts = [w.lower() for w in re.findall(r"\w+", plain)]
    if not parts or any(p in GROUP_WORDS for p in parts) or governments.country_of(plain) or len(parts) > 5:
        return None
    role = every[first - 1].lemma.lower() if first > found.first else ""
    labels = {every[k].entity for k in range(max(first, last + 1 - len(plain.split())), last + 1)}
    bodies = ORGANISATIONS | GENERIC | STATE_BODIES | BODY_ENDINGS
    if any(p.removesuffix("s") in bodies or p in bodies for p in parts):
        return None
    named_first = (
        governments.of_people(every[first].text) is None and every[first].text.lower() not in _ADJECTIVAL
    )
    if (
        named_first
        and first == found.first
        and last > first + 1
        and personal_word(every[first].lemma.lower())
    ):
        plain = " ".join(plain.split()[1:]) if plain == name else plain  # "Councillor Ann Ray"
    titled = plain != name and len(plain.split()) <= 3
    if role and personal(every[first - 1]) and every[first - 1].tag == "NN" and not labels & {"GPE", "NORP"}:
        return cast.introduce(plain, every[first].start, role)
    if titled and not labels & {"GPE", "NORP", "LOC"} and names.surname(plain) not in cast.places:
        return cast.introduce(plain, every[first].start, "")
    if len(parts) <= 3:
        person = cast.person(plain)
        if person is not None and (len(parts) == 1 or names.folded(plain) in names.folded(person.name)):
            return person.name
    begun = cast.analysis.span(found.first, found.last + 1).of(cast.article.text)
    for (
        person
    ) in cast.people.values():  # "Ann Ray Secretary General of the Board", "Director of the Board Ann Ray"
        if " " in person.name and (begun.startswith(f"{person.name} ") or begun.endswith(f" {person.name}")):
            return person.name
    described = found.rest <= tokens[-1].i and 1 < len(parts) <= 4 and first == found.first
    if described and _described(cast, tokens, found) and not labels & {"ORG", "GPE", "NORP"}:
        return cast.introduce(plain, every[first].start, "")
    if (
        len(parts) == 1
        and described is False
        and found.rest <= tokens[-1].i
        and _described(cast, tokens, found)
    ):
        return cast.introduce(plain, every[first].start, "")
    return None


def _apposed(cast: Cast, tokens: Sequence[Token], found: Core, head: Token) -> str | None:
    """The name behind a role and a comma, whatever the parser makes of it: "the fire chief, Ines Hall"."""
    every = cast.analysis.tokens
    role = personal(head) or (head.lemma.lower() == "one")
    first = found.rest + 1
    while found.rest <= tokens[-1].i and first <= tokens[-1].i and every[found.rest].text != ",":
        if every[found.rest].text != "of" or found.rest + 2 > tokens[-1].i:  # "one of them, Ann Ray"
            return None
        comma = next((t.i for t in tokens if t.i > found.rest and t.text == ","), None)
        if comma is not None and comma <= found.rest + _OF_WHAT:  # "the keeper of the harbour light, Ann Ray"
            found = replace(found, rest=comma)
            first = comma + 1
            break
        found = replace(found, rest=found.rest + 2)
        first = found.rest + 1
    if not role or head.tag in {"NNS", "NNPS"} or first > tokens[-1].i or not every[first].text[:1].isupper():
        return None
    last = first
    while last < tokens[-1].i and every[last + 1].text[:1].isupper():
        last += 1
    ends = last == tokens[-1].i or every[last + 1].text in {",", "—", "–", "("}
    name = names.without_titles(cast.analysis.span(first, last + 1).of(cast.article.text))
    parts = name.lower().split()
    if not ends or not 1 <= len(parts) <= 4 or any(p in GROUP_WORDS for p in parts):
        return None
    if every[first].pos == "DET" or governments.country_of(name) or governments.of_people(name):
        return None
    return cast.introduce(name, every[first].start, head.lemma.lower())


_OF_WHAT = 6
"""Words of what somebody is the head or the keeper of, at most."""


def _described(cast: Cast, tokens: Sequence[Token], found: Core) -> bool:
    """Whether the name is followed by what the person is: "…, a welder", "… a resident of the quarter"."""
    every = cast.analysis.tokens
    at = found.rest
    if at <= tokens[-1].i and every[at].text == ",":
        at += 1
    if at > tokens[-1].i:
        return False
    again = phrase.core(cast.article.text, every, at, tokens[-1].i, cast.entities)
    if again is None or not (again.determiner in {"a", "an", "the"} or every[at].pos == "NOUN"):
        return False
    head = every[again.last]
    return again.first <= at + 4 and personal(head) and head.tag == "NN"
