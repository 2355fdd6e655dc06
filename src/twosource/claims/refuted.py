"""What an article reports only to refute it: "the rumour that C is false", "C, one site said. The story is a hoax"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ..language.analysis import Token

_REPORTS = frozenset(
    ["report", "rumour", "rumor", "claim", "story", "posting", "post", "article", "allegation", "assertion",
     "suggestion", "speculation", "charge", "accusation", "hoax", "slogan", "message", "tale", "legend", "news"]
)  # fmt: skip
"""Nouns for what somebody put about."""
_PICTURES = frozenset(
    ["video", "clip", "footage", "photo", "photograph", "picture", "image", "screenshot", "recording", "tape",
     "letter", "quote", "tweet"]
)  # fmt: skip
"""Nouns for what is shown to prove it."""
_OPENERS = frozenset(
    ["that", "claiming", "saying", "alleging", "stating", "asserting", "suggesting", "reporting"]
)
_SHOWS = frozenset(["show", "depict", "prove"])
_SAYS = frozenset(["say", "claim", "state", "read", "allege", "assert", "report", "suggest", "announce"])
_GOES_ROUND = frozenset(["come", "emerge", "circulate", "surface", "spread", "appear", "go"])
_FALSE = frozenset(
    ["false", "fake", "untrue", "bogus", "hoax", "rubbish", "nonsense", "baseless", "unfounded", "fabricated",
     "fabrication", "fabricate", "invented", "invent", "groundless", "incorrect", "fictitious", "fiction", "lie",
     "prank", "myth", "satire", "satirical", "spoof", "parody", "inaccurate", "photoshopped", "photoshop",
     "doctored", "doctor", "staged", "debunk"]
)  # fmt: skip
_PROOF = frozenset(["evidence", "proof", "indication", "sign", "truth", "basis"])
_NO = frozenset(["no", "any", "little", "without", "zero", "scant"])
_RUMOURS = frozenset(
    ["report", "rumour", "rumor", "claim", "story", "speculation", "allegation", "belief", "suggestion"]
)
_CONTRARY = frozenset(["contrary", "despite", "notwithstanding"])
_LABELS = frozenset(["fake", "false", "hoax", "debunked", "untrue", "myth", "satire"])
_TRUE = frozenset(["true", "accurate", "correct", "real", "genuine", "authentic"])
_DENYING = frozenset(["deny", "reject", "dismiss", "debunk", "refute", "rebut"])
_BEING = frozenset(["be", "call", "brand", "label", "describe", "prove", "turn", "appear", "seem", "expose"])
_WRONGLY = frozenset(["falsely", "incorrectly", "wrongly", "erroneously", "mistakenly", "inaccurately"])
_HAPPENS = frozenset(["happen", "occur"])
_NOT = frozenset(["not", "n't", "n’t", "never"])
_POINTING = frozenset(["the", "this", "that", "these", "those", "such"])
_ENDS = frozenset([".", ";", ":", "?", "!"])
_BEFORE_PREDICATE = 8  # words between "is" and "false": "has been called 'complete rubbish'"
_BEFORE_OPENER = 10  # words between the noun and "that": "a posting on the Bayview website that"
_POINTED_WITHIN = 8  # words of a sentence's beginning in which "the report" must stand


class Refuted(NamedTuple):
    """Positions of tokens: what is refuted, and the words that refute it (none where they stand before it)."""

    content: range
    predicate: range


def refuted(tokens: Sequence[Token], first: int, last: int) -> Refuted | None:
    """What the sentence of tokens `first` to `last` (exclusive) itself refutes, or None."""
    for rule in RULES:
        found = rule(tokens, first, last)
        if found is not None:
            return found
    return None


def refuted_in(tokens: Sequence[Token], sentences: Sequence[tuple[int, int]]) -> tuple[Refuted, ...]:
    """Everything that an article refutes: inside one sentence, or with a later one that points back.

    "This is not true" points at the sentence before. "The story is a hoax" points at what was told as a story,
    wherever the article tells it, or else at the sentence before.
    """
    out = [found for first, last in sentences if (found := refuted(tokens, first, last))]
    told = [t for first, last in sentences for t in _told(tokens, first, last)]
    for k, (first, last) in enumerate(sentences):
        before = sentences[k - 1] if k else None
        if before is not None and tokens[before[1] - 1].text == "?":
            before = None
        if _points_bare(tokens, first, last):
            out.extend([Refuted(range(*before), range(0))] if before else [])
        elif _points_at_report(tokens, first, last):
            elsewhere = [t for t in told if not first <= t.start < last]
            if elsewhere:
                out.extend(Refuted(t, range(0)) for t in elsewhere)
            elif before:
                out.append(Refuted(range(*before), range(0)))
    return tuple(out)


def is_mock(words: Iterable[str]) -> bool:
    """Whether a source calls itself unserious: "a satirical website", "a hoax site"."""
    return any(
        w.casefold() in {"satirical", "satire", "spoof", "parody", "hoax", "bogus", "fake"} for w in words
    )


def _lemma(token: Token) -> str:
    return (token.lemma or token.text).casefold()


# ---------------------------------------------------------------- inside one sentence


def put_about(tokens: Sequence[Token], first: int, last: int) -> Refuted | None:
    """As in "a report that C is false", "they denied reports that C", "the bogus story says C"."""
    for i in range(first, last):
        if _lemma(tokens[i]) not in _REPORTS | _PICTURES or tokens[i].pos == "VERB":
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


def not_true_that(tokens: Sequence[Token], first: int, last: int) -> Refuted | None:
    """As in "it is not true that C", "it is a myth that C"."""
    for i in range(first + 1, min(last, first + _POINTED_WITHIN)):
        if tokens[i].text.casefold() == "that" and _lemma(tokens[i - 1]) in _TRUE | _FALSE:
            words = [_lemma(t) for t in tokens[first:i]]
            if words[0] == "it" and ((words[-1] in _FALSE) != bool(_NOT & set(words))):
                return Refuted(range(i + 1, last), range(0))
    return None


def wrongly_said(tokens: Sequence[Token], first: int, last: int) -> Refuted | None:
    """As in "two sites wrongly reported that C", "it was falsely claimed that C"."""
    for i in range(first, last - 3):
        if tokens[i].text.casefold() in _WRONGLY:
            for k in (i + 1, i - 1):
                if first <= k and _lemma(tokens[k]) in _SAYS:
                    start = max(i, k) + 1
                    return Refuted(range(start, last), range(0))
    return None


def no_evidence(tokens: Sequence[Token], first: int, last: int) -> Refuted | None:
    """As in "there is no evidence that C", "they found no sign that C"."""
    for i in range(first + 1, last - 2):
        if _lemma(tokens[i]) in _PROOF and any(
            tokens[k].text.casefold() in _NO for k in range(max(first, i - 3), i)
        ):
            for k in range(i + 1, min(last - 2, i + 4)):
                if tokens[k].text.casefold() in ("that", "suggesting", "showing", "indicating"):
                    return Refuted(range(k + 1, last), range(0))
                if _lemma(tokens[k]) in ("suggest", "show", "indicate", "prove", "support") and k + 2 < last:
                    start = k + 2 if tokens[k + 1].text.casefold() == "that" else k + 1
                    return Refuted(range(start, last), range(0))
    return None


def contrary_to(tokens: Sequence[Token], first: int, last: int) -> Refuted | None:
    """As in "contrary to reports that C, ...", "despite rumours that C, ..."."""
    for i in range(first, last - 4):
        word = tokens[i].text.casefold()
        if word not in _CONTRARY or (word == "contrary" and tokens[i + 1].text.casefold() != "to"):
            continue
        for k in range(i + 1, min(last - 2, i + 7)):
            if _lemma(tokens[k]) in _RUMOURS:
                opener = _opener(tokens, k, last)
                if opener is not None:
                    end = next(
                        (j for j in range(opener + 2, last) if tokens[j].text in (",", ";", "–", "—")), last
                    )
                    return Refuted(range(opener + 1, end), range(0))
    return None


def labelled(tokens: Sequence[Token], first: int, last: int) -> Refuted | None:
    """As in "Fake: C", "Hoax alert: C", "No, C", "Debunked: C"."""
    words = [t.text.casefold() for t in tokens[first : first + 3]]
    if len(words) == 3 and words[0] in _LABELS:
        if words[1] == ":":
            return Refuted(range(first + 2, last), range(0))
        if words[2] == ":" and words[1] in ("alert", "news", "claim", "story", "report"):
            return Refuted(range(first + 3, last), range(0))
    return None


Rule = Callable[[Sequence[Token], int, int], Refuted | None]
RULES: tuple[Rule, ...] = (put_about, not_true_that, wrongly_said, no_evidence, contrary_to, labelled)
"""What one sentence can refute by itself; the first that finds something decides."""


def _opener(tokens: Sequence[Token], noun: int, last: int) -> int | None:
    """The word after which the content begins: "that", "claiming", or the verb of "the report says"."""
    picture = _lemma(tokens[noun]) in _PICTURES
    for k in range(noun + 1, min(last, noun + 1 + _BEFORE_OPENER)):
        word, lemma = tokens[k].text.casefold(), _lemma(tokens[k])
        if picture:  # "a clip that claims to show": what it is said to show
            if lemma in _SHOWS:
                return k
            if tokens[k].pos == "VERB" and lemma not in {"appear", "purport", "claim", "seem", "say", "mean"}:
                return None
            continue
        if word in _OPENERS:
            following = k + 1 < last and _lemma(tokens[k + 1]) in _SAYS
            return k + 1 if word == "that" and following else k
        if tokens[k].pos == "VERB" and lemma in _SAYS and k == noun + 1:
            return k
        if (tokens[k].pos == "VERB" and lemma not in _GOES_ROUND) or word in _ENDS:
            return None
    return None


def _refuted_before(tokens: Sequence[Token], noun: int, first: int) -> bool:
    """As in "the bogus report", "rejected as false a posting", "no truth to the claim"."""
    before = range(max(first, noun - 6), noun)
    lemmas = [_lemma(tokens[k]) for k in before]
    if any(x in _DENYING for x in lemmas) or ("truth" in lemmas and "no" in lemmas):
        return not any(x in _NOT for x in lemmas)
    return _lemma(tokens[noun]) == "hoax" or (bool(lemmas) and lemmas[-1] in _FALSE)


def _predicate(tokens: Sequence[Token], start: int, last: int) -> range | None:
    """As in "is not true", "has been called rubbish", in the sentence after the content began."""
    for k in range(start, last):
        if _lemma(tokens[k]) not in _BEING or tokens[k].pos not in {"AUX", "VERB"}:
            continue
        negated = False
        for j in range(k + 1, min(last, k + 1 + _BEFORE_PREDICATE)):
            word = _lemma(tokens[j])
            negated = negated or word in _NOT
            if word in (_TRUE if negated else _FALSE):
                begin = next(i for i in range(k, -1, -1) if i == 0 or tokens[i - 1].pos != "AUX")
                return range(begin, last)
            if tokens[j].pos == "VERB" and word not in _BEING:
                break
    return None


# ------------------------------------------------------------------- pointing back


def _told(tokens: Sequence[Token], first: int, last: int) -> list[range]:
    """The contents that a sentence tells as a report: "the article says that C", "rumours that C"."""
    for i in range(first, last):
        if _lemma(tokens[i]) in _REPORTS and tokens[i].pos in {"NOUN", "PROPN"}:
            opener = _opener(tokens, i, last)
            if opener is not None and last - opener > 3:
                return [range(opener + 1, last)]
    return []


def _points_bare(tokens: Sequence[Token], first: int, last: int) -> bool:
    """As in "This is not true.", "It never happened.": a short sentence about the one before."""
    words = [t for t in tokens[first:last] if any(c.isalnum() for c in t.text)]
    if not 3 <= len(words) <= 8 or tokens[last - 1].text == "?":
        return False
    if words[0].text.casefold() not in {"this", "that", "it", "none", "all"}:
        return False
    found = _predicate(tokens, first + 1, last)
    return (found is not None and found.start - first <= 4) or _never_happened(tokens, first, last)


def _points_at_report(tokens: Sequence[Token], first: int, last: int) -> bool:
    """As in "The report, however, is entirely false.", "the incident never happened"."""
    if tokens[last - 1].text == "?":
        return False
    for i in range(first + 1, min(last - 1, first + _POINTED_WITHIN)):
        pointed = any(t.text.casefold() in _POINTING for t in tokens[max(first, i - 4) : i])
        if not pointed or tokens[i].pos not in {"NOUN", "PROPN"}:
            continue
        if _lemma(tokens[i]) in _REPORTS | _PICTURES and _opener(tokens, i, last) is None:
            found = _predicate(tokens, i + 1, last)
            if found is not None and found.start - i <= 5:
                return True
        if _never_happened(tokens, i, min(last, i + 6)):
            return True
    return False


def _never_happened(tokens: Sequence[Token], first: int, last: int) -> bool:
    lemmas = [_lemma(t) for t in tokens[first:last]]
    for k, lemma in enumerate(lemmas):
        place = lemma == "take" and lemmas[k + 1 : k + 2] == ["place"]
        if (lemma in _HAPPENS or place) and _NOT & set(lemmas[max(0, k - 3) : k]):
            return True
    return False
