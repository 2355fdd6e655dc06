"""What somebody calls, warns of, judges or feels."""

from __future__ import annotations

from collections.abc import Iterator

from ...found import Found
from .. import words
from ..tree import lemma as lemma_of
from ..tree import lower
from ..view import View
from .extent import clause_end
from .speaker import person_like, speaker_of


def naming(view: View) -> Iterator[Found]:
    """As in "The mayor called the fire a warning"; "described it as a trap"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in words.NAMING or token.pos != "VERB":
            continue
        as_ = next(
            (
                c
                for c in tree.children(token.i, "prep", "advcl", "mark")
                if lower(tokens[c]) in {"as", "to"} and c > token.i
            ),
            None,
        )
        parts = [c for c in tree.children(token.i, "dobj", "oprd", "ccomp", "xcomp", "acomp") if c > token.i]
        if lemma_of(token) != "call" and as_ is None and len(parts) < 2:
            continue
        if lemma_of(token) == "call" and not parts:
            continue
        if as_ is not None:
            parts.append(as_)
        if not parts:
            continue
        head = speaker_of(view, token.i)
        if head is None or not person_like(view, head):
            continue
        first = min(tree.first[p] for p in parts)
        last = max(tree.last[p] for p in parts)
        content = view.content(max(first, token.i + 1), clause_end(view, token.i, last), token.i)
        if content is not None:
            yield Found(view.source(head, token.i), view.cue(token.i), (content,), "naming", 0.8)


def speaking_of(view: View) -> Iterator[Found]:
    """As in "The mayor warned of a second fire"; "accused the owner of neglect"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if token.pos != "VERB":
            continue
        lemma = lemma_of(token)
        prep = next(
            (
                c
                for c in tree.children(token.i, "prep")
                if c > token.i and (lemma, lower(tokens[c])) in words.SPEAKING
            ),
            None,
        )
        if prep is None or tree.child(prep, "pobj", "pcomp") is None:
            continue
        head = speaker_of(view, token.i)
        if head is None or not person_like(view, head):
            continue
        target = tree.child(token.i, "dobj")
        if target is not None and token.i < target < prep:
            first, cue = tree.first[target], view.cue(token.i)
        elif prep <= token.i + 2:
            first, cue = prep + 1, (tree.span(tree.verb_group(token.i)[0], prep),)
        else:
            first, cue = prep + 1, view.cue(token.i)
        content = view.content(first, clause_end(view, token.i, tree.last[prep]), token.i)
        if content is not None:
            yield Found(view.source(head, token.i), cue, (content,), "speaking of", 0.7)


def judgement(view: View) -> Iterator[Found]:
    """As in "The mayor criticised the plan"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if lemma_of(token) not in words.JUDGING or token.pos != "VERB":
            continue
        thing = tree.child(token.i, "dobj")
        if thing is None or thing < token.i:
            continue
        head = speaker_of(view, token.i)
        if head is None or not person_like(view, head):
            continue
        content = view.content(
            max(tree.first[thing], token.i + 1), clause_end(view, token.i, tree.last[thing]), token.i
        )
        if content is not None:
            yield Found(view.source(head, token.i), view.cue(token.i), (content,), "judgement", 0.6)


def attitude(view: View) -> Iterator[Found]:
    """As in "the mayor is confident that …", "residents are worried about the smoke"."""
    tree, tokens = view.tree, view.tokens
    for token in tokens:
        if token.pos not in {"ADJ", "VERB"} or lemma_of(token) not in words.ATTITUDES:
            continue
        verb = token.head if token.dep in {"acomp", "attr", "oprd"} else token.i
        if verb == token.i and tree.child(token.i, "auxpass") is None:
            continue
        head = tree.subject(verb)
        if head is None or not person_like(view, head):
            continue
        below = [c for c in tree.children(token.i, "ccomp", "xcomp", "prep") if c > token.i]
        if not below:
            continue
        what = below[0]
        first = tree.first[what] if tokens[what].dep != "prep" else what + 1
        if tokens[what].dep == "prep" and lower(tokens[what]) not in {
            "of",
            "about",
            "with",
            "over",
            "that",
            "for",
            "by",
            "to",
        }:
            continue
        content = view.content(max(first, token.i + 1), tree.last[what], token.i)
        if content is not None:
            cue = tree.span(token.i, what if tokens[what].dep == "prep" else token.i)
            yield Found(view.source(head, verb), (cue,), (content,), "attitude", 0.6)
