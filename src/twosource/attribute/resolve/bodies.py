"""Ministries, armies, groups, companies: bodies by their name, by a common noun, or spoken of again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language.analysis import Token
from ...model import SourceKind, Span
from .. import governments, names, phrase
from ..english import words
from ..lexicon import lexicon
from ..phrase import Core
from .cast import Cast
from .outlets import of_its_own
from .tokens import plain_name
from .unnamed import without_name
from .vocabulary import AUTHORITIES, GENERIC, NEW, ORGANISATIONS, STATE_BODIES
from .who import Spoken, Who, floor_of, outlet_before

_NO_OUTLETS = lexicon(
    "company firm charity foundation committee organisation organization group association institute movement"
)
"""Bodies spoken of again that are no outlet."""


def second_name(cast: Cast, first: int, last: int) -> Who | None:
    """The body that a phrase brings in behind its first noun: "a group known as the White Coats"."""
    again = phrase.core(cast.article.text, cast.analysis.tokens, first, last, cast.entities)
    if again is None:
        return None
    name = _name_at(cast, again)
    return Who(name, SourceKind.ORGANISATION) if name else None


def _name_at(cast: Cast, found: Core) -> str:
    """The proper name that ends the core, "" of none."""
    stretch = phrase.proper(cast.analysis.tokens, found)
    if stretch is None:
        return ""
    return cast.unpossessed(plain_name(cast.analysis.span(stretch[0], stretch[1] + 1).of(cast.article.text)))


def named_body(cast: Cast, tokens: Sequence[Token], found: Core, begun: str) -> Who:
    """A phrase that ends in a proper name which is no person's."""
    name = _name_at(cast, found)
    head = cast.analysis.tokens[found.last]
    first = cast.analysis.tokens[found.first]
    if (
        first.lemma.lower() in words.ROLE_HEADS and found.last > found.first
    ):  # "Director of the Harbour Board"
        return Who(None, SourceKind.UNNAMED)
    stretch = phrase.proper(cast.analysis.tokens, found)
    if stretch is not None and stretch[0] > found.first:
        before = cast.analysis.tokens[stretch[0] - 1].lemma.lower()
        if before in words.OUTLET_WORDS - {"network", "agency", "press"}:
            return Who(names.outlet(name), SourceKind.OUTLET)
    if "/" in name:
        return Who(None, SourceKind.UNNAMED)
    if cast.is_place(name) and governments.government(name) is None and country_in(name) is None:
        return Who(None, SourceKind.UNNAMED)  # a town says nothing
    second = phrase.introduces(cast.article.text, cast.analysis.tokens, found, tokens[-1].i)
    if second is not None and (head.entity in {"GPE", "LOC"} or (name != begun and " " not in name)):
        again = second_name(cast, second, tokens[-1].i)
        if again is not None:
            return again
    if head.entity == "NORP" and head.text.endswith("s") and not cast.lost and head.tag in {"NNS", "NNPS"}:
        return Who(None, SourceKind.UNNAMED)  # a people is nobody: "the Syrians"
    if governments.of_people(name) or governments.of_people(name.removesuffix("s")):
        return Who(None, SourceKind.UNNAMED)
    if (
        head.entity in {"DATE", "TIME", "CARDINAL", "ORDINAL", "QUANTITY", "MONEY", "PERCENT"}
        and " " not in name
    ):
        return Who(None, SourceKind.UNNAMED)
    government = governments.government(name)
    if government is not None:
        return Who(government, SourceKind.ORGANISATION)
    if name.lower() in STATE_BODIES | {"observatory", "ministry", "coalition", "agency", "army"}:
        return Who(the_body(cast, name.lower()) or name, SourceKind.ORGANISATION)
    return Who(cast.acronyms.get(name, name or plain_name(begun)), SourceKind.ORGANISATION)


