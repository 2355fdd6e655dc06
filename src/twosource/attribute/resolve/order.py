"""Who each attribution leads to, in one pass over the article: later words lean on earlier speakers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...language.analysis import Analysis, Token
from ...model import Article, SourceKind, Span
from ..found import Found
from . import outlets
from .cast import Cast, core_of
from .outlets import named_outlet
from .own_voice import own_voice
from .people import named_person
from .phrases import by_core
from .pronouns import by_pronoun
from .tokens import head_of, inside
from .told import via_of
from .vocabulary import PRONOUNS, SPEAKER, personal
from .who import Spoken, Who, outlet_before

_TRADE_NAME = re.compile(
    r"[a-z]{1,3}[A-Z]\w{1,20}|\d{1,3}[a-z]{0,3}\d{0,3}[A-Z]\w{1,20}|[A-Z][A-Za-z]{1,15}/[a-z]{2,15}"
)
"""A trade name that the parser takes for no name: "eBay", "5to9Bay", "Bay/view"."""


def resolve(
    article: Article, analysis: Analysis, found: Sequence[Found], above: Sequence[int | None]
) -> tuple[Who, ...]:
    """Who each attribution leads to. One pass in text order: later words lean on earlier speakers."""
    cast = Cast(article, analysis)
    breaks = [m.start() for m in re.finditer(r"\n+", article.text)]
    spoken: list[Spoken] = []
    by_source: dict[tuple[Span, ...], Who] = {}
    vias: dict[str, tuple[tuple[Span, ...], str]] = {}
    out: list[Who] = [Who()] * len(found)
    for k in sorted(range(len(found)), key=lambda k: (found[k].start, -found[k].extent.end)):
        f = found[k]
        if not f.source:
            continue
        parent = above[k]
        who = by_source.get(f.source)
        if who is None:
            who = _who(cast, f, spoken, breaks, out[parent] if parent is not None else None)
        by_source[f.source] = who
        via, via_name = via_of(article, analysis, f)
        if via_name is None and who.canonical in vias and parent is None:
            via, via_name = vias[who.canonical]
        elif via_name is not None and who.canonical is not None and via_name != who.canonical:
            vias[who.canonical] = (via, via_name)
        out[k] = replace(who, via=via, via_name=via_name)
        noun, one = _noun_of(cast, f.source[0])
        spoken.append(Spoken(f.extent.start, out[k], who.antecedent or f.source[0], noun, one))
    return tuple(out)


def _noun_of(cast: Cast, span: Span) -> tuple[str, bool]:
    """The noun that a source is mentioned by, and whether it is one of them."""
    tokens = inside(cast.analysis, span)
    found = core_of(cast, tokens)
    if found is None:
        return "", False
    head = cast.analysis.tokens[found.last]
    return head.lemma.lower(), head.tag in {"NN", "NNP"}


def _who(cast: Cast, f: Found, spoken: Sequence[Spoken], breaks: Sequence[int], holder: Who | None) -> Who:
    """Who a source is. `holder` is the speaker whose words it stands in, None outside any."""
    span = f.source[0]
    text = span.of(cast.article.text)
    tokens = inside(cast.analysis, span)
    low = text.lower().strip()
    own = own_voice(cast, f, low, holder)
    if own is not None:
        return own
    stands_for = _before_who(cast, tokens) if low == "who" else None
    if stands_for is not None:
        meant = _who(cast, replace(f, source=(stands_for,)), spoken, breaks, holder)
        return meant if meant.canonical or meant.antecedent else replace(meant, antecedent=stands_for)
    if low in PRONOUNS | SPEAKER or (tokens and tokens[0].tag == "PRP"):
        return by_pronoun(cast, tokens, span, spoken, breaks)
    found = core_of(cast, tokens)
    head = cast.analysis.tokens[found.last] if found is not None else head_of(tokens)
    if low in outlets.AGAIN:
        outlet = outlet_before(spoken, span.start)
        if outlet is not None:
            return Who(outlet, SourceKind.OUTLET)
    if found is not None and found.first in cast.of_places:
        return Who(cast.of_places[found.first], SourceKind.ORGANISATION)
    person = named_person(cast, tokens, span, head, found)
    if person is not None:
        return Who(person, SourceKind.PERSON)
    outlet = named_outlet(cast, text, tokens) or outlets.behind_piece(tokens, head_of(tokens))
    if outlet is not None:
        return Who(outlet, SourceKind.OUTLET)
    if (
        tokens
        and tokens[0].text.lower() in {"their", "his", "her", "its"}
        and (head is None or not personal(head))
    ):
        return by_pronoun(cast, tokens, span, spoken, breaks)
    if _TRADE_NAME.fullmatch(text):
        return Who(text, SourceKind.ORGANISATION)
    if found is None or head is None:
        return Who(None, SourceKind.UNNAMED)
    return by_core(cast, tokens, found, head, span, spoken, breaks)


def _before_who(cast: Cast, tokens: Sequence[Token]) -> Span | None:
    """The noun phrase that a relative "who" stands for."""
    every = cast.analysis.tokens
    verb = every[tokens[0].head]
    if verb.dep != "relcl" or verb.head >= tokens[0].i:
        return None
    first = last = _people_before(every, verb.head)
    while first and every[first - 1].dep in {"det", "compound", "amod", "poss", "nummod", "nmod"}:
        first -= 1
    return cast.analysis.span(first, last + 1)


def _people_before(every: Sequence[Token], noun: int) -> int:
    """The noun that "who" can stand for: in "Ann Ray of the Harbour School, who said" not the school."""
    for _ in range(3):
        if every[noun].entity not in {"ORG", "GPE", "FAC", "LOC"} or every[noun].dep != "pobj":
            break
        above = every[every[every[noun].head].head]
        if above.i >= noun or above.pos not in {"NOUN", "PROPN"}:
            break
        noun = above.i
    return noun
