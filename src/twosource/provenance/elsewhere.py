"""Who says it, by what stands elsewhere: in other sentences of the article, or beside the same words in another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from twosource.model import EdgeKind, MatchKind, Source, SourceKind, Statement
from twosource.provenance import constants as p
from twosource.provenance.cited import cites_for, outlet_node
from twosource.provenance.copied import carried
from twosource.provenance.draft import NODE_OF, REUSE, Draft, name_of, speaker_of
from twosource.provenance.media import NO_NAME
from twosource.provenance.names import authority


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
    whom it has them from, or that credits an outlet. Whom more of the claim's articles cite has the greater share: somebody
    whom one alone quotes may only have been asked what he thinks of it.
    """
    carried = Counter(source for name in draft.by_article for source in _cited_in(draft, name))
    for name, statements in draft.by_article.items():
        child = draft.article(name)
        if draft.gates.get(name) or draft.near.get(name) or not _is_silent(draft, name, statements):
            continue
        quoted = _quoted_on(draft, name, statements)
        for source in quoted:
            quoted[source] *= max(1, carried[source])
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


def _is_silent(draft: Draft, name: str, statements: list[Statement]) -> bool:
    """Whether an article says for none of its statements of the claim whom it has them from, and nothing else shows it."""
    article = draft.article(name)
    if any(draft.edges[parent, article].kind not in REUSE for parent in draft.into.get(article, ())):
        return False
    return not any(s.attribution or cites_for(draft, s) for s in statements)


def whole_piece(draft: Draft) -> None:
    """Own voice, where nothing says whom it is from: a short piece rests on whom it cites at all.

    In this order: the outlets that it credits for anything; those that it only names, and that others of the claim cite; the
    only named person or body that it quotes, where another article does too (whom one article alone quotes may only have been
    asked what he thinks of it); who speaks for the authorities without a name. Moot where the article copies another one.
    """
    known = _outlets_cited(draft)
    for name, statements in draft.by_article.items():
        child = draft.article(name)
        if len(draft.pile.articles[name].text) > p.SHORT or not _is_silent(draft, name, statements):
            continue
        outlets, people = _outlets_of(draft, name, known), []
        if not outlets:
            named = _cited_in(draft, name)
            if len(named) > 1:
                continue  # who of them said it is open
            people = [_node(draft, s) for s in named if _quoted_by_others(draft, name, s)]
            people = people if named else _authorities_of(draft, name)
        for node in outlets or people:
            reason = f"{draft.label(child)} does not say whom it is from, and cites {draft.label(node)}"
            draft.edge(
                node,
                child,
                EdgeKind.RELAYS if outlets else EdgeKind.QUOTES,
                p.WHOLE_PIECE / len(outlets or people),
                reason,
                group=f"piece:{name}" if len(outlets or people) > 1 else None,
                unless=draft.copies(child),
            )


def _outlets_cited(draft: Draft) -> dict[str, tuple[str, str]]:
    """Name → key and label of the outlets that the articles of the claim credit for anything; in a small pile those of all."""
    found = draft.pile.credited
    if len(found) > p.NEAREST:
        found = {
            r.label: r.key
            for name in draft.by_article
            for r in draft.pile.relayed.get(name, ())
            if r.label in found
        }
    if len(found) > p.NEAREST:
        return {}
    return {label: (key, label) for label, key in found.items() if key not in NO_NAME}


def _outlets_of(draft: Draft, name: str, known: Mapping[str, tuple[str, str]]) -> list[str]:
    """The nodes of the outlets that an article credits for anything, else of the `known` ones that it names."""
    own = draft.pile.outlet_of[name]
    cited = {r.key: r.label for r in draft.pile.relayed.get(name, ()) if r.key and r.key != own}
    if not cited and known:
        said = "|".join(re.escape(label) for label in sorted(known, key=lambda x: (-len(x), x)))
        named = set(re.findall(rf"(?<!\w)(?:{said})(?!\w)", draft.pile.articles[name].text))
        cited = {key: label for key, label in map(known.__getitem__, sorted(named)) if key != own}
    return [outlet_node(draft, name, key, label) for key, label in sorted(cited.items())]


def _quoted_by_others(draft: Draft, name: str, source: str) -> bool:
    """Whether another article of the pile has anything from a source."""
    return bool(draft.pile.quoted_in.get(source, frozenset()) - {name})


def _authorities_of(draft: Draft, name: str) -> list[str]:
    """The node of the one source without a name in an article who speaks for the police, a hospital or the like."""
    found = [s for s in draft.pile.nameless.get(name, ()) if authority(s.description)]
    return [_node(draft, s.id) for s in found[:1]]


def _cited_in(draft: Draft, article: str) -> set[str]:
    """The people and bodies, by id, that an article has anything from."""
    found = {draft.pile.one_source[source.id] for _, source in draft.pile.named.get(article, ())}
    return {s for s in found if draft.pile.sources[s].kind is not SourceKind.DOCUMENT}


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
