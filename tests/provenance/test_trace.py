"""From statements to the count, told as small stories about invented outlets."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from story import ORGANISATION, OUTLET, PERSON, UNNAMED, Story, agency

from twosource.model import (
    Attribution,
    AttributionKind,
    Claim,
    Direction,
    EdgeKind,
    Entity,
    Likelihood,
    MatchKind,
    NodeKind,
    Provenance,
    Relation,
    SourceKind,
    Span,
)
from twosource.provenance import trace
from twosource.provenance.constants import Q_ALIKE
from twosource.provenance.names import compatible, translated
from twosource.registry import Entry, Registry
from twosource.settings import Settings


def bounds(found: Provenance) -> tuple[int, int | None, int]:
    s = found.support
    return s.at_least, s.most_likely, s.at_most


def labels(found: Provenance) -> list[str]:
    of = {n.id: n.label for n in found.nodes}
    return [of[c] for c in found.support.chokepoints]


def test_one_wire_copied_by_all() -> None:
    story = Story()
    story.source("Ines Hallgrim")
    wire = story.article("Ostwire", 10)
    story.says(wire, "Ines Hallgrim")
    for n in range(9):
        copy = story.article(f"Paper {n}", 12 + n)
        story.says(copy, "Ines Hallgrim")
        story.shares(wire, copy)
    found = story.trace()
    assert bounds(found) == (1, 1, 1)
    assert labels(found) == ["Ines Hallgrim", "Ostwire"]
    assert found.support.p_two_or_more == 0
    assert "All 10 articles rest on Ines Hallgrim." in found.support.why
    assert "9 of 10 articles rest on the report of Ostwire." in found.support.why
    assert "If any one of Ines Hallgrim or Ostwire fell, nothing would be left." in found.support.why


def test_two_people_told_one_wire_and_its_reprints_quote_both() -> None:
    """The reprints never met the two: whatever they quote came through the wire."""
    story = Story()
    story.source("A. Adder")
    story.source("B. Borer")
    wire = story.article("Ostwire", 10)
    story.says(wire, "A. Adder")
    story.says(wire, "B. Borer")
    for n in range(3):
        copy = story.article(f"Paper {n}", 12 + n)
        story.says(copy, "A. Adder")
        story.says(copy, "B. Borer")
        story.shares(wire, copy)
    found = story.trace()
    assert (found.support.origins_total, found.support.k) == (2, 1)
    assert bounds(found) == (1, 1, 1)
    assert labels(found) == ["Ostwire"]


def test_reprints_of_an_agency_outside_the_pile_are_one_line_whomever_they_quote() -> None:
    story = Story()
    story.source("A. Adder")
    story.source("B. Borer")
    for n in range(2):
        paper = story.article(f"Paper {n}", 12, agency("Ostwire"))
        story.says(paper, "A. Adder")
        story.says(paper, "B. Borer")
    found = story.trace()
    assert found.support.k == 1
    assert labels(found) == ["Ostwire"]
    assert (found.support.origins_total, found.support.k_grounded) == (2, 1)


def test_wording_shared_with_one_who_credits_an_agency_is_the_agencys() -> None:
    story = Story()
    credited = story.article("Gazette", 10, agency("Ostwire"))
    silent = story.article("Herald", 9)
    story.says(credited)
    story.says(silent)
    story.shares(credited, silent, MatchKind.EDITED, 0.6, Direction.UNDIRECTED)
    found = story.trace(Settings(q=0.35))
    assert labels(found) == ["Ostwire"]
    assert bounds(found) == (0, 1, 2)  # the credit may not cover this, and the likeness may be chance
    reasons = {e.reason for e in found.edges if e.child == f"article:{silent}"}
    assert "Herald shares wording with Gazette, which credits Ostwire for it" in reasons


def test_wording_shared_by_those_who_credit_two_agencies_is_neithers() -> None:
    story = Story()
    one = story.article("Gazette", 10, agency("Ostwire"))
    two = story.article("Courier", 10, agency("Westwire"))
    silent = story.article("Herald", 11)
    for article in (one, two, silent):
        story.says(article)
    story.shares(one, silent, MatchKind.EDITED, 0.6)
    story.shares(two, silent, MatchKind.EDITED, 0.6)
    found = story.trace()
    assert not any("which credits" in e.reason for e in found.edges)
    assert found.support.at_most >= 2


def test_who_told_the_paper_itself_does_not_come_through_the_agency() -> None:
    story = Story()
    story.source("A. Adder")
    story.source("B. Borer")
    wire = story.article("Ostwire", 10)
    story.says(wire, "A. Adder")
    paper = story.article("Courier", 12, agency("Ostwire"))
    story.says(paper, "B. Borer", via="Courier")
    assert bounds(story.trace()) == (2, 2, 2)


def test_a_copy_that_adds_its_own_witness_is_a_second_line() -> None:
    story = Story()
    story.source("A. Adder")
    story.source("B. Borer")
    wire, paper = story.article("Ostwire", 10), story.article("Courier", 12)
    story.says(wire, "A. Adder")
    story.says(paper, "A. Adder")
    story.says(paper, "B. Borer")
    story.shares(wire, paper, spans=((0, 90), (0, 90)))  # the second statement lies outside
    assert bounds(story.trace()) == (2, 2, 2)


def test_wording_shared_elsewhere_in_the_articles_is_no_edge_for_this_claim() -> None:
    story = Story()
    story.source("A. Adder")
    story.source("B. Borer")
    one, two = story.article("Courier", 10), story.article("Herald", 12)
    story.says(one, "A. Adder")
    story.says(two, "B. Borer")
    story.shares(one, two, spans=((500, 900), (500, 900)))
    found = story.trace()
    assert bounds(found) == (2, 2, 2)
    assert {e.kind for e in found.edges} == {EdgeKind.QUOTES}


@pytest.mark.parametrize("direction", list(Direction))
def test_a_lost_credit_is_found_by_the_wording(direction: Direction) -> None:
    story = Story()
    story.source("an official", UNNAMED)
    story.source("a port official", UNNAMED)
    wire, paper = story.article("Ostwire"), story.article("Tribune")
    story.says(wire, "a port official")
    story.says(paper, "an official")
    story.shares(wire, paper, direction=direction)
    assert bounds(story.trace()) == (0, 1, 1)


def test_the_same_phrase_from_two_named_people_is_no_copy() -> None:
    story = Story()
    story.source("Environment Agency", ORGANISATION)
    story.source("Ilse Norrow")
    one, two = story.article("Herald", 10), story.article("Weekly", 40)
    story.says(one, "Environment Agency")
    story.says(two, "Ilse Norrow")
    story.shares(one, two, kind=MatchKind.PASSAGE, p_copy=0.6, spans=((0, 70), (0, 70)))
    assert bounds(story.trace()) == (2, 2, 2)


def test_one_name_in_two_alphabets_is_one_person() -> None:
    story = Story()
    story.source("Ines Hallgrim")
    story.source("Инес Халльгрим")
    story.says(story.article("Ostwire", 10), "Ines Hallgrim")
    story.says(story.article("Залив", 12), "Инес Халльгрим")
    assert bounds(story.trace()) == (1, 1, 1)


def test_an_outlet_cited_in_other_letters_is_found_in_the_pile() -> None:
    story = Story()
    story.source("A. Adder")
    story.source("Оствайр", OUTLET)
    story.says(story.article("Ostwire", 10), "A. Adder")
    story.says(story.article("Залив", 12), "Оствайр")
    assert labels(story.trace()) == ["A. Adder", "Ostwire"]


def test_who_copies_elsewhere_has_less_often_an_origin_of_its_own() -> None:
    def p_two(elsewhere: bool) -> float:
        story = Story()
        one, two = story.article("Ostwire", 10), story.article("Tribune", 12)
        story.says(one)
        story.says(two)
        if elsewhere:
            story.shares(one, two, spans=((500, 900), (500, 900)))
        return story.p_two(Settings(q=0.4))

    together = 0.4 * 0.6 / (1 + Q_ALIKE)  # what one article says of q is news about the other
    assert p_two(False) == pytest.approx(1 - (0.6 * 0.6 + together), abs=0.005)
    assert p_two(True) == pytest.approx(1 - (0.6 * 0.8 + together / 2), abs=0.005)


def test_a_doubtful_copy_makes_no_chokepoint_where_there_is_a_surer_one() -> None:
    story = Story()
    story.source("Strait Observer", OUTLET)
    for name, hour in (("Herald", 10), ("Lantern", 12)):
        story.says(story.article(name, hour), "Strait Observer")
    story.shares("herald", "lantern", kind=MatchKind.PASSAGE, p_copy=0.6, spans=((0, 70), (0, 70)))
    assert labels(story.trace()) == ["Strait Observer"]


def test_a_chokepoint_that_the_text_states_is_told_beside_a_surer_one() -> None:
    """The Herald credits the Journal for other sentences on the matter (0.7): the Herald itself is surer, and no answer."""
    story = Story()
    story.source("Journal", OUTLET)
    herald = story.article("Herald", 10)
    story.says(herald, words="watch power mode")
    other = story.article("Other", 10)
    story.says(herald, "Journal", words="watch power report", home="c2")
    story.says(other, words="sea", home="c2")
    found = story.trace()
    assert found.support.k == 1
    assert labels(found) == ["Journal", "Herald"]


def test_an_outlet_that_alone_is_cited_is_what_silent_articles_hang_on_too() -> None:
    """Two cite the Journal, one cites nobody: where there is one line, it is most likely the Journal's."""
    story = Story()
    story.source("Journal", OUTLET)
    for hour, name in enumerate(("Herald", "Mail")):
        story.says(story.article(name, 10 + hour), "Journal")
    story.says(story.article("Post", 12))
    found = story.trace()
    assert (found.support.k, found.support.most_likely) == (2, 1)
    assert labels(found) == ["Journal"]


