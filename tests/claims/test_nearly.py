"""Statements left apart, but not by much, are named in both claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from twosource.claims import group
from twosource.claims.nearly import LEAST
from twosource.model import Relation, Statement
from twosource.settings import Settings

Read = Callable[..., tuple[Statement, ...]]
Words = Callable[[Sequence[str]], NDArray[np.float32]]

STRICT = Settings(same=0.9999)  # so that paraphrases are left apart

PILE = (
    ("a", "At least 40 people died when the Orvel dam broke on Monday."),
    ("b", "At least 40 people died on Monday when the dam at Orvel broke."),
    ("c", "The dam above Orvel broke on Monday, and at least 40 people died when it did."),
    ("g", "The council of Hemsa sold three ferries to the Velden company."),
)


def pile_of(read: Read, lines: Sequence[tuple[str, str]]) -> list[Statement]:
    return [s for name, text in lines for s in read(text, name=name, day="2031-03-03")]


def test_what_is_left_apart_is_named_on_both_sides(read: Read, words: Words) -> None:
    pile = pile_of(read, PILE[:2] + PILE[3:])
    near = {
        c.members[0].statement[0]: [n.statement[0] for n in c.nearly]
        for c in group(pile, words([s.text for s in pile]), STRICT)
    }
    assert near == {"a": ["b"], "b": ["a"], "g": []}


def test_what_is_in_the_claim_is_not_named_again(read: Read, words: Words) -> None:
    pile = pile_of(read, PILE)
    for claim in group(pile, words([s.text for s in pile]), Settings()):
        inside = {m.statement[0] for m in claim.members}
        assert not inside & {n.statement[0] for n in claim.nearly}


def test_probabilities_reasons_and_order(read: Read, words: Words) -> None:
    pile = pile_of(read, PILE)
    claims = group(pile, words([s.text for s in pile]), STRICT)
    named = [n for c in claims for n in c.nearly]
    assert named
    assert all(LEAST <= n.probability < STRICT.same and n.reasons for n in named)
    for claim in claims:
        stated = [n.probability for n in claim.nearly]
        assert stated == sorted(stated, reverse=True)
        articles = [n.statement.split("/")[0] for n in claim.nearly]
        assert len(articles) == len(set(articles))


def test_another_count_of_the_same_thing_is_not_named(read: Read, words: Words) -> None:
    pile = pile_of(read, (PILE[0], ("d", "At least 180 people died when the Orvel dam broke on Monday.")))
    for claim in group(pile, words([s.text for s in pile]), STRICT):
        assert not [n for n in claim.nearly if n.relation is Relation.ASSERTS]
