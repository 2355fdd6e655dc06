"""Phrases as contents: "обвинил в …", "призвал сделать …", "назвал …"."""

from __future__ import annotations

from collections.abc import Iterator

from ...found import Found
from .. import words
from ..view import View
from .extent import asserted, clause_end, later, stands_in, subordinate, via_of


def about(view: View) -> Iterator[Found]:
    """X сообщил о пожаре; сообщается о трёх пропавших."""
    for i, lemma in enumerate(view.lemmas):
        if not (lemma in words.SAYS or lemma == "сообщаться") or not asserted(view, i):
            continue
        low, high = view.bounds(i)
        at = next((c for c in later(view, i, high) if view.forms[c] in {"о", "об", "обо"}), None)
        if at is None:
            continue
        inner = view.noun_after(at, high)
        if (
            inner is None
            or view.lemmas[inner] in {"то", "это", "все"}
            or view.forms[at + 1 : at + 2] in {("этом",), ("том",)}
        ):
            continue
        source = view.speaker(i, low, high)
        if source is None and lemma != "сообщаться" and view.feature(i, "Number") != "Plur":
            continue
        content = view.content(at if lemma != "сообщаться" else at + 1, clause_end(view, i, at + 1, high))
        if content is not None and not (source and content.contains(source[0])):
            yield Found(source or (), view.cue(i), (content,), "cue with о", 0.8, via=via_of(view, i, at))


def infinitive(view: View) -> Iterator[Found]:
    """X потребовал закрыть терминал; X пригрозил перекрыть пролив; X намерен уехать."""
    for i, lemma in enumerate(view.lemmas):
        if not (lemma in words.URGES and asserted(view, i)) and lemma != "намеренный":
            continue
        low, high = view.bounds(i)
        at = next((c for c in later(view, i, high, reach=8) if "VerbForm=Inf" in view.tokens[c].morph), None)
        if at is None or any(view.tokens[c].text in {",", ":", "«"} for c in range(i, at)):
            continue
        source = view.speaker(i, low, at)
        if source is None:
            continue
        if at > i + 1 and view.forms[at - 1] == "не":
            at -= 1
        content = view.content(at, clause_end(view, i, at, high))
        if content is not None:
            yield Found(source, view.cue(i), (content,), "cue with infinitive", 0.8)


def judged(view: View) -> Iterator[Found]:
    """X назвал пожар «самым тяжёлым»; X обвинил соседей в срыве; X отверг обвинения."""
    for i, lemma in enumerate(view.lemmas):
        low, high = view.bounds(i)
        regards = lemma in words.REGARDS and any(
            view.feature(c, "Case") == "Ins" for c in later(view, i, high)
        )
        if not (lemma in words.JUDGES or regards) or not asserted(view, i) or subordinate(view, i):
            continue
        source = view.speaker(i, low, high)
        if source is None:
            continue
        at = next(
            (c for c in later(view, i, high) if not stands_in(view, c, source) and _object_begins(view, c)),
            None,
        )
        if at is None:
            continue
        content = view.content(at, clause_end(view, i, at, high))
        if content is not None and not content.overlaps(source[0]):
            yield Found(source, view.cue(i), (content,), "cue with object", 0.7)


def shown(view: View) -> Iterator[Found]:
    """X заявил «об измене»: a quoted piece that is the verb's own complement, marks and all."""
    for i, lemma in enumerate(view.lemmas):
        if lemma not in words.SAYS or not view.finite(i):
            continue
        after = view.token(i + 1)
        if after is None or after.text not in '«„“"':
            continue
        q = view.quotation_at(after.start)
        low, _ = view.bounds(i)
        if q is None or q.span.start != after.start or q.words(view.text) < 2:
            continue
        source = view.speaker(i, low, i)
        if source is not None:
            yield Found(source, view.cue(i), (q.span,), "quoted complement", 0.7)


def _object_begins(view: View, c: int) -> bool:
    """Whether an object may begin here: the first word that is no adverb, preposition, dative or mark."""
    token = view.tokens[c]
    if token.text in '«„“"':
        return True
    case = view.feature(c, "Case")
    return token.pos in {"NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON", "X"} and case in {
        "Acc",
        "Gen",
        "Nom",
        "Ins",
        "",
    }
