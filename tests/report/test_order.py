"""What comes first: news before what is told again and again, then the widest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import findings

from twosource.model import Article, Claim, Member, Provenance, Statement
from twosource.report.order import is_background, leads, views


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("published", "background"),
    [
        (days(), False),
        (days("2031-05-01", "2031-09-01"), False),  # two say little
        (days("2031-05-01", "2031-05-02", "2031-05-14"), False),  # one fortnight
        (days("2031-05-01", "2031-07-02", "2031-09-14"), True),
        (days("2031-05-01", "2031-05-14", "2031-09-14"), False),  # the fortnight has most
        (days("2031-05-01", "2031-05-15", "2031-09-14"), True),  # a day more than a fortnight
        (days("2031-05-01", "2031-05-01", "2031-07-01", "2032-01-01"), False),  # just half
    ],
)
def test_background_is_what_no_fortnight_has_half_of(published: list[date], background: bool) -> None:
    assert is_background(published) is background
    assert is_background(published[::-1]) is background


@given(st.lists(st.integers(0, 13), min_size=1, max_size=30))
def test_what_is_told_within_a_fortnight_is_news(after: list[int]) -> None:
    assert not is_background(date(2031, 5, 1) + timedelta(days=n) for n in after)


def test_background_stands_behind_the_news_however_wide_it_is() -> None:
    made = findings()
    articles = tuple(Article(f"x{k}", f"x{k}.txt", "Fire.", f"x{k}") for k in range(4))
    told = tuple(
        Statement(f"x{k}/s1", f"x{k}", (), "Sollavik is a port", "en", published=f"2031-0{k + 1}-03")
        for k in range(4)
    )
    standing = Claim("k0", "Sollavik is a port", tuple(Member(s.id) for s in told))
    every = views(
        replace(
            made,
            articles=(*made.articles, *articles),
            statements=(*made.statements, *told),
            claims=(standing, *made.claims),
            provenance=(Provenance("k0", (), (), made.provenance[0].support), *made.provenance),
        )
    )
    assert [(v.claim.id, v.background, len(v.articles)) for v in every] == [("k1", False, 2), ("k0", True, 4)]
    by_id = {a.id: a for a in (*made.articles, *articles)}
    assert leads(every, by_id)[0][1].claim.id == "k1"
