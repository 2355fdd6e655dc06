"""The learned finder on sentences of our own about invented people."""

from __future__ import annotations

import hashlib

import pytest

from twosource.attribute import learned
from twosource.attribute.found import Found
from twosource.language.analysis import Analysis
from twosource.language.parsers import parser_for
from twosource.model import Article

pytestmark = pytest.mark.skipif(not learned.available(), reason="the shipped weights are not installed")


def parsed(text: str, language: str = "en") -> tuple[Article, Analysis]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article("a", "a.txt", text, digest, language=language)
    return article, parser_for(language).parse(article)


def found(text: str) -> tuple[Found, ...]:
    return learned.find(*parsed(text))


def words(one: Found, text: str) -> tuple[str, str, str]:
    source, cue, content = (
        " … ".join(s.of(text) for s in spans) for spans in (one.source, one.cue, one.content)
    )
    return source, cue, content


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Mayor Ilse Brandau said the bridge had been unsafe for years.", "Brandau", "said", "the bridge had been"),
        ("“The water is clean,” said Ottar Quill, a chemist in Varnholm.", "Quill", "said", "The water is clean"),
        ("The harbour board believes that the dredging will end in May.", "board", "believes", "the dredging"),
        ("According to the Varnholm Courier, two ships were lost.", "Courier", "According to", "two ships were"),
        ("Brandau has promised to repair the quay before winter.", "Brandau", "promised", "repair the quay"),
        ("The senator wants the port to be closed at night.", "senator", "wants", "the port to be closed"),
    ],
    ids=["indirect", "direct", "belief", "according to", "promise", "intention"],
)  # fmt: skip
def test_source_cue_and_content_are_found(text: str, source: str, cue: str, content: str) -> None:
    got = [words(one, text) for one in found(text)]
    assert any(source in s and cue in c and content in t for s, c, t in got), got


def test_a_content_that_its_cue_divides_has_two_spans() -> None:
    text = "“The dam will hold,” Ottar Quill said on Monday, “if the rain stops.”"
    (one,) = (f for f in found(text) if "said" in words(f, text)[1])
    assert len(one.content) == 2
    assert one.content[0].end <= one.cue[0].start < one.content[1].start


def test_plain_narration_holds_no_attribution() -> None:
    assert found("The train left the station at noon. It rained in the valley all day.") == ()


def test_spans_lie_in_the_text_and_scores_are_probabilities() -> None:
    text = "Ilse Brandau denied the report.\n\nShe said: “We never met.” Rumours that they had persisted."
    for one in found(text):
        assert 0 <= one.score <= 1
        assert one.rule == learned.RULE
        assert one.content
        for span in (*one.source, *one.cue, *one.content):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text) == span.of(text).strip()


def test_the_same_text_gives_the_same_result() -> None:
    text = "Officials in Varnholm warned that the dam might fail, and residents feared the worst."
    assert found(text) == found(text)


def test_a_paragraph_alone_and_among_six_thousand_words_is_judged_in_bounded_blocks() -> None:
    paragraph = "Ilse Brandau said the quay was closed. The cranes stood still."
    many = "\n\n".join([paragraph] * 500)
    got = found(many)
    assert len(got) == 500
    assert {words(f, many)[0] for f in got} == {"Ilse Brandau"}


@pytest.mark.parametrize(
    "text", ["", "   \n\n", '"' * 400, "((((" * 100, "said said said said", "一二三。\n«да»"]
)
def test_odd_texts_do_no_harm(text: str) -> None:
    for one in found(text):
        assert one.content


def test_other_languages_and_texts_without_a_parse_are_left_to_the_rules() -> None:
    article, analysis = parsed("Ilse Brandau said the quay was closed.", "xx")
    assert learned.find(article, analysis) == ()
