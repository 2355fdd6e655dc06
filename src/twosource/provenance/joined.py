"""The pile that a count is made from: its values indexed, and everything joined that shows itself to be one source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from twosource.model import Article, Attribution, Claim, PassageMatch, Source, Statement
from twosource.provenance.media import with_outlets_everywhere, with_outlets_meant, with_outlets_told
from twosource.provenance.pile import (
    Pile,
    with_own_voice,
    with_shared_quotations,
    with_translated_names,
    with_who_is_quoted,
)
from twosource.provenance.spelling import with_one_spelling
from twosource.provenance.staff import with_staff
from twosource.registry import Registry


def pile_of(
    statements: Iterable[Statement],
    attributions: Iterable[Attribution],
    sources: Iterable[Source],
    articles: Sequence[Article],
    matches: Iterable[PassageMatch],
    registry: Registry,
    claims: Sequence[Claim],
) -> Pile:
    """The pile with everything joined that its texts and claims show to be one source."""
    pile = with_outlets_meant(
        with_own_voice(Pile.of(statements, attributions, sources, articles, matches, registry))
    )
    pile = with_staff(with_one_spelling(with_outlets_told(with_outlets_everywhere(pile))))
    return with_who_is_quoted(with_shared_quotations(with_translated_names(pile, claims), claims))
