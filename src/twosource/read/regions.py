"""What of a text is not body: title, byline, dateline, credit, photo credit, footnote, boilerplate.

RULES is the whole list, in order; an earlier rule keeps its characters from a later one. A rule sees one
`Page` and yields what it found with its reason. Many texts have no line breaks left, so the rules look at
the edges of the text as well as at whole lines; in a sentence they take only the credit's own characters.
Every pattern is bounded and looks at a bounded stretch: time grows with the length of the text, no faster.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from ..model import Credit, CreditKind, Precision, Published, Region, RegionKind, Span
from . import dates
from .agencies import AGENCY, ANY_AGENCY, is_same

_EDGE_LINES = 12  # how many lines at the top and at the bottom may be a header or a footer
_HEAD = 400  # how far into a text without line breaks its header may reach
_TAIL = 400
_SHORT_LINE = 200


@dataclass(frozen=True)
class Page:
    """A text as the rules see it, with what its container says of it."""

    text: str
    title: str = ""
    outlet: str = ""
    titled: bool = False
    day_first: bool | None = None

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """Every line that is not blank, without the white space around it."""
        found = []
        for match in re.finditer(r"[^\n\r]+", self.text):
            line = match.group()
            left = len(line) - len(line.lstrip())
            kept = line.strip()
            if kept:
                found.append(Span(match.start() + left, match.start() + left + len(kept)))
        return tuple(found)

    @cached_property
    def edges(self) -> tuple[Span, ...]:
        """The lines at the top and at the bottom."""
        if len(self.lines) <= 2 * _EDGE_LINES:
            return self.lines
        return self.lines[:_EDGE_LINES] + self.lines[-_EDGE_LINES:]

    @cached_property
    def header(self) -> tuple[tuple[str, Span, Span], ...]:
        """The header block at the top, "Outlet: …" and the like: (field, whole line, value)."""
        found = []
        for line in self.lines[:_EDGE_LINES]:
            match = _HEADER.fullmatch(line.of(self.text)) if line.end - line.start <= 500 else None
            if not match:
                break
            found.append((_FIELDS[match["field"].casefold()], line, _at(match, "value", line.start)))
        # one line alone may be a sentence ("Source: he is lying"); two or a date are a block
        if len(found) == 1 and found[0][0] not in ("published", "url", "outlet", "title"):
            return ()
        return tuple(found)

    @cached_property
    def start(self) -> int:
        """Where the text begins after its header block."""
        return self.header[-1][1].end if self.header else 0

    @cached_property
    def opening(self) -> tuple[Span, Span | None, Span | None]:
        """The part of the head before the body: (date line, title in it, credit after it)."""
        return _opening(self)


@dataclass(frozen=True, slots=True)
class Found:
    """One region with what else it shows: a credit, the byline, a publication time."""

    region: Region
    credits: tuple[Credit, ...] = ()
    published: Published | None = None


Rule = Callable[[Page], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything the rules found in one text. `fields` is the header block's metadata."""

    regions: tuple[Region, ...]
    credits: tuple[Credit, ...]
    published: Published
    title: str
    byline: str
    dateline: str
    fields: dict[str, str]


def parts(page: Page) -> Parts:
    """Apply every rule, in order, and gather the regions in text order."""
    fields = {name: value.of(page.text) for name, _, value in reversed(page.header)}
    page = replace(
        page, title=page.title or fields.get("title", ""), outlet=page.outlet or fields.get("outlet", "")
    )
    kept: list[Found] = []
    taken: list[Span] = []  # in text order, none overlapping
    for rule in RULES:
        for found in rule(page):
            span = found.region.span
            at = bisect_left(taken, span)
            free = (at == 0 or taken[at - 1].end <= span.start) and (
                at == len(taken) or span.end <= taken[at].start
            )
            if span.start < span.end and free:
                taken.insert(at, span)
                kept.append(found)
    kept.sort(key=lambda f: f.region.span)

    def first(kind: RegionKind) -> str:
        return next((f.region.span.of(page.text) for f in kept if f.region.kind is kind), "")

    own = page.outlet
    credited = tuple(c for f in kept for c in f.credits if not is_same(c.target, own))
    times = [f.published for f in kept if f.published]
    published = max(
        times, key=lambda p: (p.start is not None, p.precision is Precision.MINUTE), default=Published()
    )
    return Parts(
        tuple(f.region for f in kept),
        credited,
        published,
        page.title or first(RegionKind.TITLE),
        fields.get("byline", "") or first(RegionKind.BYLINE),
        first(RegionKind.DATELINE),
        fields,
    )


