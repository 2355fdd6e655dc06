"""Where it was said: "in an interview with X", "told X"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language.analysis import Analysis, Token
from ...model import Article, Span
from .. import governments, names
from ..english import words
from ..found import Found
from . import outlets
from .tokens import inside

_INTERVIEW = re.compile(
    r"\b(?:interviews?|interviewed|conversation|comments?|statement|remarks|speaking|talking|spoke|[Ss]peaking)\s+"
    r"(?:with|to|for|on|by)\s+((?:[^\s,;]+\s*){1,8})"
)


def via_of(article: Article, analysis: Analysis, f: Found) -> tuple[tuple[Span, ...], str | None]:
    """Where it was said: "in an interview with X", "told X"."""
    if f.via:
        return f.via, names.outlet(f.via[0].of(article.text))
    if not f.cue:
        return (), None
    cue = f.cue[0]
    begin = (
        max(article.text.rfind("\n", 0, cue.start), article.text.rfind(". ", 0, cue.start), cue.start - 300)
        + 1
    )
    for start, end in ((begin, cue.start), (cue.end, min(len(article.text), cue.end + 80))):
        piece = article.text[start:end].split("\n")[0]
        hit = _INTERVIEW.search(piece)
        if hit is None:
            continue
        name = _proper_only(hit.group(1))
        if name:
            at = start + hit.start(1) + hit.group(1).index(name)
            span = Span(at, at + len(name))
            if not _relays(analysis, span) or _is_person(analysis, span):
                continue
            if not any(span.overlaps(s) for s in (*f.source, *f.content)):
                return (span,), _in_full(article, span, names.outlet(name))
    station = _station_of(article, f)
    if station is not None:
        return (station,), names.outlet(station.of(article.text))
    own = _OWN_OUTLET.match(article.text, cue.end, min(len(article.text), cue.end + 40))
    if own is not None:
        return (Span(*own.span(1)),), article.outlet or None
    told = _told(analysis, cue)
    if (
        told is not None
        and _relays(analysis, told)
        and not any(told.overlaps(s) for s in (*f.source, *f.content))
    ):
        return (told,), _in_full(article, told, names.outlet(told.of(article.text)))
    return (), None


def _told(analysis: Analysis, cue: Span) -> Span | None:
    """The name behind "told", whether it stands in the cue or after it; behind "confirmed to" one that is an outlet's by its form."""
    said = inside(analysis, cue)
    behind = [*said, *inside(analysis, Span(cue.end, cue.end + 60))]
    at = next((k for k, t in enumerate(said) if t.lemma.lower() == "tell"), None)
    if at is None:
        at = next((k for k, t in enumerate(behind[: len(said) + 1]) if k and t.text.lower() == "to"), None)
        if at is None:
            return None
    told = behind[at].lemma.lower() == "tell"
    after = behind[at + 1 :]
    k = 0
    while k < len(after) and after[k].text.lower() in {"the"}:
        k += 1
    j = k
    if j + 1 < len(after) and after[j].pos == "NUM" and after[j + 1].pos == "PROPN":
        j += 1  # "told 9 News Bay"
    if k and j + 1 < len(after) and after[j].text[:1].isupper() and after[j + 1].pos == "PROPN":
        j += 1  # "told the Northern Wire"
    while j < len(after) and after[j].pos == "PROPN" and after[j].entity not in {"PERSON"}:
        j += 1
    if j == k:
        return None
    while j + 1 < len(after) and after[j].text == "/" and after[j].start == after[j - 1].end:
        j += 2  # "told Bay/view"
    span = Span(after[k].start, after[j - 1].end)
    name = " ".join(t.text for t in after[k:j])
    sure = (
        names.like_outlet(name)
        or _CALL_SIGN.fullmatch(name) is not None
        or name.lower() in words.OUTLET_NAMES
    )
    open_kind = after[k].entity in {"ORG", "", "PRODUCT", "WORK_OF_ART", "NORP"} or _no_place(
        after[:k], after[k:j]
    )
    return span if sure or (told and open_kind) else None


