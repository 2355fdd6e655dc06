"""A saved web page → its article, with everything the page says about where it comes from.

trafilatura finds the body. What it replaces or drops is read here first, because it is what provenance
rests on: the address as fetched beside the canonical one, authors such as "Reuters", the byline and the date
as written, links inside the body, and JSON-LD ``isBasedOn``.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from html.parser import HTMLParser as _Stripper
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html

from ..errors import ReadError
from ..language.identify import UNKNOWN, language_of
from ..model import Credit, CreditKind, Precision, Published, Skipped, Span
from . import dates
from .agencies import is_agency
from .decode import decode
from .files import whole
from .furniture import picture_credit
from .values import Draft, Note, ReadOptions, Source, left_out

_MOST_ELEMENTS = 60_000  # beyond it the plain walk takes over: trafilatura's time grows faster than the page
_MOST_LINKS = 500
_MOST_JSON = 1 << 20
_BLOCKS = frozenset(
    [
        "p",
        "head",
        "quote",
        "item",
        "code",
        "row",
        "cell",
        "table",
        "list",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "blockquote",
        "pre",
        "td",
    ]
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_SAVED = re.compile(
    r"(?:saved from url=\(\d{1,6}\)|page saved with SingleFile\s+url:\s*|url:\s*)(?P<url>https?://\S{3,2000})"
    r"|Mirrored from (?P<host>[\w.-]{3,200}/\S{0,2000}) by HTTrack",
    re.IGNORECASE,
)


def read_html(source: Source, options: ReadOptions) -> Iterator[Draft | Note | Skipped]:
    """The article of a saved page. Raises ReadError when the page holds no text to read."""
    data = whole(source.path, 4 * options.max_characters + 4, options.max_characters)
    if not data.strip():
        raise ReadError("the file is empty")
    if b'<meta name="generator" content="twosource">' in data[:2000]:
        yield left_out(source)
        return
    text, remark = decode(data, options.encoding or _declared(data))
    if remark:
        yield Note(source.path, remark)
    yield article(source.path, text, options)


def article(path: str, markup: str, options: ReadOptions) -> Draft:
    """The article in `markup`, a page decoded to characters."""
    tree = _tree(markup)
    page = _Page(tree) if tree is not None else None
    text, links = _body(tree) if tree is not None else ("", ())
    if not text.strip():
        text, links = _stripped(markup), ()
    if not text.strip():
        raise ReadError("no article text found in the page")
    if page is None:
        return Draft(path, text, id=Path(path).stem)
    told = language_of(text)  # before the lang attribute: templates carry a wrong one
    base = page.url or page.canonical_url
    links_out = [
        Credit(CreditKind.LINK, address, span)
        for address, span in ((_joined(base, target), span) for target, span in links)
        if _leads_elsewhere(address, base)
    ]
    return Draft(
        path,
        text,
        id=Path(path).stem,
        title=page.title,
        outlet=page.outlet,
        url=page.url,
        canonical_url=page.canonical_url,
        byline="; ".join(page.authors),
        dateline=page.dateline,
        published=page.published(options.day_first),
        language=told if told != UNKNOWN else page.language,
        credits=(*links_out, *page.credits(text, base)),
    )


def _declared(data: bytes) -> str:
    """The encoding that the mark-up names, where it names one that is not UTF-8 and that exists."""
    match = _CHARSET.search(data[:4096])
    name = match[1].decode("ascii", "ignore").lower() if match else ""
    if (
        name in ("", "utf-8", "utf8", "utf-16", "utf16")
        or data[:3] == b"\xef\xbb\xbf"
        or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    ):
        return ""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            "".encode(name)
        except (LookupError, ValueError):
            return ""
        return "cp1252" if name in ("iso-8859-1", "latin-1", "ascii", "us-ascii") else name
    return ""


def _tree(markup: str) -> Any:
    """The parsed page, or None. libxml2 cuts what is nested deeper than 256 levels."""
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
        return lxml_html.document_fromstring(
            markup.replace("\0", "\ufffd").encode("utf-8", "replace"), parser=parser
        )
    except (etree.LxmlError, ValueError, AssertionError):
        return None


# ---------------------------------------------------------------------------- body


def _body(tree: Any) -> tuple[str, tuple[tuple[str, Span], ...]]:
    """The article's text in paragraphs, and where its links stand in it."""
    body = None
    if sum(1 for _ in tree.iter()) <= _MOST_ELEMENTS:
        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
        from trafilatura import bare_extraction

        try:
            found = bare_extraction(tree, include_links=True, include_comments=False)
        except Exception:  # a library's stumble over hostile mark-up must not end the run
            found = None
        body = getattr(found, "body", None)
    text, links = _flow(body) if body is not None else ("", ())
    if text.strip():
        return text, links
    return _flow(_plain_body(tree))