def test_two_cited_outlets_are_not_each_the_one_that_silent_articles_hang_on() -> None:
    story = Story()
    for hour, name in enumerate(("Journal", "Gazette")):
        story.source(name, OUTLET)
        story.says(story.article(f"Herald{hour}", 10 + hour), name)
    story.says(story.article("Post", 12))
    found = story.trace()
    assert found.support.most_likely == 1
    assert found.support.chokepoints == ()


def test_the_chokepoint_is_that_of_most_readings() -> None:
    """Two name the chief; the third is silent, and most silent articles have it from what the pile shows."""
    story = Story()
    story.source("Ines Hallgrim")
    for name in ("Courier", "Gazette"):
        story.says(story.article(name), "Ines Hallgrim")
    story.says(story.article("Herald"))
    found = story.trace()
    assert (found.support.k, found.support.most_likely) == (2, 1)
    assert labels(found) == ["Ines Hallgrim"]
    assert (
        "Most readings have one line, and in most of those nothing would be left if Ines Hallgrim fell."
    ) in found.support.why
    assert not any("No single failure" in why for why in found.support.why)


def test_who_is_quoted_elsewhere_goes_by_one_name() -> None:
    """The Herald quotes Ann Ray for other sentences on the matter, the Mail "heartbroken Ann Ray": one person is behind both."""
    story = Story()
    for number, (outlet, name) in enumerate((("Herald", "Ann Ray"), ("Mail", "Heartbroken Ann Ray"))):
        story.source(name, articles=(outlet.casefold(),))
        article = story.article(outlet, 10 + number)
        story.says(article, words="week inside diner")
        story.says(article, name, words="week diner wings", home="c2")
    found = story.trace()
    assert {(e.parent, e.child) for e in found.edges if e.kind is EdgeKind.QUOTES} == {
        ("source:Ann Ray", "article:herald"),
        ("source:Ann Ray", "article:mail"),
    }


