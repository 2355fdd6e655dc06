import io

import pytest
from made import findings
from rich.console import Console

from twosource.errors import UsageError
from twosource.report import show


def shown(what: str, wanted: str, width: int = 80) -> str:
    out = io.StringIO()
    show.SHOWN[what](findings(), wanted, Console(file=out, width=width, highlight=False))
    return out.getvalue()


def test_a_claim_with_its_answer_its_voices_and_its_links() -> None:
    said = shown("claim", "k1")
    assert "2 articles → at least 1, at most 1, most likely 1 independent line" in said
    assert "falls with Ines Hallgrim; the report of Ostwire" in said
    assert "Denials, not counted above" in said
    assert "0.90 Baltern Post copies Ostwire" in said


@pytest.mark.parametrize("wanted", ["k1", "c-k1", "#c-k1", "TWELVE people"])
def test_a_claim_goes_by_its_id_its_link_or_a_part_of_its_words(wanted: str) -> None:
    assert "“Twelve people were injured”" in shown("claim", wanted)


def test_a_source_with_what_falls_without_it() -> None:
    said = shown("source", "hallgrim")
    assert "What falls without it\n  · k1" in said
    assert "Baltern Post" in said


def test_an_article_with_its_attributions_and_claims() -> None:
    said = shown("article", "d3")
    assert "a spokesman for the port said" in said
    assert "k1" in said


def test_an_unknown_id_names_what_there_is() -> None:
    with pytest.raises(UsageError, match="source Ines Hallgrm: not in these findings; try ines hallgrim"):
        shown("source", "Ines Hallgrm")


def test_an_id_that_fits_several_asks_for_more() -> None:
    with pytest.raises(UsageError, match="2 of them fit"):
        shown("source", "r")


@pytest.mark.parametrize("width", [40, 80, 132])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    said = shown("claim", "k1", width) + shown("article", "w1", width)
    assert max(len(line) for line in said.splitlines()) <= width
