"""Publication times with the precision that the words give."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from twosource.model import Precision
from twosource.read import dates


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("raw", "start", "precision"),
    [
        ("30.10.2031", at(2031, 10, 30), Precision.DAY),
        ("12 March 2031", at(2031, 3, 12), Precision.DAY),
        ("Wed 05 Apr 2031", at(2031, 4, 5), Precision.DAY),
        ("March 12th, 2031", at(2031, 3, 12), Precision.DAY),
        ("Jun 142031", at(2031, 6, 14), Precision.DAY),
        ("2031/03/12", at(2031, 3, 12), Precision.DAY),
        ("7/22/2031", at(2031, 7, 22), Precision.DAY),
        ("22/7/2031", at(2031, 7, 22), Precision.DAY),
        ("12 марта 2031 г.", at(2031, 3, 12), Precision.DAY),
        ("12 березня 2031", at(2031, 3, 12), Precision.DAY),
        ("le 12 mars 2031", at(2031, 3, 12), Precision.DAY),
        ("12. März 2031", at(2031, 3, 12), Precision.DAY),
        ("1 de mayo de 2031", at(2031, 5, 1), Precision.DAY),
        ("2031-03-12", at(2031, 3, 12), Precision.DAY),
        ("12 March 2031, 14:05", at(2031, 3, 12, 14, 5), Precision.MINUTE),
        ("Published 12 March 2031 08:10 UTC", at(2031, 3, 12, 8, 10), Precision.MINUTE),
        ("2031-03-12T14:05:11+03:00", at(2031, 3, 12, 11, 5), Precision.MINUTE),
        ("2031-03-12T00:30+0300", at(2031, 3, 11, 21, 30), Precision.MINUTE),
        ("2031-03-12T14:05:00Z", at(2031, 3, 12, 14, 5), Precision.MINUTE),
        ("Wed, 12 Mar 2031 14:05:00 +0200", at(2031, 3, 12, 12, 5), Precision.MINUTE),
        ("March 12, 2031 at 2:05 pm EST", at(2031, 3, 12, 19, 5), Precision.MINUTE),
        ("12 марта 2031, 14:05 МСК", at(2031, 3, 12, 11, 5), Precision.MINUTE),
        ("March 12, 2031 12:05 am UTC", at(2031, 3, 12, 0, 5), Precision.MINUTE),
        ("20310312", at(2031, 3, 12), Precision.DAY),
        ("20310312140500", at(2031, 3, 12, 14, 5), Precision.MINUTE),
        ("20310312T140500Z", at(2031, 3, 12, 14, 5), Precision.MINUTE),
        ("20310312T1405+0300", at(2031, 3, 12, 11, 5), Precision.MINUTE),
        ("20311312", None, Precision.UNKNOWN),
        ("1930000000", at(2031, 2, 27, 23, 6), Precision.MINUTE),
        ("12 марта 2031 г., 14:05", at(2031, 3, 12, 14, 5), Precision.MINUTE),
        ("12 марта 2031 года в 14:05 МСК", at(2031, 3, 12, 11, 5), Precision.MINUTE),
        ("March 2031", at(2031, 3, 1), Precision.MONTH),
        ("2031-03", at(2031, 3, 1), Precision.MONTH),
        ("2031", at(2031, 1, 1), Precision.YEAR),
        ("On Tuesday", None, Precision.RELATIVE),
        ("2 hours ago", None, Precision.RELATIVE),
        ("вчера", None, Precision.RELATIVE),
        ("31.02.2031", None, Precision.UNKNOWN),
        ("soon", None, Precision.UNKNOWN),
        ("", None, Precision.UNKNOWN),
        ("0001-01-01T00:00+14:00", None, Precision.UNKNOWN),
    ],
)
def test_dates(raw: str, start: datetime | None, precision: Precision) -> None:
    found = dates.parse(raw)
    assert (found.start, found.precision) == (start, precision)
    assert found.raw == raw


def test_an_ambiguous_date_keeps_what_both_readings_share() -> None:
    near = dates.parse("4/5/2031")  # 5 April or 4 May: 29 days apart
    assert (near.start, near.precision) == (at(2031, 4, 5), Precision.MONTH)
    assert near.end is not None
    assert near.end > at(2031, 5, 4)
    far = dates.parse("12/1/2031")  # 12 January or 1 December
    assert (far.start, far.precision) == (at(2031, 1, 1), Precision.YEAR)
    assert dates.parse("5/5/2031").precision is Precision.DAY


@pytest.mark.parametrize(("day_first", "start"), [(True, at(2031, 5, 4)), (False, at(2031, 4, 5))])
def test_an_order_settles_it(day_first: bool, start: datetime) -> None:
    assert dates.parse("4/5/2031", day_first).start == start


@pytest.mark.parametrize(
    ("column", "day_first"),
    [
        (["4/5/2031", "22/7/2031"], True),
        (["4/5/2031", "7/22/2031"], False),
        (["4/5/2031", "6/7/2031"], None),
        (["22/7/2031", "7/22/2031"], None),
        (["22.7.2031", "4/5/2031"], None),  # a date with dots says nothing of one with slashes
    ],
)
def test_the_order_shows_in_the_whole_column(column: list[str], day_first: bool | None) -> None:
    assert dates.order(column) is day_first


@pytest.mark.parametrize(
    ("printed", "near", "day_first"),
    [
        ("09-07-2031", at(2031, 7, 12), True),
        ("09-07-2031", at(2031, 9, 1), False),
        ("09-08-2031", at(2031, 8, 24), None),  # 9 August and 8 September are both within a month
        ("09-07-2031", at(2031, 1, 1), None),
        ("30-07-2031", at(2031, 7, 12), None),  # not ambiguous
    ],
)
def test_a_date_known_otherwise_settles_an_ambiguous_one(
    printed: str, near: datetime, day_first: bool | None
) -> None:
    assert dates.order_near(printed, near) is day_first


def test_find_tells_where_a_date_stands() -> None:
    text = "Printed on 12 March 2031, 14:05 and again on 3 April 2031."
    assert [span.of(text) for span, _ in dates.find(text)] == ["12 March 2031, 14:05", "3 April 2031"]
