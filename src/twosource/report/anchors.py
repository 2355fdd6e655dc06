"""Stable links: the same claim, source, outlet or article has the same anchor in every run's report."""

from __future__ import annotations

import hashlib
import re

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,30}")


def of_claim(identifier: str) -> str:
    """`c-…`: a claim's section."""
    return f"c-{_name(identifier.removeprefix('c'))}"


def of_source(identifier: str) -> str:
    """`s-…`: a source's section."""
    return f"s-{_digest(identifier)}"


def of_outlet(name: str) -> str:
    """`o-…`: an outlet's section."""
    return f"o-{_digest(name.casefold())}"


def of_article(identifier: str) -> str:
    """`a-…`: an article's section, by its id where that is fit for a link."""
    return f"a-{_name(identifier)}"


def file_of_article(identifier: str) -> str:
    """The file name of an article that has a file of its own; two names never differ by case alone."""
    mixed = f"-{_digest(identifier)}" if identifier != identifier.lower() else ""
    return f"{of_article(identifier)}{mixed}.html"


def of_statement(identifier: str, article: str) -> str:
    """A passage inside its article's section: the article's anchor and the statement's own number."""
    tail = identifier.removeprefix(article).lstrip("/-#")
    return f"{of_article(article)}.{_name(tail)}"


def of_match(claim: str, identifier: str) -> str:
    """Two passages side by side inside a claim's section: the claim's anchor and the match's own id."""
    return f"{of_claim(claim)}.{_name(identifier)}"


def _name(identifier: str) -> str:
    return identifier if _PLAIN.fullmatch(identifier) else _digest(identifier)


def _digest(identifier: str) -> str:
    return hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:9]
