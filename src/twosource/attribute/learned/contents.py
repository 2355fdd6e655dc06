"""What a cue reports: the stretches of words that are content to it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .cues import Candidate
from .network import CONTENT

_SURE, _FAINT = 0.5, 0.25
_TURN = 2.0  # what it costs, in nats, that a content begins or ends: one odd word neither makes a stretch nor a gap


def stretches(candidate: Candidate, taken: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Ranges of positions in the candidate's words, half open, in order, clear of the `taken` ranges.

    The likeliest division of the words into content and the rest, when each turn from the one to the other
    has its price; beside cue and source, where contents are divided, turning is free. Where no word is
    more likely content than not, the faint ones: a cue reports something.
    """
    inside = candidate.roles[:, CONTENT].astype(np.float64)
    for least in (_SURE, _FAINT):
        chosen = _divided(inside, least, taken)
        edges = np.diff(np.concatenate([[False], chosen, [False]]).astype(np.int8))
        found = list(
            zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True)
        )
        if found:
            return found
    return []


def _divided(
    inside: NDArray[np.float64], least: float, taken: tuple[tuple[int, int], ...]
) -> NDArray[np.bool_]:
    """Which words are content, by the Viterbi algorithm over two states."""
    clipped = np.clip(inside, 1e-3, 1 - 1e-3)
    gains = (np.log(clipped / (1 - clipped)) - np.log(least / (1 - least))).tolist()
    free: set[int] = set()
    for first, last in taken:
        for i in range(first, last):
            gains[i] = -1e9
            free.update((i, i + 1))
    out, within = 0.0, -1e9
    back: list[tuple[bool, bool]] = []
    for i, gain in enumerate(gains):
        turn = 0.0 if i in free else _TURN
        enters, leaves = out - turn > within, within - turn > out
        back.append((enters, leaves))
        within, out = max(within, out - turn) + gain, max(out, within - turn)
    chosen = np.zeros(len(gains), np.bool_)
    state = within > out
    for i in range(len(gains) - 1, -1, -1):
        chosen[i] = state
        enters, leaves = back[i]
        state = not enters if state else leaves
    return chosen
