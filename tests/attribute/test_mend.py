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
