"""A person and the institution they speak for are one line, by the registry or by the pile; by owner a state is one."""

from __future__ import annotations

import pytest
from story import ORGANISATION, PERSON, Story

from twosource.model import SourceKind
from twosource.registry import default


def told_by(*names: tuple[str, SourceKind], speaks_for: str | None = None) -> Story:
    """Each in an article of its own; `speaks_for` names the institution of the first."""
    story = Story(default())
    for number, (name, kind) in enumerate(names):
        more = {"speaks_for": speaks_for} if speaks_for and number == 0 else {}
        story.source(name, kind, **more)
        story.says(story.article(f"Paper{number}", 10 + number), name)
    return story


@pytest.mark.parametrize(
    ("person", "institution"),
    [
        ("Sergey Lavrov", "Russian Foreign Ministry"),
        ("Сергей Лавров", "МИД России"),
        ("Maria Zakharova", "Ministry of Foreign Affairs of Russia"),
        ("Igor Konashenkov", "Russian Defence Ministry"),
        ("Dmitry Peskov", "Kremlin"),
        ("Rami Abdulrahman", "Syrian Observatory for Human Rights"),
        ("Rami Abdel Rahman", "SOHR"),
        ("Walid Muallem", "Syrian Foreign Ministry"),
        ("Stéphane Dujarric", "United Nations"),
    ],
)
def test_who_speaks_for_an_institution_is_one_line_with_it(person: str, institution: str) -> None:
    support = told_by((person, PERSON), (institution, ORGANISATION)).trace().support
    assert (support.k, support.at_least, support.most_likely) == (1, 1, 1)


def test_two_who_speak_for_one_ministry_are_one_line_though_nobody_names_it() -> None:
    support = told_by(("Sergey Lavrov", PERSON), ("Maria Zakharova", PERSON)).trace().support
    assert (support.k, support.most_likely) == (1, 1)


def test_a_minister_and_the_government_are_one_line_through_the_ministry() -> None:
    support = told_by(("Sergey Lavrov", PERSON), ("Russian government", ORGANISATION)).trace().support
    assert support.k == 1


def test_by_the_pile_alone() -> None:
    story = told_by(
        ("Marten Quille", PERSON), ("Tarvel Terminals", ORGANISATION), speaks_for="Tarvel Terminals"
    )
    assert story.trace().support.k == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Sergey Lavrov", PERSON), ("Walid Muallem", PERSON)),
        (("Russian Defence Ministry", ORGANISATION), ("Syrian Observatory for Human Rights", ORGANISATION)),
        (("Rami Abdulrahman", PERSON), ("White Helmets", ORGANISATION)),
    ],
)
def test_two_institutions_are_two_lines(one: tuple[str, SourceKind], other: tuple[str, SourceKind]) -> None:
    assert told_by(one, other).trace().support.k == 2


def test_two_ministries_of_one_government_are_two_lines_and_one_by_owner() -> None:
    both = (("Russian Defence Ministry", ORGANISATION), ("Russian Foreign Ministry", ORGANISATION))
    support = told_by(*both).trace().support
    assert (support.k, support.by_owner) == (2, 1)
