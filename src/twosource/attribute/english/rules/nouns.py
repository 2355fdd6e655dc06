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
        clause = _clause_of(view, token.i)
        if clause is None:
            continue
        above = tokens[tokens[token.i].head]
        if token.dep == "pobj" and lemma_of(tokens[above.head]) in words.SAYING:
            continue
        head = _owner(view, token.i)
        end = _before_main_verb(view, token.i, clause)
        content = view.content(max(tree.first[clause], token.i + 1), end, token.i)
        if content is None:
            continue
        yield Found(
            view.source(head) if head is not None else (),
            (tree.span(token.i, token.i),),
            (content,),
            "claim noun",
            0.75,
        )


def _clause_of(view: View, noun: int) -> int | None:
    """The clause with "that" behind a noun, also where the parser hangs it elsewhere or "by X" stands between."""
    tree, tokens = view.tree, view.tokens
    for clause in tree.children(noun, "acl", "ccomp", "relcl"):
        marks = [m for m in tree.below[clause] if lower(tokens[m]) == "that"]
        if clause > noun and any(tokens[m].dep == "mark" for m in marks):
            return clause
        said_by = any(lower(tokens[p]) in {"by", "from"} and p > noun for p in tree.children(noun, "prep"))
        if (
            clause > noun
            and said_by
            and marks
            and tree.child(clause, "nsubj", "nsubjpass") not in {None, *marks}
        ):
            return clause
    if noun + 1 < len(tokens) and lower(tokens[noun + 1]) == "that" and tokens[noun + 1].dep == "mark":
        return tokens[noun + 1].head if tokens[noun + 1].head > noun + 1 else None
    return None


def _before_main_verb(view: View, noun: int, clause: int) -> int:
    """The clause's last token; up to the sentence's verb where the parser took that into the clause.

    As in "the governor's claim that the dam was safe angered the valley": then the noun is left without a verb.
    """
    tree, tokens = view.tree, view.tokens
    last = tree.last[clause]
    if tokens[noun].head != noun:
        return last
    for k in range(clause + 1, last + 1):
        token = tokens[k]
        alone = tree.child(k, "nsubj", "nsubjpass", "aux", "auxpass", "mark") is None
        governs = tree.child(k, "dobj", "prep", "advmod") is not None and tokens[k - 1].text != ","
        if (
            token.tag in {"VBD", "VBN", "VBZ"}
            and token.dep not in {"conj", "relcl", "amod"}
            and alone
            and governs
        ):
            return k - 1
    return last


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
