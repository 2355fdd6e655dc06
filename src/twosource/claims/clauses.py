"""Stretches of text as propositions: sentences, split where the parse shows coordinated clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..language.analysis import Analysis, Token

_SUBJECTS = ("nsubj", "csubj", "expl", "nsubjpass", "csubjpass")
_AUXILIARIES = ("aux", "auxpass", "cop")
_SPLITTING = ("conj", "parataxis", "ccomp")
_FINITE_TAGS = frozenset({"VBD", "VBP", "VBZ", "MD"})
_FEWEST_WORDS = 3
_RECALLING = frozenset(
    [
        "remember",
        "know",
        "recall",
        "see",
        "understand",
        "note",
        "emphasize",
        "stress",
        "помнить",
        "знать",
        "понимать",
        "видеть",
    ]
)


def base(dep: str) -> str:
    """A dependency label without its subtype: "nsubj:pass" → "nsubj"."""
    return dep.split(":", maxsplit=1)[0]


def is_verb(token: Token) -> bool:
    """Whether a token can head a clause."""
    return token.pos in ("VERB", "AUX")


def is_word(token: Token) -> bool:
    """Whether a token has letters or digits."""
    return any(c.isalnum() for c in token.text)


class Tree:
    """A parse restricted to a set of tokens: a content span may hold only a part of a sentence."""

    def __init__(self, analysis: Analysis, children: Sequence[Sequence[int]], inside: Iterable[int]) -> None:
        self.tokens = analysis.tokens
        self.inside = frozenset(inside)
        self._children = children

    def children(self, i: int) -> list[int]:
        """The children of a token inside the set, in text order."""
        return [c for c in self._children[i] if c in self.inside]

    def below(self, i: int, without: frozenset[int] = frozenset()) -> set[int]:
        """A token and all that it governs inside the set, branches at `without` left out."""
        out: set[int] = set()
        stack = [i]
        while stack:
            at = stack.pop()
            if at not in out and at not in without:
                out.add(at)
                stack.extend(self.children(at))
        return out

    def roots(self) -> list[int]:
        """Tokens whose head lies outside the set, or that head themselves."""
        return [
            i
            for i in sorted(self.inside)
            if self.tokens[i].head not in self.inside or self.tokens[i].head == i
        ]

    def subject(self, i: int) -> int | None:
        """The subject of a clause's head, or None."""
        for c in self.children(i):
            if base(self.tokens[c].dep) in _SUBJECTS:
                return c
        return None

    def is_finite(self, i: int) -> bool:
        """Whether the verb, or one of its auxiliaries, is finite."""
        group = [i, *(c for c in self.children(i) if base(self.tokens[c].dep) in _AUXILIARIES)]
        return any(
            self.tokens[k].tag in _FINITE_TAGS or "VerbForm=Fin" in self.tokens[k].morph for k in group
        )


def propositions(
    analysis: Analysis, children: Sequence[Sequence[int]], inside: Sequence[int]
) -> list[tuple[int, ...]]:
    """The propositions in one sentence's tokens `inside`, each a tuple of token indices in text order.

    Coordinated finite clauses are parted: "A was hit and B closed its border" gives two. A clause that
    borrows its subject ("killed 12 and wounded 40") gets a copy of the subject's tokens. Where the parse
    gives no clear answer the sentence stays whole.
    """
    if analysis.parser == "none" or not any(is_verb(analysis.tokens[i]) for i in inside):
        return [tuple(inside)]
    tree = Tree(analysis, children, inside)
    main = max(tree.roots(), key=lambda r: (is_verb(tree.tokens[r]), len(tree.below(r)), -r))
    recalled = _recalled(tree, main)
    if recalled is not None:
        return propositions(analysis, children, sorted(tree.below(recalled)))
    pieces = _split(tree, main, set(inside))
    return sorted((tuple(sorted(p)) for p in pieces), key=_own_start)


def _recalled(tree: Tree, main: int) -> int | None:
    """The clause under "we remember that", "I know that": the speaker's frame asserts nothing of its own."""
    token = tree.tokens[main]
    subject = tree.subject(main)
    if token.lemma.casefold() not in _RECALLING or subject is None:
        return None
    if tree.tokens[subject].text.casefold() not in ("i", "we", "я", "мы"):
        return None
    for c in tree.children(main):
        if base(tree.tokens[c].dep) == "ccomp" and is_verb(tree.tokens[c]) and tree.subject(c) is not None:
            return c
    return None


def _own_start(piece: tuple[int, ...]) -> tuple[int, int]:
    return piece[-1], piece[0]


def _words(tree: Tree, piece: Iterable[int]) -> int:
    return sum(is_word(tree.tokens[i]) for i in piece)


def _split(tree: Tree, root: int, whole: set[int]) -> list[set[int]]:
    """Parts the clause at `root` from the clauses coordinated with it."""
    tokens = tree.tokens
    if not is_verb(tokens[root]) and tree.subject(root) is None:
        return [whole]
    subject = tree.subject(root)
    parts: list[set[int]] = []
    main = set(whole)
    for c in tree.children(root):
        token = tokens[c]
        dep = base(token.dep)
        if dep not in _SPLITTING or not is_verb(token):
            continue
        own_subject = tree.subject(c)
        if own_subject is None and _shares_object(tree, root, c):
            continue
        if dep in ("ccomp", "parataxis") and (
            own_subject is None or not tree.is_finite(c) or not _after_semicolon(tree, c, root)
        ):
            continue
        branch = tree.below(c)
        if own_subject is not None:
            shared: set[int] = set()
        elif subject is not None and (tree.is_finite(c) or token.tag == tokens[root].tag):
            shared = tree.below(subject)
            if not tree.is_finite(c):  # "were killed and wounded": the auxiliary serves both
                shared |= {k for k in tree.children(root) if base(tokens[k].dep) in _AUXILIARIES}
        else:
            continue
        if _words(tree, branch) < 2 or _words(tree, branch | shared) < _FEWEST_WORDS:
            continue
        if shared and any(tokens[k].pos == "PRON" and base(tokens[k].dep) == "relcl" for k in branch):
            continue
        main -= branch
        parts.extend(piece | shared for piece in _split(tree, c, branch))
    if not parts or _words(tree, main) < _FEWEST_WORDS:
        return [whole]
    return [main, *parts]


def _shares_object(tree: Tree, root: int, c: int) -> bool:
    """Whether two verbs have one object ("killed or wounded 40 people"): the first verb has its object from the second, they belong together."""
    between = [i for i in range(root + 1, c) if i in tree.inside]
    return all(tree.tokens[i].pos in ("CCONJ", "ADV", "AUX", "PUNCT") for i in between)


def _after_semicolon(tree: Tree, c: int, root: int) -> bool:
    """Whether a semicolon, dash or colon stands between two clauses: they are two sentences in one."""
    first, last = sorted((c, root))
    return any(tree.tokens[i].text in (";", "—", "–", ":") for i in range(first, last) if i in tree.inside)
