"""What befell those who are counted, read from the sentence: each line is a text and its counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from twosource.claims import group
from twosource.claims.facing import facing
from twosource.model import (
    Direction,
    MatchKind,
    Passage,
    PassageMatch,
    Relation,
    Span,
    Statement,
)
from twosource.settings import Settings

Read = Callable[..., tuple[Statement, ...]]
Words = Callable[[Sequence[str]], NDArray[np.float32]]

COUNTS = """
en  Twelve people were injured.                          12 person wound
en  Twelve injured people were brought to the clinic.    12 person wound
en  We have twelve injured.                              12 person wound
en  There were twelve injuries.                          12 person wound
en  The blast left 12 dead in Hemsa.                     12 person kill
en  Thirty people lost their lives in Hemsa.             30 person kill
en  The death toll rose to 45 on Monday.                 45 person kill
en  Police arrested 14 protesters in Hemsa.              14 protester arrest
en  Eighty-five passengers were rescued by trawlers.     85 passenger rescue
en  Twelve gunmen killed a guard in Hemsa.               12 fighter -
en  Twelve buses were waiting in Hemsa.                  12 bus -
ru  Пострадали двенадцать человек.                       12 person wound
ru  У нас двенадцать пострадавших.                       12 person wound
ru  Двенадцать раненых доставлены в больницу.            12 person wound
ru  Число погибших выросло до 45.                        45 - kill
ru  Полиция задержала 14 демонстрантов.                  14 protester arrest
"""


@pytest.mark.parametrize("line", COUNTS.strip().splitlines())
def test_what_befell_those_counted(read: Read, line: str) -> None:
    language, rest = line.split(maxsplit=1)
    text, count, unit, fate = rest.rsplit(maxsplit=3)
    (statement,) = read(text.strip(), language=language)
    (found,) = statement.quantities[:1]
    assert found.low == found.high == float(count)
    assert found.fate == fate.strip("-")
    assert unit in ("-", found.unit)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("BEIRUT A convoy of nine trucks reached Hemsa.", "A convoy of nine trucks reached Hemsa"),
        ("NATO Secretary General Anna Voll left Hemsa.", "NATO Secretary General Anna Voll left Hemsa"),
    ],
)
def test_a_dateline_is_no_part_of_the_statement(read: Read, text: str, shown: str) -> None:
    (statement,) = read(text)
    assert statement.text == shown


def _pile(read: Read, *lines: str) -> list[Statement]:
    """Each line is an article: name, language, text; every article is of one day and has its own place."""
    return [
        s
        for line in lines
        for name, language, text in [line.split(" ", 2)]
        for s in read(text, name=name, language=language, day="2031-03-03")
    ]


def _apart(n: int) -> NDArray[np.float32]:
    """Vectors that say nothing: every text as far from every other."""
    return np.eye(n, max(n, 8), dtype=np.float32)


def test_one_toll_in_other_words_is_one_claim_and_another_toll_its_rival(read: Read, words: Words) -> None:
    pile = _pile(
        read,
        "a en The fire in Sollavik burned all night. Twelve people were injured.",
        "b en Sollavik slept badly. Twelve injured people were brought to the clinic.",
        "c en Sollavik is shocked. Twenty people were injured.",
    )
    claims = group(pile, words([s.text for s in pile]), Settings())
    held = {
        tuple(sorted((m.statement[0], m.relation.value) for m in c.members))
        for c in claims
        if any(q.fate for m in c.members for s in pile if s.id == m.statement for q in s.quantities)
    }
    assert held == {
        (("a", "asserts"), ("b", "asserts"), ("c", "rival")),
        (("c", "asserts"),),
    }


def test_the_same_toll_in_another_place_is_another_claim(read: Read) -> None:
    pile = _pile(
        read, "a en Twelve people were injured in Sollavik.", "b en Twelve people were injured in Hemsa."
    )
    claims = group(pile, _apart(len(pile)), Settings())
    assert [len(c.members) for c in claims] == [1, 1]


def test_many_copies_are_compared_once(read: Read) -> None:
    (one,) = read("The council of Hemsa sold three ferries to Velden on Monday.", day="2031-03-03")
    copies = [
        Statement(
            **{**{f: getattr(one, f) for f in Statement.__slots__}, "id": f"a{i}/s1", "article": f"a{i}"}
        )
        for i in range(600)
    ]
    (claim,) = group(copies, np.tile(_apart(1), (600, 1)), Settings())
    assert len(claim.members) == 600
    assert claim.members[1].reasons == ("word for word the same as in a0",)
    assert {m.relation for m in claim.members} == {Relation.ASSERTS}


def test_statements_face_each_other_only_in_a_translated_passage(read: Read) -> None:
    pile = _pile(read, "a en The gate was shut at noon.", "b ru Ворота закрыли в полдень.")
    rows = np.array([[1, 0, 0], [0.9, 0.4359, 0]], dtype=np.float32)
    match = PassageMatch(
        "t1", Passage("a", Span(0, 30)), Passage("b", Span(0, 30)), 1.0, 1.0, MatchKind.TRANSLATION, Direction.UNDIRECTED
    )  # fmt: skip
    copies = [[s] for s in pile]
    assert facing(copies, rows, [match]) == {(0, 1)}
    assert facing(copies, rows, []) == frozenset()


def test_one_toll_given_twice_in_a_sentence(read: Read) -> None:
    pile = _pile(
        read, "a en Twelve people died in Sollavik and twelve people died in Hemsa when two boats sank."
    )
    pile += _pile(read, "b en The blast killed 12 people, 12 civilians were killed in all.")
    claims = group(pile, _apart(len(pile)), Settings())
    assert sum(len(c.members) for c in claims) == len(pile)