def test_this_is_the_moment_is_said_of_a_video() -> None:
    story = Story()
    for outlet, text in (
        ("Herald", "This is the dramatic moment the ferry hit the pier."),
        ("Mail", "This is a moment for reflection."),
    ):
        story.says(story.article(outlet, 10))
        story.statements[-1] = replace(story.statements[-1], text=text)
    assert {(e.parent, e.child) for e in story.trace().edges} == {("record:video", "article:herald")}


def test_agencies_that_are_not_named_are_not_one_agency() -> None:
    story = Story()
    for name in ("Courier", "Herald"):
        story.says(story.article(name, 10, agency("Agencies")))
    found = story.trace(Settings(q=0.4))
    assert found.support.origins == (("outlet", 2),)
    assert story.p_two(Settings(q=0.4)) == pytest.approx(1 - 0.6**2 - 0.4 * 0.6 / (1 + Q_ALIKE), abs=0.02)


def test_what_we_hear_is_the_articles_own_voice() -> None:
    story = Story()
    story.source("We", UNNAMED)
    story.says(story.article("Courier", 10, agency("Ostwire")), "We")
    found = story.trace()
    assert {(e.parent, e.child) for e in found.edges} == {("outlet:ostwire", "article:courier")}


def test_what_two_articles_tell_of_a_video_has_one_origin() -> None:
    story = Story()
    story.source("Footage from the raid", UNNAMED)
    story.says(story.article("Courier", 10), "Footage from the raid")
    story.says(story.article("Herald", 11))
    story.statements[-1] = replace(story.statements[-1], text="A video shows how it happened.")
    story.says(story.article("Lantern", 12))
    found = story.trace()
    edges = {(e.parent, e.child, e.probability) for e in found.edges}
    assert edges == {("record:video", "article:courier", 0.97), ("record:video", "article:herald", 0.7)}
    assert found.support.origins == (("document", 1), ("unexplained", 1))


def test_behind_a_video_stands_who_put_it_up() -> None:
    story = Story()
    story.source("Sam Oke")
    story.says(story.article("Courier", 10))
    story.statements[-1] = replace(story.statements[-1], text="A video shows how it happened.")
    lantern = story.article("Lantern", 11)
    story.says(lantern, "Sam Oke")
    story.articles[lantern] = replace(
        story.articles[lantern], text="The clip was uploaded last month by a user named Sam Oke." + "-" * 900
    )
    found = story.trace()
    assert ("source:Sam Oke", "record:video") in {(e.parent, e.child) for e in found.edges}
    assert labels(found) == ["Sam Oke"]


def test_an_article_of_no_known_outlet_may_be_the_piece_that_another_credits() -> None:
    """The Courier has the wording of a text without a name, and credits the Mast for it."""
    story = Story()
    story.source("Mast", OUTLET)
    bare = story.article("")
    story.says(story.article("Courier"), "Mast")
    story.says(bare)
    story.shares("courier", bare)
    found = story.trace()
    assert any(e.reason.endswith("which credits Mast for it") for e in found.edges)
    assert found.support.k == 1
    assert "Mast" in labels(found)


@pytest.mark.parametrize("other", ["Agencies", "Ostwire"])
def test_agencies_without_a_name_are_those_of_the_same_text(other: str) -> None:
    """ "Agencies" here, Ostwire or agencies again there, for one wording: one text, and Ostwire's where it is named."""
    story = Story()
    for name, credit in (("Courier", "Agencies"), ("Herald", other), ("Lantern", None)):
        story.says(story.article(name, 10, *([agency(credit)] if credit else [])))
    for a, b in (("courier", "herald"), ("courier", "lantern"), ("herald", "lantern")):
        story.shares(a, b, MatchKind.EDITED, 0.6, Direction.UNDIRECTED)
    found = story.trace()
    behind = {
        e.parent
        for e in found.edges
        if e.child == "article:lantern" and e.parent.startswith(("outlet:", "text:"))
    }
    assert behind == {"outlet:agencies:courier" if other == "Agencies" else "outlet:ostwire"}


def test_a_certain_reprint_does_not_show_whom_the_common_text_quotes() -> None:
    """The Herald has part of a wire's text, and a minister of its own; its reprint has him from the Herald."""
    story = Story()
    story.source("Ines Hallgrim")
    wire, herald, again = (
        story.article("Courier", 10, agency("Ostwire")),
        story.article("Herald", 11),
        story.article("Lantern", 12),
    )
    story.says(wire)
    for name in (herald, again):
        story.says(name, "Ines Hallgrim")
    story.shares(wire, herald, MatchKind.EDITED, 0.6, Direction.UNDIRECTED)
    story.shares(herald, again)
    edges = {(e.parent, e.child) for e in story.trace().edges}
    assert ("source:Ines Hallgrim", "article:herald") in edges
    assert ("source:Ines Hallgrim", "outlet:ostwire") not in edges


def test_an_outlet_that_repeats_itself_is_one_line() -> None:
    story = Story()
    for n in range(5):
        story.says(story.article("Courier", 10 + 24 * n, again=n))
    found = story.trace()
    assert bounds(found) == (0, 1, 2)
    assert found.support.k == 1
    assert found.edges[0].reason == "Courier names no source and repeats what its own outlet had printed"


def test_template_matches_say_nothing() -> None:
    story = Story()
    one, two = story.article("Courier", 10), story.article("Herald", 12)
    story.says(one)
    story.says(two)
    story.shares(one, two, kind=MatchKind.TEMPLATE)
    found = story.trace()
    assert found.edges == ()
    assert found.support.origins == (("unexplained", 2),)


def test_a_relayed_outlet_of_the_pile_is_its_own_article() -> None:
    story = Story()
    story.source("A. Adder")
    story.source("Ostwire", OUTLET)
    wire, paper = story.article("Ostwire", 10), story.article("Courier", 12)
    story.says(wire, "A. Adder")
    story.says(paper, "Ostwire")
    found = story.trace()
    assert [(e.parent, e.child, e.kind) for e in found.edges] == [
        ("article:ostwire", "article:courier", EdgeKind.RELAYS),
        ("source:A. Adder", "article:ostwire", EdgeKind.QUOTES),
    ]
    assert found.edges[0].reason == "Courier relays Ostwire"
    assert found.edges[0].evidence == ("courier-a0.0",)


