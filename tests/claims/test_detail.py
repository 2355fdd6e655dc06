"""Of two statements that say the same, one may say more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.claims.detail import detail
from twosource.claims.profile import profile
from twosource.model import Statement

Read = Callable[..., tuple[Statement, ...]]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "Nine pickers died when a lorry overturned.",
            "Pickers died when a lorry overturned.",
            "more specific: adds Nine pickers",
        ),
        (
            "Forty people were killed in the flood.",
            "Dozens of people were killed in the flood.",
            "more specific: adds Forty people, not Dozens of people",
        ),
        (
            "Dozens of people were killed in the flood.",
            "Forty people were killed in the flood.",
            "more general: leaves out Forty people, not Dozens of people",
        ),
        ("Police arrested the driver.", "The driver was detained by police.", ""),
    ],
)
def test_which_says_more(read: Read, one: str, other: str, expected: str) -> None:
    (a,), (b,) = read(one), read(other)
    assert detail(profile(a), profile(b)) == expected


def test_each_adds_something_of_its_own(read: Read) -> None:
    (a,) = read("Nine pickers died when a lorry overturned.")
    (b,) = read("Pickers died when a lorry overturned on 3 March 2031.")
    assert detail(profile(a), profile(b)) == ""
