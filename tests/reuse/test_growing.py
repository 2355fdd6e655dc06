"""A pile that grows gives what a full run on it gives, and joins only what is new."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.model import Article, Precision, Published
from twosource.pipeline import Run, _shared, code_digest
from twosource.reuse import found, grown
from twosource.reuse.growing import Runs
from twosource.settings import Settings
from twosource.store.case import Case


def article(number: int, text: str, hour: int) -> Article:
    moment = datetime(2031, 3, 1, tzinfo=UTC) + timedelta(hours=hour)
    return Article(
        id=f"a{number}",
        path=f"{number}.txt",
        text=text,
        sha256=f"{number}",
        published=Published(moment, Precision.MINUTE),
    )


def pile(count: int, seed: int) -> list[Article]:
    """Copies of two stories, whole or in part, a formula that all have, and words of their own."""
    dice = random.Random(seed)
    words = [f"word{n}" for n in range(900)]
    stories = [dice.choices(words, k=110) for _ in range(2)]
    formula = dice.choices(words, k=15)
    out = []
    for number in range(count):
        story, start = dice.choice(stories), dice.randrange(60)
        part = [w if dice.random() > 0.03 else dice.choice(words) for w in story[start : start + 50]]
        text = dice.choices(words, k=30) + (part if dice.random() < 0.6 else []) + formula
        out.append(article(number, " ".join(text), dice.randrange(1000)))
    return out


def pairs(runs: Runs) -> set[tuple[str, str]]:
    one, other, *_ = runs.columns().tolist()
    return {(runs.articles[a][0], runs.articles[b][0]) for a, b in zip(one, other, strict=True)}


def check(steps: Sequence[Sequence[Article]]) -> None:
    """Each step has the articles of the one before and more."""
    before: Runs | None = None
    for articles in steps:
        matches, left = grown(articles, Settings(), before)
        assert list(matches) == list(found(articles, Settings()))
        before = left.runs


def test_articles_that_come_later_are_joined_with_what_is_there() -> None:
    every = pile(130, 3)
    # 30, 60, 100, 130: a shingle of five words passes 8, 32 and 96 articles on the way
    check([every[:30], every[:60], every[:100], every])


def test_only_pairs_with_a_new_article_are_joined() -> None:
    every = pile(60, 5)
    _, first = grown(every[:50], Settings(), None)
    _, second = grown(every, Settings(), first.runs)
    new = {a.id for a in every[50:]}
    assert (first.taken, second.taken) == (0, first.joined)
    added = pairs(second.runs) - pairs(first.runs)
    assert added and all(one in new or other in new for one, other in added)
    assert second.joined == sum(
        1 for a, b in zip(*second.runs.columns()[:2].tolist(), strict=True)
        if second.runs.articles[a][0] in new or second.runs.articles[b][0] in new
    )  # fmt: skip
    assert second.joined < first.joined


def test_nothing_is_joined_where_nothing_is_new() -> None:
    every = pile(40, 7)
    matches, first = grown(every, Settings(), None)
    again, second = grown(every[::-1], Settings(), first.runs)
    assert (second.joined, second.taken) == (0, first.joined)
    assert list(again) == list(matches)


def test_where_an_article_is_gone_or_changed_all_are_joined_again() -> None:
    every = pile(40, 9)
    _, first = grown(every, Settings(), None)
    for changed in (every[1:], [replace(every[0], text="nothing of it", sha256="new"), *every[1:]]):
        matches, second = grown(changed, Settings(), first.runs)
        assert second.taken == 0
        assert list(matches) == list(found(changed, Settings()))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.text("abcd", max_size=50), st.integers(0, 9)), min_size=2, max_size=9), st.data()
)
def test_any_pile_in_any_two_steps(texts: list[tuple[str, int]], data: st.DataObject) -> None:
    every = [article(n, " ".join(text), hour) for n, (text, hour) in enumerate(texts)]
    some = data.draw(st.lists(st.sampled_from(every), unique_by=lambda a: a.id))
    check([some, every])


def test_a_case_joins_only_the_new_articles_of_its_next_run(tmp_path: Path) -> None:
    every = pile(50, 11)
    with Case(tmp_path / "x.case") as case:
        _shared(every[:40], Settings(), Run(), case)
        first = case.joined(code_digest(), Runs)
        assert list(_shared(every, Settings(), Run(), case)) == list(found(every, Settings()))
        second = case.joined(code_digest(), Runs)
    assert first is not None and second is not None
    new = {a.id for a in every[40:]}
    assert all(one in new or other in new for one, other in pairs(second) - pairs(first))
