"""What falls if a source falls, and the lines that stand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from graphs import any_claim
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from story import OUTLET, Story, agency

from twosource.model import Credit, CreditKind, Findings, Line, SourceKind, Tool
from twosource.provenance import lines, swings, without
from twosource.provenance.draft import ClaimGraph
from twosource.provenance.sample import Resolver, World
from twosource.settings import Settings


def findings(story: Story) -> Findings:
    return Findings(
        tool=Tool("twosource", "0", {}, ""),
        articles=tuple(story.articles.values()),
        attributions=tuple(story.attributions),
        sources=tuple(story.sources.values()),
        statements=tuple(story.statements),
        claims=(story.claim,),
        provenance=(story.trace(),),
        matches=tuple(story.matches),
    )


def left(story: Story, *sources: str, outlets: tuple[str, ...] = ()) -> tuple[int, int, int | None, int]:
    """K of the likely graph and the bounds, without these."""
    (fall,) = without(findings(story), sources, Settings(), outlets, story.registry)
    s = fall.after
    return s.k, s.at_least, s.most_likely, s.at_most


def wire_and_witness() -> Story:
    """A wire quotes Adder and is reprinted; one paper has spoken to Borer."""
    story = Story()
    story.source("A. Adder")
    story.source("B. Borer")
    wire = story.article("Ostwire", 10)
    story.says(wire, "A. Adder")
    copy = story.article("Courier", 12)
    story.says(copy, "A. Adder")
    story.shares(wire, copy)
    story.says(story.article("Herald", 14), "B. Borer")
    return story


def test_a_reprint_does_not_stand_when_the_reprinted_source_falls() -> None:
    story = wire_and_witness()
    assert story.trace().support.k == 2
    assert left(story, "A. Adder") == (1, 1, 1, 1)
    assert left(story, "A. Adder", "B. Borer") == (0, 0, 0, 0)


def test_an_outlet_falls_with_its_pieces_and_with_what_was_copied_from_them() -> None:
    story = wire_and_witness()
    assert left(story, outlets=("Ostwire",)) == (1, 1, 1, 1)
    assert left(story, outlets=("Ostwire", "Herald"))[0] == 0


def test_an_agency_outside_the_pile_falls_by_its_name() -> None:
    story = Story()
    story.source("Ostwire", OUTLET)
    story.source("A. Adder")
    story.says(story.article("Courier", 10, agency("Ostwire")), "A. Adder")
    story.says(story.article("Herald", 12), "Ostwire")
    assert left(story, "Ostwire")[0] == 0


def test_with_an_institution_fall_those_who_speak_for_it() -> None:
    story = Story()
    story.source("Port Office", SourceKind.ORGANISATION)
    story.source("Ann Ray", speaks_for="Port Office")
    story.says(story.article("Courier", 10), "Ann Ray")
    assert left(story, "Port Office") == (0, 0, 0, 0)


def test_a_claim_without_the_source_is_not_listed() -> None:
    story = wire_and_witness()
    story.source("C. Crane")
    assert without(findings(story), ["C. Crane"], Settings(), registry=story.registry) == ()


def test_the_lines_are_chains_of_likely_links() -> None:
    traced = wire_and_witness().trace()
    of = {(e.parent, e.child): e.id for e in traced.edges}
    assert lines(traced) == (
        Line(("source:A. Adder", "article:ostwire"), (of["source:A. Adder", "article:ostwire"],)),
        Line(("source:B. Borer", "article:herald"), (of["source:B. Borer", "article:herald"],)),
    )


def test_a_guess_on_which_the_count_hangs() -> None:
    story = Story()
    story.source("a", SourceKind.UNNAMED)
    story.source("b", SourceKind.UNNAMED)
    story.says(story.article("Courier", 10), "a")
    story.says(story.article("Herald", 12), "b")
    (swing,) = swings(story.trace())
    assert (swing.a, swing.b, swing.if_so, swing.if_not, swing.edge) == ("source:a", "source:b", 1, 2, None)


def test_a_doubtful_link_on_which_the_count_hangs() -> None:
    story = Story()
    story.source("A. Adder")
    wire = story.article("Ostwire", 10)
    story.says(wire, "A. Adder")
    linking = Credit(CreditKind.LINK, "https://ostwire.example/1")
    story.articles[wire] = replace(story.articles[wire], url="https://ostwire.example/1")
    story.says(story.article("Herald", 12, linking))
    (swing,) = swings(story.trace())
    assert (swing.a, swing.b, swing.probability) == ("article:ostwire", "article:herald", 0.6)
    assert (swing.if_so, swing.if_not) == (1, 2)


@given(any_claim(), st.integers(0, 10**6), st.data())
@hypothesis(max_examples=200, deadline=None)
def test_in_no_reading_does_a_fall_add_a_line_and_the_quick_way_agrees(
    graph: ClaimGraph, seed: int, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from([n.id for n in graph.nodes]))
    resolver = Resolver(graph)
    whole, less = (World(graph, resolver, Settings(), f) for f in (frozenset[str](), frozenset([name])))
    random = np.random.default_rng(seed)
    outcomes = np.array(
        [[random.integers(0, len(unit)) for unit in whole.units] for _ in range(12)], dtype=np.int64
    ).reshape(12, len(whole.units))
    before, after = whole.lines(outcomes), less.lines(outcomes)
    assert (after <= before).all()
    assert after.tolist() == [less.line(tuple(row)) for row in outcomes.tolist()]


@pytest.mark.parametrize("q", [0.0, 1.0])
def test_what_names_nobody_stands_on_its_own_when_a_source_of_others_falls(q: float) -> None:
    story = Story()
    story.source("A. Adder")
    story.says(story.article("Courier", 10), "A. Adder")
    story.says(story.article("Herald", 12))
    found = findings(story)
    (fall,) = without(found, ["A. Adder"], Settings(q=q), registry=story.registry)
    assert fall.after.k == 1
    # With q = 0 the Herald surely rests on a line that is not seen, most likely Adder's.
    assert fall.after.most_likely == (1 if q == 1.0 else 0)
