"""Nouns that carry a claim: "the governor's claim that …", "rumours that …"."""

from __future__ import annotations

from collections.abc import Iterator

from ...found import Found
from ...lexicon import lexicon
from .. import words
from ..tree import lemma as lemma_of
from ..tree import lower
from ..view import View

_LIGHT = lexicon(
    """
    make issue release give voice express repeat have share reiterate raise offer hold deliver
    publish echo spread
    """
)


def claim_noun(view: View) -> Iterator[Found]:
    """As in "The governor's claim that …", "rumours that …"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if token.pos != "NOUN" or lemma_of(token) not in words.CLAIM_NOUNS:
            continue
        clause = next(
            (
                c
                for c in tree.children(token.i, "acl", "ccomp", "relcl")
                if c > token.i
                and any(lower(tokens[m]) == "that" and tokens[m].dep == "mark" for m in tree.below[c])
            ),
            None,
        )
        if clause is None:
            continue
        above = tokens[tokens[token.i].head]
        if token.dep == "pobj" and lemma_of(tokens[above.head]) in words.SAYING:
            continue
        head = _owner(view, token.i)
        content = view.content(max(tree.first[clause], token.i + 1), tree.last[clause], token.i)
        if content is None:
            continue
        yield Found(
            view.source(head) if head is not None else (),
            (tree.span(token.i, token.i),),
            (content,),
            "claim noun",
            0.75,
        )


def _owner(view: View, noun: int) -> int | None:
    """Whose claim it is: the possessor, "by X", or the subject of "made the claim"."""
    tree, tokens = view.tree, view.tokens
    poss = tree.child(noun, "poss")
    if poss is not None:
        return poss
    for prep in tree.children(noun, "prep"):
        if lower(tokens[prep]) in {"by", "from", "of"}:
            pobj = tree.child(prep, "pobj")
            if pobj is not None:
                return pobj
    verb = tokens[noun].head
    if tokens[noun].dep == "dobj" and lemma_of(tokens[verb]) in _LIGHT:
        return tree.subject(verb)
    return None


def stance_noun(view: View) -> Iterator[Found]:
    """As in "Her attacks on the plan", "the mayor's criticism of the owner"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if token.pos != "NOUN" or lemma_of(token) not in words.STANCE_NOUNS:
            continue
        poss = tree.child(token.i, "poss")
        if poss is None or poss > token.i:
            continue
        prep = next(
            (
                c
                for c in tree.children(token.i, "prep")
                if lower(tokens[c]) in words.STANCE_PREPOSITIONS and c > token.i
            ),
            None,
        )
        clause = tree.child(token.i, "acl")
        if prep is not None and tree.child(prep, "pobj", "pcomp") is not None:
            first, last, cue = prep + 1, tree.last[prep], tree.span(token.i, prep)
        elif clause is not None and clause > token.i and tokens[clause].tag == "VB":
            first, last, cue = tree.first[clause], tree.last[clause], tree.span(token.i, token.i)
        else:
            continue
        content = view.content(first, last, token.i)
        if content is not None:
            yield Found(view.source(poss), (cue,), (content,), "stance noun", 0.6)
