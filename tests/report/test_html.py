import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

from made import WIRE, article, findings

from twosource.model import (
    Claim,
    Edge,
    EdgeKind,
    Findings,
    Member,
    Node,
    NodeKind,
    Provenance,
    Span,
    Statement,
)
from twosource.report import html

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e{{ 7*7 }}\x00"


class Tags(HTMLParser):
    """Every tag and attribute of a page as the parser of a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend((tag, name, value or "") for name, value in attrs)


def test_the_answer_comes_first_in_one_sentence() -> None:
    page = html.render(findings())
    sentence = (
        "2 articles → at least 1, at most 1, most likely 1 independent line, because both articles rest on"
    )
    assert sentence in page
    assert page.index(sentence) < page.index('id="claims"')


def test_the_policy_lets_in_our_own_style_and_script_and_nothing_else() -> None:
    page = html.render(findings())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    said = policy[1].replace("&#39;", "'")
    assert said.startswith("default-src 'none'")
    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert inside
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in said


def test_a_hostile_article_adds_no_tag_and_no_handler() -> None:
    plain = Tags(html.render(findings()))
    wire = f"Twelve people were injured, fire chief Ines Hallgrim said. {HOSTILE}"
    page = html.render(findings(wire=wire, title=HOSTILE, outlet=HOSTILE, url="javascript:alert(3)"))
    seen = Tags(page)
    assert seen.tags.count("script") == plain.tags.count("script") == 1
    assert "img" not in seen.tags
    assert not [a for a in seen.attributes if a[1].startswith("on")]
    assert not [a for a in seen.attributes if a[1] in ("href", "src") and not a[2].startswith("#")]
    assert "{{ 7*7 }}" in page  # shown as it stands, never evaluated
    assert "\x00" not in page
    assert "\u202e" not in page


def test_only_web_addresses_become_links() -> None:
    links = [
        a[2] for a in Tags(html.render(findings())).attributes if a[1] == "href" and not a[2].startswith("#")
    ]
    assert links == ["https://ostwire.example/1"]


def test_nothing_is_styled_inline_since_the_policy_forbids_it() -> None:
    assert not [a for a in Tags(html.render(findings())).attributes if a[1] == "style"]


def test_the_graph_marks_the_chokepoints_and_names_the_links() -> None:
    page = html.render(findings())
    assert (
        page.count('class="ch" cx=') - page.split('id="lg"')[1].split("</g>")[0].count('class="ch" cx=') == 2
    )
    assert "copies 0.90" in page
    assert page.count("all rests on this") == 2


def test_denials_stand_apart() -> None:
    page = html.render(findings())
    assert page.index("<h2>Who says it, in time</h2>") < page.index("<h2>Denials</h2>")
    assert "Not counted among the lines above." in page


def test_links_to_claims_sources_and_articles_do_not_depend_on_what_else_is_in_the_pile() -> None:
    whole = findings()
    extra = article("x4", "Rain is expected.", 5, "Aardvark Weekly")
    more = replace(whole, articles=(extra, *reversed(whole.articles)))
    small, large = ({a[2] for a in Tags(html.render(f)).attributes if a[1] == "id"} for f in (whole, more))
    assert {"c-k1", "a-w1", "a-w1.s1"} <= small <= large


def test_an_empty_result_says_what_to_do_next() -> None:
    page = html.render(Findings(tool=findings().tool, articles=()))
    assert "twosource quotes PATH" in page


def test_every_link_inside_the_page_has_its_target() -> None:
    page = Tags(html.render(findings()))
    ids = {a[2] for a in page.attributes if a[1] == "id"}
    targets = {a[2][1:] for a in page.attributes if a[1] == "href" and a[2].startswith("#")}
    assert targets <= ids


def test_the_same_findings_give_the_same_bytes() -> None:
    assert html.render(findings()) == html.render(findings())


def test_seven_hundred_articles_stay_under_five_megabytes() -> None:
    """Every article of 2,400 characters; 1,400 claims, each in two articles, half of them copied."""
    whole = findings()
    sentence = (
        "The harbour office said on day {} that {} crates had been moved to the northern quay by nightfall. "
    )
    articles, statements, claims, provenance = [], [], [], []
    for i in range(700):
        text = "".join(sentence.format(i, n) for n in range(25))
        articles.append(article(f"x{i:04}", text, i % 24, f"Outlet {i % 40}", f"Crates, day {i}"))
    for n in range(1400):
        ids = [f"x{n % 700:04}", f"x{(n + 1) % 700:04}"]
        mine = [
            Statement(
                f"{i}/s{n}", i, (Span(40, 90),), f"{n} crates had been moved to the northern quay", "en"
            )
            for i in ids
        ]
        statements += mine
        claims.append(Claim(f"k{n:04}", mine[0].text, tuple(Member(s.id) for s in mine)))
        nodes = tuple(Node(f"article:{i}", NodeKind.ARTICLE, i) for i in ids)
        edge = Edge("e1", nodes[0].id, nodes[1].id, EdgeKind.COPIES, 0.9, (), "word for word")
        provenance.append(Provenance(f"k{n:04}", nodes, (edge,), whole.provenance[0].support))
    large = replace(
        whole,
        articles=tuple(articles),
        attributions=(),
        sources=(),
        statements=tuple(statements),
        claims=tuple(claims),
        provenance=tuple(provenance),
        matches=(),
    )
    page = html.render(large)
    assert len(page.encode()) < 5_000_000
    assert page.count('<section class="pn" id="c-') > 200
    assert all(f">{n} crates had been moved" in page for n in (0, 700, 1399))  # every claim has its row


def test_texts_kept_apart_are_linked_both_ways() -> None:
    files = html.files(findings(), "my report.html", "my report.texts")
    texts = dict(files.texts)
    assert set(texts) == {"a-w1.html", "a-p2.html", "a-d3.html"}
    assert WIRE[30:] not in files.report
    links = {a[2] for a in Tags(files.report).attributes if a[1] == "href"}
    assert "my%20report.texts/a-w1.html#a-w1.s1" in links
    page = Tags(texts["a-w1.html"])
    assert "a-w1.s1" in {a[2] for a in page.attributes if a[1] == "id"}
    assert "../my%20report.html#c-k1" in {a[2] for a in page.attributes if a[1] == "href"}
    assert "script" not in page.tags
    inside = {a[2] for a in Tags(files.report).attributes if a[1] == "id"}
    assert {x[1:] for x in links if x.startswith("#")} <= inside


def test_two_passages_side_by_side_have_a_link_of_their_own() -> None:
    page = Tags(html.render(findings()))
    assert ("div", "id", "c-k1.m1") in page.attributes
    assert ("a", "href", "#c-k1.m1") in page.attributes