def common_body(
    cast: Cast,
    tokens: Sequence[Token],
    found: Core,
    head: Token,
    span: Span,
    spoken: Sequence[Spoken],
    breaks: Sequence[int],
) -> Who:
    """A body named by a common noun: "the Vale army", "the monitoring group", "a rebel group the White Coats"."""
    text = cast.article.text
    all_tokens = cast.analysis.tokens
    second = phrase.introduces(text, all_tokens, found, tokens[-1].i)
    if second is not None:
        again = second_name(cast, second, tokens[-1].i)
        if again is not None:
            return again
    begun = cast.unpossessed(plain_name(cast.analysis.span(found.first, found.last + 1).of(text)))
    lemma = head.lemma.lower()
    country = country_in(begun)
    if country is not None and lemma in AUTHORITIES and " " in begun:
        return Who(f"Government of {country}", SourceKind.ORGANISATION)
    inner = phrase.before_noun(all_tokens, found)
    if inner is not None and lemma in GENERIC | words.OUTLET_WORDS:
        name = cast.unpossessed(plain_name(cast.analysis.span(inner[0], inner[1] + 1).of(text)))
        entity = all_tokens[inner[1]].entity
        if (
            entity not in {"NORP", "GPE"}
            and country_in(name) is None
            and head.tag == "NN"
            and name[:1].isupper() | (" " in name or "-" in name)
        ):
            kind = (
                SourceKind.OUTLET
                if lemma in words.OUTLET_WORDS - {"network", "agency"} and not of_its_own(tokens)
                else SourceKind.ORGANISATION
            )
            return Who(name, kind)
    named = any(
        all_tokens[k].text[:1].isupper() and (k > cast.sentence_start(k) or all_tokens[k].pos == "PROPN")
        for k in range(found.first, found.last)
    )
    if named and head.tag != "NNS" and not (lemma in GENERIC and country is not None):
        return Who(begun, SourceKind.ORGANISATION)
    again_name = _of_these_words(cast, begun, found) or body_again(cast, found, lemma, span, spoken, breaks)
    if again_name is not None:
        kind = (
            SourceKind.OUTLET
            if any(s.who.canonical == again_name and s.who.kind is SourceKind.OUTLET for s in spoken)
            else SourceKind.ORGANISATION
        )
        return Who(again_name, kind)
    if head.tag == "NNS" or found.determiner in NEW or lemma in GENERIC | words.OUTLET_WORDS:
        return without_name(found, head, span, spoken, breaks)
    return Who(begun, SourceKind.ORGANISATION)


def _of_these_words(cast: Cast, begun: str, found: Core) -> str | None:
    """The one body whose name has all these words: "the harbour office", after "the harbour office of Velm"."""
    wanted = set(begun.lower().split())
    if len(wanted) < 2 or found.determiner in NEW or cast.analysis.tokens[found.last].tag == "NNS":
        return None
    fitting = {name for _, name in cast.bodies if wanted <= set(name.lower().split())}
    return fitting.pop() if len(fitting) == 1 else None


def country_in(name: str) -> str | None:
    """The country that the words of a name name: "Syrian government", "government of Syria"."""
    for word in names.words_of(name):
        country = governments.of_people(word) or (
            governments.country_of(word) if word[:1].isupper() else None
        )
        if country is not None:
            return country
    return None


def body_again(
    cast: Cast, found: Core, lemma: str, span: Span, spoken: Sequence[Spoken], breaks: Sequence[int]
) -> str | None:
    """As in "the agency", "the monitor": a body of that noun named in the article, else the one that spoke last."""
    if found.determiner in NEW or cast.analysis.tokens[found.last].tag == "NNS":
        return None
    named = the_body(cast, lemma)
    if named is not None:
        return named
    if lemma in {"company", "firm"}:
        floor = floor_of(span.start, breaks)
        near = [name for at, name in cast.bodies if floor <= at < span.start]
        near = [
            n
            for n in near
            if cast.person(n) is None and names.folded(n) not in names.folded(cast.article.outlet)
        ]
        private = [n for n in near if not {w.lower() for w in n.split()} & (STATE_BODIES | ORGANISATIONS)]
        if private:
            return private[-1]
    if lemma in GENERIC | words.OUTLET_WORDS:
        floor = floor_of(span.start, breaks)
        wanted = (
            {SourceKind.OUTLET}
            if lemma in words.OUTLET_WORDS
            else {SourceKind.ORGANISATION, SourceKind.OUTLET}
        )
        if lemma in _NO_OUTLETS:
            wanted = {SourceKind.ORGANISATION}
        last = next(
            (s for s in reversed(spoken) if floor <= s.at < span.start and s.who.kind in wanted), None
        )
        if last is not None:
            return last.who.canonical
        if lemma in words.OUTLET_WORDS:
            return outlet_before(spoken, span.start)
    return None


def the_body(cast: Cast, noun: str) -> str | None:
    """The body whose name holds the noun, the fullest that the article has.

    A country's body counts: "the army" where the article says "the Syrian army".
    """
    if noun in STATE_BODIES:
        country = _countrys(cast, noun)
        if country is not None:
            if noun in AUTHORITIES:
                return f"Government of {country}"
            return f"{governments.demonym(country) or country} {noun}"
    fitting = sorted(
        {name for _, name in cast.bodies if noun in name.lower().split()}, key=lambda n: (-len(n.split()), n)
    )
    return fitting[0] if fitting else None


def _countrys(cast: Cast, noun: str) -> str | None:
    """The one country whose body of that name the article speaks of."""
    found = re.findall(rf"\b([A-Z]\w+)(?:['’]s?)? {noun}\b", cast.article.text)
    countries = {
        governments.of_people(word)
        or governments.country_of(word)
        or governments.country_of(word.removesuffix("s"))
        for word in found
    } - {None}
    return countries.pop() if len(countries) == 1 else None
