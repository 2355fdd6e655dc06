"""What each clue of `compare` is worth, in log-odds of *same proposition* per unit of strength."""

from __future__ import annotations

BIAS = -3.05
"""The log-odds of a candidate pair before any clue.

Fitted on the development half of our own stories and on hand-read pairs of the development rumours (docs/claims.md);
in our own stories hard negatives are many times as frequent as in a real pile, so that the bias errs on the side of
leaving apart.
"""

WEIGHTS: dict[str, float] = {
    "cosine": 0.79,
    "csls": 0.00,
    "lead": 0.16,
    "mutual": 0.72,
    "languages": 1.57,
    "facing": 3.00,
    "words": 0.16,
    "few words": 0.00,
    "held": 0.13,
    "verbatim": 1.72,
    "names": 0.44,
    "rare name": 0.40,
    "anchored": 0.55,
    "no common name": -0.94,
    "other places": -1.21,
    "other persons": -0.83,
    "other bodies": -0.64,
    "names of one": -0.35,
    "actor": 0.00,
    "other actor": -2.68,
    "other actor noun": -0.04,
    "actor exchanged": -0.99,
    "object": 0.03,
    "other object": -0.18,
    "object exchanged": -2.51,
    "of another": -1.50,
    "converse": 0.50,
    "roles turned": -2.00,
    "one word apart": -1.13,
    "speaker": 1.50,
    "act": 1.04,
    "events": 1.90,
    "other events": -2.21,
    "other act": -0.53,
    "numbers": 0.00,
    "count and day": 1.20,
    "number of one": -0.54,
    "rival frame": 1.24,
    "same toll": 4.60,
    "rival toll": 3.80,
    "date": 0.60,
    "other date": -3.00,
    "published together": 0.30,
    "published apart": -1.20,
    "no anchor": -5.00,
    "no name": -1.35,
    "event apart": -2.50,
    "one article": -0.87,
    "story": 0.05,
    "both open": 1.50,
    "thin": -0.63,
    "question": -2.00,
    "condition": -0.40,
}
