"""What each clue of `compare` is worth, in log-odds of *same proposition* per unit of strength."""

from __future__ import annotations

BIAS = -3.04
"""The log-odds of a candidate pair before any clue."""

WEIGHTS: dict[str, float] = {
    "cosine": 0.50,
    "csls": 0.44,
    "languages": 1.18,
    "words": 0.52,
    "held": 0.17,
    "verbatim": 1.95,
    "names": 1.36,
    "no common name": -1.00,
    "other places": -1.45,
    "other persons": -0.80,
    "other bodies": -0.70,
    "names of one": -0.58,
    "actor": 0.35,
    "other actor": -1.55,
    "other actor noun": -0.36,
    "actor exchanged": -1.17,
    "object": 0.30,
    "other object": -0.44,
    "object exchanged": -1.54,
    "act": 0.53,
    "events": 0.53,
    "other events": -1.27,
    "other act": -0.27,
    "numbers": 0.62,
    "number of one": -0.53,
    "rival frame": 0.57,
    "date": 0.51,
    "other date": -3.01,
    "published together": 0.26,
    "published apart": -1.20,
    "no anchor": -4.97,
    "event apart": -2.50,
    "one article": -1.02,
    "story": 0.13,
    "thin": -1.39,
    "question": -2.00,
    "condition": -0.40,
}
