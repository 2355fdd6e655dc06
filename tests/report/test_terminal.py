import io

from made import findings
from rich.console import Console

from twosource.model import (
    Article,
    Attribution,
    AttributionKind,
    Certainty,
    Evidence,
    Likelihood,
    SourceKind,
    Span,
    Stance,
)
from twosource.report import terminal


def printed(top: int = 12) -> str:
    out = io.StringIO()
    terminal.summary(findings(), Console(file=out, width=110, highlight=False), top)
    return out.getvalue()


def test_the_summary_leads_with_the_answer() -> None:
    text = printed()
    assert text.startswith("3 articles, 3 attributions, 2 sources; 1 claim carried by two articles or more")
    assert "2 articles → at least 1, at most 1, most likely 1 independent line" in text
    assert "not met" in text


def test_control_characters_of_an_article_never_reach_the_terminal() -> None:
    assert terminal.clean("a\x1b[31mred\u202e\x00", 50) == "a[31mred"


def test_long_text_is_cut_with_an_ellipsis() -> None:
    assert terminal.clean("word " * 50, 20) == "word word word word…"


TEXT = "Hall said that, according to a port official, the gas may have leaked. “We ran.” It was late."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


SAID = (
    Attribution(
        "1", "a", (span("Hall"),), (span("said"),), (span("that, according to a port official, the gas may have leaked"),),
        AttributionKind.INDIRECT, "clause of cue", canonical="Ines Hall", source_kind=SourceKind.PERSON,
        certainty=Certainty(Likelihood.POSSIBLE, hedges=(span("may"),)), evidence=(Evidence.PHOTOGRAPH,),
        stance=Stance.ENDORSES,
    ),
    Attribution(
        "2", "a", (span("a port official"),), (span("according to"),), (span("the gas may have leaked"),),
        AttributionKind.INDIRECT, "according to", parent="1",
    ),
    Attribution(
        "3", "a", (span("a port official"),), (), (span("“We ran.”"),), AttributionKind.DIRECT, "continued quotation",
        parent="1",
    ),
)  # fmt: skip


def quoted(width: int = 100) -> str:
    out = io.StringIO()
    article = Article("a", "a.txt", TEXT, "0" * 64, title="Gas")
    terminal.quotes(article, SAID, Console(file=out, width=width, highlight=False))
    return out.getvalue()


def test_quotes_read_like_a_page() -> None:
    assert (
        quoted()
        == """Gas
a.txt
3 attributions, 1 named source, 1 unnamed

  Hall said  [Ines Hall, possible, the reporter endorses, evidence: photograph]
    that, according to a port official, the gas may have leaked

  │ according to a port official  [unnamed]
  │   the gas may have leaked
  │   “We ran.”

"""
    )


def test_quotes_keep_to_a_narrow_terminal() -> None:
    assert max(map(len, quoted(40).splitlines())) <= 40
