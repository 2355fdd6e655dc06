"""How far a content runs: up to the next voice, around a parenthesis."""

from __future__ import annotations

from ....model import Span
from .. import words
from ..tree import lemma as lemma_of
from ..tree import lower
from ..view import View
from .speaker import home_of


def clause_end(view: View, verb: int, last: int) -> int:
    """How far a content after its cue runs: over what the parser cut off, up to the next voice."""
    tokens, tree = view.tokens, view.tree
    end = tree.sentence(verb)[1] - 1
    k = last + 1
    while k <= end:
        token = tokens[k]
        if token.text in {".", ";", "!", "?", ":", "—", "–", "--", "(", ")"}:
            break
        if token.text == ",":
            follower = tokens[k + 1] if k + 1 <= end else None
            if (
                follower is None
                or follower.tag in {"VBG", "WP", "WDT", "CC", "WRB"}
                or follower.pos in {"CCONJ", "SCONJ", "PROPN", "PRON", "DET", "ADV"}
            ):
                break
            break
        if token.pos == "CCONJ" or lower(token) in {
            "as",
            "while",
            "after",
            "before",
            "when",
            "but",
            "although",
            "though",
            "according",
        }:
            break
        if token.head == verb and token.dep in {"conj", "advcl", "npadvmod", "prep", "advmod"}:
            break
        k += 1
    return max(last, k - 1)


def cited_clause(view: View, citing: int) -> int | None:
    """The clause behind ", citing X," where the parser hangs it on "citing": it is what the reporting verb says."""
    clause = view.tree.child(citing, "ccomp")
    who = view.tree.child(citing, "dobj")
    return clause if clause is not None and who is not None and who < clause else None


def next_voice(view: View, verb: int, begin: int, end: int) -> int:
    """The token before ", adding …", ", citing …" in a content after its cue: there the next voice starts."""
    tokens = view.tokens
    for k in range(begin + 1, end + 1):
        if (
            tokens[k - 1].text == ","
            and tokens[k].tag == "VBG"
            and (lemma_of(tokens[k]) in words.SAYING or lemma_of(tokens[k]) in {"cite", "quote"})
            and (
                home_of(view, k) == verb or view.tree.tokens[k].head == verb or lemma_of(tokens[k]) == "cite"
            )
            and not view.quoted(k)
        ):
            return k - 2
    return end


def clause_around(view: View, first: int, last: int) -> tuple[Span, ...]:
    """The clause that a parenthesis from `first` to `last` stands in, without the parenthesis."""
    tokens, tree = view.tokens, view.tree
    begin, end = tree.sentence(first)
    q = view.quotation_at(tokens[first].start)
    if q is not None and q.span.start < tokens[first].start:
        begin = max(begin, tree.first_from(q.inner.start))
        end = min(end, tree.token_at(q.inner.end - 1) + 1)
    left_edge = first
    while left_edge - 1 >= begin and tokens[left_edge - 1].text in {",", "(", "—", "–", "-"}:
        left_edge -= 1
    right_edge = last + 1
    while right_edge < end and tokens[right_edge].text in {",", ")", "—", "–", "-"}:
        right_edge += 1
    closed = right_edge > last + 1
    stop = _boundary_after(view, right_edge, end)
    start = _boundary_before(view, left_edge, begin)
    out: list[Span] = []
    opens_clause = left_edge - start <= 2 and all(
        tokens[k].pos in {"SCONJ", "CCONJ", "PRON", "ADV", "PUNCT"} or tokens[k].tag in {"IN", "WDT", "CC"}
        for k in range(start, left_edge)
    )
    if left_edge > start and not opens_clause:
        span = view.content(start, left_edge - 1, first)
        if span is not None:
            out.append(span)
    if (
        closed
        and right_edge < stop
        and (opens_clause or left_edge == start or _goes_on(view, first, right_edge, left_edge))
    ):
        span = view.content(right_edge, stop - 1, first)
        if span is not None:
            out.append(span)
    return tuple(out)


def _goes_on(view: View, first: int, right: int, left: int) -> bool:
    """Whether the clause before a parenthesis is unfinished, so that what follows belongs to it."""
    tokens, tree = view.tokens, view.tree
    head = tokens[first].head
    if head >= right:
        return True
    if tokens[right].pos in {"CCONJ", "SCONJ"} or tokens[right].tag in {"VBG", "WDT", "WP", "WRB"}:
        return False
    # A subject still waiting for its verb.
    begin = tree.sentence(first)[0]
    return not any(tokens[k].tag in {"VBD", "VBZ", "VBP", "MD"} for k in range(begin, left))


def _boundary_after(view: View, start: int, end: int) -> int:
    """Where the clause ends: before ", because", ", but" with a new subject, a semicolon or a full stop."""
    tokens = view.tokens
    for k in range(start, end):
        if (tokens[k].text in {";", ".", "!", "?"} and tokens[k].text != ".") or (
            tokens[k].text == "." and k == end - 1
        ):
            return k
        if tokens[k].text in {",", "—", "–"} and k + 2 < end and k > start:
            word = tokens[k + 1].text.lower()
            if word in {"because", "although", "though", "while", "whereas", "but"}:
                return k
    return end


def _boundary_before(view: View, start: int, begin: int) -> int:
    """Where the clause began: after a semicolon, or after "that" or "which" just before."""
    tokens = view.tokens
    for k in range(start - 1, begin - 1, -1):
        if tokens[k].text in {";", ":"}:
            return k + 1
        if lower(tokens[k]) in {"that", "which"} and tokens[k].tag in {"IN", "WDT"} and start - k <= 2:
            return k
        if (
            lower(tokens[k]) in {"but", "although", "though", "while"}
            and tokens[k - 1].text == ","
            and k > begin
        ):
            return k + 1
    while begin < start and lower(tokens[begin]) in {"but", "and", "although", "though", "while", "however"}:
        begin += 1
    return begin
