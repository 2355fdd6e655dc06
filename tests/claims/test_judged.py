"""What a person decided about statements holds, whatever the words look like."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from twosource.claims import Constraints, Naming, Ruling, group
from twosource.language.parsers import parser_for
from twosource.model import Article, Claim, Precision, Published, Relation, Statement
from twosource.settings import Settings

Read = Callable[..., tuple[Statement, ...]]
Words = Callable[[Sequence[str]], NDArray[np.float32]]

PILE = """
a 2031-03-03 At least 40 people died when the Orvel dam broke on Monday.
b 2031-03-03 At least 40 people died on Monday when the dam at Orvel broke.
c 2031-03-03 At least 40 people died when the Orvel dam broke on Monday.
d 2031-03-04 At least 180 people died when the Orvel dam broke on Monday.
e 2031-03-03 Mayor Lena Brask closed the Kessel bridge to trucks.
f 2031-03-03 Mayor Lena Brask did not close the Kessel bridge to trucks.
g 2031-03-03 The council of Hemsa sold three ferries to the Velden company.
h 2031-03-03 Who opened the gates of the Orvel dam on Monday?
"""


@pytest.fixture
def pile(read: Read) -> list[Statement]:
    out: list[Statement] = []
    for line in PILE.strip().splitlines():
        name, day, sentence = line.split(" ", 2)
        out.extend(read(sentence, name=name, day=day))
    assert [s.article for s in out] == list("abcdefgh")
    return out


def same(a: str, b: str, **other: object) -> Ruling:
    return Ruling((str(other.get("order", "")),), f"{a}/s1", f"{b}/s1", True, why=str(other.get("why", "")))


def different(a: str, b: str, *, firm: bool = True, why: str = "") -> Ruling:
    return Ruling(("",), f"{a}/s1", f"{b}/s1", False, firm, why)


def shapes(claims: Sequence[Claim]) -> list[str]:
    """Each claim as the letters of its articles: asserting, then `-` and those that deny, `~` and rivals."""
    signs = {Relation.ASSERTS: "", Relation.DENIES: "-", Relation.RIVAL: "~"}
    return sorted("".join(sorted((signs[m.relation] + m.statement[0] for m in c.members), key=lambda x: (len(x), x))) for c in claims)  # fmt: skip


def grouped(pile: Sequence[Statement], words: Words, *rulings: Ruling, names: Sequence[Naming] = ()) -> tuple[Claim, ...]:  # fmt: skip
    return group(pile, words([s.text for s in pile]), Settings(), judged=Constraints.of(rulings, names))


def test_without_a_decision(pile: list[Statement], words: Words) -> None:
    assert shapes(grouped(pile, words)) == ["abc~d", "d", "e-f", "g"]


def test_two_claims_that_are_one(pile: list[Statement], words: Words) -> None:
    """Of each claim one statement was named; the others come along."""
    assert shapes(grouped(pile, words, same("b", "g"))) == ["abcg~d", "d", "e-f"]


def test_one_that_is_not_what_the_others_say(pile: list[Statement], words: Words) -> None:
    assert shapes(grouped(pile, words, different("a", "b"), different("c", "b", firm=False))) == [
        "ac~d",
        "b",
        "d~b",
        "e-f",
        "g",
    ]


def test_copies_to_the_letter_may_be_parted_too(pile: list[Statement], words: Words) -> None:
    claims = grouped(pile, words, different("a", "c"))
    (with_a,) = [s for s in shapes(claims) if "a" in s]
    assert "c" not in with_a


def test_a_wrong_denial_and_a_wrong_rival_leave_the_claim(pile: list[Statement], words: Words) -> None:
    assert shapes(grouped(pile, words, different("e", "f"), different("d", "a"), different("d", "b"), different("d", "c"))) == ["abc", "d", "e", "f", "g"]  # fmt: skip


def test_no_way_round(pile: list[Statement], words: Words) -> None:
    """b is tied to g, and a is not g: so a and b part, though they are much alike."""
    claims = grouped(pile, words, same("b", "g"), different("a", "g"))
    assert {"bg", "a"} <= {s.replace("c", "").replace("~d", "") for s in shapes(claims)}


def test_what_weighs_nothing_counts_when_a_person_says_so(pile: list[Statement], words: Words) -> None:
    assert shapes(grouped(pile, words, same("h", "g"))) == ["abc~d", "d", "e-f", "gh"]


def test_a_member_shows_who_decided(pile: list[Statement], words: Words) -> None:
    claims = grouped(pile, words, same("b", "g", why="decided by I. H. on 2031-03-14"))
    (tied,) = [m for c in claims for m in c.members if m.statement == "g/s1"]
    assert tied.reasons[0] == (
        "decided by I. H. on 2031-03-14: says the same as “At least 40 people died on Monday when the dam at Orvel broke”"
    )
    assert tied.probability == 1.0


def test_a_claim_goes_by_the_name_it_was_given(pile: list[Statement], words: Words) -> None:
    older = Naming(("2031-03-14",), frozenset({"a/s1", "b/s1", "g/s1"}), "forty dead at Orvel")
    newer = Naming(("2031-03-15",), frozenset({"a/s1"}), "The toll of the Orvel dam")
    assert grouped(pile, words, names=[newer, older])[0].text == "The toll of the Orvel dam"
    assert grouped(pile, words, names=[older])[0].text == "forty dead at Orvel"


def test_apart_wins_over_together_and_is_named() -> None:
    first, second, no = same("a", "b", order="1"), same("b", "c", order="2"), different("a", "c")
    found = Constraints.of([second, no, first])
    assert found.overruled == ((second, no),)
    assert found.rulings == (no, first)
    assert not found.are_apart("a/s1", "b/s1")
    assert found.are_apart("b/s1", "c/s1")


def test_what_was_said_wins_over_what_follows() -> None:
    found = Constraints.of([same("a", "b"), different("a", "b", firm=False)])
    assert found.overruled == ()
    assert not found.are_apart("a/s1", "b/s1")


# ------------------------------------------------------------------- whatever they say


@cache
def statements() -> tuple[Statement, ...]:
    from twosource.claims import statements as found

    out: list[Statement] = []
    for line in PILE.strip().splitlines()[:7]:
        name, _, sentence = line.split(" ", 2)
        article = Article(
            name,
            f"{name}.txt",
            sentence,
            "0",
            language="en",
            published=Published(None, Precision.UNKNOWN, ""),
        )
        out.extend(found(article, parser_for("en").parse(article), ()))
    return tuple(out)


letters = st.sampled_from("abcdefg")
rulings = st.builds(
    lambda order, a, b, same, firm: Ruling((str(order),), f"{a}/s1", f"{b}/s1", same, firm or same),
    st.integers(0, 3), letters, letters, st.booleans(), st.booleans(),
)  # fmt: skip


@given(st.lists(rulings, max_size=8), st.randoms(use_true_random=False))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=100)
def test_whatever_is_decided(said: list[Ruling], chance: random.Random) -> None:
    """Every statement in one claim, the tied together, the parted apart, and the order is nothing."""
    pile = list(statements())
    rows = {s.id: np.eye(16, dtype=np.float32)[n] * 0.6 + 0.2 for n, s in enumerate(pile)}
    rows = {name: row / np.linalg.norm(row) for name, row in rows.items()}

    def run(order: Sequence[Statement], what: Sequence[Ruling]) -> tuple[Claim, ...]:
        return group(
            order,
            np.stack([rows[s.id] for s in order]).astype(np.float32),
            Settings(),
            judged=Constraints.of(what),
        )

    claims = run(pile, said)
    held = Constraints.of(said)
    home = {m.statement: c.id for c in claims for m in c.members if m.relation is not Relation.RIVAL}
    placed = [m.statement for c in claims for m in c.members if m.relation is not Relation.RIVAL]
    assert sorted(placed) == sorted(s.id for s in pile)
    overruled = {r for r, _ in held.overruled}
    for r in said:
        if r.same and r not in overruled:
            assert home[r.a] == home[r.b]
            assert (
                len(
                    {
                        m.relation
                        for c in claims
                        for m in c.members
                        if m.statement in (r.a, r.b) and c.id == home[r.a]
                    }
                )
                == 1
            )
        if not r.same and r.firm and r.a != r.b:
            for claim in claims:
                assert not {r.a, r.b} <= {m.statement for m in claim.members}
                members, near = {m.statement for m in claim.members}, {n.statement for n in claim.nearly}
                assert not (r.a in members and r.b in near)
                assert not (r.b in members and r.a in near)
    for late, kept in held.overruled:
        assert late.same
        assert not kept.same
    mixed, shuffled = pile[:], said[:]
    chance.shuffle(mixed)
    chance.shuffle(shuffled)
    assert run(mixed, shuffled) == claims
