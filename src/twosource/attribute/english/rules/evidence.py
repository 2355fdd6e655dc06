"""Evidence held up: "The ministry has photographs, showing that …"."""

from __future__ import annotations

from collections.abc import Iterator

from ...found import Found
from .. import words
from ..tree import lemma as lemma_of
from ..view import View
from .extent import clause_end
from .speaker import speaker_of


def evidence_shown(view: View) -> Iterator[Found]:
    """As in "The ministry has photographs, showing that …": whoever offers the evidence is the source."""
    tree = view.tree
    for token in view.tokens:
        if (
            lemma_of(token)
            not in {"show", "prove", "demonstrate", "reveal", "suggest", "indicate", "confirm"}
            or token.tag != "VBG"
        ):
            continue
        if token.dep not in {"acl", "advcl"} or token.head == token.i:
            continue
        holder, noun = _holder(view, token.head)
        if holder is None or noun is None:
            continue
        inner = tree.child(token.i, "ccomp", "dobj", "xcomp")
        if inner is None:
            continue
        end = clause_end(view, token.i, tree.last[inner])
        content = view.content(token.i + 1, end, token.i)
        if content is not None:
            yield Found(view.source(holder), view.cue(token.i), (content,), "evidence shown", 0.85)


def _holder(view: View, head: int) -> tuple[int | None, int | None]:
    """Who has or publishes the evidence that a participle hangs on, and the evidence."""
    tree, tokens = view.tree, view.tokens
    if tokens[head].pos in {"NOUN", "PROPN"}:
        noun, verb = head, tokens[head].head
    else:
        verb = head
        noun = tree.child(verb, "dobj") or -1
    if (
        noun < 0
        or noun == verb
        or tokens[noun].dep != "dobj"
        or lemma_of(tokens[verb]) not in words.PUBLISHING
    ):
        return None, None
    if lemma_of(tokens[noun]) not in words.PROOF_NOUNS | words.EVIDENCE_NOUNS.keys():
        return None, None
    return tree.subject(verb), noun


def evidence_published(view: View) -> Iterator[Found]:
    """As in "The ministry published new evidence linking …"."""
    tree = view.tree
    for token in view.tokens:
        if lemma_of(token) not in words.PUBLISHING or not token.tag.startswith("VB"):
            continue
        noun = tree.child(token.i, "dobj")
        if noun is None or lemma_of(view.tokens[noun]) not in words.PROOF_NOUNS:
            continue
        if tree.child(noun, "acl", "prep", "ccomp", "relcl") is None:
            continue
        head = speaker_of(view, token.i)
        if head is None or head == noun:
            continue
        if view.tokens[head].entity == "GPE" and lemma_of(token) in {"find", "discover", "obtain", "uncover"}:
            continue  # a country that finds is the writer's word, no statement of its own
        first, last = tree.subtree(noun)
        content = view.content(first, clause_end(view, token.i, last), token.i)
        if content is not None:
            yield Found(view.source(head, token.i), view.cue(token.i), (content,), "evidence published", 0.75)
