"""Which article names which: credits, links and words such as "as TASS reported"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from urllib.parse import urlsplit

import numpy as np

from twosource.model import Article, CreditKind
from twosource.reuse.compiled import compiled
from twosource.reuse.tokens import I64, U32, Bools, Tokens, folded, tokenize


class Citing(IntEnum):
    """How firmly one article names another, or its outlet, as what it rests on."""

    NOT = 0
    AGENCY = 1  # "as TASS reported", where the other credits TASS
    IN_TEXT = 2  # "as TASS reported", where the other is by TASS
    OUTLET = 3  # a credit or a link to the outlet
    ARTICLE = 4  # a link or isBasedOn to the very article


_CUE = re.compile(
    r"\b(?:report(?:s|ed|ing)?|said|says|told|tells|according to|cit(?:es|ed|ing)|quot(?:es|ed|ing)|via|source|"
    r"wrote|writes|published|reprinted|courtesy|сообщ\w{0,9}|пиш\w{0,4}|переда\w{0,5}|ссылк\w{0,3}|по данным|"
    r"информир\w{0,6}|расска\w{0,6}|заяв\w{0,5})\b",
    re.IGNORECASE,
)
_NEAR = 60  # characters each side of an outlet's name in which a reporting word is looked for
_TAIL = 60  # characters at either end of an article in which a name in brackets or after a dash is a credit
_CREDIT = re.compile(r"(?:[(\[]|--|[-–—]|©)\s*$")
_PROSE = frozenset({CreditKind.AGENCY, CreditKind.FEED, CreditKind.LINK, CreditKind.BASED_ON})


@functools.lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """An outlet's or agency's name as it is compared: folded, letters and digits only, no leading "the"."""
    key = "".join(c for c in "".join(map(folded, name)) if c.isalnum() or c.isspace())
    words = key.split()
    return "".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def host_of(url: str) -> str:
    """The host of an address without "www.", "" when it has none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _page(url: str) -> str:
    """An address as it is compared: host and path, no scheme, query, fragment or closing slash."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (
        f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"
        if parts.path.strip("/")
        else ""
    )


@dataclass(frozen=True, slots=True)
class Identity:
    """What an article may be named by, and what it names."""

    pages: frozenset[str]
    hosts: frozenset[str]
    outlet: str
    agencies: frozenset[str]
    cited_pages: frozenset[str] = field(default=frozenset())
    cited_hosts: frozenset[str] = field(default=frozenset())

    @property
    def cites(self) -> bool:
        """Whether it names anything outside its sentences."""
        return bool(self.agencies or self.cited_pages or self.cited_hosts)


def identity(article: Article) -> Identity:
    """The names, addresses and credits of one article, ready to be compared."""
    if not (article.url or article.canonical_url or article.credits):
        return _by_outlet(article.outlet)
    urls = [u for u in (article.url, article.canonical_url) if u]
    stated = [c for c in article.credits if c.kind in _PROSE]
    links = [c.target for c in stated if "/" in c.target or c.kind in (CreditKind.LINK, CreditKind.BASED_ON)]
    return Identity(
        frozenset(filter(None, map(_page, urls))),
        frozenset(filter(None, [*map(host_of, urls), *_domain(article.outlet)])),
        name_key(article.outlet),
        frozenset(filter(None, (name_key(c.target) for c in stated if c.target not in links))),
        frozenset(filter(None, map(_page, links))),
        frozenset(filter(None, map(host_of, links))),
    )


@functools.lru_cache(maxsize=4096)
def _by_outlet(outlet: str) -> Identity:
    """The identity of an article of which no more is known."""
    none: frozenset[str] = frozenset()
    return Identity(none, frozenset(filter(None, _domain(outlet))), name_key(outlet), none)


def _domain(outlet: str) -> Iterable[str]:
    """The outlet's name where it is a host name already ("tass.ru")."""
    return [host_of(outlet)] if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", outlet) else []


def named_in_text(text: str, outlet: str) -> bool:
    """Whether `text` names the outlet next to a reporting word, or as a credit at either end."""
    if len(outlet) < 2:
        return False
    at = text.find(outlet)
    while at >= 0:
        end = at + len(outlet)
        alone = not (text[at - 1 : at].isalnum() and at) and not text[end : end + 1].isalnum()
        if alone:
            if _CUE.search(text[max(0, at - _NEAR) : at]) or _CUE.search(text[end : end + _NEAR]):
                return True
            if (end >= len(text) - _TAIL or at <= _TAIL) and _CREDIT.search(text[max(0, at - 4) : at]):
                return True
        at = text.find(outlet, end)
    return False


def citing(
    child: Article, of_child: Identity, parent: Article, of_parent: Identity, mentioned: bool
) -> Citing:
    """How firmly `child` names `parent` as what it rests on.

    `mentioned`: its text may hold the name of the outlet, or of an agency that the parent credits.
    """
    if of_child.cited_pages and of_child.cited_pages & of_parent.pages:
        return Citing.ARTICLE
    if of_parent.outlet and of_parent.outlet == of_child.outlet:
        return Citing.NOT
    if of_parent.outlet and of_parent.outlet in of_child.agencies:
        return Citing.OUTLET
    if of_child.cited_hosts and of_child.cited_hosts & of_parent.hosts:
        return Citing.OUTLET
    if not mentioned:
        return Citing.NOT
    if named_in_text(child.text, parent.outlet):
        return Citing.IN_TEXT
    own = of_child.agencies | {of_child.outlet}
    others = (name for name in agencies_of(parent) if name_key(name) not in own)
    return Citing.AGENCY if any(named_in_text(child.text, name) for name in others) else Citing.NOT


def agencies_of(article: Article) -> tuple[str, ...]:
    """The agencies that an article credits, as it writes them; "agencies" is nobody's name."""
    credited = {c.target for c in article.credits if c.kind is CreditKind.AGENCY}
    return tuple(sorted(name for name in credited if name.casefold() not in ("agencies", "агентства")))


@compiled
def _held(hashes: U32, table: Bools) -> I64:
    mask = np.uint64(len(table) - 1)
    return np.array([i for i in range(len(hashes)) if table[hashes[i] & mask]], dtype=np.int64)


def mentions(articles: Sequence[Article], tokens: Tokens) -> frozenset[tuple[int, str]]:
    """Pairs (article, name) where the article holds the longest word of the name.

    The names are those of the outlets of the pile and of the agencies that its articles credit.
    """
    outlets = sorted({x.outlet for x in articles if x.outlet} | {n for x in articles for n in agencies_of(x)})
    longest = [max(re.findall(r"\w+", name) or [""], key=len) for name in outlets]
    words = tokenize(longest)
    owners: dict[int, list[str]] = {}
    table = np.zeros(1 << 20, np.bool_)
    for i, name in enumerate(outlets):
        for word in words.hashes[words.offsets[i] : words.offsets[i + 1]].tolist()[:1]:
            owners.setdefault(word, []).append(name)
            table[word & (len(table) - 1)] = True
    at = _held(tokens.hashes, table)
    article = np.searchsorted(tokens.offsets, at, side="right") - 1
    return frozenset(
        (number, name)
        for word, number in set(zip(tokens.hashes[at].tolist(), article.tolist(), strict=True))
        for name in owners.get(word, ())
        if articles[number].outlet != name
    )
