"""Outlets: "the portal «Bay.NET»", the paper of "a story in the Bay Courier", whom a speaker told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language.analysis import Token
from .. import governments, names, phrase
from ..english import words
from ..lexicon import lexicon
from .cast import Cast, core_of
from .tokens import plain_name

_PIECES = lexicon("report article story piece post exclusive dispatch scoop")
_PRESS_PIECES = lexicon("article story piece exclusive dispatch scoop")  # what only the press writes
_WORDS = words.OUTLET_WORDS | lexicon("publication news tv television radio")
_PLACES = frozenset({"GPE", "NORP", "LOC"})
_FROM = lexicon("from in by on at of")
_APPEARED = lexicon("published posted printed carried appearing aired run")
_OWN = lexicon("official own")

AGAIN = frozenset(
    f"{which} {noun}"
    for which in ("the", "this", "that", "the same")
    for noun in (
        "newspaper", "paper", "site", "website", "publication", "magazine", "tabloid", "outlet", "portal",
        "network", "channel", "station", "broadcaster", "blog", "report", "article", "story", "daily",
        "news agency", "news site", "news outlet",
    )
)  # fmt: skip
"""How an outlet that was named is spoken of again."""


def of_its_own(tokens: Sequence[Token]) -> bool:
    """Whether a phrase says that a site is whose name it has: "the official Mooring Line site"."""
    return any(t.text.lower() in _OWN for t in tokens)


def name_at_end(tokens: Sequence[Token]) -> str:
    """The name that ends a phrase, less the country before it: "Britain's Bay Herald" → Bay Herald. "" of none."""
    proper: list[Token] = []
    for t in reversed(tokens):
        if t.pos == "PROPN" and t.entity not in _PLACES | {"PERSON", "DATE"}:
            proper.insert(0, t)
        elif t.pos == "PROPN" and t.entity == "PERSON" and _after_outlet_word(tokens, t):
            proper.insert(0, t)  # "the site Bayview": the parser takes it for a person
        elif proper or t.pos not in {"PUNCT", "PART"}:
            break
    return names.outlet(" ".join(t.text for t in proper))


def _after_outlet_word(tokens: Sequence[Token], token: Token) -> bool:
    return any(t.i == token.i - 1 and t.text.lower() in _WORDS for t in tokens)


def behind_piece(tokens: Sequence[Token], head: Token | None) -> str | None:
    """The outlet of a piece: "an article in the Bay Post", "the Bay Post story", "a report from the site Bayview".

    Reports are also written by others than outlets ("a report by the ministry"): for a report, something in
    the phrase has to say that it is an outlet's.
    """
    if head is None or head.lemma.lower() not in _PIECES:
        return None
    at = next((k for k, t in enumerate(tokens) if t.i == head.i), 0)
    before, after = tokens[:at], tokens[at + 1 :]
    name = ""
    if len(after) > 1 and after[0].text.lower() in _APPEARED:
        after = after[1:]  # "a report published on the website of the Bay Post"
    if after and after[0].text.lower() in _FROM:
        stop = next((k for k, t in enumerate(after) if t.text in {",", ";", "that", "which"}), len(after))
        name = name_at_end(after[1:stop])
    elif not after or after[0].pos == "PUNCT":
        name = name_at_end(before)
    if not name:
        return None
    said = {t.text.lower() for t in tokens} & _WORDS
    sure = head.lemma.lower() in _PRESS_PIECES or bool(said) or names.like_outlet(name)
    return name if sure or name.lower() in words.OUTLET_NAMES else None


def named_by_form(text: str, tokens: Sequence[Token]) -> str | None:
    """An outlet by the form of its name, a country before it left off: "Bayview.co.uk", "Britain's Bay Times"."""
    if any(t.entity == "PERSON" for t in tokens):
        return None
    name = name_at_end(tokens)
    for form in (name, text):
        if form and names.like_outlet(form):
            return names.outlet(form)
    return None


def may_relay(tokens: Sequence[Token], after: Token | None, with_article: bool = False) -> bool:
    """Whether a name may be an outlet that was told: no place (towns have no article), and no audience ("told Board employees")."""
    if not tokens:
        return False
    name = " ".join(t.text for t in tokens)
    if all(t.entity in _PLACES for t in tokens) and not names.like_outlet(name) and not with_article:
        return False
    return after is None or after.pos != "NOUN" or after.lemma.lower() in _WORDS


def named_outlet(cast: Cast, text: str, tokens: Sequence[Token]) -> str | None:
    """The name in "the portal «Bay.NET»", or a wire service known by name."""
    lows = [t.text.lower() for t in tokens]
    quoted = re.search(r"[«“\"]([^«»“”\"]{2,40})[»”\"]", text)
    if quoted and any(low in words.OUTLET_WORDS for low in lows):
        return names.outlet(quoted.group(1))
    behind = _name_behind(cast, tokens)
    if behind:
        return names.outlet(behind)
    plain = plain_name(text)
    if plain.lower() in words.OUTLET_NAMES:
        return plain
    if of_its_own(tokens):
        return None  # "the official Mooring Line site" speaks for the Mooring Line
    by_form = named_by_form(plain, tokens)
    if by_form is not None:
        return by_form
    if any(
        low in words.OUTLET_WORDS - {"agency", "network", "press", "channel", "station", "site", "paper"}
        for low in lows
    ):
        named = tokens[-1].pos == "PROPN" and not any(t.entity == "PERSON" for t in tokens)
        if named:
            return name_at_end(tokens) or " ".join(t.text for t in tokens if t.pos == "PROPN")
    if any(low in {"agency", "channel", "network", "station"} for low in lows) and any(
        low in {"news", "tv", "television", "radio"} for low in lows
    ):
        return _named_channel(cast, tokens)
    return None


_NAMED_BEHIND = lexicon("newspaper magazine tabloid weekly portal website blog broadcaster")


def _name_behind(cast: Cast, tokens: Sequence[Token]) -> str:
    """The name behind "the Karland newspaper", where the parser has ended the phrase too soon: "... Tageblick writes". "" of none."""
    if not tokens or tokens[-1].text.lower() not in _NAMED_BEHIND:
        return ""
    every = cast.analysis.tokens
    last = first = tokens[-1].i + 1
    while (
        last < len(every)
        and last < first + 4
        and every[last].text[:1].isupper()
        and every[last].text.isalpha()
    ):
        last += 1
    return cast.analysis.span(first, last).of(cast.article.text) if last > first else ""


_LOOSE = re.compile(r"(?:[Tt]he|[Ss]tate|An?|[\w-]+-(?:affiliated|linked|run|based|backed|owned|language))")
_CHANNEL = re.compile(
    r"((?:[A-Z][\w-]*|al-[A-Z]\w+)(?:[ ][A-Z][\w-]*){0,3})[ ](?:news[ ])?(?:agency|channel|network|station|television|radio)\b"
)


def _named_channel(cast: Cast, tokens: Sequence[Token]) -> str | None:
    """The name in "the Bay news agency", "state news agency Bay"."""
    found = core_of(cast, tokens)
    if found is None:
        return None
    every = cast.analysis.tokens
    before = _CHANNEL.search(cast.article.text, tokens[0].start, tokens[-1].end)
    if before is not None:
        parts = before.group(1).split()
        while len(parts) > 1 and (governments.of_people(parts[0]) or _LOOSE.fullmatch(parts[0])):
            parts.pop(0)
        said = " ".join(parts).lower()
        if said not in _WORDS_ONLY and not governments.of_people(parts[0]) and not _LOOSE.fullmatch(parts[0]):
            return governments.without_country(" ".join(parts))
    stretch = phrase.proper(every, found) or phrase.before_noun(every, found)
    if stretch is None:
        return None
    name = plain_name(cast.analysis.span(stretch[0], stretch[1] + 1).of(cast.article.text))
    if every[stretch[1]].entity in {"DATE", "TIME", "CARDINAL"} or name.lower() in _WORDS_ONLY:
        return None
    return name if not governments.of_people(name) and not governments.country_of(name) else None


_WORDS_ONLY = lexicon("tv television radio news agency channel state video footage the a an")