# ------------------------------------------------------------------------ patterns

_FIELDS = {
    "outlet": "outlet", "publication": "outlet", "publisher": "outlet", "site": "outlet", "издание": "outlet",
    "date": "published", "published": "published", "дата": "published", "опубликовано": "published",
    "url": "url", "link": "url", "ссылка": "url",
    "title": "title", "headline": "title", "заголовок": "title",
    "author": "byline", "byline": "byline", "автор": "byline",
    "language": "language", "lang": "language", "язык": "language",
    "source": "source", "источник": "source",
}  # fmt: skip
_HEADER = re.compile(
    rf"(?P<field>{'|'.join(_FIELDS)})\s{{0,3}}:\s{{0,3}}(?P<value>\S.{{0,450}})", re.IGNORECASE
)

_NAME = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][\w.’'-]{0,30}"
_PEOPLE = rf"{_NAME}(?:\s(?:al-|el-|de\s|van\s|von\s)?{_NAME}){{0,3}}(?:(?:,|\sand|\s&|\sи)\s{_NAME}(?:\s{_NAME}){{0,3}}){{0,4}}"
_BYLINE = re.compile(
    rf"(?i:by|автор:?|текст:?|written by|reported by|story by)\s{{1,3}}(?P<who>{_PEOPLE})"
    r"(?:\s?[|,(/–—-].{0,110}|\s(?:in|for|at|of|для)\s(?:the\s)?[A-ZА-ЯЁ].{0,60})?"
)
_BYLINE_STARTS = re.compile(r"(?:By|BY|by|Автор|Текст|Written by|Story by)\b")
_TIME_WORD = re.compile(rf"(?:{dates.WEEKDAY}|{dates.MONTH})\b", re.IGNORECASE)

_PLACE = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'-]{0,25}(?:[\s/-][A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'.-]{0,25}){0,3}"
_CAPITALS = (
    r"[A-ZÀ-ÖØ-ÞА-ЯЁ]{2}[A-ZÀ-ÖØ-ÞА-ЯЁ’'.-]{0,25}(?:[\s/][A-ZÀ-ÖØ-ÞА-ЯЁ][A-ZÀ-ÖØ-ÞА-ЯЁ’'.-]{0,25}){0,3}"
)
_DASH = r"(?:--?|[–—−])"
_DATELINES = (
    # BEIRUT (Reuters) -   Port Alder, March 3 (Meridian Wire) —
    re.compile(
        rf"(?P<place>{_PLACE})(?:\s?,\s[\w.\s,]{{1,40}})?\s?\((?P<agency>[A-ZА-ЯЁ][^()\n]{{1,40}})\)\s?{_DASH}{{0,2}}(?=\s|\w)"
    ),
    # МОСКВА, 12 мар — РИА Новости.   МОСКВА, 12 марта. /ТАСС/.
    re.compile(
        rf"(?P<place>{_CAPITALS}),\s\d{{1,2}}\s\w{{3,9}}\.?\s?(?:{_DASH}\s?|/)(?P<agency>{ANY_AGENCY})(?:/\.?|\.)(?=\s)"
    ),
    # WASHINGTON —   DUBAI -   LONDON, Jan. 3 -
    re.compile(
        rf"(?P<place>{_CAPITALS}(?:,\s[A-ZÀ-Þ][\w.]{{1,15}}){{0,2}})(?:,\s[A-Z][a-z]{{2,8}}\.?\s\d{{1,2}})?\s?{_DASH}{{1,2}}(?=\s\S)"
    ),
    # (Reuters) - with no place
    re.compile(rf"\((?P<agency>(?P<place>{ANY_AGENCY}))\)\s?{_DASH}{{1,2}}"),
)
_PLACE_COLON = re.compile(rf"(?P<place>{_CAPITALS}):(?=\s[A-Z])")  # BEIRUT: the first words of the body only
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
        rf"[\[(/{{]?{_DASH}{{0,2}}\s?(?P<who>(?:[Tt]he\s)?{ANY_AGENCY}(?:\s?[/,&]\s?{ANY_AGENCY}){{0,4}})[\])/}}]?\.?")),
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
        rf"{_ENDED}\s{{0,3}}{_DASH}{{1,2}}\s?(?P<who>{AGENCY})[\w\s/]{{0,12}}\.?$")),
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
_BETWEEN = re.compile(r"\s?(?:[,/&+;]|\band\b|\bи\b)\s?(?:and\s)?")
_ANY_AGENCY = re.compile(rf"(?<!\w){ANY_AGENCY}")
_OUTLET = re.compile(
    rf"^(?:the\s)?{ANY_AGENCY}$|(?i:\b(?:news|times|post|press|agency|agencies|wire|tv|radio|herald|courier|journal|gazette"
    r"|tribune|telegraph|guardian|observer|chronicle|mail|mirror|media|network|channel|magazine|online|portal|новости|агентство)"
    r"\b|\.\w{2,4}$)"
)
_PLACE_BEFORE = re.compile(
    r"(?<!\S)(?=[^\s,]{4})[A-ZА-ЯЁ][A-ZА-ЯЁ’'/-]{2,25}(?:\s[A-ZА-ЯЁ’'/-]{2,25}){0,2}"
    r"(?:,?\s[A-ZА-ЯЁ]?[a-zа-яё]{2,8}\.?\s\d{1,2}|,\s[\w. ]{1,20})?\s$"
)
_DASH_AFTER = re.compile(rf"\s?{_DASH}{{1,2}}")
_INLINE = re.compile(rf"\((?i:via\s|source:\s)?(?P<who>{AGENCY})\)")

