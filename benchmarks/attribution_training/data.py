"""Annotated articles: read, parsed, and their attributions as words."""

from __future__ import annotations

import collections
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from twosource.attribute.learned import features
from twosource.language.analysis import Analysis
from twosource.language.english import load as english
from twosource.model import Article

LEAST = {"lemma": 3, "suffix": 10, "tag": 1, "dep": 1, "entity": 1}
"""How often a string must stand in the training articles to have a number of its own."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated attribution as word indices; `head` is the source's head word, None without a source."""

    cue: tuple[int, ...]
    content: tuple[int, ...]
    source: tuple[int, ...]
    head: int | None
    discarded: bool


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated article: its parse, and its attributions by the head word of their cue."""

    analysis: Analysis
    gold: dict[int, Gold]


def read(path: Path) -> list[Example]:
    """The annotated articles of a JSONL file, parsed."""
    parser = english()
    out: list[Example] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        sha256 = hashlib.sha256(record["text"].encode()).hexdigest()
        article = Article(record["id"], str(path), record["text"], sha256, language="en")
        analysis = parser.parse(article)
        out.append(Example(analysis, annotations(record, analysis)))
    return out


def annotations(record: dict[str, Any], analysis: Analysis) -> dict[int, Gold]:
    """The record's attributions in words; of two with one cue head, the first."""
    starts = np.array([t.start for t in analysis.tokens])
    ends = np.array([t.end for t in analysis.tokens])

    def words(spans: Sequence[Sequence[int]]) -> tuple[int, ...]:
        found: list[int] = []
        for start, end in spans:
            low, high = np.searchsorted(ends, start, "right"), np.searchsorted(starts, end, "left")
            found += range(int(low), int(high))
        return tuple(found)

    discarded = set(words(record.get("discard", ())))
    out: dict[int, Gold] = {}
    for one in record["attributions"]:
        cue, content, source = words(one["cue"]), words(one["content"]), words(one["source"])
        if not cue or not content:
            continue
        outside = bool(discarded) and len(discarded & set(content)) * 2 > len(content)
        head = _head(source, analysis) if source else None
        out.setdefault(_head(cue, analysis), Gold(cue, content, source, head, outside))
    return out


def _head(words: tuple[int, ...], analysis: Analysis) -> int:
    """The word whose head lies outside; of several, the first that is a verb or a noun."""
    inside = set(words)
    tokens = analysis.tokens
    heads = [i for i in words if tokens[i].head not in inside or tokens[i].head == i]
    lexical = [i for i in heads if tokens[i].pos in {"VERB", "NOUN", "PROPN", "AUX", "PRON"}]
    return (lexical or heads)[0]


def vocabulary_lists(examples: Sequence[Example]) -> dict[str, list[str]]:
    """The strings that get numbers: single words, suffixes and labels, sorted."""
    counts: dict[str, collections.Counter[str]] = {slot: collections.Counter() for slot in LEAST}
    for example in examples:
        for token in example.analysis.tokens:
            for slot, value in zip(features.VOCABULARIES, features.strings(token), strict=True):
                if not any(c.isspace() for c in value):
                    counts[slot][value] += 1
    return {slot: sorted(w for w, k in counts[slot].items() if k >= LEAST[slot]) for slot in LEAST}
