"""Judgements on shared wording: a match between two articles that is no copy, or is one for certain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from ..model import Article, Decision, Judged, Judgement, JudgementKind, PassageMatch, Standing
from .file import ordered
from .find import Places
from .wording import decided, matched, named, sentence, unmatched


def judged_copies(
    judgements: Iterable[Judgement], articles: Sequence[Article], matches: Sequence[PassageMatch]
) -> tuple[tuple[PassageMatch, ...], tuple[Judged, ...]]:
    """The matches without those that a person says are no copies; those that are said to be copies are certain.

    Which way a copy went is left to the program. Of two judgements that contradict, the one against a copy is kept.
    """
    known = ordered(j for j in judgements if j.kind is JudgementKind.COPY)
    if not known:
        return tuple(matches), ()
    places = Places(articles)
    shared: dict[frozenset[str], int] = {}
    for match in matches:
        pair = frozenset((match.a.article, match.b.article))
        shared[pair] = shared.get(pair, 0) + 1
    decisions: dict[frozenset[str], list[Judgement]] = {}
    judged: list[Judged] = []
    for judgement in known:
        ids = [places.of(s.words[0]) for s in judgement.subjects]
        lost = [named(s) for s, found in zip(judgement.subjects, ids, strict=True) if found is None]
        pairs = [frozenset((a, b)) for a, b in combinations([i for i in ids if i], 2) if a != b]
        why = f"{' and '.join(lost)} not in this pile" if lost else ""
        if not why and not any(pair in shared for pair in pairs):
            why = "these articles share no wording in this run"
        if why:
            judged.append(unmatched(judgement, why))
            continue
        judged.append(matched(judgement))
        for pair in pairs:
            decisions.setdefault(pair, []).append(judgement)
    refused = {p: _first(js, Decision.DIFFERENT) for p, js in decisions.items()}
    judged = [_against(j, decisions, refused) for j in judged]
    out: list[PassageMatch] = []
    for match in matches:
        pair = frozenset((match.a.article, match.b.article))
        if refused.get(pair):
            continue
        said = _first(decisions.get(pair, ()), Decision.SAME)
        out.append(replace(match, p_copy=1.0, reasons=(*match.reasons, decided(said))) if said else match)
    return tuple(out), tuple(judged)


def _first(judgements: Sequence[Judgement], verdict: Decision) -> Judgement | None:
    return next((j for j in judgements if j.verdict is verdict), None)


def _against(
    judged: Judged,
    decisions: dict[frozenset[str], list[Judgement]],
    refused: dict[frozenset[str], Judgement | None],
) -> Judged:
    if judged.judgement.verdict is not Decision.SAME:
        return judged
    for pair, judgements in sorted(decisions.items(), key=lambda item: sorted(item[0])):
        other = refused[pair]
        if other is not None and judged.judgement in judgements:
            why = f"contradicts that {sentence(other)} ({decided(other)}), which is kept; undo one of the two"
            return replace(judged, standing=Standing.OVERRULED, why=why)
    return judged
