"""Rules for what an article says at its end, or in brackets, that it rests on, and who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ..model import Credit, CreditKind, Region, RegionKind, Span
from .agencies import AGENCY, ANY_AGENCY
from .furniture import boilerplate_tail
from .names import named, outlets
from .page import DASH, SHORT_LINE, TAIL, Found, Page, group_span, is_sentence, region, trim

_WHO = rf"(?P<who>(?:the\s)?(?:{ANY_AGENCY}|[A-ZА-ЯЁ][\w.&’'-]{{0,30}}(?:\s[A-ZА-ЯЁ&][\w.&’'-]{{0,30}}){{0,5}}|agencies|агентства))"


_WHO_MORE = r"(?:\s?(?:,|and|&|и|/)\s?(?:the\s)?(?:[A-Za-zА-Яа-яЁё][\w.&’'-]{0,30}\s?){1,4}){0,3}"


_CONTRIBUTED = "says who contributed"


_CREDIT_LINES = (
    (
        "its own line names agencies",
        re.compile(
            rf"[\[(][^()\[\]]{{1,40}}(?:\b[Ww]ith|\band|/|,)\s?(?P<who>{ANY_AGENCY}[^()\[\]]{{0,40}})[\])]\.?"
        ),
    ),
    ("its own line names an agency", re.compile(
        rf"[\[(/{{]?{DASH}{{0,2}}\s?(?P<who>(?:[Tt]he\s)?{ANY_AGENCY}(?:\s?[/,&]\s?{ANY_AGENCY}){{0,4}})[\])/}}]?\.?")),
    ("its own line names whom it rests on", re.compile(
        rf"[\[(]?(?i:sources?|via|from|credit|источники?|по материалам|по информации|по данным)\s?:?\s{_WHO}{_WHO_MORE}[\])]?\.?")),
    (_CONTRIBUTED, re.compile(
        rf"[\[(]?(?i:(?:with\s)?(?:additional\s|extra\s)?(?:reporting|material|information|input|files?|inputs?)|with an? file"
        rf"|with agency inputs?)\s(?i:by|from)\s{_WHO}.{{0,120}}")),
    (_CONTRIBUTED, re.compile(
        rf"[\[(]?{_WHO}{_WHO_MORE}\s?contributed\s(?:to this (?:report|story|article))?.{{0,40}}")),
    ("copyright line", re.compile(
        rf"(?i:©|\(c\)|copyright)\s(?:(?:19|20)\d\d\s)?(?i:by\s)?(?i:the\s)?(?P<who>{ANY_AGENCY}).{{0,160}}")),
)  # fmt: skip


_ENDED = r"(?<=[.!?\"”’»)])"


_CREDIT_TAILS = (
    ("closes with an agency", re.compile(
        rf"{_ENDED}\s{{0,3}}{DASH}{{1,2}}\s?(?P<who>{AGENCY})[\w\s/]{{0,12}}\.?$")),
    ("closes with an agency in brackets", re.compile(
        rf"[(\[/]\s?(?P<who>{ANY_AGENCY})(?:\s?[/,&]\s?[\w .&-]{{1,40}}|\sand\s[\w .&-]{{1,40}})?\s?[)\]/]\.?$")),
    ("closes with whom it rests on", re.compile(
        r"\((?i:sources?|via|credit|with|источник)\s?:?\s{0,2}(?P<who>[^()]{2,80})\)$")),
    ("closes with whom it rests on", re.compile(
        rf"{_ENDED}\s{{1,3}}(?:Sources?|Источник)\s?:?\s(?P<who>[A-ZА-ЯЁ][\w.&’'-]{{0,30}}(?:\s(?:[A-ZА-ЯЁ][\w.&’'-]{{0,30}}|and|agencies|и|агентства)){{0,5}})\.?$")),
    ("closes with whom it rests on", re.compile(
        rf"\s(?:Sources?)\s?:?\s(?P<who>(?:[A-Z][\w.&’'-]{{0,30}}\s(?:and\s)?){{0,3}}(?:{ANY_AGENCY}|[Aa]gencies))\.?$")),
    ("closes with who contributed", re.compile(
        rf"{_ENDED}\s{{1,3}}(?P<who>(?:{ANY_AGENCY}|[Aa]gencies)(?:(?:\sand|,)\s[\w ]{{1,40}})?)\scontributed(?:\sto this (?:report|story|article))?\.?$")),
    ("closes with who contributed", re.compile(
        rf"{_ENDED}\s{{1,3}}(?i:(?:with|additional)\s(?:additional\s)?(?:reporting|input|inputs|material|files)\s(?:by|from)\s)(?P<who>(?:[Tt]he\s)?{ANY_AGENCY}|[Aa]gencies)\.?$")),
    ("copyright line", re.compile(
        rf"(?i:©|\(c\)|copyright)\s?(?:(?:19|20)\d\d\s)?(?i:by\s)?(?i:the\s)?(?P<who>{AGENCY})[^.]{{0,80}}\.?(?:\sAll rights reserved\.?)?$")),
)  # fmt: skip


_OUTLET_NAME = r"(?:the\s|The\s)?[A-ZА-ЯЁ\d][\w.&’'-]{0,30}(?:\s(?:[A-ZА-ЯЁ\d&][\w.&’'-]{0,30}|of|and)){0,4}"


_HAT_TIP = r"(?i:h(?:at)?\s?[/-]?\s?t(?:ip)?(?:\sto)?|via|sources?)\s?:?\s{1,2}"


_BRACKETS = (
    ("a paragraph closes with a tip of the hat", re.compile(rf"[\[(]{_HAT_TIP}(?P<who>{_OUTLET_NAME})(?:[,;|][^\[\]()\n]{{0,80}})?[\])]\s*$", re.M)),
    ("a paragraph closes with a name in square brackets", re.compile(
        rf"{_ENDED}\s{{1,3}}\[(?P<who>{_OUTLET_NAME})(?:\s(?:via|and|&)\s{_OUTLET_NAME}|,\s{_OUTLET_NAME})?\]\s*$", re.M)),
    ("a line tips its hat", re.compile(rf"^(?i:h(?:at)?\s?/\s?t(?:ip)?)\s?:?\s{{1,2}}(?P<who>{_OUTLET_NAME})\.?\s*$", re.M)),
)  # fmt: skip


_NO_OUTLETS = frozenset(
    {
        "update",
        "updated",
        "editor",
        "ed",
        "sic",
        "video",
        "photo",
        "image",
        "laughs",
        "laughter",
        "applause",
        "crosstalk",
        "pdf",
    }
)


_NAMES = r"[A-ZА-ЯЁ][\w.&’'-]{0,30}(?:\s(?:[A-ZА-ЯЁ][\w.&’'-]{0,30}|and|и|&|agencies|агентства)){0,5}?"


_HEADING = (
    r"(?:(?i:related)\s(?:News|Stor(?:y|ies)|Articles?|Topics?|Content|Posts?)|Read\s(?:More|Also|Next)|More\s(?:News|Stories)"
    r"|Most\s(?:Read|Popular|Viewed)|You\s(?:May|Might)\s(?:Also\s)?Like|Recommended|Читайте\sтакже|По\sтеме)(?!\w)"
)


_BEFORE_HEADING = re.compile(
    rf"(?<!\S)(?:Sources?|Источники?)\s?:?\s(?P<who>{_NAMES})\.?\s{{1,3}}(?P<heading>{_HEADING})"
)


_AMID = re.compile(
    rf"(?<=[.!?\"”’»)\]])\s{{1,3}}(?P<line>(?P<who>(?:{ANY_AGENCY}|[Aa]gencies)(?:(?:\sand|,)\s[\w ]{{1,40}})?)"
    r"\scontributed\sto\sthis\s(?:report|story|article)\b\.?)"
)


_REST = 3000  # characters of furniture after the last credit, in a text without line breaks


_PLACE_BEFORE = re.compile(
    r"(?<!\S)(?=[^\s,]{4})[A-ZА-ЯЁ][A-ZА-ЯЁ’'/-]{2,25}(?:\s[A-ZА-ЯЁ’'/-]{2,25}){0,2}"
    r"(?:,?\s[A-ZА-ЯЁ]?[a-zа-яё]{2,8}\.?\s\d{1,2}|,\s[\w. ]{1,20})?\s$"
)


DASH_AFTER = re.compile(rf"\s?{DASH}{{1,2}}")


_INLINE = re.compile(rf"\((?i:via\s|source:\s)?(?P<who>{AGENCY})\)")


_BYLINE_TAILS = (
    re.compile(
        r"(?<=[.!?\"”’»)])\s{1,2}\(?(?:(?:[Aa]dditional\s)?[Rr]eporting|[Ww]riting|[Ee]diting) by\s[^.]{3,120}(?:\.\s?[A-Z][^.]{0,60}){0,2}"
        r"(?:[;.]\s?(?:[Ww]riting|[Ee]diting|[Aa]dditional reporting)\sby\s[^.;)]{3,80}){0,3}\)?\.?$"
    ),
    re.compile(
        rf"(?<=[.!?\"”’»)])\s{{1,2}}(?!{ANY_AGENCY})[A-Z][\w.-]{{0,15}}(?:\s(?:[Aa]l-)?[A-Z][\w-]{{1,15}}){{0,2}}"
        r"(?:\s?/\s?[A-Z][\w-]{1,15}(?:\s(?:[Aa]l-)?[A-Z][\w-]{1,15})?){1,2}$"
    ),
)


def byline_tail(page: Page) -> Iterator[Found]:
    """Takes "(Reporting by Jane Roe; editing by John Doe)" and "J. Roe / J. Doe" at the very end."""
    end = _tail_end(page)
    tail = page.text[max(0, end - TAIL) : end]
    for pattern in _BYLINE_TAILS:
        match = pattern.search(tail)
        if match:
            begin = end - len(match.group().lstrip())
            yield Found(region(RegionKind.BYLINE, begin, end, "closes with who wrote and edited it"))
            return


def credit_line(page: Page) -> Iterator[Found]:
    """Takes "(Reuters)", "Source: …", "Additional reporting by AFP" on a line of its own, near an edge."""
    for line in page.edges:
        if line.end - line.start > SHORT_LINE or line.start < page.start:
            continue
        text = line.of(page.text)
        for reason, pattern in _CREDIT_LINES:
            match = pattern.fullmatch(text)
            if match and not is_sentence(text):
                who = trim(group_span(match, "who", line.start), page.text)
                if reason != _CONTRIBUTED:
                    yield Found(Region(RegionKind.CREDIT, line, reason), named(page.text, who))
                    break
                stated = outlets(page.text, who)
                yield Found(Region(RegionKind.CREDIT if stated else RegionKind.BYLINE, line, reason), stated)
                break


def _tail_end(page: Page) -> int:
    """Where the text ends once furniture after its last sentence is taken off."""
    end = len(page.text.rstrip())
    for found in boilerplate_tail(page):
        end = min(end, found.region.span.start)
    return len(page.text[:end].rstrip())


def credit_tail(page: Page) -> Iterator[Found]:
    """Takes "… said. --AFP", "… said. (Reuters)" at the end of the last sentence: the credit's characters only."""
    end = _tail_end(page)
    ends = [end, *(len(page.text[: f.region.span.start].rstrip(" (")) for f in byline_tail(page))]
    for stop in ends:
        tail = page.text[max(0, stop - TAIL) : stop]
        for reason, pattern in _CREDIT_TAILS:
            match = pattern.search(tail)
            if match:
                offset = stop - len(tail)
                begin = match.start() + len(match.group()) - len(match.group().lstrip()) + offset
                who = trim(group_span(match, "who", offset), page.text)
                yield Found(
                    region(RegionKind.CREDIT, begin, match.end() + offset, reason),
                    named(page.text, who),
                )
                break


