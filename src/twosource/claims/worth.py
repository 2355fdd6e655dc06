"""How check-worthy a statement is: small named rules, each with the factor that it applies."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..language.analysis import Token


@dataclass(frozen=True, slots=True)
class Draft:
    """What the rules look at: the statement's text, its tokens, and what was read in it."""

    text: str
    tokens: tuple[Token, ...]
    parsed: bool
    has_subject: bool
    names: int
    numbers: int
    attributed: bool
    direct: bool
    counted: bool = False  # says what befell so many people


_WISHES = re.compile(
    r"^(?:please|let us|let's|thank|thanks|congratulations|welcome|good (?:morning|evening|afternoon|luck|night)|"
    r"hello|dear|god bless|goodbye|click|read more|see also|subscribe|follow|share|sign up|advertisement|"
    r"(?:source|photo|video|tags?|topics?|keywords?|related)(?:\s*:|(?=\s+(?-i:[A-Z]))|\s+(?:news|articles|stories))|"
    r"спасибо|здравствуйте|пожалуйста|читайте|подписывайтесь|подробнее)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:i (?:think|believe|feel|hope|guess|suppose|doubt)|we (?:believe|hope|think|feel)|in my (?:opinion|view)|"
    r"should(?:n't)?|ought to|must (?:not )?be|unfortunately|hopefully|frankly|outrageous|disgraceful|shameful|"
    r"disgusting|despicable|heinous|wonderful|terrible|horrible|beautiful|ridiculous|absurd|unacceptable|"
    r"so-called|bald-faced|scourge|it is (?:time|important|necessary|vital|clear|obvious) (?:to|for|that)|"
    r"(?:worst|best|greatest) thing|по моему мнению|на мой взгляд|я (?:думаю|считаю|надеюсь|полагаю)|"
    r"мы (?:считаем|надеемся)|должн[аоы]?|следует|к сожалению|позор|возмутительн\w*|недопустим\w*)(?!\w)",
    re.IGNORECASE,
)
_FIRST_PERSON_START = re.compile(r"^(?:i|we|you|я|мы|вы|ты)\b", re.IGNORECASE)
_PRONOUN_START = re.compile(
    r"^(?:this|that|it|these|those|they|he|she|such|there|это|он|она|они|оно|так)\b", re.IGNORECASE
)

_FURNITURE = re.compile(
    r"\b(?:privacy policy|terms of (?:use|service)|cookies?|contact us|careers|press releases|newsletter|"
    r"follow us|all rights reserved|copyright|watch live|tv schedule|spam|log ?in|sign up|android|ios|app store|"
    r"subscribe|share this|latest news|read more|click here|related (?:news|articles|stories|topics)|world news|"
    r"launched in|founded in|headquartered|our (?:readers|journalists|correspondents)|24-hour news|news website|"
    r"политика конфиденциальности|все права защищены|"
    r"опубликовать в|поделиться|подписывайтесь)(?!\w)",
    re.IGNORECASE,
)

_SAYING = frozenset(
    [
        "say",
        "tell",
        "add",
        "state",
        "report",
        "note",
        "quote",
        "accord",
        "сказать",
        "сообщить",
        "заявить",
        "добавить",
    ]
)

Rule = Callable[[Draft], float | None]


def question(draft: Draft) -> float | None:
    """A question asserts nothing."""
    return 0.1 if draft.text.rstrip("\"'”’» )").endswith("?") else None


def wish(draft: Draft) -> float | None:
    """Greetings, thanks and site furniture assert nothing."""
    return 0.1 if _WISHES.match(draft.text) else None


def furniture(draft: Draft) -> float | None:
    """Two or more of a site's own phrases, or a row of links: menu, footer, plea to subscribe."""
    if "|" in draft.text:
        return 0.05
    return 0.05 if len({m.casefold() for m in _FURNITURE.findall(draft.text)}) >= 2 else None


def imperative(draft: Draft) -> float | None:
    """A bare verb without a subject is an order."""
    words = [t for t in draft.tokens if any(c.isalnum() for c in t.text)]
    if not draft.parsed or not words:
        return None
    first = words[0]
    order = (first.tag == "VB" and first.dep.casefold() == "root") or "Mood=Imp" in first.morph
    return 0.2 if order and not draft.has_subject else None


def infinitive(draft: Draft) -> float | None:
    """To release the girls: what is wanted or promised, without who; it asserts nothing alone."""
    words = [t for t in draft.tokens if any(c.isalnum() for c in t.text)]
    if not draft.parsed or len(words) < 2:
        return None
    at = 1 if words[0].text.casefold() == "not" else 0
    bare = words[at].text.casefold() == "to" and len(words) > at + 1 and words[at + 1].tag == "VB"
    return 0.1 if bare and not draft.has_subject else None


def scrap(draft: Draft) -> float | None:
    """Two or three words with no name and no number are a fragment."""
    words = [t for t in draft.tokens if any(c.isalnum() for c in t.text)]
    if len(words) < 3:
        return 0.05
    if len(words) < 5 and not draft.names and not draft.numbers:
        return 0.3
    return None


def no_verb(draft: Draft) -> float | None:
    """Without a verb there is seldom a proposition; a short quoted phrase is one example."""
    if not draft.parsed or draft.counted or any(t.pos in ("VERB", "AUX") for t in draft.tokens):
        return None
    if not draft.attributed:
        return 0.1  # a headline, a list, a credit line
    words = sum(any(c.isalnum() for c in t.text) for t in draft.tokens)
    return 0.5 if draft.numbers or (draft.names and words > 4) else 0.1


_POINTING = re.compile(
    r"\b(?:den(?:y|ies|ied)|confirm(?:s|ed)?|reject(?:s|ed)?|dismiss(?:es|ed)?|disput(?:es|ed)) "
    r"(?:this|that|it|these|them)$",
    re.IGNORECASE,
)


def frame_only(draft: Draft) -> float | None:
    """The remains of a reporting clause, "said the monitor": who speaks, not what is said."""
    if _POINTING.search(draft.text):  # "the company denied this": what "this" is stands elsewhere
        return 0.1
    verbs = {t.lemma.casefold() for t in draft.tokens if t.pos == "VERB"}
    return 0.1 if verbs and verbs <= _SAYING else None


def opinion(draft: Draft) -> float | None:
    """Judgements and wishes cannot be checked as facts."""
    return 0.5 if _OPINION.search(draft.text) else None


def first_person(draft: Draft) -> float | None:
    """What "we" feel is about the speaker, unless a name or number makes it a report."""
    return 0.6 if draft.direct and _FIRST_PERSON_START.match(draft.text) and not draft.numbers else None


def bare(draft: Draft) -> float | None:
    """Nothing nameable: no entity and no number to check."""
    return 0.7 if not draft.names and not draft.numbers else None


def leans_on_context(draft: Draft) -> float | None:
    """Begins with a pronoun: it cannot be read alone."""
    return 0.8 if _PRONOUN_START.match(draft.text) else None


RULES: tuple[Rule, ...] = (
    question,
    wish,
    furniture,
    imperative,
    infinitive,
    scrap,
    no_verb,
    frame_only,
    opinion,
    first_person,
    bare,
    leans_on_context,
)
"""Applied in this order; the factors multiply."""


def weigh(draft: Draft) -> tuple[float, bool]:
    """The check-worthiness in [0, 1], and whether the statement is an opinion."""
    weight = 1.0
    for rule in RULES:
        factor = rule(draft)
        if factor is not None:
            weight *= factor
    return round(weight, 4), opinion(draft) is not None
