"""Who "he", "the city" and "the former striker" are, inside one article: from the mentions before them.

A plain salience rule in the manner of Lappin and Leass (1994): the last named person of fitting gender, subjects
before others, the same sentence before the one before it. What is not clear stays unresolved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ..language.analysis import Analysis, Token
from ..model import Entity
from .clauses import base
from .names import wide

_HE = frozenset(["he", "him", "his", "himself", "он", "его", "ему", "им", "нём"])
_SHE = frozenset(["she", "her", "hers", "herself", "она", "её", "ее", "ей", "ней"])
_MALE = frozenset(
    ["mr", "sir", "king", "prince", "father", "brother", "son", "husband", "lord", "г-н", "господин"]
)
_FEMALE = frozenset(
    ["mrs", "ms", "miss", "queen", "princess", "mother", "sister", "daughter", "wife", "lady", "г-жа"]
)
_KINDS = {
    **dict.fromkeys(("city", "town", "village", "province", "district", "город", "село", "деревня"), "place"),
    **dict.fromkeys(
        ("company", "firm", "retailer", "carrier", "network", "agency", "компания"), "organisation"
    ),
    **dict.fromkeys(("militants", "extremists", "jihadists", "боевики"), "group"),
}
"""Nouns that point back to the last named thing of a kind."""
_PERSONS = frozenset(
    ["man", "woman", "boy", "girl", "teenager", "teen", "youth", "actor", "actress", "singer", "star", "rapper",
     "musician", "artist", "comedian", "presenter", "player", "striker", "slugger", "golfer", "athlete", "champion",
     "driver", "boxer", "coach", "manager", "leader", "dictator", "president", "politician", "minister", "senator",
     "mayor", "governor", "general", "commander", "soldier", "officer", "pilot", "captain", "teacher", "student",
     "doctor", "nurse", "patient", "victim", "suspect", "preacher", "priest", "cleric", "bishop", "nun", "monk",
     "writer", "author", "blogger", "journalist", "reporter", "founder", "designer", "inventor", "billionaire",
     "entrepreneur", "businessman", "businesswoman", "model", "mother", "father", "widow", "pensioner", "farmer",
     "passenger", "fugitive", "prisoner", "hostage", "militant", "fighter", "hacker"]
)  # fmt: skip
"""Nouns by which a person already named is spoken of."""
_BACK = 3  # sentences over which a pronoun reaches back
_DOMINANT = 0.6  # share of an article's personal names that one must have to be "the singer"
_SUBJECTS = ("nsubj", "nsubjpass")


class _Mention(NamedTuple):
    at: int
    sentence: int
    entity: Entity
    subject: bool
    gender: str


def referents(analysis: Analysis, mentions: Sequence[tuple[int, int, Entity]]) -> dict[int, Entity]:
    """Token index → what it stands for, for pronouns of the third person and descriptions that point back.

    `mentions` are the named ones of the article, as `names.mentions` gives them. For a description the index is
    that of its noun. Nothing is resolved without a parser.
    """
    if analysis.parser == "none":
        return {}
    tokens = analysis.tokens
    of_sentence = [0] * len(tokens)
    for k, (first, last) in enumerate(analysis.sentences):
        of_sentence[first:last] = [k] * (last - first)
    inside = {i for first, last, _ in mentions for i in range(first, last)}
    starts = {first: (last, entity) for first, last, entity in mentions}
    people = Counter(e.key for _, _, e in mentions if e.kind == "person")
    genders: dict[str, str] = {}
    before: list[_Mention] = []
    out: dict[int, Entity] = {}
    for i, token in enumerate(tokens):
        if i in starts:
            last, entity = starts[i]
            gender = _gender(tokens, i, last)
            if gender and entity.kind == "person":
                genders.setdefault(entity.key, gender)
            subject = any(base(t.dep) in _SUBJECTS for t in tokens[i:last])
            before.append(_Mention(i, of_sentence[i], entity, subject, gender))
        if i in inside:
            continue
        found = _meant(tokens, i, of_sentence[i], before, genders, people)
        if found is not None:
            out[i] = found
            before.append(_Mention(i, of_sentence[i], found, base(token.dep) in _SUBJECTS, ""))
    return out


def _gender(tokens: Sequence[Token], first: int, last: int) -> str:
    """The letter m or f, or "", by a title or kinship word before a name, or by its grammatical gender."""
    words = {t.text.casefold().strip(".") for t in tokens[max(0, first - 2) : last]}
    if words & _FEMALE:
        return "f"
    if words & _MALE:
        return "m"
    morph = tokens[first].morph
    return "f" if "Gender=Fem" in morph else "m" if "Gender=Masc" in morph else ""


def _meant(
    tokens: Sequence[Token],
    i: int,
    sentence: int,
    before: Sequence[_Mention],
    genders: dict[str, str],
    people: Counter[str],
) -> Entity | None:
    word = tokens[i].text.casefold()
    if word in _HE or word in _SHE:
        return _person(tokens[i], "m" if word in _HE else "f", sentence, before, genders)
    lemma = (tokens[i].lemma or word).casefold()
    if tokens[i].pos != "NOUN" or not _definite(tokens, i):
        return None
    if lemma in _KINDS or word in _KINDS:
        return _last_of(_KINDS.get(lemma) or _KINDS[word], sentence, before)
    if lemma in _PERSONS and lemma == word:
        return _protagonist(before, people, sentence)
    return None


def _person(
    token: Token, gender: str, sentence: int, before: Sequence[_Mention], genders: dict[str, str]
) -> Entity | None:
    best: tuple[int, int] | None = None
    found: Entity | None = None
    takes = base(token.dep) in ("dobj", "obj", "iobj", "pobj") and not token.text.casefold().endswith("self")
    for mention in reversed(before):
        away = sentence - mention.sentence
        if away > _BACK:
            break
        if mention.entity.kind != "person" or genders.get(mention.entity.key, gender) != gender:
            continue
        if takes and away == 0 and mention.subject:  # "Marn told him": someone else
            continue
        score = (2 * mention.subject - 2 * away, mention.at)
        if best is None or score > best:
            best, found = score, mention.entity
    if found is not None:
        genders.setdefault(found.key, gender)
    return found


def _last_of(kind: str, sentence: int, before: Sequence[_Mention]) -> Entity | None:
    for mention in reversed(before):
        if sentence - mention.sentence > _BACK:
            return None
        if mention.entity.kind == kind and mention.entity.key not in wide():
            return mention.entity
    return None


def _protagonist(before: Sequence[_Mention], people: Counter[str], sentence: int) -> Entity | None:
    """The one person that the article is about, where there is one and it was named already."""
    top = people.most_common(1)
    if not top or top[0][1] < 2 or top[0][1] < _DOMINANT * sum(people.values()):
        return None
    key = top[0][0]
    return next((m.entity for m in before if m.entity.key == key and m.sentence < sentence), None)


def _definite(tokens: Sequence[Token], i: int) -> bool:
    """Whether a noun is opened by "the" or "this" and nothing further says which: "the former striker"."""
    k = i - 1
    while (
        k >= 0
        and i - k <= 4
        and tokens[k].pos in ("ADJ", "NOUN", "NUM", "PUNCT")
        and tokens[k].text not in ",;:"
    ):
        k -= 1
    opened = k >= 0 and tokens[k].text.casefold() in ("the", "this", "этот", "эта")
    if tokens[i].text.casefold() in ("город", "компания", "боевики"):
        opened = True
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    further = following is not None and (
        following.pos == "PROPN" or following.text.casefold() in ("of", "who")
    )
    return opened and not further
