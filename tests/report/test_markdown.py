import re

from hypothesis import given
from hypothesis import strategies as st
from made import findings

from twosource.model import Findings
from twosource.report import markdown

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(2)) ![i](https://e.example/p.png) | `c` @all #1 https://e.example"


def test_the_answer_comes_before_the_table_and_the_table_leads_to_the_claims() -> None:
    page = markdown.render(findings())
    assert page.index("most likely 1 independent line, because both articles rest on") < page.index(
        "## Claims"
    )
    assert "| [Twelve people were injured](#claim-k1) | 2 | 1 | 1 | 1 | 0.02 | not met |" in page
    assert "### Claim k1" in page


def test_every_row_has_as_many_cells_as_its_head() -> None:
    page = markdown.render(findings(title=HOSTILE, outlet=HOSTILE))
    cells = [len(re.findall(r"(?<!\\)\|", line)) for line in page.splitlines() if line.startswith("|")]
    assert set(cells) == {8, 6}


def test_article_text_makes_no_mark_up() -> None:
    page = markdown.render(findings(title=HOSTILE, outlet=HOSTILE, url="javascript:alert(3)"))
    assert "<script" not in page.replace("\\<script", "")
    assert not re.search(r"(?<!\\)\]\((?!#claim-)", page)
    assert "https://e.example" not in page  # no address becomes a link by itself


@given(st.text(max_size=80))
def test_a_line_of_text_stays_one_line_without_a_live_bracket(value: str) -> None:
    line = markdown.text(value)
    assert "\n" not in line
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]<>|`*_#@]", line)


def test_an_empty_result_says_what_to_do_next() -> None:
    assert "twosource quotes PATH" in markdown.render(Findings(tool=findings().tool, articles=()))


def test_the_same_findings_give_the_same_text() -> None:
    assert markdown.render(findings()) == markdown.render(findings())
