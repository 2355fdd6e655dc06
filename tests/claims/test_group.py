"""Which statements become one claim: small piles written out as lines, compared without a model."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from twosource.claims import group
from twosource.claims.candidates import csls, local_scale, nearest, nearest_by_region
from twosource.claims.compare import CLUES, GATES, Verdict, compare
from twosource.claims.grouping import WEIGHT_FLOOR
from twosource.claims.weights import WEIGHTS
from twosource.model import Claim, Relation, Statement
from twosource.settings import Settings

Read = Callable[..., tuple[Statement, ...]]
Words = Callable[[Sequence[str]], NDArray[np.float32]]

PILE = """
a 2031-03-03 At least 40 people died when the Orvel dam broke on Monday.
b 2031-03-03 At least 40 people died on Monday when the dam at Orvel broke.
c 2031-03-04 At least 40 people died when the dam above Orvel broke on Monday.
d 2031-03-04 At least 180 people died when the Orvel dam broke on Monday.
e 2031-03-03 Mayor Lena Brask closed the Kessel bridge to trucks.
f 2031-03-03 Mayor Lena Brask did not close the Kessel bridge to trucks.
g 2031-03-03 The council of Hemsa sold three ferries to the Velden company.
"""


def pile_of(read: Read, lines: str) -> list[Statement]:
    """The statements of a pile: each line is an article's name, its day and its one sentence."""
    out: list[Statement] = []
    for line in lines.strip().splitlines():
        name, day, sentence = line.split(" ", 2)
        out.extend(read(sentence, name=name, day=day))
    return out


def parts(claim: Claim) -> dict[str, str]:
    """Article letter → relation of its member."""
    return {m.statement.split("/")[0]: m.relation.value for m in claim.members}


def test_one_claim_with_its_rival_and_its_denial(read: Read, words: Words) -> None:
    pile = pile_of(read, PILE)
    claims = group(pile, words([s.text for s in pile]), Settings())
    assert [parts(c) for c in claims[:2]] == [
        {"a": "asserts", "b": "asserts", "c": "asserts", "d": "rival"},
        {"e": "asserts", "f": "denies"},
    ]
    # the rival number asserts something else: it has lines of its own to count
    assert sorted(str(parts(c)) for c in claims[2:]) == ["{'d': 'asserts'}", "{'g': 'asserts'}"]


def test_every_member_has_reasons(read: Read, words: Words) -> None:
    pile = pile_of(read, PILE)
    for claim in group(pile, words([s.text for s in pile]), Settings()):
        for member in claim.members:
            assert member.reasons
            assert 0.0 <= member.probability <= 1.0
    (denial,) = [m for c in group(pile, words([s.text for s in pile]), Settings()) for m in c.members if m.relation is Relation.DENIES]  # fmt: skip
    assert denial.reasons[0] == "one affirms what the other denies"


def test_order_does_not_matter(read: Read, words: Words) -> None:
    pile = pile_of(read, PILE)
    first = group(pile, words([s.text for s in pile]), Settings())
    for seed in range(5):
        mixed = pile[:]
        random.Random(seed).shuffle(mixed)
        assert group(mixed, words([s.text for s in mixed]), Settings()) == first


def test_each_statement_once(read: Read, words: Words) -> None:
    pile = pile_of(read, PILE + "h 2031-03-03 Who opened the gates of the Orvel dam on Monday?\n")
    claims = group(pile, words([s.text for s in pile]), Settings())
    placed = [m.statement for c in claims for m in c.members if m.relation is not Relation.RIVAL]
    assert sorted(placed) == sorted(s.id for s in pile if s.weight >= WEIGHT_FLOOR)
    assert not [s for s in placed if s.startswith("h/")]


def test_label_is_one_of_its_statements(read: Read, words: Words) -> None:
    pile = pile_of(read, PILE)
    text = {s.id: s.text for s in pile}
    for claim in group(pile, words([s.text for s in pile]), Settings()):
        assert claim.text in {text[m.statement] for m in claim.members if m.relation is Relation.ASSERTS}


def test_id_depends_on_the_asserting_members_alone(read: Read, words: Words) -> None:
    pile = pile_of(read, PILE)
    without = [s for s in pile if not s.article.startswith("f")]
    ids = {c.text: c.id for c in group(pile, words([s.text for s in pile]), Settings())}
    fewer = {c.text: c.id for c in group(without, words([s.text for s in without]), Settings())}
    bridge = next(t for t in ids if "Kessel" in t)
    assert ids[bridge] == fewer[bridge]


def test_no_chains(read: Read, words: Words) -> None:
    """ "Dozens" fits 40 and 180, but must not draw the two together."""
    pile = pile_of(
        read,
        """
a 2031-03-03 Forty people died when the Orvel dam broke on Monday.
b 2031-03-03 Dozens of people died when the Orvel dam broke on Monday.
c 2031-03-03 180 people died when the Orvel dam broke on Monday.
""",
    )
    for claim in group(pile, words([s.text for s in pile]), Settings()):
        asserting = {m.statement[0] for m in claim.members if m.relation is Relation.ASSERTS}
        assert not {"a", "c"} <= asserting


def test_a_sites_formula_is_no_claim(read: Read, words: Words) -> None:
    lines = "\n".join(
        f"{x} 2031-03-0{n} Talks in Tarn about peace in Orvel." for n, x in enumerate("abcde", start=1)
    )
    pile = [replace(s, actors=(), weight=1.0) for s in pile_of(read, lines)]
    assert len(pile) == 5
    assert group(pile, words([s.text for s in pile]), Settings()) == ()
    assert len(group(pile[:4], words([s.text for s in pile[:4]]), Settings())) >= 1


