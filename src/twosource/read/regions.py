"""What of a text is not body: title, byline, dateline, credit, photo credit, footnote, boilerplate.

RULES is the whole list, in order; an earlier rule keeps its characters from a later one. A rule sees one
`Page` and yields what it found with its reason. Many texts have no line breaks left, so the rules look at
the edges of the text as well as at whole lines; in a sentence they take only the credit's own characters.
Every pattern is bounded and looks at a bounded stretch: time grows with the length of the text, no faster.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from ..model import Credit, Precision, Published, Region, RegionKind, Span
from .agencies import is_same
from .credit import (
    byline_tail,
    caption_inline,
    contributed_amid,
    credit_before_heading,
    credit_bracket,
    credit_line,
    credit_tail,
    dateline_inline,
)
from .furniture import boilerplate_line, boilerplate_tail, footnote, photo_inline, photo_line
from .head import (
    agency_before_date,
    byline,
    date_line,
    dateline,
    first_line_title,
    head_date,
    header_block,
    known_title,
    repeated_first_line,
)
from .page import Found, Page, Rule

RULES: tuple[Rule, ...] = (
    header_block,
    known_title,
    head_date,
    agency_before_date,
    byline,
    dateline,
    credit_bracket,
    photo_line,
    photo_inline,
    credit_line,
    credit_before_heading,
    boilerplate_tail,
    byline_tail,
    credit_tail,
    contributed_amid,
    dateline_inline,
    caption_inline,
    first_line_title,
    repeated_first_line,
    footnote,
    boilerplate_line,
    date_line,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything the rules found in one text. `fields` is the header block's metadata."""

    regions: tuple[Region, ...]
    credits: tuple[Credit, ...]
    published: Published
    title: str
    byline: str
    dateline: str
    fields: dict[str, str]


def parts(page: Page) -> Parts:
    """Apply every rule, in order, and gather the regions in text order."""
    fields = {name: value.of(page.text) for name, _, value in reversed(page.header)}
    page = replace(
        page, title=page.title or fields.get("title", ""), outlet=page.outlet or fields.get("outlet", "")
    )
    kept: list[Found] = []
    taken: list[Span] = []  # in text order, none overlapping
    for rule in RULES:
        for found in rule(page):
            span = found.region.span
            at = bisect_left(taken, span)
            free = (at == 0 or taken[at - 1].end <= span.start) and (
                at == len(taken) or span.end <= taken[at].start
            )
            if span.start < span.end and free:
                taken.insert(at, span)
                kept.append(found)
    kept.sort(key=lambda f: f.region.span)

    def first(kind: RegionKind) -> str:
        return next((f.region.span.of(page.text) for f in kept if f.region.kind is kind), "")

    own = page.outlet
    credited = tuple(c for f in kept for c in f.credits if not is_same(c.target, own))
    times = [f.published for f in kept if f.published]
    published = max(
        times, key=lambda p: (p.start is not None, p.precision is Precision.MINUTE), default=Published()
    )
    return Parts(
        tuple(f.region for f in kept),
        credited,
        published,
        page.title or first(RegionKind.TITLE),
        fields.get("byline", "") or first(RegionKind.BYLINE),
        first(RegionKind.DATELINE),
        fields,
    )
