"""Tokens: |what stands between bars| is one token; [[what stands in double brackets]] is inside a quotation."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.reuse.shingles import NONE, WIDTH, shingles
from twosource.reuse.tokens import folded, tokenize


def words_of(text: str) -> list[str]:
    tokens = tokenize([text])
    return [text[s:e] for s, e in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]


@pytest.mark.parametrize(
    "marked",
    [
        "|Fire| |broke| |out|, |at| |4|.|30| |a|.|m|.",
        "|don't| |o’clock| '|quoted|' |rock|-'|n|'-|roll|",
        "|Москва| — |ёлка|!",
        "|火||灾||在||港||口|。|OK|",
        "|ไ||ฟ||ไ||ห||ม้|",
        "|한국어| |문장|",
        "|soft\u00adhyphen| |zero\u200bwidth|",
        "|café||火||café|",
        "",
        " \n\t ",
    ],
)
def test_where_tokens_begin_and_end(marked: str) -> None:
    text = marked.replace("|", "")
    expected = [m[1] for m in re.finditer(r"\|([^|]+)\|", marked)]
    assert words_of(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zürich", "ZURICH"),
        ("e\u0301te\u0301", "été"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("ISTANBUL", "ıstanbul"),
        ("ﬁsh", "fish"),
        ("Ёлка", "елка"),
        ("don't", "don’t"),
        ("ＡＢＣ", "abc"),
    ],
)
def test_words_that_count_as_equal(one: str, other: str) -> None:
    assert tokenize([one]).hashes.tolist() == tokenize([other]).hashes.tolist()


@pytest.mark.parametrize(("one", "other"), [("form", "from"), ("a b", "ab"), ("4", "14"), ("火灾", "灾火")])
def test_words_that_do_not(one: str, other: str) -> None:
    assert tokenize([one]).hashes.tolist() != tokenize([other]).hashes.tolist()


@pytest.mark.parametrize(
    "marked",
    [
        'She said: "[[We lost the boat]]" and left.',
        "She said: “[[We lost the boat and the crew’s pay]]” and left.",
        "Sie rief: „[[Das Boot ist verloren]]“ und ging, „[[für immer]]”.",
        "Она сказала: «[[Мы потеряли лодку]]» и ушла.",
        "He told '[[The Gull]]': '[[Don't wait for us]]', and left the workers' hall.",
        "The '90s were good to the harbour and its masters' sons.",
        'A stray 12" [[pipe burst]].\nNobody was quoted here.',
        "“[[The first paragraph of a long statement]]\n“[[and the second,]]” she said.",
    ],
)
def test_what_stands_inside_quotation_marks(marked: str) -> None:
    text = marked.replace("[[", "").replace("]]", "")
    expected = words_of(" ".join(re.findall(r"\[\[(.*?)\]\]", marked)))
    assert [
        w for w, quoted in zip(words_of(text), tokenize([text]).quoted.tolist(), strict=True) if quoted
    ] == expected


def test_a_mark_that_nothing_closes_is_forgotten() -> None:
    text = '"' + "word " * 400 + "end"
    assert not tokenize([text]).quoted.any()


@given(st.lists(st.text(), max_size=5))
def test_tokens_of_any_text_lie_in_it_in_order(texts: list[str]) -> None:
    tokens = tokenize(texts)
    assert tokens.articles == len(texts)
    for i, text in enumerate(texts):
        own = slice(int(tokens.offsets[i]), int(tokens.offsets[i + 1]))
        starts, ends = tokens.starts[own], tokens.ends[own]
        assert (starts < ends).all()
        assert (ends[:-1] <= starts[1:]).all()
        assert (ends <= len(text)).all()
        assert (tokens.hashes[own] == tokenize([text]).hashes).all()


@given(st.characters(exclude_categories=["Cs"]))
def test_folding_twice_changes_nothing(character: str) -> None:
    once = folded(character)
    assert "".join(map(folded, once)) == once


def test_shingles_are_five_words_and_stop_at_the_article() -> None:
    tokens = tokenize(["one two three four five six", "one two three four five", "one two three four"])
    values = shingles(tokens)
    assert np.flatnonzero(values != NONE).tolist() == [0, 1, 6]
    assert values[0] == values[6] != values[1]
    assert WIDTH == 5
