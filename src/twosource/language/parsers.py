"""Which parser reads which language: the one place where a language is added."""

from __future__ import annotations

from .analysis import Parser


def parser_for(language: str) -> Parser:
    """The parser of an ISO 639-1 language, or the plain one (no model) where there is none installed."""
    from . import english, plain, russian

    if language == "ru" and russian.available():
        return russian.load()
    if language == "en" and english.available():
        return english.load()
    return plain.PlainParser()
