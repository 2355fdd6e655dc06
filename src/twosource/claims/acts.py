"""What is said to happen, and who does it to whom: the head of a proposition, its act, its roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..language.analysis import Token
from ..model import Entity
from .clauses import Tree, base, is_verb, is_word
from .fates import befalls

_LIGHT = frozenset({"have", "make", "give", "do", "take"})
_SHOWING = frozenset({"publish", "present", "show", "provide", "offer", "find", "release", "produce", "опубликовать", "представить", "предъявить", "найти"})  # fmt: skip
_SHOWN = frozenset({"evidence", "proof", "доказательство", "свидетельство"})
_FLAMES = frozenset({"fire", "blaze", "flame"})
_GUNS = frozenset(
    {"artillery", "mortar", "sniper", "rocket", "gun", "tank", "heavy", "enemy", "hostile", "friendly"}
)
SUBJECTS = ("nsubj", "csubj")
"""Dependencies of who acts, subtypes left out."""
_SETTLEMENTS = frozenset(
    {"city", "town", "village", "port", "province", "region", "district", "state", "republic", "island"}
)
_PASSIVE_SUBJECTS = ("nsubjpass", "nsubj:pass", "csubjpass", "csubj:pass")
_OBJECTS = ("dobj", "obj", "iobj", "dative", "attr", "oprd", "xcomp")
EMPLOYED = frozenset(["coach", "worker", "employee", "staff", "minister", "officer", "director", "manager", "chief", "head", "guard", "official", "general", "commander", "teacher", "judge", "man", "woman", "person", "people", "he", "she", "they", "him", "her", "them"])  # fmt: skip
"""Who can be dismissed."""


def lemma_of(token: Token) -> str:
    """A token's lemma in lower case; the word itself where the parser gives none."""
    lemma = (token.lemma or token.text).casefold()
    return lemma[:-1] if token.tag == "NNPS" and lemma.endswith("s") else lemma


def head_of(tree: Tree) -> int | None:
    """The token that heads the proposition: a verb that governs most of it, else the root."""
    roots = tree.roots()
    best = max(
        roots,
        key=lambda r: (
            is_verb(tree.tokens[r]),
            tree.subject(r) is not None,
            len(tree.below(r)),
            -r,
        ),
        default=None,
    )
    return _finite_below(tree, best) if best is not None else None


def _finite_below(tree: Tree, head: int) -> int:
    """The past verb that hangs on a noun which the parser took for the head ("The shipyard Marn bought …")."""
    if tree.tokens[head].pos not in ("NOUN", "PROPN") or tree.subject(head) is not None:
        return head
    verbs = [
        i
        for i in sorted(tree.inside)
        if tree.tokens[i].pos in ("VERB", "AUX") and base(tree.tokens[i].dep) not in ("aux", "auxpass")
    ]
    if len(verbs) == 1 and tree.tokens[verbs[0]].head == head and tree.children(verbs[0]):
        verb = tree.tokens[verbs[0]]
        kinds = {base(tree.tokens[c].dep) for c in tree.children(verbs[0])}
        told = kinds & {"dobj", "obj"} or (kinds & {"auxpass", "aux:pass"} and kinds & {"nsubj", "nsubjpass"})
        relative = any(tree.tokens[c].tag in ("WDT", "WP") for c in tree.children(verbs[0]))
        if verb.tag in ("VBD", "VBN") and told and not relative and verbs[0] > head:
            return verbs[0]
    passive = [
        i
        for i in verbs
        if tree.tokens[i].head == head
        and any(tree.tokens[c].dep in ("auxpass", "aux:pass") for c in tree.children(i))
        and tree.subject(i) is None
    ]
    return passive[0] if len(passive) == 1 and passive[0] > head else head


def predicate_of(tree: Tree, head: int | None) -> str:
    """What is said to happen: the verb, or what a light verb carries ("has evidence", "published evidence", "made a visit")."""
    if head is None:
        return ""
    lemma = act(tree, head)
    if lemma == "bring" and _mastered(tree, head):
        return "put out"
    particle = next((c for c in tree.children(head) if tree.tokens[c].dep == "prt"), None)
    if particle is not None:  # "step down", "throw out": another verb than the bare one
        return f"{lemma} {lemma_of(tree.tokens[particle])}"
    if lemma in ("lose", "потерять", "лишиться"):
        for c in tree.children(head):
            if base(tree.tokens[c].dep) in ("dobj", "obj") and lemma_of(tree.tokens[c]) in (
                "life",
                "жизнь",
            ):
                return "die"
    for c in tree.children(head):
        if base(tree.tokens[c].dep) in ("dobj", "obj", "attr") and tree.tokens[c].pos == "NOUN":
            carried = lemma_of(tree.tokens[c])
            if lemma in _LIGHT or (lemma in _SHOWING and carried in _SHOWN):
                return carried
    return lemma


