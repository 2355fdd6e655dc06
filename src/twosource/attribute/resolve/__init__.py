"""Who a source is, inside one article: pronouns, surnames, "the expert", acronyms, ministries, outlets."""

from __future__ import annotations

from .order import resolve
from .who import Who

__all__ = ["Who", "resolve"]
