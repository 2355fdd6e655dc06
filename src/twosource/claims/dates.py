"""Dates in words as ISO 8601 prefixes: "2017-04-04", "2013-08", "2013", or "----04-04" when no year is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from ..language.analysis import Token

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan январь января январе",
            "february feb февраль февраля феврале",
            "march mar март марта марте",
            "april apr апрель апреля апреле",
            "may май мая мае",
            "june jun июнь июня июне",
            "july jul июль июля июле",
            "august aug август августа августе",
            "september sept sep сентябрь сентября сентябре",
            "october oct октябрь октября октябре",
            "november nov ноябрь ноября ноябре",
            "december dec декабрь декабря декабре",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon понедельник",
            "tuesday tue вторник",
            "wednesday wed среда среду",
            "thursday thu четверг",
            "friday fri пятница пятницу",
            "saturday sat суббота субботу",
            "sunday sun воскресенье",
        )
    )
    for name in names.split()
}
_NEAR = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "сегодня": 0,
    "вчера": -1,
    "завтра": 1,
    "позавчера": -2,
}
_ISO = re.compile(r"^(\d{4})-(\d\d)-(\d\d)$")
_DOTTED = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_DAY = re.compile(r"^(\d{1,2})(?:st|nd|rd|th|-го|го)?$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_YEAR_LEAD = frozenset(
    [
        "in",
        "since",
        "of",
        "from",
        "until",
        "during",
        "year",
        "by",
        "before",
        "after",
        "early",
        "late",
        "mid",
        "summer",
        "winter",
        "spring",
        "autumn",
        "в",
        "с",
        "до",
        "после",
        "около",
    ]
)
_NEXT = frozenset({"next", "coming", "upcoming", "следующий", "следующую", "следующее", "будущий"})


def is_calendar(word: str) -> bool:
    """Whether a word names a weekday or a month."""
    folded = word.casefold().strip(".,")
    return folded in _MONTHS or folded in _WEEKDAYS


def dates(tokens: Sequence[Token], published: str = "") -> tuple[tuple[str, ...], frozenset[int]]:
    """The dates in a stretch of tokens, and the positions they take up.

    `published` (``YYYY-MM-DD`` or "") anchors weekdays, "yesterday" and days without a year; without it a
    weekday gives nothing and a day without a year keeps ``----`` in the year's place.
    """
    anchor = date.fromisoformat(published) if published else None
    words = [t.text.casefold().strip(".,") for t in tokens]
    found: list[str] = []
    taken: set[int] = set()
    i = 0
    while i < len(words):
        value, size = _date_at(words, i, anchor)
        named = (
            tokens[i].text[:1].isupper() or not words[i].isascii() or words[i] in _NEAR
        )  # "sun" is no Sunday
        if not size and named:
            value, size = _relative(words, i, anchor)
        if value and value not in found:
            found.append(value)
        taken.update(range(i, i + size))
        i += max(size, 1)
    return tuple(found), frozenset(taken)


def _date_at(words: Sequence[str], i: int, anchor: date | None) -> tuple[str, int]:
    """A calendar date that begins at `i`: its value and how many words it takes, ("", 0) if none."""
    word = words[i]
    iso, dotted = _ISO.match(word), _DOTTED.match(word)
    if iso:
        return _valid(int(iso[1]), int(iso[2]), int(iso[3])), 1
    if dotted:
        return _valid(int(dotted[3]), int(dotted[2]), int(dotted[1])), 1
    month, day = _MONTHS.get(word), _DAY.match(word)
    dot = 1 if i + 1 < len(words) and not words[i + 1] else 0  # "Aug" and its full stop as two tokens
    if month and i + 1 + dot < len(words) and (second := _DAY.match(words[i + 1 + dot])):  # April 4 [,] 2017
        year, size = _year(words, i + 2 + dot)
        return _with_year(year, month, int(second[1]), anchor), 2 + dot + size
    if day and i + 1 < len(words):  # 4 April 2017, the 4th of April
        step = 2 if words[i + 1] == "of" else 1
        month = _MONTHS.get(words[i + step]) if i + step < len(words) else None
        if month and 1 <= int(day[1]) <= 31:
            year, size = _year(words, i + step + 1)
            return _with_year(year, month, int(day[1]), anchor), step + 1 + size
    month = _MONTHS.get(word)
    if month:
        year, size = _year(words, i + 1)
        if year:
            return f"{year:04d}-{month:02d}", 1 + size
        if word not in ("may", "march", "mar"):
            return "", 1
    if _YEAR.match(word) and (i > 0 and words[i - 1] in _YEAR_LEAD):
        return word, 1
    return "", 0


def _year(words: Sequence[str], i: int) -> tuple[int, int]:
    """A year at `i`, over a comma: the year and how many words it takes, (0, 0) if none."""
    size = 0
    if i < len(words) and words[i] == "":  # a comma, stripped
        i, size = i + 1, 1
    if i < len(words) and _YEAR.match(words[i]):
        return int(words[i]), size + 1
    return 0, 0


def _with_year(year: int, month: int, day: int, anchor: date | None) -> str:
    """The day in its year; without one, the year that puts it nearest before the anchor (a month ahead at most)."""
    if not 1 <= day <= 31:
        return ""
    if year:
        return _valid(year, month, day)
    if anchor is None:
        return f"----{month:02d}-{day:02d}"
    this = _valid(anchor.year, month, day)
    if this and date.fromisoformat(this) - anchor > timedelta(days=31):
        return _valid(anchor.year - 1, month, day)
    return this


def _relative(words: Sequence[str], i: int, anchor: date | None) -> tuple[str, int]:
    """A weekday or "yesterday", set against the day of publication."""
    word = words[i].removesuffix("'s").removesuffix("’s")
    if word in _NEAR:
        return ((anchor + timedelta(days=_NEAR[word])).isoformat() if anchor else ""), 1
    weekday = _WEEKDAYS.get(word)
    if weekday is None:
        return "", 0
    if anchor is None:
        return "", 1
    back = (anchor.weekday() - weekday) % 7
    if i > 0 and words[i - 1] in _NEXT:
        return (anchor + timedelta(days=7 - back if back else 7)).isoformat(), 1
    return (anchor - timedelta(days=back)).isoformat(), 1


def _valid(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def distance(a: str, b: str) -> int | None:
    """Days between two dates at the precision that both have: 0 when one could be the other, None if unknown."""
    if a.startswith("-") or b.startswith("-"):
        return 0 if a[-5:] == b[-5:] else None if len(a) < 10 or len(b) < 10 else 30
    size = min(len(a), len(b))
    if a[:size] == b[:size]:
        return 0
    first, second = (date.fromisoformat(x + "-01-01"[len(x) - 4 :] if len(x) < 10 else x) for x in (a, b))
    return abs((first - second).days)