_PHOTO_WORD = (
    r"(?:photo|photos|photograph|picture|image|images|video|pic|footage|фото|фотография|видео|изображение)"
)
_PHOTO_LINE = re.compile(
    rf"[\[(]?{_PHOTO_WORD}(?:\s(?:source|credit|courtesy|by|via|of|from|источник))?\s{{0,2}}(?::|©|by\b|via\b|courtesy\b)\s{{0,3}}(?:{_DASH}\s?)?(?P<who>\S.{{0,120}})",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    rf".{{3,150}}[.)]\s(?i:{_PHOTO_WORD}s?(?:\s(?:credit|source|by|courtesy of))?)\s?:\s(?P<who>\S.{{0,60}})"
)
_PICTURE_RIGHTS = re.compile(
    rf".{{0,100}}(?:©|\(c\))\s?(?P<who>(?:.{{0,40}}\b)?(?i:{_PHOTO_WORD}|Getty|Shutterstock|Depositphotos|iStock|Alamy)\b.{{0,60}})"
)
_PHOTO_INLINE = re.compile(
    rf"\((?:(?i:{_PHOTO_WORD}(?:\s(?:source|credit|courtesy|by|via))?)\s?[:—–-]\s?(?P<who>[^()\n]{{2,80}})"
    rf"|(?P<bank>(?:{AGENCY}/)?(?i:Getty(?:\sImages)?|Shutterstock|iStock|Alamy)(?:/[^()\n]{{1,40}})?)"
    rf"|(?P<wirephoto>{AGENCY}\s?(?:[Pp]hoto|[Aa]rchives?|[Ff]ile|/\s?[A-Z][^()\n]{{2,40}})))\)"
)
_FOOTNOTE = re.compile(
    r"(?:\*{1,3}|[†‡¹²³]|\[\d{1,2}\])\s{0,2}(?:[-–—]\s{0,2})?(?=\w).{5,400}|(?:note|editor['’]s note|примечание)\s?:\s.{5,400}",
    re.IGNORECASE,
)
_SHARE = (
    r"facebook|twitter|google(?:\splus|\+)?|linkedin|whatsapp|telegram|reddit|pinterest|e-?mail|livejournal"
    r"|одноклассники|одноклассниках|вконтакте|вк|твиттер|фейсбук|телеграм|мой мир"
)
_BOILERPLATE_LINES = (
    ("share buttons", re.compile(
        rf"(?:share|tweet|pin|print|email|like|follow(?:\sus)?)(?:\s(?:this|the|it|on|via|us|with|news|story|article|post|page|friends|to))*(?:\s(?:{_SHARE}))*[\s:!.|]*", re.IGNORECASE)),
    ("share buttons", re.compile(rf"(?:(?:{_SHARE}|print|comments?|share|tweet)[\s|,·•]{{0,5}}){{1,12}}", re.IGNORECASE)),
    ("share buttons", re.compile(r"(?:опубликовать|поделиться|отправить|рассказать)(?:\sв|\sна|\sс)?(?:\s[\w.\s]{1,60})?", re.IGNORECASE)),
    ("follow us", re.compile(r"(?:follow|like|find|join)\s(?:us|@\w{1,30}|[\w\s]{1,40})\son\s[\w\s,&]{1,60}\.?|follow\s@\w{1,30}\.?|подписывайтесь.{0,120}|подпишитесь.{0,120}", re.IGNORECASE)),
    ("subscribe", re.compile(r"(?:subscribe|sign up|get our|join our|support (?:us|our)|donate|register)\b.{0,160}", re.IGNORECASE)),
    ("newsletter", re.compile(r".{0,100}\b(?:newsletter|your inbox|mailing list)\b.{0,100}", re.IGNORECASE)),
    ("read more", re.compile(r"(?:read (?:more|also|next|the (?:full|rest)|this|it here)|see also|more on this|related|recommended|watch(?::| the (?:full )?(?:video|clip|interview)| a clip)|click here|continue reading|читать далее|читайте (?:также|ещё|еще)|смотрите также|подробнее)\b.{0,160}", re.IGNORECASE)),
    ("cookies", re.compile(r".{0,160}\b(?:cookies?\s(?:policy|settings)|uses? cookies|accept (?:all )?cookies|privacy policy|terms of (?:use|service)|файлы cookie)\b.{0,160}", re.IGNORECASE)),
    ("rights", re.compile(r"(?:©|\(c\)\s|copyright\b|all rights reserved|все права защищены).{0,180}", re.IGNORECASE)),
    ("page furniture", re.compile(r"(?:advertisement|advertising|реклама|sponsored|video loading|poll loading.{0,3}|loading.{0,3}|image|play video|comments?(?: \(\d+\))?|leave a (?:comment|reply)|комментарии|tags?:.{0,160}|теги:.{0,160}|filed under:.{0,160}|abstract\.?|full text\.?|more to come\.?|[*~_=\-–—.•·\s]{3,80}|x\.|\d{1,3} (?:comments|shares|views))", re.IGNORECASE)),
)  # fmt: skip
_BOILERPLATE_TAILS = (
    ("read more", re.compile(r"(?<=\S)\s{1,3}(?:Read Also|Read More)(?:\s(?:Twitter|Facebook)){0,3}$")),
    ("read more", re.compile(r"(?<=[.!?\"”’»)\d])\s{1,3}(?:Twitter|Facebook|English bulletin|Launched in London)(?:\s(?:Twitter|Facebook)){0,3}$")),
    ("comment form", re.compile(r"\s{0,2}Community standards\s?Discussion.{0,200}$")),
    ("house rules", re.compile(r"\s{0,2}Our Standards:\s?The Thomson Reuters Trust Principles\.?$")),
    ("last update", re.compile(r"(?i:last updated?:?)\s(?=[^.!?]{0,60}\d)[^.!?]{5,90}$")),
    ("desk's mark", re.compile(rf"(?<=[.!?\"”’»)])[ ]{{1,2}}(?!{ANY_AGENCY})(?:[A-Z]{{2,5}}(?:\s\d{{1,3}})?|\d{{1,3}}(?:-\d{{1,2}})?)$")),
)  # fmt: skip
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


