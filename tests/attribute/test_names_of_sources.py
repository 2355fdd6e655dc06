"""What a source phrase names: persons, bodies, governments, outlets; and who is meant again. All invented."""

import pytest
from notation import article, attribute

from twosource.attribute import attributions, governments
from twosource.attribute.sources import link
from twosource.language import english
from twosource.language.parsers import parser_for
from twosource.model import SourceKind

pytestmark = pytest.mark.skipif(not english.available(), reason="no English parser installed")

P, ORG, OUT, U = SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.OUTLET, SourceKind.UNNAMED

NAMED = [
    ("UN envoy Staffan Lindmark said the quay burned.", P, "Staffan Lindmark"),
    ("Tom Oduya a fisherman from Port Vale said the quay burned.", P, "Tom Oduya"),
    ("Councillor Berit Noll said the quay burned.", P, "Berit Noll"),
    ("Yesterday councillor Berit Noll said the quay burned.", P, "Berit Noll"),
    ("A welder, Aksel Thorne, said the quay burned.", P, "Aksel Thorne"),
    ("US Secretary of State Rex Lindmark said the quay burned.", P, "Rex Lindmark"),
    ("Moscow said the quay was mined.", ORG, "Government of Russia"),
    ("The Syrian government said the quay was mined.", ORG, "Government of Syria"),
    ("Syria's army said the quay was mined.", ORG, "Syrian army"),
    ("The humanitarian group Harbour Watch said the quay burned.", ORG, "Harbour Watch"),
    ("The Vale-based Harbour Watch said the quay burned.", ORG, "Harbour Watch"),
    ("The Harbour Watch, which relies on sources on the quay, said it burned.", ORG, "Harbour Watch"),
    ("The Harbour Watch monitoring group said the quay burned.", ORG, "Harbour Watch"),
    ("The group known as the White Coats said the quay burned.", ORG, "White Coats"),
    ("The Organisation for the Protection of Quays (OPQ) said it burned.", ORG,
     "Organisation for the Protection of Quays"),
    ("Jaish al-Vale said the quay was mined.", ORG, "Jaish al-Vale"),
    ("The Vale Front said the quay was mined.", ORG, "Vale Front"),
    ("The state news agency Valinform said the quay burned.", OUT, "Valinform"),
    ("The Valinform news agency said the quay burned.", OUT, "Valinform"),
    ("The pro-government Vale Today newspaper said the quay burned.", OUT, "Vale Today"),
    ("A report published on the website of Vale Today said the quay burned.", OUT, "Vale Today"),
    ("According to the official Valetronic site, the quay burned.", ORG, "Valetronic"),
    ("The quay burned, iQuay reports.", ORG, "iQuay"),
    ("Syrians said the quay burned.", U, None),
    ("Patients and nurses said the quay burned.", U, None),
    ("The head of the harbour board said the quay burned.", U, None),
    ("The government of the island said the quay burned.", ORG, "government"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "name"), NAMED)
def test_named(text: str, kind: SourceKind, name: str | None) -> None:
    got = attribute(text)[0]
    assert (got.source_kind, got.canonical) == (kind, name)


DOCUMENTS = [
    ("A statement by the Harbour Board said the quay burned.", ORG, "Harbour Board"),
    ("A statement on the Harbour Board's website said the quay burned.", ORG, "Harbour Board"),
    ("The Harbour Board statement said the quay burned.", ORG, "Harbour Board"),
    ("A report by the Harbour Board found that the quay was rotten.", ORG, "Harbour Board"),
    ("The report found that the quay was rotten.", SourceKind.DOCUMENT, "report"),
    ("Letters say that the quay was rotten.", SourceKind.DOCUMENT, "Letters"),
    ("Photographs show that the gate was left open.", U, None),
    ("Opponents of Bashar Lindmark said the quay burned.", U, None),
    ("The Vale Coordination Centre said the quay burned.", ORG, "Vale Coordination Centre"),
]


