"""The names in a credit: which agencies and outlets it credits."""

from __future__ import annotations

import re

from ..model import Credit, CreditKind, Span
from .agencies import ANY_AGENCY
from .page import trim

_BETWEEN = re.compile(r"\s?(?:[,/&+;]|\band\b|\bи\b)\s?(?:and\s)?")


AGENCY_NAME = re.compile(rf"(?<!\w){ANY_AGENCY}")


_OUTLET = re.compile(
    rf"^(?:the\s)?{ANY_AGENCY}$|(?i:\b(?:news|times|post|press|agency|agencies|wire|tv|radio|herald|courier|journal|gazette"
    r"|tribune|telegraph|guardian|observer|chronicle|mail|mirror|media|network|channel|magazine|online|portal|новости|агентство)"
    r"\b|\.\w{2,4}$)"
)


def named(text: str, span: Span) -> tuple[Credit, ...]:
    """The names in a credit, each with its own span: "AP, Reuters and AFP" are three."""
    found: list[Credit] = []
    start = span.start
    for part in (*_BETWEEN.finditer(text, span.start, span.end), None):
        end = part.start() if part else span.end
        name = trim(Span(start, end), text)
        several = agencies(text, name)
        if len(several) > 1:
            found += several
        elif name.of(text).strip():
            found.append(Credit(CreditKind.AGENCY, name.of(text), name))
        start = part.end() if part else end
    return tuple(found)


def outlets(text: str, span: Span) -> tuple[Credit, ...]:
    """The names in a credit that can be an outlet's or an agency's, people left out."""
    return tuple(c for c in named(text, span) if _can_be_outlet(c.target))


def _can_be_outlet(name: str) -> bool:
    if re.search(r"['’]s?\s", name):
        return False
    return _OUTLET.search(name) is not None or re.fullmatch(r"[\w.-]+", name) is not None


def agencies(text: str, span: Span) -> tuple[Credit, ...]:
    """The known agencies that a stretch of text names."""
    hits = AGENCY_NAME.finditer(text, span.start, span.end)
    return tuple(Credit(CreditKind.AGENCY, m.group(), Span(*m.span())) for m in hits)