def _at(match: re.Match[str], group: str, offset: int = 0) -> Span:
    return Span(match.start(group) + offset, match.end(group) + offset)


def _region(kind: RegionKind, start: int, end: int, reason: str) -> Region:
    return Region(kind, Span(start, end), reason)


def _named(text: str, span: Span) -> tuple[Credit, ...]:
    """The names in a credit, each with its own span: "AP, Reuters and AFP" are three."""
    found: list[Credit] = []
    start = span.start
    for part in (*_BETWEEN.finditer(text, span.start, span.end), None):
        end = part.start() if part else span.end
        name = _trim(Span(start, end), text)
        several = _agencies(text, name)
        if len(several) > 1:
            found += several
        elif name.of(text).strip():
            found.append(Credit(CreditKind.AGENCY, name.of(text), name))
        start = part.end() if part else end
    return tuple(found)


def _outlets(text: str, span: Span) -> tuple[Credit, ...]:
    """The names in a credit that can be an outlet's or an agency's, people left out."""
    return tuple(c for c in _named(text, span) if _can_be_outlet(c.target))


def _can_be_outlet(name: str) -> bool:
    if re.search(r"['’]s?\s", name):
        return False
    return _OUTLET.search(name) is not None or re.fullmatch(r"[\w.-]+", name) is not None


