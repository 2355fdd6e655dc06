"""What is said by the way is shown and not compared: read each pair as a sentence and what is left of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.model import Statement

Read = Callable[..., tuple[Statement, ...]]


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        (
            "The border village of Orvel, which has changed hands four times since the war began, has fallen to the army.",
            "The border village of Orvel has fallen to the army",
        ),
        (
            "Lena Brask handed in her resignation on Tuesday, three weeks after a paper had first written about her brother.",
            "Lena Brask handed in her resignation on Tuesday",
        ),
        (
            "Lifeboat crews from Tarn, working by searchlight in a heavy swell, brought all passengers ashore.",
            "Lifeboat crews from Tarn brought all passengers ashore",
        ),
        (
            "Marn Foundries, the family firm that once cast the bells of the capital, has been sold to a rival.",
            "Marn Foundries has been sold to a rival",
        ),
    ],
)  # fmt: skip
def test_asides_are_left_out_where_statements_are_compared(read: Read, sentence: str, left: str) -> None:
    (found,) = read(sentence)
    assert found.text == sentence.rstrip(".")
    assert found.compared == left


@pytest.mark.parametrize(
    "sentence",
    [
        "A rocket hit the market in Tarn on Friday, killing forty people.",  # what came of it
        "The people who live by the canal have fallen ill.",  # which people
        "If the dam breaks, the lower town will be under water.",  # a condition
        "Nine days after the bakery in Orvel blew up, experts blamed a gas pipe.",  # what the rest is about
        "The mayor, Lena Brask, closed the harbour of Tarn.",  # a name
    ],
)
def test_what_the_statement_hangs_on_stays(read: Read, sentence: str) -> None:
    (found,) = read(sentence)
    assert found.compared == sentence.rstrip(".")


def test_a_number_said_by_the_way_is_no_number_of_the_statement(read: Read) -> None:
    (found,) = read(
        "The hospital in Tarn, which treated 312 people last winter, was closed by the council on Monday."
    )
    assert not found.quantities


def test_russian_clauses_restrict_unless_something_else_tells_the_thing(read: Read) -> None:
    (told,) = read("Старая мельница, стоявшая пустой много лет, сгорела в ночь на вторник.", language="ru")
    assert told.compared == "Старая мельница сгорела в ночь на вторник"
    (which,) = read("Полиция Тарна сожгла кокаин, изъятый в прошлом году.", language="ru")
    assert which.compared == which.text
