"""What is no source, and what a source is not: nobody, events, towns, and names that are taken for other names."""

from __future__ import annotations

import pytest
from notation import attribute

from twosource.language import english
from twosource.model import SourceKind

pytestmark = pytest.mark.skipif(not english.available(), reason="no English parser installed")

NOBODY = [
    "No one said that the quay was safe.",
    "Nobody believes that the quay was safe.",
    "There was nothing to indicate that the quay was safe.",
    "The flood claimed the lives of nine sailors.",
    "The flood has claimed at least nine lives in the lower town.",
    "The move angered the dockers of the lower town.",
    "The attack, saying nothing of the fire, shocked the lower town.",
]


@pytest.mark.parametrize("rules_only", [True, False])
@pytest.mark.parametrize("text", NOBODY)
def test_nobody_and_nothing_says_nothing(text: str, rules_only: bool) -> None:
    assert [a.source[0].of(text) for a in attribute(text, rules_only=rules_only) if a.source] == []


@pytest.mark.parametrize(
    "text",
    [
        "The old mill, believed to be empty, burned on Monday.",
        "The old mill believed to have been empty since May burned on Monday.",
    ],
)
def test_what_is_believed_to_be_something_is_no_believer(text: str) -> None:
    assert [a.source for a in attribute(text, rules_only=False) if a.source] == []


@pytest.mark.parametrize("word", ["Everyone", "Another", "Both"])
def test_a_pronoun_has_no_name_though_it_begins_a_sentence(word: str) -> None:
    (found,) = attribute(f"The quay burned on Monday. {word} said that the hall was safe.")
    assert (found.canonical, found.source_kind) == (None, SourceKind.UNNAMED)


WHO = {
    "where it is based is no part of a name": (
        "The Vale-based Harbour Observatory said the quay burned. The Observatory said the hall was safe.",
        "Harbour Observatory",
    ),
    "a news agency in capitals is no person": (
        "BAYA, the state news agency, said that the quay burned. BAYA said that the hall was safe.",
        "BAYA",
    ),
    "a nationality is no given name": (
        "The head of the Observatory Syrian Nabil Abdel Karim said that the quay burned.",
        "Nabil Abdel Karim",
    ),
    "an office behind a name, its comma lost": (
        "Tom Oduya director of the Harbour Observatory said that the quay burned.",
        "Tom Oduya",
    ),
    "an office before a name, its comma lost": (
        "Member of the port committee Tom Oduya said that the quay burned.",
        "Tom Oduya",
    ),
    "who stands for the person": (
        "It was written by Ann Ray of the Harbour School, who claims that the quay burned.",
        "Ann Ray",
    ),
    "an organisation spoken of again is no outlet": (
        "The Harbour Relief Fund runs the hall.\n\nThe Bay Herald newspaper reported on Monday that the quay burned.\n\n"
        "The organisation said that the hall was safe.",
        None,
    ),
}


@pytest.mark.parametrize(("text", "name"), [pytest.param(*case, id=k) for k, case in WHO.items()])
def test_who(text: str, name: str | None) -> None:
    assert attribute(text)[-1].canonical == name


def test_a_name_that_no_dictionary_has_is_a_name_at_the_head_of_a_sentence() -> None:
    text = "The owner said so.\n\nOstwire reported, citing a port official, that the gas alarm was off."
    assert [a.canonical for a in attribute(text) if a.cue and a.cue[0].of(text) == "reported"] == ["Ostwire"]
