"""The steps one by one, on texts of single letters: a letter is a word, a run of letters a passage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from twosource.reuse import grouping
from twosource.reuse import postings as postings_module
from twosource.reuse.align import Passages, enough, joined, passages, rarities
from twosource.reuse.chains import Chains, chains, common_subsequence
from twosource.reuse.extension import BAND, DROP, extended, short, work_area
from twosource.reuse.grouping import OCCURRENCES
from twosource.reuse.postings import COMMON, COMMON_SENTENCE, Postings, postings
from twosource.reuse.seeds import ALL, Enough, Seeds, Texts, seeds
from twosource.reuse.shingles import NONE, WIDTH, shingles
from twosource.reuse.tokens import Tokens, tokenize


def pile(*texts: str) -> tuple[Tokens, Postings]:
    """Every character of `texts` is a word."""
    tokens = tokenize([" ".join(text) for text in texts])
    return tokens, postings(tokens)


ALL_PAIRS = Enough(1e-9, 1)


def texts_of(tokens: Tokens, index: Postings) -> Texts:
    """Every shared shingle weighs 10 nats."""
    n = tokens.articles
    return Texts.of(tokens.hashes, tokens.offsets, index.carriers, np.full(n + 1, 10.0), np.ones(n, np.bool_))


def all_seeds(tokens: Tokens, index: Postings) -> Seeds:
    (only,) = seeds(index, texts_of(tokens, index), ALL_PAIRS)
    return only


def all_passages(*texts: str, min_words: int = 5) -> list[tuple[str, str]]:
    tokens, index = pile(*texts)
    parts = []
    of_pile = texts_of(tokens, index)
    for found in seeds(index, of_pile, ALL_PAIRS):
        linked: Chains = chains(found, tokens.hashes)
        parts.append(passages(found, linked, of_pile, min_words))
    p: Passages = joined(parts)
    everything = "".join(texts)
    return [
        (everything[a0:a1], everything[b0:b1])
        for a0, a1, b0, b1 in zip(
            *(x.tolist() for x in (p.a_start, p.a_end, p.b_start, p.b_end)), strict=True
        )
    ]


def test_postings_hold_only_what_two_articles_share() -> None:
    tokens, index = pile("abcdefgh", "xyabcdez", "qrstuvwq")
    assert index.articles.tolist() == [2]
    # "abcde" opens the first text and stands third in the second
    assert index.layers[0].places.tolist() == [0, 10]
    assert np.flatnonzero(index.carriers).tolist() == [0, 10]
    assert tokens.articles == 3


def test_a_shingle_that_one_article_repeats_is_not_shared() -> None:
    _, index = pile("abcde" * 3, "vwxyz" * 3)
    assert len(index.articles) == 0


def test_places_of_one_article_are_followed_a_few_times_only() -> None:
    _, index = pile("a" * 500, "a" * 500)
    assert len(index.layers[0].places) == 2 * OCCURRENCES


@given(st.lists(st.text("abc", max_size=40), max_size=6))
def test_postings_agree_with_a_dictionary(texts: list[str]) -> None:
    tokens, index = pile(*texts)
    by_shingle: dict[str, set[int]] = {}
    for i, text in enumerate(texts):
        for k in range(len(text) - WIDTH + 1):
            by_shingle.setdefault(text[k : k + WIDTH], set()).add(i)
    expected = sorted(len(holders) for holders in by_shingle.values() if len(holders) > 1)
    assert sorted(index.articles.tolist()) == expected
    assert (shingles(tokens) != NONE).sum() == sum(max(0, len(t) - WIDTH + 1) for t in texts)


def test_postings_are_the_same_however_the_values_are_dealt_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    texts = ["".join(rng.choice(list("abcd"), 60)) for _ in range(40)]
    _, at_once = pile(*texts)
    monkeypatch.setattr(grouping, "_PART", 100)
    monkeypatch.setattr(postings_module, "_ROUND", 500)  # five rounds
    monkeypatch.setattr(postings_module, "_STRETCH", 150)
    _, in_parts = pile(*texts)
    assert len(at_once.layers) == len(in_parts.layers)
    assert (at_once.carriers == in_parts.carriers).all()
    for one, other in zip(at_once.layers, in_parts.layers, strict=True):
        assert all((getattr(one, f.name) == getattr(other, f.name)).all() for f in fields(one))


def test_a_run_is_one_seed_however_long() -> None:
    found = all_seeds(*pile("abcdefghijklmnop", "zzabcdefghijklmnop"))
    assert (found.a.tolist(), found.b.tolist(), found.words.tolist()) == ([0], [18], [16])
    assert found.pairs.tolist() == [0, 1]


def test_seeds_of_one_pair_stand_in_the_order_of_the_later_text() -> None:
    found = all_seeds(*pile("abcdefgXYZnopqrst", "nopqrstUVWabcdefg"))
    assert found.a.tolist() == [10, 0]
    assert found.b.tolist() == [17, 27]


def test_a_common_shingle_links_each_article_to_the_earliest_only() -> None:
    texts = ["abcdef"] * (COMMON + 8)
    found = all_seeds(*pile(*texts))
    assert len(found.a) == COMMON + 7
    assert set(found.a.tolist()) == {0}


def test_a_sentence_made_of_common_turns_links_the_two_that_have_it() -> None:
    turns = ["abcdefg", "defghij", "ghijklm"]
    common = [turn + end for turn in turns for end in "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890"]
    tokens, index = pile(*common, "abcdefghijklm", "abcdefghijklm")
    assert index.articles.min() > COMMON  # every five words of it
    last, second = int(tokens.offsets[-2]), int(tokens.offsets[-3])
    found = all_seeds(tokens, index)
    assert (second, last, 13) in zip(found.a.tolist(), found.b.tolist(), found.words.tolist(), strict=True)


def test_a_wire_in_many_articles_costs_one_link_each() -> None:
    copies = COMMON_SENTENCE + 10
    found = all_seeds(*pile(*["abcdefghijklmnopqrstuvwxyz"] * copies))
    assert (len(found.a), set(found.a.tolist())) == (copies - 1, {0})


def test_a_rarer_one_links_every_two() -> None:
    found = all_seeds(*pile(*["abcdef"] * 6))
    assert len(found.a) == 15


def test_a_formula_links_each_article_to_the_earliest_and_a_story_every_two() -> None:
    def alone(n: int) -> str:  # thirty words that no other text has
        return "".join(chr(0x4E00 + 40 * n + k) for k in range(30))

    formula = all_seeds(*pile(*[alone(n) + "abcdefghijklmn" for n in range(20)]))
    assert (len(formula.a), len(set(formula.a.tolist()))) == (19, 1)
    words = "".join(chr(0x430 + k) for k in range(30)) + "abcdefghijklmnopqrstuvwxyz0123456789"
    story = all_seeds(*pile(*[alone(n) + words for n in range(20)]))
    assert len(story.a) == 190


def test_an_edit_does_not_end_a_passage_and_ends_are_aligned_beyond_the_seeds() -> None:
    assert all_passages("12abcdefgXhijkl4mn", "uvabcdefgYhijkl5mn") == [
        ("abcdefgXhijkl4mn", "abcdefgYhijkl5mn")
    ]


def test_what_was_moved_is_two_passages() -> None:
    assert sorted(all_passages("abcdefghi" + "mnopqrstu", "mnopqrstu" + "abcdefghi")) == [
        ("abcdefghi", "abcdefghi"),
        ("mnopqrstu", "mnopqrstu"),
    ]


def test_foreign_text_between_ends_a_passage() -> None:
    spans = all_passages("abcdefghi" + "1234567890" + "mnopqrstu", "abcdefghi" + "zyxwvzyxwv" + "mnopqrstu")
    assert sorted(spans) == [("abcdefghi", "abcdefghi"), ("mnopqrstu", "mnopqrstu")]


def every_cell(one: str, other: str) -> tuple[int, int, int]:
    """`extended`, by all cells of its band, one at a time: (total, equal words) after i words of one, j of the other."""
    best = (0, 0, 0, 0)
    before = {j: (-j, 0) for j in range(min(BAND, len(other)) + 1)}
    for i, word in enumerate(one, start=1):
        row: dict[int, tuple[int, int]] = {}
        for j in range(max(0, i - BAND), min(len(other), i + BAND) + 1):
            ways = []
            if j - 1 in before:
                equal = word == other[j - 1]
                ways.append((before[j - 1][0] + (1 if equal else -1), before[j - 1][1] + equal))
            if j in before:
                ways.append((before[j][0] - 1, before[j][1]))
            if j - 1 in row:
                ways.append((row[j - 1][0] - 1, row[j - 1][1]))
            row[j] = max(
                ways, key=lambda way: way[0]
            )  # of equals the first: a changed word before one left out
            if row[j][0] > best[0]:
                best = (row[j][0], i, j, row[j][1])
        if not row or max(value for value, _ in row.values()) < best[0] - DROP:
            break
        before = row
    return best[1:]


@settings(deadline=None)  # the first call compiles
@given(st.text("abc", max_size=40), st.text("abc", max_size=40), st.text("abcdefghijklmnop", max_size=30))
def test_an_extension_is_what_all_cells_together_give(one: str, other: str, rest: str) -> None:
    one, other = one + rest, other + rest[3:]
    both = tokenize([" ".join(one + other)]).hashes
    n = len(one)
    assert extended(both, short(both), 0, n, n, n + len(other), 1, work_area()) == every_cell(one, other)
    turned = tokenize([" ".join(one[::-1] + other[::-1])]).hashes
    assert extended(
        turned, short(turned), n - 1, -1, n + len(other) - 1, n - 1, -1, work_area()
    ) == every_cell(one, other)


@settings(deadline=None)
@given(st.lists(st.text("abcde", max_size=60), min_size=2, max_size=8))
def test_pairs_that_are_never_looked_at_come_to_nothing(texts: list[str]) -> None:
    tokens, index = pile(*texts)
    n = len(texts)
    pile_of = Texts.of(tokens.hashes, tokens.offsets, index.carriers, rarities(n), np.ones(n, np.bool_))

    def all_of(found: Iterator[Seeds]) -> list[list[float]]:
        p = joined([passages(x, chains(x, tokens.hashes), pile_of, 8) for x in found]).by_place()
        return [getattr(p, f.name).tolist() for f in fields(p)]

    assert all_of(seeds(index, pile_of, enough(8))) == all_of(seeds(index, pile_of, ALL))


@given(st.text("abcd", max_size=30), st.text("abcd", max_size=30))
def test_the_subsequence_between_seeds_is_the_longest(one: str, other: str) -> None:
    tokens = tokenize([" ".join(one), " ".join(other)])
    split = len(one)
    length = common_subsequence(tokens.hashes, 0, split, split, split + len(other))
    assert length == (len(one) + len(other) - Indel.distance(one, other)) // 2
