"""Whether a proposition's own verb says no."""

from __future__ import annotations

from collections.abc import Sequence

from ..language.analysis import Token
from .acts import EMPLOYED, lemma_of
from .clauses import Tree, base

_NEGATIONS = frozenset(["not", "n't", "n’t", "never", "no", "neither", "nor", "none", "nobody", "nothing", "without", "не", "нет", "ни", "никогда", "никто", "ничего", "нельзя"])  # fmt: skip
_NOT_NEGATED = frozenset(
    ["only", "just", "merely", "solely", "simply", "all", "least", "только", "просто", "лишь"]
)  # "not only"
_DENIALS = frozenset(["deny", "refute", "reject", "dismiss", "rebut", "debunk", "refuse", "fail", "отрицать", "опровергать", "опровергнуть", "отвергать", "отвергнуть"])  # fmt: skip
_AGAINST = frozenset(["advise", "warn", "vote", "decide", "recommend", "counsel", "rule", "speak"])
_ARGUMENTS = ("nsubj", "csubj", "nsubjpass", "dobj", "obj", "attr")


def is_negated(tree: Tree, head: int | None, tokens: Sequence[Token]) -> bool:
    """Whether the proposition's own verb is negated or denies; an odd number of both counts."""
    if head is None:
        return any(t.text.casefold() in _NEGATIONS for t in tokens)
    negative = False
    for c in tree.children(head):
        token = tree.tokens[c]
        word = token.text.casefold()
        following = tree.tokens[c + 1].text.casefold() if c + 1 < len(tree.tokens) else ""
        if following in _NOT_NEGATED:
            continue
        particle = word in _NEGATIONS and token.pos in ("PART", "ADV", "INTJ", "SCONJ")
        no_longer = word in ("longer", "more") and tree.tokens[c - 1].text.casefold() == "no"
        nothing = base(token.dep) in _ARGUMENTS and (
            word in ("nobody", "nothing", "none")
            or any(tree.tokens[k].text.casefold() in ("no", "neither") for k in tree.children(c))
        )
        if base(token.dep) == "neg" or particle or nothing or no_longer:
            negative = not negative
        if base(token.dep) == "xcomp" and any(
            base(tree.tokens[k].dep) == "neg" for k in tree.children(c)
        ):  # "told them not to go"
            negative = not negative
        if word == "against" and lemma_of(tree.tokens[head]) in _AGAINST:
            negative = not negative
    if lemma_of(tree.tokens[head]) == "нет":  # «пропавших нет»: the verb itself says no
        negative = True
    if _denies(tree, head):
        negative = not negative
    return negative


def _denies(tree: Tree, head: int) -> bool:
    """Whether the verb itself says no: who fails to come does not; who fails a test, or dismisses a coach, denies nothing."""
    lemma = lemma_of(tree.tokens[head])
    below = tree.children(head)
    if lemma == "fail":
        return any(base(tree.tokens[c].dep) == "xcomp" for c in below)
    if lemma == "dismiss":
        return not any(
            base(tree.tokens[c].dep) in ("dobj", "obj", "nsubjpass")
            and (tree.tokens[c].entity == "PERSON" or lemma_of(tree.tokens[c]) in EMPLOYED)
            for c in below
        )
    return lemma in _DENIALS
