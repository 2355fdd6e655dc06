"""How firmly a thing is put: certainty, the reporter's stance, and the evidence that is offered.

Likelihood and confidence are two fields (ICD 203). Everything here reads words, not the world: it says how
the text puts a thing, never whether it is so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from ..language.analysis import Analysis, Token
from ..model import Article, Certainty, Confidence, Evidence, Likelihood, Span, Stance
from .english import words
from .found import Found
from .lexicon import lexicon

_LONGEST = 300  # tokens of one span that are looked at
_MARKS = "\"“”„«»'‘’"


def certainty(article: Article, analysis: Analysis, found: Found) -> Certainty:
    """The certainty of the content, by its hedges, its main verb's negation, conditionals, and marks."""
    inside = [t for span in found.content for t in _tokens(analysis, span)]
    if not inside:
        return Certainty()
    cue = [t for span in found.cue for t in _tokens(analysis, span)]
    hedges: list[Span] = []
    likelihood = Likelihood.STATED
    confidence = Confidence.UNSTATED
    for token in (*cue, *inside):
        lemma, low = token.lemma.lower(), token.text.lower().replace("’", "'")
        level: Likelihood | None = None
        if low in words.UNLIKELY or lemma in words.UNLIKELY:
            level = Likelihood.UNLIKELY
        elif (
            (low in words.POSSIBLE or lemma in words.POSSIBLE)
            and not (low == "may" and token.pos == "PROPN")
            and not (low == "might" and token.pos == "NOUN")
        ):
            level = Likelihood.POSSIBLE
        elif low in words.LIKELY and low != "almost":
            level = Likelihood.LIKELY
        if low == "must" and _must_have_been(analysis, token):
            level = Likelihood.LIKELY
        if level is not None and not _aside(analysis, token, inside):
            hedges.append(Span(token.start, token.end))
            likelihood = max(likelihood, level, key=_HEDGED.index)
        if low in words.HIGH_CONFIDENCE or lemma in words.HIGH_CONFIDENCE:
            confidence = Confidence.HIGH
        elif confidence is Confidence.UNSTATED and token in cue:
            if lemma in words.LOW_CONFIDENCE:
                confidence = Confidence.LOW
            elif lemma in words.MODERATE_CONFIDENCE:
                confidence = Confidence.MODERATE
    last = found.content[-1].of(article.text).rstrip(_MARKS + " ")
    return Certainty(
        likelihood,
        confidence,
        negated=_negated(analysis, inside)
        != any(_low(t) in words.NEGATORS or t.lemma.lower() in _DENYING for t in cue),
        conditional=any(_conditional(analysis, t) for t in (inside[1:] if _asks(cue) else inside)),
        question=last.endswith("?") or (_asks(cue) and not _requested(inside)),
        hedges=tuple(sorted(set(hedges))),
    )


_HEDGED = (Likelihood.STATED, Likelihood.LIKELY, Likelihood.POSSIBLE, Likelihood.UNLIKELY)


_DENYING = lexicon("deny refute rebut")
_NOBODY = lexicon("nobody nothing none neither")


def _asks(cue: list[Token]) -> bool:
    return any(t.lemma.lower() in {"ask", "wonder", "question"} for t in cue)


def _requested(inside: list[Token]) -> bool:
    """Whether somebody is asked to do a thing, not about one: "asked residents to keep windows shut"."""
    for token, after in pairwise(inside[:12]):
        if token.tag in {"WP", "WDT", "WRB"} or _low(token) in {"if", "whether"}:
            return False
        if _low(token) == "to" and after.tag == "VB":
            return True
    return False


def _conditional(analysis: Analysis, token: Token) -> bool:
    """Whether a word makes a condition: "if", "unless", or "should" before its subject."""
    low = _low(token)
    if low in {"if", "unless"}:
        return token.pos in {"SCONJ", "ADP", ""}
    after = analysis.tokens[token.i + 1 : token.i + 2]
    verb = analysis.tokens[token.head]
    return (
        low == "should"
        and token.dep == "aux"
        and verb.dep == "advcl"
        and bool(after)
        and after[0].pos in {"DET", "NOUN", "PROPN", "PRON"}
    )


def _must_have_been(analysis: Analysis, token: Token) -> bool:
    """Whether "must" concludes ("must have burned") and does not oblige."""
    after = analysis.tokens[token.i + 1 : token.i + 3]
    return any(_low(t) == "have" for t in after)


def _aside(analysis: Analysis, token: Token, inside: list[Token]) -> bool:
    """Whether a modal belongs to a clause beside the point: "was switched off so that work could be done"."""
    if token.dep != "aux" or not inside:
        return False
    verb = analysis.tokens[token.head]
    return (
        verb.dep in {"advcl", "relcl"}
        and inside[0].start <= analysis.tokens[verb.head].start < inside[-1].end
    )


def _low(token: Token) -> str:
    return token.text.lower().replace("’", "'")


def _negated(analysis: Analysis, inside: list[Token]) -> bool:
    """Whether the content's main verb is negated: the verb whose own head stands outside the content."""
    if analysis.parser == "none":
        return any(_low(t) in {"not", "never", "не"} or _low(t).endswith("n't") for t in inside)
    present = {t.i for t in inside}
    tops = {t.i for t in inside if t.pos in {"VERB", "AUX"} and (t.head == t.i or t.head not in present)}
    return any(
        (
            t.dep == "neg"
            or (_low(t) in {"never", "no"} and t.dep in {"neg", "advmod"})
            or t.lemma.lower() == "не"
        )
        and t.head in tops
        for t in inside
    ) or any(_nobody(analysis, t, tops) for t in inside)


