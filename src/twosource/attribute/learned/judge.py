"""How likely a cue is one, once all the cues around it and what each would report are known.

A logistic regression on what the network says of the cue and on how the cues share the text among them: a
cue inside what a surer one reports is seldom one of its own, since only the outermost layer is looked for.
"""

from __future__ import annotations

import numpy as np

from .features import Ints, Pairs
from .network import CONTENT, CUE, Roles
from .weights import Floats

EVIDENCE = (
    "found",  # logit of the cue, from its words alone
    "whole",  # logit of the cue, from all that belongs to it
    "named",  # probability of the best source
    "unnamed",  # probability of there being none
    "settled",  # the greater of the two
    "inside",  # logit: a cue of this likelihood reports this one's head
    "inside, though likely",
    "contested",  # a likely cue lays claim to the same content
    "holds",  # a likely cue lies in this one's content
    "length",  # of the content, log(1 + words)
    "surest",  # probability of its surest word
    "doubt",  # mean variance of its words
    "head",  # probability that its head is part of it
    "nothing",  # no word of content
)
"""What the regression weighs, in the order of the columns of `evidence`."""


def probability(logits: Floats) -> Floats:
    """The logistic function; logits beyond ±30 are as good as certain."""
    out: Floats = np.float32(1) / (np.float32(1) + np.exp(-np.clip(logits, -30, 30)))
    return out


def _logit(p: Floats, edge: float) -> Floats:
    clipped = np.clip(p, edge, 1 - edge)
    out: Floats = np.log(clipped / (1 - clipped))
    return out


def evidence(pairs: Pairs, roles: Roles, heads: Ints, found: Floats) -> Floats:
    """One row for each of the k cues at `heads`, `found` (k) being their probabilities: (k, 14)."""
    k, group = len(heads), pairs.group
    whole = probability(roles.real)
    score = (found + whole) / 2
    starts = np.searchsorted(group, np.arange(k))
    first = int(pairs.word.min())
    content = np.zeros((k, int(pairs.word.max()) - first + 1), np.float32)
    content[group, pairs.word - first] = roles.probability[:, CONTENT]
    mine = (content > 0.5).astype(np.float32)
    others = score[None, :] * (1 - np.eye(k, dtype=np.float32))  # (cue, another cue)

    inside = (others * content[:, heads - first].T).max(axis=1)
    holds = (others * mine[:, heads - first]).max(axis=1)
    size = mine.sum(axis=1)
    common = mine @ mine.T
    union = np.maximum(size[:, None] + size[None, :] - common, 1)
    contested = (others * common / union).max(axis=1)

    peak = np.maximum(np.maximum.reduceat(roles.source, starts), roles.unnamed)
    none = np.exp(roles.unnamed - peak)
    total = np.add.reduceat(np.exp(roles.source - peak[group]), starts) + none
    named = np.exp(np.maximum.reduceat(roles.source, starts) - peak) / total
    unnamed = none / total

    spread = roles.probability[:, CONTENT] * (1 - roles.probability[:, CONTENT])
    own = roles.probability[pairs.word == pairs.cue, CUE]
    columns = [
        _logit(found, 1e-4), _logit(whole, 1e-4), named, unnamed, np.maximum(named, unnamed),
        _logit(inside, 0.01), inside * score, contested, holds, np.log1p(size),
        np.maximum.reduceat(roles.probability[:, CONTENT], starts),
        np.add.reduceat(spread, starts) / (size + 1), own, (size == 0).astype(np.float32),
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)
