"""Measure paraphrase and translation on a set of our own (paraphrase_set.json).

    python benchmarks/paraphrase.py --half dev
    python benchmarks/paraphrase.py --half "held out"

The set: 24 invented news passages, each with a rewrite as an editor would make it, a translation into Russian, an
English text as a translation back would read, and an independent report of the same event. All passages of a half
make one pile. True pairs are those among a passage and its three retellings; every other pair is a false friend, the
independent reports above all. A pair counts as found when a match that is no template joins it.

Beside it: shared wording alone (what was found before there was paraphrase), the older search for translations, and
the cosine of whole texts with its threshold set for .95 precision on the development half.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

import numpy as np

from twosource import pipeline
from twosource.language.embed import embedder
from twosource.model import Article, MatchKind, Passage, PassageMatch, Span
from twosource.reuse import matches
from twosource.reuse.paraphrased import paraphrases
from twosource.reuse.translated import translations
from twosource.settings import Settings

SET = Path(__file__).with_name("paraphrase_set.json")
TEXTS = ("original", "rewrite", "russian", "back", "independent")
Pair = frozenset[str]


def pile(half: str) -> list[Article]:
    """The passages of one half, as articles without outlet or date."""
    out = []
    for row in json.loads(SET.read_text(encoding="utf-8")):
        if row["split"] == half:
            for kind in TEXTS:
                name, language = f"{row['id']}/{kind}", "ru" if kind == "russian" else "en"
                out.append(Article(id=name, path=name, text=row[kind], sha256=name, language=language))
    return out


def nature(one: str, other: str) -> str:
    """What two passages are to each other."""
    (event, a), (event_b, b) = one.split("/"), other.split("/")
    if event != event_b:
        return "different events"
    if "independent" in (a, b):
        return "independent reports"
    if "russian" in (a, b):
        return "translation"
    return "back-translation" if {a, b} == {"original", "back"} else "rewrite"


TRUE = ("rewrite", "back-translation", "translation")
FALSE = ("independent reports", "different events")


def table(title: str, found: Iterable[Pair], names: list[str]) -> None:
    """Recall by nature, false friends, precision."""
    got = set(found)
    every: dict[str, list[bool]] = {}
    for one, other in combinations(names, 2):
        every.setdefault(nature(one, other), []).append(frozenset((one, other)) in got)
    right = sum(sum(every[k]) for k in TRUE)
    wrong = sum(sum(every[k]) for k in FALSE)
    print(
        f"| {title} | "
        + " | ".join(f"{sum(every[k])} of {len(every[k])}" for k in (*TRUE, *FALSE))
        + f" | {right / max(1, right + wrong):.3f} | {right / sum(len(every[k]) for k in TRUE):.3f} |"
    )


def pairs(found: Iterable[PassageMatch]) -> set[Pair]:
    """The pairs of articles that matches join."""
    return {frozenset((m.a.article, m.b.article)) for m in found if m.kind is not MatchKind.TEMPLATE}


def whole_texts(articles: list[Article]) -> Callable[[float], set[Pair]]:
    """Pairs of texts whose vectors are nearer than a threshold."""
    vectors = embedder().embed([a.text for a in articles])
    cosines = vectors @ vectors.T
    return lambda least: {
        frozenset((articles[i].id, articles[j].id))
        for i, j in combinations(range(len(articles)), 2)
        if cosines[i, j] >= least
    }


def threshold(articles: list[Article], precision: float) -> float:
    """The lowest cosine of whole texts that keeps the precision on these articles."""
    near = whole_texts(articles)
    best = 1.0
    for least in np.arange(0.99, 0.80, -0.0025):
        got = near(float(least))
        right = sum(nature(*sorted(p)) in TRUE for p in got)
        if got and right / len(got) >= precision:
            best = float(least)
    return best


def main() -> None:
    """Parse and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=("dev", "held out"), default="dev")
    half = parser.parse_args().half
    articles = pile(half)
    names = [a.id for a in articles]
    statements = [s for a in articles for s in pipeline.examine(a).statements]
    units = [Passage(s.article, Span(s.spans[0].start, s.spans[-1].end)) for s in statements]
    vectors = embedder().embed([s.text for s in statements])
    wording = matches(articles, Settings())
    older = translations(articles, units, vectors)
    newer = paraphrases(articles, units, vectors, (*wording, *older))
    least = threshold(pile("dev"), 0.95)
    print(
        f"{half}: {len(articles)} passages of {len(articles) // len(TEXTS)} events, {len(units)} statements"
    )
    print(f"| found by | {' | '.join((*TRUE, *FALSE))} | precision | recall |")
    print("|---" * (len(TRUE) + len(FALSE) + 3) + "|")
    table("shared wording alone", pairs(wording), names)
    table("and translations as before", pairs((*wording, *older)), names)
    table("and what is told again (the program)", pairs((*wording, *older, *newer)), names)
    table(f"cosine of whole texts, {least:.4f} or more", whole_texts(articles)(least), names)
    for name in TRUE:
        chances = [m.p_copy for m in newer if nature(m.a.article, m.b.article) == name]
        print(f"p_copy of {name}: {np.round(np.quantile(chances, [0, 0.5, 1]), 2) if chances else 'none'}")


if __name__ == "__main__":
    main()
