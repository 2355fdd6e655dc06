"""The judge: what the networks make of articles that they never saw, against the annotations, and a regression.

A found attribution is right here when its content overlaps an annotated one's (Jaccard ≥ 0.3 on tokens, one
to one) and its source covers the head of the annotated source; the field's scorers differ in details.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twosource.attribute.found import Found
from twosource.attribute.learned import Model, located
from twosource.attribute.learned.judge import EVIDENCE
from twosource.language.analysis import Analysis
from twosource.model import Span

from .data import Example, Gold


def hit(found: Found, gold: Gold, analysis: Analysis) -> float:
    """The Jaccard overlap of the contents in words, 0 where it is under 0.3 or the source is another."""
    content = _inside(found.content, analysis)
    overlap = len(content & set(gold.content)) / max(len(content | set(gold.content)), 1)
    source = _inside(found.source, analysis)
    right = gold.head in source if gold.head is not None else not source
    return overlap if right and overlap >= 0.3 else 0.0


def _inside(spans: Sequence[Span], analysis: Analysis) -> set[int]:
    """The words that the spans cover."""
    out: set[int] = set()
    for span in spans:
        low = bisect.bisect_right(analysis.tokens, span.start, key=lambda t: t.end)
        high = bisect.bisect_left(analysis.tokens, span.end, key=lambda t: t.start)
        out |= set(range(low, high))
    return out


def hits(founds: Sequence[Found | None], gold: Sequence[Gold], analysis: Analysis) -> NDArray[np.float64]:
    """1 for every candidate that is one of the annotated attributions, matched one to one, best first."""
    scored = [
        (hit(one, other, analysis), i, j)
        for i, one in enumerate(founds)
        if one is not None
        for j, other in enumerate(gold)
        if one.extent.start - 2000 < analysis.tokens[other.cue[0]].start < one.extent.end + 2000
    ]
    out = np.zeros(len(founds))
    used: set[int] = set()
    for overlap, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if overlap and not out[i] and j not in used:
            out[i] = 1
            used.add(j)
    return out


def logistic(rows: NDArray[Any], wanted: NDArray[Any], penalty: float = 1.0) -> tuple[NDArray[Any], float]:
    """Weights and bias of a logistic regression with an L2 penalty, by Newton's method."""
    scale = rows.std(axis=0) + 1e-6
    x = np.concatenate([rows / scale, np.ones((len(rows), 1))], axis=1).astype(np.float64)
    ridge = np.diag([penalty] * rows.shape[1] + [1e-6])
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - wanted) + ridge @ w
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, gradient)
    return w[:-1] / scale, float(w[-1])


@dataclass(frozen=True, slots=True)
class Held:
    """What the networks, which never saw the article, make of it: a row for each candidate, and its hits."""

    rows: NDArray[Any]
    hits: NDArray[Any]
    gold: int


def judged(model: Model, examples: Sequence[Example]) -> list[Held]:
    """The articles as a model sees them that was not trained on them."""
    width = len(EVIDENCE)
    out: list[Held] = []
    for example in examples:
        candidates = model.candidates(example.analysis)
        gold = [g for g in example.gold.values() if not g.discarded]
        outside = {h for h, g in example.gold.items() if g.discarded}
        candidates = [c for c in candidates if c.head not in outside]
        founds = [located(c, example.analysis) for c in candidates]
        rows = np.array([c.evidence for c in candidates]).reshape(-1, width)
        out.append(Held(rows, hits(founds, gold, example.analysis), len(gold)))
    return out


def figures(
    held: Sequence[Held], weight: NDArray[Any], bias: float, threshold: float
) -> tuple[float, float, float]:
    """Precision, recall and F over the articles, in [0, 1]."""
    found = right = gold = 0.0
    for one in held:
        kept = 1 / (1 + np.exp(-(one.rows @ weight + bias))) >= threshold
        found += kept.sum()
        right += one.hits[kept].sum()
        gold += one.gold
    return right / max(found, 1), right / max(gold, 1), 2 * right / max(found + gold, 1)


def fitted(held: Sequence[Held]) -> tuple[NDArray[Any], float]:
    """The judge: its weights and bias."""
    return logistic(np.concatenate([h.rows for h in held]), np.concatenate([h.hits for h in held]))