def _agencies(text: str, span: Span) -> tuple[Credit, ...]:
    """The known agencies that a stretch of text names."""
    hits = _ANY_AGENCY.finditer(text, span.start, span.end)
    return tuple(Credit(CreditKind.AGENCY, m.group(), Span(*m.span())) for m in hits)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


# --------------------------------------------------------------------------- rules


def header_block(page: Page) -> Iterator[Found]:
    """Lines "Outlet: …", "Date: …", "URL: …" at the top: metadata, no body."""
    for name, line, value in page.header:
        published = dates.parse(value.of(page.text), page.day_first) if name == "published" else None
        stated = _named(page.text, value) if name == "source" else ()
        yield Found(Region(RegionKind.BOILERPLATE, line, f"header block: {name}"), stated, published)


def known_title(page: Page) -> Iterator[Found]:
    """The title that the container names, where the text begins with it or repeats it at the end."""
    title = _letters(page.title)
    if len(title) < 8:
        return
    _, head, _ = page.opening
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
    if _letters(bare) != title:
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
    if line.end - line.start > _SHORT_LINE or text[0] in "\"“«„‘'—–-(*•" or longest < 60:
        return
    if _dateline(text) or _BYLINE_STARTS.match(text) or len(text.split()) < 2:
        return
    ends = text.rstrip("\"”»’' ")[-1:]
    if ends in ":,;" or (
        ends == "." and not (page.titled and len(text) <= 140 and longest > 1.5 * len(text))
    ):
        return
    if not page.titled and (longest < 2 * len(text) or ends in "!?"):
        return
    yield Found(Region(RegionKind.TITLE, line, "a short first line"))


def repeated_first_line(page: Page) -> Iterator[Found]:
    """The first line again at the bottom, perhaps with the date after it."""
    rest = [line for line in page.lines if line.start >= page.start]
    if page.title or len(rest) < 3 or rest[0].end - rest[0].start > _SHORT_LINE:
        return
    title = _letters(rest[0].of(page.text))
    if len(title) < 8:
        return
    for line in rest[-6:]:
        text = line.of(page.text)
        if line.start > rest[0].start and len(text) <= _SHORT_LINE + 40 and not text.endswith("."):
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
            yield Found(region, _agencies(page.text, line))


def byline_tail(page: Page) -> Iterator[Found]:
    """Takes "(Reporting by Jane Roe; editing by John Doe)" and "J. Roe / J. Doe" at the very end."""
    end = _tail_end(page)
    tail = page.text[max(0, end - _TAIL) : end]
    for pattern in _BYLINE_TAILS:
        match = pattern.search(tail)
        if match:
            begin = end - len(match.group().lstrip())
            yield Found(_region(RegionKind.BYLINE, begin, end, "closes with who wrote and edited it"))
            return


