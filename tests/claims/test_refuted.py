"""What is reported only to be refuted is no assertion of it."""

from __future__ import annotations

import pytest

from twosource.attribute import attributions
from twosource.claims import statements
from twosource.claims.refuted import refuted
from twosource.language import english
from twosource.language.parsers import parser_for
from twosource.model import Article

pytestmark = pytest.mark.skipif(not english.available(), reason="no English parser installed")


def content(text: str) -> str | None:
    tokens = parser_for("en").parse(Article("a", "a.txt", text, "a", language="en")).tokens
    found = refuted(tokens, 0, len(tokens))
    return " ".join(tokens[i].text for i in found.content).rstrip(" .") if found else None


@pytest.mark.parametrize(
    "text",
    [
        "A report that the quay burned is fake.",
        "A rumour that the quay burned has been called rubbish by the harbour master.",
        "An Internet posting claiming that the quay burned is not true.",
        "The town rejected as false a posting on the Bayview website that said the quay burned.",
        "There is no truth to the claim that the quay burned.",
        "The bogus report says the quay burned.",
        "The ministry denied reports that the quay burned.",
        "There is no evidence that the quay burned.",
        "Inspectors found no sign to suggest that the quay burned.",
        "Contrary to rumours that the quay burned, ships moored there all week.",
        "Hoax: the quay burned.",
        "Fake news: the quay burned.",
    ],
)
def test_refuted(text: str) -> None:
    assert (content(text) or "").removeprefix("that ").endswith("the quay burned")


def test_only_what_stands_before_the_comma_is_contradicted() -> None:
    assert content("Despite reports that the quay burned, the mill is safe.") == "the quay burned"


@pytest.mark.parametrize(
    "text",
    [
        "A report that the quay burned is true.",
        "The report says that the quay burned.",
        "The ministry did not deny reports that the quay burned.",
        "The story that she told was long, and the mill is safe.",
        "The quay burned, and the fake paintings were lost.",
        "There is evidence that the quay burned.",
        "Despite the rain the quay burned.",
    ],
)
def test_not_refuted(text: str) -> None:
    assert content(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "A report that the quay burned on Monday is fake.",
        "The town rejected as false a posting that said the quay burned on Monday.",
    ],
)
def test_what_is_refuted_is_stated_as_negated(text: str) -> None:
    article = Article("a", "a.txt", text, "a", language="en")
    analysis = parser_for("en").parse(article)
    found = [
        s for s in statements(article, analysis, attributions(article, analysis)) if "quay burned" in s.text
    ]
    assert found
    assert all(s.negated for s in found)


def negated(text: str, part: str) -> set[bool]:
    """The polarities of the statements that hold `part`."""
    article = Article("a", "a.txt", text, "a", language="en")
    analysis = parser_for("en").parse(article)
    found = [s for s in statements(article, analysis, attributions(article, analysis)) if part in s.text]
    assert found, text
    return {s.negated for s in found}


@pytest.mark.parametrize(
    "text",
    [
        "Two sites wrongly reported that the quay burned on Monday.",
        "It is not true that the quay burned on Monday.",
        "A clip that appears to show how the quay burned on Monday is a hoax.",
        "A report claiming that the quay burned on Monday is nothing but a lie.",
        "An article saying the quay burned on Monday isn't real.",
        "A hoax report claimed that the quay burned on Monday.",
        "The quay burned on Monday. This is not true.",
        "The quay burned on Monday. It never happened.",
        "The quay burned on Monday, a satirical website claimed.",
        "An article says the quay burned on Monday. Thousands shared it. The story, however, is entirely false.",
        "Neighbours shared the story all week. The bogus story alleged that the quay burned on Monday.",
    ],
)
def test_the_article_as_a_whole_denies_it(text: str) -> None:
    assert negated(text, "quay burned") == {True}


@pytest.mark.parametrize(
    "text",
    [
        "The quay burned on Monday. This is true.",
        "The quay burned on Monday. The harbour master said the report was late.",
        "The quay burned on Monday. Is this not true?",
        "The quay burned on Monday. The story of the harbour is long, and its end is not known.",
        "The quay burned on Monday. The fake paintings in the hall were lost.",
        "An article says the quay burned on Monday. The story is true.",
    ],
)
def test_the_article_as_a_whole_does_not_deny_it(text: str) -> None:
    assert negated(text, "quay burned") == {False}
