"""What stands before the first sentence hides no speaker in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from twosource.attribute import attributions
from twosource.language.parsers import parser_for
from twosource.read import ReadOptions, read

SENTENCE = "About 1,200 people were moved out of their homes below the dam, the mayor said on Wednesday."


@pytest.mark.parametrize(
    "dateline",
    ["", "KELM, May 4 (Vareny Wire) - ", "KELM (AFP) — ", "BEIRUT: ", "KELM, May 4 (Vareny Wire)\n"],
)
def test_the_first_sentence_has_its_speaker_behind_any_dateline(dateline: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{dateline}{SENTENCE}\n\nThe water rose by two metres in a night.\n", encoding="utf-8")
    (article,) = read([str(file)], ReadOptions()).articles
    (found,) = attributions(article, parser_for("en").parse(article))
    assert [span.of(article.text) for span in found.source] == ["the mayor"]
    assert [span.of(article.text) for span in found.content] == [
        "About 1,200 people were moved out of their homes below the dam"
    ]
