from datetime import UTC, datetime

from twosource.model import Precision, Published, Span


def day(d: int) -> Published:
    return Published(datetime(2024, 5, d, tzinfo=UTC), Precision.DAY)


def minute(d: int, h: int) -> Published:
    return Published(datetime(2024, 5, d, h, tzinfo=UTC), Precision.MINUTE)


def test_a_date_without_an_hour_cannot_order_a_day() -> None:
    assert day(3).before(minute(3, 15)) is None
    assert day(3).before(day(3)) is None
    assert day(3).before(minute(4, 0)) is True
    assert minute(4, 0).before(day(3)) is False
    assert Published().before(day(3)) is None


def test_spans_are_half_open() -> None:
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 4).shared(Span(2, 9)) == 2
    assert Span(1, 3).of("abcd") == "bc"
