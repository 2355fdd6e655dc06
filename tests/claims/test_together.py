"""Two statements read together: order plays no part, the answer is a distribution, and a person would agree with it."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from twosource.claims import Seen, reader, together
from twosource.claims.compare import Comparison, Two, Verdict, compare_profiles
from twosource.claims.profile import EMPTY, profile
from twosource.claims.together import Asked, Read
from twosource.language.embed import Hidden, embedder
from twosource.language.tensors import Array
from twosource.model import Attribution, Statement

WIDTH, STATES = 8, 6


def toy(seed: int = 0) -> together.Networks:
    """One network of random numbers."""
    random = np.random.default_rng(seed)

    def some(*shape: int) -> NDArray[np.float32]:
        return random.normal(0, 0.5, shape).astype(np.float32)

    arrays: dict[str, Array] = {"share": np.ones((), np.float32)}
    shapes = {
        "p12": (WIDTH, STATES),
        "p6": (WIDTH, STATES),
        "w": (1, WIDTH),
        "h": (5, 9 * WIDTH + 4),
        "o": (4, 5),
    }
    for name, shape in shapes.items():
        arrays |= {f"{name}.weight": some(*shape), f"{name}.bias": some(shape[0])}
    arrays |= {"n.weight": some(WIDTH), "n.bias": some(WIDTH)}
    inner = {
        "q": (WIDTH, WIDTH),
        "cmp": (WIDTH, 4 * WIDTH + 2),
        "qkv": (3 * WIDTH, WIDTH),
        "o": (WIDTH, WIDTH),
    }
    inner |= {"f1": (2 * WIDTH, WIDTH), "f2": (WIDTH, 2 * WIDTH)}
    for number in range(2):
        at = f"rounds.{number}."
        arrays[f"{at}t"] = some()
        for name, shape in inner.items():
            arrays[f"{at}{name}.weight"] = some(*shape)
            if name != "q":
                arrays[f"{at}{name}.bias"] = some(shape[0])
        for name in ("n1", "n2", "n3"):
            arrays |= {f"{at}{name}.weight": some(WIDTH), f"{at}{name}.bias": some(WIDTH)}
    return together.Networks("toy", "0" * 64, {f"0.{name}": array for name, array in arrays.items()})


def words(seed: int, count: int) -> Hidden:
    random = np.random.default_rng(seed)
    states = random.normal(0, 1, (2, count, STATES)).astype(np.float32)
    return Hidden(random.integers(0, 9, count), states[0], states[1])


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 99), st.integers(1, 12), st.integers(1, 12), st.floats(-1, 1), st.booleans())
def test_order_plays_no_part_and_the_answer_is_a_distribution(
    seed: int, first: int, second: int, cosine: float, crossed: bool
) -> None:
    network = toy(seed)
    a, b = network.see(words(seed, first)), network.see(words(seed + 1, second))
    one, other = network.read([Asked(a, b, cosine, crossed), Asked(b, a, cosine, crossed)])
    np.testing.assert_allclose(one, other, atol=2e-3)
    assert all(-12 <= x <= 0 for x in one)
    assert math.fsum(math.exp(x) for x in one) <= 1.001


def test_a_pair_is_read_the_same_alone_and_among_pairs_of_other_lengths() -> None:
    network = toy(3)
    seen = [network.see(words(k, 1 + 7 * k % 23)) for k in range(14)]
    pairs = [Asked(a, b, 0.9, False) for a, b in zip(seen, seen[3:], strict=False)] * 5
    together = network.read(pairs)
    alone = [network.read([pair])[0] for pair in pairs]
    np.testing.assert_allclose(together, alone, atol=2e-4)
    assert len(set(together)) > 5


def test_a_long_text_is_cut_and_an_empty_one_is_nothing() -> None:
    network = toy()
    long, empty = network.see(words(1, 500)), Seen(np.zeros(0, np.int32), np.zeros((0, WIDTH), np.int8))
    assert long.states.shape == (together.LONGEST, WIDTH)
    assert network.read([Asked(long, empty, 0.5, False)]) == [(-12, -12, -12)]


def test_what_is_kept_is_eight_bits_a_number() -> None:
    seen = toy().see(words(3, 5))
    assert seen.states.dtype == np.int8
    assert seen.pieces.shape == (5,)


PAIRS = [
    ("same", "Fire destroyed the grain store in Velm on Friday night.", "The grain store in Velm burnt down on Friday night."),
    ("same", "The mayor of Tarn has stepped down.", "Resignation of Tarn's mayor confirmed by the council"),
    ("same", "The mayor of Tarn has stepped down.", "Мэр Тарна ушёл в отставку."),
    ("denies", "The mayor of Tarn has stepped down.", "The mayor of Tarn has not resigned, his office says."),
    ("denies", "Police arrested two men at the port.", "Nobody was arrested at the port, the police insist."),
    ("neither", "The mayor of Tarn has stepped down.", "The mayor of Tarn has opened a new bridge."),
    ("neither", "Fire destroyed the grain store in Velm on Friday night.", "Velm plans to build a new grain store."),
]  # fmt: skip


@pytest.mark.skipif(reader() is None, reason="the sentence model is not installed")
@pytest.mark.parametrize("kind", ["same", "denies"])
def test_what_two_sentences_are_to_each_other_is_likelier_there_than_anywhere_else(kind: str) -> None:
    network = reader()
    assert network is not None
    chances: dict[bool, list[float]] = {True: [], False: []}
    for expected, a, b in PAIRS:
        vectors, (x, y) = embedder().look([a, b], network.see)
        (read,) = network.read([Asked(x, y, float(vectors[0] @ vectors[1]), "мэр" in b.lower())])
        chances[expected == kind].append(read._asdict()[kind])
    assert min(chances[True]) > max(chances[False])


@pytest.mark.skipif(reader() is None, reason="the sentence model is not installed")
def test_what_is_kept_of_a_text_does_not_depend_on_the_texts_beside_it() -> None:
    network = reader()
    assert network is not None
    text = "The mayor of Tarn has stepped down."
    _, (alone,) = embedder().look([text], network.see)
    _, (beside, _) = embedder().look(
        [text, "Fire destroyed the grain store in Velm on Friday night."], network.see
    )
    assert alone.states.any()
    np.testing.assert_allclose(alone.states, beside.states, atol=1)


def beside(one: Statement, other: Statement, same: float, denies: float, rival: float = 0.01) -> Comparison:
    """The comparison of two statements that sound alike and were read so."""
    read_ = Read(math.log(same), math.log(denies), math.log(rival))
    return compare_profiles(
        Two(profile(one, EMPTY), profile(other, EMPTY), 0.93, 0.1, EMPTY, lead=0.1, read=read_)
    )


Reading = Callable[..., tuple[Statement, ...]]


def test_a_negation_that_says_the_same_in_other_words_is_no_denial(read: Reading) -> None:
    (a,), (b,) = (
        read("The tools at Tarn were not sterilised."),
        read("The tools at Tarn lacked sterilisation.", name="b"),
    )
    assert beside(a, b, same=0.9, denies=0.02).relation is not Verdict.CONTRADICTS
    assert beside(a, b, same=0.8, denies=0.15).relation is Verdict.CONTRADICTS


def test_a_denial_that_stands_outside_the_words_is_one_however_alike_they_read(
    read: Reading, said: Callable[..., Attribution]
) -> None:
    text = "Brask denied that the council closed the bridge."
    (denied,) = read(
        text, said(text, "the council closed the bridge", source="Brask", cue="denied", stance="denies")
    )
    (told,) = read("The council closed the bridge.", name="b")
    assert beside(denied, told, same=0.97, denies=0.01).relation is Verdict.CONTRADICTS


def test_contraries_without_a_negation_are_parted_by_what_is_read(read: Reading) -> None:
    (a,), (b,) = (
        read("The letter from Tarn is genuine."),
        read("The letter from Tarn is a forgery.", name="b"),
    )
    assert beside(a, b, same=0.1, denies=0.8).relation is Verdict.CONTRADICTS


def test_a_denial_needs_less_than_one_claim_in_one_language_only(read: Reading) -> None:
    (told,) = read("The council of Tarn closed the bridge.")
    (denied,) = read("Nobody has closed any bridge in Tarn.", name="b")
    (abroad,) = read("В Тарне не закрывали мостов.", name="c", language="ru")
    found = {}
    for other in (denied, abroad):
        for k in range(1, 99):
            made = beside(told, other, same=0.001, denies=k / 100)
            if 0.41 < made.frame < 0.49:
                found[other.language] = made.relation
                break
    assert found == {"en": Verdict.CONTRADICTS, "ru": Verdict.SAME_EVENT}
