"""What somebody means to do, or tells others to do."""

from __future__ import annotations

from collections.abc import Iterator

from ...found import Found
from .. import words
from ..tree import lemma as lemma_of
from ..tree import lower
from ..view import View
from .extent import clause_end
from .speaker import person_like, speaker_of

_NAMED = frozenset({"name", "identify", "quote"})
"""What a source asks not to be: "refused to be named" reports nothing."""


def intention(view: View) -> Iterator[Found]:
    """As in "The mayor hopes to reopen the quay"; "she refused to comment"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in words.INTENDING or token.pos != "VERB":
            continue
        clause = tree.child(token.i, "xcomp")
        if clause is None or tree.child(clause, "aux") is None:
            continue
        if not any(lower(tokens[c]) == "to" for c in tree.below[clause]):
            continue
        addressee = tree.child(token.i, "dobj")
        first = tree.first[clause] if addressee is None else min(tree.first[clause], tree.first[addressee])
        yield from _willed(view, token.i, clause, first, "intention", 0.7)


def telling(view: View) -> Iterator[Found]:
    """As in "The mayor urged residents to leave"; "she told him about the fire"."""
    tree = view.tree
    for token in view.tokens:
        if lemma_of(token) not in words.TELLING or token.pos != "VERB":
            continue
        clause = tree.child(token.i, "ccomp", "xcomp")
        if clause is not None:
            yield from _willed(view, token.i, clause, tree.first[clause], "telling", 0.75)


def _willed(view: View, verb: int, clause: int, first: int, rule: str, score: float) -> Iterator[Found]:
    """A verb of the will with the clause behind it, from token `first`, where somebody wills."""
    if clause < verb or lemma_of(view.tokens[clause]) in _NAMED:
        return
    head = speaker_of(view, verb)
    if head is None or not person_like(view, head):
        return
    content = view.content(max(first, verb + 1), clause_end(view, verb, view.tree.last[clause]), verb)
    if content is not None:
        yield Found(view.source(head, verb), view.cue(verb), (content,), rule, score)
