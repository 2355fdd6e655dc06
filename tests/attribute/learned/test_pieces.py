"""Words in pieces, and windows of them, on words of our own."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from twosource.attribute.learned.pieces import LONGEST, UNKNOWN, Splitter, pieces
from twosource.language.parsers import parser_for
from twosource.model import Article

KNOWN = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "the",
    "dam",
    "##s",
    "harbour",
    "-",
    "'",
    "cafe",
    "b",
    "##o",
    "##ard",
]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("dams", ["dam", "##s"]),
        ("The", ["the"]),
        ("board", ["b", "##o", "##ard"]),
        ("Café", ["cafe"]),
        ("dam-harbour", ["dam", "-", "harbour"]),
        ("dam's", ["dam", "'", "[UNK]"]),
        ("\n\n", []),
        ("тест", ["[UNK]"]),
        ("x" * 200, ["[UNK]"]),
    ],
)
def test_a_word_is_cut_into_the_longest_pieces_known(word: str, expected: list[str]) -> None:
    assert [KNOWN[n] for n in Splitter(KNOWN).split(word)] == expected


def test_windows_hold_every_piece_once_and_end_with_paragraphs() -> None:
    paragraph = "The dam " * 30 + "."
    text = "\n\n".join([paragraph] * 9)
    article = Article("a", "a", text, hashlib.sha256(text.encode()).hexdigest(), language="en")
    analysis = parser_for("en").parse(article)
    got = pieces(analysis, Splitter(KNOWN))
    sizes = np.diff(got.windows, axis=1)[:, 0]
    assert got.windows[0, 0] == 0
    assert got.windows[-1, 1] == len(got.numbers)
    assert (got.windows[1:, 0] == got.windows[:-1, 1]).all()
    assert sizes.max() <= LONGEST
    first_words = {a for a, _ in analysis.paragraphs}
    assert {int(got.word[a]) for a in got.windows[:, 0]} <= first_words


def test_a_sentence_longer_than_a_window_is_cut() -> None:
    text = "dam " * 1000
    article = Article("a", "a", text, hashlib.sha256(text.encode()).hexdigest(), language="en")
    got = pieces(parser_for("en").parse(article), Splitter(KNOWN))
    assert np.diff(got.windows, axis=1).max() <= LONGEST
    assert len(got.numbers) == 1000
    assert UNKNOWN not in got.numbers
