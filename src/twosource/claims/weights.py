"""What each clue of `compare` is worth, in log-odds of *same proposition* per unit of strength."""

from __future__ import annotations

BIAS = -3.0
"""The log-odds of a candidate pair before any clue."""

WEIGHTS: dict[str, float] = {
    "cosine": 0.8,
    "csls": 0.6,
    "languages": 1.0,
    "words": 0.8,
    "held": 0.4,
    "verbatim": 2.0,
    "names": 1.5,
    "no common name": -1.0,
    "other places": -1.5,
    "other persons": -0.8,
    "other bodies": -0.7,
    "names of one": -0.6,
    "actor": 0.5,
    "roles swapped": -3.0,
    "other actor": -1.5,
    "other actor noun": -0.4,
    "object": 0.4,
    "other object": -0.4,
    "opposite act": -3.5,
    "act": 0.5,
    "events": 0.5,
    "other events": -1.2,
    "numbers": 0.7,
    "number of one": -0.5,
    "rival frame": 0.5,
    "date": 0.5,
    "other date": -3.0,
    "published together": 0.3,
    "published apart": -1.2,
    "no anchor": -5.0,
    "event apart": -2.5,
    "one article": -1.0,
    "story": 0.6,
    "thin": -1.5,
    "question": -2.0,
    "condition": -0.4,
}
