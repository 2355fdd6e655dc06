"""A pile under comparison: how many pairs are read together, and which."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from twosource.claims import Seen
from twosource.claims.pile import MOST_READ, Pile, likeliest
from twosource.claims.together import Asked, Read, Words
from twosource.language.embed import Hidden
from twosource.model import Statement


def test_a_pair_is_read_when_it_is_among_the_likeliest_of_either_side() -> None:
    chances = {(0, 1): 0.9, (0, 2): 0.8, (0, 3): 0.7, (1, 2): 0.6, (1, 3): 0.95}
    assert likeliest(chances, 1) == {(0, 1), (0, 2), (1, 3)}  # 0 → 1, 1 → 3, 2 → 0, 3 → 1
    assert likeliest(chances, 3) == set(chances)


class Counting:
    """Reads any two texts as one proposition, and counts how often it is asked."""

    name, sha256 = "counting", "0" * 64

    def __init__(self) -> None:
        self.asked = 0

    def see(self, hidden: Hidden) -> Seen:
        """Nothing is kept."""
        return Seen(np.zeros(0, np.int32), np.zeros((0, 1), np.int8))

    def read(self, asked: Sequence[Asked]) -> list[Read]:
        """The same, whatever it is."""
        self.asked += len(asked)
        return [Read(-0.02, -5.0, -5.0)] * len(asked)


def test_a_crowd_that_says_nearly_one_thing_is_not_read_pair_by_pair(
    read: Callable[..., list[Statement]], words: Callable[[Sequence[str]], NDArray[np.float32]]
) -> None:
    made = [
        statement
        for k in range(60)
        for statement in read(f"The fire in Sollavik killed twelve sailors {'x' * k}.", name=f"a{k}")
    ]
    reader = Counting()
    seen = Words(reader, [Seen(np.zeros(0, np.int32), np.zeros((0, 1), np.int8))] * len(made))
    pile = Pile(made, words([s.text for s in made]), (), 0.55, words=seen)
    assert len(pile.candidates) > MOST_READ * len(made)
    assert 0 < reader.asked <= MOST_READ * len(made)
    unread = reader.asked
    for a, b in pile.candidates:
        assert pile.outcome(a, b).probability == pile.full(a, b).probability
    assert reader.asked == unread