def _no_place(before: Sequence[Token], name: Sequence[Token]) -> bool:
    """Whether a name that the parser takes for a place has an article, as no country or town has: "told the Tischblatt"."""
    text = " ".join(t.text for t in name)
    return (
        bool(before) and len(name) == 1 and name[0].entity == "GPE" and governments.country_of(text) is None
    )


def _is_person(analysis: Analysis, span: Span) -> bool:
    """Whether a name is a person's: "which spoke to hunter Ann Ray" names no outlet."""
    tokens = inside(analysis, span)
    return (
        bool(tokens)
        and all(t.entity == "PERSON" for t in tokens)
        and not names.like_outlet(" ".join(t.text for t in tokens))
    )


def _relays(analysis: Analysis, span: Span) -> bool:
    tokens = inside(analysis, span)
    following = tokens[-1].i + 1 if tokens else len(analysis.tokens)
    after = analysis.tokens[following] if following < len(analysis.tokens) else None
    before = analysis.tokens[tokens[0].i - 1 : tokens[0].i] if tokens and tokens[0].i else ()
    article = [t for t in before if t.text.lower() == "the"]
    return outlets.may_relay(tokens, after, with_article=_no_place(article, tokens))


_NAME = r"(?:[A-Z0-9][\w.&-]{0,30}\s){0,4}[A-Z][\w.&-]{0,30}"
_OWNER_BEFORE = re.compile(rf"(?<![\w-])({_NAME})['’]s\s$")
_OWNER_INSIDE = re.compile(rf"(?:[Tt]he\s)?({_NAME})['’]s\s(?=[A-Z])")
_OWNER_BEHIND = re.compile(rf"\s(?:of|from|at|with)\s(?:the\s)?({_NAME})(?![\w-])")
_CALL_SIGN = re.compile(r"[KW][A-Z]{3}(?:-(?:TV|FM|AM))?")


def _station_of(article: Article, f: Found) -> Span | None:
    """The outlet of a journalist who is named with it: "KBAY-TV's Ann Ray", "Ann Ray of Bay News"."""
    if not f.source:
        return None
    text, source = article.text, f.source[0]
    before = max(0, source.start - 80)
    for hit in (
        _OWNER_BEFORE.search(text[before : source.start]),
        _OWNER_INSIDE.match(source.of(text)),
        _OWNER_BEHIND.match(text[source.end : source.end + 80]),
        _OWNER_BEHIND.search(source.of(text)),
    ):
        if hit is None:
            continue
        name = hit.group(1)
        if not (names.like_outlet(name) or _CALL_SIGN.fullmatch(name) or name.lower() in words.OUTLET_NAMES):
            continue
        start = text.find(name, before, source.end + 80)
        return Span(start, start + len(name))
    return None


_OWN_OUTLET = re.compile(
    r"\s(this (?:newspaper|paper|reporter|writer|site|portal|magazine|correspondent)|our (?:reporter|correspondent|newspaper)|us)\b"
)
"""The article's own outlet as the one who was told."""


def _in_full(article: Article, span: Span, name: str) -> str:
    """The article's outlet where a name is a part of its own: "told the Tribune", in the Capital Tribune."""
    if not article.outlet:
        return name
    own, said = names.folded(article.outlet).split(), names.folded(name).split()
    whole = article.text.startswith(article.outlet.removeprefix("The "), span.start)
    if whole or (said and own[-len(said) :] == said):
        return article.outlet
    return name


def _proper_only(text: str) -> str:
    """The first run of capitalised words."""
    found = re.search(r"[A-ZА-Я][\w’'.-]*(?:\s+[A-ZА-Я][\w’'.-]*){0,3}", text[:80])
    return found.group().rstrip(".,'’") if found else ""
