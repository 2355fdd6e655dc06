"""The program against the answer that was written before any program read the sample case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from twosource import pipeline
from twosource.language import english, russian
from twosource.model import Claim, Findings, NodeKind, Provenance, Relation, Span

CASE = Path(__file__).parents[2] / "examples" / "harbour-fire"
ANSWER: dict[str, Any] = json.loads((CASE / "answer.json").read_text(encoding="utf-8"))
CLAIMS: dict[str, dict[str, Any]] = {claim["id"]: claim for claim in ANSWER["claims"]}

pytestmark = pytest.mark.skipif(
    not (english.available() and russian.available()),
    reason="the sample case needs both parsers: install .[ru]",
)


@pytest.fixture(scope="session")
def findings() -> Findings:
    return pipeline.trace([str(CASE / "articles")])


def claim_of(findings: Findings, key: str) -> tuple[Claim, Provenance]:
    """The program's claim that holds most of the statements which the answer names for this one."""
    held = {c.id: len(stated_in(findings, c, key, "asserts")) for c in findings.claims}
    best = max(held, key=lambda i: held[i])
    assert held[best], f"no statement of {key} was found"
    (claim,) = (c for c in findings.claims if c.id == best)
    (provenance,) = (p for p in findings.provenance if p.claim == best)
    return claim, provenance


def stated_in(findings: Findings, claim: Claim, key: str, role: str) -> set[str]:
    """The articles whose quoted words of the answer lie in a statement that has this role in the claim."""
    texts = {a.id: a.text for a in findings.articles}
    statements = {s.id: s for s in findings.statements}
    found: set[str] = set()
    for wanted in CLAIMS[key]["statements"]:
        if wanted["role"] != role:
            continue
        start = texts[wanted["article"]].index(wanted["quote"])
        quoted = Span(start, start + len(wanted["quote"]))
        for member in claim.members:
            statement = statements[member.statement]
            if (
                member.relation.value == role
                and statement.article == wanted["article"]
                and any(span.overlaps(quoted) for span in statement.spans)
            ):
                found.add(wanted["article"])
    return found


@pytest.mark.parametrize("key", CLAIMS)
def test_every_article_that_says_it_is_in_one_claim(findings: Findings, key: str) -> None:
    claim, _ = claim_of(findings, key)
    said = {s["article"] for s in CLAIMS[key]["statements"] if s["role"] == "asserts"}
    assert said - stated_in(findings, claim, key, "asserts") == set()


@pytest.mark.parametrize("key", CLAIMS)
def test_the_count_is_the_editors(findings: Findings, key: str) -> None:
    support = claim_of(findings, key)[1].support
    expected = CLAIMS[key]["expected"]
    also = CLAIMS[key].get("also_defensible", {})
    for bound in ("at_least", "most_likely", "at_most"):
        assert getattr(support, bound) in {expected[bound], *also.get(bound, [])}, bound


@pytest.mark.parametrize("key", CLAIMS)
def test_the_chokepoints_are_the_editors(findings: Findings, key: str) -> None:
    provenance = claim_of(findings, key)[1]
    nodes = {n.id: n for n in provenance.nodes}
    found = {nodes[c] for c in provenance.support.chokepoints}
    ids = {a.id for a in findings.articles}
    for wanted in CLAIMS[key]["expected"]["chokepoints"]:
        if wanted in ids:
            (node,) = (n for n in found if n.id == f"article:{wanted}")
        elif wanted.startswith("loop: "):
            (node,) = (n for n in found if n.kind is NodeKind.LOOP)
            assert all(outlet in node.label for outlet in wanted.removeprefix("loop: ").split(", "))
        elif wanted.startswith("unnamed "):
            (node,) = (n for n in found if n.kind is NodeKind.UNNAMED)
            words = wanted.removeprefix("unnamed ").partition(" (")[0]
            assert words.casefold() in node.label.casefold()
        else:
            (node,) = (n for n in found if wanted in n.label and n.kind is not NodeKind.ARTICLE)
        found.remove(node)
    assert found == set()


def test_the_denial_stands_apart_with_a_line_of_its_own(findings: Findings) -> None:
    claim, provenance = claim_of(findings, "alarm-off")
    assert stated_in(findings, claim, "alarm-off", "denies") == {"07-harbour-and-trade"}
    assert provenance.denial is not None
    assert (provenance.denial.at_least, provenance.denial.at_most) == (1, 1)


def test_a_false_friend_is_in_no_claim_that_it_only_resembles(findings: Findings) -> None:
    texts = {a.id: a.text for a in findings.articles}
    statements = {s.id: s for s in findings.statements}
    for friend in ANSWER["false_friends"]:
        claim, _ = claim_of(findings, friend["not"])
        start = texts[friend["article"]].index(friend["quote"])
        quoted = Span(start, start + len(friend["quote"]))
        for member in claim.members:
            statement = statements[member.statement]
            if statement.article == friend["article"] and member.relation is Relation.ASSERTS:
                assert not any(span.overlaps(quoted) for span in statement.spans)


def test_every_copy_is_found_and_goes_the_right_way(findings: Findings) -> None:
    for wanted in ANSWER["reuse"]:
        pair = (wanted["from"], wanted["to"])
        found = [m for m in findings.matches if {m.a.article, m.b.article} == set(pair)]
        assert wanted["kind"] in {m.kind.value for m in found}, pair
        best = max(found, key=lambda m: (m.p_copy, m.score))
        way = (
            (best.a.article, best.b.article)
            if best.direction.value == "a->b"
            else (best.b.article, best.a.article)
        )
        assert way == pair


def test_the_lost_hedge_is_flagged(findings: Findings) -> None:
    warnings = claim_of(findings, "alarm-off")[1].support.warnings
    assert any("hedge" in warning for warning in warnings)
