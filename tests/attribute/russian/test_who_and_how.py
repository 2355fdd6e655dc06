"""Who a Russian source is, under which name, and how firmly a thing is put."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twosource.attribute import attributions
from twosource.language import russian
from twosource.language.parsers import parser_for
from twosource.model import Article, Attribution, Confidence, Evidence, Likelihood, SourceKind, Stance

pytestmark = pytest.mark.skipif(not russian.available(), reason="the extra 'ru' is not installed")

PERSON, ORGANISATION, OUTLET = SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.OUTLET
DOCUMENT, UNNAMED = SourceKind.DOCUMENT, SourceKind.UNNAMED


def read(text: str) -> tuple[Attribution, ...]:
    article = Article("a", "a.txt", text, "", language="ru")
    return attributions(article, parser_for("ru").parse(article))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("По словам Карла Стадта, проход закрыт.", "Карл Стадт", PERSON),
        ("«Проход закрыт», — сказала адмирал Ирма Тосс.", "Ирма Тосс", PERSON),
        (
            "По данным министерства гражданской защиты, мост цел.",
            "министерство гражданской защиты",
            ORGANISATION,
        ),
        ("Компания «Тарвел Терминалс» заявила, что насос исправен.", "Тарвел Терминалс", ORGANISATION),
        ("В полиции Соллавика сообщили, что задержан вор.", "полиция Соллавика", ORGANISATION),
        ("Как сообщает агентство «Оствайр», порт закрыт.", "Оствайр", OUTLET),
        ("Порт закрыт, пишет портал «Докер».", "Докер", OUTLET),
        ("Порт закрыт, сообщает «Нива».", "Нива", OUTLET),
        ("Порт закрыт, передаёт ТАСС.", "ТАСС", OUTLET),
        ("По данным портала «Волна.RU», порт закрыт.", "Volna.ru", OUTLET),
        ("В отчёте инспекции говорится, что клапан проржавел.", "отчёт инспекции", DOCUMENT),
        ("Источник в правительстве сообщил, что указ готов.", None, UNNAMED),
        ("Местные жители говорят, что слышали взрыв.", None, UNNAMED),
        ("Сообщается, что порт закрыт.", None, UNNAMED),
    ],
)
def test_a_source_goes_by_its_name_in_the_nominative(text: str, name: str | None, kind: SourceKind) -> None:
    (found,) = read(text)
    assert (found.canonical, found.source_kind) == (name, kind)


def test_pronoun_surname_and_role_lead_to_the_one_who_spoke() -> None:
    found = read(
        "Военный эксперт Карл Стадт считает, что проход закрыт минами.\n"
        "«Тралить их придётся год», — сказал эксперт.\n"
        "Он добавил, что флот не готов.\n"
        "По словам Стадта, карты минных полей утрачены.\n"
    )
    assert [a.canonical for a in found] == ["Карл Стадт"] * 4


def test_she_is_not_the_man_who_spoke_last() -> None:
    found = read(
        "Министр Ирма Тосс заявила, что переговоры идут.\n"
        "Депутат Ян Ульвик возразил, что они сорваны.\n"
        "Она ответила, что встреча состоится в среду.\n"
    )
    assert [a.canonical for a in found] == ["Ирма Тосс", "Ян Ульвик", "Ирма Тосс"]


def test_the_agency_is_the_one_last_named() -> None:
    found = read(
        "Порт закрыт, сообщает агентство «Оствайр».\n"
        "Сотрудник порта, попросивший не называть его имени, рассказал агентству, что насос сломан.\n"
    )
    assert found[1].canonical is None
    assert found[1].via_name == "Оствайр"


def test_where_it_was_said_is_kept() -> None:
    (found,) = read("Карл Стадт заявил в интервью телеканалу «Маяк», что проход закрыт.")
    assert (found.canonical, found.via_name) == ("Карл Стадт", "Маяк")


def test_nested_reports_have_parents() -> None:
    outer, inner = read("Лив Андре сообщила, что, по словам пожарных, огонь начался у насоса.")
    assert (outer.parent, inner.parent) == (None, outer.id)


def test_the_one_cited_stands_behind_the_one_who_cites() -> None:
    outer, inner = sorted(
        read("Выборы перенесут, сообщает «Нива» со ссылкой на полицию."), key=lambda a: a.id
    )
    assert {outer.canonical, inner.canonical} == {"Нива", "полиция"}
    cited = next(a for a in (outer, inner) if a.rule == "citing")
    assert cited.parent is not None


def test_an_outlet_that_brings_her_words_is_not_the_one_who_spoke() -> None:
    found = read("Министр Ирма Тосс уехала.\n«Виноваты не мы», — приводит слова Ирмы Тосс РИА Новости.")
    outlet, minister = found
    assert (outlet.canonical, outlet.source_kind) == ("РИА Новости", OUTLET)
    assert (minister.canonical, minister.parent) == ("Ирма Тосс", outlet.id)


@pytest.mark.parametrize(
    ("text", "likelihood"),
    [
        ("Мэр сообщил, что мост открыт.", Likelihood.STATED),
        ("Мэр сообщил, что мост, возможно, откроют.", Likelihood.POSSIBLE),
        ("Мэр сообщил, что сирену могли отключить.", Likelihood.POSSIBLE),
        ("Мэр сообщил, что мост, скорее всего, откроют.", Likelihood.LIKELY),
        ("Мэр сообщил, что мост вряд ли откроют.", Likelihood.UNLIKELY),
        ("По слухам, мост закроют.", Likelihood.POSSIBLE),
        ("Мэр сообщил, что рабочие не могли уйти.", Likelihood.STATED),
    ],
)
def test_hedges_lower_the_likelihood(text: str, likelihood: Likelihood) -> None:
    (found,) = read(text)
    assert found.certainty.likelihood is likelihood
    assert bool(found.certainty.hedges) == (likelihood is not Likelihood.STATED)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Мэр сообщил, что мост открыт.", False),
        ("Мэр сообщил, что мост не открыт.", True),
        ("Мэр сообщил, что сигнализация не была отключена.", True),
        ("Мэр отрицает, что мост открыт.", True),
        ("Мэр отрицает, что мост не открыт.", False),
    ],
)
def test_polarity_is_the_sources_own(text: str, negated: bool) -> None:
    (found,) = read(text)
    assert found.certainty.negated is negated


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Мэр сказал, что мост открыт.", Stance.NEUTRAL),
        ("Мэр признал, что мост открыт.", Stance.ENDORSES),
        ("Мэр утверждает, что мост открыт.", Stance.DISTANCES),
        ("Мэр сказал, что якобы видел огонь.", Stance.DISTANCES),
        ("«Мост открыт», — сказал мэр Ян Ульвик.", Stance.NEUTRAL),
    ],
)
def test_the_reporters_word_shows_the_stance(text: str, stance: Stance) -> None:
    (found,) = read(text)
    assert found.stance is stance


def test_confidence_is_kept_apart_from_likelihood() -> None:
    (sure,) = read("Тренер уверен, что команда победит.")
    (loose,) = read("По неофициальным данным, погибли двое.")
    assert (sure.certainty.confidence, sure.certainty.likelihood) == (Confidence.HIGH, Likelihood.STATED)
    assert loose.certainty.confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Спутниковые снимки показывают, что крыша обрушилась.", (Evidence.SATELLITE_IMAGE,)),
        ("На видео видно, что аппарат упал на склад.", (Evidence.VIDEO,)),
        ("Из письма министерства следует, что деньги выделили.", (Evidence.DOCUMENT,)),
        ("Очевидцы утверждают, что автобус ехал быстро.", (Evidence.EYEWITNESS,)),
        ("По данным полиции, автобус ехал быстро.", ()),
    ],
)
def test_evidence_is_what_the_source_shows(text: str, evidence: tuple[Evidence, ...]) -> None:
    (found,) = read(text)
    assert found.evidence == evidence


@pytest.mark.parametrize(
    "text",
    [
        "«" * 2000,
        "(" * 2000 + ")" * 2000,
        "сказал мэр что " * 600,
        "по словам " * 600,
        "как сообщил, " * 600,
        "— а, — сказал " * 600,
        "со ссылкой на него сказал " * 300,
    ],
)
def test_hostile_text_costs_little_time(text: str) -> None:
    article = Article("a", "a.txt", text, "", language="ru")
    analysis = parser_for("ru").parse(article)
    start = time.process_time()
    for found in attributions(article, analysis):
        assert all(0 <= s.start < s.end <= len(text) for s in (*found.source, *found.cue, *found.content))
    assert time.process_time() - start < 5


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            [
                "сказал",
                "заявив",
                "что",
                "«",
                "»",
                "—",
                ",",
                ".",
                ":",
                "и",
                "мэр",
                "Анна",
                "по",
                "словам",
                "как",
                "сообщает",
                "его",
                "в",
                "полиции",
                "о",
                "пожаре",
                "назвал",
                "мост",
                "который",
                "потребовал",
                "закрыть",
                "говорится",
                "отчёте",
                "со",
                "ссылкой",
                "на",
                "\n",
            ]
        ),
        max_size=40,
    )
)
def test_any_order_of_words_gives_spans_inside_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    made = read(text)
    for found in made:
        assert found.content
        assert all(0 <= s.start < s.end <= len(text) for s in (*found.source, *found.cue, *found.content))
    assert made == read(text)
