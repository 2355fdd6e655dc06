from dataclasses import replace

from made import WIRE, findings

from twosource.model import Certainty, Edge, EdgeKind, Findings, Likelihood, Node, NodeKind, Span
from twosource.report import order, pages


def first_page(result: Findings) -> pages.ClaimPage:
    book = pages.Book(result)
    return pages.claim_page(book.claims[0], book)


def hedged(result: Findings, article: str) -> Findings:
    """The same with one article's statement put as a possibility."""
    return replace(
        result,
        statements=tuple(
            replace(s, certainty=Certainty(Likelihood.POSSIBLE)) if s.article == article else s
            for s in result.statements
        ),
    )


def test_a_hedge_lost_on_the_way_is_listed_with_its_step() -> None:
    (step,) = first_page(hedged(findings(), "w1")).drift
    assert (step.parent.id, step.child.id, step.what) == ("w1", "p2", "hedge lost")
    assert (step.before, step.after) == ("possible", "as fact")


def test_a_hedge_gained_is_not_a_hedge_lost() -> None:
    (step,) = first_page(hedged(findings(), "p2")).drift
    assert step.what == "hedge gained"


def test_a_source_lost_on_the_way_is_listed() -> None:
    whole = findings()
    silent = replace(
        whole,
        statements=tuple(replace(s, attribution=None) if s.article == "p2" else s for s in whole.statements),
    )
    (step,) = first_page(silent).drift
    assert (step.before, step.after, step.what) == ("Ines Hallgrim", "own voice", "source lost")


def test_no_change_is_no_drift_but_the_step_was_looked_at() -> None:
    page = first_page(findings())
    assert page.drift == ()
    assert page.steps == 1


def test_what_falls_is_named_and_leads_to_its_source_or_article() -> None:
    assert first_page(findings()).falls_with == (
        ("Ines Hallgrim", "person:ines hallgrim"),
        ("the report of Ostwire", "w1"),
    )


def test_a_source_is_credited_once_with_what_two_articles_carry() -> None:
    book = pages.Book(findings())
    page = pages.source_page(book.findings.sources[0], book)
    (said,) = page.said
    assert said.words == "Twelve people were injured"
    assert [a.id for a in said.articles] == ["w1", "p2"]
    assert [v.claim.id for v in page.falls] == ["k1"]


def test_an_outlet_starts_what_others_have_from_it() -> None:
    by_name = {p.name: p for p in pages.outlet_pages(pages.Book(findings()))}
    assert [v.claim.id for v in by_name["Ostwire"].starts] == ["k1"]
    assert by_name["Ostwire"].feeds == (("Baltern Post", 1),)
    assert by_name["Baltern Post"].rests_on == (("Ostwire", 1),)
    assert by_name["Baltern Post"].starts == ()


def test_an_outlet_of_the_pile_keeps_its_name_however_it_is_cited() -> None:
    result = findings()
    told = result.provenance[0]
    cited = Node("outlet:ostwire", NodeKind.OUTLET, "OSTWIRE")
    credit = Edge("e3", cited.id, "article:p2", EdgeKind.RELAYS, 0.9, (), "as OSTWIRE reported")
    more = replace(told, nodes=(*told.nodes, cited), edges=(*told.edges, credit))
    by_name = {p.name: p for p in pages.outlet_pages(pages.Book(replace(result, provenance=(more,))))}
    assert by_name["Baltern Post"].rests_on == (("Ostwire", 1),)


def test_what_would_change_a_count_of_one_is_an_account_past_the_chokepoints() -> None:
    book = pages.Book(findings())
    assert order.would_change(book.claims[0], book.articles)[0] == (
        "A second account that does not pass through Ines Hallgrim or Ostwire would add a line."
    )


def test_the_first_screen_leads_with_the_widest_claim() -> None:
    book = pages.Book(findings())
    assert [(why, v.claim.id) for why, v in order.leads(book.claims, book.articles)] == [
        ("Carried by the most articles", "k1")
    ]


def test_the_citation_names_claim_version_and_settings() -> None:
    result = findings()
    said = pages.citation(first_page(result), result)
    assert said.startswith(
        "“Twelve people were injured” — 2 articles, at least 1 and at most 1 independent line"
    )
    assert said.endswith("Claim k1, twosource 0.0, settings abababababab.")


def test_where_a_passage_is_cut_short_its_last_words_are_no_difference() -> None:
    after = (
        "The north quay was closed all day, ferries waited outside the harbour, two warehouses and a crane burned down, "
        "and the wind carried smoke over the old town until the evening, when rain set in and put out what was left."
    )
    wire, copy = f"{WIRE} {after}", f"{WIRE} Late on Wednesday, he added. {after}"
    whole = findings(wire=wire)
    texts = {"w1": wire, "p2": copy}
    (match,) = whole.matches
    book = pages.Book(
        replace(
            whole,
            articles=tuple(replace(a, text=texts.get(a.id, a.text)) for a in whole.articles),
            matches=(
                replace(
                    match,
                    a=replace(match.a, span=Span(0, len(wire))),
                    b=replace(match.b, span=Span(0, len(copy))),
                ),
            ),
        )
    )
    (row,) = pages.claim_page(book.claims[0], book).passages
    assert row.left[-1].text == " …"  # both go on
    assert row.right[-1].text == " …"
    assert [p.text for p in row.left if not p.same] == []
    assert [p.text for p in row.right if not p.same] == ["Late on Wednesday, he added."]