def credit_bracket(page: Page) -> Iterator[Found]:
    """Takes "[WSJ]", "[h/t The Mast, Photo: …]", "(H/T: Bay Mail)" at the end of a paragraph: whom a blog has it from."""
    for reason, pattern in _BRACKETS:
        for match in islice(pattern.finditer(page.text, page.start), 5):
            who = trim(group_span(match, "who"), page.text)
            if who.of(page.text).split()[0].casefold().strip(".:’'") not in _NO_OUTLETS:
                span = Span(*match.span())
                begin = span.start + len(match.group()) - len(match.group().lstrip())
                end = span.start + len(match.group().rstrip())
                yield Found(region(RegionKind.CREDIT, begin, end, reason), named(page.text, who))


def credit_before_heading(page: Page) -> Iterator[Found]:
    """Takes "Source AFP" where "Related News" and the headlines of other articles run on behind it, and those too."""
    for match in islice(_BEFORE_HEADING.finditer(page.text), 20):
        stop = page.text.find("\n", match.end())
        stop = len(page.text) if stop < 0 else stop
        if stop - match.end() > _REST:
            continue
        who = group_span(match, "who")
        yield Found(
            region(
                RegionKind.CREDIT,
                match.start(),
                who.end,
                "whom it rests on, before other articles' headlines",
            ),
            named(page.text, who),
        )
        rest = page.text[:stop].rstrip()
        yield Found(
            region(RegionKind.BOILERPLATE, match.start("heading"), len(rest), "other articles' headlines")
        )


