"""When an article appeared, with the precision that the words give: a date is not a minute.

Only what is written counts: nothing is completed from today's date, so a run gives the same answer tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice

from ..model import Precision, Published, Span

_MONTHS = (
    "january jan januar january janvier enero gennaio janeiro ocak января январь янв січня",
    "february feb februar février fevrier febrero febbraio fevereiro şubat февраля февраль фев лютого",
    "march mar märz mars marzo março mart марта март мар березня",
    "april apr avril abril aprile nisan апреля апрель апр квітня",
    "may mai mayo maggio maio mayıs мая май травня",
    "june jun juni juin junio giugno junho haziran июня июнь июн червня",
    "july jul juli juillet julio luglio julho temmuz июля июль июл липня",
    "august aug août aout agosto ağustos августа август авг серпня",
    "september sept sep septembre septiembre settembre setembro eylül сентября сентябрь сен сент вересня",
    "october oct oktober octobre octubre ottobre outubro ekim октября октябрь окт жовтня",
    "november nov novembre noviembre novembro kasım ноября ноябрь ноя листопада",
    "december dec dezember décembre decembre diciembre dicembre dezembro aralık декабря декабрь дек грудня",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
MONTH = "(?:" + "|".join(sorted((re.escape(m) for m in MONTHS), key=len, reverse=True)) + r")(?!\w)\.?"
WEEKDAY = (
    r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?|понедельник|вторник|среда|среду|четверг"
    r"|пятница|пятницу|суббота|субботу|воскресенье"
)
_OF = r"(?:\s+(?:de|del|of)\s+|[\s,]+)"
_YEAR = r"(?P<year>(?:18|19|20)\d\d)(?!\d)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_CLOCK = re.compile(
    r"(?:\s?г(?:\.|\b|ода\b))?(?:[\s,|T]|\bat\b|\bв\b|\bà\b|\bum\b|[-–—]){0,4}(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d)"
    r"\s{0,2}(?P<half>[ap]\.?m\b\.?)?"
    r"\s{0,2}(?P<zone>\(?(?:UTC|GMT|MSK|МСК|EST|EDT|CST|CDT|PST|PDT|BST|CET|CEST|EET|EEST)\b\)?|Z\b)?"
    r"\s{0,2}(?P<shift>[+-](?:0\d|1[0-4]):?(?:[0-5]\d)?(?!\d))?",
    re.IGNORECASE,
)
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "МСК": 3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "PST": -8, "PDT": -7,
}  # fmt: skip

_DIGITS = re.compile(r"\d\d")
_ISO = re.compile(
    r"(?<![\w/])(?P<year>(?:18|19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
    r"(?:[T ](?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d(?:[.,]\d{1,9})?)?"
    r"\s?(?P<shift>Z|[+-][01]\d:?[0-5]\d)?)?",
    re.IGNORECASE,
)
_DAY_MONTH_YEAR = re.compile(
    rf"(?<![\w/])(?:(?:{WEEKDAY})\b[.,]?\s+)?{_DAY}\.?{_OF}(?P<month>{MONTH}){_OF}{_YEAR}", re.IGNORECASE
)
_MONTH_DAY_YEAR = re.compile(
    rf"(?<![\w/])(?:(?:{WEEKDAY})\b[.,]?\s+)?(?P<month>{MONTH})\s{{0,3}}{_DAY}(?!\d)[\s,]+{_YEAR}",
    re.IGNORECASE,
)
_MONTH_DAY_YEAR_RUN_ON = re.compile(  # "Jun 142016": a comma lost on the way
    rf"(?<![\w/])(?P<month>{MONTH})\s(?P<day>[0-3]\d){_YEAR}", re.IGNORECASE
)
_NUMERIC = re.compile(
    r"(?<![\w./-])(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<year>(?:18|19|20)\d\d|\d\d(?=\s|$|,))(?![\d/])"
)
_YEAR_FIRST = re.compile(
    r"(?<![\w./-])(?P<year>(?:18|19|20)\d\d)[/.](?P<month>0?[1-9]|1[0-2])[/.](?P<day>0?[1-9]|[12]\d|3[01])(?!\d)"
)
_MONTH_YEAR = re.compile(rf"(?<![\w/])(?P<month>{MONTH})\s{{1,3}}{_YEAR}", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"\s*(?P<year>(?:18|19|20)\d\d)[-/](?P<month>0[1-9]|1[0-2])\s*")
_YEAR_ALONE = re.compile(rf"\s*{_YEAR}\s*")
_COMPACT = re.compile(  # 20310312, 20310312T140500Z, and 20310312140500 as archives and event databases write it
    r"(?P<year>(?:18|19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:[T_ -]?(?P<hour>[01]\d|2[0-3]):?(?P<minute>[0-5]\d)(?::?[0-5]\d)?\s?(?P<shift>Z|[+-][01]\d:?[0-5]\d)?)?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"\s*(?P<seconds>1\d{9}|[2-3]\d{9})(?P<thousandths>\d{3})?(?:\.\d+)?\s*")
_RELATIVE = re.compile(
    rf"\b(?:(?:on|last|this|late on|early on)\s+(?:{WEEKDAY})\b"
    r"|yesterday|today|tonight|this (?:morning|afternoon|evening|week)|last (?:night|week|month)"
    r"|(?:\d{1,3}|an?|one|two|three|four|five|six|several|a few)\s(?:minute|hour|day|week|month)s?\sago"
    r"|(?:во?|в минувш\w{2}|в прошл\w{2})\s(?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)"
    r"|вчера|сегодня|накануне|\d{1,3}\s(?:минут\w?|час\w{0,2}|дн\w{1,2})\sназад)\b",
    re.IGNORECASE,
)


def parse(raw: str, day_first: bool | None = None) -> Published:
    """The publication time that a date field says, UNKNOWN when it says none.

    `day_first` settles 4/5/2031; without it such a date keeps the precision that both readings share.
    A time without a zone is taken as UTC.
    """
    raw = raw.strip()[:200]
    if not raw:
        return Published()
    found = next(find(raw, day_first), None)
    if found:
        return Published(found[1].start, found[1].precision, raw)
    for pattern, precision in ((_YEAR_MONTH, Precision.MONTH), (_YEAR_ALONE, Precision.YEAR)):
        if match := pattern.fullmatch(raw):
            month = int(match["month"]) if precision is Precision.MONTH else 1
            return Published(datetime(int(match["year"]), month, 1, tzinfo=UTC), precision, raw)
    if (match := _COMPACT.fullmatch(raw)) and (made := _made(_COMPACT, match, raw, day_first)):
        return Published(made[1].start, made[1].precision, raw)
    if match := _EPOCH.fullmatch(raw):
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(match["seconds"]))
        return Published(moment.replace(second=0), Precision.MINUTE, raw)
    if relative(raw):
        return Published(None, Precision.RELATIVE, raw)
    return Published(None, Precision.UNKNOWN, raw)


def find(text: str, day_first: bool | None = None) -> Iterator[tuple[Span, Published]]:
    """Dates written in a short stretch of text, in reading order, each with its clock time if one follows."""
    hits: list[tuple[int, int, Published]] = []
    if not _DIGITS.search(text):
        return
    for pattern in (
        _ISO, _DAY_MONTH_YEAR, _MONTH_DAY_YEAR, _MONTH_DAY_YEAR_RUN_ON, _YEAR_FIRST, _NUMERIC, _MONTH_YEAR,
    ):  # fmt: skip
        for match in islice(pattern.finditer(text), 20):
            made = _made(pattern, match, text, day_first)
            if made:
                end, published = made
                hits.append((match.start(), end, published))
    hits.sort(key=lambda h: (h[0], -h[1]))
    last = -1
    for start, end, published in hits:
        if start >= last:
            last = end
            yield Span(start, end), published


def relative(text: str) -> str:
    """The first relative date in a short stretch of text ("On Tuesday", "вчера"), "" when there is none."""
    match = _RELATIVE.search(text)
    return match.group() if match else ""


def order(values: Iterable[str]) -> bool | None:
    """Whether the numeric dates of a whole column put the day first; None when the column cannot tell.

    One date with a first number above 12 settles it, unless another says the opposite.
    """
    first = second = False
    for value in values:
        match = _NUMERIC.search(value[:200])
        if match and match["mark"] != ".":
            first = first or int(match["a"]) > 12
            second = second or int(match["b"]) > 12
    return None if first == second else first


def ambiguous(value: str) -> bool:
    """Whether a date can be read day first and month first, with different results."""
    match = _NUMERIC.search(value[:200])
    if not match or match["mark"] == ".":
        return False
    a, b = int(match["a"]), int(match["b"])
    return 1 <= a <= 12 and 1 <= b <= 12 and a != b


def order_near(value: str, near: datetime) -> bool | None:
    """The order of day and month in which an ambiguous date falls within a month of `near`, if only one does."""
    if not ambiguous(value):
        return None
    readings = {first: parse(value, first).start for first in (True, False)}
    close = [f for f, start in readings.items() if start and abs(start - near) <= timedelta(days=31)]
    return close[0] if len(close) == 1 else None


def _made(
    pattern: re.Pattern[str], match: re.Match[str], text: str, day_first: bool | None
) -> tuple[int, Published] | None:
    """The end and the value of one match; None when it is no date of the calendar (31 February)."""
    parts = match.groupdict()
    try:
        if pattern is _NUMERIC:
            published = _numeric(parts, day_first, match.group())
        else:
            month = parts["month"]
            number = int(month) if month.isdigit() else MONTHS[month.rstrip(".").casefold()]
            day = datetime(int(parts["year"]), number, int(parts.get("day") or 1), tzinfo=UTC)
            precision = Precision.DAY if parts.get("day") else Precision.MONTH
            published = Published(day, precision, match.group())
        if published is None:
            return None
        end = match.end()
        if published.precision is not Precision.DAY or published.start is None:
            return end, published
        clock: re.Match[str] | None = match if parts.get("hour") else None
        if clock is None and pattern not in (_ISO, _COMPACT):
            clock = _CLOCK.match(text, end)
        if clock is None:
            return end, published
        end = max(end, match.start() + len(text[match.start() : clock.end()].rstrip()))
        return end, Published(_moment(published.start, clock), Precision.MINUTE, text[match.start() : end])
    except (ValueError, OverflowError, KeyError):
        return None


def _numeric(parts: dict[str, str], day_first: bool | None, raw: str) -> Published | None:
    a, b, year = int(parts["a"]), int(parts["b"]), int(parts["year"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    if not (1 <= a <= 31 and 1 <= b <= 31) or (a > 12 and b > 12):
        return None
    if parts["mark"] == "." or a > 12:
        day_first = True
    elif b > 12:
        day_first = False
    if day_first is None and a != b:
        # both readings stay possible: keep the earliest moment and a width that holds the two
        early, late = sorted((datetime(year, a, b, tzinfo=UTC), datetime(year, b, a, tzinfo=UTC)))
        if late - early < timedelta(days=31):
            return Published(early, Precision.MONTH, raw)
        return Published(datetime(year, 1, 1, tzinfo=UTC), Precision.YEAR, raw)
    day, month = (a, b) if day_first else (b, a)
    return Published(datetime(year, month, day, tzinfo=UTC), Precision.DAY, raw)


def _moment(day: datetime, clock: re.Match[str]) -> datetime:
    parts = clock.groupdict()
    hour = int(parts["hour"])
    half = (parts.get("half") or "").casefold()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    shift = timedelta()
    zone = (parts.get("zone") or "").strip("()").upper()
    if zone:
        shift = timedelta(hours=_ZONES[zone])
    written = parts.get("shift")
    if written and written.upper() != "Z":
        digits = written[1:].replace(":", "").ljust(4, "0")
        shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        shift = -shift if written[0] == "-" else shift
    local = day.replace(hour=hour, minute=int(parts["minute"]), tzinfo=timezone(shift))
    return local.astimezone(UTC)