def test_an_outlet_outside_the_pile_is_one_origin_for_all_who_cite_it() -> None:
    story = Story(Registry((Entry("Strait Observer", OUTLET, aliases=("SO",), source="test"),)))
    story.source("Strait Observer", OUTLET)
    story.source("SO", ORGANISATION)
    for name, cited in (("Herald", "Strait Observer"), ("Lantern", "SO")):
        story.says(story.article(name, 10), cited)
    found = story.trace()
    assert bounds(found) == (0, 1, 1)
    assert labels(found) == ["Strait Observer"]
    assert found.support.origins == (("outlet", 1),)


def test_an_outlet_cited_by_the_end_of_its_name_is_that_outlet() -> None:
    story = Story()
    story.source("The Bay Herald", OUTLET)
    story.source("A. Adder")
    story.says(story.article("Courier"), "The Bay Herald")
    story.says(story.article("Gazette"), "A. Adder", via="Herald")
    found = story.trace()
    assert found.support.k == 1
    assert "The Bay Herald" in labels(found)


def test_a_credit_for_other_sentences_on_the_matter_covers_the_own_voice() -> None:
    """Five papers put the claim in their own voice; each credits the Herald for something else on the matter."""
    story = Story()
    story.source("Bay Herald", OUTLET)
    for name in ("Courier", "Gazette", "Ledger", "Mercury", "Pilot"):
        article = story.article(name)
        story.says(article, words="quay burned tuesday")
        story.says(article, "Bay Herald", words="quay burned crane")
        story.members.pop()  # the credited sentence is of another claim
    found = story.trace()
    assert labels(found) == ["Bay Herald"]
    assert found.support.k == 1
    assert found.support.at_most > 1


def test_a_lead_in_the_papers_own_words_is_by_whom_it_quotes_further_down() -> None:
    """Three papers tell of the fire in their own voice, then quote the fire chief on it; one quotes nobody."""
    story = Story()
    story.source("Ines Hallgrim")
    for name in ("Courier", "Gazette", "Ledger"):
        article = story.article(name)
        story.says(article, words="quay burned tuesday")
        story.says(article, "Ines Hallgrim", words="quay burned crane")
        story.members.pop()  # what she is quoted for is another claim
    found = story.trace()
    assert labels(found) == ["Ines Hallgrim"]
    assert found.support.k == 1
    assert found.support.at_most > 1
    silent = story.article("Mercury")
    story.says(silent, words="market roof fell")
    assert story.trace().support.k == 2


def test_whom_a_paper_quotes_on_another_matter_has_not_told_it_this() -> None:
    story = Story()
    story.source("Ines Hallgrim")
    article = story.article("Courier")
    story.says(article, words="quay burned tuesday")
    story.says(article, "Ines Hallgrim", words="budget school vote")
    story.members.pop()
    assert not any("Ines Hallgrim" in e.reason for e in story.trace().edges)


def test_words_in_marks_without_a_speaker_are_his_to_whom_another_gives_them() -> None:
    story = Story()
    story.source("Ines Hallgrim")
    named, silent = story.article("Courier"), story.article("Gazette")
    story.says(named, "Ines Hallgrim")
    story.says(silent)
    story.shares(named, silent, MatchKind.QUOTATION, 0.5, Direction.UNDIRECTED)
    found = story.trace()
    assert labels(found) == ["Ines Hallgrim"]
    reasons = {e.reason for e in found.edges}
    assert "Gazette has the words that Courier gives to Ines Hallgrim" in reasons


def test_a_source_without_a_name_is_the_one_who_told_the_only_outlet_credited() -> None:
    """Both credit the Herald once, then go on with "the source said"."""
    story = Story()
    story.source("Bay Herald", OUTLET)
    for name in ("Courier", "Gazette"):
        story.source(f"a source of {name}", UNNAMED)
        article = story.article(name)
        story.says(article, f"a source of {name}", words="mind made")
        story.says(article, "Bay Herald", words="quay burned crane")
        story.members.pop()
    assert "Bay Herald" in labels(story.trace())


def test_a_spokesman_without_a_name_answers_for_himself() -> None:
    """He was asked by the paper: the outlet that it credits for the rest did not relay him."""
    story = Story()
    story.source("Bay Herald", OUTLET)
    story.source("a spokeswoman", UNNAMED)
    article = story.article("Courier")
    story.says(article, "a spokeswoman", words="plan announced")
    story.says(article, "Bay Herald", words="quay burned crane")
    story.members.pop()
    assert "Bay Herald" not in {n.label for n in story.trace().nodes}


def test_an_outlet_by_its_name_and_by_its_address_is_one() -> None:
    story = Story()
    story.source("Bayview", OUTLET)
    story.source("Bayview.co.uk", OUTLET)
    story.says(story.article("Courier"), "Bayview")
    story.says(story.article("Gazette"), "Bayview.co.uk")
    assert story.trace().support.k == 1


@pytest.mark.parametrize(("characters", "covers"), [(1_000, True), (20_000, False)])
def test_a_credit_on_another_matter_covers_what_a_short_piece_does_not_credit(
    characters: int, covers: bool
) -> None:
    story = Story()
    story.source("Bay Herald", OUTLET)
    article = story.article("Courier")
    story.articles[article] = replace(story.articles[article], text="-" * characters)
    story.says(article, words="quay burned tuesday")
    story.says(article, "Bay Herald", words="minister resigned friday")
    story.members.pop()
    assert ("Bay Herald" in labels(story.trace())) == covers