def contributed_amid(page: Page) -> Iterator[Found]:
    """Takes "Agencies contributed to this report." after any sentence: a caption may stand behind it."""
    for match in islice(_AMID.finditer(page.text), 20):
        yield Found(
            region(RegionKind.CREDIT, *match.span("line"), "says who contributed"),
            named(page.text, trim(group_span(match, "who"), page.text)),
        )


def dateline_inline(page: Page) -> Iterator[Found]:
    """Takes "PORT ALDER (Reuters) -" where a summary stands before it, in a text without line breaks."""
    for match in islice(_INLINE.finditer(page.text), 50):
        before = _PLACE_BEFORE.search(page.text[max(0, match.start() - 60) : match.start()])
        if before:
            after = DASH_AFTER.match(page.text, match.end())
            span = Span(match.start() - len(before.group()), after.end() if after else match.end())
            region = Region(RegionKind.DATELINE, span, "a place and an agency in brackets")
            yield Found(region, named(page.text, group_span(match, "who")))


def caption_inline(page: Page) -> Iterator[Found]:
    """Takes "(AFP)" amid the text: a caption's credit run into the body, or an aside; its own characters only."""
    for match in islice(_INLINE.finditer(page.text), 50):
        who = group_span(match, "who")
        region = Region(RegionKind.PHOTO_CREDIT, Span(*match.span()), "an agency in brackets amid the text")
        yield Found(region, (Credit(CreditKind.PHOTO, who.of(page.text), who),))
