"""Draft → Article: regions, credits, date, language, digest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from ..language.identify import UNKNOWN, language_of
from ..model import Article, Credit, CreditKind, Precision, Published, Region, RegionKind
from . import dates
from .agencies import is_agency, is_same
from .page import Page
from .regions import parts
from .values import Draft

_HEAD = 100  # characters in which a printed date is looked for, to be read in the order of the record's
_LEDE = 600  # characters in which a relative date may stand for the day of publication


def build(draft: Draft, id: str, day_first: bool | None = None) -> Article:  # noqa: A002 - the field's name
    """The finished article of a draft, under the id that it has in the pile."""
    text = clean(draft.text)
    if (
        day_first is None
        and draft.published.precision in (Precision.DAY, Precision.MINUTE)
        and draft.published.start
    ):
        day_first = dates.order_near(text[:_HEAD], draft.published.start)
    page = Page(text, clean(draft.title), clean(draft.outlet), draft.titled, day_first)
    found = parts(page)
    outlet = page.outlet or found.fields.get("outlet", "")
    byline = clean(draft.byline) or found.byline
    credited = [*draft.credits, *found.credits]
    if draft.byline and is_agency(draft.byline) and not is_same(draft.byline, outlet):
        credited = _with_agency(credited, draft.byline.strip())
    language = draft.language or found.fields.get("language", "")
    article = Article(
        id=id,
        path=clean(draft.path),
        text=text,
        sha256="",
        record=draft.record,
        title=found.title,
        outlet=outlet,
        url=clean(draft.url) or found.fields.get("url", ""),
        canonical_url=clean(draft.canonical_url),
        byline=byline,
        dateline=found.dateline or clean(draft.dateline),
        published=_published(draft, found.published, text, found.regions),
        language=_code(language) or _language(text, page.title),
        credits=tuple(_clean_credit(c) for c in credited if not _own(c, outlet)),
        regions=found.regions,
    )
    return replace(article, sha256=digest(article))


def digest(article: Article) -> str:
    """The SHA-256, in hex, of everything but where the article was found: not `id`, `path` and `record`."""
    a = article
    start = a.published.start.isoformat() if a.published.start else None
    value = [
        a.text, a.title, a.outlet, a.url, a.canonical_url, a.byline, a.dateline,
        [start, a.published.precision, a.published.raw], a.language,
        [[c.kind, c.target, c.span] for c in a.credits],
        [[r.kind, r.span] for r in a.regions],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()


def clean(text: str) -> str:
    """The text with NUL and lone surrogates, which later stages cannot store, each shown as U+FFFD.

    One code point stands for one, so offsets stay what they were.
    """
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def _clean_credit(credit: Credit) -> Credit:
    return replace(credit, target=clean(credit.target))


def _own(credit: Credit, outlet: str) -> bool:
    return credit.kind is CreditKind.AGENCY and is_same(credit.target, outlet)


def _with_agency(credited: list[Credit], name: str) -> list[Credit]:
    if any(c.kind is CreditKind.AGENCY and is_same(c.target, name) for c in credited):
        return credited
    return [*credited, Credit(CreditKind.AGENCY, name)]


def _published(draft: Draft, found: Published, text: str, regions: tuple[Region, ...]) -> Published:
    """What the container says; what the text says where that is finer, or where the container is silent."""
    stated = Published(draft.published.start, draft.published.precision, clean(draft.published.raw))
    if stated.start is None:
        if found.start:
            return found
        if stated.precision is Precision.RELATIVE:
            return stated
        body = next((r.span.end for r in regions if r.kind is RegionKind.TITLE and r.span.start < 40), 0)
        said = dates.relative(text[body : body + _LEDE])
        return Published(None, Precision.RELATIVE, said) if said else (stated if stated.raw else found)
    printed = found.precision in (Precision.DAY, Precision.MINUTE)
    if draft.any_date and printed and stated.precision is not Precision.MINUTE:
        return found  # a printed date is the publication's; a column "date" may hold the event's
    finer = found.precision is Precision.MINUTE and stated.precision is not Precision.MINUTE
    finer = finer or (
        found.precision is Precision.DAY and stated.precision in (Precision.MONTH, Precision.YEAR)
    )
    if finer and found.start and stated.end and stated.start <= found.start < stated.end:
        return found
    return stated


def _code(language: str) -> str:
    """An ISO 639-1 code from what a record says ("en-GB", "EN"), "" when it says none."""
    code = language.strip().lower().replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _language(text: str, title: str) -> str:
    told = language_of(text)
    return told if told != UNKNOWN else language_of(f"{title} {text}")
