"""Names, numbers and dates as values that no language owns."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.claims.dates import dates, distance
from twosource.claims.names import alias, key_of, sound
from twosource.claims.profile import context_of, profile
from twosource.claims.quantities import compatible, quantities, whole_numbers
from twosource.language.analysis import Token
from twosource.language.plain import PlainParser
from twosource.model import Article, Quantity, Statement

Read = Callable[..., tuple[Statement, ...]]


def tokens_of(text: str) -> tuple[Token, ...]:
    return PlainParser().parse(Article("a", "a.txt", text, "0")).tokens


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Raqqa", "Ракка", "place"),
        ("Idlib", "Идлиб", "place"),
        ("ISIS", "Islamic State", "group"),
        ("Daesh", "«Исламское государство»", "group"),
        ("IS", "ИГИЛ", "group"),
        ("USA", "Washington", "place"),
        ("U.S.", "США", "place"),
        ("the Americans", "American", "group"),
        ("Sergey Lavrov", "Лавров", "person"),
        ("Lena Brask", "Brask’s", "person"),
        ("Zoya Meshkova", "Зоя Мешкова", "person"),
        ("Deir ez-Zor", "Deir Ezzor", "place"),
        ("Orvelsk", "Орвельск", "place"),
        ("Edda Quill", "Эдда Квилл", "person"),
    ],
)
def test_one_key(one: str, other: str, kind: str) -> None:
    assert key_of(one, kind)[0] == key_of(other, kind)[0] != ""


def test_a_word_with_the_sentences_capital_is_no_name(read: Read) -> None:
    found = read("Ferry runs aground off Tarn in thick fog. The ferry had left Orvel at noon.")
    assert "ferry" not in {e.text.casefold() for s in found for e in s.entities}


@pytest.mark.parametrize(
    ("sentence", "predicate"),
    [
        ("The club fired its coach on Tuesday.", "sack"),
        ("Soldiers fired on the convoy near Tarn.", "shell"),
        ("The blaze was brought under control before noon.", "put out"),
        ("The city was brought under control before noon.", "bring"),
    ],
)
def test_one_verb_several_acts(read: Read, sentence: str, predicate: str) -> None:
    (found,) = read(sentence)
    assert found.predicate == predicate


def test_a_fire_and_gunfire_are_two_things(read: Read) -> None:
    (shed, convoy) = read(
        "A fire destroyed the shed in Tarn. The convoy came under artillery fire near Orvel."
    )
    assert "fire" in shed.lemmas
    assert "fire" not in convoy.lemmas


def test_a_people_goes_by_its_place_where_the_pile_names_both(read: Read) -> None:
    found = read("Callendans voted to leave the league. The people of Callenda decided on Sunday to quit it.")
    context = context_of(found)
    assert [profile(s, context).names for s in found] == [frozenset({"kalend"})] * 2


def test_small_words_are_no_names() -> None:
    assert alias("us") is None
    assert alias("is") is None
    assert alias("who") is None


@given(st.text(max_size=30))
def test_sound_is_total(word: str) -> None:
    assert sound(word) == sound(word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at least 70 people died", (70, math.inf, "person")),
        ("more than 1,200 houses burned", (1200, math.inf, "house")),
        ("dozens of fighters fled", (20, 300, "fighter")),
        ("twelve people were hurt", (12, 12, "person")),
        ("twenty-five soldiers", (25, 25, "soldier")),
        ("2.5 million dollars", (2.5e6, 2.5e6, "dollar")),
        ("between the towns 30 km apart", (30, 30, "kilometre")),
        ("up to 50 strikes", (30, 50, "strike")),
        ("40% of houses", (40, 40, "percent")),
        ("20-30 people", (20, 30, "person")),
        ("14 killed", (14, 14, "person")),
        ("погибли не менее 70 человек", (70, math.inf, "person")),
        ("погибли двенадцать человек", (12, 12, "person")),
        ("три тысячи человек", (3000, 3000, "person")),
    ],
)
def test_quantities(text: str, expected: tuple[float, float, str]) -> None:
    found = quantities(whole_numbers(tokens_of(text)))
    assert [(q.low, q.high, q.unit) for q in found] == [expected]


def test_years_count_nothing(read: Read) -> None:
    assert read("The war in Tarn began in March 2011.")[0].quantities == ()
    assert read("The war in Tarn began on 4 April 2011.")[0].quantities == ()


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("100 people", "250 people", False),
        ("dozens of people", "100 people", True),
        ("dozens of people", "250 people", True),
        ("at least 70 people", "72 people", True),
        ("at least 70 people", "500 people", False),
        ("about 100 people", "110 people", True),
        ("14 people", "4 people", False),
        ("more than 280 people", "more than 330 people", False),
    ],
)
def test_compatible(one: str, other: str, fits: bool) -> None:
    (a,), (b,) = quantities(tokens_of(one)), quantities(tokens_of(other))
    assert compatible(a, b) is fits
    assert compatible(b, a) is fits


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_compatible_is_symmetric(x: float, y: float) -> None:
    a, b = Quantity(x, math.inf, "", ""), Quantity(y, y, "", "")
    assert compatible(a, b) is compatible(b, a)


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("on 4 April 2017 the dam broke", "", ("2017-04-04",)),
        ("April 4, 2017", "", ("2017-04-04",)),
        ("Aug. 21, 2013", "", ("2013-08-21",)),
        ("in August 2013", "", ("2013-08",)),
        ("in 2013", "", ("2013",)),
        ("on Tuesday", "2017-04-06", ("2017-04-04",)),
        ("on Tuesday", "", ()),
        ("yesterday", "2017-04-06", ("2017-04-05",)),
        ("on 21 August", "2017-04-06", ("2016-08-21",)),
        ("on 2 May", "", ("----05-02",)),
        ("во вторник", "2017-04-06", ("2017-04-04",)),
        ("4 апреля 2017 года", "", ("2017-04-04",)),
        ("30.10.2017", "", ("2017-10-30",)),
        ("31 February 2017", "", ()),
        ("they may march in the sun", "2017-04-06", ()),
    ],
)
def test_dates(text: str, published: str, expected: tuple[str, ...]) -> None:
    assert dates(whole_numbers(tokens_of(text)), published)[0] == expected


def test_distance() -> None:
    assert distance("2017-04-04", "2017-04-06") == 2
    assert distance("2017-04", "2017-04-06") == 0
    assert distance("2013", "2017-04-06") == 1556
    assert distance("----04-04", "2017-04-04") == 0


@pytest.mark.parametrize(
    ("sentence", "language", "actors", "objects"),
    [
        ("The city of Wendle sold the old ferry.", "en", ("vendl",), ("ferry",)),
        ("Компания «Халвард Стил» купила верфь «Марн».", "ru", ("halvard stil",), ("marn",)),
        ("The soldiers of Tarn shelled the port.", "en", ("soldier",), ("port",)),
    ],
)
def test_a_thing_acts_under_its_name(
    read: Read, sentence: str, language: str, actors: tuple[str, ...], objects: tuple[str, ...]
) -> None:
    (found,) = read(sentence, language=language)
    assert (found.actors, found.objects) == (actors, objects)
