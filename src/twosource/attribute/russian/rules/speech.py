"""Direct speech and the verb beside it: «…», — сказал X; X сказал: «…»."""

from __future__ import annotations

from collections.abc import Iterator

from ....model import AttributionKind, Span
from ...found import Found
from .. import words
from ..view import Speech, View
from .extent import CONJUNCTIONS, REACH, genitive_of, inside_speech, sentence_end, via_of


def narrator_inside(view: View) -> Iterator[Found]:
    """«A, — сказал X. — B», and the same in a paragraph that opens with a dash."""
    for speech in view.speeches:
        for told in speech.told:
            first, last = view.first_from(told.start), view.first_from(told.end)
            verb = _narrating_verb(view, first, last)
            if verb is None:
                continue
            yield Found(
                view.speaker(verb, first, last) or (),
                view.cue(verb),
                speech.spoken,
                "narrator inside speech",
                0.95,
                AttributionKind.DIRECT,
                via=via_of(view, first, last),
            )
            break  # what follows in the same speech is the same speaker's


def after_speech(view: View) -> Iterator[Found]:
    """«…», — сказал X. After a dash any finite verb will do; after a bare comma only one that reports."""
    for speech in view.speeches:
        if speech.told or speech.dashed:
            continue
        at = view.first_from(speech.span.end)
        dash = False
        while at < len(view.tokens) and view.tokens[at].text in {",", ".", "!", "?", "…", "—", "–", "-", "»"}:
            dash = dash or view.tokens[at].text in {"—", "–", "-"}
            at += 1
        if at >= len(view.tokens) or view.paragraph_at(view.tokens[at].start) != view.paragraph_at(
            speech.span.start
        ):
            continue
        if not dash and not (speech.begins and _comma_at_end(view, speech)):
            continue
        if dash and not speech.begins and speech.span.of(view.text)[-2:-1] not in {",", "!", "?"}:
            continue
        _, high = view.bounds(at)
        verb = _narrating_verb(view, at, high, any_verb=dash)
        if verb is None:
            continue
        yield Found(
            view.speaker(verb, at, high) or (),
            view.cue(verb),
            (speech.span,),
            "cue after speech",
            0.95 if dash else 0.9,
            AttributionKind.DIRECT,
            via=via_of(view, at, high),
        )
        if view.lemmas[verb] in words.QUOTES:
            yield from _quoted_speaker(view, verb, high, speech)


def before_colon(view: View) -> Iterator[Found]:
    """X сказал: «…», the quotation also in the next paragraph; without marks the rest of the sentence."""
    for i, token in enumerate(view.tokens):
        if token.text != ":" or inside_speech(view, i):
            continue
        low, _ = view.bounds(i)
        verbs = [
            j
            for j in range(i - 1, max(low, i - REACH) - 1, -1)
            if view.lemmas[j] in words.CUES | words.URGES | words.PASSIVES
            and (view.finite(j) or view.gerund(j))
        ]
        if not verbs:
            continue
        verb = verbs[0]
        after = view.token(i + 1)
        if after is None:
            continue
        speech = view.speech_at.get(after.start)
        if speech is not None and (after.start - token.end) < 4 + view.text[token.end : after.start].count(
            "\n"
        ):
            content: tuple[Span, ...] = speech.spoken
            kind, score = AttributionKind.DIRECT, 0.95
        else:
            if view.paragraph_at(after.start) != view.paragraph_at(token.start):
                continue
            stretch = view.content(i + 1, sentence_end(view, i + 1))
            if stretch is None:
                continue
            content, kind, score = (stretch,), None, 0.75
        source = view.speaker(verb, low, i)
        if source is None and kind is None:
            continue
        yield Found(
            source or (), view.cue(verb), content, "cue before colon", score, kind, via=via_of(view, verb, i)
        )


def before_bare_colon(view: View) -> Iterator[Found]:
    """Ирма Тосс: переговоры сорваны. A headline's way: a name, a role or СМИ, a colon, and what they say."""
    for paragraph in view.paragraphs:
        first = view.first_from(paragraph.start)
        colon = next(
            (i for i in range(first + 1, min(first + 7, len(view.tokens))) if view.tokens[i].text == ":"),
            None,
        )
        if colon is None or view.tokens[colon].start >= paragraph.end:
            continue
        if not view.nominative(first) and view.tokens[first].entity != "PERSON":
            continue
        head, last = view.phrase(first, first, colon)
        if view.tokens[first].entity == "PERSON" and all(view.tokens[i].entity for i in range(first, colon)):
            last = colon - 1  # the trees of headlines are guesses; a name is a name
        named = view.tokens[head].entity in {"PERSON", "ORG"} or view.lemmas[head] in _HEADLINERS
        content = view.content(colon + 1, sentence_end(view, min(colon + 1, len(view.tokens) - 1)))
        if named and last == colon - 1 and content is not None and _has_verb(view, content):
            yield Found((view.analysis.span(head, last + 1),), (), (content,), "headline colon", 0.7)


def _narrating_verb(view: View, first: int, last: int, *, any_verb: bool = True) -> int | None:
    """The finite verb near the start of the narrator's words, one that reports if there is one."""
    near = []
    for i in range(first, min(first + 12, last)):
        if view.tokens[i].text in {".", ":", "«"} or view.forms[i] in CONJUNCTIONS:
            break
        if view.finite(i) or view.lemmas[i] in words.PASSIVES:
            near.append(i)
    reports = [i for i in near if view.lemmas[i] in words.CUES | words.URGES | words.PASSIVES | words.JUDGES]
    if reports:
        return reports[0]
    return near[0] if near and any_verb and near[0] <= first + 3 else None


def _quoted_speaker(view: View, verb: int, high: int, speech: Speech) -> Iterator[Found]:
    """Whose words an outlet quotes: the object of "цитирует", or whose the "слова" are."""
    for i in range(verb + 1, min(verb + 8, high)):
        words_of = view.lemmas[i] == "слово"
        whose = genitive_of(view, i, high) if words_of else None
        if (
            not words_of
            and view.feature(i, "Animacy") == "Anim"
            and view.feature(i, "Case") in {"Acc", "Gen"}
        ):
            whose = i
        possessive = words_of and view.forms[i - 1] in {"его", "ее", "их"}
        if whose is not None or possessive:
            cue = view.cue(i) if words_of else ()
            source = view.cue(i - 1) if whose is None else view.source(whose, verb + 1, high)
            kind = AttributionKind.DIRECT
            yield Found(
                source, cue, (speech.span,), "quoted by an outlet", 0.85, kind, within=view.cue(verb)[0]
            )
            return


def _has_verb(view: View, span: Span) -> bool:
    return any(
        view.finite(i) or "Variant=Short" in view.tokens[i].morph
        for i in range(view.first_from(span.start), view.first_from(span.end))
    )


def _comma_at_end(view: View, speech: Speech) -> bool:
    tail = view.text[speech.span.end : speech.span.end + 1]
    return tail == "," or speech.span.of(view.text).rstrip('»”"“').endswith((",", "!", "?"))


_HEADLINERS = words.ROLES | words.ORGANISATIONS | words.OUTLETS | words.UNNAMED
