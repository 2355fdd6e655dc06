"""Russian: natasha's models behind the Parser seam (the optional extra ``ru``)."""

from __future__ import annotations

from .analysis import Parser


def available() -> bool:
    """Whether the Russian models are installed."""
    return False


def load() -> Parser:
    """The installed Russian parser, loaded once per process."""
    raise NotImplementedError
