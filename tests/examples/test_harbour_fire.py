"""The sample case holds together: its answer names its articles, and every quote stands there exactly once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from twosource.model import Article
from twosource.read import ReadOptions, read

CASE = Path(__file__).parents[2] / "examples" / "harbour-fire"


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    pile = read([str(CASE / "articles")], ReadOptions())
    assert pile.skipped == ()
    return {article.id: article for article in pile.articles}


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    value: dict[str, Any] = json.loads((CASE / "answer.json").read_text(encoding="utf-8"))
    return value


def test_there_are_as_many_articles_as_the_answer_says(
    articles: dict[str, Article], answer: dict[str, Any]
) -> None:
    assert len(articles) == answer["articles"] == 14
    assert {a.id for a in articles.values() if a.language == "ru"} == {"05-zaliv-segodnya"}
    assert all(a.outlet and a.published.start for a in articles.values())


def test_every_quote_stands_exactly_once_in_its_article(
    articles: dict[str, Article], answer: dict[str, Any]
) -> None:
    quotes = [s for claim in answer["claims"] for s in claim["statements"]] + answer["false_friends"]
    wrong = [(q["article"], q["quote"]) for q in quotes if articles[q["article"]].text.count(q["quote"]) != 1]
    assert len(quotes) > 35
    assert wrong == []


def test_the_answer_keeps_the_rules_of_the_count(answer: dict[str, Any]) -> None:
    for claim in answer["claims"]:
        expected = claim["expected"]
        origins = {s["origin"] for s in claim["statements"] if s["role"] == "asserts"}
        sayers = {s["article"] for s in claim["statements"] if s["role"] == "asserts"}
        assert len(origins) == claim["origins"]
        assert expected["at_least"] <= expected["most_likely"] <= expected["at_most"]
        assert expected["at_most"] <= min(len(origins), len(sayers))
        # K = 1 exactly when a chokepoint exists
        assert bool(expected["chokepoints"]) == (expected["most_likely"] == 1)
        assert set(expected["chokepoints"]) <= origins | sayers
