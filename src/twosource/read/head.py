"""Rules for the head of an article: header block, title, byline, dateline, date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ..model import Precision, Published, Region, RegionKind, Span
from . import dates
from .agencies import AGENCY, ANY_AGENCY
from .credit import DASH_AFTER
from .names import AGENCY_NAME, agencies, named, outlets
from .page import CAPITALS, DASH, HEAD, SHORT_LINE, Found, Page, group_span, letters, region

_NAME = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][\w.’'-]{0,30}"


_PEOPLE = rf"{_NAME}(?:\s(?:al-|el-|de\s|van\s|von\s)?{_NAME}){{0,3}}(?:(?:,|\sand|\s&|\sи)\s{_NAME}(?:\s{_NAME}){{0,3}}){{0,4}}"


_BYLINE = re.compile(
    rf"(?i:by|автор:?|текст:?|written by|reported by|story by)\s{{1,3}}(?P<who>{_PEOPLE})"
    r"(?:\s?[|,(/–—-].{0,110}|\s(?:in|for|at|of|для)\s(?:the\s)?[A-ZА-ЯЁ].{0,60})?"
)


_BYLINE_STARTS = re.compile(r"(?:By|BY|by|Автор|Текст|Written by|Story by)\b")


_TIME_WORD = re.compile(rf"(?:{dates.WEEKDAY}|{dates.MONTH})\b", re.IGNORECASE)


_OPENING_MARKS = "\"“«„‘'"
_CLOSING_MARKS = "\"”»’',"
_PLACE = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'-]{0,25}(?:[\s/-][A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'.-]{0,25}){0,3}"


_DATELINES = (
    # BEIRUT (Reuters) -   Port Alder, March 3 (Meridian Wire) —
    re.compile(
        rf"(?P<place>{_PLACE})(?:\s?,\s[\w.\s,]{{1,40}})?\s?\((?P<agency>[A-ZА-ЯЁ][^()\n]{{1,40}})\)\s?{DASH}{{0,2}}(?=\s|\w)"
    ),
    # МОСКВА, 12 мар — РИА Новости.   МОСКВА, 12 марта. /ТАСС/.
    re.compile(
        rf"(?P<place>{CAPITALS}),\s\d{{1,2}}\s\w{{3,9}}\.?\s?(?:{DASH}\s?|/)(?P<agency>{ANY_AGENCY})(?:/\.?|\.)(?=\s)"
    ),
    # WASHINGTON —   DUBAI -   LONDON, Jan. 3 -
    re.compile(
        rf"(?P<place>{CAPITALS}(?:,\s[A-ZÀ-Þ][\w.]{{1,15}}){{0,2}})(?:,\s[A-Z][a-z]{{2,8}}\.?\s\d{{1,2}})?\s?{DASH}{{1,2}}(?=\s\S)"
    ),
    # (Reuters) - with no place
    re.compile(rf"\((?P<agency>(?P<place>{ANY_AGENCY}))\)\s?{DASH}{{1,2}}"),
)


_PLACE_COLON = re.compile(rf"(?P<place>{CAPITALS}):(?=\s[A-Z])")  # BEIRUT: the first words of the body only


_LABELS = re.compile(
    r"(?:UPDATED?|BREAKING|EXCLUSIVE|VIDEO|WATCH|PHOTOS?|NEWS?|POLL|REPORT|ANALYSIS|OPINION|EDITOR|NOTE|ABSTRACT|FULL|CORRECTION"
    r"|LIVE|READ|MORE|RELATED|ALERT|Q|QUESTION|ANSWER)(?!\w)"
)


_LEAD = (
    r"(?:(?:first |date of |last )?(?:published|publication|posted|updated|опубликовано|обновлено)"
    r"(?:\s(?:on|at|in))?:?\s{1,3})?"
)


_AGENCY_NEXT = re.compile(rf"(?P<who>{AGENCY})\s{{1,3}}")


_BEFORE_TITLE = re.compile(r"(?:title:|by\s)", re.IGNORECASE)


_WORD_START = re.compile(r"(?<!\S)\S")


_LEAD_IN = re.compile(_LEAD, re.IGNORECASE)


_AFTER_DATE = re.compile(
    r"(?:\s{0,2}\(?updated\s[\d\s.:]{4,20}\)?)?(?:\s{0,2}(?:at\s)?(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)(?![\d,.]))?"
    r"(?:\s{0,2}(?:by\sAsharq[ -]Al[ -]Awsat))?(?:\s{0,2}Get short URL(?:\s\d{1,5}){0,3})?"
    r"(?:\s{0,2}(?:Print\s)?Tweet\sViews\s\d{1,7})?\s{0,2}[.|]?",
    re.IGNORECASE,
)


def header_block(page: Page) -> Iterator[Found]:
    """Lines "Outlet: …", "Date: …", "URL: …" at the top: metadata, no body."""
    for name, line, value in page.header:
        published = dates.parse(value.of(page.text), page.day_first) if name == "published" else None
        stated = named(page.text, value) if name == "source" else ()
        yield Found(Region(RegionKind.BOILERPLATE, line, f"header block: {name}"), stated, published)


def known_title(page: Page) -> Iterator[Found]:
    """The title that the container names, where the text begins with it or repeats it at the end."""
    title = letters(page.title)
    if len(title) < 8:
        return
    _, head, _ = opening(page)
    if head:
        yield Found(Region(RegionKind.TITLE, head, "the title, at the start of the text"))
    for line in page.edges:
        if line.end - line.start <= 2 * len(page.title) + 40 and line.start >= page.start:
            yield from _repeated_title(page, line, title)


def _repeated_title(page: Page, line: Span, title: str) -> Iterator[Found]:
    """A line that is the title, perhaps with the date after it."""
    text = line.of(page.text)
    stamp = next(((s, p) for s, p in dates.find(text, page.day_first)), None)
    bare = text[: stamp[0].start] if stamp and stamp[0].end >= len(text) - 2 else text
    if letters(bare) != title:
        return
    first = line.start <= (page.lines[0].start if not page.header else page.start + 40)
    kind = RegionKind.TITLE if first else RegionKind.BOILERPLATE
    yield Found(
        Region(kind, line, "the title" if first else "the title again"), (), stamp[1] if stamp else None
    )


def first_line_title(page: Page) -> Iterator[Found]:
    """A short first line with more text below it, where the container names no title."""
    rest = [line for line in page.lines if line.start >= page.start]
    if page.title or len(rest) < 2:
        return
    line, below = rest[0], rest[1:4]
    text = line.of(page.text)
    longest = max(b.end - b.start for b in below)
    if line.end - line.start > SHORT_LINE or text[0] in "—–-(*•" or longest < 60:
        return
    if text[0] in _OPENING_MARKS and text[-1] in _CLOSING_MARKS:  # a quotation that opens the text
        return
    if _dateline(text) or _BYLINE_STARTS.match(text) or len(text.split()) < 2:
        return
    ends = text.rstrip("\"”»’' ")[-1:]
    if ends == ";" and page.titled and len(below) > 1 and below[0].end - below[0].start <= SHORT_LINE:
        # "Cranes burn in port;" and, on the next line, the rest of the headline
        yield Found(
            Region(RegionKind.TITLE, Span(line.start, below[0].end), "a short first line and its second")
        )
        return
    if ends in ":,;":
        return
    if ends == "." and not (page.titled and _title_case(text)):
        return  # a headline has no full stop: this is the lead, and often all that the text asserts
    if not page.titled and (longest < 2 * len(text) or ends in "!?"):
        return
    yield Found(Region(RegionKind.TITLE, line, "a short first line"))


def _title_case(text: str) -> bool:
    """Whether Nearly Every Longer Word Begins With a Capital."""
    words = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) > 3]
    return len(words) > 1 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def repeated_first_line(page: Page) -> Iterator[Found]:
    """The first line again at the bottom, perhaps with the date after it."""
    rest = [line for line in page.lines if line.start >= page.start]
    if page.title or len(rest) < 3 or rest[0].end - rest[0].start > SHORT_LINE:
        return
    title = letters(rest[0].of(page.text))
    if len(title) < 8:
        return
    for line in rest[-6:]:
        text = line.of(page.text)
        if line.start > rest[0].start and len(text) <= SHORT_LINE + 40 and not text.endswith("."):
            yield from _repeated_title(page, line, title)


def byline(page: Page) -> Iterator[Found]:
    """Takes "by Jane Roe (– Home – …)" on a line of its own, near the top or at the bottom."""
    for line in page.edges:
        text = line.of(page.text)
        if len(text) > 160 or not _BYLINE_STARTS.match(text):
            continue
        match = _BYLINE.fullmatch(text)
        if match and text[-1] not in ".!?:" and not _TIME_WORD.match(match["who"]):
            region = Region(RegionKind.BYLINE, line, "a line that names the author")
            yield Found(region, agencies(page.text, line))


def opening(page: Page) -> tuple[Span, Span | None, Span | None]:
    """Read the head of a text whose line breaks are lost: date, title, agency, in the orders that occur."""
    text, start = page.text, page.start
    while start < len(text) and text[start].isspace():
        start += 1
    date = Span(start, start)
    title: Span | None = None
    agency: Span | None = None
    at = start
    for _ in range(4):
        while at < len(text) and text[at].isspace():
            at += 1
        if title is None and (end := _title_end(text, at, page.title)):
            title = Span(at, end)
            at = end
            continue
        if date.start == date.end and (stamp := _date_at(page, at)):
            date = stamp
            at = stamp.end
            continue
        match = _AGENCY_NEXT.match(text, at) if title and not agency else None
        if match and (
            _date_at(page, match.end())
            or (date.start < date.end and text[match.end() : match.end() + 1].isupper())
        ):
            agency = group_span(match, "who")
            at = match.end()
            continue
        if title is None and (skip := _BEFORE_TITLE.match(text, at)):
            ahead = (m.start() for m in islice(_WORD_START.finditer(text, skip.end(), skip.end() + 120), 20))
            begin = next((b for b in ahead if _title_end(text, b, page.title)), None)
            if begin is not None:
                at = begin
                continue
        break
    return date, title, agency


def _date_at(page: Page, at: int) -> Span | None:
    """The date line that begins exactly here, with its lead-in and what the page prints after it."""
    window = page.text[at : at + HEAD]
    lead = _LEAD_IN.match(window)
    begin = lead.end() if lead else 0
    stamp = next(dates.find(window[begin : begin + 60], page.day_first), None)
    if not stamp or stamp[0].start != 0 or not _exact(window[begin : begin + stamp[0].end], stamp[1]):
        return None
    end = begin + stamp[0].end
    after = _AFTER_DATE.match(window, end)
    if after:
        end = after.end()
    return Span(at, at + len(window[:end].rstrip()))


def _exact(raw: str, published: Published) -> bool:
    """Whether a date names a day, be it one that can be read in two ways."""
    return published.precision in (Precision.DAY, Precision.MINUTE) or dates.ambiguous(raw)


def _title_end(text: str, at: int, title: str) -> int:
    """Where the known title ends if the text says it at this place, marks and spaces aside; 0 otherwise."""
    wanted = letters(title)
    if len(wanted) < 8:
        return 0
    i, said = at, 0
    limit = at + 2 * len(title) + 40
    while said < len(wanted) and i < min(len(text), limit):
        char = text[i].casefold()
        if char.isalnum():
            if not wanted.startswith(char, said):
                break
            said += len(char)
        i += 1
    if said < len(wanted) * 0.9 or (said < len(wanted) and not text[i - 1 : i].isspace()):
        return 0
    while i < len(text) and text[i] in ".!?\"”’»'":
        i += 1
    return i


def head_date(page: Page) -> Iterator[Found]:
    """Takes "Wed 05 Apr 2017", "Published October 3 2016" at the start of a text, before or after its title."""
    date, _, agency = opening(page)
    if agency:
        yield Found(
            Region(RegionKind.CREDIT, agency, "an agency beside the title"), agencies(page.text, agency)
        )
    if date.start < date.end:
        stamp = next(dates.find(date.of(page.text), page.day_first), None)
        published = stamp[1] if stamp else None
        yield Found(Region(RegionKind.DATELINE, date, "the text opens with its date"), (), published)


def _dateline(text: str) -> re.Match[str] | None:
    for i, pattern in enumerate(_DATELINES):
        match = pattern.match(text[:160])
        if not match or _LABELS.match(match["place"]):
            continue
        # an unknown name in brackets is an agency's only where the dash of a dateline follows
        if (
            i == 0
            and not AGENCY_NAME.fullmatch(match["agency"])
            and not DASH_AFTER.match(text, match.end("agency") + 1)
        ):
            continue
        return match
    return None


def dateline(page: Page) -> Iterator[Found]:
    """Takes "BEIRUT (Reuters) -", "МОСКВА, 12 мар — РИА Новости." before the first sentence: its own characters only."""
    date, title, _ = opening(page)
    body = max(date.end, title.end if title else 0, page.start)
    places = [body + len(page.text[body : body + 10]) - len(page.text[body : body + 10].lstrip(" \t\r\n.:|"))]
    places += [line.start for line in page.lines[:6] if line.start > body]
    for at in places:
        match = _dateline(page.text[at : at + 160])
        if match is None and at == places[0]:
            match = _PLACE_COLON.match(page.text[at : at + 160])
            match = None if match and _LABELS.match(match["place"]) else match
        if not match or at + match.end() >= len(page.text):
            continue
        agency = match.groupdict().get("agency")
        stated = outlets(page.text, group_span(match, "agency", at)) if agency else ()
        if len(stated) > 1 and not all(AGENCY_NAME.fullmatch(c.target) for c in stated):
            stated = ()  # "Banja Luka (Bosnia and Herzegovina) -" names no agency
        span = Span(at, at + len(match.group().rstrip()))
        yield Found(Region(RegionKind.DATELINE, span, "place before the first sentence"), stated)
        return


def date_line(page: Page) -> Iterator[Found]:
    """A short line at the top or the bottom that is a date and little else."""
    for line in page.edges:
        text = line.of(page.text)
        if len(text) > 120 or line.start < page.start:
            continue
        stamp = next(dates.find(text, page.day_first), None)
        if stamp is None:
            continue
        beyond = _LEAD_IN.sub("", text[: stamp[0].start], count=1) + text[stamp[0].end :]
        words = re.findall(r"[^\W\d_]{2,}", beyond)
        exact = stamp[1].precision in (Precision.DAY, Precision.MINUTE)
        signed = (
            "@" in text or text.lower().startswith("screen") or text.startswith(("—", "–", "-", "“", '"'))
        )  # a post's signature dates the post
        if exact and not signed and len(words) <= 4 and not beyond.rstrip().endswith((".", "!", "?")):
            yield Found(Region(RegionKind.DATELINE, line, "a line that is a date"), (), stamp[1])


def agency_before_date(page: Page) -> Iterator[Found]:
    """Takes "Two cranes burn in Port Alder Reuters Monday 3 March 2031": headline, agency, date, run together."""
    if opening(page)[2]:
        return
    window = page.text[page.start : page.start + HEAD]
    for match in islice(_AGENCY_NEXT.finditer(window), 10):
        who = group_span(match, "who", page.start)
        date = _date_at(page, page.start + match.end())
        before = page.text[page.start : who.start]
        if date is None or len(before) > 250 or (before and not before[-1].isspace()):
            continue
        begin = page.start + len(before) - len(before.lstrip())
        end = page.start + len(before.rstrip())
        stamp = next(dates.find(date.of(page.text), page.day_first), None)
        yield Found(region(RegionKind.TITLE, begin, end, "the words before agency and date"))
        yield Found(Region(RegionKind.CREDIT, who, "an agency before the date"), agencies(page.text, who))
        yield Found(
            Region(RegionKind.DATELINE, date, "the date after the agency"), (), stamp[1] if stamp else None
        )
        return
