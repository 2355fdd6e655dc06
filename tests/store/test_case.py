from pathlib import Path

import duckdb
import numpy as np
import pytest

from twosource.errors import StoreError
from twosource.model import (
    Article,
    Attribution,
    AttributionKind,
    Certainty,
    Likelihood,
    Precision,
    Published,
    Span,
)
from twosource.store.case import Case

ARTICLE = Article(
    "a", "pile/a.txt", "«Да», — said it.", "f" * 64, published=Published(None, Precision.RELATIVE, "Tuesday")
)
SAID = Attribution(
    "a-1", "a", (), (Span(7, 11),), (Span(0, 4),), AttributionKind.DIRECT, "rule",
    certainty=Certainty(Likelihood.POSSIBLE, hedges=(Span(1, 2),)),
)  # fmt: skip


def test_what_is_kept_comes_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "x.case"
    vectors = np.arange(6, dtype=np.float32).reshape(2, 3)
    with Case(path) as case:
        case.add_articles([ARTICLE])
        case.keep_examined({"key": SAID})
        case.keep_vectors("model", ["one", "two"], vectors)
    with Case(path) as case:
        assert case.articles() == (ARTICLE,)
        assert case.examined(["key", "other"], Attribution) == {"key": SAID}
        known = case.vectors("model", ["two", "three", "one"])
        assert sorted(known) == ["one", "two"]
        assert known["two"].tolist() == [3.0, 4.0, 5.0]
        assert case.vectors("other model", ["one"]) == {}


def test_an_article_read_again_replaces_its_older_reading(tmp_path: Path) -> None:
    with Case(tmp_path / "x.case") as case:
        case.add_articles([ARTICLE])
        case.add_articles([Article("a", "pile/a.txt", "new", "e" * 64)])
        assert [a.text for a in case.articles()] == ["new"]


def test_a_file_that_is_no_case_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database")
    with pytest.raises(StoreError, match=r"notes\.txt: cannot be opened as a case file"):
        Case(path)
    assert path.read_text() == "not a database"
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as db:
        db.execute("CREATE TABLE mine (x INTEGER)")
    with pytest.raises(StoreError, match="not a case of twosource"):
        Case(other)
