"""Speakers at the end of sentences that have lost their commas. All invented."""

import pytest
from notation import check

from twosource.language import english

pytestmark = pytest.mark.skipif(not english.available(), reason="no English parser installed")

TRAILING = [
    "[K The fire killed nine people and destroyed the fish market] [S the Harbour Observatory] [C said].",
    "[K Nine people were killed when the fish market burned] [S the Vale-based Harbour Observatory] [C said] on Monday.",
    "[K At least four of the sailors were also injured in the blast] [S he] [C added].",
    "[K Shelling on the mill district killed four people on Thursday] [S activists in the town] [C reported].",
    "[K Two boats had sunk in the storm near the old lighthouse] [S a harbour official] [C told] the Bay Post.",
    "[K The storm sank two boats in the northern part of the bay] [S local fishermen and rescue workers] [C said].",
    "[K The bridge was closed after the blast on Tuesday] [S state media] [C reported].",
]


@pytest.mark.parametrize("marked", TRAILING)
def test_the_speaker_at_the_end_is_found_without_a_comma(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "text",
    [
        "The death toll of the fire in the old mill said on Sunday.",
        "They did not want to hear a word of what the mayor said.",
        "The firemen left the mill earlier than the mayor said.",
    ],
)
def test_no_speaker_is_made_of_what_only_ends_so(text: str) -> None:
    from twosource.attribute.english.rules.uncommaed import trailing_verb_without_comma
    from twosource.attribute.english.view import View
    from twosource.language.parsers import parser_for
    from twosource.model import Article

    article = Article("a", "a.txt", text, "0", language="en")
    assert list(trailing_verb_without_comma(View(article, parser_for("en").parse(article)))) == []
