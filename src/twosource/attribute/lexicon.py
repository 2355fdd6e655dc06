"""Word lists written as text, so that a reader can scan and extend them."""

from __future__ import annotations


def lexicon(text: str) -> frozenset[str]:
    """The words of a text that is divided by white space."""
    return frozenset(text.split())
