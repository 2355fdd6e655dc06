"""The cue at the end: "…, сообщил X", "об этом сообщил X"."""

from __future__ import annotations

from collections.abc import Iterator

from ...found import Found
from .. import words
from ..view import View
from .extent import conjunction, via_of


def trailing(view: View) -> Iterator[Found]:
    """…, сообщил X: a reporting verb behind a comma, its subject behind it, and nothing more."""
    for i in range(1, len(view.tokens)):
        if view.lemmas[i] not in words.CUES | {"говориться"} or not view.finite(i):
            continue
        low, high = view.bounds(i)
        comma = i - 1
        while comma > low and view.tokens[comma].text in {"—", "–", "-"}:
            comma -= 1
        if comma <= low or view.tokens[comma].text != ",":
            continue
        if any(view.tokens[j].text == ":" for j in range(i, high)) or conjunction(view, i, high) is not None:
            continue
        source = view.speaker(i, i, high)
        if source is None or source[0].start < view.tokens[i].start:
            continue
        content = view.content(low, comma)
        if content is not None:
            yield Found(source, view.cue(i), (content,), "trailing cue", 0.9, via=via_of(view, i, high))


def about_this(view: View) -> Iterator[Found]:
    """Об этом сообщил X: the sentence before it is the content."""
    for number, (first, last) in enumerate(view.analysis.sentences):
        if number == 0 or view.forms[first : first + 2] not in {("об", "этом"), ("о", "этом")}:
            continue
        verb = next(
            (
                i
                for i in range(first + 2, min(first + 8, last))
                if view.lemmas[i] in words.CUES | {"говориться"} and view.finite(i)
            ),
            None,
        )
        if verb is None or conjunction(view, verb, last) is not None:
            continue
        source = view.speaker(verb, first + 2, last)
        before = view.analysis.sentences[number - 1]
        content = view.content(*before)
        near = (
            view.paragraph_at(view.tokens[first].start) - view.paragraph_at(view.tokens[before[0]].start) <= 1
        )
        if source and content is not None and near:
            yield Found(source, view.cue(verb), (content,), "об этом", 0.85, via=via_of(view, verb, last))
