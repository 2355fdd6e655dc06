"""How firmly a Russian text puts a thing: certainty, the reporter's stance, the evidence that is offered.

The same three questions as the English ones, asked of Russian words; see `twosource.attribute.firmness`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ...language.analysis import Analysis, Token
from ...model import Article, Certainty, Confidence, Evidence, Likelihood, Span, Stance
from ..found import Found
from . import words
from .words import plain

_HEDGED = (Likelihood.STATED, Likelihood.LIKELY, Likelihood.POSSIBLE, Likelihood.UNLIKELY)
_SURE = (Confidence.UNSTATED, Confidence.HIGH, Confidence.MODERATE, Confidence.LOW)
_PAIRED = {
    "скорее": "всего",
    "должно": "быть",
    "вряд": "ли",
    "едва": "ли",
}  # hedges only with this word behind them
_OF_CUES = frozenset({"слух", "версия"})  # hedges only where they report: "по слухам"


def certainty(article: Article, analysis: Analysis, found: Found) -> Certainty:
    """The certainty of the content, by its hedges, its main verb's negation, its conditionals and marks."""
    inside = [t for span in found.content for t in tokens_in(analysis, span)]
    if not inside:
        return Certainty()
    cue = [t for span in found.cue for t in tokens_in(analysis, span)]
    hedges: list[Span] = []
    likelihood, confidence = Likelihood.STATED, Confidence.UNSTATED
    for at_cue, tokens in ((True, cue), (False, inside)):
        for token in tokens:
            level = _hedge(analysis, token, at_cue=at_cue)
            if level is not None:
                hedges.append(Span(token.start, token.end))
                likelihood = max(likelihood, level, key=_HEDGED.index)
            for word in (plain(token.lemma), plain(token.text)):
                sure = words.CONFIDENCE.get(word)
                if sure is not None:
                    confidence = max(confidence, sure, key=_SURE.index)
    last = found.content[-1].of(article.text).rstrip(' "“”„«»')
    cue_lemmas = {plain(t.lemma) for t in cue}
    return Certainty(
        likelihood,
        confidence,
        negated=_negated(analysis, tokens_in(analysis, found.content[0]))
        != (bool(cue_lemmas & words.DENIES) or _not_before(analysis, cue)),
        conditional=any(plain(t.text) == "если" for t in inside),
        question=last.endswith("?") or bool(cue_lemmas & {"спросить", "спрашивать", "поинтересоваться"}),
        hedges=tuple(sorted(set(hedges))),
    )


def stance(article: Article, analysis: Analysis, found: Found) -> Stance:
    """How the one who reports stands to the content: by the cue's commitment, якобы, or outright denial."""
    end = max(span.end for span in found.content)
    tail = article.text[end : end + 60].split("\n")[0].lstrip(' .,”"»')
    if tail[:1] in {"–", "—", "-"} and any(
        word in words.LIES for word in plain(tail).replace("!", " ").replace(".", " ").split()[1:5]
    ):
        return Stance.DENIES
    cue = [t for span in found.cue for t in tokens_in(analysis, span)]
    first = list(tokens_in(analysis, found.content[0])[:3])
    if any(plain(t.text) == "якобы" for t in (*cue, *first)) or _apparently_before(analysis, found):
        return Stance.DISTANCES
    negated = any(plain(t.text) == "не" for t in cue) or _not_before(analysis, cue)
    for token in cue:
        if plain(token.text) in _SURE_OF:
            continue
        known = words.STANCES.get(plain(token.lemma))
        if known is not None and not (negated and known is Stance.ENDORSES):
            return known
    return Stance.NEUTRAL


_SURE_OF = frozenset({"уверен", "уверена", "уверены", "убежден", "убеждена", "убеждены"})
"""Adjectives that share their lemma with "уверять"."""


def _not_before(analysis: Analysis, cue: Sequence[Token]) -> bool:
    """Whether не stands right before the cue: "не подтвердила, что"."""
    return bool(cue) and cue[0].i > 0 and plain(analysis.tokens[cue[0].i - 1].text) == "не"


def evidence(article: Article, analysis: Analysis, found: Found) -> tuple[Evidence, ...]:
    """What the attribution offers to be believed on, by the nouns of its source and its cue."""
    del article
    near = [t for span in (*found.source, *found.cue) for t in tokens_in(analysis, span)]
    out = {words.EVIDENCE[plain(t.lemma)] for t in near if plain(t.lemma) in words.EVIDENCE}
    if Evidence.SATELLITE_IMAGE in out:
        out.discard(Evidence.PHOTOGRAPH)
    if found.rule == "according to" and not any(plain(t.lemma) in _MEASURES for t in near):
        out.discard(Evidence.DATA)  # "по данным" is only a way to say "according to"
    return tuple(kind for kind in Evidence if kind in out)


_MEASURES = frozenset({"статистика", "измерение", "замер", "проба", "опрос", "подсчет"})


def tokens_in(analysis: Analysis, span: Span) -> list[Token]:
    """The tokens that start inside the span."""
    first = bisect_left(analysis.tokens, span.start, key=lambda t: t.start)
    last = bisect_left(analysis.tokens, span.end, key=lambda t: t.start)
    return list(analysis.tokens[first:last])


def _hedge(analysis: Analysis, token: Token, *, at_cue: bool) -> Likelihood | None:
    form, lemma = plain(token.text), plain(token.lemma)
    wanted = _PAIRED.get(form)
    if wanted is not None:
        follows = analysis.tokens[token.i + 1 : token.i + 2]
        return words.HEDGES.get(form) if follows and plain(follows[0].text) == wanted else None
    if lemma in _OF_CUES and not at_cue:
        return None
    if (
        lemma == "мочь"
        and analysis.tokens[token.i - 1 : token.i]
        and plain(analysis.tokens[token.i - 1].text) == "не"
    ):
        return None  # "не мог уйти" says it could not be, firmly
    return words.HEDGES.get(form) or words.HEDGES.get(lemma)


def _negated(analysis: Analysis, inside: list[Token]) -> bool:
    """Whether the content's main verb is negated: its first verb whose own head stands outside the content."""
    present = {t.i for t in inside}
    verbs = [t for t in inside if t.pos in {"VERB", "AUX"}]
    top = next((t for t in verbs if t.head == t.i or t.head not in present), None)
    if top is None:
        return any(plain(t.text) == "нет" for t in inside)
    if plain(top.text) == "нет":
        return True
    before = analysis.tokens[max(0, top.i - 2) : top.i]
    return any(
        plain(t.text) == "не" and (t.head == top.i or t.i == top.i - 1) for t in (*before, *inside)
    ) or any(
        plain(t.text) == "не" and t.i == top.i - 2 and analysis.tokens[top.i - 1].pos == "AUX" for t in before
    )


def _apparently_before(analysis: Analysis, found: Found) -> bool:
    """Whether якобы stands right before the content: "заявил, что якобы видел", its conjunction taken for the word."""
    tokens = tokens_in(analysis, Span(max(0, found.content[0].start - 12), found.content[0].start))
    return any(plain(t.text) == "якобы" for t in tokens[-2:])