def _opening(page: Page) -> tuple[Span, Span | None, Span | None]:
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
            agency = _at(match, "who")
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
    window = page.text[at : at + _HEAD]
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
    wanted = _letters(title)
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
    date, _, agency = page.opening
    if agency:
        yield Found(
            Region(RegionKind.CREDIT, agency, "an agency beside the title"), _agencies(page.text, agency)
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
            and not _ANY_AGENCY.fullmatch(match["agency"])
            and not _DASH_AFTER.match(text, match.end("agency") + 1)
        ):
            continue
        return match
    return None


def dateline(page: Page) -> Iterator[Found]:
    """Takes "BEIRUT (Reuters) -", "МОСКВА, 12 мар — РИА Новости." before the first sentence: its own characters only."""
    date, title, _ = page.opening
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
        stated = _outlets(page.text, _at(match, "agency", at)) if agency else ()
        if len(stated) > 1 and not all(_ANY_AGENCY.fullmatch(c.target) for c in stated):
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


def photo_line(page: Page) -> Iterator[Found]:
    """Takes "Photo source: — @name", "Фото: …" on a line of its own: evidence, not an origin."""
    for line in page.lines:
        text = line.of(page.text) if line.end - line.start <= _SHORT_LINE else ""
        match = _PHOTO_LINE.fullmatch(text) or _CAPTION.fullmatch(text) or _PICTURE_RIGHTS.fullmatch(text)
        if match and not _is_sentence(match["who"]):
            who = _trim(_at(match, "who", line.start), page.text)
            if len(who.of(page.text).split()) > 6:
                yield Found(Region(RegionKind.BOILERPLATE, line, "a line that leads to pictures"))
                continue
            yield Found(
                Region(RegionKind.PHOTO_CREDIT, line, "a line that credits a picture"),
                (Credit(CreditKind.PHOTO, who.of(page.text), who),),
            )


def photo_inline(page: Page) -> Iterator[Found]:
    """Takes "(Photo: …)", "(Getty Images)" anywhere: the brackets only."""
    for match in islice(_PHOTO_INLINE.finditer(page.text), 200):
        group = next(g for g in ("who", "bank", "wirephoto") if match[g])
        yield Found(
            Region(RegionKind.PHOTO_CREDIT, Span(*match.span()), "a picture's credit in brackets"),
            (Credit(CreditKind.PHOTO, match[group].strip(), _at(match, group)),),
        )


def _is_sentence(text: str) -> bool:
    """Whether words after a credit's colon go on like a sentence."""
    return len(text.split()) > 8 and text.rstrip().endswith((".", "!", "?"))


def _trim(span: Span, text: str) -> Span:
    start, end = span
    while end > start and text[end - 1] in " \t.,;:)]":
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def credit_line(page: Page) -> Iterator[Found]:
    """Takes "(Reuters)", "Source: …", "Additional reporting by AFP" on a line of its own, near an edge."""
    for line in page.edges:
        if line.end - line.start > _SHORT_LINE or line.start < page.start:
            continue
        text = line.of(page.text)
        for reason, pattern in _CREDIT_LINES:
            match = pattern.fullmatch(text)
            if match and not _is_sentence(text):
                who = _trim(_at(match, "who", line.start), page.text)
                if reason != _CONTRIBUTED:
                    yield Found(Region(RegionKind.CREDIT, line, reason), _named(page.text, who))
                    break
                stated = _outlets(page.text, who)
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
        tail = page.text[max(0, stop - _TAIL) : stop]
        for reason, pattern in _CREDIT_TAILS:
            match = pattern.search(tail)
            if match:
                offset = stop - len(tail)
                begin = match.start() + len(match.group()) - len(match.group().lstrip()) + offset
                who = _trim(_at(match, "who", offset), page.text)
                yield Found(
                    _region(RegionKind.CREDIT, begin, match.end() + offset, reason),
                    _named(page.text, who),
                )
                break


