"""What a sentence says by the way: relative clauses, appositions and the like, set off by commas, dashes or brackets.

A long first sentence and a headline assert one proposition where the first also tells, in passing, who somebody is
and what came before. What is said by the way is shown, searched for names and numbers, and left out only where two
statements are compared as wholes.

This is sentence compression by pruning a dependency tree (Filippova and Strube 2008), held to what marks part from the
rest: what is not set off may restrict what is said.
"""

from __future__ import annotations

from collections.abc import Callable

from ..language.analysis import Token
from .clauses import Tree, base, is_verb, is_word

_LONGEST = 200
"""Tokens of the longest statement that is looked at."""
_FEWEST_LEFT = 4
"""Words that the rest must have."""
_FEWEST_ASIDE = 3
"""Words from which on leaving something out is worth it: "the river Solm, too, rose"."""
_SET_OFF = frozenset({",", "—", "–", "-", "--", "(", ")", "[", "]", ";", ":"})
_CLOSING = frozenset({",", "—", "–", "--", ")", "]", ";", ".", ":"})
_TIMES = frozenset(
    [
        "after", "before", "when", "since", "until", "till", "following", "despite", "amid", "hours", "days", "weeks", "months",
        "years", "после", "когда", "прежде", "несмотря", "до", "спустя", "через",
    ]
)  # fmt: skip


def without_asides(tree: Tree, head: int | None, subject: int | None) -> frozenset[int]:
    """The tokens of a statement without what it says by the way; all of them where little would be left.

    `head` heads the proposition and `subject` its subject. Neither is ever left out, nor is a verb that has no subject
    of its own in what is left.
    """
    kept = set(tree.inside)
    if head is None or subject is None or len(kept) > _LONGEST:
        return frozenset(kept)
    core = {head, subject}
    for i in sorted(tree.inside):
        if i not in kept or i in core or not any(rule(tree, i) for rule in RULES):
            continue
        branch = tree.below(i) & kept
        if branch & core or not _set_off(tree, branch) or _words(tree, branch) < _FEWEST_ASIDE:
            continue
        if _words(tree, kept - branch) >= _FEWEST_LEFT:
            kept -= branch
    return frozenset(kept - _loose(tree, kept))


def relative(tree: Tree, i: int) -> bool:
    """The verb of a relative clause: "the mill, which had stood empty for years"."""
    return tree.tokens[i].dep in ("relcl", "acl:relcl") and _known_without(tree, tree.tokens[i].head)


def described(tree: Tree, i: int) -> bool:
    """What is said of a noun by a participle or an adjective: "the crew, working by searchlight"."""
    token = tree.tokens[i]
    if "Variant=Short" in token.morph:  # «водохранилище отравлено» asserts it
        return False
    if (
        token.tag == "VBG" and max(tree.below(i)) >= max(tree.inside) - 1
    ):  # what came of it, see `accompanying`
        return False
    after = token.dep == "acl" or (token.dep == "amod" and token.head < i and bool(tree.children(i)))
    return after and _known_without(tree, token.head)


def accompanying(tree: Tree, i: int) -> bool:
    """A clause without a subject of its own before the main verb: "working by searchlight, the crew …".

    Behind it stands what came of it: "…, killing forty people".
    """
    token = tree.tokens[i]
    if base(token.dep) != "advcl" or not is_verb(token) or token.head < i or tree.subject(i) is not None:
        return False
    return not _joined_by(tree, i)


def at_the_time(tree: Tree, i: int) -> bool:
    """What went before: "…, three weeks after the paper had written of it"; no condition, no cause.

    Where it opens the sentence it says what the rest is about: "Nine days after the bakery blew up, …".
    """
    token = tree.tokens[i]
    if min(tree.below(i)) == min(tree.inside):
        return False
    if base(token.dep) == "advcl":
        return bool(_joined_by(tree, i) & _TIMES)
    return (
        token.dep == "prep"
        and token.text.casefold() in _TIMES
        and any(is_verb(tree.tokens[k]) for k in tree.below(i))
    )


def called(tree: Tree, i: int) -> bool:
    """An apposition that names nobody: "Olvar, the family firm that once cast the bells"."""
    token = tree.tokens[i]
    if base(token.dep) != "appos" or token.pos != "NOUN" or token.head > i:
        return False
    below = [tree.tokens[k] for k in tree.below(i)]
    return any(is_verb(t) for t in below) or not any(t.pos in ("PROPN", "X") for t in below)


RULES: tuple[Callable[[Tree, int], bool], ...] = (relative, described, accompanying, at_the_time, called)
"""What heads something said by the way."""


def _known_without(tree: Tree, noun: int) -> bool:
    """Whether a thing is told from others without the clause behind it.

    In English the comma says so. Russian has one before every clause: there a name or another description must.
    """
    token = tree.tokens[noun]
    return (
        not _cyrillic(token)
        or token.pos == "PROPN"
        or any(
            base(tree.tokens[c].dep) in ("amod", "nmod", "appos", "flat") and c < noun
            for c in tree.children(noun)
        )
    )


def _cyrillic(token: Token) -> bool:
    return any("\u0400" <= c <= "\u04ff" for c in token.text)


def _joined_by(tree: Tree, i: int) -> set[str]:
    """The words that join a clause to what is above it, in lower case."""
    below = [k for k in tree.children(i) if k < i]
    return {
        tree.tokens[k].text.casefold()
        for c in below
        if base(tree.tokens[c].dep) in ("mark", "advmod", "npadvmod", "case", "obl")
        for k in (c, *tree.children(c))
    }


def _set_off(tree: Tree, branch: set[int]) -> bool:
    """Whether marks stand on both sides of it, the ends of the statement counting as marks."""
    first, last = min(branch), max(branch)
    inside = sorted(tree.inside)
    before = [k for k in inside if k < first]
    after = [k for k in inside if k > last]
    opened = not before or tree.tokens[before[-1]].text in _SET_OFF or tree.tokens[first].text in _SET_OFF
    closed = not after or tree.tokens[after[0]].text in _CLOSING or tree.tokens[last].text in _CLOSING
    return opened and closed


def _words(tree: Tree, some: set[int]) -> int:
    return sum(is_word(tree.tokens[i]) for i in some)


def _loose(tree: Tree, kept: set[int]) -> set[int]:
    """Commas and brackets that stand beside nothing any more: those next to a gap, and those that follow each other."""
    out: set[int] = set()
    for i in sorted(kept):
        if tree.tokens[i].text in _SET_OFF and (
            (i - 1 not in kept and i - 1 in tree.inside) or (i + 1 not in kept and i + 1 in tree.inside)
        ):
            out.add(i)
    return out
