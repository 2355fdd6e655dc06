"""One source under two spellings is one line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from story import ORGANISATION, OUTLET, PERSON, UNNAMED, Story, agency

from twosource.model import SourceKind
from twosource.registry.sound import sound


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Sofia Galbraith", "София Гэлбрейт"),
        ("Angela Merkel", "Ангела Меркель"),
        ("Viktor Wexler", "Виктор Векслер"),
        ("Tomas Quist", "Томас Квист"),
        ("George Bush", "Джордж Буш"),
    ],
)
def test_a_name_sounds_the_same_in_both_alphabets(latin: str, cyrillic: str) -> None:
    assert sound(latin) == sound(cyrillic)


@pytest.mark.parametrize(
    ("one", "other"), [("Marta Lunde", "Марта Линдер"), ("Oskar Faber", "Оскар Вебер"), ("Tan", "Дан")]
)
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def told_by(first: str, second: str, *more: str, kind: SourceKind = PERSON) -> int:
    """K of a claim that two articles have from sources of these names, `more` being others that the pile knows."""
    story = Story()
    for outlet, name in (("Courier", first), ("Вестник", second)):
        story.source(name, kind)
        story.says(story.article(outlet, 10), name)
    for name in more:
        story.source(name, kind)
    return story.trace().support.k


def test_a_witness_named_in_two_alphabets_is_one_line() -> None:
    assert told_by("Sofia Galbraith", "София Гэлбрейт") == 1
    assert told_by("Sofia Galbraith", "Марта Гэлбрейт") == 2


def test_where_two_sound_the_same_nobody_is_joined() -> None:
    assert told_by("Sofia Galbraith", "София Гэлбрейт", "Sofie Galbreith") == 2


def test_a_surname_alone_in_the_other_alphabet_is_not_enough() -> None:
    assert told_by("Galbraith", "Гэлбрайтт") == 2


def test_who_a_person_said_are_two_stay_two() -> None:
    story = Story()
    for outlet, name in (("Courier", "Sofia Galbraith"), ("Вестник", "София Гэлбрейт")):
        story.source(name)
        story.says(story.article(outlet, 10), name)
    for one, other in (("Sofia Galbraith", "София Гэлбрейт"), ("София Гэлбрейт", "Sofia Galbraith")):
        story.sources[one] = replace(story.sources[one], distinct=(other,))
    assert story.trace().support.k == 2


@pytest.mark.parametrize(
    ("named", "kind", "described"),
    [
        ("traffic police", ORGANISATION, "the traffic police"),
        ("Helena Kessel", PERSON, "Kessel."),
    ],
)
def test_who_is_named_outright_is_not_unnamed(named: str, kind: SourceKind, described: str) -> None:
    story = Story()
    story.source(named, kind)
    story.source(described, UNNAMED)
    story.says(story.article("Courier", 10), named)
    story.says(story.article("Herald", 12), described)
    found = story.trace()
    assert (found.support.k, found.support.most_likely) == (1, 1)
    assert {n.label for n in found.nodes if n.kind.value != "article"} == {named}


def test_a_police_officer_is_not_the_police() -> None:
    story = Story()
    story.source("traffic police", ORGANISATION)
    story.source("a traffic police", UNNAMED)
    story.says(story.article("Courier", 10), "traffic police")
    story.says(story.article("Herald", 12), "a traffic police")
    assert story.trace().support.k == 2


def test_an_agency_that_is_credited_is_no_second_source_where_it_is_quoted() -> None:
    story = Story()
    story.source("Interlane", ORGANISATION)
    story.source("Интерлейн", OUTLET)
    story.says(story.article("Courier", 10, agency("Interlane")))
    story.says(story.article("Herald", 12), "Interlane")
    story.says(story.article("Вестник", 13), "Интерлейн")
    found = story.trace()
    assert {n.label for n in found.nodes if n.kind.value != "article"} == {"Interlane"}
    assert found.support.k == 1


def test_a_name_cut_short_is_nobodys_surname() -> None:
    story = Story()
    story.source("Nabil al")
    story.source("two officials", UNNAMED)
    story.says(story.article("Courier", 10), "Nabil al")
    story.says(story.article("Herald", 12), "two officials")
    assert story.trace().support.k == 2


@pytest.mark.parametrize(
    ("latin", "cyrillic"), [("Ostwire", "Оствайр"), ("Beacon Daily", "Бикон дейли"), ("Pulse24", "Пульс24")]
)
def test_an_outlet_cited_in_the_other_alphabet_is_the_one_of_the_pile(latin: str, cyrillic: str) -> None:
    story = Story()
    story.source(cyrillic, OUTLET)
    story.says(story.article(latin, 9))
    story.says(story.article("Вестник", 10), cyrillic)
    found = story.trace()
    assert found.support.k == 1
    assert [e.parent for e in found.edges if e.child == "article:вестник"] == [f"article:{latin.casefold()}"]


def test_a_surname_with_a_slip_in_it_is_the_one_person_of_that_surname_in_the_article() -> None:
    story = Story()
    courier, herald = story.article("Courier", 10), story.article("Herald", 12)
    story.source("Sofia Galbraith", PERSON, articles=(courier, herald))
    story.source("Galbriath", PERSON, articles=(herald,))
    story.says(courier, "Sofia Galbraith")
    story.says(herald, "Galbriath")
    assert story.trace().support.k == 1


@pytest.mark.parametrize(
    ("one", "other", "may_be_one"),
    [
        ("Omar al-Sabri", "Omar al-Sabiri", True),
        ("Omar al-Sabri", "Omar al-Samri", False),
        ("Omar Sabri", "Nadir Sabiri", False),
    ],
)
def test_two_spellings_of_one_transliterated_name_may_be_one(one: str, other: str, may_be_one: bool) -> None:
    story = Story()
    for outlet, name in (("Courier", one), ("Herald", other)):
        story.source(name, PERSON)
        story.says(story.article(outlet, 10), name)
    found = story.trace()
    assert found.support.k == 2
    assert found.support.at_least == (1 if may_be_one else 2)
