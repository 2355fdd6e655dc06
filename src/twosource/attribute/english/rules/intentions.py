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


def intention(view: View) -> Iterator[Found]:
    """As in "The mayor hopes to reopen the quay"; "she refused to comment"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in words.INTENDING or token.pos != "VERB":
            continue
        clause = tree.child(token.i, "xcomp")
        if clause is None or clause < token.i or tree.child(clause, "aux") is None:
            continue
        if not any(lower(tokens[c]) == "to" for c in tree.below[clause]):
            continue
        if lemma_of(tokens[clause]) in {"name", "identify", "quote"}:
            continue
        head = speaker_of(view, token.i)
        if head is None or not person_like(view, head):
            continue
        addressee = tree.child(token.i, "dobj")
        first = tree.first[clause] if addressee is None else min(tree.first[clause], tree.first[addressee])
        content = view.content(max(first, token.i + 1), clause_end(view, token.i, tree.last[clause]), token.i)
        if content is not None:
            yield Found(view.source(head, token.i), view.cue(token.i), (content,), "intention", 0.7)


def telling(view: View) -> Iterator[Found]:
    """As in "The mayor urged residents to leave"; "she told him about the fire"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in words.TELLING or token.pos != "VERB":
            continue
        clause = tree.child(token.i, "ccomp", "xcomp")
        if clause is None or clause < token.i or lemma_of(tokens[clause]) in {"name", "identify", "quote"}:
            continue
        head = speaker_of(view, token.i)
        if head is None or not person_like(view, head):
            continue
        content = view.content(
            max(tree.first[clause], token.i + 1), clause_end(view, token.i, tree.last[clause]), token.i
        )
        if content is not None:
            yield Found(view.source(head, token.i), view.cue(token.i), (content,), "telling", 0.75)