def _plain_body(tree: Any) -> Any:
    for path in ("//article", "//main", "//body"):
        hits = tree.xpath(path)
        if hits:
            return hits[0]
    return tree


def _flow(body: Any) -> tuple[str, tuple[tuple[str, Span], ...]]:
    """Join the text of a tree, one paragraph per block, white space folded, links kept with their spans."""
    out = _Flow()
    for event, node in etree.iterwalk(body, events=("start", "end", "comment")):
        if event == "comment":
            if out.skip == 0:
                out.add(node.tail)
            continue
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            out.skip += tag in ("script", "style", "noscript", "template", "nav", "form", "button", "svg")
            if tag in _BLOCKS:
                out.block()
            elif tag in ("br", "lb"):
                out.line()
            if tag in ("ref", "a"):
                out.open(node.get("target") or node.get("href") or "")
            out.add(node.text)
        else:
            out.skip -= tag in ("script", "style", "noscript", "template", "nav", "form", "button", "svg")
            if tag in ("ref", "a"):
                out.close()
            if tag in _BLOCKS:
                out.block()
            if node is not body:
                out.add(node.tail)
    return "".join(out.parts), tuple(out.links)


class _Flow:
    """The text so far, with the white space that is still owed."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.owed = ""
        self.skip = 0
        self.opened: list[tuple[str, int]] = []
        self.links: list[tuple[str, Span]] = []

    def add(self, text: str | None) -> None:
        if not text or self.skip:
            return
        words = text.split()
        if text[0].isspace():
            self.space()
        if words:
            self._put(" ".join(words))
        if words and text[-1].isspace():
            self.space()

    def _put(self, text: str) -> None:
        if self.parts:
            text = self.owed + text
        self.owed = ""
        self.parts.append(text)
        self.length += len(text)

    def space(self) -> None:
        self.owed = self.owed or " "

    def line(self) -> None:
        if self.owed != "\n\n":
            self.owed = "\n"

    def block(self) -> None:
        self.owed = "\n\n"

    def open(self, target: str) -> None:
        self.opened.append((target, self.length))

    def close(self) -> None:
        if not self.opened:
            return
        target, start = self.opened.pop()
        said = "".join(self.parts)[start:] if len(self.links) < _MOST_LINKS else ""
        left = len(said) - len(said.lstrip())
        if target and said.strip():
            self.links.append((target.strip(), Span(start + left, self.length)))


class _Words(_Stripper):
    """Words between tags, with no tree: for mark-up that no parser builds one of."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self.hidden += 1
        elif tag in _BLOCKS or tag == "br":
            self.found.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.hidden = max(0, self.hidden - 1)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


def _stripped(markup: str) -> str:
    words = _Words()
    try:
        words.feed(markup[: 1 << 20])
        words.close()
    except (ValueError, AssertionError):
        return ""
    blocks = (" ".join(b.split()) for b in "".join(words.found).split("\n\n"))
    return "\n\n".join(b for b in blocks if b)


def _joined(base: str, target: str) -> str:
    """The full address of a link without its fragment; as written where it is no address at all."""
    try:
        return urldefrag(urljoin(base, target)).url
    except ValueError:
        return target


