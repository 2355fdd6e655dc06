"""Articles to passage matches: every wording that two articles share, what relation it shows, which way it went.

The steps, each a pure function that can be looked at on its own:
tokens -> shingles -> postings -> seeds -> chains -> align -> evidence -> relation and direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from twosource.model import Article, PassageMatch
from twosource.settings import Settings

if TYPE_CHECKING:
    from twosource.reuse.growing import Grown, Runs
    from twosource.reuse.joining import Database
    from twosource.reuse.table import Matches

__all__ = ["found", "grown", "matches"]


def matches(
    articles: Sequence[Article], settings: Settings, database: Database | None = None
) -> tuple[PassageMatch, ...]:
    """Every passage of at least `settings.min_words` words that two of `articles` share.

    In each match `a` is the article that was published first, or has the smaller id where that cannot be
    told. The result is the same whatever order the articles come in. Cost grows about linearly with the
    number of words. With a `database` the articles are joined there, and no longer in memory: the same result.
    """
    return tuple(found(articles, settings, database))


def found(articles: Sequence[Article], settings: Settings, database: Database | None = None) -> Matches:
    """`matches` as a table, which makes each match when it is asked for: for piles with very many."""
    from twosource.reuse import matching

    return matching.found(articles, settings, database)


def grown(articles: Sequence[Article], settings: Settings, before: Runs | None) -> tuple[Matches, Grown]:
    """`found`, where an earlier run on fewer of the articles has left what it joined: only new ones are joined.

    The matches are those of `found`. Where an article of the earlier run is gone or changed, all are joined again.
    """
    from twosource.reuse import matching

    return matching.grown(articles, settings, before)
