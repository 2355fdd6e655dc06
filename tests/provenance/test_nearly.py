"""Statements that were nearly joined to the claim: they bound the count from above and change nothing else."""

from __future__ import annotations

import pytest
from story import Story, agency

from twosource.model import Provenance, Relation
from twosource.settings import Settings


def quoted_twice(nearly: float | None = None, said_by: str = "B. Borer") -> Story:
    """Adder in the Courier; somebody in the Herald, in words that may or may not be the same claim."""
    story = Story()
    story.source("A. Adder")
    story.source(said_by)
    story.says(story.article("Courier", 10), "A. Adder", words="quay burn night shift")
    if nearly is not None:
        story.says(story.article("Herald", 12), said_by, words="night quay fire burn", nearly=nearly)
    return story


def bounds(found: Provenance) -> tuple[int, int | None, int]:
    s = found.support
    return s.at_least, s.most_likely, s.at_most


@pytest.mark.parametrize("probability", [0.3, 0.49])
def test_another_source_of_what_may_be_the_same_raises_at_most(probability: float) -> None:
    assert bounds(quoted_twice().trace()) == (1, 1, 1)
    found = quoted_twice(probability).trace()
    assert bounds(found) == (1, 1, 2)
    assert found.support.why[-1] == (
        "1 more article may say the same in other words; if it does, there are up to 2 lines."
    )
    assert {n.id for n in found.nodes} == {"source:A. Adder", "article:courier"}


@pytest.mark.parametrize(("probability", "words"), [(0.29, "quay burn night"), (0.49, "quay burn day")])
def test_what_is_unlikely_or_has_few_words_in_common_counts_for_nothing(
    probability: float, words: str
) -> None:
    story = quoted_twice()
    story.source("B. Borer")
    story.says(story.article("Herald", 12), "B. Borer", words=words, nearly=probability)
    found = story.trace()
    assert bounds(found) == (1, 1, 1)
    assert not any("more article" in line for line in found.support.why)


def test_the_same_source_in_other_words_adds_no_line() -> None:
    found = quoted_twice(0.4, said_by="A. Adder").trace()
    assert bounds(found) == (1, 1, 1)
    assert found.support.why[-1] == "1 more article may say the same in other words; that would add no line."


def test_a_reprint_in_other_words_adds_no_line_where_it_credits_the_same_agency() -> None:
    story = Story()
    story.source("A. Adder")
    story.says(story.article("Courier", 10, agency("Ostwire")), "A. Adder", words="quay burn night")
    story.says(story.article("Herald", 12, agency("Ostwire")), words="quay burn night", nearly=0.3)
    found = story.trace().support
    assert found.at_most == 1
    assert found.why[-1].endswith("that would add no line.")


def test_what_may_deny_it_is_no_support() -> None:
    story = quoted_twice()
    story.source("B. Borer")
    story.says(
        story.article("Herald", 12), "B. Borer", words="quay burn night", relation=Relation.DENIES, nearly=0.4
    )
    found = story.trace()
    assert bounds(found) == (1, 1, 1)
    assert found.denial is None


@pytest.mark.parametrize("q", [0.0, 0.35, 1.0])
def test_nothing_but_at_most_and_its_sentence_depends_on_them(q: float) -> None:
    def told(nearly: bool) -> Story:
        story = quoted_twice()
        story.says(story.article("Tribune", 11))
        if nearly:
            story.source("C. Crane")
            story.says(story.article("Lantern", 12), "C. Crane", words="quay burn night", nearly=0.3)
        return story

    with_them, without_them = (told(n).trace(Settings(q=q)) for n in (True, False))
    assert with_them.support.at_most >= without_them.support.at_most
    same = ("at_least", "k", "k_grounded", "most_likely", "interval90", "p_two_or_more", "chokepoints")
    for field in same:
        assert getattr(with_them.support, field) == getattr(without_them.support, field)
    assert (with_them.nodes, with_them.edges) == (without_them.nodes, without_them.edges)
