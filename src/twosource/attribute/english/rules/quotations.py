"""Quotations beside their cue, before it, after it, and in the next paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from ...found import Found
from ...lexicon import lexicon
from ...marks import Quotation
from .. import words
from ..tree import lemma as lemma_of
from ..view import View
from .speaker import speaker_of

_REACH = 40  # tokens outside the marks that a cue may stand away from its quotation
_STOPS = lexicon(". ! ? ;")
_DIALOGUE = words.QUOTING | {"begin"}


def quotation_with_cue(view: View) -> Iterator[Found]:
    """A quotation and a verb of saying in one sentence: "…," said Ann Ray. Ann Ray said: "…"."""
    by_cue: dict[int, list[Quotation]] = {}
    heads: dict[int, int] = {}
    for q in view.quotations:
        hit = _cue_of(view, q)
        if hit is not None:
            by_cue.setdefault(hit[0], []).append(q)
            heads.setdefault(*hit)
    for verb, quoted in sorted(by_cue.items()):
        yield Found(
            view.source(heads[verb], verb),
            view.cue(verb),
            tuple(q.span for q in quoted),
            "quotation with cue",
            0.95,
        )


def _cue_of(view: View, q: Quotation) -> tuple[int, int] | None:
    """The cue verb and the speaker of a quotation, looked for after it, then before."""
    text = view.text
    inner_end = text[q.inner.start : q.inner.end].rstrip()[-1:]
    after_text = text[q.span.end : q.span.end + 3].lstrip(" *")
    joined = inner_end in {",", "?", "!", "—", "…"} or after_text[:1] in {",", "—", "–", "-"}
    begins = _begins_speech(view, q)
    before = _cue_before(view, q)
    if joined and begins:
        after = _cue_after(view, q)
        if after is not None and (before is None or inner_end == "," or after_text[:1] == ","):
            return after
    if before is not None:
        return before
    if begins and (inner_end != "." or after_text[:1].islower()):
        return _cue_after(view, q)
    return None


def _begins_speech(view: View, q: Quotation) -> bool:
    """Whether the quotation starts a sentence or stands after a comma: not a few words in mid-clause."""
    before = view.text[max(0, q.span.start - 4) : q.span.start].rstrip(" ")
    return not before or before[-1] in "\n.!?:,;—–-…\"”»’')]\r"


def _cue_after(view: View, q: Quotation) -> tuple[int, int] | None:
    tokens = view.tokens
    begin = view.tree.first_from(q.span.end)
    paragraph_end = view.paragraphs[view.paragraph_at(q.span.start)].end
    limit = min(len(tokens), begin + _REACH)
    for i in range(begin, limit):
        token = tokens[i]
        if token.start >= paragraph_end or token.text in _STOPS or view.quoted(i):
            return None
        if not (token.tag.startswith("VB") or (not token.pos) or (token.pos == "NOUN" and i == begin)):
            continue
        if view.parsed and token.dep in {"relcl", "amod", "compound"} and i > begin:
            continue
        if lemma_of(token) not in _DIALOGUE:
            if (
                token.dep in {"ROOT", "ccomp"}
                and token.pos == "VERB"
                and i > begin
                and token.tag in {"VBD", "VBZ", "VBP"}
            ):
                return None
            continue
        head = _speaker_beside(view, i, begin)
        if head is not None:
            return i, head
    return None


def _speaker_beside(view: View, verb: int, begin: int) -> int | None:
    """The speaker next to a verb that follows a quotation: between the two, or after the verb."""
    tokens = view.tokens
    own = view.tree.child(verb, "nsubj", "nsubjpass")
    if own is not None and view.tree.is_relative(own):
        return None
    if own is not None and own >= begin and own != verb and not view.quoted(own):
        return own
    if verb > begin:
        for i in range(verb - 1, begin - 1, -1):
            if tokens[i].pos in {"PROPN", "NOUN", "PRON"} and tokens[i].dep in {
                "nsubj",
                "nsubjpass",
                "ROOT",
                "conj",
                "dep",
                "appos",
            }:
                return i
        inherited = view.tree.subject(verb)
        if inherited is not None and not view.quoted(inherited):
            return inherited
        return next(
            (i for i in range(verb - 1, begin - 1, -1) if tokens[i].pos in {"PROPN", "NOUN", "PRON"}), None
        )
    end = min(len(tokens), verb + 14)
    for i in range(verb + 1, end):
        token = tokens[i]
        if token.text in {",", ".", ":"} or view.quoted(i):
            break
        if (
            token.pos in {"PROPN", "NOUN", "PRON"}
            and token.dep not in {"compound", "poss", "nmod", "npadvmod"}
            and tokens[i - 1].dep != "prep"
        ):
            return i
    return None


def _cue_before(view: View, q: Quotation) -> tuple[int, int] | None:
    tokens = view.tokens
    before = view.text[max(0, q.span.start - 3) : q.span.start].rstrip()
    end = view.tree.first_from(q.span.start)
    if end == 0 or end > len(tokens):
        return None
    strong = before[-1:] in {":", ","}
    paragraph = view.paragraph_at(q.span.start)
    for i in range(end - 1, max(-1, end - _REACH), -1):
        token = tokens[i]
        if token.start < view.paragraphs[paragraph].start:
            break
        if token.text in _STOPS and (i + 1 < end):
            break
        if view.quoted(i):
            break
        if token.tag.startswith("VB") and lemma_of(token) in _DIALOGUE and token.dep not in {"amod"}:
            if not strong and i < end - 1:
                return None
            if not strong and not view.text[q.inner.start : q.inner.start + 1].isupper():
                return None
            if not strong and lemma_of(token) in {"sing", "write", "read"} and q.words(view.text) < 8:
                return None  # a title: "sang "Low Tide""
            head = speaker_of(view, i)
            return None if head is None else (i, head)
    return None


def introduced_quotation(view: View) -> Iterator[Found]:
    """A paragraph that ends in "saying:" or a colon, and the quotation that opens the next one."""
    opening = {q.span.start: q for q in view.quotations}
    for k in range(1, len(view.paragraphs)):
        q = opening.get(view.paragraphs[k].start)
        before = view.paragraphs[k - 1]
        if q is None or view.text[before.end - 1] not in ":,—–-":
            continue
        last = view.tree.token_at(before.end - 1)
        begin = view.tree.token_at(before.start)
        for i in range(last, max(begin - 1, last - _REACH), -1):
            token = view.tokens[i]
            if token.text in {".", "!", "?"} and i < last:
                break
            if lemma_of(token) in _DIALOGUE and (token.tag.startswith("VB") or not token.pos):
                head = speaker_of(view, i)
                if head is None:
                    head = _nearest_name(view, begin, i)
                if head is not None:
                    yield Found(view.source(head), view.cue(i), (q.span,), "introduced quotation", 0.9)
                break


def _nearest_name(view: View, begin: int, end: int) -> int | None:
    """The last named speaker between two tokens: for parses that lose the subject."""
    for i in range(end - 1, begin - 1, -1):
        if view.tokens[i].entity in {"PERSON", "ORG", "GPE", "NORP"} and view.tokens[i].pos == "PROPN":
            return i
    return None
