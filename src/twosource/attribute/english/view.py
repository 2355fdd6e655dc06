"""What every English rule looks at: the article, its parse, its quotations."""

from __future__ import annotations

from bisect import bisect_right

from ...language.analysis import Analysis, paragraphs
from ...model import Article, Span
from ..lexicon import lexicon
from ..marks import Quotation, quotations
from .tree import Tree

_EDGE = lexicon(", ; : - – — -- . ) (")


class View:
    """The article as the rules see it. Built once per article; the rules only read it."""

    def __init__(self, article: Article, analysis: Analysis) -> None:
        self.article = article
        self.text = article.text
        self.tree = Tree(analysis)
        self.tokens = analysis.tokens
        self.parsed = analysis.parser != "none"
        self.paragraphs = paragraphs(article.text)
        self.quotations = quotations(article.text, self.paragraphs)
        self._quotation_starts = [q.span.start for q in self.quotations]
        self._paragraph_starts = [p.start for p in self.paragraphs]

    # ------------------------------------------------------------------ marks

    def quotation_at(self, offset: int) -> Quotation | None:
        """The quotation that covers the character, if any."""
        k = bisect_right(self._quotation_starts, offset) - 1
        if k >= 0 and offset < self.quotations[k].span.end:
            return self.quotations[k]
        return None

    def quoted(self, token: int) -> bool:
        """Whether the token stands inside a quotation of more than a few words."""
        q = self.quotation_at(self.tokens[token].start)
        return q is not None and q.words(self.text) > 3

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph that the character stands in."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def paragraph_starts(self, offset: int) -> bool:
        """Whether a paragraph begins at the character."""
        return self.paragraphs[self.paragraph_at(offset)].start == offset

    # ------------------------------------------------------------------ spans

    def content(self, first: int, last: int, cue: int | None = None) -> Span | None:
        """Tokens as content: loose marks off both ends, quotations at the edges taken whole.

        Not the quotation that the `cue` token itself stands in: then the content is a part of it.
        """
        tokens = self.tokens
        while first <= last and tokens[first].text in _EDGE:
            first += 1
        for k in range(first + 1, last):  # "… of war” – a bald-faced lie": the remark is the writer's
            if tokens[k].text in {"–", "—"} and tokens[k - 1].text in {"”", '"', "»"}:
                last = k - 1
                break
        while last >= first and tokens[last].text in _EDGE:
            last -= 1
        if first > last:
            return None
        around = None if cue is None else self.quotation_at(self.tokens[cue].start)
        return self.whole_marks(self.tree.span(first, last), around)

    def whole_marks(self, span: Span, around: Quotation | None = None) -> Span:
        """The span grown to take whole the quotation that its edge cuts, marks included; not `around`."""
        start, end = span
        q = self.quotation_at(start)
        if q is not None and q == around:
            return span
        if q is not None and q.span.start < start and (q.inner.start >= start - 1 or q.span.end <= end + 2):
            start = q.span.start
        q = self.quotation_at(end - 1) or self.quotation_at(min(end, len(self.text) - 1))
        if q is not None and q.span.start >= start and q.span.end > end and q.span.start < end:
            end = q.span.end
        return Span(start, end)

    def source(self, head: int, verb: int | None = None) -> tuple[Span, ...]:
        """The noun phrase around the head as a source; with it the "who" that stands for it at the verb."""
        first, last = self.tree.noun_phrase(head, verb)
        while last > head and self.tokens[last].text in _EDGE and self.tokens[last].text != ")":
            last -= 1
        while first < head and self.tokens[first].text in _EDGE | {'"', "“", "”"}:
            first += 1
        if last > head and self.tokens[last].tag == "POS":
            last -= 1
        phrase = self.tree.span(first, last)
        who = None if verb is None else self.tree.relative_subject(verb)
        if who is None or first <= who <= last:
            return (phrase,)
        return (phrase, self.tree.span(who, who))

    def cue(self, verb: int) -> tuple[Span, ...]:
        """The verb with its auxiliaries as a cue."""
        return (self.tree.span(*self.tree.verb_group(verb)),)
