"""Helpers: an article with its attributions written as found text, and a tiny vectoriser without a model."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from twosource.claims import statements
from twosource.language.parsers import parser_for
from twosource.language.plain import PlainParser
from twosource.model import (
    Article,
    Attribution,
    AttributionKind,
    Precision,
    Published,
    SourceKind,
    Span,
    Stance,
    Statement,
)


def _words(texts: Sequence[str], width: int = 512) -> NDArray[np.float32]:
    """Hashed bags of words as unit rows: the same words, the same direction."""
    out = np.zeros((len(texts), width), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in re.findall(r"\w+", text.casefold()):
            place = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "little")
            out[row, place % width] += 1.0
        out[row, 0] += 1e-3
    unit: NDArray[np.float32] = out / np.linalg.norm(out, axis=1, keepdims=True)
    return unit


def _said(text: str, content: str, **other: object) -> Attribution:
    """An attribution of the text `content`; `source` and `cue` may be given as text too."""

    def span(part: object) -> tuple[Span, ...]:
        if not part:
            return ()
        start = text.index(str(part))
        return (Span(start, start + len(str(part))),)

    return Attribution(
        id=str(other.get("id", f"q{text.index(content)}")),
        article="a",
        source=span(other.get("source")),
        cue=span(other.get("cue")),
        content=span(content),
        kind=AttributionKind.INDIRECT,
        rule="test",
        parent=str(other["parent"]) if other.get("parent") else None,
        stance=Stance(str(other.get("stance", "neutral"))),
        canonical=str(other["canonical"]) if other.get("canonical") else None,
        source_kind=SourceKind(str(other.get("source_kind", "unnamed"))),
    )


@pytest.fixture
def said() -> Callable[..., Attribution]:
    """An attribution of a stretch of text: ``said(text, content, source=…, cue=…, parent=…, stance=…)``."""
    return _said


@pytest.fixture
def words() -> Callable[[Sequence[str]], NDArray[np.float32]]:
    """A vectoriser without a model: see `_words`."""
    return _words


@pytest.fixture
def read() -> Callable[..., tuple[Statement, ...]]:
    """Statements of a text: ``read(text, *attributions, name=…, language=…, day=…, plain=…, title=…)``."""

    def read_(
        text: str,
        *attributions: Attribution,
        name: str = "a",
        language: str = "en",
        day: str = "",
        plain: bool = False,
        title: str = "",
    ) -> tuple[Statement, ...]:
        when = (
            Published(datetime.fromisoformat(day).replace(tzinfo=UTC), Precision.DAY, day)
            if day
            else Published()
        )
        article = Article(name, f"{name}.txt", text, "0", title=title, language=language, published=when)
        parser = PlainParser() if plain else parser_for(language)
        return statements(article, parser.parse(article), attributions)

    return read_
