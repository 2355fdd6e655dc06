"""A text as the rules see it, and what a rule finds in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from ..model import Credit, Published, Region, RegionKind, Span

_EDGE_LINES = 12  # how many lines at the top and at the bottom may be a header or a footer


HEAD = 400  # how far into a text without line breaks its header may reach


TAIL = 400


SHORT_LINE = 200


@dataclass(frozen=True)
class Page:
    """A text as the rules see it, with what its container says of it."""

    text: str
    title: str = ""
    outlet: str = ""
    titled: bool = False
    day_first: bool | None = None

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """Every line that is not blank, without the white space around it."""
        found = []
        for match in re.finditer(r"[^\n\r]+", self.text):
            line = match.group()
            left = len(line) - len(line.lstrip())
            kept = line.strip()
            if kept:
                found.append(Span(match.start() + left, match.start() + left + len(kept)))
        return tuple(found)

    @cached_property
    def edges(self) -> tuple[Span, ...]:
        """The lines at the top and at the bottom."""
        if len(self.lines) <= 2 * _EDGE_LINES:
            return self.lines
        return self.lines[:_EDGE_LINES] + self.lines[-_EDGE_LINES:]

    @cached_property
    def header(self) -> tuple[tuple[str, Span, Span], ...]:
        """The header block at the top, "Outlet: …" and the like: (field, whole line, value)."""
        front = _front_matter(self.text, self.lines)
        if front:
            return front
        found = []
        for line in self.lines[:_EDGE_LINES]:
            match = _HEADER.fullmatch(line.of(self.text)) if line.end - line.start <= 500 else None
            if not match:
                break
            found.append((_FIELDS[match["field"].casefold()], line, group_span(match, "value", line.start)))
        # one line alone may be a sentence ("Source: he is lying"); two or a date are a block
        if len(found) == 1 and found[0][0] not in ("published", "url", "outlet", "title"):
            return ()
        return tuple(found)

    @cached_property
    def start(self) -> int:
        """Where the text begins after its header block."""
        return self.header[-1][1].end if self.header else 0


@dataclass(frozen=True, slots=True)
class Found:
    """One region with what else it shows: a credit, the byline, a publication time."""

    region: Region
    credits: tuple[Credit, ...] = ()
    published: Published | None = None


Rule = Callable[[Page], Iterable[Found]]


_FIELDS = {
    "outlet": "outlet", "publication": "outlet", "publisher": "outlet", "site": "outlet", "издание": "outlet",
    "date": "published", "published": "published", "дата": "published", "опубликовано": "published",
    "url": "url", "link": "url", "ссылка": "url",
    "title": "title", "headline": "title", "заголовок": "title",
    "author": "byline", "byline": "byline", "автор": "byline",
    "language": "language", "lang": "language", "язык": "language",
    "source": "source", "источник": "source",
}  # fmt: skip


_HEADER = re.compile(
    rf"(?P<field>{'|'.join(_FIELDS)})\s{{0,3}}:\s{{0,3}}(?P<value>\S.{{0,450}})", re.IGNORECASE
)


CAPITALS = (
    r"[A-ZÀ-ÖØ-ÞА-ЯЁ]{2}[A-ZÀ-ÖØ-ÞА-ЯЁ’'.-]{0,25}(?:[\s/][A-ZÀ-ÖØ-ÞА-ЯЁ][A-ZÀ-ÖØ-ÞА-ЯЁ’'.-]{0,25}){0,3}"
)


DASH = r"(?:--?|[–—−])"


_FRONT_LINES = 60  # how long a block between two lines of dashes may be
_FRONT = re.compile(r"(?P<field>[\w -]{1,40}):[ \t]{0,8}(?P<value>.{0,450})")


def _front_matter(text: str, lines: tuple[Span, ...]) -> tuple[tuple[str, Span, Span], ...]:
    """The block between two lines of dashes at the very top, in which Markdown files carry what is known of them."""
    if not lines or lines[0].start > 1 or lines[0].of(text) != "---":
        return ()
    end = next((n for n, line in enumerate(lines[1 : _FRONT_LINES + 1], 1) if line.of(text) == "---"), 0)
    found = [(*_front_field(text, line), line) for line in lines[1:end]]
    if not any(field for field, _, _ in found):
        return ()
    marks = [
        ("", lines[0], Span(lines[0].end, lines[0].end)),
        ("", lines[end], Span(lines[end].end, lines[end].end)),
    ]
    return (marks[0], *((field, line, value) for field, value, line in found), marks[1])


def _front_field(text: str, line: Span) -> tuple[str, Span]:
    """The field that a line of the block is about, "" for none, and its value without quotation marks."""
    match = _FRONT.fullmatch(line.of(text)) if line.end - line.start <= 500 else None
    field = _FIELDS.get(match["field"].strip().casefold(), "") if match else ""
    if match is None or not field:
        return "", Span(line.end, line.end)
    start, end = group_span(match, "value", line.start)
    if end - start >= 2 and text[start] == text[end - 1] and text[start] in "\"'":
        start, end = start + 1, end - 1
    value = Span(start, end)
    if start == end:
        return "", value
    return ("url" if field == "source" and "://" in value.of(text)[:12] else field), value


def group_span(match: re.Match[str], group: str, offset: int = 0) -> Span:
    """Where a group of a match stands, the match having been made `offset` characters into the text."""
    return Span(match.start(group) + offset, match.end(group) + offset)


def region(kind: RegionKind, start: int, end: int, reason: str) -> Region:
    """A region from its ends."""
    return Region(kind, Span(start, end), reason)


def letters(text: str) -> str:
    """The letters and digits of a text, folded: two spellings of one title are equal in them."""
    return "".join(c for c in text.casefold() if c.isalnum())


def is_sentence(text: str) -> bool:
    """Whether words after a credit's colon go on like a sentence."""
    return len(text.split()) > 8 and text.rstrip().endswith((".", "!", "?"))


def trim(span: Span, text: str) -> Span:
    """The span without white space at either end and closing marks at its end."""
    start, end = span
    while end > start and text[end - 1] in " \t.,;:)]":
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)
