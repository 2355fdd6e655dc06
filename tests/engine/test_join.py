"""One suite for every way to join: the same passages, to the last digit, in memory, in DuckDB and in Spark."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twosource.engine.duck import Duck, size
from twosource.errors import UsageError
from twosource.model import Article
from twosource.reuse import joining, matches
from twosource.reuse.align import Passages
from twosource.reuse.joining import Database, joined_passages
from twosource.reuse.matching import shared_passages
from twosource.reuse.postings import COMMON, postings
from twosource.reuse.tokens import Bools, Tokens, tokenize
from twosource.settings import Settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Opened = AbstractContextManager[Database]


def duck() -> Opened:
    return Duck("200MB")


@functools.cache
def session() -> SparkSession:
    """One small Spark for all tests, of one core: it starts in seconds, and each of its steps is short."""
    from pyspark.sql import SparkSession as Session

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.codegen.wholeStage": "false",
        "spark.log.level": "ERROR",
    }
    builder = Session.builder.master("local[1]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def spark() -> Opened:
    pytest.importorskip("pyspark", reason="the extra `cluster` is not installed")
    pytest.importorskip("pyarrow", reason="the extra `cluster` is not installed")
    from twosource.engine.spark import Spark, java

    if java() is None:
        pytest.skip("no Java on this machine: Spark needs one")
    return Spark(session())


@pytest.fixture(params=[duck, spark], ids=["duck", "spark"])
def opened(request: pytest.FixtureRequest) -> Callable[[], Opened]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def database(opened: Callable[[], Opened]) -> Iterator[Database]:
    with opened() as database:
        yield database


def rows(found: Passages) -> list[tuple[float, ...]]:
    columns = (found.a_start, found.a_end, found.b_start, found.b_end, found.aligned, found.shared)
    return list(zip(*(c.tolist() for c in (*columns, found.rarity, found.common)), strict=True))


def in_memory(tokens: Tokens, fresh: Bools | None = None) -> list[tuple[float, ...]]:
    return rows(shared_passages(tokens, postings(tokens), 8, fresh))


def family() -> list[str]:
    """A story that many copy, whole, cut and edited, beside stories of their own; seeded."""
    dice = random.Random(7)
    words = [f"word{n}" for n in range(3000)]
    story = dice.choices(words, k=120)
    texts = []
    for n in range(3 * COMMON):
        own = dice.choices(words, k=60)
        start = dice.randrange(80)
        part = [w if dice.random() > 0.03 else dice.choice(words) for w in story[start : start + 60]]
        texts.append(" ".join(own[:30] + part + own[30:] if n % 2 else own + story[:40]))
    return texts


def test_the_same_passages_as_in_memory(database: Database) -> None:
    tokens = tokenize(family())
    found = rows(joined_passages(database, tokens, 8))
    assert len(found) > 500
    assert found == in_memory(tokens)


def test_shingles_that_are_counted_in_parts_give_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "_PART", 3000)
    tokens = tokenize(family())
    assert len(tokens.hashes) > 2 * 3000
    assert rows(joined_passages(database, tokens, 8)) == in_memory(tokens)


def test_the_same_matches_to_the_last_field(database: Database) -> None:
    pile = [Article(id=f"a{n}", path=f"{n}.txt", text=text, sha256=str(n)) for n, text in enumerate(family())]
    assert matches(pile, Settings(), database) == matches(pile, Settings())


def test_what_was_there_is_not_joined_again(database: Database) -> None:
    tokens = tokenize(family())
    fresh = np.arange(tokens.articles) % 5 == 3
    every, new = in_memory(tokens), in_memory(tokens, fresh)
    article = np.repeat(np.arange(tokens.articles), np.diff(tokens.offsets))
    assert new == [r for r in every if fresh[article[int(r[0])]] or fresh[article[int(r[2])]]]
    assert 0 < len(new) < len(every)
    assert rows(joined_passages(database, tokens, 8, fresh)) == new


def test_an_empty_pile_and_one_without_reuse(database: Database) -> None:
    assert (
        rows(joined_passages(database, tokenize(["one two three", "", "four five six seven eight"]), 8)) == []
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text("abc", max_size=60), min_size=1, max_size=7))
def test_any_pile_gives_the_same_in_duckdb(texts: list[str]) -> None:
    tokens = tokenize([" ".join(text) for text in texts])
    with duck() as database:
        assert rows(joined_passages(database, tokens, 8)) == in_memory(tokens)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text("abcd", max_size=60), st.booleans()), max_size=8))
def test_adding_articles_finds_what_a_new_run_finds_in_pairs_with_them(pile: list[tuple[str, bool]]) -> None:
    tokens = tokenize([" ".join(text) for text, _ in pile])
    fresh = np.array([new for _, new in pile], np.bool_)
    article = np.repeat(np.arange(tokens.articles), np.diff(tokens.offsets))
    wanted = [r for r in in_memory(tokens) if fresh[article[int(r[0])]] or fresh[article[int(r[2])]]]
    assert in_memory(tokens, fresh) == wanted


def test_a_size_is_checked() -> None:
    assert [size("2GB"), size(" 800 mb"), size("1.5GiB"), size("4g")] == ["2GB", "800MB", "1.5GB", "4GB"]
    for wrong in ("", "much", "2", "2GB; DROP", "-1GB"):
        with pytest.raises(UsageError, match="2GB"):
            size(wrong)
