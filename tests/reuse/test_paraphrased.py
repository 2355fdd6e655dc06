"""Retellings, with vectors made by hand: sentences that say the same get nearly the same vector."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from twosource.model import Article, Direction, MatchKind, Passage, PassageMatch, Precision, Published, Span
from twosource.reuse import matches
from twosource.reuse.facts import facts, skeleton, spelling
from twosource.reuse.paraphrased import LEAST, MOST, paraphrases
from twosource.settings import Settings

WIRE = [
    "Fire broke out at the cannery of Port Vessel on Tuesday night.",
    "Harbour master Ilse Brandt said 47 tonnes of herring were lost.",
    "Investigators from Quill suspect a switchboard from 1987.",
    "The owner, Tomas Ferrel, wants to rebuild within 14 months.",
]
REWRITTEN = [
    "Flames destroyed a fish factory in Port Vessel late on Tuesday.",
    "There went 47 tonnes of herring, Ilse Brandt, who runs the port, reckons.",
    "It may have been an old switchboard, built in 1987, think the experts who came from Quill.",
    "Fourteen months is what Tomas Ferrel gives himself for a new one.",
]
INDEPENDENT = [
    "In Port Vessel the sirens went off on Tuesday shortly before bedtime.",
    "Ilse Brandt watched from the mole as the herring burned.",
    "Police from Lower Marren closed Anchor Street to onlookers.",
    "The cannery employed 62 people, says the union of Jonas Petrik.",
]
RUSSIAN = [
    "Во вторник ночью в Порт-Весселе загорелся консервный завод.",
    "Начальник порта Ильзе Брандт сообщила, что сгорело 47 тонн сельди.",
    "Следователи из Квилла подозревают щит 1987 года.",
    "Владелец Томас Феррель хочет отстроиться за четырнадцать месяцев.",
]
NOTHING = [
    "The mayor of Aarholt opened a swimming bath.",
    "Swans bred on the lake of Dorn.",
    "A choir from Kerrin sang.",
    "It rained.",
]


def article(
    name: str, sentences: list[str], hour: int, language: str = "en"
) -> tuple[Article, list[Passage]]:
    text = " ".join(sentences)
    published = Published(datetime(2026, 3, 1, hour, tzinfo=UTC), Precision.MINUTE)
    units = [Passage(name, Span(text.index(s), text.index(s) + len(s))) for s in sentences]
    return Article(name, name, text, name, language=language, published=published), units


def vectors(meanings: list[int]) -> NDArray[np.float32]:
    """One row for each number: equal numbers get nearly the same vector."""
    dice = np.random.default_rng(11)
    out = np.full((len(meanings), 24), 0.3) + dice.normal(0, 0.05, (len(meanings), 24))
    out[range(len(meanings)), meanings] += 1
    unit: NDArray[np.float32] = (out / np.linalg.norm(out, axis=1, keepdims=True)).astype(np.float32)
    return unit


def found(
    other: list[str], meanings: list[int], language: str = "en", wording: bool = False
) -> tuple[PassageMatch, ...]:
    """What is found between the wire's report and another, in a pile with a third on something else."""
    pile = [article("a", WIRE, 8), article("b", other, 9, language), article("c", NOTHING, 7)]
    articles, units = [a for a, _ in pile], [u for _, us in pile for u in us]
    known = matches(articles, Settings()) if wording else ()
    return paraphrases(articles, units, vectors([0, 1, 2, 3, *meanings, 20, 21, 22, 23]), known)


def test_the_same_facts_in_the_same_order_are_a_paraphrase() -> None:
    assert matches([article("a", WIRE, 8)[0], article("b", REWRITTEN, 9)[0]], Settings()) == ()
    (match,) = found(REWRITTEN, [0, 1, 2, 3])
    assert match.kind is MatchKind.PARAPHRASE
    assert match.a.span == Span(0, len(" ".join(WIRE)))
    assert match.b.span == Span(0, len(" ".join(REWRITTEN)))
    assert (match.direction, match.p_direction) == (Direction.A_TO_B, 0.85)
    assert LEAST <= match.p_copy <= MOST < 0.9  # both may have rewritten a third
    assert match.reasons[0].startswith("4 sentences say the same in the same order, and ")


def test_across_languages_it_is_a_translation() -> None:
    (match,) = found(RUSSIAN, [0, 1, 2, 3], "ru")
    assert match.kind is MatchKind.TRANSLATION
    assert "en and ru" in match.reasons[0]


def test_an_independent_report_of_the_same_event_is_none() -> None:
    assert (
        found(INDEPENDENT, [0, 1, 2, 3]) == ()
    )  # even where the sentences are near: each has facts of its own


def test_other_numbers_are_another_event() -> None:
    other = [s.replace("47", "31").replace("1987", "1994").replace("Fourteen", "Twenty") for s in REWRITTEN]
    assert found(other, [0, 1, 2, 3]) == ()


def test_another_order_is_none() -> None:
    turned = [3, 2, 1, 0]
    assert found([REWRITTEN[k] for k in turned], turned) == ()


def test_one_text_is_not_told_again() -> None:
    assert found(WIRE, [0, 1, 2, 3]) != ()
    assert found(WIRE, [0, 1, 2, 3], wording=True) == ()  # the match of wording says it already


def test_the_order_of_the_input_changes_nothing() -> None:
    pile = [article("a", WIRE, 8), article("b", REWRITTEN, 9), article("c", NOTHING, 7)]
    units = [u for _, us in pile for u in us]
    rows = vectors([0, 1, 2, 3, 0, 1, 2, 3, 20, 21, 22, 23])
    order = [7, 2, 11, 5, 0, 9, 1, 8, 3, 10, 6, 4]
    turned = paraphrases([a for a, _ in pile[::-1]], [units[i] for i in order], rows[order])
    assert turned == paraphrases([a for a, _ in pile], units, rows) != ()
    assert paraphrases([], [], np.empty((0, 24), np.float32)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tarnholm", "Тарнхольма"),
        ("Velde", "Велде"),
        ("Strand", "Странд"),
        ("Zhukov", "Жуков"),
        ("Raqqa", "Ракка"),
    ],
)
def test_a_name_is_one_in_two_scripts(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("They lost 1,200 crowns and 2.5 million.", ["#1200", "#2.5"]),
        ("Погибли 1200 человек, пострадали семь.", ["#1200", "#7"]),
        ("Seven boats came, two left.", ["#7"]),
        ("Harbour news: the mayor of Dorn's council met Ida Nyland.", ["drn", "id", "nlnd"]),
        ("Tomorrow it rains. Nobody knows.", []),
    ],
)
def test_facts_are_names_and_numbers(text: str, keys: list[str]) -> None:
    written = spelling([text, "a harbour, tomorrow, nobody"])
    assert facts(text, written) == keys