def test_what_one_article_takes_for_an_outlet_and_others_for_a_place_is_no_credit_where_it_is_only_named() -> (
    None
):
    def edges(*places: str) -> list[str]:
        story = Story()
        story.source("Norland", OUTLET)
        silent, other = story.article("Courier"), story.article("Post")
        story.articles[silent] = replace(story.articles[silent], text="The quay burned, far from Norland.")
        story.says(silent, words="quay burned tuesday")
        story.says(other, "Norland", words="quay burned tuesday")
        named = tuple(Entity("place", place, place.casefold()) for place in places)
        story.statements[0] = replace(story.statements[0], entities=named)
        return [e.reason for e in story.trace().edges if e.child == "article:courier"]

    cites = "Courier does not say whom it is from, and cites Norland"
    assert cites in edges()
    assert cites not in edges("Norland")


def test_a_short_piece_that_cites_several_people_does_not_show_which_of_them_told_it() -> None:
    def edges(*people: str) -> list[str]:
        story = Story()
        for name in ("Ines Hallgrim", "Vera Oke"):
            story.source(name)
        article, other = story.article("Courier"), story.article("Post")
        story.says(article, words="quay burned tuesday")
        for person in people:
            story.says(article, person, words="budget school vote")
            story.members.pop()
        story.says(other, "Ines Hallgrim", words="quay burned tuesday")
        return [
            e.reason
            for e in story.trace().edges
            if e.child == "article:courier" and e.kind is EdgeKind.QUOTES
        ]

    assert edges("Ines Hallgrim") == ["Courier does not say whom it is from, and cites Ines Hallgrim"]
    assert edges("Vera Oke") == []  # nobody else quotes her: she may have been asked what she thinks of it
    assert edges("Ines Hallgrim", "Vera Oke") == []


def test_the_words_of_one_without_a_name_who_spoke_to_a_paper_are_the_papers() -> None:
    story = Story()
    story.source("Bay Herald", OUTLET)
    for name in ("a source close to the crew", "a source"):
        story.source(name, UNNAMED)
    words = "they sent the contract back in small pieces"
    story.says(story.article("Post"), "a source close to the crew", "Bay Herald", quoted=words)
    story.says(story.article("Courier"), "a source", quoted=words)
    found = story.trace()
    assert found.support.k == 1
    assert "Bay Herald" in labels(found)


def test_the_police_of_one_story_are_one_police() -> None:
    story = Story()
    story.source("the county police", UNNAMED, description="a spokesman for the county police")
    story.source("police", UNNAMED, description="police")
    story.source("two neighbours", UNNAMED, description="two neighbours")
    story.says(story.article("Courier"), "the county police")
    story.says(story.article("Post"), "police")
    found = {frozenset((p.a, p.b)): p.probability for p in story.trace().may_be_one}
    assert found[frozenset(("source:the county police", "source:police"))] == 0.9
    story.says(story.article("Herald"), "two neighbours")
    found = {frozenset((p.a, p.b)): p.probability for p in story.trace().may_be_one}
    assert found[frozenset(("source:police", "source:two neighbours"))] < 0.5


def test_a_passive_without_anybody_behind_it_is_the_articles_own_voice() -> None:
    story = Story()
    article = story.article("Courier")
    story.says(article)
    story.attributions.append(
        Attribution("courier-x", article, (), (), (Span(0, 80),), AttributionKind.INDIRECT, "test")
    )
    story.statements[0] = replace(story.statements[0], attribution="courier-x")
    assert [n.kind for n in story.trace().nodes] == [NodeKind.ARTICLE]


def test_a_citation_that_is_earlier_than_what_it_cites_leads_outside_and_is_flagged() -> None:
    story = Story()
    story.source("Ostwire", OUTLET)
    story.source("A. Adder")
    paper, wire = story.article("Courier", 10), story.article("Ostwire", 30)
    story.says(paper, "Ostwire")
    story.says(wire, "A. Adder")
    found = story.trace()
    assert ("outlet:ostwire", NodeKind.OUTLET) in [(n.id, n.kind) for n in found.nodes]
    assert "Courier cites Ostwire, whose only piece in the pile is later" in found.support.warnings[0]


@pytest.mark.parametrize("hours", [(None, None), (10, 12), (12, 10)])
def test_two_outlets_that_cite_each_other_are_a_loop(hours: tuple[int | None, int | None]) -> None:
    story = Story()
    for name in ("Dockside", "The Mast"):
        story.source(name, OUTLET)
    one, two = story.article("Dockside", hours[0]), story.article("The Mast", hours[1])
    story.says(one, "The Mast")
    story.says(two, "Dockside")
    story.says(story.article("Chronicle", 20), "The Mast")
    found = story.trace()
    assert bounds(found) == (0, 1, 1)
    assert found.support.origins == (("loop", 1),)
    assert labels(found) == ["the loop of Dockside and The Mast"]
    assert "they cite only each other" in found.support.warnings[0]


def test_a_teller_between() -> None:
    """The ministry says that the coalition said it: the coalition is the origin, the ministry a chokepoint."""
    story = Story()
    story.source("Ministry", ORGANISATION)
    story.source("Coalition", ORGANISATION)
    story.says(story.article("Courier", 10), "Coalition", "Ministry")
    assert labels(story.trace()) == ["Coalition", "Ministry", "Courier"]


def test_an_interview_elsewhere() -> None:
    story = Story()
    story.source("A. Adder")
    for name in ("Courier", "Herald"):
        story.says(story.article(name, 10), "A. Adder", via="Radio Quay")
    assert labels(story.trace()) == ["A. Adder", "Radio Quay"]


def test_two_spokesmen_of_one_ministry_are_one_line() -> None:
    story = Story()
    story.source("Ministry", ORGANISATION)
    story.source("A. Adder", speaks_for="Ministry")
    story.source("B. Borer", speaks_for="Ministry")
    story.says(story.article("Courier", 10), "A. Adder")
    story.says(story.article("Herald", 12), "B. Borer")
    found = story.trace()
    assert bounds(found) == (1, 1, 1)
    assert labels(found) == ["Ministry"]


