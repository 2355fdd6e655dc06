"""What a cue reports: the stretches of words that are content to it."""

from __future__ import annotations

import numpy as np

from .cues import Candidate
from .network import CONTENT

_SURE, _FAINT = 0.5, 0.25


def stretches(candidate: Candidate, taken: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Ranges of positions in the candidate's words, half open, in order, clear of the `taken` ranges.

    Words more likely content than not; where there are none, the faint ones: a cue reports something.
    """
    for least in (_SURE, _FAINT):
        chosen = candidate.roles[:, CONTENT] > least
        for first, last in taken:
            chosen[first:last] = False
        edges = np.diff(np.concatenate([[False], chosen, [False]]).astype(np.int8))
        found = list(
            zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True)
        )
        if found:
            return found
    return []
