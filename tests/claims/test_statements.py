"""What an article states: read each example as text and the statements expected of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.language import english
from twosource.model import Attribution, Statement

Read = Callable[..., tuple[Statement, ...]]
Said = Callable[..., Attribution]


def texts(found: tuple[Statement, ...]) -> list[str]:
    return [s.text for s in found]


def test_own_voice_and_attributed(read: Read, said: Said) -> None:
    text = "The bridge at Orvel collapsed on Monday. Mayor Lena Brask said twelve people were hurt."
    found = read(text, said(text, "twelve people were hurt", source="Mayor Lena Brask", cue="said"))
    assert [(s.text, s.attribution is not None) for s in found] == [
        ("The bridge at Orvel collapsed on Monday", False),
        ("twelve people were hurt", True),
    ]


def test_spans_are_the_text(read: Read) -> None:
    text = "The mill burned down  in\u00a0Tarn, and the council closed the road to Orvel."
    for statement in read(text):
        joined = " ".join(span.of(text) for span in statement.spans)
        assert " ".join(joined.split()) == statement.text


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        (
            "Rebels shelled the port of Tarn and the navy closed the strait.",
            ["Rebels shelled the port of Tarn", "the navy closed the strait"],
        ),
        (
            "The storm killed nine people in Orvel and destroyed forty houses.",
            ["The storm killed nine people in Orvel", "The storm destroyed forty houses"],
        ),
        ("The minister of transport and the mayor visited Tarn.", None),
        ("The landslide killed or injured 40 people in Tarn.", None),
        (
            "We remember that the gates of Tarn were opened for the rebels.",
            ["the gates of Tarn were opened for the rebels"],
        ),
    ],
)
def test_one_proposition_each(read: Read, sentence: str, parts: list[str] | None) -> None:
    assert texts(read(sentence)) == (parts or [sentence.rstrip(".")])


def test_nested_content_belongs_to_the_innermost(read: Read, said: Said) -> None:
    text = "Brask said the governor told her the dam was safe."
    outer = said(text, "the governor told her the dam was safe", id="outer", source="Brask", cue="said")
    inner = said(text, "the dam was safe", id="inner", parent="outer", source="the governor", cue="told")
    assert [(s.text, s.attribution) for s in read(text, outer, inner)] == [("the dam was safe", "inner")]


def test_outer_stays_where_it_adds_something(read: Read, said: Said) -> None:
    text = (
        "Brask said the valley must be cleared by Friday because engineers warned that the dam would break."
    )
    outer = said(text, text[text.index("the valley") : -1], id="outer", source="Brask", cue="said")
    inner = said(text, "the dam would break", id="inner", parent="outer", source="engineers", cue="warned")
    assert {s.attribution for s in read(text, outer, inner)} == {"outer", "inner"}


def test_title_states_nothing(read: Read) -> None:
    text = "Dam breaks above Orvel. The dam above Orvel broke at dawn and flooded the valley."
    found = read(text, title="Dam breaks above Orvel")
    assert "Dam breaks above Orvel" not in texts(found)


def test_marks_are_trimmed(read: Read, said: Said) -> None:
    text = "“The Orvel dam is safe,” said engineer Pell Hark."
    content = said(text, "“The Orvel dam is safe,”", source="engineer Pell Hark", cue="said")
    assert texts(read(text, content)) == ["The Orvel dam is safe"]


def test_weight(read: Read) -> None:
    """Questions, orders, thanks and opinions weigh less than what can be checked."""

    def weight(text: str) -> float:
        return read(text)[0].weight

    report = weight("The Orvel dam released 40 tonnes of water on Monday.")
    assert report == 1.0
    for less in (
        "Who opened the gates of the Orvel dam?",
        "Thank you all for coming to the dam.",
        "Read more about the Orvel dam.",
        "It is a shameful and outrageous decision.",
    ):
        assert weight(less) <= 0.5


def test_opinion_is_marked(read: Read) -> None:
    (opinion,) = read("The council of Tarn should resign over this disgraceful affair.")
    (fact,) = read("The council of Tarn resigned on Monday.")
    assert opinion.opinion
    assert not fact.opinion


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The council did not close the bridge at Tarn.", True),
        ("The council closed the bridge at Tarn.", False),
        ("The ministry denied the attack on Tarn.", True),
        ("The ministry did not deny the attack on Tarn.", False),
        ("Nobody closed the bridge at Tarn.", True),
        ("The council not only closed the bridge at Tarn.", False),
        ("The council failed to close the bridge at Tarn.", True),
        ("The bridge at Tarn failed a safety inspection.", False),
        ("The ministry dismissed the report about Tarn.", True),
        ("The club dismissed its coach on Monday.", False),
    ],
)
def test_polarity(read: Read, text: str, negated: bool) -> None:
    assert read(text)[0].negated is negated


def test_denied_content_is_negative(read: Read, said: Said) -> None:
    text = "Brask denied that the council closed the bridge."
    found = read(
        text, said(text, "the council closed the bridge", source="Brask", cue="denied", stance="denies")
    )
    assert [(s.negated, s.turned) for s in found] == [(True, True)]


def test_what_the_words_themselves_negate_is_not_turned(read: Read) -> None:
    (found,) = read("The council did not close the bridge at Tarn.")
    assert (found.negated, found.turned) == (True, False)


@pytest.mark.parametrize(
    ("text", "cue", "negated"),
    [
        ("Brask denied that the council closed the bridge.", "denied", True),
        ("Brask did not deny that the council closed the bridge.", "deny", False),
        ("Brask would neither confirm nor deny that the council closed the bridge.", "deny", False),
        ("Brask said that the council closed the bridge.", "said", False),
    ],
)
def test_who_denies_by_the_cue_denies(read: Read, said: Said, text: str, cue: str, negated: bool) -> None:
    found = read(text, said(text, "the council closed the bridge", source="Brask", cue=cue))
    assert [s.negated for s in found if s.text == "the council closed the bridge"] == [negated]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The doctor told parents not to vaccinate their children.", True),
        ("The doctor told parents to vaccinate their children.", False),
        ("The doctor advised against the vaccination of children.", True),
    ],
)
def test_what_somebody_is_told_not_to_do(read: Read, text: str, negated: bool) -> None:
    assert read(text)[0].negated is negated


def test_roles(read: Read) -> None:
    (active,) = read("The rebels attacked the army near Tarn.")
    (passive,) = read("The army was attacked by the rebels near Tarn.")
    assert (active.actors, active.objects) == (("rebel",), ("army",))
    assert (passive.actors, passive.objects) == (("rebel",), ("army",))


def test_without_a_parser(read: Read, said: Said) -> None:
    text = "On Monday the dam above Orvel broke. It killed at least 12 people, Brask said."
    content = said(text, "It killed at least 12 people", source="Brask", cue="said")
    found = read(text, content, plain=True)
    assert texts(found) == ["On Monday the dam above Orvel broke", "It killed at least 12 people"]
    assert [q.unit for q in found[1].quantities] == ["person"]
    assert [e.key for e in found[0].entities] == ["orvel"]


def test_hostile_input_ends(read: Read) -> None:
    for text in ("", "...", "\"'“«" * 50, "and " * 2000, "(" * 500 + ")" * 500):
        read(text)
        read(text, plain=True)


@pytest.mark.skipif(not english.available(), reason="no English parser installed")
@pytest.mark.parametrize(
    "text", ["The council has proof of theft.", "The council published new proof of theft."]
)
def test_to_have_proof_and_to_show_it_are_one_act(read: Read, text: str) -> None:
    (statement,) = read(text)
    assert (statement.predicate, statement.actors) == ("proof", ("council",))


def test_two_attributions_of_one_clause_to_one_source_make_one_statement(read: Read, said: Said) -> None:
    text = "The ministry said it has proof of the deal, adding: “It will be published.”"
    whole = said(text, "it has proof of the deal", source="The ministry", cue="said", id="q1")
    part = said(text, "has proof of the deal", source="The ministry", cue="adding", id="q2")
    assert texts(read(text, whole, part)).count("has proof of the deal") == 0
    assert "it has proof of the deal" in texts(read(text, whole, part))