def test_empty_and_single() -> None:
    assert group([], np.zeros((0, 8), dtype=np.float32), Settings()) == ()


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (
            "The navy sank two trawlers off Cape Morn on Monday.",
            "Two trawlers were sunk by the navy off Cape Morn on Monday.",
            Verdict.SAME,
        ),
        (
            "The navy sank two trawlers off Cape Morn on Monday.",
            "The navy did not sink two trawlers off Cape Morn on Monday.",
            Verdict.CONTRADICTS,
        ),
        (
            "The flood killed 12 people in Tarn on Monday.",
            "The flood killed 90 people in Tarn on Monday.",
            Verdict.RIVAL_NUMBER,
        ),
        (
            "Norland expelled the envoy of Ostmark.",
            "Ostmark expelled the envoy of Norland.",
            Verdict.SAME_EVENT,
        ),
        (
            "Corvin Bank will open 40 branches in Norland.",
            "Corvin Bank will close 40 branches in Norland.",
            Verdict.SAME_EVENT,
        ),
    ],
)
def test_verdicts(read: Read, one: str, other: str, verdict: Verdict) -> None:
    (a,), (b,) = read(one, name="a", day="2031-03-03"), read(other, name="b", day="2031-03-03")
    found = compare(a, b, cosine=0.95, csls=0.12)
    assert found.relation is verdict
    assert compare(b, a, cosine=0.95, csls=0.12).probability == pytest.approx(found.probability)


def test_the_same_words_weeks_apart_are_another_event(read: Read) -> None:
    sentence = "Three civilians were killed and the attack damaged many houses."
    (near, *_), (far, *_) = (
        read(sentence, name="a", day="2031-03-03"),
        read(sentence, name="b", day="2031-05-20"),
    )
    (same, *_) = read(sentence, name="c", day="2031-03-03")
    assert compare(near, far, 1.0, 0.05).probability < 0.5 < compare(near, same, 1.0, 0.05).probability


def test_across_languages(read: Read) -> None:
    """Names by sound, numbers and dates carry over; only the Russian words stay apart."""
    pytest.importorskip("natasha")
    (a,) = read("At least 40 people died in Orvelsk on Monday.", name="a", day="2031-03-03")
    (b,) = read("В понедельник в Орвельске погибли не менее 40 человек.", name="b", day="2031-03-03", language="ru")  # fmt: skip
    (c,) = read("В понедельник в Карде погибли не менее 90 человек.", name="c", day="2031-03-03", language="ru")  # fmt: skip
    assert compare(a, b, 0.9, 0.08).probability > 0.5 > compare(a, c, 0.9, 0.08).probability


def test_every_clue_has_a_weight(read: Read) -> None:
    """A clue without a weight would be silent."""
    pile = pile_of(read, PILE)
    names = {e.name for a in pile for b in pile if a.id < b.id for e in compare(a, b, 0.9, 0.05).evidence}
    assert names <= set(WEIGHTS) | {name for name, _, _ in GATES}
    assert len(CLUES) > 8


def test_nearest_is_exact() -> None:
    rows = np.random.default_rng(3).normal(size=(700, 16)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    found, cosines = nearest(rows, 5)
    full = rows @ rows.T
    np.fill_diagonal(full, -2)
    assert np.sort(full, axis=1)[:, -5:][:, ::-1] == pytest.approx(cosines, abs=1e-6)
    assert (np.argmax(full, axis=1) == found[:, 0]).mean() > 0.99


def test_nearest_by_region_finds_nearly_all() -> None:
    random = np.random.default_rng(3)
    topics = random.normal(size=(60, 24))
    rows = (topics[random.integers(0, 60, 3000)] + random.normal(0, 0.4, (3000, 24))).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    exact, best = nearest(rows, 10)
    found, cosines = nearest_by_region(rows, rows, 10, itself=True)
    held = [len(set(f) & set(e)) / 10 for f, e in zip(found, exact, strict=True)]
    assert sum(held) / len(held) > 0.95
    assert not (found == np.arange(3000)[:, None]).any()
    assert (cosines <= best + 1e-5).all()


TWO_DAMS = """
a 2031-03-03 The Orvel dam burst on Monday. No warning was given before the gates were opened.
b 2031-03-03 Water flooded Orvel. No warning was given before the gates were opened.
c 2031-03-03 The Kessel dam burst on Monday. No warning was given before the gates were opened.
"""


def test_articles_without_a_common_name_tell_of_two_events(read: Read, words: Words) -> None:
    pile = [
        s
        for name, day, text in (line.split(" ", 2) for line in TWO_DAMS.strip().splitlines())
        for s in read(text, name=name, day=day)
    ]
    claims = group(pile, words([s.text for s in pile]), Settings())
    warned = [{m.statement[0] for m in c.members} for c in claims if c.text.startswith("No warning")]
    assert sorted(map(sorted, warned)) == [["a", "b"], ["c"]]


def test_csls_takes_off_crowding() -> None:
    assert csls(0.9, 0.8, 0.8) == pytest.approx(0.2)
    assert local_scale(np.array([[0.9, 0.7]], dtype=np.float32))[0] == pytest.approx(0.8)
