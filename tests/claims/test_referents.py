"""Who a pronoun or a pointing description stands for, shown in square brackets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.language import english
from twosource.model import Attribution, Statement

pytestmark = pytest.mark.skipif(not english.available(), reason="no English parser installed")

Read = Callable[..., tuple[Statement, ...]]
Said = Callable[..., Attribution]


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("Oskar Venn fell on Monday. He broke an arm.", "[Oskar Venn] broke an arm"),
        ("Oskar Venn fell on Monday. Doctors kept him in Tarn.", "Doctors kept [Oskar Venn] in Tarn"),
        ("Mrs Brask met Oskar Venn. His dog bit a guard.", "[Oskar Venn's] dog bit a guard"),
        (
            "Oskar Venn fell on Monday. Venn was taken home. The former striker broke an arm.",
            "The former striker [Oskar Venn] broke an arm",
        ),
    ],
)
def test_resolved(read: Read, text: str, resolved: str) -> None:
    assert read(text)[-1].resolved == resolved


@pytest.mark.parametrize(
    ("content", "alone"),
    [
        ("it has proof of the theft", "Tarn Council has proof of the theft"),
        ("it will close the bridge", "Tarn Council will close the bridge"),
        ("they found a leak", "Tarn Council found a leak"),
        ("it is not known who lit the fire", ""),
        ("it rained all night", ""),
        ("a clerk hid it", ""),
    ],
)
def test_it_is_the_body_whose_words_are_reported_where_it_acts(
    read: Read, said: Said, content: str, alone: str
) -> None:
    text = f"Tarn Council said {content}."
    by = {"canonical": "Tarn Council", "source_kind": "organisation"}
    statement = read(text, said(text, content, source="Tarn Council", cue="said", **by))[-1]
    assert statement.alone == alone
    assert statement.compared == (alone or content)


@pytest.mark.parametrize(
    ("text", "content", "alone"),
    [
        ("Lena Brask said she had sold the boat.", "she had sold the boat", "Lena Brask had sold the boat"),
        ("Lena Brask said Brask & Sons was sold.", "Brask & Sons was sold", ""),
        ("Lena Brask said the boat had left when she came.", "the boat had left when she came", ""),
    ],
)
def test_she_is_the_woman_whose_words_are_reported(
    read: Read, said: Said, text: str, content: str, alone: str
) -> None:
    by = {"canonical": "Lena Brask", "source_kind": "person"}
    statement = read(text, said(text, content, source="Lena Brask", cue="said", **by))[-1]
    assert statement.alone == alone


def test_other_pronouns_stay_in_what_is_compared(read: Read) -> None:
    statement = read("Oskar Venn fell on Monday. He broke his arm.")[-1]
    assert statement.resolved == "[Oskar Venn] broke [Oskar Venn's] arm"
    assert statement.compared == "He broke his arm"


@pytest.mark.parametrize(
    "text",
    [
        "She left the house at nine.",  # nobody was named
        "Mr Venn fell on Monday. She broke an arm.",  # a man
        "Lena Brask met Oskar Venn. The striker broke an arm.",  # either
        "Oskar Venn fell on Monday. The striker of Tarn broke an arm.",  # says which
    ],
)
def test_left_open(read: Read, text: str) -> None:
    assert read(text)[-1].resolved == ""


def test_what_is_meant_is_compared(read: Read) -> None:
    venn = read("Oskar Venn fell on Monday. He broke an arm.")
    assert venn[1].actors == venn[0].actors == ("ven",)
    assert [e.key for e in venn[1].entities] == ["ven"]
