"""Several sources of one content: "State media and the Observatory said …" has two.

A phrase is parted where each part stands for somebody of its own: by a name, by a determiner ("a nurse and the
doctor"), or as a group beside a name ("Baywire and local activists"). "Officials and residents" stay one unnamed
source, as does whatever may be one name ("Health and Social Services") or one person ("the owner and captain",
"the party leader and prime minister Ann Ray"). Each part gives an attribution of its own with the same cue and content:
two origins that share one statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..language.analysis import Analysis, Token
from ..model import Span
from .english import words
from .found import Found
from .lexicon import lexicon
from .resolve.tokens import head_of, inside

_JOINING = lexicon("and & both as well together with along и а также")
_JOINED = frozenset({"cc", "preconj", "punct", "CC"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT"})
_OWN = lexicon("a an the his her their its our my one another two three four five six several many some")
_BODIES = lexicon("media television tv radio police authorities government state")
_FAMILIAR = lexicon("sons brothers co partners company associates daughters")
_ONE = frozenset({"VBZ"})  # a verb in the singular has one subject
_MOST = 8  # sources of one phrase
_LONGEST = 60  # tokens of a phrase that is looked into


def apart(analysis: Analysis, found: Sequence[Found]) -> tuple[Found, ...]:
    """The finds, those of several sources once for each source, in the order of the text."""
    if analysis.parser == "none":
        return tuple(found)
    known: dict[Span, tuple[Span, ...]] = {}
    out: list[Found] = []
    for f in found:
        if len(f.source) != 1:
            out.append(f)
            continue
        if f.source[0] not in known:
            known[f.source[0]] = () if _singular(analysis, f) else tuple(parts(analysis, f.source[0]))
        each = known[f.source[0]]
        out.extend([replace(f, source=(span,)) for span in each] if len(each) > 1 else [f])
    return tuple(out)


def parts(analysis: Analysis, span: Span) -> list[Span]:
    """The sources that a phrase names; itself alone where it cannot be parted for sure."""
    tokens = inside(analysis, span)[: _LONGEST + 1]
    if not 3 <= len(tokens) <= _LONGEST or not any(t.text.lower() in _JOINING for t in tokens):
        return [span]
    members = _members(analysis, tokens)
    if not 2 <= len(members) <= _MOST:
        return [span]
    cuts = [tokens[0].i, *(_leftmost(analysis, tokens, m) for m in members[1:])]
    ends = [*cuts[1:], tokens[-1].i + 1]
    out: list[tuple[int, int]] = []
    for first, end in zip(cuts, ends, strict=True):
        part = [analysis.tokens[i] for i in range(first, end)]
        while part and _loose(part[-1]):
            part.pop()
        while part and _loose(part[0]):
            part.pop(0)
        if not part:
            return [span]
        out.append((part[0].i, part[-1].i + 1))
    every = [[analysis.tokens[i] for i in range(a, b)] for a, b in out]
    if not _all_stand(analysis, every, members):
        return [span]
    return [analysis.span(a, b) for a, b in out]


def _members(analysis: Analysis, tokens: Sequence[Token]) -> list[int]:
    """The heads that the phrase joins, in order."""
    head = head_of(tokens)
    if head is None:
        return []
    members = [head.i]
    for t in tokens:
        if t.dep != "conj" or t.i <= members[-1]:
            continue
        if t.head in members or _misread(analysis, head, t):
            members.append(t.i)
    return members


def _misread(analysis: Analysis, head: Token, t: Token) -> bool:
    """Whether a part is joined to what stands behind "of": "the Ministry of Harbours and the Kremlin"."""
    body = analysis.tokens[t.head]
    preposition = analysis.tokens[body.head]
    if body.dep != "pobj" or preposition.head != head.i or t.i < 2:
        return False
    if head.entity == "PERSON":
        return t.entity == "PERSON"
    before = tuple(word.text.lower() for word in analysis.tokens[t.i - 2 : t.i])
    single = head.tag in {"NN", "NNP"} and head.lemma.lower() not in words.PEOPLE
    return single and preposition.text.lower() in {"of", "for"} and before == ("and", "the")


def _leftmost(analysis: Analysis, tokens: Sequence[Token], member: int) -> int:
    """The first token of a joined part, what joins it left out."""
    below = {member}
    first = member
    for t in reversed([t for t in tokens if t.i < member]):
        if t.head in below and t.dep not in _JOINED and not _loose(t):
            below.add(t.i)
            first = t.i
        elif t.i == first - 1 and t.head == member and _loose(t):
            break
    return first


def _loose(token: Token) -> bool:
    return token.text.lower() in _JOINING or not any(ch.isalnum() for ch in token.text)


def _all_stand(analysis: Analysis, every: Sequence[Sequence[Token]], members: Sequence[int]) -> bool:
    """Whether every part stands for somebody of its own."""
    named = [any(_proper(t) for t in part) for part in every]
    for k, (part, member) in enumerate(zip(every, members, strict=True)):
        head = analysis.tokens[member]
        group = head.tag in {"NNS", "NNPS"} or "Number=Plur" in head.morph
        group = group or any(t.text.lower() in _BODIES for t in part)
        others = any(named[:k]) or any(named[k + 1 :])
        if not (named[k] or part[0].text.lower() in _OWN or head.pos == "PRON" or (group and others)):
            return False
        if head.lemma.lower() in _FAMILIAR or part[-1].text.lower() in _FAMILIAR:
            return False
    if any(
        name.first < b[0].i and name.last > a[-1].i + 1
        for a, b in pairwise(every)
        for name in analysis.names
        if name.first < b[0].i <= name.last
    ):
        return False  # one name holds the joint: "Health and Social Services"
    return not any(
        _office(a, analysis.tokens[m]) and _office_with_name(b)
        for a, b, m in zip(every, every[1:], members, strict=False)
    )


def _office(part: Sequence[Token], head: Token) -> bool:
    """Whether a part is an office without a name: "the party leader"."""
    return head.lemma.lower() in words.ROLE_HEADS and not any(t.entity == "PERSON" for t in part)


def _office_with_name(part: Sequence[Token]) -> bool:
    """Whether a part is an office and, right behind it, a name, without a determiner: "prime minister Ann Ray"."""
    return part[0].text.lower() not in _OWN and any(
        t.lemma.lower() in words.ROLE_HEADS and t.entity != "PERSON" for t in part[:-1]
    )


def _proper(token: Token) -> bool:
    return token.text[:1].isupper() and (token.pos == "PROPN" or token.entity in _NAMES)


def _singular(analysis: Analysis, f: Found) -> bool:
    """Whether the cue's verb speaks of one: "the owner and captain says"."""
    return any(t.tag in _ONE or "Number=Sing" in t.morph for span in f.cue for t in inside(analysis, span))
