"""What befell those who are counted: "twelve injured people" and "twelve people were hurt" are one count.

The words are data (`fates.json`): for each fate the verbs by which it is done to someone, the verbs by which
someone suffers it, the nouns and adjectives that name it, and what is lost by it ("lost their lives").
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import NamedTuple

from ..language.analysis import Token
from .clauses import Tree, base

REACHING = frozenset(
    ["rise", "reach", "climb", "stand", "grow", "increase", "hit", "jump", "вырасти", "достичь", "составить"]
)
"""Verbs that lead to a total: "the toll rose to 45"."""
_GETTING = frozenset(["receive", "suffer", "sustain", "get", "have", "получить", "получать"])
_MODIFIERS = ("amod", "acl", "appos", "relcl", "nmod")
_FARTHEST = 4  # steps up the tree


class _Words(NamedTuple):
    done: dict[str, str]
    suffered: dict[str, str]
    words: dict[str, str]
    lost: dict[str, str]


@cache
def _words() -> _Words:
    data = json.loads(resources.files(__package__).joinpath("fates.json").read_text(encoding="utf-8"))

    def column(name: str) -> dict[str, str]:
        return {lemma: fate for fate, lists in data.items() for lemma in lists[name]}

    return _Words(column("done"), column("suffered"), column("words"), column("lost"))


def is_fate(lemma: str) -> bool:
    """Whether a lemma names what befalls people: "injury", "fatality"."""
    return lemma in _words().words


def befalls(lemma: str) -> bool:
    """Whether a verb's subject is the one that something befalls: "die"."""
    return lemma in _words().suffered


def _lemma(token: Token) -> str:
    return (token.lemma or token.text).casefold()


def _named(token: Token) -> str:
    """The fate that a noun, adjective or participle names, or ""."""
    words = _words()
    form = token.text.casefold()
    fate = words.words.get(_lemma(token)) or words.words.get(form)
    if fate:
        return fate
    participle = token.tag == "VBN" or "VerbForm=Part" in token.morph
    return words.done.get(_lemma(token), "") if participle else ""


def fate_of(tree: Tree, first: int, last: int) -> str:
    """What befell those whom the phrase of tokens `first` to `last` (inclusive) counts, or "" if nothing is said.

    Reads the phrase itself, what qualifies its noun, and the verb that it is subject or object of.
    """
    for i in range(first, last + 1):
        if i in tree.inside and (fate := _words().words.get(_lemma(tree.tokens[i]), "")):
            return fate
    at = first
    if tree.tokens[at].head in tree.inside and _lemma(tree.tokens[tree.tokens[at].head]) in REACHING:
        return _of_total(tree, tree.tokens[at].head)
    while (
        base(tree.tokens[at].dep) in ("nummod", "advmod", "quantmod", "case", "compound", "det", "amod")
        and tree.tokens[at].head in tree.inside
        and tree.tokens[at].head != at
        and abs(tree.tokens[at].head - first) <= _FARTHEST + 2
    ):
        at = tree.tokens[at].head
    return _climb(tree, at, _FARTHEST)


def _climb(tree: Tree, at: int, steps: int) -> str:
    """The fate that the noun at `at` is given by its modifiers or by what it depends on."""
    token = tree.tokens[at]
    if fate := _named(token):
        return fate
    for c in tree.children(at):
        if base(tree.tokens[c].dep) in _MODIFIERS and (fate := _named(tree.tokens[c])):
            return fate
    head = token.head
    if steps <= 0 or head == at or head not in tree.inside:
        return ""
    dep = base(token.dep)
    if token.dep in ("nsubjpass", "nsubj:pass"):
        return _words().done.get(_lemma(tree.tokens[head]), "")
    if dep == "nsubj":
        return _of_subject(tree, head)
    if dep in ("dobj", "obj", "attr", "oprd"):
        return _of_object(tree, head)
    if dep in ("conj", "appos"):
        return _climb(tree, head, steps - 1)
    if dep in ("pobj", "nmod", "obl", "prep", "npadvmod"):
        above = tree.tokens[head]
        if _lemma(above) in REACHING:
            return _of_total(tree, head)
        if dep == "obl":
            return ""
        if dep == "prep" and above.pos == "VERB":
            return _of_total(tree, head) if _lemma(above) in REACHING else ""
        return _climb(tree, head, steps - 1)
    return ""


def _of_subject(tree: Tree, verb: int) -> str:
    """The fate of a verb's subject: "twelve died", "twelve are missing", "twelve lost their lives"."""
    token, words = tree.tokens[verb], _words()
    if fate := words.suffered.get(_lemma(token), ""):
        return fate
    objects = [c for c in tree.children(verb) if base(tree.tokens[c].dep) in ("dobj", "obj")]
    if not objects and (fate := _named(token)):  # a participle that the parser took for the verb
        return fate
    for c in tree.children(verb):
        dep, lemma = base(tree.tokens[c].dep), _lemma(tree.tokens[c])
        if dep in ("acomp", "attr", "oprd", "xcomp") and (fate := _named(tree.tokens[c])):
            return fate
        if dep in ("dobj", "obj"):
            if lemma in words.lost and _lemma(token) in ("lose", "потерять", "лишиться"):
                return words.lost[lemma]
            if _lemma(token) in _GETTING and lemma in words.words:
                return words.words[lemma]
    return ""


def _of_object(tree: Tree, verb: int) -> str:
    """The fate of a verb's object: "killed twelve", "left twelve dead"."""
    token, words = tree.tokens[verb], _words()
    if fate := words.done.get(_lemma(token), ""):
        return fate
    if _lemma(token) in REACHING:
        return _of_total(tree, verb)
    if _lemma(token) in ("leave", "оставить"):
        for c in tree.children(verb):
            if base(tree.tokens[c].dep) in ("oprd", "acomp", "xcomp") and (fate := _named(tree.tokens[c])):
                return fate
    return ""


def _of_total(tree: Tree, verb: int) -> str:
    """The fate in "the death toll rose to 45": that of the subject."""
    subject = tree.subject(verb)
    if subject is None:
        return ""
    for i in sorted(tree.below(subject)):
        lemma = _lemma(tree.tokens[i])
        if fate := _named(tree.tokens[i]) or _words().suffered.get(lemma, ""):
            return fate
    return ""
