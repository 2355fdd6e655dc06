"""Who a cue names: the one word that speaks most for being the source's head, and the words around it."""

from __future__ import annotations

import numpy as np

from .cues import Candidate, grow
from .network import SOURCE

_LEAST = 0.5


def extent(candidate: Candidate) -> tuple[int, int] | None:
    """The source as a range of positions in the candidate's words, half open; None where none is named."""
    best = int(np.argmax(candidate.source))
    if candidate.source[best] <= candidate.unnamed:
        return None
    return grow(candidate.roles[:, SOURCE], best, _LEAST)
