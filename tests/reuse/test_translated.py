"""Translations, with vectors made by hand: sentences that say the same get nearly the same vector."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from twosource.model import Article, Direction, MatchKind, Passage, Precision, Published, Span
from twosource.reuse.translated import MARGIN, agreements, in_order, translations

ENGLISH = [
    "Fire broke out at the cannery on Tuesday.",
    "Forty tonnes of herring were lost, 3 people were hurt.",
    "The harbour master blamed a switchboard.",
    "Lower Marren will close its baths.",
]
RUSSIAN = [
    "Во вторник на консервном заводе вспыхнул пожар.",
    "Сгорело сорок тонн сельди, пострадали 3 человека.",
    "Капитан порта винит распределительный щит.",
    "В Квилле нашли мозаику.",
]
MEANING = {0: [0, 4], 1: [1, 5], 2: [2, 6], 3: [3], 4: [7]}


def pile(english: list[str], russian: list[str]) -> tuple[list[Article], list[Passage]]:
    articles, units = [], []
    for name, language, sentences, hour in (("en", "en", english, 8), ("ru", "ru", russian, 9)):
        text = " ".join(sentences)
        published = Published(datetime(2026, 3, 1, hour, tzinfo=UTC), Precision.MINUTE)
        articles.append(Article(name, name, text, name, language=language, published=published))
        units += [Passage(name, Span(text.index(s), text.index(s) + len(s))) for s in sentences]
    return articles, units


def vectors(noise: float = 0.05) -> NDArray[np.float32]:
    dice = np.random.default_rng(7)
    out = np.full((8, 16), 0.3) + dice.normal(0, noise, (8, 16))
    for meaning, rows in MEANING.items():
        for row in rows:
            out[row, meaning] += 1
    unit: NDArray[np.float32] = (out / np.linalg.norm(out, axis=1, keepdims=True)).astype(np.float32)
    return unit


def test_sentences_that_say_the_same_in_the_same_order_are_one_passage() -> None:
    articles, units = pile(ENGLISH, RUSSIAN)
    (match,) = translations(articles, units, vectors())
    assert match.kind is MatchKind.TRANSLATION
    assert match.a.span.of(articles[0].text) == " ".join(ENGLISH[:3])
    assert match.b.span.of(articles[1].text) == " ".join(RUSSIAN[:3])
    assert (match.direction, match.p_direction) == (Direction.A_TO_B, 0.85)
    assert match.reasons[0] == "3 sentences say the same in the same order, en and ru"


def test_numbers_that_differ_are_no_agreement() -> None:
    articles, units = pile(ENGLISH, [RUSSIAN[0], RUSSIAN[1].replace("3", "13"), *RUSSIAN[2:]])
    assert translations(articles, units, vectors()) == ()  # two agreements are left, three are asked for


def test_the_order_of_the_input_changes_nothing() -> None:
    articles, units = pile(ENGLISH, RUSSIAN)
    order = [5, 2, 7, 0, 3, 6, 1, 4]
    assert translations(articles[::-1], [units[i] for i in order], vectors()[order]) == translations(
        articles, units, vectors()
    )


def test_one_language_or_one_agreement_gives_nothing() -> None:
    articles, units = pile(ENGLISH, ENGLISH)
    same = [Article("ru", "ru", articles[1].text, "ru", language="en"), articles[0]]
    assert translations(same, units, vectors()) == ()
    assert translations([], [], np.empty((0, 16), np.float32)) == ()


def test_neighbours_must_be_mutual_and_clear() -> None:
    x = np.eye(4, dtype=np.float32)
    assert [(i, j) for i, j, _ in agreements(x, x)] == [(0, 0), (1, 1), (2, 2), (3, 3)]
    flat = np.full((4, 4), 0.5, np.float32)
    assert agreements(flat, flat) == []
    assert MARGIN > 1


def test_chains_rise_in_both() -> None:
    assert in_order([(0, 0), (1, 1), (3, 2), (2, 9), (20, 21)]) == [
        [(0, 0), (1, 1), (3, 2)],
        [(2, 9)],
        [(20, 21)],
    ]