def test_names_that_may_be_one_lower_only_the_bound() -> None:
    story = Story()
    story.source("Ivanov")
    story.source("Sergei Ivanov")
    story.says(story.article("Courier", 10), "Ivanov")
    story.says(story.article("Herald", 12), "Sergei Ivanov")
    found = story.trace()
    assert (found.support.at_least, found.support.k, found.support.at_most) == (1, 2, 2)
    assert found.support.p_two_or_more == 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Britain-based Observatory", "Syrian Observatory for Human Rights"),
        ("Ministry of Defence of Baltern", "Balterns Ministry of Defence"),
        ("Observatory and the LCC", "Observatory and the Local Coordination Committees"),
        ("the group", "Syrian Observatory for Human Rights"),
        ("S. Ivanov", "Sergei Ivanov"),
    ],
)
def test_names_that_may_be_one(one: str, other: str) -> None:
    assert compatible(one, other)
    assert compatible(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Ivanova", "Sergei Ivanov"),
        ("Ministry of Defence", "Ministry of Health"),
        ("A. Adder", "B. Borer"),
    ],
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert not compatible(one, other)


def test_an_unnamed_source_may_be_one_who_is_named_elsewhere() -> None:
    story = Story()
    story.source("A. Adder")
    story.source("an official", UNNAMED)
    story.says(story.article("Courier", 10), "A. Adder")
    story.says(story.article("Herald", 12), "an official")
    s = story.trace().support
    assert s.p_two_or_more == pytest.approx(0.8, abs=1e-4)
    assert (s.at_least, s.k, s.at_most) == (1, 2, 2)


def test_denials_are_counted_apart() -> None:
    story = Story()
    story.source("A. Adder")
    story.source("Marten Quille")
    story.says(story.article("Courier", 10), "A. Adder")
    story.says(story.article("Herald", 12), "Marten Quille", relation=Relation.DENIES)
    story.says(story.article("Lantern", 13), "Marten Quille", relation=Relation.DENIES)
    story.says(story.article("Mast", 14), relation=Relation.RIVAL)
    found = story.trace()
    assert (found.support.k, [n.label for n in found.nodes]) == (1, ["Courier", "A. Adder"])
    assert found.denial is not None
    assert (found.denial.k, found.denial.origins) == (1, (("person", 1),))


def test_unnamed_sources_are_apart_at_most_and_one_with_probability_rho() -> None:
    story = Story()
    for n in range(3):
        story.source(f"sources {n}", UNNAMED)
        story.says(story.article(f"Paper {n}"), f"sources {n}")
    low = story.trace(Settings(rho=0.01)).support
    assert (low.at_least, low.most_likely, low.at_most) == (0, 3, 3)
    high = story.trace(Settings(rho=0.99)).support
    assert (high.at_least, high.most_likely, high.at_most) == (0, 1, 3)
    assert low.origins == (("unnamed", 3),)


def test_two_unnamed_sources_have_a_closed_form() -> None:
    story = Story()
    for n in range(2):
        story.source(f"#{n}", UNNAMED)
        story.says(story.article(f"Paper {n}"), f"#{n}")
    # the names differ, so the odds of rho shrink by UNNAMED_UNLIKE
    odds = 0.3 / 0.7 * 0.6
    assert story.trace(Settings(rho=0.3)).support.p_two_or_more == pytest.approx(1 / (1 + odds), abs=1e-4)


def test_own_voice_beside_a_named_source() -> None:
    """K is 2 when the second article has an origin of its own (q), or a hidden parent that is not among the
    lines of the pile (a tenth of the rest)."""
    story = Story()
    story.source("A. Adder")
    story.says(story.article("Courier", 10), "A. Adder")
    story.says(story.article("Herald", 12))
    s = story.trace(Settings(q=0.4)).support
    assert (s.at_least, s.at_most) == (1, 2)
    assert story.p_two(Settings(q=0.4)) == pytest.approx(0.4 + 0.6 * 0.1, abs=1e-4)


def test_a_restatement_in_the_same_words_weighs_against_a_second_line() -> None:
    def story(words: str) -> float:
        told = Story()
        told.source("A. Adder")
        told.says(told.article("Courier", 10), "A. Adder", words="twelve injured harbour fire tuesday")
        told.says(told.article("Herald", 12), words=words)
        return told.p_two(Settings())

    assert story("twelve injured harbour fire tuesday") < 0.7 * story("dozen hurt quay blaze")


# ------------------------------------------------------------------------ honesty


def test_a_probability_that_only_q_would_make_is_not_told() -> None:
    """Two silent articles: 10 % at q = 0.05, 75 % at q = 0.5. Whoever names a source is counted as well as before."""
    story = Story()
    for name in ("Courier", "Herald"):
        story.says(story.article(name, 10))
    s = story.trace().support
    assert (s.most_likely, s.interval90, s.p_two_or_more, s.withheld) == (1, (1, 2), None, None)
    assert s.why[-1] == (
        "How probable two lines are is withheld: 10% if articles that name no source hardly ever have one of their own, "
        "75% if half of them do. The texts do not say."
    )
    story.source("A. Adder")
    story.source("B. Borer")
    story.says(story.article("Tribune", 11), "A. Adder")
    story.says(story.article("Lantern", 11), "B. Borer")
    told = story.trace().support
    assert told.p_two_or_more == 1.0
    assert not any("withheld" in w for w in told.why)


def test_a_probability_that_only_priors_would_make_is_withheld() -> None:
    story = Story()
    for n in range(6):
        story.says(story.article(f"Paper {n}", 10 + n))
    s = story.trace().support
    assert (s.most_likely, s.p_two_or_more, s.withheld) == (1, None, None)
    assert "6 of 6 articles lead to no source that the pile shows (6 separate ends)" in s.why[-1]
    assert (s.at_least, s.at_most) == (0, 6)


def test_nothing_is_withheld_where_all_name_the_same_source() -> None:
    story = Story()
    story.source("A. Adder")
    for n in range(6):
        story.says(story.article(f"Paper {n}", 10 + n), "A. Adder")
    assert bounds(story.trace()) == (1, 1, 1)