def _nobody(analysis: Analysis, token: Token, tops: set[int]) -> bool:
    """Whether a word makes the subject of a main verb nobody: "nobody came", "no ship was lost"."""
    low = _low(token)
    if low in _NOBODY:
        subject = token
    elif low == "no" and token.dep == "det":
        subject = analysis.tokens[token.head]
    else:
        return False
    return subject.dep in {"nsubj", "nsubjpass"} and subject.head in tops


def stance(article: Article, analysis: Analysis, found: Found) -> Stance:
    """How the one who reports stands to the content: by the cue's commitment, or by outright denial."""
    cue = [t for span in found.cue for t in _tokens(analysis, span)]
    if _denied_after(article, found):
        return Stance.DENIES
    lemmas = {t.lemma.lower() for t in cue}
    lows = {_low(t) for t in cue}
    negated = bool(lows & {"not", "n't", "never"})
    before = _tokens(analysis, Span(max(0, cue[0].start - 30), cue[0].start))[-2:] if cue else []
    if {_low(t) for t in before} & words.DOUBTING_ADVERBS or lows & words.DOUBTING_ADVERBS:
        return Stance.DENIES
    whose = " ".join(span.of(article.text)[:_SOURCE].lower() for span in found.source)
    if {_low(t) for t in before} & {"so-called", "alleged", "supposed"} or _SO_CALLED.search(whose):
        return Stance.DISTANCES
    if lemmas & words.DISTANCING:
        return Stance.DISTANCES
    if lemmas & words.ENDORSING and not negated:
        if (
            "point" in lemmas
            and "out" not in lows
            and "out" not in {_low(t) for t in _tokens(analysis, Span(cue[-1].end, cue[-1].end + 6))}
        ):
            return Stance.NEUTRAL
        return Stance.ENDORSES
    return Stance.NEUTRAL


_SOURCE = 60  # characters of a source in which the writer's doubt of it shows itself
_SO_CALLED = re.compile(r"\b(?:so-called|self-styled|self-proclaimed)\b")


def _denied_after(article: Article, found: Found) -> bool:
    """As in "… – a bald-faced lie!": the writer's own word on the content, set off by a dash, right behind it."""
    if _UNTRUE.match(article.text, found.extent.end):
        return True
    end = max(span.end for span in found.content)
    tail = article.text[end : end + 60].split("\n")[0].lstrip(' .,”"»')
    if tail[:1] not in {"–", "—", "-"}:
        return False
    remark = tail.lstrip("–—- ").replace("!", " ").replace(".", " ").lower().split()
    return any(word in words.DENYING_NOUNS for word in remark[:5])


_UNTRUE = re.compile(
    r"[\"”»’']?,[\"”»’']? (?:which|something that|a claim that) (?:is|was) (?:plainly |simply |wholly |demonstrably )?"
    r"(?:untrue|false|wrong|a lie)\b"
)
"""Behind the whole attribution: "…, Ann Ray said, which is untrue"."""


def evidence(article: Article, analysis: Analysis, found: Found) -> tuple[Evidence, ...]:
    """What the attribution offers to be believed on, by the nouns in its source and around its cue."""
    if found.rule.startswith("evidence"):
        begin, end = min(s.start for s in found.source + found.cue), found.extent.end
        near = _tokens(analysis, Span(begin, min(end, found.content[0].start + 80)))
    else:
        near = [t for span in found.source for t in _tokens(analysis, span)]
    out = {
        Evidence(words.EVIDENCE_NOUNS[t.lemma.lower()])
        for t in near
        if t.lemma.lower() in words.EVIDENCE_NOUNS
    }
    lows = [_low(t) for t in near]
    if "satellite" in lows and Evidence.PHOTOGRAPH in out:
        out.discard(Evidence.PHOTOGRAPH)
        out.add(Evidence.SATELLITE_IMAGE)
    if any(low.startswith("photographic") for low in lows):
        out.add(Evidence.PHOTOGRAPH)
    out |= _confessed_or_seen(article, analysis, found)
    return tuple(kind for kind in Evidence if kind in out)


def _confessed_or_seen(article: Article, analysis: Analysis, found: Found) -> set[Evidence]:
    """What the cue or a clause behind the source shows: "confessed that …", "a docker who saw the fire"."""
    out: set[Evidence] = set()
    cue = [t for span in found.cue for t in _tokens(analysis, span)]
    begin = found.source[0].start if found.source else found.start
    ahead = article.text[max(0, begin - _AHEAD) : begin]
    if any(t.lemma.lower() == "confess" for t in cue) or _CONFESSION.search(ahead):
        out.add(Evidence.CONFESSION)
    if any(_SAW.search(span.of(article.text)[:200]) for span in found.source):
        out.add(Evidence.EYEWITNESS)
    return out


_AHEAD = 40  # characters before the source
_CONFESSION = re.compile(r"\bin (?:his|her|their|a|the) (?:\w+ )?confessions?[, ]+$", re.IGNORECASE)
_SAW = re.compile(r"\bwho (?:had )?(?:saw|seen|witnessed|watched|heard) ")


def _tokens(analysis: Analysis, span: Span) -> list[Token]:
    """The first tokens that start inside the span: what is put firmly or not is put so early."""
    first = bisect_left(analysis.tokens, span.start, key=lambda t: t.start)
    out: list[Token] = []
    for at in range(first, min(len(analysis.tokens), first + _LONGEST)):
        token = analysis.tokens[at]
        if token.start >= span.end:
            break
        out.append(token)
    return out
