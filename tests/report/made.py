"""A small finished result, written by hand: three articles, two claims, one denial."""

from __future__ import annotations

from datetime import UTC, datetime

from twosource.model import (
    Article,
    Attribution,
    AttributionKind,
    Claim,
    Direction,
    Edge,
    EdgeKind,
    Findings,
    MatchKind,
    Member,
    Node,
    NodeKind,
    Passage,
    PassageMatch,
    Precision,
    Provenance,
    Published,
    Relation,
    Skipped,
    Source,
    SourceKind,
    Span,
    Statement,
    Support,
    Tool,
)

WIRE = "Twelve people were injured, fire chief Ines Hallgrim said."
COPY = "Twelve people were injured, fire chief Ines Hallgrim said on Wednesday."
DENIAL = "Nobody was hurt, a spokesman for the port said."


def published(hour: int) -> Published:
    return Published(datetime(2031, 3, 12, hour, tzinfo=UTC), Precision.MINUTE, f"2031-03-12 {hour:02}:00")


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def article(key: str, text: str, hour: int, outlet: str = "", title: str = "", url: str = "") -> Article:
    return Article(
        id=key,
        path=f"pile/{key}.txt",
        text=text,
        sha256="0" * 63 + key[-1],
        title=title,
        outlet=outlet,
        url=url,
        published=published(hour),
        language="en",
    )


def said(key: str, text: str, source: str, cue: str, content: str) -> Attribution:
    return Attribution(
        id=f"{key}-1",
        article=key,
        source=(span(text, source),),
        cue=(span(text, cue),),
        content=(span(text, content),),
        kind=AttributionKind.INDIRECT,
        rule="content before cue",
        canonical="Ines Hallgrim" if "Hallgrim" in source else None,
        source_kind=SourceKind.PERSON if "Hallgrim" in source else SourceKind.UNNAMED,
        source_id="person:ines hallgrim" if "Hallgrim" in source else f"unnamed:{key}-1",
    )


def findings(
    *,
    wire: str = WIRE,
    title: str = "Twelve hurt in harbour fire",
    outlet: str = "Ostwire",
    url: str = "https://ostwire.example/1",
) -> Findings:
    """Ostwire reports what the fire chief said, a paper copies it, and a third article denies it."""
    first = article("w1", wire, 6, outlet, title, url)
    second = article("p2", COPY, 9, "Baltern Post", "Harbour burns")
    third = article("d3", DENIAL, 11, "Dockside")
    a1 = said("w1", wire, "Ines Hallgrim", "said", "Twelve people were injured")
    a2 = said("p2", COPY, "Ines Hallgrim", "said", "Twelve people were injured")
    a3 = said("d3", DENIAL, "a spokesman for the port", "said", "Nobody was hurt")
    statements = tuple(
        Statement(f"{a.article}-s1", a.article, a.content, a.content[0].of(text), "en", attribution=a.id)
        for a, text in ((a1, wire), (a2, COPY), (a3, DENIAL))
    )
    nodes = (
        Node("source:person:ines hallgrim", NodeKind.PERSON, "Ines Hallgrim"),
        Node("article:w1", NodeKind.ARTICLE, outlet),
        Node("article:p2", NodeKind.ARTICLE, "Baltern Post"),
    )
    edges = (
        Edge(
            "e1",
            "source:person:ines hallgrim",
            "article:w1",
            EdgeKind.QUOTES,
            0.95,
            ("w1-1",),
            "w1 quotes her",
        ),
        Edge(
            "e2",
            "article:w1",
            "article:p2",
            EdgeKind.COPIES,
            0.9,
            ("m1",),
            "8 words in a row, three hours later",
        ),
    )
    support = Support(
        at_least=1,
        at_most=1,
        k=1,
        k_grounded=1,
        origins_total=1,
        most_likely=1,
        interval90=(1, 1),
        p_two_or_more=0.02,
        origins=(("person", 1),),
        chokepoints=("source:person:ines hallgrim", "article:w1"),
        why=("both articles rest on Ines Hallgrim",),
    )
    match = PassageMatch(
        "m1",
        Passage("w1", span(wire, "Twelve people were injured")),
        Passage("p2", span(COPY, "Twelve people were injured")),
        score=31.5,
        similarity=1.0,
        kind=MatchKind.PASSAGE,
        direction=Direction.A_TO_B,
        p_direction=0.97,
        p_copy=0.9,
        reasons=("published three hours later",),
    )
    return Findings(
        tool=Tool("twosource", "0.0", {"q": "0.35"}, "ab" * 8, (("model 1", "cd" * 32),)),
        articles=(second, third, first),
        attributions=(a1, a2, a3),
        sources=(
            Source(
                "person:ines hallgrim",
                "Ines Hallgrim",
                SourceKind.PERSON,
                attributions=("w1-1", "p2-1"),
                articles=("p2", "w1"),
            ),
            Source("unnamed:d3-1", "a spokesman for the port", SourceKind.UNNAMED, attributions=("d3-1",)),
        ),
        statements=statements,
        claims=(
            Claim(
                "k1",
                "Twelve people were injured",
                (
                    Member("w1-s1", Relation.ASSERTS, 1.0, ("the claim's own words",)),
                    Member("p2-s1", Relation.ASSERTS, 0.98, ("the same words",)),
                    Member("d3-s1", Relation.DENIES, 0.8, ("“nobody” against “twelve”",)),
                ),
            ),
        ),
        provenance=(Provenance("k1", nodes, edges, support, Support(0, 1, 1, 0, 1)),),
        matches=(match,),
        skipped=(Skipped("pile/empty.txt", "empty file; remove it or add text"),),
        warnings=("no parser for language fi",),
    )
