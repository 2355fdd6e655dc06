"""One word for one thing, whichever way the answer is read, and nothing said twice on one page."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from made import findings
from rich.console import Console

from twosource.errors import UsageError
from twosource.model import Article, Claim, Fall, Findings, Member, Precision, Published, Relation, Support
from twosource.report import explain, html, markdown, order, show, terminal
from twosource.report.pages import Book

WHY = ("2 articles assert it; they lead back to 1 person.", "Both articles rest on Ines Hallgrim.")


def reasoned(withheld: str | None = None) -> Findings:
    """The small result, with a count that has two sentences of why, and no most likely number where it is withheld."""
    result = findings()
    traced = result.provenance[0]
    likely = (
        {}
        if withheld is None
        else {"most_likely": None, "interval90": None, "p_two_or_more": None, "withheld": withheld}
    )
    return replace(
        result,
        provenance=(replace(traced, support=replace(traced.support, why=WHY, **likely)),),  # type: ignore[arg-type]
    )


def on_a_console(print_it: Callable[[Console], None], width: int = 110) -> str:
    out = io.StringIO()
    print_it(Console(file=out, width=width, highlight=False))
    return " ".join(out.getvalue().split())


def explained(result: Findings) -> str:
    book = Book(result)
    view = explain.find_claim(book, "k1")
    return on_a_console(lambda c: explain.print_explanation(explain.explanation(book, view, (), ()), c))


def every_form(result: Findings) -> dict[str, str]:
    """The answer as each command and each file gives it."""
    return {
        "trace": on_a_console(lambda c: terminal.summary(result, c)),
        "show": on_a_console(lambda c: show.claim(result, "k1", c)),
        "explain": explained(result),
        "html": html.render(result),
        "markdown": markdown.render(result),
    }


@pytest.mark.parametrize(
    "old", ["P(two or more)", "P(K≥2)", "Two sources?", "raise or lower", "fails the two-source"]
)
def test_no_form_has_a_word_of_its_own(old: str) -> None:
    assert [name for name, said in every_form(findings()).items() if old in said] == []


def test_the_same_words_stand_over_the_same_numbers() -> None:
    forms = every_form(findings())
    assert [name for name, said in forms.items() if "P(2+)" not in said] == ["show", "explain"]
    assert [name for name, said in forms.items() if "two-source rule" not in said.casefold()] == []
    assert [name for name, said in forms.items() if "What would change it" not in said] == ["trace"]


def test_what_a_claim_falls_with_has_one_name_everywhere() -> None:
    forms = every_form(findings())
    for name in ("trace", "show", "html", "markdown"):
        assert "Ines Hallgrim; the report of Ostwire" in forms[name].replace(
            '</bdi></a>; <a href="#a-w1"><bdi>', "; "
        ), name


def test_the_page_of_a_claim_does_not_repeat_the_reason_that_the_answer_gives() -> None:
    for name, said in every_form(reasoned()).items():
        page = said.partition('<section class="pn" id="c-k1">')[2].partition("</section>")[0] or said
        page = page.partition("### Claim k1")[2] or page
        assert page.count("lead back to 1 person") == 1, name
        if name != "trace":
            assert page.count("Both articles rest on Ines Hallgrim.") == 1, name


def test_where_the_number_is_withheld_every_reason_of_the_bounds_stands() -> None:
    for name, said in every_form(reasoned("too little of the story is here")).items():
        if name != "trace":
            assert "2 articles assert it; they lead back to 1 person." in said, name
        assert "the most likely number is withheld: too little of the story is here" in said, name


def test_the_first_lines_count_the_rule_in_the_same_words() -> None:
    two = findings()
    other = replace(two.provenance[0], claim="k2")
    two = replace(
        two, claims=(*two.claims, replace(two.claims[0], id="k2")), provenance=(*two.provenance, other)
    )
    assert "Two-source rule over the 2: 2 not met, 0 met, 0 cannot tell" in every_form(two)["trace"]
    assert (
        "2 claims are carried by two articles or more; two-source rule: 2 not met, 0 met, 0 cannot tell."
        in html.render(two)
    )


def test_articles_are_explained_in_the_order_of_their_publication() -> None:
    said = explained(findings())
    assert 0 < said.index("Ostwire 2031-03-12 06:00 UTC") < said.index("Baltern Post 2031-03-12 09:00 UTC")


def test_an_explanation_gives_the_support_as_the_findings_do() -> None:
    book = Book(findings())
    made = explain.explanation(book, explain.find_claim(book, "k1"), (), ())
    support = json.loads(explain.explanation_json(made, book.findings))["support"]
    assert [node["label"] for node in support["chokepoints"]] == ["Ines Hallgrim", "Ostwire"]


def test_a_fall_that_leaves_the_bounds_says_what_it_moves() -> None:
    book = Book(findings())
    before = Support(0, 3, 2, 0, 2, most_likely=1, interval90=(1, 3), p_two_or_more=0.45)
    after = replace(before, k=1, interval90=(0, 3), p_two_or_more=0.37)
    said = on_a_console(
        lambda c: explain.print_falls(
            explain.falls(book, ["Ostwire"], [Fall("k1", ("article:w1",), before, after)]), c
        ),
        200,
    )
    assert (
        "at least 0, at most 3, most likely 1, as before, but 90 % interval 1–3 → 0–3, P(2+) 0.45 → 0.37"
        in said
    )


def test_words_that_fit_several_claims_show_what_they_say() -> None:
    result = findings()
    other = Claim("k2", "Twelve firefighters came", (Member("w1-s1", Relation.ASSERTS, 1.0, ()),))
    both = replace(
        result,
        claims=(*result.claims, other),
        provenance=(*result.provenance, replace(result.provenance[0], claim="k2")),
    )
    with pytest.raises(
        UsageError, match=r"2 of them fit; .*: k1 “Twelve people were injured”; k2 “Twelve firefighters came”"
    ):
        show.claim(both, "twelve", Console(file=io.StringIO()))


def test_an_article_that_rests_on_nothing_likely_says_so() -> None:
    result = findings()
    traced = result.provenance[0]
    weak = replace(traced, edges=tuple(replace(e, probability=0.1) for e in traced.edges))
    said = explained(replace(result, provenance=(weak,)))
    assert said.count("names no source and copies nothing in the pile") >= 2
    assert "less likely: Ines Hallgrim 0.10" in said


def test_falls_with_leaves_out_the_article_of_a_claim_that_stands_in_it_alone() -> None:
    result = findings()
    alone = replace(result.claims[0], members=result.claims[0].members[:1])
    view = order.views(replace(result, claims=(alone,)))[0]
    articles: dict[str, Article] = {
        a.id: replace(a, published=Published(None, Precision.UNKNOWN)) for a in result.articles
    }
    assert order.falls_with(view, articles) == (("Ines Hallgrim", "person:ines hallgrim"),)
