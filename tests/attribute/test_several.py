"""Several sources of one statement: each is found, and the statement with each."""

from __future__ import annotations

import pytest
from notation import attribute, check

from twosource.language import english, russian
from twosource.model import SourceKind

needs_english = pytest.mark.skipif(not english.available(), reason="no English parser installed")
needs_russian = pytest.mark.skipif(not russian.available(), reason="no Russian parser installed")

BOTH = [
    "[S1 State media] and [S2 the Observatory] [C1,2 said] on Monday [K1,2 that nine people were killed in the market].",
    "[K1,2 Nine people were killed], [S1 state media] and [S2 the Harbour Observatory] [C1,2 said].",
    "[C1,2 According to] [S1 Baywire] and [S2 two port officials], [K1,2 the crane fell at noon].",
    "[S1 Ann Ray] and [S2 Tom Oduya] [C1,2 told] the court [K1,2 that the gate was open].",
    "[S1 Baywire], [S2 Radio Vale] and [S3 the Evening Post] [C1,2,3 reported] [K1,2,3 that the bridge would close].",
    "Both [S1 the mayor] and [S2 the police chief] [C1,2 said] [K1,2 the road was safe].",
    "[S1 The Ministry of Harbours] and [S2 the Kremlin] [C1,2 said] [K1,2 the talks had failed].",
    "[K1,2 “The bells never rang,”] [C1,2 said] [S1 Marta Quill] and [S2 her husband].",
    "[S1 Ilse Brandau of the dockers' union] and [S2 Tom Oduya, the harbour master], [C1,2 said] [K1,2 the yard would close].",
    "[S1 A nurse] and [S2 a doctor] [C1,2 said] [K1,2 the ward was full].",
]
ONE = [
    "[S The Department of Health and Social Services] [C said] [K the water was clean].",
    "[S Smith and Sons] [C said] [K the order was late].",
    "[S The owner and captain] [C said] [K the hull was cracked].",
    "[S The party leader and prime minister Ann Ray] [C said] [K the wall would stand].",
    "[S Officials and residents] [C said] [K the road was closed].",
    "[S The foreign ministers of France and Germany] [C said] [K the talks had failed].",
    "[S Nils Tamm, a lawyer and former mayor], [C said] [K the wall was sound].",
]


@needs_english
@pytest.mark.parametrize("marked", BOTH)
def test_each_is_a_source_of_its_own(marked: str) -> None:
    check(marked)


@needs_english
@pytest.mark.parametrize("marked", ONE)
def test_one_name_one_person_or_one_crowd_is_one_source(marked: str) -> None:
    check(marked)


@needs_english
@pytest.mark.parametrize("rules_only", [True, False])
def test_each_is_resolved_by_itself(rules_only: bool) -> None:
    text = "Ann Ray, a pilot, and the Harbour Board said on Friday that the light had failed."
    pilot, board = attribute(text, rules_only=rules_only)
    assert (pilot.canonical, pilot.source_kind) == ("Ann Ray", SourceKind.PERSON)
    assert (board.canonical, board.source_kind) == ("Harbour Board", SourceKind.ORGANISATION)
    assert pilot.content == board.content


@needs_russian
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("МИД и Минобороны заявили, что переговоры сорваны.", ["МИД", "Минобороны"]),
        ("Карл Стадт и Ирма Тосс сообщили, что мост закрыт.", ["Карл Стадт", "Ирма Тосс"]),
        ("Владелец и капитан судна Карл Стадт заявил, что мост закрыт.", ["Карл Стадт"]),
    ],
)
def test_in_russian_too(text: str, names: list[str]) -> None:
    assert [a.canonical for a in attribute(text, "ru")] == names
