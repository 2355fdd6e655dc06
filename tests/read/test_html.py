"""Saved pages: what trafilatura replaces or drops is kept."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from twosource.model import Article, CreditKind, Precision
from twosource.read import read

BODY = """
<p>PORT ALDER (Reuters) - A fire on the northern quay destroyed two cranes on Tuesday, the harbour master said,
according to <a href="https://courier.example/first">the Courier</a>, which first reported it.</p>
<p>Nobody was hurt, said Ida Brandt, the harbour master, who spoke at the gate of the harbour late in the evening.</p>
"""


def page(head: str = "", body: str = BODY, before: str = "") -> str:
    return (
        f"<!doctype html>{before}<html lang='en-GB'><head><title>Cranes burn - The Alder Post</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav><article><h1>Cranes burn in Port Alder</h1>{body}"
        "</article><footer>All rights reserved</footer></body></html>"
    )


def article(tmp_path: Path, markup: str | bytes, name: str = "page.html") -> Article:
    path = tmp_path / name
    path.write_bytes(markup if isinstance(markup, bytes) else markup.encode())
    pile = read([str(path)])
    assert pile.skipped == ()
    return pile.articles[0]


def targets(found: Article, kind: CreditKind) -> list[str]:
    return [c.target for c in found.credits if c.kind is kind]


def test_body_without_navigation(tmp_path: Path) -> None:
    found = article(tmp_path, page())
    assert "Nobody was hurt, said Ida Brandt" in found.text
    assert "Sport" not in found.text
    assert found.id == "page"
    assert found.title == "Cranes burn in Port Alder"
    assert found.language == "en"


def test_the_address_as_fetched_and_the_canonical_one_are_both_kept(tmp_path: Path) -> None:
    head = "<link rel='canonical' href='https://wire.example/original'>"
    saved = "<!-- saved from url=(0034)https://alderpost.example/copy -->"
    found = article(tmp_path, page(head, before=saved))
    assert found.url == "https://alderpost.example/copy"
    assert found.canonical_url == "https://wire.example/original"


def test_an_agency_as_author_is_kept_as_byline_and_credit(tmp_path: Path) -> None:
    found = article(
        tmp_path,
        page("<meta name='author' content='AFP'><meta property='og:site_name' content='The Alder Post'>"),
    )
    assert found.byline == "AFP"
    assert "AFP" in targets(found, CreditKind.AGENCY)
    assert found.outlet == "The Alder Post"


def test_links_in_the_body_with_their_place(tmp_path: Path) -> None:
    found = article(tmp_path, page())
    links = [c for c in found.credits if c.kind is CreditKind.LINK]
    assert [c.target for c in links] == ["https://courier.example/first"]
    assert links[0].span is not None
    assert links[0].span.of(found.text) == "the Courier"


def test_a_credit_line_that_the_extraction_drops_is_kept(tmp_path: Path) -> None:
    body = BODY.replace("PORT ALDER (Reuters) - ", "") + "<div class='tools'><span>(AFP)</span></div>"
    assert targets(article(tmp_path, page(body=body)), CreditKind.AGENCY) == ["AFP"]


def test_the_credit_under_a_picture_is_evidence(tmp_path: Path) -> None:
    figure = "<figure><img src='x.jpg'><figcaption>The burned crane. Photo: Ida Brandt</figcaption></figure>"
    assert targets(article(tmp_path, page(body=figure + BODY)), CreditKind.PHOTO) == ["Ida Brandt"]


def test_the_date_as_printed_is_the_dateline_where_the_body_has_none(tmp_path: Path) -> None:
    body = "<time datetime='2031-03-12T09:05Z'>Wednesday, a little after nine</time>" + BODY.replace(
        "PORT ALDER (Reuters) - ", ""
    )
    found = article(tmp_path, page(body=body))
    assert found.dateline == "Wednesday, a little after nine"
    assert found.published.precision is Precision.MINUTE


def test_dateline_in_the_body(tmp_path: Path) -> None:
    found = article(tmp_path, page())
    assert found.dateline == "PORT ALDER (Reuters) -"
    assert targets(found, CreditKind.AGENCY) == ["Reuters"]


def test_json_ld(tmp_path: Path) -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Two cranes burn",
      "author": [{"name": "Ida Brandt"}, {"name": "Reuters"}], "publisher": {"name": "Alder Post"},
      "datePublished": "2031-03-12T09:05:00+03:00",
      "isBasedOn": ["https://wire.example/original", {"@type": "NewsArticle", "url": "/inside"}]}]}</script>
      <base href="https://alderpost.example/"><link rel="canonical" href="/copy">"""
    found = article(tmp_path, page(head))
    assert found.byline == "Ida Brandt; Reuters"
    assert found.outlet == "Alder Post"
    assert found.canonical_url == "https://alderpost.example/copy"
    assert targets(found, CreditKind.BASED_ON) == [
        "https://wire.example/original",
        "https://alderpost.example/inside",
    ]
    assert found.published.precision is Precision.MINUTE
    assert found.published.start is not None
    assert found.published.start.isoformat() == "2031-03-12T06:05:00+00:00"


@pytest.mark.parametrize(
    "script",
    ["{", "[" * 100_000, "null", '{"@type": 5, "author": {"name": {"a": 1}}}', '{"isBasedOn": [null, 7]}'],
)
def test_broken_json_ld_does_no_harm(tmp_path: Path, script: str) -> None:
    found = article(tmp_path, page(f'<script type="application/ld+json">{script}</script>'))
    assert "Nobody was hurt" in found.text


def test_a_date_without_a_time_is_a_day(tmp_path: Path) -> None:
    found = article(tmp_path, page("<meta property='article:published_time' content='2031-03-12'>"))
    assert found.published.precision is Precision.DAY


def test_a_page_without_a_date_has_none(tmp_path: Path) -> None:
    assert article(tmp_path, page()).published.start is None


def test_a_truncated_page_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    found = article(tmp_path, page()[: page().index("who spoke")])
    assert "destroyed two cranes" in found.text


@pytest.mark.parametrize(
    "declared",
    [
        '<meta charset="windows-1251">',
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
    ],
)
def test_the_declared_encoding(tmp_path: Path, declared: str) -> None:
    russian = (
        "<p>Пожар на северном причале уничтожил два крана, сообщила начальник порта в среду утром.</p>" * 2
    )
    found = article(tmp_path, page(declared, russian).encode("cp1251"))
    assert "Пожар на северном причале" in found.text
    assert found.language == "ru"


def test_scripts_are_no_text(tmp_path: Path) -> None:
    assert "alert" not in article(tmp_path, page(body=f"<script>alert('no')</script>{BODY}")).text


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 200_000 + "A fire on the quay destroyed two cranes." + "</div>" * 10,
        "<p>A fire on the quay." + "<a href='x'>" * 50_000,
        "<table><tr><td>" * 20_000 + "A fire on the quay.",
        "<p>A fire on the quay.</p>" * 70_000,
        "<p>A fire" + "&" * 300_000,
        "<!--" * 50_000 + "<p>A fire on the quay.</p>",
    ],
)
def test_hostile_pages_end_soon(tmp_path: Path, hostile: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body>{hostile}</body></html>")
    start = time.process_time()
    pile = read([str(path)])
    assert len(pile.articles) + len(pile.skipped) == 1
    assert time.process_time() - start < 20
