"""Attribution in brackets of commas: "как сообщил X", "по словам X"."""

from __future__ import annotations

from collections.abc import Iterator

from ....model import Span
from ...found import Found
from .. import words
from ..view import View
from .extent import CONJUNCTIONS, LINKS, RELATIVES, bracket_end, clause_end, relative_begins, via_of


def as_reported(view: View) -> Iterator[Found]:
    """Как сообщает X, …; …, как рассказали в X; как стало известно X; как следует из X."""
    for i, form in enumerate(view.forms):
        if form != "как" or not _opens_clause(view, i):
            continue
        low, high = view.bounds(i)
        verb = next((j for j in range(i + 1, min(i + 5, high)) if view.finite(j)), None)
        if verb is None or view.lemmas[verb] not in words.CUES | words.PASSIVES | words.URGES | {"стать"}:
            continue
        end = bracket_end(view, verb + 1, high)
        last = verb
        if view.lemmas[verb] == "стать":
            if view.forms[verb + 1 : verb + 2] != ("известно",):
                continue
            last = verb + 1
            source = _dative(view, verb + 2, end)
        elif view.lemmas[verb] in words.PASSIVES:
            source = view.place(verb, i, end) or ()
            if not source and view.forms[verb] == "говорится":
                continue  # "как говорится" is an idiom
        else:
            source = view.speaker(verb, i + 1, end) or ()
            if not source:
                continue
        content = _around(view, i, end, low, high)
        if content:
            cue_last = (
                view.first_from(source[0].start) - 1
                if source and view.lemmas[verb] in words.PASSIVES
                else last
            )
            cue = view.cue(i, max(last, cue_last) if max(last, cue_last) - i <= 4 else last)
            yield Found(source or (), cue, content, "as reported", 0.9, via=via_of(view, verb, end))


def by_words(view: View) -> Iterator[Found]:
    """По словам X, …; …, по данным X, …; согласно X; судя по X; со слов X; with no X: "по слухам"."""
    for i, form in enumerate(view.forms):
        if form not in {"по", "согласно", "со", "судя"}:
            continue
        low, high = view.bounds(i)
        group = _by_group(view, i, high)
        if group is None:
            continue
        cue_last, source_at, possessive = group
        source: tuple[Span, ...] = ()
        end = cue_last + 1
        if possessive is not None:
            source = view.cue(possessive)
        elif source_at is not None:
            source, end = _genitive(view, source_at, high)
            if not source and form != "по":
                continue
        bare = not source and not any(
            view.lemmas[j]
            in {
                "слух",
                "неофициальный",
                "предварительный",
                "данные",
                "сведение",
                "информация",
                "версия",
                "оценка",
            }
            for j in range(i, cue_last + 1)
        )
        if bare:
            continue
        content = _around(view, i, end, low, high)
        if content:
            cue = view.cue(i, cue_last)
            if possessive is not None and cue_last > possessive > i:
                cue = (*view.cue(i, possessive - 1), *view.cue(possessive + 1, cue_last))
            yield Found(source, cue, content, "according to", 0.9)


def _around(view: View, start: int, end: int, low: int, high: int) -> tuple[Span, ...]:
    """The clause around a bracketed phrase [start, end): before it, after it, or both."""
    after_end = clause_end(view, -1, end, high)
    after = view.content(end, after_end)
    first = start
    while first > low and (
        view.tokens[first - 1].text in {",", "—", "–", "("} or view.forms[first - 1] in LINKS
    ):
        first -= 1
    if first <= low:
        return (after,) if after else ()
    for k in range(first - 1, low - 1, -1):
        if (
            view.forms[k] in CONJUNCTIONS
            and view.tokens[k - 1 : k]
            and (k == low or view.tokens[k - 1].text == ",")
        ):
            low = k + 1
            break
        if view.tokens[k].text in {";", ":"}:
            low = k + 1
            break
    if first <= low or view.lemmas[first - 1] in RELATIVES:
        return (after,) if after else ()
    before = view.content(low, first)
    return tuple(span for span in (before, after) if span is not None)


def _by_group(view: View, i: int, high: int) -> tuple[int, int | None, int | None] | None:
    """For "по … словам": (last token of the cue, first token of the source or None, possessive or None)."""
    form = view.forms[i]
    if form == "судя":
        if view.forms[i + 1 : i + 2] != ("по",) or i + 2 >= high:
            return None
        return i + 1, i + 2, None
    if form == "согласно":
        if i + 1 >= high or view.lemmas[i + 1] in words.NOT_SOURCES:
            return None
        for j in range(i + 1, min(i + 3, high)):
            if view.lemmas[j] in words.BY - {"заявление", "сообщение", "рассказ"}:
                return (
                    (j, j + 1, None)
                    if j + 1 < high and view.feature(j + 1, "Case") == "Gen"
                    else (i, i + 1, None)
                )
        return i, i + 1, None
    possessive = None
    for j in range(i + 1, min(i + 5, high)):
        if view.lemmas[j] in words.BY and (view.tokens[j].pos in {"NOUN", "X"} or view.lemmas[j] == "данные"):
            if form == "со" and view.forms[j] != "слов":
                return None
            return j, (j + 1 if j + 1 < high and possessive is None else None), possessive
        if view.forms[j] in {"его", "ее", "их"} or view.lemmas[j] in {"мой", "наш", "ваш", "свой"}:
            possessive = j
        elif view.tokens[j].pos not in {"ADJ", "DET", "NUM"} and "VerbForm=Part" not in view.tokens[j].morph:
            return None
    return None


def _genitive(view: View, at: int, high: int) -> tuple[tuple[Span, ...], int]:
    """The phrase that begins at `at` as a source, and the token after it."""
    if view.tokens[at].text in {",", ".", ":", "—"}:
        return (), at
    if view.forms[at] in {"о", "об", "на", "в", "за", "от", "к"}:
        return (), bracket_end(view, at, high)
    head = None
    limit = bracket_end(view, at, high)
    for j in range(at, limit):
        if view.tokens[j].pos in {"NOUN", "PROPN", "PRON", "X"} and (
            view.feature(j, "Case") in {"Gen", "Dat", ""} or j == at
        ):
            head = j
            break
        if view.finite(j):
            break
    if head is None:
        return (), at
    first, last = view.phrase(head, at, limit)
    if limit - at <= 12 and limit < high and not any(view.finite(j) for j in range(at, limit)):
        last = limit - 1  # the comma that closes the bracket closes the phrase
    end = last + 1
    if end < limit and view.tokens[end].text == "," and relative_begins(view, end, high):
        end = limit  # the relative clause is about the source, not what it says
    return (view.analysis.span(min(first, at), last + 1),), end


def _dative(view: View, first: int, last: int) -> tuple[Span, ...]:
    """The phrase in "стало известно X"."""
    for j in range(first, last):
        if view.tokens[j].pos in {"NOUN", "PROPN", "X", "PRON"}:
            return view.source(j, first, last)
    return ()


def _opens_clause(view: View, i: int) -> bool:
    """Whether the token stands at a sentence's start or behind a mark or conjunction."""
    low, _ = view.bounds(i)
    return (
        i == low
        or view.tokens[i - 1].text in {",", "(", "—", "–", "«", "“", '"', ":"}
        or view.forms[i - 1] in {"и", "но", "а"}
    )
