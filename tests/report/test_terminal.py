import io

from made import findings
from rich.console import Console

from twosource.model import (
    Article,
    Attribution,
    AttributionKind,
    Certainty,
    Direction,
    Evidence,
    Likelihood,
    MatchKind,
    Passage,
    PassageMatch,
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


def test_a_match_without_a_direction_says_what_that_means() -> None:
    pile = {name: Article(id=name, path=name, text="Nobody was hurt.", sha256=name) for name in "ab"}

    def shown(kind: MatchKind, direction: Direction, p: float) -> list[str]:
        sides = (Passage("a", Span(0, 16)), Passage("b", Span(0, 16)))
        out = io.StringIO()
        m = PassageMatch("m1", *sides, 20.0, 1.0, kind, direction, p, 0.5, ("part of both",))
        terminal.match(m, pile, Console(file=out, width=110, highlight=False))
        return [line.strip() for line in out.getvalue().splitlines()]

    assert shown(MatchKind.PASSAGE, Direction.UNDIRECTED, 0.5)[:3] == [
        "a – b  passage, 100% of the words, copied 0.50, undirected",
        "part of both",
        "undirected: either may have it from the other, or both from a third",
    ]
    formula = shown(MatchKind.TEMPLATE, Direction.UNDIRECTED, 0.5)
    assert formula[2] == "undirected: a formula that both repeat, neither has it from the other"
    assert (
        shown(MatchKind.PASSAGE, Direction.B_TO_A, 0.93)[0]
        == "a ← b  passage, 100% of the words, copied 0.50, direction 0.93"
    )


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
