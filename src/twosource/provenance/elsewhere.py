"""Who says it, by what stands elsewhere: in other sentences of the article, or beside the same words in another."""

from __future__ import annotations

import re
from collections import Counter

from twosource.model import EdgeKind, MatchKind, Source, SourceKind, Statement
from twosource.provenance import constants as p
from twosource.provenance.cited import cites_for
from twosource.provenance.copied import carried
from twosource.provenance.draft import NODE_OF, REUSE, Draft, name_of, speaker_of


def same_words(draft: Draft) -> None:
    """Words in quotation marks without a speaker here are those of the speaker whom another article names for them."""
    for a, b in draft.pile.matched(draft.by_article):
        found = carried(draft, a, b)
        if found is None or found[0].kind is not MatchKind.QUOTATION:
            continue
        match, in_a, in_b = found
        for mine, theirs, other in ((in_a, in_b, b), (in_b, in_a, a)):
            if not mine or any(s.attribution or cites_for(draft, s) for s in mine):
                continue
            speakers = sorted({s for s in (speaker_of(draft, t) for t in theirs) if s})
            if len(speakers) != 1:
                continue
            child = draft.article(mine[0].article)
            node = _node(draft, speakers[0])
            reason = (
                f"{draft.label(child)} has the words that {draft.label(draft.article(other))} gives to "
                f"{draft.label(node)}"
            )
            draft.edge(
                node, child, EdgeKind.QUOTES, p.SAME_WORDS, reason, [match.id], unless=draft.copies(child)
            )


def told_elsewhere(draft: Draft) -> None:
    """Own voice, where the article quotes named sources for other sentences on the matter.

    Moot where the article copies another one. Nothing is added to an article that says for any of its statements
    whom it has them from, or that credits an outlet.
    """
    for name, statements in draft.by_article.items():
        child = draft.article(name)
        if draft.gates.get(name) or draft.near.get(name):
            continue
        if any(s.attribution or cites_for(draft, s) for s in statements):
            continue
        if any(draft.edges[parent, child].kind not in REUSE for parent in draft.into.get(child, ())):
            continue
        quoted = _quoted_on(draft, name, statements)
        total = sum(quoted.values())
        group = f"elsewhere:{name}" if len(quoted) > 1 else None
        for source, times in sorted(quoted.items()):
            node = _node(draft, source)
            reason = f"{draft.label(child)} quotes {draft.label(node)} in other sentences on the matter"
            draft.edge(
                node,
                child,
                EdgeKind.QUOTES,
                p.TOLD_ELSEWHERE * times / total,
                reason,
                group=group,
                unless=draft.copies(child),
            )


def _quoted_on(draft: Draft, article: str, statements: list[Statement]) -> Counter[str]:
    """Source → how many of its statements in the article are on the matter.

    They share words with the claim, or the claim's own words name the source: "Ray saw it" is told by Ray, who is quoted.
    """
    said = {word for s in statements for word in s.lemmas}
    text = " ".join(s.text for s in statements).casefold()
    return Counter(
        draft.pile.one_source[source.id]  # what was found to be one since these were looked up
        for statement, source in draft.pile.named.get(article, ())
        if not statement.negated
        and (len(said.intersection(statement.lemmas)) >= p.CREDITED_WORDS or _named_in(text, source))
    )


def _named_in(text: str, source: Source) -> bool:
    """Whether a text in lower case has a person's surname as a word."""
    last = source.name.split()[-1].casefold() if source.kind is SourceKind.PERSON and source.name else ""
    return len(last) > 2 and re.search(rf"\b{re.escape(last)}\b", text) is not None


def _node(draft: Draft, source: str) -> str:
    found = draft.pile.sources[source]
    return draft.node(f"source:{source}", NODE_OF[found.kind], name_of(found))
