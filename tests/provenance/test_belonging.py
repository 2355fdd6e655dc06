"""Statements that may belong to a claim are drawn into the most likely count, each with its probability."""

from __future__ import annotations

from dataclasses import replace

import pytest
from story import Story

from twosource.model import Entity, Quantity, Relation
from twosource.provenance.belonging import belongs
from twosource.settings import Settings

WORDS = "quay burn night shift"


def told_by(*more: str, nearly: float = 0.45, words: str = WORDS, home: str = "c2") -> Story:
    """Adder in the Courier; each of the others in an article of their own, in a claim that may be the same."""
    story = Story()
    story.source("A. Adder")
    story.says(story.article("Courier", 10), "A. Adder", words=WORDS)
    for number, name in enumerate(more):
        story.source(name)
        story.says(story.article(f"Herald{number}", 12), name, words=words, nearly=nearly, home=home)
    return story


def p_two(story: Story) -> float:
    share = story.trace().support.p_two_or_more
    assert share is not None
    return share


def test_another_source_of_what_may_be_the_same_counts_as_often_as_it_is() -> None:
    story = told_by("B. Borer", words="quay burn night watch")
    (statement,) = [s for s in story.statements if s.article == "herald0"]
    share = belongs(0.45, statement, [s for s in story.statements if s.article == "courier"])
    assert 0.5 < share <= 0.9
    assert p_two(story) == pytest.approx(share, abs=1e-4)
    assert story.trace().support.interval90 == (1, 2)


def test_the_likelier_the_more() -> None:
    far, near = (p_two(told_by("B. Borer", nearly=n, words="quay burn night fog sea")) for n in (0.16, 0.45))
    assert 0.0 < far < near < 1.0


def test_the_more_words_in_common_the_more() -> None:
    few, many = (
        p_two(told_by("B. Borer", words=w)) for w in ("quay burn night fog sea wind", "quay burn night")
    )
    assert few < many


def test_what_has_few_words_in_common_is_another_statement_mostly() -> None:
    assert 0.1 < p_two(told_by("B. Borer", nearly=0.45, words="quay burn")) < 0.25
    assert p_two(told_by("B. Borer", nearly=0.25, words="quay burn")) == 0.0


def test_across_languages_a_name_or_a_number_in_common_speaks_for_it() -> None:
    said, other = told_by("B. Borer").statements
    other = replace(other, language="ru")
    towns = [(Entity("place", text, "sollavik"),) for text in ("Sollavik", "Соллавик")]
    twelve = [(Quantity(12, 12, "", text),) for text in ("twelve", "двенадцать")]
    alone = belongs(0.45, other, [said])
    named = belongs(0.45, replace(other, entities=towns[1]), [replace(said, entities=towns[0])])
    counted = belongs(0.45, replace(other, quantities=twelve[1]), [replace(said, quantities=twelve[0])])
    assert 0.1 < alone < 0.25
    assert named == counted > 0.4


def test_the_same_source_adds_no_line() -> None:
    assert p_two(told_by("A. Adder")) == 0.0


def test_what_is_one_claim_belongs_together_or_not_at_all() -> None:
    together = told_by("B. Borer", "C. Crane").trace().support
    assert together.interval90 == (1, 3)
    weight = together.p_two_or_more
    assert together.most_likely == 3
    assert weight == pytest.approx(p_two(told_by("B. Borer")), abs=1e-4)


def test_a_negation_alone_is_no_denial() -> None:
    """ "The tools had not been cleaned" may be "the tools were dirty": whether it denies is for the grouping to say."""
    story = told_by()
    story.source("B. Borer")
    story.says(story.article("Herald", 12), "B. Borer", words=WORDS, nearly=0.45, home="c2", negated=True)
    assert p_two(story) == p_two(told_by("B. Borer"))


def test_what_denies_is_no_support() -> None:
    story = told_by()
    story.source("B. Borer")
    story.says(
        story.article("Herald", 12), "B. Borer", words=WORDS, relation=Relation.DENIES, nearly=0.45, home="c2"
    )
    assert p_two(story) == 0.0


def test_the_order_of_everything_is_no_matter() -> None:
    story = told_by("B. Borer", "C. Crane", "D. Drew", nearly=0.3, words="quay burn night fog")
    assert {str(story.trace(Settings(), shuffle=n).support) for n in range(4)} == {str(story.trace().support)}


def test_k_and_the_graph_stay_those_of_the_members() -> None:
    alone, beside = told_by().trace(), told_by("B. Borer").trace()
    assert (alone.nodes, alone.edges) == (beside.nodes, beside.edges)
    assert (alone.support.k, alone.support.origins_total) == (beside.support.k, beside.support.origins_total)


def test_it_is_said_where_the_most_likely_count_hangs_on_it() -> None:
    why = told_by("B. Borer").trace().support.why
    assert why[-1] == "Without what may say the same in other words, most likely 1 line."
    # K and the chokepoints are those of what is joined; the sentence says what else would be left
    assert told_by("B. Borer").trace().support.k == 1
    assert "source:A. Adder" in told_by("B. Borer").trace().support.chokepoints
    assert any("only what may say the same in other words would be left" in line for line in why)
    assert told_by("A. Adder").trace().support.chokepoints == ("source:A. Adder", "article:courier")
    assert not any("Without what" in w for w in told_by("A. Adder").trace().support.why)


def test_it_is_said_that_the_bound_from_above_counts_it() -> None:
    why = told_by("B. Borer", "C. Crane").trace().support.why
    assert "At most 3: so many if what may say the same in other words belongs to it." in why
    assert not any("every doubtful link" in w for w in why)
