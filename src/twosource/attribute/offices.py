"""Whom a person speaks for: "Ann Ray, head of the Harbour Board", "Harbour Board spokesman Tom Oduya"."""

from __future__ import annotations

import re

from . import names

_OFFICE = (
    r"(?:head|director|chief|chairman|chairwoman|chair|leader|founder|president|secretary[- ]general|spokesman|"
    r"spokeswoman|spokesperson|minister|commander|ambassador|representative|chief executive|manager|owner)"
)
_BODY = r"(?:the )?((?:[A-Z][\w’'&-]*)(?: (?:(?:of|for) (?:the )?|and |& )?[A-Z][\w’'&-]*){0,6})"
_NOBODY = frozenset(
    [
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "this",
        "that",
        "a",
        "an",
        "he",
        "she",
        "it",
        "they",
        "we",
        "but",
        "and",
        "when",
        "as",
        "in",
    ]
)
_LONGEST = 200_000  # characters of a text that are searched


def institution(text: str, name: str) -> str | None:
    """The body that the text says a person heads or speaks for, as written; None where it says none.

    Only offices count: a resident of a town or a nurse at a hospital does not speak for it.
    """
    who = re.escape(name)
    patterns = (
        rf"{who},? (?:who is |is )?(?:an? |the )?(?:[\w-]+ ){{0,3}}{_OFFICE} (?:of|for|at|with) {_BODY}",
        rf"\b{_OFFICE} (?:of|for|at) {_BODY},? (?:[A-Z]\w+\.? )?{who}",
        rf"{_BODY}(?:['’]s)? (?:[a-z]+ ){{0,2}}{_OFFICE},? (?:[A-Z]\w+\.? )?{who}",
        rf"{who},? (?:an? |the )?{_BODY}(?:['’]s)? {_OFFICE}\b",
    )
    for pattern in patterns:
        found = re.search(pattern, text[:_LONGEST])
        if found is not None:
            body = found.group(1)
            at = body.find(f" {name}")
            body = re.sub(r"['’]s$", "", body if at < 0 else body[:at])
            if body.split()[0].lower() in _NOBODY:
                continue
            if names.folded(body) and names.folded(body) not in names.folded(name):
                return body
    return None
