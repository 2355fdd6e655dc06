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