def test_nothing_is_withheld_for_one_silent_article_among_many() -> None:
    story = Story()
    story.source("A. Adder")
    for n in range(6):
        story.says(story.article(f"Paper {n}", 10 + n), *(["A. Adder"] if n else []))
    s = story.trace().support
    assert s.withheld is None
    assert (s.at_least, s.at_most) == (1, 2)


def test_a_pile_that_lacks_what_its_own_outlets_wrote_is_too_thin() -> None:
    story = Story()
    for n in range(8):
        story.source(f"Paper {n}", OUTLET)
    for n in range(8):
        story.article(f"Paper {n}", 10 if n in (0, 7) else 24 * 20)
    # everybody cites somebody of the pile, who has only an old piece there about something else
    for n in range(1, 7):
        story.says(f"paper {n}", "Paper 7" if n % 2 else "Paper 0")
    s = story.trace().support
    assert s.withheld is not None
    assert "the pile lacks 6 of the 6 pieces" in s.withheld


# ------------------------------------------------------------------------- owners


def test_by_owner_counts_the_outlets_of_one_house_once() -> None:
    registry = Registry(
        (
            Entry("Courier", OUTLET, owner="Quay Media", source="test"),
            Entry("Herald", OUTLET, owner="Quay Media", source="test"),
            Entry("Mast", OUTLET, owner="Somebody else", source="test"),
        )
    )
    story = Story(registry)
    for name, speaker in (("Courier", "A. Adder"), ("Herald", "B. Borer"), ("Mast", "C. Calder")):
        story.source(speaker)
        story.says(story.article(name, 10), speaker)
    s = story.trace().support
    assert (s.k, s.by_owner) == (3, 2)


def test_a_ministers_word_and_his_states_portal_are_one_by_owner() -> None:
    story = Story(
        Registry(
            (
                Entry("Portal", OUTLET, state="Baltern", source="test"),
                Entry("Minister Orm", PERSON, state="Baltern", source="test"),
            )
        )
    )
    story.source("Minister Orm")
    story.source("Portal", OUTLET)
    story.says(story.article("Courier", 10), "Minister Orm")
    story.says(story.article("Herald", 10), "Portal")
    s = story.trace().support
    assert (s.k, s.by_owner) == (2, 1)


# -------------------------------------------------------------------------- flags


def test_a_hedge_lost_on_the_way() -> None:
    story = Story()
    story.source("an official", UNNAMED, count=1)
    wire, paper = story.article("Ostwire", 10), story.article("Tribune", 12)
    story.says(wire, "an official", likelihood=Likelihood.POSSIBLE)
    story.says(paper)
    story.shares(wire, paper)
    flags = story.trace().support.warnings
    assert "hedge lost: Ostwire puts it as possible, Tribune, which rests on it, as a fact" in flags
    assert (
        "anonymity lost: Ostwire has it from an unnamed source, Tribune, which rests on it, says it as a fact"
        in flags
    )


def test_several_sources_where_one_is_traceable() -> None:
    story = Story()
    story.source("sources", UNNAMED, count=2)
    story.says(story.article("Ostwire", 10), "sources")
    assert story.trace().support.warnings == (
        "Ostwire speaks of several sources (“sources”), where one is traceable",
    )


def test_a_name_gained_on_the_way() -> None:
    story = Story()
    story.source("an official", UNNAMED)
    story.source("A. Adder")
    wire, paper = story.article("Ostwire", 10), story.article("Tribune", 12)
    story.says(wire, "an official")
    story.says(paper, "A. Adder")
    story.shares(wire, paper)
    assert story.trace().support.warnings == (
        "name gained: Ostwire has it from an unnamed source, Tribune, which rests on it, from A. Adder",
    )


def quoted_on_the_way(first: str, then: str, speaker: str = "A. Adder", copied: bool = True) -> list[str]:
    story = Story()
    story.source("A. Adder")
    story.source(speaker)
    wire, paper = story.article("Ostwire", 10), story.article("Tribune", 12)
    story.says(wire, "A. Adder", quoted=first)
    story.says(paper, speaker, quoted=then)
    if copied:
        story.shares(wire, paper)
    return [w for w in story.trace().support.warnings if w.startswith("quotation altered")]


def test_a_quotation_altered_on_the_way() -> None:
    first, then = "We have closed the quay for two days", "We had to close the quay for two weeks"
    assert quoted_on_the_way(first, then) == [
        "quotation altered: Ostwire has “we have closed the quay for two days”, Tribune, which rests on it, "
        "“we had to close the quay for two weeks”"
    ]


@pytest.mark.parametrize(
    ("then", "speaker", "copied"),
    [
        ("“we have closed the quay, for two days.”", "A. Adder", True),  # the same words
        ("closed the quay for two days", "A. Adder", True),  # cut at its ends
        ("We have closed the [Lower] quay for twodays", "A. Adder", True),  # a gloss, another spelling
        ("The quay will open again on Sunday morning", "A. Adder", True),  # said on another occasion
        ("We had to close the quay for two weeks", "B. Borer", True),  # by another
        ("We had to close the quay for two weeks", "A. Adder", False),  # to another reporter
    ],
)
def test_what_is_no_altered_quotation(then: str, speaker: str, copied: bool) -> None:
    assert quoted_on_the_way("We have closed the quay for two days", then, speaker, copied) == []


# ---------------------------------------------------------------------- invariance


def mixed() -> Story:
    story = Story()
    for name in ("A. Adder", "B. Borer"):
        story.source(name)
    story.source("Ostwire", OUTLET)
    for n in range(3):
        story.source(f"official {n}", UNNAMED)
    wire = story.article("Ostwire", 10)
    story.says(wire, "A. Adder")
    for n in range(7):
        paper = story.article(f"Paper {n}", 12 + n)
        story.says(
            paper, *([[], ["A. Adder"], ["B. Borer"], ["Ostwire"], *([f"official {i}"] for i in range(3))][n])
        )
        if n in (0, 1, 5):
            story.shares(wire, paper, p_copy=0.6, direction=Direction.UNDIRECTED)
    return story


