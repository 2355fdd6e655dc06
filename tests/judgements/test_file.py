"""Judgements as a file: what goes out comes back, and every mistake is one line that says where."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twosource.errors import UsageError
from twosource.judgements import checked, digest, dump, load, ordered, sentence
from twosource.model import Decision, Judgement, JudgementKind, Quoted, Span, Subject

WRITTEN = """{
 "format": "twosource-judgements/1",
 "judgements": [
  {
   "kind": "claim",
   "verdict": "same",
   "subjects": [
    {"words": [{"article": "01-ostwire", "text": "The  alarm\\nwas off"}]},
    {"words": [{"article": "04-tribune", "text": "There was no alarm", "span": [10, 28]}]}
   ],
   "who": "I. H.",
   "when": "2031-03-14",
   "note": "both read"
  },
  {"kind": "owner", "verdict": "same", "subjects": [{"name": "The Lantern"}, {"name": "Dockside"}]}
 ]
}
"""


def test_a_file_written_by_hand() -> None:
    owner, claim = load(WRITTEN.encode(), "decided.json")
    assert owner.kind is JudgementKind.OWNER  # without a time it comes first
    assert claim == Judgement(
        JudgementKind.CLAIM,
        Decision.SAME,
        (
            Subject(words=(Quoted("01-ostwire", "The alarm was off"),)),
            Subject(words=(Quoted("04-tribune", "There was no alarm", span=Span(10, 28)),)),
        ),
        "I. H.",
        "2031-03-14",
        "both read",
    )
    assert sentence(claim) == "“The alarm was off” and “There was no alarm” say the same"


def broken(**changes: object) -> str:
    """The file with its one judgement changed."""
    claim = json.loads(WRITTEN)["judgements"][0] | changes
    return json.dumps({"judgements": [{k: v for k, v in claim.items() if v is not None}]})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (WRITTEN.replace('"who": "I. H.",', '"who": I. H.,'), "decided.json: line 11, column 11: not JSON"),
        (WRITTEN.replace("ments/1", "ments/7"), "'twosource-judgements/7'; this version reads"),
        ("[]", 'no list under "judgements"'),
        ("[" * 100_000, "nested too deeply|not JSON"),
        (broken(verdict="perhaps"), "judgement 1: Invalid enum value 'perhaps'"),
        (broken(kind=None), "judgement 1: Object missing required field `kind`"),
        (broken(vredict="same"), "judgement 1: unknown field 'vredict'; known are kind, verdict"),
        (broken(subjects=[{"words": [{"artcle": "a", "text": "b"}]}] * 2), "judgement 1: .*article"),
        (broken(subjects=[{"words": [{"article": "a", "txt": "b"}]}] * 2), "judgement 1: unknown field 'txt'"),
        (broken(subjects=[{"name": "x"}, {"name": "y"}]), "takes quoted words"),
        (broken(subjects=[{"words": [{"article": "a", "text": "b"}]}]), "judgement 1: names 1 of what it is about"),
        (broken(when="14.3.2031"), "judgement 1: when is '14.3.2031'; write a day or a moment: 2031-03-14"),
        (broken(when="2031-02-31"), "when is '2031-02-31'"),
        (broken(kind="owner"), "takes the names of outlets"),
        (broken(kind="name", subjects=[{"words": [{"article": "a", "text": "b"}]}]), 'no name under "text"'),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_with_its_place(content: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        load(content.encode(), "decided.json")
    assert str(caught.value).startswith("decided.json: ")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_utf8_is_named() -> None:
    with pytest.raises(UsageError, match=r"decided\.json: byte 0 is not UTF-8"):
        load("Да".encode("cp1251"), "decided.json")


texts = st.text(min_size=1, max_size=12).filter(lambda t: bool(t.strip()) and t.isprintable())
quoted = st.builds(
    Quoted, texts, texts, st.sampled_from(["", "ab" * 32]), st.none() | st.builds(Span, st.integers(0, 9), st.integers(9, 99))
)  # fmt: skip
subjects = st.builds(Subject, st.just(""), st.lists(quoted, min_size=1, max_size=3).map(tuple))
judgements = st.builds(
    Judgement, st.sampled_from([JudgementKind.CLAIM, JudgementKind.SOURCE]), st.sampled_from(Decision),
    st.lists(subjects, min_size=2, max_size=3).map(tuple), st.text(max_size=9), st.sampled_from(["", "2031-03-14", "2031-03-14T09:30:00Z"]), st.text(max_size=9),
).map(lambda j: checked(j, "made"))  # fmt: skip


@given(st.lists(judgements, max_size=6), st.randoms(use_true_random=False))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
def test_what_is_written_comes_back_whatever_the_order(said: list[Judgement], chance: object) -> None:
    mixed = said[:]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    content = dump(said)
    assert dump(mixed) == content
    assert load(content, "x") == ordered(said)
    assert digest(mixed) == digest(said)
    assert (digest(said) == "") == (not said)
