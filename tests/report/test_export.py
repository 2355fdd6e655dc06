import json
from dataclasses import replace
from importlib import resources

import jsonschema
from made import COPY, findings

from twosource.model import Decision, Judged, Judgement, JudgementKind, Quoted, Standing, Subject
from twosource.report import export


def test_findings_follow_the_published_schema() -> None:
    schema = json.loads(
        resources.files("twosource.report").joinpath("findings.schema.json").read_text("utf-8")
    )
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(export.findings_json(findings())))


def test_what_people_decided_stands_beside_what_was_found() -> None:
    judgement = Judgement(
        JudgementKind.CLAIM,
        Decision.SAME,
        (
            Subject(words=(Quoted("w1", "Twelve people were injured"),)),
            Subject(words=(Quoted("p2", "twelve"),)),
        ),
        "I. H.",
        "2031-03-14",
    )
    judged = Judged(
        judgement,
        Standing.UNMATCHED,
        "“Twelve” and “twelve” say the same",
        "decided by I. H.",
        "gone",
        ("w1-s1",),
        ("k1",),
    )
    data = json.loads(export.findings_json(replace(findings(), judged=(judged,))))
    schema = json.loads(
        resources.files("twosource.report").joinpath("findings.schema.json").read_text("utf-8")
    )
    jsonschema.Draft202012Validator(schema).validate(data)
    assert data["judgements"] == [
        {
            "sentence": "“Twelve” and “twelve” say the same",
            "kind": "claim",
            "verdict": "same",
            "who": "I. H.",
            "when": "2031-03-14",
            "note": "",
            "standing": "unmatched",
            "why": "gone",
            "statements": ["w1-s1"],
            "claims": ["k1"],
        }
    ]


def test_a_claim_carries_its_count_its_statements_and_its_graph() -> None:
    claim = json.loads(export.findings_json(findings()))["claims"][0]
    support = claim["support"]
    assert (support["at_least"], support["most_likely"], support["at_most"]) == (1, 1, 1)
    assert support["interval90"] == [1, 1]
    assert support["origins"] == {"person": 1}
    assert [c["label"] for c in support["chokepoints"]] == ["Ines Hallgrim", "Ostwire"]
    assert support["two_source_rule"] == "not met"
    assert [(s["article"], s["stance"]) for s in claim["statements"]] == [
        ("w1", "asserts"),
        ("p2", "asserts"),
        ("d3", "denies"),
    ]
    assert [(e["from"], e["to"]) for e in claim["edges"]] == [
        ("source:person:ines hallgrim", "article:w1"),
        ("article:w1", "article:p2"),
    ]


def test_spans_are_code_points_of_the_text_as_given() -> None:
    statement = json.loads(export.findings_json(findings()))["claims"][0]["statements"][1]
    start, end = statement["span"]
    assert COPY[start:end] == "Twelve people were injured"


def test_a_match_says_which_side_derives_from_which() -> None:
    made = findings()
    line = json.loads(export.match_line(made.matches[0], {a.id: a for a in made.articles}))
    assert line["direction"] == "a->b"
    assert (line["a"]["id"], line["b"]["id"]) == ("w1", "p2")
    assert line["a"]["path"] == "pile/w1.txt"


def test_quotes_are_one_line_per_article() -> None:
    made = findings()
    line = export.quotes_line(made.articles[2], made.attributions[:1])
    assert b"\n" not in line
    data = json.loads(line)
    assert data["id"] == "w1"
    assert data["attributions"][0]["content"] == [[0, 26]]
    assert data["attributions"][0]["parent"] is None
