"""A verb or noun that reports and its clause: "X заявил, что …", "слухи о том, что …"."""

from __future__ import annotations

from collections.abc import Iterator

from ....model import Span
from ...found import Found
from .. import words
from ..view import View
from .extent import ASKS, clause_end, conjunction, genitive_of, later, via_of


def clause(view: View) -> Iterator[Found]:
    """X заявил, что …; сообщается, что …; в отчёте говорится, что …; X уверен, что …; стало известно, что … ."""
    for i in range(len(view.tokens)):
        lemma = view.lemmas[i]
        if not _may_take_clause(view, i):
            continue
        low, high = view.bounds(i)
        start = conjunction(view, i, high)
        if start is None:
            continue
        asked = view.forms[start] in ASKS - {"ли"}
        first = start if asked else start + 1
        end = clause_end(view, i, first, high)
        content = view.content(first, end)
        if content is None:
            continue
        if lemma in words.PASSIVES or lemma in {"известно", "известный"}:
            source = view.place(i, low, start) or ()
            split = source and lemma == "следовать"
        else:
            found = view.speaker(i, low, start)
            split = False
            if found is None and not (view.feature(i, "Number") == "Plur" or view.gerund(i)):
                continue
            source = found or ()
        if (lemma == "следовать" or view.forms[i] in {"видно", "понятно", "заметно"}) and not source:
            continue
        cue = view.cue(i)
        if lemma in {"известно", "известный"} and view.lemmas[i - 1 : i] == ("стать",):
            cue = view.cue(i - 1, i)
        if split and source:
            k = view.first_from(source[0].start) - 1
            cue = (*view.cue(k), *cue) if k >= low and view.forms[k] == "из" else cue
        yield Found(tuple(source), cue, (content,), "complement clause", 0.95, via=via_of(view, i, start))


def noun_clause(view: View) -> Iterator[Found]:
    """Заявление X о том, что …; выразил уверенность, что …; утверждения X о … ."""
    for i, lemma in enumerate(view.lemmas):
        if lemma not in words.NOUNS or view.tokens[i].pos != "NOUN":
            continue
        low, high = view.bounds(i)
        holder = genitive_of(view, i, high)
        head = view.tokens[i].head
        source: tuple[Span, ...] = ()
        if holder is not None:
            source = view.source(holder, i + 1, high)
        elif view.lemmas[head] in words.EXPRESSES and low <= head < high:
            source = view.speaker(head, low, i if head < i else high) or ()
        start = conjunction(view, i, high, reach=12)
        if start is not None and (source or lemma == "слух" or view.forms[start - 2 : start - 1] == ("том",)):
            content = view.content(start + 1, _noun_clause_end(view, start + 1, high))
            if content is not None:
                yield Found(source, view.cue(i), (content,), "noun with clause", 0.85)
        elif holder is not None and lemma in {
            "заявление",
            "утверждение",
            "сообщение",
            "обвинение",
            "слух",
            "предупреждение",
        }:
            about = next((c for c in later(view, i, high) if view.forms[c] in {"о", "об", "обо", "в"}), None)
            if about is None or about - i > 12 or (lemma != "обвинение" and view.forms[about] == "в"):
                continue
            inner = view.noun_after(about, high)
            if inner is not None and view.lemmas[inner] not in {"то", "это"}:
                a, b = view.phrase(inner, about + 1, high)
                content = view.content(a, b + 1)
                if content is not None:
                    yield Found(source, view.cue(i), (content,), "noun with о", 0.7)


def _may_take_clause(view: View, i: int) -> bool:
    lemma = view.lemmas[i]
    if lemma in words.MINDED and view.tokens[i].pos in {"ADJ", "VERB"}:
        return True
    if view.forms[i] in {"видно", "понятно", "заметно", "известно"}:
        return True
    if lemma in words.CUES | words.PASSIVES | words.URGES | words.JUDGES:
        return (
            view.finite(i)
            or view.gerund(i)
            or "VerbForm=Part|Voice=Act" in view.tokens[i].morph
            or _infinitive_of_speech(view, i)
        )
    return False


def _noun_clause_end(view: View, first: int, high: int) -> int:
    """The clause of a noun stands in commas when the main verb follows: "заявление о том, что …, удивило биржу"."""
    for k in range(first, high):
        if (
            view.tokens[k].text == ","
            and k + 1 < high
            and view.finite(k + 1)
            and view.lemmas[k + 1] not in words.CUES
        ):
            return k
    return high


def _infinitive_of_speech(view: View, i: int) -> bool:
    return "VerbForm=Inf" in view.tokens[i].morph and view.lemmas[i] in words.SAYS
