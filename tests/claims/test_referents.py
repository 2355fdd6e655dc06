"""Who a pronoun or a pointing description stands for, shown in square brackets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.language import english
from twosource.model import Statement

pytestmark = pytest.mark.skipif(not english.available(), reason="no English parser installed")

Read = Callable[..., tuple[Statement, ...]]


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
