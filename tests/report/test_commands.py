"""The report's part of the command line: what is written where, and `show`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

WIRE = "Quay burns\n\nTwelve people were injured, fire chief Ines Hallgrim said on Wednesday.\n"
COPY = "Harbour fire\n\nTwelve people were injured, fire chief Ines Hallgrim said on Wednesday.\n"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "wire.txt").write_text(WIRE, "utf-8")
    (folder / "copy.txt").write_text(COPY, "utf-8")
    return folder


def test_the_ending_of_the_report_chooses_its_format(run: Run, pile: Path, tmp_path: Path) -> None:
    assert run("trace", pile, "-o", tmp_path / "r.md", "-q", "--workers", 1)[0] == 0
    assert (tmp_path / "r.md").read_text("utf-8").startswith("# How many sources is that really?")
    assert run("trace", pile, "-o", tmp_path / "r.html", "--texts-apart", "-q", "--workers", 1)[0] == 0
    assert (tmp_path / "r.html").read_text("utf-8").startswith("<!doctype html>")
    assert sorted(p.name for p in (tmp_path / "r.texts").iterdir()) == ["a-copy.html", "a-wire.html"]


def test_show_prints_one_claim_and_says_what_there_is_otherwise(run: Run, pile: Path) -> None:
    code, out, _ = run("show", "claim", "twelve people", pile, "-q", "--workers", 1)
    assert code == 0
    assert "2 articles → at least 1, at most 1, most likely 1 independent line" in out
    code, _, err = run("show", "claim", "nothing like it", pile, "-q", "--workers", 1)
    assert code == 2
    assert err.startswith("twosource: claim nothing like it: not in these findings; try ")


def test_show_names_what_it_can_show(run: Run) -> None:
    code, _, err = run("show", "verdict", "x", "y")
    assert code == 2
    assert "use claim, source, article" in err


def test_a_report_among_the_articles_is_no_article(
    run: Run, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`twosource trace . -o report.html` a second time: its own output must not become a source."""
    monkeypatch.chdir(pile)
    made = ["-o", "report.html", "--json", "findings.json", "--case", "fire.case"]
    assert run("trace", ".", *made, "--texts-apart", "-q", "--workers", 1)[0] == 0
    assert run("trace", ".", "-o", "report.md", "-q", "--workers", 1)[0] == 0
    code, out, _ = run("trace", ".", *made, "--texts-apart", "-q", "--workers", 1)
    assert code == 0
    assert out.startswith("2 articles, ")
    for name in ("report.html", "findings.json", "report.md", "report.texts/a-wire.html"):
        assert f"{name}: made by twosource, no article: left out" in " ".join(out.split())
    assert "fire.case" not in out
    code, _, err = run("trace", "wire.txt", "report.html", "-q", "--workers", 1)
    assert (code, err) == (1, "skipped report.html: made by twosource, no article: left out\n")


def test_the_report_and_the_findings_need_two_files(run: Run, pile: Path, tmp_path: Path) -> None:
    target = tmp_path / "r.html"
    code, _, err = run("trace", pile, "-o", target, "--json", target, "-q")
    assert (code, err) == (
        2,
        f"twosource: {target}: named twice; the report and the findings need a file each\n",
    )
    assert not target.exists()


def test_no_article_is_written_over(run: Run, pile: Path) -> None:
    target = pile / "wire.txt"
    code, _, err = run("trace", target, "-o", target, "-q")
    assert (code, err) == (2, f"twosource: {target}: is one of the articles; name another file\n")
    assert target.read_text("utf-8") == WIRE
