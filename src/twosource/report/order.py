"""What the report leads with: one order of claims and one sentence of answer for every format."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Claim, Findings, Provenance, Relation, Statement, Support


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with what the report shows of it: its count and its statements by relation, in pile order."""

    claim: Claim
    provenance: Provenance
    asserting: tuple[Statement, ...]
    denying: tuple[Statement, ...]
    rival: tuple[Statement, ...]

    @property
    def support(self) -> Support:
        """The count of the lines behind it."""
        return self.provenance.support

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles that assert it, each once, in the order of the statements."""
        return tuple(dict.fromkeys(s.article for s in self.asserting))


def views(findings: Findings) -> tuple[ClaimView, ...]:
    """Every claim, the widest first: by asserting articles, then by statements, then by id."""
    statements = {s.id: s for s in findings.statements}
    counted = {p.claim: p for p in findings.provenance}
    out = [
        ClaimView(
            claim,
            counted[claim.id],
            *(
                tuple(statements[m.statement] for m in claim.members if m.relation is relation)
                for relation in (Relation.ASSERTS, Relation.DENIES, Relation.RIVAL)
            ),
        )
        for claim in findings.claims
        if claim.id in counted
    ]
    return tuple(
        sorted(out, key=lambda v: (-len(v.articles), -len(v.asserting) - len(v.denying), v.claim.id))
    )


def many(number: int, noun: str) -> str:
    """A count in words: "1 article", "1,683 articles"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def answer(view: ClaimView) -> str:
    """The answer in one sentence: articles → at least L, at most U, most likely K, because …."""
    support = view.support
    head = f"{many(len(view.articles), 'article')} → at least {support.at_least}, at most "
    if support.most_likely is None:
        head += f"{many(support.at_most, 'independent line')}; the most likely number is withheld: {support.withheld}"
    else:
        head += f"{support.at_most}, most likely {many(support.most_likely, 'independent line')}"
    return f"{head}, because {support.why[0]}" if support.why and support.most_likely is not None else head


def two_source_rule(support: Support) -> str:
    """Say "met", "not met" or "cannot tell": whether at least two independent lines stand behind the claim."""
    if support.at_least >= 2:
        return "met"
    if support.at_most <= 1:
        return "not met"
    if support.p_two_or_more is not None and support.p_two_or_more <= 0.1:
        return "not met"
    if support.p_two_or_more is not None and support.p_two_or_more >= 0.9:
        return "met"
    return "cannot tell"
