"""A verb of saying, showing or believing and its clause; "…, claims a video"."""

from __future__ import annotations

from collections.abc import Iterator

from ....model import Span
from ...found import Found
from .. import words
from ..tree import lemma as lemma_of
from ..tree import lower
from ..view import View
from .extent import cited_clause, clause_end, next_voice
from .speaker import person_like, speaker_of, unfit

_CLAUSE_CUES = words.SAYING | words.THINKING | words.SHOWING


def clause_of_cue(view: View) -> Iterator[Found]:
    """A verb of saying, showing or believing and the clause that it governs, before it, after it or around it."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        lemma = lemma_of(token)
        if (
            lemma not in _CLAUSE_CUES
            or token.pos not in {"VERB", "AUX", "NOUN"}
            or not token.tag.startswith("VB")
        ):
            continue
        clause = tree.child(token.i, "ccomp")
        if clause is None and lemma in words.SAYING:
            clause = _stray_clause(view, token.i)
        if clause is None and lemma in words.SAYING:
            clause = next(
                (c for c in tree.children(token.i, "xcomp") if tokens[c].tag == "VBG" and c > token.i), None
            )
        if clause is None:
            continue
        if (
            tokens[clause].tag == "VBG"
            and tree.child(clause, "nsubj", "aux") is None
            and tokens[clause].dep == "ccomp"
        ):
            continue
        head = speaker_of(view, token.i)
        if head is None or (
            lemma in words.THINKING - words.SAYING and lower(tokens[head]) in {"you", "i", "we"}
        ):
            continue
        content = _clause_content(view, token.i, clause, head)
        if content:
            noun = tokens[head].pos == "NOUN"  # "…, suggests an internal memo"
            after = noun and head > token.i and tree.own_subject(token.i) is None
            rule = _rule_of(view, clause, after)
            yield Found(view.source(head, token.i), view.cue(token.i), content, rule, 0.85)


def _rule_of(view: View, clause: int, after: bool) -> str:
    """The name of the form: those too rare to be learned have names of their own."""
    above = view.tokens[view.tokens[clause].head]
    if lemma_of(above) in {"cite", "quote"} and above.tag == "VBG":
        return "citing"
    return "trailing verb" if after else "clause of cue"


def _stray_clause(view: View, verb: int) -> int | None:
    """The clause where the parser hung it elsewhere: "said in a statement that …", "…, Ann Ray said"."""
    tree, tokens = view.tree, view.tokens
    token = tokens[verb]
    for prep in tree.children(verb, "prep", "npadvmod"):
        noun = tree.child(prep, "pobj") if tokens[prep].dep == "prep" else prep
        if noun is None or noun < verb:
            continue
        for clause in tree.children(noun, "acl", "relcl", "ccomp"):
            marks = [
                m
                for m in tree.below[clause]
                if lower(tokens[m]) == "that" and tokens[m].dep in {"mark", "nsubj"}
            ]
            if marks and clause > noun:
                return clause
    for citing in tree.children(verb, "advcl"):
        if citing > verb and tokens[citing].tag == "VBG" and lemma_of(tokens[citing]) in {"cite", "quote"}:
            return cited_clause(view, citing)
    if token.dep in {"parataxis"} and token.head != verb:
        return token.head
    return None


def _clause_content(view: View, verb: int, clause: int, head: int) -> tuple[Span, ...]:
    tree = view.tree
    cue_first, cue_last = tree.verb_group(verb)
    first, last = tree.first[clause], tree.last[clause]
    source_first, source_last = tree.noun_phrase(head)
    out: list[Span] = []
    if clause > verb:
        begin = first if first > cue_last else cue_last + 1
        if begin <= source_last < clause and source_first > cue_last:  # "said the mayor the quay had burned"
            begin = source_last + 1
        left_end = min(source_first, cue_first) - 1
        if first < left_end and view.tokens[left_end].text == ",":  # "the ferry, Ann Ray said, would return"
            span = view.content(first, left_end, verb)
            if span is not None:
                out.append(span)
        end = next_voice(view, verb, begin, clause_end(view, verb, last))
        span = view.content(begin, end, verb)
        if span is not None:
            out.append(span)
        return tuple(out)
    inner_first = min(source_first, cue_first) if source_last < clause or source_first > clause else cue_first
    left_end = min(inner_first, cue_first) - 1
    begin = min(first, clause)
    sentence_begin, sentence_end = tree.sentence(verb)
    if _only_loose(view, sentence_begin, begin) or not _cue_between(view, sentence_begin, begin):
        begin = sentence_begin
    while begin < clause and lower(view.tokens[begin]) in {"but", "and", "yet", "so", "still", ","}:
        begin += 1
    span = view.content(begin, left_end, verb)
    if span is not None:
        out.append(span)
    right = max(cue_last, source_last if source_first > cue_first else cue_last) + 1
    if last > right:
        k = right
        while k <= last and view.tokens[k].head in {verb} and view.tokens[k].text not in {","}:
            k += 1
        if k < sentence_end and view.tokens[k].text in {",", "—"}:
            span = view.content(k + 1, last, verb)
            if span is not None:
                out.append(span)
    return tuple(out)


def _cue_between(view: View, begin: int, end: int) -> bool:
    """Whether another voice or another clause stands between two tokens."""
    return any(
        t.text in {";", ":"} or (lemma_of(t) in words.SAYING and t.tag.startswith("VB")) or t.dep == "ROOT"
        for t in view.tokens[begin:end]
    )


def _only_loose(view: View, begin: int, end: int) -> bool:
    return end - begin <= 2 and all(view.tokens[k].pos in {"PUNCT", "ADV"} for k in range(begin, end))


def parenthetical_cue(view: View) -> Iterator[Found]:
    """As in "The quay burned, claims a video" and "…, he said, …" where no clause hangs on the cue."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        i = token.i
        if lemma_of(token) not in words.SAYING | {"believe", "think", "show"} or not (
            token.tag in {"VBD", "VBZ", "VBP"} or (token.tag == "NNS" and i > 0 and tokens[i - 1].text == ",")
        ):
            continue
        if view.parsed and token.tag != "NNS" and tree.child(i, "ccomp", "xcomp") is not None:
            continue
        begin, end = tree.sentence(i)
        head = _parenthetical_speaker(view, i, begin, end)
        if head is None:
            continue
        source = view.source(head)
        first = min(i, tree.first_from(source[0].start))
        last = max(i, tree.token_at(source[0].end - 1))
        if first <= begin + 1 or tokens[first - 1].text not in {",", "—", "–", "”", '"', "»"}:
            continue
        if (
            last + 1 < end
            and tokens[last + 1].text not in {",", ".", "—", "–", ";", "!", "?"}
            and tokens[last + 1].dep not in {"npadvmod", "prep", "advmod"}
        ):
            continue
        if tokens[begin].pos in {"ADP", "ADV", "SCONJ"} or tokens[begin].tag in {"VBG", "VBN", "TO"}:
            continue
        if (
            not any(tokens[k].tag in {"VBD", "VBZ", "VBP", "MD"} for k in range(begin, first - 1))
            or tree.child(i, "dobj") not in {None, head}
            or (
                tree.child(i, "dobj") == head
                and not person_like(view, head)
                and lemma_of(tokens[head]) not in words.EVIDENCE_NOUNS
            )
        ):
            continue
        content = view.content(begin, first - 1, i)
        if content is not None and content.end - content.start > 8:
            document = head > i and lemma_of(tokens[head]) in words.DOCUMENT_HEADS
            rule = "trailing verb" if document else "parenthetical cue"
            yield Found(source, view.cue(i), (content,), rule, 0.75)


def _parenthetical_speaker(view: View, verb: int, begin: int, end: int) -> int | None:
    tokens, tree = view.tokens, view.tree
    if tokens[verb - 1].text in {",", "”", '"', "»", "—", "–"}:  # inverted: ", claims a video"
        own = tree.own_subject(verb)
        if own is not None and own > verb:
            return own
        for k in range(verb + 1, min(verb + 12, end)):
            if tokens[k].text in {",", ".", ":"} or tokens[k].tag in {"VBD", "VBZ", "TO", "IN"}:
                break
            if tokens[k].pos in {"NOUN", "PROPN", "PRON"} and tokens[k].dep not in {
                "compound",
                "poss",
                "amod",
            }:
                return k
        return None
    own = tree.own_subject(verb)
    return own if own is not None and begin <= own < verb and not unfit(view, own, verb) else None
