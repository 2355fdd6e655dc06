"""Russian parses: offsets, heads, lemmas and names, and input that is hostile."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twosource.language import russian
from twosource.language.analysis import Analysis
from twosource.language.parsers import parser_for
from twosource.model import Article

pytestmark = pytest.mark.skipif(not russian.available(), reason="the extra 'ru' is not installed")


def parse(text: str) -> Analysis:
    return parser_for("ru").parse(Article("a", "a.txt", text, "", language="ru"))


def word(analysis: Analysis, text: str) -> int:
    return next(token.i for token in analysis.tokens if token.text == text)


def test_every_token_stands_where_it_says() -> None:
    text = "«Причал сгорел», — сказала Анна\xa0Рей.\n\nПорт закрыт – до четверга.\n"
    analysis = parse(text)
    assert [text[t.start : t.end] for t in analysis.tokens] == [t.text for t in analysis.tokens]
    assert [t.i for t in analysis.tokens] == list(range(len(analysis.tokens)))
    assert len(analysis.paragraphs) == 2
    assert [analysis.span(*s).of(text) for s in analysis.sentences] == [
        "«Причал сгорел», — сказала Анна\xa0Рей.",
        "Порт закрыт – до четверга.",
    ]


def test_subject_and_clause_hang_on_the_verb_of_saying() -> None:
    analysis = parse("Министр энергетики заявила, что подача газа восстановлена.")
    said = word(analysis, "заявила")
    minister = analysis.tokens[word(analysis, "Министр")]
    assert (minister.dep, minister.head) == ("nsubj", said)
    assert analysis.tokens[word(analysis, "восстановлена")].head == said


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("По словам министра обороны, мост цел.", "министра", "министр"),
        ("Из письма следует, что деньги выделили.", "письма", "письмо"),
        ("Они сообщили о пожаре.", "сообщили", "сообщить"),
        ("Бо\u0301льшая часть порта сгорела.", "Бо\u0301льшая", "больший"),
    ],
)
def test_lemmas_are_dictionary_forms(text: str, form: str, lemma: str) -> None:
    analysis = parse(text)
    assert analysis.tokens[word(analysis, form)].lemma == lemma


def test_names_carry_the_labels_of_the_english_parser() -> None:
    analysis = parse("Капитан Анна Рей вернулась в Москву, сообщила компания «Газпром».")
    assert [(name.text, name.label) for name in analysis.names] == [
        ("Анна Рей", "PERSON"),
        ("Москву", "GPE"),
        ("Газпром", "ORG"),
    ]
    assert analysis.tokens[word(analysis, "Рей")].entity == "PERSON"


def test_marks_of_any_style_give_the_same_tree() -> None:
    trees = {
        tuple((t.pos, t.dep, t.head) for t in parse(f"{a}Порт закрыт{b}, {dash} сказал мэр.").tokens)
        for a, b in [('"', '"'), ("“", "”"), ("„", "“")]
        for dash in "—–"
    }
    assert len(trees) == 1


def test_the_letter_yo_makes_no_difference() -> None:
    with_yo, without = parse("Порт закрыт, передаёт ТАСС."), parse("Порт закрыт, передает ТАСС.")
    assert [(t.pos, t.dep, t.head, t.lemma) for t in with_yo.tokens] == [
        (t.pos, t.dep, t.head, t.lemma) for t in without.tokens
    ]
    assert with_yo.tokens[word(with_yo, "передаёт")].pos == "VERB"


def test_a_name_can_be_put_into_the_nominative() -> None:
    parser = russian.load()
    assert (
        parser.inflect("министерства", frozenset({"nomn"}), "NOUN", "Case=Gen|Number=Sing") == "министерство"
    )
    assert parser.inflect("400", frozenset({"nomn"})) is None


@pytest.mark.parametrize(
    "text",
    ["", " \n\n", "«" * 3000, "слово " * 3000, "а" * 30_000, "((((" * 500 + "\u0301" * 50, "один\x00два"],
)
def test_hostile_text_is_parsed_into_a_forest(text: str) -> None:
    analysis = parse(text)
    for token in analysis.tokens:
        at, steps = token, 0
        while at.head != at.i:
            at, steps = analysis.tokens[at.head], steps + 1
            assert steps <= 120
    assert all(first < last for first, last in analysis.sentences)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet='аяЁ бв«»„“"—-.,!? \n\u0301\xadz1', max_size=80))
def test_any_text_keeps_its_words_in_order_and_twice_parsed_is_the_same(text: str) -> None:
    analysis = parse(text)
    edges = [edge for token in analysis.tokens for edge in (token.start, token.end)]
    assert edges == sorted(edges)
    assert all(t.text == text[t.start : t.end] for t in analysis.tokens)
    assert analysis == parse(text)