def _mastered(tree: Tree, head: int) -> bool:
    """Whether a fire is brought under control."""
    below = tree.children(head)
    under = any(
        tree.tokens[c].text.casefold() == "under"
        and any(lemma_of(tree.tokens[k]) == "control" for k in tree.children(c))
        for c in below
    )
    return under and any(lemma_of(tree.tokens[c]) in _FLAMES for c in below)


def act(tree: Tree, i: int) -> str:
    """The lemma, told apart where one word is three things: to fire a coach, to fire at a convoy, a fire in a shed."""
    token, lemma = tree.tokens[i], lemma_of(tree.tokens[i])
    if lemma != "fire":
        return lemma
    below = [tree.tokens[c] for c in tree.children(i)]
    if token.pos != "VERB":
        under_fire = any(t.text.casefold() in _GUNS for t in below) or (
            tree.tokens[token.head].text.casefold() == "under"
        )
        return "shell" if under_fire else lemma
    befallen = [t for t in below if t.dep in ("dobj", "obj", "nsubjpass", "nsubj:pass")]
    return "sack" if any(t.entity == "PERSON" or lemma_of(t) in EMPLOYED for t in befallen) else "shell"


def roles(
    tree: Tree, head: int | None, named: Sequence[tuple[int, int, Entity]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who acts and who is acted on: keys of names, lemmas of nouns; pronouns are left out."""
    if head is None:
        return (), ()
    actors: list[str] = []
    objects: list[str] = []
    above = tree.tokens[head].head
    if (
        base(tree.tokens[head].dep) in ("acl", "relcl")
        and above in tree.inside
        and above != head
        and tree.subject(head) is None
    ):  # see `_finite_below`
        passive = any(tree.tokens[c].dep in ("auxpass", "aux:pass") for c in tree.children(head))
        (objects if passive else actors).append(_role(tree, above, named))
    for c in tree.children(head):
        dep = tree.tokens[c].dep
        if dep in _PASSIVE_SUBJECTS:
            objects.extend(_all_roles(tree, c, named))
        elif base(dep) in SUBJECTS:
            (objects if befalls(predicate_of(tree, head)) else actors).extend(_all_roles(tree, c, named))
        elif dep in _OBJECTS:
            objects.extend(_all_roles(tree, c, named))
        elif dep == "agent":
            actors.extend(_role(tree, k, named) for k in tree.children(c))
        elif dep == "obl:agent":
            actors.append(_role(tree, c, named))
    return tuple(a for a in dict.fromkeys(actors) if a), tuple(o for o in dict.fromkeys(objects) if o)


def _all_roles(tree: Tree, i: int, named: Sequence[tuple[int, int, Entity]]) -> list[str]:
    """The role of the noun phrase at `i` and of those coordinated with it: "Norland and Vestria"."""
    out = [_role(tree, i, named)]
    for c in tree.children(i):
        if base(tree.tokens[c].dep) == "conj" and not is_verb(tree.tokens[c]):
            out.extend(_all_roles(tree, c, named))
    return out


def _role(tree: Tree, i: int, named: Sequence[tuple[int, int, Entity]]) -> str:
    """The key of the name that the noun phrase at `i` is, holds at its head or is called by, else its head's lemma."""
    for at in (i, *_called(tree, i)):
        for first, last, entity in named:
            if first <= at < last:
                return entity.key
    token = tree.tokens[i]
    if token.pos not in ("NOUN", "PROPN", "ADJ", "NUM", "X") or not is_word(token):
        return ""
    return lemma_of(token)


def _called(tree: Tree, i: int) -> Iterator[int]:
    """Where the name of a thing stands behind its kind: "the city *of Wendle*", «компания «*Акварон*»»."""
    for c in tree.children(i):
        if c > i and base(tree.tokens[c].dep) in ("appos", "flat"):
            yield c
        if tree.tokens[c].text.casefold() == "of" and lemma_of(tree.tokens[i]) in _SETTLEMENTS:
            yield from tree.children(c)
