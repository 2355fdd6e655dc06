"""As in "he", "she", "it", "they": the last speaker who fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ...language.analysis import Token
from ...model import SourceKind, Span
from .. import names
from ..english import words
from .cast import Cast
from .tokens import plain_name
from .vocabulary import HE, SHE, THEY
from .who import Spoken, Who, floor_of


def by_pronoun(
    cast: Cast, tokens: Sequence[Token], span: Span, spoken: Sequence[Spoken], breaks: Sequence[int]
) -> Who:
    """The last person who fits: the last speaker, unless somebody is named as a subject since."""
    low = tokens[0].text.lower() if tokens else ""
    floor = floor_of(span.start, breaks)
    near = [s for s in spoken if floor <= s.at < span.start]
    if low in THEY:
        return _they(cast, tokens, span, near)
    wanted = "he" if low in HE else "she" if low in SHE else ""
    candidates: list[tuple[int, str, Spoken | None]] = []
    for s in near:
        if s.who.kind is SourceKind.PERSON and s.who.canonical:
            candidates.append((s.at, names.surname(s.who.canonical), s))
        elif (
            s.who.kind is SourceKind.UNNAMED and s.one and (s.noun in words.UNNAMED_HEADS | words.ROLE_HEADS)
        ):
            candidates.append((s.at, "", s))
    candidates += [
        (min(at + _weight(cast, at), _before_reporter(cast, at, near)), key, None)
        for at, key in cast.mentions
        if floor <= at < span.start
    ]
    for _, key, speaker in sorted(candidates, key=lambda c: (-c[0], c[1])):
        if not key and speaker is not None:
            return Who(None, SourceKind.UNNAMED, antecedent=speaker.span)
        person = cast.people.get(key)
        if person is None:
            continue
        if (wanted == "he" and person.she > person.he) or (wanted == "she" and person.he > person.she):
            continue
        person.he += wanted == "he"
        person.she += wanted == "she"
        return Who(person.name, SourceKind.PERSON)
    return Who()


def _they(cast: Cast, tokens: Sequence[Token], span: Span, near: Sequence[Spoken]) -> Who:
    """As in "it" and "they": the last speaker who is no single person."""
    subject = _plural_before(cast, span, tokens)
    if subject is not None:
        return Who(subject, SourceKind.ORGANISATION)
    if tokens and tokens[0].text.lower() in {"it", "its", "itself"}:
        last = next(
            (s for s in reversed(near) if s.who.canonical and s.who.kind is not SourceKind.PERSON), None
        )
    else:
        last = near[-1] if near else None
    if (
        last is None
        or last.who.kind is SourceKind.PERSON
        or (last.who.kind is SourceKind.UNNAMED and last.one)
    ):
        return Who()
    antecedent = last.span if last.who.kind is SourceKind.UNNAMED else None
    return Who(last.who.canonical, last.who.kind, antecedent=antecedent)


def _before_reporter(cast: Cast, at: int, near: Sequence[Spoken]) -> int:
    """Whom a speaker speaks of is less near than the speaker is.

    "Ray told us that Oke had jumped. 'He fell,' she said": she is Ray. The result is the place before the named speaker whose sentence the mention stands in, else the place itself.
    """
    speaker = next((s for s in reversed(near) if s.at < at), None)
    if speaker is None or speaker.who.kind is not SourceKind.PERSON:
        return at
    between = cast.article.text[speaker.at : at]
    return at if "\n" in between or ". " in between else speaker.at - 1


def _weight(cast: Cast, offset: int) -> int:
    """A subject counts as nearer than an object: the distance in characters that being one is worth."""
    i = bisect_left(cast.analysis.tokens, offset, key=lambda t: t.start)
    tokens = cast.analysis.tokens
    for t in tokens[i : i + 4]:
        if t.dep in {"nsubj", "nsubjpass"}:
            return 0
        if t.dep != "compound":
            break
    return -150


def _plural_before(cast: Cast, span: Span, tokens: Sequence[Token]) -> str | None:
    """For "according to their information": the last subject of the sentence before it."""
    if not tokens or tokens[0].i == 0 or len(tokens) < 2:
        return None
    i = tokens[0].i - 1
    while i >= 0 and cast.analysis.tokens[i].text not in {".", "!", "?"} and tokens[0].i - i < 60:
        t = cast.analysis.tokens[i]
        if t.dep in {"nsubj", "nsubjpass"} and t.tag in {"NNS", "NNPS"}:
            first = i
            while first > 0 and cast.analysis.tokens[first - 1].dep in {"compound", "amod", "nmod", "poss"}:
                first -= 1
            return plain_name(cast.analysis.span(first, i + 1).of(cast.article.text))
        i -= 1
    return None
