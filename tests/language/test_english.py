import pytest

from twosource.language import english
from twosource.language.analysis import paragraphs, units
from twosource.language.entities import Recogniser
from twosource.model import Article, Region, RegionKind, Span

WRAPPED = """Ann Ray said on Tuesday that the quay had burned for most of
the night and that nobody had been in the hall when the fire
broke out.

"We saw it from the hill," said Tom Vale, who lives above the
harbour and keeps goats there, and whose house was spared by
the wind.
"""


def test_a_line_is_a_paragraph_unless_the_text_is_wrapped_to_a_width() -> None:
    assert [s.of("One.\nTwo.\n\n  Three.  \n") for s in paragraphs("One.\nTwo.\n\n  Three.  \n")] == [
        "One.",
        "Two.",
        "Three.",
    ]
    first, second = paragraphs(WRAPPED)
    assert first.of(WRAPPED).endswith("broke out.")
    assert second.of(WRAPPED).startswith('"We saw')


@pytest.mark.skipif(not english.available(), reason="the English pipeline is not installed")
def test_tokens_keep_the_offsets_of_the_text_as_given() -> None:
    text = "“Yes,” said Ann.\n" + "(" * 5000 + " and then\u00a0" + "x" * 900 + "\n" + WRAPPED
    analysis = english.load().parse(Article("a", "a", text, "", language="en"))
    assert all(t.text == text[t.start : t.end] for t in analysis.tokens)
    assert "".join(t.text for t in analysis.tokens) == "".join(text.split())
    assert [i for i, t in enumerate(analysis.tokens) if t.i != i] == []


NAMED = (
    WRAPPED,
    "Ann Ray of the Bay Courier met Tom Vale in Oslo on 3 May 2019. On Monday the Bank of Norway paid $4.5 million to Ilse",
    "The New York-based Harbour Relief Fund, Mr. Oduya and the Kurdish People's Council signed in Vale",
    "\n   \n",
    "Ann\u00a0Ray \n\n  Reuters\t\tsaid , The Treaty of Ghent . 40 percent ( Tom ) at 4:30 p.m. Eastern in July",
)


@pytest.mark.skipif(not english.available(), reason="the English pipeline is not installed")
def test_the_names_are_those_that_the_pipeline_itself_finds() -> None:
    pipeline = english.load().pipeline
    recogniser = Recogniser(pipeline)
    assert recogniser.pipes == ("ner",)
    docs = list(pipeline.pipe(NAMED, disable=["ner"]))
    ours = recogniser.entities(docs)
    theirs = [[(e.start, e.end, e.label_) for e in pipeline.get_pipe("ner")(doc).ents] for doc in docs]
    assert ours == theirs
    assert sum(map(len, ours)) > 12
    assert recogniser.entities([]) == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("KELM, May 4 (Vareny Wire) - The dam holds.\n\nIt rains.", ["KELM, May 4 (Vareny Wire) -", "The dam holds.", "It rains."]),
        ("The dam holds.", ["The dam holds."]),
    ],
)  # fmt: skip
def test_a_dateline_is_parsed_apart(text: str, expected: list[str]) -> None:
    end = text.find(" - ") + 2
    dateline = (Region(RegionKind.DATELINE, Span(0, end), "a dateline"),) if end > 1 else ()
    article = Article("a", "a", text, "a", regions=dateline)
    assert [span.of(text) for span in units(article)] == expected
