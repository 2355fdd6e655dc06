"""What a sentence reports only to refute it: "the rumour that C is false", "they rejected a report that said C"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..language.analysis import Token

_REPORTS = frozenset(
    ["report", "rumour", "rumor", "claim", "story", "posting", "post", "article", "allegation", "assertion",
     "suggestion", "speculation", "hoax", "slogan", "message"]
)  # fmt: skip
"""Nouns for what somebody put about."""
_OPENERS = frozenset(
    ["that", "claiming", "saying", "alleging", "stating", "asserting", "suggesting", "reporting"]
)
_SAYS = frozenset(["say", "claim", "state", "read", "allege", "assert", "report"])
_FALSE = frozenset(
    ["false", "fake", "untrue", "bogus", "hoax", "rubbish", "nonsense", "baseless", "unfounded", "fabricated",
     "fabrication", "invented", "groundless", "incorrect", "fictitious"]
)  # fmt: skip
_TRUE = frozenset(["true", "accurate", "correct", "real"])
_DENYING = frozenset(["deny", "reject", "dismiss", "debunk", "refute", "rebut"])
_BEING = frozenset(["be", "call", "brand", "label", "describe", "prove", "turn"])
_BEFORE_PREDICATE = 8  # words between "is" and "false": "has been called 'complete rubbish'"
_BEFORE_OPENER = 10  # words between the noun and "that": "a posting on the Bayview website that"


class Refuted(NamedTuple):
    """Positions of tokens: what is refuted, and the words that refute it (none of them when they stand before it)."""

    content: range
    predicate: range


def refuted(tokens: Sequence[Token], first: int, last: int) -> Refuted | None:
    """What the sentence of tokens `first` to `last` (exclusive) refutes, or None."""
    for i in range(first, last):
        if _lemma(tokens[i]) not in _REPORTS or tokens[i].pos == "VERB":
            continue
        opener = _opener(tokens, i, last)
        if opener is None:
            continue
        if _refuted_before(tokens, i, first):
            return Refuted(range(opener + 1, last), range(0))
        predicate = _predicate(tokens, opener + 2, last)
        if predicate is not None:
            return Refuted(range(opener + 1, predicate.start), predicate)
    return None


def _lemma(token: Token) -> str:
    return (token.lemma or token.text).casefold()


def _opener(tokens: Sequence[Token], noun: int, last: int) -> int | None:
    """The word after which the content begins: "that", "claiming", or the verb of "the report says"."""
    for k in range(noun + 1, min(last, noun + 1 + _BEFORE_OPENER)):
        word = tokens[k].text.casefold()
        if word in _OPENERS:
            following = k + 1 < last and _lemma(tokens[k + 1]) in _SAYS
            return k + 1 if word == "that" and following else k
        if tokens[k].pos == "VERB" and _lemma(tokens[k]) in _SAYS and k == noun + 1:
            return k
        if tokens[k].pos == "VERB" or word in {".", ";", ":"}:
            return None
    return None


def _refuted_before(tokens: Sequence[Token], noun: int, first: int) -> bool:
    """As in "the bogus report", "rejected as false a posting", "no truth to the claim"."""
    before = range(max(first, noun - 6), noun)
    lemmas = [_lemma(tokens[k]) for k in before]
    if any(x in _DENYING for x in lemmas) or ("truth" in lemmas and "no" in lemmas):
        return not any(x in {"not", "n't", "n’t"} for x in lemmas)
    return bool(lemmas) and lemmas[-1] in _FALSE


def _predicate(tokens: Sequence[Token], start: int, last: int) -> range | None:
    """As in "is not true", "has been called rubbish", in the sentence after the content began."""
    for k in range(start, last):
        if _lemma(tokens[k]) not in _BEING or tokens[k].pos not in {"AUX", "VERB"}:
            continue
        negated = False
        for j in range(k + 1, min(last, k + 1 + _BEFORE_PREDICATE)):
            word = _lemma(tokens[j])
            negated = negated or word in {"not", "n't", "n’t"}
            if word in (_TRUE if negated else _FALSE):
                begin = next(i for i in range(k, 0, -1) if tokens[i - 1].pos != "AUX")  # "has been called"
                return range(begin, last)
            if tokens[j].pos == "VERB" and word not in _BEING:
                break
    return None
