import math
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import duckdb
import numpy as np
import pytest

from twosource.errors import StoreError
from twosource.model import (
    Article,
    Attribution,
    AttributionKind,
    Certainty,
    Claim,
    Decision,
    Findings,
    Judgement,
    JudgementKind,
    Likelihood,
    Precision,
    Provenance,
    Published,
    Quantity,
    Quoted,
    Span,
    Statement,
    Subject,
    Support,
    Tool,
)
from twosource.reuse.growing import Runs
from twosource.settings import Settings
from twosource.store.case import Case, digest

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


def test_what_was_joined_comes_back_under_its_stamp_alone(tmp_path: Path) -> None:
    runs = Runs((("a", "f" * 64),), np.arange(5, dtype="<i4").tobytes())
    with Case(tmp_path / "x.case") as case:
        assert case.joined("code", Runs) is None
        case.keep_joined("older", runs)
        case.keep_joined("code", runs)
        assert case.joined("code", Runs) == runs
        assert case.joined("older", Runs) is None


def test_an_article_read_again_replaces_its_older_reading(tmp_path: Path) -> None:
    with Case(tmp_path / "x.case") as case:
        case.add_articles([ARTICLE])
        case.add_articles([Article("a", "pile/a.txt", "new", "e" * 64)])
        assert [a.text for a in case.articles()] == ["new"]


def test_a_file_that_is_no_case_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database")
    with pytest.raises(StoreError, match=r"notes\.txt: not a case of twosource; name another file"):
        Case(path)
    assert path.read_text() == "not a database"
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as db:
        db.execute("CREATE TABLE mine (x INTEGER)")
    with pytest.raises(StoreError, match="not a case of twosource"):
        Case(other)


def test_a_number_without_an_upper_bound_comes_back(tmp_path: Path) -> None:
    """JSON would turn "at least 70" into nothing."""
    with Case(tmp_path / "x.case") as case:
        case.keep_examined({"key": Quantity(70.0, math.inf, "person", "at least 70 people")})
        assert case.examined(["key"], Quantity)["key"].high == math.inf


RUN = Findings(
    Tool("twosource", "0", {"q": "0.35"}, "ab", (("model", "cd"),)),
    (ARTICLE,),
    statements=(Statement("a/s1", "a", (Span(0, 4),), "Да", "ru", quantities=(Quantity(70, math.inf, "", "70"),)),),
    warnings=("one",),
)  # fmt: skip


def test_the_last_run_comes_back_under_its_key_alone(tmp_path: Path) -> None:
    with Case(tmp_path / "x.case") as case:
        assert case.findings() is None
        case.add_articles([ARTICLE])
        case.keep_findings("key", RUN, {"settings": Settings(q=0.5)})
        assert case.findings("key") == RUN
        assert case.findings() == RUN
        assert case.findings("other") is None
        assert case.made_with("settings", Settings) == Settings(q=0.5)
        case.add_articles([Article("a", "pile/a.txt", "new", "e" * 64)])
        assert case.findings("key") is None  # its article is no longer what it was


SAID_SO = Judgement(
    JudgementKind.CLAIM,
    Decision.SAME,
    (Subject(words=(Quoted("a", "Да", "f" * 64, Span(1, 3)),)), Subject(words=(Quoted("b", "да"),))),
    "I. H.",
    "2031-03-14",
    "“read” both",
)


def test_judgements_outlive_a_run_and_a_case_without_anything_else(tmp_path: Path) -> None:
    path = tmp_path / "x.case"
    with Case(path) as case:
        assert case.add_judgements([SAID_SO, SAID_SO]) == (1,)
        case.keep_findings("key", RUN, {})
        case.keep_run(RUN, 0)
    with duckdb.connect(str(path)) as db:
        for table in ("examined", "vectors", "findings", "claims", "runs"):
            db.execute(f"DELETE FROM {table}")
    with Case(path) as case:
        assert case.judgements() == {1: SAID_SO}
        assert case.add_judgements([SAID_SO]) == ()
        case.remove_judgement(1)
        assert case.judgements() == {}
        assert case.add_judgements([SAID_SO]) == (2,)  # a number is never given twice


def test_a_case_that_may_not_be_written_is_read_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.case"
    with Case(path) as case:
        case.add_judgements([SAID_SO])
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(StoreError, match=r"x\.case: the case file may not be written"):
        Case(path)
    with Case(path, read_only=True) as case:
        assert case.judgements() == {1: SAID_SO}
        assert case.findings() is None
    with pytest.raises(StoreError, match="no such case file"):
        Case(tmp_path / "none.case", read_only=True)
    assert not (tmp_path / "none.case").exists()


