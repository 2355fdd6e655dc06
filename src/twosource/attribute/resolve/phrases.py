"""A phrase without a person's name: a ministry, a document and whose it is, a role, a body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...language.analysis import Token
from ...model import SourceKind, Span
from .. import names, phrase
from ..english import words
from ..lexicon import lexicon
from ..phrase import Core
from .bodies import body_again, common_body, country_in, named_body, second_name
from .cast import Cast
from .people import named_person
from .roles import by_role
from .tokens import inside, plain_name
from .unnamed import without_name
from .vocabulary import GENERIC, ORGANISATIONS, STATE_BODIES, personal
from .who import Spoken, Who, floor_of

_PICTURES = lexicon(
    "photograph photo picture image video footage film clip recording satellite photos images"
)
_OWN_WORDS = lexicon(
    "statement letter tweet post release announcement message email communique communiqué declaration"
)
"""Documents that are somebody's own words."""


def by_core(
    cast: Cast,
    tokens: Sequence[Token],
    found: Core,
    head: Token,
    span: Span,
    spoken: Sequence[Spoken],
    breaks: Sequence[int],
) -> Who:
    """Who a phrase without a person's name leads to, by the noun phrase at its beginning."""
    text = cast.article.text
    begun = cast.analysis.span(found.first, found.last + 1).of(text)
    lemma = head.lemma.lower()
    upper = head.text[:1].isupper() and not _only_a_beginning(cast, found, head)
    ministry = names.ministry(begun)
    if ministry is not None and ministry.count(" of ") < 2:
        ministry = names.ministry(re.split(r"[,;(]|\bwh", span.of(text))[0]) or ministry
    if ministry is not None and lemma not in words.ROLE_HEADS:
        if " of " not in ministry.removeprefix("Ministry of ") and lemma == "ministry":
            country = country_in(span.of(text))
            known = body_again(cast, found, "ministry", span, spoken, breaks)
            ministry = (
                f"{ministry} of {country}" if country else (known and names.ministry(known)) or ministry
            )
        return Who(ministry, SourceKind.ORGANISATION)
    if begun in cast.acronyms:
        return Who(cast.acronyms[begun], SourceKind.ORGANISATION)
    if lemma in words.DOCUMENT_HEADS and not (upper and found.last > found.first):
        return _document(cast, begun, found, head, span, spoken, breaks)
    if lemma in words.ROLE_HEADS and head.tag not in {"NNS", "NNPS"}:
        again = by_role(cast, tokens, lemma, span, spoken, breaks)
        if again is not None:
            return again
    if lemma in words.UNNAMED_HEADS | words.ROLE_HEADS or (personal(head) and not upper):
        return without_name(found, head, span, spoken, breaks)
    if upper:
        return named_body(cast, tokens, found, begun)
    if lemma in ORGANISATIONS | GENERIC | STATE_BODIES | words.OUTLET_WORDS:
        return common_body(cast, tokens, found, head, span, spoken, breaks)
    second = phrase.introduces(text, cast.analysis.tokens, found, tokens[-1].i)
    if second is not None and lemma not in words.DOCUMENT_HEADS:
        return second_name(cast, second, tokens[-1].i) or Who()
    return without_name(found, head, span, spoken, breaks)


def _only_a_beginning(cast: Cast, found: Core, head: Token) -> bool:
    """Whether a noun has its capital from the sentence alone: "Patients and staff said"."""
    if found.first == found.last and head.pos in {"PRON", "DET"}:  # "Everyone", "Both", "Those"
        return True
    small = cast.counts[head.text.lower()]
    return (
        found.first == found.last
        and (head.tag == "NNS" or (head.tag == "NN" and small > 0))  # "Ostwire" is a noun to the parser too
        and head.entity == ""
        and cast.counts[head.text] <= small + 1
    )


def _document(
    cast: Cast,
    begun: str,
    found: Core,
    head: Token,
    span: Span,
    spoken: Sequence[Spoken],
    breaks: Sequence[int],
) -> Who:
    """A document; where the words say whose it is, that body or person speaks: "a statement by the Board".

    Pictures and films are evidence: what they show has no speaker unless the words name one.
    """
    lemma = head.lemma.lower()
    owner = _owner_of(cast, found, span)
    if owner is not None and not (owner.kind is SourceKind.UNNAMED and owner.antecedent is None):
        return owner
    if lemma in _PICTURES:
        return Who(None, SourceKind.UNNAMED)
    if lemma in _OWN_WORDS and found.determiner in {"the", "this", "that", "its", "his", "her", "their"}:
        floor = floor_of(span.start, breaks)
        last = next((s for s in reversed(spoken) if floor <= s.at < span.start and s.who.canonical), None)
        if last is not None and last.who.kind in {SourceKind.PERSON, SourceKind.ORGANISATION}:
            return Who(last.who.canonical, last.who.kind)
    return Who(plain_name(begun), SourceKind.DOCUMENT)


def _owner_of(cast: Cast, found: Core, span: Span) -> Who | None:
    """Whose document it is: "by X", "from X", "of X", "on X's website", or "the X statement"."""
    every = cast.analysis.tokens
    text = cast.article.text
    at = found.rest
    goes_on = at < len(every) and every[at].start < span.end
    if goes_on and every[at].tag == "VBN" and at + 1 < len(every):  # "a statement issued by X"
        at += 1
    last = max(inside(cast.analysis, span), key=lambda t: t.i).i
    if goes_on and every[at].text.lower() in {"by", "from", "on", "of"} and at < last:
        again = phrase.core(text, every, at + 1, last, cast.entities)
        if again is None:
            return None
        final = every[again.last]
        if (
            final.lemma.lower() in {"website", "site", "page", "account", "channel"}
            and again.last > again.first
        ):
            again = replace(again, last=again.last - 1)
            while again.last > again.first and every[again.last].text in {"'s", "’s", "'", "’"}:
                again = replace(again, last=again.last - 1)
        elif every[at].text.lower() in {"on", "of"} and not final.text[:1].isupper():
            return None
        return _body_or_person(cast, again, span)
    before = phrase.before_noun(every, found)
    if before is not None and before[1] < found.last and every[found.last].lemma.lower() in _OWN_WORDS:
        country = every[before[0]].entity == "NORP" and before[1] + 1 < found.last
        stop = found.last - 1 if country else before[1]
        while every[stop].text in {"'s", "’s", "'", "’"} and stop > before[0]:
            stop -= 1
        return _body_or_person(cast, Core(before[0], stop, "the", stop + 1), span)
    return None


def _body_or_person(cast: Cast, core: Core, span: Span) -> Who | None:
    """The person or body that a noun phrase inside a source names, None where it names nobody."""
    every = cast.analysis.tokens
    tokens = every[core.first : core.last + 1]
    head = every[core.last]
    person = named_person(cast, tokens, cast.analysis.span(core.first, core.last + 1), head, core)
    if person is not None:
        return Who(person, SourceKind.PERSON)
    if head.lemma.lower() in words.DOCUMENT_HEADS:  # a document of a document
        return None
    who = by_core(cast, tokens, core, head, cast.analysis.span(core.first, core.last + 1), (), ())
    return who if who.canonical else None
