"""Which cues stand: the likely ones, less those that lie inside what another one reports."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .features import Ints
from .network import CUE
from .weights import Floats


@dataclass(frozen=True, slots=True)
class Candidate:
    """One likely cue with the words around it: w words.

    `head` is the cue's head word; `score` in [0, 1] the probability that it is a cue; `words` (w) are word
    indices, `roles` (w, 4) their probabilities, `source` (w) and `unnamed` as in `network.Roles`;
    `evidence` is what the score rests on, named in `judge.EVIDENCE`.
    """

    head: int
    score: float
    words: Ints
    roles: Floats
    source: Floats
    unnamed: float
    evidence: Floats


def extent(candidate: Candidate, least: float = 0.5) -> tuple[int, int]:
    """The cue's words around its head, as a range of positions in `words`, half open."""
    at = int(np.searchsorted(candidate.words, candidate.head))
    return grow(candidate.roles[:, CUE], at, least)


def grow(probability: Floats, at: int, least: float) -> tuple[int, int]:
    """The stretch around position `at` that holds the most words likelier than `least`, weighed by their odds.

    An unlikely word is taken in where the words beyond it make up for it; `at` always counts.
    """
    clipped = np.clip(probability.astype(np.float64), 1e-3, 1 - 1e-3)
    gains = np.log(clipped / (1 - clipped)) - np.log(least / (1 - least))
    before, after = np.cumsum(gains[:at][::-1]), np.cumsum(gains[at + 1 :])
    left = int(np.argmax(before)) + 1 if len(before) and before.max() > 0 else 0
    right = int(np.argmax(after)) + 1 if len(after) and after.max() > 0 else 0
    return at - left, at + right + 1
