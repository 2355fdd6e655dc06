"""What is mended in the finds: each step by example."""

import hashlib

import pytest

from twosource.attribute.english.mend import mend
from twosource.attribute.found import Found
from twosource.language import english
from twosource.language.parsers import parser_for
from twosource.model import Article, Span

pytestmark = pytest.mark.skipif(not english.available(), reason="no English parser installed")


def mended(text: str, cue: str, *content: str) -> list[str]:
    """What is said in `text` by the one find with that cue and content, once every step was applied."""
    article = Article("a", "a", text, hashlib.sha256(text.encode()).hexdigest(), language="en")

    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    found = Found((), (at(cue),), tuple(map(at, content)), "learned", 0.6)
    (one,) = mend(article, parser_for("en").parse(article), [found])
    return [span.of(text) for span in one.content]


def test_a_parenthesis_is_no_part_of_what_is_said() -> None:
    text = "In Velm, it seems, nobody rang the bell."
    assert mended(text, "seems", "it", "nobody rang the bell") == ["In Velm", "nobody rang the bell"]


def test_what_it_is_that_is_judged_stays() -> None:
    text = "The council says it is considered a danger."
    assert mended(text, "is considered", "it", "a danger") == ["it", "a danger"]


def test_a_quotation_with_a_cue_of_its_own_is_not_the_board_s_that_spoke_before() -> None:
    text = (
        "The Harbour Board said the quay burned. Nine men were saved, a clerk told us. "
        '"Nobody has seen the keeper since," he said.'
    )
    article = Article("a", "a", text, "x", language="en")

    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    quotation = at('"Nobody has seen the keeper since,"')
    found = [
        Found((at("The Harbour Board"),), (at("said"),), (at("the quay burned"), quotation), "learned", 0.6),
        Found((at("a clerk"),), (at("told"),), (at("Nine men were saved"),), "learned", 0.6),
        Found(
            (Span(text.rindex("he said"), text.rindex("he said") + 2),),
            (Span(text.rindex("said"), text.rindex("said") + 4),),
            (quotation,),
            "learned",
            0.6,
        ),
    ]
    board = mend(article, parser_for("en").parse(article), found)[0]
    assert [span.of(text) for span in board.content] == ["the quay burned"]
