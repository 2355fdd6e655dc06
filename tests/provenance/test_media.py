"""Which outlet a phrase means, and whom it does not name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from story import OUTLET, PERSON, UNNAMED, Story

from twosource.model import NodeKind, Provenance, Source, SourceKind, Span


def kinds(found: Provenance) -> dict[str, str]:
    return {n.label: n.kind.value for n in found.nodes if n.kind.value != "article"}


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("A site called Bayview", UNNAMED),
        ("the Bayview website", SourceKind.DOCUMENT),
        ("Bayview’s story", SourceKind.DOCUMENT),
        ("the Bayview", UNNAMED),
        ("comments on the pier reported by the French site Bayview", UNNAMED),
    ],
)
def test_a_phrase_with_the_name_of_a_cited_outlet_is_that_outlet(phrase: str, kind: SourceKind) -> None:
    story = Story()
    story.source("Bayview", OUTLET)
    story.source(phrase, kind)
    story.says(story.article("Courier", 10), "Bayview")
    story.says(story.article("Herald", 12), phrase)
    found = story.trace()
    assert kinds(found) == {"Bayview": "outlet"}
    assert found.support.k == 1


@pytest.mark.parametrize("phrase", ["the article", "report", "a new report"])
def test_the_article_is_the_one_outlet_that_is_cited_elsewhere(phrase: str) -> None:
    story = Story()
    story.source("Bayview", OUTLET)
    story.source(phrase, SourceKind.DOCUMENT)
    herald = story.article("Herald", 12)
    story.sources[phrase] = Source(id=phrase, name=phrase, kind=SourceKind.DOCUMENT, articles=(herald,))
    story.says(herald, phrase)
    story.says(herald, "Bayview", words="something else")
    assert kinds(story.trace()) == {"Bayview": "outlet"}


def test_an_article_that_nobody_names_is_no_document_that_could_be_asked_for() -> None:
    story = Story()
    for name in ("Courier", "Herald"):
        story.source(f"the article {name}", SourceKind.DOCUMENT)
        story.sources[f"the article {name}"] = Source(
            id=f"the article {name}",
            name="the article",
            kind=SourceKind.DOCUMENT,
            articles=(name.casefold(),),
        )
        story.says(story.article(name, 10), f"the article {name}")
    found = story.trace()
    assert kinds(found) == {"an outlet it does not name": "outlet"}
    assert (found.support.k, found.support.k_grounded, found.support.at_least) == (2, 0, 0)


@pytest.mark.parametrize(
    "phrase", ["a paper", "court papers", "the site manager of the quay", "The Journal's sources"]
)
def test_what_only_sounds_like_an_outlet(phrase: str) -> None:
    story = Story()
    story.source("Journal", OUTLET)
    story.source(phrase, SourceKind.DOCUMENT if "paper" in phrase else UNNAMED)
    story.says(story.article("Herald", 12), phrase)
    assert kinds(story.trace())[phrase] in ("document", "unnamed")


def test_one_quotation_under_a_short_and_a_full_name_is_one_speakers() -> None:
    story = Story()
    story.source("Tan Shen", PERSON)
    story.source("Tan", PERSON)
    words = "I decided that I needed time to think"
    story.says(story.article("Courier", 10), "Tan Shen", quoted=words)
    story.says(story.article("Herald", 12), "Tan", quoted=words)
    found = story.trace()
    assert kinds(found) == {"Tan Shen": "person"}
    assert found.support.chokepoints == ("source:Tan Shen",)


def test_an_outlet_by_its_domain_and_by_its_reporting() -> None:
    story = Story()
    for phrase, kind in (
        ("the site bayview-news.com", UNNAMED),
        ("Reporting by The Bayview", OUTLET),
        ("Bayview", OUTLET),
    ):
        story.source(phrase, kind)
    for outlet, phrase in (
        ("Courier", "the site bayview-news.com"),
        ("Herald", "Reporting by The Bayview"),
        ("Post", "Bayview"),
    ):
        story.says(story.article(outlet, 10), phrase)
    assert kinds(story.trace()) == {"bayview-news.com": "outlet", "The Bayview": "outlet"}


def test_a_name_that_reports_is_the_same_outlet_however_it_is_spelt() -> None:
    story = Story()
    courier = story.article("Courier", 10)
    story.source("Bay View", SourceKind.ORGANISATION)
    story.source("BayView", SourceKind.ORGANISATION)
    story.says(courier, "Bay View")
    story.says(story.article("Herald", 12), "BayView")
    first = story.attributions[0]
    text = "Bay View reports that it happened."
    story.articles[courier] = replace(story.articles[courier], text=text + "-" * 1000)
    story.attributions[0] = replace(first, cue=(Span(9, 16),))
    found = story.trace()
    assert [n.kind for n in found.nodes if "iew" in n.label] == [NodeKind.OUTLET]
    assert found.support.k == 1