@pytest.mark.parametrize(("text", "kind", "name"), DOCUMENTS)
def test_documents_lead_to_whose_they_are(text: str, kind: SourceKind, name: str | None) -> None:
    got = attribute(text)[0]
    assert (got.source_kind, got.canonical) == (kind, name)


AGAIN = {
    "a body by its noun": (
        "The Vale Observatory for Quays said the quay burned.\n\nThe Observatory said the mill was safe.",
        ["Vale Observatory for Quays"] * 2,
    ),
    "a body by a common noun": (
        "The Quay Protection Network said the quay burned.\n\nThe monitoring group said the mill was safe.",
        ["Quay Protection Network"] * 2,
    ),
    "an agency by its noun": (
        "The State Harbour Agency said the quay burned.\n\nThe agency said the mill was safe.",
        ["State Harbour Agency"] * 2,
    ),
    "a statement by who made it": (
        "The Harbour Board said the quay burned.\n\nThe statement said the mill was safe.",
        ["Harbour Board"] * 2,
    ),
    "an army by its country": (
        "The Syrian army said the quay was mined.\n\nThe army said the mill was safe.",
        ["Syrian army"] * 2,
    ),
}


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*c, id=n) for n, c in AGAIN.items()])
def test_bodies_spoken_of_again(text: str, expected: list[str]) -> None:
    assert [a.canonical for a in attribute(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Fire chief Ines Hall said the quay burned.\n\nA port official said the alarm was off. "
        '"It was off for days," the official said.',
        "A port official said the alarm was off. He said nobody had noticed.",
    ],
)
def test_somebody_without_a_name_is_the_same_when_spoken_of_again(text: str) -> None:
    found = attribute(text)
    linked, sources = link([article(text)], found)
    first, again = linked[-2:]
    assert first.source_id == again.source_id
    assert again.source_kind is U
    assert again.antecedent == first.source[0]
    assert sum(s.kind is U for s in sources) == 1


def test_a_surname_shared_is_no_person_shared() -> None:
    text = "Bernd Lindmark said the quay burned.\n\nDr Olaf Lindmark said the mill was safe."
    assert [a.canonical for a in attribute(text)] == ["Bernd Lindmark", "Olaf Lindmark"]


def test_two_officials_of_two_articles_stay_two() -> None:
    text = "A port official said the alarm was off."
    pile = [article(text), article(text)]
    found = attribute(text) + tuple(
        a for a in attributions(pile[1], parser_for("en").parse(pile[1]), rules_only=True)
    )
    assert len(found) == 2


LOST = (
    "The quay of Sollmark burned for two days and the whole of the town came down to the water to see it. "
    "Norways army said the mill was safe. The storm that had come in from the sea on the night before the fire "
    "had torn the boats from the wall and thrown them on the stones, and nobody in the town could say when the "
    "ferry would sail again or who would pay for the wall, the boats and the mill. Brigade Valdra took the gate "
    "in the night. Valdras leader said the gate was open. The market on the hill was closed for a week and the "
    "school for two, and the road to the north was under water until the end of the month, which made it hard "
    "to bring in bread and coal for the people on the quay."
)


def test_apostrophes_that_a_text_has_lost() -> None:
    assert "Norwegian army" in {a.canonical for a in attribute(LOST)}


def test_a_place_is_no_person_that_he_could_be() -> None:
    text = "Ann Ray came to Al-Sollmark. Ships burned in Al-Sollmark.\n\nShe said the mill was safe."
    assert attribute(text)[-1].canonical == "Ann Ray"


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("Damascus", "Government of Syria"),
        ("the UK", "Government of the United Kingdom"),
        ("the Kingdom of Saudi Arabia", "Government of Saudi Arabia"),
        ("Sollmark", None),
    ],
)
def test_governments(place: str, name: str | None) -> None:
    assert governments.government(place) == name
