"""Attributed, to nobody: "it was reported that …"."""

from __future__ import annotations

from collections.abc import Iterator

from ...found import Found
from .. import words
from ..tree import lemma as lemma_of
from ..tree import lower
from ..view import View


def without_source(view: View) -> Iterator[Found]:
    """As in "It was reported that …": attributed, to nobody."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in words.SAYING | words.THINKING or token.tag != "VBN":
            continue
        subject = tree.child(token.i, "nsubjpass", "nsubj")
        if subject is None or tree.child(token.i, "auxpass") is None or tree.agent(token.i) is not None:
            continue
        clause = tree.child(token.i, "ccomp", "xcomp")
        if clause is None or clause < token.i:
            continue
        if lemma_of(token) in {"suppose", "ask", "tell", "order"}:
            continue
        if lower(tokens[subject]) == "it":
            content = view.content(max(tree.first[clause], token.i + 1), tree.last[clause], token.i)
            if content is not None:
                yield Found((), view.cue(token.i), (content,), "without source", 0.7)
        elif any(lower(tokens[c]) == "to" for c in tree.below[clause]):
            first, last = tree.noun_phrase(subject)
            left = view.content(first, last, token.i)
            right = view.content(tree.first[clause], tree.last[clause], token.i)
            if left is not None and right is not None:
                yield Found((), view.cue(token.i), (left, right), "without source", 0.6)
