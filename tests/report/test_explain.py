"""Why a count is what it is, and what falls without a source, as a reader meets it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from made import COPY, WIRE, findings
from rich.console import Console

from twosource.errors import UsageError
from twosource.model import Fall, Line, Support, Swing
from twosource.provenance import constants
from twosource.report import explain
from twosource.report.pages import Book

Run = Callable[..., tuple[int, str, str]]
LINE = Line(("source:person:ines hallgrim", "article:w1"), ("e1",))
SWING = Swing("article:w1", "article:p2", 0.9, 1, 2, "e2")


def explained(fall: Fall | None = None, fallen: tuple[str, ...] = ()) -> explain.Explanation:
    book = Book(findings())
    return explain.explanation(book, explain.find_claim(book, "k1"), [LINE], [SWING], fallen, fall)


def fall(after: int) -> Fall:
    return Fall(
        "k1", ("article:w1",), findings().provenance[0].support, Support(0, after, after, 0, after, 0)
    )


def printed(e: explain.Explanation, width: int = 100) -> str:
    out = io.StringIO()
    explain.print_explanation(e, Console(file=out, width=width, highlight=False))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def test_every_line_and_every_article_with_its_words_and_their_place() -> None:
    said = printed(explained())
    assert "1. Ines Hallgrim → Ostwire" in said
    assert "w1 0–26  “Twelve people were injured”" in said
    assert "quotes Ines Hallgrim  stated in the text, taken as sure" in said
    assert "w1 39–57  “Ines Hallgrim said”" in said
    assert WIRE[39:57] == "Ines Hallgrim said"
    assert "copies Ostwire  inferred from likeness, probability 0.90" in said
    assert "w1 0–26  in the same words" in said


def test_what_is_guessed_and_what_hangs_on_it() -> None:
    said = printed(explained())
    assert "Guesses, beside 1 link taken as sure\n  · 0.90 Baltern Post copies Ostwire" in said
    assert "If Baltern Post does not rest on Ostwire (0.90), 2 lines instead of 1." in said


def test_the_count_without_a_source_stands_beside_the_count() -> None:
    said = printed(explained(fall(0), ("Ostwire",)))
    assert "Without Ostwire\n  · at least 1, at most 1, most likely 1 → at least 0, at most 0" in said
    assert "it falls" in said
    assert "nothing changes" in printed(explained(None, ("Dockside",)))


def test_what_falls_in_the_whole_pile() -> None:
    book = Book(findings())
    out = io.StringIO()
    explain.print_falls(explain.falls(book, ["Ostwire"], [fall(0)]), Console(file=out, width=100))
    said = " ".join(out.getvalue().split())
    assert "Without Ostwire 1 claim falls (1 of them carried by two articles or more)" in said
    assert "Falls · k1 2 articles Twelve people were injured" in said


def test_the_same_as_json_with_offsets_into_the_text() -> None:
    data = json.loads(explain.explanation_json(explained(fall(0), ("Ostwire",)), findings()))
    assert data["format"] == "twosource-explanation/1"
    (copy,) = (a for a in data["articles"] if a["article"] == "p2")
    start, end = copy["said"][0]["span"]
    assert COPY[start:end] == copy["said"][0]["text"] == "Twelve people were injured"
    (link,) = copy["rests_on"]
    assert (link["kind"], link["probability"], link["stated"]) == ("copies", 0.9, False)
    assert {p["article"] for p in link["passages"]} == {"w1", "p2"}
    assert data["without"]["falls"] is True
    listed = json.loads(
        explain.falls_json(explain.falls(Book(findings()), ["Ostwire"], [fall(0)]), findings())
    )
    assert [c["claim"] for c in listed["falls"]] == ["k1"]
    assert listed["falls"][0]["after"]["lines"] == 0


@pytest.mark.parametrize(
    ("wanted", "key", "outlet"),
    [
        ("Ines Hallgrim", "person:ines hallgrim", False),
        ("hallgrim", "person:ines hallgrim", False),
        ("Ostwire", "Ostwire", True),
    ],
)
def test_who_falls_goes_by_name_by_part_of_it_or_as_an_outlet(wanted: str, key: str, outlet: bool) -> None:
    found, _, is_outlet = explain.find_source(Book(findings()), wanted)
    assert (found, is_outlet) == (key, outlet)


def test_nobody_of_that_name() -> None:
    with pytest.raises(UsageError, match="source Ann Ray: not in these findings"):
        explain.find_source(Book(findings()), "Ann Ray")


def test_the_report_calls_sure_what_the_count_takes_as_certain() -> None:
    assert explain.SURE == constants.CERTAIN


@pytest.mark.parametrize("width", [40, 80, 132])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, printed(explained(fall(0), ("Ostwire",)), width).splitlines())) <= width


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    for name, day in (("one", "Wednesday"), ("two", "Thursday")):
        text = f"Quay burns\n\nInes Hallgrim said on {day} that twelve people were injured in the fire.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_command_explains_a_claim_and_recounts_it(run: Run, pile: Path) -> None:
    code, out, _ = run("explain", "twelve people", pile, "--without", "Ines Hallgrim", "-q")
    assert code == 0
    assert "2 articles → at least 1, at most 1, most likely 1" in out
    assert "quotes Ines Hallgrim" in out
    assert "it falls" in out


def test_without_a_claim_it_lists_what_falls(run: Run, pile: Path) -> None:
    code, out, _ = run("explain", "--without", "hallgrim", "--format", "json", pile, "-q")
    assert code == 0
    data = json.loads(out)
    assert data["without"] == ["Ines Hallgrim"]
    assert ["twelve people were injured" in c["text"] for c in data["falls"]] == [True]
    assert data["falls"][0]["after"]["lines"] == 0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "no CLAIM given"),
        (("ce0",), "no PATH given"),
        (("--without", "Ann Ray"), "no PATH given"),
        (("x", "--format", "yaml", "."), "--format yaml: unknown; use text or json"),
    ],
)
def test_a_mistake_is_one_line(run: Run, arguments: tuple[str, ...], complaint: str) -> None:
    code, _, err = run("explain", *arguments)
    assert code == 2
    assert complaint in err
    assert len(err.splitlines()) == 1
