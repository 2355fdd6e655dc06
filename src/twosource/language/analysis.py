"""A parsed article as plain values, so that no stage depends on a parser's own classes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from ..model import Article, RegionKind, Span

_STOPS = frozenset(".!?…:;\"'”’»)")


@dataclass(frozen=True, slots=True)
class Token:
    """One token. Offsets are code points of the article's text; `head` is a token index, a root's is its own.

    `pos` is a Universal POS tag, `tag` the parser's fine tag, `dep` the parser's dependency label (ClearNLP
    labels for English, Universal Dependencies for Russian), `morph` features as ``Key=Value|…``, `entity` the
    named-entity label of the mention it stands in, "" outside.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    morph: str = ""
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A named-entity mention: PERSON, ORG, GPE, LOC, NORP, FAC, DATE, CARDINAL … (OntoNotes labels)."""

    span: Span
    label: str
    text: str
    first: int  # index of its first token
    last: int  # index after its last token


@dataclass(frozen=True, slots=True)
class Analysis:
    """One article's parse: tokens in text order, sentences and paragraphs as token ranges [first, last).

    `parser` names the model, or "none" in the degraded mode: then pos, dep and entities are empty and only
    rules on words and marks apply.
    """

    article: str
    language: str
    parser: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    paragraphs: tuple[tuple[int, int], ...]
    names: tuple[Name, ...] = ()

    def children(self) -> tuple[tuple[int, ...], ...]:
        """For every token, the indices of the tokens that it heads, in text order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        return tuple(tuple(c) for c in below)

    def span(self, first: int, last: int) -> Span:
        """The characters from token `first` up to and including token `last` - 1."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)


class Parser(Protocol):
    """What a language's parser must offer: everything else in the product works on Analysis."""

    name: str

    def parse(self, article: Article) -> Analysis:
        """Parse the article's whole text (regions are the stages' affair), paragraph by paragraph."""
        ...


def paragraphs(text: str) -> tuple[Span, ...]:
    """Stretches of text between line breaks, trimmed of white space, empty ones left out.

    In a text wrapped to a fixed width only empty lines end a paragraph.
    """
    lines: list[Span] = []
    start = 0
    for raw in text.splitlines(keepends=True):
        lines.append(Span(start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip())))
        start += len(raw)
    if not _wrapped(text, lines):
        return tuple(line for line in lines if line.start < line.end)
    out: list[Span] = []
    open_ = False
    for line in lines:
        filled = line.start < line.end
        if filled and open_:
            out[-1] = Span(out[-1].start, line.end)
        elif filled:
            out.append(line)
        open_ = filled
    return tuple(out)


def units(article: Article) -> tuple[Span, ...]:
    """What is parsed at once: an article's paragraphs, each dateline in them apart.

    "KELM, May 4 (Vareny Wire) - The dam holds, the mayor said.": to a parser the dateline is the sentence's subject.
    """
    text = article.text
    out: list[Span] = []
    for paragraph in paragraphs(text):
        cuts = {
            edge
            for region in article.regions
            if region.kind is RegionKind.DATELINE and paragraph.contains(region.span)
            for edge in (region.span.start, region.span.end)
        }
        edges = sorted(cuts | {paragraph.start, paragraph.end})
        out.extend(trimmed(text, Span(a, b)) for a, b in pairwise(edges))
    return tuple(span for span in out if span.start < span.end)


def trimmed(text: str, span: Span) -> Span:
    """The span without white space at either end."""
    inside = span.of(text)
    start = span.start + len(inside) - len(inside.lstrip())
    return Span(start, max(start, span.start + len(inside.rstrip())))


def _wrapped(text: str, lines: list[Span]) -> bool:
    """Whether line breaks stand inside sentences: most lines that another follows end long and without a stop."""
    ends = [a for a, b in pairwise(lines) if a.start < a.end and b.start < b.end]
    inside = [a for a in ends if 45 <= a.end - a.start <= 120 and text[a.end - 1] not in _STOPS]
    return len(ends) >= 4 and len(inside) >= 0.6 * len(ends)
