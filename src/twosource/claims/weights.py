"""What each clue of `compare` is worth, in log-odds of *same proposition* per unit of strength."""

from __future__ import annotations

BIAS = -3.37 + 0.15
"""The log-odds of a candidate pair before any clue.

The second term corrects for the hard negatives that the fitted stories are full of: of 40 pairs from a real pile
that the fit gave .25 to .50, read by eye, some 24 were the same claim, where 15 should have been.
"""

WEIGHTS: dict[str, float] = {
    "cosine": 0.00,
    "csls": 0.45,
    "mutual": 0.88,
    "languages": 1.57,
    "facing": 3.00,
    "words": 0.40,
    "held": 0.20,
    "verbatim": 1.72,
    "names": 0.74,
    "rare name": 0.53,
    "anchored": 0.66,
    "no common name": -1.04,
    "other places": -1.31,
    "other persons": -0.84,
    "other bodies": -0.76,
    "names of one": -0.62,
    "actor": 0.00,
    "other actor": -1.74,
    "other actor noun": -0.21,
    "actor exchanged": -1.03,
    "object": 0.03,
    "other object": -0.59,
    "object exchanged": -2.50,
    "converse": 0.50,
    "roles turned": -1.50,
    "one word apart": -1.00,
    "speaker": 1.50,
    "act": 0.50,
    "events": 0.68,
    "other events": -1.43,
    "other act": -0.62,
    "numbers": 0.16,
    "count and day": 1.20,
    "number of one": -0.54,
    "rival frame": 0.86,
    "same toll": 3.00,
    "rival toll": 2.00,
    "date": 0.60,
    "other date": -3.00,
    "published together": 0.30,
    "published apart": -1.20,
    "no anchor": -5.00,
    "event apart": -2.50,
    "one article": -1.06,
    "story": 0.30,
    "thin": -0.86,
    "question": -2.00,
    "condition": -0.40,
}
