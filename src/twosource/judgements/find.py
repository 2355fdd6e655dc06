"""What a judgement speaks of, found again among the articles of this run: by the words, not by ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from ..model import Article, Quoted, Span, Subject

_LEAST = 3  # words of a quotation that is part of a statement
_HALF = 0.5  # of the longer of two spans that must be shared


class Placed(Protocol):
    """What stands in an article."""

    @property
    def id(self) -> str:
        """Its id in this run."""

    @property
    def article(self) -> str:
        """The id of its article."""


T = TypeVar("T", bound=Placed)


class Cut(NamedTuple):
    """A stretch of text as one judgement may quote it: its words as compared, and where it stands."""

    words: str
    span: Span


class Places:
    """Articles by their digest and their id."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._by_digest: dict[str, list[str]] = defaultdict(list)
        for article in articles:
            self._by_digest[article.sha256].append(article.id)
        self._ids = {a.id for a in articles}
        self._digests = {a.id: a.sha256 for a in articles}

    def of(self, quoted: Quoted) -> str | None:
        """The id of the article that is meant, or None. Of several that are the same, the one of that id."""
        same = self._by_digest.get(quoted.sha256, []) if quoted.sha256 else []
        if same:
            return quoted.article if quoted.article in same else min(same)
        return quoted.article if quoted.article in self._ids else None

    def unchanged(self, quoted: Quoted, article: str) -> bool:
        """Whether the article is to the letter what it was, so that its spans hold."""
        return bool(quoted.sha256) and self._digests.get(article) == quoted.sha256


class Finder(Generic[T]):
    """Finds statements (or attributions) by quoted words."""

    def __init__(self, places: Places, things: Iterable[T], cuts: Mapping[str, Cut]) -> None:
        self._places, self._cuts = places, cuts
        self._in: dict[str, list[T]] = defaultdict(list)
        for thing in things:
            self._in[thing.article].append(thing)

    def all(self, subject: Subject) -> list[T]:
        """What of a subject's words is found, in their order, each once."""
        found = {t.id: t for t in map(self.one, subject.words) if t is not None}
        return list(found.values())

    def one(self, quoted: Quoted) -> T | None:
        """The one that says these words in that article.

        The same words, whatever case and punctuation; else the only one of which they are a part; else, in an article that is
        the same to the letter, the one that stands where they stood. Other words are never taken for these.
        """
        article = self._places.of(quoted)
        words = words_of(quoted.text)
        if article is None or not words:
            return None
        there = self._in.get(article, [])
        start = quoted.span.start if quoted.span else 0
        same = [t for t in there if self._cuts[t.id].words == words]
        if same:
            return min(same, key=lambda t: (abs(self._cuts[t.id].span.start - start), t.id))
        part = [t for t in there if f" {words} " in f" {self._cuts[t.id].words} "]
        if len(part) == 1 and len(words.split()) >= _LEAST:
            return part[0]
        if quoted.span and self._places.unchanged(quoted, article):
            return self._standing_at(quoted.span, there)
        return None

    def _standing_at(self, span: Span, there: Sequence[T]) -> T | None:
        def shared(thing: T) -> float:
            own = self._cuts[thing.id].span
            return own.shared(span) / max(1, own.end - own.start, span.end - span.start)

        best = max(there, key=lambda t: (shared(t), t.id), default=None)
        return best if best is not None and shared(best) >= _HALF else None


def words_of(text: str) -> str:
    """The words of a text as they are compared: no case, no punctuation, single spaces."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
