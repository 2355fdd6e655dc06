"""What each clue of `compare` is worth, in log-odds of *same proposition* per unit of strength."""

from __future__ import annotations

BIAS = -2.57
"""The log-odds of a candidate pair before any clue.

Fitted with the weights on our own development stories, hand-read pairs of the development rumours and made piles of the
development half (docs/claims.md), and a little below that, on the side of leaving apart.
"""

READ = 0.64
"""What a unit of log-odds by the networks that read two statements together is worth, in log-odds."""

BIAS_READ = -1.85
"""The log-odds before any clue where they have read: 0.1 below the fitted one, on the side of leaving apart."""

KEPT = frozenset(
    {
        "cosine", "lead", "mutual", "languages", "one word apart", "actor exchanged", "object exchanged", "act exchanged",
        "of another", "other actor", "other persons", "roles turned", "other date",
    }
)  # fmt: skip
"""The clues that the networks see least of: nearness, and what sets two sentences apart that are alike but for a word."""

LEFT = 0.88
"""What the clues of `KEPT` are worth where they have read."""

REST = 0.62
"""What all other clues are worth there: the networks have seen part of what these say.

The four numbers were fitted on pairs of stories, rumours and made piles that the networks were not trained on
(docs/claims.md).
"""

WEIGHTS: dict[str, float] = {
    "cosine": 0.56,
    "lead": 0.31,
    "mutual": 1.60,
    "languages": 0.26,
    "facing": 3.00,
    "words": 0.00,
    "few words": -0.16,
    "held": 0.12,
    "names": 0.00,
    "rare name": 0.00,
    "anchored": 0.00,
    "no common name": -0.43,
    "other places": -0.33,
    "other persons": -1.79,
    "other bodies": 0.00,
    "names of one": 0.08,
    "actor": 0.00,
    "other actor": -4.34,
    "other actor noun": -0.78,
    "actor exchanged": -1.45,
    "object": 0.00,
    "other object": -0.31,
    "object exchanged": -2.49,
    "of another": -2.77,
    "act exchanged": -0.63,
    "converse": 0.97,
    "roles turned": -1.00,
    "one word apart": -1.47,
    "speaker": 1.50,
    "act": 1.49,
    "events": 0.73,
    "other events": -1.59,
    "other act": -0.23,
    "numbers": 0.10,
    "count and day": 1.20,
    "number of one": -0.63,
    "rival frame": 0.82,
    "same toll": 4.00,
    "rival toll": 3.13,
    "date": 0.60,
    "other date": -3.00,
    "published together": 0.30,
    "published apart": -1.20,
    "no anchor": -5.00,
    "no anchor near": 0.00,
    "no name": 0.00,
    "event apart": -2.50,
    "one article": -0.55,
    "both open": 1.80,
    "another event": -0.81,
    "thin": -0.20,
    "question": -2.00,
    "condition": -0.40,
}