def agency_before_date(page: Page) -> Iterator[Found]:
    """Takes "Two cranes burn in Port Alder Reuters Monday 3 March 2031": headline, agency, date, run together."""
    if page.opening[2]:
        return
    window = page.text[page.start : page.start + _HEAD]
    for match in islice(_AGENCY_NEXT.finditer(window), 10):
        who = _at(match, "who", page.start)
        date = _date_at(page, page.start + match.end())
        before = page.text[page.start : who.start]
        if date is None or len(before) > 250 or (before and not before[-1].isspace()):
            continue
        begin = page.start + len(before) - len(before.lstrip())
        end = page.start + len(before.rstrip())
        stamp = next(dates.find(date.of(page.text), page.day_first), None)
        yield Found(_region(RegionKind.TITLE, begin, end, "the words before agency and date"))
        yield Found(Region(RegionKind.CREDIT, who, "an agency before the date"), _agencies(page.text, who))
        yield Found(
            Region(RegionKind.DATELINE, date, "the date after the agency"), (), stamp[1] if stamp else None
        )
        return


def dateline_inline(page: Page) -> Iterator[Found]:
    """Takes "PORT ALDER (Reuters) -" where a summary stands before it, in a text without line breaks."""
    for match in islice(_INLINE.finditer(page.text), 50):
        before = _PLACE_BEFORE.search(page.text[max(0, match.start() - 60) : match.start()])
        if before:
            after = _DASH_AFTER.match(page.text, match.end())
            span = Span(match.start() - len(before.group()), after.end() if after else match.end())
            region = Region(RegionKind.DATELINE, span, "a place and an agency in brackets")
            yield Found(region, _named(page.text, _at(match, "who")))


def caption_inline(page: Page) -> Iterator[Found]:
    """Takes "(AFP)" amid the text: a caption's credit run into the body, or an aside; its own characters only."""
    for match in islice(_INLINE.finditer(page.text), 50):
        who = _at(match, "who")
        region = Region(RegionKind.PHOTO_CREDIT, Span(*match.span()), "an agency in brackets amid the text")
        yield Found(region, (Credit(CreditKind.PHOTO, who.of(page.text), who),))


def footnote(page: Page) -> Iterator[Found]:
    """Takes "* – An organisation banned …" on a line of its own in the lower half, or an editor's note."""
    for i, line in enumerate(page.lines):
        text = line.of(page.text) if line.end - line.start <= 500 else ""
        low = i >= len(page.lines) // 2 or text.lower().startswith("editor")
        if low and _FOOTNOTE.fullmatch(text):
            yield Found(Region(RegionKind.FOOTNOTE, line, "a line that opens with a footnote's mark"))


def boilerplate_line(page: Page) -> Iterator[Found]:
    """Share buttons, subscriptions, "Read more", cookies, rights: whole lines only."""
    edges = set(page.edges)
    for line in page.lines:
        if line.end - line.start > (340 if line in edges else 120):
            continue
        text = line.of(page.text)
        for reason, pattern in _BOILERPLATE_LINES:
            if pattern.fullmatch(text):
                yield Found(Region(RegionKind.BOILERPLATE, line, reason))
                break


def boilerplate_tail(page: Page) -> Iterator[Found]:
    """Furniture after the last sentence of a text without line breaks."""
    end = len(page.text.rstrip())
    for _ in range(3):
        tail = page.text[max(0, end - _TAIL) : end]
        for reason, pattern in _BOILERPLATE_TAILS:
            match = pattern.search(tail)
            if match:
                begin = end - len(tail) + match.start()
                begin += len(match.group()) - len(match.group().lstrip())
                yield Found(_region(RegionKind.BOILERPLATE, begin, end, reason))
                end = len(page.text[:begin].rstrip())
                break
        else:
            return


RULES: tuple[Rule, ...] = (
    header_block,
    known_title,
    head_date,
    agency_before_date,
    byline,
    dateline,
    photo_line,
    photo_inline,
    credit_line,
    boilerplate_tail,
    byline_tail,
    credit_tail,
    dateline_inline,
    caption_inline,
    first_line_title,
    repeated_first_line,
    footnote,
    boilerplate_line,
    date_line,
)
