"""Who told whom, who cites whom, and what the reporter saw. All invented."""

from dataclasses import replace

import pytest
from notation import article, attribute

from twosource.attribute import attributions, offices
from twosource.attribute.sources import link
from twosource.language import english
from twosource.language.parsers import parser_for
from twosource.model import Attribution, SourceKind

pytestmark = pytest.mark.skipif(not english.available(), reason="no English parser installed")


def _content(text: str, a: Attribution) -> str:
    return " … ".join(s.of(text) for s in a.content).strip(" ,.")


CITING = [
    (
        "Baywire reported on Wednesday, citing a port official, that the gas alarm was off.",
        "that the gas alarm was off",
        ("Baywire", "a port official"),
    ),
    (
        "Twelve people were injured, the news agency Baywire reported, citing the fire chief, Ines Hall.",
        "Twelve people were injured",
        ("the news agency Baywire", "the fire chief, Ines Hall"),
    ),
    (
        "The ferry will not sail before May, the Bay Post reported, citing two officials in the harbour office.",
        "The ferry will not sail before May",
        ("the Bay Post", "two officials in the harbour office"),
    ),
    (
        "The Bay Post said on Monday, quoting the owner of the mill, that nobody had been told.",
        "that nobody had been told",
        ("The Bay Post", "the owner of the mill"),
    ),
]


@pytest.mark.parametrize("rules_only", [True, False])
@pytest.mark.parametrize(("text", "content", "speakers"), CITING)
def test_who_is_cited_stands_inside_who_reports(
    text: str, content: str, speakers: tuple[str, str], rules_only: bool
) -> None:
    outer, inner = sorted(attribute(text, rules_only=rules_only), key=lambda a: a.cue)
    assert [a.source[0].of(text) for a in (outer, inner)] == list(speakers)
    assert [_content(text, a) for a in (outer, inner)] == [content, content]
    assert (outer.parent, inner.parent) == (None, outer.id)


def test_the_one_who_was_told_does_not_speak() -> None:
    text = "The fire began at the loading pump, a welder, Aksel Thorne, told the Bay Courier."
    (told,) = attribute(text, rules_only=False)
    assert told.source[0].of(text) == "a welder, Aksel Thorne"
    assert (told.canonical, told.via_name) == ("Aksel Thorne", "Bay Courier")
    assert _content(text, told) == "The fire began at the loading pump"


@pytest.mark.parametrize(
    "text",
    [
        "A port official told Baywire that the alarm was off.",
        "A port official told the Bay Post on Monday that the alarm was off.",
        "A port official told reporters that the alarm was off.",
    ],
)
def test_the_addressee_is_no_content(text: str) -> None:
    (told,) = attribute(text, rules_only=False)
    assert _content(text, told) == "that the alarm was off"


def _of_outlet(text: str, outlet: str = "Bay Courier") -> tuple[Attribution, ...]:
    a = replace(article(text), outlet=outlet)
    return attributions(a, parser_for("en").parse(a))


def test_told_this_newspaper_is_direct_contact() -> None:
    (told,) = _of_outlet("Aksel Thorne told this newspaper that the fire began at the pump.")
    assert (told.canonical, told.via_name) == ("Aksel Thorne", "Bay Courier")


def test_an_outlet_by_a_part_of_its_name() -> None:
    (told,) = _of_outlet('"We want to hear from the port," Odile Ferrant told the Courier.')
    assert told.via_name == "Bay Courier"


SEEN = [
    ("This reporter counted nine buses outside the school.", "nine buses outside the school"),
    ("Our correspondent saw three burned cars on the quay.", "three burned cars on the quay"),
    ("This newspaper has seen the inspection report.", "the inspection report"),
]


@pytest.mark.parametrize(("text", "content"), SEEN)
def test_what_the_reporter_saw(text: str, content: str) -> None:
    seen = _of_outlet(text)[0]
    assert seen.source_kind is SourceKind.FIRST_HAND
    assert _content(text, seen) == content


@pytest.mark.parametrize(
    "text",
    [
        "Tom Oduya counted nine buses outside the school.",
        "I see that a lamp is red.",
        'Tom Oduya said: "I saw nine buses outside the school."',
        "This reporter did not see the fire.",
    ],
)
def test_nothing_first_hand_where_the_text_shows_none(text: str) -> None:
    assert all(a.source_kind is not SourceKind.FIRST_HAND for a in _of_outlet(text))


def test_we_is_the_outlet() -> None:
    assert {(a.source_kind, a.canonical) for a in _of_outlet("We asked the port for its files.")} <= {
        (SourceKind.OUTLET, "Bay Courier")
    }


@pytest.mark.parametrize("name", ["The Mast", "Mast", "the Mast"])
def test_an_outlet_of_the_pile_is_one_source(name: str) -> None:
    one = replace(article("The quay burned."), id="one", outlet="The Mast")
    text = f"{name} reported that the quay burned. The mill was safe, according to The Mast."
    two = replace(article(text), id="two", outlet="Dockside")
    found = attributions(two, parser_for("en").parse(two))
    linked, sources = link([one, two], found)
    assert {(s.id, s.kind) for s in sources} == {("outlet:mast", SourceKind.OUTLET)}
    assert {a.source_id for a in linked} == {"outlet:mast"}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Tom Oduya, a spokesman for Tarvel Lines, said no.", "Tarvel Lines"),
        ("Tom Oduya, head of the Vale Observatory for Quays, said no.", "Vale Observatory for Quays"),
        ("The director of the Harbour Board, Tom Oduya, said no.", "Harbour Board"),
        ("Harbour Board spokesman Tom Oduya said no.", "Harbour Board"),
        ("Tom Oduya, a resident of Canal Street, said no.", None),
        ("Tom Oduya said no to the Harbour Board.", None),
        ("Its chairman, Tom Oduya, said no.", None),
    ],
)
def test_whom_a_person_speaks_for(text: str, body: str | None) -> None:
    assert offices.institution(text, "Tom Oduya") == body


def test_a_spokesman_and_the_body_are_tied() -> None:
    text = "The Harbour Board said the quay burned.\n\nTom Oduya, a spokesman for the Harbour Board, said the mill did."
    _, sources = link([article(text)], attribute(text))
    assert {s.id: s.speaks_for for s in sources} == {
        "organisation:harbour board": None,
        "person:tom oduya": "organisation:harbour board",
    }


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("The pier burned down, according to KBAY-TV's Ann Ray.", "KBAY-TV"),
        ("The pier burned down, reports KVAL's Ann Ray.", "KVAL"),
        ("Ann Ray of Bay News said that the pier burned down.", "Bay News"),
        ("Ann Ray of the harbour board said that the pier burned down.", None),
        ("The mayor's Ann Ray said that the pier burned down.", None),
    ],
)
@pytest.mark.parametrize("rules_only", [True, False])
def test_a_journalist_speaks_through_the_outlet_that_is_named_with_her(
    text: str, outlet: str | None, rules_only: bool
) -> None:
    (said,) = attribute(text, rules_only=rules_only)
    assert (said.canonical, said.via_name) == ("Ann Ray", outlet)
