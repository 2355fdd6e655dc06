"""Relays: "Reuters reported, citing two people"."""

from __future__ import annotations

from collections.abc import Iterator

from ....model import Span
from ...found import Found
from .. import words
from ..tree import lemma as lemma_of
from ..view import View
from .extent import cited_clause
from .speaker import home_of


def citing(view: View) -> Iterator[Found]:
    """As in "Reuters reported …, citing two people": the people are a second source, inside the first."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in {"cite", "quote"} or token.tag != "VBG" or token.head == token.i:
            continue
        outer = home_of(view, token.i)
        outer = token.head if outer == token.i else outer
        if lemma_of(tokens[outer]) not in words.SAYING | words.SHOWING:
            continue
        who = tree.child(token.i, "dobj")
        clause = tree.child(outer, "ccomp") or cited_clause(view, token.i)
        if who is None:
            continue
        content: Span | None
        if clause is not None and clause > token.i:
            content = view.content(tree.first[clause], tree.last[clause], token.i)
        elif clause is not None:
            content = (
                view.content(tree.first[clause], min(tree.last[clause], token.i - 1), token.i)
                if clause > outer
                else view.content(tree.first[clause], outer - 1, token.i)
            )
        else:
            begin = tree.sentence(outer)[0]
            content = (
                view.content(outer + 1, token.i - 1, token.i)
                if outer + 1 < token.i - 1
                else view.content(begin, outer - 1, token.i)
            )
        if content is not None:
            yield Found(
                view.source(who),
                (tree.span(token.i, token.i),),
                (content,),
                "citing",
                0.75,
                within=view.cue(outer)[0],
            )
