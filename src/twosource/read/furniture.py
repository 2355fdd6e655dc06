"""Rules for what surrounds an article: pictures' credits, footnotes, boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ..model import Credit, CreditKind, Region, RegionKind, Span
from .agencies import AGENCY, ANY_AGENCY
from .page import DASH, SHORT_LINE, TAIL, Found, Page, group_span, is_sentence, region, trim

_PHOTO_WORD = (
    r"(?:photo|photos|photograph|picture|image|images|video|pic|footage|фото|фотография|видео|изображение)"
)


_PHOTO_LINE = re.compile(
    rf"[\[(]?{_PHOTO_WORD}(?:\s(?:source|credit|courtesy|by|via|of|from|источник))?\s{{0,2}}(?::|©|by\b|via\b|courtesy\b)\s{{0,3}}(?:{DASH}\s?)?(?P<who>\S.{{0,120}})",
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


def picture_credit(line: str) -> str:
    """Whom a line under a picture credits, "" when it credits nobody: for mark-up, where no rule reaches."""
    for pattern in (_PHOTO_LINE, _CAPTION, _PICTURE_RIGHTS):
        match = pattern.fullmatch(line[:300])
        if match and len(match["who"].split()) <= 6:
            return match["who"].strip(" \t.,;:)]")
    inline = _PHOTO_INLINE.search(line[:1000])
    if inline:
        return next(inline[g] for g in ("who", "bank", "wirephoto") if inline[g]).strip()
    return ""


def photo_line(page: Page) -> Iterator[Found]:
    """Takes "Photo source: — @name", "Фото: …" on a line of its own: evidence, not an origin."""
    for line in page.lines:
        text = line.of(page.text) if line.end - line.start <= SHORT_LINE else ""
        match = _PHOTO_LINE.fullmatch(text) or _CAPTION.fullmatch(text) or _PICTURE_RIGHTS.fullmatch(text)
        if match and not is_sentence(match["who"]):
            who = trim(group_span(match, "who", line.start), page.text)
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
            (Credit(CreditKind.PHOTO, match[group].strip(), group_span(match, group)),),
        )


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
        tail = page.text[max(0, end - TAIL) : end]
        for reason, pattern in _BOILERPLATE_TAILS:
            match = pattern.search(tail)
            if match:
                begin = end - len(tail) + match.start()
                begin += len(match.group()) - len(match.group().lstrip())
                yield Found(region(RegionKind.BOILERPLATE, begin, end, reason))
                end = len(page.text[:begin].rstrip())
                break
        else:
            return
