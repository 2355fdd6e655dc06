"""Where it was said: "in an interview with X", "told X"."""

from __future__ import annotations

import re

from ...language.analysis import Analysis
from ...model import Article, Span
from .. import names
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
            if not _relays(analysis, span):
                continue
            if not any(span.overlaps(s) for s in (*f.source, *f.content)):
                return (span,), _in_full(article, span, names.outlet(name))
    station = _station_of(article, f)
    if station is not None:
        return (station,), names.outlet(station.of(article.text))
    own = _OWN_OUTLET.match(article.text, cue.end, min(len(article.text), cue.end + 40))
    if own is not None:
        return (Span(*own.span(1)),), article.outlet or None
    after = inside(analysis, Span(cue.end, cue.end + 60))
    if inside(analysis, cue) and inside(analysis, cue)[-1].lemma.lower() == "tell" and after:
        k = 0
        while k < len(after) and after[k].text.lower() in {"the"}:
            k += 1
        j = k
        if j + 1 < len(after) and after[j].pos == "NUM" and after[j + 1].pos == "PROPN":
            j += 1  # "told 9 News Bay"
        while j < len(after) and after[j].pos == "PROPN" and after[j].entity not in {"PERSON"}:
            j += 1
        told = Span(after[k].start, after[j - 1].end) if j > k else Span(0, 0)
        if j > k and (
            after[k].entity in {"ORG", "", "PRODUCT", "WORK_OF_ART"}
            or names.like_outlet(told.of(article.text))
        ):
            span = told
            if _relays(analysis, span) and not any(span.overlaps(s) for s in (*f.source, *f.content)):
                return (span,), _in_full(article, span, names.outlet(span.of(article.text)))
    return (), None


def _relays(analysis: Analysis, span: Span) -> bool:
    tokens = inside(analysis, span)
    following = tokens[-1].i + 1 if tokens else len(analysis.tokens)
    after = analysis.tokens[following] if following < len(analysis.tokens) else None
    return outlets.may_relay(tokens, after)


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
