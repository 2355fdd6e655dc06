import io

from made import findings
from rich.console import Console

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