def test_a_case_of_another_format_still_gives_what_was_decided(tmp_path: Path) -> None:
    path = tmp_path / "x.case"
    with Case(path) as case:
        case.add_judgements([SAID_SO])
    with duckdb.connect(str(path)) as db:
        db.execute("UPDATE about SET value = '99' WHERE name = 'format'")
    with pytest.raises(StoreError, match=r"case format 99, this version reads 2; .* --export"):
        Case(path)
    with Case(path, read_only=True) as case:
        assert case.judgements() == {1: SAID_SO}


def test_a_file_of_sqlite_is_no_case_and_nothing_is_fetched_for_it(tmp_path: Path) -> None:
    """DuckDB would download an extension that reads it; the program never goes out to the network."""
    path = tmp_path / "bookmarks.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE mine (x INTEGER)")
        db.commit()
    with pytest.raises(StoreError, match=r"bookmarks\.db: not a case of twosource; name another file"):
        Case(path)


def test_a_case_from_a_stranger_opens_no_other_file(tmp_path: Path) -> None:
    path, secret = tmp_path / "x.case", tmp_path / "secret.csv"
    secret.write_text("number,value\n1,mine\n")
    with Case(path):
        pass
    with duckdb.connect(str(path)) as db:
        db.execute("DROP TABLE judgements")
        db.execute(f"CREATE VIEW judgements AS SELECT number, value FROM read_csv('{secret}')")
    with (
        pytest.raises(StoreError, match=r"x\.case: .*disabled by configuration"),
        Case(path, read_only=True) as case,
    ):
        case._run("SELECT * FROM judgements")


def test_what_is_damaged_in_a_case_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "x.case"
    vectors = np.arange(6, dtype=np.float32).reshape(2, 3)
    runs = Runs((("a", "f" * 64),), b"")
    with Case(path) as case:
        case.keep_examined({"one": SAID, "two": SAID})
        case.keep_vectors("model", ["one", "two"], vectors)
        case.keep_words("model", ["one"], [(np.arange(2, dtype=np.int32), np.zeros((2, 3), dtype=np.int8))])
        case.keep_joined("code", runs)
    with duckdb.connect(str(path)) as db:
        db.execute(r"UPDATE examined SET value = '\x01'::BLOB WHERE key = 'one'")
        db.execute(r"UPDATE vectors SET vector = '\x01'::BLOB WHERE text = ?", [digest("one")])
        db.execute(r"UPDATE words SET states = '\x01'::BLOB")
        db.execute(r"UPDATE joined SET value = '\x01'::BLOB")
    with Case(path) as case:
        assert list(case.examined(["one", "two"], Attribution)) == ["two"]
        assert list(case.vectors("model", ["one", "two"])) == ["two"]
        assert case.words("model", ["one"]) == {}
        assert case.joined("code", Runs) is None


def test_an_article_that_is_damaged_in_a_case_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "x.case"
    with Case(path) as case:
        case.add_articles([ARTICLE])
    with duckdb.connect(str(path)) as db:
        db.execute("""UPDATE articles SET value = '{"id": 5}'""")
    with (
        Case(path) as case,
        pytest.raises(StoreError, match=r"x\.case: an article in it cannot be read .*into a new case"),
    ):
        case.articles()


def test_a_case_in_use_says_whose_it_is(tmp_path: Path) -> None:
    path = tmp_path / "x.case"
    program = (
        "import sys, duckdb; db = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(
            StoreError, match=rf"another run is using this case \(process {other.pid}\); wait until"
        ):
            Case(path)
        other.communicate("")


@pytest.mark.parametrize(
    ("place", "said"),
    [("", "is a folder; name a file"), ("none/x.case", "the folder .*none does not exist; make it first")],
)
def test_a_place_where_no_case_can_be_is_named(tmp_path: Path, place: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        Case(tmp_path / place)


def test_a_full_disk_is_one_line_and_costs_nothing_that_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.case"
    with Case(path) as case:
        case.keep_examined({"one": SAID})
        full = duckdb.TransactionException("Failed to commit: No space left on device")
        with monkeypatch.context() as patched:
            patched.setattr(case, "_db", Mock(execute=Mock(side_effect=full)))
            with pytest.raises(StoreError, match=r"No space left on device\); make room on the disk"):
                case.keep_examined({"two": SAID})
    with Case(path) as case:
        assert list(case.examined(["one", "two"], Attribution)) == ["one"]


def test_the_claims_of_the_last_run_replace_those_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "x.case"
    tool = Tool("twosource", "1", {}, "d" * 16)
    claim, support = (
        Claim("c1", "It burned", ()),
        Support(at_least=0, at_most=1, k=1, k_grounded=0, origins_total=1),
    )
    findings = Findings(tool, (), claims=(claim,), provenance=(Provenance("c1", (), (), support),))
    with Case(path) as case:
        case.keep_run(findings, 0)
        case.keep_run(findings, 0)
    with duckdb.connect(str(path), read_only=True) as db:
        assert db.execute("SELECT id, at_most FROM claims").fetchall() == [("c1", 1)]
        assert db.execute("SELECT count(*) FROM runs").fetchall() == [(2,)]
