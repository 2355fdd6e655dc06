"""Whole piles, small enough to read: what is shared, what relation it shows, which way it went."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twosource.model import (
    Article,
    Credit,
    CreditKind,
    Direction,
    MatchKind,
    PassageMatch,
    Precision,
    Published,
    Region,
    RegionKind,
    Span,
)
from twosource.reuse import matches
from twosource.settings import Settings

WIRE = (
    "Fire broke out before dawn on Tuesday at the old cannery on the quay of Port Vessel, and spread to two "
    "warehouses within the hour. Harbour master Ilse Brandt said nobody was hurt, but forty tonnes of tinned "
    "herring were lost. Investigators from the district are looking into a faulty switchboard on the second floor."
)
OTHER = (
    "The town council of Lower Marren voted by nine to four to close its swimming baths next spring. Mayor Tomas "
    "Ferrel called the vote a sad necessity after three years of deficits and rising prices for heating."
)
THIRD = (
    "Archaeologists who dig beneath the market of Quill have come upon a mosaic with dolphins and a bearded god. "
    "The museum hopes to show it before the summer, says its curator, who waited twenty years for such a find."
)
SENTENCES = [s.strip(" .") + "." for s in f"{WIRE} {OTHER} {THIRD}".split(". ")]


def article(name: str, text: str, when: str = "", **more: object) -> Article:
    """`when`: "2026-03-01" is known to the day, "2026-03-01 10:30" to the minute, "" not at all."""
    published = Published()
    if when:
        precision = Precision.MINUTE if ":" in when else Precision.DAY
        published = Published(datetime.fromisoformat(when).replace(tzinfo=UTC), precision, when)
    return Article(id=name, path=f"{name}.txt", text=text, sha256=name, published=published, **more)  # type: ignore[arg-type]


def found(*articles: Article) -> tuple[PassageMatch, ...]:
    return matches(articles, Settings())


def only(*articles: Article) -> PassageMatch:
    (match,) = found(*articles)
    return match


def test_nothing_shared_nothing_found() -> None:
    assert found() == ()
    assert found(article("a", WIRE)) == ()
    assert found(article("a", ""), article("b", "   ")) == ()
    assert found(article("a", WIRE), article("b", OTHER)) == ()


def test_a_reprint_is_found_whole_and_runs_from_the_earlier_to_the_later() -> None:
    match = only(article("a", WIRE, "2026-03-01 10:00"), article("b", WIRE, "2026-03-01 12:00"))
    assert (match.a.span, match.b.span) == (Span(0, len(WIRE)), Span(0, len(WIRE)))
    assert match.kind is MatchKind.REPRINT
    assert (match.a.article, match.b.article, match.direction) == ("a", "b", Direction.A_TO_B)
    assert match.similarity == 1.0
    assert 0.85 < match.p_direction < 0.99  # a clock may be wrong
    assert 0.8 < match.p_copy < 1
    assert match.reasons == ("nearly all of both articles, unedited", "published later")


def test_a_passage_is_cut_out_to_the_character() -> None:
    sentence = (
        "Harbour master Ilse Brandt said nobody was hurt, but forty tonnes of tinned herring were lost."
    )
    host = f"{OTHER} {sentence} {THIRD}"
    match = only(article("a", WIRE), article("b", host))
    assert match.a.span.of(WIRE) == match.b.span.of(host) == sentence
    assert match.kind is MatchKind.PASSAGE


def test_edits_do_not_break_a_passage() -> None:
    edited = WIRE.replace("spread to two", "soon engulfed three").replace("forty tonnes", "some forty tonnes")
    match = only(article("a", WIRE), article("b", edited))
    assert match.b.span == Span(0, len(edited))
    assert match.kind is MatchKind.EDITED
    assert 0.85 < match.similarity < 0.97


def test_a_trimmed_reprint_is_named_so() -> None:
    first = WIRE[: WIRE.index("Investigators")]
    match = only(article("a", WIRE), article("b", first))
    assert match.kind is MatchKind.TRIMMED


def test_two_passages_apart_are_two_matches() -> None:
    one, two, three = (s.strip(" .") + "." for s in WIRE.split(". "))
    host = f"{one} {OTHER} {three} {THIRD}"
    spans = [m.b.span.of(host) for m in found(article("a", WIRE), article("b", host))]
    assert spans == [one, three]
    assert two not in host


def test_case_accents_and_marks_do_not_matter() -> None:
    plain = "the garcon of the cafe in zurich told the soiree guests that the creme brulee was off"
    fancy = "The garçon of the café in Zürich — told the soirée guests that the crème brûlée was off"
    assert only(article("a", plain), article("b", fancy)).similarity == 1.0


def test_turkish_letters_fold() -> None:
    match = only(
        article("a", "ISTANBUL'DA DÜN GECE ÇIKAN YANGIN IKI SAAT SÜRDÜ VE KIMSE YARALANMADI"),
        article("b", "İstanbul'da dün gece çıkan yangın iki saat sürdü ve kimse yaralanmadı"),
    )
    assert match.similarity == 1.0


def test_chinese_is_compared_by_character() -> None:
    shared = "港口的旧罐头厂星期二凌晨起火并蔓延到两座仓库"
    host = f"据报道,{shared}。"
    match = only(article("a", f"{shared}。无人受伤"), article("b", host))
    assert match.b.span.of(host).rstrip("。") == shared


def test_a_quotation_that_both_have_from_the_speaker_is_no_shared_reporting() -> None:
    quotation = "“We have lost forty tonnes of herring and not one soul, and for that I am thankful,”"
    one = f"{OTHER} {quotation} the harbour master said. {OTHER[::-1]}"
    two = f"{THIRD} Asked by this paper, she said: {quotation} {THIRD[::-1]}"
    match = only(article("a", one), article("b", two))
    assert match.kind is MatchKind.QUOTATION
    assert match.p_copy < 0.3


def test_a_footer_in_the_regions_is_a_template() -> None:
    footer = "Sign up for our morning letter and never miss a story from the harbour and the hills."
    texts = [f"{WIRE}\n{footer}", f"{OTHER}\n{footer}"]
    region = [Region(RegionKind.BOILERPLATE, Span(t.index(footer), len(t))) for t in texts]
    match = only(article("a", texts[0], regions=(region[0],)), article("b", texts[1], regions=(region[1],)))
    assert match.kind is MatchKind.TEMPLATE
    assert match.p_copy < 0.05


def test_a_formula_in_many_stories_is_a_template() -> None:
    formula = "the Harbour Watch, a group that counts ships from a tower and asks skippers by radio, said"
    dice = random.Random(5)
    words = [
        f"{a}{b}" for a in ("mar", "tol", "wes", "kin", "bru", "sal") for b in ("ten", "dor", "vik", "lo")
    ]
    pile = [
        article(
            str(i),
            f"{' '.join(dice.sample(words, 12))} {i} {formula} {' '.join(f'w{i}x{k}' for k in range(60))}",
        )
        for i in range(6)
    ]
    kinds = {m.kind for m in found(*pile)}
    assert kinds == {MatchKind.TEMPLATE}


def test_a_sentence_that_a_whole_small_pile_has_is_no_template() -> None:
    shared = "Forty tonnes of tinned herring were lost in the fire on the quay of Port Vessel."
    own = [
        "The cannery employs sixty people, most of them from the streets behind the quay.",
        "Herring prices rose by a tenth in the week after the fire.",
        "The owner of the cannery was on a boat when the fire began.",
        "Nobody knows yet who left the switchboard in that state.",
        "In the school behind the quay the lessons were held as on any other day.",
        "The fire brigade came from the hills and was there in half an hour.",
    ]
    pile = [article(f"{i}", f"{text} {shared} {text[::-1]}") for i, text in enumerate(own)]
    assert {m.kind for m in found(*pile)} <= {MatchKind.PASSAGE, MatchKind.EDITED}


def test_a_credit_goes_before_the_clock() -> None:
    wire = article("wire", WIRE, "2026-03-02 09:00", outlet="Coastal Press")
    early = article(
        "early",
        WIRE,
        "2026-03-01 09:00",
        outlet="Daily Herring",
        credits=(Credit(CreditKind.AGENCY, "Coastal Press"),),
    )
    match = only(wire, early)
    assert (match.a.article, match.direction) == ("early", Direction.B_TO_A)
    assert match.reasons[1] == "credits or links to its outlet"


def test_a_link_to_the_very_article_goes_before_a_credit_to_the_outlet() -> None:
    one = article(
        "a",
        WIRE,
        outlet="Coastal Press",
        url="https://coastal.example/fire",
        credits=(Credit(CreditKind.AGENCY, "Daily Herring"),),
    )
    two = article(
        "b",
        WIRE,
        outlet="Daily Herring",
        credits=(Credit(CreditKind.LINK, "http://www.coastal.example/fire?x=1"),),
    )
    match = only(one, two)
    assert match.direction is Direction.A_TO_B
    assert match.reasons[1] == "links to the very article"


def test_the_outlet_named_in_the_text_is_the_parent() -> None:
    copy = f"As Coastal Press reported this morning, the quay was hit. {WIRE}"
    match = only(article("a", copy, outlet="Daily Herring"), article("b", WIRE, outlet="Coastal Press"))
    assert match.direction is Direction.B_TO_A
    assert match.reasons[1] == "names its outlet as the source"


def test_an_outlet_named_without_a_reporting_word_is_no_parent() -> None:
    rival = f"Readers of Coastal Press queued on the quay for free tins. {WIRE}"
    match = only(article("a", rival, outlet="Daily Herring"), article("b", WIRE, outlet="Coastal Press"))
    assert match.direction is Direction.UNDIRECTED


def test_a_date_without_an_hour_cannot_order_a_day() -> None:
    same = only(article("a", WIRE, "2026-03-01"), article("b", WIRE, "2026-03-01 17:00"))
    assert (same.direction, same.p_direction) == (Direction.UNDIRECTED, 0.5)
    assert same.reasons[1] == "nothing tells which was first"
    next_day = only(article("a", WIRE, "2026-03-01"), article("b", WIRE, "2026-03-02"))
    assert next_day.direction is Direction.A_TO_B


def test_the_parent_is_the_closest_earlier_text_not_the_earliest() -> None:
    edited = WIRE.replace("broke out before dawn", "raged from four in the morning").replace(
        "nobody was hurt", "no one had come to harm"
    )
    first = article("first", WIRE, "2026-03-01 08:00")
    second = article("second", edited, "2026-03-01 09:00")
    third = article("third", edited, "2026-03-01 10:00")
    by_pair = {(m.a.article, m.b.article): m for m in found(first, second, third)}
    assert "second is closer in wording" in by_pair["first", "third"].reasons
    assert not any("closer" in r for r in by_pair["second", "third"].reasons)
    assert by_pair["second", "third"].p_copy > by_pair["first", "third"].p_copy


def test_the_more_time_lies_between_the_surer_is_the_direction() -> None:
    later = ("2026-03-01 10:05", "2026-03-01 16:00", "2026-03-01 22:00", "2026-03-09 10:00")
    chances = [only(article("a", WIRE, "2026-03-01 10:00"), article("b", WIRE, x)).p_direction for x in later]
    assert chances == sorted(set(chances))
    assert chances[-1] == 0.99  # no clock says more
    days = [
        only(article("a", WIRE, "2026-03-01"), article("b", WIRE, f"2026-03-0{k}")).p_direction
        for k in (2, 4)
    ]
    assert 0.9 < days[0] < days[1] == 0.99


def test_the_centre_of_a_family_without_clocks_is_the_parent() -> None:
    sentences = WIRE.split(". ")
    changed = [". ".join([*sentences[:i], new, *sentences[i + 1 :]]) for i, new in enumerate(SENTENCES[3:6])]
    pile = [article("z", WIRE), *(article(f"c{i}", text) for i, text in enumerate(changed))]
    stated = [m for m in found(*pile) if "z" in (m.a.article, m.b.article)]
    assert len({m.a.article for m in stated}) == 3
    assert {m.direction for m in stated} == {Direction.B_TO_A}  # a is c0, c1, c2: each rests on z


def test_one_unseen_agency_credited_by_both_leaves_the_copy_in_doubt() -> None:
    credit = (Credit(CreditKind.AGENCY, "Northern Wire"),)
    plain = only(article("a", WIRE, outlet="X"), article("b", WIRE, outlet="Y"))
    both = only(
        article("a", WIRE, outlet="X", credits=credit), article("b", WIRE, outlet="Y", credits=credit)
    )
    one = only(article("a", WIRE, outlet="X", credits=credit), article("b", WIRE, outlet="Y"))
    assert both.p_copy < plain.p_copy / 2
    assert both.p_copy < one.p_copy < plain.p_copy
    assert "one credits northernwire, which has no article here" in one.reasons
    assert any("northernwire" in r for r in both.reasons)


def test_five_hundred_copies_cost_about_five_hundred_links() -> None:
    pile = [
        article(f"{i:03}", f"{WIRE} {i} {i * 7919}", f"2026-03-01 {i // 60:02}:{i % 60:02}")
        for i in range(500)
    ]
    result = found(*pile)
    assert len(result) == 499
    assert {m.a.article for m in result} == {"000"}
    assert all(m.a.span.contains(Span(0, len(WIRE))) for m in result)


@pytest.mark.parametrize("word", ["spam", "号", "\u0301"])
def test_one_word_repeated_without_end_is_bounded(word: str) -> None:
    flood = f"{word} " * 50_000
    assert len(found(article("a", flood), article("b", flood), article("c", WIRE))) <= 1


TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join)
WHENS = st.sampled_from(["", "2026-03-01", "2026-03-01 08:30", "2026-03-02 10:00"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXTS, WHENS), min_size=2, max_size=7), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(texts: list[tuple[str, str]], dice: random.Random) -> None:
    pile = [article(f"n{i}", text, when, outlet=f"Outlet {i % 3}") for i, (text, when) in enumerate(texts)]
    straight = found(*pile)
    dice.shuffle(pile)
    assert found(*pile) == straight


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXTS, WHENS), min_size=2, max_size=6))
def test_what_every_match_promises(texts: list[tuple[str, str]]) -> None:
    pile = {f"n{i}": article(f"n{i}", text, when) for i, (text, when) in enumerate(texts)}
    result = found(*pile.values())
    assert len({m.id for m in result}) == len(result)
    for m in result:
        assert m.a.article != m.b.article
        for side in (m.a, m.b):
            assert 0 <= side.span.start < side.span.end <= len(pile[side.article].text)
        assert 0 < m.similarity <= 1
        assert 0 <= m.p_copy < 1
        assert m.score > 0
        assert 0.5 <= m.p_direction < 1
        assert (m.direction is Direction.UNDIRECTED) == (m.p_direction == 0.5)
        assert len(m.reasons) >= 2


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 10**6), min_size=8, max_size=40, unique=True),
    *(st.lists(st.integers(10**6 + 1, 10**7), max_size=40) for _ in range(2)),
    *(st.lists(st.integers(10**7 + 1, 10**8), max_size=40) for _ in range(2)),
)
def test_every_shared_run_of_eight_words_is_found(
    run: list[int], a1: list[int], a2: list[int], b1: list[int], b2: list[int]
) -> None:
    shared = " ".join(f"w{n}" for n in run)
    one, two = (
        " ".join([*(f"w{n}" for n in before), shared, *(f"w{n}" for n in after)])
        for before, after in ((a1, a2), (b1, b2))
    )
    match = only(article("a", one), article("b", two))
    assert match.a.span.of(one) == match.b.span.of(two) == shared


def test_seven_shared_words_are_too_few() -> None:
    assert found(article("a", f"x y {WIRE[:31]} z"), article("b", WIRE[:31] + " q")) == ()
    assert WIRE[:31] == "Fire broke out before dawn on T"
