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


def extent(candidate: Candidate, least: float = 0.4) -> tuple[int, int]:
    """The cue's words around its head, as a range of positions in `words`, half open."""
    at = int(np.searchsorted(candidate.words, candidate.head))
    return grow(candidate.roles[:, CUE], at, least)


def grow(probability: Floats, at: int, least: float) -> tuple[int, int]:
    """The longest stretch around position `at` whose probabilities all exceed `least`; `at` always counts."""
    first, last = at, at + 1
    while first > 0 and probability[first - 1] > least:
        first -= 1
    while last < len(probability) and probability[last] > least:
        last += 1
    return first, last