def test_the_order_of_the_input_does_not_matter() -> None:
    first = mixed().trace()
    assert first.support.interval90 is not None
    assert first.support.interval90[0] < first.support.interval90[1]
    for seed in (1, 2, 3):
        assert mixed().trace(shuffle=seed) == first


def test_another_claim_beside_it_does_not_matter() -> None:
    story = mixed()
    alone = story.trace()
    claim = Claim("c1", "It happened.", tuple(story.members))
    other = Claim("c0", "It happened too.", tuple(story.members[:3]))
    both = trace(
        [other, claim], story.statements, story.attributions, story.sources.values(),
        list(story.articles.values()), story.matches, Settings(), story.registry,
    )  # fmt: skip
    assert both[1].support == alone.support


def test_adding_a_copy_leaves_everything_as_it_is() -> None:
    story = mixed()
    before = story.trace().support
    copy = story.article("Copycat", 40)
    story.says(copy, "A. Adder")
    story.shares("ostwire", copy)
    after = story.trace().support
    assert (after.k, after.k_grounded, after.most_likely) == (before.k, before.k_grounded, before.most_likely)


def test_the_most_likely_value_lies_within_the_bounds() -> None:
    for seed in range(40):
        order = random.Random(seed)
        story = Story()
        for n in range(4):
            story.source(f"S{n}", order.choice([PERSON, UNNAMED, ORGANISATION, SourceKind.DOCUMENT]))
        names = [story.article(f"Paper {n}", order.choice([None, 10 + n])) for n in range(6)]
        for name in names:
            for _ in range(order.choice([1, 1, 2])):
                story.says(name, *order.sample(sorted(story.sources), order.choice([0, 1, 1, 2])))
        for _ in range(4):
            a, b = order.sample(names, 2)
            story.shares(a, b, p_copy=order.random(), direction=order.choice(list(Direction)))
        s = story.trace().support
        low, high = s.interval90 or (s.at_least, s.at_most)
        assert s.at_least <= low <= (s.most_likely if s.most_likely is not None else low) <= high <= s.at_most
        assert s.at_least <= s.k_grounded <= s.k <= s.at_most <= 6


def test_a_claim_nobody_asserts_counts_nothing() -> None:
    story = Story()
    story.says(story.article("Herald", 12), relation=Relation.DENIES)
    found = story.trace()
    assert bounds(found) == (0, 0, 0)
    assert found.denial is not None
    assert found.denial.k == 1


def test_an_institution_named_in_two_scripts_may_be_one() -> None:
    assert translated("министерство гражданской защиты", "Ministry of Civil Protection")
    assert not translated("Port Authority", "Ministry of Civil Protection")


def test_a_ministry_named_in_a_text_and_in_its_translation_is_one() -> None:
    story = Story()
    story.source("Ministry of Civil Protection", SourceKind.ORGANISATION)
    story.source("министерство гражданской защиты", SourceKind.ORGANISATION)
    wire, russian = story.article("Ostwire", 6), story.article("Залив", 9)
    courier = story.article("Courier", 11)
    story.says(wire, "Ministry of Civil Protection")
    story.says(russian, "министерство гражданской защиты")
    story.says(courier, "Ministry of Civil Protection")
    story.shares(wire, russian, MatchKind.TRANSLATION, 0.9)
    found = story.trace()
    assert bounds(found) == (1, 1, 1)
    assert labels(found) == ["Ministry of Civil Protection"]


def test_two_ministries_in_two_scripts_are_neither_one_nor_two_for_sure() -> None:
    story = Story()
    story.source("Ministry of Civil Protection", SourceKind.ORGANISATION)
    story.source("министерство обороны", SourceKind.ORGANISATION)
    story.says(story.article("Ostwire", 6), "Ministry of Civil Protection")
    story.says(story.article("Залив", 9), "министерство обороны")
    support = story.trace().support
    assert (support.at_least, support.at_most) == (1, 2)


def test_a_phrase_that_is_only_its_speakers_makes_no_article_a_chokepoint() -> None:
    story = Story()
    story.source("Ministry", SourceKind.ORGANISATION)
    first, second = story.article("Ostwire", 6), story.article("Courier", 11)
    story.says(first, "Ministry")
    story.says(second, "Ministry")
    story.shares(first, second, MatchKind.PASSAGE, 0.6, spans=((0, 80), (0, 80)))
    assert labels(story.trace()) == ["Ministry"]


def test_a_witness_quoted_in_the_same_words_is_one_witness() -> None:
    story = Story()
    for n, outlet in enumerate(("Bay Herald", "Courier", "Post")):
        story.source(f"witness {n}", UNNAMED, description=("a welder", "a man on the quay", "a resident")[n])
        story.says(story.article(outlet, 8 + n), f"witness {n}", quoted="I saw the roof come down")
    found = story.trace()
    assert (found.support.k, found.support.at_most) == (1, 1)
    assert len(found.support.chokepoints) == 1


def test_words_that_an_article_gives_to_two_speakers_do_not_say_who_the_witness_is() -> None:
    def told(contested: bool) -> list[str]:
        story = Story()
        for name in ("welder", "stoker"):
            story.source(name, UNNAMED, description=f"a {name}")
        story.source("Harbour Guard", SourceKind.ORGANISATION)
        story.says(story.article("Bay Herald", 8), "welder", quoted="I saw the roof come down")
        story.says(story.article("Courier", 9), "Harbour Guard", quoted="I saw the roof come down")
        if contested:
            given = story.attributions[-1]
            story.attributions.append(
                replace(given, id="beside", canonical=None, source_kind=UNNAMED, source_id="stoker")
            )
        return labels(story.trace())

    assert told(contested=False) == ["Harbour Guard"]
    assert told(contested=True) == []


def test_two_named_speakers_of_the_same_words_may_be_one() -> None:
    story = Story()
    for n, name in enumerate(("Ann Ray", "Tom Vale")):
        story.source(name)
        story.says(story.article(f"Paper {n}", 8 + n), name, quoted="I saw the roof come down")
    support = story.trace().support
    assert (support.at_least, support.at_most) == (1, 2)
