"""Statements of one claim → its graph: one visible list of rules, each adding the edges that it can show."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from twosource.model import Claim, Relation, Statement
from twosource.provenance import constants as p
from twosource.provenance.cited import cited_outlets, credit_lines, credited_elsewhere
from twosource.provenance.copied import restated, reuse
from twosource.provenance.draft import ClaimGraph, Draft
from twosource.provenance.elsewhere import same_words, told_elsewhere, whole_piece
from twosource.provenance.merges import finish
from twosource.provenance.pile import Pile
from twosource.provenance.seen import seen, shown_by
from twosource.provenance.told import behind_outlets, institutions, stated_sources


def claim_graph(pile: Pile, statements: Iterable[Statement], rho: float) -> ClaimGraph:
    """The graph of the articles that make these statements. Pure; the order of the statements is no matter.

    `rho` is the probability that two unnamed sources are one, before description, outlet and time speak.
    """
    by_article: dict[str, list[Statement]] = {}
    for statement in sorted(statements, key=lambda s: (s.article, s.id)):
        by_article.setdefault(statement.article, []).append(statement)
    draft = Draft(pile, by_article)
    for name in by_article:
        draft.article(name)
    for rule in RULES:
        rule(draft)
    return finish(draft, rho)


def members(pile: Pile, claim: Claim, relation: Relation) -> list[Statement]:
    """The claim's statements of this relation that the pile has."""
    return [
        pile.statements[m.statement]
        for m in claim.members
        if m.relation is relation and m.statement in pile.statements
    ]


def wide_graph(pile: Pile, claim: Claim, relation: Relation, rho: float) -> ClaimGraph | None:
    """The claim's graph as it would be if all that may well belong to it did; None where nothing may.

    May well belong: a probability of `NEARLY` or more, and `NEARLY_WORDS` content words in common with one that does.
    """
    inside = members(pile, claim, relation)
    words = [(s.language, frozenset(s.lemmas)) for s in inside]
    near = [
        found
        for n in claim.nearly
        if n.relation is relation
        and n.probability >= p.NEARLY
        and (found := pile.statements.get(n.statement))
        if any(
            language == found.language and len(said.intersection(found.lemmas)) >= p.NEARLY_WORDS
            for language, said in words
        )
    ]
    return claim_graph(pile, [*inside, *near], rho) if near else None


RULES: tuple[Callable[[Draft], None], ...] = (
    cited_outlets,
    credit_lines,
    reuse,
    credited_elsewhere,
    stated_sources,
    behind_outlets,
    same_words,
    seen,
    shown_by,
    told_elsewhere,
    whole_piece,
    restated,
    institutions,
)