def _leads_elsewhere(address: str, base: str) -> bool:
    """Whether an address is another page on the web."""
    return address.startswith(("http://", "https://")) and address != _joined("", base)


# ------------------------------------------------------------------------ metadata


class _Page:
    """What the page says of itself."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.meta: dict[str, list[str]] = {}
        for node in tree.iter("meta"):
            name = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
            content = " ".join((node.get("content") or "").split())
            if name and content:
                self.meta.setdefault(name, []).append(content[:2000])
        self.things = tuple(_things(tree))
        self.url = self._fetched()
        self.canonical_url = self._canonical()
        self.title = self._title()
        self.outlet = self._outlet()
        self.authors = self._authors()
        times = [
            " ".join(t.text_content().split())
            for t in tree.xpath("//article//time | //header//time | //time")[:3]
        ]
        self.dateline = next((t[:200] for t in times if t), "")
        self.language = (tree.get("lang") or "").split("-")[0].lower()

    def first(self, *names: str) -> str:
        """The first content of the first of these meta tags that is there."""
        return next((self.meta[n][0] for n in names if n in self.meta), "")

    def _fetched(self) -> str:
        for comment in self.tree.xpath("//comment()")[:50]:
            match = _SAVED.search((comment.text or "")[:4000])
            if match:
                return match["url"] or "http://" + match["host"]
        return ""

    def _canonical(self) -> str:
        base = self.tree.xpath("string(//base/@href)")
        found = self.tree.xpath("string(//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href)")
        found = str(found).strip() or self.first("og:url") or self._said("url")
        return _joined(str(base), found) if found else ""

    def _title(self) -> str:
        headings = [" ".join(h.text_content().split()) for h in self.tree.xpath("//h1")[:3]]
        return (
            self.first("og:title", "twitter:title")
            or self._said("headline")
            or next((h for h in headings if h), "")
            or " ".join(str(self.tree.xpath("string(//title)")).split())
        )[:1000]

    def _outlet(self) -> str:
        name = self.first("og:site_name", "application-name") or next(
            (n for t in self.things for n in _names(t.get("publisher"))), ""
        )
        if name:
            return name
        try:
            return (urlsplit(self.url or self.canonical_url).hostname or "").removeprefix("www.")
        except ValueError:
            return ""

    def _said(self, key: str) -> str:
        """A plain value in the first JSON-LD article that has it."""
        return next((t[key].strip() for t in self.things if isinstance(t.get(key), str)), "")

    def _authors(self) -> tuple[str, ...]:
        found = [n for t in self.things for n in _names(t.get("author"))]
        for name in ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author"):
            found += self.meta.get(name, [])
        path = (
            "//*[@rel='author' or @itemprop='author' or contains(concat(' ', @class, ' '), ' byline ')"
            " or contains(concat(' ', @class, ' '), ' author ')]"
        )
        found += [" ".join(n.text_content().split()) for n in self.tree.xpath(path)[:5]]
        kept: list[str] = []
        for name in found:
            bare = re.sub(r"^(?:by|автор:?)\s+", "", name, flags=re.IGNORECASE).casefold()
            if (
                0 < len(name) <= 200
                and not name.startswith("http")
                and all(bare not in k.casefold() for k in kept)
            ):
                kept.append(name)
        return tuple(kept[:10])

    def published(self, day_first: bool | None) -> Published:
        """The publication time: what the page states, else what htmldate finds, to the day."""
        stated = [self._said("datePublished")]
        names = ("article:published_time", "og:published_time", "datepublished", "dc.date", "date", "pubdate")
        stated += [self.first(n) for n in names]
        stated += [
            str(v) for v in self.tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime")[:1]
        ]
        stated += [
            str(v) for v in self.tree.xpath("//article//time/@datetime | //header//time/@datetime")[:1]
        ]
        read = [dates.parse(s, day_first) for s in stated if s]
        best = next((p for p in read if p.start), None)
        if best:
            return best
        if sum(1 for _ in self.tree.iter()) > _MOST_ELEMENTS:
            return Published()
        logging.getLogger("htmldate").setLevel(logging.CRITICAL)
        from htmldate import find_date

        try:  # fixed bounds: without them the answer depends on the day of the run
            found = find_date(
                self.tree,
                extensive_search=False,
                original_date=True,
                min_date="1990-01-01",
                max_date="2100-01-01",
            )
        except Exception:  # as above
            found = None
        day = dates.parse(found or "")
        return Published(day.start, Precision.DAY, found or "") if day.start else Published()

    def credits(self, text: str, base: str) -> list[Credit]:
        """Dependences stated in the mark-up alone: isBasedOn, original-source, an agency as author."""
        found = [
            Credit(CreditKind.BASED_ON, _joined(base, target))
            for t in self.things
            for key in ("isBasedOn", "isBasedOnUrl", "translationOfWork")
            for target in _names(t.get(key), address=True)
        ]
        for name in ("original-source", "syndication-source"):
            found += [Credit(CreditKind.BASED_ON, _joined(base, v)) for v in self.meta.get(name, [])]
        agencies = [a for author in self.authors for a in _agencies_of(author)]
        agencies += [n for t in self.things for n in _names(t.get("sourceOrganization"))]
        for name in agencies:
            found.append(Credit(CreditKind.AGENCY, name))
        for node in self.tree.xpath("//p | //span | //div[not(*)]")[-400:]:
            line = " ".join((node.text_content() if len(node) < 5 else "").split())
            bare = line.strip("()[]-–—/ .")
            if 1 < len(line) <= 60 and is_agency(bare) and line not in text:
                found.append(Credit(CreditKind.AGENCY, bare))
        for node in self.tree.xpath("//figcaption | //*[contains(@class, 'credit') and not(*)]")[:100]:
            said = " ".join(node.text_content().split())
            who = picture_credit(said)
            if who and said not in text:
                found.append(Credit(CreditKind.PHOTO, who))
        return list(dict.fromkeys(found))


def _agencies_of(author: str) -> list[str]:
    """The agencies among the names of one author string ("Jane Roe, Reuters")."""
    names = re.split(r"\s*(?:,|;|\band\b|/|&|\bи\b)\s*", re.sub(r"^by\s+", "", author, flags=re.IGNORECASE))
    return [n for n in names if n and is_agency(n)]


def _things(tree: Any) -> Iterator[dict[str, Any]]:
    """Every JSON-LD object of the page that is an article of some sort, or that says what it is based on."""
    for node in tree.xpath("//script[contains(@type, 'ld+json')]")[:20]:
        raw = node.text or ""
        if len(raw) > _MOST_JSON:
            continue
        try:
            value = json.loads(raw, strict=False)
        except (ValueError, RecursionError):
            continue
        queue, seen = [value], 0
        while queue and seen < 1000:
            item = queue.pop(0)
            seen += 1
            if isinstance(item, list):
                queue += item[:200]
            elif isinstance(item, dict):
                queue += [
                    item[k]
                    for k in ("@graph", "mainEntity", "mainEntityOfPage")
                    if isinstance(item.get(k), list | dict)
                ]
                kind = item.get("@type") or ""
                kinds = (
                    " ".join(k for k in kind if isinstance(k, str)) if isinstance(kind, list) else str(kind)
                )
                if re.search(r"Article|Report|Posting|WebPage|CreativeWork", kinds) or "isBasedOn" in item:
                    yield item


def _names(value: Any, address: bool = False) -> list[str]:
    """The names, or the addresses, in a JSON-LD value: a string, an object, or a list of these."""
    found: list[str] = []
    for item in (value if isinstance(value, list) else [value])[:50]:
        said: Any = item
        if isinstance(item, dict):
            order = ("url", "@id", "name", "headline") if address else ("name",)
            said = next((item[k] for k in order if item.get(k)), None)
        if isinstance(said, str) and said.strip():
            found.append(" ".join(said.split())[:2000])
    return found
