"""Without a parser: quotation marks and a few words around them still show who speaks."""

from __future__ import annotations

import re

from ..language.analysis import Analysis, paragraphs
from ..model import Article, Span
from .english.words import QUOTING
from .found import Found
from .lexicon import lexicon
from .marks import Quotation, quotations

_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_REACH = 90  # characters outside the marks in which cue and speaker are looked for
_PAST = {"said": "say", "told": "tell", "wrote": "write", "says": "say", "tells": "tell", "writes": "write",
         "thought": "think", "spoke": "speak", "read": "read", "sang": "sing", "swore": "swear"}  # fmt: skip
_RUSSIAN = ("сказал", "заявил", "сообщ", "отмет", "подчеркн", "добав", "говор", "утвержда", "пояснил", "рассказ",
            "написал", "считает", "признал", "напомнил", "ответил", "передаёт", "передает", "цитирует")  # fmt: skip
_ORDINARY = lexicon("the a an and but on in at as it he she they we i this that these those when while")


def find(article: Article, analysis: Analysis) -> tuple[Found, ...]:
    """Direct quotations with a cue word beside them, and those that carry them on."""
    text = article.text
    out: list[Found] = []
    parts = paragraphs(text)
    found = quotations(text, parts)
    at = 0
    previous: Found | None = None
    previous_paragraph = -2
    for k, q in enumerate(found):
        while at + 1 < len(parts) and parts[at + 1].start <= q.span.start:
            at += 1
        if q.words(text) < 2:
            continue
        left = max(parts[at].start, found[k - 1].span.end if k else 0, q.span.start - _REACH)
        right = min(
            parts[at].end, found[k + 1].span.start if k + 1 < len(found) else len(text), q.span.end + _REACH
        )
        hit = _beside(text, q, left, right)
        if hit is not None:
            previous = Found((hit[1],), (hit[0],), (q.span,), "marks and words", 0.6)
        elif (
            previous is not None
            and q.words(text) > 3
            and (
                (at == previous_paragraph and _after_full_stop(text, q))
                or (at == previous_paragraph + 1 and q.span.start == parts[at].start)
            )
        ):
            previous = Found(previous.source, (), (q.span,), "continued quotation", 0.5)
        else:
            continue
        previous_paragraph = at
        out.append(previous)
    return tuple(out)


def _after_full_stop(text: str, q: Quotation) -> bool:
    return text[max(0, q.span.start - 3) : q.span.start].rstrip()[-1:] in {".", "!", "?", "…"}


def _beside(text: str, q: Quotation, left: int, right: int) -> tuple[Span, Span] | None:
    """Cue and speaker after the quotation up to the sentence's end, else before it."""
    after = _words(text, q.span.end, _sentence_end(text, q.span.end, right))
    before = _words(text, _sentence_start(text, left, q.span.start), q.span.start)
    for near in (after, before[::-1]):
        for k, word in enumerate(near):
            if not _is_cue(word.of(text)):
                continue
            who = _speaker(text, near, k)
            if who is not None:
                return word, who
    return None


def _words(text: str, start: int, end: int) -> list[Span]:
    return [Span(m.start(), m.end()) for m in _WORD.finditer(text, start, end)]


def _sentence_end(text: str, start: int, limit: int) -> int:
    stops = [p for p in (text.find(mark, start, limit) for mark in ".!?;\n") if p >= 0]
    return min(stops, default=limit)


def _sentence_start(text: str, limit: int, end: int) -> int:
    return max(limit, *(text.rfind(mark, limit, end) + 1 for mark in ".!?;\n"))


def _is_cue(word: str) -> bool:
    low = word.lower().rstrip(".")
    if low in _PAST or low.startswith(_RUSSIAN):
        return True
    stems = (
        low,
        low.removesuffix("s"),
        low.removesuffix("ed"),
        low.removesuffix("d"),
        low.removesuffix("ing"),
    )
    return any(stem in QUOTING for stem in stems)


def _speaker(text: str, near: list[Span], cue: int) -> Span | None:
    """A run of capitalised words, or a pronoun, next to the cue."""
    for k in (cue + 1, cue - 1):
        if not 0 <= k < len(near):
            continue
        word = near[k].of(text)
        if word.lower() in {"he", "she", "they", "он", "она", "они"}:
            return near[k]
    names = [w for w in near if w.of(text)[:1].isupper() and w.of(text).lower() not in _ORDINARY]
    if not names:
        return None
    names.sort()
    best = min(names, key=lambda w: abs(w.start - near[cue].start))
    k = names.index(best)
    first = last = k
    while first > 0 and text[names[first - 1].end : names[first].start].strip(" .") == "":
        first -= 1
    while last + 1 < len(names) and text[names[last].end : names[last + 1].start].strip(" .") == "":
        last += 1
    return Span(names[first].start, names[last].end)
