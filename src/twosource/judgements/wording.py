"""A judgement in one sentence, and who decided it when."""

from __future__ import annotations

from ..model import Decision, Judged, Judgement, JudgementKind, Standing, Subject

_LONGEST = 90  # characters of a quotation


def sentence(judgement: Judgement) -> str:
    """What was decided: “A” and “B” say the same."""
    names = [named(s) for s in judgement.subjects]
    joined = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    if judgement.kind is JudgementKind.NAME:
        return f"{joined} goes by the name “{judgement.text}”"
    if judgement.verdict is Decision.UNSURE:
        return f"open: do {joined} {_ASKED[judgement.kind]}?"
    return f"{joined} {_SAID[judgement.kind][judgement.verdict is Decision.DIFFERENT]}"


def decided(judgement: Judgement) -> str:
    """Who decided it when, and the note: "decided by I. H. on 2031-03-14 (read both)"."""
    by = f" by {judgement.who}" if judgement.who else " by a person"
    when = f" on {judgement.when}" if judgement.when else ""
    return f"decided{by}{when}" + (f" ({judgement.note})" if judgement.note else "")


def unmatched(judgement: Judgement, why: str, statements: tuple[str, ...] = ()) -> Judged:
    """A judgement that finds nothing to hold on to in this run."""
    return Judged(judgement, Standing.UNMATCHED, sentence(judgement), decided(judgement), why, statements)


def matched(judgement: Judgement, statements: tuple[str, ...] = ()) -> Judged:
    """A judgement whose subjects were found: it binds, unless nothing was decided."""
    standing = Standing.NOTED if judgement.verdict is Decision.UNSURE else Standing.BINDS
    return Judged(judgement, standing, sentence(judgement), decided(judgement), statements=statements)


def named(subject: Subject) -> str:
    """What a judgement speaks of: a name, or the first words that it goes by."""
    if subject.name or not subject.words:
        return subject.name or "?"
    first = subject.words[0]
    if not first.text:
        return f"article {first.article}"
    text = " ".join(first.text.split())
    return f"“{text if len(text) <= _LONGEST else f'{text[: _LONGEST - 1].rstrip()}…'}”"


_SAID = {
    JudgementKind.CLAIM: ("say the same", "do not say the same"),
    JudgementKind.SOURCE: ("are one source", "are different sources"),
    JudgementKind.OWNER: ("have one owner", "have different owners"),
    JudgementKind.COPY: (
        "share wording: one has it from the other",
        "share wording, but neither has it from the other",
    ),
}
_ASKED = {
    JudgementKind.CLAIM: "say the same",
    JudgementKind.SOURCE: "mean one source",
    JudgementKind.OWNER: "have one owner",
    JudgementKind.COPY: "have their shared wording from each other",
}
